"""Tell whether training changed who talks to whom across departments, and how sure we are.

The way of the data: `read_study`, `read_panel`, `measure` and `compare`, `analyse`, `plot_*`, `write_report`.
Everything not listed in `__all__` is private.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netlearn.analysis.against_null import AgainstNull, against_null
    from netlearn.analysis.analyse import analyse
    from netlearn.analysis.certainty import certainty
    from netlearn.analysis.compare import Change, compare
    from netlearn.analysis.data import StudyData, read_data
    from netlearn.analysis.decompose import decompose
    from netlearn.analysis.department_pairs import DepartmentPairs, compare_department_pairs
    from netlearn.analysis.design_limit import DesignLimit, design_limit
    from netlearn.analysis.detectable import detectable
    from netlearn.analysis.ego import EgoChange, compare_egos, ego_networks, measure_egos
    from netlearn.analysis.evidence import Evidence, evidence
    from netlearn.analysis.exposure import Exposure, compare_exposure
    from netlearn.analysis.families import (
        brokerage,
        compare_departments,
        distance_decay,
        measure_table,
        role_changes,
        segregation,
        triad_census,
    )
    from netlearn.analysis.group_time import group_time
    from netlearn.analysis.measure import measure, mixing_matrix, turnover
    from netlearn.analysis.nonresponse import response
    from netlearn.analysis.randomization import RandomizationResult, randomization_test
    from netlearn.analysis.results import Results
    from netlearn.analysis.scale_matrix import item_matrix, score_matrix
    from netlearn.analysis.spillover import Spillover, spillover
    from netlearn.analysis.teaching import teaching_rows
    from netlearn.analysis.trials import try_tests
    from netlearn.analysis.twomode import attendance, co_attendance, exposure, participation, reach
    from netlearn.errors import NetlearnError, StudyError, UndefinedError
    from netlearn.figures import (
        plot_calibration,
        plot_change,
        plot_decomposition,
        plot_departments,
        plot_dose,
        plot_flows,
        plot_gaps,
        plot_handling,
        plot_likert,
        plot_mixing,
        plot_network,
        plot_null,
        plot_outcomes,
        plot_power,
        plot_response,
        plot_roles,
        plot_slopes,
        plot_turnover,
        save_figure,
    )
    from netlearn.inference import terms
    from netlearn.inference.error_rates import error_rate
    from netlearn.inference.mrqap import Mrqap, mrqap
    from netlearn.inference.permute import PermutationResult
    from netlearn.inference.qap import qap_correlation
    from netlearn.inference.randomization import attainable_p
    from netlearn.inference.regression import DyadicRegression, dyadic_regression
    from netlearn.outcomes.association import partial_association
    from netlearn.outcomes.gap import gap_closure
    from netlearn.outcomes.icc import intraclass
    from netlearn.outcomes.items import item_analysis
    from netlearn.outcomes.paired import paired_change
    from netlearn.outcomes.reliability import reliability
    from netlearn.outcomes.scores import scores
    from netlearn.planning.attendance import simulate_attendance
    from netlearn.planning.egos import simulate_egos
    from netlearn.planning.simulate import simulate_panel
    from netlearn.planning.staggered import simulate_staggered
    from netlearn.planning.worlds import World, world
    from netlearn.published import load_published, published_names
    from netlearn.report import (
        Document,
        Report,
        read_report,
        rebuild_report,
        report_of,
        report_section,
        run_notebook,
        write_report,
    )
    from netlearn.study.allocation import Allocation, allocation
    from netlearn.study.cells import Cells
    from netlearn.study.missing import reconstruct
    from netlearn.study.panel import Panel
    from netlearn.study.plan import Study, read_study
    from netlearn.study.regroup import regroup
    from netlearn.study.wave import Wave
    from netlearn.study.where import study_folder
    from netlearn.survey.alters import read_egos
    from netlearn.survey.answers import read_answers
    from netlearn.survey.attendance import read_attendance
    from netlearn.survey.check import check_study
    from netlearn.survey.inspect import inspect_files
    from netlearn.survey.new import new_study
    from netlearn.survey.reader import read_ledger, read_log, read_panel


__version__ = version("netlearn")

# Names are looked up on first use, so that `import netlearn` stays light.
_HOME = {
    "analysis.against_null": (
        "AgainstNull",
        "against_null",
    ),
    "analysis.analyse": ("analyse",),
    "analysis.certainty": ("certainty",),
    "analysis.compare": (
        "Change",
        "compare",
    ),
    "analysis.data": ("StudyData", "read_data"),
    "analysis.decompose": ("decompose",),
    "analysis.department_pairs": (
        "DepartmentPairs",
        "compare_department_pairs",
    ),
    "analysis.design_limit": (
        "DesignLimit",
        "design_limit",
    ),
    "analysis.detectable": ("detectable",),
    "analysis.ego": (
        "EgoChange",
        "compare_egos",
        "ego_networks",
        "measure_egos",
    ),
    "analysis.evidence": (
        "Evidence",
        "evidence",
    ),
    "analysis.exposure": (
        "Exposure",
        "compare_exposure",
    ),
    "analysis.families": (
        "brokerage",
        "compare_departments",
        "distance_decay",
        "measure_table",
        "role_changes",
        "segregation",
        "triad_census",
    ),
    "analysis.group_time": ("group_time",),
    "analysis.measure": (
        "measure",
        "mixing_matrix",
        "turnover",
    ),
    "analysis.nonresponse": ("response",),
    "analysis.randomization": (
        "RandomizationResult",
        "randomization_test",
    ),
    "analysis.results": ("Results",),
    "analysis.scale_matrix": (
        "item_matrix",
        "score_matrix",
    ),
    "analysis.spillover": (
        "Spillover",
        "spillover",
    ),
    "analysis.teaching": ("teaching_rows",),
    "analysis.trials": ("try_tests",),
    "analysis.twomode": (
        "attendance",
        "co_attendance",
        "exposure",
        "participation",
        "reach",
    ),
    "errors": (
        "NetlearnError",
        "StudyError",
        "UndefinedError",
    ),
    "figures": (
        "plot_calibration",
        "plot_change",
        "plot_decomposition",
        "plot_departments",
        "plot_dose",
        "plot_flows",
        "plot_gaps",
        "plot_handling",
        "plot_likert",
        "plot_mixing",
        "plot_network",
        "plot_null",
        "plot_outcomes",
        "plot_power",
        "plot_response",
        "plot_roles",
        "plot_slopes",
        "plot_turnover",
        "save_figure",
    ),
    "inference.error_rates": ("error_rate",),
    "inference.mrqap": (
        "Mrqap",
        "mrqap",
    ),
    "inference.permute": ("PermutationResult",),
    "inference.qap": ("qap_correlation",),
    "inference.randomization": ("attainable_p",),
    "inference.regression": (
        "DyadicRegression",
        "dyadic_regression",
    ),
    "outcomes.association": ("partial_association",),
    "outcomes.gap": ("gap_closure",),
    "outcomes.icc": ("intraclass",),
    "outcomes.items": ("item_analysis",),
    "outcomes.paired": ("paired_change",),
    "outcomes.reliability": ("reliability",),
    "outcomes.scores": ("scores",),
    "planning.attendance": ("simulate_attendance",),
    "planning.egos": ("simulate_egos",),
    "planning.simulate": ("simulate_panel",),
    "planning.staggered": ("simulate_staggered",),
    "planning.worlds": (
        "World",
        "world",
    ),
    "published": (
        "load_published",
        "published_names",
    ),
    "report": (
        "Document",
        "Report",
        "read_report",
        "rebuild_report",
        "report_of",
        "report_section",
        "run_notebook",
        "write_report",
    ),
    "study.allocation": (
        "Allocation",
        "allocation",
    ),
    "study.cells": ("Cells",),
    "study.missing": ("reconstruct",),
    "study.panel": ("Panel",),
    "study.plan": (
        "Study",
        "read_study",
    ),
    "study.regroup": ("regroup",),
    "study.wave": ("Wave",),
    "study.where": ("study_folder",),
    "survey.alters": ("read_egos",),
    "survey.answers": ("read_answers",),
    "survey.attendance": ("read_attendance",),
    "survey.check": ("check_study",),
    "survey.inspect": ("inspect_files",),
    "survey.new": ("new_study",),
    "survey.reader": (
        "read_ledger",
        "read_log",
        "read_panel",
    ),
}
_MODULE = {name: f"netlearn.{module}" for module, names in _HOME.items() for name in names}
_MODULE["terms"] = "netlearn.inference.terms"  # a module: netlearn.terms.same(...)

__all__ = [
    "AgainstNull", "Allocation", "Cells", "Change", "DepartmentPairs", "DesignLimit", "Document",
    "DyadicRegression", "EgoChange", "Evidence", "Exposure", "Mrqap", "NetlearnError", "Panel",
    "PermutationResult", "RandomizationResult", "Report", "Results", "Spillover", "Study", "StudyData",
    "StudyError", "UndefinedError", "Wave", "World", "against_null", "allocation", "analyse", "attainable_p",
    "attendance", "brokerage", "certainty", "check_study", "co_attendance", "compare",
    "compare_department_pairs", "compare_departments", "compare_egos", "compare_exposure", "decompose",
    "design_limit", "detectable", "distance_decay", "dyadic_regression", "ego_networks", "error_rate",
    "evidence", "exposure", "gap_closure", "group_time", "inspect_files", "intraclass", "item_analysis",
    "item_matrix", "load_published", "measure", "measure_egos", "measure_table", "mixing_matrix", "mrqap",
    "new_study", "paired_change", "partial_association", "participation", "plot_calibration", "plot_change",
    "plot_decomposition", "plot_departments", "plot_dose", "plot_flows", "plot_gaps", "plot_handling",
    "plot_likert", "plot_mixing", "plot_network", "plot_null", "plot_outcomes", "plot_power",
    "plot_response", "plot_roles", "plot_slopes", "plot_turnover", "published_names", "qap_correlation",
    "randomization_test", "reach", "read_answers", "read_attendance", "read_data", "read_egos",
    "read_ledger", "read_log", "read_panel", "read_report", "read_study", "rebuild_report", "reconstruct",
    "regroup", "reliability", "report_of", "report_section", "response", "role_changes", "run_notebook",
    "save_figure", "score_matrix", "scores", "segregation", "simulate_attendance", "simulate_egos",
    "simulate_panel", "simulate_staggered", "spillover", "study_folder", "teaching_rows", "terms",
    "triad_census", "try_tests", "turnover", "world", "write_report",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"netlearn has no {name!r}")
    home = import_module(_MODULE[name])
    value = home if name == "terms" else getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULE])
