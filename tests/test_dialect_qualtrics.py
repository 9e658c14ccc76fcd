"""Qualtrics downloads: generations of headings, names of rows and choices, boxes, rows that are no responses."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from exports import ms_forms as other_tool
from exports import qualtrics as writer
from exports import reading
from exports.truth import Truth, draw

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey.dialects import guesses, qualtrics
from netlearn.survey.dialects.qualtrics_days import days_of
from netlearn.survey.export import Column, Export
from netlearn.survey.source import Source

META = ["StartDate", "EndDate", "Status", "Progress", "Finished", "ResponseId"]
META_TEXTS = ["Startdato", "Slutdato", "Svartype", "Fremskridt", "Afsluttet", "Svar-id"]
META_IDS = ["startDate", "endDate", "status", "progress", "finished", "_recordId"]
SENT = ["2024-08-26 10:01:02", "2024-08-26 10:09:00", "0", "100", "1", "R_1"]


def text_of(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def told(*ids: str) -> list[str]:
    """Cells of the third heading row; "QID5 3" has a choice."""
    cells = []
    for text in ids:
        name, _, choice = text.partition(" ")
        cells.append(
            json.dumps({"ImportId": name} | ({"choiceId": choice} if choice else {}), separators=(",", ":"))
        )
    return cells


def made(names: list[str], texts: list[str], ids: list[str], *rows: list[str], meta: bool = True) -> str:
    """A download in the present form, with the columns that Qualtrics adds."""
    head = [META + names, META_TEXTS + texts, told(*META_IDS, *ids)]
    if not meta:
        return text_of([names, texts, told(*ids), *rows])
    return text_of([*head, *([*SENT, *row] for row in rows)])


def opened(data: str | bytes, name: str = "x.csv") -> Source:
    return Source(name, data.encode() if isinstance(data, str) else data, FileFormat(), Findings())


def read(data: str | bytes, name: str = "x.csv") -> tuple[Export, list[str]]:
    """The export and the codes of its notes."""
    source = opened(data, name)
    export = qualtrics.read(source)
    assert export is not None, source.findings
    assert source.findings.faults == []
    return export, [note.code for note in source.findings.notes]


def faults(data: str | bytes, name: str = "x.csv") -> list[tuple[str, int]]:
    source = opened(data, name)
    assert qualtrics.read(source) is None
    return [(fault.code, fault.row) for fault in source.findings.faults]


def shown(export: Export, question: str) -> list[tuple[str, str, str, str]]:
    return [(c.item, c.option, c.label, c.option_label) for c in export.questions[question]]


def column(export: Export, heading: str) -> Column:
    return export.columns[export.table.header.index(heading)]


def test_a_matrix_has_a_column_per_row_named_by_what_differs() -> None:
    asked = "Work - how often?\n\n<b>Please</b> answer - "
    names = ["contact_1", "contact_2", "contact_3"]
    texts = [asked + "N Thomas", asked + "Bo - Krog", asked + "Ann-Mai &amp; Co"]
    data = made(
        names, texts, ["QID5_1", "QID5_4", "QID5_9"], ["Often", "Never", ""], ["Never", "Often", "Often"]
    )
    export, codes = read(data)
    assert shown(export, "contact") == [
        ("1", "", "N Thomas", ""),
        ("2", "", "Bo - Krog", ""),
        ("3", "", "Ann-Mai & Co", ""),
    ]
    assert {c.text for c in export.questions["contact"]} == {"Work - how often? Please answer"}
    assert (export.codes_are_ids, export.dialect, export.table.numbers) == (False, "qualtrics", (4, 5))
    assert all(c.ticks is None and c.separator == "" for c in export.questions["contact"])
    assert codes == ["qualtrics-other-columns"]
    assert export.complete == (True, True)
    assert export.days == (date(2024, 8, 26), date(2024, 8, 26))


def test_several_boxes_per_row_are_told_apart_by_row_and_choice() -> None:
    names = [f"collab_{row}_{choice}" for row in (1, 2) for choice in (1, 6)]
    texts = [
        f"Activities - {name} - {c}"
        for name in ("A Smith", "N Thomas")
        for c in ("Co-taught", "None of these")
    ]
    ids = ["QID7_3 1", "QID7_3 6", "QID7_8 1", "QID7_8 6"]
    export, _ = read(made(names, texts, ids, ["Co-taught", "", "", "None of these"], ["", "", "", ""]))
    assert shown(export, "collab") == [
        ("1", "1", "A Smith", "Co-taught"),
        ("1", "6", "A Smith", "None of these"),
        ("2", "1", "N Thomas", "Co-taught"),
        ("2", "6", "N Thomas", "None of these"),
    ]
    assert [c.ticks for c in export.questions["collab"]] == [("Co-taught", ""), ("None of these", "")] * 2
    numbers, _ = read(made(names, texts, ids, ["1", "", "", "1"], ["", "1", "", ""]))
    assert {c.ticks for c in numbers.questions["collab"]} <= {
        ("1", ""),
        ("None of these", ""),
        ("Co-taught", ""),
    }
    assert numbers.questions["collab"][0].ticks == ("1", "")


def test_choices_that_could_be_ticked_among_others_are_boxes() -> None:
    names = ["who_4", "who_11", "who_99", "who_11_TEXT"]
    asked = "Whom do you ask? - Selected Choice - "
    texts = [asked + "Bo Dam", asked + "Other", asked + "Nobody", "Whom do you ask? - Other - Text"]
    ids = ["QID5 4", "QID5 11", "QID5 99", "QID5_11_TEXT"]
    export, codes = read(made(names, texts, ids, ["Bo Dam", "Other", "", "My boss"], ["", "", "Nobody", ""]))
    assert [(c.item, c.label, c.ticks) for c in export.questions["who"]] == [
        ("4", "Bo Dam", ("Bo Dam", "")),
        ("11", "Other", ("Other", "")),
        ("99", "Nobody", ("Nobody", "")),
    ]
    assert column(export, "who_11_TEXT").role == "comment"
    assert "qualtrics-typed-beside" in codes


def test_the_ids_tell_boxes_whose_cells_word_a_choice_otherwise() -> None:
    texts = ["Whom? - Bo", "Whom? - Ida"]
    by_id, _ = read(made(["who_1", "who_2"], texts, ["QID5 1", "QID5 2"], ["Bo D.", ""], ["Bo D.", "Ida"]))
    assert [c.ticks for c in by_id.questions["who"]] == [("Bo D.", ""), ("Ida", "")]
    by_cells, _ = read(made(["who_1", "who_2"], texts, ["QID5_1", "QID5_2"], ["Bo D.", ""], ["Bo D.", "Ida"]))
    assert [c.ticks for c in by_cells.questions["who"]] == [None, None]


@pytest.mark.parametrize(
    ("cells", "separator"),
    [
        (["Bo Dam,Ida Bak", "Ida Bak"], ","),
        (["Dam, Bo,Bak, Ida", "Dam, Bo"], ","),
        (["Often, I think", "Never"], ""),
        # Numbers of choices that the file does not word could only be taken for people by mistake.
        (["4,11", "4"], ""),
    ],
)
def test_choices_in_one_cell_are_joined_by_a_comma(cells: list[str], separator: str) -> None:
    export, codes = read(made(["who"], ["Whom?"], ["QID5"], *([cell] for cell in cells)))
    assert column(export, "who").separator == separator
    assert ("qualtrics-joined" in codes) == bool(separator)


def test_choices_of_a_row_can_be_joined_in_its_cell() -> None:
    texts = ["Whom? - 1 ZKC", "Whom? - 2 ZKC"]
    export, _ = read(
        made(["net_1", "net_2"], texts, ["QID1_1", "QID1_2"], ["Advice", ""], ["Advice,Support", ""])
    )
    assert [(c.label, c.separator, c.ticks) for c in export.questions["net"]] == [
        ("1 ZKC", ",", None),
        ("2 ZKC", ",", None),
    ]


def test_side_by_side_tables_are_a_question_per_column() -> None:
    names = ["Q12#1_1", "Q12#1_2", "Q12#2_1", "Q12#2_2"]
    texts = ["Net - Know - Bo", "Net - Know - Ida", "Net - Trust - Bo", "Net - Trust - Ida"]
    ids = ["QID12#1_1", "QID12#1_2", "QID12#2_1", "QID12#2_2"]
    export, _ = read(made(names, texts, ids, ["Yes", "No", "No", "Yes"]))
    assert shown(export, "Q12#1") == [("1", "", "Bo", ""), ("2", "", "Ida", "")]
    assert shown(export, "Q12#2") == [("1", "", "Bo", ""), ("2", "", "Ida", "")]


def test_cells_with_different_texts_per_row_and_column_are_a_question_per_column() -> None:
    names = [f"Q9_{row}_{col}" for row in (1, 2) for col in (1, 2)]
    texts = [f"Work - {who} - {what}" for who in ("Bo", "Ida") for what in ("hours", "topic")]
    ids = ["QID9_1_1", "QID9_1_2", "QID9_2_1", "QID9_2_2"]
    export, codes = read(made(names, texts, ids, ["3", "tax", "5", "law"], ["4", "law", "", ""]))
    assert shown(export, "Q9[1]") == [("1", "", "Bo", ""), ("2", "", "Ida", "")]
    assert {c.text for c in export.questions["Q9[2]"]} == {"Work - topic"}
    assert "qualtrics-question-per-choice" in codes


def test_headings_that_were_renamed_are_grouped_by_their_ids() -> None:
    names = ["cool_aura", "cool_group", "bo", "ida", "Q7_1"]
    texts = ["Views - aura", "Views - group", "Whom? - Bo", "Whom? - Ida", "Age"]
    export, _ = read(
        made(names, texts, ["QID61_1", "QID61_8", "QID3_1", "QID3_2", "QID8"], ["a", "b", "c", "d", "e"])
    )
    assert shown(export, "cool") == [("aura", "", "aura", ""), ("group", "", "group", "")]
    assert shown(export, "QID3") == [("bo", "", "Bo", ""), ("ida", "", "Ida", "")]
    assert "Q7_1" in export.questions


def test_rows_without_wording_have_no_label() -> None:
    names, ids = ["net_1", "net_2", "net_99"], ["QID1_1", "QID1_2", "QID1_99"]
    for texts in (["A - B - "] * 3, ["A - B"] * 3, ["A - B -"] * 3, ["A - 1", "A - 2", "A - 99"]):
        export, codes = read(made(names, texts, ids, ["1", "", ""], ["", "1", ""]))
        assert [c.label for c in export.questions["net"]] == ["", "", ""], texts
        assert "qualtrics-no-labels" in codes
    some, _ = read(made(names, ["Whom? - ", "Whom? - Bo", "Whom? - Nobody"], ids, ["1", "", ""]))
    assert [c.label for c in some.questions["net"]] == ["", "Bo", "Nobody"]


def test_turns_of_a_loop_are_the_rows_of_a_question() -> None:
    names = ["1_often", "3_often", "1_act_1", "1_act_2", "3_act_1", "3_act_2", "1_how_1", "3_how_1"]
    texts = ["Bo Dam - How often?", "Ida Bak - How often?"]
    texts += [f"{who} - What? - {what}" for who in ("Bo Dam", "Ida Bak") for what in ("Lunch", "Meet")]
    texts += ["Bo Dam - How? - Well", "Ida Bak - How? - Well"]
    ids = ["1_QID5", "3_QID5", "1_QID6 1", "1_QID6 2", "3_QID6 1", "3_QID6 2", "1_QID7_1", "3_QID7_1"]
    row = ["Often", "Never", "Lunch", "", "", "Meet", "4", "5"]
    export, codes = read(made(names, texts, ids, row, ["", "Often", "", "", "Lunch", "", "5", "4"]))
    assert shown(export, "often") == [("1", "", "Bo Dam", ""), ("3", "", "Ida Bak", "")]
    assert shown(export, "act")[1:3] == [("1", "2", "Bo Dam", "Meet"), ("3", "1", "Ida Bak", "Lunch")]
    assert shown(export, "how[1]") == [("1", "", "Bo Dam", ""), ("3", "", "Ida Bak", "")]
    assert "qualtrics-loops" in codes


def test_a_list_within_each_turn_is_a_question_of_its_own() -> None:
    names = [f"{turn}_net_{row}" for turn in (1, 2) for row in (1, 2, 3)]
    texts = [f"{topic} - Whom? - {who}" for topic in ("Tax", "Law") for who in ("Bo", "Ida", "Ole")]
    ids = [f"{turn}_QID5_{row}" for turn in (1, 2) for row in (1, 2, 3)]
    export, _ = read(made(names, texts, ids, ["a", "b", "a", "b", "a", "b"]))
    assert shown(export, "1_net") == [("1", "", "Bo", ""), ("2", "", "Ida", ""), ("3", "", "Ole", "")]
    assert set(export.questions) == {"1_net", "2_net"}


def test_groups_and_ranks_are_questions_with_people_told_by_wording() -> None:
    names = ["top_0_GROUP_65", "top_0_GROUP_66", "top_0_65_RANK", "top_0_66_RANK"]
    asked = "Top - Groups - most first; then less - "
    ranks = "Top - Ranks - most first; then less - "
    texts = [f"{asked}Dam, Bo", f"{asked}Bak, Ida", f"{ranks}Dam, Bo - Rank", f"{ranks}Bak, Ida - Rank"]
    ids = ["QID130_0_GROUP 65", "QID130_0_GROUP 66", "QID130_G0_65_RANK", "QID130_G0_66_RANK"]
    export, _ = read(made(names, texts, ids, ["1", "1", "2", "1"], ["", "1", "", "1"]))
    assert shown(export, "top_0_GROUP") == [("65", "", "Dam, Bo", ""), ("66", "", "Bak, Ida", "")]
    assert shown(export, "top_0_RANK") == [("65", "", "Dam, Bo", ""), ("66", "", "Bak, Ida", "")]
    assert [c.ticks for c in export.questions["top_0_GROUP"]] == [("1", ""), ("1", "")]


def test_slots_of_a_name_generator_are_ordinary_columns() -> None:
    names = ["A1", "A1Gender", "A1age", "2-1", "2-4_1"]
    ids = ["QID30_TEXT", "QID31", "QID32_TEXT", "QID33_TEXT", "QID34_1"]
    export, _ = read(
        made(names, ["Name", "Sex", "Age", "Name", "Topics - Tax"], ids, ["Bo", "m", "40", "Ida", "Tax"])
    )
    assert [c.role for c in export.columns[len(META) :]] == ["answer"] * 5
    assert export.table.header[len(META) :] == tuple(names)


def test_what_qualtrics_adds_is_no_question() -> None:
    names = [
        "Q3_First Click",
        "Q5_DO_1",
        "Q5_DO",
        "Q2 - Topics",
        "SC0",
        "Q_Recaptcha",
        "Q4_1_x",
        "Q4_1_y",
        "Q1_L",
        "Q1",
    ]
    ids = ["QID3_FIRST_CLICK", "QID5_DO 1", "QID5_DO", "QID2_TEXT_eae5a8d0e7fd4bd183e983e5Topics", "SC_1"]
    ids += ["Q_Recaptcha", "QID4", "QID4", "QID1", "QID1"]
    cells = told(*META_IDS, *ids)
    cells[len(META_IDS) + 8] = '{"ImportId":"QID1","isLabelsColumn":true}'
    rows = [META + names, META_TEXTS + names, cells, [*SENT, *("1" for _ in names)]]
    export, _ = read(text_of(rows))
    assert {c.role for c in export.columns[len(META) : -1]} == {"other"}
    assert column(export, "Q1").role == "answer"


def test_fields_of_the_contact_list_are_no_questions_but_can_be_read() -> None:
    export, _ = read(
        made(
            ["Q1", "NodeID", "status"],
            ["Age", "NodeID", "status"],
            ["QID1", "NodeID", "status"],
            ["4", "k1", "x"],
        )
    )
    assert [(c.role, c.question) for c in export.columns[-2:]] == [("answer", ""), ("answer", "")]
    assert [f.role for f in export.columns[:3]] == ["start", "end", "status"]


def test_quotes_of_python_and_bare_hyphens_are_the_same_in_old_downloads() -> None:
    names = ["ResponseID", "Finished", "net_1", "net_2", "act_1_1", "act_1_2", "act_2_1", "act_2_2"]
    texts = ["ResponseID", "Finished", "Whom - now?-Ann-Mai Dam", "Whom - now?-Bo Holm-Dam"]
    texts += [
        f"Do?-{who}-{what}" for who in ("Ann-Mai Dam", "Bo Holm-Dam") for what in ("Co-taught", "Co-wrote")
    ]
    ids = ["responseId", "finished", "QID5-1", "QID5-2", "QID6-1-1", "QID6-1-2", "QID6-2-1", "QID6-2-2"]
    rows = [
        ["R_1", "1", "Often", "Never", "1", "", "", "1"],
        ["R_2", "0", "Never", "Often", "", "1", "1", ""],
    ]
    export, _ = read(text_of([names, texts, [str({"ImportId": text}) for text in ids], *rows]))
    assert [c.label for c in export.questions["net"]] == ["Ann-Mai Dam", "Bo Holm-Dam"]
    assert shown(export, "act")[1] == ("1", "2", "Ann-Mai Dam", "Co-wrote")
    assert export.complete == (True, False)


OLD = ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10"]
OLD_TEXTS = [
    "ResponseID",
    "ResponseSet",
    "Name",
    "ExternalDataReference",
    "EmailAddress",
    "IPAddress",
    "Status",
]
OLD_TEXTS += ["StartDate", "EndDate", "Finished"]
OLD_SENT = [
    "R_1",
    "Standard",
    "Anonym",
    "k01",
    "",
    "1.2.3.4",
    "0",
    "2017-07-18 08:28:09",
    "2017-07-18 09:00:00",
    "1",
]


def test_numbered_columns_of_old_downloads_are_told_by_the_second_row() -> None:
    names = [
        *OLD,
        "net_1",
        "net_2",
        "act_1_1",
        "act_1_2",
        "act_2_1",
        "act_2_2",
        "a_1_1",
        "a_1_2",
        "a_2_1",
        "a_2_2",
        "Q2",
    ]
    texts = [*OLD_TEXTS, "Whom?-Bo Dam", "Whom?-Ida Bak"]
    texts += [f"Do?-{who}-{what}" for who in ("Bo Dam", "Ida Bak") for what in ("Lunch", "Meet")]
    texts += ["Know?-Bo", "Know?-Ida", "Trust?-Bo", "Trust?-Ida", "Text"]
    row = [*OLD_SENT, "Often", "Never", "1", "", "", "1", "x", "y", "z", "w", "Hello"]
    data = "\N{BYTE ORDER MARK}" + text_of([[*line, ""] for line in (names, texts, row)])
    export, codes = read(data.encode())
    assert [c.role for c in export.columns[:10]] == [
        *("other", "other", "name", "id", "email", "other", "status", "start", "end", "status")
    ]
    assert shown(export, "net") == [("1", "", "Bo Dam", ""), ("2", "", "Ida Bak", "")]
    assert shown(export, "act")[2] == ("2", "1", "Ida Bak", "Lunch")
    # Two questions that only look like rows by columns.
    assert shown(export, "a_1") == [("1", "", "Bo", ""), ("2", "", "Ida", "")]
    assert shown(export, "a_2") == [("1", "", "Bo", ""), ("2", "", "Ida", "")]
    assert (export.respondent, export.complete, export.days) == ("V4", (True,), (date(2017, 7, 18),))
    assert {"qualtrics-no-ids", "empty-columns"} <= set(codes)


def test_import_ids_can_stand_as_headings() -> None:
    names = [
        "startDate",
        "status",
        "finished",
        "_recordId",
        "QID149_1",
        "QID149_99",
        "QID149_18",
        "QID169_1",
        "QID61_1",
    ]
    names += ["QID61_2"]
    texts = ["Start Date", "Response Type", "Finished", "Response ID", "Friends(Y/N)_1 - Friends(Y/N) - "]
    texts += [
        "Friends(Y/N)_99 - Friends(Y/N) - ",
        "Friends(Y/N)_18 - Friends(Y/N) - Calico, Jack",
        "Name_1 - Who? - Name",
    ]
    texts += ["cool_aura - Views - aura", "cool_more - Views - more"]
    data = text_of(
        [names, texts, ["10/2/2023 16:36", "0", "1", "R_1", "1", "", "1", "Jack Calico", "2", "-1"]]
    )
    export, codes = read(data)
    assert shown(export, "QID149") == [("1", "", "", ""), ("99", "", "", ""), ("18", "", "Calico, Jack", "")]
    assert [c.label for c in export.questions["QID61"]] == ["aura", "more"]
    assert (export.days, export.table.numbers) == ((None,), (3,))
    assert {"qualtrics-no-labels", "qualtrics-days-unread"} <= set(codes)


def test_the_row_of_ids_can_be_missing_and_the_row_of_wordings_too() -> None:
    names = [
        "StartDate",
        "Status",
        "Progress",
        "Finished",
        "RecordedDate",
        "ResponseId",
        "net_1",
        "net_2",
        "Q1_TEXT",
    ]
    texts = [
        "Startdato",
        "Svartype",
        "Fremskridt",
        "Afsluttet",
        "Registreret",
        "Svar-id",
        "Hvem? - Bo",
        "Hvem? - Ida",
        "X",
    ]
    row = ["2024-08-26 09:00:00", "0", "100", "1", "2024-08-27 10:00:00", "R_1", "Ofte", "Aldrig", "a,b"]
    export, codes = read(text_of([names, texts, row, row]))
    assert [c.label for c in export.questions["net"]] == ["Bo", "Ida"]
    assert (export.days, export.table.numbers) == ((date(2024, 8, 27),) * 2, (3, 4))
    assert "qualtrics-no-ids" in codes
    bare, codes = read(text_of([names, row]))
    assert ([c.label for c in bare.questions["net"]], bare.table.numbers) == (["", ""], (2,))
    assert {"qualtrics-no-texts", "qualtrics-no-labels"} <= set(codes)


ASKED = (["Q1"], ["Age"], ["QID1"])


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("0", ""),
        ("IP Address", ""),
        ("16", ""),
        ("1", "preview"),
        ("17", "preview"),
        ("Survey Preview", "preview"),
        ("Umfragevorschau", "preview"),
        ("2", "test"),
        ("Survey Test", "test"),
        ("8", "spam"),
        ("Spam", "spam"),
        ("4", ""),
        ("Imported", ""),
        ("Noget andet", ""),
    ],
)
def test_status_tells_rows_that_nobody_answered(status: str, reason: str) -> None:
    rows = text_of(
        [[*META, "Q1"], [*META_TEXTS, "Age"], told(*META_IDS, "QID1"), [*SENT[:2], status, *SENT[3:], "4"]]
    )
    export, codes = read(rows)
    assert export.dropped == ({0: reason} if reason else {})
    said = {"preview": "qualtrics-preview-rows", "test": "qualtrics-test-rows", "spam": "qualtrics-spam-rows"}
    kept = {"4": "qualtrics-imported-rows", "Imported": "qualtrics-imported-rows"}
    kept["Noget andet"] = "qualtrics-status-unread"
    expected = said.get(reason) or kept.get(status)
    assert expected is None or expected in codes


def test_channel_tells_previews_too_and_an_invitation_says_more_than_spam() -> None:
    names = ["Status", "RecipientEmail", "DistributionChannel", "Q1"]
    ids = told("status", "recipientEmail", "distributionChannel", "QID1")
    rows = [
        ["0", "", "preview", "4"],
        ["8", "bo@x.dk", "email", "4"],
        ["8", "", "anonymous", "4"],
        ["0", "a@x.dk", "email", ""],
    ]
    export, codes = read(text_of([names, names, ids, *rows]))
    assert export.dropped == {0: "preview", 2: "spam", 3: "empty"}
    assert {
        "qualtrics-spam-kept",
        "qualtrics-spam-rows",
        "qualtrics-preview-rows",
        "qualtrics-empty-rows",
    } <= set(codes)
    assert export.respondent == "RecipientEmail"


@pytest.mark.parametrize(
    ("finished", "progress", "complete"),
    [
        ("1", "100", True),
        ("True", "", True),
        ("Falsk", "20", False),
        ("Hotovo", "100", True),
        ("", "40", False),
        ("", "", None),
    ],
)
def test_what_was_sent_in_is_told_by_status_or_progress(
    finished: str, progress: str, complete: bool | None
) -> None:
    rows = [
        [*META, "Q1"],
        [*META_TEXTS, "Age"],
        told(*META_IDS, "QID1"),
        [*SENT[:3], progress, finished, "R_1", "4"],
    ]
    assert read(text_of(rows))[0].complete == (complete,)


def test_cells_that_were_seen_and_left_blank_differ_from_cells_that_were_not_shown() -> None:
    names = ["net_1", "net_2", "who_1", "who_2"]
    texts = ["Whom? - Bo", "Whom? - Ida", "Who? - Bo", "Who? - Ida"]
    ids = ["QID1_1", "QID1_2", "QID2 1", "QID2 2"]
    rows = [["2", "-99", "1", "0"], ["1", "", "0", "0"], ["", "", "", ""], ["3", "3", "", "1"]]
    export, codes = read(made(names, texts, ids, *rows))
    assert [c.missing for c in export.questions["net"]] == [("-99",), ("-99",)]
    assert [c.ticks for c in export.questions["who"]] == [("1", "0"), ("1", "0")]
    assert export.unasked == {
        "net_1": frozenset({2}),
        "net_2": frozenset({1, 2}),
        "who_1": frozenset({2, 3}),
        "who_2": frozenset({2}),
    }
    assert {"qualtrics-seen-blank", "qualtrics-not-shown"} <= set(codes)
    assert export.dropped == {2: "empty"}


def test_answers_that_happen_to_be_0_and_1_say_nothing_of_blank_cells() -> None:
    texts = ["Whom? - Bo", "Whom? - Ida"]
    export, _ = read(made(["net_1", "net_2"], texts, ["QID1_1", "QID1_2"], ["1", "0"], ["", "0"]))
    assert export.unasked == {}


def test_two_ways_of_leaving_boxes_empty_are_refused() -> None:
    names, texts = ["n_1_1", "n_2_1"], ["A - Bo - x", "A - Ida - x"]
    assert faults(made(names, texts, ["QID1_1 1", "QID1_2 1"], ["1", "-99"], ["0", "1"])) == [
        ("qualtrics-fillers", 1)
    ]


def test_days_are_read_as_they_can_be_told() -> None:
    assert days_of(["26-08-2024 10:01", "01.02.24"]) == (date(2024, 8, 26), date(2024, 2, 1))
    assert days_of(["13/02/2024", "08/26/2024"]) == (None, None)
    assert days_of(["Mon Sep 08 2025 13:58:23 GMT-0500 (CDT)", "2024-13-01", "x"]) == (
        date(2025, 9, 8),
        None,
        None,
    )


def test_heading_rows_out_of_place_are_refused() -> None:
    data = made(*ASKED, ["4"], ["5"])
    lines = data.splitlines()
    assert faults("\n".join([*lines[:2], lines[3], lines[2], lines[4]])) == [("qualtrics-rows-moved", 4)]
    assert faults("\n".join([*lines, *lines])) == [("qualtrics-headings-again", 6)]
    assert faults(text_of([["a", "b"], ["1", "2"]])) == [("qualtrics-headings", 1)]
    assert faults("") == [("empty-file", 0)]
    assert faults("\n".join(lines[:3])) == [("header-only", 1)]


def test_headings_that_stand_twice_are_refused() -> None:
    assert faults(made(["Q1", "Q1"], ["A", "B"], ["QID1", "QID2"], ["4", "5"])) == [("duplicate-column", 1)]


def test_a_zip_holds_one_table() -> None:
    def zipped(*names: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(name, made(*ASKED, ["4"]))
        return out.getvalue()

    export, _ = read(zipped("a.csv", "__MACOSX/._a.csv"), "x.zip")
    assert (export.table.file, len(export.table.rows)) == ("x.zip/a.csv", 1)
    assert faults(zipped("a.csv", "b.csv"), "x.zip") == [("qualtrics-zip", 0)]
    assert faults(zipped("a.pdf"), "x.zip") == [("qualtrics-zip", 0)]
    assert qualtrics.recognise(opened(zipped("a.csv", "b.csv"), "x.zip")) is None


@pytest.fixture
def truth() -> Truth:
    """Eight people, one of whom is called with a hyphen between blanks."""
    found = draw(np.random.default_rng(3))
    people = list(found.people)
    people[0] = replace(people[0], name='Åse "Aa" Holm - Kjær')
    return replace(found, people=tuple(people))


@pytest.mark.parametrize("generation", ["json", "python", "named-by-ids", "two-rows", "numbered"])
def test_every_generation_is_recognised_by_its_content(truth: Truth, generation: writer.Generation) -> None:
    written = writer.write(truth, np.random.default_rng(1), generation=generation)
    found = guesses(opened(next(iter(written.files.values())), "export.csv"))
    assert found[0][0] == "qualtrics"
    assert found[0][1].sure > 0.8
    assert sum(guess.sure > 0.5 for _, guess in found) == 1


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx", "zip"])
def test_every_form_is_recognised_by_its_content(truth: Truth, form: writer.Form) -> None:
    ((name, data),) = writer.write(truth, np.random.default_rng(1), form=form).files.items()
    found = guesses(opened(data, name))
    assert (found[0][0], found[0][1].sure > 0.8) == ("qualtrics", True)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01",
        b"id,contact_a1,contact_a2\na1,0,1\n",
        b"StartDate,EndDate,Status,answer\n2024-01-01,2024-01-02,ok,1\n",
        b"V1,V2,V3,V4\n1,2,3,4\n",
        b"ResponseId,id\nR_1,4\n",
        b"PK\x03\x04 no zip",
    ],
)
def test_other_tables_are_not_taken_for_qualtrics(data: bytes) -> None:
    assert qualtrics.recognise(opened(data)) is None


def test_files_of_other_tools_are_not_taken_for_qualtrics(truth: Truth) -> None:
    written = other_tool.write(truth, np.random.default_rng(1))
    assert all(qualtrics.recognise(opened(data, name)) is None for name, data in written.files.items())


CASES = [(s, "json", v, f) for s in writer.COLUMNS for v in ("text", "codes") for f in ("csv", "xlsx")]
CASES += [("levels", "json", "text", "tsv"), ("boxes", "json", "text", "zip")]
CASES += [
    (s, g, "text", "csv")
    for s in ("levels", "boxes", "options")
    for g in ("python", "named-by-ids", "two-rows")
]
CASES += [(s, "numbered", "text", "csv") for s in ("levels", "boxes", "options", "joined", "joined-options")]


def asked(truth: Truth, style: str) -> Truth:
    """What can be answered in a style: boxes have none for "don't know"."""
    cells = truth.cells.copy()
    if style.endswith("options"):
        cells[cells == "?"] = ""
    return replace(truth, cells=cells)


@pytest.mark.parametrize(("style", "generation", "values", "form"), CASES)
def test_what_was_written_is_read(
    tmp_path: Path,
    truth: Truth,
    style: writer.Style,
    generation: writer.Generation,
    values: str,
    form: writer.Form,
) -> None:
    answers, rng = asked(truth, style), np.random.default_rng(7)
    # A quotation mark is doubled in what the staff list of these tests holds.
    answers = replace(answers, people=tuple(replace(p, name=p.name.replace('"', "")) for p in answers.people))
    before, after = (writer.write(answers, rng, style, generation, values, form) for _ in range(2))  # type: ignore[arg-type]
    folder = reading.write(tmp_path, reading.study_files(answers, before, after))
    panel, findings = reading.read(folder)
    assert panel is not None, findings
    assert (reading.states_of(panel, folder, answers) == reading.expected(answers, before)).all()
    said = " ".join(findings.lines() + findings.lines("da"))
    assert not any(person.name in said for person in answers.people)


@pytest.mark.parametrize("style", ["levels", "boxes", "options"])
def test_filled_cells_are_read_as_what_they_stand_for(
    tmp_path: Path, truth: Truth, style: writer.Style
) -> None:
    answers, rng = asked(truth, style), np.random.default_rng(7)
    answers = replace(answers, people=tuple(replace(p, name=p.name.replace('"', "")) for p in answers.people))
    before, after = (writer.write(answers, rng, style, filled=True) for _ in range(2))
    folder = reading.write(tmp_path, reading.study_files(answers, before, after))
    panel, findings = reading.read(folder)
    assert panel is not None, findings
    assert (reading.states_of(panel, folder, answers) == reading.expected(answers, before)).all()
