"""Saved results come back as they were, and what is damaged or of another version is refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from netlearn.errors import NetlearnError
from netlearn.report.document import Document, Report, Summary
from netlearn.report.saved import FILE, read_report, write_saved
from netlearn.report.section import Picture, Section
from netlearn.report.tables import Table

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


def renamed(told: dict, name: str) -> dict:
    """The same results with a picture of another name."""
    told["documents"]["da"]["sections"][0]["pictures"][0]["name"] = name
    return told


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


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told | {"version": 2}, "version 2"),
        (lambda told: told | {"version": "1"}, "version is '1'"),
        (lambda told: told | {"version": 0}, "version is 0"),
        (lambda told: {k: v for k, v in told.items() if k != "version"}, "version is None"),
        (lambda told: renamed(told, "../../evil"), "evil"),
        (lambda told: renamed(told, "a b"), "a b"),
        (lambda told: told | {"format": "other"}, "format"),
        (lambda told: {k: v for k, v in told.items() if k != "documents"}, "documents"),
        (lambda told: told | {"tables": told["tables"] | {"gone": {"a": "float"}}}, "gone.csv"),
        (lambda told: told | {"tables": {"outcomes": {"other": "text"}}}, "outcomes.csv"),
        (lambda told: [], "format"),
    ],
)
def test_what_is_damaged_is_refused_in_words(tmp_path: Path, language, change, said) -> None:
    write_saved(made(), tmp_path)
    told = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    (tmp_path / FILE).write_text(json.dumps(change(told)), encoding="utf-8")
    with pytest.raises(NetlearnError, match=said) as error:
        read_report(tmp_path, language)
    assert str(tmp_path) in str(error.value)
    assert ("Gør:" if language == "da" else "Do:") in str(error.value)


def test_a_folder_without_results_and_a_cut_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NetlearnError, match=r"results\.json"):
        read_report(tmp_path)
    write_saved(made(), tmp_path)
    data = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(data[: len(data) // 2])
    with pytest.raises(NetlearnError, match="cannot be read"):
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
