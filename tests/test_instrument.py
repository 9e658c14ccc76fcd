"""Questionnaires out: who stands on them, what is refused, and files that appear whole or not at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

import forms
import pytest
import studies
from exports.truth import Person

from netlearn.errors import StudyError
from netlearn.study.findings import Findings
from netlearn.study.plan import read_study
from netlearn.survey.instrument import ENDINGS, Target, read_plan, toml_for, write_instrument
from netlearn.survey.instrument.codes import make_codes
from netlearn.survey.instrument.form import Form
from netlearn.survey.instrument.make import make_form
from netlearn.survey.instrument.people import flat, read_people
from netlearn.wording.instrument import WORDS, word

PEOPLE = (
    Person("k1", "Åse Dam", "Nord", "k1@example.org"),
    Person("k2", "Bo Holm", "Syd", "k2@example.org"),
    Person("k3", "Ørn Skov", "Nord", "k3@example.org"),
    Person("k4", "Ævar Kjær", "Nord", "k4@example.org"),
    Person("k5", "Zoe Bak", "Nord", "k5@example.org"),
    Person("k6", "Ida Lund", "Syd", "k6@example.org"),
)
ROSTER = forms.roster_text(PEOPLE)


def folder(tmp_path: Path, study: str | None = None, roster: str = ROSTER) -> Path:
    return studies.write(
        tmp_path / "study", {"study.toml": study or forms.study_text(), "roster.csv": roster}
    )


def form_of(place: Path, wave: int = 0) -> tuple[Form, Findings]:
    plan, findings = read_plan(place), Findings()
    read = read_people(plan, plan.waves[wave], findings)
    assert read is not None
    return make_form(plan, plan.waves[wave], read[1], plan.language, findings), findings


def faults(place: Path, to: Target = "xlsform", **options: object) -> list[str]:
    findings = Findings()
    with pytest.raises(StudyError):
        write_instrument(read_plan(place), to, findings=findings, **options)  # type: ignore[arg-type]
    return sorted({fault.code for fault in findings.faults})


# Who stands on it


def test_people_stand_by_department_and_by_the_danish_alphabet(tmp_path: Path) -> None:
    form, _ = form_of(folder(tmp_path))
    assert [(name, [p.name for p in people]) for name, people in form.departments.items()] == [
        ("Nord", ["Zoe Bak", "Ævar Kjær", "Ørn Skov", "Åse Dam"]),
        ("Syd", ["Bo Holm", "Ida Lund"]),
    ]


def test_only_people_employed_at_the_wave_stand_on_it_in_their_department_then(tmp_path: Path) -> None:
    """Bo comes after the first wave, Zoe left before the second, and Åse moved in between."""
    roster = "id,name,department,later,start,end\n"
    roster += "k1,Åse Dam,Nord,Syd,,\nk2,Bo Holm,Syd,,2024-10-01,\nk3,Ørn Skov,Nord,,,\nk5,Zoe Bak,Nord,,,2025-01-31\n"
    roster += "k6,Ida Lund,Syd,,,\n"
    columns = 'name = "name"\nstart = "start"\nend = "end"\ndepartments = { after = "later" }\n'
    text = forms.study_text(roster=columns).replace(
        "seed = 7", 'seed = 7\ntolerate = ["single-person-departments"]'
    )
    place = folder(tmp_path, text, roster)
    first, second = form_of(place)[0], form_of(place, 1)[0]
    assert {name: [p.id for p in people] for name, people in first.departments.items()} == {
        "Nord": ["k5", "k3", "k1"],
        "Syd": ["k6"],
    }
    assert {name: [p.id for p in people] for name, people in second.departments.items()} == {
        "Nord": ["k3"],
        "Syd": ["k2", "k6", "k1"],
    }


def test_people_of_one_name_are_told_apart_and_counted(tmp_path: Path) -> None:
    roster = (
        "id,name,department\nk1,Bo Holm,Nord\nk2,bo holm,Syd\nk3,Ida Lund,Nord\nk4,Ida Lund,Nord\nk5,,Syd\n"
    )
    form, findings = form_of(folder(tmp_path, roster=roster))
    assert {p.id: p.shown for p in form.people} == {
        "k1": "Bo Holm (Nord)",
        "k2": "bo holm (Syd)",
        "k3": "Ida Lund (Nord, k3)",
        "k4": "Ida Lund (Nord, k4)",
        "k5": "k5",
    }
    assert {p.id: p.full for p in form.people}["k5"] == "k5 (Syd)"
    assert {p.id: p.full for p in form.people}["k1"] == "Bo Holm (Nord)"
    plan, told = read_plan(tmp_path / "study"), Findings()
    read_people(plan, plan.waves[0], told)
    counted = {note.code: note.values["count"] for note in told.notes}
    assert counted == {"instrument-same-names": 4, "instrument-ids-shown": 1}
    assert findings.faults == []


def test_names_become_one_line_of_signs_that_can_be_printed() -> None:
    assert flat(" Anne\r\n\tBak\x07 Hansen ") == "Anne Bak Hansen"
    assert flat("A\u2028B \ufffe\ud800C") == "A B C"


@pytest.mark.parametrize(
    ("roster", "code"),
    [
        ("id,name,department\nk1,A,Nord\nk2,B,Nord\nk3,C,\n", "missing-department"),
        ("id,name,department\nk1,A,Nord\nk2,B,Nord\nk2,C,Nord\n", "duplicated-person"),
        ("id,called,department\nk1,A,Nord\nk2,B,Nord\n", "missing-column"),
    ],
)
def test_a_faulty_roster_is_refused(tmp_path: Path, roster: str, code: str) -> None:
    assert faults(folder(tmp_path, roster=roster)) == [code]


def test_nobody_to_ask_is_a_fault(tmp_path: Path) -> None:
    roster = "id,name,department,start\nk1,A,Nord,2030-01-01\nk2,B,Nord,2030-01-01\n"
    text = forms.study_text(roster='name = "name"\nstart = "start"\n')
    assert faults(folder(tmp_path, text, roster)) == ["instrument-too-few"]


def test_a_person_without_a_key_cannot_say_who_answers(tmp_path: Path) -> None:
    roster = "id,name,department,key\nk1,A,Nord,x1\nk2,B,Nord,\n"
    text = forms.study_text(roster='name = "name"\nkey = "key"\n')
    assert faults(folder(tmp_path, text, roster)) == ["instrument-keys"]


# What is asked


def test_information_that_is_missing_is_a_placeholder_and_a_note(tmp_path: Path) -> None:
    text = forms.study_text().replace('legal_basis = "Artikel 6, stk. 1, litra e."\n', "")
    form, findings = form_of(folder(tmp_path, text))
    told = {told.heading: told for told in form.information if told.heading}
    assert told["Retsgrundlag"].text == "[UDFYLDES AF DEN DATAANSVARLIGE: Retsgrundlag]"
    assert not told["Retsgrundlag"].filled
    assert told["Formål"].text == "Vi vil vide, om flere taler sammen."
    (note,) = findings.notes
    assert (note.code, note.column, note.row) == ("instrument-placeholder", "legal_basis", 10)


def test_without_information_every_text_is_a_placeholder(tmp_path: Path) -> None:
    text = forms.study_text()
    start, end = text.index("[information]"), text.index("[[waves]]")
    form, findings = form_of(folder(tmp_path, text[:start] + text[end:]))
    assert [told.filled for told in form.information] == [False] * 5 + [True] * 2
    assert {note.column for note in findings.notes} == {
        "purpose",
        "who_sees",
        "withdraw",
        "legal_basis",
        "contact",
    }


def test_the_size_of_groups_and_blanks_are_told(tmp_path: Path) -> None:
    form, _ = form_of(folder(tmp_path, forms.study_text().replace("seed = 7", "seed = 7\nmin_cell_size = 8")))
    assert form.information[-2].text.startswith("Intet resultat viser en afdeling alene, hvis færre end 8")
    assert form.information[-1].text == word("blank", "da")


def test_relations_that_nobody_is_asked_about_are_left_out_with_a_note(tmp_path: Path) -> None:
    extra = "".join(
        f'\n[[relations]]\nname = "{name}"\n{lines}'
        for name, lines in {
            "badges": 'source = "records"\nkind = "roster"\ncode = "b"\n',
            "mails": 'kind = "nominations"\n',
            "table": 'kind = "adjacency"\n',
            "later": 'kind = "multiple-choice"\ncode = "later"\nfiles = { before = "" }\n',
        }.items()
    )
    place = folder(tmp_path, forms.study_text(extra=extra))
    form, findings = form_of(place)
    assert [question.relation for question in form.networks] == ["contact"]
    reasons = {note.values["relation"]: note.values["reason"] for note in findings.notes}
    assert reasons == {
        "badges": 'source = "records"',
        "mails": 'kind = "nominations"',
        "table": 'kind = "adjacency"',
        "later": 'files.before = ""',
    }
    assert [question.relation for question in form_of(place, 1)[0].networks] == ["contact", "later"]


def test_answers_stand_in_the_order_of_their_wording(tmp_path: Path) -> None:
    relation = (
        'kind = "roster"\ncode = "contact"\nlevels = { "2" = 2, "0" = 0, "1" = 1 }\ndont_know = ["9", "8"]\n'
    )
    relation += 'answers = { "1" = "Nu og da", "0" = "Aldrig", "9" = "Husker ikke" }\n'
    (question,) = form_of(folder(tmp_path, forms.study_text(relation)))[0].networks
    assert [(c.code, c.text, c.level) for c in question.answers] == [
        ("1", "Nu og da", 1.0),
        ("0", "Aldrig", 0.0),
        ("9", "Husker ikke", None),
        ("2", "2", 2.0),
        ("8", "Ved ikke", None),
    ]
    assert question.zero == ("0",)


def test_pairs_of_a_name_generator_and_their_answers(tmp_path: Path) -> None:
    relation = 'kind = "name-generator"\nn_slots = 3\ncolumns = { to = "n{slot}" }\nalter_ties = "t{a}_{b}"\n'
    (question,) = form_of(folder(tmp_path, forms.study_text(relation)))[0].networks
    assert [(pair.a, pair.b, pair.column) for pair in question.pairs] == [
        (1, 2, "t1_2"),
        (1, 3, "t1_3"),
        (2, 3, "t2_3"),
    ]
    assert [(choice.code, choice.text) for choice in question.pair_answers] == [("1", "Ja"), ("0", "Nej")]
    assert question.answers == ()


def test_pairs_may_be_numbered(tmp_path: Path) -> None:
    relation = 'kind = "name-generator"\nn_slots = 4\ncolumns = { to = "n{slot}" }\nalter_ties = "pair_{n}"\n'
    (question,) = form_of(folder(tmp_path, forms.study_text(relation)))[0].networks
    assert [(pair.a, pair.b, pair.column) for pair in question.pairs] == [
        (1, 2, "pair_1"), (1, 3, "pair_2"), (1, 4, "pair_3"), (2, 3, "pair_4"), (2, 4, "pair_5"), (3, 4, "pair_6"),
    ]  # fmt: skip


PARTED = """
[[scales]]
name = "need"
items = { n3 = "Three", n1 = "One", n2 = "Two" }
range = [1, 4]
reversed = ["n2"]
subscales = { odd = ["n1", "n3"] }
dont_know = ["x"]

[[scales]]
name = "now"
items = { w3 = "Three", w1 = "One", w2 = "Two" }
range = [1, 4]
subscales = { odd = ["w1", "w3"] }

[[scales]]
name = "cases"
items = { cases = "How many families?" }

[[gaps]]
name = "gap"
required = "need"
present = "now"
"""


@pytest.mark.parametrize("to", ENDINGS)
def test_scales_of_a_gap_are_asked_in_their_order_and_counts_as_numbers(tmp_path: Path, to: Target) -> None:
    place = folder(tmp_path, forms.study_text(extra=PARTED))
    form, findings = form_of(place)
    assert not findings.faults
    need, now, cases = form.batteries
    assert [item.code for item in need.items] == ["n3", "n1", "n2"]
    assert [(choice.code, choice.level) for choice in need.answers] == [
        ("1", 1.0), ("2", 2.0), ("3", 3.0), ("4", 4.0), ("x", None),
    ]  # fmt: skip
    assert [choice.code for choice in now.answers] == ["1", "2", "3", "4"]
    assert (cases.answers, cases.counted, need.counted) == ((), True, False)
    assert write_instrument(read_plan(place), to).is_file()


def test_several_questions_without_answers_are_no_counts(tmp_path: Path) -> None:
    extra = '\n[[scales]]\nname = "cases"\nitems = { c1 = "One", c2 = "Two" }\n'
    assert faults(folder(tmp_path, forms.study_text(extra=extra))) == ["instrument-no-answers"]
    wide = extra.replace("\nitems", "\nrange = [0, 100]\nitems")
    assert faults(folder(tmp_path, forms.study_text(extra=wide))) == ["instrument-no-answers"]


def test_what_is_told_about_each_person_named_is_asked_in_a_repeated_group_too(tmp_path: Path) -> None:
    relation = forms.RELATIONS["repeat"] + 'alter_columns = { role = "role" }\nalter_ties = "ties"\n'
    form, findings = form_of(folder(tmp_path, forms.study_text(relation)))
    (question,) = form.networks
    (slot,) = question.slots
    assert (slot.to, slot.level, slot.about) == ("who", "often", (("role", "role"),))
    assert [note.code for note in findings.notes] == ["instrument-ties-not-asked"]


ROSTER_KIND = 'kind = "roster"\ncode = "contact"\n'


@pytest.mark.parametrize(
    ("relation", "to", "code"),
    [
        ('kind = "nominations"\n', "xlsform", "instrument-nothing-asked"),
        (ROSTER_KIND, "xlsform", "instrument-no-answers"),
        (ROSTER_KIND + 'levels = { "1" = 1 }\n', "xlsform", "instrument-no-zero"),
        (
            ROSTER_KIND + 'levels = { "0" = 0 }\nanswers = { "0" = "Nej", "1" = "Ja" }\n',
            "xlsform",
            "instrument-answer-without-level",
        ),
        (
            forms.RELATIONS["options"] + 'dont_know = ["0x"]\n'.replace("0x", "3"),
            "xlsform",
            "instrument-box-without-level",
        ),
        ('kind = "name-generator"\nn_slots = 2\ncolumns = { to = "name" }\n', "docx", "instrument-no-slots"),
        ('kind = "name-generator"\n', "docx", "instrument-no-slots"),
        (forms.RELATIONS["repeat"], "redcap", "instrument-group"),
        ('kind = "multiple-choice"\ncode = "kontakt på tværs"\n', "xlsform", "instrument-name"),
        ('kind = "multiple-choice"\ncode = "my_contact"\n', "limesurvey", "instrument-name"),
        ('kind = "multiple-choice"\ncode = "Contact"\n', "redcap", "instrument-name"),
        ('kind = "multiple-choice"\ncode = "consent"\n', "docx", "instrument-name-twice"),
        (ROSTER_KIND + 'levels = { "A lot" = 1, "0" = 0 }\n', "xlsform", "instrument-answer-code"),
        (ROSTER_KIND + 'levels = { "weekly" = 1, "0" = 0 }\n', "limesurvey", "instrument-answer-code"),
        (ROSTER_KIND + 'levels = { "1.5" = 1, "0" = 0 }\n', "redcap", "instrument-answer-code"),
        ('kind = "multiple-choice"\ncode = "contact"\nnobody = "k3"\n', "docx", "instrument-nobody"),
        (
            'kind = "free-text"\ncode = "contact"\nnobody = "ingen af dem"\n',
            "xlsform",
            "instrument-answer-code",
        ),
    ],
)
def test_what_could_not_be_read_back_is_refused(tmp_path: Path, relation: str, to: Target, code: str) -> None:
    assert faults(folder(tmp_path, forms.study_text(relation)), to) == [code]


def test_a_question_that_looks_like_a_row_of_another_is_refused(tmp_path: Path) -> None:
    """The column of the scale would be read as a colleague "mood"."""
    extra = '\n[[scales]]\nname = "mood"\nitems = { "contact_mood" = "Humør" }\nkind = "background"\n'
    place = folder(tmp_path, forms.study_text(extra=extra))
    assert faults(place) == ["instrument-name"]
    assert faults(place, "limesurvey") == ["instrument-name"]


@pytest.mark.parametrize("to", forms.TARGETS)
def test_ids_that_a_tool_does_not_take_need_names_of_their_own(tmp_path: Path, to: Target) -> None:
    same = "id,name,department\n=1,Bo Holm,Nord\n=2,Bo Holm,Nord\n"
    assert faults(folder(tmp_path, roster=same), to) == ["instrument-ids"]


def test_slots_need_ids_that_are_codes(tmp_path: Path) -> None:
    roster = "id,name,department\nkode-17,Bo Holm,Nord\nkode-18,Ida Lund,Nord\n"
    place = folder(tmp_path, forms.study_text(forms.RELATIONS["slots"]), roster)
    assert faults(place, "limesurvey") == ["instrument-ids-of-slots"]
    assert write_instrument(read_plan(place), "xlsform").is_file()


def test_a_code_made_for_somebody_is_nobodys_id(tmp_path: Path) -> None:
    """ "k 1" would become k1, which is another person."""
    roster = "id,name,department\nk 1,Bo Holm,Nord\nk1,Ida Lund,Nord\nk-1,Zoe Bak,Nord\n"
    plan = read_plan(folder(tmp_path, roster=roster))
    findings = Findings()
    read = read_people(plan, plan.waves[0], findings)
    assert read is not None
    form = make_form(plan, plan.waves[0], read[1], "da", findings)
    codes = make_codes(form, read[0], "limesurvey", findings)
    assert codes.match == "name"
    assert not set(codes.of.values()) & {"k1", "k 1", "k-1"}
    assert len(set(codes.of.values())) == 3
    assert [note.code for note in findings.notes] == ["instrument-by-label"]


# Files


@pytest.mark.parametrize("to", forms.TARGETS)
def test_the_same_study_gives_the_same_bytes_and_says_how_many_names_they_hold(
    tmp_path: Path, to: Target
) -> None:
    place, findings = folder(tmp_path), Findings()
    plan = read_plan(place)
    path = write_instrument(plan, to, findings=findings)
    assert path.name == f"questionnaire-before{ENDINGS[to]}"
    assert path.parent == place
    first = path.read_bytes()
    # Already there with the same content: nothing to do.
    assert write_instrument(plan, to) == path
    other = write_instrument(plan, to, out=tmp_path / "new" / f"form{ENDINGS[to]}")
    # The sheet of codes on paper names its table.
    assert (other.read_bytes() == first) == (to != "docx")
    notes = {note.code: note for note in findings.notes}
    assert notes["instrument-holds-names"].values == {"count": 6}
    assert "6 navne" in notes["instrument-holds-names"].text("da")
    told = {"limesurvey": ["token", "id"], "redcap": ["record_id", "id"]}.get(to)
    who = notes.get("instrument-who-answers")
    assert (told is None) == (who is None)
    assert who is None or [who.values["what"], who.values["key"]] == told


@pytest.mark.parametrize("to", forms.TARGETS)
def test_a_file_that_was_changed_by_hand_is_not_replaced(tmp_path: Path, to: Target) -> None:
    place = folder(tmp_path)
    path = write_instrument(read_plan(place), to)
    path.write_bytes(b"changed")
    before = sorted(place.iterdir())
    assert faults(place, to) == ["instrument-exists"]
    assert path.read_bytes() == b"changed"
    assert sorted(place.iterdir()) == before


def test_both_files_of_a_document_appear_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder(tmp_path)
    before = sorted(place.iterdir())
    replace, calls = Path.replace, []

    def second_fails(self: Path, target: Path) -> Path:
        calls.append(target.name)
        if len(calls) == 2:
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", second_fails)
    assert faults(place, "docx") == ["instrument-not-written"]
    assert calls == ["questionnaire-before.docx", "questionnaire-before.keying.csv"]
    assert sorted(place.iterdir()) == before


def test_the_file_ends_as_the_tool_wants_and_the_wave_exists(tmp_path: Path) -> None:
    place = folder(tmp_path)
    assert faults(place, "redcap", out=tmp_path / "form.xlsx") == ["instrument-ending"]
    assert not (tmp_path / "form.xlsx").exists()
    findings = Findings()
    with pytest.raises(StudyError, match="nærmeste rigtige navn er 'after'"):
        write_instrument(read_plan(place), "redcap", wave="aftr", findings=findings)


def test_the_plan_is_read_before_anybody_answered(tmp_path: Path) -> None:
    place = folder(tmp_path)
    with pytest.raises(StudyError):
        read_study(place)
    assert [wave.label for wave in read_plan(place).waves] == ["before", "after"]
    (place / "roster.csv").unlink()
    with pytest.raises(StudyError, match=r"^roster\.csv: filen findes ikke"):
        read_plan(place)
    (place / "study.toml").write_text("[study]\n", encoding="utf-8")
    with pytest.raises(StudyError):
        read_plan(place)


@pytest.mark.parametrize("to", forms.TARGETS)
def test_the_lines_for_the_study_file_name_tool_codes_and_files(tmp_path: Path, to: Target) -> None:
    place = folder(tmp_path, forms.study_text(forms.RELATIONS["slots"]))
    lines = tomllib.loads(toml_for(read_plan(place), to))
    first, second = lines["waves"]
    assert (first["label"], second["label"]) == ("before", "after")
    expected = {
        "xlsform": ("kobo", "respondent", None),
        "limesurvey": ("limesurvey", "token", {"structure": "questionnaire-after.txt"}),
        "redcap": ("redcap", "record_id", {"dictionary": "questionnaire-after.csv"}),
        "docx": ("plain", "respondent", None),
    }
    assert (second["dialect"], second["respondent"], second.get("parts")) == expected[to]
    (relation,) = lines["relations"]
    assert relation["kind"] == "name-generator"
    assert relation["columns"] == {"to": "name{slot}", "level": "often{slot}"}
    assert relation["match"] == "id"
    assert relation["nobody"] == "none"
    assert relation["nobody_column"] == ("anycontact" if to == "limesurvey" else "any_contact")
    assert relation["levels"] == {"0": 0, "1": 1, "2": 2, "3": 3}
    assert relation["alter_tie_levels"] == {"1": 1, "0": 0}
    # Who did not agree to take part is not read.
    assert first["where"] == {"consent": "yes"}


def test_keys_in_a_form_that_everybody_can_open_are_said(tmp_path: Path) -> None:
    text = forms.study_text(roster='name = "name"\nkey = "key"\n')
    plan = read_plan(folder(tmp_path, text))
    for to in forms.TARGETS:
        findings = Findings()
        write_instrument(plan, to, findings=findings)
        codes = [note.code for note in findings.notes]
        assert ("instrument-keys-inside" in codes) == (to == "xlsform")


def test_what_the_study_file_said_stays_in_its_lines(tmp_path: Path) -> None:
    relation = forms.RELATIONS["levels"] + 'threshold = 1.5\ndirected = false\nsymmetrize = "both"\n'
    place = folder(tmp_path, forms.study_text(relation))
    (found,) = tomllib.loads(toml_for(read_plan(place), "docx"))["relations"]
    assert (found["threshold"], found["directed"], found["symmetrize"]) == (1.5, False, "both")
    assert (found["title"], found["question"], found["dont_know"]) == (
        "Samtaler",
        "Hvem taler du med?",
        ["9"],
    )


def test_every_wording_is_there_in_both_languages_with_the_same_places() -> None:
    for name, said in WORDS.items():
        assert set(said) == {"en", "da"}, name
        places = [sorted(part.split("}")[0] for part in said[key].split("{")[1:]) for key in ("en", "da")]
        assert places[0] == places[1], name
