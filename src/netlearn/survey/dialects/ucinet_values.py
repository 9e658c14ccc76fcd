"""Values of DL data: numbers as they stand, signs of a missing value as blank, anything else a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable

from netlearn.survey.dialects.ucinet_header import Token
from netlearn.survey.source import Source

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_MISSING = (".", "na", "n/a", "nan", "missing")
_HUGE = 1e30


def value_of(token: Token) -> str | None:
    """Return a number as written, "" for a missing value, None for anything else.

    UCINET stores a missing value as a number of some 1e38, which can turn up in its exports.

    Examples
    --------
    >>> [value_of(Token(text, 1)) for text in ("2.0", "NA", ".", "1E+038", "Bo")]
    ['2.0', '', '', '', None]
    """
    text = token.text
    if text.lower() in _MISSING:
        return ""
    if not _NUMBER.fullmatch(text):
        return None
    return "" if abs(float(text)) >= _HUGE else text


def check_values(tokens: Iterable[Token], source: Source) -> None:
    """Add a fault for words that are no number, and a note that counts missing values."""
    missing, bad = 0, []
    for token in tokens:
        value = value_of(token)
        missing += value == ""
        if value is None:
            bad.append(token.line)
    if bad:
        source.findings.fault("ucinet-bad-value", source.file, bad[0], more=len(bad) - 1)
    if missing:
        source.findings.note("ucinet-missing", source.file, count=missing)
