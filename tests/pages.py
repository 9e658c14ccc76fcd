"""The pages of the documents, and the fenced blocks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_FENCE = re.compile(r"(?m)^ *```([^`\n]*)\n")


@dataclass(frozen=True)
class Block:
    """A fenced block: what it is marked as, what is in it, and the line of its fence."""

    language: str
    code: str
    line: int


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    parts = _FENCE.split(text)
    assert len(parts) % 4 == 1, "a fence is not closed"
    starts = [found.start() for found in _FENCE.finditer(text)][::2]
    lines = [text.count("\n", 0, start) + 1 for start in starts]
    return [Block(*block) for block in zip(parts[1::4], parts[2::4], lines, strict=True)]


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return "".join(_FENCE.split(text)[0::4])


def blocks_of(text: str, language: str = "") -> list[str]:
    """What is in the blocks that are marked with `language`."""
    return [block.code for block in blocks(text) if block.language == language]


def documents() -> list[Path]:
    """The pages of docs/ and the README."""
    built = ROOT / "docs" / "_build"
    pages = [path for path in (ROOT / "docs").rglob("*.md") if built not in path.parents]
    return [ROOT / "README.md", *sorted(pages)]
