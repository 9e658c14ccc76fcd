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
from netlearn.report.section import Picture, Section
from netlearn.report.tables import Table
from netlearn.study.spreadsheet import machine_csv, unguard
from netlearn.wording import Language, method

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
FORMAT, VERSION = "netlearn results", 1
FILE, TABLES, PROVENANCE = "results.json", "tables", "provenance.json"


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
        There are no saved results, they are of a later version, or a file is damaged; it says which and what to do.
    """
    place = Path(folder)
    told = _opened(place, language)
    try:
        _check_names(told)
        tables = {
            name: _table(place / TABLES / f"{name}.csv", types) for name, types in told["tables"].items()
        }
        return Report(
            language=told["language"],
            min_cell_size=told["min_cell_size"],
            documents={language: _document_of(one) for language, one in told["documents"].items()},
            tables=tables,
            provenance=(place / PROVENANCE).read_text(encoding="utf-8"),
            extras=told["extras"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NetlearnError(method.damaged_results(str(place), str(error), language)) from error


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
    try:
        told = json.loads((place / FILE).read_text(encoding="utf-8"))
    except ValueError as error:
        raise NetlearnError(method.damaged_results(str(place), str(error), language)) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NetlearnError(method.damaged_results(str(place), f"format is not {FORMAT!r}", language))
    version = told.get("version")
    if type(version) is not int or version < 1:
        raise NetlearnError(method.damaged_results(str(place), f"version is {version!r}", language))
    if version > VERSION:
        raise NetlearnError(method.later_results(str(place), str(version), VERSION, language))
    return told


def _check_names(told: Mapping[str, Any]) -> None:
    """Refuse names that are no names of files, or that stand twice: a report from elsewhere is written by them."""
    for document in told["documents"].values():
        sections = [section["key"] for section in document["sections"]]
        pictures = [
            picture["name"] for section in document["sections"] for picture in section.get("pictures", ())
        ]
        for names in (sections, pictures, list(told["tables"])):
            strange = [name for name in names if not _NAME.fullmatch(name)]
            if strange or len(set(names)) < len(names):
                raise ValueError(f"names: {', '.join(map(repr, strange or names))}")


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
    return {str(name): _type(column) for name, column in frame.items()}


def _type(column: pd.Series) -> str:
    """Return what a column holds; "int or nothing" is a column of whole numbers of which some are left out."""
    gaps = " or nothing" if getattr(column.dtype, "na_value", None) is pd.NA else ""
    if pd.api.types.is_bool_dtype(column):
        return f"bool{gaps}"
    if pd.api.types.is_integer_dtype(column):
        return f"int{gaps}"
    return f"float{gaps}" if pd.api.types.is_float_dtype(column) else f"text{gaps}"


_DTYPES: Mapping[str, Any] = {
    "bool": bool,
    "bool or nothing": "boolean",
    "int": "int64",
    "int or nothing": "Int64",
    "float": "float64",
    "float or nothing": "Float64",
    "text": "str",
    "text or nothing": "string",
}


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
        name: pd.Series(kept["columns"][name], dtype=_DTYPES[kind]) for name, kind in kept["types"].items()
    }
    return Picture(told["name"], told["kind"], pd.DataFrame(columns), told["options"], told["alt"])


def _known(kind: type, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a dataclass of today has of what was saved, lists as tuples; the rest is of another netlearn."""
    names = {field.name for field in fields(kind)}
    return {name: _tuple(value) for name, value in told.items() if name in names}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(one) for one in value) if isinstance(value, list) else value


def _table(path: Path, types: Mapping[str, str]) -> pd.DataFrame:
    if path.stat().st_size <= 1:  # a table without columns
        return pd.DataFrame()
    raw = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    names = [unguard(str(name)) for name in raw]
    if names != list(types):
        raise ValueError(f"{path.name}: expected the columns {', '.join(types)}; got {', '.join(names)}")
    raw.columns = pd.Index(names)
    return pd.DataFrame({name: _typed(raw[name], kind) for name, kind in types.items()})


def _typed(column: pd.Series, kind: str) -> pd.Series:
    """Return a column of texts as what it was; a float is read to the last digit."""
    if kind in ("text", "text or nothing"):
        return column.map(unguard, na_action="ignore").astype(_DTYPES[kind])
    if kind in ("bool", "bool or nothing"):
        return column.map({"True": True, "False": False}).astype(_DTYPES[kind])
    return column.astype(_DTYPES[kind])
