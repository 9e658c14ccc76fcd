"""The catalogue: one row per measure, read by `measure`, `compare` and the documentation.

The rows lie in `catalogue.toml`, so that a measure is one function and one row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module, resources
from typing import Any, Literal, get_args

import numpy as np

from netlearn.errors import NetlearnError
from netlearn.measures.contact import net_mean, unit_mean
from netlearn.measures.net import Net

Kind = Literal["classes", "table", "net"]
Level = Literal["network", "department", "person"]


@dataclass(frozen=True)
class MeasureRow:
    """What the kit knows about a measure.

    Attributes
    ----------
    name, family : str
    kind : "classes", "table" or "net"
        classes = a function of (within, cross) sums of ties and cells, with a gradient; table = a function of the
        department-by-department tables of ties and cells, with a gradient; net = any function of a Net. The change of
        the first two gets its interval by influence values, of the third by leaving out one person at a time.
    unit : str
    low, high : float or None
        Attainable range; None = unbounded.
    value, gradient : function or None
        Of ties and cells: (..., 2) for classes, (k, k) for table.
    network, department, person : function or None
        Of a Net, where `value` does not give the level: one number, (n_units,), (n,).
    estimand : 1, 2 or 0
        1 = change in cross contact, 2 = is it specific to crossing departments, 0 = neither.
    weighted : bool
        Defined too when ties count by their level.
    formula, use, avoid, source : str
    agrees : tuple of str
        Functions of other packages with the same value.
    """

    name: str
    family: str
    kind: Kind
    unit: str
    low: float | None = None
    high: float | None = None
    value: Callable[..., Any] | None = None
    gradient: Callable[..., Any] | None = None
    network: Callable[..., Any] | None = None
    department: Callable[..., Any] | None = None
    person: Callable[..., Any] | None = None
    estimand: Literal[0, 1, 2] = 0
    weighted: bool = False
    formula: str = ""
    use: str = ""
    avoid: str = ""
    source: str = ""
    agrees: tuple[str, ...] = ()

    def has(self, level: Level) -> bool:
        """Tell whether the measure is defined at a level."""
        if self.kind == "classes":
            return True
        return getattr(self, level) is not None or (self.kind == "table" and level == "network")


def _mean(function: Callable[[Net], Any], level: Level) -> Callable[[Net], Any]:
    if level == "network":
        return lambda net: net_mean(function(net))
    return lambda net: unit_mean(net, function(net))


def _sum(function: Callable[[Net], Any], level: Level) -> Callable[[Net], Any]:
    if level == "network":
        return lambda net: _total(function(net))
    return lambda net: _unit_sum(net, function(net))


def _unit_sum(net: Net, values: Any) -> Any:
    known = np.isfinite(values)
    return np.where(net.by_unit(known) > 0, net.by_unit(np.where(known, values, 0.0)), np.nan)


def _total(values: Any) -> float:
    return float(np.nansum(values)) if np.isfinite(values).any() else float("nan")


def _function(path: str) -> Callable[..., Any]:
    """Find "module.function", or with an argument "module.function:argument"."""
    path, _, argument = path.partition(":")
    module, name = path.split(".")
    function: Callable[..., Any] = getattr(import_module(f"netlearn.measures.{module}"), name)
    return (lambda net: function(net, argument)) if argument else function


def _of_level(path: str, level: Level) -> Callable[..., Any]:
    """Find a function, or the mean or sum over people of one: "mean holes.constraint"."""
    how, _, rest = path.rpartition(" ")
    function = _function(rest)
    return {
        "": lambda: function,
        "mean": lambda: _mean(function, level),
        "sum": lambda: _sum(function, level),
    }[how]()


def _row(entry: dict[str, Any]) -> MeasureRow:
    known = dict(entry)
    kind: Kind = "classes" if "classes" in known else "table" if "table" in known else "net"
    if kind != "net":
        path = known.pop(kind)
        known |= {"value": _function(path), "gradient": _function(f"{path}_gradient")}
    known |= {level: _of_level(known[level], level) for level in get_args(Level) if level in known}
    return MeasureRow(kind=kind, **(known | {"agrees": tuple(known.get("agrees", ()))}))


def _read() -> dict[str, MeasureRow]:
    text = resources.files("netlearn.measures").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return {entry["name"]: _row(entry) for entry in tomllib.loads(text)["measure"]}


CATALOGUE: dict[str, MeasureRow] = _read()
COMPARABLE: tuple[str, ...] = tuple(name for name, row in CATALOGUE.items() if row.kind == "classes")


def need_weighted(row: MeasureRow) -> None:
    """Refuse a measure that is not defined for ties that count by their level."""
    if not row.weighted:
        known = ", ".join(name for name, other in CATALOGUE.items() if other.weighted)
        raise NetlearnError(f"{row.name} is not defined for weighted ties; these are: {known}.")


def find(name: str) -> MeasureRow:
    """Return the row of a measure, or say which names there are."""
    if name not in CATALOGUE:
        raise NetlearnError(f"no measure {name!r}; there are {', '.join(CATALOGUE)}.")
    return CATALOGUE[name]
