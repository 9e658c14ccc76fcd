"""KoboToolbox and ODK exports: boxes, joined answers, groups, repeats, labels, the XLSForm; and what is refused."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from exports import kobo as writer
from exports.kobo import WHOM, text, workbook
from exports.truth import Truth, choice_states, draw, roster_csv, roster_states
from exports.written import Written
from numpy.typing import NDArray

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat, read_study
from netlearn.survey.dialects import guesses, kobo
from netlearn.survey.dialects.kobo_form import read_form, said
from netlearn.survey.export import Export
from netlearn.survey.reader import read_relations, read_roster
from netlearn.survey.source import Source
from netlearn.survey.table import Tables

SYSTEM = "_id;_uuid;_submission_time;_index"


def opened(data: str | bytes, form: bytes | None = None, name: str = "x.csv") -> Source:
    findings, how = Findings(), FileFormat()
    parts = {} if form is None else {"dictionary": Source("form.xlsx", form, how, findings)}
    return Source(name, data.encode() if isinstance(data, str) else data, how, findings, parts)


def read(data: str | bytes, form: bytes | None = None, name: str = "x.csv") -> tuple[Export, list[str]]:
    """The export and the codes of its notes."""
    source = opened(data, form, name)
    export = kobo.read(source)
    assert export is not None, source.findings
    assert source.findings.faults == []
    return export, [note.code for note in source.findings.notes]


def faults(data: str | bytes, form: bytes | None = None, name: str = "x.csv") -> list[tuple[str, int, str]]:
    source = opened(data, form, name)
    assert kobo.read(source) is None
    return [(f.code, f.row, f.column) for f in source.findings.faults]


def table(header: str, *rows: str) -> str:
    """A table with Kobo's own columns at the end."""
    more = [f"{row};{900 + k};u{k};2024-08-2{k}T08:00:00;{k}" for k, row in enumerate(rows, 1)]
    return "\n".join([f"{header};{SYSTEM}", *more]) + "\n"


FORM = workbook(
    {
        "survey": [
            ["type", "name", "label::English (en)", "label::Dansk (da)", "appearance", "relevant"],
            ["start", "start"],
            ["begin_group", "net", "Network", "Netværk"],
            ["select_multiple folk", "contact", "Whom?", "<b>Hvem</b>?", "", "${x}='1'"],
            ["end_group"],
            ["begin_group", "often", "", "Hvor ofte?", "table-list"],
            ["select_one hvor", "p02", "", "Jens Hansen"],
            ["select_one hvor", "p03", "", "Mette Bak"],
            ["end_group"],
            ["begin_repeat", "more", "", "Flere"],
            ["text", "who", "", "Hvem?"],
            ["end_repeat"],
            ["text", "twice", "", "A"],
            ["text", "twice", "", "B"],
        ],
        "choices": [
            ["list_name", "name", "label::English (en)", "label::Dansk (da)"],
            ["folk", "p02", "", "Jens Hansen"],
            ["folk", "p03", "", "Mette  Bak"],
            ["folk", "nobody", "Nobody", "Ingen"],
            ["hvor", "1", "Often", "Ofte"],
        ],
        "settings": [["default_language"], ["Dansk (da)"]],
    }
)


def test_boxes_stand_beside_the_answer_that_joins_them() -> None:
    data = table("me;net/contact;net/contact/p02;net/contact/p03", "a;p03 p02;1;1", "b;;;", "c;p02;1;0")
    export, codes = read(data)
    assert [(c.item, c.ticks, c.label) for c in export.questions["contact"]] == [
        ("p02", ("1", "0"), ""),
        ("p03", ("1", "0"), ""),
    ]
    assert export.columns[1].role == "other"
    assert export.complete == (True, True, True)
    assert export.days == (date(2024, 8, 21), date(2024, 8, 22), date(2024, 8, 23))
    assert (export.respondent, export.codes_are_ids, export.wording) == ("", True, "dictionary")
    assert "kobo-no-form" in codes


def test_the_day_is_that_of_the_end_on_the_clock_of_who_answered() -> None:
    data = table("end", "2024-08-26T23:30:00.000+02:00", "26/08/2024", "")
    assert read(data)[0].days == (date(2024, 8, 26), date(2024, 8, 22), date(2024, 8, 23))


@pytest.mark.parametrize("pair", [("1", "0"), ("TRUE", "FALSE"), ("True", "False"), ("true", "false")])
def test_boxes_are_written_in_several_ways(pair: tuple[str, str]) -> None:
    yes, no = pair
    data = table("me;q;q/a;q/b", f"x;a;{yes};{no}", "y;n/a;n/a;n/a")
    found = read(data)[0].questions["q"]
    assert [column.ticks for column in found] == [pair, pair]
    assert found[0].missing == ("n/a",)


def test_boxes_that_differ_from_the_joined_answer_are_refused() -> None:
    data = table("me;q;q/a;q/b", "x;a;1;0", "y;b;1;0", "z;a b;1;0")
    assert faults(data) == [("kobo-boxes-differ", 3, "q")]
    lost = table("me;q;q/a;q/b", "x;a c;1;0")
    assert faults(lost) == [("kobo-boxes-differ", 2, "q")]


def test_boxes_that_are_blank_beside_an_answer_give_way_to_it() -> None:
    """The question allowed one choice first, and several later."""
    export, codes = read(table("me;q;q/p1;q/p2", "x;p1;;", "y;p1 p2;1;1"))
    (column,) = export.questions["q"]
    assert (column.at, column.separator) == (1, " ")
    assert [export.columns[at].role for at in (2, 3)] == ["other", "other"]
    assert "kobo-boxes-blank" in codes


def test_boxes_without_a_joined_answer_are_known_by_being_filled_together() -> None:
    export, codes = read(table("me;q/a;q/b", "x;1;0", "y;;", "z;0;1"))
    assert [(c.item, c.ticks) for c in export.questions["q"]] == [("a", ("1", "0")), ("b", ("1", "0"))]
    assert "kobo-boxes-alone" in codes
    apart, _ = read(table("me;q/a;q/b", "x;1;", "y;;1", "z;0;1"))
    assert [column.ticks for column in apart.columns[1:3]] == [None, None]


def test_an_answer_that_is_joined_only_is_cut_where_it_holds_codes() -> None:
    export, _ = read(table("me;q;name", "x;p02 p03;Bo Bak", "y;nobody;Ib", "z;;"))
    assert [(c.at, c.separator) for c in export.questions["q"]] == [(1, " ")]
    assert export.columns[2].separator == ""


def test_labels_joined_by_spaces_cannot_be_taken_apart() -> None:
    export, codes = read(table(f"me;{WHOM}", "x;Bo Ågård Cæcilie Ørsted", "y;Bo Ågård", "z;Cæcilie Ørsted"))
    assert "kobo-names-joined" in codes
    assert export.columns[1].separator == ""
    form = table("me;contact", "x;Jens Hansen Mette Bak")
    assert faults(form, FORM) == [("kobo-labels-joined", 1, "contact")]
    assert read(table("me;contact", "x;p02 p03"), FORM)[0].questions["contact"][0].separator == " "


def test_labels_are_read_from_headings_with_a_column_per_choice() -> None:
    data = table(f"me;{WHOM};{WHOM}/Bo (IT/HR);{WHOM}/Ole Holm", "x;Ole Holm Bo (IT/HR);1;1", "y;;;")
    export, _ = read(data)
    assert [(c.item, c.label) for c in export.questions[WHOM]] == [("Bo (IT/HR)",) * 2, ("Ole Holm",) * 2]
    assert export.wording == ""
    alone = table(f"me;{WHOM}/Bo (IT/HR);{WHOM}/A;{WHOM}/B;{WHOM}/C", "x;1;1;0;0", "y;;;;")
    assert faults(alone) == [("kobo-slash", 1, "")]


def test_labels_beside_codes_are_compared_as_far_as_can_be() -> None:
    data = table("me;q;q/p02;q/p03", "x;Bo Ågård Cæcilie Ørsted;1;1", "y;;0;0")
    assert "kobo-joined-unchecked" in read(data)[1]
    assert faults(table("me;q;q/p02;q/p03", "x;Bo Ågård;1;0", "y;Bo;0;0")) == [("kobo-boxes-differ", 3, "q")]


def test_a_table_of_rows_has_its_question_in_the_group() -> None:
    export, _ = read(table("me;grp/often/p02;grp/often/p03;grp/often/p04", "x;1;2;3", "y;;1;2"))
    assert [(c.question, c.item) for c in export.columns[1:4]] == [
        ("often", "p02"),
        ("often", "p03"),
        ("often", "p04"),
    ]


def test_a_family_of_questions_in_a_group_is_cut_at_the_last_underscore() -> None:
    export, _ = read(
        table("me;g/ask_p02;g/ask_p03;g/why;g/a_b_1;g/a_b_2;g/a_c_1;g/a_c_2", "x;1;2;so;1;1;1;1")
    )
    assert [(c.question, c.item) for c in export.columns[1:]][:3] == [
        ("ask", "p02"),
        ("ask", "p03"),
        ("why", ""),
    ]
    # "a_b" and "a_c" may be questions, or "a" one whose items hold "_".
    assert {c.question for c in export.columns[4:8]} == {""}
    assert len(export.columns_of("g/a_b")) == 2


def test_a_name_that_two_groups_hold_is_no_code() -> None:
    export, _ = read(table("me;g/why;h/why;g/q/a;g/q/b;h/q/a;h/q/b", "x;1;2;1;0;0;1", "y;so;no;;;;"))
    assert {column.question for column in export.columns[1:3]} == {""}
    assert set(export.questions) == {"g/q", "h/q"}


def test_columns_without_groups_are_left_to_the_study_file() -> None:
    export, _ = read(table("me;contact_p02;contact_p03", "x;1;2"))
    assert {column.question for column in export.columns} == {""}
    assert [column.item for column in export.columns_of("contact")] == ["p02", "p03"]


def test_the_form_gives_labels_types_tables_and_conditions() -> None:
    data = table(
        "me;contact;contact/p02;contact/p03;contact/nobody;p02;p03", "x;p02;1;0;0;1;", "y;nobody;0;0;1;;1"
    )
    export, codes = read(data, FORM)
    assert [(c.item, c.label, c.text) for c in export.questions["contact"]] == [
        ("p02", "Jens Hansen", "Hvem?"),
        ("p03", "Mette Bak", "Hvem?"),
        ("nobody", "Ingen", "Hvem?"),
    ]
    often = export.questions["often"]
    assert [(c.item, c.label, c.text) for c in often] == [
        ("p02", "Jens Hansen", "Hvor ofte?"),
        ("p03", "Mette Bak", "Hvor ofte?"),
    ]
    assert often[0].answers == {"1": "Ofte"}
    assert export.wording == ""
    assert {"kobo-relevant", "kobo-languages", "kobo-names-twice", "kobo-repeats-missing"} <= set(codes)


def test_an_export_in_the_other_language_is_matched_by_the_form() -> None:
    data = table("me;Whom?;Whom?/Jens Hansen;Whom?/Mette Bak;Whom?/Nobody", "x;Nobody;0;0;1")
    export, _ = read(data, FORM)
    assert [column.item for column in export.questions["contact"]] == ["p02", "p03", "nobody"]
    worded, _ = read(table("me;p02;p03", "x;Often;1"), FORM)
    assert worded.questions["often"][0].answers == {"1": "Ofte", "Often": "Often"}


def test_labels_of_a_form_are_plain_text() -> None:
    assert said("**Bo**\n &lt;Bak&gt;<br/>") == "Bo <Bak>"
    assert read_form(opened(FORM, name="form.xlsx")) is not None


KOBO = ["_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"]
MAIN = [["me", "_id", "_uuid", "_submission_time", "_index"], ["a", "7", "u7", "2024-08-26T10:00:00", "1"]]
MAIN += [["b", "8", "u8", "2024-08-26T10:00:00", "2"]]


def test_repeats_are_sheets_whose_rows_name_their_submission() -> None:
    inner = [["topic", *KOBO], ["x", "1", "contacts", "2", "8", "u8"]]
    contacts = [["who", *KOBO], ["c", "1", "Net", "1", "7", "u7"], ["d", "2", "Net", "2", "8", "u8"]]
    book = workbook(
        {
            "Net": MAIN,
            "contacts": contacts,
            "topics": inner,
            "empty": [["z", *KOBO]],
            "memo": [["note"], ["1"]],
        }
    )
    export, codes = read(book, name="x.xlsx")
    assert {name: group.parent for name, group in export.groups.items()} == {
        "contacts": (0, 1),
        "topics": (1,),
    }
    assert export.groups["contacts"].table.numbers == (2, 3)
    assert {"kobo-repeat", "kobo-empty-repeat", "kobo-sheet-unused"} <= set(codes)


def test_repeats_within_repeats_are_followed_by_their_numbers() -> None:
    """Without ids of submissions, only the numbers of rows lead upwards."""
    cut = [[row[0], *row[1:4]] for row in ([["who", *KOBO], ["c", "5", "Net", "1"], ["d", "6", "Net", "2"]])]
    inner = [["topic", *KOBO[:3]], ["x", "1", "contacts", "6"], ["y", "2", "contacts", "5"]]
    main = [[row[0], row[3], row[4]] for row in MAIN]
    export, _ = read(workbook({"Net": main, "contacts": cut, "topics": inner}), name="x.xlsx")
    assert export.groups["topics"].parent == (1, 0)


def test_rows_of_a_repeat_without_a_submission_are_counted() -> None:
    contacts = [["who", *KOBO], ["c", "1", "Net", "9", "99", "u99"]]
    export, codes = read(workbook({"Net": MAIN, "contacts": contacts}), name="x.xlsx")
    assert export.groups["contacts"].parent == (-1,)
    assert "kobo-rows-without-submission" in codes


def test_a_row_that_names_two_submissions_is_refused() -> None:
    contacts = [["who", *KOBO], ["c", "1", "Net", "2", "7", "u7"]]
    book = workbook({"Net": MAIN, "contacts": contacts})
    assert faults(book, name="x.xlsx") == [("kobo-parents-differ", 2, "")]
    twice = workbook(
        {"Net": [*MAIN[:2], ["b", "7", "", "", "1"]], "contacts": [contacts[0], ["c", "1", "Net", "1"]]}
    )
    assert faults(twice, name="x.xlsx") == [("kobo-no-parent", 1, "")]


def odk(files: dict[str, list[list[str]]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, cells in files.items():
            archive.writestr(name, text(cells, ","))
    return out.getvalue()


ODK = {
    "Net.csv": [
        ["SubmissionDate", "grp-ask_p02", "grp-ask_p03", "meta-instanceID", "KEY", "ReviewState"],
        ["2024-08-26T21:31:00.000Z", "1", "2", "uuid:a", "uuid:a", "rejected"],
    ],
    "Net-contacts.csv": [["who", "PARENT_KEY", "KEY"], ["c", "uuid:a", "uuid:a/contacts[1]"]],
    "Net-topics.csv": [
        ["topic", "PARENT_KEY", "KEY"],
        ["t", "uuid:a/contacts[1]", "uuid:a/contacts[1]/topics[1]"],
    ],
}


def test_a_zip_of_odk_central_holds_repeats_by_key() -> None:
    export, codes = read(odk(ODK), name="x.zip")
    assert {name: group.parent for name, group in export.groups.items()} == {"contacts": (0,), "topics": (0,)}
    assert [(c.question, c.item) for c in export.columns[1:3]] == [("ask", "p02"), ("ask", "p03")]
    assert export.days == (date(2024, 8, 26),)
    assert "kobo-not-approved" in codes


def test_a_zip_with_two_forms_is_refused() -> None:
    assert faults(odk(ODK | {"Other.csv": ODK["Net.csv"]}), name="x.zip") == [("kobo-main-table", 0, "")]
    assert faults(odk({"Net-contacts.csv": ODK["Net-contacts.csv"]}), name="x.zip") == [
        ("kobo-main-table", 0, "")
    ]


def test_a_csv_that_lost_its_repeats_says_so() -> None:
    assert "kobo-repeats-missing" in read(table("me;contacts_count", "x;3"))[1]
    assert (
        "kobo-repeats-missing"
        in read("me,SET-OF-contacts,KEY,SubmissionDate\nx,uuid:a/contacts,uuid:a,\n")[1]
    )


@pytest.mark.parametrize(
    ("data", "form", "name", "code"),
    [
        (FORM, None, "x.xlsx", "kobo-only-form"),
        (table("me", "x"), b"a,b\n1,2\n", "x.csv", "kobo-form"),
        (table("me", "x"), workbook({"survey": [["a"]], "choices": [["b"]]}), "x.csv", "kobo-form"),
        (table("q;q", "x;y"), None, "x.csv", "kobo-heading-twice"),
        (table(";q", "x;y"), None, "x.csv", "unnamed-column"),
        (table("me;q"), None, "x.csv", "header-only"),
        ("", None, "x.csv", "empty-file"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(
    data: str | bytes, form: bytes | None, name: str, code: str
) -> None:
    assert code in [fault[0] for fault in faults(data, form, name)]


def test_no_fault_or_note_names_a_colleague() -> None:
    names = ("Jens Hansen", "Mette Bak")
    for data in (
        table(f"me;{WHOM}/Jens Hansen;{WHOM}/Mette Bak", "x;1;0"),
        table(f"me;{WHOM};{WHOM}/Jens Hansen;{WHOM}/Mette Bak", "x;Jens Hansen;0;1"),
        table("Jens Hansen;Jens Hansen;g/a;g/b;g/c;g/d/e f", "x;Mette Bak;1;1;1;1"),
        table("me;contact", "x;Jens Hansen Mette Bak"),
    ):
        source = opened(data, FORM)
        kobo.read(source)
        said_of_it = " ".join(source.findings.lines("en") + source.findings.lines("da"))
        assert said_of_it
        assert not any(name in said_of_it for name in names)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (table("me", "x"), "x.csv"),
        ("q,q/a,q/b\na,1,0\na b,1,1\n", "x.csv"),
        (workbook({"Net": MAIN}), "x.xlsx"),
        (odk(ODK), "x.zip"),
        (FORM, "x.xlsx"),
        ("a,meta/instanceID\n1,uuid:b\n", "x.csv"),
        ("a,KEY,meta-instanceID\n1,uuid:b,uuid:b\n", "x.csv"),
    ],
)
def test_its_own_files_are_recognised(data: str | bytes, name: str) -> None:
    source = opened(data, name=name)
    assert [tool for tool, guess in guesses(source) if guess.sure > 0.8] == ["kobo"]
    assert source.findings.faults == []


@pytest.mark.parametrize(
    "data",
    [
        "id,contact_p02,contact_p03\np01,1,0\n",
        "record_id,contact___p02,net_complete\n1,1,2\n",
        "q,q/a,q/b\nyes,1,0\nno,1,1\n",
        "name,start,end\nx,1,2\n",
        "\n",
        b"\0\1",
        b"PK\x03\x04broken",
        odk({"a_ego.csv": [["networkCanvasUUID"], ["1"]]}),
    ],
)
def test_other_files_are_not_claimed(data: str | bytes) -> None:
    guess = kobo.recognise(opened(data))
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


OPTIONS: list[dict[str, Any]] = [
    {},
    {"form": True},
    {"select": "separate"},
    {"select": "joined"},
    {"select": "joined", "form": True},
    {"labels": True, "form": True},
    {"labels": True, "select": "separate", "form": True},
    {"groups": True},
    {"groups": True, "form": True, "encoding": "utf-8-sig"},
    {"blank": "n/a", "ticks": ("TRUE", "FALSE")},
    {"shape": "kobo-xlsx", "ticks": ("True", "False")},
    {"shape": "kobo-xlsx", "form": True, "groups": True},
    {"shape": "kobo-xlsx", "labels": True, "form": True},
    {"shape": "odk-zip", "groups": True},
    {"shape": "odk-zip", "form": True},
    {"shape": "odk-csv", "select": "joined", "groups": True},
]
WITH_REPEATS = [options for options in OPTIONS if options.get("shape") in ("kobo-xlsx", "odk-zip")]
CASES = [(style, options) for style in ("boxes", "levels", "table") for options in OPTIONS]
CASES += [("repeat", options) for options in WITH_REPEATS]
CASES += [(style, {"labels": True}) for style in ("boxes", "table")]


@pytest.mark.parametrize(("style", "options"), CASES, ids=str)
def test_what_was_written_is_read(tmp_path: Path, style: Any, options: dict[str, Any]) -> None:
    for seed in (3, 11):
        truth, rng = draw(np.random.default_rng(seed)), np.random.default_rng(seed)
        before, after = (writer.write(truth, rng, style, **options) for _ in range(2))
        found = states(tmp_path, truth, before, after)
        expected = roster_states(truth) if before.kind == "roster" else choice_states(truth)
        assert isinstance(found, np.ndarray), found
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("style", "options", "codes"),
    [
        ("boxes", {"labels": True, "select": "joined", "form": True}, ["kobo-labels-joined"]),
        ("boxes", {"labels": True, "select": "joined"}, ["question-not-found"]),
        ("levels", {"labels": True}, ["question-not-found"]),
        ("repeat", {"form": True}, ["no-group"]),
    ],
    ids=str,
)
def test_what_an_export_cannot_tell_is_refused(
    tmp_path: Path, style: Any, options: dict[str, Any], codes: list[str]
) -> None:
    truth, rng = draw(np.random.default_rng(3)), np.random.default_rng(3)
    before, after = (writer.write(truth, rng, style, **options) for _ in range(2))
    assert states(tmp_path, truth, before, after) == codes


def test_damaged_files_never_raise() -> None:
    chance = random.Random(5)
    texts = [
        table("me;q;q/a;q/b;g/x_1;g/x_2", "x;a;1;0;2;3", "y;;;;;"),
        table(f"me;{WHOM};{WHOM}/Bo Bak;Hvor?/Bo Bak", "x;Bo Bak;1;Ofte"),
        text(ODK["Net.csv"], ","),
    ]
    for _ in range(400):
        damaged = chance.choice(texts)
        for _ in range(chance.randint(1, 4)):
            a, b = sorted(chance.randrange(len(damaged) + 1) for _ in range(2))
            added = damaged[:a] + chance.choice(',;\n"/_0 ') + damaged[a:]
            damaged = chance.choice([damaged[:a] + damaged[b:], added, damaged[a:], damaged[:b]])
        source = opened(damaged, chance.choice([None, FORM]))
        guess = kobo.recognise(source)
        assert guess is None or 0 <= guess.sure <= 1
        export = kobo.read(source)
        assert (export is None) == bool(source.findings.faults)


def test_damaged_workbooks_never_raise() -> None:
    chance = random.Random(6)
    contacts = [["who", *KOBO], ["c", "1", "Net", "1", "7", "u7"]]
    for data in (workbook({"Net": MAIN, "contacts": contacts}), FORM):
        for _ in range(40):
            a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
            broken = chance.choice([data[:a], data[:a] + bytes(b - a) + data[b:], data[:a] + data[b:]])
            for source in (opened(broken, name="x.xlsx"), opened(table("me", "x"), broken)):
                kobo.recognise(source)
                export = kobo.read(source)
                assert (export is None) == bool(source.findings.faults)
