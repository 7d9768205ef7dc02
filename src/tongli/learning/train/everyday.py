"""Everyday texts, most of which address nobody: neither formal nor informal, polite nor impolite.

The labelled sets of formality hold pairs of a formal and an informal sentence, those of politeness the most
and the least polite requests, so a head that learns from them alone takes "it rained yesterday" for one or
the other. Everyday texts teach the rest. For formality, where a rule finds forms of address
(:mod:`tongli.knowledge.address`), they say the level; where neither the rule nor the tagger of marked forms
finds any, the head is to stay undecided. Texts that come with a target, such as statements that address
nobody (:mod:`tongli.knowledge.statements`), keep it. What a head says of unlabelled texts of its own kind it
is to go on saying.

References:
    Li & Hoiem (2016), "Learning without Forgetting".
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from tongli.emotion.card import Card, Source, Thresholds
from tongli.emotion.head import Arrays, Head
from tongli.emotion.markers import Markers
from tongli.encoders.text import TextEncoder
from tongli.knowledge.address import find_address
from tongli.knowledge.locales import profile
from tongli.learning.tasks import Example
from tongli.learning.train.blending import ReadTexts

MOST = 900
"""Texts of one language and set; more teach little and take long to tag."""

UNDECIDED = 0.5
"""Target of a text without marked forms."""

_CHARS = range(8, 400)
_LEAST_MARKER = 0.25
"""Chance of a marker from which a text is not taken for unmarked: lower than where the tagger decides."""
_ASIDE = 0.2
_TAGGED_AT_ONCE = 64

STEPS, _BATCH = 1500, 512
_OWN, _MARKED, _UNMARKED = 0.55, 0.15, 0.3
"""Shares of a batch."""
_RATE, _DECAY, _WARM_UP = 5e-4, 0.02, 0.1
_DROP_INPUT, _DROP_INNER = 0.1, 0.2
_POWER = 0.5
"""Of language sizes in sampling: a language of n texts weighs ``n ** 0.5`` in all."""

_CONFIDENCES = np.arange(0.6, 0.96, 0.05)
_DECIDED_AT_MOST = 0.055
"""Share of unmarked texts that may still be decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyday:
    """Everyday texts as the head reads them, labelled.

    Attributes:
        learnt: to learn from; targets ``(texts, 1)`` are 1 formal, 0 informal, 0.5 unmarked.
        aside: to measure with.
        sources: sets of what is learnt from.
    """

    learnt: ReadTexts
    aside: ReadTexts
    sources: tuple[Source, ...]


def labelled(
    examples: Iterable[Example],
    *,
    languages: Sequence[str],
    encoder: TextEncoder,
    markers: Markers | None = None,
    only_aside: bool = False,
) -> list[Example]:
    """Examples with their own target, or the one that their forms of address say; others are left out.

    Args:
        examples: everyday texts.
        languages: tags whose texts are wanted.
        encoder: of the head. A tagger of another encoder is not asked; then the rule alone decides.
        markers: tagger of formal and informal forms; ``None`` takes the one that ships.
        only_aside: label only those that :func:`aside` keeps to measure with.
    """
    markers = markers or Markers()
    tagger = markers if markers.card.encoder == encoder.id else None
    sampled = _sampled(examples, languages=languages)
    if only_aside:
        sampled = [example for example, kept in zip(sampled, aside(sampled), strict=True) if kept]
    told = [example for example in sampled if not np.isnan(example.target[0])]
    found = [
        replace(example, target=np.array([target], np.float32))
        for example in sampled
        if np.isnan(example.target[0]) and (target := _by_rule(example)) is not None
    ]
    if tagger is not None:
        marked = _marked([example for example in found if example.target[0] == UNDECIDED], tagger, encoder)
        found = [example for example in found if example.text not in marked]
    return [*told, *found]


def aside(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """Which texts are kept to measure with, by a hash of them."""
    return np.array([_share(example.text, "aside") < _ASIDE for example in examples], bool)


def taught(
    head: Head,
    texts: ReadTexts,
    everyday: ReadTexts,
    *,
    seed: int,
    unlabelled: ReadTexts | None = None,
    steps: int = STEPS,
) -> Arrays:
    """The head's network after learning from its own texts and everyday ones together.

    Args:
        head: as blended and calibrated; its words stay as they are.
        texts: that it was trained on.
        everyday: labelled by :func:`labelled`.
        seed: of dropout and sampling.
        unlabelled: texts of its kind, of which it is to say what it said before.
        steps: of training.
    """
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    unmarked = everyday.targets[:, 0] == UNDECIDED
    groups = [(texts, _OWN), (everyday.of(~unmarked), _MARKED), (everyday.of(unmarked), _UNMARKED)]
    if unlabelled is not None:
        groups.append((_said_before(head, unlabelled), _MARKED))
    parts = [(_inputs(part, head), _chances(part), share) for part, share in groups if part.languages]
    network = _Network(head.arrays)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=steps + 1, pct_start=_WARM_UP
    )
    slope = head.card.calibration.slope[0]
    for _ in range(steps):
        optimiser.zero_grad()
        for (features, beside, goals), chances, share in parts:
            rows = torch.from_numpy(generator.choice(len(chances), int(_BATCH * share), p=chances))
            logits = slope * network(features[rows]) + beside[rows]
            loss = nn.functional.binary_cross_entropy_with_logits(logits, goals[rows])
            (loss * share).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    return network.arrays(head.arrays)


def with_confidence(head: Head, everyday: ReadTexts) -> Card:
    """The head's card with the least confidence that leaves unmarked texts undecided, and figures of that.

    Args:
        head: calibrated.
        everyday: texts that were not learnt from.
    """
    values = head.values(everyday.features, everyday.found, languages=everyday.languages)[:, 0]
    targets = everyday.targets[:, 0]
    confidence, unmarked = np.maximum(values, 1 - values), targets == UNDECIDED
    right = (values >= UNDECIDED) == (targets > UNDECIDED)
    enough = [least for least in _CONFIDENCES if (confidence[unmarked] >= least).mean() <= _DECIDED_AT_MOST]
    least = round(float((enough or _CONFIDENCES[-1:])[0]), 2)
    decided = confidence >= least
    figures = {"texts": len(targets), "unmarked_decided": round(float(decided[unmarked].mean()), 4)}
    if not unmarked.all():
        figures["marked_decided"] = round(float(decided[~unmarked].mean()), 4)
        figures["marked_right"] = round(float((decided & right)[~unmarked].mean()), 4)
    return replace(
        head.card,
        thresholds=Thresholds(default=(least,)),
        metrics={**head.card.metrics, "everyday": figures},
    )


def _sampled(examples: Iterable[Example], *, languages: Sequence[str]) -> list[Example]:
    """At most ``MOST`` texts of a language and set, in the order of their hashes."""
    groups: dict[tuple[str, str], dict[str, Example]] = defaultdict(dict)
    for example in examples:
        tag = example.lang.partition("-")[0]
        if tag in languages and len(example.text) in _CHARS:
            groups[tag, example.source].setdefault(example.text, replace(example, lang=tag))
    ranked = (sorted(group, key=lambda text: _share(text, "sampled"))[:MOST] for group in groups.values())
    return [group[text] for group, texts in zip(groups.values(), ranked, strict=True) for text in texts]


def _by_rule(example: Example) -> float | None:
    """1 formal, 0 informal, 0.5 without any form of address, ``None`` with both kinds."""
    use = find_address(example.text, profile(example.lang))
    if use.mixed:
        return None
    return UNDECIDED if use.decided is None else float(use.decided == "formal")


def _marked(examples: Sequence[Example], markers: Markers, encoder: TextEncoder) -> set[str]:
    """Texts in which the tagger finds a marked form."""
    found = set()
    for start in range(0, len(examples), _TAGGED_AT_ONCE):
        texts = [example.text for example in examples[start : start + _TAGGED_AT_ONCE]]
        for text, tokens in zip(texts, encoder.tokens(texts), strict=True):
            if markers.spans(text, tokens, threshold=_LEAST_MARKER):
                found.add(text)
    return found


def _share(text: str, purpose: str) -> float:
    digest = hashlib.sha256(f"everyday {purpose} {text}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _said_before(head: Head, texts: ReadTexts) -> ReadTexts:
    values = head.values(texts.features, texts.found, languages=texts.languages)
    return replace(texts, targets=values)


def _inputs(part: ReadTexts, head: Head) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Standardised features, what is added to the network's calibrated logits, and targets."""
    arrays, calibration = head.arrays, head.card.calibration
    said = head.said(part.found, languages=part.languages, dense=arrays.logits(part.features))[:, 0]
    shifts = np.array([calibration.shift(tag)[0] for tag in part.languages], np.float32)
    beside = calibration.slope[0] * said + calibration.offset[0] + shifts
    features = ((part.features - arrays.mean) * arrays.scale).astype(np.float32)
    return tuple(  # type: ignore[return-value]
        torch.from_numpy(np.asarray(each, np.float32)) for each in (features, beside, part.targets[:, 0])
    )


def _chances(part: ReadTexts) -> NDArray[np.float64]:
    """Of being drawn, for each text: the levels of a language count alike, whatever its texts prefer."""
    kinds = list(zip(part.languages, part.targets[:, 0].tolist(), strict=True))
    sizes, counts = Counter(part.languages), Counter(kinds)
    levels = Counter(tag for tag, _ in counts)
    weights = np.array([sizes[kind[0]] ** _POWER / (levels[kind[0]] * counts[kind]) for kind in kinds])
    return np.asarray(weights / weights.sum())


class _Network(nn.Module):
    """``relu(x @ up + up_bias) @ down + bias``, from arrays and back."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        self.up = nn.Parameter(torch.from_numpy(arrays.up.copy()))
        self.up_bias = nn.Parameter(torch.from_numpy(arrays.up_bias.copy()))
        self.down = nn.Parameter(torch.from_numpy(arrays.down.copy()))
        self.bias = nn.Parameter(torch.from_numpy(arrays.bias.copy()))

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        inner = torch.relu(nn.functional.dropout(inputs, _DROP_INPUT) @ self.up + self.up_bias)
        return (nn.functional.dropout(inner, _DROP_INNER) @ self.down + self.bias)[:, 0]

    def arrays(self, before: Arrays) -> Arrays:
        """The weights as arrays that read inputs as ``before`` does."""
        return replace(
            before,
            **{name: value.detach().numpy().astype(np.float32) for name, value in self.named_parameters()},
        )
