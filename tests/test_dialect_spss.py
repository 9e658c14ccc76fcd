"""SPSS files: codes as text, labels, missing values, sets; a damaged file ends a child process and nothing else."""

from __future__ import annotations

import datetime as dt
import random
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from exports import reading
from exports import spss as writer
from exports.spss import sav, with_record
from exports.truth import draw

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey.dialects import spss_child
from netlearn.survey.dialects.spss import read, recognise
from netlearn.survey.dialects.spss_labels import missing_codes, own_parts, siblings, stem
from netlearn.survey.export import Column, Export
from netlearn.survey.source import Source


def source_of(data: bytes, form: FileFormat | None = None) -> Source:
    return Source("wave.sav", data, form or FileFormat(), Findings())


def read_well(data: bytes) -> Export:
    source = source_of(data)
    export = read(source)
    assert export is not None, source.findings.lines()
    return export


def named(export: Export) -> dict[str, Column]:
    """The first column of each heading."""
    return {export.table.header[c.at]: c for c in reversed(export.columns)}


def frame(**columns: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(columns)


NAN = float("nan")


def test_cells_are_codes_as_text_and_rows_count_as_cases() -> None:
    table = read_well(sav(frame(id=["k01", "æøå"], q=[1.0, 99.0], x=[1.5, NAN], big=[1e20, -3.0]))).table
    assert table.header == ("id", "q", "x", "big")
    assert table.rows == [["k01", "1", "1.5", "1e+20"], ["æøå", "99", "", "-3"]]
    assert table.numbers == (1, 2)


def test_days_and_times_are_iso_text() -> None:
    moment = [dt.datetime(2024, 8, 26, 10, 1), dt.datetime(2024, 1, 1)]
    data = sav(frame(day=[dt.date(2024, 8, 26), None], at=moment, clock=[dt.time(10, 1), dt.time(0, 0, 5)]))
    assert read_well(data).table.rows == [
        ["2024-08-26", "2024-08-26 10:01:00", "10:01:00"],
        ["", "2024-01-01", "0:00:05"],
    ]


def test_labels_are_plain_text_and_value_labels_word_the_codes() -> None:
    data = sav(
        frame(q=[1.0, 2.0], s=["m", "k"]),
        column_labels={"q": "<p>Hvor&nbsp;ofte\n <b>taler</b> I?</p>"},
        variable_value_labels={"q": {1: "Ja", 2: "Nej &amp; da", 3.5: "Midt"}, "s": {"m": "Mand"}},
    )
    column = named(read_well(data))
    assert column["q"].text == "Hvor ofte taler I?"
    assert column["q"].answers == {"1": "Ja", "2": "Nej & da", "3.5": "Midt"}
    assert column["s"].answers == {"m": "Mand"}
    assert column["s"].text == ""


def test_missing_values_are_those_that_occur_or_are_labelled_in_a_range() -> None:
    data = sav(
        frame(q=[1.0, 98.0, 99.0, 100.0], s=["a", "x", "b", "a"], r=[7.0, 1.0, 1.0, 1.0]),
        variable_value_labels={"q": {97: "Vil ikke svare"}},
        missing_ranges={"q": [{"lo": 97, "hi": 99}], "s": ["x"], "r": [7, 8]},
    )
    column = named(read_well(data))
    assert set(column["q"].missing) == {"97", "98", "99"}
    assert column["s"].missing == ("x",)
    assert column["r"].missing == ("7",)


def test_missing_codes_may_lie_in_an_open_range() -> None:
    codes = {"-9": -9.0, "0": 0.0, "5": 5.0}
    assert missing_codes([[-1.797e308, -1.0]], codes) == ("-9",)
    assert missing_codes([[5.0, float("inf")], [0.0, 0.0]], codes) == ("0", "5")


def test_siblings_keep_what_tells_them_apart() -> None:
    labels = {"asks_1": "Kontakt - Jens Hansen", "asks_2": "Kontakt - Bo Ågård (IT)", "asks_3": "Ingen"}
    data = sav(
        frame(asks_1=[1.0], asks_2=[0.0], asks_3=[0.0], age=[4.0]), column_labels=labels | {"age": "Alder"}
    )
    source = source_of(data)
    export = read(source)
    assert export is not None
    column = named(export)
    assert [column[name].label for name in labels] == ["Jens Hansen", "Bo Ågård (IT)", "Ingen"]
    # The wording of the question names nobody.
    assert [column[name].text for name in labels] == ["Kontakt", "Kontakt", ""]
    assert column["age"].label == ""
    assert [f.values["count"] for f in source.findings.notes if f.code == "spss-labels-cut"] == [2]
    # The reader splits headings with an underscore itself, with the codes of the study file.
    assert column["asks_1"].question == ""
    assert {c.item for c in export.columns_of("asks")} == {"1", "2", "3"}


@pytest.mark.parametrize(
    ("labels", "own"),
    [
        (["Contact: Jens Hansen", "Contact: Jens Dam"], ["Jens Hansen", "Jens Dam"]),
        (["Talk? [Bo Dam]", "Talk? [Pia Holm]"], ["Bo Dam", "Pia Holm"]),
        (["Jens Hansen - how often?", "Bo Dam - how often?"], ["Jens Hansen", "Bo Dam"]),
        (["Q5: Talk - Bo Dam", "Q5: Talk - Pia Holm", "Q5: Other"], ["Bo Dam", "Pia Holm", "Other"]),
        (
            ["Talk with Bo Dam", "Talk with Pia Holm", "Talk with Inge-Lise Kjær"],
            ["Bo Dam", "Pia Holm", "Inge-Lise Kjær"],
        ),
        # Two first names alike are no question; nor is a word before single names.
        (["Anne Dam", "Anne Holm"], ["Anne Dam", "Anne Holm"]),
        (["Anne Dam", "Anne Holm", "Anne Kjær"], ["Anne Dam", "Anne Holm", "Anne Kjær"]),
        (["Hansen, Jens", "Dam, Bo"], ["Hansen, Jens", "Dam, Bo"]),
        (["Same", "Same"], ["Same", "Same"]),
    ],
)
def test_own_parts(labels: list[str], own: list[str]) -> None:
    assert own_parts(labels) == own


def test_stems_and_siblings() -> None:
    assert [stem(name) for name in ("a_1", "a.k01", "a_b_2", "q12", "v", "1")] == [
        *(("a", "1"), ("a", "k01"), ("a_b", "2"), ("q", "12"), ("", ""), ("", ""))
    ]
    # A comment beside the boxes is of another kind.
    assert siblings(["a_1", "a_2", "a_x", "b_1"], ["n", "n", "s", "n"]) == {("a", "n"): [0, 1]}


def test_numbers_after_a_word_are_items_of_a_question() -> None:
    labels = {"talk1": "Tal: Bo Dam", "talk2": "Tal: Pia Holm"}
    export = read_well(sav(frame(talk1=[1.0], talk2=[0.0]), column_labels=labels))
    assert [(c.question, c.item, c.label) for c in export.columns] == [
        ("talk", "1", "Bo Dam"),
        ("talk", "2", "Pia Holm"),
    ]


def test_numbers_beside_labels_are_no_ids_of_people_but_codes_are() -> None:
    labels = {"asks_1": "Tal: Bo Dam", "asks_2": "Tal: Pia Holm"}
    numbered = sav(frame(asks_1=[1.0], asks_2=[0.0]), column_labels=labels)
    coded = sav(
        frame(asks_k1=[1.0], asks_k2=[0.0]),
        column_labels={k.replace("_", "_k"): v for k, v in labels.items()},
    )
    assert read_well(numbered).codes_are_ids is False
    assert read_well(coded).codes_are_ids is True
    assert read_well(sav(frame(asks_1=[1.0], asks_2=[0.0]))).codes_are_ids is True
    # Labels that do not tell people apart do not make numbers ids, nor does one that is missing.
    same = {"asks_1": "Tal med:", "asks_2": "Tal med:"}
    assert read_well(sav(frame(asks_1=[1.0], asks_2=[0.0]), column_labels=same)).codes_are_ids is False
    export = read_well(sav(frame(asks_1=[1.0], asks_2=[0.0], asks_3=[0.0]), column_labels=labels))
    assert export.codes_are_ids is False
    assert [column.label for column in export.columns] == ["Bo Dam", "Pia Holm", ""]


def boxes(text: str, **how: Any) -> bytes:
    columns = {"b1": [1.0, 0.0, NAN], "b2": [0.0, 1.0, NAN], "c": [2.0, 2.0, 1.0]}
    labels = {"b1": "Tal: Bo Dam", "b2": "Tal: Pia Holm"}
    return with_record(sav(frame(**columns), column_labels=labels, **how), 7, text)


def test_a_set_is_a_question_of_boxes_ticked_by_its_counted_value() -> None:
    export = read_well(boxes("$talk=D1 1 4 Tale b1 b2\n"))
    columns = export.questions["talk"]
    assert [(c.item, c.text, c.label, c.ticks) for c in columns] == [
        ("b1", "Tale", "Bo Dam", ("1", "0")),
        ("b2", "Tale", "Pia Holm", ("1", "0")),
    ]
    # Under its own name a variable is the same box.
    assert named(export)["b1"].ticks == ("1", "0")
    assert [c.at for c in export.columns] == [0, 0, 1, 1, 2]


def test_a_set_of_categories_has_no_boxes() -> None:
    columns = read_well(boxes("$talk=C 4 Tale b1 b2\n")).questions["talk"]
    assert [c.ticks for c in columns] == [None, None]


def test_a_set_may_name_variables_in_capitals_and_lack_some() -> None:
    source = source_of(boxes("$talk=D1 1 4 Tale B1 gone\n"))
    export = read(source)
    # The library itself may refuse such a set; then there is a fault and no export.
    if export is None:
        assert source.findings.faults
    else:
        assert [c.item for c in export.questions["talk"]] == ["b1"]


def test_a_variable_of_three_codes_is_no_box() -> None:
    data = with_record(sav(frame(b1=[1.0, 0.0, 2.0], b2=[0.0, 1.0, 0.0])), 7, "$talk=D1 1 4 Tale b1 b2\n")
    source = source_of(data)
    export = read(source)
    assert export is not None
    assert [c.ticks for c in export.questions["talk"]] == [None, ("1", "0")]
    assert [f.column for f in source.findings.notes if f.code == "spss-set-unclear"] == ["b1"]


def test_user_missing_codes_are_not_what_is_not_ticked() -> None:
    data = with_record(
        sav(frame(b1=[1.0, 0.0, 9.0], b2=[0.0, 1.0, 0.0]), missing_ranges={"b1": [9]}),
        7,
        "$talk=D1 1 4 Tale b1 b2\n",
    )
    first = read_well(data).questions["talk"][0]
    assert (first.ticks, first.missing) == (("1", "0"), ("9",))


def test_an_empty_case_is_dropped_with_its_reason() -> None:
    export = read_well(sav(frame(id=["k1", ""], q=[1.0, NAN])))
    assert export.dropped == {1: "empty"}


def old_file(text: bytes) -> bytes:
    """A file of windows-1252 without a record that says so (records 7/3 and 7/20 are taken out)."""
    data = sav(frame(id=["x" * len(text)], q=[1.0]), column_labels={"q": "Y" * len(text)})
    data = data.replace(b"x" * len(text), text).replace(b"Y" * len(text), text)
    for kind in (20, 3):
        at = data.find(struct.pack("<ii", 7, kind))
        if at >= 0:
            size, count = struct.unpack_from("<ii", data, at + 8)
            data = data[:at] + data[at + 16 + size * count :]
    return data


def test_old_files_are_read_as_windows_1252_and_a_note_says_so() -> None:
    source = source_of(old_file("Sørensen".encode("cp1252")))
    export = read(source)
    assert export is not None, source.findings.lines()
    assert export.table.rows == [["Sørensen", "1"]]
    assert named(export)["q"].text == "Sørensen"


def test_texts_that_contradict_the_encoding_of_the_file_fall_back_with_a_note() -> None:
    data = sav(frame(id=["xxxxxxxx"])).replace(b"xxxxxxxx", "Sørensen".encode("cp1252"))
    source = source_of(data)
    export = read(source)
    assert export is not None
    assert export.table.rows == [["Sørensen"]]
    assert [f.code for f in source.findings.notes] == ["spss-encoding"]


def test_a_stated_encoding_that_does_not_fit_is_a_fault() -> None:
    data = sav(frame(id=["xxxxxxxx"])).replace(b"xxxxxxxx", "Sørensen".encode("cp1252"))
    source = source_of(data, FileFormat(encoding="utf-8"))
    assert read(source) is None
    assert [f.code for f in source.findings.faults] == ["spss-damaged"]


def test_a_file_that_does_not_say_how_many_cases_it_has_is_said() -> None:
    data = sav(frame(q=[1.0, 2.0]))
    source = source_of(data[:80] + struct.pack("<i", -1) + data[84:])
    export = read(source)
    assert export is not None
    assert len(export.table.rows) == 2
    assert [f.values["count"] for f in source.findings.notes if f.code == "spss-rows-unknown"] == [2]


def test_absurd_sizes_are_refused_before_the_cells_are_read() -> None:
    data = sav(frame(q=[1.0, 2.0]))
    found = spss_child.sav(data[:80] + struct.pack("<i", 500_000_000) + data[84:], "auto")
    assert found["error"] == "size"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"$FL2" + b"\0" * 500, "spss-damaged"),
        (b"$FL3@(#)", "spss-damaged"),
        (sav(frame(q=[1.0, 2.0, 3.0]))[:-8], "spss-damaged"),
        (sav(frame(q=[1.0, 2.0])[:0]), "header-only"),
        (b"id,q\n1,2\n", "spss-no-sav"),
        (b"ASCII SPSS PORT FILE" * 10 + b"\r\n" + b"0" * 200 + b"SPS\r\nSPORT", "spss-portable"),
    ],
    ids=["zeros", "nothing", "cut short", "no cases", "text", "portable"],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    source = source_of(data)
    assert read(source) is None
    assert [f.code for f in source.findings.faults] == [code]


def test_damage_anywhere_never_ends_the_program() -> None:
    data = sav(frame(id=["k1", "k2"], q=[1.0, 99.0]), variable_value_labels={"q": {1: "Ja"}})
    chance = random.Random(1)
    for _ in range(12):
        broken = bytearray(data)
        for at in (chance.randrange(4, len(broken)) for _ in range(8)):
            broken[at] = chance.randrange(256)
        source = source_of(bytes(broken))
        assert (read(source) is None) == bool(source.findings.faults)


def test_a_crash_of_the_child_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class Crashed:
        returncode, stdout = -11, b""

    monkeypatch.setattr("subprocess.run", lambda *args, **how: Crashed())
    source = source_of(sav(frame(q=[1.0])))
    assert read(source) is None
    assert [(f.code, f.values["reason"]) for f in source.findings.faults] == [("spss-damaged", "crash")]


@pytest.mark.parametrize(
    ("data", "sure"),
    [
        (b"$FL2@(#)", 0.99),
        (b"$FL3@(#)", 0.99),
        (b"ASCII SPSS PORT FILE" + b" " * 300 + b"SPSSPORT", 0.95),
        (b"id,name\n", 0),
        (b"", 0),
        (b"\0\1", 0),
    ],
)
def test_files_are_recognised_by_their_first_bytes(data: bytes, sure: float) -> None:
    source = source_of(data)
    guess = recognise(source)
    assert (guess.sure if guess else 0) == sure
    assert not source.findings.items


WAYS: list[dict[str, Any]] = [
    {"names": "ids"},
    {"names": "numbers", "compress": True},
    {"names": "plain numbers"},
    {"kind": "choice"},
]


@pytest.mark.parametrize("how", WAYS)
def test_what_was_written_is_read(how: dict[str, Any], tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    before = draw(rng)
    after = replace(draw(rng), people=before.people)
    written = [writer.write(truth, rng, **how) for truth in (before, after)]
    folder = reading.write(tmp_path, reading.study_files(before, *written))
    panel, findings = reading.read(folder)
    assert panel is not None, findings.lines()
    for label, truth, made in (("before", before, written[0]), ("after", after, written[1])):
        states = reading.states_of(panel, folder, truth, label)
        assert (states == reading.expected(truth, made)).all()
