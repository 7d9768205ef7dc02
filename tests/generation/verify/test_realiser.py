"""Two authors who did not see each other's work: the phrases of the realiser and the lists of the checks."""

from itertools import product

import pytest

from tongli.core import CultureContext, Language, Message, Plan, Reading
from tongli.generation.plan import ACTS
from tongli.generation.realiser import Realiser
from tongli.generation.verify import CHECKS, Subject

TEXT_ONLY = ("length", "artefact", "avoid", "facts", "forms")


@pytest.mark.parametrize("lang", sorted(Realiser().languages()))
def test_the_realiser_passes_every_check_of_its_words(lang):
    reading = Reading(message=Message("A-1042"), language=Language(tag=lang, score=1.0))
    for address, register, agreement in product(
        ("formal", "informal"), ("formal", "informal"), (None, "feminine", "masculine", "neutral")
    ):
        culture = CultureContext(lang=lang, locale=lang, register=register, address=address)
        for feeling, acts in ACTS.items():
            plan = Plan(
                culture=culture,
                acts=acts,
                feeling=feeling,
                intensity=1.5,
                agreement=agreement,
                keep=("A-1042",),
            )
            for draft in Realiser().draft(plan, reading, n=2):
                subject = Subject(draft=draft, plan=plan, reading=reading, reader=None)
                for name in TEXT_ONLY:
                    found = CHECKS[name](subject)
                    assert found.passed is not False, (name, found.detail, draft.text)
