"""An attribute in the place of departments, and the panel that an outcome asks for."""

import numpy as np
import pytest
from rotas import programme, study

from netlearn import NetlearnError, Panel, compare
from netlearn.analysis.data import StudyData
from netlearn.analysis.outcome_panel import assigned, panel_of
from netlearn.study.planned import Outcome
from netlearn.study.regroup import regroup, with_groups


def panel(**attributes):
    """Four people who move between departments, and their ties in two waves."""
    before, after = np.zeros((2, 4, 4))
    before[0, 1] = after[0, 1] = after[0, 2] = after[3, 1] = 1
    homes = {"before": list("AABB"), "after": list("BABB")}
    return Panel.from_arrays({"before": before, "after": after}, homes, attributes=attributes)


def test_groups_are_the_values_in_every_wave():
    found = regroup(panel(area=["west", " east", "west", "east"]).with_grouping("current"), "area")
    assert found.group_names == ("east", "west")
    assert found.grouping == "baseline"
    for label in found.labels:
        assert found.group(label).tolist() == [1, 0, 1, 0]


def test_everything_else_stays():
    given = panel(area=[1, 2, 1, 2])
    found = regroup(given, "area")
    assert found.group_names == ("1", "2")
    assert found.ids == given.ids
    assert found.attributes["area"] == (1, 2, 1, 2)
    assert all(a is b for a, b in zip(found.waves, given.waves, strict=True))
    assert given.group_names == ("A", "B")


def test_across_then_goes_by_the_attribute():
    """By hand: 0 names 1 both times; later 0 names 2, and 3 names 1. Of 8 cells across, by areas and by departments."""
    given = panel(area=["west", "east", "west", "east"])
    assert compare(regroup(given, "area"), "cross_density", draws=0).values == (1 / 8, 1 / 8)
    assert compare(given, "cross_density", draws=0).values == (0, 2 / 8)


@pytest.mark.parametrize("blank", ["", "  ", None, float("nan")])
def test_a_blank_is_refused_by_the_name_of_the_attribute(blank):
    with pytest.raises(NetlearnError, match="'area' is blank for 1 of 4"):
        regroup(panel(area=["west", blank, "west", "east"]), "area")


def test_an_attribute_that_is_not_there_is_refused():
    with pytest.raises(NetlearnError, match=r"no attribute 'area'.*it has none"):
        regroup(panel(), "area")


def test_groups_by_name():
    assert with_groups(panel(), ["y", "x", "y", "x"]).groups.tolist() == [[1, 0, 1, 0]] * 2


def test_an_outcome_chooses_the_panel():
    made, data = programme()
    plain = Outcome("contact", "cross_density", ("w0", "w2"))
    assert panel_of(data, plain) is made.panel
    grouped = Outcome("contact", "cross_density", ("w0", "w2"), group="area")
    assert panel_of(data, grouped).group_names == ("area 1", "area 2", "area 3")
    with pytest.raises(NetlearnError, match="no panel of relation 'advice'; the data have contact"):
        panel_of(data, Outcome("advice", "cross_density", ("w0", "w2")))


def test_who_was_trained_is_read_off_departments_as_they_are():
    made, data = programme()
    found = assigned(data, "contact")
    assert found.start.tolist() == made.allocation.start.tolist()
    assert len(np.unique(found.unit)) == 90
    with pytest.raises(NetlearnError, match=r"give it an \[assignment\]"):
        assigned(StudyData(study(assignment=None), data.panels), "contact")


def test_waves_that_the_relation_lacks_still_count():
    """Who starts in the wave that the panel lacks counts as trained from its next wave on."""
    made, data = programme()
    short = Panel.from_arrays(
        {w: np.where(made.panel.wave(w).observed, made.panel.wave(w).ties, np.nan) for w in ("w0", "w2")},
        made.panel.groups[0],
        attributes=dict(made.panel.attributes),
    )
    found = assigned(StudyData(data.study, {"contact": short}), "contact")
    assert int(found.trained(1).sum()) == 30
