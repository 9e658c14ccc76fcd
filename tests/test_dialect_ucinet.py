"""DL files of UCINET: every format that is read, every trap of the header, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from exports import reading, ucinet
from exports.truth import draw

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat
from netlearn.survey.dialects.ucinet import read, recognise
from netlearn.survey.export import Export
from netlearn.survey.source import Source

ABC = ("a", "b", "c")


def source_of(text: str | bytes, name: str = "net.dl") -> Source:
    data = text.encode("utf-8") if isinstance(text, str) else text
    return Source(name, data, FileFormat(), Findings())


def read_text(text: str | bytes) -> tuple[Export | None, Findings]:
    source = source_of(text)
    return read(source), source.findings


def cells(text: str) -> dict[str, list[str]]:
    """The first matrix, sender -> cells in the order of the heading."""
    export, findings = read_text(text)
    assert export is not None, findings.lines()
    return {row[0]: row[1:] for row in export.table.rows}


def codes(text: str | bytes) -> list[tuple[str, int]]:
    export, findings = read_text(text)
    assert export is None
    assert all(" Do: " in f.text("en") and " Gør: " in f.text("da") for f in findings.faults)
    return [(f.code, f.row) for f in findings.faults]


def notes(text: str) -> set[str]:
    return {f.code for f in read_text(text)[1].notes}


FULL = {"a": ["0", "1", "0"], "b": ["2", "0", ""], "c": ["1", "1", "0"]}
HEAD = "dl n = 3, format = fullmatrix\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "labels:\na,b,c\ndata:\n0 1 0\n2 0 NA\n1 1 0\n",
        "DL N=3\nFormat = FM\nLabels:\na, b\nc\nData:\n0 1 0\n2 0 .\n1 1 0\n",
        "dl\nn=3\nlabels: a b c\ndata:\n0 1 0 2 0 na 1 1 0\n",
        HEAD + "labels embedded\ndata:\na b c\na 0 1 0\nb 2 0 NA\nc 1 1 0\n",
        HEAD + "labels embedded:\ndata:\nA B C\na 0 1 0\nb 2 0 1E+038\nc 1 1 0\n",
        HEAD + 'row labels:\na\nb\nc\ncol labels:\n"a" "b" "c"\ndata:\n0,1,0\n2,0,NA\n1,1,0\n',
        HEAD + "! made by hand\nlabels:\na,b,c\ndata:\n0 1 0\n# a comment\n2 0 NA\n1 1 0\n",
        "\ufeffDL NR=3 NC=3 NM=1\nrow labels embedded\ndata:\na 0 1 0\nb 2 0 NA\nc 1 1 0\n",
    ],
    ids=[
        "header",
        "short names",
        "one line",
        "embedded",
        "huge is missing",
        "both",
        "comments",
        "rows embedded",
    ],
)
def test_a_full_matrix_is_the_same_however_it_is_written(text: str) -> None:
    assert cells(text) == FULL


def test_rows_may_be_wrapped_where_they_begin_a_line_and_numbers_are_lines_of_the_file() -> None:
    export, _ = read_text(HEAD + "labels:\na,b,c\ndata:\n0 1\n0\n2 0 NA\n1\n1 0\n")
    assert export is not None
    assert {row[0]: row[1:] for row in export.table.rows} == FULL
    assert export.table.numbers == (5, 7, 8)


def test_values_that_slipped_across_rows_are_refused_although_their_number_is_right() -> None:
    # One value too few in the second row, one too many in the third.
    assert codes(HEAD + "labels:\na,b,c\ndata:\n0 1 0\n2 0\n1 1 0 1\n") == [("ucinet-rows-slipped", 7)]


def test_the_diagonal_may_be_absent() -> None:
    text = HEAD + "diagonal absent\nlabels:\na,b,c\ndata:\n1 0\n2 NA\n1 1\n"
    assert cells(text) == {"a": ["", "1", "0"], "b": ["2", "", ""], "c": ["1", "1", ""]}


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("lowerhalf", "0\n1 0\n2 3 0\n"),
        ("lowerhalf diagonal absent", "1\n2 3\n"),
        ("upperhalf", "0 1 2\n0 3\n0\n"),
        ("uh diagonal absent", "1 2\n3\n"),
    ],
)
def test_half_matrices_are_mirrored_and_said_to_have_no_direction(form: str, data: str) -> None:
    text = f"dl n=3 format={form}\nlabels:\na,b,c\ndata:\n{data}"
    own = "" if "absent" in form else "0"
    assert cells(text) == {"a": [own, "1", "2"], "b": ["1", own, "3"], "c": ["2", "3", own]}
    assert "ucinet-half" in notes(text)


@pytest.mark.parametrize(
    "text",
    [
        "dl n=4 format=edgelist1\nlabels:\na,b,c,d\ndata:\n1 2\n3 1 2\n2 3 0\n",
        "dl n=4 format=edgelist1\nlabels embedded\ndata:\na b\nc a 2\nb c 0\n",
        "dl n=4 format=edgelist1\nlabels:\na,b,c,d\nlabels embedded\ndata:\nA b 1\nc a 2\nb c 0\n",
        "dl n=4 format=edgearray1\nlabels:\na,b,c,d\ndata:\n1 2 1\n3 1 2\n2 3 0\n",
    ],
)
def test_lists_have_a_row_for_each_sender_only(text: str) -> None:
    """d never sends: whether d named nobody or did not answer cannot be told, so there is no row."""
    found = cells(text)
    short = [row[:3] for row in found.values()]
    assert dict(zip(found, short, strict=True)) == {
        "a": ["", "1", "0"],
        "c": ["2", "0", ""],
        "b": ["0", "", "0"],
    }
    assert "ucinet-no-line" in notes(text)


def test_a_line_with_nobody_on_it_says_that_nobody_was_named() -> None:
    text = "dl n=3 format=nodelist1\nlabels:\na,b,c\ndata:\n1 2 3\n2\n"
    assert cells(text) == {"a": ["", "1", "1"], "b": ["0", "", "0"]}


def test_a_counted_list_says_nothing_of_people_with_count_zero() -> None:
    assert cells("dl n=3 format=nodelist1b\nlabels:\na,b,c\ndata:\n2 2 3\n0\n1 1\n") == {
        "a": ["", "1", "1"],
        "c": ["1", "0", ""],
    }


def test_several_matrices_are_named_by_their_labels() -> None:
    text = "dl n=2 nm=2\nlabels:\na,b\nmatrix labels:\nadvice,talk\ndata:\n0 1\n0 0\n\n0 0\n1 0\n"
    export, _ = read_text(text)
    assert export is not None
    assert {name: table.rows for name, table in export.matrices.items()} == {
        "advice": [["a", "0", "1"], ["b", "0", "0"]],
        "talk": [["a", "0", "0"], ["b", "1", "0"]],
    }
    assert [table.file for table in export.matrices.values()] == ["net.dl [advice]", "net.dl [talk]"]


@pytest.mark.parametrize("labels", ["a b\na 0 1\nb 0 0\n0 0\n", "a b\na 0 1\nb 0 0\na b\na 0 0\nb 1 0\n"])
def test_embedded_labels_may_stand_once_or_before_each_matrix(labels: str) -> None:
    once = "a b\na 0 1\nb 0 0\na 0 0\nb 1 0\n" if labels.count("a b") == 1 else labels
    export, _ = read_text(f"dl n=2 nm=2 labels embedded\ndata:\n{once}")
    assert export is not None
    assert [table.rows[1] for table in export.matrices.values()] == [["b", "0", "0"], ["b", "1", "0"]]


def test_edge_arrays_hold_a_value_for_each_matrix() -> None:
    export, _ = read_text("dl n=2 nm=2 format=edgearray1\nlabels:\na,b\ndata:\n1 2 1 3\n")
    assert export is not None
    assert [table.rows for table in export.matrices.values()] == [[["a", "", "1"]], [["a", "", "3"]]]


def test_without_labels_people_are_numbers_and_a_note_says_so() -> None:
    text = "dl n=2\ndata:\n0 1\n0 0\n"
    assert cells(text) == {"1": ["0", "1"], "2": ["0", "0"]}
    assert "ucinet-no-labels" in notes(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("dl n=2\nlabels:\na,b\ndata:\n0 1 0\n", ("ucinet-cells", 5)),
        ("dl n=2\nlabels:\na\ndata:\n0 1 0 0\n", ("ucinet-label-count", 2)),
        ("dl n=2\nlabels:\nJens Hansen, Bo\ndata:\n0 1\n0 0\n", ("ucinet-label-count", 2)),
        ("dl n=2\nlabels:\nAnne, ANNE\ndata:\n0 1\n0 0\n", ("ucinet-label-twice", 0)),
        ("dl n=2\nrow labels:\na\ncol labels:\na,b\ndata:\n0 1\n0 0\n", ("ucinet-label-count", 2)),
        ("dl nr=2 nc=3\ndata:\n0 1 0\n0 0 1\n", ("ucinet-two-mode", 0)),
        ("dl n=2\nrow labels:\na,b\ncol labels:\nx,y\ndata:\n0 1\n0 0\n", ("ucinet-two-mode", 0)),
        ("dl nr=2 nc=2 format=edgelist2\nlabels embedded\ndata:\na x\nb y\n", ("ucinet-two-mode", 0)),
        ("dl n=2 format=blockmatrix\ndata:\n1\n", ("ucinet-format", 1)),
        ("dl n=2 format=fullmatrix\ndatafile x.txt\ndata:\n0 1\n0 0\n", ("ucinet-external", 2)),
        ("dl format=fullmatrix\ndata:\n0 1\n0 0\n", ("ucinet-no-size", 0)),
        ("dl n=2 nm=0\ndata:\n", ("ucinet-no-size", 0)),
        ("dl n=900000 format=edgelist1\ndata:\n1 2\n", ("ucinet-too-large", 0)),
        ("dl n=2\nlabels:\na,b\n", ("ucinet-no-data", 0)),
        ("dl n=2 format=edgelist1\ndata:\n", ("ucinet-no-data", 0)),
        ("dl n=2\ndata:\n0 x\n0 y\n", ("ucinet-bad-value", 3)),
        ("dl n=2 format=edgelist1\ndata:\n1 2\n1 3\n", ("ucinet-unknown-node", 4)),
        ("dl n=2 format=edgelist1\ndata:\n1 2\n1 2 3 4\n", ("ucinet-list-line", 4)),
        ("dl n=2 format=edgelist1\ndata:\n1 2\n1 2\n", ("ucinet-pair-twice", 4)),
        ("dl n=2 format=edgelist1 labels embedded\ndata:\na b\nb c\n", ("ucinet-too-many-names", 0)),
        ("dl n=2 nm=2 format=edgelist1\ndata:\n1 2\n!\n2 1\n", ("ucinet-several-lists", 0)),
        ("dl n=2 wave 1\ndata:\n0 1\n0 0\n", ("ucinet-header", 1)),
        ("id,name\n1,a\n", ("ucinet-not-dl", 1)),
        ("*Vertices 2\n1 a\n2 b\n*Arcs\n1 2\n", ("ucinet-pajek-file", 0)),
        (b"\x05DATE:\x02\0\0\0", ("ucinet-binary-file", 0)),
        (b"\0\0\x80\x3f\0\0\0\0", ("ucinet-binary-file", 0)),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_remedy(text: str | bytes, fault: tuple[str, int]) -> None:
    found = codes(text)
    assert fault in found, found


def test_labels_of_people_stand_in_no_message() -> None:
    bad = "dl n=2\nlabels:\nJens Hansen, Bo Dam\ndata:\n0 1\n0 0\n"
    for text in (bad, "dl n=2 format=edgelist1\ndata:\nJens Bo\n"):
        _, findings = read_text(text)
        assert findings.faults
        assert not any("Jens" in line for line in findings.lines() + findings.lines("da"))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("DL N=5\ndata:\n", True),
        ("\ufeff  dl\nformat = fullmatrix", True),
        ("dl, n=3", True),
        ("dl,name\n1,a\n", False),
        ("id,name\n1,a\n", False),
        ("", False),
        ("DLx n=3", False),
    ],
)
def test_dl_is_recognised_by_its_first_words_only(text: str, known: bool) -> None:
    source = source_of(text, "anything.csv")
    guess = recognise(source)
    assert (guess is not None and guess.sure > 0.8) == known
    assert not source.findings.items


@pytest.mark.parametrize("labels", get_args(ucinet.Labels))
@pytest.mark.parametrize("form", get_args(ucinet.Form))
@pytest.mark.parametrize(("by", "encoding"), [("id", "utf-8"), ("name", "cp1252")])
def test_what_was_written_is_read(
    form: ucinet.Form, labels: ucinet.Labels, by: str, encoding: str, tmp_path: Path
) -> None:
    rng = np.random.default_rng(8)
    before = draw(rng)
    after = replace(draw(rng), people=before.people)
    how = {"form": form, "labels": labels, "by": by, "encoding": encoding}
    written = [ucinet.write(truth, rng, **how) for truth in (before, after)]
    # The words of the file, not its separators, tell that it is DL; stated, no other tool looks at it.
    stated = [replace(w, wave=w.wave + 'dialect = "ucinet"\n') for w in written]
    folder = reading.write(tmp_path, reading.study_files(before, *stated))
    panel, findings = reading.read(folder)
    assert panel is not None, findings.lines()
    for label, truth, made in (("before", before, written[0]), ("after", after, written[1])):
        states = reading.states_of(panel, folder, truth, label)
        assert (states == reading.expected(truth, made)).all()
