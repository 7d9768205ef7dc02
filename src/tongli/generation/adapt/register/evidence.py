"""Whether a form that may mean "you" or somebody else means the person addressed.

A logistic model over the words around the form. Its weights come from ``scripts/register_evidence.py``, which
counts in marked texts; no sentence is stored.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from tongli.generation.adapt.register.draft import Draft
from tongli.knowledge.register import weights

EDIT = 0.5
ASK = 0.35
BIAS = "bias"


def probability(lang: str, features: Iterable[str]) -> float:
    """Probability (0..1) that a form with these features means the person addressed."""
    known = weights(lang)
    score = known.get(BIAS, 0.0) + sum(known.get(feature, 0.0) for feature in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def features(
    draft: Draft, index: int, *, kind: str, seen: Iterable[bool], pronoun: bool, third: bool, words: Mapping[str, frozenset[str]]
) -> list[str]:
    """What the text shows about a form.

    Args:
        draft: the text.
        index: the word.
        kind: ``verb``, ``possessive``, ``clitic`` or ``enclitic``.
        seen: what was decided about the forms before it in the text.
        pronoun: whether the text has a pronoun that only addresses.
        words: ``light``, ``links`` and ``dets`` of the language.
        third: whether the sentence names a third person in a pronoun before the form.
    """
    low, before, after = draft.low(index), draft.low(index - 1), draft.low(index + 1)
    past = list(seen)
    opens = "sentence" if draft.opens_sentence(index) else "clause" if draft.opens_clause(index) else "no"
    name = index > 0 and draft.words[index - 1].capital and not draft.opens_sentence(index - 1)
    found = [
        f"k={kind}",
        f"w={low}",
        f"k={kind} p={'^' if opens != 'no' else before}",
        f"p={before if opens == 'no' else '^'} w={low}",
        f"k={kind} n={after if not draft.opens_clause(index + 1) else '$'}",
        f"k={kind} e={low[-2:]}",
        f"k={kind} opens={opens}",
        f"k={kind} asks={draft.ends_with(index, '?')} opens={opens != 'no'}",
        f"k={kind} last={past[-1] if past else 'none'}",
        f"k={kind} first={index - draft.sentence(index).start < 3}",
        f"k={kind} pronoun={pronoun}",
        f"k={kind} third={third}",
        f"k={kind} name={name and opens == 'no'}",
        f"k={kind} pp={draft.low(index - 2) if not draft.opens_clause(index - 1) else '^'}",
    ]
    bare = _is_bare(draft, index, words)
    follows = not draft.opens_clause(index + 1)
    found += [
        f"k={kind} bare={bare} opens={opens}",
        f"k={kind} bare={bare} asks={draft.ends_with(index, '?')}",
        f"k={kind} det={follows and after in words['dets']} bare={bare}",
        f"k={kind} capital={follows and index + 1 < len(draft.words) and draft.words[index + 1].capital}",
        f"w={low} bare={bare}",
        f"k={kind} determined={draft.low(index - 2) in words['dets'] and opens == 'no'}",
    ]
    if past:
        found.append(f"k={kind} all={all(past)} any={any(past)}")
    return found


def _is_bare(draft: Draft, index: int, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether no word before a form, in its clause, could be the subject."""
    for other in reversed(range(draft.clause(index).start, index)):
        if draft.low(other) in words["links"]:
            return True
        if draft.low(other) not in words["light"]:
            return False
    return True
