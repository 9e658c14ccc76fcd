"""Pictures of networks: the numbers behind what is drawn, by hand or by loops, and what must not be seen in them."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import EllipseCollection, PathCollection
from matplotlib.patches import Circle, PathPatch, Rectangle
from panels import random_panel
from test_figures import made_results

from netlearn import Panel, compare_department_pairs, figures
from netlearn.analysis.joint import joint
from netlearn.analysis.results import Results
from netlearn.errors import NetlearnError, UndefinedError
from netlearn.figures import style
from netlearn.figures.departments import departments_frame
from netlearn.figures.layout import department_places, people_places
from netlearn.figures.mixing import mixing_frame
from netlearn.figures.network import network_frame
from netlearn.wording import figures_network as words

DANISH = ("Økonomi $x$", "Specialbørnehaven ved havnen i Nørresundby", "<script>alert(1)</script>", "=cmd()")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study"))


def again(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as a report keeps it: out to JSON and back."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return pd.DataFrame(json.loads(json.dumps(rows, allow_nan=False)))


def said(ax) -> str:
    """Everything that is written in a picture."""
    return " ".join(" ".join(text.get_text() for text in ax.texts).split())


def inside_and_apart(ax) -> None:
    """No text over the edge of the sheet, and no text on another."""
    figure = ax.get_figure()
    figure.draw_without_rendering()
    page = figure.bbox
    boxes = [t.get_window_extent() for t in [*ax.texts, ax.title, ax._left_title] if t.get_text()]
    for at, box in enumerate(boxes):
        assert box.x0 >= page.x0 - 1
        assert box.x1 <= page.x1 + 1
        assert box.y0 >= page.y0 - 1
        assert box.y1 <= page.y1 + 1
        for other in boxes[:at]:
            assert not box.padded(-1).overlaps(other.padded(-1))


def many(k: int, seed: int = 1, each: int = 5, name: str = "Plejecenter nummer {} i Østbyen") -> Panel:
    rng = np.random.default_rng(seed)
    n = k * each
    waves = {w: (rng.random((n, n)) < 0.2).astype(float) for w in ("før", "efter")}
    return Panel.from_arrays(waves, [name.format(f"{i % k:02d}") for i in range(n)])


# -- the department map


def three() -> Panel:
    """A, A, B, B, C: both of B name both of A before; after also A 1 names B 1; C was never asked."""
    before, after = np.zeros((5, 5)), np.zeros((5, 5))
    before[2:4, 0:2] = after[2:4, 0:2] = 1
    after[0, 2] = 1
    before[4] = np.nan
    return Panel.from_arrays({"before": before, "after": after}, ["A", "A", "B", "B", "C"])


def test_links_are_the_share_of_both_directions_together() -> None:
    frame = departments_frame(three())
    links = frame[frame["what"] == "link"].set_index(["wave", "from", "to"])["share"]
    assert links["before", 1, 2] == pytest.approx((0 + 4) / 8)
    assert links["after", 1, 2] == pytest.approx((1 + 4) / 8)
    # C was not asked before, so what it said after is not compared; A and B named nobody there.
    assert list(links.loc[:, 1, 3]) == [0, 0]
    places = frame[frame["what"] == "department"]
    assert list(places["text"]) == ["A", "B", "C"]
    assert list(places["people"]) == [2, 2, 1]


def test_links_by_loops_over_random_panels() -> None:
    panel = random_panel(5, n=20, k=4, movers=False)
    mask = panel.wave("before").observed & panel.wave("after").observed
    frame = departments_frame(panel)
    group = panel.group()
    for row in frame[frame["what"] == "link"].itertuples():
        ties = panel.wave(row.wave).ties
        a, b = (np.flatnonzero(group == at - 1) for at in (row._8, row.to))
        ways = [np.ix_(a, b), np.ix_(b, a)]
        possible = sum(mask[way].sum() for way in ways)
        assert row.share == pytest.approx(sum(ties[way][mask[way]].sum() for way in ways) / possible)


def test_both_waves_have_one_layout_and_one_scale_of_widths() -> None:
    panel = random_panel(5, n=24, k=4, movers=False)
    ax = figures.plot_departments(panel)
    circles = [p for p in ax.patches if isinstance(p, Circle)]
    assert len(circles) == 8
    shift = np.subtract(circles[4].center, circles[0].center)
    for first, second in zip(circles[:4], circles[4:], strict=True):
        assert np.subtract(second.center, first.center) == pytest.approx(shift)
        assert first.radius == second.radius
    frame = departments_frame(panel)
    shares = frame.loc[(frame["what"] == "link") & (frame["share"] > 0), "share"]
    widths = sorted(p.get_linewidth() for p in ax.patches if isinstance(p, PathPatch))
    assert widths == pytest.approx(list(np.sort(shares) * widths[-1] / shares.max()))


def test_areas_of_circles_go_with_people() -> None:
    group = ["A"] * 30 + ["B"] * 20 + ["C"] * 10
    panel = Panel.from_arrays({w: np.zeros((60, 60)) for w in "ab"}, group)
    frame = departments_frame(panel)
    area = frame.loc[frame["what"] == "department", "radius"].to_numpy() ** 2
    assert area / area[2] == pytest.approx([3, 2, 1])
    assert not [p for p in figures.plot_departments(frame).patches if isinstance(p, PathPatch)]


def test_the_change_has_broken_lines_for_less() -> None:
    frame = departments_frame(many(5))
    ax = figures.plot_departments(frame, show="change", language="da")
    table = frame[frame["what"] == "link"].pivot_table(index=["from", "to"], columns="wave", values="share")
    change = table["efter"] - table["før"]
    lines = [p for p in ax.patches if isinstance(p, PathPatch)]
    assert len(lines) == (change != 0).sum()
    broken = [p for p in lines if p.get_linestyle() not in ("-", "solid")]
    assert len(broken) == (change < 0).sum() > 0
    assert {p.get_edgecolor()[:3] for p in broken}.isdisjoint(
        p.get_edgecolor()[:3] for p in lines if p not in broken
    )
    assert ax.get_title(loc="left") == "Ændring i kontakt, før til efter"
    assert "Mindre" in said(ax)
    assert "procentpoint" in said(ax).lower()


def test_weak_links_of_many_departments_are_left_out_and_counted() -> None:
    frame = departments_frame(many(30))
    ax = figures.plot_departments(frame, strongest=40)
    table = frame[frame["what"] == "link"].pivot_table(index=["from", "to"], columns="wave", values="share")
    strength = table.max(axis=1).sort_values(ascending=False)
    drawn = strength.index[:40]
    lines = [p for p in ax.patches if isinstance(p, PathPatch)]
    assert len(lines) == (table.loc[drawn] > 0).to_numpy().sum()
    left = strength[strength > 0].iloc[40:]
    text = said(ax).replace("\N{NO-BREAK SPACE}", " ")
    assert (
        f"Left out: {len(left)} pairs of departments, the weakest, none over {100 * left.max():.1f} %" in text
    )


def hiding(results: Results, a: int, b: int) -> Results:
    """The results with the direction from a to b hidden."""
    network = results.everybody
    gone = np.zeros(network.mixing_cells.shape, bool)
    gone[a, b] = True
    mixing = {wave: table.mask(gone) for wave, table in network.mixing.items()}
    return replace(
        results, network=replace(network, mixing=mixing, mixing_cells=network.mixing_cells.mask(gone))
    )


@pytest.mark.parametrize(("of", "to"), [(1, 3), (3, 1)])
def test_hidden_pairs_of_results_are_not_drawn_and_said(results: Results, of: int, to: int) -> None:
    told = hiding(results, of, to)
    frame = departments_frame(told, language="da")
    links = frame[frame["what"] == "link"].set_index(["from", "to"])
    assert links.loc[(2, 4), "share"].isna().all()
    assert links.loc[(2, 4), "hidden"].all()
    assert links["hidden"].sum() == 2
    tables, cells = results.everybody.mixing.values(), results.everybody.mixing_cells.to_numpy()
    ways, possible = ((0, 2), (2, 0)), cells[0, 2] + cells[2, 0]
    expected = [sum(t.iloc[way] * cells[way] for way in ways) / possible for t in tables]
    assert list(links.loc[(1, 3), "share"]) == pytest.approx(expected)
    ax = figures.plot_departments(frame, language="da")
    assert "Ikke tegnet: 1 par afdelinger med færre end 5 personer" in said(ax)
    assert "Ikke tegnet" not in said(figures.plot_departments(results, language="da"))
    # The map of what is left is the same whatever the hidden numbers were.
    other = replace(told.network, mixing={w: t.copy() for w, t in told.network.mixing.items()})
    assert departments_frame(replace(told, network=other), language="da").equals(frame)


def test_people_of_results_are_those_of_the_response_table(results: Results) -> None:
    frame = departments_frame(results)
    places = frame[frame["what"] == "department"].set_index("text")
    told = results.response[results.response["wave"] == "før"].set_index("department")
    assert places.index[-1] == "(pooled)"
    for name, row in places.iterrows():
        assert row["people"] == told.loc[name, "employed"]


@pytest.mark.parametrize("show", ["waves", "change"])
def test_a_department_map_is_redrawn_from_its_frame(results: Results, show: str) -> None:
    frame = departments_frame(results, language="da")
    drawn = [
        style.as_bytes(figures.plot_departments(source, show=show, language="da"), "svg", "t")
        for source in (results, frame, again(frame))
    ]
    assert drawn[0] == drawn[1] == drawn[2]


@pytest.mark.parametrize("k", [1, 2, 3, 12, 30])
@pytest.mark.parametrize("show", ["waves", "change"])
def test_no_text_of_a_department_map_is_cut_or_covered(k: int, show: str) -> None:
    panel = many(k)
    panel = replace(panel, group_names=(*DANISH, *panel.group_names)[:k])
    inside_and_apart(figures.plot_departments(panel, show=show, language="da"))


def test_an_unknown_show_is_refused() -> None:
    with pytest.raises(NetlearnError, match="show must be"):
        figures.plot_departments(three(), show="both")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_department_map_in_words() -> None:
    """Of 12 cells, 8 between A and B, 4 and then 5 have a tie; a mean of the three pairs would be 16.7 % and 20.8 %."""
    frame = departments_frame(three(), language="da")
    text = plain(words.alt_departments(frame, "da"))
    assert text.startswith("Kort over 3 afdelinger")
    viste = "af de mulige forbindelser i de viste par, mest mellem A og B"
    assert f"before: 33,3 % {viste} (50,0 %)." in text
    assert f"after: 41,7 % {viste} (62,5 %)." in text
    old = words.alt_departments(frame.drop(columns="possible"))
    assert "before: 16.7 % as the mean of the pairs shown, most between A and B (50.0 %)." in plain(old)


def test_pairs_of_which_nothing_is_known_are_counted_and_not_taken_for_zero() -> None:
    """B and C were silent after: between them nothing is known both times, of A with each of them one half is."""
    ties = np.zeros((9, 9))
    ties[0, 3] = ties[3, 6] = 1
    after = ties.copy()
    after[3:] = np.nan
    panel = Panel.from_arrays({"before": ties, "after": after}, list("AAABBBCCC"))
    frame = departments_frame(panel)
    for show in ("waves", "change"):
        ax = figures.plot_departments(again(frame), show=show)
        assert "Not drawn: 1 pair of departments where nobody answered both times about the other." in said(
            ax
        )
    assert "Not drawn: 1 pair" in words.alt_departments(again(frame))
    assert "Ikke tegnet: 1 par afdelinger, hvor ingen svarede" in words.alt_departments(frame, "da")
    assert "Not drawn" not in said(figures.plot_departments(three())) + words.alt_departments(
        departments_frame(three())
    )


def of_two(before: float, after: float, group: str) -> Panel:
    """Everybody names everybody (1), nobody (0), or nothing is known (NaN)."""
    n = len(group)
    return Panel.from_arrays({"a": np.full((n, n), before), "b": np.full((n, n), after)}, list(group))


def test_words_name_no_maximum_where_there_is_none() -> None:
    def maps(*given) -> str:
        return plain(words.alt_departments(departments_frame(of_two(*given))))

    def heat(*given, wave=("a", "b"), language="en") -> str:
        return plain(words.alt_mixing(mixing_frame(of_two(*given), wave), language))

    assert maps(0, 1, "AAABBB").endswith(
        "a: no ties in the pairs shown. b: 100.0 % of the possible ties between A and B."
    )
    assert maps(0, 1, "AAA").startswith("Map of 1 department, joined")
    assert maps(1, np.nan, "AAABBB").count("no pair can be shown.") == 2
    assert heat(0, 0, "AAABBB", wave="b").endswith(", b, 2 departments; no ties in the cells shown.")
    assert heat(1, 1, "AAABBB").endswith("from a to b, 2 departments; no change in the cells shown.")
    assert heat(1, 1, "AAABBB", language="da").endswith("2 afdelinger; ingen ændring i de viste felter.")
    assert heat(0, 1, "AAA").endswith("1 department; A to A (+100.0 percentage points).")
    assert heat(0, 1, "AAABBB").endswith(" (+100.0 percentage points); none fell.")
    assert "2 departments; rose most: " in heat(0, 1, "AAABBB")
    assert "; none rose; fell most: " in heat(1, 0, "AAABBB")


def test_a_heat_map_of_which_nothing_is_known_has_words() -> None:
    for wave in ("b", ("a", "b")):
        text = words.alt_mixing(mixing_frame(of_two(1, np.nan, "AAABBB"), wave))
        assert text.startswith("Heat map of ")
        assert text.endswith(", 2 departments; no number can be shown.")


@pytest.mark.parametrize(
    ("tied", "people", "widths"),
    [(1, 10, ["0.25 ", "0.5 "]), (1, 40, ["0.01", "0.02"]), (1, 100, ["0.0025", "0.005"])],
)
def test_widths_are_told_with_all_their_decimals(tied: int, people: int, widths: list[str]) -> None:
    """One tie of 2 x 10 x 10 possible ones is 0.5 %."""
    ties = np.zeros((2 * people, 2 * people))
    ties[0, people] = tied
    ax = figures.plot_departments(Panel.from_arrays({"a": ties, "b": ties}, ["A"] * people + ["B"] * people))
    written = [text.get_text() for text in ax.texts]
    assert [one.strip() for one in widths] == [one for one in written if one in {w.strip() for w in widths}]


# -- the network of people


def six() -> Panel:
    """A: a1 a2 a3, B: b1 b2 b3; b3 was silent after, and a3 names nobody."""
    before, after = np.zeros((6, 6)), np.zeros((6, 6))
    for wave, ties in ((before, "01 03 30 50"), (after, "01 04 30 15")):
        for tie in ties.split():
            wave[int(tie[0]), int(tie[1])] = 1
    after[5] = np.nan
    ids = [f"secret-{name}" for name in ("a1", "a2", "a3", "b1", "b2", "b3")]
    return Panel.from_arrays({"before": before, "after": after}, list("AAABBB"), ids=ids)


def parts(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(what): rows for what, rows in frame.groupby("what")}


def drawn_lines(ax) -> dict[tuple[str, int], int]:
    """Lines by what they are, and the map: 0 below, 1 above, for maps in which every line is drawn."""
    found: dict[tuple[str, int], int] = {}
    middle = np.mean([p.center[1] for p in ax.patches if isinstance(p, Circle)])
    for lines in (c for c in ax.collections if isinstance(c, PathCollection) and len(c.get_paths())):
        upper = int(lines.get_paths()[0].vertices[0, 1] > middle)
        found[lines.get_label(), upper] = found.get((lines.get_label(), upper), 0) + len(lines.get_paths())
    return found


def test_ties_of_six_people_by_hand() -> None:
    told = parts(network_frame(six(), least=1))
    ties = told["tie"].groupby(["flow", "within"]).size().to_dict()
    assert ties == {("kept", True): 1, ("kept", False): 1, ("new", False): 2, ("ended", False): 1}
    assert list(told["area"]["people"]) == [3, 3]
    dots = told["dot"].set_index("number")
    hollow = dots.index[~dots["observed"]]
    assert len(hollow) == 1
    assert dots.loc[hollow[0], "department"] == 2
    # Nothing goes out from who was silent, though b3 named a1 before; that a2 names b3 after is known and new.
    assert hollow[0] not in set(told["tie"]["from"])
    assert list(told["tie"].loc[told["tie"]["to"] == hollow[0], "flow"]) == ["new"]
    assert "Not drawn: 1 tie seen one time" in " ".join(told["note"]["text"])


def test_the_lines_of_six_people() -> None:
    ax = figures.plot_network(six(), least=1)
    above = {("kept within", 1): 1, ("kept cross", 1): 1, ("ended cross", 1): 1}
    below = {("kept within", 0): 1, ("kept cross", 0): 1, ("new cross", 0): 2}
    assert drawn_lines(ax) == above | below
    lines = [c for c in ax.collections if isinstance(c, PathCollection)]
    looks: dict[str, set] = {"kept": set(), "new": set(), "ended": set()}
    for one in lines:
        _, dashes = one.get_linestyle()[0]
        ratio = round(dashes[0] / dashes[1], 3) if dashes else None
        looks[one.get_label().split()[0]].add((tuple(one.get_edgecolor()[0][:3]), ratio))
    assert [len(look) for look in looks.values()] == [1, 1, 1]
    colours, ratios = zip(*(next(iter(look)) for look in looks.values()), strict=True)
    assert len(set(colours)) == len(set(ratios)) == 3
    text = said(ax).replace("\N{NO-BREAK SPACE}", " ")
    assert "before: 3 ties, of which 1 ended" in text
    assert "after: 4 ties, of which 2 new" in text
    for entry in ("Kept (2)", "New (2)", "Ended (1)", "answered both times (n = 5)", "missing (n = 1)"):
        assert entry in text


@pytest.mark.parametrize("directed", [True, False])
def test_ties_by_loops_over_random_panels(directed: bool) -> None:
    panel = random_panel(7, n=24, k=4, movers=False)
    if not directed:
        matrices = {}
        for label in ("before", "after"):
            wave = panel.wave(label)
            levels = np.where(wave.observed, wave.ties, np.nan)
            matrices[label] = np.fmax(levels, levels.T)
        panel = Panel.from_arrays(matrices, panel.group(), directed=False)
    first, second = panel.wave("before"), panel.wave("after")
    expected: dict[str, int] = {}
    for i in range(panel.n):
        for j in range(panel.n):
            if i == j or (not directed and i > j):
                continue
            if first.observed[i, j] and second.observed[i, j] and (first.ties[i, j] or second.ties[i, j]):
                flow = {(1, 1): "kept", (0, 1): "new", (1, 0): "ended"}[
                    int(first.ties[i, j]), int(second.ties[i, j])
                ]
                expected[flow] = expected.get(flow, 0) + 1
    told = parts(network_frame(panel))
    assert told["tie"]["flow"].value_counts().to_dict() == expected
    both = [a == b == "took_part" for a, b in zip(panel.status("before"), panel.status("after"), strict=True)]
    assert told["dot"]["observed"].sum() == sum(both)


def test_who_was_silent_is_hollow_though_others_told_of_their_ties() -> None:
    ties = np.zeros((6, 6))
    ties[0, 5] = ties[5, 0] = 1
    status = {"a": ["took_part"] * 6, "b": ["took_part"] * 5 + ["no_answer"]}
    panel = Panel.from_arrays({"a": ties, "b": ties}, list("AAABBB"), directed=False, status=status)
    told = parts(network_frame(panel, least=1))
    assert list(told["tie"]["flow"]) == ["kept"]
    hollow = told["dot"].loc[~told["dot"]["observed"], "number"]
    assert len(hollow) == 1
    assert hollow.iloc[0] in told["tie"][["from", "to"]].to_numpy()


def test_no_id_and_no_order_of_people_in_a_network() -> None:
    panel = six()
    frame = network_frame(panel, least=1)
    drawing = style.as_bytes(figures.plot_network(panel, least=1), "svg", "t").decode()
    assert "secret" not in drawing
    assert "secret" not in frame.to_json()
    assert "secret" not in words.alt_network(frame)
    panel = random_panel(3, n=30, k=3, movers=False)
    order = np.random.default_rng(0).permutation(30)
    matrices = {w.label: np.where(w.observed, w.ties, np.nan)[np.ix_(order, order)] for w in panel.waves}
    names = np.array(panel.group_names)[panel.group()][order]
    shuffled = network_frame(Panel.from_arrays(matrices, names))
    numbers = ["x", "y", "number", "department", "from", "to"]
    assert np.allclose(shuffled[numbers], network_frame(panel)[numbers], equal_nan=True)


def test_a_few_ties_move_people_little() -> None:
    panel = many(6, each=12)
    waves = {w.label: np.array(w.ties, dtype=float) for w in panel.waves}
    group = np.array(panel.group_names)[panel.group()]
    rng = np.random.default_rng(1)
    for _ in range(5):
        i, j = rng.choice(72, 2, replace=False)
        waves["efter"][i, j] = 1 - waves["efter"][i, j]
    before = placed(panel)
    moved = np.linalg.norm(placed(Panel.from_arrays(waves, group)) - before, axis=1)
    assert np.median(moved) < 1.0
    assert np.mean(moved > 6) < 0.1
    assert np.median(np.linalg.norm(placed(panel, seed=5) - before, axis=1)) > 1.5


def placed(panel: Panel, seed: int = 0) -> np.ndarray:
    """Where each person of a panel without silence stands, in the order of the panel."""
    view = joint(panel, *panel.labels)
    arcs = np.concatenate([np.flatnonzero(w.ties.ravel()) for w in panel.waves])
    ties = arcs // panel.n, arcs % panel.n
    frame = network_frame(panel, seed=seed)
    areas = frame[frame["what"] == "area"]
    circles = areas[["x", "y"]].to_numpy(), 0.94 * areas["radius"].to_numpy() - 0.3
    places = people_places(ties, view.departments[0], *circles, np.ones(panel.n, bool), seed)
    drawn = frame.loc[frame["what"] == "dot", ["x", "y"]].to_numpy()
    assert np.sort(places, axis=0) == pytest.approx(np.sort(drawn, axis=0))
    return places


def test_people_stand_in_their_area_and_apart() -> None:
    told = parts(network_frame(random_panel(3, n=60, k=5, movers=False)))
    areas = told["area"].set_index("number")
    for number, dots in told["dot"].groupby("department"):
        area = areas.loc[number]
        at = dots[["x", "y"]].to_numpy(dtype=float)
        assert np.linalg.norm(at - area[["x", "y"]].to_numpy(dtype=float), axis=1).max() < area["radius"]
        apart = np.linalg.norm(at[:, None] - at, axis=-1)
        np.fill_diagonal(apart, np.inf)
        assert apart.min() > 1.3
        assert len(dots) == area["people"]


def test_everybody_stands_in_the_same_place_in_both_maps() -> None:
    ax = figures.plot_network(random_panel(5, n=24, k=4, movers=False))
    dots = [
        c.get_offsets() for c in ax.collections if isinstance(c, EllipseCollection) and c.get_zorder() == 4
    ]
    large = [places for places in dots if len(places) > 1]
    half = len(large) // 2
    assert half
    shift = large[half][0] - large[0][0]
    for first, second in zip(large[:half], large[half:], strict=True):
        assert np.allclose(second - first, shift)


def test_small_departments_are_one_area_without_a_name() -> None:
    panel = Panel.from_arrays(
        {w: np.zeros((16, 16)) for w in "ab"}, ["A"] * 7 + ["Lille"] * 3 + ["Mindst"] * 2 + ["B"] * 4
    )
    told = parts(network_frame(panel))
    assert list(told["area"]["text"]) == ["A", ""]
    assert list(told["area"]["people"]) == [7, 9]
    assert "fewer than 5 people" in " ".join(told["note"]["text"])
    text = said(figures.plot_network(panel))
    assert "Lille" not in text
    assert "Mindst" not in text
    assert list(parts(network_frame(panel, least=1))["area"]["text"]) == ["A", "B", "Lille", "Mindst"]
    assert "missing" not in text


def test_many_ties_are_as_wide_lines_between_areas() -> None:
    panel = many(4, each=12)
    ax = figures.plot_network(panel)
    assert not [c for c in ax.collections if "cross" in str(c.get_label())]
    before, after = (w.ties for w in panel.waves)
    group = panel.group()
    expected = []
    for a in range(4):
        for b in range(a + 1, 4):
            pair = ((group[:, None] == a) & (group == b)) | ((group[:, None] == b) & (group == a))
            kept = (before & after & pair).sum()
            expected += [kept, kept, (before & ~after & pair).sum(), (after & ~before & pair).sum()]
    widths = sorted(p.get_linewidth() for p in ax.patches if isinstance(p, PathPatch))
    assert widths == pytest.approx(list(np.sort(expected) * 4.5 / max(expected)))
    assert f"{max(expected)} at most" in said(ax)


@pytest.mark.parametrize(("flow", "maps"), [("kept", 2), ("new", 1), (["ended"], 1), (("new", "ended"), 2)])
def test_only_the_asked_ties_are_drawn(flow, maps: int) -> None:
    ax = figures.plot_network(six(), flow=flow, least=1)
    assert len([p for p in ax.patches if isinstance(p, Circle)]) == 2 * maps
    asked = {flow} if isinstance(flow, str) else set(flow)
    assert {label.split()[0] for label, _ in drawn_lines(ax)} == asked


@pytest.mark.parametrize("flow", ["lost", []])
def test_an_unknown_flow_is_refused(flow) -> None:
    with pytest.raises(NetlearnError, match="flow must be"):
        figures.plot_network(six(), flow=flow)


@pytest.mark.parametrize("k", [1, 4, 12])
def test_a_network_is_redrawn_from_its_frame(k: int) -> None:
    panel = many(k)
    frame = network_frame(panel, language="da")
    drawn = [
        style.as_bytes(figures.plot_network(source, language="da"), "svg", "t")
        for source in (panel, panel, frame, again(frame))
    ]
    assert len(set(drawn)) == 1


@pytest.mark.parametrize("k", [1, 2, 3, 9, 12, 30])
@pytest.mark.parametrize("language", ["en", "da"])
def test_no_text_of_a_network_is_cut_or_covered(k: int, language: str) -> None:
    panel = many(k)
    panel = replace(panel, group_names=(*DANISH, *panel.group_names)[:k])
    inside_and_apart(figures.plot_network(panel, language=language))


def test_a_network_without_ties() -> None:
    panel = Panel.from_arrays({w: np.zeros((6, 6)) for w in "ab"}, list("AAABBB"))
    frame = network_frame(panel, least=1)
    text = said(figures.plot_network(again(frame)))
    assert "Kept (0)" in text
    assert "0 kept, 0 new, 0 ended; 0 of all" in words.alt_network(frame)


@pytest.mark.parametrize("least", [1, 5])
def test_ties_between_departments_are_counted_whatever_is_put_together(least: int) -> None:
    ties = (np.random.default_rng(1).random((9, 9)) < 0.4).astype(float)
    group = list("AAABBBCCC")
    cross = sum(ties[i, j] for i in range(9) for j in range(9) if group[i] != group[j])
    assert cross > 5
    frame = network_frame(Panel.from_arrays({"a": ties, "b": ties}, group), least=least)
    assert f"0 ended; {cross:.0f} of all these are between departments." in words.alt_network(again(frame))
    # A frame of an older netlearn does not know it.
    assert words.alt_network(frame[frame["what"] != "cross"]).endswith("kept, 0 new, 0 ended.")


def test_a_network_in_words() -> None:
    text = words.alt_network(network_frame(six(), least=1, language="da"), "da")
    assert text.startswith(
        "Netværk af 6 personer i 2 områder (afdelinger eller grupper af afdelinger), before"
    )
    assert "before og after; 5 af dem svarede begge gange" in text
    assert "2 bevaret, 2 nye, 1 ophørt; 4 af dem alle er mellem afdelinger." in text


def test_one_is_told_as_one() -> None:
    ties = np.zeros((5, 5))
    after = ties.copy()
    after[0, 1] = 1
    frame = network_frame(Panel.from_arrays({"a": ties, "b": after}, ["A"] * 5))
    assert "5 personer i 1 område (afdelinger eller" in words.alt_network(frame, "da")
    assert "0 bevaret, 1 ny, 0 ophørt" in words.alt_network(frame, "da")
    assert "in 1 area (departments or" in words.alt_network(frame)


# -- places of departments


def test_departments_in_contact_stand_near_each_other() -> None:
    contact = np.full((6, 6), 0.01)
    for a, b in ((0, 3), (1, 4), (2, 5)):
        contact[a, b] = contact[b, a] = 0.3
    places = department_places(contact, np.full((6, 2), 2.0), (60, 60))
    apart = np.linalg.norm(places[:, None] - places, axis=-1)
    np.fill_diagonal(apart, np.inf)
    assert list(apart.argmin(axis=1)) == [3, 4, 5, 0, 1, 2]


def test_places_neither_overlap_nor_leave_the_box() -> None:
    rng = np.random.default_rng(2)
    contact = rng.random((30, 30)) ** 3
    radius = rng.uniform(1.5, 3, 30)
    places = department_places(contact + contact.T, np.repeat(radius[:, None], 2, axis=1), (39, 39))
    apart = np.linalg.norm(places[:, None] - places, axis=-1) - radius[:, None] - radius
    np.fill_diagonal(apart, 1)
    assert apart.min() > -0.3
    assert (places >= radius[:, None] - 1e-9).all()
    assert (places <= 39 - radius[:, None] + 1e-9).all()


def test_a_little_more_contact_moves_departments_little() -> None:
    rng = np.random.default_rng(3)
    contact = rng.random((12, 12))
    contact = contact + contact.T
    halves = np.full((12, 2), 2.0)
    places = department_places(contact, halves, (60, 60))
    for a, b in ((0, 1), (4, 9), (10, 11)):
        more = contact.copy()
        more[a, b] = more[b, a] = contact[a, b] * 1.1
        moved = np.linalg.norm(department_places(more, halves, (60, 60)) - places, axis=1)
        assert np.median(moved) < 0.6
        assert moved.max() < 4


def test_pairs_of_which_nothing_is_known_are_placed_as_the_mean() -> None:
    contact = np.ones((4, 4))
    unknown = contact.copy()
    unknown[0, 1] = unknown[1, 0] = np.nan
    halves = np.ones((4, 2))
    assert department_places(unknown, halves, (30, 30)) == pytest.approx(
        department_places(contact, halves, (30, 30))
    )
    assert np.isfinite(department_places(np.full((4, 4), np.nan), halves, (30, 30))).all()


# -- the heat map


def outlines(ax) -> set[tuple[int, int]]:
    """Rows and columns of the cells with a bold outline."""
    return {(int(p.get_y()), int(p.get_x())) for p in ax.patches if isinstance(p, Rectangle)}


def with_pairs(results: Results, found: list[tuple[int, int]], tested: bool = True) -> Results:
    """The results with these cells changed beyond chance."""
    names = list(results.everybody.mixing_cells.index)
    rows = [(a, b, 0.1, 0.3 if tested else np.nan, False) for a in names for b in names]
    table = pd.DataFrame(rows, columns=["from", "to", "change", "p_adjusted", "changed"])
    table = table.astype({"changed": "boolean"})
    table.loc[[a * len(names) + b for a, b in found], ["p_adjusted", "changed"]] = [0.01, True]
    return replace(results, network=replace(results.everybody, pairs=table))


def test_only_what_changed_beyond_chance_is_outlined(results: Results) -> None:
    told = with_pairs(results, [(0, 2), (3, 3)])
    ax = figures.plot_mixing(told, ("før", "efter"), language="da")
    assert outlines(ax) == {(0, 2), (3, 3)}
    assert "Indrammet: ændret ud over" in " ".join(ax.get_xlabel().split())
    assert not outlines(figures.plot_mixing(told, "efter"))
    assert "Indrammet" not in figures.plot_mixing(told, "efter", language="da").get_xlabel()


def test_without_a_mark_the_map_says_why(results: Results) -> None:
    waves = ("før", "efter")
    none = figures.plot_mixing(with_pairs(results, []), waves)
    assert not outlines(none)
    assert "no pair changed beyond what chance" in " ".join(none.get_xlabel().split())
    few = figures.plot_mixing(with_pairs(results, [], tested=False), waves)
    assert "enough people change" in " ".join(few.get_xlabel().split())
    some = with_pairs(results, [])
    pairs = some.everybody.pairs
    assert len(pairs) == 25
    pairs.loc[:2, ["p_adjusted", "changed"]] = [np.nan, pd.NA]  # seen, and too few changed
    pairs.loc[24, ["change", "p_adjusted", "changed"]] = [np.nan, np.nan, pd.NA]  # hidden
    said = {
        lang: " ".join(figures.plot_mixing(some, waves, language=lang).get_xlabel().split())
        for lang in ("en", "da")
    }
    assert "(max-T). 21 of the 24 pairs shown could be tested." in said["en"]
    assert "(max-T). 21 af de 24 viste par kunne testes." in said["da"]
    assert "could be tested" not in none.get_xlabel()
    untested = replace(results, network=replace(results.everybody, pairs=None))
    assert "outlined" not in figures.plot_mixing(untested, waves).get_xlabel()


def test_a_hidden_cell_has_no_mark_whatever_the_test_says(results: Results) -> None:
    told = with_pairs(hiding(results, 1, 3), [(1, 3), (0, 2)])
    frame = mixing_frame(told, ("før", "efter"))
    cells = frame[frame["what"] == "cell"]
    assert cells["changed"].sum() == 1
    assert not cells.loc[cells["hidden"], "changed"].any()
    assert cells.loc[cells["hidden"], "value"].isna().all()
    assert outlines(figures.plot_mixing(told, ("før", "efter"))) == {(0, 2)}


@pytest.mark.parametrize("directed", [True, False])
def test_a_panel_is_marked_by_the_test_it_is_given(directed: bool) -> None:
    rng = np.random.default_rng(1)
    group = np.repeat(["A", "B", "C"], 12)
    chance = np.full((36, 36), 0.2)
    before = rng.random((36, 36)) < chance
    chance[np.ix_(group == "A", group == "B")] += 0.5
    waves = {"before": before, "after": rng.random((36, 36)) < chance}
    if not directed:
        waves = {w: y | y.T for w, y in waves.items()}
    panel = Panel.from_arrays({w: y.astype(float) for w, y in waves.items()}, group, directed=directed)
    pairs = compare_department_pairs(panel, draws=499, seed=1)
    ax = figures.plot_mixing(panel, ("before", "after"), pairs=pairs)
    found = {(ord(a) - 65, ord(b) - 65) for a, b in pairs.found[["sender", "receiver"]].to_numpy()}
    assert (0, 1) in found
    assert outlines(ax) == (found if directed else found | {(b, a) for a, b in found})
    assert not outlines(figures.plot_mixing(panel, ("before", "after")))


@pytest.mark.parametrize("wave", ["før", ("før", "efter")])
def test_a_heat_map_is_redrawn_from_its_frame(results: Results, wave: str | tuple[str, str]) -> None:
    told = with_pairs(hiding(results, 1, 3), [(0, 2)])
    frame = mixing_frame(told, wave, language="da")
    drawn = [
        style.as_bytes(figures.plot_mixing(source, wave, language="da"), "svg", "t")
        for source in (told, frame, again(frame))
    ]
    assert drawn[0] == drawn[1] == drawn[2]


def test_a_heat_map_in_words(results: Results) -> None:
    told = with_pairs(results, [(0, 2)])
    frame = mixing_frame(told, ("før", "efter"), language="da")
    text = words.alt_mixing(frame, "da").replace("\N{NO-BREAK SPACE}", " ")
    names = list(results.everybody.mixing_cells.index)
    first, second = (t.to_numpy() for t in results.everybody.mixing.values())
    change = 100 * (second - first)
    a, b = np.unravel_index(change.argmax(), change.shape)
    most = f"steg mest: {names[a]} til {names[b]} ({change.max():+.1f}".replace(".", ",")
    assert most.replace("(pooled)", "(afdelinger samlet)") + " procentpoint)" in text
    assert f"Indrammet: {names[0]} til {names[2]} (" in text
    one = words.alt_mixing(mixing_frame(results, "efter"), "en").replace("\N{NO-BREAK SPACE}", " ")
    assert f"({100 * second.max():.1f} %)" in one


def test_where_nobody_can_be_drawn_words_say_so() -> None:
    silent = np.full((6, 6), np.nan)
    with pytest.raises(UndefinedError, match="nobody can be drawn"):
        network_frame(Panel.from_arrays({"a": silent, "b": silent}, ["A", "A", "A", "B", "B", "B"]))
