"""SurveyXact: files told apart by content, matrices found again, rows of people who did not answer, whole studies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import studies
from exports import limesurvey as other_writer
from exports import surveyxact as writer
from exports.truth import choice_states, draw, roster_csv, roster_states
from exports.written import Written

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat, read_study
from netlearn.survey.dialects import surveyxact
from netlearn.survey.export import Export
from netlearn.survey.reader import read_panel, read_roster
from netlearn.survey.source import Source
from netlearn.survey.table import Tables

AUTO = FileFormat()
HEAD = "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText\n"
STATO = ";".join(f"stato_{k}" for k in range(1, 6))
DONE, SENT, SOME, NEW, GONE = "0;0;0;1;0", "0;1;0;0;0", "0;0;1;0;0", "1;0;0;0;0", "0;0;0;0;1"


def opened(data: str | bytes, parts: Mapping[str, str] | None = None, file: str = "dataset.csv") -> Source:
    """A file and its parts, as the reader opens them."""
    findings = Findings()
    if data[:4] == b"PK\x03\x04" and b"xl/workbook.xml" in data:
        file = "surveyxact.xlsx"
    made = {
        role: Source(f"{role}.csv", text.encode(), AUTO, findings) for role, text in (parts or {}).items()
    }
    return Source(file, data if isinstance(data, bytes) else data.encode(), AUTO, findings, made)


def read(data: str | bytes, structure: str = "", labels: str = "") -> Export:
    source = opened(data, given(structure, labels))
    export = surveyxact.read(source)
    assert export is not None, source.findings
    return export


def given(structure: str, labels: str) -> dict[str, str]:
    parts = {"structure": HEAD + structure if structure else "", "labels": labels}
    return {role: text for role, text in parts.items() if text}


def faults(data: str | bytes, structure: str = "", labels: str = "") -> list[tuple[str, int, str]]:
    source = opened(data, given(structure, labels))
    assert surveyxact.read(source) is None
    return [(fault.code, fault.row, fault.column) for fault in source.findings.faults]


def notes(data: str | bytes, structure: str = "", labels: str = "") -> dict[str, dict[str, object]]:
    source = opened(data, given(structure, labels))
    surveyxact.read(source)
    return {note.code: note.values for note in source.findings.notes}


def single(*rows: tuple[str, str]) -> str:
    return "".join(f"{name};{name};Closed;Single;{text};;\n" for name, text in rows)


def dataset(*names: str) -> str:
    """A dataset of one row that was completed."""
    return f"{';'.join(names)};{STATO}\n{';'.join('1' for _ in names)};{DONE}\n"


def shape(*rows: tuple[str, str]) -> list[tuple[str, str, str, str]]:
    """Question, item, label and text of single questions with these names and wordings."""
    export = read(dataset(*(name for name, _ in rows)), single(*rows))
    return [(c.question, c.item, c.label, c.text) for c in export.columns[: len(rows)]]


def test_the_row_is_the_part_that_differs() -> None:
    """Names of people and questions may have the mark in them, too."""
    assert shape(
        ("kontakt_1", "Tænk på din uge - hvem taler du med?  - Anne Dam "),
        ("kontakt_2", "Tænk på din uge - hvem taler du med? - Anne - IT"),
        ("kontakt_3", "Tænk på din uge - hvem taler du med? - Bo"),
        ("alder", "Din alder"),
    ) == [
        ("kontakt", "1", "Anne Dam", "Tænk på din uge - hvem taler du med?"),
        ("kontakt", "2", "Anne - IT", "Tænk på din uge - hvem taler du med?"),
        ("kontakt", "3", "Bo", "Tænk på din uge - hvem taler du med?"),
        ("alder", "", "Din alder", "Din alder"),
    ]


def test_matrices_side_by_side_with_numbered_names_are_told_apart() -> None:
    found = shape(
        ("s_3", "Uge 1 - hvem taler du med? - Anne"),
        ("s_4", "Uge 1 - hvem taler du med? - Bo"),
        ("s_5", "Uge 1 - hvem spørger du? - Anne"),
        ("s_6", "Uge 1 - hvem spørger du? - Bo"),
        ("s_7", "Hvem hjælper dig? - Anne"),
        ("s_8", "Hvem hjælper dig? - Bo"),
    )
    assert [(question, label) for question, _, label, _ in found] == [
        ("s_3", "Anne"),
        ("s_3", "Bo"),
        ("s_5", "Anne"),
        ("s_5", "Bo"),
        ("s_7", "Anne"),
        ("s_7", "Bo"),
    ]


def test_matrices_side_by_side_are_told_apart_by_their_names() -> None:
    found = shape(
        ("tal_1", "Uge 1 - hvem taler du med? - Anne"),
        ("tal_2", "Uge 1 - hvem taler du med? - Bo"),
        ("raad_1", "Uge 1 - hvem spørger du? - Carl"),
        ("raad_2", "Uge 1 - hvem spørger du? - Dora"),
    )
    assert [(question, label) for question, _, label, _ in found] == [
        ("tal", "Anne"),
        ("tal", "Bo"),
        ("raad", "Carl"),
        ("raad", "Dora"),
    ]


def test_a_matrix_that_does_not_own_its_name_is_called_after_its_first_row() -> None:
    found = shape(("k_1", "Hvem? - Anne"), ("k_2", "Hvem? - Bo"), ("k_9", "Noget helt andet"), ("x", "Y"))
    assert [question for question, *_ in found] == ["k_1", "k_1", "", "x"]
    free = shape(("anne", "Hvem? - Anne"), ("bo", "Hvem? - Bo"))
    assert [(question, item) for question, item, *_ in free] == [("anne", "anne"), ("anne", "bo")]


def test_a_question_without_wording_and_rows_without_a_question() -> None:
    assert [label for *_, label, _ in shape(("b_1", "  - Anne"), ("b_2", "  - Bo"))] == ["Anne", "Bo"]
    export = read(dataset("kontakt_1", "kontakt_2"), single(("kontakt_1", "Anne"), ("kontakt_2", "Bo")))
    assert [(c.item, c.label) for c in export.columns_of("kontakt")] == [("1", "Anne"), ("2", "Bo")]


BOXES = "v_1;v_1_1;Closed;Multiple;Hvem?;7;Anne \nv_1;v_1_2;Closed;Multiple;Hvem?;3;Bo\n"


def test_boxes_are_one_question_and_the_choice_is_the_item() -> None:
    other = "s_9;s_9;Open;String;Hvem? - Bo;;\n"
    export = read(dataset("v_1_1", "v_1_2", "s_9"), BOXES + other, "v_1_1;0;Ikke valgt\nv_1_1;1;Valgt\n")
    found = [(c.question, c.item, c.label, c.ticks, c.role) for c in export.columns[:3]]
    assert found == [
        ("v_1", "7", "Anne", ("1", "0"), "answer"),
        ("v_1", "3", "Bo", ("1", "0"), "answer"),
        ("v_1", "", "", None, "comment"),
    ]
    assert dict(export.columns[0].answers) == {"0": "Ikke valgt", "1": "Valgt"}
    assert not export.codes_are_ids


def test_boxes_in_a_matrix_have_row_and_option() -> None:
    structure = "".join(
        f"m_{row};m_{row}_{k};Closed;Multiple;Om hvad? - {name};{k};{what}\n"
        for row, name in ((1, "Anne"), (2, "Bo"))
        for k, what in ((1, "Møder"), (2, "Frokost"))
    )
    export = read(dataset("m_1_1", "m_1_2", "m_2_1", "m_2_2"), structure)
    assert [(c.question, c.item, c.label, c.option, c.option_label) for c in export.columns[:4]] == [
        ("m", "1", "Anne", "1", "Møder"),
        ("m", "1", "Anne", "2", "Frokost"),
        ("m", "2", "Bo", "1", "Møder"),
        ("m", "2", "Bo", "2", "Frokost"),
    ]


def test_codes_keep_the_order_of_the_labels() -> None:
    labels = "s_6;5;Som barn \ns_6;1;I skolen\ns_6;6;Ved ikke\ns_6;3;Senere\n"
    export = read(dataset("s_6"), single(("s_6", "Hvornår?")), labels)
    assert list(export.columns[0].answers.items()) == [
        ("5", "Som barn"),
        ("1", "I skolen"),
        ("6", "Ved ikke"),
        ("3", "Senere"),
    ]


def test_people_who_did_not_answer_are_no_responses() -> None:
    rows = [
        f"1;;p1;{DONE}",
        f";;p2;{SENT}",
        f"1;;p3;{SOME}",
        f";;p4;{NEW}",
        f";;p5;{GONE}",
        f"2;;p6;{GONE}",
        f";;p7;{SOME}",
    ]
    text = f"k_1;k_2;id;{STATO}\n" + "\n".join([*rows, ";;p8;0;0;0;0;0"]) + "\n"
    structure = single(("k_1", "Hvem? - Anne"), ("k_2", "Hvem? - Bo")) + "id;id;Open;String;Baggrund - id;;\n"
    labels = "k_1;1;Ja\nk_1;2;Nej\nk_2;1;Ja\nk_2;2;Nej\n"
    export = read(text, structure, labels)
    assert export.dropped == dict.fromkeys((1, 3, 4), "not-answered")
    assert export.complete == (True, False, False, False, False, False, False, None)
    said = notes(text, structure, labels)
    counts = {"new": 1, "distributed": 1, "some": 2, "completed": 1, "dropped": 2}
    assert said["surveyxact-statuses"] == counts
    assert said["surveyxact-not-answered"] == {"count": 3}
    assert said["surveyxact-status-unclear"] == {"count": 1}


def test_boxes_of_people_who_did_not_answer_are_zeros_and_no_answers() -> None:
    text = f"v_1_1;v_1_2;{STATO}\n1;0;{DONE}\n0;0;{SENT}\n0;1;{SENT}\n"
    assert read(text, BOXES).dropped == {1: "not-answered"}
    assert notes(text, BOXES)["surveyxact-answers-early"] == {"count": 1}


def test_days_are_those_of_closing_else_of_starting() -> None:
    text = f"s_1;starttim;closetim;{STATO}\n1;2024-05-01 08:00:00;2024-05-02 08:00:00;{DONE}\n1;2024-05-03;;{SOME}\n"
    text += f"1;3. maj;;{SOME}\n"
    structure = (
        single(("s_1", "Ja?")) + "starttim;starttim;Open;Date;Start;;\nclosetim;closetim;Open;Date;Slut;;\n"
    )
    export = read(text, structure)
    assert export.days == (date(2024, 5, 2), date(2024, 5, 3), None)
    assert [column.role for column in export.columns[1:3]] == ["start", "end"]
    assert notes(text, structure)["surveyxact-days-unread"] == {"count": 1}


def test_a_structure_with_seven_headings_and_rows_of_eight() -> None:
    structure = HEAD.replace(";", ",") + 'v_1,v_1_1,Closed,Multiple,"Hvem, og hvor?",1,Anne,\n'
    source = opened(f"v_1_1,{STATO.replace(';', ',')}\n1,0,0,0,1,0\n", {"structure": structure})
    export = surveyxact.read(source)
    assert export is not None
    assert (export.columns[0].label, export.columns[0].text) == ("Anne", "Hvem, og hvor?")


def test_a_lone_dataset_has_no_wording_and_says_what_is_missing() -> None:
    text = dataset("v_1_1", "v_1_2")
    export = read(text)
    assert [column.label for column in export.columns_of("v_1")] == ["", ""]
    assert (export.wording, export.codes_are_ids) == ("labels", False)
    assert "surveyxact-no-structure" in notes(text)


def test_files_that_do_not_belong_together_are_refused() -> None:
    rows = single(("k_1", "Hvem? - Anne"), ("k_2", "Hvem? - Bo"))
    assert faults(dataset("k_1", "k_2", "k_3"), rows) == [("surveyxact-not-in-structure", 1, "k_3")]
    assert faults(dataset("k_1"), rows) == [("surveyxact-not-in-dataset", 1, "k_2")]
    assert faults(dataset("k_1", "k_1"), single(("k_1", "Hvem?"))) == [("duplicate-column", 1, "k_1")]
    twice = rows + single(("k_2", "Hvem? - Carl"))
    assert faults(dataset("k_1", "k_2"), twice) == [("surveyxact-variable-twice", 4, "")]


def test_background_columns_may_be_missing_on_either_side() -> None:
    rows = single(("k_1", "Hvem? - Anne"), ("k_2", "Hvem? - Bo")) + "navn;navn;Open;String;Navn;;\n"
    said = notes(dataset("k_1", "k_2", "email"), rows)
    assert said["surveyxact-undescribed"] == {"count": 1, "names": ["email"]}
    assert said["surveyxact-columns-left"] == {"names": ["navn"]}


def test_broken_structure_and_labels_are_refused_with_their_rows() -> None:
    text = dataset("k_1")
    assert faults(text, "k_1;k_1;Closed;Single\n") == [("surveyxact-structure-row", 2, "")]
    assert faults(text, "k_1;k_1;Closed;Single;Hvem; hvor?;;\n") == [("surveyxact-structure-row", 2, "")]
    good = single(("k_1", "Hvem?"))
    assert faults(text, good, "k_1;1;Ja\nk_1;1;Nej\n") == [("surveyxact-code-twice", 2, "k_1")]
    assert faults(text, good, "k_1;1;Ja\nk_1;2;Nej; tak\n") == [("surveyxact-other-file", 1, "")]
    late = "".join(f"k_1;{code};Svar {code}\n" for code in range(30)) + "k_1;x\n"
    assert faults(text, good, late) == [("surveyxact-label-row", 31, "")]
    lacking = HEAD.replace(";choiceText", "") + "k_1;k_1;Closed;Single;Hvem?;\n"
    source = opened(text, {"structure": lacking})
    assert surveyxact.read(source) is None
    assert [fault.code for fault in source.findings.faults] == ["surveyxact-structure-columns"]


def test_headings_over_the_labels_are_left_out_and_said() -> None:
    labels = "variable;code;label\nk_1;1;Ja\n"
    export = read(dataset("k_1"), single(("k_1", "Hvem?")), labels)
    assert dict(export.columns[0].answers) == {"1": "Ja"}
    assert "surveyxact-labels-heading" in notes(dataset("k_1"), single(("k_1", "Hvem?")), labels)


def test_other_files_of_the_tool_are_refused_by_name() -> None:
    complete = (
        "Hvem? - Anne;" + ";".join(f"Samlet status - {word}" for word in writer.STATUS) + f"\nOfte;{DONE}\n"
    )
    assert faults(complete) == [("surveyxact-wordings", 1, "")]
    assert faults(HEAD + single(("k_1", "Hvem?"))) == [("surveyxact-no-dataset", 0, "")]
    assert faults("variableName,variableDescription\nk_1,Hvem?\n") == [("surveyxact-no-dataset", 0, "")]
    guess = surveyxact.recognise(opened(complete))
    assert guess is not None
    assert guess.sure > 0.8


def book(first: list[list[str]], second: list[list[str]]) -> bytes:
    rows = [
        row.split(";") for row in (HEAD + single(("k_1", "Hvem? - Anne"), ("k_2", "Hvem? - Bo"))).splitlines()
    ]
    labels = [[name, code, word] for name in ("k_1", "k_2") for code, word in (("1", "Ja"), ("2", "Nej"))]
    return writer.workbook({"Labels": labels, "Dataset(1)": first, "Dataset(2)": second, "Structure": rows})


def test_sheets_of_one_table_are_put_side_by_side() -> None:
    """An empty row belongs to somebody who answered nothing on that sheet."""
    first = [["k_1", "responde"], ["1", "11"], ["", "12"], ["2", "13"]]
    second = [
        ["responde", "k_2", *STATO.split(";")],
        ["11", "2", *DONE.split(";")],
        ["12", "", *SENT.split(";")],
    ]
    data = book(first, [*second, ["13", "1", *DONE.split(";")]])
    export = read(data)
    assert export.table.header[:3] == ("k_1", "responde", "k_2")
    assert [row[:3] for row in export.table.rows] == [["1", "11", "2"], ["", "12", ""], ["2", "13", "1"]]
    assert [c.label for c in export.questions["k"]] == ["Anne", "Bo"]
    assert notes(data)["surveyxact-side-by-side"]["shared"] == ["responde"]


def test_sheets_that_were_sorted_apart_are_refused() -> None:
    first = [["k_1", "responde"], ["1", "11"], ["2", "13"]]
    second = [
        ["responde", "k_2", *STATO.split(";")],
        ["13", "1", *DONE.split(";")],
        ["11", "2", *DONE.split(";")],
    ]
    assert faults(book(first, second)) == [("surveyxact-sheets-differ", 2, "responde")]
    bare = [["k_2", *STATO.split(";")], ["", *SENT.split(";")], ["2", *DONE.split(";")]]
    assert faults(book([["k_1"], ["1"], [""]], bare)) == [("surveyxact-sheets-shifted", 2, "")]


@pytest.mark.parametrize("layout", ["semicolon", "utf16", "comma", "zip", "xlsx", "wide"])
def test_every_layout_is_recognised_by_content(layout: writer.Layout) -> None:
    rng = np.random.default_rng(4)
    files = list(writer.write(draw(rng), rng, layout=layout).files.values())
    guess = surveyxact.recognise(opened(files[0], file="x"))
    assert guess is not None
    assert guess.sure > 0.8


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04broken",
        b"id,contact_k01,contact_k02\nk01,,1\n",
        b"from,to,level\nk01,k02,1\n",
        b"name,age,city\nanne,34,Aalborg\n",
        b"ResponseId,Q1_1,Q1_2\n,x,y\n",
        b"record_id,redcap_event_name,check___1\n1,x,0\n",
        b"id,submitdate,lastpage,startlanguage,Q1[a]\n1,,1,da,Y\n",
    ],
)
def test_other_files_are_not_claimed(data: bytes) -> None:
    source = opened(data)
    guess = surveyxact.recognise(source)
    assert guess is None or guess.sure < 0.6
    assert [fault.code for fault in source.findings.faults] in ([], ["empty-file"], ["not-text"])


def test_exports_of_another_tool_are_not_claimed() -> None:
    rng = np.random.default_rng(5)
    for style in ("code", "em", "codetext", "full"):
        (data,) = other_writer.write(draw(rng), rng, style=style).files.values()
        assert surveyxact.recognise(opened(data)) is None


def test_a_part_of_another_tool_is_no_fault_while_tools_are_told_apart() -> None:
    source = opened("record_id,kontakt_1\n1,2\n", {"structure": "class\ttype/scale\tname\ttext\n"})
    surveyxact.recognise(source)
    assert not source.findings.faults


def study_of(written: Written, later: Written) -> dict[str, str | bytes]:
    """The files of a study with one wave written by `written` and a later one."""
    waves, files = "", {}
    for label, day, wave in (("before", "2024-03-01", written), ("after", "2024-11-01", later)):
        lines = wave.wave
        for name, data in wave.files.items():
            lines = lines.replace(f'"{name}"', f'"{label}-{name}"')
            files[f"{label}-{name}"] = data
        waves += f'[[waves]]\nlabel = "{label}"\ndate = {day}\n{lines}\n'
    text = '[study]\ntitle = "x"\nseed = 1\ntolerate = ["single-person-departments"]\n\n[roster]\nfile = "roster.csv"\n'
    text += f'name = "name"\n\n{waves}[[relations]]\nname = "contact"\n{written.relation}\n[primary]\n'
    text += 'relation = "contact"\nmeasure = "cross_density"\nwaves = ["before", "after"]\n'
    return {"study.toml": text} | files


def states(folder: Path, people: list[str]) -> np.ndarray:
    """What is read of the first wave, people in this order."""
    study, findings = read_study(folder), Findings()
    roster = read_roster(study, Tables(study, findings), findings)
    assert roster is not None
    order = [roster.by_id[person] for person in people]
    return read_panel(study, "contact").waves[0].states[np.ix_(order, order)]


LAYOUTS = ["semicolon", "utf16", "comma", "zip", "xlsx", "wide"]
WAYS = [("roster", "stem"), ("roster", "numbered"), ("roster", "bare"), ("choice", "stem")]


@pytest.mark.parametrize(("layout", "way"), list(product(LAYOUTS, WAYS)))
def test_a_study_reads_back_what_people_answered(
    layout: writer.Layout, way: tuple[str, writer.Naming], tmp_path: Path
) -> None:
    rng = np.random.default_rng(LAYOUTS.index(layout) * 10 + WAYS.index(way))
    truth = draw(rng)
    later = replace(draw(rng), people=truth.people)
    how = {"layout": layout, "kind": way[0], "naming": way[1]}
    written = writer.write(truth, rng, **how)
    files = study_of(written, writer.write(later, rng, **how))
    folder = studies.write(tmp_path / "study", files | {"roster.csv": roster_csv(truth)})
    expected = roster_states(truth) if written.kind == "roster" else choice_states(truth)
    assert (states(folder, [person.id for person in truth.people]) == expected).all()
