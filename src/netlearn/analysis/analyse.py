"""`analyse`: carry out the plan of a study."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
from tqdm import tqdm

from netlearn.analysis.compare import compare
from netlearn.analysis.joint import joint
from netlearn.analysis.measure import measure, turnover
from netlearn.analysis.nonresponse import display_pooling, handlings, response, without_few
from netlearn.analysis.results import OutcomeResult, Results, Role
from netlearn.errors import UndefinedError
from netlearn.inference.multiplicity import holm
from netlearn.inference.parallel import Workers
from netlearn.measures.catalogue import CATALOGUE
from netlearn.measures.mixing import ratio
from netlearn.study.findings import Finding, Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import Outcome, Study
from netlearn.study.privacy import Pooling, hide_pairs, people_behind
from netlearn.study.provenance import Provenance, provenance
from netlearn.study.withdrawn import FILE as WITHDRAWN_FILE
from netlearn.survey.check import read_checked
from netlearn.survey.names_file import FILE as NAMES_FILE
from netlearn.survey.reader import ledger_table
from netlearn.survey.reading import Reading

DRAWS = 1999


def analyse(study: Study, *, draws: int = DRAWS, workers: Workers = 1, progress: bool = False) -> Results:
    """Run the plan of a study: primary outcome, secondary with Holm, placebo, non-response, tables.

    Parameters
    ----------
    study : Study
        From `read_study`.
    draws : int
        Draws of the wave swap per outcome.
    workers : int or str
        Processes for the draws, or the address of a dask scheduler; it changes no number.
    progress : bool
        Show a progress bar.

    Returns
    -------
    Results

    Raises
    ------
    StudyError
        The files have faults, or the design is not analysed by this version; all of it is listed.
    UndefinedError
        The study has one wave only: no before/after claim can be made.
    """
    if len(study.waves) < 2:
        raise UndefinedError(
            "this study has one wave; a before/after claim needs two. Use `netlearn.measure` to describe one wave."
        )
    findings = Findings()
    reading = read_checked(study, findings)
    findings.raise_faults(study.language)
    return _carry_out(study, reading, tuple(findings.notes), draws, workers, progress)


def _carry_out(
    study: Study,
    reading: Reading,
    notes: tuple[Finding, ...],
    draws: int,
    workers: Workers,
    progress: bool,
) -> Results:
    panels = reading.panels
    todo = _plan(study)
    # disable=None: no bar where standard error is a file or a pipe.
    bar = tqdm(todo, desc="netlearn", disable=None if progress else True, leave=False)
    seeds = np.random.SeedSequence(study.seed).generate_state(len(todo))
    done = [_run(panels, role, o, draws, int(s), workers) for (role, o), s in zip(bar, seeds, strict=True)]
    done = _with_holm(done)
    by_role = {
        role: tuple(r for r in done if r.role == role) for role in ("primary", "secondary", "other_waves")
    }
    primary = by_role["primary"][0]
    panel = panels[study.primary.relation]
    pooling = display_pooling(panel, study.min_cell_size)
    mixing, cells, by_unit = _mixing(panel, study, pooling)
    measures = _measures(panels, study, by_unit)
    return Results(
        study=study,
        panels=panels,
        primary=primary,
        secondary=by_role["secondary"],
        placebo=next((r for r in done if r.role == "placebo"), None),
        other_waves=by_role["other_waves"],
        response=response(panel, pooling, least=study.min_cell_size),
        handling=handlings(panel, primary.change),
        mixing=mixing,
        mixing_cells=cells,
        turnover=turnover(panel, study.primary.waves),
        measures=measures,
        pooling=pooling,
        notes=notes,
        provenance=_provenance(
            study, reading, notes, draws, _steps_of_privacy(pooling, cells, measures, study.min_cell_size)
        ),
    )


def _plan(study: Study) -> list[tuple[Role, Outcome]]:
    """Every comparison of the study: planned, placebo, and the primary measure between the waves left over."""
    primary = study.primary
    planned = (primary, *study.secondary)
    within = replace(primary, measure="within_density", alternative="two-sided", margin=None)
    pairs = combinations([w.label for w in study.waves], 2)
    others = (replace(primary, waves=pair) for pair in pairs)
    known = {(o.relation, o.measure, o.waves) for o in planned}
    plan: list[tuple[Role, Outcome]] = [("primary", primary), *(("secondary", o) for o in study.secondary)]
    if primary.measure not in ("within_density", "density"):
        plan.append(("placebo", within))
    return plan + [("other_waves", o) for o in others if (o.relation, o.measure, o.waves) not in known]


def _run(
    panels: dict[str, Panel], role: Role, outcome: Outcome, draws: int, seed: int, workers: Workers
) -> OutcomeResult:
    change = compare(
        panels[outcome.relation],
        outcome.measure,
        outcome.waves,
        alternative=outcome.alternative,
        alpha=outcome.alpha,
        draws=draws,
        seed=seed,
        margin=outcome.margin,
        workers=workers,
    )
    return OutcomeResult(role, outcome, change, float("nan"))


def _with_holm(done: list[OutcomeResult]) -> list[OutcomeResult]:
    """Give the secondary outcomes Holm's p, counting those without a p as tested too."""
    adjusted = iter(holm([r.change.p_value for r in done if r.role == "secondary"]))
    return [
        OutcomeResult(r.role, r.outcome, r.change, next(adjusted)) if r.role == "secondary" else r
        for r in done
    ]


def _mixing(
    panel: Panel, study: Study, pooling: Pooling
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, bool]:
    """Return the mixing tables and their cells with pairs of few people hidden, and if units may stand alone beside."""
    view = joint(panel, *study.primary.waves)
    names, k = list(pooling.names), len(pooling.names)
    ties, cells, people = [], [], []
    for which in range(2):
        counts, room = (pooling.table(t) for t in view.department_tables(which))
        ties.append(counts)
        cells.append(room)
        people.append(people_behind(view.cells, pooling.unit[view.departments[which]], k))
    fewest = np.minimum(*people)
    hidden, by_unit = hide_pairs(ties, cells, fewest, study.min_cell_size, directed=panel.directed)
    tables = {
        label: pd.DataFrame(np.where(hidden, np.nan, ratio(t, c)), index=names, columns=names)
        for label, t, c in zip(study.primary.waves, ties, cells, strict=True)
    }
    return tables, pd.DataFrame(cells[0].astype(int), index=names, columns=names).mask(hidden), by_unit


def _measures(panels: dict[str, Panel], study: Study, by_unit: bool) -> pd.DataFrame:
    """Every measure by wave, and by department where enough people are behind the value.

    A share of people is left out by department: where it is 0 or 1 it tells what every one of them answered.
    """
    names = [n for n, row in CATALOGUE.items() if row.has("department") and row.unit != "share of people"]
    frames = []
    for relation, panel in panels.items():
        made = [measure(panel)]
        primary = relation == study.primary.relation
        if by_unit or not primary:
            pooling = display_pooling(panel, study.min_cell_size)
            waves = _same_cells(panel, study.primary.waves) if primary else None
            parts = measure(panel, names, by="department", waves=waves, pooling=pooling)
            made.append(without_few(parts, study.min_cell_size))
        for frame in made:
            frame.insert(0, "relation", relation)
        frames += made
    return pd.concat(frames, ignore_index=True)


def _same_cells(panel: Panel, waves: tuple[str, str]) -> tuple[str, str] | None:
    """Return the waves that departments are shown in, on the cells of the mixing tables; None = all.

    Two tables of one department on nearly the same answers would tell, by subtraction, what those few people answered
    who are in the one and not in the other.
    """
    return None if panel.joint_cells().total == panel.joint_cells(waves).total else waves


def _steps_of_privacy(pooling: Pooling, cells: pd.DataFrame, measures: pd.DataFrame, least: int) -> list[str]:
    steps = []
    if pooling.pooled:
        steps.append(f"{len(pooling.pooled)} departments with few respondents pooled in every table")
    if pairs := int(cells.isna().to_numpy().sum()):
        steps.append(f"{pairs} pairs of departments hidden for pairs with fewer than {least} people")
    if rows := int(measures["n_people"].isna().sum()):
        steps.append(f"{rows} values of departments hidden for values with fewer than {least} people")
    return steps


def _provenance(
    study: Study, reading: Reading, notes: tuple[Finding, ...], draws: int, privacy: list[str]
) -> Provenance:
    files = {"study.toml", study.roster.file}
    files |= {f for r in study.relations for w in study.waves if (f := study.file_of(r, w))}
    files |= {part for wave in study.waves for part in wave.parts.values()}
    files |= {name for name in (NAMES_FILE, WITHDRAWN_FILE) if (study.folder / name).is_file()}
    steps = [f"names and ids replaced by codes; departments taken at {study.grouping}"]
    steps += [f"relation {r.name}: a tie is a level of {r.threshold:g} or more" for r in study.relations]
    steps += privacy
    cells = [
        {str(key): value for key, value in row.items()} for row in ledger_table(reading).to_dict("records")
    ]
    return provenance(study.folder, files, study.seed, draws, steps, notes, cells)
