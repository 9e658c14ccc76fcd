"""REDCap exports: what is a box, a row of a matrix, a form never opened, a repeat; and what is refused."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from exports import redcap as writer
from exports.truth import (
    NO,
    NOT_ANSWERED,
    NOT_ASKED,
    YES,
    Truth,
    choice_states,
    draw,
    roster_csv,
    roster_states,
)
from exports.written import Written
from numpy.typing import NDArray

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat, read_study
from netlearn.survey.dialects import guesses, redcap
from netlearn.survey.dialects.redcap_dictionary import choices_of, read_dictionary
from netlearn.survey.export import ANY, Export
from netlearn.survey.reader import read_relations, read_roster
from netlearn.survey.source import Source
from netlearn.survey.table import Tables

FIELDS = (
    ("record_id", "staff", "text", "Id", "", ""),
    ("contact", "network", "checkbox", "<p>Hvem?</p>", "p02, Jens Hansen | P03, Bak, Mette|99, Ingen", ""),
    ("advice_p02", "network", "radio", "Jens Hansen", "0, Aldrig | 1, Ofte", "advice"),
    ("advice_p03", "network", "radio", "Mette&nbsp;Bak", "0, Aldrig | 1, Ofte", "advice"),
    ("ready", "network", "yesno", "Klar?", "", ""),
    ("note", "network", "descriptive", "Tak", "", ""),
)
HEADER = "record_id,staff_complete,contact___p02,contact___p03,contact___99,advice_p02,advice_p03,ready"
HEADER += ",network_complete"


def dictionary(fields: tuple[tuple[str, ...], ...] = FIELDS, heading: str = writer.LONG, **more: str) -> str:
    """A dictionary; `more` gives the conditions of fields."""
    lines = [heading]
    for name, form, kind, label, choices, matrix in fields:
        section = "Hvor ofte?" if name == "advice_p02" else ""
        cells = [
            name,
            form,
            section,
            kind,
            label,
            choices,
            "",
            "",
            "",
            "",
            "",
            more.get(name, ""),
            *[""] * 3,
            matrix,
        ]
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow([*cells, "", ""])
        lines.append(out.getvalue())
    return "\n".join(lines) + "\n"


def opened(text: str | bytes, words: str | None = None, name: str = "x.csv") -> Source:
    findings, form = Findings(), FileFormat()
    parts = {} if words is None else {"dictionary": Source("d.csv", words.encode(), form, findings)}
    return Source(name, text.encode() if isinstance(text, str) else text, form, findings, parts)


def read(text: str | bytes, words: str | None = None) -> tuple[Export, list[str]]:
    """The export and the codes of its notes."""
    source = opened(text, words)
    export = redcap.read(source)
    assert export is not None, source.findings
    assert source.findings.faults == []
    return export, [note.code for note in source.findings.notes]


def faults(text: str | bytes, words: str | None = None) -> list[tuple[str, str, int, str]]:
    source = opened(text, words)
    assert redcap.read(source) is None
    return [(f.code, f.file, f.row, f.column) for f in source.findings.faults]


RAW = f"{HEADER}\nr1,2,1,0,0,1,,1,2\nr2,2,0,0,0,,,,0\nr3,2,,,,,,,\nr4,2,0,0,1,0,0,0,1\nr5,0,0,0,0,,,,0\n"


def test_boxes_matrices_and_choices_are_told_by_the_dictionary() -> None:
    export, _ = read(RAW, dictionary())
    boxes = export.questions["contact"]
    assert [(c.item, c.label, c.text, c.ticks) for c in boxes] == [
        ("p02", "Jens Hansen", "Hvem?", ("1", "0")),
        ("P03", "Bak, Mette", "Hvem?", ("1", "0")),
        ("99", "Ingen", "Hvem?", ("1", "0")),
    ]
    rows = export.questions["advice"]
    assert [(c.item, c.label, c.text) for c in rows] == [
        ("p02", "Jens Hansen", "Hvor ofte?"),
        ("p03", "Mette Bak", "Hvor ofte?"),
    ]
    assert rows[0].answers == {"0": "Aldrig", "1": "Ofte"}
    assert export.columns[7].answers == {"1": "Yes", "0": "No"}
    assert [c.role for c in export.columns] == ["id", "status", *["answer"] * 6, "status"]
    assert export.respondent == "record_id"
    assert export.codes_are_ids
    assert export.wording == ""


def test_a_form_never_opened_asks_nothing_and_one_left_empty_neither() -> None:
    """r2 has status 0 and only zeros, r3 a blank status; r4 ticked "nobody"; r5 holds nothing at all."""
    for words in (None, dictionary()):
        export, codes = read(RAW, words)
        hidden = frozenset({1, 2, 4})
        advice = {"advice": hidden} if words else {"advice_p02": hidden, "advice_p03": hidden}
        assert export.unasked == {"contact": hidden, "ready": hidden, **advice}
        assert export.dropped == {4: "empty"}
        assert export.complete == (True, None, None, False, None)
        assert ("redcap-forms-by-order" in codes) == (words is None)
        assert {"redcap-unopened", "redcap-empty-rows"} <= set(codes)


def test_a_calculation_does_not_open_a_form() -> None:
    fields = (
        *FIELDS[:1],
        ("a", "network", "text", "A", "", ""),
        ("sum", "network", "calc", "Sum", "1+1", ""),
    )
    export, _ = read(
        "record_id,staff_complete,a,sum,network_complete\nr1,2,,2,0\nr2,2,x,2,0\n", dictionary(fields)
    )
    assert export.unasked["a"] == {0}


def test_a_survey_that_was_begun_is_opened() -> None:
    text = "id,redcap_survey_identifier,net_timestamp,q___1,q___2,net_complete\n1,,[not completed],0,0,0\n2,,,0,0,0\n"
    export, _ = read(text)
    assert export.unasked == {"q": frozenset({1})}


def test_without_a_status_nothing_is_called_unasked() -> None:
    export, codes = read("record_id,contact___p02,contact___p03\nr1,1,0\nr2,0,0\n")
    assert not export.unasked
    assert export.complete == (None, None)
    assert export.dropped == {1: "empty"}
    assert "redcap-no-status" in codes


def test_days_are_those_of_the_surveys_of_a_row() -> None:
    text = (
        "id,redcap_survey_identifier,a_timestamp,x,a_complete,b_timestamp,y,b_complete\n"
        '1,,"2018-03-06 15:52:43",1,2,"2018-03-06 16:00:00",1,2\n'
        "2,,2018-03-06 15:52:43,1,2,[not completed],,0\n"
        "3,,2018-03-06 15:52:43,1,2,2018-03-09 15:52:43,1,2\n4,,,,0,,,0\n"
    )
    export, _ = read(text)
    assert export.days == (date(2018, 3, 6), date(2018, 3, 6), None, None)


def test_codes_are_those_of_the_dictionary_not_of_the_heading() -> None:
    fields = (*FIELDS[:1], ("q", "network", "checkbox", "Q", "-1, Nobody | A.b, Somebody", ""))
    export, _ = read("record_id,q____1,q___a_b,network_complete\nr1,0,1,2\n", dictionary(fields))
    assert [column.item for column in export.questions["q"]] == ["-1", "A.b"]
    bare, _ = read("record_id,q____1,q___a_b,network_complete\nr1,0,1,2\n")
    assert [column.item for column in bare.questions["q"]] == ["-1", "a_b"]


def test_numbers_that_redcap_gives_are_no_ids_without_wording() -> None:
    text = "record_id,contact___1,contact___2,contact___3,contact___99,net_complete\nr1,1,0,0,0,2\n"
    export, codes = read(text)
    assert not export.codes_are_ids
    assert "redcap-numbered" in codes
    assert export.wording == "dictionary"
    chosen, _ = read(text.replace("___1", "___101").replace("___2", "___102").replace("___3", "___103"))
    assert chosen.codes_are_ids


def test_records_that_redcap_may_have_numbered_do_not_say_who_answered() -> None:
    rows = "{},1,2\n{},1,2\n{},1,2\n"
    for ids, counted in (
        ((1, 2, 3), True),
        ((3, 9, 12), True),
        ((1, 2, 17), False),
        (("01", "02", "03"), False),
    ):
        export, codes = read("record_id,x,net_complete\n" + rows.format(*ids))
        assert export.respondent == ("" if counted else "record_id")
        assert ("redcap-record-numbers" in codes) == counted


def test_choices_are_cut_at_the_first_comma_only() -> None:
    text = "1, Bak, Ida|2,  Jens   Hansen | 3, A &amp; B\n4, <i>Ole</i> | -1, "
    assert choices_of(text) == (
        ("1", "Bak, Ida"),
        ("2", "Jens Hansen"),
        ("3", "A & B"),
        ("4", "Ole"),
        ("-1", ""),
    )


@pytest.mark.parametrize("heading", [writer.LONG, writer.API, "﻿" + writer.LONG])
def test_a_dictionary_has_headings_in_two_ways(heading: str) -> None:
    found = read_dictionary(opened(dictionary(heading=heading)))
    assert found is not None
    assert found.forms == ("staff", "network")
    assert found.fields["contact"].choices[1] == ("P03", "Bak, Mette")


def test_a_dictionary_that_went_through_r_has_na_in_empty_cells() -> None:
    words = dictionary((*FIELDS[:1], ("q", "network", "text", "NA", "NA", "NA")), q="NA")
    found = read_dictionary(opened(words))
    assert found is not None
    assert (found.fields["q"].label, found.fields["q"].matrix, found.fields["q"].branching) == (
        "NA",
        "",
        False,
    )


def test_several_boxes_per_colleague_are_rows_and_options() -> None:
    options = "0, None | 1, Lunch"
    fields = (*FIELDS[:1], *(("net_p0" + k, "network", "checkbox", "N" + k, options, "grid") for k in "234"))
    header = ",".join(f"net_p0{k}___{code}" for k in "234" for code in "01")
    export, _ = read(f"record_id,{header},network_complete\nr1,1,0,0,1,0,0,2\n", dictionary(fields))
    found = [(c.item, c.option, c.label, c.option_label) for c in export.questions["grid"]]
    assert found[:3] == [("p02", "0", "N2", "None"), ("p02", "1", "N2", "Lunch"), ("p03", "0", "N3", "None")]


def test_rows_with_more_boxes_than_rows_are_questions() -> None:
    fields = (
        *FIELDS[:1],
        *((name, "network", "checkbox", name, "a, A | b, B | c, C", "grid") for name in ("talk", "help")),
    )
    header = ",".join(f"{name}___{code}" for name in ("talk", "help") for code in "abc")
    export, codes = read(f"record_id,{header},network_complete\nr1,1,0,0,1,0,0,2\n", dictionary(fields))
    assert [(c.item, c.label) for c in export.questions["talk"]] == [("a", "A"), ("b", "B"), ("c", "C")]
    assert "redcap-rows-are-questions" in codes


def test_boxes_for_missing_data_are_left_out_and_others_refused() -> None:
    text = "record_id,contact___p02,contact___p03,contact___99,contact___unk,contact____99,network_complete\n"
    export, codes = read(text + "r1,0,0,0,1,0,2\n", dictionary())
    assert [column.item for column in export.questions["contact"]] == ["p02", "P03", "99"]
    assert codes.count("redcap-other-box") == 2
    older = text.replace("___unk", "___p04")
    assert faults(older + "r1,0,0,0,1,0,2\n", dictionary()) == [
        ("redcap-unknown-choice", "x.csv", 2, "contact___p04")
    ]
    assert read(older + "r1,0,0,0,0,0,2\n", dictionary())[0].columns[4].role == "other"


def test_codes_for_missing_data_in_a_choice_are_no_answer() -> None:
    export, codes = read(RAW.replace("r1,2,1,0,0,1,", "r1,2,1,0,0,UNK,"), dictionary())
    assert export.questions["advice"][0].missing == ("UNK",)
    assert "redcap-missing-codes" in codes


def test_conditions_decimal_commas_and_strange_fields_are_noted() -> None:
    words = dictionary(contact='[ready] = "1"')
    text = RAW.replace("ready,", "extra,")
    assert {"redcap-branching", "redcap-unknown-fields"} <= set(read(text, words)[1])
    cells = ["v", "network", "", "text", "V", "", "", "number_comma_decimal", *[""] * 10]
    more = words + ",".join(cells) + "\n"
    assert "redcap-comma-decimals" in read(RAW.replace("ready", "v"), more)[1]


def test_boxes_may_be_words_or_the_wording_of_the_choice() -> None:
    no = "Unchecked"
    text = f"{HEADER}\nr1,2,Checked,{no},{no},1,,1,Complete\nr2,2,{no},{no},{no},,,,Incomplete\n"
    export, _ = read(text)
    assert {column.ticks for column in export.questions["contact"]} == {("Checked", no)}
    assert export.unasked["contact"] == {1}
    worded = f'{HEADER}\nr1,2,Jens Hansen,,,1,,1,2\nr2,2,,"Bak, Mette",,1,,1,2\n'
    assert read(worded, dictionary())[0].questions["contact"][0].ticks == (ANY, "")
    assert faults(worded) == [("redcap-ticks", "x.csv", 1, "contact___p02")]


def test_boxes_joined_to_one_cell_are_cut_at_commas() -> None:
    export, _ = read('record_id,contact,network_complete\nr1,"p02,P03",2\n', dictionary())
    (column,) = export.questions["contact"]
    assert (column.separator, column.answers["p02"]) == (",", "Jens Hansen")


REPEATS = (
    "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,age,staff_complete,who,often,"
    "contacts_complete\n"
    "a,w1,,,40,2,,,\na,w1,contacts,1,,,b,2,2\na,w1,contacts,2,,,c,1,2\nb,w1,,,50,2,,,\na,w2,contacts,1,,,d,1,2\n"
    "b,w2,,1,51,2,,,\nb,w2,,2,52,2,,,\n"
)


def test_rows_of_repeating_forms_belong_to_the_row_of_their_record_and_event() -> None:
    """Record a has no row of its own in the second event: its first repeat stands for it."""
    export, codes = read(REPEATS)
    group = export.groups["contacts"]
    keys = ("record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")
    assert group.table.header == (*keys, "who", "often", "contacts_complete")
    assert [row[4] for row in group.table.rows] == ["b", "c", "d"]
    assert group.parent == (0, 0, 4)
    assert group.table.numbers == (3, 4, 6)
    assert [group.table.header[column.at] for column in group.columns] == list(group.table.header)
    assert export.dropped == {1: "repeat", 2: "repeat"}
    assert {"redcap-repeats", "redcap-no-own-row", "redcap-repeated-events", "redcap-events"} <= set(codes)


def test_repeats_of_a_record_with_two_rows_of_its_own_are_refused() -> None:
    text = REPEATS + "b,w2,contacts,1,,,a,1,2\n"
    assert faults(text) == [("redcap-repeats-unclear", "x.csv", 9, "redcap_repeat_instrument")]


LABELLED = (
    'Id,Complete?,Hvem? (choice=Jens Hansen),"Hvem? (choice=Bak, Mette)",Hvem? (choice=Ingen),Jens Hansen,Mette Bak,'
    "Klar?,Complete?\nr1,Complete,Checked,Unchecked,Unchecked,Ofte,,Yes,Complete\n"
    "r2,Complete,Unchecked,Unchecked,Unchecked,,,,Incomplete\n"
)


def test_headings_that_are_labels_are_read_where_the_dictionary_says_the_same() -> None:
    export, codes = read(LABELLED, dictionary())
    assert export.table.header == tuple(HEADER.split(","))
    first = export.questions["contact"][0]
    assert (first.item, first.ticks) == ("p02", ("Checked", "Unchecked"))
    assert export.questions["advice"][0].answers["Ofte"] == "Ofte"
    assert export.unasked["contact"] == {1}
    assert export.complete == (True, None)
    assert "redcap-labels-read" in codes


def test_headings_that_are_labels_are_refused_otherwise() -> None:
    assert faults(LABELLED) == [("redcap-labels", "x.csv", 1, "")]
    swapped = LABELLED.replace("Jens Hansen,Mette Bak", "Mette Bak,Jens Hansen")
    assert faults(swapped, dictionary()) == [("redcap-labels-differ", "x.csv", 1, "")]
    assert faults(LABELLED, dictionary(FIELDS[:2] + FIELDS[3:])) == [("redcap-labels-differ", "x.csv", 1, "")]


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (dictionary(), None, "redcap-only-dictionary"),
        (RAW, "a,b\n1,2\n", "redcap-dictionary"),
        (RAW, dictionary((*FIELDS, FIELDS[1])), "redcap-field-twice"),
        ("record_id|contact___1|net_complete\n1|0|2\n", None, "redcap-separator"),
        (RAW.replace(",1,2\n", ",1,Udfyldt\n"), dictionary(), "redcap-bad-status"),
        (RAW.replace("contact___p03", "contact___p02"), dictionary(), "duplicate-column"),
        (RAW.replace("r1,2,1,0", "r1,2,x,0"), dictionary(), "redcap-ticks"),
        (HEADER + "\n", dictionary(), "header-only"),
        (HEADER + "\nr1,2\n", dictionary(), "row-too-short"),
        ("", None, "empty-file"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(text: str, words: str | None, code: str) -> None:
    assert code in [fault[0] for fault in faults(text, words)]


def test_every_fault_and_note_has_words_in_both_languages() -> None:
    for text, words in ((RAW, dictionary()), (REPEATS, None), (LABELLED, None), (RAW, "a\n1\n")):
        source = opened(text, words)
        redcap.read(source)
        for finding in source.findings:
            assert finding.text("en") != finding.text("da")


@pytest.mark.parametrize(
    "text",
    [
        RAW,
        REPEATS,
        LABELLED,
        dictionary(),
        "record_id,a,b,net_complete\n1,x,y,2\n",
        "id,q___a,q___b\n1,1,0\n",
    ],
)
def test_its_own_files_are_recognised(text: str) -> None:
    source = opened(text)
    assert [name for name, guess in guesses(source) if guess.sure > 0.8] == ["redcap"]
    assert source.findings.faults == []


@pytest.mark.parametrize(
    "text",
    [
        "id,contact_p02,contact_p03\np01,1,0\n",
        "id,task_complete,Score\n1,2,3\n",
        "from,to,level\na,b,1\n",
        "token,submitdate,contact[p02]\nx,,1\n",
        "_id,_uuid,_submission_time,contact,contact/p02\n1,u,2024-01-01,p02,1\n",
        "id,x_complete\n1,yes\n",
        "\n",
        "\0\0\0\0",
        "x",
    ],
)
def test_other_files_are_not_claimed(text: str) -> None:
    source = opened(text)
    guess = redcap.recognise(source)
    assert guess is None or guess.sure < 0.6


STUDY = """[study]
title = "t"
seed = 1
[roster]
file = "roster.csv"
name = "name"
[[waves]]
label = "before"
date = 2024-08-26
{before}
[[waves]]
label = "after"
date = 2025-08-26
{after}
[[relations]]
name = "contact"
{relation}
[primary]
relation = "contact"
measure = "cross_density"
waves = ["before", "after"]
"""


def states(folder: Path, truth: Truth, before: Written, after: Written) -> NDArray[np.object_] | list[str]:
    """The states of the first wave in the order of the truth, or the codes of the faults."""
    later = {f"later_{name}": data for name, data in after.files.items()}
    wave = after.wave
    for name in after.files:
        wave = wave.replace(f'"{name}"', f'"later_{name}"')
    study = STUDY.format(before=before.wave, after=wave, relation=before.relation)
    files = {**before.files, **later, "roster.csv": roster_csv(truth), "study.toml": study.encode()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    plan, findings = read_study(folder), Findings()
    reading = read_relations(plan, plan.relations, findings)
    if "contact" not in reading.panels:
        return sorted({fault.code for fault in findings.faults})
    roster = read_roster(plan, Tables(plan, Findings()), Findings())
    assert roster is not None
    places = [roster.by_id[person.id] for person in truth.people]
    return reading.panels["contact"].waves[0].states[np.ix_(places, places)]


def people(seed: int, style: str) -> Truth:
    truth = draw(np.random.default_rng(seed))
    # Several boxes have none for "don't know".
    return (
        replace(truth, cells=np.where(truth.cells == "?", "", truth.cells)) if style == "options" else truth
    )


OPTIONS: list[dict[str, Any]] = [
    {},
    {"dictionary": "api"},
    {"labels": "cells"},
    {"unopened": "0", "encoding": "utf-8"},
    {"longitudinal": True, "survey": True},
    {"separator": ";", "encoding": "cp1252"},
    {"separator": "\t", "encoding": "utf-16"},
]
CASES = [(style, options) for style in writer.PROJECTS for options in OPTIONS]
CASES += [(style, {"labels": "headings"}) for style in writer.PROJECTS if style != "joined"]
CASES += [(style, {"dictionary": ""}) for style in ("boxes", "levels", "repeat", "slots")]
CASES += [(style, {"numbered": True}) for style in ("boxes", "joined")]


@pytest.mark.parametrize(("style", "options"), CASES, ids=str)
def test_what_was_written_is_read(tmp_path: Path, style: Any, options: dict[str, Any]) -> None:
    for seed in (3, 11):
        truth, rng = people(seed, style), np.random.default_rng(seed)
        before, after = (writer.write(truth, rng, style, **options) for _ in range(2))
        found = states(tmp_path, truth, before, after)
        expected = roster_states(truth) if before.kind == "roster" else choice_states(truth)
        assert isinstance(found, np.ndarray), found
        # Who never opened the form was not asked in it.
        found[found == NOT_ASKED] = NOT_ANSWERED
        assert found.tolist() == expected.tolist()


def test_who_never_opened_the_form_was_not_asked(tmp_path: Path) -> None:
    truth = people(3, "boxes")
    rng = np.random.default_rng(3)
    before, after = (writer.write(truth, rng, "boxes", unopened="0") for _ in range(2))
    found = states(tmp_path, truth, before, after)
    assert isinstance(found, np.ndarray)
    assert {state for i in range(truth.n) for state in found[i] if not truth.answered[i]} == {"", NOT_ASKED}
    assert {state for i in range(truth.n) for state in found[i] if truth.answered[i]} == {"", YES, NO}


def test_numbers_that_look_like_ids_of_the_roster_are_refused_or_read_by_name(tmp_path: Path) -> None:
    """The choices are numbered 1 to 8 in another order than the ids 1 to 8 of the roster."""
    truth = people(3, "boxes")
    numbered = tuple(replace(person, id=str(k)) for k, person in enumerate(truth.people, 1))
    truth = replace(truth, people=numbered)
    rng = np.random.default_rng(4)

    def twice(**options: Any) -> list[Written]:
        files = [writer.write(truth, rng, "boxes", numbered=True, **options) for _ in range(2)]
        return [replace(one, wave=one.wave + 'respondent = "record_id"\n') for one in files]

    assert states(tmp_path, truth, *twice(dictionary="")) == ["labels-missing"]
    found = states(tmp_path, truth, *twice())
    assert isinstance(found, np.ndarray)
    assert np.array_equal(found == YES, choice_states(truth) == YES)


def test_damaged_files_never_raise() -> None:
    chance = random.Random(5)
    texts = [RAW, REPEATS, LABELLED, dictionary()]
    for _ in range(400):
        text = chance.choice(texts)
        for _ in range(chance.randint(1, 4)):
            a, b = sorted(chance.randrange(len(text) + 1) for _ in range(2))
            text = chance.choice(
                [text[:a] + text[b:], text[:a] + chance.choice(',;\n"\t|_0') + text[a:], text[a:], text[:b]]
            )
        words = chance.choice([None, dictionary(), text])
        source = opened(text.encode("utf-8", "ignore"), words)
        guesses_before = redcap.recognise(source)
        assert guesses_before is None or 0 <= guesses_before.sure <= 1
        export = redcap.read(source)
        assert (export is None) == bool(source.findings.faults)
