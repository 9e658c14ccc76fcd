"""Google Forms: the time that comes first, grids, boxes in one cell and in a grid, questions that are asked again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from exports import google_forms as writer
from exports import reading
from exports.truth import Truth, draw

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey.dialects import google_forms, guesses
from netlearn.survey.export import Export
from netlearn.survey.source import Source

WHEN = "2024/08/26 9:30:05 AM GMT+2"


def opened(data: str | bytes, name: str = "x.csv") -> Source:
    return Source(name, data.encode() if isinstance(data, str) else data, FileFormat(), Findings())


def table(header: str, *rows: str, time: str = WHEN) -> str:
    return "\n".join([header, *(f"{time},{row}" for row in rows)]) + "\n"


def read(data: str | bytes, name: str = "x.csv") -> tuple[Export, list[str]]:
    """The export and the codes of its notes."""
    source = opened(data, name)
    export = google_forms.read(source)
    assert export is not None, source.findings
    return export, [note.code for note in source.findings.notes]


def faults(data: str | bytes, name: str = "x.csv") -> list[tuple[str, int, str]]:
    source = opened(data, name)
    assert google_forms.read(source) is None
    return [(fault.code, fault.row, fault.column) for fault in source.findings.faults]


def test_a_grid_has_a_column_per_row_in_brackets() -> None:
    header = "Timestamp,Whom [at work]? [Bo Dam [IT]],Whom [at work]? [Ida  Bak],Age [years]"
    export, _ = read(table(header, "Often,Never,40", "Never,Often,41"))
    assert [(c.question, c.item, c.label) for c in export.columns[1:]] == [
        ("Whom [at work]?", "Bo Dam [IT]", "Bo Dam [IT]"),
        ("Whom [at work]?", "Ida Bak", "Ida Bak"),
        ("Age [years]", "", ""),
    ]
    assert all(c.separator == "" and c.ticks is None for c in export.columns)
    assert (export.codes_are_ids, export.complete) == (False, (True, True))
    assert export.days == (date(2024, 8, 26),) * 2


def test_a_grid_with_one_column_holds_boxes() -> None:
    export, _ = read(table("Timestamp,Whom? [Bo],Whom? [Ida]", "I ask,", ",I ask"))
    assert [c.ticks for c in export.columns[1:]] == [("I ask", ""), ("I ask", "")]


@pytest.mark.parametrize(
    ("cells", "separator"),
    [
        (["Bo Dam;Ida Bak", "Ida Bak"], ";"),
        (["Bo Dam, Ida Bak", "Ida Bak"], ", "),
        (["Dam, Bo;Bak, Ida", "Dam, Bo"], ";"),
        (["Dam, Bo", "Bak, Ida"], ", "),
        (["Bo Dam", "Ida Bak"], ""),
    ],
)
def test_boxes_in_one_cell_are_joined(cells: list[str], separator: str) -> None:
    export, codes = read(table("Timestamp,Whom?", *(f'"{cell}"' for cell in cells)))
    assert export.columns[1].separator == separator
    assert ("google-forms-joined" in codes) == bool(separator)


@pytest.mark.parametrize(
    ("cells", "separator"),
    [
        (["Lunch;Meetings", "Lunch"], ";"),
        (["Lunch, Meetings", "Lunch"], ", "),
        # A comma within an answer of a grid where each row has one.
        (["Often, I think", "Never"], ""),
    ],
)
def test_boxes_in_a_grid_are_joined_in_each_row(cells: list[str], separator: str) -> None:
    export, _ = read(table("Timestamp,Whom? [Bo],Whom? [Ida]", ",".join(f'"{cell}"' for cell in cells)))
    assert [c.separator for c in export.columns[1:]] == [separator, separator]


def test_questions_that_are_asked_again_stay_apart() -> None:
    header = "Timestamp,Whom? [Bo],Whom? [Ida],Whom? [Bo],Whom? [Ida],Remark,Remark"
    export, codes = read(table(header, "a,b,c,d,e,f"))
    assert [c.question for c in export.columns[1:]] == [
        "Whom?",
        "Whom?",
        "Whom? (2)",
        "Whom? (2)",
        "Remark",
        "Remark (2)",
    ]
    assert "google-forms-asked-again" in codes


def test_addresses_and_points_are_no_questions() -> None:
    header = "Tidsstempel,Mailadresse,Score,Whom?,Boss"
    export, _ = read(table(header, "bo@x.dk,3 / 10,Ida,ib@x.dk", "ida@x.dk,4.5 / 10,Bo,ib@x.dk"))
    assert [c.role for c in export.columns] == ["start", "email", "other", "answer", "answer"]
    assert export.respondent == "Mailadresse"
    some, _ = read(table(header, "bo@x.dk,3 / 10,Ida,", ",4.5 / 10,Bo,"))
    assert some.respondent == ""


def test_rows_that_were_not_sent_are_said() -> None:
    data = f"Timestamp,Whom?,Room\n{WHEN},Bo,\n,Ida,\n{WHEN},,\n"
    export, codes = read(data)
    assert export.dropped == {2: "empty"}
    assert {"google-forms-empty-rows", "google-forms-untimed"} <= set(codes)


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("26/08/2024 9.30.05", date(2024, 8, 26)),
        ("8/26/2024 9:30:05", date(2024, 8, 26)),
        ("26.08.2024 09:30:05", date(2024, 8, 26)),
        ("Mon Aug 26 2024 09:30:05 GMT+0200 (CEST)", date(2024, 8, 26)),
        ("8/9/2024 9:30:05", None),
    ],
)
def test_times_are_written_as_the_sheet_was_set(time: str, day: date | None) -> None:
    data = table("Timestamp,Whom?", "Bo", time=time)
    assert google_forms.recognise(opened(data)) is not None
    export, codes = read(data)
    assert export.days == (day,)
    assert ("google-forms-days-unread" in codes) == (day is None)


def test_a_zip_holds_one_table() -> None:
    def zipped(*names: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(name, table("Timestamp,Whom?", "Bo"))
        return out.getvalue()

    assert len(read(zipped("a.csv"), "x.zip")[0].table.rows) == 1
    assert faults(zipped("a.csv", "b.csv"), "x.zip") == [("google-forms-zip", 0, "")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("id,contact_a1\na1,0\n", ("google-forms-time", 1, "")),
        (f"Timestamp,Whom?,,Age\n{WHEN},Bo,x,4\n", ("google-forms-no-heading", 1, "C")),
        ("Timestamp,Whom?\n", ("header-only", 1, "")),
        ("", ("empty-file", 0, "")),
    ],
)
def test_what_cannot_be_read_is_refused(data: str, expected: tuple[str, int, str]) -> None:
    assert faults(data) == [expected]


@pytest.fixture
def truth() -> Truth:
    """Eight people."""
    return draw(np.random.default_rng(5))


@pytest.mark.parametrize("form", ["csv", "zip", "sheet"])
@pytest.mark.parametrize("time", ["Tidsstempel", "Timestamp", "Zeitstempel", "Horodateur", "타임스탬프"])
def test_it_is_recognised_in_every_form(truth: Truth, form: writer.Form, time: str) -> None:
    ((name, data),) = writer.write(truth, np.random.default_rng(1), "choice", form, time).files.items()
    found = guesses(opened(data, name))
    assert (found[0][0], found[0][1].sure > 0.8) == ("google-forms", True)
    assert sum(guess.sure > 0.5 for _, guess in found) == 1


def test_an_unknown_word_for_the_time_is_recognised_by_its_grid(truth: Truth) -> None:
    ((name, data),) = writer.write(truth, np.random.default_rng(1), "grid", "csv", "Aika").files.items()
    guess = google_forms.recognise(opened(data, name))
    assert guess is not None
    assert 0.6 <= guess.sure < 0.8


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01",
        b"PK\x03\x04 no zip",
        b"Timestamp,x\n",
        b"Timestamp,x\n12,1\n",
        b"time,contact_a1\n2024-08-26 09:30,0\n",
        b"id,Whom? [Bo],Whom? [Ida]\n1,a,b\n",
    ],
)
def test_other_tables_are_not_taken_for_google_forms(data: bytes) -> None:
    assert google_forms.recognise(opened(data)) is None


@pytest.mark.parametrize("style", writer.RELATIONS)
@pytest.mark.parametrize("form", ["csv", "zip", "sheet"])
@pytest.mark.parametrize("with_email", [True, False])
def test_what_was_written_is_read(
    tmp_path: Path, truth: Truth, style: writer.Style, form: writer.Form, with_email: bool
) -> None:
    cells = truth.cells.copy()
    if style == "box-grid":
        # Boxes have none for "don't know".
        cells[cells == "?"] = ""
    truth, rng = replace(truth, cells=cells), np.random.default_rng(7)
    before, after = (writer.write(truth, rng, style, form, with_email=with_email) for _ in range(2))
    folder = reading.write(tmp_path, reading.study_files(truth, before, after))
    panel, findings = reading.read(folder)
    assert panel is not None, findings
    assert (reading.states_of(panel, folder, truth) == reading.expected(truth, before)).all()
    said = " ".join(findings.lines() + findings.lines("da"))
    assert not any(person.name in said for person in truth.people)
