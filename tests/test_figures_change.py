"""Figures of change: the numbers drawn are those of hand computations, and a kept frame draws the same picture."""

from __future__ import annotations

import json
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text
from test_figures import made_panel, made_results

import netlearn as nl
from netlearn.analysis.results import Results
from netlearn.figures import decomposition, flows, response, slopes, style, turnover
from netlearn.study.panel import Panel
from netlearn.wording import figures_change as words
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


@pytest.mark.parametrize("value", [0.0, NAN])
def test_nothing_at_all_is_drawn_and_said(value: float) -> None:
    table = nl.turnover(small_panel()).astype(float) * value
    ax = flows.plot_flows(table)
    assert bands(ax) == []
    numbers = [t.get_text() for t in ax.texts if t.get_bbox_patch() is not None]
    assert numbers == ["0" if value == 0 else "–"] * 6
    fits(ax)


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


def test_the_interval_is_that_of_the_change_of_the_mean() -> None:
    panel = made_panel(1, "kontakt")
    change = nl.compare(panel, "cross_out_degree", ("før", "efter"), draws=0)
    ax = slopes.plot_slopes(panel, ("før", "efter"))
    span = lines_of(ax, "interval")[0]
    assert np.subtract(span, change.values[0]) == pytest.approx([change.low, change.high])
    assert ax.get_ylim()[1] > max(span)


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
