"""XLSForm: pyxform takes it, and what people must not do it does not let them do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import forms
import pytest
import studies
from exports.truth import Person
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from netlearn.survey.instrument import read_plan, write_instrument
from netlearn.survey.instrument.xlsform import safe

PEOPLE = (
    Person("k1", "Anne Dam", "Nord", "a@example.org"),
    Person("k2", "=cmd|'/C calc'!A0", "<script>alert(1)</script>", "b@example.org"),
    Person("k3", 'Bo "B", Holm\n${contact}', "=SUM(A1)", "c@example.org"),
    Person("k4", "*Ida* _Lund_ & Søn", "Nord", "d@example.org"),
    Person("k5", "Z" * 200, "=SUM(A1)", "e@example.org"),
    Person("k6", "أحمد", "<script>alert(1)</script>", "f@example.org"),
)
SCALE = '\n[[scales]]\nname = "trust"\nquestion = "Hvor enig?"\nitems = { "t1" = "Jeg stoler", "t2" = "De stoler" }\n'
SCALE += 'levels = { "1" = 1, "2" = 2 }\nanswers = { "1" = "Uenig", "2" = "Enig" }\n'
SCALE += '\n[[scales]]\nname = "cases"\nitems = { "cases" = "Hvor mange?" }\n'
SCALE += '\n[[scales]]\nname = "years"\nkind = "background"\nitems = { "years" = "Hvor længe?" }\n'


def made(
    tmp_path: Path,
    kind: forms.Kind,
    people: tuple[Person, ...] = PEOPLE,
    language: str = "da",
    **options: str,
) -> Path:
    text = forms.study_text(forms.RELATIONS[kind], language=language, extra=SCALE, **options)
    folder = studies.write(tmp_path, {"study.toml": text, "roster.csv": forms.roster_text(people)})
    return write_instrument(read_plan(folder), "xlsform")


def rows(path: Path, sheet: str = "survey") -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in forms.sheet_rows(path, sheet) if row.get("name")}


@pytest.mark.parametrize("roster", ['name = "name"\n', "", 'name = "name"\nkey = "key"\n'])
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", forms.KINDS)
def test_pyxform_takes_it_without_a_warning(
    tmp_path: Path, kind: forms.Kind, language: str, roster: str
) -> None:
    path = made(tmp_path, kind, language=language, roster=roster)
    result = convert(path.read_bytes(), validate=False)
    assert result.warnings == []
    assert "<script" not in result.xform
    assert "Dansk (da)" in result.xform or language == "en"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    book = load_workbook(made(tmp_path, "ticks"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    dangerous = [cell for cell in cells if str(cell.value or "")[:1] in ("=", "+", "-", "@")]
    # Names as choices of who answers and of who is named, and the department of those.
    assert len(dangerous) >= 3
    assert all(cell.quotePrefix for cell in dangerous)


def test_the_bytes_hold_no_time_and_no_author(tmp_path: Path) -> None:
    data = made(tmp_path, "levels").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2
    assert "openpyxl" not in core


def test_colleagues_stand_in_a_table_per_department_and_nobody_sees_the_own_row(tmp_path: Path) -> None:
    survey = forms.sheet_rows(made(tmp_path, "levels"), "survey")
    tables = [row["label"] for row in survey if row["appearance"] == "table-list" and "group" in row["name"]]
    assert tables == ["<script>alert(1)</script>", "=SUM(A1)", "Nord"]
    hidden = {row["name"]: row["relevant"] for row in survey if row["name"].startswith("contact_")}
    assert hidden == {f"contact_k{k}": f"${{nl_own}} != 'k{k}'" for k in range(1, 7)}
    own = next(row for row in survey if row["name"] == "nl_own")
    assert own["calculation"] == "instance('respondents')/root/item[name = ${respondent}]/own"


def test_nobody_stands_alone_and_can_be_searched_for_like_all_others(tmp_path: Path) -> None:
    path = made(tmp_path, "ticks")
    question = rows(path)["contact"]
    assert question["type"] == "select_multiple people_contact"
    assert question["constraint"] == "not(selected(., 'nobody') and count-selected(.) > 1)"
    assert question["appearance"] == "minimal autocomplete"
    assert question["choice_filter"] == "name != ${nl_own}"
    listed = [
        row["name"] for row in forms.sheet_rows(path, "choices") if row["list_name"] == "people_contact"
    ]
    # By department ("<…", "=…", "Nord") and by name.
    assert listed == ["nobody", "k2", "k6", "k3", "k5", "k4", "k1"]


def test_nobody_is_a_question_of_its_own_before_lists_and_slots(tmp_path: Path) -> None:
    survey = rows(made(tmp_path, "slots"))
    assert survey["any_contact"]["type"] == "select_one gate_contact"
    assert survey["nl_list_contact"]["relevant"] == "${any_contact} = 'some'"
    names = list(survey)
    assert names.index("any_contact") < names.index("name1") < names.index("name2")


def test_a_slot_offers_nobody_twice_nor_oneself_and_asks_about_the_person_by_name(tmp_path: Path) -> None:
    survey = rows(made(tmp_path, "slots"))
    assert survey["name3"]["choice_filter"] == "name != ${nl_own} and name != ${name1} and name != ${name2}"
    assert survey["nl_ask_name3"]["relevant"] == "${name2} != ''"
    assert survey["nl_name3_called"]["calculation"] == "instance('people')/root/item[name = ${name3}]/called"
    assert survey["often3"]["label"] == "Hvem taler du med? ${nl_name3_called}"
    assert survey["role3"]["label"] == "role: ${nl_name3_called}"
    assert survey["tie1x3"]["label"] == "${nl_name1_called} og ${nl_name3_called}"
    assert survey["tie1x3"]["relevant"] == "${name1} != '' and ${name3} != ''"


def test_none_of_several_boxes_stands_alone_and_the_highest_is_worked_out(tmp_path: Path) -> None:
    survey = rows(made(tmp_path, "options"))
    assert survey["nl_contact_k1"]["type"] == "select_multiple answers_contact"
    assert survey["nl_contact_k1"]["constraint"] == "not(selected(., '0') and count-selected(.) > 1)"
    boxes = "selected(${nl_contact_k1}, '%s')"
    expected = f"if({boxes % 3}, '3', if({boxes % 2}, '2', if({boxes % 1}, '1', if({boxes % 0}, '0', ''))))"
    assert survey["contact_k1"]["calculation"] == expected


def test_keys_are_typed_and_checked(tmp_path: Path) -> None:
    survey = rows(made(tmp_path, "levels", roster='name = "name"\nkey = "key"\n'))
    assert survey["respondent"]["type"] == "text"
    assert (
        survey["respondent"]["constraint"]
        == "count(instance('respondents')/root/item[name = current()/.]) = 1"
    )


def test_nothing_follows_without_taking_part(tmp_path: Path) -> None:
    survey = forms.sheet_rows(made(tmp_path, "levels"), "survey")
    depth, outer = 0, []
    for row in survey:
        depth -= row["type"].startswith("end_")
        if depth == 0 and row["type"] not in ("end_group", "end_repeat", "calculate"):
            outer.append(row)
        depth += row["type"].startswith("begin_")
    assert outer[0]["name"] == "nl_about"
    assert {row["relevant"] for row in outer[1:]} == {"${consent} = 'yes'"}


def test_scales_are_tables_and_open_questions_are_typed(tmp_path: Path) -> None:
    survey = rows(made(tmp_path, "levels"))
    assert (survey["nl_items_1"]["appearance"], survey["nl_items_1"]["label"]) == ("table-list", "Hvor enig?")
    assert (survey["t2"]["type"], survey["t2"]["label"]) == ("select_one answers_1", "De stoler")
    assert (survey["cases"]["type"], survey["cases"]["label"]) == ("decimal", "Hvor mange?")
    assert (survey["years"]["type"], survey["years"]["label"]) == ("text", "Hvor længe?")


def test_a_reference_in_a_name_is_taken_apart() -> None:
    assert safe("a ${b} $c {d}") == "a $ {b} $c {d}"
