"""The documents are true: commands, options, links, measures and versions are those of the program."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import re
import shlex
import tomllib
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from pages import blocks, blocks_of, prose

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.md")])
MAIN = "pip install uv && uv run netlearn run data/cbu-aalborg"
TESTS = "pip install uv && uv run pytest"
FIRST_SCREEN = 25  # lines


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands_of(text: str) -> list[str]:
    """Every `netlearn …` command that a document tells the reader to type; no synopses (STUDY, [--out])."""
    typed = [block.code for block in blocks(text) if block.language in ("", "sh", "text")]
    lines = [line for code in typed for line in code.splitlines()]
    spans = re.findall(r"`((?:uv run )?netlearn [^`\n]+)`", prose(text))
    found = [
        line[line.index("netlearn ") :] for line in [*lines, *spans] if re.search(r"\bnetlearn [a-z]", line)
    ]
    return [command for command in found if not re.search(r"[\[,…]|\b[A-Z]{2,}\b", command)]


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of the program with their own parsers."""
    actions = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(actions[0].choices)


def help_of(parser: argparse.ArgumentParser) -> dict[str, str]:
    """What `netlearn --help` says about each command."""
    actions = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return {choice.dest: choice.help or "" for choice in actions[0]._choices_actions}


def option_names(command: argparse.ArgumentParser) -> set[str]:
    """The long options of a command, without --help."""
    return {name for a in command._actions for name in a.option_strings if name.startswith("--")} - {"--help"}


@pytest.fixture(scope="module")
def cli() -> ModuleType:
    return importlib.import_module("netlearn.cli")


@pytest.fixture(scope="module")
def parser(cli: ModuleType) -> argparse.ArgumentParser:
    return cli.build_parser()


def test_first_screen_has_the_two_commands() -> None:
    first = "\n".join(text_of("README.md").splitlines()[:FIRST_SCREEN]) + "\n"
    assert blocks_of(first, "sh") == [f"{MAIN}\n", f"{TESTS}\n"]


def test_ci_runs_the_commands_of_the_readme() -> None:
    """`.ci/run` takes the first line of the README that matches its pattern."""
    script = text_of(".ci/run")
    patterns = re.findall(r'command_of "(.+?)"', script)
    taken = []
    for pattern in patterns:
        whole = re.compile(rf"^pip install uv && uv run {pattern}")
        taken.append(next(line for line in text_of("README.md").splitlines() if whole.search(line)))
    assert taken == [MAIN, TESTS]
    assert 'bash -euo pipefail -c "$main"\n' in script
    assert script.rstrip().endswith('bash -euo pipefail -c "$tests"')


def test_ci_runs_every_check() -> None:
    script = text_of(".ci/run")
    for command in ("uv run ruff check", "uv run ruff format --check", "uv run mypy"):
        assert f"\n{command}\n" in script
    assert "set -euo pipefail" in script


def test_commands_in_the_documents_are_commands_of_the_program(parser: argparse.ArgumentParser) -> None:
    found = [command for path in DOCUMENTS for command in commands_of(path.read_text(encoding="utf-8"))]
    assert len(found) >= 8
    for command in found:
        words = shlex.split(command)[1:]
        if len(words) == 1:  # only named: `netlearn check`
            assert words[0] in subcommands(parser), command
        else:
            parser.parse_args(words)


def test_every_command_and_option_has_help(parser: argparse.ArgumentParser) -> None:
    assert help_of(parser).keys() == subcommands(parser).keys()
    assert [name for name, said in help_of(parser).items() if not said] == []
    for name, command in subcommands(parser).items():
        silent = [action.dest for action in command._actions if not action.help]
        assert silent == [], name


def test_every_command_and_option_is_documented(parser: argparse.ArgumentParser) -> None:
    parts = re.split(r"(?m)^## `netlearn (\w+)`$", text_of("docs/command-line.md"))
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert sections.keys() == subcommands(parser).keys()
    for name, command in subcommands(parser).items():
        synopsis = blocks_of(sections[name], "text")[0]
        table = [line for line in sections[name].splitlines() if line.startswith("|")]
        assert set(re.findall(r"--\w[\w-]*", synopsis)) == option_names(command), name
        assert set(re.findall(r"--\w[\w-]*", "\n".join(table))) == option_names(command), name


def test_the_help_of_every_command_can_be_read(parser: argparse.ArgumentParser) -> None:
    """A stray % in a help text breaks --help only when somebody asks for it."""
    for command in [parser, *subcommands(parser).values()]:
        assert "usage" in command.format_help().lower()


def test_published_names_are_those_of_the_program() -> None:
    published = importlib.import_module("netlearn.published.catalogue")
    for document in ("README.md", "docs/command-line.md"):
        missing = [name for name in published.published_names() if f"`{name}`" not in text_of(document)]
        assert [name for name in missing if f"--published {name}" not in text_of(document)] == []


def test_measures_of_the_conventions_are_the_catalogue() -> None:
    catalogue = importlib.import_module("netlearn.measures.catalogue").CATALOGUE
    section = text_of("CONVENTIONS.md").split("## Measures")[1].split("\n## ")[0]
    written = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        for name in re.findall(r"`(\w+)`", cells[0]) if len(cells) == 4 else []:
            written[name] = (cells[1], cells[3])
    assert list(written) == list(catalogue)
    assert {name: unit for name, (unit, _) in written.items()} == {
        n: row.unit for n, row in catalogue.items()
    }
    for name, row in catalogue.items():
        assert row.source in written[name][1], name


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith("https://")]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_one_version_everywhere() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert f"\nversion: {version}\n" in text_of("CITATION.cff")
    assert version in text_of("CHANGELOG.md")
    assert metadata.version("netlearn") == version


# The checks themselves must be able to fail.


def test_commands_are_found_in_blocks_and_in_sentences() -> None:
    block = "```\nuv run netlearn run x --out y\nnetlearn run S [--out D]\n```\n"
    text = f"Type `uv run netlearn check here`.\n{block}"
    assert commands_of(text) == ["netlearn run x --out y", "netlearn check here"]


def test_the_page_of_measures_is_the_catalogue() -> None:
    path = ROOT / "docs" / "make" / "measures.py"
    spec = importlib.util.spec_from_file_location("make_measures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert text_of("docs/measures.md") == module.page()
