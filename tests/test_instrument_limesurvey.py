"""LimeSurvey: the structure follows the rules of its importer, and nothing in it is an expression but our own."""

from __future__ import annotations

import re
from pathlib import Path

import forms
import pytest
import studies
from exports.truth import Person
from test_instrument_xlsform import PEOPLE, SCALE

from netlearn.study.findings import Findings
from netlearn.survey.instrument import read_plan, write_instrument
from netlearn.survey.instrument.limesurvey import html

CODE, ROW, ANSWER = r"[A-Za-z][A-Za-z0-9]{0,19}", r"[A-Za-z0-9]{1,20}", r"[A-Za-z0-9]{1,5}"
TYPES = set("XL!MF:STQNK")


def made(
    tmp_path: Path,
    kind: forms.Kind,
    people: tuple[Person, ...] = PEOPLE,
    findings: Findings | None = None,
    extra: str = SCALE,
    **options: str,
) -> Path:
    text = forms.study_text(forms.RELATIONS[kind], extra=extra, **options)
    folder = studies.write(tmp_path, {"study.toml": text, "roster.csv": forms.roster_text(people)})
    return write_instrument(read_plan(folder), "limesurvey", findings=findings)


def rows(path: Path, sort: str) -> list[dict[str, str]]:
    return [row for row in forms.limesurvey_rows(path) if row["class"] == sort]


@pytest.mark.parametrize("kind", [kind for kind in forms.KINDS if kind != "repeat"])
def test_the_file_is_what_the_importer_reads(tmp_path: Path, kind: forms.Kind) -> None:
    """Its importer takes tab-separated UTF-8 with a mark, and tells rows and answers by what stands above them."""
    data = made(tmp_path, kind).read_bytes()
    assert data.startswith(b"\xef\xbb\xbfclass\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\t")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines.pop() == ""
    assert len({line.count("\t") for line in lines}) == 1
    # Quotes and backslashes would change where a cell ends.
    assert '"' not in data.decode()
    assert "\\" not in data.decode()
    path = tmp_path / "questionnaire-before.txt"
    sorts = [row["class"] for row in forms.limesurvey_rows(path)]
    assert re.fullmatch(r"(S )+(SL )+(G (Q (SQ )*(A )*)+)+", " ".join(sorts) + " ")
    questions = rows(path, "Q")
    assert {row["type/scale"] for row in questions} <= TYPES
    names = [row["name"] for row in questions]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(CODE, name) for name in names)
    assert all(re.fullmatch(ROW, row["name"]) for row in rows(path, "SQ"))
    assert all(re.fullmatch(ANSWER, row["name"]) for row in rows(path, "A"))
    assert all(row["language"] == "da" for sort in ("SL", "G", "Q", "SQ", "A") for row in rows(path, sort))


def test_answers_stay_tied_to_who_was_invited(tmp_path: Path) -> None:
    said = {row["name"]: row["text"] for row in rows(made(tmp_path, "levels"), "S")}
    assert (said["anonymized"], said["language"], said["format"], said["shownoanswer"]) == (
        "N",
        "da",
        "G",
        "Y",
    )


def test_nothing_of_the_study_is_html_or_an_expression(tmp_path: Path) -> None:
    people = (*PEOPLE, Person("k7", "{SID} {TOKEN:EMAIL}", "{= 1+1}", "g@example.org"))
    people += (Person("k8", "a\tb|c \\ d", "{= 1+1}", "h@example.org"),)
    path = made(tmp_path, "slots", people)
    text = path.read_text("utf-8-sig")
    assert "<script" not in text
    # An expression is a brace right before a sign; only names of persons chosen earlier are.
    assert set(re.findall(r"\{[^\s}][^}]*\}", text)) == {f"{{name{k}.shown}}" for k in range(1, 9)}
    answers = {row["name"]: row["text"] for row in rows(path, "A")}
    assert answers["k2"] == "&#61;cmd&#124;&#x27;/C calc&#x27;!A0 (&lt;script&gt;alert(1)&lt;/script&gt;)"
    assert answers["k8"] == "a b&#124;c &#92; d ({ = 1+1})"
    starts = [cell[:1] for row in forms.limesurvey_rows(path) for cell in row.values()]
    assert not set(starts) & {"=", "+", "-", "@"}


def test_each_row_is_hidden_from_its_own_person(tmp_path: Path) -> None:
    (array,) = [row for row in rows(made(tmp_path, "levels"), "Q") if row["name"] == "contact"]
    assert (array["type/scale"], array["relevance"]) == ("F", "anycontact.NAOK == 'some'")
    hidden = {row["name"]: row["relevance"] for row in rows(tmp_path / "questionnaire-before.txt", "SQ")}
    assert {name: hidden[name] for name in ("k1", "k6")} == {
        "k1": "TOKEN:TOKEN != 'k1'",
        "k6": "TOKEN:TOKEN != 'k6'",
    }


def test_people_may_be_known_by_email(tmp_path: Path) -> None:
    hidden = {
        row["name"]: row["relevance"] for row in rows(made(tmp_path, "ticks", roster='key = "email"\n'), "SQ")
    }
    assert hidden["k1"] == "TOKEN:EMAIL != 'a@example.org'"
    assert hidden["nobody"] == "1"


def test_keys_that_no_expression_can_hold_leave_the_own_name_and_say_so(tmp_path: Path) -> None:
    people = (Person("o'1", "Anne Dam", "Nord", "a@x.org"), Person("o'2", "Bo Holm", "Nord", "b@x.org"))
    findings = Findings()
    path = made(tmp_path, "levels", people, findings)
    assert {row["relevance"] for row in rows(path, "SQ")} == {"1"}
    assert "instrument-own-name-shown" in {note.code for note in findings.notes}
    (array,) = [row for row in rows(path, "Q") if row["name"] == "contact"]
    assert "Udelad dig selv." in array["help"]


def test_nobody_takes_all_other_boxes_away(tmp_path: Path) -> None:
    (boxes,) = [row for row in rows(made(tmp_path, "ticks"), "Q") if row["name"] == "contact"]
    assert (boxes["type/scale"], boxes["exclude_all_others"]) == ("M", "nobody")


def test_several_boxes_are_rows_by_columns(tmp_path: Path) -> None:
    path = made(tmp_path, "options", extra="")
    (grid,) = [row for row in rows(path, "Q") if row["name"] == "contact"]
    assert (grid["type/scale"], grid["multiflexible_checkbox"]) == (":", "1")
    columns = [(row["name"], row["text"]) for row in rows(path, "SQ") if row["type/scale"] == "1"]
    assert columns == [("0", "Aldrig"), ("1", "Sjældent"), ("2", "Ugentligt"), ("3", "Dagligt")]


def test_slots_follow_each_other_and_refuse_a_person_twice_and_oneself(tmp_path: Path) -> None:
    findings = Findings()
    questions = {row["name"]: row for row in rows(made(tmp_path, "slots", findings=findings), "Q")}
    assert questions["name1"]["relevance"] == "anycontact.NAOK == 'some'"
    assert questions["name3"]["relevance"] == "!is_empty(name2.NAOK)"
    assert questions["name3"]["em_validation_q"] == (
        "is_empty(name3.NAOK) || (name3.NAOK != name1.NAOK && name3.NAOK != name2.NAOK && name3.NAOK != TOKEN:TOKEN)"
    )
    assert questions["often3"]["text"] == "Hvem taler du med? {name3.shown}"
    assert questions["tie1x2"]["relevance"] == "!is_empty(name1.NAOK) && !is_empty(name2.NAOK)"
    assert [note.code for note in findings.notes] == ["instrument-holds-names", "instrument-who-answers"]


def test_with_keys_the_own_name_in_slots_cannot_be_refused(tmp_path: Path) -> None:
    findings = Findings()
    path = made(tmp_path, "slots", findings=findings, roster='name = "name"\nkey = "key"\n')
    assert "TOKEN" not in next(row for row in rows(path, "Q") if row["name"] == "name2")["em_validation_q"]
    assert "instrument-own-name-shown" in {note.code for note in findings.notes}


def test_items_named_as_rows_of_a_question_become_one(tmp_path: Path) -> None:
    extra = '\n[[scales]]\nname = "trust"\nitems = { "trust[a1]" = "Jeg", "trust[a2]" = "De", "alone" = "Alene" }\n'
    extra += 'levels = { "1" = 1, "2" = 2 }\n'
    path = made(tmp_path, "levels", extra=extra)
    kinds = {row["name"]: row["type/scale"] for row in rows(path, "Q")}
    assert (kinds["trust"], kinds["alone"]) == ("F", "L")
    assert [row["text"] for row in rows(path, "SQ") if row["name"] in ("a1", "a2")] == ["Jeg", "De"]


def test_a_count_is_a_question_for_a_number(tmp_path: Path) -> None:
    extra = '\n[[scales]]\nname = "cases"\nitems = { cases = "Hvor mange?" }\n'
    extra += '\n[[scales]]\nname = "days"\nitems = { "work[days]" = "Dage" }\n'
    kinds = {row["name"]: row["type/scale"] for row in rows(made(tmp_path, "levels", extra=extra), "Q")}
    assert (kinds["cases"], kinds["work"]) == ("N", "K")


def test_all_but_the_information_waits_for_consent(tmp_path: Path) -> None:
    path = made(tmp_path, "levels")
    assert [row["relevance"] for row in rows(path, "G")] == ["1", *["consent.NAOK == 'yes'"] * 4]
    (consent,) = [row for row in rows(path, "Q") if row["name"] == "consent"]
    assert consent["mandatory"] == "Y"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bo & Søn", "Bo &amp; Søn"),
        ("{x}{ y}", "{ x}{ y}"),
        ("+45", "&#43;45"),
        ("@home", "&#64;home"),
        ("", ""),
    ],
)
def test_text_becomes_html(text: str, expected: str) -> None:
    assert html(text) == expected
