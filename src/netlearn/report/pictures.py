"""Which figures stand in a report: the numbers that each draws, and the words for those who do not see it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from netlearn import figures
from netlearn.analysis.compare import Change
from netlearn.analysis.results import Results
from netlearn.figures.forest import outcome_units
from netlearn.report.section import Picture
from netlearn.wording import Language
from netlearn.wording.terms import term
from netlearn.wording.terms import unit as unit_word

Pictures = tuple[Picture, ...]


def of_response(results: Results, language: Language) -> Pictures:
    """Return who answered, by department and wave."""
    frame = figures.response_frame(results, language)
    return (_picture("response", "response", frame, language),)
