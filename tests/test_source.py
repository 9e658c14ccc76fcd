"""Files are opened by what they hold and never trusted: no bomb, no path outside, no document type, no absurd size."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey import source as module
from netlearn.survey.dialects import DIALECTS, dialect_of, guesses
from netlearn.survey.source import Source, open_source

AUTO = FileFormat()


def source_of(data: bytes, name: str = "x.csv") -> Source:
    return Source(name, data, AUTO, Findings())


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def workbook(rows: list[list[object]], title: str = "Data") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"a,b\n1,2\n", "text"),
        ("a\tb\n1\t2\n".encode("utf-16"), "text"),
        (workbook([["a"], [1]]), "xlsx"),
        (zipped({"a.csv": b"a\n1\n"}), "zip"),
        (b"\xd0\xcf\x11\xe0rest", "xls"),
        (b"$FL2@(#) SPSS DATA FILE", "sav"),
        (b'<?xml version="1.0"?><graphml/>', "xml"),
        (b"a\0b\1c", "binary"),
    ],
)
def test_the_content_tells_what_a_file_is(data: bytes, kind: str) -> None:
    assert source_of(data, "anything.dat").kind == kind


def test_numbers_and_dates_of_a_workbook_are_the_texts_a_spreadsheet_shows() -> None:
    from datetime import date, datetime

    data = workbook(
        [
            ["a", "b", "c", "d"],
            [1.0, 2.5, date(2024, 8, 26), datetime(2024, 8, 26, 9, 30)],
            [True, None, "", "x"],
        ]
    )
    assert source_of(data, "x.xlsx").records() == [
        ["a", "b", "c", "d"],
        ["1", "2.5", "2024-08-26", "2024-08-26 09:30:00"],
        ["True", "", "", "x"],
    ]


def test_rows_of_a_workbook_count_from_its_first_row() -> None:
    book = Workbook()
    book.active["B3"] = "id"
    book.active["B4"] = "p1"
    buffer = io.BytesIO()
    book.save(buffer)
    records = source_of(buffer.getvalue(), "x.xlsx").records()
    assert records is not None
    assert [row.index("id") if "id" in row else None for row in records] == [None, None, 1, None]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"../../evil.csv": b"a\n"}), "path"),
        (zipped({"C:\\evil.csv": b"a\n"}), "path"),
        (zipped({"/etc/evil.csv": b"a\n"}), "path"),
        (zipped({"bomb.csv": b"0" * 30_000_000}), "size"),
        (zipped({f"{number}.csv": b"" for number in range(module.MOST_MEMBERS + 1)}), "size"),
        (
            zipped({"a.graphml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]><graphml/>'}),
            "document-type",
        ),
        (zipped({"a.xml": '<?xml version="1.0"?><!DOCTYPE x><x/>'.encode("utf-16")}), "document-type"),
    ],
)
def test_archives_that_could_do_harm_stay_closed(data: bytes, reason: str) -> None:
    source = source_of(data, "x.zip")
    assert source.members == {}
    faults = [(fault.code, fault.values["reason"]) for fault in source.findings.faults]
    assert faults == [("unsafe-archive", reason)]
    assert source.records() is None


@pytest.mark.parametrize("cut", [-30, 20, 45])
def test_a_damaged_zip_has_no_members_or_says_so(cut: int) -> None:
    whole = zipped({"a.csv": b"a\n1\n" * 50})
    data = whole[:cut] if cut < 0 else whole[:cut] + b"\xff\xff\xff" + whole[cut + 3 :]
    source = source_of(data, "x.zip")
    members = source.members
    assert source.findings.faults or all(member.data == b"a\n1\n" * 50 for member in members.values())


def test_a_workbook_with_a_document_type_stays_closed() -> None:
    good = workbook([["a"], [1]])
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].replace(
        b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet', 1
    )
    source = source_of(zipped(members), "x.xlsx")
    assert source.records() is None
    assert [fault.values["reason"] for fault in source.findings.faults] == ["document-type"]


def test_members_of_a_zip_leave_out_what_macos_adds() -> None:
    source = source_of(zipped({"a.csv": b"a\n1\n", "__MACOSX/._a.csv": b"\0", "in/b.csv": b"b\n"}), "x.zip")
    assert sorted(source.members) == ["a.csv", "in/b.csv"]
    assert source.members["a.csv"].records() == [["a"], ["1"]]


def test_a_file_of_absurd_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big.csv").write_bytes(b"a\n1\n")
    monkeypatch.setattr(module, "MOST_BYTES", 3)
    findings = Findings()
    assert open_source(tmp_path, "big.csv", AUTO, findings) is None
    assert [fault.code for fault in findings.faults] == ["file-too-large"]


@pytest.mark.parametrize("name", DIALECTS)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=40, deadline=None)
def test_no_dialect_stumbles_over_any_bytes(name: str, data: bytes) -> None:
    dialect = dialect_of(name)
    dialect.recognise(source_of(data))
    source = source_of(data)
    assert (dialect.read(source) is None) == bool(source.findings.faults)


def test_a_plain_table_is_claimed_by_no_tool() -> None:
    found = guesses(source_of(b"id,department,age\np1,North,40\np2,South,50\n"))
    assert [name for name, guess in found if guess.sure >= 0.6] == []
