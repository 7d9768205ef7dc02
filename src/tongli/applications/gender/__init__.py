"""Gendered forms of many texts and of manuscripts, a module or package each.

===============  ==================================================================
``rewrite``      forms as people declared them, neutral, or all the alternatives
``fill``         a person's pronoun into a slot
``check``        misgendering, assumptions and wording, with ``check_config`` and its file
``resolve``      whom a mention points to
``swap``         counterfactual versions of texts and data sets
``audit``        how an engine's drafts change with declared forms, or names
``consistency``  how each character of a manuscript is written about and speaks
===============  ==================================================================
"""
