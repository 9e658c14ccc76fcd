"""Write docs/measures.md from the catalogue: uv run python docs/make/measures.py."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from netlearn.measures.catalogue import CATALOGUE, MeasureRow
from netlearn.wording.terms import TERMS

PAGE = Path(__file__).resolve().parents[1] / "measures.md"
FAMILIES = {
    "mixing": "Contact",
    "segregation": "Segregation",
    "brokerage": "Brokerage and structural holes",
    "cohesion": "Cohesion",
}
CHANGE = {
    "classes": "dyadic-robust interval from influence values, wave swap beside it",
    "table": "dyadic-robust interval from influence values",
    "net": "interval by leaving out one person at a time (errs towards wide, see [intervals](intervals.md))",
}
HEAD = """\
# The measures

Made from `src/netlearn/measures/catalogue.toml` by `uv run python docs/make/measures.py`. Every value describes the
observed cells only: a question that was not asked or not answered is in neither the ties nor the cells, and a person
about whom nothing was observed is not in the network. A value that is not defined is NaN, never 0.

`nl.measure(panel, name, by=...)` gives each wave, `nl.compare(panel, name)` the change of a value of the network.
"""


def span(row: MeasureRow) -> str:
    low = "no lower limit" if row.low is None else f"{row.low:g}"
    high = "no upper limit" if row.high is None else f"{row.high:g}"
    return "any number" if row.low is None and row.high is None else f"{low} to {high}"


def section(row: MeasureRow) -> str:
    english, danish = TERMS["measure"][row.name]
    levels = [level for level in ("network", "department", "person") if row.has(level)]
    facts = {
        "Formula": row.formula,
        "Unit, range": f"{row.unit}; {span(row)}",
        "By": ", ".join(levels) + ("; also with ties counted by their level" if row.weighted else ""),
        "Change": CHANGE[row.kind] if "network" in levels else "",
        "When": row.use,
        "When not": row.avoid,
        "Source": row.source,
        "Agrees with": ", ".join(f"`{name}`" for name in row.agrees),
    }
    lines = [f"### `{row.name}`", "", f"{english} · *{danish}*", ""]
    return "\n".join([*lines, *(f"- **{key}:** {text}" for key, text in facts.items() if text), ""])


def page() -> str:
    """Return the whole page."""
    rows = sorted(CATALOGUE.values(), key=lambda row: list(FAMILIES).index(row.family))
    parts = [HEAD]
    for family, members in groupby(rows, key=lambda row: row.family):
        parts += [f"## {FAMILIES[family]}\n", *(section(row) for row in members)]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE.name}: {len(CATALOGUE)} measures")
