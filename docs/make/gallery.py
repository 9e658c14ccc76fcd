"""Draw the pictures of docs/gallery.md from the code on that page: uv run python docs/make/gallery.py."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import netlearn as nl

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "gallery.md"
_PARTS = re.compile(
    r"^```python\n(?P<code>.*?)^```\n(?:\n!\[(?P<alt>[^\]]*)\]\((?P<file>[^)]+)\))?", re.M | re.S
)


class Part(NamedTuple):
    """Code of the page; what it shows and in which file, if a picture comes right after it."""

    code: str
    alt: str
    file: str


def parts(text: str) -> list[Part]:
    """Return every block of code in order, with its picture."""
    return [Part(found["code"], found["alt"] or "", found["file"] or "") for found in _PARTS.finditer(text)]


def draw(chosen: list[Part], folder: Path) -> None:
    """Run blocks one after the other as a reader would, and save the `ax` of each that has a picture."""
    names: dict[str, Any] = {}
    for part in chosen:
        exec(part.code, names)
        if part.file:
            target = folder / part.file
            target.parent.mkdir(parents=True, exist_ok=True)
            nl.save_figure(names["ax"], target, part.alt)


if __name__ == "__main__":
    os.chdir(ROOT)  # the page reads data/ as its reader does
    draw(parts(PAGE.read_text(encoding="utf-8")), PAGE.parent)
