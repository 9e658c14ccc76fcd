"""`run_notebook`: the notebook of a study, executed against the user's own folder and written as one page."""

from __future__ import annotations

import html
import os
from importlib import resources
from pathlib import Path
from typing import Any

from tqdm import tqdm

from netlearn.errors import NetlearnError
from netlearn.study.findings import Findings
from netlearn.study.plan import Study
from netlearn.study.where import VARIABLE
from netlearn.survey.check import read_checked
from netlearn.survey.scan import scan_files, sensitive_words
from netlearn.wording import Language, notebook_words

MARK = '<meta name="generator" content="netlearn notebook">'
SECONDS = 600  # for one cell


def run_notebook(
    study: Study,
    notebook: Path | None = None,
    out: Path | None = None,
    *,
    code: bool = True,
    progress: bool = False,
) -> Path:
    """Execute a notebook against a study folder and write what it shows as one HTML page.

    The notebook finds the folder through `netlearn.study_folder`. The page appears whole or not at all, loads nothing
    from elsewhere, and is refused if somebody of the roster can be found in it.

    Parameters
    ----------
    study : Study
        It must read without faults.
    notebook : path, optional
        Default: the one that the study names (`notebook` in study.toml): in the study folder, else among those that
        come with netlearn.
    out : path, optional
        Default: the name of the notebook with .html, in the study folder. Only a page that netlearn made is replaced.
    code : bool
        Show the code of the cells.
    progress : bool
        Show a progress bar over the cells.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    StudyError
        The files of the study have faults.
    NetlearnError
        There is no such notebook, a cell of it failed, the extra is not installed, or the place is taken.
    """
    language = study.language
    findings = Findings()
    read_checked(study, findings)
    findings.raise_faults(language)
    path = _find(study, notebook)
    target = out or study.folder / f"{path.stem}.html"
    if target.exists() and MARK not in target.read_text(encoding="utf-8", errors="replace")[:2000]:
        raise NetlearnError(notebook_words.taken(str(target), language))
    page = _page(_executed(path, study, progress), path.stem, code, language).encode("utf-8")
    scan_files(sensitive_words(study), {target.name: page}).raise_faults(language)
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(page)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def _find(study: Study, notebook: Path | None) -> Path:
    """Return the notebook that was given, or the one that the study names."""
    if notebook is not None:
        if notebook.is_file():
            return notebook
        raise NetlearnError(notebook_words.missing(str(notebook), known_notebooks(), study.language))
    if study.notebook is None:
        raise NetlearnError(notebook_words.none_named(known_notebooks(), study.language))
    name = study.notebook.removesuffix(".ipynb") + ".ipynb"
    for folder in (study.folder, _shipped()):
        if (folder / name).is_file():
            return folder / name
    raise NetlearnError(notebook_words.missing(study.notebook, known_notebooks(), study.language))


def _shipped() -> Path:
    """Return the folder of the notebooks that come with netlearn: in the package, or beside its source."""
    package = Path(str(resources.files("netlearn")))
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parents[1] / "notebooks" / "cases"


def known_notebooks() -> list[str]:
    """Return the names of the notebooks that come with netlearn; solutions of exercises are left out."""
    names = (path.stem for path in _shipped().glob("*.ipynb"))
    return sorted(name for name in names if not name.endswith("-solution"))


def _executed(path: Path, study: Study, progress: bool) -> Any:
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError
    except ImportError as error:
        raise NetlearnError(notebook_words.extra(study.language)) from error
    book = nbformat.read(path, as_version=4)
    bar = tqdm(total=len(book.cells), desc="netlearn", disable=None if progress else True, leave=False)
    with bar:
        client = NotebookClient(
            book,
            timeout=SECONDS,
            kernel_name="python3",
            # The kernel's own warnings are no part of what is told.
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": os.fspath(path.parent)}},
            on_cell_complete=lambda cell, cell_index: bar.update(cell_index + 1 - bar.n),
        )
        try:
            client.execute(env={**os.environ, VARIABLE: os.fspath(study.folder.resolve())})
        except CellExecutionError as error:
            said = f"{error.ename}: {error.evalue}" if error.ename else str(error)
            raise NetlearnError(notebook_words.failed(path.name, said, study.language)) from error
    return book


def _page(book: Any, title: str, code: bool, language: Language) -> str:
    """Return the page: our own head and style, and the cells as nbconvert writes them without scripts."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="basic", exclude_input=not code)
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    body, _ = exporter.from_notebook_node(book)
    here = resources.files("netlearn.report")
    style = "".join(here.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "notebook.css"))
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n{MARK}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
