"""Words about plain tables."""

from __future__ import annotations

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {}
WHY: dict[str, dict[Language, str]] = {
    "plain-table": {"en": "a table with one row of headings", "da": "en tabel med én række overskrifter"}
}
