"""Numbers, percentages, p-values, intervals and dates in words that a Danish or an English reader expects.

Written by hand, never by `locale`: the same number gives the same text on every computer.
"""

from __future__ import annotations

import math
import re
from datetime import date

from netlearn.wording import Language

HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"
SMALLEST_P = 0.001

_COMPARED = re.compile(r"(?<=\b[pn]) (?=[<>=])|(?<=[<>=]) (?=[\d\N{MINUS SIGN}])")
_MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "da": (
        *("januar", "februar", "marts", "april", "maj", "juni"),
        *("juli", "august", "september", "oktober", "november", "december"),
    ),
}


def number(x: float, language: Language = "en", digits: int = 2, *, signed: bool = False) -> str:
    """Write a number with a fixed count of decimals; NaN is a dash.

    Parameters
    ----------
    x : float
        Any number; NaN gives "–" and infinity "∞".
    language : "en" or "da"
        Decimal point or decimal comma.
    digits : int
        Decimals, 0 or more.
    signed : bool
        Write a plus sign before positive numbers.

    Examples
    --------
    >>> number(-1234.5, "da", 1), number(0.25, "en", 1, signed=True), number(float("nan"))
    ('−1.234,5', '+0.2', '–')
    """
    if math.isnan(x):
        return NONE
    text = "∞" if math.isinf(x) else f"{abs(x):,.{digits}f}"
    if language == "da":
        text = text.translate(str.maketrans(",.", ".,"))
    if not text.strip("0.,"):  # nothing but zeros: no sign before a number that rounds to 0
        return text
    return f"{MINUS if x < 0 else '+' if signed else ''}{text}"


def count(n: float, language: Language = "en") -> str:
    """Write a whole number with thousands marked; NaN is a dash.

    Examples
    --------
    >>> count(12480, "en"), count(12480, "da")
    ('12,480', '12.480')
    """
    return number(n, language, 0)


def n_of(n: float, language: Language = "en") -> str:
    r"""Write how many are behind a number, so that it stays on one line.

    Examples
    --------
    >>> n_of(1204, "da")
    'n\xa0=\xa01.204'
    """
    return f"n{HARD_SPACE}={HARD_SPACE}{count(n, language)}"


def percent(share: float, language: Language = "en", digits: int = 0) -> str:
    r"""Write a share of 1 in per cent, with a no-break space before the sign.

    Examples
    --------
    >>> percent(0.298, "da", 1) == "29,8\N{NO-BREAK SPACE}%"
    True
    """
    return NONE if math.isnan(share) else f"{number(100 * share, language, digits)}{HARD_SPACE}%"


def p_value(p: float, language: Language = "en") -> str:
    """Write "p = 0.034" or "p < 0.001"; a p is never printed as 0 and never rounded up to 1.

    Examples
    --------
    >>> p_value(0.0004), p_value(0.0341, "da"), p_value(0.9999)
    ('p < 0.001', 'p = 0,034', 'p > 0.999')
    """
    text = bare_p(p, language)
    return f"p {text}" if text[0] in "<>" else f"p = {text}"


def unbroken(text: str) -> str:
    r"""Return a text in which no line may end within "p < 0.001" or "n = 12".

    Examples
    --------
    >>> unbroken("so p < 0.001 here").replace("\N{NO-BREAK SPACE}", "_")
    'so p_<_0.001 here'
    """
    return _COMPARED.sub(HARD_SPACE, text)


def bare_p(p: float, language: Language = "en") -> str:
    """Write the p-value without its letter, for a table: "0.034", "< 0.001", "> 0.999" or a dash.

    Examples
    --------
    >>> bare_p(0.0341), bare_p(0.0004)
    ('0.034', '< 0.001')
    """
    if math.isnan(p):
        return NONE
    if p < SMALLEST_P:
        return f"< {number(SMALLEST_P, language, 3)}"
    if 0 < 1 - p < SMALLEST_P / 2:
        return f"> {number(1 - SMALLEST_P, language, 3)}"
    return number(p, language, 3)


def interval(low: float, high: float, language: Language = "en", digits: int = 2) -> str:
    """Write "1.1 to 2.7"; a dash if either end cannot be computed.

    Examples
    --------
    >>> interval(-0.4, 2.0, "da", 1)
    '−0,4 til 2,0'
    """
    if math.isnan(low) or math.isnan(high):
        return NONE
    word = "til" if language == "da" else "to"
    return f"{rounded(low, language, digits)} {word} {rounded(high, language, digits)}"


def digits_for(*values: float) -> int:
    """Return one decimal when the largest value is 1 or more, none from 100 on, otherwise two.

    Examples
    --------
    >>> digits_for(1.9, 0.3), digits_for(0.12, float("nan")), digits_for(1122.0, 452.0)
    (1, 2, 0)
    """
    largest = max((abs(v) for v in values if not math.isnan(v)), default=0.0)
    return 0 if largest >= 100 else 1 if largest >= 1 else 2


def rounded(x: float, language: Language = "en", digits: int = 2, *, signed: bool = False) -> str:
    """Write a number with up to four decimals, so that what is not zero does not print as zero.

    Examples
    --------
    >>> rounded(1.94, digits=1), rounded(0.034, digits=1), rounded(1e-9, digits=1)
    ('1.9', '0.03', '0.0')
    """
    places = digits
    while places < 4 and x != 0 and abs(round(x, places)) == 0:
        places += 1
    if abs(round(x, places)) > 0:  # else it is rounding noise, and told as zero
        digits = places
    return number(x, language, digits, signed=signed)


def day(when: date, language: Language = "en") -> str:
    """Write a date in full.

    Examples
    --------
    >>> day(date(2021, 1, 18)), day(date(2021, 1, 18), "da")
    ('18 January 2021', '18. januar 2021')
    """
    dot = "." if language == "da" else ""
    return f"{when.day}{dot} {_MONTHS[language][when.month - 1]} {when.year}"
