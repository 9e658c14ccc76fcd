"""The room table of ARCHITECTURE.md is true: which rooms there are, and that imports only point upwards."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "netlearn"
FILES = sorted(SOURCE.rglob("*.py"))

# Packages with a room of their own. "anywhere" = also at the top of the file, else inside functions only.
OUTSIDE = {
    "networkx": {"study/convert.py": "anywhere", "figures/": "anywhere"},
    "matplotlib": {"figures/": "anywhere"},
    "mpl_toolkits": {"figures/": "anywhere"},
    "seaborn": {"figures/": "anywhere"},
    "pooch": {"published/": "lazily"},
    "rdata": {"published/": "lazily"},
    "pingouin": {"outcomes/pg.py": "lazily"},
    "nbclient": {"report/notebook.py": "lazily"},
    "nbconvert": {"report/notebook.py": "lazily"},
    "numba": {"inference/kernels_compiler.py": "anywhere"},
    "joblib": {"inference/parallel.py": "lazily"},
    "python_calamine": {"survey/excel.py": "anywhere"},
    "pyreadstat": {"survey/": "lazily"},
    "docx": {"survey/": "lazily", "report/": "lazily"},
    "defusedxml": {"survey/": "lazily", "study/svg.py": "lazily"},
    "distributed": {"inference/parallel.py": "lazily"},
}
LINES_PER_FILE = 320
BRIDGE = ("survey/", "wording/tools/")
SHOWN = ("figures/", "report/")
LINES_OF_BRIDGE, LINES_OF_WORDS, LINES_OF_WHAT_IS_SHOWN, LINES_OF_THE_REST = 13_500, 8_950, 6_100, 18_500


@dataclass(frozen=True)
class Import:
    """One imported module: its full name, its line, and where in the file the statement stands."""

    module: str
    line: int
    inside_function: bool
    typing_only: bool


def imports_of(
    tree: ast.AST, package: str = "netlearn", lazy: bool = False, typing: bool = False
) -> Iterator[Import]:
    """Every import statement, at any depth; `from a import b` gives a.b, so that a submodule is seen."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, lazy, typing) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package.split(".")[: package.count(".") + 2 - node.level], node.module or ""])
            base = base.strip(".") if node.level else node.module or ""
            yield from (Import(f"{base}.{alias.name}", node.lineno, lazy, typing) for alias in node.names)
        else:
            guarded = isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
            function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports_of(node, package, lazy or function, typing or guarded)


def table_of(text: str) -> dict[str, tuple[list[str], str]]:
    """Read the table under "Rooms": room -> (files named in its description, what it may touch)."""
    section = text.split("## Rooms")[1].split("\n## ")[0]
    table = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 3 and (match := re.fullmatch(r"`([a-z_]+(?:/|\.py))`", cells[0])):
            table[match[1]] = (re.findall(r"`([a-z_]+(?:\.py|/))`", cells[1]), cells[2])
    return table


TABLE = table_of((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
ORDER = list(TABLE)


def room_of(path: str) -> str:
    """`study/plan.py` lives in `study/`, `cli.py` in `cli.py`."""
    return path.split("/")[0] + "/" if "/" in path else path


def room_of_module(module: str) -> str | None:
    """The room of `netlearn.study.plan`; None for the public face and for other packages."""
    parts = module.split(".")
    if parts[0] != "netlearn" or len(parts) < 2:
        return None
    return next((room for room in ORDER if room in (f"{parts[1]}/", f"{parts[1]}.py")), None)


def order_faults(path: str, tree: ast.AST) -> list[str]:
    """Imports of rooms further down, and any import of the package where a room may touch nothing."""
    here, faults = room_of(path), []
    for found in imports_of(tree, package_of(path)):
        there = room_of_module(found.module)
        if found.module.split(".")[0] != "netlearn" or there == here:
            continue
        if there is None:
            faults.append(f"{path}:{found.line} imports {found.module}, which is in no room")
        elif ORDER.index(there) > ORDER.index(here):
            faults.append(f"{path}:{found.line} imports {found.module}: {there} is below {here}")
        elif TABLE[here][1].startswith("nothing"):
            faults.append(f"{path}:{found.line} imports {found.module}: {here} may touch nothing")
    return faults


def outside_faults(path: str, tree: ast.AST) -> list[str]:
    """Imports of a package from outside the room it has, or at the top of a file where it must be lazy."""
    faults = []
    for found in imports_of(tree, package_of(path)):
        allowed = OUTSIDE.get(found.module.split(".")[0])
        if allowed is None or found.typing_only:
            continue
        how = allowed.get(path) or allowed.get(room_of(path))
        if how is None:
            faults.append(f"{path}:{found.line} imports {found.module}: only {', '.join(allowed)} may")
        elif how == "lazily" and not found.inside_function:
            faults.append(f"{path}:{found.line} imports {found.module} at the top: do it inside the function")
    return faults


def package_of(path: str) -> str:
    """The package that relative imports of a file start from."""
    return ".".join(["netlearn", *path.split("/")[:-1]])


def name_of(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def lines_of(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


INNER = [file for file in FILES if name_of(file) != "__init__.py"]


@pytest.mark.parametrize("file", INNER, ids=name_of)
def test_imports_point_upwards(file: Path) -> None:
    assert order_faults(name_of(file), parse(file)) == []


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_outside_packages_keep_to_their_rooms(file: Path) -> None:
    assert outside_faults(name_of(file), parse(file)) == []


def test_measures_know_arrays_only() -> None:
    seen = [
        f"{name_of(file)}:{found.line} imports {found.module}"
        for file in SOURCE.glob("measures/*.py")
        for found in imports_of(parse(file), "netlearn.measures")
        if found.module.startswith(("netlearn.study", "pathlib", "random", "numpy.random"))
    ]
    assert seen == []


def test_rooms_of_the_table_are_the_rooms_of_the_source() -> None:
    folders = {f"{path.name}/" for path in SOURCE.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    files = {path.name for path in SOURCE.glob("*.py")} - {"__init__.py", "__main__.py"}
    assert set(TABLE) == folders | files


@pytest.mark.parametrize("room", [room for room in ORDER if TABLE[room][0]])
def test_files_of_the_table_are_the_files_of_the_room(room: str) -> None:
    named = set(TABLE[room][0])
    files = {path.name for path in (SOURCE / room).glob("*.py")} - {"__init__.py"}
    folders = {f"{path.name}/" for path in (SOURCE / room).glob("*") if (path / "__init__.py").is_file()}
    assert named == files | folders


def test_every_room_is_a_package() -> None:
    folders = {file.parent for file in FILES}
    assert [folder.name for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_file_holds_one_idea(file: Path) -> None:
    assert lines_of(file) <= LINES_PER_FILE


def code_lines(file: Path) -> int:
    """Count the lines that hold code: neither blank, nor comment, nor docstring."""
    text = file.read_text(encoding="utf-8")
    told: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node) is not None
        ):
            told |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    quiet = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    held = {line for t in tokens if t.type not in quiet for line in range(t.start[0], t.end[0] + 1)}
    return len(held - told)


def test_lines_of_code_are_counted_without_prose(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text(
        '"""Doc."""\n\n# why\nx = (\n    1\n)\n\ndef f():\n    """Doc\n    more."""\n    return x\n'
    )
    assert code_lines(file) == 5


def test_the_package_stays_small() -> None:
    bridge = {file for file in FILES if name_of(file).startswith(BRIDGE)}
    words = {file for file in FILES if name_of(file).startswith("wording/")} - bridge
    assert sum(map(code_lines, bridge)) < LINES_OF_BRIDGE
    assert sum(map(code_lines, words)) < LINES_OF_WORDS
    shown = {file for file in FILES if name_of(file).startswith(SHOWN)}
    assert sum(map(code_lines, shown)) < LINES_OF_WHAT_IS_SHOWN
    assert sum(map(code_lines, set(FILES) - bridge - words - shown)) < LINES_OF_THE_REST


def test_no_drawer_for_odds_and_ends() -> None:
    assert [name_of(file) for file in FILES if file.stem in {"utils", "util", "helpers", "misc"}] == []


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_no_assert_in_the_source(file: Path) -> None:
    assert [node.lineno for node in ast.walk(parse(file)) if isinstance(node, ast.Assert)] == []


# The checks themselves must be able to fail.


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("measures/mixing.py", "from netlearn.inference.dyadic import ladder"),
        ("measures/mixing.py", "from netlearn import analysis"),
        ("measures/mixing.py", "from ..analysis import compare"),
        ("study/panel.py", "def f():\n    import netlearn.cli"),
        ("study/panel.py", "import netlearn"),
        ("wording/terms.py", "from netlearn.errors import NetlearnError"),
    ],
)
def test_a_wrong_import_is_found(path: str, source: str) -> None:
    assert len(order_faults(path, ast.parse(source))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("study/panel.py", "def f():\n    import networkx as nx"),
        ("report/write.py", "from matplotlib import pyplot"),
        ("published/registry.py", "import pooch"),
        ("analysis/analyse.py", "def f():\n    import pingouin"),
    ],
)
def test_an_outside_package_in_the_wrong_room_is_found(path: str, source: str) -> None:
    assert len(outside_faults(path, ast.parse(source))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "study/panel.py",
            "from netlearn.study.cells import Cells\nfrom . import plan\nfrom .cells import Cells",
        ),
        ("study/panel.py", "if TYPE_CHECKING:\n    import networkx as nx"),
        ("study/convert.py", "import networkx as nx"),
        ("published/registry.py", "def f():\n    import pooch"),
        ("cli.py", "from netlearn.report.write import write_report\nimport numpy"),
    ],
)
def test_a_right_import_is_let_through(path: str, source: str) -> None:
    tree = ast.parse(source)
    assert order_faults(path, tree) + outside_faults(path, tree) == []
