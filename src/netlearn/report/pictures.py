"""Which figures stand in a report: the numbers that each draws, and the words for those who do not see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from netlearn.analysis.compare import Change
from netlearn.analysis.competence_dose import Dose
from netlearn.analysis.competence_part import CompetencePart
from netlearn.analysis.exposure_part import ExposurePart
from netlearn.analysis.measurement import MeasurementPart
from netlearn.analysis.results import Results
from netlearn.figures.departments import departments_frame
from netlearn.figures.dose import dose_frame
from netlearn.figures.flows import flows_frame
from netlearn.figures.forest import change_frame, handling_frame, outcome_units, outcomes_frame
from netlearn.figures.gaps import gaps_frame
from netlearn.figures.likert import likert_frame
from netlearn.figures.mixing import mixing_frame
from netlearn.figures.response import response_frame
from netlearn.report.section import Picture
from netlearn.wording import Language
from netlearn.wording import figures_change as change_words
from netlearn.wording import figures_dose as dose_words
from netlearn.wording import figures_network as network_words
from netlearn.wording import figures_scales as scale_words
from netlearn.wording import figures_tests as tests_words

Pictures = tuple[Picture, ...]
Alt = Callable[[pd.DataFrame, Language], str]
_ALT: Mapping[str, Alt] = {
    "response": change_words.alt_response,
    "departments": network_words.alt_departments,
    "mixing": network_words.alt_mixing,
    "flows": change_words.alt_flows,
    "dose": dose_words.alt_dose,
    "change": tests_words.alt_change,
    "outcomes": tests_words.alt_outcomes,
    "handling": tests_words.alt_handling,
    "gaps": scale_words.alt_gaps,
    "likert": scale_words.alt_likert,
}


def of_response(results: Results, language: Language) -> Pictures:
    """Return who answered, by department and wave."""
    return (_picture("response", response_frame(results, language=language), language),)


def of_map(results: Results, language: Language) -> Pictures:
    """Return the department map before and after, and the change department by department."""
    waves = tuple(results.everybody.mixing)
    maps = _picture("departments", departments_frame(results, language=language), language)
    tables = [("mixing-earlier", waves[0]), ("mixing-later", waves[1]), ("mixing-change", waves)]
    frames = [(name, mixing_frame(results, asked, language=language)) for name, asked in tables]
    return (maps, *(_picture("mixing", frame, language, name) for name, frame in frames))


def of_change(change: Change, language: Language) -> Pictures:
    """Return the change with its interval at every level of the ladder."""
    return (_picture("change", change_frame(change, language=language), language),)


def of_flows(results: Results, language: Language) -> Pictures:
    """Return what became of the ties."""
    return (_picture("flows", flows_frame(results, language=language), language),)


def of_handling(results: Results, language: Language) -> Pictures:
    """Return the change under every handling of missing answers."""
    return (_picture("handling", handling_frame(results, language=language), language),)


def of_outcomes(results: Results, language: Language) -> Pictures:
    """Return every comparison, a figure for each unit in which some are told."""
    made = []
    for unit in outcome_units(results):
        frame = outcomes_frame(results, unit, language=language)
        made.append(_picture("outcomes", frame, language, f"outcomes-{unit.replace('_', '-')}"))
    return tuple(made)


def of_competence(part: CompetencePart, language: Language) -> Pictures:
    """Return every gap and every scale asked twice, before and after."""
    asked = [whole.place.title for whole, _ in (*part.gaps, *part.scales)]
    frames = [gaps_frame(part, language=language, title=title) for title in asked]
    return tuple(_picture("gaps", frame, language, f"competence-{at}") for at, frame in enumerate(frames, 1))


def of_answers(part: MeasurementPart, scales: Iterable[str], language: Language) -> Pictures:
    """Return how the answers to some scales are spread, a figure for each."""
    frames = [likert_frame(part, scale, language=language) for scale in scales]
    return tuple(_picture("likert", frame, language, f"answers-{at}") for at, frame in enumerate(frames, 1))


def of_rooms(part: ExposurePart, language: Language) -> Pictures:
    """Return the new ties by number of shared rooms, a figure for each attendance list."""
    titles = [one.title for one in part.lists if one.result.found is not None]
    return _doses((dose_frame(part, title, language=language) for title in titles), "rooms", language)


def of_doses(doses: Iterable[Dose], language: Language) -> Pictures:
    """Return the closure of gaps by rooms attended, a figure for each."""
    return _doses((dose_frame(one, language=language) for one in doses), "competence", language)


def _doses(frames: Iterable[pd.DataFrame], name: str, language: Language) -> Pictures:
    """Keep those with two points to compare at least."""
    told = (frame for frame in frames if frame["value"].notna().sum() > 1)
    return tuple(_picture("dose", frame, language, f"{name}-dose-{at}") for at, frame in enumerate(told, 1))


def _picture(
    kind: str,
    frame: pd.DataFrame,
    language: Language,
    name: str = "",
    options: Mapping[str, Any] | None = None,
) -> Picture:
    return Picture(name or kind, kind, frame, options or {}, _ALT[kind](frame, language))
