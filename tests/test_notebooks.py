"""Notebooks are for reading: calls, frames, figures, prose; no output kept; they run from top to bottom."""

from __future__ import annotations

import ast
import os
import re
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted(
    path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
SECONDS = 120
FORBIDDEN = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.For, ast.While, ast.Try, ast.TryStar,
)  # fmt: skip
DATA = re.compile(r"\bdata/")  # the studies that come with the project are simulated, every one


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "notebooks").as_posix()


def code_of(book: NotebookNode) -> list[str]:
    """The code cells; lines for the notebook alone (%magic, !shell) are found by `form_faults`."""
    return [cell.source for cell in book.cells if cell.cell_type == "code"]


def form_faults(book: NotebookNode) -> list[str]:
    """Everything in which a notebook is not one for reading."""
    faults = []
    for number, cell in enumerate(book.cells, start=1):
        if cell.cell_type != "code":
            continue
        if cell.outputs or cell.execution_count is not None:
            faults.append(f"cell {number}: holds output; run `uv run nbstripout`")
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            faults.append(f"cell {number}: is not plain Python")
            continue
        faults += [
            f"cell {number}: {type(node).__name__} in line {node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, FORBIDDEN)
        ]
    return faults + check_faults(book) + data_faults(book)


def check_faults(book: NotebookNode) -> list[str]:
    """The last code cell asserts the numbers that the prose tells."""
    code = code_of(book)
    if not code:
        return ["no code"]
    try:
        nodes = list(ast.walk(ast.parse(code[-1])))
    except SyntaxError:
        return []
    called = [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]
    if any(isinstance(node, ast.Assert) for node in nodes) or any("assert_" in name for name in called):
        return []
    return ["the last code cell does not check the notebook's own numbers (assert …)"]


def data_faults(book: NotebookNode) -> list[str]:
    """The first text says that the data are simulated where they are."""
    if not any(DATA.search(source) for source in code_of(book)):
        return []
    first = next((cell.source for cell in book.cells if cell.cell_type == "markdown"), "")
    said = "simulated" in first.lower() or "simulerede" in first.lower()
    return [] if said else ["the first text does not say that the data are simulated"]


def run(book: NotebookNode, home: Path) -> list[str]:
    """Run all cells in `home` and give what they said on stderr; the whole notebook has SECONDS to do it."""
    end = time.monotonic() + SECONDS
    resources = {"metadata": {"path": os.fspath(home)}}
    NotebookClient(
        book, resources=resources, timeout_func=lambda cell: max(1, end - time.monotonic())
    ).execute()
    return [out.text for cell in book.cells for out in cell.get("outputs", []) if out.get("name") == "stderr"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of notebooks and data, so that nothing a notebook writes stays."""
    target = tmp_path_factory.mktemp("books")
    for folder in ("notebooks", "data"):
        ignore = shutil.ignore_patterns(".ipynb_checkpoints", "out", "__pycache__")
        shutil.copytree(ROOT / folder, target / folder, ignore=ignore)
    return target


def test_there_is_a_notebook_to_start_with() -> None:
    assert "00-start-here.ipynb" in [name_of(path) for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_notebook_is_for_reading(path: Path) -> None:
    assert form_faults(nbformat.read(path, as_version=4)) == []


@pytest.mark.filterwarnings(
    "default"
)  # the machinery of Jupyter warns about itself; the cells are checked below
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_notebook_runs(path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPLBACKEND", raising=False)  # as a reader has it: figures go into the notebook
    said = run(nbformat.read(path, as_version=4), (copy / "notebooks" / name_of(path)).parent)
    assert [text for text in said if "Warning" in text] == []


# The checks themselves must be able to fail.


def book_of(*cells: NotebookNode) -> NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Prose"), *cells])


GOOD = nbformat.v4.new_code_cell("x = 1\nassert x == 1")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("for i in range(3):\n    print(i)", "For"),
        ("def f():\n    return 1", "FunctionDef"),
        ("class A:\n    pass", "ClassDef"),
        ("try:\n    pass\nexcept ValueError:\n    pass", "Try"),
        ("%matplotlib inline", "not plain Python"),
    ],
)
def test_a_wrong_cell_is_found(source: str, says: str) -> None:
    faults = form_faults(book_of(nbformat.v4.new_code_cell(source), GOOD))
    assert len(faults) == 1
    assert says in faults[0]


def test_kept_output_is_found() -> None:
    cell = nbformat.v4.new_code_cell("assert True", execution_count=1)
    assert any("holds output" in fault for fault in form_faults(book_of(cell)))


def test_a_notebook_that_checks_nothing_is_found() -> None:
    assert form_faults(book_of(GOOD)) == []
    assert form_faults(book_of(GOOD, nbformat.v4.new_code_cell("print(1)"))) != []


def test_simulated_data_without_a_word_are_found() -> None:
    cell = nbformat.v4.new_code_cell('folder = "../data/cbu-aalborg"\nassert folder')
    assert len(data_faults(book_of(cell))) == 1


@pytest.mark.filterwarnings("default")
def test_a_notebook_that_fails_is_found(tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell("import warnings\nwarnings.warn('mind')\nassert 1 == 2")
    with pytest.raises(CellExecutionError, match="assert 1 == 2"):
        run(book_of(cell), tmp_path)
    cell.source = "import warnings\nwarnings.warn('mind')"
    assert "UserWarning: mind" in run(book_of(cell), tmp_path)[0]
