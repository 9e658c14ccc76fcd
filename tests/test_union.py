import numpy as np
import pytest
from cases import random_net

from netlearn.measures.net import net_of
from netlearn.measures.union import union


@pytest.mark.parametrize("seed", range(5))
def test_by_loops_over_pairs(seed):
    net, y, mask = random_net(seed)
    found = union(net)
    everyone = np.arange(net.n)
    for i in everyone:
        for j in everyone:
            known = mask[i, j] and mask[j, i]
            assert found.observed(np.array([i]), np.array([j]))[0] == known
            assert found.ties[i, j] == (known and (y[i, j] or y[j, i]))
    assert not found.directed
    assert (found.answered == found.possible).all()
    assert (found.cell_table == net_of(y, net.group, mask & mask.T).cell_table).all()


def test_as_built_from_the_matrix():
    net, y, mask = random_net(11)
    both = mask & mask.T
    direct = net_of(np.where(both, np.maximum(y, y.T), 0), net.group, both, directed=False)
    found = union(net)
    assert (found.tie_table == direct.tie_table).all()
    assert (found.row_cells == direct.row_cells).all()
    assert (found.people == direct.people).all()


def test_turned_round_and_twice():
    net, y, mask = random_net(3)
    found = union(net)
    assert (union(net_of(y.T, net.group, mask.T)).ties != found.ties).nnz == 0
    assert union(found) is found


def test_units_stay():
    net = net_of([[0, 1], [0, 0]], [0, 1])
    assert union(net).n_units == net.n_units
    assert union(net).ties.toarray().tolist() == [[0, 1], [1, 0]]
