"""REDCap: the dictionary keeps its rules, and our own reader finds in it what was meant."""

from __future__ import annotations

import csv
import io
import re
from itertools import groupby
from pathlib import Path

import forms
import pytest
import studies
from exports.truth import Person
from test_instrument_xlsform import PEOPLE, SCALE

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey.dialects.redcap_dictionary import Dictionary, read_dictionary
from netlearn.survey.instrument import read_plan, write_instrument
from netlearn.survey.instrument.redcap import MOST_HIDDEN, html
from netlearn.survey.source import Source

BRANCHING, NOTE = "Branching Logic (Show field only if...)", "Field Annotation"


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
    return write_instrument(read_plan(folder), "redcap", findings=findings)


def fields(path: Path) -> dict[str, dict[str, str]]:
    return {row["Variable / Field Name"]: row for row in forms.redcap_rows(path)}


def read(path: Path) -> Dictionary:
    findings = Findings()
    dictionary = read_dictionary(Source(path.name, path.read_bytes(), FileFormat(), findings))
    assert dictionary is not None
    assert findings.faults == []
    return dictionary


@pytest.mark.parametrize("kind", [kind for kind in forms.KINDS if kind != "repeat"])
def test_the_dictionary_keeps_the_rules_of_its_upload(tmp_path: Path, kind: forms.Kind) -> None:
    path = made(tmp_path, kind)
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    assert len(header) == 18
    assert {len(row) for row in rows} == {18}
    names = [row[0] for row in rows]
    assert names[0] == "record_id"
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z](_?[a-z0-9]+)*", name) and len(name) <= 100 for name in names)
    assert {row[1] for row in rows} == {"questionnaire"}
    assert {row[3] for row in rows} <= {"text", "notes", "radio", "checkbox", "dropdown", "descriptive"}
    assert all(row[4] for row in rows)
    assert all(bool(row[5]) == (row[3] in ("radio", "checkbox", "dropdown")) for row in rows)
    # Rows of a matrix stand together and share their answers.
    groups = [name for name, _ in groupby(row[15] for row in rows) if name]
    assert len(set(groups)) == len(groups)
    for group in groups:
        assert len({(row[3], row[5]) for row in rows if row[15] == group}) == 1


def test_our_reader_finds_names_and_answers_as_they_were(tmp_path: Path) -> None:
    dictionary = read(made(tmp_path, "ticks"))
    choices = dict(dictionary.fields["contact"].choices)
    assert choices == {
        "nobody": "Ingen",
        "k1": "Anne Dam (Nord)",
        "k2": "=cmd|'/C calc'!A0 (<script>alert(1)</script>)",
        "k3": 'Bo "B", Holm ${contact} (=SUM(A1))',
        "k4": "*Ida* _Lund_ & Søn (Nord)",
        "k5": "Z" * 200 + " (=SUM(A1))",
        "k6": "أحمد (<script>alert(1)</script>)",
    }
    assert dictionary.fields["t1"].choices == (("1", "Uenig"), ("2", "Enig"))


def test_colleagues_are_rows_of_one_matrix(tmp_path: Path) -> None:
    dictionary = read(made(tmp_path, "levels"))
    rows = dictionary.matrices["contact"]
    assert [row.name for row in rows] == [f"contact_k{k}" for k in (2, 6, 3, 5, 4, 1)]
    assert rows[-1].label == "Anne Dam (Nord)"
    assert rows[0].choices == (
        ("0", "Aldrig"),
        ("1", "Sjældent"),
        ("2", "Ugentligt"),
        ("3", "Dagligt"),
        ("9", "Ved ikke"),
    )


def test_a_count_is_validated_as_a_number(tmp_path: Path) -> None:
    found = fields(made(tmp_path, "levels"))
    key = "Text Validation Type OR Show Slider Number"
    assert (found["cases"]["Field Type"], found["cases"][key]) == ("text", "number")
    assert (found["years"]["Field Type"], found["years"][key]) == ("text", "")


def test_nothing_of_the_study_is_piped_divided_or_evaluated(tmp_path: Path) -> None:
    people = (*PEOPLE, Person("k7", "[record_id] | 9, x", "[consent]", "g@example.org"))
    people += (Person("k8", "Bo Bak", "[consent]", "h@example.org"),)
    path = made(tmp_path, "slots", people)
    found = fields(path)
    assert found["name1"]["Choices, Calculations, OR Slider Labels"].count(" | ") == 7
    assert "k7, &#91;record_id&#93; &#124; 9, x (&#91;consent&#93;)" in path.read_text("utf-8")
    assert "<script" not in path.read_text("utf-8")
    labels = [
        row[column] for row in found.values() for column in ("Field Label", "Section Header", "Field Note")
    ]
    assert not {label[:1] for label in labels} & {"=", "+", "-", "@"}
    assert {pipe for label in labels for pipe in re.findall(r"\[[^\]]+\]", label)} == {
        f"[name{k}]" for k in range(1, 9)
    }


def test_nobody_takes_all_other_boxes_away_and_the_own_name_is_hidden(tmp_path: Path) -> None:
    note = fields(made(tmp_path, "ticks"))["contact"][NOTE]
    assert note.startswith("@NONEOFTHEABOVE='nobody' ")
    assert note.count("@IF(") == 6
    assert "@IF([record-name]='k4', @HIDECHOICE='k4', '')" in note


def test_rows_are_hidden_from_their_own_person_and_from_who_said_nobody(tmp_path: Path) -> None:
    found = fields(made(tmp_path, "options"))
    assert (
        found["contact_k1"][BRANCHING]
        == "[consent] = 'yes' and [any_contact] = 'some' and [record-name] <> 'k1'"
    )
    assert found["contact_k1"][NOTE] == "@NONEOFTHEABOVE='0'"
    assert found["contact_k1"]["Field Type"] == "checkbox"


def test_slots_are_lists_to_search_in(tmp_path: Path) -> None:
    found = fields(made(tmp_path, "slots"))
    assert found["name2"]["Field Type"] == "dropdown"
    assert found["name2"]["Text Validation Type OR Show Slider Number"] == "autocomplete"
    assert found["name2"][BRANCHING] == "[consent] = 'yes' and [name1] <> ''"
    assert found["often2"]["Field Label"] == "Hvem taler du med? [name2]"
    assert found["tie1x2"]["Field Label"] == "[name1] og [name2]"


def test_among_very_many_people_the_own_name_stays_and_that_is_said(tmp_path: Path) -> None:
    people = tuple(Person(f"k{k}", f"Navn {k}", f"A{k % 7}", "") for k in range(MOST_HIDDEN + 1))
    findings = Findings()
    found = fields(made(tmp_path, "ticks", people, findings))
    assert "@IF" not in found["contact"][NOTE]
    assert "Udelad dig selv." in found["contact"]["Field Note"]
    assert {note.code: note.values for note in findings.notes}["instrument-own-name-shown"] == {
        "tool": "REDCap",
        "relation": "contact",
    }


def test_rows_of_very_many_people_are_still_hidden(tmp_path: Path) -> None:
    people = tuple(Person(f"k{k}", f"Navn {k}", f"A{k % 7}", "") for k in range(MOST_HIDDEN + 1))
    findings = Findings()
    found = fields(made(tmp_path, "levels", people, findings))
    assert found["contact_k9"][BRANCHING].endswith("[record-name] <> 'k9'")
    assert [note.code for note in findings.notes] == ["instrument-holds-names", "instrument-who-answers"]


def test_capital_letters_in_ids_are_found_by_wording(tmp_path: Path) -> None:
    """Names of fields are lower case, so that "K1" is no code."""
    people = tuple(Person(p.id.upper(), p.name, "Nord", p.email) for p in PEOPLE if "{" not in p.name)
    findings = Findings()
    rows = read(made(tmp_path, "levels", people, findings)).matrices["contact"]
    assert "instrument-by-label" in {note.code for note in findings.notes}
    assert {row.label for row in rows} == {" ".join(p.name.split()) for p in people}
    assert all(row.name == row.name.lower() for row in rows)


def test_text_becomes_html() -> None:
    assert html("a, b | [c] & d") == "a, b &#124; &#91;c&#93; &amp; d"
    assert html("-1") == "&#45;1"
    assert html("") == ""
