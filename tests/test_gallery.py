"""The gallery shows every figure once, with words for those who do not see it; its pictures come from its code."""

from __future__ import annotations

import importlib.util
import platform
import re
import tomllib
import xml.etree.ElementTree as ET
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest

import netlearn as nl

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PICTURES = DOCS / "img" / "gallery"
# Nothing in them is computed by a library of linear algebra, whose last digits go with the processor.
COUNTED = ("response.svg", "turnover.svg", "calibration.svg")


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
    assert {(DOCS / part.file).name for part in shown} == {p.name for p in PICTURES.iterdir()}
    for part in shown:
        file = DOCS / part.file
        assert len(part.alt) > 40
        assert file.stat().st_size < 250_000
        if file.suffix == ".svg":
            root = ET.fromstring(file.read_bytes())
            assert part.alt in [
                " ".join(("".join(e.itertext())).split()) for e in root.iter() if "description" in e.tag
            ]


@pytest.fixture(scope="module")
def anew(script: ModuleType, text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pictures that stand before the second study is read, drawn anew."""
    folder = tmp_path_factory.mktemp("anew")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        script.draw(script.parts(text.partition("## Competence")[0]), folder)
    return folder


def test_pictures_are_drawn_by_the_code_on_the_page(anew: Path) -> None:
    """Drawn anew, they have the words of those in the folder."""
    drawn = sorted((anew / "img" / "gallery").iterdir())
    assert len(drawn) > 15
    for file in drawn:
        assert words(file) == words(PICTURES / file.name), file.name


@pytest.mark.parametrize("name", COUNTED)
def test_pictures_of_counts_have_the_same_bytes(name: str, anew: Path) -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    locked = {package["name"]: package["version"] for package in lock["package"]}
    if version("matplotlib") != locked["matplotlib"]:
        pytest.skip("platform: another matplotlib than the locked one draws other bytes")
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.skip("platform: pictures were drawn on Linux, x86_64")
    assert (anew / "img" / "gallery" / name).read_bytes() == (PICTURES / name).read_bytes()


def words(file: Path) -> list[str]:
    """Every word and number that stands in a picture."""
    return [
        "".join(e.itertext()).strip()
        for e in ET.fromstring(file.read_bytes()).iter()
        if e.tag.endswith("text")
    ]
