"""Whom a pronoun, a noun or a title points to, without a look at names, genders or jobs.

================  =======================================================================================
module            what it holds
================  =======================================================================================
``mentions``      where candidates are mentioned, by their names or by parts of them
``canonical``     a text in which candidates and pronoun sets have lost their names
``surface``       what the text around a candidate and a pronoun tells, in numbers
``network``       numbers → a probability for each candidate, and for nobody
``coreference``   all of it: :func:`resolve`
================  =======================================================================================

Names become placeholders and every pronoun set the same set before anything is looked at: renaming people,
or another set of pronouns, changes no verdict. Whether a set *suits* a candidate is never asked, since the
answer would hide misgendering.
"""

from tongli.empathy.gender.reference.coreference import Resolution, resolve
from tongli.empathy.gender.reference.mentions import Candidate

__all__ = ["Candidate", "Resolution", "resolve"]
