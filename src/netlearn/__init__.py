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
    from netlearn.analysis.decompose import decompose
    from netlearn.analysis.ego import compare_egos, ego_networks, measure_egos
    from netlearn.analysis.families import (
        brokerage,
        compare_departments,
        distance_decay,
        measure_table,
        role_changes,
        segregation,
        triad_census,
    )
    from netlearn.analysis.measure import measure, mixing_matrix, turnover
    from netlearn.analysis.nonresponse import response
    from netlearn.analysis.results import Results
    from netlearn.analysis.twomode import attendance, co_attendance, exposure, participation, reach
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
    from netlearn.survey.reader import read_log, read_panel

__version__ = version("netlearn")

# Names are looked up on first use, so that `import netlearn` stays light.
_HOME = {
    "analysis.analyse": ("analyse",),
    "analysis.compare": ("Change", "compare"),
    "analysis.decompose": ("decompose",),
    "analysis.ego": ("compare_egos", "ego_networks", "measure_egos"),
    "analysis.families": (
        "brokerage",
        "compare_departments",
        "distance_decay",
        "measure_table",
        "role_changes",
        "segregation",
        "triad_census",
    ),
    "analysis.measure": ("measure", "mixing_matrix", "turnover"),
    "analysis.nonresponse": ("response",),
    "analysis.results": ("Results",),
    "analysis.twomode": ("attendance", "co_attendance", "exposure", "participation", "reach"),
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
    "survey.reader": ("read_log", "read_panel"),
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
    "attendance",
    "brokerage",
    "check_study",
    "co_attendance",
    "compare",
    "compare_departments",
    "compare_egos",
    "decompose",
    "distance_decay",
    "ego_networks",
    "exposure",
    "load_published",
    "measure",
    "measure_egos",
    "measure_table",
    "mixing_matrix",
    "new_study",
    "participation",
    "plot_change",
    "plot_handling",
    "plot_mixing",
    "plot_outcomes",
    "plot_response",
    "plot_turnover",
    "published_names",
    "reach",
    "read_log",
    "read_panel",
    "read_study",
    "reconstruct",
    "response",
    "role_changes",
    "segregation",
    "simulate_panel",
    "triad_census",
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
