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
