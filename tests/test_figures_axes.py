"""Figures on Axes of the caller's own, made and drawn outside of our settings, and what is no source of a figure."""

from __future__ import annotations

import html
import importlib
import io
import re
import warnings
from pathlib import Path

import matplotlib as mpl
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image
from test_competence import HOW, _data
from test_figures import made_panel, made_results
from test_figures_change import many_rooms

from netlearn import figures
from netlearn.analysis.competence_part import part_competence
from netlearn.analysis.results import Results
from netlearn.errors import NetlearnError
from netlearn.figures import (
    calibration,
    decomposition,
    departments,
    dose,
    flows,
    forest,
    gaps,
    given,
    likert,
    mixing,
    network,
    null,
    power,
    response,
    roles,
    slopes,
    style,
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


WRONG = ["text", ["a", "list"], None, 0.5, {"a": 1}, object(), nx.path_graph(3), np.zeros((3, 3))]


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_what_a_figure_cannot_draw_is_told_with_what_it_can(kind: str, results: Results) -> None:
    wrong = [*WRONG, results.primary, *([] if kind == "calibration" else [7])]
    for source in [one for one in wrong if kind != "null" or one is not results.primary]:
        with pytest.raises(NetlearnError) as told:
            DRAWINGS[kind](source)
        said = str(told.value)
        assert said.startswith(f"plot_{kind} cannot draw ")
        assert ("None" if source is None else type(source).__name__) in said
        assert "Do: give " in said
        frame = re.search(r"DataFrame of (\w+_frame) \(in ([\w.]+)\)", said)
        assert frame is not None
        assert callable(getattr(importlib.import_module(frame[2]), frame[1])), "it is there"


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_columns_that_a_frame_lacks_are_named(kind: str, frames: dict[str, pd.DataFrame]) -> None:
    frame = frames[kind]
    DRAWINGS[kind](frame)
    gone = [name for name in frame.columns if name not in ("note", "wave", "possible")][-1]
    for lacking in (frame.drop(columns=gone), pd.DataFrame({"x": [1]}), pd.DataFrame()):
        with pytest.raises(
            NetlearnError, match=f"plot_{kind}: the DataFrame lacks the columns .*{kind}_frame"
        ):
            DRAWINGS[kind](lacking)
    with pytest.raises(NetlearnError, match=rf"columns (\w+, )*{gone}"):
        DRAWINGS[kind](frame.drop(columns=gone))
    with pytest.raises(NetlearnError, match="has no row"):
        DRAWINGS[kind](frame.iloc[:0])


def test_every_named_function_of_the_remedy_is_public() -> None:
    said = " ".join(one.told for one in vars(given).values() if isinstance(one, given.Kind))
    for name in re.findall(r"netlearn\.([\w.]+)", said):
        place, _, last = f"netlearn.{name}".rpartition(".")
        assert hasattr(importlib.import_module(place), last), name


def test_figures_of_results_have_waves_under_the_titles_of_the_study(tmp_path: Path) -> None:
    with_titles = made_results(tmp_path, ("Før kurset", "Midtvejs", "Efter kurset"))
    for plot in (
        figures.plot_departments,
        figures.plot_flows,
        figures.plot_response,
        figures.plot_slopes,
        lambda source, **how: figures.plot_mixing(source, ("før", "efter"), **how),
    ):
        said = [
            "\n".join(text.get_text() for text in words_of(plot(source, language="da")))
            for source in (with_titles, with_titles.titled())
        ]
        assert "Før kurset" in said[0]
        assert "Efter kurset" in said[0]
        assert not re.search(r"\b(før|efter)$", said[0], re.M)
        assert said[0] == said[1], "titled results keep their titles"
    frame = turnover.turnover_frame(with_titles, language="da")
    assert {*frame["earlier"], *frame["later"]} == {"Før kurset", "Efter kurset"}
    assert "Efter kurset" in mixing.mixing_frame(with_titles, "Efter kurset")["text"].tolist()


@pytest.mark.parametrize("kind", ["change", "outcomes", "handling", "calibration"])
def test_no_broken_line_runs_through_the_words_of_a_row(kind: str, frames: dict[str, pd.DataFrame]) -> None:
    ax = DRAWINGS[kind](frames[kind], language="da")
    ax.get_figure(root=True).draw_without_rendering()
    broken = [line for line in ax.lines if line.is_dashed()]
    assert len(broken) == 1
    places = ax.transData.transform(broken[0].get_xydata())
    pieces = np.split(places, np.flatnonzero(np.isnan(places[:, 1])))
    ends = [(np.nanmin(piece[:, 1]), np.nanmax(piece[:, 1])) for piece in pieces if len(piece) > 1]
    words = [text.get_window_extent() for text in ax.texts if text.get_position()[0] == 0]
    assert len(words) >= 3
    for box in words:
        assert not any(low < box.y1 - 1 and high > box.y0 + 1 for low, high in ends)


# -- Axes that are smaller than a figure is made for


def laid_out(frames: dict[str, pd.DataFrame], kind: str, wide: float, high: float) -> tuple[Figure, Axes]:
    """A figure on Axes of the caller's own, alone on a sheet of so many millimetres, with its words in their places."""
    figure = Figure(figsize=(wide / 25.4, high / 25.4), layout="constrained")
    ax = figure.subplots()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        DRAWINGS[kind](frames[kind], ax=ax, language="da")
    figure.savefig(io.BytesIO(), format="png")
    return figure, ax


def cut_or_laid_over(figure: Figure) -> list[str]:
    """Words that run out of the sheet, or over one another by more than a hair."""
    page, drawn, off = figure.bbox, [], beyond(figure)
    for text in figure.findobj(Text):
        if text not in off and text.get_visible() and text.get_text().strip():
            drawn.append((text.get_text(), text.get_window_extent()))
    found = [f"cut: {said}" for said, box in drawn if not _inside(box, page)]
    for at, (first, one) in enumerate(drawn):
        for second, other in drawn[at + 1 :]:
            common = Bbox.intersection(one, other)
            if common is not None and min(common.width, common.height) > 0.25 * min(one.height, other.height):
                found.append(f"over one another: {first!r}, {second!r}")
    return found


def beyond(figure: Figure) -> set[Text]:
    """Labels of ticks that lie beyond the ends of their axis, which are not drawn."""
    found = set()
    for axis in (axis for pane in figure.axes for axis in (pane.xaxis, pane.yaxis)):
        low, high = sorted(axis.get_view_interval())
        slack = 1e-9 * (high - low)
        ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
        out = [tick for tick in ticks if not low - slack <= tick.get_loc() <= high + slack]
        shown = axis.get_visible() and axis.axes.axison
        found |= {label for tick in (out if shown else ticks) for label in (tick.label1, tick.label2)}
    return found


def _inside(box: Bbox, page: Bbox) -> bool:
    slack = 1.0  # of a dot
    return (
        box.x0 >= page.x0 - slack
        and box.x1 <= page.x1 + slack
        and box.y0 >= page.y0 - slack
        and box.y1 <= page.y1 + slack
    )


@pytest.mark.parametrize(("wide", "high"), [(60, 50), (85, 70), (170, 110)])
@pytest.mark.parametrize("kind", sorted(set(DRAWINGS) - {"network"}))
def test_words_keep_their_places_on_axes_of_any_size(
    kind: str, wide: float, high: float, frames: dict[str, pd.DataFrame]
) -> None:
    figure, _ = laid_out(frames, kind, wide, high)
    assert cut_or_laid_over(figure) == []


def test_words_without_room_are_noticed() -> None:
    figure = Figure(figsize=(2, 2))
    figure.text(0.5, 0.5, "first words here")
    figure.text(0.55, 0.5, "second words here")
    assert len(cut_or_laid_over(figure)) >= 2


def test_little_room_is_told_and_words_grow_smaller_as_much(frames: dict[str, pd.DataFrame]) -> None:
    figure = Figure(figsize=(85 / 25.4, 32 / 25.4), layout="constrained")
    with pytest.warns(UserWarning, match=r"made for 85 x 64 mm and has 85 x 32 mm, so its words are 50%"):
        ax = DRAWINGS["turnover"](frames["turnover"], ax=figure.subplots())
    assert [text.get_fontsize() for text in words_of(ax) if text.get_fontweight() == "bold"] == [
        pytest.approx(4)
    ]
    assert [label.get_fontsize() for label in ax.get_yticklabels()] == pytest.approx([3.25] * 2)
    halves = Figure(figsize=(170 / 25.4, 128 / 25.4), layout="constrained").subplots(2, 2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        quarter = DRAWINGS["turnover"](frames["turnover"], ax=halves[0, 0])
    assert [text.get_fontsize() for text in words_of(quarter) if text.get_fontweight() == "bold"] == [8]
    assert halves[1, 1].xaxis.label.get_fontsize() > 8  # Axes beside it stay as the caller made them


# -- figures in words


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_a_saved_figure_brings_its_words(kind: str, frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    ax = DRAWINGS[kind](frames[kind], language="da")
    told = figures.save_figure(ax, tmp_path / "x.svg").read_text(encoding="utf-8")
    description = re.search(r"<dc:description>(.*?)</dc:description>", told, re.DOTALL)
    said = style.alt_of(ax)
    assert len(said) > 30
    assert description
    assert html.unescape(description[1]) == " ".join(said.split())
    own = figures.save_figure(ax, tmp_path / "y.svg", alt="Mine.").read_text(encoding="utf-8")
    assert "<dc:description>Mine.</dc:description>" in own
    assert Image.open(io.BytesIO(ax._repr_png_())).info["Description"] == said


def test_two_figures_on_a_sheet_are_both_told(frames: dict[str, pd.DataFrame]) -> None:
    first, second = Figure(figsize=(14, 7)).subplots(1, 2)
    DRAWINGS["turnover"](frames["turnover"], ax=first)
    DRAWINGS["flows"](frames["flows"], ax=second)
    assert style.alt_of(first) == style.alt_of(second)
    assert style.alt_of(first).count("Across departments") == 2
    assert style.alt_of(Figure().subplots()) == ""
