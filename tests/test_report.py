"""The report: one safe page in two languages, tables for machines, and a folder that is whole or not there."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import math
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from test_figures import SMALL, made_results
from test_wording import ALLOWED, forbidden_words

from netlearn import figures
from netlearn.analysis.machine_tables import machine_tables
from netlearn.analysis.results import Results
from netlearn.errors import NetlearnError
from netlearn.report import build, check_target, section_network, section_whole, tables, write, write_report
from netlearn.study.workbook import workbook
from netlearn.wording import codes, columns, sentences

VOID = {"meta", "img", "br", "link", "hr", "input"}


class Page(HTMLParser):
    """The elements of a page in order, what is open where, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self.feed(text)
        self.faults += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("study")
    (folder / "SOURCE.md").write_text(
        "# Kilde\n\n**Alt her er `simuleret`.**\nIngen findes.\n\nMere.\n", encoding="utf-8", newline="\r\n"
    )
    return made_results(folder)


@pytest.fixture(scope="module")
def written(results: Results, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    out = tmp_path_factory.mktemp("out")
    made = {}
    for language in ("en", "da"):
        write_report(results, out / language, language)
        made[language] = files(out / language)
    return made


@pytest.fixture(scope="module")
def pages(written: dict[str, dict[str, bytes]]) -> dict[str, Page]:
    return {language: Page(made["report.html"].decode("utf-8")) for language, made in written.items()}


# -- the page


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_page_is_well_built(pages: dict[str, Page], language: str) -> None:
    found = pages[language]
    assert found.faults == []
    assert found.all("html") == [{"lang": language}]
    assert len(found.all("h1")) == len(found.all("main")) == 1
    headings = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h[1-6]", tag)]
    assert headings[0] == 1
    assert set(headings[1:]) == {2, 3}
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    first_link = found.all("a")[0]["href"]
    assert first_link is not None
    assert first_link.removeprefix("#") in ids


def test_the_page_holds_nothing_foreign(pages: dict[str, Page], written: dict[str, dict[str, bytes]]) -> None:
    found, raw = pages["en"], written["en"]["report.html"].decode("utf-8")
    policy = next(m["content"] for m in found.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert (rules["default-src"], rules["img-src"]) == ("'none'", "data:")
    assert not re.search("unsafe|http|self", policy)
    for rule, opening in (("style-src", "<style>"), ("script-src", "<script>")):
        whole = re.findall(f"{opening}(.*?)</{opening[1:]}", raw, re.DOTALL)
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in whole]
        assert sorted(rules[rule].split()) == sorted({f"'sha256-{one}'" for one in hashes})
    assert [attrs.get("type", "") for attrs in found.all("script")] == ["application/json", ""]
    assert not [attrs for attrs in found.all("script") if "src" in attrs]
    assert not found.all("link")
    assert not found.all("iframe")
    assert all(str(a["href"]).startswith("#") for a in found.all("a"))
    assert not [name for _, attrs in found.elements for name in attrs if name.startswith("on")]
    assert "url(" not in raw


def test_every_figure_stands_in_the_page_with_words(
    pages: dict[str, Page], written: dict[str, dict[str, bytes]]
) -> None:
    images = pages["da"].all("img")
    drawn = [name for name in written["da"] if name.endswith(".svg")]
    assert len(images) == len(drawn) == len([name for name in written["da"] if name.endswith(".png")])
    assert all(str(image["src"]).startswith("data:image/svg+xml;base64,") for image in images)
    assert all(image["alt"] for image in images)
    assert len({image["alt"] for image in images}) == len(images)


def test_tables_have_captions_scopes_and_a_box_of_their_own(pages: dict[str, Page]) -> None:
    found = pages["en"]
    assert len(found.all("table")) == len(found.all("caption"))
    assert {attrs.get("scope") for attrs in found.all("th")} == {"col", "row"}
    boxes = [attrs for attrs in found.all("div") if str(attrs.get("class")).startswith("scroll")]
    assert len(boxes) == len(found.all("table"))
    assert all(attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in boxes)


def test_the_order_of_the_sections(pages: dict[str, Page]) -> None:
    sections = [attrs["id"] for attrs in pages["en"].all("section")]
    assert sections == [
        *("answer", "response", "map", "change", "outcomes", "limits"),
        *("turnover", "handling", "certainty", "method", "checklist"),
    ]


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_headline_and_what_it_may_not_be_called(
    pages: dict[str, Page], results: Results, language: str
) -> None:
    change, text = results.primary.change, pages[language].text.replace("\N{NO-BREAK SPACE}", " ")
    for said in (
        sentences.finding(change, language),
        sentences.verdict(change, language),
        sentences.basis(change, language),
        sentences.not_called(language),
    ):
        assert said.replace("\N{NO-BREAK SPACE}", " ") in text
    assert ALLOWED.search(text)
    assert not forbidden_words(text)
    assert "nan" not in text.lower().replace("kommunan", "").split()


def test_the_languages_are_not_mixed(pages: dict[str, Page]) -> None:
    english, danish = pages["en"].text, pages["da"].text
    assert "Verdict:" in english
    assert "Vurdering:" not in english
    assert "Vurdering:" in danish
    assert "Verdict:" not in danish
    assert re.search(r"\d,\d+ kolleger pr\. person", danish)
    assert re.search(r"\d\.\d+ colleagues per person", english)


def test_names_are_plain_text_and_small_departments_are_pooled(
    pages: dict[str, Page], written: dict[str, dict[str, bytes]]
) -> None:
    raw = written["da"]["report.html"].decode("utf-8")
    assert raw.count("<script") == 2
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw
    assert "=cmd()" in pages["da"].text
    assert "Ærø & <b>Ø</b>" in pages["da"].text
    assert "Børn & Unge" in pages["da"].text
    assert "(afdelinger samlet)" in pages["da"].text
    assert not any(name in raw for name in SMALL)


def test_no_person_is_in_any_file(written: dict[str, dict[str, bytes]]) -> None:
    for name, data in written["en"].items():
        assert not re.search(rb"\bk0\d\d\b", data) or name.endswith(".png"), name


def test_the_footer_says_where_the_data_come_from(pages: dict[str, Page], results: Results) -> None:
    text = pages["da"].text
    assert "Alt her er simuleret. Ingen findes." in text
    assert "Mere." not in text
    assert f"netlearn {results.provenance.versions['netlearn']}" in text
    assert "Startværdi 7; 99 tilfældige udtræk" in text
    assert not any(h in text for h in results.provenance.inputs.values())


def test_without_a_source_nothing_is_said(tmp_path: Path) -> None:
    assert build.source_paragraph(tmp_path) == ""
    (tmp_path / "SOURCE.md").write_text("# Only a heading\n", encoding="utf-8")
    assert build.source_paragraph(tmp_path) == ""


def test_every_outcome_has_its_row(results: Results) -> None:
    table = tables.outcomes_table(results, "en")
    assert len(table.rows) == len(results.outcomes)
    first = dict(zip(table.columns, table.rows[0], strict=True))
    assert first["Outcome"] == "Primary: Ties across departments, kontakt, før → efter"
    assert first["People"] == str(results.primary.change.n_people)
    assert first["Estimate"] == f"{results.primary.change.natural[0]:.1f} colleagues per person"
    assert first["p, Holm"] == "–"
    second = dict(zip(table.columns, table.rows[1], strict=True))
    assert re.fullmatch(r"[<>]? ?[01]\.\d{3}", second["p, Holm"])


def test_a_secondary_outcome_changed_only_if_it_stands_up_to_holm(results: Results) -> None:
    weak = [replace(r, p_holm=0.2) for r in results.secondary]
    rows = tables.outcomes_table(replace(results, secondary=tuple(weak)), "en").rows
    assert {row[-1] for row in rows if row[0].startswith("Secondary")} == {"cannot be decided, given Holm"}
    assert "Holm" not in rows[0][-1]


def test_what_only_describes_shows_no_p(results: Results) -> None:
    change = replace(results.primary.change, verdict="descriptive", guards=("few_respondents",))
    primary = replace(results.primary, result=change)
    told = replace(results, primary=primary, network=replace(results.network, outcome=primary))
    row = dict(zip(*(lambda t: (t.columns, t.rows[0]))(tables.outcomes_table(told, "en")), strict=True))
    assert row["p"] == row["p, wave swap"] == "–"
    assert {r[-1] for r in tables.ladder_table(told, "en").rows} == {"–"}
    few, many = (section_network.change_section(r, r.everybody, "en") for r in (told, results))
    assert len(many.texts) == len(few.texts) + 2
    assert "probability" in " ".join(many.texts)
    assert "probability" not in " ".join(few.texts)


def test_the_table_of_responses_counts_people(results: Results) -> None:
    table = tables.response_table(results, "en")
    assert table.columns == ("Department", "før", "midtvejs", "efter")
    row = results.response.query("wave == 'før'").iloc[0]
    assert table.rows[0][:1] == ("All",)
    assert table.rows[0][1].startswith(f"{row['answered']}/{row['employed']} (")


# -- the files


TABLES = {"outcomes", "ladder", "response", "handling", "mixing", "pairs", "turnover", "measures"}


def test_the_folder_holds_what_it_should(written: dict[str, dict[str, bytes]]) -> None:
    names = set(written["en"])
    assert {"report.html", "provenance.json", "tables.xlsx", ".netlearn"} <= names
    assert {n for n in names if n.startswith("tables/")} == {f"tables/{n}.csv" for n in TABLES}
    danish = {n for n in written["da"] if n.startswith("tables/")}
    assert danish == {f"tables/{n}{end}" for n in TABLES for end in (".csv", ".dk.csv")}
    assert json.loads(written["en"]["provenance.json"])["seed"] == 7


def test_tables_are_for_machines(written: dict[str, dict[str, bytes]], results: Results) -> None:
    for name, data in written["da"].items():
        if name.endswith(".csv") and not name.endswith(".dk.csv"):
            assert written["en"][name] == data
            assert b"\r" not in data
            assert not data.startswith(b"\xef\xbb\xbf")
            rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
            assert {len(row) for row in rows} == {len(rows[0])}
    outcomes = pd.read_csv(io.BytesIO(written["da"]["tables/outcomes.csv"]))
    assert outcomes["estimate"].tolist() == [r.change.estimate for r in results.outcomes]
    assert outcomes["colleagues"][0] == results.primary.change.natural[0]
    response = pd.read_csv(io.BytesIO(written["da"]["tables/response.csv"]))
    assert "'=cmd()" in set(response["department"])


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_danish_table_holds_what_the_machine_table_does(
    written: dict[str, dict[str, bytes]], name: str
) -> None:
    machine = pd.read_csv(io.BytesIO(written["da"][f"tables/{name}.csv"]))
    data = written["da"][f"tables/{name}.dk.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    danish = pd.read_csv(io.BytesIO(data), sep=";", decimal=",")
    assert list(danish.columns) == [columns.heading(column, name, "da") for column in machine.columns]
    danish.columns = machine.columns
    for column in machine.columns:
        assert (danish[column].isna() == machine[column].isna()).all()
        if pd.api.types.infer_dtype(machine[column].dropna()) in ("floating", "integer"):
            assert danish[column].tolist() == pytest.approx(machine[column].tolist(), rel=1e-14, nan_ok=True)
        else:
            words = [codes.in_words(value, column, name, "da") for value in machine[column].dropna()]
            assert danish[column].dropna().tolist() == words


# -- the workbook


@pytest.fixture(scope="module")
def book(written: dict[str, dict[str, bytes]]) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(written["da"]["tables.xlsx"]))


def test_the_workbook_holds_the_tables_after_its_notes(book: Any) -> None:
    assert book.sheetnames[0] == "Noter"
    assert set(book.sheetnames[1:]) == {columns.sheet(name, "da") for name in TABLES}
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    lines = [str(row[0].value) for row in book["Noter"].iter_rows()]
    assert any("færre end 5" in line for line in lines)


def test_the_notes_explain_every_sheet_and_every_heading(
    book: Any, written: dict[str, dict[str, bytes]]
) -> None:
    rows = [tuple(str(cell or "") for cell in row) for row in book["Noter"].iter_rows(values_only=True)]
    for name in TABLES:
        assert [row[2] for row in rows if row[:2] == (columns.sheet(name, "da"), f"tables/{name}.csv")] != [
            ""
        ]
        machine = pd.read_csv(io.BytesIO(written["da"][f"tables/{name}.csv"]))
        headings = {cell.value for cell in book[columns.sheet(name, "da")][1]}
        told = {columns.heading(column, name, "da"): column for column in machine.columns}
        assert headings == set(told)
        for heading, column in told.items():
            assert [row for row in rows if row[:2] == (heading, column) and row[2]], (name, column)


def test_numbers_of_the_workbook_are_numbers_and_nothing_is_a_formula(
    book: Any, written: dict[str, dict[str, bytes]]
) -> None:
    for name in TABLES:
        machine = pd.read_csv(io.BytesIO(written["da"][f"tables/{name}.csv"]))
        head, *rows = list(book[columns.sheet(name, "da")].iter_rows())
        told = {columns.heading(column, name, "da"): machine[column] for column in machine.columns}
        assert sorted(str(cell.value) for cell in head) == sorted(told)
        assert len(rows) == len(machine)
        for cell, cells in zip(head, zip(*rows, strict=True), strict=True):
            number = pd.api.types.infer_dtype(told[cell.value].dropna()) in ("floating", "integer")
            assert {one.data_type for one in cells if one.value is not None} <= {"n" if number else "s"}
            for one, value in zip(cells, told[cell.value], strict=True):
                assert (one.value is None) == bool(pd.isna(value))
                # openpyxl writes 16 digits, one more than Excel shows.
                assert not number or pd.isna(value) or one.value == pytest.approx(value, rel=1e-14)
    assert "'=cmd()" in {cell.value for cell in book["Svar"]["B"]}


def test_the_workbook_bears_no_time_of_making(written: dict[str, dict[str, bytes]]) -> None:
    with zipfile.ZipFile(io.BytesIO(written["da"]["tables.xlsx"])) as archive:
        assert len({info.date_time for info in archive.infolist()}) == 1
        core = archive.read("docProps/core.xml").decode("utf-8")
        assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"2000-01-01T00:00:00Z"}
        assert ">netlearn</dc:creator>" in core
        every = b"".join(archive.read(info) for info in archive.infolist())
        assert b"<f>" not in every
        assert not any(name.endswith((".bin", ".vml")) for name in archive.namelist())


def test_what_no_workbook_may_hold_is_a_blank(tmp_path: Path) -> None:
    import openpyxl

    table = pd.DataFrame({"a": ["x\x00y\x1bz\ufffe", "=1", None], "b": [math.inf, -0.5, math.nan]})
    # The last row is empty, so it is not there.
    data = workbook("T\x02", ("Notes", ["one"]), {"t": table})
    sheet = openpyxl.load_workbook(io.BytesIO(data))["t"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["x y z ", "inf"],
        ["'=1", -0.5],
    ]


# -- what is left out


def test_what_is_left_out_is_a_dash_with_a_note(results: Results) -> None:
    frame = results.response.astype({"employed": "Int64", "answered": "Int64"})
    wave, units = str(frame["wave"][0]), list(dict.fromkeys(frame["department"]))
    frame.loc[1, ["employed", "answered", "share"]] = pd.NA
    told = replace(results, response=frame)
    table = tables.response_table(told, "da")
    assert dict(zip(table.columns, table.rows[1], strict=True))[wave] == "–"
    assert table.rows[1][0] == units[1]
    assert sum(cell == "–" for row in table.rows for cell in row) == 1
    note = "færre end 5 personer bag tallet"
    assert note in section_whole.response_section(told, "da").small[0]
    assert section_whole.response_section(results, "da").small == ()
    label = figures.plot_response(told, language="da").get_yticklabels()[1].get_text()
    others = frame.loc[(frame["department"] == units[1]) & frame["employed"].notna(), "employed"]
    assert label.endswith(f"(n = {others.iloc[0]})")
    gone = frame.copy()
    gone.loc[gone["department"] == units[1], ["employed", "answered", "share"]] = pd.NA
    label = figures.plot_response(gone, language="da").get_yticklabels()[1].get_text()
    assert label.endswith("(–)")


def test_a_hidden_pair_has_no_number_and_no_colour(results: Results) -> None:
    hidden = np.zeros((len(results.everybody.mixing_cells),) * 2, bool)
    hidden[0, 1] = hidden[1, 0] = hidden[0, 2] = hidden[1, 2] = True
    mixing = {wave: table.mask(hidden) for wave, table in results.everybody.mixing.items()}
    cells = results.everybody.mixing_cells.mask(hidden)
    told = replace(results, network=replace(results.network, mixing=mixing, mixing_cells=cells))
    for wave in ("efter", ("før", "efter")):
        ax = figures.plot_mixing(told, wave, language="da")
        mesh = ax.collections[0]
        assert np.ma.getmaskarray(mesh.get_array()).reshape(hidden.shape).tolist() == hidden.tolist()
        mesh.update_scalarmappable()
        colours = mesh.get_facecolors()
        assert (colours[hidden.ravel(), 3] == 0).all()
        assert (colours[~hidden.ravel(), 3] == 1).all()
        dashes = {t.get_position() for t in ax.texts if t.get_text() == "–"}
        assert dashes == {(column + 0.5, row + 0.5) for row, column in np.argwhere(hidden)}
        assert len([t for t in ax.texts if t.get_text() != "–"]) == (~hidden).sum()
        assert "færre end 5 personer" in " ".join(ax.get_xlabel().split())
        ax.figure.draw_without_rendering()
        box = ax.xaxis.label.get_window_extent()
        assert ax.figure.bbox.x0 - 1 <= box.x0 < box.x1 <= ax.figure.bbox.x1 + 1
    assert "færre" not in figures.plot_mixing(results, "efter", language="da").get_xlabel()
    written = machine_tables(told)["mixing"]
    assert written["density"].isna().sum() == 2 * hidden.sum()


def test_twice_the_same_bytes(results: Results, written: dict[str, dict[str, bytes]], tmp_path: Path) -> None:
    found = write_report(results, tmp_path / "again")
    assert found == tmp_path / "again" / "report.html"
    assert files(tmp_path / "again") == written["da"]


# -- whole or not at all. These need a folder, not a true report.


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(folder: Path, results: Results, language: str) -> None:
        folder.mkdir()
        (folder / "report.html").write_text("new", encoding="utf-8")
        (folder / write.MARKER).write_text(f"{write.MARK}\nreport.html\nold.csv\n", encoding="utf-8")

    monkeypatch.setattr(write, "_fill", fill)


def test_an_earlier_report_is_replaced_and_an_empty_folder_used(
    results: Results, tmp_path: Path, quick: None
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    write_report(results, target)
    (target / "old.csv").write_text("old", encoding="utf-8")  # netlearn's own, from an earlier run
    (target / "Thumbs.db").write_text("x", encoding="utf-8")  # the system's, nobody's work
    write_report(results, target)
    assert set(files(target)) == {"report.html", write.MARKER}
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_file_of_somebody_inside_a_report_is_not_thrown_away(
    results: Results, tmp_path: Path, quick: None, language: str
) -> None:
    target = tmp_path / "out"
    write_report(results, target)
    (target / "notes.txt").write_text("my notes", encoding="utf-8")
    with pytest.raises(NetlearnError, match=r"notes\.txt"):
        write_report(results, target, language)
    assert (target / "notes.txt").read_text(encoding="utf-8") == "my notes"


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_folder_of_others_is_left_alone(results: Results, tmp_path: Path, language: str) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    (target / "thesis.docx").write_text("x", encoding="utf-8")
    with pytest.raises(NetlearnError, match="--out"):
        write_report(results, target, language)
    with pytest.raises(NetlearnError, match=re.escape(str(target))):
        check_target(target, language)
    assert files(target) == {"thesis.docx": b"x"}
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_in_the_way_is_left_alone(results: Results, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(NetlearnError, match="not made by netlearn"):
        write_report(results, tmp_path / "out", "en")
    assert files(tmp_path) == {"out": b"x"}


def test_nothing_is_left_when_the_writing_fails(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError("no ink")

    monkeypatch.setattr(write, "render", fail)
    with pytest.raises(RuntimeError, match="no ink"):
        write_report(results, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("failing", [1, 2])
def test_the_old_report_stays_when_the_new_one_cannot_be_put(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None, failing: int
) -> None:
    target = tmp_path / "out"
    write_report(results, target)
    (target / "report.html").write_text("old", encoding="utf-8")
    rename, calls = Path.rename, []

    def refuse(self: Path, other: Path) -> Path:
        calls.append(other)
        if len(calls) == failing:
            raise PermissionError(13, "in use")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(NetlearnError, match="in use"):
        write_report(results, target, "en")
    assert (target / "report.html").read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_old_report_that_cannot_go_back_is_not_lost(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    target = tmp_path / "out"
    write_report(results, target)
    (target / "report.html").write_text("old", encoding="utf-8")
    rename, calls = Path.rename, []

    def refuse(self: Path, other: Path) -> Path:
        calls.append(other)
        if len(calls) > 1:
            raise PermissionError(13, "in use")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises((NetlearnError, OSError)):
        write_report(results, target, "en")
    assert [p.read_text(encoding="utf-8") for p in tmp_path.rglob("old/report.html")] == ["old"]
