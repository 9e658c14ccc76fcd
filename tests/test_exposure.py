"""Shared rooms: hand-computed panels, brute-force loops, and simulation with rooms that follow departments or not."""

import pickle
from itertools import combinations, permutations

import numpy as np
import pytest
from scipy import sparse

from netlearn import Panel, simulate_panel
from netlearn.analysis.exposure import compare_exposure
from netlearn.errors import NetlearnError, UndefinedError
from netlearn.inference.regression import dyadic_regression
from netlearn.inference.seats import _SumTogether, redraw_seats, seating


def _panel(seed, n=16, k=3, *, directed=True, missing=True):
    rng = np.random.default_rng(seed)
    before, after = (rng.random((2, n, n)) < [[[0.2]], [[0.35]]]).astype(float)
    if missing:
        before[2], after[5] = np.nan, np.nan
        after[rng.random((n, n)) < 0.05] = np.nan
    if not directed:
        before, after = (np.triu(y, 1) + np.triu(y, 1).T for y in (before, after))
    group = [f"d{g}" for g in np.arange(n) % k]
    return Panel.from_arrays({"before": before, "after": after}, group, directed=directed)


def _rooms(seed, n=16, m=5):
    return np.eye(m)[np.random.default_rng(seed).integers(0, m, n)]


def test_hand_computed_panel():
    """Six people, two departments ABC and DEF; rooms AB, CD and DEF.

    Together: AB within, CD across, DE, DF, EF within. Before: A names B. Later: A still names B, B names A, C names D,
    D names E, and across without a room: A names D, E names C.
    """
    before, after = np.zeros((6, 6)), np.zeros((6, 6))
    before[0, 1] = 1
    for i, j in ((0, 1), (1, 0), (2, 3), (3, 4), (0, 3), (4, 2)):
        after[i, j] = 1
    panel = Panel.from_arrays({"before": before, "after": after}, list("aaabbb"))
    rooms = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 1], [0, 0, 1], [0, 0, 1]])
    found = compare_exposure(panel, rooms, draws=19)
    groups = found.groups.set_index("group")
    # Open cells: 10 of the five pairs together less A -> B; 20 of the ten others.
    assert groups.loc["together", ["open", "formed", "ties", "dissolved"]].tolist() == [9, 3, 1, 0]
    assert groups.loc["comparable", ["open", "formed", "ties", "dissolved"]].tolist() == [20, 2, 0, 0]
    # Comparable within: AC, BC, 4 cells, none formed; across: 16 cells, 2 formed. Together: 7 within, 2 across.
    mix = (7 * 0 / 4 + 2 * 2 / 16) / 9
    assert groups.loc["comparable_same_mix", "formation"] == pytest.approx(mix)
    # No comparable pair had a tie before.
    assert np.isnan(groups.loc["comparable_same_mix", "dissolution"])
    # 100 * 3 / 9 and 100 * mix.
    assert "formed 33.3 and comparable pairs 2.8" in found.sentence("en")
    assert "opstod 33,3 i par, der var sammen, og 2,8 i sammenlignelige par" in found.sentence("da")
    assert "ties from before" not in found.sentence("en")
    dose = found.dose.set_index("shared")
    assert dose.loc["0", ["n_dyads", "open", "formed"]].tolist() == [10, 20, 2]
    assert dose.loc["1", ["n_dyads", "open", "formed"]].tolist() == [5, 9, 3]
    assert dose.loc[["2", "3+"], "open"].tolist() == [0, 0]
    assert dose.loc["1", "formation"] == pytest.approx(1 / 3)
    assert np.isnan(dose.loc["0", "dissolution"])


def test_dose_counts_rooms():
    panel = _panel(1, missing=False)
    met = np.zeros((16, 16))
    for pair, many in (((0, 1), 1), ((2, 3), 2), ((4, 5), 3), ((6, 7), 5)):
        met[pair] = met[pair[::-1]] = many
    found = compare_exposure(panel, met, draws=19)
    assert found.dose["n_dyads"].tolist() == [116, 1, 1, 2]
    assert found.row("regression", "per_room")["unit"].endswith("shared room")


@pytest.mark.parametrize("directed", [True, False])
def test_regression_row_is_the_regression(directed):
    panel = _panel(2, directed=directed)
    rooms = _rooms(2)
    found = compare_exposure(panel, rooms, draws=19).row("regression", "later_tie")
    first, second = (panel.wave(w) for w in panel.labels)
    known = first.observed & second.observed & ~np.eye(16, dtype=bool)
    tie = np.where(first.observed, first.ties, np.nan)
    predictors = {"shared": rooms @ rooms.T > 0, "tie": tie, "same": panel.group()[:, None] == panel.group()}
    if directed:
        predictors["back"] = tie.T
    direct = dyadic_regression(np.where(known, second.ties, np.nan), predictors, directed=directed).term(
        "shared"
    )
    for name in ("estimate", "low", "high"):
        assert found[name] == pytest.approx(100 * direct[name])
    assert found["p_value"] == pytest.approx(direct["p_value"])


def test_strata_are_taken_out_as_their_pairs_would_be():
    panel, rooms = _panel(3, missing=False), _rooms(3)
    layer = np.arange(16) % 2
    found = compare_exposure(panel, rooms, strata=layer, draws=19).row("regression", "later_tie")
    y = [panel.wave(w).ties.astype(float) for w in panel.labels]
    pair = layer[:, None] + layer
    predictors = {"tie": y[0], "back": y[0].T, "same": panel.group()[:, None] == panel.group()}
    predictors |= {f"pair{k}": pair == k for k in (1, 2)} | {"shared": rooms @ rooms.T > 0}
    direct = dyadic_regression(y[1], predictors).term("shared")
    assert found["estimate"] == pytest.approx(100 * direct["estimate"])


def test_all_forms_of_together_say_the_same():
    panel, rooms = _panel(4), _rooms(4)
    forms = [rooms, rooms @ rooms.T, sparse.csr_array(rooms), sparse.csr_array(rooms @ rooms.T), 3 * rooms]
    tables = [compare_exposure(panel, form, draws=19).table for form in forms]
    for table in tables[1:]:
        assert table.equals(tables[0])


def test_people_whose_rooms_are_not_known_are_left_out():
    panel, rooms = _panel(5), _rooms(5)
    gone = np.array([3, 8])
    unknown = rooms.copy()
    unknown[gone] = np.nan
    allowed = np.ones((16, 16), bool)
    allowed[gone] = False
    found, other = (
        compare_exposure(panel, unknown, draws=19),
        compare_exposure(panel, rooms, comparable=allowed, draws=19),
    )
    assert found.table.equals(other.table)
    assert found.n_unknown == 2
    assert "2 people whose rooms are not known are left out" in found.sentence("en")
    assert "2 personer er udeladt, fordi det ikke vides, hvor de deltog" in found.sentence("da")
    assert found.n_people == 16 - 2 - 2


def _matchings(people):
    """Every way of making partners of people."""
    if not people:
        yield []
        return
    for other in people[1:]:
        rest = [p for p in people[1:] if p != other]
        for pairs in _matchings(rest):
            yield [(people[0], other), *pairs]


def _rest(panel, layer=None):
    """What least squares on tie, reverse tie, department (and pairs of strata) leaves of later ties: (n, n)."""
    n = panel.n
    before, after = (panel.wave(w).ties.astype(float) for w in panel.labels)
    off = ~np.eye(n, dtype=bool)
    layer = np.zeros(n, int) if layer is None else layer
    pair = np.minimum(layer[:, None], layer) * n + np.maximum(layer[:, None], layer)
    terms = [pair == k for k in np.unique(pair)]
    terms += [before, before.T, panel.group()[:, None] == panel.group()]
    X = np.array([t[off] for t in terms], float).T
    rest = np.zeros((n, n))
    rest[off] = after[off] - X @ np.linalg.lstsq(X, after[off], rcond=None)[0]
    return rest


def test_partners_redrawn_equal_all_matchings():
    panel = _panel(6, n=8, k=2, missing=False)
    pairs = [(0, 1), (2, 3), (4, 5), (6, 7)]
    found = compare_exposure(panel, _partners(pairs, 8), assigned=True, draws=3000).redrawn
    assert found.exact
    assert found.draws == 2520  # 8! / 2^4, each matching 4! times
    rest = _rest(panel)
    values = np.array([sum(rest[a, b] + rest[b, a] for a, b in way) for way in _matchings(list(range(8)))])
    assert len(values) == 105
    assert values.mean() == pytest.approx(0, abs=1e-12)
    assert found.statistic == pytest.approx(values[0])
    assert found.p_value == pytest.approx((np.abs(values) >= abs(values[0]) - 1e-9).mean())
    # Most extreme may be more matchings than one.
    assert found.smallest_p == pytest.approx((np.abs(values) >= np.abs(values).max() - 1e-9).mean())


def _partners(pairs, n):
    met = np.zeros((n, n))
    for a, b in pairs:
        met[a, b] = met[b, a] = 1
    return met


def test_rooms_redrawn_within_strata_equal_all_ways():
    panel = _panel(7, n=8, k=2, missing=False)
    layer = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    seats = np.array([0, 0, 1, 1, 0, 1, 1, 2])
    found = compare_exposure(panel, np.eye(3)[seats], strata=layer, assigned=True, draws=999).redrawn
    ways = {
        (*a, *b) for a in set(permutations(seats[:4].tolist())) for b in set(permutations(seats[4:].tolist()))
    }
    assert found.exact
    assert found.draws == len(ways) == 6 * 12
    rest = _rest(panel, layer)
    values = [
        sum(rest[a, b] for a, b in permutations(range(8), 2) if way[a] == way[b])
        for way in [tuple(seats.tolist()), *sorted(ways)]
    ]
    assert np.mean(values[1:]) == pytest.approx(0, abs=1e-12)
    assert found.statistic == pytest.approx(values[0])
    assert found.p_value == pytest.approx((np.abs(values[1:]) >= abs(values[0]) - 1e-9).mean())
    assert found.smallest_p == pytest.approx((np.abs(values[1:]) >= np.abs(values[1:]).max() - 1e-9).mean())


def test_undirected_pairs_count_once_when_rooms_are_redrawn():
    panel = _panel(8, n=8, k=2, directed=False, missing=False)
    pairs = [(0, 1), (2, 3), (4, 5), (6, 7)]
    found = compare_exposure(panel, _partners(pairs, 8), assigned=True, draws=3000).redrawn
    i, j = np.triu_indices(8, 1)
    before, after = (panel.wave(w).ties[i, j].astype(float) for w in panel.labels)
    X = np.array([np.ones(28), before, panel.group()[i] == panel.group()[j]]).T
    rest = after - X @ np.linalg.lstsq(X, after, rcond=None)[0]
    assert found.statistic == pytest.approx(sum(rest[(i == a) & (j == b)].sum() for a, b in pairs))


def test_people_with_several_rooms_keep_them_when_seats_are_redrawn():
    """Three rooms that overlap: every dealing is a relabelling of people."""
    met = np.zeros((6, 6))
    for a, b in ((0, 1), (0, 2), (1, 2), (2, 3), (4, 5)):
        met[a, b] = met[b, a] = 1
    values = np.random.default_rng(2).normal(size=(6, 6))
    found = redraw_seats(values, seating(met, np.zeros(6, int)), 999, 1)
    sums = [(values * met[np.ix_(way, way)]).sum() for way in map(list, permutations(range(6)))]
    assert found.exact
    assert found.draws == 720 / (2 * 2)  # persons 1 and 2 could change seats, and the last two
    assert found.p_value == pytest.approx((np.abs(sums) >= abs(sums[0]) - 1e-9).mean())


@pytest.mark.parametrize("seed", range(4))
def test_who_may_meet_equals_every_way_of_dealing(seed):
    rng = np.random.default_rng(seed)
    met = np.triu(rng.random((6, 6)) < 0.25, 1).astype(float)
    met += met.T
    layer = rng.integers(0, 2, 6)
    ways = [list(w) for w in permutations(range(6)) if all(layer[a] == layer[b] for a, b in enumerate(w))]
    ever = np.max([met[np.ix_(way, way)] for way in ways], axis=0) > 0
    found = seating(met, layer).may_meet()
    assert (found == ever)[~np.eye(6, dtype=bool)].all()


def test_strata_must_keep_apart_who_could_not_have_met():
    panel, layer = _panel(7, missing=False), np.repeat([0, 1], 8)
    rooms = np.eye(4)[[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]]
    apart = layer[:, None] == layer
    with pytest.raises(NetlearnError, match=r"64 pairs in all.*strata that keep them apart"):
        compare_exposure(panel, rooms, comparable=apart, assigned=True, draws=19)
    kept = compare_exposure(panel, rooms, comparable=apart, strata=layer, assigned=True, draws=19)
    assert kept.redrawn is not None
    assert compare_exposure(panel, rooms, comparable=apart, draws=19).redrawn is None


def test_other_processes_can_compute_the_draws():
    rng = np.random.default_rng(8)
    statistic = _SumTogether(rng.normal(size=81), np.array([0, 3]), np.array([1, 4]))
    seats = rng.integers(0, 3, (5, 9))
    assert np.array_equal(pickle.loads(pickle.dumps(statistic))(seats), statistic(seats))


def test_one_sided_questions():
    panel, rooms = _panel(9, missing=False), _rooms(9)
    two, up, down = (
        compare_exposure(panel, rooms, assigned=True, draws=199, alternative=a)
        for a in ("two-sided", "greater", "less")
    )
    p = [found.row("regression", "later_tie")["p_value"] for found in (two, up, down)]
    assert p[1] + p[2] == pytest.approx(1)
    assert p[0] == pytest.approx(2 * min(p[1:]))
    p = [found.row("redrawn", "later_tie")["p_value"] for found in (up, down)]
    ties = 200 * (sum(p) - 1) - 1  # of draws with the observed sum, which count both ways
    assert ties == pytest.approx(round(ties), abs=1e-9)
    assert 0 <= round(ties) < 10
    p = [found.row("mrqap", "later_tie")["p_value"] for found in (up, down)]
    assert sum(p) == pytest.approx(1 + 1 / 200)
    assert (two.level, up.level) == (0.95, 0.9)
    assert "90\N{NO-BREAK SPACE}% interval" in up.sentence("en")


def test_rooms_that_are_departments_cannot_be_told_from_them():
    panel = _panel(10, missing=False)
    found = compare_exposure(panel, np.eye(3)[np.arange(16) % 3], draws=19)
    assert found.table[["estimate", "p_value"]].isna().all(axis=None)
    assert "cannot be computed" in found.sentence("en")
    assert found.reasons == ("undefined",)
    assert "carry no conclusion" in found.sentence("en")


def test_the_sentence_claims_what_the_design_carries():
    panel, rooms = _panel(11), _rooms(11)
    chosen, dealt = (
        compare_exposure(panel, rooms, draws=99),
        compare_exposure(panel, rooms, assigned=True, draws=99),
    )
    assert "does not show what sharing a room did" in chosen.sentence("en")
    assert "viser ikke" in chosen.sentence("da")
    assert "Chance decided" in dealt.sentence("en")
    assert "Når der trækkes lod på ny om, hvem der var sammen" in dealt.sentence("da")
    assert chosen.redrawn is None
    assert "<table" in dealt._repr_html_()
    assert "smallest possible 0.010" in dealt.sentence("en")
    with pytest.raises(NetlearnError, match="language"):
        dealt.sentence("sv")


def test_faults_are_named():
    panel, rooms = _panel(12), _rooms(12)
    part = rooms @ rooms.T
    part[0, 1] = part[1, 0] = np.nan
    for together, options, message in (
        (rooms[:5], {}, "16 people"),
        (np.arange(256).reshape(16, 16), {}, "symmetric"),
        (0.5 * rooms @ rooms.T, {}, "must count shared rooms"),
        (rooms, {"comparable": np.ones((3, 3))}, "comparable must have shape"),
        (rooms, {"strata": [1, 2]}, "strata"),
        (rooms, {"alternative": "up"}, "alternative"),
        (rooms, {"draws": 0}, "draws"),
        (part, {"assigned": True}, "dealt again"),
    ):
        with pytest.raises(NetlearnError, match=message):
            compare_exposure(panel, together, **options)
    with pytest.raises(NetlearnError, match="no row"):
        compare_exposure(panel, rooms, draws=19).row("regression", "zzz")
    with pytest.raises(UndefinedError, match="no observed pair"):
        compare_exposure(panel, np.zeros((16, 2)))
    with pytest.raises(UndefinedError, match="every observed pair"):
        compare_exposure(panel, np.ones((16, 2)))


def test_words_are_escaped_in_html():
    first, last = "<b>then</b>", "<i>now</i>"
    before, after = np.random.default_rng(1).random((2, 12, 12)) < 0.3
    panel = Panel.from_arrays({first: before * 1.0, last: after * 1.0}, list("aabbccaabbcc"))
    shown = compare_exposure(panel, _rooms(1, 12), draws=19)._repr_html_()
    assert "&lt;i&gt;now" in shown
    assert "<b>" not in shown
    assert "<i>" not in shown


@pytest.mark.parametrize(
    ("n", "k", "draws", "reason", "words"),
    [
        (9, 3, 99, "few_respondents", "fewer than 10 people answered both times"),
        (16, 2, 99, "few_departments", "fewer than 3 departments"),
        (16, 4, 15, "few_draws", "so few draws cannot give a p below 0.062"),
    ],
)
def test_too_little_to_conclude_is_described_without_a_p(n, k, draws, reason, words):
    panel = _panel(14, n=n, k=k, missing=False)
    found = compare_exposure(panel, _rooms(14, n), assigned=True, draws=draws)
    assert found.reasons == (reason,)
    assert words in found.sentence("en")
    for language in ("en", "da"):
        told = found.sentence(language).replace("p below", "").replace("p-værdi kan", "")
        assert "p =" not in told
        assert "p <" not in told
    assert "bærer ingen konklusion" in found.sentence("da")


def test_rooms_that_could_hardly_be_dealt_otherwise_only_describe():
    """Two people in a room, of a stratum of three; everybody else sat alone: three ways."""
    panel = _panel(15, missing=False)
    layer = np.array([0, 0, 0, *range(1, 14)])
    room = np.zeros((16, 1))
    room[:2] = 1
    found = compare_exposure(panel, room, strata=layer, assigned=True, draws=99)
    assert found.redrawn.exact
    assert found.redrawn.draws == 3
    assert found.reasons == ("few_assignments",)
    assert "the rooms can be assigned in so few ways (3) that no p can be below" in found.sentence("en")


def test_every_p_is_told_with_its_draws():
    panel, rooms = _panel(16), _rooms(16)
    found = compare_exposure(panel, rooms, assigned=True, draws=199)
    told = found.certainty.set_index("test")
    assert told.index.tolist() == ["regression", "mrqap", "redrawn"]
    assert told["draws"].tolist() == [0, 199, 199]
    assert told.loc[["mrqap", "redrawn"], "smallest_p"].tolist() == [1 / 200, 1 / 200]
    for method in told.index:
        assert told.loc[method, "p_value"] == found.row(method, "later_tie")["p_value"]
        assert told.loc[method, "low"] <= told.loc[method, "p_value"] <= told.loc[method, "high"]
    assert found.relabelled.null == "people_relabelled"


def test_nobody_who_can_change_places_gives_no_relabelled_p():
    panel = _panel(17, missing=False)
    found = compare_exposure(panel, _rooms(17), strata=np.arange(16), draws=19)
    assert found.relabelled is None
    assert np.isnan(found.row("mrqap", "later_tie")["p_value"])


def test_too_few_cells_for_the_model_give_no_p():
    """Four people of whom one answered twice, so that three cells are left for an intercept and two predictors."""
    before, after = np.zeros((4, 4)), np.zeros((4, 4))
    before[0, 1] = after[0, 2] = 1
    after[1:] = np.nan
    panel = Panel.from_arrays({"before": before, "after": after}, list("abcd"))
    found = compare_exposure(panel, np.array([[1, 0], [0, 1], [1, 0], [0, 1]]), assigned=True, draws=19)
    assert found.relabelled is None
    assert found.table["p_value"].isna().all() == ("undefined" in found.reasons)
    assert "few_respondents" in found.reasons


def _planted(seed, extra, n=36):
    """Departments that keep to themselves, six rooms dealt by chance, and new ties of pairs who shared one."""
    panel = simulate_panel(
        n=n, groups=4, seed=seed, activity_sd=0.6, popularity_sd=0.4, reciprocity=0.4
    ).panel
    rng = np.random.default_rng([seed, 1])
    rooms = np.eye(6)[rng.permuted(np.arange(n) % 6)]
    before, after = (panel.wave(w).ties.astype(float) for w in panel.labels)
    gained = (rng.random((n, n)) < extra) & (rooms @ rooms.T > 0)
    group = [panel.group_names[g] for g in panel.group()]
    return Panel.from_arrays({"before": before, "after": np.maximum(after, gained)}, group), rooms


def test_a_planted_difference_is_found():
    panel, rooms = _planted(1, 0.25)
    found = compare_exposure(panel, rooms, assigned=True, draws=199, seed=1)
    assert (found.table["p_value"] < 0.05).all()
    # A quarter of the cells of pairs together gained one; about a twelfth of them had a tie already.
    low, high = found.row("regression", "later_tie")[["low", "high"]]
    assert low < 25 * 11 / 12 < high
    assert not found.reasons


def test_no_difference_is_found_in_a_twentieth():
    runs, names = 60, None
    rejected = 0
    for seed in range(runs):
        panel, rooms = _planted(100 + seed, 0.0, n=30)
        table = compare_exposure(panel, rooms, assigned=True, draws=99, seed=seed).table
        names = list(zip(table["method"], table["measure"], strict=True))
        rejected = rejected + (table["p_value"] <= 0.05).to_numpy()
    assert len(names) == 3
    # 5 % of 60 runs is 3; more than 9 has a chance below 0.002 at 5 % and of 3 % at 8 %.
    assert (rejected <= 9).all()


def test_pairs_are_those_of_the_study():
    """The number of pairs is counted once for both directions."""
    panel, rooms = _panel(13, missing=False), _rooms(13)
    found = compare_exposure(panel, rooms, draws=19)
    assert found.n_dyads == len(list(combinations(range(16), 2)))
