"""Saved results come back as they were, and what is damaged or of another version is refused in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from netlearn.errors import NetlearnError
from netlearn.report.document import Document, Report, Summary
from netlearn.report.saved import FILE, read_report, saved_language, write_saved
from netlearn.report.section import Picture, Section
from netlearn.report.tables import Table
from netlearn.study.typed import KINDS

NASTY = ("=cmd()", "'=quoted", '<script>alert("1")</script>', "æøå – a, b; c", "1e5", "nan", "True")


def made() -> Report:
    """A small report that can be drawn; its picture has a column of every type beside those of its map."""
    frame = pd.DataFrame(
        {
            "what": ["cell", "scale", "people", "wave"],
            "text": ["", "", "", "after"],
            "from": ["a", "", "", ""],
            "to": ["a", "", "", ""],
            "value": [25.0, 100.0, 7.0, np.nan],
            "hidden": [False] * 4,
            "changed": [False] * 4,
            "label": [*NASTY[:3], None],
            "estimate": [0.1 + 0.2, -1e-17, np.nan, 1 / 3],
            "n": [1, 2, 3, 4],
            "strong": [True, False, True, False],
            "low": [-np.inf, np.inf, np.nan, 0.5],
            "people": pd.array([5, None, 7, 8], dtype="Int64"),
            "told": pd.array([True, None, False, None], dtype="boolean"),
            "share": pd.array([0.1 + 0.2, None, np.inf, -np.inf], dtype="Float64"),
            "code": pd.array(["inf", None, "=1", ""], dtype="string"),
        }
    ).astype(dict.fromkeys(["what", "text", "from", "to", "label"], "str"))
    picture = Picture("map", "mixing", frame, {"wave": "after"}, "alt: æ")
    table = Table("caption", ("a", "b"), (("x", "1"), ("<y>", "–")), (False, True))
    widget = {
        "kind": "departments",
        "names": ["a", "b"],
        "waves": ["before", "after"],
        "directed": True,
        "counted": True,
        "possible": [[6, 9], [9, 6]],
        "ties": [[[1, None], [None, 2]], [[2, 3], [None, 2]]],
    }
    sections = (
        Section("map", "Map", ("one", "two"), (table,), ("small",), ("point",), (picture,), False, widget),
        Section("method", "Method", appendix=True),
    )
    documents = {
        language: Document(
            language=language,
            title=NASTY[2],
            simulated="",
            waves=(("before", "1 May 2026"), ("after", "1 May 2027")),
            summary=Summary("q", "f", "v", ("s",), ("n", "m"), "a"),
            sections=sections,
            source="",
            provenance=("seed 1",),
        )
        for language in ("da", "en")
    }
    tables = {
        "outcomes": pd.DataFrame(
            {
                "name": list(NASTY),
                "p": [0.1, 0.2, np.nan, 1e-300, 1 / 3, 2 / 3, 1.0],
                "n": range(7),
                "people": pd.array([None, 1, 2**53 + 1, 3, 4, 5, None], dtype="Int64"),
                "guards": pd.Series([None] * 7, dtype="str"),
                "told": pd.array([True, None, False, True, True, True, None], dtype="boolean"),
                "share": pd.array([0.1 + 0.2, None, 1, np.inf, 1e-300, 2, 3], dtype="Float64"),
                "code": pd.array(["a", None, "=1", "b", "c", "d", "'e"], dtype="string"),
            }
        ),
        "empty": pd.DataFrame({"a": pd.Series(dtype="float64")}),
    }
    return Report("da", 5, documents, tables, '{"seed": 1}\n', {"texts": {"answer": ["own words"]}})


def saved(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    report = made()
    write_saved(report, tmp_path)
    back = read_report(tmp_path)
    assert (back.language, back.min_cell_size, back.provenance, back.extras) == (
        report.language,
        report.min_cell_size,
        report.provenance,
        report.extras,
    )
    for language, document in report.documents.items():
        told = back.documents[language]
        assert (told.title, told.waves, told.summary) == (document.title, document.waves, document.summary)
        assert told.provenance == document.provenance
        for section, again in zip(document.sections, told.sections, strict=True):
            for name in ("key", "heading", "texts", "tables", "small", "points", "appendix", "widget"):
                assert getattr(again, name) == getattr(section, name), name
            for picture, drawn in zip(section.pictures, again.pictures, strict=True):
                assert (drawn.name, drawn.kind, dict(drawn.options), drawn.alt) == (
                    picture.name,
                    picture.kind,
                    dict(picture.options),
                    picture.alt,
                )
                pd.testing.assert_frame_equal(drawn.frame, picture.frame)
    assert list(back.tables) == list(report.tables)
    for name, table in report.tables.items():
        pd.testing.assert_frame_equal(back.tables[name], table)


def test_saving_what_was_read_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    write_saved(made(), tmp_path / "one")
    write_saved(read_report(tmp_path / "one"), tmp_path / "two")
    assert saved(tmp_path / "one") == saved(tmp_path / "two")


def test_the_file_is_open_json_without_what_json_does_not_know(tmp_path: Path) -> None:
    write_saved(made(), tmp_path)
    told = json.loads(
        (tmp_path / FILE).read_text(encoding="utf-8"), parse_constant=lambda name: pytest.fail(name)
    )
    assert (told["format"], told["version"]) == ("netlearn results", 1)


# What only those who wrote the program can read.
OF_PYTHON = re.compile(
    r"Error\b|Traceback|NoneType|__\w+__|\bobject\b|\bdict\b|\bfloat\b|\bint\b|\bstr\b|\btuple\b|dtype|codec|argument"
    r"|\bNone\b|\bTrue\b|\bFalse\b|positional|sys\.|Errno|pandas|tokeniz|Expecting|iterable|subscript|lambda|<class"
)
AT = "documents.da.sections[0]"
SECTION = ("documents", "da", "sections", 0)
MAP = (*SECTION, "pictures", 0)
TABLE = (*SECTION, "tables", 0)


def put(*way: Any) -> Callable[[Path], None]:
    """Put the last value in the place that the others lead to, in `results.json`."""
    *keys, last, value = way

    def change(folder: Path) -> None:
        told = at = json.loads((folder / FILE).read_text(encoding="utf-8"))
        for key in keys:
            at = at[key]
        at[last] = value
        (folder / FILE).write_text(json.dumps(told), encoding="utf-8")

    return change


def drop(*way: Any) -> Callable[[Path], None]:
    """Take away what the keys lead to, in `results.json`."""
    *keys, last = way

    def change(folder: Path) -> None:
        told = at = json.loads((folder / FILE).read_text(encoding="utf-8"))
        for key in keys:
            at = at[key]
        del at[last]
        (folder / FILE).write_text(json.dumps(told), encoding="utf-8")

    return change


def written(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda folder: void((folder / name).write_bytes(data))


def swapped(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    """Put other bytes in the place of some that are there, once."""

    def change(folder: Path) -> None:
        data = (folder / name).read_bytes()
        assert old in data
        (folder / name).write_bytes(data.replace(old, new, 1))

    return change


def void(_: object) -> None:
    """Nothing is returned."""


def gone(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


OUTCOMES = "tables/outcomes.csv"
DAMAGES = [
    # not JSON, not UTF-8, not ours
    (written(FILE, b""), FILE, "1"),
    (written(FILE, b"<html>"), FILE, "1"),
    (written(FILE, b'{\n "format": "netlearn results",\n "version": }'), FILE, "3"),
    (written(FILE, b"[" * 100_000), FILE, ""),
    (written(FILE, b"[]"), FILE, "[]"),
    (written(FILE, b"null"), FILE, "null"),
    (written(FILE, b"{}"), FILE, "format"),
    (written(FILE, '{"a": "å"}'.encode("latin-1")), FILE, "1"),
    (written(FILE, '{"format": "netlearn results"}'.encode("utf-16")), FILE, "1"),
    (swapped(FILE, b'"min_cell_size": 5', b'"min_cell_size": NaN'), FILE, "NaN"),
    (swapped(FILE, b'"min_cell_size": 5', b'"min_cell_size": ' + b"9" * 5000), FILE, "min_cell_size"),
    (swapped(FILE, b'"min_cell_size": 5', b'"min_cell_size": 1e999'), FILE, "min_cell_size"),
    (put("format", "other"), FILE, "format"),
    (put("version", "1"), FILE, "version"),
    (put("version", True), FILE, "version"),
    (put("version", 0), FILE, "version"),
    (drop("version"), FILE, "version"),
    # parts that are missing or of another kind
    (drop("language"), FILE, "language"),
    (put("language", "fr"), FILE, '"da", "en"'),
    (put("language", ["da"]), FILE, '["da"]'),
    (drop("documents"), FILE, "documents"),
    (put("documents", []), FILE, "documents"),
    (put("documents", {}), FILE, "documents.da"),
    (put("documents", "da", None), FILE, "documents.da: "),
    (drop("documents", "da", "title"), FILE, "documents.da.title"),
    (put("documents", "da", "title", 7), FILE, "documents.da.title"),
    (drop("documents", "da", "sections"), FILE, "documents.da.sections"),
    (put("documents", "da", "sections", {}), FILE, "documents.da.sections"),
    (put("documents", "da", "sections", [None]), FILE, AT),
    (put("documents", "da", "waves", [["before"]]), FILE, "documents.da.waves[0]"),
    (put("documents", "da", "summary", "sure", "text"), FILE, "documents.da.summary.sure"),
    (drop("documents", "da", "summary", "finding"), FILE, "documents.da.summary.finding"),
    (put(*SECTION, "texts", [None]), FILE, f"{AT}.texts[0]"),
    (put(*SECTION, "widget", {}), FILE, f"{AT}.widget"),
    (put(*SECTION, "widget", "names", ["a"]), FILE, f"{AT}.widget"),
    (put(*SECTION, "widget", "ties", [[[1]]]), FILE, f"{AT}.widget"),
    (put(*TABLE, "rows", 0, ["x"]), FILE, f"{AT}.tables[0].rows[0]"),
    (put(*TABLE, "numeric", [True]), FILE, f"{AT}.tables[0].numeric"),
    (put(*TABLE, "rows", 0, 1, 7), FILE, f"{AT}.tables[0].rows[0][1]"),
    # figures
    (put(*MAP, "name", "../../evil"), FILE, f"{AT}.pictures[0].name"),
    (put(*MAP, "name", "a b"), FILE, f"{AT}.pictures[0].name"),
    (drop(*MAP, "frame"), FILE, f"{AT}.pictures[0].frame"),
    (put(*MAP, "frame", []), FILE, f"{AT}.pictures[0].frame"),
    (put(*MAP, "options", {"wave": [1]}), FILE, f"{AT}.pictures[0].options"),
    (put(*MAP, "frame", "types", "n", "complex"), FILE, "frame.types.n"),
    (put(*MAP, "frame", "types", "n", []), FILE, "frame.types.n"),
    (drop(*MAP, "frame", "columns", "n"), FILE, "frame.columns.n"),
    (put(*MAP, "frame", "columns", "n", [1]), FILE, "frame.columns.n"),
    (put(*MAP, "frame", "columns", "n", 0, 10**30), FILE, "frame.columns.n[0]"),
    (put(*MAP, "frame", "columns", "n", 0, None), FILE, "frame.columns.n[0]"),
    (put(*MAP, "frame", "columns", "n", 0, "many"), FILE, "frame.columns.n[0]"),
    (put(*MAP, "frame", "columns", "value", 1, "half"), FILE, "frame.columns.value[1]"),
    (put(*MAP, "frame", "columns", "what", 1, 5), FILE, "frame.columns.what[1]"),
    # what the authors added
    (drop("extras"), FILE, "extras"),
    (put("extras", "texts", []), FILE, "extras.texts"),
    (put("extras", "texts", {"answer": "text"}), FILE, "extras.texts.answer"),
    (put("extras", "template", 1), FILE, "extras.template"),
    (put("extras", "logo", "https://x.dk/logo.png"), FILE, "extras.logo"),
    (put("extras", "logo", "data:image/png;base64,AAAA"), FILE, "extras.logo"),
    (put("extras", "logo_for_word", None), FILE, "extras.logo_for_word"),
    # tables
    (put("tables", []), FILE, "tables"),
    (put("tables", "outcomes", []), FILE, "tables.outcomes"),
    (put("tables", "outcomes", "p", "complex"), FILE, "tables.outcomes.p"),
    (put("tables", "../x", {}), FILE, '"../x"'),
    (put("tables", "gone", {"a": "float"}), "tables/gone.csv", ""),
    (put("tables", "outcomes", "more", "float"), OUTCOMES, '"more"'),
    (drop("tables", "outcomes", "p"), OUTCOMES, '"p"'),
    (gone(OUTCOMES), OUTCOMES, ""),
    (written(OUTCOMES, b""), OUTCOMES, '"name"'),
    (written(OUTCOMES, "navn;værdi\n".encode("latin-1")), OUTCOMES, "1"),
    (swapped(OUTCOMES, b"name,p,", b"p,name,"), OUTCOMES, "name, p, n"),
    (swapped(OUTCOMES, b"'=cmd(),0.1,", b"'=cmd(),"), OUTCOMES, "2"),
    (swapped(OUTCOMES, b"'=cmd(),0.1,", b"'=cmd(),0.1,0.1,"), OUTCOMES, "2"),
    (swapped(OUTCOMES, b"'=cmd(),0.1,", b"'=cmd(),half,"), OUTCOMES, "p: "),
    (swapped(OUTCOMES, b"'=cmd(),0.1,0,", b"'=cmd(),0.1,0.5,"), OUTCOMES, "n: "),
    (swapped(OUTCOMES, b"'=cmd(),0.1,0,", b"'=cmd(),0.1,,"), OUTCOMES, "n: "),
    (swapped(OUTCOMES, b"'=cmd(),0.1,0,", b"'=cmd(),0.1," + b"9" * 19 + b","), OUTCOMES, "n: "),
    (swapped(OUTCOMES, b",True,", b",yes,"), OUTCOMES, "told: "),
    (written(OUTCOMES, b'"' + b"x" * 200_000), OUTCOMES, "1"),
    # provenance
    (gone("provenance.json"), "provenance.json", ""),
    (written("provenance.json", b"{"), "provenance.json", "1"),
    (written("provenance.json", b"\xff"), "provenance.json", "1"),
]


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(("damage", "file", "named"), DAMAGES)
def test_damage_is_told_with_its_file_and_place_in_the_words_of_a_reader(
    tmp_path: Path, damage: Callable[[Path], None], file: str, named: str, language: Any
) -> None:
    write_saved(made(), tmp_path)
    damage(tmp_path)
    with pytest.raises(NetlearnError) as error:
        read_report(tmp_path, language)
    said = str(error.value)
    assert str(tmp_path / file) in said
    told = said.replace(str(tmp_path), "")
    assert named in told
    assert "\n" not in told
    assert OF_PYTHON.findall(told.replace(", ".join(KINDS), "")) == []
    words = ("De gemte", "Forventede", "Gør:") if language == "da" else ("The saved", "Expected", "Do:")
    assert [told.index(word) for word in words] == sorted(told.index(word) for word in words)
    assert len(told) < 600


@pytest.mark.parametrize("language", ["en", "da"])
def test_results_of_a_later_version_name_it(tmp_path: Path, language: Any) -> None:
    write_saved(made(), tmp_path)
    put("version", 2)(tmp_path)
    with pytest.raises(NetlearnError, match="version 2") as error:
        read_report(tmp_path, language)
    assert str(tmp_path) in str(error.value)


def test_a_name_twice_is_told(tmp_path: Path) -> None:
    write_saved(made(), tmp_path)
    put("documents", "da", "sections", 1, "key", "map")(tmp_path)
    with pytest.raises(NetlearnError, match=r'documents\.da\.sections\[1\]\.key: "map" stands twice'):
        read_report(tmp_path)


@pytest.mark.parametrize("given", ["fr", "DA", "", "de"])
def test_another_language_names_those_there_are(tmp_path: Path, given: Any) -> None:
    write_saved(made(), tmp_path)
    with pytest.raises(NetlearnError, match=rf"'{given}'.*'da'.*'en'"):
        read_report(tmp_path, given)


def test_the_language_of_a_cut_report_is_known(tmp_path: Path) -> None:
    write_saved(made(), tmp_path)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:300])
    assert saved_language(tmp_path) == "da"
    assert saved_language(tmp_path / "nowhere") == "en"


def test_a_folder_without_results_and_a_cut_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NetlearnError, match=r"results\.json"):
        read_report(tmp_path)
    write_saved(made(), tmp_path)
    data = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(data[: len(data) // 2])
    with pytest.raises(NetlearnError, match="damaged"):
        read_report(tmp_path)


def test_what_another_version_adds_is_passed_over_and_what_it_lacks_has_its_default(tmp_path: Path) -> None:
    write_saved(made(), tmp_path)
    told = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    document = told["documents"]["da"]
    section = document["sections"][0]
    for part in (told, document, document["summary"], section, section["tables"][0], section["pictures"][0]):
        part["of another version"] = ["x"]
    for name in ("small", "points", "widget"):
        del section[name]
    (tmp_path / FILE).write_text(json.dumps(told), encoding="utf-8")
    back = read_report(tmp_path).documents["da"]
    assert back.summary == made().documents["da"].summary
    assert (back.sections[0].small, back.sections[0].points, back.sections[0].widget) == ((), (), None)
    del document["title"]  # which has no default
    (tmp_path / FILE).write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(NetlearnError, match="title"):
        read_report(tmp_path)


def test_results_of_the_first_version_are_read_for_ever() -> None:
    """tests/saved/v1 was written once by version 1 and is never made anew."""
    report = read_report(Path(__file__).parent / "saved" / "v1")
    assert sorted(report.documents) == ["da", "en"]
    frame = report.documents["da"].sections[0].pictures[0].frame
    assert frame["estimate"].tolist()[:2] == [0.1 + 0.2, -1e-17]
    assert frame["low"].tolist()[:2] == [-np.inf, np.inf]
    assert frame["people"].tolist() == [5, pd.NA, 7, 8]
    assert report.tables["outcomes"]["name"].tolist() == list(NASTY)
    assert report.extras == {"texts": {"answer": ["own words"]}}
