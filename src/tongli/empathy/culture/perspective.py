"""c_culture: language, locale, register, address and salutation of the answer, and what it must respect.

What the reader declared comes first, then what the message itself shows, then the usual convention of its
field and language (``tongli.knowledge.locales``), and CLDR for the rest. A locale never changes the tone.
"""

from __future__ import annotations

from dataclasses import replace

from tongli.core import Address, Claim, CultureContext, Evidence, Person, Reading, Register, Span
from tongli.empathy.culture.practices import practices
from tongli.empathy.reply import declared_for, is_tag, reply_tag
from tongli.empathy.salutation import salutation
from tongli.knowledge import tags
from tongli.knowledge.address import AddressUse, find_address
from tongli.knowledge.language import LanguageProfile
from tongli.knowledge.locales import FALLBACK, domains, knows, profile
from tongli.knowledge.needs import NEGATIVE

INFORMAL_BELOW = 0.3
"""P(formal) under which a message is decidedly informal."""

MARKER_PRECISION = 0.98
"""Share of decided sentences whose markers agree with the label, at least, in each of the ten languages of
CoCoA-MT and IWSLT 2023 (training parts; Nadejde et al. 2022). Other languages are unmeasured."""

MAX_EVIDENCE = 10

_STRONGEST = ("declared", "message", "profile", "cldr")
_STEP_DOWN: dict[Register, Register] = {"formal": "neutral", "neutral": "informal", "informal": "informal"}
_MIXED = "formal and informal forms of address both occur"


class CulturePerspective:
    """Chooses how the answer addresses its reader, and says what the choice rests on."""

    def see(self, reading: Reading) -> Reading:
        """The reading with ``empathy.culture`` filled and a claim ``address`` where the message shows it.

        Raises:
            InputError: ``locale.tag`` when the answer's language is not a BCP-47 tag.
        """
        person = reading.message.author
        tag = _precise(reply_tag(reading), person)
        known = profile(tag)
        use = _address_use(reading, known)
        address, address_source = _address(person, tag=tag, known=known, use=use)
        register, register_source = _register(reading, known=known, address=address)
        locale, locale_source = _locale(person, tag=tag, known=known)
        culture = CultureContext(
            lang=known.tag,
            locale=locale,
            register=register,
            address=address,
            salutation=salutation(
                person, profile=known, register=register, name_lang=_name_lang(person, known)
            ),
            source=min(address_source, register_source, locale_source, key=_STRONGEST.index),
            practices=practices(reading, lang=known.tag, locale=locale, register=register, address=address),
        )
        return replace(
            reading,
            claims=(*reading.claims, *_claims(use, lang=known.tag)),
            empathy=replace(reading.empathy, culture=culture),
            notes=(*reading.notes, *_notes(reading)),
        )


def _precise(tag: str, person: Person) -> str:
    """A bare language made precise by the declared locale: ``zh`` with ``zh-TW`` is Traditional."""
    bare = tags.fallbacks(tag) == (tags.primary(tag),)
    return person.locale if bare and person.locale and _serves(person.locale, tag) else tag


def _serves(locale: str, tag: str) -> bool:
    """Whether a declared locale is a tag of the same language."""
    return is_tag(locale) and tags.same_language(locale, tag)


def _address_use(reading: Reading, known: LanguageProfile) -> AddressUse:
    """Markers in the message, when it is in the answer's language."""
    tag = reading.language.tag
    if not is_tag(tag) or not tags.same_language(tag, known.tag):
        return AddressUse()
    return find_address(reading.message.text, known)


def _address(person: Person, *, tag: str, known: LanguageProfile, use: AddressUse) -> tuple[Address, str]:
    declared = declared_for(tag, person.address)
    if declared is not None:
        return declared, "declared"
    if use.decided == "formal" or (use.decided == "informal" and known.mirror):
        return use.decided, "message"
    if person.register == "formal" or (person.register == "informal" and known.mirror):
        return person.register, "declared"
    return known.address, "profile"


def _register(reading: Reading, *, known: LanguageProfile, address: Address) -> tuple[Register, str]:
    person = reading.message.author
    if person.register is not None:
        return person.register, "declared"
    # The field is the conversation's, so a letter to a bank may leave it to the bank to declare it.
    field = person.domain or reading.message.audience.domain or ""
    domain = domains().get(field.strip().casefold())
    if domain is not None:
        return domain.register, "profile"
    if known.mirror and _decidedly_informal(reading, known):
        return _STEP_DOWN[known.register], "message"
    # A T form inside a formal letter would contradict itself.
    if known.register == "formal" and address == "informal":
        return "neutral", "profile"
    return known.register, "profile"


def _decidedly_informal(reading: Reading, known: LanguageProfile) -> bool:
    """The head is sure, the message is in the answer's language and no painful feeling speaks in it."""
    score = reading.scores.get("formality")
    tag = reading.language.tag
    return (
        isinstance(score, float)
        and score < INFORMAL_BELOW
        and not any(claim.dimension == "formality" and claim.abstained for claim in reading.claims)
        and is_tag(tag)
        and tags.same_language(tag, known.tag)
        and not any(claim.label in NEGATIVE for claim in reading.decided("emotion", scheme="ekman6"))
    )


def _locale(person: Person, *, tag: str, known: LanguageProfile) -> tuple[str, str]:
    # A region where another script is usual, such as zh-CN for zh-Hant, would contradict the answer.
    if person.locale and _serves(person.locale, tag) and profile(person.locale).tag == known.tag:
        return tags.with_region(person.locale), "declared"
    return tags.with_region(tag if tags.has_region(tag) else known.tag), "cldr"


def _name_lang(person: Person, known: LanguageProfile) -> str:
    return tags.primary(person.locale if person.locale and is_tag(person.locale) else known.tag)


def _claims(use: AddressUse, *, lang: str) -> tuple[Claim, ...]:
    if not (use.formal or use.informal):
        return ()
    spans: tuple[Span, ...] = (*use.formal[:MAX_EVIDENCE], *use.informal[:MAX_EVIDENCE])
    return (
        Claim(
            dimension="address",
            label=use.decided,
            score=0.5 if use.mixed else MARKER_PRECISION,
            evidence=tuple(Evidence(span=span, weight=1.0) for span in spans),
            abstained=use.mixed,
            reason=_MIXED if use.mixed else None,
            source=f"address-markers:{lang}",
        ),
    )


def _notes(reading: Reading) -> tuple[str, ...]:
    notes = []
    asked = reading.reply_lang or reading.language.tag
    served = profile(asked).tag if knows(asked) else FALLBACK
    if not tags.same_language(asked, served):
        notes.append(f"no profile for the language {asked!r}: the answer is planned in {served!r}")
    locale = reading.message.author.locale
    if locale and not is_tag(locale):
        notes.append("the declared locale is not a BCP-47 tag and was left out")
    return tuple(notes)
