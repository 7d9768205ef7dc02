"""What tongli knows before it reads anything: data with sources, and the code that loads it.

====================  =================================================================================
``schemes``           label schemes of the heads
``tags``              BCP-47 tags and their CLDR parents
``locales``           a profile per language, CLDR formats, the register of domains
``address``           the form of address that a text itself uses
``pronouns``          English pronoun sets as people declare them
``needs``             what an emotion asks of an answer
====================  =================================================================================

Import the modules themselves; this package stays empty so that each costs only what it uses.
"""
