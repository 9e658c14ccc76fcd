"""Whether what `results.json` holds is what a report is made of: by the types of its dataclasses, part by part."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pandas as pd

from netlearn.analysis.shown_table import Table
from netlearn.report.document import Document
from netlearn.report.section import Picture
from netlearn.study.damage import DamageError, quoted
from netlearn.study.dress import whole_picture
from netlearn.study.typed import KINDS, fits
from netlearn.wording import Language

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ADDRESS = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,(.*)", re.DOTALL)
_PLAIN: Mapping[Any, str] = {str: "text", bool: "flag", int: "whole", Mapping: "named", dict: "named"}


def check_shape(told: Mapping[str, Any]) -> None:
    """Check everything that a report is made of.

    Parameters
    ----------
    told : dict
        What `results.json` holds; what is not known, such as of a later netlearn, is passed over.

    Raises
    ------
    DamageError
        The first thing that is missing, or is not what belongs there; without the name of the file.
    """
    for key, hint in (
        ("language", Language),
        ("min_cell_size", int),
        ("tables", Mapping),
        ("extras", Mapping),
    ):
        _fit(part(told, key, "named" if hint is Mapping else "text"), hint, key)
    _names({f"tables.{name}": name for name in told["tables"]})
    for name, types in told["tables"].items():
        _types(types, f"tables.{name}")
    _extras(told["extras"])
    documents = part(told, "documents", "named")
    _fit(documents, Mapping, "documents")
    part(documents, told["language"], "named", "documents.")
    for language, document in documents.items():
        _fit(document, Document, f"documents.{language}")
        _names_of(document, f"documents.{language}.sections")


def part(told: Mapping[str, Any], key: str, expected: str, before: str = "") -> Any:
    """Return what has a name, or tell that it is missing, and what was `expected`; `before` is where it stands."""
    if key not in told:
        raise DamageError("absent", expected, place=(("", f"{before}{key}"),))
    return told[key]


def _wrong(value: Any, expected: str, place: str, wanted: str = "") -> DamageError:
    return DamageError("found", expected, place=(("", place),), found=quoted(value), wanted=wanted)


def _fit(value: Any, hint: Any, place: str) -> None:
    """Check a value against the type of an attribute."""
    origin, inside = get_origin(hint) or hint, get_args(hint)
    if origin is UnionType:
        if value is not None:
            _fit(value, inside[0], place)
    elif origin is Literal:
        if value not in inside:
            raise _wrong(value, "one-of", place, ", ".join(map(quoted, inside)))
    elif origin is tuple:
        _fit_list(value, inside, place)
    elif hint is pd.DataFrame:
        _frame(value, place)
    elif is_dataclass(hint):
        _record(value, hint, place)
    elif not _is(value, origin):
        raise _wrong(value, _PLAIN.get(origin, "named"), place)


def _is(value: Any, kind: Any) -> bool:
    if kind in (str, bool):
        return type(value) is kind
    return fits(value, "int") if kind is int else isinstance(value, dict)


def _fit_list(value: Any, inside: tuple[Any, ...], place: str) -> None:
    if not isinstance(value, list):
        raise _wrong(value, "list", place)
    if inside[-1] is not Ellipsis and len(value) != len(inside):
        raise _wrong(value, "many", place, str(len(inside)))
    for at, one in enumerate(value):
        _fit(one, inside[0], f"{place}[{at}]")


def _record(value: Any, kind: Any, place: str) -> None:
    if not isinstance(value, dict):
        raise _wrong(value, "named", place)
    hints = get_type_hints(kind)
    for field in fields(kind):
        if field.name in value:
            _fit(value[field.name], hints[field.name], f"{place}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise DamageError("absent", _expected(hints[field.name]), place=(("", f"{place}.{field.name}"),))
    if kind is Table:
        _table(value, place)
    if kind is Picture and not all(
        isinstance(one, str | int | float | None) for one in value["options"].values()
    ):
        raise _wrong(value["options"], "named", f"{place}.options")
    if value.get("widget") is not None and not _map_fits(value["widget"]):
        raise DamageError("not-together", "as-written", place=(("", f"{place}.widget"),))


def _expected(hint: Any) -> str:
    return "list" if get_origin(hint) is tuple else _PLAIN.get(hint, "named")


def _table(value: Mapping[str, Any], place: str) -> None:
    wide = len(value["columns"])
    for name, row in (
        ("numeric", value["numeric"]),
        *((f"rows[{at}]", r) for at, r in enumerate(value["rows"])),
    ):
        if len(row) != wide:
            raise _wrong(row, "many", f"{place}.{name}", str(wide))


def _types(types: Any, place: str) -> None:
    if not isinstance(types, dict):
        raise _wrong(types, "named", place)
    for name, kind in types.items():
        if not isinstance(kind, str) or kind not in KINDS:
            raise _wrong(kind, "one-of", f"{place}.{name}", ", ".join(KINDS))


def _frame(value: Any, place: str) -> None:
    """Check the numbers of a figure: as many in every column, each of the kind of its column."""
    _fit(value, Mapping, place)
    for key in ("types", "columns"):
        _fit(part(value, key, "named", f"{place}."), Mapping, f"{place}.{key}")
    _types(value["types"], f"{place}.types")
    long = None
    for name, kind in value["types"].items():
        here = f"{place}.columns.{name}"
        cells = part(value["columns"], name, "list", f"{place}.columns.")
        if not isinstance(cells, list) or (long is not None and len(cells) != long):
            raise _wrong(cells, "list" if long is None else "many", here, str(long))
        long = len(cells)
        for at, cell in enumerate(cells):
            if not fits(cell, kind):
                raise _wrong(cell, KINDS[kind], f"{here}[{at}]")


def _map_fits(widget: Mapping[str, Any]) -> bool:
    """Return whether the map on the page can be filled: as many rows and columns as names, in every table."""
    names, waves, ties = (widget.get(key, ()) for key in ("names", "waves", "ties"))
    if not (_texts(names) and _texts(waves) and isinstance(ties, list) and len(ties) == len(waves) == 2):
        return False
    tables = [widget.get("possible"), *ties]
    flags = [widget.get(key) for key in ("directed", "counted")]
    return all(type(flag) is bool for flag in flags) and all(_square(table, len(names)) for table in tables)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _square(table: Any, k: int) -> bool:
    rows: list[Any] = table if isinstance(table, list) else [None]
    if len(rows) != k or not all(isinstance(row, list) and len(row) == k for row in rows):
        return False
    return all(
        one is None or (type(one) in (int, float) and math.isfinite(one)) for row in rows for one in row
    )


def _names_of(document: Mapping[str, Any], place: str) -> None:
    """Refuse names that are no names of files: a report from elsewhere is written by them."""
    sections = {f"{place}[{at}]": section for at, section in enumerate(document["sections"])}
    _names({f"{here}.key": section["key"] for here, section in sections.items()})
    _names(
        {
            f"{here}.pictures[{at}].name": picture["name"]
            for here, section in sections.items()
            for at, picture in enumerate(section.get("pictures", ()))
        }
    )


def _names(names: Mapping[str, str]) -> None:
    """Check names by where they stand."""
    seen: set[str] = set()
    for place, name in names.items():
        if not _NAME.fullmatch(name):
            raise _wrong(name, "name", place)
        if name in seen:
            raise DamageError("twice", "different", place=(("", place),), found=quoted(name))
        seen.add(name)


def _extras(extras: Mapping[str, Any]) -> None:
    """Check what the authors added."""
    _fit(extras.get("template", ""), str, "extras.template")
    _fit(extras.get("texts", {}), Mapping, "extras.texts")
    for key, texts in extras.get("texts", {}).items():
        _fit(texts, tuple[str, ...], f"extras.texts.{key}")
    for key in ("logo", "logo_for_word"):
        found = _ADDRESS.fullmatch(str(extras.get(key, "")))
        if key in extras and not (found and _decoded(found[1], found[2])):
            raise _wrong(extras[key], "picture", f"extras.{key}")


def _decoded(kind: str, text: str) -> bool:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return kind == "svg+xml" or whole_picture(data)
