"""What is given to a figure: the one place that says what it draws, where something else is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from netlearn.analysis.compare import Change
from netlearn.analysis.competence_dose import Dose
from netlearn.analysis.competence_part import CompetencePart
from netlearn.analysis.exposure import Exposure
from netlearn.analysis.exposure_part import ExposurePart
from netlearn.analysis.measurement import MeasurementPart
from netlearn.analysis.results import Results
from netlearn.analysis.shared_rooms import SharedRooms
from netlearn.errors import NetlearnError
from netlearn.outcomes.likert import Likert
from netlearn.planning.worlds import World
from netlearn.study.panel import Panel


class Kind(NamedTuple):
    """A kind of source: its name and where it comes from, and whether something is of it."""

    told: str
    of: Callable[[object], bool]


def _is(*types: type) -> Callable[[object], bool]:
    return lambda source: isinstance(source, types)


def _by(key: type, value: type) -> Callable[[object], bool]:
    """Return whether something is a mapping of such keys to such values."""
    return lambda source: (
        isinstance(source, Mapping)
        and all(isinstance(k, key) and isinstance(v, value) for k, v in source.items())
    )


RESULTS = Kind("Results (netlearn.analyse)", _is(Results))
PANEL = Kind("a Panel (netlearn.read_panel, or Results.panels)", _is(Panel))
CHANGE = Kind("a Change (netlearn.compare)", _is(Change))
COMPETENCE = Kind("a CompetencePart (Results.parts)", _is(CompetencePart))
MEASUREMENT = Kind("a MeasurementPart (Results.parts)", _is(MeasurementPart))
LIKERTS = Kind("a dict of Likert by wave (netlearn.outcomes.likert.likert)", _by(str, Likert))
TRIALS = Kind("a dict of trials by world (netlearn.try_tests)", _by(World, pd.DataFrame))
COUNT = Kind(
    "a whole number of people", lambda source: isinstance(source, int) and not isinstance(source, bool)
)
DOSE = Kind(
    "an Exposure (netlearn.exposure), SharedRooms, an ExposurePart or a Dose (Results.parts)",
    _is(Exposure, SharedRooms, ExposurePart, Dose),
)


def drawable(source: object, figure: str, kinds: Sequence[Kind], *tables: Sequence[str]) -> None:
    """Refuse what a figure cannot draw, in words.

    Parameters
    ----------
    source : object
        Whatever was given.
    figure : str
        "network" for `plot_network`, whose frames are made by `network_frame`.
    kinds : sequence of Kind
        What it draws beside a frame.
    tables : sequences of str
        Columns that a DataFrame needs: those of the frame first, then those of another table that will do.

    Raises
    ------
    NetlearnError
        The source is neither of these kinds nor a DataFrame with such columns and a row.
    """
    if isinstance(source, pd.DataFrame):
        lacking = min(([c for c in columns if c not in source] for columns in tables), key=len)
        if lacking or not len(source):
            said = f"lacks the columns {', '.join(lacking)}" if lacking else "has no row"
            raise NetlearnError(f"plot_{figure}: the DataFrame {said}. Do: {_do(figure, kinds)}.")
    elif not any(kind.of(source) for kind in kinds):
        named = "nothing (None)" if source is None else f"an object of type {type(source).__name__}"
        raise NetlearnError(f"plot_{figure} cannot draw {named}. Do: {_do(figure, kinds)}.")


def under_titles(source: Any) -> Any:
    """Return results with their waves under the titles of the study file, once; whatever else is given as it is."""
    if not isinstance(source, Results):
        return source
    labels = {wave.label for wave in source.study.waves}
    return source.titled() if set(source.response["wave"]) <= labels else source


def _do(figure: str, kinds: Sequence[Kind]) -> str:
    frame = f"the DataFrame of {figure}_frame (in {_home(figure)})"
    return f"give {', or '.join([*(kind.told for kind in kinds), frame])}"


def _home(figure: str) -> str:
    module = "forest" if figure in ("change", "outcomes", "handling") else figure
    return f"netlearn.figures.{module}"
