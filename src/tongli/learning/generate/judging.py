"""Replies before the checks that every draft of tongli passes."""

from __future__ import annotations

from tongli.core import Draft, Message, Provenance, Verdict
from tongli.generation.verify import verify
from tongli.pipeline import Tongli


def judge_reply(message: str, reply: str, *, lang: str, tongli: Tongli) -> Verdict:
    """The verdict on a reply to a message.

    Args:
        message: what is answered.
        reply: by whomever.
        lang: of both; ``und`` lets the models find out.
        tongli: reads both, and plans what a reply must do.

    Raises:
        TongliError: from the models, and for texts that cannot be read.
    """
    reading = tongli.read(Message(message, lang=None if lang == "und" else lang), evidence=False)
    plan = tongli.plan(reading)
    draft = Draft(text=reply, lang=plan.culture.lang, provenance=Provenance(engine="given"))
    return verify(draft, plan=plan, reading=reading, reader=tongli)
