"""French word forms: verbs with vous and tu, commands, elision, gender of nouns."""

from __future__ import annotations

from functools import cache

from tongli.knowledge.register import table

_VOWELS = frozenset("aeiouyéèêëàâîïôöûùüœæ")
_LISTED_F = ("feminine_adjectives", "feminine")
_LISTED_M = ("masculine_adjectives", "masculine")
_ADJECTIVES_F = ("ée", "elle", "euse", "ive", "ente", "ante", "ale", "aine")
_ADJECTIVES_M = ("é", "eux", "if", "ent", "ant", "al", "ain")
_PREFIXED = ("viens", "tiens", "prends", "mets", "fais", "dis", "rends", "écris")
"""Commands that also stand behind a prefix; others, as in "devis" and "concours", make nouns."""
_FUTURE = ("erez", "drez", "rrez", "evrez", "ttrez", "îtrez", "aîtrez", "irez", "ivrez")


def is_vous_verb(low: str) -> bool:
    """Whether a word is a verb form with vous."""
    if low in _table("verbs") or low in _table("past"):
        return True
    return len(low) > 3 and low.endswith("ez") and low not in _words("not_verbs")


def tu_form(low: str, *, subjunctive: bool = False) -> str:
    """``avez`` → ``as``, ``aimez`` → ``aimes``, ``pourriez`` → ``pourrais``."""
    irregular = _known(low, {**_table("verbs"), **_table("past")})
    wished = _known(low, _table("wished")) if subjunctive else ""
    if irregular or wished:
        return wished or irregular
    if low.endswith("issez") and not low.endswith(("aissez", "glissez", "plissez")):
        return f"{low[:-4]}s"
    if low.endswith("iez") and f"{low[:-2]}er" in _words("ier"):
        return f"{low[:-1]}s"
    if low.endswith("iez"):
        stem = low[:-3]
        return f"{stem}es" if subjunctive else f"{stem}ais"
    if (low.endswith(_FUTURE) or low in ("aurez", "saurez")) and low not in _words("present_r"):
        return f"{low[:-2]}as"
    return f"{low[:-1]}s"


def command(low: str) -> str:
    """``allez`` → ``va``, ``prenez`` → ``prends``, ``passez`` → ``passe``."""
    if low in _table("commands"):
        return _table("commands")[low]
    form = tu_form(low)
    return form[:-1] if form.endswith("es") else form


def vous_form(low: str) -> str:
    """``as`` → ``avez``, ``aimes`` → ``aimez``; empty where the word is no form with tu."""
    found = _known(low, _from_tu())
    if found:
        return found
    if low in _words("iss"):
        return f"{low}sez"
    if low.endswith("ais"):
        return f"{low[:-3]}iez"
    if low.endswith("ras"):
        return f"{low[:-2]}ez"
    return f"{low[:-1]}z" if low.endswith("es") and len(low) > 3 else ""


def vous_command(low: str) -> str:
    """The formal command of a word that is known as one; empty for others."""
    if low in _commands() or not low.endswith(_PREFIXED):
        return _commands().get(low, "")
    return _known(low, _commands())


def elides(low: str) -> bool:
    """Whether a word makes the one before it drop its vowel."""
    if low[:1] == "h":
        return low not in _words("aspirated")
    return low[:1] in _VOWELS and low not in ("oui", "onze", "yaourt", "yoga", "yacht")


def gender(low: str, *, following: str = "") -> str:
    """``m`` or ``f`` of a noun, or of an adjective before it; empty where neither list nor ending tells.

    Args:
        low: the word after the possessive.
        following: the word after that; an adjective in -ée makes the noun feminine.
    """
    for found, names in (("f", _LISTED_F), ("m", _LISTED_M)):
        if any(low in _words(name) for name in names):
            return found
    for found, endings in (("f", _ADJECTIVES_F), ("m", _ADJECTIVES_M)):
        if following.endswith(endings):
            return found
    for size in range(6, 0, -1):
        for found, name in (("m", "masculine_endings"), ("f", "feminine_endings")):
            if low[-size:] in _words(name):
                return found
    return "" if low.endswith("e") else "m"


def _known(low: str, forms: dict[str, str]) -> str:
    """The table's form of a verb, also with a prefix before it."""
    if low in forms:
        return forms[low]
    for cut in range(1, min(7, len(low) - 2)):
        if low[cut:] in forms and low[:cut] in _words("prefixes") and low[cut:] not in ("riez", "ris"):
            return low[:cut] + forms[low[cut:]]
    return ""


@cache
def _from_tu() -> dict[str, str]:
    back = {tu: vous for table in ("wished", "verbs") for vous, tu in _table(table).items()}
    return {**back, "suis": "suivez", "paies": "payez", "essayes": "essayez", "payes": "payez"}


@cache
def _commands() -> dict[str, str]:
    regular = {low: f"{low.removesuffix('e')}ez" for low in _words("er") if low.endswith("e")}
    issues = {low: f"{low}sez" for low in _words("iss") if low.endswith("is")}
    listed = {command(vous): vous for vous in _table("verbs") if not vous.endswith("iez")}
    for short in ("es", "as", "peux", "veux", "dois", "sais", "vaux", "suis", "plais"):
        listed.pop(short, None)
    return {
        **regular,
        **issues,
        **listed,
        "vas": "allez",
        **{short: vous for vous, short in _table("commands").items()},
    }


@cache
def _table(name: str) -> dict[str, str]:
    return dict(table("fr")[name])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("fr")["words"][name].split())
