"""The names of planned outcomes: what a claim refers to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from netlearn.errors import NetlearnError
from netlearn.study.plan import Study
from netlearn.study.planned import Outcome
from netlearn.study.tomlcheck import Fault
from netlearn.study.tomllines import Lines

PRIMARY = "primary"


def outcome_names(study: Study) -> dict[str, Outcome]:
    """Return the planned outcomes by name.

    The primary outcome is always called "primary", and by its own name too if it has one. Secondary ones have their own
    name, or "secondary-1", "secondary-2", … by their place in the study file.

    Parameters
    ----------
    study : Study

    Returns
    -------
    dict of str to Outcome
        The primary first, then the secondary ones in the order of the file.

    Raises
    ------
    NetlearnError
        Two outcomes have the same name.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> waves = ("before", "after")
    >>> plan = SimpleNamespace(
    ...     primary=Outcome("contact", "cross_density", waves),
    ...     secondary=(Outcome("contact", "ei_index", waves), Outcome("advice", "density", waves, name="advice")),
    ... )
    >>> list(outcome_names(plan))
    ['primary', 'secondary-1', 'advice']
    """
    outcomes = {("primary", 0): study.primary} | {
        ("secondary", at): found for at, found in enumerate(study.secondary)
    }
    found: dict[str, Outcome] = {}
    for name, table, at in _names(study.primary.name, [outcome.name for outcome in study.secondary]):
        if name in found:
            raise NetlearnError(
                f"two outcomes are called {name!r}; expected a name of its own for each. Rename one."
            )
        found[name] = outcomes[table, at]
    return found


def check_outcome_names(primary: str, secondary: Sequence[str], fault: Fault, lines: Lines) -> None:
    """Add a fault for every name that two outcomes of a study file have.

    Parameters
    ----------
    primary : str
        Name of the primary outcome, "" if it has none.
    secondary : sequence of str
        Names of the secondary ones in the order of the file, "" where there is none.
    fault : Fault
        Adds a fault at the line of a key.
    lines : Lines
        Of the study file.
    """
    seen: dict[str, int] = {}
    for name, table, index in _names(primary, secondary):
        if name in seen:
            fault("duplicate-name", table, "name", index, value=name, first=seen[name])
        else:
            seen[name] = lines.row(table, index, "name")


def _names(primary: str, secondary: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Every name with the table and place of the outcome that has it."""
    for name in dict.fromkeys([PRIMARY, primary or PRIMARY]):
        yield name, "primary", 0
    for index, name in enumerate(secondary):
        yield name or f"secondary-{index + 1}", "secondary", index
