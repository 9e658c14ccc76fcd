"""Whatever kind of file a name is hidden in, the scan finds it, says where, and does not repeat it."""

from __future__ import annotations

import base64
import io
import json
import shutil
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from named import SECRETS, named_study
from openpyxl.comments import Comment
from studies import grid, write

from netlearn import new_study, read_study
from netlearn.cli import main
from netlearn.errors import StudyError
from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat, RelationPlan, RosterPlan, Study, WavePlan
from netlearn.study.planned import Outcome
from netlearn.study.rawtable import RawTable
from netlearn.survey.scan import Sensitive, of_table, scan_files, scan_folder, sensitive_words
from netlearn.survey.scan.find import Finder

ROOT = Path(__file__).resolve().parents[1]
PLAN = RosterPlan("roster.csv", name="name", aliases="also", email="email", initials="short", key="token")
HEADER = ("id", "name", "also", "email", "short", "token", "department")
WAVES = (WavePlan("a", date(2024, 1, 1)), WavePlan("b", date(2024, 2, 1)))
STUDY = Study(
    Path("nowhere"), "T", "en", "pre-post", 7, 5, "baseline", (), FileFormat(), PLAN, WAVES,
    (RelationPlan("c"),), Outcome("c", "density", ("a", "b")),
)  # fmt: skip


def looking_for(*people: dict[str, str]) -> Sensitive:
    """What is looked for, of people of whom some columns are known; the first is row 2."""
    rows = [[{"department": "Parks"}.get(name, "") or one.get(name, "") for name in HEADER] for one in people]
    return of_table(STUDY, RawTable("roster.csv", HEADER, rows, tuple(range(2, len(rows) + 2))))


ZOE = {"name": "Zoë Quistgaard", "email": "zoq@example.org", "token": "tk7q9", "id": "w-1009", "short": "ZQG"}
ALL = looking_for(ZOE)


def found(sensitive: Sensitive, **files: bytes | str) -> set[str]:
    """Codes of what is found in files; keyword a_csv is the file a.csv."""
    data = {
        name.replace("_", "."): text.encode() if isinstance(text, str) else text
        for name, text in files.items()
    }
    return {finding.code for finding in scan_files(sensitive, data)}


def kinds(sensitive: Sensitive, text: str) -> list[tuple[str, int, int, bool]]:
    return [(hit.kind, hit.row, hit.line, hit.ordinary) for hit in Finder(sensitive).find(text)]


# -- names as people write them


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Quistgaard", "ZOË QUISTGAARD", "zoe quistgaard", "Quistgaard, Zoë", "Quistgaard Zoë", "Zoë  Quistgård",
        "Zoë\nQuistgaard", "Zoë;Quistgaard", '"Zoë","Quistgaard"', "zoë_quistgaard", "Zoë-Quistgaard",
        "ZoeQuistgaard", "quistgaardzoe", "Zoë B. Quistgaard", "Zoë Quistgaards kontor", "Zo\u200bë Quist\u00adgaard",
        unicodedata.normalize("NFD", "Zoë Quistgård"), "Zoë\u00a0Quistgaard", "»Zoë« (Quistgaard)",
        "x.Zoë.Quistgaard.y",
    ],
)  # fmt: skip
def test_a_full_name(text: str) -> None:
    assert [hit[:2] for hit in kinds(ALL, f"In short: {text}.")] == [("name", 2)]


@pytest.mark.parametrize(
    "text", ["Zoë", "zoe", "Zoës", "of Quistgaard.", "QUISTGÅRDS", "<Zoë>", "Zoë\n\nand Quistgaard"]
)
def test_a_part_of_a_name(text: str) -> None:
    hits = kinds(ALL, text)
    assert hits
    assert {hit[0] for hit in hits} == {"part"}
    assert not any(hit[3] for hit in hits)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zo",
        "Quist",
        "zoological",
        "quistgaardian",
        "gaard",
        "Z. Q.",
        "tk7q",
        "example.org",
        "zqg",
        "tk7q91",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert kinds(ALL, text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("zoq@example.org", "email"), ("ZOQ@Example.org", "email"), ("mailto:zoq", "email"), ("tk7q9", "key"),
        ("TK7Q9", "key"), ("(w-1009)", "key"), ("ZQG", "initials"), ("x,ZQG,y", "initials"),
    ],
)  # fmt: skip
def test_what_else_tells_who(text: str, kind: str) -> None:
    assert [hit[0] for hit in kinds(ALL, text)] == [kind]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Søren Ågård", "Soeren Aagaard"), ("Søren Ågård", "SOREN AGARD"), ("Inge-Lise Bak Jensen", "inge lise"),
        ("Inge-Lise Bak Jensen", "Inge-Lise B. Jensen"), ("Quist, Ida", "Ida Quist"), ("Ida Quist (IT)", "quist ida"),
        ("Æbelø Løn", "aebeloe loen"), ("Siobhán O'Brien", "Siobhan O’Brien"), ("Siobhán O'Brien", "siobhanobrien"),
        ("محمد علي", "علي محمد"), ("Иван Петров", "ПЕТРОВ, ИВАН"), ("Jean d'Arc", "Jean D'Arc"),
    ],
)  # fmt: skip
def test_names_of_all_kinds(name: str, text: str) -> None:
    assert "name" in [hit[0] for hit in kinds(looking_for({"name": name}), text)]


def test_an_alias_is_a_name_and_each_cites_the_row() -> None:
    sensitive = looking_for(ZOE, {"name": "Ymke Dijkstra", "also": "Ymke Vos; Imke Vos"})
    assert [hit[:3] for hit in kinds(sensitive, "a\nb Vos, Imke\nc Zoë Quistgaard")] == [
        ("name", 3, 2),
        ("name", 2, 3),
    ]


def test_short_parts_count_as_they_are_spelled() -> None:
    sensitive = looking_for({"name": "Bo Li"})
    assert [hit[0] for hit in kinds(sensitive, "bo li")] == ["name"]
    assert [hit[0] for hit in kinds(sensitive, "Bo went")] == ["part"]
    for text in ("bo", "BO", "li", "Lithium", "x.bo.y", "Bob"):
        assert kinds(sensitive, text) == []


def test_a_particle_alone_is_nobody() -> None:
    sensitive = looking_for({"name": "Ida von der Quist"})
    assert kinds(sensitive, "von der and den") == []
    assert [hit[0] for hit in kinds(sensitive, "von der Quist")] == ["name"]


def test_ordinary_words_are_notes_and_full_names_never() -> None:
    sensitive = looking_for({"name": "Ida Holm"}, {"name": "Mo Parks"})
    assert kinds(sensitive, "Holm's correction, in Parks") == [("part", 2, 1, True), ("part", 3, 1, True)]
    assert [(hit[0], hit[3]) for hit in kinds(sensitive, "Ida Holm, Parks Mo")] == [("name", False)] * 2
    # Somebody may be called as the study file calls a thing.
    sensitive.ordinary |= {"ida"}
    assert kinds(sensitive, "Ida") == [("part", 2, 1, True)]


def test_a_word_in_the_study_file_is_ordinary(tmp_path: Path) -> None:
    folder = named_study(tmp_path / "s")
    out = write(tmp_path / "out", {"a.txt": "Quist"})
    assert [fault.code for fault in scan_folder(read_study(folder), out).faults] == ["left-name-part"]
    text = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text("# Quist is a tool\n" + text, encoding="utf-8")
    assert [note.code for note in scan_folder(read_study(folder), out)] == ["left-ordinary-word"]


@pytest.mark.parametrize(
    ("text", "is_key"),
    [
        ("123456", True), ("a;123456;b", True), ("7,123456,8", True), ("key=123456.", True), ("1234567", False),
        ("0.123456", False), ("123456.5", False), ("0,123456;x", False), ("a123456", False), ("<p>0,123456</p>", False),
    ],
)  # fmt: skip
def test_a_number_that_is_a_key_and_not_a_part_of_a_number(text: str, is_key: bool) -> None:
    assert bool(kinds(looking_for({"token": "123456"}), text)) is is_key


def test_keys_that_cannot_be_told_from_other_numbers_are_said() -> None:
    sensitive = looking_for({"id": "14"}, {"id": "12345"}, {"id": "a1"}, {"id": "p001"}, {"id": "k001"})
    findings = scan_files(sensitive, {"a.txt": b"14 12345 a1 p001 k001"})
    assert [(f.code, f.values.get("count"), f.values.get("person")) for f in findings] == [
        ("left-key", None, 6),
        ("scan-short-keys", 4, None),
    ]


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert not [hit for hit in kinds(ALL, text) if hit[0] == "name"]
    assert "name" in [hit[0] for hit in kinds(ALL, f"{text} Zoë Quistgaard")]


# -- every kind of file


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    head = (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    parts = [head, *chunks, (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    made = (struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def jpeg(marker: int, body: bytes) -> bytes:
    segment = bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body
    return b"\xff\xd8" + segment + b"\xff\xda\x00\x02\xff\xd9"


def packed(*files: tuple[str, bytes | str], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
        archive.comment = comment
    return out.getvalue()


def workbook(where: str, text: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "x"
    if where == "cell":
        sheet["B7"] = text
    elif where == "hidden sheet":
        hidden = book.create_sheet("h")
        hidden.sheet_state = "hidden"
        hidden["A1"] = text
    elif where == "comment":
        sheet["A1"].comment = Comment(text, "x")
    elif where == "author":
        book.properties.creator = text
    elif where == "sheet":
        sheet.title = text
    elif where == "header":
        sheet.oddHeader.center.text = text
    elif where == "formula":
        sheet["A2"] = f'="{text}"'
    elif where == "two cells":
        sheet["A2"], sheet["B2"] = text.split(" ")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_where_a_cell_stands_is_nobodys_id() -> None:
    from netlearn.survey.scan.pieces import pieces

    said = " ".join(piece.text for piece in pieces("a.xlsx", workbook("cell", "someone"), []))
    assert "someone" in said
    assert "B7" not in said


def word(where: str, text: str) -> bytes:
    document = Document()
    if where == "paragraph":
        document.add_paragraph(f"By {text} in person")
    elif where == "runs":
        paragraph = document.add_paragraph()
        for letter in text:
            paragraph.add_run(letter)
    elif where == "table":
        cells = document.add_table(1, 2).rows[0].cells
        for cell, part in zip(cells, text.split(" "), strict=True):
            cell.text = part
    elif where == "author":
        document.core_properties.author = text
    elif where == "header":
        document.sections[0].header.paragraphs[0].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


NAME = "Zoë Quistgaard"
UTF8 = NAME.encode()
PICTURE = png((b"tEXt", b"Author\0Zoe Quistgaard"))
NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "source": ["x = 1"],
            "outputs": [{"data": {"text/html": ["<b>Zo", "ë</b> Quistgaard"]}}],
        }
    ]
}
DRAWN = {"cells": [{"outputs": [{"data": {"image/png": base64.b64encode(PICTURE).decode()}}]}]}
FILES: dict[str, tuple[str, bytes | str]] = {
    "csv": ("a.csv", "a;b\n1;Zoë Quistgaard\n"),
    "csv in two cells": ("a.csv", "family;given\nQuistgaard;Zoë\n"),
    "windows-1252": ("a.csv", "a;b\n1;Zoë Quistgaard\n".encode("cp1252")),
    "utf-16": ("a.txt", NAME.encode("utf-16")),
    "with a mark": ("a.txt", b"\xef\xbb\xbf" + UTF8),
    "log": ("run.log", "read 3 rows\nunknown: Zoë Quistgaard\n"),
    "toml": ("study.toml", 'title = "of Zo\\u00EB Quistgaard"'),
    "html": ("a.html", "<p>Zoë Quistgaard</p>"),
    "html entities": ("a.html", "<p>Zo&euml; Quis&#116;gaard</p>"),
    "html across tags": ("a.html", "<td>Quistgaard</td>\n  <td>Zoë</td>"),
    "html within a word": ("a.html", "<p>Zo<b>ë</b> Quist<span class='x'>gaard</span></p>"),
    "html attribute": ("a.html", '<img alt="Zoë Quistgaard">'),
    "html comment": ("a.html", "<!-- Zoë Quistgaard --><p>x</p>"),
    "html script": ("a.html", '<script>var x = ["Zo\\u00eb Quistgaard"]</script>'),
    "html link": ("a.html", '<a href="x?who=Zo%C3%AB%20Quistgaard">x</a>'),
    "html picture": ("a.html", f'<img src="data:image/png;base64,{base64.b64encode(PICTURE).decode()}">'),
    "html drawing": (
        "a.html",
        f'<img src="data:image/svg+xml;base64,{base64.b64encode(b"<svg>" + UTF8).decode()}">',
    ),
    "svg text": ("a.svg", "<svg><text x='1'>Zoë Quistgaard</text></svg>"),
    "svg tspans": ("a.svg", "<svg><text><tspan>Zoë</tspan>\n<tspan>Quistgaard</tspan></text></svg>"),
    "svg letters": (
        "a.svg",
        "<svg><text>" + "".join(f"<tspan>{c}</tspan>" for c in "Quistgaard") + "</text></svg>",
    ),
    "svg comment": ("a.svg", "<svg><!-- Zoë Quistgaard --><g><path d='M 1 2'/></g></svg>"),
    "svg metadata": ("a.svg", "<svg><metadata><dc:title>Zoë Quistgaard</dc:title></metadata></svg>"),
    "json": ("a.json", json.dumps({"by": NAME})),
    "json key": ("a.json", json.dumps([{NAME: 1}])),
    "json with line ends": ("a.json", json.dumps({"by": "x\nZoë Quistgaard\ty"})),
    "json lines": ("a.txt", '{"a": "Zo\\u00eb Quistgaard"}\n{"a": 1}\n'),
    "notebook": ("a.ipynb", json.dumps(NOTEBOOK)),
    "notebook picture": ("a.ipynb", json.dumps(DRAWN)),
    "png text": ("a.png", png((b"tEXt", b"Author\0" + NAME.encode("latin-1")))),
    "png packed text": ("a.png", png((b"zTXt", b"Author\0\0" + zlib.compress(NAME.encode("latin-1"))))),
    "png unicode": ("a.png", png((b"iTXt", b"Author\0\0\0da\0\0" + UTF8))),
    "png packed unicode": ("a.png", png((b"iTXt", b"Author\0\1\0da\0x\0" + zlib.compress(UTF8)))),
    "png exif": ("a.png", png((b"eXIf", b"MM\0*\0\0" + UTF8 + b"\0"))),
    "jpeg comment": ("a.jpg", jpeg(0xFE, UTF8)),
    "jpeg exif": ("a.jpg", jpeg(0xE1, b"Exif\0\0II*\0" + NAME.encode("utf-16-le") + b"\0")),
    "zip": ("a.zip", packed(("b.txt", UTF8))),
    "zip in a zip": ("a.zip", packed(("b.zip", packed(("c.txt", UTF8))))),
    "zip member": ("a.zip", packed((f"{NAME}.txt", b""))),
    "zip comment": ("a.zip", packed(("b.txt", b""), comment=UTF8)),
    **{
        f"xlsx {where}": ("a.xlsx", workbook(where, NAME))
        for where in ("cell", "hidden sheet", "comment", "author", "sheet", "header", "formula", "two cells")
    },
    **{
        f"docx {where}": ("a.docx", word(where, NAME))
        for where in ("paragraph", "runs", "table", "author", "header")
    },
    "docx picture": ("a.docx", packed(("word/document.xml", "<w:p/>"), ("word/media/image1.png", PICTURE))),
    "file": ("Zoë Quistgaard.csv", "a"),
    "folder": ("of Zoë Quistgaard/a.csv", "a"),
    "folder and file": ("Quistgaard/Zoë.csv", "a"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_name_in_any_file_is_found_and_not_repeated(tmp_path: Path, kind: str) -> None:
    name, data = FILES[kind]
    data = data.encode("utf-8") if isinstance(data, str) else data
    findings = scan_files(ALL, {name: data, "other.csv": b"a;b\n"})
    codes = {fault.code for fault in findings.faults}
    # Excel writes a sign of its own before the text of a header.
    assert ("left-name-part" if kind in ("svg letters", "xlsx header") else "left-name") in codes
    assert {fault.values["person"] for fault in findings.faults} == {2}
    for line in findings.lines("en") + findings.lines("da"):
        assert "row 2 of roster.csv" in line or "række 2 af roster.csv" in line
        assert not [part for part in ("Zo", "uist", "gaard", "other") if part in line]
    # The same in a folder.
    folder = named_study(tmp_path / "s")
    header = (folder / "roster.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "roster.csv").write_text(f"{header}\n1,{NAME},,,,,N,,,\n", encoding="utf-8")
    place = tmp_path / "out" / name
    place.parent.mkdir(parents=True)
    place.write_bytes(data)
    assert {fault.code for fault in scan_folder(read_study(folder), tmp_path / "out").faults} >= codes


@pytest.mark.parametrize("kind", FILES)
def test_the_same_files_are_clean_for_another_roster(kind: str) -> None:
    name, data = FILES[kind]
    others = looking_for(
        {"name": "Ymke Dijkstra", "email": "yd77@example.org", "token": "tk7q5", "short": "YDK"}
    )
    assert [
        f.code for f in scan_files(others, {name: data.encode() if isinstance(data, str) else data})
    ] == []


def test_line_place_and_number_of_people_are_said() -> None:
    sensitive = looking_for(ZOE, {"name": "Ymke Dijkstra"}, {"name": "Ib Vos"})
    text = "a\nYmke Dijkstra\nZoë Quistgaard\nVos, Ib\nZoë Quistgaard".encode()
    (fault,) = scan_files(sensitive, {"tables/a.csv": text}).faults
    assert (fault.code, fault.file, fault.row, fault.values["person"], fault.values["more"]) == (
        "left-name", "tables/a.csv", 2, 3, 2,
    )  # fmt: skip
    book = scan_files(sensitive, {"a.xlsx": workbook("author", NAME)}).faults[0]
    assert (book.row, book.column) == (0, "docProps/core.xml")


def test_what_cannot_be_read_is_said() -> None:
    bomb = packed(("a.txt", b"0" * 200_000_000))
    encrypted = bytearray(packed(("a.txt", b"x")))
    for at, shift in ((encrypted.index(b"PK\x03\x04"), 6), (encrypted.index(b"PK\x01\x02"), 8)):
        encrypted[at + shift] |= 1
    files = {
        "a.pdf": b"%PDF-1.7 Zoe", "b.bin": bytes(range(256)), "c.zip": bomb, "d.zip": bytes(encrypted),
        "e.zip": b"PK\x03\x04 broken", "f.zip": packed(("../x", b"x")),
        "g.xlsx": packed(("xl/a.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")),
        "h.zip": packed(("1", packed(("2", packed(("3", packed(("4", b"x")))))))),
    }  # fmt: skip
    findings = scan_files(ALL, files)
    assert [(note.code, note.file) for note in findings] == [("scan-not-read", name) for name in files]


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"{", b"[" * 100_000, b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe1", b"\xff\xfe\0"]
)
def test_damaged_files_are_read_as_far_as_they_go(data: bytes) -> None:
    assert not scan_files(ALL, {"a.json": data, "a": data}).faults


def test_own_raw_files_are_left_out_and_all_else_is_looked_into(tmp_path: Path) -> None:
    folder = named_study(tmp_path / "s")
    study = read_study(folder)
    assert [(f.code, f.values.get("count")) for f in scan_folder(study, folder)] == [("scan-raw-left-out", 3)]
    shutil.copy(folder / "roster.csv", folder / "roster (1).csv")
    codes = {fault.code: fault.file for fault in scan_folder(study, folder).faults}
    assert set(codes) == {"left-name", "left-email", "left-key", "left-initials"}
    assert set(codes.values()) == {"roster (1).csv"}


def test_a_folder_that_is_not_there_and_a_roster_that_cannot_be_read(tmp_path: Path) -> None:
    folder = named_study(tmp_path / "s")
    study = read_study(folder)
    assert [fault.code for fault in scan_folder(study, tmp_path / "none").faults] == ["scan-no-folder"]
    (folder / "roster.csv").write_bytes(b"")
    with pytest.raises(StudyError):
        sensitive_words(study)


def test_a_roster_without_names_has_little_to_look_for(tmp_path: Path) -> None:
    study = read_study(write(tmp_path / "s", grid()))
    assert [(f.code, f.values["count"]) for f in scan_files(sensitive_words(study), {"a.txt": b"a1 a2"})] == [
        ("scan-short-keys", 6)
    ]


# -- what netlearn itself writes


def test_the_output_of_a_run_tells_nobody(tmp_path: Path) -> None:
    """The simulated study with the names and tokens of 129 people, and its whole report."""
    folder = tmp_path / "s"
    shutil.copytree(ROOT / "data" / "cbu-aalborg", folder, ignore=shutil.ignore_patterns("out"))
    assert main(["run", str(folder), "--quiet", "--draws", "19"]) == 0
    study = read_study(folder)
    study = replace(study, roster=replace(study.roster, name="name", key="token"))
    findings = scan_folder(study, folder / "out")
    assert findings.faults == []
    assert {note.code for note in findings.notes} <= {"left-ordinary-word", "scan-not-read"}
    assert len(sensitive_words(study).words) > 100


GIVEN = [
    "Anne", "Mette", "Kirsten", "Hanne", "Anna", "Helle", "Susanne", "Lene", "Maria", "Marianne", "Inge", "Karen",
    "Peter", "Michael", "Lars", "Jens", "Thomas", "Henrik", "Søren", "Christian", "Martin", "Jan", "Morten", "Jesper",
]  # fmt: skip
FAMILY = [
    "Nielsen", "Jensen", "Hansen", "Andersen", "Pedersen", "Christensen", "Larsen", "Sørensen", "Rasmussen",
    "Jørgensen", "Petersen", "Madsen", "Kristensen", "Olsen", "Thomsen", "Christiansen", "Poulsen", "Johansen",
    "Møller", "Mortensen", "Knudsen", "Dahl", "Lund", "Friis",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_report_is_clean_whatever_common_name_people_have(language: str, tmp_path: Path) -> None:
    folder = new_study(tmp_path / "s", language)  # type: ignore[arg-type]
    header, *rows = (folder / "roster.csv").read_text(encoding="utf-8").splitlines()
    named = [f"{row},{one} {two}" for row, one, two in zip(rows, GIVEN, FAMILY, strict=True)]
    (folder / "roster.csv").write_text("\n".join([f"{header},name", *named]) + "\n", encoding="utf-8")
    text = (folder / "study.toml").read_text(encoding="utf-8")
    text = text.replace('file = "roster.csv"', 'file = "roster.csv"\nname = "name"')
    (folder / "study.toml").write_text(text, encoding="utf-8")
    assert main(["run", str(folder), "--quiet", "--draws", "19"]) == 0
    study = read_study(folder)
    assert scan_folder(study, folder / "out").faults == []
    # Hardly any of them is an ordinary word of netlearn, which would only be a note.
    alone = [kinds(sensitive_words(study), name)[0] for name in (*GIVEN, *FAMILY)]
    assert sum(ordinary for *_, ordinary in alone) <= 3


def test_faults_of_a_study_name_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = named_study(tmp_path / "s")
    main(["check", str(folder)])
    printed = capsys.readouterr().out
    assert not [secret for secret in SECRETS if secret in printed]
    findings = Findings()
    findings.items += scan_files(sensitive_words(read_study(folder)), {"out.txt": printed.encode()}).faults
    assert findings.faults == []
