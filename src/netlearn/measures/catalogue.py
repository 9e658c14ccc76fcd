"""The catalogue: one row per measure, read by `measure`, `compare`, the study file and the documentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from netlearn.errors import NetlearnError
from netlearn.measures import segregation

Kind = Literal["smooth", "reciprocity", "contact", "degree"]


@dataclass(frozen=True)
class MeasureRow:
    """What the kit knows about a measure.

    Attributes
    ----------
    name : str
    kind : "smooth", "reciprocity", "contact" or "degree"
        smooth = a function of (within, cross) sums of ties and cells, so it has influence values and can be
        compared; the others describe a wave.
    unit : str
    low, high : float or None
        Attainable range; None = unbounded.
    value, gradient : function
        Of `ties` and `cells`, each (..., 2); None for the other kinds.
    estimand : 1, 2 or 0
        1 = change in cross contact, 2 = is it specific to crossing departments, 0 = neither.
    """

    name: str
    kind: Kind
    unit: str
    low: float | None
    high: float | None
    value: Callable[..., Any] | None = None
    gradient: Callable[..., Any] | None = None
    estimand: Literal[0, 1, 2] = 0
    source: str = ""


def _smooth(name: str, unit: str, low: float | None, high: float | None, **more: Any) -> MeasureRow:
    value, gradient = getattr(segregation, name), getattr(segregation, f"{name}_gradient")
    return MeasureRow(name, "smooth", unit, low, high, value, gradient, **more)


_ROWS = (
    _smooth("density", "share of observed cells", 0, 1),
    _smooth("cross_density", "share of observed cross cells", 0, 1, estimand=1),
    _smooth("within_density", "share of observed within cells", 0, 1),
    _smooth("cross_share", "share of ties", 0, 1, estimand=2),
    _smooth("ei_index", "(cross - within) / ties", -1, 1, estimand=2, source="Krackhardt & Stern 1988"),
    _smooth("cross_log_odds", "log odds ratio, cross against within", None, None, estimand=2),
    MeasureRow("reciprocity", "reciprocity", "share of arcs returned", 0, 1),
    MeasureRow("departments_in_contact", "contact", "share of ordered department pairs", 0, 1),
    MeasureRow("cross_out_degree", "degree", "colleagues per person", 0, None),
    MeasureRow("cross_in_degree", "degree", "colleagues per person", 0, None),
)
CATALOGUE: dict[str, MeasureRow] = {row.name: row for row in _ROWS}
COMPARABLE: tuple[str, ...] = tuple(row.name for row in _ROWS if row.kind == "smooth")


def find(name: str) -> MeasureRow:
    """Return the row of a measure, or say which names there are."""
    if name not in CATALOGUE:
        raise NetlearnError(f"no measure {name!r}; there are {', '.join(CATALOGUE)}.")
    return CATALOGUE[name]
