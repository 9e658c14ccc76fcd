"""The tables of the results as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from netlearn.analysis.machine_tables import machine_tables
from netlearn.errors import NetlearnError
from netlearn.study.listfile import write_whole
from netlearn.study.workbook import tables_workbook
from netlearn.survey.scan import scan_files, sensitive_words
from netlearn.wording import Language, paper

if TYPE_CHECKING:
    from netlearn.analysis.results import Results


def write_excel(results: Results, path: Path, language: Language | None = None) -> Path:
    """Write every table of the results as one workbook; see `Results.to_excel`."""
    study = results.study
    told = language or study.language
    if path.suffix.lower() != ".xlsx":
        raise NetlearnError(paper.no_workbook(str(path), told))
    data = tables_workbook(study.title, machine_tables(results), study.min_cell_size, told)
    _check_names(results, path.name, data, told)
    try:
        write_whole(path, data)
    except OSError as error:
        raise NetlearnError(paper.not_written(str(path), error.strerror or str(error), told)) from error
    return path


def _check_names(results: Results, name: str, data: bytes, language: Language) -> None:
    """Refuse a workbook in which somebody of the roster can be found."""
    try:
        sensitive = sensitive_words(results.study)
    except NetlearnError:
        return  # results of a study whose roster is not there any more: nobody can be looked for
    scan_files(sensitive, {name: data}).raise_faults(language)
