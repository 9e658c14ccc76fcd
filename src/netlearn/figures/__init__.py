"""Figures: a result or a frame in, Axes out. Legible at 85 mm, in grey, and the same bytes every time."""

from netlearn.figures.calibration import plot_calibration
from netlearn.figures.decomposition import plot_decomposition
from netlearn.figures.departments import plot_departments
from netlearn.figures.dose import plot_dose
from netlearn.figures.flows import plot_flows
from netlearn.figures.forest import plot_change, plot_handling, plot_outcomes
from netlearn.figures.gaps import plot_gaps
from netlearn.figures.likert import plot_likert
from netlearn.figures.mixing import plot_mixing
from netlearn.figures.network import plot_network
from netlearn.figures.null import plot_null
from netlearn.figures.power import plot_power
from netlearn.figures.response import plot_response
from netlearn.figures.roles import plot_roles
from netlearn.figures.saving import save_figure
from netlearn.figures.slopes import plot_slopes
from netlearn.figures.turnover import plot_turnover

# fmt: off
__all__ = [
    "plot_calibration", "plot_change", "plot_decomposition", "plot_departments", "plot_dose", "plot_flows",
    "plot_gaps", "plot_handling", "plot_likert", "plot_mixing", "plot_network", "plot_null", "plot_outcomes",
    "plot_power", "plot_response", "plot_roles", "plot_slopes", "plot_turnover", "save_figure",
]
# fmt: on
