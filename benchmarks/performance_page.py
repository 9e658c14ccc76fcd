"""Put the section of one benchmark into docs/performance.md, between marks of its own."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
HEAD = """\
# Performance

CPU seconds on one thread, unless a section says otherwise; each section was measured in one run of the program that it
names. Machines differ: only the ratios of one run mean something.
"""
ORDER = ("inference", "change", "nulls", "measures", "imports", "report")


def put(name: str, text: str) -> None:
    """Write a section, leaving the others as they are."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    parts = {other: between(page, other) for other in ORDER}
    parts[name] = text.strip()
    body = [f"<!-- {k} -->\n\n{v}\n\n<!-- /{k} -->\n" for k, v in parts.items() if v]
    PAGE.write_text("\n".join([HEAD, *body]), encoding="utf-8", newline="\n")


def between(page: str, name: str) -> str:
    """Return what stands between the marks; nothing if there are none."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    return page.split(start)[1].split(end)[0].strip() if start in page and end in page else ""
