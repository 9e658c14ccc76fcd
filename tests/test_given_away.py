"""Nothing is given away by any file of the reports of the five programmes.

A reader takes every file apart: page, Word file, workbook, tables, pictures, saved results. What is found there is
compared with the staff lists, and with what is left out of the tables.
"""

from __future__ import annotations

import base64
import csv
import getpass
import html
import io
import itertools
import json
import math
import re
import socket
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from netlearn import read_study
from netlearn.cli import main

ROOT = Path(__file__).resolve().parents[1]
CASES = ("cbu-aalborg", "brondby", "kambu-aarhus", "gentofte-cfn", "naestved-cam")
# What tells who somebody is, in any of the five staff lists and lists of names.
PERSONAL = (
    "id",
    "name",
    "navn",
    "list_name",
    "kaldes_også",
    "vises_som",
    "token",
    "reference",
    "kode",
    "adgang",
)
HEAT = r'(?s)<div class="[^"]*\bheat\b.*?</table>'
ADDRESS = r' r(?:ef)?="[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?"'  # of a cell: K142 may be the id of a person too
PEOPLE = (
    "n", "n_people", "people", "answered", "employed", "n_answered", "n_complete", "participants", "open_people",
    "ties_people", "earlier_people",
)  # fmt: skip


@dataclass(frozen=True)
class Published:
    """The files of a report, and the study folder that they were made from."""

    folder: Path
    files: dict[str, bytes]

    @cached_property
    def texts(self) -> dict[str, str]:
        """All that can be read as text, by the file and the place in it."""
        return {place: text for name, data in self.files.items() for place, text in unpacked(name, data)}

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(self.files[f"tables/{name}.csv"]))

    @property
    def tables(self) -> list[str]:
        names = [n for n in self.files if n.startswith("tables/") and not n.endswith(".dk.csv")]
        return [Path(name).stem for name in names]

    @cached_property
    def saved(self) -> dict[str, Any]:
        return dict(json.loads(self.files["results.json"]))


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Take a file apart: archives, pictures within texts, chunks of pictures; what is compressed is opened."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield f"{name}!comment", archive.comment.decode("latin-1")
            for info in archive.infolist():
                yield f"{name}!{info.filename}", info.filename
                yield from unpacked(f"{name}!{info.filename}!", archive.read(info))
    elif data.startswith(b"\x89PNG"):
        yield name, "\n".join(chunks(data))
    elif data.startswith(b"\xff\xd8\xff"):
        yield name, data[:4096].decode("latin-1")
    else:
        text = data.decode("utf-8-sig")
        inner = re.findall(r"base64,([A-Za-z0-9+/=]+)", text)
        for at, found in enumerate(inner):
            yield from unpacked(f"{name}!data{at}", base64.b64decode(found))
        yield name, re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)


def chunks(data: bytes) -> Iterator[str]:
    """Return every chunk of a PNG that is not the picture itself."""
    at = 8
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if kind == b"zTXt":
            body = zlib.decompress(body.partition(b"\0")[2][1:])
        if kind not in (b"IDAT", b"IHDR", b"IEND", b"pHYs"):
            yield kind.decode("latin-1") + body.decode("utf-8", errors="replace")
        at += 12 + size


@pytest.fixture(scope="module", params=CASES)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(request.param, tmp_path_factory.mktemp(request.param) / "out")


def publish(case: str, out: Path) -> Published:
    folder = ROOT / "data" / case
    assert main(["run", str(folder), "--out", str(out), "--draws", "19", "--quiet"]) == 0
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}
    return Published(folder, files)


# One test for all that one report can give away, so that it is made once however the tests are dealt out.


def test_a_report_gives_nothing_away(published: Published) -> None:
    assert {"report.html", "report.docx", "tables.xlsx", "results.json", "provenance.json"} <= set(
        published.files
    )
    nobody_is_named(published)
    nothing_tells_the_machine(published)
    nothing_is_hidden_in_the_workbook(published)
    nothing_is_hidden_in_the_word_file(published)
    all_files_leave_out_the_same(published)
    no_number_tells_of_few(published)
    no_hidden_answer_can_be_solved(published)


# -- people


def people(folder: Path) -> set[str]:
    """Everything that tells who somebody is, as the staff list and the list of names have it."""
    found: set[str] = set()
    for file in (*folder.glob("roster*.csv"), *folder.glob("names*.csv")):
        text = file.read_text(encoding="utf-8-sig")
        dialect = ";" if text.splitlines()[0].count(";") else ","
        for row in csv.DictReader(text.splitlines(), delimiter=dialect):
            found |= {row[name].strip() for name in PERSONAL if row.get(name)}
    assert len(found) > 20
    return {word for word in found if len(word) > 3}


def nobody_is_named(published: Published) -> None:
    # As they stand, and without regard to letter case: a pattern of thousands of names is slow, a set is not.
    sought = {who.casefold() for who in people(published.folder)}
    longest = max(who.count(" ") + 1 for who in sought)
    for place, text in published.texts.items():
        text = re.sub(ADDRESS, "", text) if "!xl/" in place else text
        words = re.findall(r"[\w.@'-]+", re.sub(r"<[^>]+>", " ", text).casefold())
        words += re.findall(r"[\w.@'-]+", text.casefold())
        for size in range(1, longest + 1):
            runs = {" ".join(words[at : at + size]) for at in range(len(words))}
            assert not runs & sought, place
        assert not re.search(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", text), place


def test_a_name_would_be_found() -> None:
    folder = ROOT / "data" / "naestved-cam"
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("word/comments.xml", "<w:t>Lene</w:t><w:t>Møller</w:t>")
    svg = base64.b64encode(b"<svg><text>CAM001</text></svg>").decode()
    png = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + b"tEXtAuthor\x005f50d5" + b"\0" * 4
    files = {
        "report.docx": docx.getvalue(),
        "report.html": f'<img src="data:image/svg+xml;base64,{svg}">'.encode(),
        "figures/x.png": png,
        "results.json": b'{"by": "somebody@example.org"}',
    }
    for name, data in files.items():
        with pytest.raises(AssertionError, match=name.partition("!")[0]):
            nobody_is_named(Published(folder, {name: data}))


def nothing_tells_the_machine(published: Published) -> None:
    # A short name of a machine or of its user may be any word.
    own = (socket.gethostname(), getpass.getuser())
    sought = {str(ROOT), str(Path.home()), *(name for name in own if len(name) > 5)} - {"/"}
    for place, text in published.texts.items():
        assert not [word for word in sought if word in text], place
        assert not re.search(r"file://|[A-Z]:\\|/(?:tmp|home|Users|var|work)/", text), place


# -- files of Office


def nothing_is_hidden_in_the_workbook(published: Published) -> None:
    book = openpyxl.load_workbook(io.BytesIO(published.files["tables.xlsx"]))
    assert not list(book.defined_names)
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not any(line.hidden for line in sheet.row_dimensions.values())
        assert not any(line.hidden for line in sheet.column_dimensions.values())
        assert not sheet.merged_cells.ranges
        assert all(cell.comment is None for row in sheet.iter_rows() for cell in row)
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(io.BytesIO(published.files["tables.xlsx"])) as archive:
        assert not [n for n in archive.namelist() if re.search(r"pivot|external|comment|custom|vml|\.bin", n)]


def nothing_is_hidden_in_the_word_file(published: Published) -> None:
    with zipfile.ZipFile(io.BytesIO(published.files["report.docx"])) as archive:
        assert not [
            n for n in archive.namelist() if re.search(r"comments|custom|embed|people|thumbnail|\.bin", n)
        ]
        body = archive.read("word/document.xml").decode("utf-8")
        core = archive.read("docProps/core.xml").decode("utf-8")
    assert not re.search(r"<w:(?:vanish|ins|del|moveFrom)\b", body)
    assert re.search(r"<dc:creator>(?:netlearn)?</dc:creator>|<dc:creator/>", core) or "creator" not in core
    assert not re.search(r"<cp:lastModifiedBy>(?!netlearn)[^<]", core)


# -- numbers that are left out


class Cells(HTMLParser):
    """The cells of the tables of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self.found.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def plain(text: str) -> str:
    """Return a text without regard to where its lines may end."""
    return " ".join(text.split())


def all_files_leave_out_the_same(published: Published) -> None:
    """The tables for Excel have the empty cells of those for machines; page and Word file have the saved cells."""
    for name in published.tables:
        gone = published.table(name).isna().to_numpy()
        danish = pd.read_csv(io.BytesIO(published.files[f"tables/{name}.dk.csv"]), sep=";", decimal=",")
        assert (danish.isna().to_numpy() == gone).all(), name
    sections = published.saved["documents"]["da"]["sections"]
    told = [
        cell
        for section in sections
        for table in section.get("tables", ())
        for row in (table["columns"], *table["rows"])
        for cell in row
    ]
    page = published.files["report.html"].decode("utf-8")
    heat, rest = re.findall(HEAT, page), re.sub(HEAT, "", page)
    assert {plain(cell) for cell in told} == {plain(cell) for cell in Cells(rest).found}
    word = (
        zipfile.ZipFile(io.BytesIO(published.files["report.docx"])).read("word/document.xml").decode("utf-8")
    )
    assert {plain(cell) for cell in told} == set(cells_of_word(word))
    numbers = set(re.findall(r"\d+,\d+", re.sub(r"<[^>]+>", "|", word)))
    saved = published.files["results.json"].decode("utf-8")
    assert {n for n in numbers if n not in saved} == set()
    for section in sections:
        if (widget := section.get("widget")) is not None:
            the_page_knows_no_more_than_the_table(published, widget)
            nor_do_its_shaded_tables(published, heat)


def the_page_knows_no_more_than_the_table(published: Published, widget: dict[str, Any]) -> None:
    mixing = published.table("mixing")
    names = list(dict.fromkeys(mixing["from"]))
    assert len(names) == len(widget["names"])
    for wave, ties in zip(dict.fromkeys(mixing["wave"]), widget["ties"], strict=True):
        shown = mixing[mixing["wave"] == wave].set_index(["from", "to"])["density"]
        for (i, a), (j, b) in itertools.product(enumerate(names), repeat=2):
            hidden = ties[i][j] is None
            assert hidden == (math.isnan(shown[a, b]) and widget["possible"][i][j] != 0)
            if not hidden and widget["possible"][i][j]:
                assert ties[i][j] / widget["possible"][i][j] == pytest.approx(shown[a, b], abs=1e-3)


def nor_do_its_shaded_tables(published: Published, tables: list[str]) -> None:
    """Every number in the shaded tables of the page is a share of the table of ties, or a change of one, in %."""
    mixing = published.table("mixing")
    waves = [frame["density"].to_numpy() for _, frame in mixing.groupby("wave", sort=False)]
    known = [*waves, waves[1] - waves[0]]
    assert len(tables) == len(known)
    for text, shares in zip(tables, known, strict=True):
        found = [re.match(r"[+−]?\d+,\d+", cell) for cell in Cells(text).found]
        numbers = [float(one[0].replace(",", ".").replace("−", "-")) for one in found if one]
        shown = 100 * shares[~np.isnan(shares)]
        assert sorted(numbers) == pytest.approx(sorted(shown), abs=0.0501)


def cells_of_word(xml: str) -> Iterator[str]:
    """Give the words of every cell of a Word file."""
    for cell in re.findall(r"(?s)<w:tc>.*?</w:tc>", xml):
        yield plain(html.unescape(re.sub(r"<[^>]+>", "", cell.replace("</w:p>", " "))))


def no_number_tells_of_few(published: Published) -> None:
    """No count of people of one to four, in any table or behind any picture."""
    least = read_study(published.folder).min_cell_size
    frames = {name: published.table(name) for name in published.tables}
    for section in published.saved["documents"]["da"]["sections"]:
        for picture in section.get("pictures", ()):
            frames[picture["name"]] = pd.DataFrame(picture["frame"]["columns"])
    looked = 0
    for name, frame in frames.items():
        for column in [c for c in frame.columns if c in PEOPLE]:
            counts = pd.to_numeric(frame[column], errors="coerce").dropna()
            assert not ((counts > 0) & (counts < least)).any(), (name, column)
            looked += len(counts)
    assert looked > 30


# -- answers to the items of a scale


def no_hidden_answer_can_be_solved(published: Published) -> None:
    """With the shown levels, the sum and the mean of an item, every hidden count has more than one solution."""
    if "scale-answers" not in published.tables:
        return
    items = published.table("scale-items").set_index(["scale", "wave", "item"])
    least, tried = read_study(published.folder).min_cell_size, 0
    for key, group in published.table("scale-answers").groupby(["scale", "wave", "item"]):
        row = items.loc[key].iloc[0] if isinstance(items.loc[key], pd.DataFrame) else items.loc[key]
        hidden = group["n"].isna().to_numpy()
        total = int(group["answered"].iloc[0])
        levels = group["level"].to_numpy(float)
        if row["reversed"]:
            levels = levels.min() + levels.max() - levels
        shown = group["n"].to_numpy(float)[~hidden]
        rest, points = total - int(shown.sum()), float(shown @ levels[~hidden])
        if not hidden.any():
            assert row["mean"] == pytest.approx(points / total, abs=0.006), key
            continue
        fits = solutions(rest, levels[hidden].tolist(), total * row["mean"] - points, 0.005 * total + 1e-9)
        if (
            not hidden.all()
        ):  # a level that nobody chose would be shown, and none would be hidden without a few
            fits = [counts for counts in fits if 0 < min(counts) < least]
        assert fits, key
        assert all(len(set(column)) > 1 for column in zip(*fits, strict=True)), key
        tried += 1
    assert tried or not published.table("scale-answers")["n"].isna().any()


def solutions(rest: int, levels: list[float], points: float, slack: float) -> list[tuple[int, ...]]:
    """Return every way to share `rest` people among hidden levels, one at least in each, that gives the points."""
    if math.isnan(points):
        points, slack = 0.0, math.inf
    if len(levels) == 1:
        return [(rest,)] if rest > 0 and abs(rest * levels[0] - points) <= slack else []
    return [
        (first, *others)
        for first in range(1, rest)
        for others in solutions(rest - first, levels[1:], points - first * levels[0], slack)
    ]


def test_a_lone_hidden_level_would_be_solved() -> None:
    assert solutions(3, [2.0], 6.0, 0.0) == [(3,)]
    assert solutions(4, [1.0, 2.0], 7.0, 0.0) == [(1, 3)]
    assert len(solutions(4, [1.0, 2.0], 6.0, 1.0)) > 1
