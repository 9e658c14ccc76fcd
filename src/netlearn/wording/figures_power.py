"""Words of the figures of trials on simulated panels: what would be seen, and how often a test errs."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language
from netlearn.wording.numbers import HARD_SPACE, count, digits_for, interval, number, percent, rounded
from netlearn.wording.teaching import TEACHING
from netlearn.wording.terms import pick

_TESTS = {
    "wave_swap": ("Wave swap, studentised", "Ombytning af målinger, studentiseret"),
    "department_t": ("t over departments", "t over afdelinger"),
}
_WORLDS = {
    "N0": ("people are alike", "personer er ens"),
    "N1": ("people differ in activity", "personer er forskelligt aktive"),
    "N2": ("N1, and people drift", "N1, og personer driver"),
    "N3": ("N1, and departments have events of their own", "N1, og afdelinger har egne begivenheder"),
    "N4": ("N1, and all ties grow", "N1, og alle forbindelser vokser"),
    "D1": ("all of people's activity is new each time", "al personers aktivitet er ny hver gang"),
    "D2": ("D1, more unequal", "D1, mere ulige"),
    "D3": ("D1, very unequal", "D1, meget ulige"),
    "S1": ("lasting and very unequal activity", "vedvarende og meget ulige aktivitet"),
    "": ("settings of one's own", "egne indstillinger"),
}


def trial_name(key: str, language: Language = "en") -> str:
    """Name a test that was tried.

    Examples
    --------
    >>> trial_name("department_t", "da"), trial_name("default"), trial_name("another")
    ('t over afdelinger', 'Dyadic-robust t on cross density', 'another')
    """
    pair = TEACHING[key].test if key in TEACHING else _TESTS.get(key)
    return pick(pair, language) if pair else key


def world_name(key: str, language: Language = "en") -> str:
    """Say what happens in a simulated world.

    Examples
    --------
    >>> world_name("N2", "da")
    'N2: N1, og personer driver'
    """
    said = pick(_WORLDS[key], language)
    return f"{key}: {said}" if key else said


# -- power


def power_title(language: Language = "en") -> str:
    """Head the curves of power."""
    return pick(("How large a change would be seen?", "Hvor stor en ændring ville blive set?"), language)


def power_axis(unit: str, language: Language = "en") -> str:
    """Say what the true change is counted in."""
    return pick(("True change, {unit}", "Sand ændring, {unit}"), language).format(unit=unit)


def power_share(simulated: bool, language: Language = "en") -> str:
    """Say what the height of a curve is."""
    said = (
        ("Chance that it is seen, %", "Chance for, at den ses, %"),
        ("Simulated panels where it is seen, %", "Simulerede paneler, hvor den ses, %"),
    )
    return pick(said[simulated], language)


def power_note(row: Any, least: float, most: float, language: Language = "en") -> str:
    """Say where a curve comes from: so many simulated panels, or the standard error of a change.

    Parameters
    ----------
    row : mapping
        Of the frame; read are test, alpha and simulated.
    least, most : float
        Panels behind a point.
    """
    said = (
        (
            "{test}, p ≤ {alpha}. Computed from the standard error that was seen, not simulated.",
            "{test}, p ≤ {alpha}. Beregnet af den sete standardfejl, ikke simuleret.",
        ),
        (
            "{test}, p ≤ {alpha}. {panels}{space}simulated panels behind each point; band: 95 % Monte Carlo interval.",
            "{test}, p ≤ {alpha}. {panels}{space}simulerede paneler bag hvert punkt; bånd: 95 % Monte Carlo-interval.",
        ),
    )
    alpha = rounded(row["alpha"], language, 2)
    told = pick(said[bool(row["simulated"])], language)
    return told.format(
        test=row["test"], alpha=alpha, panels=_panels(least, most, language), space=HARD_SPACE
    ).replace("95 %", f"95{HARD_SPACE}%")


def _panels(least: float, most: float, language: Language) -> str:
    return count(most, language) if least == most else interval(least, most, language, 0)


def power_curve(label: str, reached: float, language: Language = "en") -> str:
    r"""Say from which change on a curve is at 80 %; infinite: never, minus infinite: everywhere.

    Examples
    --------
    >>> power_curve("n = 40", 0.93, "da").replace(HARD_SPACE, " ")
    'n = 40: 80 % ved 0,93'
    >>> power_curve("n = 12", float("inf")).replace(HARD_SPACE, " ")
    'n = 12: below 80 % throughout'
    """
    said = ("80 % at {at}", "80 % ved {at}")
    if math.isinf(reached):
        below = ("below 80 % throughout", "under 80 % overalt")
        said = below if reached > 0 else ("at least 80 % throughout", "mindst 80 % overalt")
    told = pick(said, language).format(at=number(reached, language, digits_for(reached)))
    return f"{label}: {told.replace(' ', HARD_SPACE)}"


def alt_power(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_power` in words.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.power.power_frame`.
    """
    row = frame.iloc[0]
    said = []
    for label, part in frame.groupby("curve", sort=False):
        first, last = part.iloc[0], part.iloc[-1]
        told = (
            "{label}: {low} at a true change of {at}, {high} at {end}.",
            "{label}: {low} ved en sand ændring på {at}, {high} ved {end}.",
        )
        values = {"low": percent(first["power"], language), "high": percent(last["power"], language)}
        ends = {key: rounded(end["change"], language, 2) for key, end in (("at", first), ("end", last))}
        said.append(pick(told, language).format(label=label, **values, **ends))
    note = power_note(row, frame["replications"].min(), frame["replications"].max(), language)
    return f"{power_title(language)} {power_axis(row['unit'], language)}. {' '.join(said)} {note}"


# -- calibration


def calibration_title(language: Language = "en") -> str:
    """Head the false alarms."""
    said = (
        "How often a test says “changed” where nothing changed",
        "Hvor ofte et test siger »ændret«, hvor intet ændrede sig",
    )
    return pick(said, language)


def calibration_axis(language: Language = "en") -> str:
    """Say what is counted."""
    return pick(("False alarms, % of simulated panels", "Falske alarmer, % af simulerede paneler"), language)


def calibration_mark(side: int, alpha: float, language: Language = "en") -> str:
    """Say what a mark means: -1 fewer false alarms than promised, 0 as many as promised within chance, 1 more.

    Examples
    --------
    >>> calibration_mark(1, 0.05, "da").replace(HARD_SPACE, " ")
    'flere end 5 %'
    """
    said = {
        -1: ("fewer than {alpha}", "færre end {alpha}"),
        0: ("{alpha} within chance", "{alpha} inden for tilfældet"),
        1: ("more than {alpha}", "flere end {alpha}"),
    }
    return pick(said[side], language).format(alpha=percent(alpha, language))


def calibration_note(least: float, most: float, language: Language = "en") -> str:
    """Say how many panels are behind a row, and what its line is."""
    said = (
        "{panels}{space}simulated panels behind each row; line: 95{space}% Monte Carlo interval.",
        "{panels}{space}simulerede paneler bag hver række; streg: 95{space}% Monte Carlo-interval.",
    )
    return pick(said, language).format(panels=_panels(least, most, language), space=HARD_SPACE)


def calibration_beside(row: Any, language: Language = "en") -> str:
    """Write a share with its interval.

    Examples
    --------
    >>> calibration_beside({"rejected": 0.047, "low": 0.0347, "high": 0.062}, "da")
    '4,7 (3,5 til 6,2)'
    """
    low, high = (number(100 * row[end], language, 1) for end in ("low", "high"))
    return f"{number(100 * row['rejected'], language, 1)} ({low} {pick(('to', 'til'), language)} {high})"


def alt_calibration(frame: Any, language: Language = "en") -> str:
    """Say the picture of `plot_calibration` in words.

    Parameters
    ----------
    frame : DataFrame
        Of `netlearn.figures.calibration.calibration_frame`.
    """
    said = []
    for test, part in frame.groupby("test", sort=False):
        shares = 100 * part["rejected"]
        told = ("{test}: {span} % in {k} worlds", "{test}: {span} % i {k} verdener")
        if shares.isna().all():
            continue
        ends = [number(end, language, 1) for end in (shares.min(), shares.max())]
        span = pick((" to ", " til "), language).join(dict.fromkeys(ends))
        said.append(pick(told, language).format(test=test, span=span, k=int(shares.notna().sum())))
    alpha = percent(frame["alpha"].iloc[0], language)
    promised = pick(("Promised: {alpha}.", "Lovet: {alpha}."), language).format(alpha=alpha)
    note = calibration_note(frame["replications"].min(), frame["replications"].max(), language)
    return f"{calibration_title(language)}. {promised} {'; '.join(said)}. {note}".replace(
        " %", f"{HARD_SPACE}%"
    )
