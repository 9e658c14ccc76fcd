"""The gallery shows every figure once, with words for those who do not see it; its pictures come from its code."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

import netlearn as nl

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    made = importlib.util.spec_from_file_location("gallery", DOCS / "make" / "gallery.py")
    assert made is not None
    assert made.loader is not None
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def text() -> str:
    return (DOCS / "gallery.md").read_text(encoding="utf-8")


def test_every_figure_has_its_place_and_is_drawn_there(script: ModuleType, text: str) -> None:
    figures = {name for name in nl.__all__ if name.startswith("plot_")}
    headings = re.findall(r"^### (\w+)$", text, flags=re.M)
    assert sorted(headings) == sorted(figures)
    for heading, told in zip(headings, re.split(r"^### \w+$", text, flags=re.M)[1:], strict=True):
        assert f"nl.{heading}(" in told
        assert any(part.file for part in script.parts(told)), heading


def test_every_picture_is_there_with_words_and_none_is_left_over(script: ModuleType, text: str) -> None:
    shown = [part for part in script.parts(text) if part.file]
    assert len(shown) == text.count("](img/")
    assert {(DOCS / part.file).name for part in shown} == {p.name for p in (DOCS / "img/gallery").iterdir()}
    for part in shown:
        file = DOCS / part.file
        assert len(part.alt) > 40
        assert file.stat().st_size < 400_000
        if file.suffix == ".svg":
            root = ET.fromstring(file.read_bytes())
            assert part.alt in [
                " ".join(("".join(e.itertext())).split()) for e in root.iter() if "description" in e.tag
            ]


def test_pictures_are_drawn_by_the_code_on_the_page(
    script: ModuleType, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that stand before the second study is read, drawn anew, have the words of those in the folder."""
    monkeypatch.chdir(ROOT)
    chosen = script.parts(text.partition("## Competence")[0])
    script.draw(chosen, tmp_path)
    for part in chosen:
        if part.file.endswith(".svg"):
            assert words(tmp_path / part.file) == words(DOCS / part.file), part.file


def words(file: Path) -> list[str]:
    """Every word and number that stands in a picture."""
    return [
        "".join(e.itertext()).strip()
        for e in ET.fromstring(file.read_bytes()).iter()
        if e.tag.endswith("text")
    ]
