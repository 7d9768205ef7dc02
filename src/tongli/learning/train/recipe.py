"""A training run as one TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tongli.core import shorten
from tongli.knowledge.schemes import SCHEMES, Kind, Scheme, own_schemes
from tongli.learning.adapt.adaptation import MERGEABLE, Adaptation
from tongli.learning.data.duplicates import LEAST_NEAR, NEAR
from tongli.learning.recipe_file import read_toml, typed, wrong

TABLES = ("schemes", "heads", "adaptation")
"""Keys that are tables."""

PRECISIONS = ("float32", "bfloat16")
OBJECTIVES = ("bce", "asymmetric")
ATTACKS = ("none", "fgm", "pgd", "freelb")
_ADVISED, _ADVISER = "ekman6", "goemotions28"

_LEAST = {
    "examples": 1,
    "batch": 1,
    "max_tokens": 8,
    "evaluate_every": 1,
    "patience": 1,
    "adversarial_steps": 1,
}
_SHARES = ("dropout", "head_dropout", "held_out", "average", "warm_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadRecipe:
    """How one head takes part.

    Attributes:
        share: multiplier of its texts in sampling.
        loss: weight of its loss.
        inner: hidden units.
        bag: perceptrons in a bag that is trained on the features of the frozen layers and blended with the
            trained head; 0 for none.
        bag_inner, bag_epochs: their hidden units, and passes over the texts that were learnt from.
        words: inverse of the penalty on the weights of words, which are blended in too; 0 for none.
        objective: of several labels, ``bce`` (binary cross-entropy) or ``asymmetric`` (Ridnik et al. 2021).
        gamma_positive, gamma_negative: focusing of the asymmetric loss on hard positives, hard negatives.
        margin: negatives with a lower probability than this are left out of the asymmetric loss.
        label_smoothing: share of the goals that is spread evenly (Szegedy et al. 2016), below 1.
        lender: another head of the recipe with the same labels and more, which helps in languages that it has
            learnt and this one has not; none by default.
        adviser: another head of the recipe, with the labels of GoEmotions, which helps a head with Ekman's in
            languages that both have learnt; none by default.
    """

    share: float = 1.0
    loss: float = 1.0
    inner: int = 128
    bag: int = 0
    bag_inner: int = 128
    bag_epochs: int = 8
    words: float = 0.0
    objective: str = "bce"
    gamma_positive: float = 0.0
    gamma_negative: float = 4.0
    margin: float = 0.05
    label_smoothing: float = 0.0
    lender: str = ""
    adviser: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides the weights, but the data and the code.

    Attributes:
        train, dev: files of records to learn from and to report on, relative to the recipe; without any, the
            public sets named in tongli.learning.tasks.
        model: encoder to start from: ``embedded``, a folder, or ``hf:NAME``.
        base: weights to add the heads to, which stay as they are: ``shipped``, a folder of weights, or an
            installed model; empty: the upper layers and the heads are trained together.
        refit: whether the heads are those of the base, which learn on from what they are; the layers and
            other heads stay.
        portion: share of the texts that a refit learns from, by a hash of them; all are held out that would
            be. The weights of words learn from all texts.
        swaps: weight, in a refit, of the difference between what a head says of a text without its persons
            and with a name in their place (Garg et al. 2019, counterfactual logit pairing).
        max_tokens: texts are cut there.
        precision: of products in training, ``float32`` or ``bfloat16`` (weights stay float32); the latter is
            about twice as fast on processors with AVX512-BF16 or AMX, and slower on others.
        device: ``auto`` (cuda or mps if torch finds one, else cpu), or a name that torch knows.
        examples: texts to learn from in all, repeats counted.
        batch: texts a step.
        rate, head_rate: largest learning rates of the top layer and of the heads.
        layer_decay: each lower layer learns at this times the rate of the one above (Howard & Ruder 2018).
        weight_decay: of matrices (AdamW).
        warm_up: share of the steps with a rising rate; then it falls in a line to zero.
        dropout, head_dropout: within layers, within heads.
        clip: largest norm of the gradient.
        r_drop: weight of the difference between two passes with different dropout (Liang et al. 2021, alpha);
            0 for one pass.
        adversarial: how the states that the trained layers read are disturbed so that the loss rises:
            ``none``, ``fgm``, ``pgd`` or ``freelb`` (see tongli.learning.train.adversarial).
        adversarial_radius: largest L2 norm of a disturbance, as a share of that of the text's states.
        adversarial_steps: ascent steps of pgd and freelb.
        adversarial_rate: length of an ascent step, in the unit of the radius.
        average: decay of the moving average of the weights, a step (Polyak & Juditsky 1992).
        power: of language sizes in sampling.
        held_out: share of the texts kept for early stopping and calibration.
        near: a text that resembles one of a development set at least so much is left out, in 0.6..1; 1 for
            equal texts only.
        evaluate_every: steps between looks at the held-out texts.
        patience: looks without gain before stopping early.
        seed: of everything random.
        schemes: of heads of one's own, by name.
        heads: head → how it takes part.
        adaptation: what of the upper layers learns; whole layers by default.
    """

    train: tuple[str, ...] = ()
    dev: tuple[str, ...] = ()
    model: str = "embedded"
    base: str = field(default="", repr=False)  # so that runs without one keep their digests
    refit: bool = field(default=False, repr=False)
    portion: float = field(default=1.0, repr=False)
    swaps: float = field(default=0.0, repr=False)
    max_tokens: int = 128
    precision: str = "float32"
    device: str = "auto"
    examples: int = 280_000
    batch: int = 64
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warm_up: float = 0.06
    dropout: float = 0.1
    head_dropout: float = 0.3
    clip: float = 1.0
    r_drop: float = 0.0
    adversarial: str = "none"
    adversarial_radius: float = 0.05
    adversarial_steps: int = 3
    adversarial_rate: float = 0.02
    average: float = 0.999
    power: float = 0.5
    held_out: float = 0.08
    near: float = NEAR
    evaluate_every: int = 700
    patience: int = 4
    seed: int = 0
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    heads: Mapping[str, HeadRecipe] = field(default_factory=dict)
    adaptation: Adaptation = field(default_factory=Adaptation)

    @property
    def steps(self) -> int:
        """Steps of a whole run."""
        return max(1, self.examples // max(1, self.batch))

    def scheme(self, head: str) -> Scheme:
        """The scheme of a head of the recipe."""
        return self.schemes.get(head) or SCHEMES[head]


def read_recipe(path: Path) -> Recipe:
    """Read a TOML file whose keys are the attributes of :class:`Recipe`, heads as ``[heads.NAME]``.

    Raises:
        ConfigError: ``recipe.unreadable``, ``recipe.key`` or ``recipe.value``, those of Adaptation and of
            :func:`own_schemes`.
    """
    data = read_toml(path, example="examples/learn/recipe.toml")
    schemes = own_schemes(data.pop("schemes", {}))
    tables = data.pop("heads", {})
    if not isinstance(tables, dict) or not tables:
        raise wrong("recipe.value", "no [heads.NAME] table", "at least one head")
    heads = {}
    for name, table in tables.items():
        if name not in SCHEMES and name not in schemes:
            allowed = ", ".join((*SCHEMES, *schemes, "one declared as [schemes.NAME]"))
            raise wrong("recipe.key", f"heads.{shorten(name)}", allowed)
        heads[name] = HeadRecipe(**typed(HeadRecipe, table, place=f"heads.{name}."))
    adaptation = Adaptation(**typed(Adaptation, data.pop("adaptation", {}), place="adaptation."))
    recipe = Recipe(**typed(Recipe, data, tables=TABLES), schemes=schemes, heads=heads, adaptation=adaptation)
    check_recipe(recipe)
    return replace(
        recipe,
        train=tuple(str(path.parent / name) for name in recipe.train),
        dev=tuple(str(path.parent / name) for name in recipe.dev),
    )


def check_recipe(recipe: Recipe) -> None:
    """What the types do not say; raises ``ConfigError`` (``recipe.value``)."""
    for key, least in _LEAST.items():
        if getattr(recipe, key) < least:
            raise wrong("recipe.value", f"{key} = {getattr(recipe, key)}", f"at least {least}")
    for key in _SHARES:
        if not 0 <= getattr(recipe, key) < 1:
            raise wrong("recipe.value", f"{key} = {getattr(recipe, key)}", "a number from 0 to below 1")
    if not recipe.clip:
        raise wrong("recipe.value", "clip = 0.0, by which nothing is learnt", "a number above 0")
    _one_of(recipe.precision, PRECISIONS, place="precision")
    _one_of(recipe.adversarial, ATTACKS, place="adversarial")
    _one_of(recipe.adaptation.method, MERGEABLE, place="adaptation.method")  # others cannot be written
    _check_refit(recipe)
    if not LEAST_NEAR <= recipe.near <= 1:
        raise wrong("recipe.value", f"near = {recipe.near}", f"a number from {LEAST_NEAR} to 1")
    for name, head in recipe.heads.items():
        _check_head(head, kind=recipe.scheme(name).kind, place=f"heads.{name}.")
        _check_lender(name, recipe)
        _check_adviser(name, recipe)
        if name in recipe.schemes and not recipe.train:
            raise wrong("recipe.value", f"heads.{name} without train files", 'train = ["records.jsonl"]')


def _check_refit(recipe: Recipe) -> None:
    if recipe.refit and not recipe.base:
        raise wrong("recipe.value", "refit without base", 'base = "shipped", or a folder of weights')
    if not 0 < recipe.portion <= 1:
        raise wrong("recipe.value", f"portion = {recipe.portion}", "a number above 0, at most 1")


def _check_head(head: HeadRecipe, *, kind: Kind, place: str) -> None:
    for key in ("inner", "bag_inner", "bag_epochs"):
        if getattr(head, key) < 1:
            raise wrong("recipe.value", f"{place}{key} = {getattr(head, key)}", "at least 1")
    if head.bag == 1:
        raise wrong("recipe.value", f"{place}bag = 1", "0 for none, or at least 2")
    _one_of(head.objective, OBJECTIVES, place=f"{place}objective")
    if head.objective == "asymmetric" and kind != "multilabel":
        raise wrong("recipe.value", f"{place}objective = {shorten(head.objective)}", f"bce for a {kind} head")
    if head.label_smoothing and kind in {"ordinal", "regression"}:
        raise wrong(
            "recipe.value", f"{place}label_smoothing = {head.label_smoothing}", f"0 for a {kind} head"
        )
    for key in ("label_smoothing", "margin"):
        if getattr(head, key) >= 1:
            raise wrong("recipe.value", f"{place}{key} = {getattr(head, key)}", "a number from 0 to below 1")


def _check_lender(name: str, recipe: Recipe) -> None:
    lender = recipe.heads[name].lender
    own = recipe.scheme(name)
    able = [
        other
        for other in recipe.heads
        if other != name
        and recipe.scheme(other).kind == own.kind == "multilabel"
        and set(own.labels) <= set(recipe.scheme(other).labels)
    ]
    if lender and lender not in able:
        allowed = ", ".join(able) or f"none: no other head of the recipe has all labels of {name}"
        raise wrong("recipe.value", f"heads.{name}.lender = {shorten(lender)}", allowed)


def _check_adviser(name: str, recipe: Recipe) -> None:
    adviser = recipe.heads[name].adviser
    able = [_ADVISER] if name == _ADVISED and _ADVISER in recipe.heads else []
    if adviser and adviser not in able:
        allowed = ", ".join(able) or f"none: only {_ADVISED} takes advice, of {_ADVISER} in the same recipe"
        raise wrong("recipe.value", f"heads.{name}.adviser = {shorten(adviser)}", allowed)


def _one_of(value: str, allowed: tuple[str, ...], *, place: str) -> None:
    if value not in allowed:
        raise wrong("recipe.value", f"{place} = {shorten(value)}", ", ".join(allowed))
