"""What is read of the raw files of a study, and the files of the coded copy that say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.study.claims import FILE as CLAIMS_FILE
from netlearn.study.claims import read_claims
from netlearn.study.findings import Findings
from netlearn.study.listfile import list_bytes, read_list
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.plan import Study
from netlearn.study.rawtable import RawTable
from netlearn.study.roster import Roster
from netlearn.study.tomlwrite import study_text
from netlearn.study.withdrawn import COLUMNS as WITHDRAWN_COLUMNS
from netlearn.study.withdrawn import FILE as WITHDRAWN_FILE
from netlearn.study.withdrawn import read_withdrawn
from netlearn.survey.alters import EgoTables, ego_tables
from netlearn.survey.answers import scale_table
from netlearn.survey.attendance import AttendanceList, attendance_list
from netlearn.survey.coded.beyond import beyond_texts
from netlearn.survey.coded.egos import unfit, wanted, without_typed
from netlearn.survey.coded.plan import coded_plan
from netlearn.survey.coded.slots import slots_text
from netlearn.survey.coded.tables import ego_texts, grid_text, roster_text, scales_text
from netlearn.survey.names_file import FILE as NAMES_FILE
from netlearn.survey.places import Places, read_places
from netlearn.survey.reader import read_relations
from netlearn.survey.reading import Reading
from netlearn.survey.table import Tables

_MOST_SIGNS = 60


@dataclass(frozen=True, eq=False)
class Raw:
    """A study and all that is understood of its files.

    Attributes
    ----------
    study : Study
    table : RawTable
        The roster file.
    roster : Roster
    panels : mapping relation -> Panel
        Every relation directed, so that no answer is lost that an undirected one does not use.
    scales : DataFrame
        As `netlearn.read_answers` gives it.
    withdrawn : mapping id -> bool
    open_names : int
        Typed names that are not decided about.
    egos : mapping relation -> EgoTables
        Of every name generator.
    lists : mapping name -> AttendanceList
    places : mapping department -> (x, y), or None
    """

    study: Study
    table: RawTable
    roster: Roster
    panels: Mapping[str, Panel]
    scales: pd.DataFrame
    withdrawn: Mapping[str, bool]
    open_names: int
    egos: Mapping[str, EgoTables]
    lists: Mapping[str, AttendanceList]
    places: Places | None

    @property
    def ids(self) -> list[str]:
        """Ids in the order of the panels."""
        return sorted(self.roster.by_id, key=lambda person: self.roster.by_id[person])

    @property
    def background(self) -> set[str]:
        """Questions whose answers are kept as texts."""
        return {plan.name for plan in self.study.scales if plan.kind == "background"}

    @property
    def gone(self) -> set[int]:
        """Places of the people who withdrew with the ties to them."""
        return {self.roster.by_id[person] for person, ties in self.withdrawn.items() if ties}


def read_raw(study: Study, findings: Findings) -> Raw:
    """Read a study with every relation directed.

    Raises
    ------
    StudyError
        Its files have faults.
    """
    directed = [replace(relation, directed=True) for relation in study.relations]
    reading = read_relations(study, directed, findings)
    scales = scale_table(reading, list(study.scales))
    table = Tables(study, Findings()).get(study.roster.file)
    more = _beyond(reading)
    read_claims(study, findings)
    findings.raise_faults(study.language)
    if reading.roster is None or reading.known is None or table is None:
        raise NetlearnError(f"{study.roster.file} cannot be read.")
    gone = read_withdrawn(study.folder, Findings(), reading.roster.by_id)
    left = len(reading.known.unresolved)
    return Raw(study, table, reading.roster, reading.panels, scales, gone, left, *more)


def _beyond(
    reading: Reading,
) -> tuple[dict[str, EgoTables], dict[str, AttendanceList], Places | None]:
    """Read ego networks, attendance lists and places; what is missing has a fault."""
    study = reading.study
    egos = {one.name: ego_tables(reading, one) for one in study.relations if one.kind == "name-generator"}
    lists = {
        one.name: found for one in study.attendance if (found := attendance_list(reading, one)) is not None
    }
    return egos, lists, None if study.places is None else read_places(reading, study.places)


def sparing(raw: Raw, findings: Findings) -> Raw:
    """Return what was read without what somebody may have typed about people named; a note says how much that is."""
    departments = {name for names in raw.roster.departments.values() for name in names}
    egos = {}
    for relation, tables in raw.egos.items():
        egos[relation], counts = without_typed(tables, departments)
        for column, number in counts.items():
            findings.note("coded-rare-answers", "study.toml", 0, column, count=number, relation=relation)
    return replace(raw, egos=egos)


def check_texts(raw: Raw, findings: Findings) -> None:
    """Refuse background answers that are running text: nobody can tell what stands in them."""
    found = zip(raw.scales["scale"], raw.scales["wave"], raw.scales["answer"], strict=True)
    _refuse_long(((scale, wave, text) for scale, wave, text in found if scale in raw.background), findings)


def _refuse_long(texts: Iterable[tuple[str, str, str]], findings: Findings) -> None:
    """Add a fault for each question and wave with running text; `texts` are (question, wave, answer)."""
    long = Counter((name, wave) for name, wave, text in texts if len(text) > _MOST_SIGNS or "\n" in text)
    for (name, wave), answers in long.items():
        named: dict[str, Any] = {"relation": name, "wave": wave, "more": answers - 1}
        findings.fault("coded-free-text", "study.toml", most=_MOST_SIGNS, **named)


def copy_files(raw: Raw, codes: Mapping[str, str], folder: str, findings: Findings) -> dict[str, bytes]:
    """Return the files of the coded copy by name.

    Parameters
    ----------
    raw : Raw
    codes : mapping id -> code
    folder : str
        Where the tables lie.
    findings : Findings
        A fault is added for running text in what was told about people who were named, and for ego networks that a
        copy cannot hold; a note for those that it holds as a grid.
    """
    study, people = raw.study, [codes[person] for person in raw.ids]
    shown = dict(zip(raw.roster.codes, people, strict=True))
    egos = _fitting(raw, findings)
    plan = coded_plan(study, raw.panels, raw.scales, folder, egos)
    texts = {
        "study.toml": study_text(plan),
        plan.roster.file: roster_text(raw.table, study.roster, plan, codes),
    }
    for asked, relation in zip(study.relations, plan.relations, strict=True):
        panel = raw.panels[relation.name]
        for wave, statuses in zip(panel.waves, panel.statuses, strict=True):
            file = relation.files[wave.label]
            if relation.name in egos:
                texts[file] = slots_text(asked, relation, wave, egos[relation.name], shown)
            else:
                withdrew = np.flatnonzero(statuses == STATUSES.index("withdrew"))
                texts[file] = grid_text(wave, people, withdrew, relation.code)
    texts |= _scales(raw, plan, shown) | _egos(raw, egos, folder, shown, findings)
    texts |= beyond_texts(study, plan, raw.lists, raw.places, shown)
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    return files | _beside(study, codes)


def _beside(study: Study, codes: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files beside the plan: who withdrew, and the claims as they are written."""
    files = {}
    if lines := read_list(study.folder / WITHDRAWN_FILE, ("id", "ties"), Findings()):
        coded = [{**line, "id": codes[line["id"]]} for _, line in lines]
        files[WITHDRAWN_FILE] = list_bytes(WITHDRAWN_COLUMNS, coded)
    claims = study.folder / CLAIMS_FILE
    if claims.is_file():
        files[CLAIMS_FILE] = claims.read_bytes()
    return files


def _scales(raw: Raw, plan: Study, shown: Mapping[str, str]) -> dict[str, str]:
    gone = {raw.roster.codes[raw.roster.by_id[person]] for person in raw.withdrawn}
    return {
        wave.file: scales_text(raw.scales[raw.scales["wave"] == wave.label], shown, gone, raw.background)
        for wave in plan.waves
        if wave.file
    }


def _fitting(raw: Raw, findings: Findings) -> dict[str, EgoTables]:
    """Return the ego networks that the copy can hold as such; a fault where it must and cannot, else a note."""
    found = {}
    for relation, tables in raw.egos.items():
        why = unfit(raw.panels[relation], tables, raw.roster, raw.gone)
        if not why:
            found[relation] = tables
        elif not wanted(raw.study, relation):
            findings.note("coded-as-grid", relation=relation)
        elif why == "open":
            findings.fault("coded-egos-open", NAMES_FILE, relation=relation)
        else:
            findings.fault("coded-egos-not-offered", "study.toml", relation=relation)
    return found


def _egos(
    raw: Raw, kept: Collection[str], folder: str, shown: Mapping[str, str], findings: Findings
) -> dict[str, str]:
    """Return tables of the ego networks that became grids: also people outside the roster, by their slot."""
    found = {}
    for number, relation in enumerate(raw.study.relations, start=1):
        if relation.name not in raw.egos:
            continue
        egos = raw.egos[relation.name]
        rows = egos.alters.fillna("").astype(str).to_dict("records")
        told = ((relation.name, row["wave"], text) for row in rows for text in row.values())
        _refuse_long(told, findings)
        if relation.name not in kept:
            for name, text in ego_texts(egos, shown).items():
                found[f"{folder}/{name}_{number}.csv"] = text
    return found
