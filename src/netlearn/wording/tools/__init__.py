"""Words about the exports of each survey tool, one file per tool: faults and notes, and what was recognised."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from netlearn.wording import Language

TOOLS: dict[str, dict[Language, str]] = {}
"""Faults and notes of all tools."""
RECOGNISED: dict[str, dict[Language, str]] = {}
"""What a tool was recognised by."""

for _found in sorted(module.name for module in iter_modules(__path__)):
    _words = import_module(f"{__name__}.{_found}")
    TOOLS |= _words.WORDS
    RECOGNISED |= _words.WHY
