"""The type of a value in `study.toml`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from netlearn.study.schema import Key


def typed(value: Any, spec: Key) -> Any:
    """Return the value in the type of the schema, or None if it has another type."""
    number = _is_number(value)
    texts = isinstance(value, list) and all(isinstance(v, str) for v in value)
    kinds: dict[str, tuple[bool, Any]] = {
        "text": (isinstance(value, str), value),
        "date": (isinstance(value, (date, str)) and not isinstance(value, datetime), value),
        "integer": (number and isinstance(value, int), value),
        "number": (number, value),
        "flag": (isinstance(value, bool), value),
        "texts": (texts, value),
        "pair": (texts and len(value) == 2, value),
        "text map": (_is_texts(value), value),
        "text maps": (isinstance(value, list) and bool(value) and all(map(_is_texts, value)), value),
        "number map": (_is_levels(value), value),
        "numbers pair": (_is_span(value), value),
        "texts map": (_is_parts(value), value),
        "table": (isinstance(value, dict), value),
        "tables": (
            isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value),
            value,
        ),
    }
    right, found = kinds[spec.type]
    if not right:
        return None
    if spec.type == "date" and isinstance(found, str):
        return _iso(found)
    if spec.type in ("texts", "pair", "text maps", "numbers pair"):
        return tuple(found)
    if spec.type == "texts map":
        return {name: tuple(items) for name, items in found.items()}
    return float(found) if spec.type == "number" else found


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())


def _is_span(value: Any) -> bool:
    """Tell whether this is a list of two numbers, the lower first."""
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)) and value[0] < value[1]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_parts(value: Any) -> bool:
    listed = isinstance(value, dict) and all(isinstance(v, list) and v for v in value.values())
    return listed and all(isinstance(item, str) for items in value.values() for item in items)


def _is_levels(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    return all(_is_number(v) and 0 <= v < float("inf") for v in value.values())


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
