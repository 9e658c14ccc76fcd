"""LimeSurvey: every style of heading, codes and full answers, what was not shown, and whole studies read back."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import studies
from exports import limesurvey as writer
from exports import surveyxact as other_writer
from exports.truth import choice_states, draw, roster_csv, roster_states

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat, read_study
from netlearn.survey.dialects import limesurvey
from netlearn.survey.export import Export
from netlearn.survey.reader import read_panel, read_roster
from netlearn.survey.source import Source
from netlearn.survey.table import Tables

ROOT = Path(__file__).resolve().parents[1]
AUTO = FileFormat()
SYSTEM = "id,submitdate,lastpage,startlanguage"
SENT = "2024-05-06 07:08:09"


def opened(data: str | bytes, parts: Mapping[str, str] | None = None, file: str = "svar.csv") -> Source:
    """A file and its parts, as the reader opens them."""
    findings = Findings()
    made = {
        role: Source(f"{role}.txt", text.encode(), AUTO, findings) for role, text in (parts or {}).items()
    }
    return Source(file, data if isinstance(data, bytes) else data.encode(), AUTO, findings, made)


def table(*rows: tuple[str, ...]) -> str:
    """Rows of cells in quotes."""
    return "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)


def read(text: str, parts: Mapping[str, str] | None = None) -> Export:
    source = opened(text, parts)
    export = limesurvey.read(source)
    assert export is not None, source.findings
    return export


def faults(text: str, parts: Mapping[str, str] | None = None) -> list[str]:
    source = opened(text, parts)
    assert limesurvey.read(source) is None
    return [fault.code for fault in source.findings.faults]


def notes(text: str) -> dict[str, dict[str, object]]:
    source = opened(text)
    limesurvey.read(source)
    return {note.code: note.values for note in source.findings.notes}


def shape(*headings: str, parts: Mapping[str, str] | None = None) -> list[tuple[str, str, str, str, str]]:
    """Question, item, option, label and role of each heading behind those of the tool."""
    header = (*SYSTEM.split(","), *headings)
    export = read(table(header, ("1", SENT, "2", "da", *("" for _ in headings))), parts)
    return [(c.question, c.item, c.option, c.label, c.role) for c in export.columns[4:]]


def test_codes_in_brackets() -> None:
    assert shape("Q1[k01]", "Q1[k02]", "Q11[k01]", "2 [SQ001]", "2 [SQ002]", "age") == [
        ("Q1", "k01", "", "", "answer"),
        ("Q1", "k02", "", "", "answer"),
        ("Q11", "k01", "", "", "answer"),
        ("2", "SQ001", "", "", "answer"),
        ("2", "SQ002", "", "", "answer"),
        ("age", "", "", "", "answer"),
    ]


def test_what_was_typed_beside_an_answer_is_no_answer() -> None:
    found = shape(
        "Q1[k01]", "Q1[k01comment]", "Q1[other]", "Q1[othercomment]", "Q2", "Q2[comment]", "Q3_other"
    )
    assert [(question, role) for question, *_, role in found] == [
        ("Q1", "answer"),
        ("Q1", "comment"),
        ("Q1", "comment"),
        ("Q1", "comment"),
        ("Q2", "answer"),
        ("Q2", "comment"),
        ("", "comment"),
    ]
    text = table((*SYSTEM.split(","), "Q1[k01]", "Q1[other]"), ("1", SENT, "1", "da", "Y", "Peter fra IT"))
    assert notes(text)["limesurvey-typed-beside"] == {"count": 1}


def test_two_scales_are_two_questions() -> None:
    assert [(q, i) for q, i, *_ in shape("Q1[k01][1]", "Q1[k01][2]", "Q1[k02][1]", "Q1[k02][2]")] == [
        ("Q1[1]", "k01"),
        ("Q1[2]", "k01"),
        ("Q1[1]", "k02"),
        ("Q1[2]", "k02"),
    ]
    assert [(q, i) for q, i, *_ in shape("Q1_k01_0", "Q1_k01_1", "Q1_k02_0", "Q1_k02_1", "Q2_k01_1")] == [
        ("Q1[1]", "k01"),
        ("Q1[2]", "k01"),
        ("Q1[1]", "k02"),
        ("Q1[2]", "k02"),
        ("", ""),
    ]


def test_rows_by_columns_are_split_only_where_all_of_them_are_there() -> None:
    full = shape("Q1[a_m]", "Q1[a_n]", "Q1[b_m]", "Q1[b_n]")
    assert [(item, option) for _, item, option, *_ in full] == [
        ("a", "m"),
        ("a", "n"),
        ("b", "m"),
        ("b", "n"),
    ]
    ids = shape("Q1[n_1]", "Q1[n_2]", "Q1[s_3]", "Q1[s_4]")
    assert [(item, option) for _, item, option, *_ in ids] == [
        ("n_1", ""),
        ("n_2", ""),
        ("s_3", ""),
        ("s_4", ""),
    ]


def test_underscores_are_left_to_the_study_file() -> None:
    export = read(
        table((*SYSTEM.split(","), "Q1_k01", "Q1_k02", "Q1_x_k01"), ("1", SENT, "1", "da", "1", "2", "3"))
    )
    assert [c.item for c in export.columns_of("Q1", ("Q1_x",))] == ["k01", "k02"]
    assert [c.item for c in export.columns_of("Q1_x")] == ["k01"]


def test_columns_of_the_tool_are_no_questions() -> None:
    header = f"{SYSTEM},seed,token,Q1,Q1Time,groupTime12,interviewtime,lunchTime,email"
    export = read(f"{header}\n1,{SENT},2,da,5,t1,A1,3,4,5,A2,a@example.org\n")
    roles = {export.table.header[c.at]: c.role for c in export.columns}
    assert [name for name, role in roles.items() if role == "answer"] == ["Q1", "lunchTime"]
    assert (roles["token"], roles["submitdate"], roles["lastpage"], roles["email"]) == (
        "id",
        "end",
        "status",
        "email",
    )
    assert export.respondent == "token"


def test_the_list_of_invited_people_is_no_question() -> None:
    export = read(f"{SYSTEM},firstname,lastname,sent,completed,attribute_1,Q1\n1,{SENT},1,da,A,B,N,N,x,A1\n")
    assert [export.table.header[c.at] for c in export.columns if c.role == "answer"] == ["Q1"]


def test_a_file_without_access_codes_never_matches_by_the_number_of_the_response() -> None:
    """`id` counts responses: a roster with ids 1, 2, … would match it."""
    export = read(f"{SYSTEM},Q1[1],Q1[2]\n1,{SENT},1,da,,A1\n")
    assert export.respondent == "token"
    assert "token" not in export.table.header


def test_codes_with_wording() -> None:
    text = table(
        (
            "id. Response ID",
            "submitdate. Date submitted",
            "token. Access code",
            "contact[k01]. Hvem har du\n <b>talt</b> med? [Anne [IT] Dam]",
            "contact[k02]. Hvem har du\n talt med? [Bo]",
            "scale[k01][1]. Hvor &amp; hvor ofte? [Bo][Skala 1]",
            "age. Din alder",
            "grid[a_m]. Hvad? [Anne][Frokost]",
        ),
        ("1", SENT, "t1", "A1", "A2", "1", "40", "1"),
    )
    export = read(text)
    found = [(c.question, c.item, c.option, c.text, c.label, c.option_label) for c in export.columns]
    assert found[3:] == [
        ("contact", "k01", "", "Hvem har du talt med?", "Anne [IT] Dam", ""),
        ("contact", "k02", "", "Hvem har du talt med?", "Bo", ""),
        ("scale[1]", "k01", "", "Hvor & hvor ofte?", "Bo", ""),
        ("age", "", "", "Din alder", "", ""),
        ("grid", "a", "m", "Hvad?", "Anne", "Frokost"),
    ]
    assert (export.columns[1].role, export.respondent) == ("end", "token. Access code")
    assert export.codes_are_ids


@pytest.mark.parametrize("mark", [" | ", ": ", " "])
def test_what_stands_between_code_and_wording_is_read_from_the_columns_of_the_tool(mark: str) -> None:
    head = [f"submitdate{mark}Date submitted", f"Q1[k01]{mark}Hvem? [Anne]", f"age{mark}Din alder"]
    columns = read(table(tuple(head), (SENT, "A1", "40"))).columns
    found = [(c.question, c.item, c.text, c.label) for c in columns[1:]]
    assert found == [("Q1", "k01", "Hvem?", "Anne"), ("age", "", "Din alder", "")]


def test_codes_of_the_expression_manager_with_wording() -> None:
    text = table(
        (
            "submitdate. Date submitted",
            "knows_task_k01. Hvem? [Anne]",
            "knows_task_k02. Hvem? [Bo]",
            "knows_task_other. Hvem? [Other]",
            "two_k01_0. Hvor? [Anne][A]",
            "two_k01_1. Hvor? [Anne][B]",
            "two_k02_0. Hvor? [Bo][A]",
            "two_k02_1. Hvor? [Bo][B]",
        ),
        (SENT, "A1", "A2", "", "1", "2", "3", "4"),
    )
    assert [(c.question, c.item, c.label, c.role) for c in read(text).columns[1:]] == [
        ("knows_task", "k01", "Anne", "answer"),
        ("knows_task", "k02", "Bo", "answer"),
        ("knows_task", "other", "", "comment"),
        ("two[1]", "k01", "Anne", "answer"),
        ("two[2]", "k01", "Anne", "answer"),
        ("two[1]", "k02", "Bo", "answer"),
        ("two[2]", "k02", "Bo", "answer"),
    ]


def test_wording_alone_names_questions_by_their_wording() -> None:
    header = (
        "Besvarelse ID",
        "Dato for indsendelse",
        "Sidste side",
        "Respondentnøgle",
        "Hvem taler du med? [Anne]",
    )
    text = table((*header, "Hvem taler du med? [Bo]", "Din alder"), ("1", SENT, "1", "t1", "A1", "A2", "40"))
    export = read(text)
    assert [(c.question, c.item, c.label) for c in export.columns[4:]] == [
        ("Hvem taler du med?", "Anne", "Anne"),
        ("Hvem taler du med?", "Bo", "Bo"),
        ("Din alder", "", ""),
    ]
    assert (export.complete, export.respondent, export.codes_are_ids) == ((True,), "Respondentnøgle", False)


def test_a_piece_of_a_name_is_no_name() -> None:
    """LimeSurvey cuts headings at a length: with codes the wording is dropped, without them nobody can be told."""
    head = (
        "submitdate. Date submitted",
        "Q1[k01]. Hvem har du ta..  [Anne Marie Han.. ]",
        "Q1[k02]. Hvem har du ta..  [Bo]",
    )
    coded = table(head, (SENT, "A1", "A1"))
    assert [(c.item, c.label) for c in read(coded).columns[1:]] == [("k01", ""), ("k02", "Bo")]
    assert notes(coded)["limesurvey-labels-cut"] == {"count": 2}
    bare = table(("Response ID", "Date submitted", "Hvem har du ta..  [Anne]"), ("1", SENT, "A1"))
    assert faults(bare) == ["limesurvey-cut-headings"]


def test_underscores_for_spaces_are_undone_and_said() -> None:
    head = ("Response_ID", "Date_submitted", "Last_page", "Hvem_taler_du_med?_[Anne_Dam]")
    text = table(head, ("1", SENT, "1", "A1"))
    assert read(text).columns[3].label == "Anne Dam"
    assert "limesurvey-underscores" in notes(text)


OLD = ("id", "Completed", "Last page seen", "Start language")


def test_codes_of_old_versions() -> None:
    """Their columns of the tool are worded, and comments have one heading for all."""
    head = (
        "1",
        "2 [SQ001]",
        "3 [SQ001][Scale 1]",
        "3 [SQ001][Skala 2]",
        "4 [Rang 1]",
        "5 [SQ001]",
        "5 - comment",
    )
    head += ("5 [SQ002]", "5 - comment", "5 [Other]", "5 [Other] - comment", "6 [a][m]")
    text = table((*OLD, *head), ("1", "1980-01-01 00:00:00", "2", "en", *("x" for _ in head)))
    export = read(text)
    assert [(c.question, c.item, c.option, c.role) for c in export.columns[4:]] == [
        ("1", "", "", "answer"),
        ("2", "SQ001", "", "answer"),
        ("3[1]", "SQ001", "", "answer"),
        ("3[2]", "SQ001", "", "answer"),
        ("4", "Rang 1", "", "answer"),
        ("5", "SQ001", "", "answer"),
        ("5", "comment", "", "comment"),
        ("5", "SQ002", "", "answer"),
        ("5", "comment", "", "comment"),
        ("5", "Other", "", "comment"),
        ("5", "othercomment", "", "comment"),
        ("6", "a", "m", "answer"),
    ]
    assert (export.complete, export.days, export.codes_are_ids) == ((True,), (None,), True)
    guess = limesurvey.recognise(opened(text))
    assert guess is not None
    assert guess.sure > 0.8


def test_old_versions_say_no_for_pages_that_nobody_reached() -> None:
    text = table(
        (*OLD, "5 [a]", "5 [b]", "7"),
        ("1", "2011-01-01 10:00:00", "2", "en", "No", "No", "A1"),
        ("2", "", "1", "en", "No", "No", "A1"),
        ("3", "", "1", "en", "Yes", "No", ""),
        ("4", "", "0", "en", "No", "No", ""),
    )
    export = read(text)
    assert export.unasked == {"5 [a]": frozenset({1, 3}), "5 [b]": frozenset({1, 3})}
    assert export.dropped == {3: "empty"}
    assert notes(text)["limesurvey-never-reached"] == {"count": 4}


def test_columns_of_the_tool_are_known_in_any_language_by_what_they_hold() -> None:
    text = table(
        (
            "Respons ID",
            "Datum verstuurd",
            "Laatste pagina",
            "Begin taal",
            "Wie helpt? [Anne]",
            "Wie helpt? [Bo]",
        ),
        ("57", "", "0", "nl-informal", "Ja", "Nee"),
        ("68", "2016-07-18 12:32:21", "1", "nl-informal", "Nee", "N/A"),
    )
    export = read(text)
    assert [column.role for column in export.columns[:4]] == ["other", "end", "status", "other"]
    assert (export.complete, export.days) == ((False, True), (None, date(2016, 7, 18)))
    assert export.columns[4].ticks == ("Ja", "Nee")
    guess = limesurvey.recognise(opened(text))
    assert guess is not None
    assert guess.sure > 0.8


@pytest.mark.parametrize(
    ("cells", "ticks"),
    [
        (("Y", "", ""), ("Y", "")),
        (("Y", "N", ""), ("Y", "N")),
        (("Yes", "No", "N/A"), ("Yes", "No")),
        (("Ja", "Nej", "N/A"), ("Ja", "Nej")),
        (("Y", "N", "U"), None),
        (("A1", "A2", ""), None),
        (("", "", ""), None),
    ],
)
def test_boxes_are_known_by_what_all_of_them_hold(
    cells: tuple[str, ...], ticks: tuple[str, str] | None
) -> None:
    export = read(table((*SYSTEM.split(","), "Q1[a]", "Q1[b]", "Q1[c]"), ("1", SENT, "2", "da", *cells)))
    assert {column.ticks for column in export.columns[4:]} == {ticks}


def test_not_shown_is_told_from_not_answered() -> None:
    text = table(
        (*SYSTEM.split(","), "Q1[a]", "Q1[b]", "Q2", "Q3[a]"),
        ("1", SENT, "2", "da", "Yes", "No", "Yes", "N/A"),
        ("2", SENT, "2", "da", "N/A", "N/A", "N/A", "Helt uenig"),
    )
    export = read(text)
    assert export.unasked == {"Q1[a]": frozenset({1}), "Q1[b]": frozenset({1})}
    # A single yes/no question has N/A for no answer, and where people could choose N/A it is theirs.
    assert [column.missing for column in export.columns[6:]] == [("N/A",), ()]
    assert notes(text)["limesurvey-not-shown"] == {"count": 2}


def test_answers_with_tags_have_their_plain_wording() -> None:
    export = read(table((*SYSTEM.split(","), "Q1[a]"), ("1", SENT, "2", "da", "<em>Sj&aelig;ldent</em>")))
    assert export.columns[4].answers == {"<em>Sj&aelig;ldent</em>": "Sjældent"}
    assert export.table.rows[0][4] == "<em>Sj&aelig;ldent</em>"


def test_sent_in_partial_anonymised_and_empty() -> None:
    text = table(
        (*SYSTEM.split(","), "Q1[a]"),
        ("1", "2024-05-06 07:08:09", "2", "da", "A1"),
        ("2", "", "1", "da", "A1"),
        ("3", "1980-01-01 00:00:00", "2", "da", ""),
        ("4", "", "1", "da", ""),
        ("5", "06-05-2024", "2", "da", "A1"),
    )
    export = read(text)
    assert export.complete == (True, False, True, False, True)
    assert export.days == (date(2024, 5, 6), None, None, None, None)
    assert export.dropped == {3: "empty"}
    said = notes(text)
    for code in ("limesurvey-anonymised", "limesurvey-empty-rows", "limesurvey-days-unread"):
        assert said[code] == {"count": 1}


def test_without_submitdate_nothing_is_known_of_sending() -> None:
    text = "token,Q1[a],Q1[b]\nt1,A1,\nt2,,\n"
    export = read(text)
    assert (export.complete, export.days, export.dropped) == ((None, None), (None, None), {})
    assert "limesurvey-no-submitdate" in notes(text)


def test_cells_stay_as_they_are_and_the_guard_is_told() -> None:
    export = read(table((*SYSTEM.split(","), "Q1[a]"), ("1", SENT, "2", "da", "'=1+1")))
    assert (export.guard, export.table.rows[0][4], export.table.numbers) == ("'", "'=1+1", (2,))


STRUCTURE = (
    "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\n"
    "S\t\tlanguage\t1\tda\t\t\n"
    "G\t\tEt\t1\t\t\tda\n"
    "Q\tF\tmy_q\t1\t<p>Hvor ofte?</p>\t\tda\n"
    "SQ\t0\tk01\t1\tAnne Dam\t\tda\n"
    "SQ\t0\tk02\t1\tBo\t\tda\n"
    "A\t0\tA1\t0\tAldrig\t\tda\n"
    "A\t0\tA2\t0\tOfte\t\tda\n"
    "Q\t1\ttwo\t1\tTo skalaer\t\tda\n"
    "SQ\t0\tk01\t1\tAnne Dam\t\tda\n"
    "A\t0\tA1\t0\tLidt\t\tda\n"
    "A\t1\tA1\t0\tMeget\t\tda\n"
    "Q\t:\tcross\t1\tHvad med hvem?\t\tda\n"
    "SQ\t0\tk01\t1\tAnne Dam\t\tda\n"
    "SQ\t1\tm\t1\tMøder\t\tda\n"
    "Q\tM\tbox\t1\tHvem?\t\tda\n"
    "SQ\t0\tk01\t1\tAnne Dam\t\tda\n"
    "Q\tF\tmy_q\t1\tHow often?\t\ten\n"
    "SQ\t0\tk01\t1\tAnne Dam (en)\t\ten\n"
)


@pytest.mark.parametrize("underscores", [False, True])
def test_the_structure_gives_wording_and_says_where_codes_end(underscores: bool) -> None:
    headings = ["my_q[k01]", "my_q[k02]", "two[k01][1]", "two[k01][2]", "cross[k01_m]", "box[k01]"]
    if underscores:
        headings = ["my_q_k01", "my_q_k02", "two_k01_0", "two_k01_1", "cross_k01_m", "box_k01"]
    text = table((*SYSTEM.split(","), *headings), ("1", SENT, "2", "da", "A1", "A2", "A1", "A1", "1", ""))
    columns = read(text, {"structure": STRUCTURE}).columns[4:]
    assert [(c.question, c.item, c.label, c.option, c.option_label, dict(c.answers)) for c in columns] == [
        ("my_q", "k01", "Anne Dam", "", "", {"A1": "Aldrig", "A2": "Ofte"}),
        ("my_q", "k02", "Bo", "", "", {"A1": "Aldrig", "A2": "Ofte"}),
        ("two[1]", "k01", "Anne Dam", "", "", {"A1": "Lidt"}),
        ("two[2]", "k01", "Anne Dam", "", "", {"A1": "Meget"}),
        ("cross", "k01", "Anne Dam", "m", "Møder", {}),
        ("box", "k01", "Anne Dam", "", "", {}),
    ]
    assert columns[0].text == "Hvor ofte?"
    assert columns[5].ticks == ("Y", "")


def test_what_is_no_structure_is_refused() -> None:
    text = table((*SYSTEM.split(","), "Q1[a]"), ("1", SENT, "2", "da", "A1"))
    assert faults(text, {"structure": "name;label\nq;Who\n"}) == ["limesurvey-not-structure"]
    assert faults(text, {"structure": '<?xml version="1.0"?><document/>'}) == ["limesurvey-structure-lss"]


def test_two_columns_of_one_code_and_a_second_row_of_headings_are_refused() -> None:
    assert faults(f"{SYSTEM},Q1[a],Q1[a]\n1,{SENT},2,da,A1,A2\n") == ["duplicate-column"]
    assert faults(f"Svar-id,Afsendt,Side,Hvem\n{SYSTEM.replace('startlanguage', 'Q1')}\n1,{SENT},2,A1\n") == [
        "limesurvey-vv"
    ]
    head = ("submitdate. Date submitted", "Q1[a]. Hvem? [Anne]", "", "Q2. Alder")
    assert faults(table(head, (SENT, "A1", "?", "40"))) == ["limesurvey-no-heading"]


@pytest.mark.parametrize("style", ["code", "em", "codetext", "em-codetext", "full", "old", "underscores"])
@pytest.mark.parametrize("book", [False, True])
def test_every_style_is_recognised_by_content(style: writer.Style, book: bool) -> None:
    rng = np.random.default_rng(2)
    (data,) = writer.write(draw(rng), rng, style=style, book=book).files.values()
    guess = limesurvey.recognise(opened(data, file="x.xlsx" if book else "x.bin"))
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
        b'ResponseId,Q1_1,Q1_2\n,"Who? - Anne","Who? - Bo"\n',
        b"Timestamp,Hvem taler du med? [Anne],Hvem taler du med? [Bo]\n2024/01/01,Ofte,Aldrig\n",
        b"record_id,name,check___1\n1,x,0\n",
    ],
)
def test_other_files_are_not_claimed(data: bytes) -> None:
    assert limesurvey.recognise(opened(data)) is None


def test_exports_of_another_tool_are_not_claimed() -> None:
    rng = np.random.default_rng(3)
    for data in other_writer.write(draw(rng), rng).files.values():
        assert limesurvey.recognise(opened(data)) is None


@pytest.mark.parametrize("wave", ["before", "midway", "after"])
def test_the_shipped_exports_give_a_column_per_colleague(wave: str) -> None:
    data = (ROOT / "data" / "cbu-aalborg" / f"survey_{wave}.csv").read_bytes()
    source = opened(data)
    guess = limesurvey.recognise(source)
    assert guess is not None
    assert guess.sure > 0.9
    export = limesurvey.read(source)
    assert export is not None
    header = next(csv.reader(data.decode().splitlines()))
    for code in ("contact", "knows_task", "advice"):
        expected = {
            at: m[1] for at, name in enumerate(header) if (m := re.fullmatch(rf"{code}\[(\w+)\]", name))
        }
        assert {column.at: column.item for column in export.questions[code]} == expected
    assert export.questions["advice"][0].ticks == ("Y", "")
    assert export.respondent == "token"


def study_of(written: writer.Written, later: writer.Written) -> dict[str, str | bytes]:
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


STYLES = list(
    product(
        ["code", "em", "codetext", "em-codetext", "full", "old", "underscores"],
        ["codes", "full"],
        ["roster", "choice"],
    )
)


@pytest.mark.parametrize(("style", "cells", "kind"), STYLES)
def test_a_study_reads_back_what_people_answered(
    style: writer.Style, cells: str, kind: str, tmp_path: Path
) -> None:
    seed = STYLES.index((style, cells, kind))
    rng = np.random.default_rng(seed)
    truth = draw(rng)
    later = replace(draw(rng), people=truth.people)
    how = {"style": style, "cells": cells, "kind": kind, "book": seed % 3 == 1, "api": seed % 3 == 2}
    written = writer.write(truth, rng, anonymised=seed % 2 == 1, **how)
    files = study_of(written, writer.write(later, rng, month=11, **how))
    folder = studies.write(tmp_path / "study", files | {"roster.csv": roster_csv(truth)})
    expected = roster_states(truth) if written.kind == "roster" else choice_states(truth)
    assert (states(folder, [person.id for person in truth.people]) == expected).all()
