"""Shared rooms: hand-computed panels, brute-force loops, and simulation with rooms that follow departments or not."""

import pickle
from itertools import combinations, permutations

import numpy as np
import pytest
from scipy import sparse

from netlearn import Panel, simulate_panel
from netlearn.analysis.exposure import compare_exposure
from netlearn.errors import NetlearnError, UndefinedError
from netlearn.inference.matched import Contrast, _Seats
from netlearn.inference.regression import dyadic_regression


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
    assert found.row("matched", "formed")["estimate"] == pytest.approx(100 * (3 / 9 - mix))
    # No comparable pair had a tie before.
    assert np.isnan(found.row("matched", "dissolved")["estimate"])
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
    assert "2 personer, hvis rum ikke kendes, er udeladt" in found.sentence("da")
    assert found.n_people == 16 - 2 - 2


def _brute_difference(made, together):
    total, size = 0.0, 0
    for kind in np.unique(made.kind):
        here = made.kind == kind
        ours, others = made.happened[here & together], made.happened[here & ~together]
        if len(ours) and len(others):
            total += len(ours) * (ours.mean() - others.mean())
            size += len(ours)
    return total / size if size else np.nan


def _brute_variance(made, influence):
    pairs = {}
    for i, j, value in zip(made.i, made.j, influence, strict=True):
        pairs[frozenset((i, j))] = pairs.get(frozenset((i, j)), 0.0) + value
    return sum(r * s for d, r in pairs.items() for e, s in pairs.items() if d & e), sum(
        r**2 for r in pairs.values()
    )


def _random_contrast(seed, n=9):
    rng = np.random.default_rng(seed)
    i, j = np.nonzero(~np.eye(n, dtype=bool))
    kind = (i % 2 == j % 2).astype(int)
    made = Contrast(i, j, n, n, (rng.random(len(i)) < 0.4).astype(float), kind)
    met = np.triu(rng.random((n, n)) < 0.3, 1)
    return made, (met | met.T)[i, j]


@pytest.mark.parametrize("seed", range(3))
def test_difference_of_comparable_pairs_equals_loops(seed):
    made, together = _random_contrast(seed)
    estimate, influence = made.difference(together)
    assert estimate == pytest.approx(_brute_difference(made, together))
    left = []
    for person in range(made.n):
        stay = (made.i != person) & (made.j != person)
        rest = Contrast(made.i[stay], made.j[stay], made.n, made.n, made.happened[stay], made.kind[stay])
        left.append(estimate - _brute_difference(rest, together[stay]))
    assert made.left_out(together, estimate) == pytest.approx(np.array(left))
    people, alone = _brute_variance(made, influence)
    sums = np.array([influence[(made.i == p) | (made.j == p)].sum() for p in range(made.n)])
    variance = max(
        people * (np.array(left) ** 2).sum() / (sums**2).sum(),
        alone,
        made.null_variance(together, made.luck()),
    )
    assert made.rung(together, 0.05, "two-sided").se == pytest.approx(np.sqrt(variance))


def test_luck_of_few_pairs_is_taken_from_their_kind():
    """One pair together without a new tie, ten of ninety others with one: the interval is that of the ninety."""
    pairs = list(combinations(range(14), 2))
    i, j = np.array(pairs).T
    happened = (np.arange(91) % 9 == 4).astype(float)
    together = np.isin(np.arange(91), [0, 90])
    made = Contrast(i, j, 14, 14, happened, np.zeros(91, int))
    p = happened.mean()
    by_hand = p * (1 - p) * (1 / 2 + 1 / 89)
    assert not happened[together].any()
    assert made.null_variance(together, made.luck()) == pytest.approx(by_hand)
    assert made.rung(together, 0.05, "two-sided").se >= np.sqrt(by_hand) * (1 - 1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_luck_counts_the_two_cells_of_a_pair_together(seed):
    made, together = _random_contrast(seed)
    total, size = 0.0, 0
    for kind in (0, 1):
        here = np.flatnonzero(made.kind == kind)
        rest = made.happened[here] - made.happened[here].mean()
        pairs = {}
        for cell, value in zip(here, rest, strict=True):
            pair = frozenset((made.i[cell], made.j[cell]))
            pairs[pair] = pairs.get(pair, 0.0) + value
        per_cell = sum(v**2 for v in pairs.values()) / len(here)
        n1 = together[here].sum()
        n0 = len(here) - n1
        total += per_cell * (n1 + n1**2 / n0)
        size += n1
    assert made.null_variance(together, made.luck()) == pytest.approx(total / size**2)


def _matchings(people):
    """Every way of making partners of people."""
    if not people:
        yield []
        return
    for other in people[1:]:
        rest = [p for p in people[1:] if p != other]
        for pairs in _matchings(rest):
            yield [(people[0], other), *pairs]


def test_partners_redrawn_equal_all_matchings():
    panel = _panel(6, n=8, k=2, missing=False)
    found = compare_exposure(
        panel, _partners([(0, 1), (2, 3), (4, 5), (6, 7)], 8), assigned=True, draws=3000
    ).redrawn
    assert found.exact
    assert found.draws == 2520  # 8! / 2^4, each matching 4! times
    before, after = (panel.wave(w).ties for w in panel.labels)
    i, j = np.nonzero(~before & ~np.eye(8, dtype=bool))
    kind = (panel.group()[i] == panel.group()[j]).astype(int)
    made = Contrast(i, j, 8, 8, after[i, j].astype(float), kind)
    values = []
    for pairs in _matchings(list(range(8))):
        together = _partners(pairs, 8)[i, j] > 0
        estimate = _brute_difference(made, together)
        people, alone = _brute_variance(made, made.difference(together)[1])
        values.append(
            estimate / np.sqrt(max(people * 8 / 4, alone, made.null_variance(together, made.luck())))
        )
    assert len(values) == 105
    extreme = np.abs(values) >= abs(values[0]) - 1e-9
    assert found.statistic == pytest.approx(values[0])
    assert found.p_value == pytest.approx(extreme.mean())
    most = np.abs(values) >= np.abs(values).max() - 1e-9
    assert found.smallest_p == pytest.approx(most.mean())


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
    before, after = (panel.wave(w).ties for w in panel.labels)
    i, j = np.nonzero(~before & ~np.eye(8, dtype=bool))
    kind = 2 * (layer[i] + layer[j]) + (panel.group()[i] == panel.group()[j])
    made = Contrast(i, j, 8, 8, after[i, j].astype(float), kind)
    values = []
    for way in [tuple(seats.tolist()), *sorted(ways)]:
        together = np.array(way)[i] == np.array(way)[j]
        people, alone = _brute_variance(made, made.difference(together)[1])
        luck = made.null_variance(together, made.luck())
        values.append(_brute_difference(made, together) / np.sqrt(max(people * 8 / 4, alone, luck)))
    assert found.statistic == pytest.approx(values[0])
    assert found.p_value == pytest.approx((np.abs(values[1:]) >= abs(values[0]) - 1e-9).mean())


def test_other_processes_can_compute_the_draws():
    made, _ = _random_contrast(8)
    statistic = _Seats(made, made.luck(), np.eye(3), np.arange(9))
    seats = np.random.default_rng(1).integers(0, 3, (5, 9))
    assert np.array_equal(pickle.loads(pickle.dumps(statistic))(seats), statistic(seats))


def test_one_sided_questions():
    panel, rooms = _panel(9, missing=False), _rooms(9)
    two, up, down = (
        compare_exposure(panel, rooms, assigned=True, draws=199, alternative=a)
        for a in ("two-sided", "greater", "less")
    )
    for measure in ("formed", "dissolved"):
        p = [found.row("matched", measure)["p_value"] for found in (two, up, down)]
        assert p[1] + p[2] == pytest.approx(1)
        assert p[0] == pytest.approx(2 * min(p[1:]))
    rises = up.row("matched", "dissolved")["estimate"] > 0
    assert (up.row("matched", "dissolved")["p_value"] > 0.5) == rises  # ended ties speak against "more"
    p = [found.row("mrqap", "later_tie")["p_value"] for found in (up, down)]
    assert sum(p) == pytest.approx(1 + 1 / 200)
    assert (two.level, up.level) == (0.95, 0.9)
    assert "90" in up.sentence("en")


def test_rooms_that_are_departments_cannot_be_told_from_them():
    panel = _panel(10, missing=False)
    found = compare_exposure(panel, np.eye(3)[np.arange(16) % 3], draws=19)
    assert found.table[["estimate", "p_value"]].isna().all(axis=None)
    assert "cannot be computed" in found.sentence("en")


def test_the_sentence_claims_what_the_design_carries():
    panel, rooms = _panel(11), _rooms(11)
    chosen, dealt = (
        compare_exposure(panel, rooms, draws=99),
        compare_exposure(panel, rooms, assigned=True, draws=99),
    )
    assert "does not show what sharing a room did" in chosen.sentence("en")
    assert "viser ikke" in chosen.sentence("da")
    assert "Chance decided" in dealt.sentence("en")
    assert "Når rummene fordeles på ny" in dealt.sentence("da")
    assert chosen.redrawn is None
    assert "<table" in dealt._repr_html_()
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
        compare_exposure(panel, rooms, draws=19).row("matched", "zzz")
    with pytest.raises(UndefinedError, match="no observed pair"):
        compare_exposure(panel, np.zeros((16, 2)))
    with pytest.raises(UndefinedError, match="every observed pair"):
        compare_exposure(panel, np.ones((16, 2)))


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
    table = compare_exposure(panel, rooms, assigned=True, draws=199, seed=1).table
    shown = table[table["measure"] != "dissolved"]
    assert (shown["p_value"] < 0.05).all()
    # A quarter of the possible ties of pairs together, give or take: 25 new per 100.
    low, high = shown.loc[shown["method"] == "matched", ["low", "high"]].iloc[0]
    assert low < 25 < high


def test_no_difference_is_found_in_a_twentieth():
    runs, names = 60, None
    rejected = 0
    for seed in range(runs):
        panel, rooms = _planted(100 + seed, 0.0, n=30)
        table = compare_exposure(panel, rooms, assigned=True, draws=99, seed=seed).table
        names = list(zip(table["method"], table["measure"], strict=True))
        rejected = rejected + (table["p_value"] <= 0.05).to_numpy()
    assert len(names) == 5
    # 5 % of 60 runs is 3; more than 9 has a chance below 0.002 at 5 % and of 3 % at 8 %.
    assert (rejected <= 9).all()


def test_pairs_are_those_of_the_study():
    """The number of pairs is counted once for both directions."""
    panel, rooms = _panel(13, missing=False), _rooms(13)
    found = compare_exposure(panel, rooms, draws=19)
    assert found.n_dyads == len(list(combinations(range(16), 2)))
