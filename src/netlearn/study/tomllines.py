"""On which line of a study file a key stands: `tomllib` does not say."""

from __future__ import annotations

import re

_TABLE = re.compile(r"""\s*(\[\[?)\s*([^\]]+?)\s*\]""")
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[.=]""")


class Lines:
    r"""Rows of tables and keys in a TOML text.

    Examples
    --------
    >>> lines = Lines('[study]\ntitle = "x"\n[[waves]]\nlabel = "a"\n[[waves]]\nlabel = "b"')
    >>> lines.row("waves", 1, "label"), lines.row("study", 0, "seed"), lines.row("primary", 0, "waves")
    (6, 1, 0)
    """

    def __init__(self, text: str) -> None:
        self._rows: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        table = ""
        for row, line in enumerate(text.split("\n"), start=1):
            if opened := _TABLE.match(line):
                table = opened[2].replace('"', "").replace("'", "").replace(" ", "")
                counts[table] = counts.get(table, -1) + (opened[1] == "[[")
                key = ""
            elif found := _KEY.match(line):
                key = found[1] or found[2] or found[3] or ""
            else:
                continue
            # A sub-table such as [relations.levels] belongs to the last [[relations]] before it.
            index = max(counts.get(table.split(".")[0], 0), 0)
            self._rows.setdefault((table, index, key), row)

    def row(self, table: str, index: int, key: str) -> int:
        """Row of a key; if it is not found, of its table; else 0."""
        own = f"{table}.{key}" if table else key
        places = [(table, index, key), (own, index, ""), (own, 0, ""), (table, index, "")]
        return next((self._rows[place] for place in places if place in self._rows), 0)
