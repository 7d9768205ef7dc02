"""Formal and informal address: what a text calls the person it speaks to, and nothing else.

=============  ==================================================================================
``shift``      the edits that turn one register into the other, and the forms of both
``draft``      a text with its words, and what is to change in it
``evidence``   whether an ambiguous form means the person addressed
others         one module a language
=============  ==================================================================================
"""

from tongli.generation.adapt.register.draft import ReadTokens
from tongli.generation.adapt.register.shift import Form, Shift, forms, languages, shift

__all__ = ["Form", "ReadTokens", "Shift", "forms", "languages", "shift"]
