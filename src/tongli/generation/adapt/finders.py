"""All finders, the one that wins over the others first."""

from __future__ import annotations

from tongli.generation.adapt.culture_items import CultureItems
from tongli.generation.adapt.currency import Currencies
from tongli.generation.adapt.dates import Dates
from tongli.generation.adapt.eras import Eras
from tongli.generation.adapt.expressions import Expressions
from tongli.generation.adapt.formulas import Formulas
from tongli.generation.adapt.names import Names
from tongli.generation.adapt.numbers import Numbers
from tongli.generation.adapt.politeness import Politeness
from tongli.generation.adapt.practices import Practices
from tongli.generation.adapt.source import Finder
from tongli.generation.adapt.units import Units

FINDERS: tuple[Finder, ...] = (
    Formulas(),
    Names(),
    Dates(),
    Eras(),
    Currencies(),
    Numbers(),
    Units(),
    Expressions(),
    CultureItems(),
    Politeness(),
    Practices(),
)

KINDS = tuple(dict.fromkeys(finder.kind for finder in FINDERS))
"""What may be looked for."""
