"""What outcomes are called: by the title that the study gives them, else by measure and what it is measured on."""

from __future__ import annotations

from typing import Any

from netlearn.wording import Language
from netlearn.wording.measure_names import MEASURE_NAMES
from netlearn.wording.terms import pick, term

# Measures of outcomes that are not in the catalogue.
OUTCOME_NAMES: dict[str, tuple[str, str]] = {
    "within_out_degree": ("Colleagues named in the own department", "Nævnte kolleger i egen afdeling"),
    "out_degree": ("Colleagues named", "Nævnte kolleger"),
    "both_trained": ("Ties between two trained people", "Forbindelser mellem to uddannede"),
    "one_trained": ("Ties between a trained and another", "Forbindelser mellem en uddannet og en anden"),
    "trained_score": ("Score on the scale", "Score på skalaen"),
    "size": ("People named", "Nævnte personer"),
    "n_departments": ("Departments among those named", "Afdelinger blandt de nævnte"),
    "share_elsewhere": (
        "Share of those named who are in other departments",
        "Andel af de nævnte, der er i andre afdelinger",
    ),
    "alter_density": ("Share of those named who know each other", "Andel af de nævnte, der kender hinanden"),
    "mean_score": ("Mean score of those named", "De nævntes gennemsnitlige score"),
    "shared_rooms": ("Ties of pairs who were together", "Forbindelser i par, der var sammen"),
    "score": ("Score on the scale", "Score på skalaen"),
    "gap": ("How much of the gap closed", "Hvor meget af gabet der er lukket"),
    "activities": ("Different activities per person", "Forskellige aktiviteter pr. person"),
    "visits": ("Times taken part, per person", "Antal deltagelser pr. person"),
    "association": (
        "Gap that closed, and contact that changed, per person",
        "Lukket gab og ændret kontakt, person for person",
    ),
}


def measure(name: str, language: Language = "en") -> str:
    """Name a measure of an outcome.

    Examples
    --------
    >>> measure("size"), measure("ei_index", "da")
    ('People named', 'E-I-indeks')
    """
    return pick(MEASURE_NAMES.get(name) or OUTCOME_NAMES[name], language)


def measured_on(outcome: Any, study: Any) -> list[str]:
    """Return the titles of the relation, scale, gap, subscale or list that an outcome is measured on."""
    known = {
        "relation": study.relations,
        "scale": study.scales,
        "gap": study.gaps,
        "attendance": study.attendance,
    }
    found = []
    for key, plans in known.items():
        named = getattr(outcome, key)
        found += [plan.title or plan.name for plan in plans if plan.name == named]
    return [*found, outcome.subscale] if outcome.subscale else found


def name(outcome: Any, study: Any, language: Language = "en") -> str:
    """Name an outcome: its title, else its measure and what it is measured on.

    Parameters
    ----------
    outcome : Outcome
    study : Study
    language : "en" or "da"
    """
    if outcome.title:
        return str(outcome.title)
    return ", ".join([measure(outcome.measure, language), *measured_on(outcome, study)])


def row(found: Any, study: Any, language: Language = "en") -> str:
    """Name an outcome in a table: its role, its name and its waves.

    Parameters
    ----------
    found : OutcomeResult
    study : Study
    language : "en" or "da"
    """
    return (
        f"{term('role', found.role, language)}: {name(found.outcome, study, language)}, {span(found, study)}"
    )


def span(found: Any, study: Any) -> str:
    """Name the first and the last wave of an outcome by their titles."""
    titles = {wave.label: wave.title or wave.label for wave in study.waves}
    return " → ".join(titles.get(wave, wave) for wave in (found.result.waves[0], found.result.waves[-1]))
