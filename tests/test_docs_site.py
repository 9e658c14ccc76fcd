"""The site of docs/ is built without a warning, leads nowhere that is not there, and asks nobody else for anything."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from pages import ROOT

import netlearn

DOCS = ROOT / "docs"
COMMAND = "uv run sphinx-build -W --keep-going -c docs . docs/_build"
NOWHERE = "http://127.0.0.1:9"  # whoever asks for something while building is refused
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src"}


class Page(HTMLParser):
    """What a page of the site leads to, what it loads, and what in it can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if LOADED.get(tag, "-") in given:
            self.loads.append(given[LOADED[tag]])
        if "id" in given:
            self.ids.append(given["id"])


def pages_of(site: Path) -> dict[Path, Page]:
    return {path.resolve(): Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def broken(pages: dict[Path, Page]) -> list[tuple[str, str]]:
    """The links of the pages to files or places in them that are not there."""
    faults = []
    for path, page in pages.items():
        for link in [*page.links, *page.loads]:
            place, fragment = urldefrag(link)
            if urlsplit(link).scheme:
                continue
            target = (path.parent / unquote(urlsplit(place).path)).resolve() if place else path
            inside = pages.get(target)
            if not target.is_file() or (fragment and inside and unquote(fragment) not in inside.ids):
                faults.append((path.name, link))
    return faults


def foreign(pages: dict[Path, Page]) -> list[tuple[str, str]]:
    """What the pages load from elsewhere; a link that a reader may click is no load."""
    return [
        (path.name, load)
        for path, page in pages.items()
        for load in page.loads
        if urlsplit(load).scheme not in ("", "data") or load.startswith("//")
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as the command says but into another folder, and without a way out to the network."""
    if importlib.util.find_spec("sphinx") is None:
        pytest.skip("sphinx is not installed: uv sync --group docs")
    out = tmp_path_factory.mktemp("site")
    words = shlex.split(COMMAND.removeprefix("uv run sphinx-build").replace("docs/_build", str(out)))
    closed = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "sphinx", "-q", *words],
        cwd=ROOT, env={**os.environ, **closed}, capture_output=True, text=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return pages_of(site)


def test_every_page_is_built(site: Path, pages: dict[Path, Page]) -> None:
    written = [path.relative_to(ROOT).with_suffix(".html") for path in DOCS.glob("**/*.md")]
    written = [path for path in written if path.name != "README.html" and "_build" not in path.parts]
    assert [path for path in written if (site / path).resolve() not in pages] == []
    assert len(written) > 20


def test_no_link_of_the_site_is_broken(pages: dict[Path, Page]) -> None:
    assert sum(len(page.links) for page in pages.values()) > 1000
    assert broken(pages) == []


def test_the_site_loads_nothing_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    assert foreign(pages) == []
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"@import[^;]+;|url\(['\"]?(?:https?:)?//[^)]+\)", styles) == []


def test_every_public_name_is_in_the_reference_once(site: Path, pages: dict[Path, Page]) -> None:
    found = [name for path, page in pages.items() if path.parent.name == "api" for name in page.ids]
    wanted = {f"netlearn.{name}" for name in netlearn.__all__} - {"netlearn.terms"}
    wanted |= {f"module-{netlearn.terms.__name__}"}
    assert [name for name in sorted(wanted) if found.count(name) != 1] == []


def test_the_command_is_the_same_everywhere() -> None:
    for name in ("docs/README.md", "CONTRIBUTING.md"):
        assert f"{COMMAND}\n" in (ROOT / name).read_text(encoding="utf-8"), name
    assert "docs/_build/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_the_start_page_leads_to_every_page() -> None:
    """On the forge there is no list of pages at the side."""
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    missing = [path.name for path in DOCS.glob("*.md") if f"]({path.name})" not in text]
    assert sorted(missing) == ["README.md", "index.md"]


# The glossary


def glossary() -> list[tuple[str, str, str, str]]:
    """Its rows: Danish word, English word, a sentence in Danish, the same in English."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| \*\*(.+?)\*\* / \*(.+?)\* \| (.+?) \| (.+?) \|$", text)
    assert len(rows) > 50
    return rows


def test_the_glossary_has_the_words_of_the_conventions() -> None:
    section = (ROOT / "CONVENTIONS.md").read_text(encoding="utf-8").split("## Words")[1].split("\n## ")[0]
    danish = [line.split("|")[2].strip() for line in section.splitlines() if line.startswith("| ")][1:]
    words = {word.strip() for row in glossary() for word in row[0].split(",")}
    wanted = {word.strip() for cell in danish for word in cell.split(",") if word.strip()}
    assert len(wanted) > 30
    assert wanted - words == set()


def test_every_word_of_the_glossary_has_one_sentence_in_each_language() -> None:
    for danish, english, *sentences in glossary():
        for said in sentences:
            assert said.endswith("."), (danish, english)
            assert len(re.findall(r"[.!?](?: |$)", said)) == 1, said


# The checks themselves must be able to fail.


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('<p id="here"><a href="#here">x</a><a href="a.html#here">x</a><a href="https://x.dk">x</a>', 0),
        ('<a href="gone.html">x</a>', 1),
        ('<a href="#gone">x</a>', 1),
        ('<a href="a.html#gone">x</a>', 1),
        ('<img src="gone.svg">', 1),
    ],
)
def test_a_broken_link_is_found(text: str, faults: int, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    assert len(broken(pages_of(tmp_path))) == faults


@pytest.mark.parametrize(
    "text",
    ['<script src="https://cdn.x/y.js">', '<link href="//fonts.x/z.css">', '<img src="http://x.dk/a.png">'],
)
def test_what_comes_from_elsewhere_is_found(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    assert len(foreign(pages_of(tmp_path))) == 1
