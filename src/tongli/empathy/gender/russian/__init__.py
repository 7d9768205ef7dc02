"""Russian: past tense, short and full adjectives, pronouns and nouns for people."""

from tongli.empathy.gender.russian.rules import Russian

__all__ = ["Russian"]
