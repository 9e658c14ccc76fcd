"""Results as files that stay readable: `results.json` and the tables beside it, and back again.

`results.json` holds the format and its version, the documents in both languages with the numbers behind every figure,
and the names and column types of the tables; nothing in it is missing from the report itself.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.report.document import Document, Report, Summary
from netlearn.report.saved_shape import check_shape, part
from netlearn.report.section import Picture, Section
from netlearn.report.tables import Table
from netlearn.study.damage import FILE, DamageError, json_of, quoted, text_of
from netlearn.study.spreadsheet import machine_csv
from netlearn.study.typed import DTYPES, read_table, type_of
from netlearn.wording import Language, method

FORMAT, VERSION = "netlearn results", 1
TABLES, PROVENANCE = "tables", "provenance.json"


def write_saved(report: Report, folder: Path) -> None:
    """Write `results.json`, `provenance.json` and a CSV file per table into a folder that is there.

    Parameters
    ----------
    report : Report
    folder : Path
    """
    (folder / TABLES).mkdir(exist_ok=True)
    for name, frame in report.tables.items():
        machine_csv(frame, folder / TABLES / f"{name}.csv")
    (folder / PROVENANCE).write_bytes(report.provenance.encode("utf-8"))
    told = {
        "format": FORMAT,
        "version": VERSION,
        "language": report.language,
        "min_cell_size": report.min_cell_size,
        "tables": {name: _types(frame) for name, frame in report.tables.items()},
        "extras": dict(report.extras),
        "documents": {language: _document(one) for language, one in report.documents.items()},
    }
    text = json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / FILE).write_bytes(f"{text}\n".encode())


def read_report(folder: str | Path, language: Language = "en") -> Report:
    """Read what `write_report` saved, without computing anything.

    Parameters
    ----------
    folder : path
        The folder of a report.
    language : "en" or "da"
        Of what an error says.

    Returns
    -------
    Report

    Raises
    ------
    NetlearnError
        There are no saved results, they are of a later version, or a file is damaged; it says which, where and what to
        do. Or no such language.
    """
    place, language = Path(folder), known_language(language)
    try:
        told = _opened(place, language)
        return _report(place, told)
    except DamageError as found:
        raise NetlearnError(found.text(place, language)) from found


def known_language(language: str, told: Language = "en") -> Language:
    """Return a language that reports are written in.

    Raises
    ------
    NetlearnError
        Another one, told in the language `told`.
    """
    if language not in ("da", "en"):
        raise NetlearnError(method.no_language(str(language), told))
    return "da" if language == "da" else "en"


def _report(place: Path, told: Mapping[str, Any]) -> Report:
    check_shape(told)
    tables = {
        name: read_table(place, f"{TABLES}/{name}.csv", kinds) for name, kinds in told["tables"].items()
    }
    json_of(place, PROVENANCE)
    return Report(
        language=told["language"],
        min_cell_size=told["min_cell_size"],
        documents={language: _document_of(one) for language, one in told["documents"].items()},
        tables=tables,
        provenance=text_of(place, PROVENANCE),
        extras=told["extras"],
    )


def saved_language(folder: str | Path) -> Language:
    """Return the language of a saved report, also of a damaged one; English if nothing tells it.

    Parameters
    ----------
    folder : path
        The folder of a report.
    """
    try:
        with (Path(folder) / FILE).open("rb") as file:
            start = file.read(500)  # it is among the first that is written
    except OSError:
        return "en"
    return "da" if re.search(rb'"language":\s*"da"', start) else "en"


def _opened(place: Path, language: Language) -> dict[str, Any]:
    """Return what `results.json` holds, if it is one of ours and of a version that we know."""
    if not (place / FILE).is_file():
        raise NetlearnError(method.no_results(str(place), language))
    told = json_of(place, FILE)
    if not isinstance(told, dict):
        raise DamageError("found", "named", found=quoted(told))
    if part(told, "format", "ours") != FORMAT:
        raise DamageError("found", "ours", place=(("", "format"),), found=quoted(told["format"]))
    version = part(told, "version", "version")
    if type(version) is not int or version < 1:
        raise DamageError("found", "version", place=(("", "version"),), found=quoted(version))
    if version > VERSION:
        raise NetlearnError(method.later_results(str(place), str(version), VERSION, language))
    return told


def _document(document: Document) -> dict[str, Any]:
    """Return a document as JSON takes it."""
    shallow = {f.name: getattr(document, f.name) for f in fields(document)}
    sections = [_section(section) for section in document.sections]
    return shallow | {"summary": asdict(document.summary), "sections": sections}


def _section(section: Section) -> dict[str, Any]:
    told = {f.name: getattr(section, f.name) for f in fields(section)}
    told["tables"] = [asdict(table) for table in section.tables]
    told["pictures"] = [_picture(picture) for picture in section.pictures]
    return {name: value for name, value in told.items() if value not in ((), None, False, [])}


def _picture(picture: Picture) -> dict[str, Any]:
    told = {f.name: getattr(picture, f.name) for f in fields(picture)}
    columns = {str(name): _cells(column) for name, column in picture.frame.items()}
    return told | {
        "options": dict(picture.options),
        "frame": {"types": _types(picture.frame), "columns": columns},
    }


def _cells(column: pd.Series) -> list[Any]:
    """Return the values of a column; what is missing is null, and what is infinite, "inf" or "-inf"."""
    values: list[Any] = [None if pd.isna(value) else value for value in column]
    plain = [value.item() if hasattr(value, "item") else value for value in values]
    return [str(value) if isinstance(value, float) and math.isinf(value) else value for value in plain]


def _types(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): type_of(column) for name, column in frame.items()}


def _document_of(told: Mapping[str, Any]) -> Document:
    summary = Summary(**_known(Summary, told["summary"]))
    sections = tuple(_section_of(one) for one in told["sections"])
    return Document(**(_known(Document, told) | {"summary": summary, "sections": sections}))


def _section_of(told: Mapping[str, Any]) -> Section:
    tables = tuple(Table(**_known(Table, one)) for one in told.get("tables", ()))
    pictures = tuple(_picture_of(one) for one in told.get("pictures", ()))
    return Section(**(_known(Section, told) | {"tables": tables, "pictures": pictures}))


def _picture_of(told: Mapping[str, Any]) -> Picture:
    kept = told["frame"]
    columns = {
        name: pd.Series(kept["columns"][name], dtype=DTYPES[kind]) for name, kind in kept["types"].items()
    }
    return Picture(told["name"], told["kind"], pd.DataFrame(columns), told["options"], told["alt"])


def _known(kind: type, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a dataclass of today has of what was saved, lists as tuples; the rest is of another netlearn."""
    names = {field.name for field in fields(kind)}
    return {name: _tuple(value) for name, value in told.items() if name in names}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(one) for one in value) if isinstance(value, list) else value
