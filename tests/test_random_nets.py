import json
from itertools import product

import numpy as np
import pytest
from cases import random_net
from scipy import stats

from netlearn.errors import NetlearnError
from netlearn.inference.places import Places
from netlearn.inference.random_nets import (
    degrees_fixed,
    random_density,
    random_dyad_census,
)
from netlearn.measures.net import net_of

KINDS = [random_density, random_dyad_census, degrees_fixed]


def mask_of(n, blank=(), silent=(), unnamed=()):
    mask = ~np.eye(n, dtype=bool)
    for i, j in blank:
        mask[i, j] = False
    mask[list(silent)] = False
    mask[:, list(unnamed)] = False
    return mask


def every_network(mask, directed):
    """Every 0/1 matrix with ties in observed cells only."""
    i, j = np.nonzero(mask if directed else np.triu(mask))
    for bits in product((0.0, 1.0), repeat=len(i)):
        y = np.zeros(mask.shape)
        y[i, j] = bits
        yield y if directed else y + y.T


def census(y, mask):
    """Numbers of pairs by what was observed and what was answered, one by one."""
    found = {}
    for i in range(len(y)):
        for j in range(i):
            seen = [cell for cell in ((i, j), (j, i)) if mask[cell]]
            kind = (len(seen), sum(y[cell] for cell in seen))
            found[kind] = found.get(kind, 0) + 1
    return found


HELD = {
    random_density: lambda y, mask: y.sum(),
    random_dyad_census: census,
    degrees_fixed: lambda y, mask: (y.sum(axis=0).tolist(), y.sum(axis=1).tolist()),
}
CYCLE = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]], float)


def drawn_ties(kind, draws, seed, y, mask, directed=True):
    sampler = kind(net_of(y, np.zeros(len(y), int), mask, directed=directed))
    rng = np.random.default_rng(seed)
    return [sampler(rng).ties.toarray() for _ in range(draws)]


def alike(kind, y, mask, directed=True):
    held = HELD[kind](y, mask)
    return [g for g in every_network(mask, directed) if HELD[kind](g, mask) == held]


def several(kind, y, mask):
    return 2 < len(alike(kind, y, mask)) < 800


def p_of_uniformity(kind, y, mask, directed=True, draws=4000, seed=1):
    every = alike(kind, y, mask, directed)
    number = {g.tobytes(): k for k, g in enumerate(every)}
    counts = np.zeros(len(every))
    for g in drawn_ties(kind, draws, seed, y, mask, directed):
        counts[number[g.tobytes()]] += 1  # a KeyError is a network that should not be
    assert len(every) > 1
    assert draws / len(every) >= 5
    return stats.chisquare(counts).pvalue


def planted(seed, mask, density=0.4, directed=True):
    rng = np.random.default_rng(seed)
    y = (rng.random(mask.shape) < density) & mask
    return (y if directed else np.triu(y) | np.triu(y).T).astype(float)


MASKS = {
    "all of 4": mask_of(4),
    "blank cells": mask_of(4, blank=[(0, 1), (2, 3)]),
    "one silent of 4": mask_of(4, silent=[2]),
    "5, two silent, one not named": mask_of(5, silent=[0, 3], unnamed=[4], blank=[(1, 2)]),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mask", MASKS.values(), ids=MASKS.keys())
def test_every_network_is_equally_likely(kind, mask):
    # Some degrees are had by one network only; these are had by several.
    y = next(g for g in (planted(seed, mask) for seed in range(99)) if several(kind, g, mask))
    assert p_of_uniformity(kind, y, mask) > 0.001


@pytest.mark.parametrize("kind", [random_density, degrees_fixed])
@pytest.mark.parametrize("blank", [(), ((0, 1), (1, 0), (2, 4), (4, 2))])
def test_every_undirected_network_is_equally_likely(kind, blank):
    mask = mask_of(5, blank=blank)
    y = planted(2, mask, 0.5, directed=False)
    assert p_of_uniformity(kind, y, mask, directed=False) > 0.001


def test_a_directed_three_cycle_is_reversed():
    # No two ties of a three-cycle can be swapped: of two networks only one would be reached.
    assert p_of_uniformity(degrees_fixed, CYCLE, mask_of(3)) > 0.001


def test_three_cycles_among_forced_ties_are_reversed():
    y = np.zeros((5, 5))
    y[:3, :3] = CYCLE
    y[3, [0, 1, 2, 4]] = 1  # one names everybody
    assert p_of_uniformity(degrees_fixed, y, mask_of(5, silent=[4])) > 0.001


def test_holes_that_no_swap_and_no_three_cycle_gets_round():
    # Only a round of four ties leads from one of the two networks to the other: each of four senders may name two.
    mask = np.zeros((8, 8), bool)
    for i in range(4):
        mask[i, 4 + i] = mask[i, 4 + (i + 1) % 4] = True
    y = np.zeros((8, 8))
    y[range(4), range(4, 8)] = 1
    net = net_of(y, np.zeros(8, int), mask)
    rng = np.random.default_rng(3)
    turned = [degrees_fixed(net, 4000)(rng).ties[0, 5] for _ in range(400)]
    assert stats.binomtest(int(sum(turned)), 400).pvalue > 0.001


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_held_fixed_is_kept_and_no_cell_is_made(kind, directed, seed):
    net, y, mask = random_net(seed, directed=directed)
    sampler, rng = kind(net), np.random.default_rng(seed)
    for _ in range(20):
        drawn = sampler(rng)
        g = drawn.ties.toarray()
        assert HELD[kind](g, mask) == HELD[kind](y, mask)
        assert g[~mask].sum() == 0
        assert np.array_equal(g, g.T) or directed
        assert np.isin(g, (0, 1)).all()
        assert np.array_equal(drawn.cell_table, net.cell_table)


def test_places_are_numbered_one_by_one():
    places = Places(np.array([1, 4, 6]), np.array([0, 4]), np.array([3]))
    expected = [(1, 0), (1, 4), (4, 0), (6, 0), (6, 4)]
    assert list(zip(*(v.tolist() for v in places.at(np.arange(places.size))), strict=True)) == expected
    pairs = Places(np.arange(5), None, np.array([0, 9]))
    found = list(zip(*(v.tolist() for v in pairs.at(np.arange(pairs.size))), strict=True))
    assert found == [(i, j) for i in range(5) for j in range(i + 1, 5) if (i, j) not in ((0, 1), (3, 4))]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("directed", [True, False])
def test_empty_complete_and_nobody(kind, directed):
    mask = mask_of(4)
    for y in (np.zeros((4, 4)), mask.astype(float)):
        for g in drawn_ties(kind, 3, 1, y, mask, directed):
            assert np.array_equal(g, y)
    assert drawn_ties(kind, 1, 1, np.zeros((4, 4)), np.zeros((4, 4), bool), directed)[0].sum() == 0
    assert drawn_ties(kind, 1, 1, np.zeros((0, 0)), np.zeros((0, 0), bool), directed)[0].shape == (0, 0)


def test_seeds_fix_the_draws_and_draws_leave_the_sampler_alone():
    net, _, _ = random_net(5)
    for kind in KINDS:
        sampler = kind(net)
        one, two, three = (sampler(np.random.default_rng(s)).ties.toarray() for s in (1, 1, 2))
        assert np.array_equal(one, two)
        assert not np.array_equal(one, three)


def test_stops_look_at_one_walk():
    net, _, _ = random_net(7, missing=False)
    sampler = degrees_fixed(net)
    (start, all_kept), (_, some_kept) = sampler.stops(np.random.default_rng(1), (0, 500))
    assert np.array_equal(start.ties.toarray(), net.ties.toarray())
    assert all_kept == 1
    assert 0 < some_kept < 1


def test_steps_must_be_a_number_of_steps():
    net, _, _ = random_net(1)
    for steps in (-1, 2.5, True):
        with pytest.raises(NetlearnError, match="steps must be"):
            degrees_fixed(net, steps)


def test_small_and_dense_networks_get_more_steps():
    ring = np.roll(np.eye(41), 1, axis=1)  # 41 of 1,640 cells
    assert degrees_fixed(net_of(ring, np.zeros(41, int))).steps == round(1000 / (39 / 40) ** 2)
    half = np.triu(np.ones((41, 41)), 1)  # 820 of 1,640 cells
    assert degrees_fixed(net_of(half, np.zeros(41, int))).steps == 20 * 820 * 4
    full = np.ones((41, 41))
    assert degrees_fixed(net_of(full, np.zeros(41, int))).steps == 20 * 1640 * 10


def _ei(net):
    return float(net.ties.data @ np.where(net.cross, 1.0, -1.0)) / net.ties.nnz


@pytest.mark.parametrize(("mode", "kind"), [("edges", random_density), ("dyad.census", random_dyad_census)])
def test_mean_and_spread_of_the_ei_index_agree_with_sna(mode, kind, shared):
    from nets import reference_nets

    checked, draws = 0, 400
    for name, net, values in reference_nets(shared):
        found = values.get(f"cug.ei.{mode}")
        if found is None or not net.ties.nnz:
            continue
        sampler, rng = kind(net), np.random.default_rng(2)
        ours = np.array([_ei(sampler(rng)) for _ in range(draws)])
        reps = {"coleman": 200, "synth_140x12": 60}.get(name.split()[0], 500)
        # Monte Carlo error of a mean, and of a spread (nearly normal), on both sides.
        noise = max(found["sd"], ours.std()) * np.sqrt(1 / draws + 1 / reps)
        assert abs(ours.mean() - found["mean"]) <= 4 * noise + 1e-12, name
        assert abs(ours.std() - found["sd"]) <= 4 * noise / np.sqrt(2) + 1e-12, name
        checked += 1
    assert checked >= 20


def test_reference_cases_say_their_repetitions(shared):
    # The smaller numbers of repetitions written above are those of the files.
    for case, reps in (("coleman", 200), ("synth_140x12", 60)):
        text = (shared / "reference" / case / "reference.json").read_text(encoding="utf-8")
        listed = {r["id"]: r.get("reps") for r in json.loads(text)["values"]}
        assert listed["wave1.cug.ei.edges"] == reps
