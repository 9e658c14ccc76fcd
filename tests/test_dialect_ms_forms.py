"""Microsoft Forms: first columns in several languages, Likert statements, lists asked again, joined answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from exports import ms_forms as writer
from exports import reading
from exports.truth import Truth, draw

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey.dialects import guesses, ms_forms
from netlearn.survey.dialects.ms_forms_headings import repeated
from netlearn.survey.export import Export
from netlearn.survey.source import Source

FIRST = "ID;Start time;Completion time;Email;Name"
WHO = "1;2024-08-26 09:00:00;2024-08-26 09:05:00;bo@x.dk;Bo"


def opened(data: str | bytes, name: str = "x.csv") -> Source:
    return Source(name, data.encode() if isinstance(data, str) else data, FileFormat(), Findings())


def read(data: str) -> tuple[Export, list[str]]:
    """The export and the codes of its notes."""
    source = opened(data)
    export = ms_forms.read(source)
    assert export is not None, source.findings
    return export, [note.code for note in source.findings.notes]


def faults(data: str) -> list[tuple[str, int, str]]:
    source = opened(data)
    assert ms_forms.read(source) is None
    return [(fault.code, fault.row, fault.column) for fault in source.findings.faults]


def test_statements_are_headed_by_their_own_words_only() -> None:
    export, codes = read(f"{FIRST};Bo\N{NO-BREAK SPACE}Dam ;Ida Bak;\n{WHO};Often;Never\n")
    assert [c.role for c in export.columns] == ["other", "start", "end", "email", "name", "answer", "answer"]
    assert [(c.question, c.label, c.separator) for c in export.columns[5:]] == [
        ("Bo Dam", "Bo Dam", ""),
        ("Ida Bak", "Ida Bak", ""),
    ]
    assert export.table.header[5] == "Bo\N{NO-BREAK SPACE}Dam"
    assert (export.codes_are_ids, export.complete, export.days) == (False, (True,), (date(2024, 8, 26),))
    assert export.respondent == "Email"
    assert "ms-forms-joined" not in codes


def test_several_answers_end_with_a_semicolon_each() -> None:
    data = f'{FIRST};Whom?;Remark\n{WHO};"Bo Dam;Ida Bak;";"Yes; no"\n{WHO.replace("1;", "2;", 1)};"Bo Dam;";"a;"\n'
    export, codes = read(data)
    assert [(c.question, c.separator) for c in export.columns[5:]] == [("Whom?", ";"), ("Remark", "")]
    assert "ms-forms-joined" in codes


def test_a_list_that_is_asked_again_has_a_digit_behind_each_statement() -> None:
    names = "Bo Dam;Ida Bak;Name2;Bo Dam2;Ida Bak2;Remark;Remark2;Bo Dam3;Ida Bak3"
    export, codes = read(f"{FIRST};{names}\n{WHO};a;b;c;d;e;f;g;h;i\n")
    asked = {code: [(c.item, c.label) for c in columns] for code, columns in export.questions.items()}
    people = [("Bo Dam", "Bo Dam"), ("Ida Bak", "Ida Bak")]
    assert {code: asked[code] for code in ("1", "2", "3")} == {"1": people, "2": people, "3": people}
    assert {"Name2", "Remark", "Remark2"} <= set(asked)
    assert "ms-forms-repeated" in codes


def test_digits_of_their_own_do_not_repeat_a_statement() -> None:
    assert repeated({1: "Team 1", 2: "Team 2", 3: "Team 12", 4: "Team 13"}) == {}
    assert repeated({1: "Bo", 2: "Ida", 3: "Ida2", 4: "Bo2"}) == {}


def test_points_of_a_quiz_and_the_time_of_the_last_change_are_no_questions() -> None:
    names = "Last modified time;Total points;Bo Dam;Points - Bo Dam;Feedback - Bo Dam;Points - of view"
    export, _ = read(f"{FIRST};{names}\n{WHO};;3;a;1;good;x\n")
    assert [c.role for c in export.columns[5:]] == ["other", "other", "answer", "other", "other", "answer"]


def test_nobody_is_known_where_people_did_not_sign_in() -> None:
    export, codes = read(f"{FIRST};Initials\n{WHO.replace('bo@x.dk', 'anonymous')};bd\n")
    assert export.respondent == ""
    assert "ms-forms-anonymous" in codes


def test_rows_without_answers_and_times_that_cannot_be_told() -> None:
    data = f"{FIRST};Bo\n1;8/9/2024 9:00;8/9/2024 9:05;a@x.dk;A;b\n2;8/9/2024 9:00;8/9/2024 9:05;b@x.dk;B;\n"
    export, codes = read(data)
    assert (export.dropped, export.days) == ({1: "empty"}, (None, None))
    assert {"ms-forms-empty-rows", "ms-forms-days-unread"} <= set(codes)


def test_a_form_without_addresses_begins_with_its_questions() -> None:
    export, _ = read("ID;Start time;Completion time;Bo;Ida\n1;2024-08-26 09:00;2024-08-26 09:05;x;y\n")
    assert [c.role for c in export.columns] == ["other", "start", "end", "answer", "answer"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("id,contact_a1\na1,0\n", ("ms-forms-headings", 1, "")),
        (f"{FIRST};Bo;\n{WHO};a;b\n", ("row-too-long", 2, "")),
        (f"{FIRST};Bo;;Ida\n{WHO};a;b;c\n", ("ms-forms-no-heading", 1, "G")),
        (f"{FIRST};Bo;Bo \n{WHO};a;b\n", ("ms-forms-heading-twice", 1, "G")),
        (f"{FIRST};Bo\n", ("header-only", 1, "")),
    ],
)
def test_what_cannot_be_read_is_refused(data: str, expected: tuple[str, int, str]) -> None:
    assert faults(data) == [expected]


@pytest.fixture
def truth() -> Truth:
    """Eight people."""
    return draw(np.random.default_rng(5))


@pytest.mark.parametrize("language", writer.HEADINGS)
@pytest.mark.parametrize("signed_in", [True, False])
def test_it_is_recognised_in_every_language(truth: Truth, language: writer.Language, signed_in: bool) -> None:
    ((name, data),) = writer.write(
        truth, np.random.default_rng(1), "likert", language, signed_in
    ).files.items()
    found = guesses(opened(data, name))
    assert (found[0][0], found[0][1].sure > 0.8) == ("ms-forms", True)
    assert sum(guess.sure > 0.5 for _, guess in found) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"id,start,end,email,name,contact_a1\n1,2024-08-26 09:00,2024-08-26 09:05,a@x.dk,A,0\n",
        b"ID,contact_a1\n1,0\n",
        b"ID,from,to,who,what\n1,2024-08-26,2024-08-27,a@x.dk,A\n",
        b"ID,from,to,who,what\n1,2024-08-27 09:00,2024-08-26 09:00,a@x.dk,A\n",
        b"ID,from,to,who,what\nx,2024-08-26 09:00,2024-08-26 09:00,a@x.dk,A\n",
    ],
)
def test_other_tables_are_not_taken_for_forms(data: bytes) -> None:
    assert ms_forms.recognise(opened(data)) is None


@pytest.mark.parametrize("style", writer.RELATIONS)
@pytest.mark.parametrize(("language", "signed_in"), [("da", True), ("en", False), ("unknown", True)])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_was_written_is_read(
    tmp_path: Path, truth: Truth, style: writer.Style, language: writer.Language, signed_in: bool, form: str
) -> None:
    rng = np.random.default_rng(7)
    before, after = (writer.write(truth, rng, style, language, signed_in, form) for _ in range(2))  # type: ignore[arg-type]
    folder = reading.write(tmp_path, reading.study_files(truth, before, after))
    panel, findings = reading.read(folder)
    assert panel is not None, findings
    assert (reading.states_of(panel, folder, truth) == reading.expected(truth, before)).all()
    said = " ".join(findings.lines() + findings.lines("da"))
    assert not any(person.name in said for person in truth.people)
