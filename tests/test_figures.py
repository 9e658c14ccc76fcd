"""Figures: the data and the words on the Axes are those of the result; the bytes depend on nothing else."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from netlearn import figures
from netlearn.analysis.analyse import results_of
from netlearn.analysis.data import ANSWERS, How
from netlearn.analysis.measure import mixing_matrix, turnover
from netlearn.analysis.nonresponse import response
from netlearn.analysis.results import Results
from netlearn.errors import NetlearnError
from netlearn.figures import forest, style
from netlearn.study.findings import Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import FileFormat, RelationPlan, RosterPlan, Study, WavePlan
from netlearn.study.planned import Outcome
from netlearn.survey.check import Whole
from netlearn.survey.reading import Reading
from netlearn.wording import figures_tests
from netlearn.wording.terms import scale, term

LABELS = ("før", "midtvejs", "efter")
DEPARTMENTS = ["Økonomi $x$", "Børn & Unge", "Ældre", "<script>alert(1)</script>", "=cmd()"]
SIZES = [9, 8, 7, 7, 7]
SMALL = ["Små A", "Små B"]  # three people each, so they are pooled
GROUP = np.repeat([*DEPARTMENTS, *SMALL], [*SIZES, 3, 3])


def made_panel(seed: int, relation: str) -> Panel:
    """44 people in seven departments, three waves, more ties across in each, every tenth person silent."""
    rng = np.random.default_rng(seed)
    n = len(GROUP)
    same = GROUP[:, None] == GROUP
    waves = {}
    for label, cross in zip(LABELS, (0.05, 0.08, 0.12), strict=True):
        ties = (rng.random((n, n)) < np.where(same, 0.4, cross)).astype(float)
        ties[rng.random(n) < 0.1] = np.nan
        waves[label] = ties
    return Panel.from_arrays(waves, GROUP, relation=relation, ids=[f"k{i:03d}" for i in range(n)])


def made_study(folder: Path, titles: tuple[str, ...] = ("", "", "")) -> Study:
    """A study whose files are there to be hashed; the panels are made by hand."""
    for name in ("study.toml", "roster.csv", *(f"{label}.csv" for label in LABELS)):
        (folder / name).write_text(name, encoding="utf-8")
    waves = [
        WavePlan(label, date(2022, 1 + 5 * at, 3), file=f"{label}.csv", title=titles[at])
        for at, label in enumerate(LABELS)
    ]
    primary = Outcome("kontakt", "cross_density", ("før", "efter"))
    return Study(
        folder=folder,
        title="Ærø & <b>Ø</b>",
        language="da",
        design="pre-post",
        seed=7,
        min_cell_size=5,
        grouping="baseline",
        tolerate=(),
        files=FileFormat(),
        roster=RosterPlan("roster.csv"),
        waves=tuple(waves),
        relations=(RelationPlan("kontakt", question="Hvem har du talt med?"), RelationPlan("råd")),
        primary=primary,
        secondary=(
            replace(primary, measure="ei_index"),
            replace(primary, measure="cross_log_odds"),
            replace(primary, measure="cross_share"),
            replace(primary, relation="råd"),
        ),
    )


def made_results(folder: Path, titles: tuple[str, ...] = ("", "", ""), panel: Panel | None = None) -> Results:
    """Results of the plan on two made panels, of which the first can be given."""
    panels = {"kontakt": panel or made_panel(1, "kontakt"), "råd": made_panel(2, "råd")}
    study = made_study(folder, titles)
    reading = Reading(study, None, Findings())
    reading.panels |= panels
    nothing = pd.DataFrame(columns=ANSWERS)
    return results_of(Whole(reading, nothing, {}, {}, None, None), (), How(99, study.seed))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study"))


def points(ax) -> list[float]:
    """The estimates that a forest marks."""
    return [float(line.get_xdata()[0]) for line in ax.lines if len(line.get_xdata()) == 1]


def heads(ax) -> list[tuple[float, str]]:
    """Arrow heads at the edges: where they stand, and which end of a bar they stand for."""
    drawn = [c for c in ax.collections if str(c.get_gid()).startswith("beyond")]
    return [(float(c.get_offsets()[0][0]), c.get_gid()) for c in drawn]


def bands(ax) -> list[tuple[float, float]]:
    """The ends of hatched bands."""
    return [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches if bar.get_hatch()]


def intervals(ax) -> list[tuple[float, float]]:
    """The intervals that a forest draws, without the line at zero."""
    drawn = [line for line in ax.lines[1:] if len(line.get_xdata()) == 2 and line.get_linewidth() > 0]
    return [tuple(float(x) for x in line.get_xdata()) for line in drawn]


def shown(ax, k: int) -> np.ndarray:
    """The numbers behind the colours of a heat map."""
    return np.asarray(ax.collections[0].get_array()).reshape(k, k)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_change_is_drawn_at_every_level_in_colleagues(results: Results) -> None:
    change = results.primary.change
    ax = figures.plot_change(change, language="da")
    factor = change.natural[0] / change.estimate
    # Two departments are too small to be shown, so the mean over departments is not told.
    told = change.ladder[change.ladder["level"] != "department"]
    assert change.ladder["estimate"].isna().sum() == len(change.ladder) - len(told) == 1
    assert points(ax) == pytest.approx(list(told["estimate"] * factor))
    expected = (told[["low", "high"]] * factor).to_numpy().ravel()
    assert np.ravel(intervals(ax)) == pytest.approx(expected)
    person = list(change.ladder["level"]).index("person")
    assert intervals(ax)[person] == pytest.approx(change.natural[1:])
    words = [plain(text.get_text()) for text in ax.texts]
    assert words[person] == f"Personer (n = {change.n_people})"
    assert plain(ax.get_xlabel()) == "Ændring, kolleger pr. person\nStreger: 95 %-interval"
    low, high = ax.get_xlim()
    assert low < min(0, expected.min())
    assert high > expected.max()


def test_outcomes_are_drawn_by_unit_and_each_once(results: Results) -> None:
    units = forest.outcome_units(results)
    assert units == ["colleagues", "index", "log_odds", "points"]
    drawn = {unit: figures.plot_outcomes(results, unit, language="en") for unit in units}
    for unit, ax in drawn.items():
        members = [r.change for r in results.outcomes if scale(r.change)[1] == unit]
        assert points(ax) == pytest.approx([c.estimate * scale(c)[0] for c in members])
        assert plain(ax.get_xlabel()) == f"Change, {term('unit', unit)}\nLines: 95 % interval"
    first = " ".join(drawn["colleagues"].texts[0].get_text().split())
    assert (
        first
        == f"Primary: Ties across departments, kontakt, før → efter (n = {results.primary.change.n_people})"
    )
    assert any("Check: Ties within departments" in t.get_text() for t in drawn["colleagues"].texts)


def test_handlings_and_the_band_of_the_missing(results: Results) -> None:
    ax = figures.plot_handling(results, language="en")
    factor, _ = scale(results.primary.change)
    estimates = results.everybody.handling["estimate"].dropna() * factor
    assert points(ax) == pytest.approx(list(estimates))
    bounds = results.everybody.handling.iloc[-1]
    assert bands(ax) == [pytest.approx((bounds["low"] * factor, bounds["high"] * factor))]
    assert "Least to most favourable" in ax.texts[-1].get_text()


def test_an_estimate_without_interval_or_value_is_drawn_as_far_as_it_goes() -> None:
    nan = float("nan")
    rows = [("a", 9, 1.0, nan, nan), ("b", nan, nan, nan, nan), ("c", 9, 0.5, -np.inf, 2.0)]
    frame = pd.DataFrame(rows, columns=["label", "n", "estimate", "low", "high"])
    frame = frame.assign(alpha=0.1, kind="level", strong=False, unit="colleagues", title="Change")
    ax = figures.plot_change(frame)
    assert points(ax) == [1.0, 0.5]
    (one,) = intervals(ax)  # open to the left: to the edge, with an arrow head
    assert one == (pytest.approx(ax.get_xlim()[0]), 2.0)
    assert heads(ax) == [(pytest.approx(ax.get_xlim()[0]), "beyond -inf")]
    assert "not shown (few people, or no number)" in [text.get_text() for text in ax.texts]
    assert plain(ax.get_xlabel()).endswith("Lines: 90 % interval")


def test_a_band_wider_than_the_picture_ends_in_arrow_heads(results: Results) -> None:
    frame = forest.handling_frame(results, language="en")
    rows = frame["kind"] == "handling"
    frame.loc[rows, ["estimate", "low", "high"]] = [1.0, 0.0, 2.0]
    frame.loc[~rows, ["low", "high"]] = [-100.0, 100.0]
    ax = figures.plot_handling(frame)
    assert ax.get_xlim() == pytest.approx((-1.0 - 0.06 * 4, 3.0 + 0.06 * 4))
    assert heads(ax) == [(ax.get_xlim()[0], "beyond -100"), (ax.get_xlim()[1], "beyond 100")]
    frame.loc[~rows, ["low", "high"]] = [
        -3.0,
        100.0,
    ]  # out at one end only: 0.5 of the width 2 is left of zero
    assert [end for _, end in heads(figures.plot_handling(frame))] == ["beyond -3", "beyond 100"]
    frame.loc[~rows, ["low", "high"]] = [-2.0, 5.0]  # not much wider than the estimates: all of it is shown
    assert heads(figures.plot_handling(frame)) == []
    assert "not a confidence interval" in ax.get_xlabel().replace("\n", " ")


def test_forests_come_back_from_their_frames(results: Results) -> None:
    made = [
        (
            figures.plot_change,
            results.primary.change,
            forest.change_frame(results.primary.change, language="da"),
        ),
        (figures.plot_outcomes, results, forest.outcomes_frame(results, language="da")),
        (figures.plot_handling, results, forest.handling_frame(results, language="da")),
    ]
    for plot, source, frame in made:
        text = frame.to_json(orient="split", double_precision=15)
        again = pd.read_json(io.StringIO(text), orient="split")
        svgs = {style.as_bytes(plot(one, language="da"), "svg", "x") for one in (source, frame, again)}
        assert len(svgs) == 1


def test_figures_of_several_units_have_titles_of_their_own(results: Results) -> None:
    units = forest.outcome_units(results)
    titles = [figures.plot_outcomes(results, unit, language="da").get_title(loc="left") for unit in units]
    assert len(set(titles)) == len(units) > 1
    assert titles[0] == "Alle sammenligninger: kolleger pr. person"


def test_forests_in_words(results: Results) -> None:
    frame = (
        forest.change_frame(results.primary.change, language="da")
        .iloc[[2, 3]]
        .assign(
            estimate=[1.24, np.nan], low=[0.5, np.nan], high=[2.0, np.nan], label=["Personer", "Afdelinger"]
        )
    )
    said = figures_tests.alt_change(frame, "da")
    assert plain(said) == (
        "Ændringen med dens usikkerhed, kolleger pr. person. Streger: 95 %-interval. "
        "Personer: 1,2 (0,5 til 2,0); Afdelinger: –."
    )
    assert "ikke et konfidensinterval" in figures_tests.alt_handling(
        forest.handling_frame(results, language="da"), "da"
    )


def test_mixing_shows_per_cent_of_possible_ties(results: Results) -> None:
    ax = figures.plot_mixing(results, "efter", language="da")
    table = results.everybody.mixing["efter"].to_numpy() * 100
    assert shown(ax, len(table)) == pytest.approx(table)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[0].endswith("  1")
    assert names[-1] == f"(afdelinger samlet)  {len(table)}"
    assert [label.get_text() for label in ax.get_xticklabels()] == [str(k + 1) for k in range(len(table))]
    assert ax.texts[0].get_text() == f"{table[0, 0]:.0f}"
    assert ax.get_title(loc="right") == "Hvem nævner hvem: efter"
    assert plain(ax.get_ylabel()) == f"Fra (svarer), n = {results.primary.change.n_people}"
    assert not any(name in "".join(names) for name in SMALL)


def test_both_waves_share_one_colour_scale_and_the_change_has_its_own(results: Results) -> None:
    earlier, later, change = (
        figures.plot_mixing(results, wave).collections[0] for wave in ("før", "efter", ("før", "efter"))
    )
    assert earlier.get_clim() == later.get_clim()
    assert earlier.get_clim()[1] == pytest.approx(
        max(t.to_numpy().max() for t in results.everybody.mixing.values()) * 100
    )
    low, high = change.get_clim()
    assert low == -high
    difference = (results.everybody.mixing["efter"] - results.everybody.mixing["før"]).to_numpy() * 100
    assert np.asarray(change.get_array()).reshape(difference.shape) == pytest.approx(difference)


def test_the_change_of_a_panel_is_signed_and_on_joint_cells() -> None:
    panel = made_panel(1, "kontakt")
    ax = figures.plot_mixing(panel, ("før", "efter"))
    tables = [mixing_matrix(panel, w, normalized=True, waves=("før", "efter")) for w in ("før", "efter")]
    expected = ((tables[1] - tables[0]) * 100).to_numpy()
    assert shown(ax, len(expected)) == pytest.approx(expected)
    answered = np.all([panel.wave(label).observed.any(axis=1) for label in ("før", "efter")], axis=0)
    assert plain(ax.get_ylabel()) == f"From (answers), n = {answered.sum()}"
    signs = [text.get_text()[0] for text in ax.texts if text.get_text() not in ("0", "–")]
    assert set(signs) == {"+", "−"}


def test_an_unknown_wave_is_refused(results: Results) -> None:
    with pytest.raises(NetlearnError, match="one or two of"):
        figures.plot_mixing(results, "senere")


def test_many_departments_still_tell_less_from_more_without_colour() -> None:
    n = 2 * (figures.mixing.NUMBERED + 1)
    rng = np.random.default_rng(3)
    waves = {w: (rng.random((n, n)) < 0.3).astype(float) for w in ("a", "b")}
    panel = Panel.from_arrays(waves, [f"d{i // 2:02d}" for i in range(n)])
    ax = figures.plot_mixing(panel, ("a", "b"))
    values = ax.collections[0].get_array().ravel()
    shown = ["+" if v > 0 else "−" if v < 0 else "" for v in values]
    # seaborn writes no text where it is empty
    assert [t.get_text() for t in ax.texts if t.get_text()] == [s for s in shown if s]


def test_turnover_bars_are_the_counts(results: Results) -> None:
    ax = figures.plot_turnover(results, language="en")
    rows = results.everybody.turnover.loc[["cross", "within"]]
    widths = [[bar.get_width() for bar in bars] for bars in ax.containers]
    assert widths == [list(rows[flow]) for flow in ("kept", "formed", "dissolved")]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["Kept", "New", "Ended"]
    assert [t.get_text().replace("\n", " ") for t in ax.get_yticklabels()] == [
        "Across departments",
        "Within departments",
    ]
    hatches = [bars[0].get_hatch() for bars in ax.containers]
    assert len(set(hatches)) == 3  # grey print tells them apart
    frame = turnover(made_panel(1, "kontakt"), ("før", "efter"))
    again = figures.plot_turnover(frame)
    assert [[bar.get_width() for bar in bars] for bars in again.containers] == widths


def test_response_by_department_and_wave(results: Results) -> None:
    ax = figures.plot_response(results, language="da")
    frame = results.response
    for line, wave in zip(ax.lines, LABELS, strict=True):
        assert line.get_label() == wave
        assert list(line.get_xdata()) == pytest.approx(list(100 * frame.loc[frame["wave"] == wave, "share"]))
    assert len({line.get_marker() for line in ax.lines}) == len(LABELS)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[0] == "Alle (n = 44)"
    assert names[-1].startswith("(afdelinger samlet) (n = ")
    assert ax.get_xlabel() == "Andel, der svarede, %"
    assert len(figures.plot_response(response(made_panel(1, "kontakt"))).get_yticklabels()) == 8


def test_a_figure_goes_where_it_is_told(results: Results) -> None:
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert figures.plot_turnover(results, ax=left) is left
    assert figures.plot_change(results.primary.change, ax=right) is right
    assert figure.axes == [left, right]


def test_drawing_leaves_no_trace(results: Results) -> None:
    from matplotlib import pyplot

    before = mpl.rcParams.copy()
    ax = figures.plot_mixing(results)
    png = ax._repr_png_()
    assert png.startswith(b"\x89PNG")
    assert mpl.rcParams == before
    assert pyplot.get_fignums() == []


def test_figures_are_85_mm_wide(results: Results) -> None:
    for ax in (
        figures.plot_change(results.primary.change),
        figures.plot_mixing(results),
        figures.plot_response(results),
    ):
        assert ax.get_figure().get_figwidth() * 25.4 == pytest.approx(85)


def test_ticks_have_the_mark_of_the_language(results: Results) -> None:
    for language, mark in (("da", ","), ("en", ".")):
        ax = figures.plot_outcomes(results, "log_odds", language=language)
        ax.get_figure().draw_without_rendering()
        ticks = [t.get_text() for t in ax.get_xticklabels()]
        assert any(mark in t for t in ticks)
        assert not any({",": ".", ".": ","}[mark] in t for t in ticks)


def test_no_word_is_cut_by_the_edge_or_lies_on_another(results: Results) -> None:
    drawn = [
        figures.plot_change(results.primary.change, language="da"),
        figures.plot_response(results, language="da"),
    ]
    drawn += [
        figures.plot_mixing(results, ("før", "efter"), language="da"),
        figures.plot_turnover(results, language="da"),
    ]
    drawn += [figures.plot_handling(results, language="da"), figures.plot_outcomes(results, language="da")]
    for ax in drawn:
        figure = ax.get_figure()
        figure.draw_without_rendering()
        page = figure.bbox
        words = [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label, ax.title, ax._right_title]
        boxes = [w.get_window_extent() for w in words if w.get_text()]
        for box in boxes:
            assert box.x0 >= page.x0 - 1
            assert box.x1 <= page.x1 + 1
            assert box.y0 >= page.y0 - 1
            assert box.y1 <= page.y1 + 1
        labels = [w.get_window_extent() for w in ax.get_yticklabels() if w.get_text()]
        assert not any(a.overlaps(b) for a, b in pairwise(labels))


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_same_input_gives_the_same_bytes(results: Results, kind: str) -> None:
    first, second = (style.as_bytes(figures.plot_turnover(results), kind, "Title", "Words") for _ in range(2))
    assert first == second
    assert mpl.__version__.encode() not in first


def test_an_svg_has_a_title_real_text_and_no_date(results: Results) -> None:
    data = style.as_bytes(figures.plot_response(results), "svg", "Who & what", "In words")
    tree = ET.fromstring(data)
    svg = "{http://www.w3.org/2000/svg}"
    assert tree.find(f"{svg}title").text == "Who & what"
    words = {"".join(text.itertext()).strip() for text in tree.iter(f"{svg}text")}
    assert any("<script>alert(1)</script>" in word for word in words)
    assert any("Økonomi $x$" in word for word in words)
    assert not list(tree.iter(f"{svg}script"))
    assert b"dc:date" not in data


def test_series_differ_in_lightness_too() -> None:
    lightness = [
        sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(s), strict=True)) for s in style.SERIES[:2]
    ]
    assert abs(lightness[0] - lightness[1]) > 0.2
