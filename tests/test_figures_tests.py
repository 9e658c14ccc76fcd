"""Figures of scales and tests: what is on the Axes is what was counted by hand, in words of both languages."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.text import Text
from scipy import stats
from test_competence import HOW, _data, _small
from test_figures import made_results

from netlearn.analysis.against_null import against_null
from netlearn.analysis.compare import compare
from netlearn.analysis.competence_part import part_competence
from netlearn.analysis.detectable import detectable
from netlearn.analysis.measurement import part_measurement
from netlearn.analysis.trials import try_tests
from netlearn.errors import NetlearnError
from netlearn.figures import calibration, forest, gaps, power
from netlearn.figures import likert as likert_figure
from netlearn.figures import null as null_figure
from netlearn.figures.style import RC, as_bytes
from netlearn.inference.permute import result
from netlearn.outcomes.likert import likert
from netlearn.planning.simulate import simulate
from netlearn.planning.worlds import World, world
from netlearn.study.panel import Panel
from netlearn.wording import figures_power as power_words
from netlearn.wording import figures_scales as scale_words
from netlearn.wording import figures_tests as words
from netlearn.wording.numbers import HARD_SPACE

NAN = float("nan")
LONG = "Specialpædagogikkonsulentfunktionskoordinatoruddannelse <script>alert(1)</script> og $x$ =cmd() " * 3
SPACE = "\N{NO-BREAK SPACE}"


def spoken(ax: Axes) -> list[str]:
    """All words of a picture, with plain spaces."""
    found = [text.get_text() for text in ax.figure.findobj(Text)]
    return [text.replace(SPACE, " ").replace("\n", " ") for text in found if text.strip()]


def marks(ax: Axes, marker: str) -> list[tuple[float, bool]]:
    """Where a marker stands, and whether it is filled."""
    lines = [line for line in ax.lines if line.get_marker() == marker and len(line.get_xdata()) == 1]
    return [(float(line.get_xdata()[0]), line.get_markerfacecolor() != "white") for line in lines]


def saved(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame after a trip through JSON, as a report keeps it."""
    return pd.read_json(io.StringIO(frame.to_json(orient="split", double_precision=15)), orient="split")


def faults(ax: Axes) -> list[str]:
    """Words that lie on others or leave the picture."""
    import matplotlib as mpl

    with mpl.rc_context(RC):
        ax.figure.draw_without_rendering()
        page = ax.figure.bbox
        shown = [t for t in ax.figure.findobj(Text) if t.get_text().strip() and t.get_visible()]
        ticks = [a for axis in (ax.xaxis, ax.yaxis) for a in axis.get_majorticklabels()]
        low, high = sorted(ax.get_xlim())
        off = {id(t) for t in ax.xaxis.get_majorticklabels() if not low <= t.get_position()[0] <= high}
        boxes = [(t, t.get_window_extent()) for t in shown if id(t) not in off]
    assert len(boxes) > len(off & set(map(id, ticks)))
    found = [
        f"off the page: {t.get_text()}"
        for t, box in boxes
        if box.x0 < page.x0 - 1 or box.x1 > page.x1 + 1 or box.y0 < page.y0 - 1 or box.y1 > page.y1 + 1
    ]
    for (one, a), (other, b) in combinations(boxes, 2):
        wide, tall = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        if wide > 1 and tall > 1:
            found.append(f"{one.get_text()!r} on {other.get_text()!r}")
    return found


# -- gaps


def test_a_gap_has_both_levels_before_and_after() -> None:
    """Twelve people: required 5 then 6; able 3 then 4 for ten of them, 5 for two: 3 and 25/6. Closed by 1/6."""
    data = _small([[5, 6]] * 12, [[3, 4]] * 10 + [[3, 5]] * 2)
    part = part_competence(data, HOW)
    frame = gaps.gaps_frame(part, language="da")
    assert frame["label"].tolist() == ["Faglighed", "law", "talk"]
    assert frame["whole"].tolist() == [True, False, False]
    assert frame["n_people"].tolist() == [12] * 3
    assert frame["change"].tolist() == pytest.approx([1 / 6] * 3)
    ax = gaps.plot_gaps(part, language="da")
    assert marks(ax, "D") == [(5, False), (6, True)] * 3
    assert [x for x, _ in marks(ax, "o")] == pytest.approx([3, 25 / 6] * 3)
    said = spoken(ax)
    assert "2,00 → 1,83" in said
    # t of 12 closures with mean 1/6 and standard deviation sqrt(12 / 11 * 5 / 36): 2.201 * 0.3892 / sqrt(12) = 0.2473
    assert "+0,17 (−0,08 til 0,41)" in said
    assert "Samlet (n = 12)" in said
    assert "law (n = 12)" in said
    assert {"kan", "kræves", "Faglighed", "Gennemsnit, point på skalaen (1 til 7)"} <= set(said)
    assert not faults(ax)


def test_the_picture_of_gaps_comes_back_from_its_frame() -> None:
    part = part_competence(_data(), HOW)
    frame = gaps.gaps_frame(part, language="en")
    drawn = [as_bytes(gaps.plot_gaps(source), "svg", "x") for source in (part, frame, saved(frame))]
    assert drawn[0] == drawn[1] == drawn[2]


def test_a_scale_has_one_level_that_moves() -> None:
    data = _data()
    ax = gaps.plot_gaps(part_competence(data, HOW), "trust", language="en")
    rows = data.answers[data.answers["scale"] == "trust"]
    means = rows.groupby("wave")["value"].mean()
    assert [x for x, _ in marks(ax, "o")] == pytest.approx([means["before"], means["after"]])
    assert marks(ax, "D") == []
    assert [filled for _, filled in marks(ax, "o")] == [False, True]
    assert not faults(ax)
    with pytest.raises(NetlearnError, match="Faglighed, trust"):
        gaps.plot_gaps(part_competence(data, HOW), "other")


def test_gaps_of_few_people_are_a_dash_and_a_note() -> None:
    part = part_competence(_small([[5, 5]] * 4, [[3, 4]] * 4), HOW)
    frame = gaps.gaps_frame(part, language="da")
    assert frame[gaps.NUMBERS[:8]].isna().all(axis=None)
    ax = gaps.plot_gaps(saved(frame), language="da")
    assert marks(ax, "D") == marks(ax, "o") == []
    assert spoken(ax).count("vises ikke (få personer)") == 3
    assert any(text.startswith("Gennemsnit") and "Færre end 5 personer" in text for text in spoken(ax))
    assert "For få personer" in scale_words.alt_gaps(frame, "da")


@pytest.mark.parametrize("rows", [1, 21])
def test_gaps_with_long_names_and_a_hole(rows: int) -> None:
    frame = (
        gaps.gaps_frame(part_competence(_data(), HOW), language="da")
        .iloc[[0, *([1, 2] * 10)]]
        .reset_index(drop=True)
    )
    frame.loc[1, "label"] = LONG
    frame.loc[2, gaps.NUMBERS[:8]] = NAN
    ax = gaps.plot_gaps(frame.iloc[:rows], language="da")
    assert len(marks(ax, "D")) == 2 * (rows - (rows > 2))
    assert not faults(ax)
    assert rows == 1 or any(text.endswith("…") for text in spoken(ax))


def test_a_gap_in_words_for_those_who_do_not_see_it() -> None:
    data = _small([[5, 6]] * 12, [[3, 4]] * 10 + [[3, 5]] * 2)
    frame = gaps.gaps_frame(part_competence(data, HOW), language="da")
    assert scale_words.alt_gaps(frame, "da") == (
        "Faglighed, fra før til efter. Hos 12 personer gik det, der kræves, fra 5,00 til 6,00 og det, de kan, fra 3,00 "
        "til 4,17; gabet er mindsket med 0,17 (−0,08 til 0,41). I dens 2 dele: 0,17 til 0,17."
    )


def test_a_gap_that_grew_is_said_to_be_larger_by_a_positive_number() -> None:
    row = {"title": "T", "first": "a", "second": "b", "whole": True, "label": "x", "n_people": 20}
    row |= {"required_before": 4.0, "required_after": 4.0, "present_before": 3.0, "present_after": 2.5}
    grown = pd.DataFrame([row | {"change": -0.5, "low": -0.9, "high": -0.1}])
    assert scale_words.alt_gaps(grown).endswith("the gap is larger by 0.50 (0.10 to 0.90).")
    assert scale_words.alt_gaps(grown, "da").endswith("gabet er vokset med 0,50 (0,10 til 0,90).")
    smaller = pd.DataFrame([row | {"change": 0.5, "low": 0.1, "high": 0.9}])
    assert scale_words.alt_gaps(smaller).endswith("the gap is smaller by 0.50 (0.10 to 0.90).")
    score = pd.DataFrame([row | {"required_before": NAN, "change": -0.5, "low": -0.9, "high": -0.1}])
    assert scale_words.alt_gaps(score).endswith("change −0.50 (−0.90 to −0.10).")


# -- answers


def cells(ax: Axes) -> list[tuple[float, float, bool]]:
    """From where to where each cell of a bar goes, per cent from the middle, and whether it is hatched."""
    solid = [bar for bar in ax.patches if bar.get_linestyle() != "dotted" and bar.get_linestyle() != ":"]
    return [
        (round(bar.get_x(), 6), round(bar.get_x() + bar.get_width(), 6), bool(bar.get_hatch()))
        for bar in solid
    ]


def test_answers_lie_around_the_middle_of_the_scale() -> None:
    """Of ten: two at 1, one at 2, four at 3 (half of it at each side), three at 4, nobody at 5; later all at 5."""
    before = likert([[1], [1], [2], [3], [3], [3], [3], [4], [4], [4]], [1, 2, 3, 4, 5])
    after = likert([[5]] * 8 + [[NAN]] * 2, [1, 2, 3, 4, 5])
    source = {"før": before, "efter": after}
    frame = likert_figure.likert_frame(
        source, "Tillid", items=["Jeg tør"], levels={5.0: "helt enig"}, language="da"
    )
    ax = likert_figure.plot_likert(frame, language="da")
    earlier = [(-50, -30, True), (-30, -20, True), (-20, 20, False), (20, 50, False)]
    assert cells(ax) == [*earlier, (0, 100, False)]
    said = spoken(ax)
    assert [text for text in said if text.isdigit() and len(text) < 4][:5] == ["20", "10", "40", "30", "100"]
    assert {
        "n = 10",
        "n = 8",
        "Jeg tør",
        "Tillid",
        "helt enig",
        "% af dem, der svarede, fra skalaens midte",
    } <= set(said)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["før", "efter"]
    assert not faults(ax)
    assert scale_words.alt_likert(frame, "da").replace(SPACE, " ") == (
        "Tillid. før: 30 % af svarene ligger over skalaens midte i 1 af 1 spørgsmål (højst 10 svarede). efter: 100 % "
        "af svarene ligger over skalaens midte i 1 af 1 spørgsmål (højst 8 svarede)."
    )
    drawn = {
        as_bytes(likert_figure.plot_likert(one, language="da"), "svg", "x") for one in (frame, saved(frame))
    }
    assert len(drawn) == 1


def test_an_even_scale_has_no_middle_and_levels_of_one_name_stay_apart() -> None:
    found = likert([[1], [2], [3], [4]], [1, 2, 3, 4])
    frame = likert_figure.likert_frame({"x": found}, levels=dict.fromkeys([1.0, 4.0], "ved ikke"))
    ax = likert_figure.plot_likert(frame)
    assert cells(ax) == [(-50, -25, True), (-25, 0, True), (0, 25, False), (25, 50, False)]
    assert len({bar.get_facecolor() for bar in ax.patches}) == 4


def test_levels_of_few_people_are_a_box_apart_and_cannot_be_told() -> None:
    """Of 30: 3 at 1, 9 each at 2, 3 and 4. The three are hidden, and with them two more, so the mean gives nothing."""
    found = likert([[1]] * 3 + [[2]] * 9 + [[3]] * 9 + [[4]] * 9, [1, 2, 3, 4])
    frame = likert_figure.likert_frame({"x": found}, least=5, language="da")
    assert frame["share"].isna().sum() >= 2
    ax = likert_figure.plot_likert(frame, language="da")
    boxes = [bar for bar in ax.patches if bar.get_linestyle() in ("dotted", ":")]
    visible = frame["share"].sum()
    assert [bar.get_width() for bar in boxes] == pytest.approx([100 * (1 - visible)])
    assert boxes[0].get_x() > max(end for _, end, _ in cells(ax))
    assert "færre end 5 valgte" in " ".join(spoken(ax))
    few = likert_figure.likert_frame({"x": likert([[1]] * 4, [1, 2])}, least=5)
    assert few[["n", "share", "answered"]].isna().all(axis=None)
    nothing = likert_figure.plot_likert(few)
    assert len(nothing.patches) == 0
    assert "not shown (few people)" in spoken(nothing)
    assert not {"–"} & set(spoken(nothing))  # a dash alone gives no reason
    assert not any("Dotted" in text for text in spoken(nothing))  # there is no such box
    assert not faults(nothing)
    assert "not shown" in scale_words.alt_likert(few)


def test_published_answers_are_those_of_the_part() -> None:
    data = _data()
    part = part_measurement(data, HOW)
    frame = likert_figure.likert_frame(part, "can", "law", language="da")
    assert frame["item"].unique().tolist() == ["can1", "can2"]
    assert frame["wave"].unique().tolist() == ["før", "efter"]
    given = data.answers.query("scale == 'can' and item == 'can2' and wave == 'after'")["value"]
    counted = frame[(frame["item"] == "can2") & (frame["wave"] == "efter")].set_index("level")["n"].dropna()
    assert len(counted)
    assert counted.tolist() == [(given == level).sum() for level in counted.index]
    hidden = frame[frame["n"].isna()]
    assert len(hidden)
    ax = likert_figure.plot_likert(part, "can", language="da")
    assert not faults(ax)
    with pytest.raises(NetlearnError, match="need, can, trust, use"):
        likert_figure.plot_likert(part, "other")


@pytest.mark.parametrize("items", [1, 21])
def test_answers_to_long_questions_and_long_levels(items: int) -> None:
    rng = np.random.default_rng(4)
    levels = list(range(1, 8))
    waves = {w: likert(rng.integers(1, 8, (40, items)), levels) for w in ("før forløbet i 2022", "efter")}
    names = dict.fromkeys(
        map(float, levels), "hverken enig eller uenig, fordi spørgsmålet ikke passer til mit arbejde"
    )
    frame = likert_figure.likert_frame(waves, LONG[:90], items=[LONG] * items, levels=names, language="da")
    ax = likert_figure.plot_likert(frame, language="da")
    assert len(ax.get_yticks()) == 2 * items
    assert not faults(ax)


# -- null distributions


def bars(ax: Axes) -> list[tuple[float, float]]:
    """Middle and height of bars, the plain ones first."""
    return [(round(bar.get_x() + bar.get_width() / 2, 6), bar.get_height()) for bar in ax.patches]


def test_all_rearrangements_of_three_people_are_counted_one_by_one() -> None:
    """Three signs of 1, 1, 1: sums 3, 1 (three times), -1 (three times), -3. Observed 3: two of eight as far out."""
    sums = np.array([3.0, 1, 1, 1, -1, -1, -1, -3])
    ax = null_figure.plot_null(result(3.0, sums, True, "sign_flip"), language="en")
    assert bars(ax) == [(-3, 0), (-1, 3), (1, 3), (3, 0), (-3, 1), (-1, 0), (1, 0), (3, 1)]
    assert [bar.get_hatch() for bar in ax.patches] == [None] * 4 + ["//////"] * 4
    said = spoken(ax)
    assert "p = 0.250; all 8 rearrangements" in said
    assert "at least as far out as observed: 2 of 8" in said
    assert "Number of rearrangements" in said
    assert "observed 3.00" in said
    assert any("a coin toss for each person says whether it was up or down." in text for text in said)
    assert ax.lines[0].get_xdata()[0] == 3
    assert not faults(ax)


def test_draws_are_counted_in_bins_and_the_hatched_ones_are_p() -> None:
    draws = np.append(np.linspace(-2, 2, 997), [np.nan, np.nan])
    found = result(1.5, draws, False, "wave_swap_sender", "greater")
    frame = null_figure.null_frame(found, language="da")
    beyond = int((np.linspace(-2, 2, 997) >= 1.5).sum())
    assert frame["count"].sum() == 997
    assert frame["extreme"].sum() == beyond == 125
    assert found.p_value == (1 + beyond + 2) / 1000
    low, high = frame[["left", "right"]].to_numpy().T
    counted = [((draws >= a) & (draws < b)).sum() for a, b in zip(low[:-1], high[:-1], strict=True)]
    assert frame["count"].tolist()[:-1] == counted
    assert frame["undefined"].tolist() == [2] * len(frame)
    ax = null_figure.plot_null(saved(frame), language="da")
    assert "p = 0,128; 999 tilfældige udtræk, Monte Carlo-interval 0,107 til 0,149" in spoken(ax)
    assert "mindst så yderligt som det observerede: 127 af 999" in spoken(ax)
    assert any(text.startswith("Ændring divideret med sin standardfejl Hvis kun") for text in spoken(ax))
    assert not faults(ax)
    drawn = {
        as_bytes(null_figure.plot_null(one, language="da"), "svg", "x")
        for one in (found, frame, saved(frame))
    }
    assert len(drawn) == 1


def test_a_statistic_that_never_varies_or_has_no_draws() -> None:
    ax = null_figure.plot_null(result(0.0, np.zeros(99), False, "labels_permuted"))
    assert [height for _, height in bars(ax)] == [0, 99]
    assert not faults(ax)
    with pytest.raises(NetlearnError, match="no draws"):
        null_figure.plot_null(result(NAN, np.full(9, NAN), False, "sign_flip"))
    with pytest.raises(NetlearnError, match="cannot draw an object of type object"):
        null_figure.plot_null(object())


def test_a_long_name_of_a_statistic_and_an_observed_value_far_away() -> None:
    found = result(-12.0, np.random.default_rng(1).normal(size=999), False, "assignment_redrawn", "less")
    ax = null_figure.plot_null(found, LONG, language="da")
    low, high = ax.get_xlim()
    assert low < -12 < high
    assert not faults(ax)
    said = words.alt_null(null_figure.null_frame(found, "x", language="da"), "da").replace(SPACE, " ")
    assert "p = 0,001; 999 tilfældige udtræk, Monte Carlo-interval < 0,001 til 0,004" in said


def test_a_measure_against_a_null_model_is_drawn_on_its_own_scale() -> None:
    """p counts the distance from the mean; the picture has the values themselves."""
    rng = np.random.default_rng(2)
    panel = Panel.from_arrays(
        {w: (rng.random((30, 30)) < 0.2).astype(float) for w in "ab"}, np.arange(30) % 3
    )
    found = against_null(panel, "ei_index", "b", null="labels_permuted", draws=299, keep=True)
    frame = null_figure.null_frame(found, language="da")
    draws = found.result.values
    assert frame["left"].iloc[0] <= draws.min() < frame["right"].iloc[0]
    assert frame["left"].iloc[-1] < draws.max() <= frame["right"].iloc[-1] + 1e-12
    assert (frame["statistic"].iloc[0], frame["n_people"].iloc[0]) == ("E-I-indeks", 30)
    assert frame["extreme"].sum() + 1 == pytest.approx(found.p_value * 300)


# -- power


def tried(*rows: tuple[str, float, float, float], panels: int = 100) -> pd.DataFrame:
    """What `try_tests` would have found: test, share, and the ends of its interval."""
    frame = pd.DataFrame(rows, columns=["key", "rejected", "low", "high"]).set_index("key")
    return frame.assign(test="", verdict="", replications=panels)


def curves() -> dict[World, pd.DataFrame]:
    found = {0.0: (0.05, 0.02, 0.11), 2.0: (1.0, 0.96, 1.0), 1.0: (0.6, 0.5, 0.7)}
    made = {
        world("N2", 40, gained=at): tried(("default", *row), ("mcnemar", 1, 1, 1))
        for at, row in found.items()
    }
    return made | {world("N2", 26, gained=at): tried(("default", 0.1, 0.05, 0.2)) for at in (0.0, 1.0)}


def test_power_is_the_share_of_panels_at_each_true_change() -> None:
    """From 60 % at a change of 1 to 100 % at 2: 80 % in the middle, at 1.5."""
    ax = power.plot_power(curves(), language="da")
    first, second = [line for line in ax.lines if len(line.get_xdata()) > 2 or line.get_marker() == "s"]
    assert first.get_xdata().tolist() == pytest.approx([0, 1, 2])
    assert first.get_ydata().tolist() == pytest.approx([5, 60, 100])
    assert second.get_ydata().tolist() == pytest.approx([10, 10])
    band = next(c for c in ax.collections if isinstance(c, FillBetweenPolyCollection)).get_paths()[0].vertices
    assert {(0.0, 2.0), (0.0, 11.0), (1.0, 50.0), (1.0, 70.0), (2.0, 96.0)} <= {
        (round(float(x), 6), round(float(y), 6)) for x, y in band
    }
    assert any(np.allclose(line.get_ydata(), 80) for line in ax.lines)
    said = spoken(ax)
    assert {"n = 40: 80 % ved 1,5", "n = 26: under 80 % overalt"} <= set(said)
    assert any("p ≤ 0,05. 100 simulerede paneler bag hvert punkt" in text for text in said)
    assert not faults(ax)
    told = power_words.alt_power(power.power_frame(curves(), language="da"), "da").replace(SPACE, " ")
    assert "n = 40: 5 % ved en sand ændring på 0,00, 100 % ved 2,00." in told


def test_curves_of_worlds_with_as_many_people_are_told_apart() -> None:
    row = tried(("default", 0.9, 0.85, 0.95))
    worlds = [world("N1", 40, gained=1.0), world("N2", 40, gained=1.0), World(n=40, drift=0.7, effect=0.1)]
    frame = power.power_frame(dict.fromkeys(worlds, row))
    assert [name.replace(SPACE, " ") for name in frame["curve"]] == [
        "n = 40, N1: people differ in activity",
        "n = 40, N2: N1, and people drift",
        "n = 40, settings of one's own",
    ]
    ax = power.plot_power(frame)
    assert sum("at least 80 % throughout" in text for text in spoken(ax)) == 3
    assert not faults(ax)
    with pytest.raises(NetlearnError, match="default; got 'other'"):
        power.power_frame(dict.fromkeys(worlds, row), "other")
    with pytest.raises(NetlearnError, match="one world or more"):
        power.power_frame({})


def test_power_of_a_change_comes_from_its_standard_error() -> None:
    panel = simulate(world("A1", 40), 3).panel
    change = compare(panel, "cross_share", draws=0)
    frame = power.power_frame(change, language="da")
    assert frame["power"].iloc[0] == pytest.approx(0.05)
    assert frame["power"].is_monotonic_increasing
    at = frame["change"].iloc[30]
    over = 100 * change.se * stats.t.ppf(0.975, change.df)
    expected = stats.t.sf((over - at) / (100 * change.se), change.df) + stats.t.sf(
        (over + at) / (100 * change.se), change.df
    )
    assert frame["power"].iloc[30] == pytest.approx(expected)
    assert np.interp(detectable(change), frame["change"], frame["power"]) == pytest.approx(0.8, abs=0.002)
    assert frame["low"].isna().all()
    ax = power.plot_power(change, language="da")
    assert not [c for c in ax.collections if isinstance(c, FillBetweenPolyCollection)]
    said = spoken(ax)
    assert any("Beregnet af den sete standardfejl, ikke simuleret." in text for text in said)
    assert any("procentpoint" in text for text in said)
    assert not faults(ax)
    still = compare(
        Panel.from_arrays({w: np.zeros((6, 6)) for w in "ab"}, list("AAABBB")), "density", draws=0
    )
    with pytest.raises(NetlearnError, match="standard error"):
        power.power_frame(still)


# -- calibration


def test_false_alarms_stand_beside_what_is_promised() -> None:
    """Three tests in a world where nothing changes: too few, as promised within chance, too many."""
    found = tried(("default", 0.05, 0.02, 0.11), ("mcnemar", 0.3, 0.21, 0.4), ("qap_change", 0.0, 0.0, 0.036))
    source = {world("N2", 40): found, world("N3", 140): found}
    ax = calibration.plot_calibration(source, language="da")
    assert [x for x, _ in marks(ax, "o")] == pytest.approx([5, 5])
    assert [x for x, _ in marks(ax, "^")] == pytest.approx([30, 30])
    assert [x for x, _ in marks(ax, "v")] == pytest.approx([0, 0])
    spans = [
        line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linestyle() == "-"
    ]
    assert np.allclose(spans, [[2, 11], [2, 11], [21, 40], [21, 40], [0, 3.6], [0, 3.6]])
    said = spoken(ax)
    assert {"30,0 (21,0 til 40,0)", "McNemar på pilene på tværs", "flere end 5 %", "færre end 5 %"} <= set(
        said
    )
    assert [label.get_text().replace(SPACE, " ") for label in ax.get_yticklabels()] == [
        "N2, n = 40",
        "N3, n = 140",
    ] * 3
    assert any("N3: N1, og afdelinger har egne begivenheder." in text for text in said)
    assert any("100 simulerede paneler bag hver række" in text for text in said)
    assert not faults(ax)
    with pytest.raises(NetlearnError, match=r"gains 1\.00 colleagues"):
        calibration.plot_calibration({world("A1", 40): found})


def test_measured_false_alarms_are_those_of_the_table(root) -> None:
    table = pd.read_csv(root / "src" / "netlearn" / "inference" / "error_rates.csv")
    frame = calibration.calibration_frame(150, ["wave_swap"], language="da")
    assert frame["world"].tolist() == ["N0", "N1", "N2", "N3"]
    for row in frame.to_dict("records"):
        asked = table[(table["test"] == "wave_swap") & (table["n"] == 140) & (table["world"] == row["world"])]
        count, panels = (
            round(asked["rejection"].item() * asked["replications"].item()),
            asked["replications"].item(),
        )
        ends = stats.binomtest(count, panels).proportion_ci(method="exact")
        assert [row["rejected"], row["low"], row["high"]] == pytest.approx(
            [count / panels, ends.low, ends.high]
        )
        assert (row["people"], row["replications"], row["alpha"]) == (140, panels, 0.05)
    assert "t over afdelinger" in spoken(calibration.plot_calibration(language="da"))
    with pytest.raises(NetlearnError, match="got none"):
        calibration.calibration_frame(140, ["other"])


def test_pictures_of_trials_come_back_from_their_frames() -> None:
    null = world("N1", 26)
    made = try_tests(null, 3, draws=9)
    for frame, plot in (
        (power.power_frame(curves(), language="da"), power.plot_power),
        (
            calibration.calibration_frame({null: made, World(n=26, groups=5, drift=0.5): made}),
            calibration.plot_calibration,
        ),
    ):
        drawn = {as_bytes(plot(one, language="da"), "svg", "x") for one in (frame, saved(frame))}
        assert len(drawn) == 1
        assert not faults(plot(frame, language="da"))
    said = power_words.alt_calibration(frame).replace(SPACE, " ")
    assert said.startswith("How often a test says “changed” where nothing changed. Promised: 5")
    assert "3 simulated panels" in said


def test_nobody_who_answered_is_not_few() -> None:
    frame = likert_figure.likert_frame({"x": likert(np.full((12, 2), np.nan), (1, 2, 3))})
    assert "nobody answered" in scale_words.alt_likert(frame)
    assert "few" not in scale_words.alt_likert(frame)
    ax = likert_figure.plot_likert(frame)
    assert len(ax.patches) == 0  # nor a box of all that they did not say
    assert spoken(ax).count("n = 0") == 2
    assert not any("fewer" in text or "few people" in text for text in spoken(ax))
    some = likert_figure.likert_frame({"x": likert([[3, NAN]] * 12, (1, 2, 3))})
    said = scale_words.alt_likert(some).replace(SPACE, " ")
    assert "100 % of the answers are above the middle of the scale in 1 of 2 questions" in said


def test_an_outcome_says_what_of_it_has_draws(tmp_path: Path) -> None:
    primary = made_results(tmp_path).primary
    with pytest.raises(NetlearnError, match=r"OutcomeResult.*give its \.change"):
        null_figure.plot_null(primary)
    assert len(null_figure.plot_null(primary.change).patches)
    with pytest.raises(NetlearnError, match=r"OutcomeResult.*give its \.result"):
        null_figure.null_frame(replace(primary, result=result(1.0, np.arange(9.0), False, "sign_flip")))


# -- the level of an interval is that of the question


def test_an_interval_alone_is_told() -> None:
    row = {
        "label": "x",
        "kind": "outcome",
        "title": "T",
        "unit": "u",
        "alpha": 0.05,
        "n": 9.0,
        "strong": False,
    }
    told = words.alt_outcomes(pd.DataFrame([row | {"estimate": NAN, "low": 0.1, "high": 0.5}]))
    assert "x: – (0.1 to 0.5)" in told.replace("0.10", "0.1").replace("0.50", "0.5")


def test_lines_are_named_by_the_level_of_their_question(tmp_path: Path) -> None:
    results = made_results(tmp_path)
    one_sided = replace(results.primary.change, alternative="greater")
    asked = replace(results.primary.outcome, alternative="greater")
    other = replace(results, primary=replace(results.primary, result=one_sided, outcome=asked))
    frame = forest.outcomes_frame(other, "colleagues")
    assert sorted(set(frame["alpha"])) == [0.05, 0.1]
    assert (
        words.bars(frame.to_dict("records")).replace(HARD_SPACE, " ") == "Lines: 90 % interval, 95 % interval"
    )
    assert set(forest.change_frame(one_sided)["alpha"]) == {0.1}
    assert set(forest.change_frame(results.primary.change)["alpha"]) == {0.05}
