"""Writers of REDCap exports: boxes, levels, matrices, several boxes each, repeats and slots, in each shape of file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from exports.truth import Truth
from exports.written import Written

Style = Literal["boxes", "levels", "matrix", "options", "repeat", "slots", "joined"]
LONG = (
    "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"
    '"Choices, Calculations, OR Slider Labels",Field Note,Text Validation Type OR Show Slider Number,'
    "Text Validation Min,Text Validation Max,Identifier?,Branching Logic (Show field only if...),Required Field?,"
    "Custom Alignment,Question Number (surveys only),Matrix Group Name,Matrix Ranking?,Field Annotation"
)
API = (
    "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,"
    "text_validation_type_or_show_slider_number,text_validation_min,text_validation_max,identifier,branching_logic,"
    "required_field,custom_alignment,question_number,matrix_group_name,matrix_ranking,field_annotation"
)
LEVELS = (("0", "Aldrig"), ("1", "Sjældent"), ("2", "Af og til, mest ude"), ("3", "Ofte"), ("9", "Ved ikke"))
OPTIONS = (("0", "Ingen af delene"), ("1", "Frokost"), ("2", "Møder"), ("3", "Projekter"))


@dataclass
class FieldRow:
    """A field with what it exports; `cells` per person, a list of ticked codes for boxes."""

    name: str
    form: str
    kind: str
    label: str
    cells: list[str] | list[list[str]]
    choices: tuple[tuple[str, str], ...] = ()
    matrix: str = ""
    heading: str = ""


@dataclass
class Project:
    """Fields of the network form, and rows of a repeating form."""

    fields: list[FieldRow] = field(default_factory=list)
    repeated: list[FieldRow] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def extended(code: str) -> str:
    """REDCap writes codes of boxes in lower case, with "_" for a minus."""
    return code.lower().replace("-", "_")


def write(
    truth: Truth,
    rng: np.random.Generator,
    style: Style = "boxes",
    dictionary: Literal["", "long", "api"] = "long",
    labels: Literal["", "cells", "headings"] = "",
    numbered: bool = False,
    unopened: Literal["", "0"] = "",
    longitudinal: bool = False,
    survey: bool = False,
    encoding: str = "utf-8-sig",
    separator: str = ",",
) -> Written:
    """Write an export; people who did not answer have a record whose network form was never opened."""
    project = PROJECTS[style](truth, rng, numbered)
    header, rows = _header(project, truth, longitudinal, survey), []
    for i in rng.permuted(np.arange(truth.n)).tolist():
        rows += _rows(project, truth, i, unopened, longitudinal, survey)
    if labels:
        _to_labels(project, header, rows)
    if labels == "headings":
        header = _label_headings(project, header)
    files = {"redcap.csv": _csv([header, *rows], separator).encode(encoding, "strict")}
    wave = 'file = "redcap.csv"\ndialect = "redcap"\n'
    if dictionary:
        files["dictionary.csv"] = _dictionary(project, dictionary).encode("utf-8-sig")
        wave += 'parts = { dictionary = "dictionary.csv" }\n'
    if longitudinal:
        event = "Uge 1" if labels else "wave_1_arm_1"
        wave += f'where = {{ redcap_event_name = "{event}" }}\n'
    relation, kind = _relation(
        style, bool(labels) or (bool(dictionary) and style not in ("repeat", "slots")), bool(labels)
    )
    return Written(files, wave, relation, kind)


def _relation(style: Style, worded: bool, labels: bool) -> tuple[str, Literal["roster", "choice"]]:
    """How study.toml reads a style; `worded` tells whether answers are named by their wording."""
    choices = OPTIONS if style == "options" else LEVELS[:4]
    levels = ", ".join(f'"{pair[worded]}" = {pair[0]}' for pair in choices)
    ignorant = LEVELS[-1][worded]
    nobody = f'nobody_column = "anybody"\nnobody = "{"No" if labels else "0"}"\n'
    if style in ("boxes", "joined"):
        word = "Ingen" if style == "joined" else "99"
        return f'kind = "multiple-choice"\ncode = "contact"\nnobody = "{word}"\n', "choice"
    if style in ("levels", "matrix"):
        code = "net" if style == "matrix" else "contact"
        return (
            f'kind = "roster"\ncode = "{code}"\nlevels = {{ {levels} }}\ndont_know = ["{ignorant}"]\n',
            "roster",
        )
    if style == "options":
        return f'kind = "multiple-answer"\ncode = "net"\nlevels = {{ {levels} }}\n', "roster"
    if style == "repeat":
        columns = 'group = "contacts"\ncolumns = { to = "who", level = "how_often" }\n'
        return f'kind = "nominations"\n{columns}levels = {{ {levels} }}\n{nobody}', "choice"
    columns = 'n_slots = 8\ncolumns = { to = "name{slot}", level = "freq{slot}" }\n'
    return f'kind = "name-generator"\n{columns}levels = {{ {levels} }}\n{nobody}', "choice"


def _nobody(truth: Truth) -> list[str]:
    return [("1" if truth.named(i) else "0") if truth.answered[i] else "" for i in range(truth.n)]


def _choices(truth: Truth, rng: np.random.Generator, numbered: bool) -> tuple[tuple[str, str], ...]:
    order = rng.permuted(np.arange(truth.n)).tolist()
    people = [
        (str(k) if numbered else truth.people[i].id, truth.people[i].name) for k, i in enumerate(order, 1)
    ]
    return (*people, ("99", "Ingen"))


def _boxes(truth: Truth, rng: np.random.Generator, numbered: bool) -> Project:
    choices = _choices(truth, rng, numbered)
    code = {label: code for code, label in choices}
    ticked = [[code[truth.people[j].name] for j in truth.named(i)] or ["99"] for i in range(truth.n)]
    cells = [row if truth.answered[i] else [] for i, row in enumerate(ticked)]
    return Project([FieldRow("contact", "network", "checkbox", "<b>Hvem</b> taler du med?", cells, choices)])


def _joined(truth: Truth, rng: np.random.Generator, numbered: bool) -> Project:
    project = _boxes(truth, rng, numbered)
    project.fields[0].kind = "joined"
    return project


def _cells(truth: Truth, j: int) -> list[str]:
    return [{"?": "9"}.get(str(truth.cells[i, j]), str(truth.cells[i, j])) for i in range(truth.n)]


def _levels(truth: Truth, rng: np.random.Generator, numbered: bool, matrix: str = "") -> Project:
    found = []
    for j in rng.permuted(np.arange(truth.n)).tolist():
        person = truth.people[j]
        heading = "Hvor ofte taler du med" if matrix and not found else ""
        row = FieldRow(
            f"contact_{person.id}", "network", "radio", person.name, _cells(truth, j), LEVELS, matrix, heading
        )
        found.append(row)
    return Project(found)


def _matrix(truth: Truth, rng: np.random.Generator, numbered: bool) -> Project:
    return _levels(truth, rng, numbered, "net")


def _options(truth: Truth, rng: np.random.Generator, numbered: bool) -> Project:
    project = _levels(truth, rng, numbered, "net")
    for row in project.fields:
        # A level of 3 is also ticked as 1: the highest counts.
        row.cells = [{"": [], "3": ["1", "3"]}.get(str(cell), [str(cell)]) for cell in row.cells]
        row.kind, row.choices = "checkbox", OPTIONS
    return project


def _repeat(truth: Truth, rng: np.random.Generator, numbered: bool) -> Project:
    anybody = FieldRow(
        "anybody", "network", "yesno", "Taler du med nogen?", _nobody(truth), (("1", "Yes"), ("0", "No"))
    )
    people = _choices(truth, rng, numbered)[:-1]
    code = {label: code for code, label in people}
    repeated = [
        FieldRow("who", "contacts", "dropdown", "Hvem?", [], people),
        FieldRow("how_often", "contacts", "radio", "Hvor ofte?", [], LEVELS),
    ]
    rows = [
        (i, [code[truth.people[j].name], str(truth.cells[i, j])])
        for i in range(truth.n)
        for j in (truth.named(i) if truth.answered[i] else [])
    ]
    return Project([anybody], repeated, rows)


def _slots(truth: Truth, rng: np.random.Generator, numbered: bool) -> Project:
    found = [
        FieldRow(
            "anybody", "network", "yesno", "Taler du med nogen?", _nobody(truth), (("1", "Yes"), ("0", "No"))
        )
    ]
    named = [truth.named(i) if truth.answered[i] else [] for i in range(truth.n)]
    for k in range(8):
        names = [f"{truth.people[row[k]].name} " if k < len(row) else "" for row in named]
        often = [str(truth.cells[i, row[k]]) if k < len(row) else "" for i, row in enumerate(named)]
        found.append(FieldRow(f"name{k + 1}", "network", "text", f"Navn {k + 1}", names))
        found.append(FieldRow(f"freq{k + 1}", "network", "dropdown", f"Hvor ofte {k + 1}", often, LEVELS))
    return Project(found)


PROJECTS = {
    "boxes": _boxes,
    "joined": _joined,
    "levels": _levels,
    "matrix": _matrix,
    "options": _options,
    "repeat": _repeat,
    "slots": _slots,
}


def _names(row: FieldRow) -> list[str]:
    return (
        [f"{row.name}___{extended(code)}" for code, _ in row.choices]
        if row.kind == "checkbox"
        else [row.name]
    )


def _header(project: Project, truth: Truth, longitudinal: bool, survey: bool) -> list[str]:
    found = ["record_id"]
    found += ["redcap_event_name"] if longitudinal else []
    found += ["redcap_repeat_instrument", "redcap_repeat_instance"] if project.repeated else []
    found += ["redcap_survey_identifier"] if survey else []
    found += ["staff_complete"]
    found += ["network_timestamp"] if survey else []
    found += [name for row in project.fields for name in _names(row)] + ["network_complete"]
    if project.repeated:
        found += [name for row in project.repeated for name in _names(row)] + ["contacts_complete"]
    return found


def _written(row: FieldRow, i: int, blank: bool) -> list[str]:
    cell = row.cells[i]
    if row.kind == "checkbox":
        return [("" if blank else "0") if code not in cell else "1" for code, _ in row.choices]
    return [",".join(cell) if isinstance(cell, list) else cell]


def _rows(
    project: Project, truth: Truth, i: int, unopened: str, longitudinal: bool, survey: bool
) -> Iterable[list[str]]:
    person, opened = truth.people[i].id, bool(truth.answered[i])
    rest = [""] * (sum(len(_names(row)) for row in project.repeated) + bool(project.repeated))
    keys = [person] + ["wave_1_arm_1"] * longitudinal + ["", ""] * bool(project.repeated) + [""] * survey
    cells = [cell for row in project.fields for cell in _written(row, i, not opened and not unopened)]
    stamp = [("2024-08-26 10:01:02" if opened else "")] * survey
    yield [*keys, "2", *stamp, *cells, "2" if opened else unopened, *rest]
    if longitudinal:
        yield [person, "enrol_arm_1", *keys[2:], "2", *[""] * (len(stamp) + len(cells) + 1), *rest]
    mine = [values for who, values in project.rows if who == i]
    for k, values in enumerate(mine, 1):
        event = ["wave_1_arm_1"] * longitudinal
        blank = [""] * (len(cells) + 2 + survey * 2)
        yield [person, *event, "contacts", str(k), *blank, *values, "2"]


def _label_of(project: Project, name: str, cell: str) -> str:
    row = next(
        (row for row in (*project.fields, *project.repeated) if row.name == name.partition("___")[0]), None
    )
    if "___" in name:
        return {"1": "Checked", "0": "Unchecked"}.get(cell, cell)
    if name.endswith("_complete"):
        return {"0": "Incomplete", "1": "Unverified", "2": "Complete"}.get(cell, cell)
    if name == "redcap_event_name":
        return {"wave_1_arm_1": "Uge 1", "enrol_arm_1": "Start"}[cell]
    if row is not None and row.kind == "joined":
        return ",".join(dict(row.choices).get(code, "") for code in cell.split(","))
    return dict(row.choices).get(cell, cell) if row is not None else cell


def _to_labels(project: Project, header: list[str], rows: list[list[str]]) -> None:
    for row in rows:
        row[:] = [_label_of(project, name, cell) for name, cell in zip(header, row, strict=True)]


def _label_headings(project: Project, header: list[str]) -> list[str]:
    words = {
        "record_id": "Record ID",
        "redcap_event_name": "Event Name",
        "redcap_repeat_instrument": "Repeat Instrument",
        "redcap_repeat_instance": "Repeat Instance",
        "redcap_survey_identifier": "Survey Identifier",
        "network_timestamp": "Survey Timestamp",
    }
    words |= {name: "Complete?" for name in header if name.endswith("_complete")}
    for row in (*project.fields, *project.repeated):
        label = row.label.replace("<b>", "").replace("</b>", "")
        words |= dict.fromkeys(_names(row), label)
        if row.kind == "checkbox":
            words |= {n: f"{label} (choice={c})" for n, (_, c) in zip(_names(row), row.choices, strict=True)}
    return [words[name] for name in header]


def _dictionary(project: Project, style: str) -> str:
    lines = [LONG if style == "long" else API]
    rows = [FieldRow("record_id", "staff", "text", "Record ID", [])]
    for row in (*rows, *project.fields, *project.repeated):
        kind = "checkbox" if row.kind == "joined" else row.kind
        joined = " | ".join(f"{code}, {label}" for code, label in row.choices) if row.kind != "yesno" else ""
        cells = [row.name, row.form, row.heading, kind, row.label, joined, *[""] * 9, row.matrix, "", ""]
        lines.append(_csv([cells], ",").rstrip("\n"))
    return "\n".join(lines) + "\n"


def _csv(rows: list[list[str]], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue()
