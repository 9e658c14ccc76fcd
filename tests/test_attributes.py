"""What is known of people besides their department: one value each, kept with the panel, read from the roster."""

import pickle
from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import studies
from panels import random_panel
from studies import changed, grid

from netlearn import NetlearnError, Panel
from netlearn.errors import StudyError
from netlearn.study.plan import read_study
from netlearn.survey.check import check_study
from netlearn.survey.reader import read_panel

AREAS = ["east", "west", "east", ""]


def four(**options):
    return Panel.from_arrays({"a": np.zeros((4, 4)), "b": np.zeros((4, 4))}, list("AABB"), **options)


def test_a_panel_has_no_attributes_unless_given():
    assert dict(four().attributes) == {}


@pytest.mark.parametrize(
    "given", [AREAS, tuple(AREAS), np.array(AREAS), pd.Series(AREAS, index=list("wxyz"))]
)
def test_attributes_are_tuples_in_the_order_of_the_people(given):
    assert dict(four(attributes={"area": given}).attributes) == {"area": tuple(AREAS)}


def test_attributes_cannot_be_written_to():
    panel = four(attributes={"area": AREAS})
    with pytest.raises(TypeError):
        panel.attributes["area"] = ("x",) * 4
    assert not hasattr(panel.attributes, "update")


def test_attributes_are_kept_by_replace_and_by_pickling():
    panel = four(attributes={"area": AREAS})
    for again in (panel.at_threshold(2), panel.with_grouping("current"), pickle.loads(pickle.dumps(panel))):
        assert dict(again.attributes) == {"area": tuple(AREAS)}
    assert dict(replace(panel, attributes={}).attributes) == {}


def test_the_values_are_not_printed():
    panel = four(attributes={"area": AREAS})
    assert repr(panel.attributes) == "attributes area"
    assert "east" not in repr(panel) + panel._repr_html_()


@pytest.mark.parametrize("given", [["east"], "east", AREAS * 2])
def test_one_value_per_person(given):
    with pytest.raises(NetlearnError, match="one value per person"):
        four(attributes={"area": given})


def test_graphs_round_trip_by_node():
    panel = four(attributes={"area": AREAS, "years": [1, 2, 3, 4]})
    graphs = {label: panel.to_networkx(label) for label in panel.labels}
    assert graphs["a"].nodes["2"] == {"area": "west", "years": 2, "department": "A", "answered": True}
    assert dict(Panel.from_networkx(graphs, attributes=["years"]).attributes) == {"years": (1, 2, 3, 4)}
    late = nx.DiGraph()
    late.add_node("5", department="B", area="north")
    assert Panel.from_networkx(graphs | {"c": late}, attributes=["area"]).attributes["area"] == (
        *AREAS,
        "north",
    )
    with pytest.raises(NetlearnError, match="no attribute 'shoe'"):
        Panel.from_networkx(graphs, attributes=["shoe"])


def test_long_tables_round_trip_by_id():
    panel = replace(
        random_panel(3, n=6), attributes={"area": list("uvwxyz"), "years": range(6), "status": [0] * 6}
    )
    ties, people = panel.to_frames()
    assert list(people) == ["wave", "id", "department", "status", "could_be_named", "area", "years"]
    assert people["status"].isin(["took_part", "no_answer", "not_employed"]).all()
    again = Panel.from_frames(ties, people.sample(frac=1, random_state=1), attributes=["area", "years"])
    assert dict(zip(again.ids, again.attributes["area"], strict=True)) == dict(
        zip(panel.ids, "uvwxyz", strict=True)
    )
    with pytest.raises(NetlearnError, match="lacks the column"):
        Panel.from_frames(ties, people, attributes=["shoe"])
    people.loc[0, "years"] = 99
    with pytest.raises(NetlearnError, match="'years' of people has more than one value"):
        Panel.from_frames(ties, people, attributes=["years"])


# Every person has a token, which is the id here, so that answers can be matched by either.
ROSTER = (
    "id,department,who,area,years,got,token\na1,North,Ann,east,3.0,yes,a1\na2,North,Bo,east,,no,a2\na3,North,Cy,west,5,later,a3\n"
    "a4,South,Di,west,1,yes,a4\na5,South,Ed,,2,no,a5\na6,South,Flo,east,9,yes,a6\n"
)
PLAN = 'name = "who"\nattributes = ["area", "years"]'
ASSIGNED = '[assignment]\ncolumn = "got"\ntrained = ["yes"]\n\n[primary]'


def with_attributes(plan=PLAN, assigned=ASSIGNED, roster=ROSTER):
    files = changed(grid(), "study.toml", '"roster.csv"', f'"roster.csv"\n{plan}')
    files = changed(files, "study.toml", "[primary]", assigned)
    return files | {"roster.csv": roster}


def test_the_roster_gives_the_named_columns_and_those_of_the_assignment(tmp_path: Path):
    panel = read_panel(read_study(studies.write(tmp_path, with_attributes())), "contact")
    order = np.random.default_rng(7).permutation(6)  # the codes follow the seed
    expected = {
        "area": ("east", "east", "west", "west", "", "east"),
        "years": ("3", "", "5", "1", "2", "9"),
        "got": ("yes", "no", "later", "yes", "no", "yes"),
    }
    assert dict(panel.attributes) == {name: tuple(v[k] for k in order) for name, v in expected.items()}
    assert "Ann" not in str(vars(panel.attributes))


def test_without_names_nothing_is_read(tmp_path: Path):
    files = grid() | {"roster.csv": ROSTER}
    assert dict(read_panel(read_study(studies.write(tmp_path, files)), "contact").attributes) == {}


@pytest.mark.parametrize("column", ["who", "id", "token"])
@pytest.mark.parametrize(
    ("table", "key"), [("roster", "attributes"), ("assignment", "column"), ("assignment", "strata")]
)
def test_columns_that_tell_who_somebody_is_are_refused(column, table, key, tmp_path: Path):
    files = with_attributes('name = "who"\nkey = "token"')
    if table == "roster":
        files = changed(
            files, "study.toml", 'name = "who"', f'name = "who"\nattributes = ["area", "{column}"]'
        )
    elif key == "column":
        files = changed(files, "study.toml", '"got"', f'"{column}"')
    else:
        files = changed(files, "study.toml", '["yes"]', f'["yes"]\nstrata = "{column}"')
    (fault,) = check_study(studies.write(tmp_path, files)).faults[:1]
    lines = files["study.toml"].splitlines()
    assert (fault.code, fault.file, fault.column) == ("column-identifies", "study.toml", key)
    assert lines[fault.row - 1].startswith(key)
    heading = f"[{table}]"
    assert fault.text().endswith(
        f"{key} in {heading} names the column '{column}', which tells who somebody is. Expected a column that "
        "describes people. Do: name another column, or leave it out."
    )
    assert f"{key} i {heading} nævner kolonnen '{column}', som røber, hvem en person er." in fault.text("da")
    with pytest.raises(StudyError):
        read_study(tmp_path)


def test_a_column_that_is_not_there_is_a_fault(tmp_path: Path):
    files = with_attributes('attributes = ["aera"]')
    (fault,) = check_study(studies.write(tmp_path, files)).faults
    assert (fault.code, fault.file, fault.row, fault.values["nearest"]) == (
        "missing-column",
        "roster.csv",
        1,
        "area",
    )
