"""Files become cells: encodings, separators, quotes, sheets; row numbers are those of a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import studies
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from studies import grid

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat, read_study
from netlearn.study.rawtable import RawTable
from netlearn.survey.table import read_table

CELLS = st.text(alphabet="abcXYZ019æøåÆØÅé .,;'\"\n-", max_size=12)
AUTO = FileFormat()


def read(
    folder: Path, data: bytes, form: FileFormat = AUTO, name: str = "x.csv", sheet: str | None = None
) -> tuple[RawTable | None, Findings]:
    study = read_study(studies.write(folder, grid() | {name: data}))  # type: ignore[arg-type]
    findings = Findings()
    return read_table(study, name, form, findings, sheet), findings


def written(rows: list[list[str]], separator: str) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return buffer.getvalue()


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_cells_come_back_in_every_encoding_and_separator(
    rows: list[list[str]], encoding: str, separator: str, auto: bool
) -> None:
    header = ["id", "blåbær", "øl"]
    data = written([header, *rows], separator).encode(encoding)
    stated = FileFormat(encoding, "tab" if separator == "\t" else separator)  # type: ignore[arg-type]
    with TemporaryDirectory() as folder:
        table, findings = read(Path(folder), data, AUTO if auto else stated)
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        assert [f.code for f in findings.faults] == ["header-only"]
        return
    assert findings.faults == []
    assert table is not None
    assert table.header == tuple(header)
    assert table.rows == filled
    noted = {note.code for note in findings.notes}
    assert ("recognised-encoding" in noted) == (auto and encoding != "utf-8")
    assert ("recognised-separator" in noted) == (auto and separator != ",")


def test_a_danish_excel_roster_reads_with_notes(tmp_path: Path) -> None:
    text = "id;department\r\n1;Børn og unge\r\n2;Sundhed, ældre\r\n"
    for encoding, shown in (("cp1252", "windows-1252"), ("utf-8-sig", "UTF-8 with a byte order mark")):
        table, findings = read(tmp_path, text.encode(encoding))
        assert table is not None
        assert table.rows == [["1", "Børn og unge"], ["2", "Sundhed, ældre"]]
        assert findings.lines() == [
            f"x.csv: read as {shown}, recognised by content.",
            'x.csv: columns are separated by ";", recognised by content.',
        ]


def test_newlines_in_quotes_and_empty_rows_keep_the_row_numbers(tmp_path: Path) -> None:
    table, _ = read(tmp_path, b'id,say\n1,"one\ntwo\nthree"\n\n,\n2,x\n')
    assert table is not None
    assert table.numbers == (2, 5)
    assert table.rows == [["1", "one\ntwo\nthree"], ["2", "x"]]


def test_trailing_empty_cells_are_a_note_or_a_fault_when_the_form_is_stated(tmp_path: Path) -> None:
    data = b"id,say,\n1,x,\n2,y,\n"
    table, findings = read(tmp_path, data)
    assert table is not None
    assert (table.header, table.rows) == (("id", "say"), [["1", "x"], ["2", "y"]])
    assert [(n.level, n.code) for n in findings] == [("note", "empty-columns")]
    table, findings = read(tmp_path, data, FileFormat("utf-8", ","))
    assert table is None
    assert [(f.level, f.code, f.row) for f in findings] == [("fault", "empty-columns", 1)]


@pytest.mark.parametrize(
    ("data", "form", "found"),
    [
        (b"id;x\n1;2\n", FileFormat("auto", ","), "wrong-separator"),
        (b"id,x\n1,2\n", FileFormat("auto", ";"), "wrong-separator"),
        (b"id\tx\n1\t2\n", FileFormat("auto", ","), "wrong-separator"),
        ("id,ø\n1,2\n".encode("utf-16"), FileFormat("cp1252"), "wrong-encoding"),
        ("id,ø\n1,2\n".encode(), FileFormat("utf-16"), "wrong-encoding"),
        ("id,ø\n1,2\n".encode("utf-16-le"), AUTO, "not-text"),
        ("id,ø\n1,2\n".encode("utf-8-sig"), FileFormat("cp1252"), "wrong-encoding"),
    ],
)
def test_a_stated_form_that_the_content_contradicts_is_a_fault(
    data: bytes, form: FileFormat, found: str, tmp_path: Path
) -> None:
    table, findings = read(tmp_path, data, form)
    assert table is None
    assert [(f.code, f.row) for f in findings.faults] == [(found, 1)]


@pytest.mark.parametrize("line", [b"sep=;\r\n", b'"SEP=;"\n', b"\xef\xbb\xbfsep=;\n"])
@pytest.mark.parametrize("separator", ["auto", ";"])
def test_excels_line_with_the_separator_is_followed(line: bytes, separator: str, tmp_path: Path) -> None:
    """Excel hides the line, so the header stays row 1 there and here."""
    table, findings = read(tmp_path, line + b"id;say\n1;a,b,c\n2;d,e,f\n", FileFormat("auto", separator))  # type: ignore[arg-type]
    assert table is not None
    assert (table.header, table.numbers) == (("id", "say"), (2, 3))
    assert table.rows == [["1", "a,b,c"], ["2", "d,e,f"]]
    (note,) = [n for n in findings if n.code != "recognised-encoding"]
    assert note.text() == (
        'x.csv: a line over the header says that columns are separated by ";"; it is followed, and rows count '
        "without it, as Excel shows them."
    )
    assert note.text("da").startswith(
        'x.csv: en linje over overskriften siger, at kolonnerne er adskilt af ";"; den er fulgt'
    )


def test_excels_line_against_a_stated_separator_is_a_fault(tmp_path: Path) -> None:
    table, findings = read(tmp_path, b"sep=;\nid;x\n1;2\n", FileFormat("auto", ","))
    assert table is None
    assert [(f.code, f.row) for f in findings] == [("wrong-separator", 1)]
    assert findings.faults[0].text().endswith('Do: write separator = ";" (or "auto") under [files].')
    assert findings.faults[0].text("da").endswith('Gør: skriv separator = ";" (eller "auto") under [files].')


def test_rows_of_other_faults_are_counted_without_excels_line(tmp_path: Path) -> None:
    _, findings = read(tmp_path, b"sep=;\nid;x\n1;2\n2;3;4\n")
    assert [(f.code, f.row) for f in findings.faults] == [("row-too-long", 3)]
    _, findings = read(tmp_path, "sep=;\nid;x\n1;ø\n".encode("cp1252"), FileFormat("utf-8"))
    assert [(f.code, f.row) for f in findings.faults] == [("wrong-encoding", 2)]
    _, findings = read(tmp_path, b"sep=;\n")
    assert [f.code for f in findings.faults] == ["empty-file"]


def test_one_column_alone_needs_no_separator(tmp_path: Path) -> None:
    table, findings = read(tmp_path, b"id\n1\n2\n", FileFormat("utf-8", ";"))
    assert table is not None
    assert (table.rows, findings.lines()) == ([["1"], ["2"]], [])


def test_commas_inside_cells_do_not_mislead_the_stated_separator(tmp_path: Path) -> None:
    table, findings = read(tmp_path, b"id;say, twice\n1;2,5\n", FileFormat("utf-8", ";"))
    assert findings.lines() == []
    assert table is not None
    assert table.rows == [["1", "2,5"]]


def test_many_long_rows_are_one_fault(tmp_path: Path) -> None:
    _, findings = read(tmp_path, b"id,x\n1,2\n2,3,4\n3,4,5\n4,5,6\n")
    assert [(f.code, f.row, f.values["more"]) for f in findings.faults] == [("row-too-long", 3, 2)]
    assert "(and 2 more like it)" in findings.faults[0].text()


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_excel_cells_become_text(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "n", "day"],
        [14, 2.5, date(2024, 5, 1)],
        [],
        ["x", 3.0, datetime(2024, 5, 1, 9)],
    ]
    table, findings = read(tmp_path, workbook({"A": rows}), name="x.xlsx")
    assert [note.code for note in findings] == ["blank-rows"]
    assert table is not None
    assert table.rows == [["14", "2.5", "2024-05-01"], ["x", "3", "2024-05-01 09:00:00"]]
    assert table.numbers == (2, 4)


def test_sheets_by_name_and_the_first_with_a_note(tmp_path: Path) -> None:
    data = workbook({"Data": [["id"], [1]], "More": [["id"], [2]]})
    table, findings = read(tmp_path, data, name="x.xlsx")
    assert table is not None
    assert table.rows == [["1"]]
    assert [n.code for n in findings.notes] == ["sheet-chosen"]
    table, findings = read(tmp_path, data, name="x.xlsx", sheet="More")
    assert table is not None
    assert (table.rows, findings.lines()) == ([["2"]], [])
    table, findings = read(tmp_path, data, name="x.xlsx", sheet="Moore")
    assert table is None
    assert [(f.code, f.values["nearest"]) for f in findings.faults] == [("no-sheet", "More")]


def test_an_empty_sheet_is_an_empty_file(tmp_path: Path) -> None:
    _, findings = read(tmp_path, workbook({"Data": []}), name="x.xlsx")
    assert [f.code for f in findings.faults] == ["empty-file"]


def test_a_damaged_workbook_is_one_fault_and_never_half_read(tmp_path: Path) -> None:
    """A hole in a part that holds no cells may do no harm; a hole elsewhere must not cost single rows."""
    rows: list[list[object]] = [[k, k] for k in range(300)]
    whole = workbook({"Data": [["id", "x"], *rows]})
    refused = 0
    for at in range(0, len(whole) - 40, 211):
        table, findings = read(tmp_path, whole[:at] + whole[at + 40 :], name="x.xlsx")
        if table is None:
            assert [f.code for f in findings.faults] == ["not-excel"]
            refused += 1
        else:
            assert table.rows == [[str(k), str(k)] for k in range(300)]
    assert refused > 10
