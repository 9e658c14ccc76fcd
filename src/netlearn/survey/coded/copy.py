"""What is read of the raw files of a study, and the files of the coded copy that say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from netlearn.errors import NetlearnError
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
from netlearn.survey.alters import read_egos
from netlearn.survey.answers import scale_table
from netlearn.survey.coded.plan import coded_plan
from netlearn.survey.coded.tables import ego_texts, grid_text, roster_text, scales_text
from netlearn.survey.reader import read_relations
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
    """

    study: Study
    table: RawTable
    roster: Roster
    panels: Mapping[str, Panel]
    scales: pd.DataFrame
    withdrawn: Mapping[str, bool]
    open_names: int

    @property
    def ids(self) -> list[str]:
        """Ids in the order of the panels."""
        return sorted(self.roster.by_id, key=lambda person: self.roster.by_id[person])

    @property
    def background(self) -> set[str]:
        """Questions whose answers are kept as texts."""
        return {plan.name for plan in self.study.scales if plan.kind == "background"}


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
    findings.raise_faults(study.language)
    if reading.roster is None or reading.known is None or table is None:
        raise NetlearnError(f"{study.roster.file} cannot be read.")
    gone = read_withdrawn(study.folder, Findings(), reading.roster.by_id)
    left = len(reading.known.unresolved)
    return Raw(study, table, reading.roster, reading.panels, scales, gone, left)


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
        A fault is added for running text in what was told about people who were named.
    """
    study, people = raw.study, [codes[person] for person in raw.ids]
    plan = coded_plan(study, raw.panels, raw.scales, folder)
    texts = {
        "study.toml": study_text(plan),
        plan.roster.file: roster_text(raw.table, study.roster, plan.roster, codes),
    }
    for relation in plan.relations:
        panel = raw.panels[relation.name]
        for wave, statuses in zip(panel.waves, panel.statuses, strict=True):
            withdrew = np.flatnonzero(statuses == STATUSES.index("withdrew"))
            texts[relation.files[wave.label]] = grid_text(wave, people, withdrew, relation.code)
    shown = dict(zip(raw.roster.codes, people, strict=True))
    texts |= _scales(raw, plan, shown) | _egos(study, folder, shown, findings)
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    if lines := read_list(study.folder / WITHDRAWN_FILE, ("id", "ties"), Findings()):
        coded = [{**line, "id": codes[line["id"]]} for _, line in lines]
        files[WITHDRAWN_FILE] = list_bytes(WITHDRAWN_COLUMNS, coded)
    return files


def _scales(raw: Raw, plan: Study, shown: Mapping[str, str]) -> dict[str, str]:
    gone = {raw.roster.codes[raw.roster.by_id[person]] for person in raw.withdrawn}
    return {
        wave.file: scales_text(raw.scales[raw.scales["wave"] == wave.label], shown, gone, raw.background)
        for wave in plan.waves
        if wave.file
    }


def _egos(study: Study, folder: str, shown: Mapping[str, str], findings: Findings) -> dict[str, str]:
    """Return the ego networks of name generators: also people outside the roster, by the slot they were named in."""
    found = {}
    for number, relation in enumerate(study.relations, start=1):
        if relation.kind != "name-generator":
            continue
        egos = read_egos(study, relation.name)
        rows = egos.alters.fillna("").astype(str).to_dict("records")
        told = ((relation.name, row["wave"], text) for row in rows for text in row.values())
        _refuse_long(told, findings)
        for name, text in ego_texts(egos, shown).items():
            found[f"{folder}/{name}_{number}.csv"] = text
    return found
