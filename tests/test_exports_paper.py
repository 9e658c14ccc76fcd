"""Tables for papers: LaTeX and Markdown that say what the table says, and a workbook that is whole or not there."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from test_figures import SMALL, made_results

from netlearn.analysis import excel
from netlearn.analysis.latex import escape_latex
from netlearn.analysis.paper import paper_table
from netlearn.analysis.results import Results
from netlearn.analysis.shown_table import Table
from netlearn.errors import NetlearnError
from netlearn.report import tables, write_report

NAMES = ("outcomes", "certainty", "response", "ladder", "handling", "turnover", "mixing")
NASTY = (
    r"R&D 100 % a_b $x$ #1 ~ ^ \cmd{x} <script> «ÆØÅæøå» [0pt] *y* | ` '' -- ,, −1,5 → “q” =cmd() @x",
    "[2cm] first",
    "* star",
    r"\\ | \| `code` <b>&lt;</b> ![x](y)",
    "",
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study"))


# -- LaTeX, read by a parser that knows only what a table of ours may hold

COMMANDS = {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciigrave": "`",
    "guillemotleft": "«",
    "guillemotright": "»",
    "char34": '"',
}
MATHS = {"-": "−", r"\rightarrow": "→", r"\times": "×", r"\leq": "≤", r"\geq": "≥", r"\infty": "∞"}
TOKEN = re.compile(
    r"\\(?P<command>[a-z]+\d*)\{\}|\\(?P<sign>[{}&%$#_,-])|\$(?P<math>[^$]*)\$|(?P<group>\{(?P<in>[]\[*]?)\})"
    r"|(?P<tie>~)|(?P<plain>[^\\{}&%$#_~^<>|`\"])"
)


def decoded(tex: str) -> str:
    """The text that LaTeX prints; whatever is neither plain nor one of our commands is a fault."""
    out, at = [], 0
    while at < len(tex):
        found = TOKEN.match(tex, at)
        assert found, f"not escaped: {tex[at : at + 20]!r}"
        if found["command"]:
            out.append(COMMANDS[found["command"]])
        elif found["sign"]:
            out.append({",": "\N{NARROW NO-BREAK SPACE}", "-": ""}.get(found["sign"], found["sign"]))
        elif found["math"] is not None:
            out.append(MATHS[found["math"]])
        elif found["group"]:
            out.append(found["in"])
        else:
            out.append("\N{NO-BREAK SPACE}" if found["tie"] else found["plain"])
        at = found.end()
    return "".join(out)


def parsed(tex: str) -> tuple[str, str, list[str], list[list[str]], list[str]]:
    """Caption, label, sides of the columns, rows (the headings first) and notes of one table."""
    body = re.fullmatch(
        r"%[^\n]*\n\\begin\{table\}\[htbp\]\n\\centering\n\\caption\{(?P<caption>.*)\}\n(\\label\{(?P<label>.*)\}\n)?"
        r"\\footnotesize\\setlength\{\\tabcolsep\}\{4pt\}\n\\begin\{tabular\}\{@\{\}(?P<columns>.*)@\{\}\}\n"
        r"\\toprule\n(?P<head>.*)\n\\midrule\n(?P<rows>(.*\n)*)\\bottomrule\n\\end\{tabular\}\n"
        r"(?P<notes>(\\par.*\n)*)\\end\{table\}\n",
        tex,
    )
    assert body
    column = r"l|r|>\{\\ragged(?:right|left)\\arraybackslash\}p\{0\.\d\d\\linewidth\}"
    sides = re.findall(column, body["columns"])
    assert "".join(sides) == body["columns"]
    rows = []
    for line in [body["head"], *body["rows"].splitlines()]:
        assert line.endswith(r" \\")
        rows.append([decoded(cell) for cell in re.split(r"(?<!\\)&", line.removesuffix(r" \\"))])
    rows = [[cell.removeprefix(" ") for cell in row] for row in rows]
    rows = [[cell.removesuffix(" ") for cell in row[:-1]] + row[-1:] for row in rows]
    notes = re.findall(r"\\par\\smallskip\{\\footnotesize\\raggedright (.*)\\par\}\n", body["notes"])
    right = ["right" if side == "r" or "raggedleft" in side else "left" for side in sides]
    return decoded(body["caption"]), body["label"] or "", right, rows, [decoded(note) for note in notes]


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("name", NAMES)
def test_latex_says_what_the_table_says(results: Results, name: str, language: str) -> None:
    table = paper_table(results, name, language)
    caption, label, sides, rows, notes = parsed(results.to_latex(name, language))
    assert caption == table.caption
    assert label == f"tab:{name}"
    assert sides == ["right" if right else "left" for right in table.numeric]
    assert [tuple(row) for row in rows] == [table.columns, *table.rows]
    assert tuple(notes) == table.notes


def test_latex_of_any_text_is_text() -> None:
    table = Table(NASTY[0], ("a", NASTY[0]), tuple((text, text) for text in NASTY), (False, True), NASTY[:1])
    caption, label, _, rows, notes = parsed(table.to_latex("tab:æ {x} %"))
    assert caption == notes[0] == NASTY[0]
    assert rows[1:] == [[text, text] for text in NASTY]
    assert re.fullmatch(r"[A-Za-z0-9:.-]+", label)


def test_latex_keeps_a_decimal_comma_and_danish_letters_as_text() -> None:
    assert escape_latex("−1,5 Ærø") == "$-$1,5 Ærø"
    assert escape_latex("-- ''") == "-{}- '{}'"
    assert escape_latex("a\x00b\u202ec\nd") == "a b c d"


def test_what_is_not_escaped_is_found() -> None:
    with pytest.raises(AssertionError, match="not escaped"):
        decoded("R&D")
    with pytest.raises(AssertionError, match="not escaped"):
        decoded("100 %")


def test_long_tables_keep_to_the_line(results: Results) -> None:
    tex = results.to_latex("outcomes")
    widths = [float(width) for width in re.findall(r"p\{(0\.\d\d)\\linewidth\}", tex)]
    assert widths
    assert sum(widths) < 1
    assert "p{" not in results.to_latex("ladder")


# -- Markdown


def pipes(text: str) -> list[list[str]]:
    """The cells of a table between pipes, without the backslashes that keep marks from being markup."""
    lines = text.split("\n\n")[0].splitlines()
    cells = [re.split(r"(?<!\\)(?:\\\\)*\|", line.strip())[1:-1] for line in lines]
    return [[re.sub(r"\\([^A-Za-z0-9\s])", r"\1", cell.strip(" ")) for cell in row] for row in cells]


@pytest.mark.parametrize("name", NAMES)
def test_markdown_says_what_the_table_says(results: Results, name: str) -> None:
    table, text = paper_table(results, name), results.to_markdown(name)
    head, sides, *rows = pipes(text)
    assert tuple(head) == table.columns
    assert sides == ["---:" if right else ":---" for right in table.numeric]
    assert [tuple(row) for row in rows] == list(table.rows)
    assert text.split("\n\n")[1].startswith("Table: ")


def test_markdown_of_any_text_is_text() -> None:
    nasty = [text for text in NASTY if "\\\\" not in text]
    table = Table("c|d", ("a", "b|c"), tuple((text, "x\r\ny\nz") for text in nasty), (False, False))
    text = table.to_markdown()
    _, _, *rows = pipes(text)
    assert rows == [[one, "x y z"] for one in nasty]
    assert "<script" not in text.replace("\\<script", "")
    assert "$x$" not in text
    assert "Table: c\\|d" in text


def test_markdown_can_be_read_by_pandas(results: Results) -> None:
    frame = pd.read_csv(io.StringIO(results.to_markdown("turnover", "en")), sep="|", skipinitialspace=True)
    kept = frame.loc[[1, 2, 3], next(name for name in frame if "Kept" in name and "of" not in name)]
    assert [float(value) for value in kept] == list(results.everybody.turnover["kept"])


# -- the table of outcomes


def comma(x: float, digits: int) -> str:
    return f"{x:.{digits}f}".replace(".", ",").replace("-", "−")


def test_the_table_of_outcomes_holds_the_numbers(results: Results) -> None:
    change, first = results.primary.change, paper_table(results, "outcomes").rows[0]
    assert change.natural is not None
    estimate, low, high = (comma(x, 1) for x in change.natural)
    assert max(abs(x) for x in change.natural) >= 1
    p = "< 0,001" if change.p_value < 0.001 else comma(change.p_value, 3)
    assert first == (
        "Primært",
        "Forbindelser på tværs af afdelinger, kontakt, før → efter",
        f"{estimate} ({low} til {high})",
        "kolleger pr. person",
        str(change.n_people),
        f"{change.n_dyads:,}".replace(",", "."),
        p,
        "–",
        first[-1],
    )
    told = [row for row in paper_table(results, "outcomes", "en").rows if row[0] == "Secondary"]
    holm = [found.p_holm for found in results.secondary]
    assert [row[7] for row in told] == ["< 0.001" if p < 0.001 else f"{p:.3f}" for p in holm]
    assert paper_table(results, "outcomes", "en").columns[2].replace("\N{NO-BREAK SPACE}", " ") == (
        "Estimate (95 % interval)"
    )


def test_no_p_is_zero_or_one(results: Results) -> None:
    for p, said in ((1e-12, "< 0.001"), (0.00049, "< 0.001"), (0.0341, "0.034"), (0.99999, "> 0.999")):
        found = replace(results.primary, result=replace(results.primary.change, p_value=p))
        row = paper_table(replace(results, primary=found), "outcomes", "en").rows[0]
        assert row[6] == said


def test_intervals_of_several_levels_are_each_named(results: Results) -> None:
    found = replace(results.primary, result=replace(results.primary.change, alpha=0.1))
    table = paper_table(replace(results, primary=found), "outcomes", "en")
    assert table.columns[2] == "Estimate (interval)"
    said = [row[2].replace("\N{NO-BREAK SPACE}", " ") for row in table.rows]
    assert "(90 % interval " in said[0]
    assert all("(95 % interval " in cell for cell in said[1:])


def test_what_may_not_be_shown_is_a_dash(results: Results) -> None:
    few = replace(results, primary=replace(results.primary, shown=False))
    table = paper_table(few, "outcomes", "en")
    assert [table.rows[0][at] for at in (2, 4, 5)] == ["–", "–", "–"]
    assert any("fewer than 5 people" in note for note in table.notes)
    assert paper_table(results, "ladder", "en").rows[-1][2:] == ("–", "–", "–", "–")


def test_mixing_has_the_numbers_of_the_shown_table_in_both_waves(results: Results) -> None:
    mixing = {wave: shown.copy() for wave, shown in results.everybody.mixing.items()}
    mixing["efter"].iloc[0, 1] = np.nan
    hidden = replace(results, network=replace(results.everybody, mixing=mixing))
    table = paper_table(hidden, "mixing", "en")
    k = len(next(iter(mixing.values())))
    assert table.columns[2:] == tuple(str(at + 1) for at in range(k))
    said = [cell for row in table.rows for cell in row[2:]]
    values = [value for shown in mixing.values() for value in shown.to_numpy().ravel()]
    assert said == ["–" if value != value else f"{100 * value:.1f}" for value in values]
    assert said.count("–") == 1
    text = results.to_markdown("mixing") + results.to_latex("mixing")
    assert not any(name in text for name in SMALL)


def test_report_and_paper_make_tables_in_one_way(results: Results) -> None:
    shown = results.titled()
    for name in ("response", "certainty", "ladder", "handling", "turnover"):
        assert getattr(tables, f"{name}_table")(shown, "da") == paper_table(results, name, "da")


@pytest.mark.parametrize("write", ["to_latex", "to_markdown"])
def test_another_table_or_language_is_refused_by_name(results: Results, write: str) -> None:
    with pytest.raises(NetlearnError, match=r"no table 'x'.*outcomes, certainty, response, ladder.*mixing"):
        getattr(results, write)("x")
    with pytest.raises(NetlearnError, match="evidence"):
        getattr(results, write)("evidence")
    with pytest.raises(NetlearnError, match="language must be one of"):
        getattr(results, write)("outcomes", "de")
    with pytest.raises(NetlearnError, match=r"expected one of outcomes, certainty, response\."):
        getattr(replace(results, network=None), write)("ladder")


# -- the workbook


def test_the_workbook_is_that_of_the_report(results: Results, tmp_path: Path) -> None:
    for language in ("en", "da"):
        write_report(results, tmp_path / language, language)
        made = results.to_excel(tmp_path / f"{language}.xlsx", language)
        assert made == tmp_path / f"{language}.xlsx"
        assert made.read_bytes() == (tmp_path / language / "tables.xlsx").read_bytes()


def test_the_workbook_has_numbers_as_numbers(results: Results, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(results.to_excel(tmp_path / "t.xlsx", "en"))
    head, first, *_ = book["outcomes"].iter_rows(values_only=True)
    row = dict(zip(head, first, strict=True))
    assert row["estimate"] == pytest.approx(results.table["estimate"].iloc[0])
    assert row["n_people"] == results.primary.change.n_people
    assert book["outcomes"].freeze_panes == "A2"
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert "f" not in {cell.data_type for cell in cells}
    assert any(cell.value == "'=cmd()" for cell in cells)


def test_the_workbook_is_whole_or_not_there(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "t.xlsx"
    target.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(NetlearnError, match="No space left on device"):
            results.to_excel(target)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"t.xlsx": b"old"}
    results.to_excel(target)
    assert target.read_bytes()[:2] == b"PK"


def test_a_workbook_needs_its_ending_and_its_folder(results: Results, tmp_path: Path) -> None:
    for name in ("t.xls", "t.csv", "t"):
        with pytest.raises(NetlearnError, match=r"\.xlsx"):
            results.to_excel(tmp_path / name)
    with pytest.raises(NetlearnError, match="mappe findes"):
        results.to_excel(tmp_path / "nowhere" / "t.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_with_somebody_in_it_is_not_written(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def found(sensitive: object, files: dict[str, bytes]) -> object:
        seen.extend(files)
        raise NetlearnError("somebody")

    monkeypatch.setattr(excel, "sensitive_words", lambda study: object())
    monkeypatch.setattr(excel, "scan_files", found)
    with pytest.raises(NetlearnError, match="somebody"):
        results.to_excel(tmp_path / "t.xlsx")
    assert seen == ["t.xlsx"]
    assert list(tmp_path.iterdir()) == []
