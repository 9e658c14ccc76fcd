"""docs/survey-tools.md is true: each snippet reads an export of its tool, and what netlearn is said to say, it says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from exports import (
    graphml,
    kobo,
    limesurvey,
    network_canvas,
    plain,
    qualtrics,
    reading,
    redcap,
    spss,
    surveyxact,
    ucinet,
)
from exports.truth import Truth, draw, roster_csv
from exports.written import Written

from netlearn.study.plan import read_study
from netlearn.survey.alters import read_egos
from netlearn.survey.check import check_and_ask, check_study
from netlearn.survey.ledger import FATES
from netlearn.survey.names import Directory
from netlearn.survey.names_file import FILE as NAMES_FILE
from netlearn.survey.names_file import OUTSIDE_WORD
from netlearn.survey.reader import LOG_COLUMNS, read_ledger, read_log, read_panel
from netlearn.study.findings import Findings
from netlearn.wording.faults import FAULTS

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "survey-tools.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
SECTIONS = dict(
    zip(*[iter(re.split(r"(?m)^## (.+)\n", f"## Head\n{TEXT}")[1:])] * 2, strict=True)  # heading, text
)
DAYS = {"before": "2024-08-26", "after": "2025-06-16"}
Writer = Callable[[Truth, np.random.Generator], Written]
WORDS = {"0": "Aldrig", "1": "Sjældent", "2": "Ugentligt", "3": "Ofte", "?": "Ved ikke", "": ""}


def blocks(section: str, language: str) -> list[str]:
    """The fenced blocks of a section in one language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", SECTIONS[section])


def study_text(section: str, number: int) -> str:
    """A whole study file: the head, the snippet for both waves, and what it does not say from its section."""
    snippets = blocks(section, "toml")
    tables = {**tables_of(blocks("Head", "toml")[0]), **tables_of(snippets[0]), **tables_of(snippets[number])}
    wave = tables["[[waves]]"]
    later = wave.replace("before", "after").replace(DAYS["before"], DAYS["after"])
    order = ("[study]", "[roster]", "[[waves]]", "[[relations]]", "[primary]")
    text = {**tables, "[[waves]]": wave + later}
    return "\n".join(text[name] for name in order)


def tables_of(snippet: str) -> dict[str, str]:
    """The tables of a snippet by their headings."""
    found = re.split(r"(?m)^(?=\[)", snippet)
    return {table.split("\n", 1)[0]: table for table in found if table.strip()}


# Tools whose exports no other test writes


def asked_in(truth: Truth, i: int) -> list[str]:
    """The answer of a person about each colleague."""
    return [WORDS[truth.cells[i, j]] for j in range(truth.n)]


def ticked_in(truth: Truth, i: int) -> list[str]:
    return [truth.people[j].name for j in truth.named(i)] or ["Ingen"]


def ms_forms(truth: Truth, rng: np.random.Generator, ticked: bool) -> Written:
    """A Likert question, or a choice with several answers, as Microsoft Forms writes them."""
    asked = ["Hvem har du talt med?"] if ticked else [person.name for person in truth.people]
    rows = [["ID", "Start time", "Completion time", "Email", "Name", *asked]]
    for number, i in enumerate(np.flatnonzero(truth.answered).tolist(), start=1):
        day = f"2024-08-{number:02d} 10:00:00"
        cells = ["".join(f"{name};" for name in ticked_in(truth, i))] if ticked else asked_in(truth, i)
        rows.append([str(number), day, day, truth.people[i].email, truth.people[i].name, *cells])
    return Written({"forms.xlsx": plain.workbook(rows)}, "", "", "choice" if ticked else "roster")


def google_forms(truth: Truth, rng: np.random.Generator, ticked: bool) -> Written:
    """A grid, or boxes joined by a comma in a sheet, as Google Forms writes them."""
    grid = [f"Hvor ofte har du talt med [{person.name}]" for person in truth.people]
    rows = [["Timestamp", "Email Address", *(["Hvem har du talt med?"] if ticked else grid)]]
    for number, i in enumerate(np.flatnonzero(truth.answered).tolist(), start=1):
        cells = [", ".join(ticked_in(truth, i))] if ticked else asked_in(truth, i)
        rows.append([f"2024/08/{number:02d} 10:01:02 AM GMT+2", truth.people[i].email, *cells])
    return Written({"forms.csv": plain.text(rows, ",")}, "", "", "choice" if ticked else "roster")


def slots(truth: Truth, rng: np.random.Generator) -> Written:
    """Up to three names typed by each person, with how often and where, and who knows whom."""
    pairs = ((1, 2), (1, 3), (2, 3))
    head = [f"{what}{slot}" for slot in (1, 2, 3) for what in ("name", "often", "unit")]
    rows = [["id", "anybody", *head, *(f"tie_{a}_{b}" for a, b in pairs)]]
    for i in np.flatnonzero(truth.answered).tolist():
        cells = [""] * 9
        for slot, j in enumerate(truth.named(i)):
            person = truth.people[j]
            cells[3 * slot : 3 * slot + 3] = [person.name.upper(), truth.cells[i, j], person.department]
        named = len(truth.named(i))
        rows.append(
            [truth.people[i].id, "yes" if named else "no", *cells, *("1" if named >= b else "" for _, b in pairs)]
        )
    return Written({"names.csv": plain.text(rows, ";")}, "", "", "choice")


def free_text(truth: Truth, rng: np.random.Generator) -> Written:
    """Names typed into one cell."""
    rows = [["id", "whom"]]
    for i in np.flatnonzero(truth.answered).tolist():
        names = [truth.people[j].name for j in truth.named(i)]
        rows.append([truth.people[i].id, " og ".join(names) if len(names) < 3 else "; ".join(names) or "ingen"])
        rows[-1][1] = rows[-1][1] or "ingen"
    return Written({"names.csv": plain.text(rows, ",")}, "", "", "choice")


def by_id(writer: Writer) -> Writer:
    """The same writer where its file names everybody who answered by the id of the staff list."""
    return writer


@dataclass(frozen=True)
class Case:
    """A snippet: section, number in it, who writes the export, and names of files as the snippet gives them."""

    section: str
    number: int
    write: Writer
    files: Mapping[str, str]


def case(section: str, number: int, write: Writer, **files: str) -> Case:
    """Make a case; `files` are the endings or roles in the snippet, and the writer's name for each."""
    return Case(section, number, write, files)


CASES = (
    Case("LimeSurvey", 0, limesurvey.write, {"limesurvey.csv": "before.csv"}),
    Case("LimeSurvey", 1, lambda t, r: limesurvey.write(t, r, kind="choice"), {"limesurvey.csv": "before.csv"}),
    Case("Qualtrics", 0, qualtrics.write, {"qualtrics.csv": "before.csv"}),
    Case("Qualtrics", 1, lambda t, r: qualtrics.write(t, r, style="boxes"), {"qualtrics.csv": "before.csv"}),
    Case("SurveyXact", 0, surveyxact.write, {f"{p}.csv": f"before-{p}.csv" for p in ("dataset", "structure", "labels")}),
    Case(
        "SurveyXact",
        1,
        lambda t, r: surveyxact.write(t, r, kind="choice"),
        {f"{p}.csv": f"before-{p}.csv" for p in ("dataset", "structure", "labels")},
    ),
    Case(
        "REDCap",
        0,
        lambda t, r: redcap.write(t, r, style="boxes"),
        {"redcap.csv": "before.csv", "dictionary.csv": "before-dictionary.csv"},
    ),
    Case(
        "REDCap",
        1,
        lambda t, r: redcap.write(t, r, style="levels"),
        {"redcap.csv": "before.csv", "dictionary.csv": "before-dictionary.csv"},
    ),
    Case("KoboToolbox and ODK", 0, kobo.write, {"net.csv": "before.csv"}),
    Case(
        "KoboToolbox and ODK",
        1,
        lambda t, r: kobo.write(t, r, style="repeat", shape="kobo-xlsx"),
        {"net.xlsx": "before.xlsx"},
    ),
    Case("Network Canvas", 0, network_canvas.write, {"export.zip": "before.zip"}),
    Case("Microsoft Forms", 0, lambda t, r: ms_forms(t, r, ticked=False), {"forms.xlsx": "before.xlsx"}),
    Case("Microsoft Forms", 1, lambda t, r: ms_forms(t, r, ticked=True), {"forms.xlsx": "before.xlsx"}),
    Case("Google Forms", 0, lambda t, r: google_forms(t, r, ticked=False), {"forms.csv": "before.csv"}),
    Case("Google Forms", 1, lambda t, r: google_forms(t, r, ticked=True), {"forms.csv": "before.csv"}),
    Case("SPSS", 0, spss.write, {"wave.sav": "before.sav"}),
    Case("UCINET", 0, ucinet.write, {"net.dl": "before.dl"}),
    Case("GraphML", 0, graphml.write, {"net.graphml": "before.graphml"}),
    Case("GraphML", 1, lambda t, r: graphml.write(t, r, style="gephi"), {"net.graphml": "before.graphml"}),
    Case("Plain tables and Excel", 0, lambda t, r: plain.write(t, r, "book"), {"answers.xlsx": "before.xlsx"}),
    Case("Plain tables and Excel", 1, lambda t, r: plain.write(t, r, "nominations"), {"answers.csv": "before.csv"}),
    Case("Plain tables and Excel", 2, lambda t, r: plain.write(t, r, "adjacency"), {"answers.csv": "before.csv"}),
    Case("Plain tables and Excel", 3, slots, {"names.csv": "before.csv"}),
    Case("Plain tables and Excel", 4, free_text, {"names.csv": "before.csv"}),
)
