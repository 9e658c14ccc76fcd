"""What is compared between the arms: values of people, rates of departments, changes of pairs, effects from a start on.

Each function returns what `netlearn.analysis.randomization.RandomizationResult` holds, by name.
"""

from __future__ import annotations

from typing import Any, Literal, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.arms import Arms, asked_people, own_values, reasons
from netlearn.analysis.group_time import staggered_effects
from netlearn.analysis.joint import joint
from netlearn.analysis.person_outcomes import PersonOutcome, person_outcome
from netlearn.analysis.spillover import class_table, contrasts_between_arms
from netlearn.errors import NetlearnError
from netlearn.inference.randomization import Redrawn, redraw_arms
from netlearn.measures.mixing import within_cross_rows
from netlearn.study.allocation import Allocation
from netlearn.study.panel import Panel

FloatArray = NDArray[np.float64]
PER = 100  # dyads and departments: ties per 100 cells
CLUSTERED = "regression, clustered by unit"


def of_people(
    panel: Panel, outcome: Any, pair: tuple[str, str], split: Arms, adjust: bool, how: dict[str, Any]
) -> dict[str, Any]:
    """Compare the values of people."""
    named = isinstance(outcome, str)
    waves = _values_of_people(panel, outcome, pair, adjust)
    earlier, later = waves.get(pair[0]), waves[pair[1]]
    unit = "colleagues" if named else "plain"
    compared = "values" if earlier is None else "later" if adjust else "change"
    values = later if earlier is None or adjust else later - earlier
    covariate = earlier[split.fresh, None] if adjust and earlier is not None else None
    found = redraw_arms(values[split.fresh], *split.of_fresh(), covariate, **how)
    known = split.fresh & np.isfinite(sum(waves.values(), np.zeros(panel.n)))
    return {
        **split.dealt(known),
        "compared": compared,
        "n_dyads": joint(panel, *pair).n_dyads if named else 0,
        "n_missing": int((split.fresh & ~known & asked_people(panel)).sum()),
        "details": _arm_means(split.trained[known], {label: v[known] for label, v in waves.items()}),
        **_told(panel, known, found, unit, CLUSTERED, how["alpha"]),
    }


def _values_of_people(
    panel: Panel, outcome: Any, pair: tuple[str, str], adjust: bool = False
) -> dict[str, FloatArray]:
    """Return the values of both waves, or of the later alone where the user gave one value per person."""
    if isinstance(outcome, str):
        shared, named = panel.joint_cells(pair), cast(PersonOutcome, outcome)
        return {label: person_outcome(panel, named, label, shared) for label in pair}
    both = (len(panel.waves), panel.n)
    values = own_values(outcome, both) if adjust else own_values(outcome, both, (panel.n,))
    if values.ndim == 1:
        return {pair[1]: values}
    return {label: values[panel.index(label)] for label in pair}


def seen_people(panel: Panel, outcome: Any, pair: tuple[str, str], split: Arms) -> NDArray[np.bool_]:
    """Tell whose units are dealt, because somebody in them has an outcome: (n,) bool."""
    if not isinstance(outcome, str) or outcome not in ("dyads", "one_trained", "department"):
        waves = _values_of_people(panel, outcome, pair)
        return split.fresh & np.isfinite(sum(waves.values(), np.zeros(panel.n)))
    if outcome != "department":
        return split.cells(joint(panel, *pair).cells).people()
    places, of = _whole(panel, split)
    earlier, later = (rate[places] for rate in _rates(panel, pair))
    known = of.fresh & np.isfinite(earlier + later)
    return np.isin(panel.groups[0], places[known])


def of_departments(
    panel: Panel, pair: tuple[str, str], split: Arms, adjust: bool, how: dict[str, Any]
) -> dict[str, Any]:
    """Compare the rates of departments."""
    view, home = joint(panel, *pair), panel.groups[0]
    places, of = _whole(panel, split)
    earlier, later = (rate[places] for rate in _rates(panel, pair))
    values = later if adjust else later - earlier
    found = redraw_arms(values[of.fresh], *of.of_fresh(), earlier[of.fresh, None] if adjust else None, **how)
    known = of.fresh & np.isfinite(values)
    people = np.isin(home, places[known]) & view.cells.senders
    return {
        **_told(panel, people, found, "points", CLUSTERED, how["alpha"]),
        **of.dealt(known),
        "compared": "later" if adjust else "change",
        "n_dyads": view.n_dyads,
        "n_people": int(people.sum()),
        "n_trained": int((people & split.trained).sum()),
        "n_missing": int((split.fresh & ~people & asked_people(panel)).sum()),
        "details": _arm_means(of.trained[known], {pair[0]: earlier[known], pair[1]: later[known]}),
    }


def _rates(panel: Panel, pair: tuple[str, str]) -> list[FloatArray]:
    """Ties of each department to others per 100 cells, in both waves."""
    rates = []
    for which in (0, 1):
        ties, cells = (within_cross_rows(t)[..., 1] for t in joint(panel, *pair).department_tables(which))
        rates.append(PER * np.divide(ties, cells, out=np.full(len(ties), np.nan), where=cells > 0))
    return rates


def _whole(panel: Panel, split: Arms) -> tuple[NDArray[np.int64], Arms]:
    """Return the numbers of the departments with people, and the arms with one place for each."""
    home = panel.groups[0]
    places, first = np.unique(home, return_index=True)
    for values in (split.fresh, split.trained, split.unit, split.strata):
        if (values != values[first][np.searchsorted(places, home)]).any():
            raise NetlearnError(
                'outcome "department" needs departments that were trained as wholes: somewhere people of one '
                "department differ in training, unit or stratum. Use an outcome per person."
            )
    fresh, trained, unit, strata = split.fresh, split.trained, split.unit, split.strata
    return places, Arms(fresh[first], trained[first], unit[first], strata[first], split.whole)


def of_dyads(
    panel: Panel,
    pair: tuple[str, str],
    split: Arms,
    how: dict[str, Any],
    name: Literal["both", "one"] = "both",
) -> dict[str, Any]:
    """Compare the changes of pairs of whom both, or one, was trained with those of pairs of whom neither was."""
    made = contrasts_between_arms(panel, pair, split, **how)
    main = made.contrasts[name]
    people = made.cells.senders & made.cells.people()
    return {
        "compared": "change",
        "unit": "points",
        "estimate": PER * main.estimate,
        "low": PER * main.low,
        "high": PER * main.high,
        "p_value": main.result.p_value,
        "result": main.result,
        "attainable_p": made.attainable_p[name == "one"],
        "n_assignments": made.n_assignments,
        "n_people": int(people.sum()),
        "n_trained": int((people & split.trained).sum()),
        "n_missing": int((split.fresh & ~people & asked_people(panel)).sum()),
        **split.dealt(made.cells.people()),
        "n_dyads": made.n_dyads,
        "studentised": True,
        "reasons": reasons(panel, people, main.result, how["alpha"]),
        "beside": [],
        "details": class_table(made),
    }


def _told(
    panel: Panel, people: NDArray[np.bool_], found: Redrawn, unit: str, method: str, alpha: float
) -> dict[str, Any]:
    """Return what a result takes over from the arrays."""
    names = ("estimate", "low", "high", "result", "attainable_p", "n_assignments", "studentised")
    c = found.clustered
    return {name: getattr(found, name) for name in (*names, "n_people", "n_trained")} | {
        "unit": unit,
        "p_value": found.result.p_value,
        "reasons": reasons(panel, people, found.result, alpha),
        "beside": [(method, "unit", unit, c.estimate, c.se, c.low, c.high, c.p_value, c.n_units)],
    }


def _arm_means(trained: NDArray[np.bool_], values: dict[str, FloatArray]) -> pd.DataFrame:
    """Mean of each arm in each wave."""
    rows = []
    for name, here in (("trained", trained), ("others", ~trained)):
        row: dict[str, Any] = {"arm": name, "n": int(here.sum())}
        rows.append(row | {w: float(v[here].mean()) if here.any() else np.nan for w, v in values.items()})
    return pd.DataFrame(rows)


def seen_in_turns(assignment: Allocation, values: FloatArray) -> NDArray[np.bool_]:
    """Tell who has two values or more, and was not trained in the first wave already: (n,) bool."""
    return np.asarray((assignment.start > 0) & (np.isfinite(values).sum(axis=0) > 1))


def of_starts(panel: Panel, outcome: Any, assignment: Allocation, how: dict[str, Any]) -> dict[str, Any]:
    """Average the effects of all starting groups from their start on."""
    made = staggered_effects(panel, outcome, assignment, **how)
    known = seen_in_turns(assignment, made.values)
    fresh, inside = assignment.start > 0, assignment.start < len(panel.waves)
    named = isinstance(outcome, str)
    beside = "group-time effects, clustered by unit"
    return {
        **_told(panel, known, made.found.mean, "colleagues" if named else "plain", beside, how["alpha"]),
        **Arms(fresh, inside, assignment.unit, assignment.strata, made.whole).dealt(known, assignment.start),
        "compared": "starts",
        "n_missing": int((fresh & ~known & asked_people(panel)).sum()),
        "n_dyads": joint(panel, panel.labels[0], panel.labels[-1]).n_dyads if named else 0,
        "details": made.table,
    }
