"""c_gender: the forms that the reader of the answer has declared for its language."""

from __future__ import annotations

from dataclasses import replace

from tongli.core import GenderContext, Reading
from tongli.empathy.reply import declared_for, reply_tag


class GenderPerspective:
    """Copies declarations, and nothing else.

    Pronouns and agreement come from ``message.author``, matched to the answer's language by BCP-47 fallback.
    Undeclared stays unknown, which asks for neutral wording. Names, texts, jobs and titles are not looked at.
    """

    def see(self, reading: Reading) -> Reading:
        """The reading with ``empathy.gender`` filled; raises ``InputError`` (``locale.tag``)."""
        person = reading.message.author
        tag = reply_tag(reading)
        gender = GenderContext(
            pronouns=declared_for(tag, person.pronouns),
            agreement=declared_for(tag, person.agreement),
        )
        return replace(reading, empathy=replace(reading.empathy, gender=gender))
