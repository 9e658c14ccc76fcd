"""Matrices from what is known about people, by hand."""

import numpy as np
import pandas as pd
import pytest

from netlearn import NetlearnError
from netlearn.inference.terms import difference, receiver, same, sender, shared

NAN = float("nan")


def test_same_with_unknown_labels():
    found = same(["a", None, "b", "a"])
    expected = [[1, NAN, 0, 1], [NAN] * 4, [0, NAN, 1, 0], [1, NAN, 0, 1]]
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("missing", [None, NAN, pd.NA, pd.NaT])
def test_same_knows_every_kind_of_missing(missing):
    assert np.isnan(same(["a", missing])[0, 1])


def test_same_of_numbers_and_pandas():
    np.testing.assert_array_equal(same(pd.Series([2, 2, 3]))[0], [1, 1, 0])


def test_sender_receiver_difference():
    values = [1.0, 4.0, NAN]
    np.testing.assert_array_equal(sender(values), [[1, 1, 1], [4, 4, 4], [NAN] * 3])
    np.testing.assert_array_equal(receiver(values), [[1, 4, NAN]] * 3)
    np.testing.assert_array_equal(difference(values), [[0, 3, NAN], [3, 0, NAN], [NAN] * 3])


def test_shared_counts_rooms_and_keeps_what_is_not_known():
    # The second person's second room is not known: it matters only with people who were there.
    rooms = [[1, 1, 0], [1, NAN, 1], [0, 0, 1]]
    expected = [[2, NAN, 0], [NAN, NAN, 1], [0, 1, 1]]
    np.testing.assert_array_equal(shared(rooms), expected)


@pytest.mark.parametrize("term", [same, sender, receiver, difference])
def test_one_value_per_person(term):
    with pytest.raises(NetlearnError, match="one value per person"):
        term(np.ones((2, 2)))


def test_shared_wants_people_by_rooms():
    with pytest.raises(NetlearnError, match="people x rooms"):
        shared([1, 0])
