"""`write_report`: a folder of results that appears whole or not at all, with the same bytes every time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from netlearn.analysis.results import Results
from netlearn.errors import NetlearnError, StudyError
from netlearn.figures.drawing import DRAWINGS, Drawn, drawn
from netlearn.report.build import dressed, report_of
from netlearn.report.document import Report
from netlearn.report.page import render
from netlearn.report.saved import known_language, read_report, saved_language, write_saved
from netlearn.report.section import Picture
from netlearn.report.word import word
from netlearn.study.damage import DamageError
from netlearn.study.findings import Findings
from netlearn.study.spreadsheet import danish_csv
from netlearn.study.workbook import tables_workbook
from netlearn.survey.scan import Sensitive, scan_files, sensitive_words
from netlearn.wording import Language, method

MARKER = ".netlearn"
MARK = "netlearn made these files and replaces them as a whole when the study is run again:"
Draw = Callable[[Picture, Language], Drawn]
Fill = Callable[[Path, Report, Language], None]
LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")


def write_report(results: Results, out: str | Path, language: Language | None = None) -> Path:
    """Write the report of a study: `report.html`, `report.docx`, `tables/`, `tables.xlsx`, `figures/`, `results.json`.

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
    language = known_language(language or results.study.language, results.study.language)
    check_target(out, language)
    return _write(report_of(results), out, language, _people_of(results))


def rebuild_report(
    out: str | Path, language: Language | None = None, dress: str | Path | None = None
) -> Path:
    """Write a report anew from the results that were saved in its folder; nothing is computed again.

    Parameters
    ----------
    out : path
        The folder of a report.
    language : "en" or "da", optional
        Default: the language of the study.
    dress : path, optional
        A folder with a logo, a template and texts, as `report/` in a study folder; it takes the place of those saved.
        Nobody looks through it for names of people: the staff list is not at hand.

    Returns
    -------
    Path
        The page, `report.html`.

    Raises
    ------
    NetlearnError
        No saved results, or damaged ones, or of a later version; a file of `dress` is not what its name says; or the
        folder cannot be replaced.
    """
    told = known_language(language or saved_language(out))
    report = read_report(out, told)
    check_target(out, told)
    if dress is not None and not Path(dress).is_dir():
        raise NetlearnError(method.no_dress(str(dress), told))
    try:
        if told not in report.documents:
            raise DamageError("absent", "named", place=(("", f"documents.{told}"),))
        if dress is not None:
            report = replace(report, extras=dressed(Path(dress), report.documents[told]))
        # Nobody of a roster is known here: what is saved was looked through when it was written.
        return _write(report, out, told, None, partial(_fill, draw=_redrawn))
    except StudyError as error:
        raise (error if dress is None else _as_given(error, dress, told)) from error
    except DamageError as found:
        raise NetlearnError(found.text(Path(out), told)) from found
    except NetlearnError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError) as error:  # what no page can be made of
        whole = DamageError("not-together", "as-written")
        raise NetlearnError(whole.text(Path(out), told)) from error


def _as_given(error: StudyError, dress: str | Path, language: Language) -> StudyError:
    """Return faults of a folder under the name that the user gave it, in place of that in a study."""
    told = [replace(one, file=str(Path(dress, *Path(one.file).parts[1:]))) for one in error.findings.faults]
    return StudyError("\n".join(one.text(language) for one in told), Findings(told))


def _redrawn(picture: Picture, language: Language) -> Drawn:
    """Draw what was saved: from numbers of others a figure can fail in every way that a program can."""
    place = (("", f"documents.{language}.pictures.{picture.name}"),)
    if picture.kind not in DRAWINGS:
        raise DamageError("unknown-figure", "one-of", "", place, picture.kind, ", ".join(sorted(DRAWINGS)))
    try:
        return drawn(picture, language)
    except KeyError as error:
        raise DamageError("lacks", "as-written", "", place, f'"{error.args[0]}"') from error
    except Exception as error:
        raise DamageError("not-drawn", "as-written", "", place) from error


def _write(
    report: Report, out: str | Path, language: Language, people: Sensitive | None, fill: Fill | None = None
) -> Path:
    """Build the folder beside its place, look for people in it, and put it there."""
    target = Path(out).absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            (fill or _fill)(beside / "new", report, language)
            _check_names(beside / "new", people, language)
            _put(beside / "new", target, beside / "old", str(out), language)
        finally:
            # An old report that could not be put back is all there is: it must not be removed with the rest.
            if target.exists() or not (beside / "old").exists():
                shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise _closed(out, error, language) from error
    return target / "report.html"


def _closed(out: str | Path, error: OSError, language: Language) -> NetlearnError:
    """Return what is said of a place that cannot be written: as the user named it."""
    return NetlearnError(method.closed_place(str(out), _reason(error, language), language))


def _reason(error: OSError, language: Language) -> str:
    return method.reason(error.errno, error.strerror or str(error), language)


def check_target(out: str | Path, language: Language = "en") -> None:
    """Refuse a folder that holds something netlearn did not make, or cannot be written; call it before long work.

    Raises
    ------
    NetlearnError
        It says what to do.
    """
    try:
        _check_files(Path(out), str(out), language)
        _check_place(Path(out).absolute())
    except OSError as error:
        raise _closed(out, error, language) from error


def _check_files(target: Path, told: str, language: Language) -> None:
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target / MARKER).is_file():
        raise NetlearnError(method.foreign_folder(told, language))
    known = (target / MARKER).read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    foreign = [n for n in _files(target) if n not in known and Path(n).name not in LEFT_BY_SYSTEMS]
    if foreign:
        raise NetlearnError(method.foreign_files(told, foreign, language))


def _check_place(target: Path) -> None:
    """Make a folder beside a folder and take it away again: no table of rights tells as surely what may be written."""
    place = next((parent for parent in target.parents if parent.exists()), target)
    Path(tempfile.mkdtemp(prefix=".netlearn-", dir=place)).rmdir()


def _files(folder: Path) -> list[str]:
    found = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(name for name in found if name != MARKER)


def _fill(folder: Path, report: Report, language: Language, draw: Draw = drawn) -> None:
    for place in (folder, folder / "figures"):
        place.mkdir()
    document = report.documents[language]
    pictures = {picture.name: draw(picture, language) for picture in document.pictures}
    for name, picture in pictures.items():
        (folder / "figures" / f"{name}.svg").write_bytes(picture.svg)
        (folder / "figures" / f"{name}.png").write_bytes(picture.png)
    write_saved(report, folder)
    _write_tables(folder, report, language)
    (folder / "report.html").write_bytes(render(document, pictures, report.extras).encode("utf-8"))
    (folder / "report.docx").write_bytes(word(document, pictures, report.extras))
    (folder / MARKER).write_bytes("\n".join([MARK, *_files(folder), ""]).encode("utf-8"))


def _write_tables(folder: Path, report: Report, language: Language) -> None:
    """Write every table for a Danish Excel, where Danish is asked for, and all of them as one workbook."""
    if language == "da":
        for name, frame in report.tables.items():
            danish_csv(frame, folder / "tables" / f"{name}.dk.csv", name)
    title = report.documents[language].title
    book = tables_workbook(title, report.tables, report.min_cell_size, language)
    (folder / "tables.xlsx").write_bytes(book)


def _people_of(results: Results) -> Sensitive | None:
    """Return whoever must not be found in a report."""
    try:
        return sensitive_words(results.study)
    except NetlearnError:
        return None  # results of a study whose roster is not there any more: nobody can be looked for


def _check_names(folder: Path, people: Sensitive | None, language: Language) -> None:
    """Refuse a report in which somebody of the roster can be found."""
    if people is not None:
        files = {name: (folder / name).read_bytes() for name in _files(folder)}
        scan_files(people, files).raise_faults(language)


def _put(new: Path, target: Path, old: Path, told: str, language: Language) -> None:
    """Rename the old folder aside and the new one to its place; a folder cannot be renamed over another."""
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise NetlearnError(method.locked_folder(told, _reason(error, language), language)) from error
