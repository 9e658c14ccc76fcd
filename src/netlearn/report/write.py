"""`write_report`: a folder of results that appears whole or not at all, with the same bytes every time."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from netlearn.analysis.machine_tables import machine_tables
from netlearn.analysis.results import Results
from netlearn.errors import NetlearnError
from netlearn.report.page import pictures, render
from netlearn.study.spreadsheet import danish_csv, machine_csv
from netlearn.study.workbook import workbook
from netlearn.survey.scan import scan_files, sensitive_words
from netlearn.wording import Language, method, suppressed

MARKER = ".netlearn"
MARK = "netlearn made these files and replaces them as a whole when the study is run again:"
LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")


def write_report(results: Results, out: str | Path, language: Language | None = None) -> Path:
    """Write the report of a study: `report.html`, `tables/`, `tables.xlsx`, `figures/` and `provenance.json`.

    The folder is built beside its place and renamed, so it appears whole or not at all. The same results give the
    same bytes.

    Parameters
    ----------
    results : Results
        From `netlearn.analyse`.
    out : path
        A new or an empty folder, or an earlier report, which is replaced.
    language : "en" or "da", optional
        Default: the language of the study.

    Returns
    -------
    Path
        The page, `report.html`.

    Raises
    ------
    NetlearnError
        The folder holds something that netlearn did not make, or cannot be replaced; or somebody of the roster could
        be found in the report, which is then not written.
    """
    language = language or results.study.language
    target = Path(out).absolute()
    check_target(target, language)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _fill(beside / "new", results, language)
        _check_names(beside / "new", results, language)
        _put(beside / "new", target, beside / "old", language)
    finally:
        # An old report that could not be put back is all there is: it must not be removed with the rest.
        if target.exists() or not (beside / "old").exists():
            shutil.rmtree(beside, ignore_errors=True)
    return target / "report.html"


def check_target(out: str | Path, language: Language = "en") -> None:
    """Refuse a folder that holds something netlearn did not make; call it before long work.

    Raises
    ------
    NetlearnError
        It says what to do.
    """
    target = Path(out)
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target / MARKER).is_file():
        raise NetlearnError(method.foreign_folder(str(out), language))
    known = (target / MARKER).read_text(encoding="utf-8").splitlines()[1:]
    foreign = [
        name for name in _files(target) if name not in known and Path(name).name not in LEFT_BY_SYSTEMS
    ]
    if foreign:
        raise NetlearnError(method.foreign_files(str(out), foreign, language))


def _files(folder: Path) -> list[str]:
    found = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(name for name in found if name != MARKER)


def _fill(folder: Path, results: Results, language: Language) -> None:
    for place in (folder, folder / "tables", folder / "figures"):
        place.mkdir()
    shown = results.titled()
    drawn = pictures(shown, language)
    for picture in drawn.values():
        (folder / "figures" / f"{picture.name}.svg").write_bytes(picture.svg)
        (folder / "figures" / f"{picture.name}.png").write_bytes(picture.png)
    _write_tables(folder, results, language)
    (folder / "report.html").write_bytes(render(shown, drawn, language).encode("utf-8"))
    (folder / "provenance.json").write_bytes(results.provenance.to_json().encode("utf-8"))
    (folder / MARKER).write_bytes("\n".join([MARK, *_files(folder), ""]).encode("utf-8"))


def _write_tables(folder: Path, results: Results, language: Language) -> None:
    """Write every table for machines, in Danish also for a Danish Excel, and all of them as one workbook."""
    made = machine_tables(results)
    for name, frame in made.items():
        machine_csv(frame, folder / "tables" / f"{name}.csv")
        if language == "da":
            danish_csv(frame, folder / "tables" / f"{name}.dk.csv")
    lines = suppressed.about_tables(results.study.min_cell_size, language)
    book = workbook(results.study.title, (suppressed.sheet(language), lines), made)
    (folder / "tables.xlsx").write_bytes(book)


def _check_names(folder: Path, results: Results, language: Language) -> None:
    """Refuse a report in which somebody of the roster can be found."""
    try:
        sensitive = sensitive_words(results.study)
    except NetlearnError:
        return  # results of a study whose roster is not there any more: nobody can be looked for
    files = {name: (folder / name).read_bytes() for name in _files(folder)}
    scan_files(sensitive, files).raise_faults(language)


def _put(new: Path, target: Path, old: Path, language: Language) -> None:
    """Rename the old folder aside and the new one to its place; a folder cannot be renamed over another."""
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise NetlearnError(
            method.locked_folder(str(target), error.strerror or str(error), language)
        ) from error
