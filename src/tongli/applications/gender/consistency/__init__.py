"""How each character of a manuscript is written about, and speaks, from chapter to chapter.

===========  ============================================================================================
module       what it holds
===========  ============================================================================================
``use``      one form of one character, and what they declared of it
``narrated`` pronouns, agreement and titles, with the character each is about
``spoken``   what characters say of themselves, and how they are addressed
``report``   a document → counts by chapter, and the places that deviate
===========  ============================================================================================
"""

from tongli.applications.gender.consistency.report import Character, Deviation, Form, Report, consistency

__all__ = ["Character", "Deviation", "Form", "Report", "consistency"]
