"""Tell whether training changed who talks to whom across departments, and how sure we are.

The way of the data: `read_study`, `read_panel`, `measure` and `compare`, `analyse`, `plot_*`, `write_report`.
Everything not listed in `__all__` is private.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netlearn.analysis.analyse import analyse
    from netlearn.analysis.compare import Change, compare
    from netlearn.analysis.measure import measure, mixing_matrix, turnover
    from netlearn.analysis.nonresponse import response
    from netlearn.analysis.results import Results
    from netlearn.errors import NetlearnError, StudyError, UndefinedError
    from netlearn.figures import (
        plot_change,
        plot_handling,
        plot_mixing,
        plot_outcomes,
        plot_response,
        plot_turnover,
    )
    from netlearn.planning.simulate import simulate_panel
    from netlearn.published import load_published, published_names
    from netlearn.report import write_report
    from netlearn.study.cells import Cells
    from netlearn.study.missing import reconstruct
    from netlearn.study.panel import Panel, Wave
    from netlearn.study.plan import Study, read_study
    from netlearn.survey.check import check_study
    from netlearn.survey.new import new_study
    from netlearn.survey.reader import read_panel

__version__ = version("netlearn")

# Names are looked up on first use, so that `import netlearn` stays light.
_HOME = {
    "analysis.analyse": ("analyse",),
    "analysis.compare": ("Change", "compare"),
    "analysis.measure": ("measure", "mixing_matrix", "turnover"),
    "analysis.nonresponse": ("response",),
    "analysis.results": ("Results",),
    "errors": ("NetlearnError", "StudyError", "UndefinedError"),
    "figures": (
        "plot_change",
        "plot_handling",
        "plot_mixing",
        "plot_outcomes",
        "plot_response",
        "plot_turnover",
    ),
    "planning.simulate": ("simulate_panel",),
    "published": ("load_published", "published_names"),
    "report": ("write_report",),
    "study.cells": ("Cells",),
    "study.missing": ("reconstruct",),
    "study.panel": ("Panel", "Wave"),
    "study.plan": ("Study", "read_study"),
    "survey.check": ("check_study",),
    "survey.new": ("new_study",),
    "survey.reader": ("read_panel",),
}
_MODULE = {name: f"netlearn.{module}" for module, names in _HOME.items() for name in names}

__all__ = [
    "Cells",
    "Change",
    "NetlearnError",
    "Panel",
    "Results",
    "Study",
    "StudyError",
    "UndefinedError",
    "Wave",
    "analyse",
    "check_study",
    "compare",
    "load_published",
    "measure",
    "mixing_matrix",
    "new_study",
    "plot_change",
    "plot_handling",
    "plot_mixing",
    "plot_outcomes",
    "plot_response",
    "plot_turnover",
    "published_names",
    "read_panel",
    "read_study",
    "reconstruct",
    "response",
    "simulate_panel",
    "turnover",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"netlearn has no {name!r}")
    value = getattr(import_module(_MODULE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULE])
