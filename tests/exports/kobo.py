"""Writers of KoboToolbox and ODK exports: CSV, workbooks with repeats, zips, names or labels, and the XLSForm."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from openpyxl import Workbook

from exports.truth import Truth
from exports.written import Written

Style = Literal["boxes", "levels", "table", "repeat"]
Shape = Literal["kobo-csv", "kobo-xlsx", "odk-zip", "odk-csv"]
Select = Literal["both", "separate", "joined"]
Table = list[list[str]]
WHOM, OFTEN = "Hvem taler du med?", "Hvor ofte taler du med"
LEVELS = (
    ("aldrig", "Aldrig"),
    ("sj", "Sjældent"),
    ("af_og_til", "Af og til"),
    ("ofte", "Ofte"),
    ("ved_ikke", "Ved ikke"),
)
OF_LEVEL = {"0": "aldrig", "1": "sj", "2": "af_og_til", "3": "ofte", "?": "ved_ikke", "": ""}


@dataclass
class Question:
    """A question: its row of the form, and a cell per person (words with spaces where several were chosen)."""

    kind: str
    name: str
    label: str
    cells: list[str]
    choices: tuple[tuple[str, str], ...] = ()
    group: str = ""


@dataclass
class Survey:
    """Questions, choices that the form lists, and the rows of a repeat as (person, to, level)."""

    questions: list[Question]
    people: tuple[tuple[str, str], ...] = ()
    rows: list[tuple[int, str, str]] = field(default_factory=list)


def write(
    truth: Truth,
    rng: np.random.Generator,
    style: Style = "boxes",
    shape: Shape = "kobo-csv",
    select: Select = "both",
    labels: bool = False,
    form: bool = False,
    groups: bool = False,
    ticks: tuple[str, str] = ("1", "0"),
    blank: str = "",
    encoding: str = "utf-8",
) -> Written:
    """Write an export; who did not answer has no row."""
    survey = SURVEYS[style](truth, rng)
    who = [i for i in rng.permuted(np.arange(truth.n)).tolist() if truth.answered[i]]
    odk = shape.startswith("odk")
    main = _main(survey, truth, who, odk, select, labels, groups, ticks, blank)
    repeat = _repeat_table(survey, who, odk, labels) if style == "repeat" else None
    name, data = _packed(shape, main, repeat, encoding)
    files = {name: data}
    wave = f'file = "{name}"\ndialect = "kobo"\nrespondent = "{_heading("person", "Dit id", "", odk, labels, False)}"\n'
    if form:
        files["form.xlsx"] = _form(survey)
        wave += 'parts = { dictionary = "form.xlsx" }\n'
    return Written(
        files, wave, _relation(style, labels, form, groups, odk), "roster" if style in LEVELLED else "choice"
    )


LEVELLED = ("levels", "table")


def _relation(style: Style, labels: bool, form: bool, groups: bool, odk: bool) -> str:
    worded = labels or form
    levels = {label if worded else code: k for k, (code, label) in enumerate(LEVELS[:4])}
    toml = "{ " + ", ".join(f'"{text}" = {level}' for text, level in levels.items()) + " }"
    ignorant = "Ved ikke" if worded else "ved_ikke"
    if style == "boxes":
        code, nobody = (WHOM, "Ingen") if labels and not form else ("contact", "nobody")
        return f'kind = "multiple-choice"\ncode = "{code}"\nnobody = "{nobody}"\n'
    if style == "repeat":
        to = ("Hvem?", "Hvor ofte?") if labels else ("who", "often")
        coded = "{ " + ", ".join(f'"{c[labels]}" = {k}' for k, c in enumerate(LEVELS[:4])) + " }"
        return (
            f'kind = "nominations"\ngroup = "contacts"\ncolumns = {{ to = "{to[0]}", level = "{to[1]}" }}\n'
            f'levels = {coded}\nnobody_column = "{"Nogen?" if labels else "anybody"}"\n'
            f'nobody = "{"Nej" if labels else "no"}"\n'
        )
    code = "contact" if form or not labels else OFTEN
    return f'kind = "roster"\ncode = "{code}"\nlevels = {toml}\ndont_know = ["{ignorant}"]\n'


def _boxes(truth: Truth, rng: np.random.Generator) -> Survey:
    order = rng.permuted(np.arange(truth.n)).tolist()
    choices = (*((truth.people[i].id, truth.people[i].name) for i in order), ("nobody", "Ingen"))
    named = [[truth.people[j].id for j in rng.permuted(truth.named(i))] or ["nobody"] for i in range(truth.n)]
    cells = [" ".join(row) for row in named]
    return Survey([Question("select_multiple", "contact", WHOM, cells, choices, "network")])


def _levels(
    truth: Truth, rng: np.random.Generator, group: str = "network", prefix: str = "contact_"
) -> Survey:
    found = []
    for j in rng.permuted(np.arange(truth.n)).tolist():
        cells = [OF_LEVEL[str(truth.cells[i, j])] for i in range(truth.n)]
        person = truth.people[j]
        found.append(Question("select_one", f"{prefix}{person.id}", person.name, cells, LEVELS, group))
    return Survey(found)


def _table(truth: Truth, rng: np.random.Generator) -> Survey:
    return _levels(truth, rng, "contact", "")


def _repeat(truth: Truth, rng: np.random.Generator) -> Survey:
    said = ["yes" if truth.named(i) else "no" for i in range(truth.n)]
    rows = [
        (i, truth.people[j].id, OF_LEVEL[str(truth.cells[i, j])])
        for i in range(truth.n)
        for j in truth.named(i)
    ]
    anybody = Question("select_one", "anybody", "Nogen?", said, (("yes", "Ja"), ("no", "Nej")))
    return Survey([anybody], tuple((p.id, p.name) for p in truth.people), rows)


SURVEYS = {"boxes": _boxes, "levels": _levels, "table": _table, "repeat": _repeat}


def _heading(name: str, label: str, group: str, odk: bool, labels: bool, groups: bool) -> str:
    if labels:
        return f"{OFTEN}/{label}" if group == "contact" else label
    return f"{group}{'-' if odk else '/'}{name}" if group and groups else name


def _said(question: Question, cell: str, labels: bool) -> str:
    words = dict(question.choices)
    return " ".join(words.get(word, word) for word in cell.split()) if labels else cell


def _columns(
    question: Question, i: int, heading: str, select: Select, labels: bool, ticks: tuple[str, str], blank: str
) -> dict[str, str]:
    cell = question.cells[i]
    joined = {heading: _said(question, cell, labels) or blank}
    if question.kind != "select_multiple":
        return joined
    boxes = {
        f"{heading}/{label if labels else code}": (ticks[code not in cell.split()] if cell else blank)
        for code, label in question.choices
    }
    return {"both": joined | boxes, "separate": boxes, "joined": joined}[select]


def _main(
    survey: Survey,
    truth: Truth,
    who: list[int],
    odk: bool,
    select: Select,
    labels: bool,
    groups: bool,
    ticks: tuple[str, str],
    blank: str,
) -> Table:
    rows: list[dict[str, str]] = []
    for k, i in enumerate(who, 1):
        day = f"2024-08-{10 + k}T23:30:00.000+02:00"
        row = {"SubmissionDate": f"2024-08-{10 + k}T21:31:00.000Z"} if odk else {}
        row |= {
            "start": day,
            "end": day,
            _heading("person", "Dit id", "", odk, labels, False): truth.people[i].id,
        }
        for question in survey.questions:
            # A table has its group in the heading, whatever was asked for.
            heading = _heading(
                question.name,
                question.label,
                question.group,
                odk,
                labels,
                groups or question.group == "contact",
            )
            row |= _columns(question, i, heading, select, labels, ticks, blank)
        if odk:
            row |= {
                "meta-instanceID": f"uuid:s{i}",
                "KEY": f"uuid:s{i}",
                "SubmitterName": "App",
                "ReviewState": "",
            }
        else:
            row |= {
                "_id": str(900 + i),
                "_uuid": f"s{i}",
                "_submission_time": day[:19],
                "_validation_status": "",
            }
            row |= {
                "_notes": "",
                "_status": "submitted_via_web",
                "_submitted_by": "",
                "__version__": "v1",
                "_tags": "",
            }
            row |= {"_index": str(k)}
        rows.append(row)
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def _repeat_table(survey: Survey, who: list[int], odk: bool, labels: bool) -> Table:
    names = dict(survey.people)
    words = dict(LEVELS)
    found: Table = []
    for k, i in enumerate(who, 1):
        mine = [(to, level) for person, to, level in survey.rows if person == i]
        for slot, (to, level) in enumerate(mine, 1):
            row = [names[to], words[level]] if labels else [to, level]
            if odk:
                row += [f"uuid:s{i}", f"uuid:s{i}/contacts[{slot}]"]
            else:
                row += [str(len(found) + 1), "Net", str(k), str(900 + i), f"s{i}"]
            found.append(row)
    head = ["Hvem?", "Hvor ofte?"] if labels else ["who", "often"]
    kobo = ["_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"]
    return [head + (["PARENT_KEY", "KEY"] if odk else kobo), *found]


def _packed(shape: Shape, main: Table, repeat: Table | None, encoding: str) -> tuple[str, bytes]:
    if shape == "kobo-xlsx":
        return "net.xlsx", workbook({"Net": main} | ({"contacts": repeat} if repeat else {}))
    if shape == "odk-zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("Net.csv", text(main, ",").encode(encoding))
            archive.writestr("media/", "")
            if repeat:
                archive.writestr("Net-contacts.csv", text(repeat, ",").encode(encoding))
        return "net.zip", out.getvalue()
    return "net.csv", text(main, "," if shape == "odk-csv" else ";").encode(encoding)


def text(table: Table, separator: str) -> str:
    """Kobo quotes every cell."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if separator == ";" else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\r\n").writerows(table)
    return out.getvalue()


def workbook(sheets: Mapping[str, Table]) -> bytes:
    """Make a workbook of texts."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets.items():
        page = book.create_sheet(name)
        for row in table:
            page.append([cell if cell else None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _form(survey: Survey) -> bytes:
    """The XLSForm, with labels in two languages; the Danish ones are those of the export."""
    rows = [["type", "name", "label::English (en)", "label::Dansk (da)", "appearance", "relevant"]]
    rows += [["start", "start"], ["end", "end"], ["text", "person", "Your id", "Dit id"]]
    group, choices = "", [["list_name", "name", "label::English (en)", "label::Dansk (da)"]]
    listed: dict[tuple[tuple[str, str], ...], str] = {}
    for question in survey.questions:
        if question.group != group:
            rows += [["end_group"]] if group else []
            group = question.group
            table = "table-list" if group == "contact" else ""
            rows += [["begin_group", group, "", OFTEN if table else "", table]] if group else []
        name = listed.setdefault(question.choices, f"list{len(listed)}")
        rows.append([f"{question.kind} {name}", question.name, "", f"<span>{question.label}</span>"])
    rows += [["end_group"]] if group else []
    if survey.people:
        people = listed.setdefault(survey.people, "people")
        rows += [["begin_repeat", "contacts", "", "Kontakter"], [f"select_one {people}", "who", "", "Hvem?"]]
        rows += [
            [f"select_one {listed.setdefault(LEVELS, 'levels')}", "often", "", "Hvor ofte?"],
            ["end_repeat"],
        ]
    choices += [[name, code, "", label] for listing, name in listed.items() for code, label in listing]
    settings = [["form_title", "default_language"], ["Net", "Dansk (da)"]]
    return workbook({"survey": rows, "choices": choices, "settings": settings})
