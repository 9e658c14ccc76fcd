"""Groups of people by rooms attended: what a reader could have by subtraction is hidden."""

from __future__ import annotations

import numpy as np
import pytest

from netlearn.analysis.competence_dose import _groups

CLOSURE = np.array([0.5] * 7 + [1.0] * 7 + [0.0] * 6)
ROOMS = np.repeat([0.0, 1.0, 2.0], [7, 7, 6])


@pytest.mark.parametrize("unlisted", [1, 4])
def test_few_who_are_not_on_the_list_are_not_had_by_subtraction(unlisted: int) -> None:
    """The mean of all times their number, less three shown groups, would be the closure of those few."""
    found = _groups(ROOMS, CLOSURE, unlisted, 0.05, 5)
    assert found["n_people"].head(3).isna().any()
    assert found.loc[found["n_people"].isna(), "closure"].isna().all()


@pytest.mark.parametrize("unlisted", [0, 5])
def test_nobody_or_many_hide_nothing(unlisted: int) -> None:
    found = _groups(ROOMS, CLOSURE, unlisted, 0.05, 5)
    assert found["n_people"].tolist() == [7, 7, 6, 0]
    assert found["closure"].tolist()[:3] == [0.5, 1.0, 0.0]


@pytest.mark.parametrize("unlisted", [0, 2, 4, 6, 10])
def test_those_without_a_row_are_not_the_one_hidden_beside_a_small_group(unlisted: int) -> None:
    """The correlation tells that 31 are on the list: four would be 31 less three groups of nine."""
    found = _groups(np.repeat([0.0, 1.0, 2.0, 3.0], [9, 9, 4, 9]), np.arange(31.0), unlisted, 0.05, 5)
    gone = found["n_people"].isna()
    assert gone[2]
    assert gone.sum() >= 2
    assert found.loc[gone, ["closure", "low", "high"]].isna().all(axis=None)
