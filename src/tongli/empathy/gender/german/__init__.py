"""German: articles, adjectives, pronouns and nouns for people, and the marks that writers put into them."""

from tongli.empathy.gender.german.rules import German

__all__ = ["German"]
