"""Figures of change: the numbers drawn are those of hand computations, and a kept frame draws the same picture."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text
from test_figures import GROUP, LABELS, made_panel, made_results

import netlearn as nl
from netlearn.analysis.competence_dose import Dose
from netlearn.analysis.exposure import Exposure
from netlearn.analysis.exposure_part import ExposurePart, RoomList
from netlearn.analysis.results import Results
from netlearn.analysis.shared_rooms import SharedRooms, without_few
from netlearn.figures import decomposition, dose, flows, response, roles, slopes, style, turnover
from netlearn.report import pictures
from netlearn.study.panel import Panel
from netlearn.wording import figures_change as words
from netlearn.wording import figures_dose as dose_words
from netlearn.wording import figures_parts as part_words

NAN = float("nan")
BEFORE = [(0, 1), (0, 2), (2, 3)]
AFTER = [(0, 1), (0, 3), (1, 2)]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study"))


def ties(pairs: list[tuple[int, int]], n: int = 4, *, both_ways: bool = False) -> np.ndarray:
    y = np.zeros((n, n))
    for i, j in pairs:
        y[i, j] = 1
        if both_ways:
            y[j, i] = 1
    return y


def small_panel(*, directed: bool = True) -> Panel:
    """Four people in two departments of two; one tie kept, two new and two ended."""
    waves = {
        "før": ties(BEFORE, both_ways=not directed),
        "efter": ties(AFTER, both_ways=not directed),
    }
    return Panel.from_arrays(waves, list("AABB"), directed=directed)


def kept(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as it comes back from a file of JSON."""
    rows = [{k: None if v != v else v for k, v in row.items()} for row in frame.to_dict("records")]
    return pd.DataFrame(json.loads(json.dumps(rows, allow_nan=False)))


def same_picture(first: Axes, second: Axes) -> bool:
    return style.as_bytes(first, "svg", "t") == style.as_bytes(second, "svg", "t")


def said(ax: Axes) -> list[str]:
    """All words in a picture but ticks, in one line each."""
    texts = [*ax.texts, ax.xaxis.label, ax.yaxis.label, ax._left_title]
    return [" ".join(t.get_text().split()) for t in texts if t.get_text()]


def words_of(ax: Axes) -> list[Text]:
    """Every word that is drawn; ticks beyond the ends of an axis are not."""
    ends = [sorted(ax.get_xlim()), sorted(ax.get_ylim())]
    ticks = [
        tick.label1
        for axis, (low, high) in zip((ax.xaxis, ax.yaxis), ends, strict=True)
        for tick in axis.get_major_ticks()
        if low <= tick.get_loc() <= high
    ]
    legend = ax.get_legend()
    found = [*ax.texts, *ticks, ax.xaxis.label, ax.yaxis.label, ax._left_title]
    found += legend.get_texts() if legend else []
    return [word for word in found if word.get_text().strip() and word.get_visible()]


def fits(ax: Axes, *, apart: bool = True) -> None:
    """No word is cut by the edge of the sheet, and none lies on another."""
    figure = ax.get_figure()
    figure.draw_without_rendering()
    page = figure.bbox
    boxes = [(word.get_text(), word.get_window_extent()) for word in words_of(ax)]
    for word, box in boxes:
        assert page.x0 - 1 <= box.x0 <= box.x1 <= page.x1 + 1, word
        assert page.y0 - 1 <= box.y0 <= box.y1 <= page.y1 + 1, word
    for (a, first), (b, second) in combinations(boxes if apart else [], 2):
        over = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert over < 1.5 or high < 1.5, (a, b)


# -- turnover and flows


def test_the_numbers_of_ties_are_counted_by_hand() -> None:
    frame = flows.flows_frame(small_panel())
    told = {(r["ties"], r["flow"]): r["count"] for r in frame.to_dict("records")}
    assert told == {
        ("cross", "kept"): 0,
        ("cross", "formed"): 2,
        ("cross", "dissolved"): 1,
        ("cross", "never"): 5,
        ("within", "kept"): 1,
        ("within", "formed"): 0,
        ("within", "dissolved"): 1,
        ("within", "never"): 2,
    }
    assert frame.drop_duplicates("ties")["cells"].tolist() == [8, 4]
    assert set(frame["n_people"]) == {4}
    assert set(frame["unit"]) == {"ties"}
    assert (frame["earlier"].iloc[0], frame["later"].iloc[0]) == ("før", "efter")


def test_ties_without_direction_are_pairs() -> None:
    frame = flows.flows_frame(small_panel(directed=False))
    assert set(frame["unit"]) == {"pairs"}
    assert frame.loc[frame["flow"] == "formed", "count"].tolist() == [2, 0]
    assert frame.drop_duplicates("ties")["cells"].tolist() == [4, 2]
    assert "Antal par med en forbindelse" in flows.plot_flows(frame, language="da").get_xlabel()


def bands(ax: Axes) -> list[float]:
    """Heights of the bands at their left end, widest first."""
    shapes = [p for p in ax.patches if isinstance(p, PathPatch) and p.get_fill()]
    ends = [p.get_path().vertices for p in shapes]
    return sorted((float(v[0][1] - v[-2][1]) for v in ends), reverse=True)


def test_every_flow_is_a_band_as_high_as_its_number_and_a_number() -> None:
    ax = flows.plot_flows(small_panel(), language="da")
    assert bands(ax) == pytest.approx([2, 1, 1, 1])
    numbers = [t.get_text() for t in ax.texts if t.get_bbox_patch() is not None]
    assert sorted(numbers) == ["0", "0", "1", "1", "1", "2"]
    heights = [p.get_height() for p in ax.patches if isinstance(p, Rectangle)]
    assert heights == pytest.approx([1, 2, 2, 2, 1, 2])  # across, within, no tie: left, then right
    names = said(ax)
    for text in ("På tværs af afdelinger 1", "På tværs af afdelinger 2", "Inden for afdelingerne 2"):
        assert text in names
    assert names.count("Ingen forbindelse 2") == 2
    assert "4 personer" in " ".join(ax.get_xlabel().split())
    fits(ax, apart=False)


def test_bands_leave_and_arrive_within_their_nodes() -> None:
    ax = flows.plot_flows(made_panel(1, "kontakt"), ("før", "efter"))
    left = [p for p in ax.patches if isinstance(p, Rectangle)]
    ends = [p.get_path().vertices for p in ax.patches if isinstance(p, PathPatch)]
    for at, nodes in ((0, left[:3]), (3, left[3:])):
        covered = sorted(float(v[at][1]) for v in ends)
        tops = [p.get_y() + p.get_height() for p in nodes]
        assert min(covered) >= min(p.get_y() for p in nodes) - 1e-9
        for top in tops:
            assert any(top == pytest.approx(c) for c in covered)


def test_flows_are_told_apart_without_colour() -> None:
    hatches = {p.get_hatch() for p in flows.plot_flows(small_panel()).patches if isinstance(p, PathPatch)}
    assert len(hatches) == 3


@pytest.mark.parametrize(("ties", "cells", "told"), [(0.0, 1.0, "0"), (0.0, 0.0, "–"), (np.nan, np.nan, "–")])
def test_nothing_at_all_is_drawn_and_said(ties: float, cells: float, told: str) -> None:
    table = nl.turnover(small_panel()).astype(float)
    table = table.mul(ties).assign(cells=table["cells"] * cells)
    ax = flows.plot_flows(table)
    assert bands(ax) == []
    numbers = [t.get_text() for t in ax.texts if t.get_bbox_patch() is not None]
    assert numbers == [told] * 6
    fits(ax)


def silent_panel() -> Panel:
    """Nine people in three departments, of whom nobody answered the second time."""
    first = np.zeros((9, 9))
    first[0, 3] = first[4, 8] = 1
    return Panel.from_arrays({"a": first, "b": np.full((9, 9), np.nan)}, list("AAABBBCCC"))


def test_of_silence_no_number_is_drawn_or_said() -> None:
    panel = silent_panel()
    for frame, plot, alt in (
        (turnover.turnover_frame(panel), turnover.plot_turnover, words.alt_turnover),
        (flows.flows_frame(panel), flows.plot_flows, words.alt_flows),
    ):
        assert frame["count"].isna().all()
        assert "nothing can be compared" in alt(frame)
        assert " 0" not in alt(frame)
        assert "nothing can be compared" in " ".join(plot(frame).get_xlabel().split())
    ax = turnover.plot_turnover(panel)
    assert [t.get_text() for t in ax.texts] == ["–"] * 6
    assert ax.get_xlim() == (0, 1)
    told = roles.roles_frame(panel)
    assert told[["earlier", "later", "earlier_people"]].isna().all(axis=None)
    assert "nothing can be compared" in part_words.alt_roles(told)
    assert "0" not in part_words.alt_roles(told)
    assert "b: nobody is known to have been there" in words.alt_response(response.response_frame(panel))


def test_a_mean_of_nobody_is_said_to_be_none() -> None:
    ties = np.zeros((8, 8))
    ties[0, 1] = 1
    frame = slopes.slopes_frame(Panel.from_arrays({"a": ties, "b": ties}, ["A"] * 8))
    assert "No mean: nobody was observed with anybody of another department." in words.alt_slopes(frame)
    assert "n\xa0=\xa00" not in words.alt_slopes(frame)


def test_a_few_ties_among_thousands_are_still_a_line() -> None:
    table = nl.turnover(small_panel()).astype(float)
    table.loc["within", "kept"] = 12_000
    ax = flows.plot_flows(table)
    lines = [p for p in ax.patches if isinstance(p, PathPatch) and not p.get_fill()]
    assert len(lines) == 3  # new and ended across, ended within
    assert all(line.get_linewidth() > 0.5 for line in lines)
    fits(ax)


def test_results_and_their_kept_frame_draw_the_same(results: Results) -> None:
    for make, plot in (
        (flows.flows_frame, flows.plot_flows),
        (turnover.turnover_frame, turnover.plot_turnover),
    ):
        frame = make(results, language="da")
        panel = make(made_panel(1, "kontakt"), ("før", "efter"), language="da")
        pd.testing.assert_frame_equal(frame, panel)
        ax = plot(results, language="da")
        assert same_picture(ax, plot(kept(frame), language="da"))
        fits(ax)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_words_for_flows_tell_every_number(language: str) -> None:
    frame = flows.flows_frame(small_panel(), language=language)
    told = words.alt_flows(frame, language)
    inside = {
        "en": "Across departments: 0 kept, 2 new, 1 ended.",
        "da": "På tværs af afdelinger: 0 bevaret, 2 nye, 1",
    }
    assert inside[language] in told
    assert "før" in told


# -- who answered


def test_the_kept_response_draws_the_same(results: Results) -> None:
    frame = response.response_frame(results, language="da")
    assert same_picture(
        response.plot_response(results, language="da"), response.plot_response(kept(frame), language="da")
    )
    assert frame["department"].iloc[0] == "Alle"
    assert "(afdelinger samlet)" in set(frame["department"])
    assert not frame["note"].any()


def test_a_department_called_all_keeps_its_name() -> None:
    y = np.array([[0, 1.0], [np.nan, 0]])
    frame = response.response_frame(Panel.from_arrays({"w": y}, ["all", "B"]), language="da")
    assert frame["department"].tolist() == ["Alle", "B", "all"]
    assert frame["share"].tolist() == [0.5, 0.0, 1.0]


def test_what_is_hidden_has_a_dash_and_a_note(results: Results) -> None:
    frame = response.response_frame(results, language="da")
    frame.loc[2, ["employed", "answered", "share"]] = NAN
    frame["note"] = "–: færre end 5 personer bag tallet, eller det ville røbe et sådant tal."
    ax = response.plot_response(kept(frame), language="da")
    assert [t.get_text() for t in ax.texts] == ["–"]
    assert "færre end 5 personer" in " ".join(ax.get_xlabel().split())
    fits(ax)
    assert words.alt_response(frame, "da").startswith("Hvem svarede. før: ")


def test_response_in_words_tells_everybody_and_the_ends(results: Results) -> None:
    frame = pd.DataFrame(
        {
            "wave": "w",
            "department": ["All", "A", "B"],
            "employed": [20.0, 10, 10],
            "answered": [15.0, 9, 6],
            "share": [0.75, 0.9, 0.6],
            "note": "",
        }
    )
    told = words.alt_response(frame).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "Who answered. w: 15 of 20 answered (75 %). By department 60 % to 90 %."


def test_results_that_hide_a_department_say_why(results: Results) -> None:
    table = results.response.copy()
    assert response.response_frame(results)["note"].eq("").all()
    table.loc[2, ["employed", "answered", "share"]] = None
    hidden = response.response_frame(replace(results, response=table))
    assert hidden["note"].unique().tolist() == [
        "–: fewer than 5 people behind the number, or it would give such a number away."
    ]


def test_the_legend_of_response_covers_nothing_on_axes_that_are_given(results: Results) -> None:
    figure = Figure(figsize=(85 / 25.4, 70 / 25.4), layout="constrained")
    ax = response.plot_response(results, ax=figure.subplots())
    figure.draw_without_rendering()
    assert ax.get_legend().get_window_extent().y0 >= ax.bbox.y1 - 1
    fits(ax)


def test_a_dash_where_nobody_was_has_a_reason_too() -> None:
    frame = response.response_frame(silent_panel(), language="da")
    assert frame["note"].unique().tolist() == ["–: ingen vides at have været der."]
    assert "ingen vides at have været der" in " ".join(response.plot_response(frame).get_xlabel().split())


# -- colleagues in other departments


def lines_of(ax: Axes, way: str) -> list[list[float]]:
    return [list(line.get_ydata()) for line in ax.lines if line.get_gid() == way]


def test_a_person_is_a_line_from_before_to_after() -> None:
    frame = slopes.slopes_frame(small_panel())
    persons = frame[frame["kind"] == "person"]
    assert persons[["before", "after"]].to_numpy().tolist() == [[0, 0], [0, 0], [0, 1], [1, 1]]
    mean = frame[frame["kind"] == "mean"].iloc[0]
    assert (mean["before"], mean["after"], mean["n_people"]) == (0.25, 0.5, 4)
    ax = slopes.plot_slopes(small_panel(), language="da")
    assert [len(lines_of(ax, way)) for way in ("up", "same", "down")] == [1, 3, 0]
    for way, change in (("up", 1.0), ("same", 0.0)):
        for before, after in lines_of(ax, way):
            assert after - before == pytest.approx(change)  # a shift moves the whole line
            assert abs(before - round(before)) <= slopes.JITTER
    starts = [line[0] for line in lines_of(ax, "same")]
    assert len(set(starts)) == 3  # people with the same numbers do not hide each other
    assert lines_of(ax, "mean")[0] == [0.25, 0.5]
    assert [t.get_text() for t in ax.get_legend().get_texts()][:3] == [
        "flere (1)",
        "lige så mange (3)",
        "færre (0)",
    ]
    fits(ax)


def test_bars_beside_count_people_by_colleagues() -> None:
    ax = slopes.plot_slopes(small_panel())
    bars = [(round(p.get_x()), p.get_width(), p.get_y() + p.get_height() / 2) for p in ax.patches]
    longest = max(abs(width) for _, width, _ in bars)
    told = [(side, round(3 * abs(width) / longest), middle) for side, width, middle in bars]
    assert told == [(0, 3, 0), (0, 1, 1), (1, 2, 0), (1, 2, 1)]
    assert [t.get_text() for t in ax.texts] == ["3", "1", "2", "2"]


def test_lines_are_told_apart_without_colour_and_the_same_each_time() -> None:
    panel = made_panel(1, "kontakt")
    ax = slopes.plot_slopes(panel, ("før", "efter"))
    strokes = {line.get_gid(): line.get_linestyle() for line in ax.lines if line.get_gid() in slopes.LOOK}
    assert len(set(strokes.values())) == 3
    assert same_picture(ax, slopes.plot_slopes(panel, ("før", "efter")))
    assert not same_picture(ax, slopes.plot_slopes(panel, ("før", "efter"), seed=1))
    fits(ax)


def test_the_interval_of_the_mean_is_that_of_the_figure_of_the_change() -> None:
    """One change has one interval, in whichever figure it stands."""
    panel = made_panel(1, "kontakt")
    change = nl.compare(panel, "cross_density", ("før", "efter"), draws=0)
    assert change.natural is not None
    ax = slopes.plot_slopes(panel, ("før", "efter"))
    span = lines_of(ax, "interval")[0]
    before = slopes.slopes_frame(panel, ("før", "efter"))["before"].iloc[0]
    assert np.subtract(span, before) == pytest.approx(change.natural[1:])
    assert ax.get_ylim()[1] > max(span)


def test_where_departments_differ_between_waves_the_interval_is_that_of_leaving_people_out() -> None:
    panel = made_panel(1, "kontakt")
    groups = panel.groups.copy()
    groups[-1, :12] = groups[-1, -1]
    moved = replace(panel, groups=groups, grouping="current")
    mean = slopes.slopes_frame(moved, ("før", "efter")).iloc[0]
    change = nl.compare(moved, "cross_out_degree", ("før", "efter"), draws=0)
    assert mean["after"] - mean["before"] == pytest.approx(change.estimate)
    assert (mean["low"], mean["high"]) == pytest.approx((change.low, change.high))


def by_hand(panel: Panel) -> dict[str, tuple[float, float, int]]:
    """Mean colleagues in other departments before and after, and people, of who answered both times."""
    waves = [panel.wave(label) for label in ("før", "efter")]
    group = np.array(panel.group_names)[panel.group("før")]
    both = waves[0].observed.any(axis=1) & waves[1].observed.any(axis=1)
    told = {}
    for name in ["all", *panel.group_names]:
        who = [i for i in np.flatnonzero(both) if name in ("all", group[i])]
        counts = [[w.ties[i][group != group[i]].sum() for i in who] for w in waves]
        told[name] = (float(np.mean(counts[0])), float(np.mean(counts[1])), len(who))
    return told


def test_results_show_departments_of_enough_people_and_the_mean_of_all(results: Results) -> None:
    frame = slopes.slopes_frame(results, language="da")
    assert set(frame["kind"]) == {"mean", "department"}
    assert frame["n_people"].min() >= 5
    hand = by_hand(results.panels["kontakt"])
    mean = frame.iloc[0]
    assert (mean["before"], mean["after"]) == pytest.approx(hand["all"][:2])
    assert mean["n_people"] == hand["all"][2]
    assert (mean["low"], mean["high"]) == pytest.approx(results.primary.change.natural[1:])
    parts = frame[frame["kind"] == "department"].set_index("label")
    alone = [name for name in parts.index if name in hand]
    assert len(alone) >= 3
    for name in alone:
        assert parts.loc[name, ["before", "after"]].tolist() == pytest.approx(hand[name][:2], abs=6e-4)
    assert "Små A" not in parts.index


def test_a_pair_without_direction_is_a_colleague_of_both(
    results: Results, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng = np.random.default_rng(5)
    n = len(GROUP)
    waves = {label: np.triu(rng.random((n, n)) < 0.1, 1).astype(float) for label in LABELS}
    waves = {label: upper + upper.T for label, upper in waves.items()}
    panel = Panel.from_arrays(waves, GROUP, relation="kontakt", directed=False)
    found = made_results(tmp_path_factory.mktemp("pairs"), panel=panel)
    mean = slopes.slopes_frame(found).iloc[0]
    across = GROUP[:, None] != GROUP
    hand = [float((waves[label] * across).sum(axis=1).mean()) for label in ("før", "efter")]
    assert (mean["before"], mean["after"]) == pytest.approx(hand)


def test_of_two_waves_the_people_behind_a_line_are_the_fewer(results: Results) -> None:
    table = results.measures.copy()
    later = (table["wave"] == "efter") & (table["level"] == "=cmd()")
    table.loc[later, "n_people"] = 5
    frame = slopes.slopes_frame(replace(results, measures=table)).set_index("label")
    assert frame.loc["=cmd()", "n_people"] == 5 < by_hand(results.panels["kontakt"])["=cmd()"][2]


def test_results_draw_a_line_and_a_name_for_each_department(results: Results) -> None:
    frame = slopes.slopes_frame(results, language="da")
    ax = slopes.plot_slopes(results, language="da")
    drawn = sum(len(lines_of(ax, way)) for way in slopes.LOOK)
    assert drawn == len(frame) - 1 == len(ax.texts)
    assert any("<script>" in t.get_text() for t in ax.texts)
    assert not ax.patches  # how many have how many could be solved for persons
    assert same_picture(ax, slopes.plot_slopes(kept(frame), language="da"))
    fits(ax)


def many_departments(k: int) -> pd.DataFrame:
    rng = np.random.default_rng(k)
    rows = [
        {"kind": "mean", "label": "", "before": 4.0, "after": 5.1, "n_people": 300.0, "low": 0.4, "high": 1.8}
    ]
    rows += [
        {"kind": "department", "label": f"Afdelingen for særligt lange navne nr. {i}", "n_people": 10.0}
        | {"before": rng.uniform(3, 5), "after": rng.uniform(4, 6), "low": NAN, "high": NAN}
        for i in range(k)
    ]
    ends = {"earlier": "Måling før kursusforløbet i foråret", "later": "Måling efter kursusforløbet"}
    return pd.DataFrame(rows).assign(level=0.95, note="", **ends)


@pytest.mark.parametrize("k", [1, 3, 12, 30])
def test_names_of_many_departments_stay_apart(k: int) -> None:
    ax = slopes.plot_slopes(many_departments(k), language="da")
    assert len(ax.texts) == k
    fits(ax)


def test_a_hidden_department_has_a_dash_and_no_line() -> None:
    frame = many_departments(3)
    frame.loc[2, ["before", "after", "n_people"]] = NAN
    frame["note"] = "–: færre end 5 personer bag tallet, eller det ville røbe et sådant tal."
    ax = slopes.plot_slopes(kept(frame), language="da")
    assert sum(len(lines_of(ax, way)) for way in slopes.LOOK) == 2
    assert [t.get_text()[0] for t in ax.texts].count("–") == 1
    assert "færre end 5" in " ".join(ax.get_xlabel().split())
    assert "nr. 1" not in words.alt_slopes(frame, "da")
    fits(ax)


def test_places_move_apart_as_little_as_can_be() -> None:
    assert slopes._apart(np.array([0.0, 5.0]), 1.0).tolist() == [0, 5]
    assert slopes._apart(np.array([1.0, 1.0, 1.0]), 1.0).tolist() == pytest.approx([0, 1, 2])
    assert slopes._apart(np.array([0.0, 0.2, 3.0]), 1.0).tolist() == pytest.approx([-0.4, 0.6, 3])
    assert slopes._apart(np.array([]), 1.0).tolist() == []


def test_slopes_in_words() -> None:
    told = words.alt_slopes(slopes.slopes_frame(small_panel()), "da").replace("\N{NO-BREAK SPACE}", " ")
    assert "Gennemsnit af alle 0,2 → 0,5: +0,2" in told
    assert "Af 4 personer har 1 flere, 3 lige så mange og 0 færre end før." in told


# -- parts of a change


def mover() -> Panel:
    """The only tie becomes one across because a person moves to the other department."""
    y = ties([(0, 1)])
    return Panel.from_arrays({"a": y, "b": y}, {"a": list("AABB"), "b": list("BABB")})


def steps(ax: Axes) -> dict[str, tuple[float, float]]:
    """Where the bar of each row starts and ends, by the first words of its label."""
    names = [" ".join(t.get_text().split()).split(" (")[0] for t in ax.get_yticklabels()]
    return {
        names[round(p.get_y() + p.get_height() / 2)]: (p.get_x(), p.get_x() + p.get_width())
        for p in ax.patches
    }


def test_a_move_is_the_whole_change_from_minus_one_to_one() -> None:
    frame = decomposition.decomposition_frame(mover())
    assert frame["kind"].tolist() == ["level", *["part"] * 6, "level"]
    assert frame["value"].tolist() == pytest.approx([-1, 0, 0, 0, 2, 0, 0, 1])
    ax = decomposition.plot_decomposition(mover())
    assert steps(ax) == {"People moved to another department": pytest.approx((-1, 1))}
    told = [t.get_text() for t in ax.texts]
    assert told == ["−1.00", "0.00", "0.00", "0.00", "+2.00", "0.00", "0.00", "1.00"]
    assert "People moved to another department (1 person)" in [
        " ".join(t.get_text().split()) for t in ax.get_yticklabels()
    ]
    fits(ax)


def test_a_share_is_told_in_per_cent() -> None:
    ax = decomposition.plot_decomposition(mover(), "cross_share", language="da")
    assert steps(ax) == {"Folk skiftede afdeling": pytest.approx((0, 100))}
    assert [t.get_text() for t in ax.texts][4] == "+100,0"
    assert "% af alle" in " ".join(ax.get_xlabel().split())


def test_each_step_starts_where_the_one_before_it_ended() -> None:
    panel = made_panel(1, "kontakt")
    frame = decomposition.decomposition_frame(panel, waves=("før", "efter"))
    assert frame["start"].to_numpy()[1:] == pytest.approx(frame["end"].to_numpy()[:-1])
    told = {}
    for label in ("før", "efter"):
        wave, group = panel.wave(label), panel.group(label)
        y, other = np.nan_to_num(wave.ties) * wave.observed, group[:, None] != group
        told[label] = (y[other].sum() - y[~other].sum()) / y.sum()
    assert frame["value"].iloc[[0, -1]].tolist() == pytest.approx(list(told.values()))


def test_parts_alone_start_at_zero_and_end_at_the_total() -> None:
    ax = decomposition.plot_decomposition(nl.decompose(mover()))
    assert steps(ax) == {
        "People moved to another department": pytest.approx((0, 2)),
        "Change in all": pytest.approx((0, 2)),
    }
    fits(ax)


@pytest.mark.parametrize("alone", [True, False])
def test_what_cannot_be_computed_is_a_dash(alone: bool) -> None:
    panel = Panel.from_arrays({"a": ties([]), "b": ties([(0, 2)])}, list("AABB"))
    ax = decomposition.plot_decomposition(nl.decompose(panel) if alone else panel, language="da")
    told = [t.get_text().strip() for t in ax.texts]
    assert told.count("–") == 7
    assert told[-1] == ("–" if alone else "1,00")
    assert not ax.patches
    assert "–: kan ikke beregnes." in ax.get_xlabel()
    fits(ax)


def test_the_kept_parts_draw_the_same_and_directions_differ_without_colour() -> None:
    panel = made_panel(3, "kontakt")
    frame = decomposition.decomposition_frame(panel, language="da")
    ax = decomposition.plot_decomposition(panel, language="da")
    assert same_picture(ax, decomposition.plot_decomposition(kept(frame), language="da"))
    looks = {p.get_width() > 0: p.get_hatch() for p in ax.patches}
    assert looks[True] != looks.get(False, "////")
    told = part_words.alt_decomposition(frame, "da")
    assert told.startswith("E-I-indekset: ændringen delt op. før −")
    fits(ax)


# -- roles


def four() -> Panel:
    """Before, 0 -> 1 -> 2; after, the ring 0 -> 1 -> 2 -> 0 and 2 -> 3. Two people in A, one in B, one in C."""
    return Panel.from_arrays(
        {"a": ties([(0, 1), (1, 2)]), "b": ties([(0, 1), (1, 2), (2, 0), (2, 3)])}, list("AABC")
    )


def brokered(y: np.ndarray, group: np.ndarray, able: np.ndarray | None = None) -> np.ndarray:
    """Pairs of each role by loops over people: (n, 5); a -> b -> c with a -> c seen to be missing (NaN = not seen)."""
    n = len(y)
    counts = np.zeros((n, 5))
    for a, b, c in permutations(np.arange(n) if able is None else np.flatnonzero(able), 3):
        if (y[a, b], y[b, c], y[a, c]) == (1, 1, 0):
            same = (group[a] == group[b], group[b] == group[c], group[a] == group[c])
            role = {(1, 1, 1): 0, (0, 0, 1): 1, (1, 0, 0): 2, (0, 1, 0): 3, (0, 0, 0): 4}[same]
            counts[b, role] += 1
    return counts


def test_roles_are_counted_by_hand() -> None:
    frame = roles.roles_frame(four()).set_index("role")
    assert list(frame.index) == [
        "coordinator",
        "itinerant",
        "representative",
        "gatekeeper",
        "liaison",
        "total",
    ]
    assert frame["earlier"].tolist() == [0, 0, 1, 0, 0, 1]
    assert frame["later"].tolist() == [0, 1, 1, 1, 1, 4]
    assert frame["earlier_people"].tolist() == [0, 0, 1, 0, 0, 1]
    assert frame["later_people"].tolist() == [0, 1, 1, 1, 1, 3]  # one person is itinerant and liaison
    assert set(frame["n_people"]) == {4}
    # 12 triples are of three departments and 4 of each of the other roles; d = 2/12, then 4/12.
    assert frame["earlier_expected"].tolist() == pytest.approx([x * 5 / 216 for x in (0, 4, 4, 4, 12, 24)])
    assert frame["later_expected"].tolist() == pytest.approx([x * 2 / 27 for x in (0, 4, 4, 4, 12, 24)])


def test_chance_is_that_of_every_network_of_four() -> None:
    """All 4096 networks, each as likely as 4 ties of 12 cells make it."""
    group, cells = np.array(list("AABC")), [(i, j) for i in range(4) for j in range(4) if i != j]
    triples = [(a, b, c) for a, b, c in permutations(range(4), 3) if len({group[a], group[b], group[c]}) == 3]
    mean = square = 0.0
    for bits in product((0, 1), repeat=12):
        y = dict(zip(cells, bits, strict=True))
        many = sum(y[a, b] and y[b, c] and not y[a, c] for a, b, c in triples)
        chance = (1 / 3) ** sum(bits) * (2 / 3) ** (12 - sum(bits))
        mean, square = mean + chance * many, square + chance * many**2
    row = roles.roles_frame(four()).set_index("role").loc["liaison"]
    sd = (square - mean**2) ** 0.5
    assert row["later_high"] == pytest.approx(mean + 2 * sd)
    assert row["later_low"] == max(0, mean - 2 * sd) == 0


def test_roles_are_drawn_from_before_to_after() -> None:
    ax = roles.plot_roles(four(), language="da")
    links = [
        list(line.get_xdata())
        for line in ax.lines
        if line.get_color() == style.BLUE and len(line.get_xdata()) == 2
    ]
    assert links == [[0, 0], [0, 1], [1, 1], [0, 1], [0, 1]]
    told = said(ax)
    assert "Forbindelsesled: mellem to andre afdelinger (0 → 1 person)" in told
    assert [t for t in told if t.startswith("1 (")] == ["1 (+1)", "1 (0)", "1 (+1)", "1 (+1)"]
    bars = [(p.get_x(), p.get_x() + p.get_width()) for p in ax.patches if np.isfinite(p.get_width())]
    frame = roles.roles_frame(four())
    wanted = [
        (r[f"{e}_low"], r[f"{e}_high"]) for r in frame.to_dict("records")[:5] for e in ("earlier", "later")
    ]
    assert bars == [pytest.approx(pair) for pair in wanted]
    assert "Blandt 4 personer, der svarede hver gang. Alle roller: 1 → 4." in " ".join(
        ax.get_xlabel().split()
    )
    assert same_picture(ax, roles.plot_roles(kept(frame), language="da"))
    fits(ax)


def test_roles_are_counted_among_people_who_answered_both_times() -> None:
    panel = made_panel(1, "kontakt")
    frame = roles.roles_frame(panel, ("før", "efter"))
    waves = [panel.wave(label) for label in ("før", "efter")]
    able = np.all([w.observed.any(axis=1) for w in waves], axis=0)
    for end, wave in zip(("earlier", "later"), waves, strict=True):
        counts = brokered(wave.ties, panel.group(), able)
        assert frame[end].tolist() == [*counts.sum(axis=0), counts.sum()]
        assert frame[f"{end}_people"].tolist()[:5] == (counts > 0).sum(axis=0).tolist()
    assert set(frame["n_people"]) == {able.sum()}


@pytest.mark.parametrize("waves", [("a", "b"), ("b", "c")])
def test_the_words_of_roles_are_of_the_people_they_name(waves: tuple[str, str]) -> None:
    """Three waves; person 4 never answers, person 0 not in the wave that is not asked for."""
    rng, group = np.random.default_rng(4), np.array(list("AAABBBCC"))
    given = {w: (rng.random((8, 8)) < 0.4).astype(float) for w in "abc"}
    for y in given.values():
        np.fill_diagonal(y, NAN)
        y[4] = NAN
    given[next(iter({"a", "b", "c"} - set(waves)))][0] = NAN
    panel = Panel.from_arrays(given, group)
    able = np.all([(~np.isnan(given[w])).any(axis=1) for w in waves], axis=0)
    assert able.sum() == 7
    before, after = (int(brokered(given[w], group, able).sum()) for w in waves)
    said = " ".join(roles.plot_roles(panel, waves).get_xlabel().split())
    assert f"Among 7 people who answered each time. All roles: {before} → {after}." in said


def test_ties_without_direction_have_no_chance() -> None:
    y = ties([(0, 1), (1, 2)], both_ways=True)
    panel = Panel.from_arrays({"a": y, "b": y}, list("AABC"), directed=False)
    frame = roles.roles_frame(panel)
    assert frame["later"].tolist() == [0, 0, 1, 1, 0, 2]
    assert frame["later_high"].isna().all()
    ax = roles.plot_roles(panel)
    assert "Grey" not in ax.get_xlabel()
    assert not ax.patches
    fits(ax)


def test_the_table_of_role_changes_is_drawn_without_chance() -> None:
    frame = roles.roles_frame(nl.role_changes(four()), language="da")
    assert frame["later"].tolist() == [0, 1, 1, 1, 1, 4]
    assert frame["later_people"].tolist() == [0, 1, 1, 1, 1, 3]
    assert (frame["first"].iloc[0], frame["second"].iloc[0]) == ("Før", "Efter")
    ax = roles.plot_roles(nl.role_changes(four()), ("Uge 3", "Uge 49"))
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["Uge 3", "Uge 49"]
    assert "All roles: 1 → 4." in ax.get_xlabel()
    fits(ax)


def test_a_hidden_role_says_so_and_long_names_fit() -> None:
    frame = roles.roles_frame(four())
    frame.loc[4, ["earlier", "earlier_people"]] = NAN
    frame = frame.assign(first="Måling før kursusforløbet i efteråret 2021", second="<script> $x$ =cmd()")
    ax = roles.plot_roles(kept(frame), language="da")
    assert [t.get_text() for t in ax.texts].count("vises ikke (få personer, eller intet tal)") == 1
    told = "Forbindelsesled: mellem to andre afdelinger vises ikke (få personer, eller intet tal)."
    assert told in part_words.alt_roles(frame, "da")
    fits(ax)


# -- dose


def six(rooms: list[list[int]] | np.ndarray) -> Exposure:
    """The panel of `test_exposure.test_hand_computed_panel`: 2 of 20 new ties apart, 3 of 9 together."""
    before = ties([(0, 1)], 6)
    after = ties([(0, 1), (1, 0), (2, 3), (3, 4), (0, 3), (4, 2)], 6)
    panel = Panel.from_arrays({"before": before, "after": after}, list("aaabbb"))
    return nl.compare_exposure(panel, np.array(rooms), draws=19)


ROOMS = [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1], [0, 0, 1]]


def dots(ax: Axes) -> list[tuple[float, float]]:
    return [(float(m.get_xdata()[0]), float(m.get_ydata()[0])) for m in ax.lines if m.get_marker() == "o"]


def band(ax: Axes) -> list[tuple[float, float]]:
    """The corners of the band."""
    (shape,) = ax.collections
    return sorted({(round(float(x), 6), round(float(y), 6)) for x, y in shape.get_paths()[0].vertices})


def test_shares_of_new_ties_and_the_line_of_the_model() -> None:
    found = six(ROOMS)
    frame = dose.dose_frame(found, "<hold>")
    assert frame["rooms"].tolist() == ["0", "1"]
    assert frame["value"].tolist() == pytest.approx([10, 100 / 3])
    assert frame["n"].tolist() == [20, 9]
    assert not [name for name in frame if "people" in name and name != "n_people"]
    ax = dose.plot_dose(found, "<hold>")
    assert dots(ax) == [(0, pytest.approx(10)), (1, pytest.approx(100 / 3))]
    assert not ax.collections  # of so few people the model has no interval
    assert [t.get_text() for t in ax.get_xticklabels()] == ["0\nn\xa0=\xa020", "1\nn\xa0=\xa09"]
    told = " ".join(ax.get_xlabel().split())
    assert told.startswith("Shared rooms: <hold> n: possible new ties, before → after.")
    assert "for sharing a room" in told
    assert "Describes these people only." in told  # six people
    assert "No lot decided" in told
    fits(ax)


def many_rooms(most: int = 5) -> Exposure:
    rng = np.random.default_rng(5)
    y = (rng.random((2, 16, 16)) < 0.3).astype(float)
    panel = Panel.from_arrays({"before": y[0], "after": y[1]}, list("abcd" * 4))
    met = np.zeros((16, 16))
    for pair, many in (((0, 1), 1), ((2, 3), 2), ((4, 5), 3), ((6, 7), 5)):
        met[pair] = met[pair[::-1]] = min(many, most)
    return nl.compare_exposure(panel, met, draws=19)


def test_the_line_ends_where_the_number_of_rooms_is_no_longer_exact() -> None:
    found = many_rooms()
    frame = dose.dose_frame(found)
    assert frame["rooms"].tolist() == ["0", "1", "2", "3+"]
    row, start = found.row("regression", "per_room"), frame["value"][0]
    ax = dose.plot_dose(found, language="da")
    assert (2, round(start + 2 * row["high"], 6)) in band(ax)
    assert max(x for x, _ in band(ax)) == 2
    assert "hver gang parret har én mere til fælles" in " ".join(ax.get_xlabel().split())
    assert same_picture(ax, dose.plot_dose(kept(frame), language="da"))
    fits(ax)


def test_where_nobody_shared_two_the_line_tells_those_who_shared_from_those_who_did_not() -> None:
    found = many_rooms(most=1)
    row, ax = found.row("regression", "later_tie"), dose.plot_dose(found)
    start = 100 * found.dose["formation"].iloc[0]
    assert band(ax) == sorted(
        (x, round(start + x * row[end], 6)) for x, end in [(0, "low"), (1, "low"), (1, "high")]
    )
    (line,) = [m for m in ax.lines if m.get_linestyle() == "--"]
    assert list(line.get_ydata()) == pytest.approx([start, start + row["estimate"]])
    assert "for sharing a room" in " ".join(ax.get_xlabel().split())


def test_groups_of_few_people_are_dashes_and_cannot_be_worked_out() -> None:
    found = without_few(many_rooms(), 5)  # two people in each group
    rooms = SharedRooms(found, "moduler", "shared_rooms", ("før", "efter"), assigned=False, alpha=0.05)
    part = ExposurePart((RoomList("m", "moduler", rooms, "not_planned", pd.DataFrame()),), 5)
    frame = dose.dose_frame(part, "moduler")
    assert frame["value"].isna().tolist() == [False, True, True, True]
    assert frame["n"].isna().tolist() == [False, True, True, True]
    ax = dose.plot_dose(part, language="da")
    assert [t.get_text() for t in ax.texts].count("–") == 3
    assert [t.get_text() for t in ax.get_xticklabels()][1:] == ["1\n–", "2\n–", "3+\n–"]
    assert "–: færre end 5 personer bag tallet" in ax.get_xlabel()
    assert "1: –; 2: –; 3+: –." in dose_words.alt_dose(frame, "da")
    assert "few people are behind it" in dose.plot_dose(rooms).get_xlabel()
    assert pictures.of_rooms(part, "da") == ()  # one point is no picture
    fits(ax)


def test_lists_are_chosen_by_title_and_must_compare_something() -> None:
    one = SharedRooms(six(ROOMS), "hold", "shared_rooms", ("før", "efter"), assigned=True, alpha=0.05)
    none = replace(one, found=None, attendance="alle")
    lists = [RoomList(o.attendance, o.attendance, o, "not_planned", pd.DataFrame()) for o in (none, one)]
    part = ExposurePart(tuple(lists), 2)
    assert set(dose.dose_frame(part)["title"]) == {"hold"}
    with pytest.raises(nl.NetlearnError, match="title must be one of hold; got 'alle'"):
        dose.dose_frame(part, "alle")
    with pytest.raises(nl.NetlearnError, match="nothing to compare"):
        dose.dose_frame(none)
    (picture,) = pictures.of_rooms(part, "da")
    assert (picture.name, picture.kind, len(picture.frame)) == ("rooms-dose-1", "dose", 2)


def closure(hidden: bool = False) -> Dose:
    """Twelve people: rooms 0, 1, 2, 3+ in threes, closure 0, 1, 2, 3 less or more a half; exactly in step."""
    taken = np.repeat([0.0, 1, 2, 4], 3)
    closed = np.minimum(taken, 3) + np.tile([-0.5, 0, 0.5], 4)
    half = 4.302653 * 0.5 / 3**0.5  # t of 2 degrees of freedom
    rows = [(str(k) if k < 3 else "3+", 3.0, float(k), k - half, k + half) for k in range(4)]
    groups = pd.DataFrame(rows, columns=["rooms", "n_people", "closure", "low", "high"])
    if hidden:
        groups.loc[[1, 2], ["n_people", "closure", "low", "high"]] = NAN
    return Dose(
        "moduler",
        "krav og kunnen",
        groups,
        nl.partial_association(taken, closed, kind="spearman", draws=99),
        0.05,
        3,
    )


def test_closure_by_rooms_attended_has_an_interval_at_each_point() -> None:
    source = closure()
    ax = dose.plot_dose(source, language="da")
    assert dots(ax) == [(k, pytest.approx(k)) for k in range(4)]
    spans = [line.get_ydata() for line in ax.lines if line.get_marker() == "_"]
    assert [float(high - low) for low, high in spans] == pytest.approx([2 * 4.302653 * 0.5 / 3**0.5] * 4)
    told = " ".join(ax.get_xlabel().split())
    # Ranks of closure: -.5 0 .5 | .5 1 1.5 | 1.5 2 2.5 | 2.5 3 3.5, those that meet share theirs.
    closed = [1, 2, 3.5, 3.5, 5, 6.5, 6.5, 8, 9.5, 9.5, 11, 12]
    r = np.corrcoef(np.repeat([2.0, 5, 8, 11], 3), closed)[0, 1]
    assert f"Rangkorrelation +{r:.2f}".replace(".", ",") in told
    assert "De, der deltog mest, kan have haft andre grunde" in told
    assert not ax.collections  # nothing is fitted
    assert same_picture(ax, dose.plot_dose(kept(dose.dose_frame(source)), language="da"))
    fits(ax)


def test_hidden_groups_of_closure_are_dashes_and_the_report_shows_two_points_or_none() -> None:
    hidden = closure(hidden=True)
    ax = dose.plot_dose(hidden)
    assert dots(ax) == [(0, pytest.approx(0)), (3, pytest.approx(3))]
    assert [t.get_text() for t in ax.texts].count("–") == 2
    assert "+3.00" in [t.get_text() for t in ax.texts]
    few = replace(
        hidden, groups=hidden.groups.assign(n_people=[3.0, NAN, NAN, NAN], closure=[0.0, NAN, NAN, NAN])
    )
    assert [p.name for p in pictures.of_doses((few, hidden), "da")] == ["competence-dose-1"]
    fits(ax)
