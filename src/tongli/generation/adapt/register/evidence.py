"""Whether a form that may mean "you" or somebody else means the person addressed.

A logistic model over the words around the form. Its weights come from ``scripts/register_evidence.py``, which
counts in marked texts; no sentence is stored. Where an encoder is at hand, its state of the form tells too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tongli.core import FloatArray
from tongli.generation.adapt.register.draft import Draft
from tongli.knowledge.register import state_weights, weights

EDIT = 0.5
"""Probability from which a form is changed."""
ASK = 0.35
"""Probability from which the writer is asked."""
CLEAR = 8.0
"""Log odds beyond which those of the words weigh no more beside the encoder's state."""
BIAS = "bias"


def probability(lang: str, features: Iterable[str], *, state: FloatArray | None = None) -> float:
    """Probability (0..1) that a form with these features means the person addressed.

    Args:
        lang: whose weights.
        features: of :func:`features`.
        state: ``(hidden,)``, the encoder's, of the word; without it the words alone tell.
    """
    known = weights(lang)
    odds = known.get(BIAS, 0.0) + sum(known.get(feature, 0.0) for feature in features)
    if state is not None:
        learnt = state_weights()
        odds = learnt.scale * max(-CLEAR, min(CLEAR, odds)) + float(state @ learnt.vector) + learnt.offset
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def known_state(draft: Draft, index: int) -> FloatArray | None:
    """The encoder's state of a word, where it is that of the encoder whose weights are known."""
    if draft.tokens is None or draft.tokens.encoder != state_weights().encoder:
        return None
    return draft.state(index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a text beyond the form itself.

    Attributes:
        seen: what was decided about the forms before it.
        beside: what was decided about the word in front of it, where that was a form too.
        pronoun: whether the text has a pronoun that only addresses.
        possessive: whether it has a possessive that may address.
        words: lists of words of the language, by name.
    """

    seen: Sequence[bool]
    beside: bool | None
    pronoun: bool
    possessive: bool
    words: Mapping[str, frozenset[str]]


def features(draft: Draft, index: int, *, kind: str, context: Context) -> list[str]:
    """What the text shows about a form.

    Args:
        draft: the text.
        index: the word.
        kind: ``verb``, ``possessive``, ``clitic`` or ``enclitic``.
        context: what is known beyond it.
    """
    low, words = draft.low(index), context.words
    opens = "sentence" if draft.opens_sentence(index) else "clause" if draft.opens_clause(index) else "no"
    before = draft.low(index - 1) if opens == "no" else "^"
    after = "$" if draft.opens_clause(index + 1) else draft.low(index + 1)
    bare, asks = _is_bare(draft, index, words), draft.ends_with(index, "?")
    family = next(
        (name for name in ("personal", "impersonal") if low.startswith(tuple(words[name]))), "other"
    )
    shared = (
        f"family={family} bare={bare} opens={opens}",
        f"family={family} bare={bare} asks={asks}",
        f"family={family} pronoun={context.pronoun} possessive={context.possessive}",
        f"bare={bare} opens={opens}",
        f"bare={bare} asks={asks}",
        f"asks={asks} opens={opens != 'no'}",
        f"last={context.seen[-1] if context.seen else None} bare={bare}",
        f"all={all(context.seen)} any={any(context.seen)}",
        f"beside={context.beside}",
        f"pronoun={context.pronoun}",
        f"possessive={context.possessive} bare={bare}",
        f"third={_names_another(draft, index, words)} bare={bare}",
        f"det={after in words['dets']} bare={bare} family={family}",
        f"determined={opens == 'no' and draft.low(index - 2) in words['dets']}",
        f"own={before in words['own'] or draft.low(index - 2) in words['own']}",
        f"first={index - draft.sentence(index).start < 3}",
        f"alone={opens != 'no' and after == '$'} family={family}",
        f"capital={after != '$' and draft.words[index + 1].capital}",
    )
    own = (
        f"p={before}",
        f"n={after}",
        f"e={low[-2:]}",
        f"pp={draft.low(index - 2)}",
        f"ne={after[-3:]} family={family}",
    )
    return [
        f"w={low}",
        f"w={low} p={before}",
        f"w={low} n={after}",
        f"w={low} bare={bare}",
        *(f"k={kind} {name}" for name in ("", *shared, *own)),
    ]


def _names_another(draft: Draft, index: int, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether the text names somebody else before a form, in its sentence or the one before."""
    first = draft.sentence(max(0, draft.sentence(index).start - 1)).start
    return any(
        draft.low(other) in words["third"] or draft.low(other) in words["persons"]
        for other in range(first, index)
    )


def _is_bare(draft: Draft, index: int, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether no word before a form, in its clause, could be the subject."""
    for other in reversed(range(draft.clause(index).start, index)):
        if draft.low(other) in words["links"]:
            return True
        if draft.low(other) not in words["light"]:
            return False
    return True
