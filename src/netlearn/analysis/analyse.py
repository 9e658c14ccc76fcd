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
from netlearn.analysis.nonresponse import display_pooling, handlings, response
from netlearn.analysis.results import OutcomeResult, Results, Role
from netlearn.errors import UndefinedError
from netlearn.inference.multiplicity import holm
from netlearn.inference.parallel import Workers
from netlearn.measures.catalogue import CATALOGUE
from netlearn.measures.mixing import ratio
from netlearn.study.findings import Finding, Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import Outcome, Study
from netlearn.study.privacy import Pooling
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
    mixing, cells = _mixing(panel, study.primary.waves, pooling)
    return Results(
        study=study,
        panels=panels,
        primary=primary,
        secondary=by_role["secondary"],
        placebo=next((r for r in done if r.role == "placebo"), None),
        other_waves=by_role["other_waves"],
        response=response(panel, pooling),
        handling=handlings(panel, primary.change),
        mixing=mixing,
        mixing_cells=cells,
        turnover=turnover(panel, study.primary.waves),
        measures=_measures(panels, study),
        pooling=pooling,
        notes=notes,
        provenance=_provenance(study, reading, notes, pooling, draws),
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
    panel: Panel, waves: tuple[str, str], pooling: Pooling
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    view = joint(panel, *waves)
    names = list(pooling.names)
    tables, rooms = {}, []
    for which, label in enumerate(waves):
        ties, cells = (pooling.table(t) for t in view.department_tables(which))
        tables[label] = pd.DataFrame(ratio(ties, cells), index=names, columns=names)
        rooms.append(pd.DataFrame(cells, index=names, columns=names).astype(int))
    return tables, rooms[0]


def _measures(panels: dict[str, Panel], study: Study) -> pd.DataFrame:
    """Every measure by wave, and by department where enough people are behind the value.

    A share of people is left out by department: where it is 0 or 1 it tells what every one of them answered.
    """
    names = [n for n, row in CATALOGUE.items() if row.has("department") and row.unit != "share of people"]
    frames = []
    for relation, panel in panels.items():
        pooling = display_pooling(panel, study.min_cell_size)
        by_department = measure(panel, names, by="department", pooling=pooling)
        shown = by_department[by_department["n_people"] >= study.min_cell_size]
        for frame in (measure(panel), shown.copy()):
            frame.insert(0, "relation", relation)
            frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _provenance(
    study: Study, reading: Reading, notes: tuple[Finding, ...], pooling: Pooling, draws: int
) -> Provenance:
    files = {"study.toml", study.roster.file}
    files |= {f for r in study.relations for w in study.waves if (f := study.file_of(r, w))}
    files |= {part for wave in study.waves for part in wave.parts.values()}
    files |= {name for name in (NAMES_FILE, WITHDRAWN_FILE) if (study.folder / name).is_file()}
    steps = [f"names and ids replaced by codes; departments taken at {study.grouping}"]
    steps += [f"relation {r.name}: a tie is a level of {r.threshold:g} or more" for r in study.relations]
    if pooling.pooled:
        steps.append(f"{len(pooling.pooled)} departments with few respondents pooled in every table")
    cells = [
        {str(key): value for key, value in row.items()} for row in ledger_table(reading).to_dict("records")
    ]
    return provenance(study.folder, files, study.seed, draws, steps, notes, cells)
