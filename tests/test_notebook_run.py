"""`netlearn notebooks`: the notebook of a study runs against the user's own folder and becomes a page that is whole."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from netlearn.cli import main
from netlearn.errors import NetlearnError, StudyError
from netlearn.report.notebook import MARK, known_notebooks, run_notebook
from netlearn.study.plan import Study, read_study
from netlearn.survey.new import new_study

pytestmark = pytest.mark.filterwarnings("default")  # the machinery of Jupyter warns about itself

CODE = """\
import netlearn as nl
folder = nl.study_folder("nowhere")
study = nl.read_study(folder)
print("title:", study.title)
print("sum:", 40 + 2)"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    new_study(tmp_path / "mine", "en")
    return read_study(tmp_path / "mine")


def book(folder: Path, code: str = CODE, name: str = "small.ipynb") -> Path:
    cells = [nbformat.v4.new_markdown_cell("# A heading"), nbformat.v4.new_code_cell(code)]
    path = folder / name
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_the_page_tells_of_the_users_folder_and_loads_nothing(study: Study, tmp_path: Path) -> None:
    page = run_notebook(study, book(tmp_path))
    text = page.read_text(encoding="utf-8")
    assert page == study.folder / "small.html"
    assert f"title: {study.title}" in text.replace("&#39;", "'")
    assert "sum: 42" in text
    assert "40 + 2" in re.sub("<[^>]+>", "", text)
    assert MARK in text
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert not re.search(r"(src|href)=\"https?:", text)
    # Again, in the place of the page that netlearn made; without the code.
    text = run_notebook(study, tmp_path / "small.ipynb", code=False).read_text(encoding="utf-8")
    assert "sum: 42" in text
    assert "40 + 2" not in re.sub("<[^>]+>", "", text)


def test_the_notebook_that_the_study_names_is_found_beside_it_first(study: Study) -> None:
    book(study.folder, name="brondby.ipynb")
    page = run_notebook(replace(study, notebook="brondby"))
    assert "sum: 42" in page.read_text(encoding="utf-8")


def test_the_notebooks_of_the_cases_come_with_the_package() -> None:
    shipped = {path.stem for path in (Path(__file__).parents[1] / "notebooks" / "cases").glob("*.ipynb")}
    assert set(known_notebooks()) == {name for name in shipped if not name.endswith("-solution")}


def test_a_cell_that_fails_is_told_and_nothing_is_written(study: Study, tmp_path: Path) -> None:
    with pytest.raises(
        NetlearnError, match=r"a cell of small\.ipynb failed: ZeroDivisionError: division by zero"
    ):
        run_notebook(study, book(tmp_path, "1 / 0"))
    assert not (study.folder / "small.html").exists()
    assert not list(study.folder.glob("*.part"))


def test_a_foreign_page_is_not_replaced(study: Study, tmp_path: Path) -> None:
    (study.folder / "small.html").write_text("mine", encoding="utf-8")
    with pytest.raises(NetlearnError, match="was not made by netlearn"):
        run_notebook(study, book(tmp_path))
    assert (study.folder / "small.html").read_text(encoding="utf-8") == "mine"


def test_a_name_of_the_roster_is_not_let_out(study: Study, tmp_path: Path) -> None:
    path = study.folder / "roster.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    names = ["name", "Kirsten Bækgaard", *(f"Invented Person{chr(97 + i)}" for i in range(len(rest)))]
    lines = [f"{line},{name}" for line, name in zip([header, first, *rest], names, strict=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    named = replace(study, roster=replace(study.roster, name="name"))
    with pytest.raises(StudyError):
        run_notebook(named, book(tmp_path, 'print("Kirsten Bækgaard")'))
    assert not (study.folder / "small.html").exists()


def test_what_is_missing_is_said_with_what_there_is(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    for chosen in (replace(study, notebook="nothing-like-it"), replace(study, notebook=None)):
        with pytest.raises(NetlearnError, match="Expected"):
            run_notebook(chosen)
    assert main(["notebooks", str(study.folder)]) == 1
    assert "Do:" in capsys.readouterr().err


def test_faults_of_the_study_come_first(study: Study, tmp_path: Path) -> None:
    shutil.move(study.folder / "roster.csv", tmp_path / "gone.csv")
    with pytest.raises(StudyError, match=r"roster\.csv"):
        run_notebook(study, book(tmp_path))
