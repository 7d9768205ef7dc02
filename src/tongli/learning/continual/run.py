"""``tongli learn continue``: weights and new records → a run that can be killed and goes on."""

from __future__ import annotations

import copy
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from tongli.core import ConfigError, ModelError, Settings
from tongli.core.writing import writing
from tongli.learning.continual.base import SHIPPED, Base, open_base, start
from tongli.learning.continual.mixed import shared
from tongli.learning.continual.mixture import Mixture, mix, with_stand_ins
from tongli.learning.continual.penalty import STRENGTHS, PenaltyName, fisher, held
from tongli.learning.continual.weights import Tell
from tongli.learning.data.outputs import require_free
from tongli.learning.kept import counting
from tongli.learning.states import States, Trunk, open_trunk
from tongli.learning.train.loop import Log, Penalty, Trainer, sampling_weights
from tongli.learning.train.network import Upper
from tongli.learning.train.recipe import HeadRecipe, Recipe

USUAL = Recipe(
    batch=32,
    rate=5e-5,
    head_rate=3e-4,
    weight_decay=0.0,  # towards zero, where what was learnt is not
    head_dropout=0.1,
    average=0.99,
    held_out=0.2,
)
"""What holds without a recipe; the number of examples follows from the texts."""

_PASSES = 10
"""Times that every new text is seen without a recipe."""

_LOOKS = 10
"""Times that a run without a recipe looks at the held-out texts."""

_MARK = "continue.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to learn, and what must not be lost.

    Attributes:
        base: ``shipped``, a folder of weights, or the name of an installed model.
        new: records to learn from.
        out: folder of the new weights.
        cache: folder of encoded texts.
        replay: records of what the base has learnt before.
        recipe: ``None`` takes the usual one.
        replay_share: of the texts drawn, in 0..1 without 1; 0 only measures and holds with them.
        penalty: ``None`` takes ``ewc`` with a replay and ``l2-sp`` without.
        strength: of the penalty; ``None`` takes the usual one.
        max_forgetting: points that may be lost, see :func:`too_much`.
        research_only: see :func:`from_records`.
    """

    base: str
    new: Path
    out: Path
    cache: Path
    replay: Path | None = None
    recipe: Recipe | None = None
    replay_share: float = 0.5
    penalty: PenaltyName | None = None
    strength: float | None = None
    max_forgetting: float = 1.0
    research_only: bool = False

    @property
    def held_by(self) -> PenaltyName:
        """The penalty that is used."""
        return self.penalty or ("l2-sp" if self.replay is None else "ewc")

    @property
    def held_with(self) -> float:
        """Its strength."""
        return STRENGTHS[self.held_by] if self.strength is None else self.strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A run that is ready to start.

    Attributes:
        job: as given.
        recipe: in full, with every head of the base.
        base: the weights to go on from; network: the same as a network.
        mixture, trunk, states: what is learnt from.
        settings: of the run.
    """

    job: Job
    recipe: Recipe
    base: Base
    network: Upper
    mixture: Mixture
    trunk: Trunk
    states: States
    settings: Settings


def prepare(job: Job, *, settings: Settings, tell: Tell) -> Plan:
    """Open the weights, read the records, encode the texts; the folder is then this run's.

    Args:
        job: what to do.
        settings: for the encoder.
        tell: told about long steps.

    Raises:
        ConfigError: ``continue.penalty``, ``continue.recipe``, ``output.*``, ``licence.not-free``.
        ModelError: ``continue.changed`` when the folder has a run of something else, and those of
            :func:`open_base` and :func:`start`.
        InputError: those of :func:`mix`.
        StorageError: ``continue.unwritable``, ``record.unreadable``.
    """
    _check(job)
    given = job.recipe or USUAL
    base = open_base(job.base, model=given.model, settings=settings)
    mixture = mix(
        tuple(base.heads),
        new=job.new,
        replay=job.replay,
        held_out=given.held_out,
        seed=given.seed,
        research_only=job.research_only,
        own=base.own,
    )
    recipe = _whole(given, job=job, base=base, mixture=mixture)
    tell(_counts(mixture))
    trunk = open_trunk(base.source, max_tokens=recipe.max_tokens, offline=settings.offline)
    states = trunk.states(
        [item.text for item in mixture.pool.items],
        folder=job.cache,
        tell=counting(tell),
    )
    network = start(base, trunk=trunk, recipe=recipe).eval()
    mixture = with_stand_ins(mixture, network=network, states=states, recipe=recipe)
    plan = Plan(
        job=job,
        recipe=recipe,
        base=base,
        network=network,
        mixture=mixture,
        trunk=trunk,
        states=states,
        settings=settings,
    )
    _claim(job.out / "run", plan)
    return plan


def learn(plan: Plan, *, tell: Tell, log: Log) -> Upper:
    """Train a copy of the plan's network; killed and started again, it goes on.

    Raises:
        ModelError: ``train.nan``, ``train.checkpoint``, ``train.recipe``.
    """
    pool = plan.mixture.pool
    trainer = Trainer(
        copy.deepcopy(plan.network),
        pool=pool,
        sampling=shared(
            sampling_weights(pool, recipe=plan.recipe),
            plan.mixture.replayed[pool.fit],
            share=plan.job.replay_share,
        ),
        states=plan.states,
        recipe=plan.recipe,
        folder=plan.job.out / "run",
        tell=tell,
        log=log,
        penalty=_penalty(plan, tell=tell),
    )
    return trainer.run()


def _check(job: Job) -> None:
    if job.replay is None and job.penalty == "ewc":
        raise ConfigError(
            "continue.penalty",
            received="the penalty ewc without old texts",
            allowed="l2-sp or none without --replay",
            fix="Add --replay with records that the weights were trained on, or leave the penalty out.",
        )
    if job.recipe is not None and (job.recipe.train or job.recipe.dev or job.recipe.base):
        raise ConfigError(
            "continue.recipe",
            received="a recipe with train or dev files, or a base",
            allowed="a recipe without them: the records and the base are named in the command",
            fix="Take train, dev and base out of the recipe.",
        )
    inputs = [job.new, job.replay or job.new, *([] if job.base == SHIPPED else [Path(job.base)])]
    require_free(job.out, inputs=inputs, overwrite=True)
    if not (job.out / "run" / _MARK).is_file() and job.out.exists() and any(job.out.iterdir()):
        raise ConfigError(
            "output.exists",
            received=f"{job.out.name}, which is there and not empty",
            allowed="a new folder, or that of this very run",
            fix="Name another folder.",
        )


def _whole(recipe: Recipe, *, job: Job, base: Base, mixture: Mixture) -> Recipe:
    """The recipe with every head of the base, since all of them read what is tuned; and how long it takes."""
    if strange := sorted(set(recipe.heads) - set(base.heads)):
        raise ConfigError(
            "continue.recipe",
            received=f"a recipe with heads that the base has not: {', '.join(strange)}",
            allowed=", ".join(base.heads),
            fix="To add a head, name the weights as base in its recipe: tongli learn train.",
        )
    heads = {name: recipe.heads.get(name, HeadRecipe()) for name in base.heads}
    recipe = replace(recipe, schemes=base.own, heads=heads)
    if job.recipe is not None:
        return recipe
    new = len(mixture.rows(among=mixture.pool.fit, replayed=False))
    share = job.replay_share if job.replay else 0.0
    recipe = replace(recipe, examples=round(_PASSES * new / (1 - share)))
    return replace(recipe, evaluate_every=max(1, recipe.steps // _LOOKS))


def _counts(mixture: Mixture) -> str:
    pool = mixture.pool
    counts = {
        replayed: [len(mixture.rows(among=rows, replayed=replayed)) for rows in (pool.fit, pool.held_out)]
        for replayed in (False, True)
    }
    told = [
        f"{fit:,} {name} texts and {aside:,} held out"
        for name, (fit, aside) in (("new", counts[False]), ("old", counts[True]))
    ]
    return "; ".join(told)


def _penalty(plan: Plan, *, tell: Tell) -> Penalty | None:
    job = plan.job
    if job.held_by == "none" or not job.held_with:
        return None
    if job.held_by == "l2-sp":
        return held(plan.network, strength=job.held_with)
    importance = fisher(
        plan.network,
        states=plan.states,
        rows=plan.mixture.rows(among=plan.mixture.pool.fit, replayed=True),
        recipe=plan.recipe,
        seed=plan.recipe.seed,
        tell=lambda done, total: tell(f"importance of the weights: {done:,} of {total:,} old texts"),
    )
    return held(plan.network, strength=job.held_with, importance=importance)


def _claim(folder: Path, plan: Plan) -> None:
    """Mark the folder with what is learnt in it, so that no checkpoint meets other data."""
    mark = _identity(plan)
    path = folder / _MARK
    with writing(
        "continue.unwritable",
        folder,
        allowed="a folder that can be read and written",
        also=(UnicodeDecodeError,),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            path.write_text(mark, encoding="utf-8")
        found = path.read_text(encoding="utf-8")
    if found != mark:
        raise ModelError(
            "continue.changed",
            received=f"{plan.job.out.name} with a run from other weights, records or options",
            allowed="the folder of this very run, or a new one",
            fix="Name another folder, or delete this one to start again.",
        )


def _identity(plan: Plan) -> str:
    job, pool = plan.job, plan.mixture.pool
    digest = hashlib.sha256(
        repr((plan.base.digest, plan.recipe, job.replay_share, job.held_by, job.held_with)).encode()
    )
    for item in pool.items:
        digest.update(item.text.encode("utf-8", "surrogatepass"))
        for head in sorted(item.targets):
            digest.update(head.encode() + item.targets[head].tobytes())
    digest.update(plan.mixture.replayed.tobytes())
    return digest.hexdigest()
