"""Figures on Axes of the caller's own, made and drawn outside of our settings, and what is no source of a figure."""

from __future__ import annotations

import io

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from test_competence import HOW, _data
from test_figures import made_panel, made_results
from test_figures_change import many_rooms

from netlearn import figures
from netlearn.analysis.competence_part import part_competence
from netlearn.analysis.results import Results
from netlearn.figures import (
    calibration,
    decomposition,
    departments,
    dose,
    flows,
    forest,
    gaps,
    likert,
    mixing,
    network,
    null,
    power,
    response,
    roles,
    slopes,
    turnover,
)
from netlearn.figures.drawing import DRAWINGS
from netlearn.outcomes.likert import likert as spread

NAME = " A $x_1$ & $y"
NAMES = (
    "label",
    "title",
    "wave",
    "earlier",
    "later",
    "first",
    "second",
    "department",
    "text",
    "curve",
    "statistic",
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def frames(results: Results) -> dict[str, pd.DataFrame]:
    """A frame of every figure."""
    change, panel = results.primary.change, made_panel(1, "kontakt")
    answers = np.random.default_rng(3).integers(1, 6, (30, 4)).astype(float)
    return {
        "change": forest.change_frame(change, language="da"),
        "outcomes": forest.outcomes_frame(results, language="da"),
        "handling": forest.handling_frame(results, language="da"),
        "response": response.response_frame(results, language="da"),
        "departments": departments.departments_frame(results, language="da"),
        "mixing": mixing.mixing_frame(results, language="da"),
        "network": network.network_frame(panel, language="da"),
        "slopes": slopes.slopes_frame(results, language="da"),
        "flows": flows.flows_frame(results, language="da"),
        "turnover": turnover.turnover_frame(results, language="da"),
        "decomposition": decomposition.decomposition_frame(panel, language="da"),
        "roles": roles.roles_frame(panel, language="da"),
        "dose": dose.dose_frame(many_rooms(), "Læringsrum", language="da"),
        "gaps": gaps.gaps_frame(part_competence(_data(), HOW), language="da"),
        "likert": likert.likert_frame({"før": spread(answers, (1, 2, 3, 4, 5))}, language="da"),
        "null": null.null_frame(change, language="da"),
        "power": power.power_frame(change, language="da"),
        "calibration": calibration.calibration_frame(140, language="da"),
    }


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with names of departments, waves and items that look like mathematics."""
    texts = [name for name in NAMES if name in frame and not pd.api.types.is_numeric_dtype(frame[name])]
    made = frame.assign(
        **{name: frame[name].map(lambda text: f"{text}{NAME}" if text else "") for name in texts}
    )
    if "what" in frame and frame["what"].eq("cell").any():
        made = made.assign(
            **{end: made[end].map(lambda text: f"{text}{NAME}" if text else "") for end in ("from", "to")}
        )
    return made


def words_of(ax: Axes) -> list[Text]:
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    return [text for text in figure.findobj(Text) if text.get_text().strip()]


def test_every_figure_is_tried(frames: dict[str, pd.DataFrame]) -> None:
    assert set(frames) == set(DRAWINGS)
    assert len(frames) == sum(name.startswith("plot_") for name in figures.__all__) == 18


@pytest.mark.parametrize("mathtext", [False, True])
@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_no_name_is_mathematics_on_axes_made_elsewhere(
    kind: str, mathtext: bool, frames: dict[str, pd.DataFrame]
) -> None:
    with mpl.rc_context({"axes.formatter.use_mathtext": mathtext, "font.size": 5}):
        ax = Figure(figsize=(14, 14)).subplots()
        ax.set_title("before")
        DRAWINGS[kind](named(frames[kind]), ax=ax, language="da")
        figure = ax.get_figure(root=True)
        figure.savefig(io.BytesIO(), format="svg")
        found = words_of(ax)
        # Titles that the caller sets later are of names too.
        found += [
            ax.title,
            ax._left_title,
            ax._right_title,
            ax.xaxis.label,
            ax.yaxis.label,
            ax.xaxis.offsetText,
        ]
    assert [text.get_text() for text in found if text.get_parse_math()] == []
    assert not any("mathdefault" in text.get_text() for text in found)
    if kind not in ("turnover", "calibration"):
        assert any("$" in text.get_text() for text in found), "names are in the picture"


def test_words_that_the_caller_wrote_stay_the_callers(frames: dict[str, pd.DataFrame]) -> None:
    ax = Figure().subplots()
    formula = ax.text(0.5, 0.5, "$x^2$")
    figures.plot_turnover(frames["turnover"], ax=ax)
    assert formula.get_parse_math()
