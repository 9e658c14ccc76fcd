"""`analyse`: carry out the plan of a study."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import pandas as pd
from tqdm import tqdm

from netlearn.analysis.carry_out import carry_out, to_run
from netlearn.analysis.data import How, StudyData, data_of
from netlearn.analysis.evidence import evidence
from netlearn.analysis.measure import measure
from netlearn.analysis.network import Network, network_of, network_relation, shown_change
from netlearn.analysis.nonresponse import display_pooling, response, without_few
from netlearn.analysis.outcome_panel import panel_of
from netlearn.analysis.outcome_result import OutcomeResult
from netlearn.analysis.parts import parts_of
from netlearn.analysis.results import Results
from netlearn.analysis.shown_log import shown_cells, shown_notes
from netlearn.errors import UndefinedError
from netlearn.inference.parallel import Workers
from netlearn.measures.catalogue import CATALOGUE
from netlearn.study.claims import FILE as CLAIMS_FILE
from netlearn.study.findings import Finding, Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import Study
from netlearn.study.privacy import Pooling
from netlearn.study.provenance import Provenance, provenance
from netlearn.study.regroup import regroup
from netlearn.study.studyfiles import raw_files
from netlearn.study.withdrawn import FILE as WITHDRAWN_FILE
from netlearn.survey.check import Whole, read_checked
from netlearn.survey.names_file import FILE as NAMES_FILE

DRAWS = 1999
BY_DEPARTMENT = (
    "assortativity",
    "assortativity_undirected",
    "coleman",
    "cross_over_expected",
    "cross_position",
    "departments_in_contact",
    "spectral_segregation",
    "within_group_mixing",
)


def analyse(study: Study, *, draws: int = DRAWS, workers: Workers = 1, progress: bool = False) -> Results:
    """Run the plan of a study: primary outcome, secondary with Holm, placebo, non-response, tables, claims.

    Parameters
    ----------
    study : Study
        From `read_study`.
    draws : int
        Draws of every permutation test.
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
        The files have faults; all of them are listed.
    UndefinedError
        The study has one wave only: no before/after claim can be made. Or its design has untrained people, and its
        primary outcome does not compare them with the trained.
    """
    if len(study.waves) < 2:
        raise UndefinedError(
            "this study has one wave; a before/after claim needs two. Use `netlearn.measure` to describe one wave."
        )
    if study.design in ("comparison", "staggered") and study.primary.family != "trained":
        raise UndefinedError(
            f"with the design {study.design!r} the primary outcome must compare the trained with the others, such as "
            'cross_out_degree; use design="pre-post" to describe the change of everybody.'
        )
    findings = Findings()
    whole = read_checked(study, findings)
    findings.raise_faults(study.language)
    return results_of(whole, tuple(findings.notes), How(draws, study.seed, workers), progress)


def results_of(whole: Whole, notes: tuple[Finding, ...], how: How, progress: bool = False) -> Results:
    """Carry out the plan on what was read."""
    data = data_of(whole)
    study = data.study
    # disable=None: no bar where standard error is a file or a pipe.
    bar = partial(tqdm, desc="netlearn", disable=None if progress else True, leave=False)
    done = [_as_shown_to_all(found, data) for found in carry_out(data, to_run(study, _asked(data)), how, bar)]
    by_role = {
        role: tuple(found for found in done if found.role == role) for role in ("secondary", "other_waves")
    }
    planned = (done[0], *by_role["secondary"])
    asked = _as_shown(study, data.panels[_asked_first(study)])
    pooling = display_pooling(asked, study.min_cell_size)
    network = _network(study, data, done, how)
    measures = _measures(data, network)
    steps = _steps_of_privacy(pooling, network, measures, study.min_cell_size)
    shown = shown_notes(notes, study)
    return Results(
        data=data,
        primary=done[0],
        secondary=by_role["secondary"],
        placebo=next((found for found in done if found.role == "placebo"), None),
        other_waves=by_role["other_waves"],
        response=response(asked, pooling, least=study.min_cell_size),
        network=network,
        parts=parts_of(data, how, done),
        evidence=None if whole.claims is None else evidence(study, whole.claims, planned),
        measures=measures,
        pooling=pooling,
        notes=shown,
        provenance=_provenance(study, whole, shown, how.draws, steps),
    )


def _as_shown_to_all(found: OutcomeResult, data: StudyData) -> OutcomeResult:
    """Return an outcome without numbers that few people, or departments too small to be shown, are behind."""
    if 0 < found.result.n_people < data.study.min_cell_size:
        return replace(found, shown=False)
    if found.outcome.family != "network":
        return found
    return shown_change(found, panel_of(data, found.outcome), data.study.min_cell_size)


def _asked(data: StudyData) -> dict[str, tuple[str, ...]]:
    """Return the waves in which each relation was asked."""
    return {name: panel.labels for name, panel in data.panels.items()}


def _asked_first(study: Study) -> str:
    """Return the relation whose response is told: that of the primary outcome, else one that is in the report."""
    return study.primary.relation or network_relation(study) or study.relations[0].name


def _as_shown(study: Study, panel: Panel) -> Panel:
    """Return the panel with the groups that stand in tables and maps."""
    return panel if study.roster.shown is None else regroup(panel, study.roster.shown)


def _network(study: Study, data: StudyData, done: Iterable[OutcomeResult], how: How) -> Network | None:
    """Return the network of everybody: the primary change, or the one that was run beside it."""
    found = [f for f in done if f.outcome.family == "network" and not f.outcome.group]
    change = next((f for f in found if f.role in ("primary", "beside")), None)
    if change is None:  # then a planned secondary outcome is that change, if there is a network at all
        relation, waves = network_relation(study), study.primary.waves
        known = (f for f in found if (f.outcome.relation, f.outcome.waves) == (relation, waves))
        change = next((f for f in known if f.outcome.measure == "cross_density"), None)
    if change is None or not change.shown:
        return None
    panel = data.panels[change.outcome.relation]
    shown = _as_shown(study, panel)
    return network_of(study, panel, shown, display_pooling(shown, study.min_cell_size), change, how)


def _measures(data: StudyData, network: Network | None) -> pd.DataFrame:
    """Every measure by wave, and by department where enough people are behind the value.

    A share of people is left out by department: where it is 0 or 1 it tells what every one of them answered.
    """
    study = data.study
    names = [n for n, row in CATALOGUE.items() if row.has("department") and row.unit != "share of people"]
    frames = []
    for relation, panel in data.panels.items():
        if study.design == "ego" and study.relation(relation).kind == "name-generator":
            continue  # people outside the roster are missing in it
        primary = network is not None and relation == network.outcome.outcome.relation
        told = network.outcome.change.waves if network is not None and primary else None
        apart = told is not None and _few_apart(panel, told, study.min_cell_size)
        made = [_without_few_people(measure(panel, waves=told if apart else None), study.min_cell_size)]
        if study.roster.shown is None and (not primary or network is None or network.by_unit):
            pooling = display_pooling(panel, study.min_cell_size)
            waves = _same_cells(panel, told) if told else None
            parts = measure(panel, names, by="department", waves=waves, pooling=pooling)
            made.append(without_few(parts, study.min_cell_size))
        if display_pooling(panel, study.min_cell_size).pooled:
            made = [_without_small_departments(frame) for frame in made]
        for frame in made:
            frame.insert(0, "relation", relation)
        frames += made
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["relation", "n_people"])


def _without_few_people(frame: pd.DataFrame, least: int) -> pd.DataFrame:
    """Hide a share of people that stands for fewer than `least` of them, or for all but so few."""
    people = frame["n_people"] * frame["estimate"]
    few = [(count > 0.5) & (count < least - 0.5) for count in (people, frame["n_people"] - people)]
    hidden = (frame["unit"] == "share of people") & (few[0] | few[1])
    return frame.assign(estimate=frame["estimate"].mask(hidden))


def _without_small_departments(frame: pd.DataFrame) -> pd.DataFrame:
    """Hide measures that weigh small departments on their own, and round the rest.

    With the tables of departments that are shown they would be solved for those that are too small for it.
    """
    whole = frame["level"].isin(("network", "(pooled)"))
    hidden = whole & frame["measure"].isin(BY_DEPARTMENT)
    return frame.assign(estimate=frame["estimate"].mask(hidden).round(3))


def _same_cells(panel: Panel, waves: tuple[str, str]) -> tuple[str, str] | None:
    """Return the waves that departments are shown in, on the cells of the mixing tables; None = all.

    Two tables of one department on nearly the same answers would tell, by subtraction, what those few people answered
    who are in the one and not in the other.
    """
    return None if panel.joint_cells().total == panel.joint_cells(waves).total else waves


def _few_apart(panel: Panel, waves: tuple[str, str], least: int) -> bool:
    """Tell whether few people answered in these two waves but not in all, so that two totals would tell of them."""
    all_waves, two = (cells.row_counts() for cells in (panel.joint_cells(), panel.joint_cells(waves)))
    return 0 < int((all_waves != two).sum()) < least


def _steps_of_privacy(
    pooling: Pooling, network: Network | None, measures: pd.DataFrame, least: int
) -> list[str]:
    steps = []
    if pooling.pooled:
        steps.append(f"{len(pooling.pooled)} departments with few respondents pooled in every table")
    if network is not None and (pairs := int(network.mixing_cells.isna().to_numpy().sum())):
        steps.append(f"{pairs} pairs of departments hidden for pairs with fewer than {least} people")
    if rows := int(measures["n_people"].isna().sum()):
        steps.append(f"{rows} values of departments hidden for values with fewer than {least} people")
    return steps


def _provenance(
    study: Study, whole: Whole, notes: tuple[Finding, ...], draws: int, privacy: list[str]
) -> Provenance:
    files = {"study.toml", *raw_files(study)}
    files |= {name for name in (CLAIMS_FILE, NAMES_FILE, WITHDRAWN_FILE) if (study.folder / name).is_file()}
    steps = [f"names and ids replaced by codes; departments taken at {study.grouping}"]
    steps += [f"relation {r.name}: a tie is a level of {r.threshold:g} or more" for r in study.relations]
    steps += privacy
    return provenance(study.folder, files, study.seed, draws, steps, notes, [shown_cells(whole)])
