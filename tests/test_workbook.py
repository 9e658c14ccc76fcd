"""The workbook is for people: codes in words, whole numbers whole, no p as 0, a head that stays and is printed."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from netlearn.study.cell_formats import PERCENT, formats, is_percent, shown
from netlearn.study.sheet import lines_of
from netlearn.study.spreadsheet import danish_csv
from netlearn.study.workbook import tables_workbook
from netlearn.wording.columns import column

LONG = "hvor meget afstanden mellem krav og kunnen er blevet mindre: metoder, også på sygedagpengeområdet"
OUTCOMES = pd.DataFrame(
    {
        "role": ["primary", "secondary", "placebo"],
        "title": ["kontakt", LONG, "=cmd()"],
        "unit": ["share of observed cross cells", "scale", "points"],
        "wave": ["før -> efter"] * 3,
        "estimate": [0.0203457, 2.5, -25.25],
        "low": [0.0145401, 1.0, -30.0],
        "high": [0.0261514, 4.0, math.nan],
        "n_people": [83.0, 1204.0, math.nan],
        "n_dyads": pd.array([7459, None, None], dtype="Int64"),
        "p_value": [1.86e-9, 0.0341, 0.9997],
        "p_holm": [math.nan, 1.0, 0.001],
        "alpha": [0.05, 0.05, 0.05],
        "exact": [True, False, True],
        "beyond_departments": [1.0, 0.0, math.nan],
    }
)
TABLES = {
    "outcomes": OUTCOMES,
    "response": pd.DataFrame({"department": ["all", "(pooled)"], "share": [0.7857, 1.0]}),
}


def book(language: str = "da") -> Any:
    return openpyxl.load_workbook(io.BytesIO(tables_workbook("T", TABLES, 5, language)))  # type: ignore[arg-type]


def cells(sheet: Any, heading: str) -> list[Any]:
    at = [cell.value for cell in sheet[1]].index(heading)
    return [row[at] for row in sheet.iter_rows(min_row=2)]


def values(sheet: Any, heading: str) -> list[Any]:
    return [cell.value for cell in cells(sheet, heading)]


def test_codes_are_words_in_the_language_of_the_reader() -> None:
    sheet = book()["Udfald"]
    assert values(sheet, "Rolle") == ["Primært", "Sekundært", "Kontrol"]
    assert values(sheet, "Enhed")[0] == "andel af mulige forbindelser på tværs af afdelinger"
    assert values(sheet, "Måling") == ["før → efter"] * 3
    assert values(sheet, "Alle mulige") == ["ja", "nej", "ja"]
    assert values(sheet, "Ud over afdelinger") == ["ja", "nej", None]
    assert values(sheet, "Titel") == ["kontakt", LONG, "'=cmd()"]
    assert values(book()["Svar"], "Afdeling") == ["Alle", "(afdelinger samlet)"]
    english = book("en")
    assert values(english["outcomes"], "role") == ["Primary", "Secondary", "Check"]
    assert values(english["outcomes"], "exact") == ["yes", "no", "yes"]
    assert values(english["response"], "department") == ["All", "(departments pooled)"]


def test_numbers_keep_all_digits_and_are_shown_as_they_are_read() -> None:
    sheet = book()["Udfald"]
    assert values(sheet, "Resultat") == OUTCOMES["estimate"].tolist()
    assert [c.number_format for c in cells(sheet, "Resultat")] == ["0.0000", "0.00", "0.00"]
    assert [c.number_format for c in cells(sheet, "Nedre grænse")] == ["0.0000", "0.00", "0.00"]
    assert values(sheet, "Personer bag") == [83, 1204, None]
    assert [c.number_format for c in cells(sheet, "Personer bag")[:2]] == ["#,##0"] * 2
    assert values(sheet, "Par bag") == [7459, None, None]
    assert [c.number_format for c in cells(book()["Svar"], "Andel")] == ["0.0%"] * 2
    assert [c.number_format for c in cells(sheet, "Niveau for afgørelse")] == ["0%"] * 3


def test_no_p_is_shown_as_0_nor_rounded_up_to_1() -> None:
    sheet = book()["Udfald"]
    told = cells(sheet, "p-værdi")
    assert [cell.value for cell in told] == OUTCOMES["p_value"].tolist()  # numbers, all of them
    assert [cell.number_format for cell in told] == [
        '[<0.001]"< 0,001";0.000',
        "0.000",
        '[>0.999]"> 0,999";0.000',
    ]
    assert [c.number_format for c in cells(sheet, "p-værdi, Holm")] == ["General", "0.000", "0.000"]
    english = cells(book("en")["outcomes"], "p_value")
    assert english[0].number_format == '[<0.001]"< 0.001";0.000'


def test_a_number_that_is_not_0_is_not_shown_as_0() -> None:
    told = formats({"dz": [2.5, 0.0004, 0.0, 1e-12]}, "t")["dz"]
    assert told == ["0.00", "0.0000", "0.00", "0.000000"]
    assert formats({"share": [0.5, 0.0001, 0.0]}, "t")["share"] == ["0.0%", "0.00%", "0.0%"]


def test_an_end_of_an_interval_has_the_decimals_of_what_it_belongs_to() -> None:
    told = formats({"dz": [12.5], "dz_low": [0.123], "dz_high": [22.0], "icc": [0.123]}, "t")
    assert told == {"dz": ["0.00"], "dz_low": ["0.00"], "dz_high": ["0.00"], "icc": ["0.000"]}


def test_what_is_shown_in_per_cent_is_a_share_of_1() -> None:
    """The notes must say so, in both languages; differences of shares are told by the notes as points."""
    differences = ("change", "difference", "low", "high", "trained", "others", "before", "after")
    for name in sorted(PERCENT):
        table, _, bare = name.rpartition(".")
        known = column(bare, table)
        assert known is not None, name
        if bare not in differences and not bare.endswith(("_low", "_high")):
            assert "share" in known.meaning[0], name
            assert "andel" in known.meaning[1].lower() or "bevaret" in known.meaning[1], name
    assert not is_percent("level", "scale-answers")
    assert not is_percent("alpha", "scale-quality")


def test_the_unit_stands_beside_the_number_that_it_is_of() -> None:
    heads = [cell.value for cell in book()["Udfald"][1]]
    assert heads[heads.index("Resultat") - 1] == "Enhed"
    assert len(heads) == len(OUTCOMES.columns)


def test_what_a_row_is_about_stands_first() -> None:
    ladder = pd.DataFrame({"level": ["arc"], "estimate": [0.5], "role": ["primary"], "title": ["kontakt"]})
    data = tables_workbook("T", {"ladder": ladder}, 5, "da")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Usikkerhed"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Rolle", "Titel", "Regnet på", "Resultat"],
        ["Primært", "kontakt", "Svar", 0.5],
    ]


def test_sheets_can_be_read_and_printed() -> None:
    made = book()
    for sheet in made.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages high as it takes
        assert sheet.oddFooter.right.text == "&P / &N"
    for name in ("Udfald", "Svar"):
        assert made[name].print_title_rows == "$1:$1"
        assert all(cell.font.b and cell.alignment.wrap_text for cell in made[name][1])
    assert not list(made.defined_names)


def test_widths_and_heights_hold_what_is_seen() -> None:
    sheet = book()["Udfald"]
    for column_cells in sheet.iter_cols():
        width = sheet.column_dimensions[column_cells[0].column_letter].width
        assert width <= 48
        for cell in column_cells[1:]:
            if isinstance(cell.value, str):
                high = sheet.row_dimensions[cell.row].height or 15
                assert math.ceil(len(cell.value) / width) * 15 <= high
            elif cell.value is not None:
                assert len(shown(cell.value, cell.number_format)) < width
    assert sheet.column_dimensions["E"].width < 60
    # 97 letters in a column of 48.
    assert sheet.row_dimensions[3].height >= 3 * 15


@pytest.mark.parametrize(
    ("text", "width", "lines"), [("a", 10, 1), ("aaaa bbbb", 9, 2), ("a" * 20, 9, 4), ("", 9, 1)]
)
def test_lines_are_broken_between_words(text: str, width: float, lines: int) -> None:
    assert lines_of(text, width) == lines


def test_the_notes_say_which_table_is_for_whom() -> None:
    told = {
        "da": ("Noter", "tables/NAVN.csv", "projektmappe"),
        "en": ("Notes", "tables/NAME.csv", "workbook"),
    }
    for language, (name, file, word) in told.items():
        rows = [str(row[0].value or "") for row in book(language)[name].iter_rows()]
        assert any(file in line for line in rows)
        assert any(word in line for line in rows)
    rows = list(book()["Noter"].iter_rows(values_only=True))
    assert ("Primært", "primary", "Rolle") in [row[:3] for row in rows]
    assert ("Afdelinger med færre end 5, der svarede, er vist samlet som (afdelinger samlet).",) in [
        row[:1] for row in rows
    ]


def test_a_danish_csv_has_words_and_whole_numbers(tmp_path: Path) -> None:
    danish_csv(OUTCOMES, tmp_path / "t.csv", "outcomes")
    head, *rows = (tmp_path / "t.csv").read_text("utf-8-sig").splitlines()
    told = [dict(zip(head.split(";"), row.split(";"), strict=True)) for row in rows]
    assert [row["Rolle"] for row in told] == ["Primært", "Sekundært", "Kontrol"]
    assert [row["Personer bag"] for row in told] == ["83", "1204", ""]
    assert [row["Par bag"] for row in told] == ["7459", "", ""]
    assert [row["Resultat"] for row in told] == ["0,0203457", "2,5", "-25,25"]
    assert told[0]["p-værdi"] == "0,00000000186"
    assert [row["Alle mulige"] for row in told] == ["ja", "nej", "ja"]
    assert [row["Ud over afdelinger"] for row in told] == ["ja", "nej", ""]
