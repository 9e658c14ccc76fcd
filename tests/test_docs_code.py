"""Every block of code in docs/ and in the README does what the page says, in a folder with a copy of the data.

The blocks of a page are followed in order, as by a reader: Python runs in one namespace per page, commands run, a
study file whose first line names a path is saved there, and what a `text` block right after commands shows has been
printed. What cannot be run is no `python` and stands in NOT_RUN with its reason.
"""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import studies
from conftest import SHARED
from pages import ROOT, Block, blocks, blocks_of, documents

from netlearn.cli import main
from netlearn.study.findings import Findings
from netlearn.study.toml import parse_study

PAGES = [path for path in documents() if blocks(path.read_text(encoding="utf-8"))]
# A directive of the site is marked with its name in braces.
MARKS = {"python", "sh", "toml", "text", "{toctree}", "{public-names}"}
NOT_RUN = {
    "pip install uv": ".ci/run begins with it",
    "pip install uv && uv run netlearn run data/cbu-aalborg": ".ci/run runs it",
    "pip install uv && uv run pytest": "these are the tests",
    "uv run sphinx-build -W --keep-going -c docs . docs/_build": "tests/test_docs_site.py builds the site",
    "pip install -r requirements.lock": "an environment of its own; tests/test_lock.py looks at the file",
    "pip install --no-deps -e .": "an environment of its own",
    "netlearn run data/cbu-aalborg": ".ci/run runs it",
    "conda env create -f environment.yml": "no conda here, as the README says",
    "conda activate netlearn": "no conda here, as the README says",
}
# Faults that no part of a study file may have, whatever the rest of the file is.
WRONG = {"toml-broken", "unknown-key", "wrong-type", "too-small", "not-between"}
Print = Callable[[], str]


def of_page(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tables_of(text: str) -> dict[str, str]:
    """The tables of a TOML file by their headings; tables of one name together."""
    found: dict[str, str] = {}
    for table in re.split(r"(?m)^(?=\[)", text):
        if table.startswith("["):
            heading = table.split("\n", 1)[0]
            found[heading] = found.get(heading, "") + table
    return found


def faults_of(text: str, folder: Path) -> list[tuple[str, int]]:
    """The faults of a study file, without those of files that are not there."""
    (folder / "study.toml").write_text(text, encoding="utf-8")
    findings = Findings()
    parse_study(folder, findings)
    return [(fault.code, fault.row) for fault in findings.faults if fault.code != "missing-file"]


def whole(text: str) -> bool:
    """Tell whether a block is a study file that could stand alone."""
    return tables_of(studies.STUDY).keys() <= tables_of(text).keys()


def check_toml(block: Block, folder: Path) -> None:
    """It is TOML, and a study file or a part of one; claims have their own test."""
    assert tomllib.loads(block.code), block.line
    headings = tables_of(block.code)
    if "[[claims]]" in headings:
        return
    folder.mkdir(exist_ok=True)
    if whole(block.code):
        assert faults_of(block.code, folder) == [], block.line
        return
    text = "\n".join((tables_of(studies.STUDY) | headings).values())
    assert [fault for fault in faults_of(text, folder) if fault[0] in WRONG] == [], block.line


def run_command(line: str) -> None:
    """Carry out a line that a reader types in a terminal."""
    words = shlex.split(line.removeprefix("uv run "))
    if line in NOT_RUN:
        return
    if words[0] == "mkdir":
        Path(words[1]).mkdir()
    elif words[0] == "cp":
        shutil.copy(words[1], words[2])
    elif words[0] == "python":  # makes a page or a table of docs/
        assert words[1].startswith(("benchmarks/", "docs/make/")), line
        assert (ROOT / words[1]).is_file(), line
    else:
        assert words[0] == "netlearn", f"{line}: give the reason in NOT_RUN"
        assert status_of(words[1:]) == 0, line


def status_of(words: list[str]) -> int:
    """The exit code of a command; --version and --help end the program."""
    try:
        return main(words)
    except SystemExit as end:
        return int(end.code or 0)


def follow(page: Path, folder: Path, printed: Print) -> list[int]:
    """Follow a page block by block; return the lines of the blocks that need data that are not here."""
    namespace: dict[str, Any] = {"__name__": "__page__"}
    left: list[int] = []
    before = said = ""
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.language in ("python", "sh") and not SHARED.is_dir() and "published" in block.code:
            left.append(block.line)
        elif block.language == "python":
            exec(compile(block.code, f"{of_page(page)}, block at line {block.line}", "exec"), namespace)
        elif block.language == "sh":
            for line in block.code.splitlines():
                run_command(line.split("  #")[0].strip())
            said = printed().replace("\N{NO-BREAK SPACE}", " ")
        elif block.language == "toml":
            check_toml(block, folder / "toml")
            named = re.match(r"# (\S+\.toml)\n", block.code)
            if named:
                Path(named[1]).write_text(block.code, encoding="utf-8")
        elif block.language == "text" and before == "sh":
            lines = [line.strip() for line in block.code.splitlines()]
            assert [line for line in lines if line not in said] == [], f"{of_page(page)}:{block.line}"
        before = block.language
    return left


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the data, in which the reader stands."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("out", "make"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


# The Danish page shows the same blocks as the English one, which another test compares.
@pytest.mark.parametrize("page", [path for path in PAGES if path.name != "kom-i-gang.md"], ids=of_page)
def test_every_block_of_a_page_does_what_it_says(
    page: Path, reader: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = follow(page, reader, lambda: capsys.readouterr().out)
    if left:
        pytest.skip(f"published data are not beside the project; blocks at lines {left} were not run")


def test_every_block_is_marked() -> None:
    found = [
        (of_page(path), block.line, block.language)
        for path in PAGES
        for block in blocks(path.read_text(encoding="utf-8"))
    ]
    assert [mark for mark in found if mark[2] not in MARKS] == []


def test_what_is_not_run_is_still_on_a_page() -> None:
    lines = {
        line
        for path in PAGES
        for code in blocks_of(path.read_text("utf-8"), "sh")
        for line in code.split("\n")
    }
    assert NOT_RUN.keys() - lines == set()


def test_the_python_of_the_readme_is_short_and_writes_a_report() -> None:
    (code,) = blocks_of((ROOT / "README.md").read_text(encoding="utf-8"), "python")
    assert len(code.splitlines()) <= 12
    assert code.endswith('nl.write_report(results, "out")\n')


def test_the_danish_page_shows_the_same_as_the_english_one() -> None:
    english, danish = (
        [(block.language, block.code) for block in blocks((ROOT / "docs" / name).read_text("utf-8"))]
        for name in ("start.md", "kom-i-gang.md")
    )
    assert english == danish


# The checks themselves must be able to fail.


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("```python\n1 / 0\n```\n", "division by zero"),
        ("```python\nx = 1\n```\n\n```python\nraise ValueError(f'x is {x}')\n```\n", "x is 1"),
        ("```sh\nnetlearn check data/nowhere\n```\n", "data/nowhere"),
        ("```sh\nrm -r data\n```\n", "give the reason"),
        ("```sh\nnetlearn --version\n```\n\n```text\nnetlearn 99\n```\n", "netlearn 99"),
        ("```toml\na = \n```\n", "Invalid value"),
        ('```toml\n[study]\ntitel = "x"\n```\n', "unknown-key"),
    ],
)
def test_a_page_that_is_not_true_is_found(
    text: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = ROOT / "docs" / "not-there.md"
    monkeypatch.setattr(Path, "read_text", lambda path, **_: text)
    with pytest.raises((Exception, AssertionError), match=re.escape(says)):
        follow(page, tmp_path, lambda: capsys.readouterr().out)
