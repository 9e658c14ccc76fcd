"""An estimate in one line: in the unit that it is told in, with its interval and the number of people."""

from __future__ import annotations

import math

from netlearn.wording import Language
from netlearn.wording.numbers import NONE, digits_for, interval, rounded
from netlearn.wording.sentences import interval_name, people
from netlearn.wording.terms import unit


def estimate(
    numbers: tuple[float, float, float], key: str, level: float, n_people: float, language: Language = "en"
) -> str:
    r"""Write an estimate with its interval and people; a dash where it is left out.

    Parameters
    ----------
    numbers : (estimate, low, high)
        In the unit that is told.
    key : str
        Of that unit.
    level : float
        Of the interval, such as 0.95.
    n_people : float
    language : "en" or "da"

    Examples
    --------
    >>> estimate((0.75, 0.44, 1.06), "activities", 0.95, 60, "da").replace("\N{NO-BREAK SPACE}", " ")
    '+0,8 aktiviteter pr. person (95 %-interval 0,4 til 1,1; 60 personer)'
    """
    middle, low, high = numbers
    if math.isnan(middle):
        return NONE
    digits = digits_for(*(v for v in numbers if math.isfinite(v)))
    size = f"{rounded(middle, language, digits, signed=True)} {unit(key, language)}"
    parts = [people(int(n_people), language)]
    if math.isfinite(low) or math.isfinite(high):
        parts.insert(0, f"{interval_name(1 - level, language)} {interval(low, high, language, digits)}")
    return f"{size} ({'; '.join(parts)})"
