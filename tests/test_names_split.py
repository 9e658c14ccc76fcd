"""Several names in one cell: cut where only one reading is possible, else left whole."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlearn.survey.names import Directory
from netlearn.survey.names_split import joined, pieces

PEOPLE = Directory.of(
    ["Ida Bak", "Ole Holm", "Hansen, Bo", "Anders And", "Jens Peter Hansen", "Peter Hansen", "Ib Ågård"],
    aliases=[[], [], [], [], [], [], ["Ib og Bo"]],
    ids=["14", "17", "3", "4", "5", "6", "7"],
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        (" ; \n", []),
        ("Ida Bak", ["Ida Bak"]),
        ("Ida Bak;Ole Holm ; ", ["Ida Bak", "Ole Holm"]),
        ("Ida Bak\r\nOle Holm\n\n", ["Ida Bak", "Ole Holm"]),
        ("Ida Bak\tOle Holm", ["Ida Bak", "Ole Holm"]),
        ("Ida Bak / Ole Holm/Ib Aagaard", ["Ida Bak", "Ole Holm", "Ib Aagaard"]),
        ("Ida Bak og Ole Holm", ["Ida Bak", "Ole Holm"]),
        ("Ida Bak and Ole Holm & Ib Ågård", ["Ida Bak", "Ole Holm", "Ib Ågård"]),
        ("Ida Bak, Ole Holm og Bo Hansen.", ["Ida Bak", "Ole Holm", "Bo Hansen."]),
        ("Ida Bak, og Ole Holm", ["Ida Bak", "Ole Holm"]),
        ("1. Ida Bak 2. Ole Holm", ["Ida Bak", "Ole Holm"]),
        ("1) Ida Bak\n2) Ole Holm", ["Ida Bak", "Ole Holm"]),
        ("1.Ida Bak\n2.Ole Holm", ["Ida Bak", "Ole Holm"]),
        ("- Ida Bak\n- Ole Holm", ["Ida Bak", "Ole Holm"]),
        ("• Ida Bak • Ole Holm", ["Ida Bak", "Ole Holm"]),
        ("* Ida Bak\n* Ole Holm", ["Ida Bak", "Ole Holm"]),
        ("14, 17", ["14", "17"]),
        ("14/17 og 3", ["14", "17", "3"]),
        # "Last, First" lives through it
        ("Hansen, Bo", ["Hansen, Bo"]),
        ("Hansen, Bo; Bak, Ida", ["Hansen, Bo", "Bak, Ida"]),
        ("Hansen, Bo, Bak, Ida", ["Hansen, Bo", "Bak, Ida"]),
        ("Hansen, Bo, Ole Holm, Bak, Ida", ["Hansen, Bo", "Ole Holm", "Bak, Ida"]),
        ("Hansen, Bo og Bak, Ida", ["Hansen, Bo", "Bak, Ida"]),
        ("Ida Bak,Ole Holm", ["Ida Bak", "Ole Holm"]),
        ("Ida Bak (IT, HR), Ole Holm", ["Ida Bak (IT, HR)", "Ole Holm"]),
        ("Ida Bak (IT/HR)", ["Ida Bak (IT/HR)"]),
        # words that look like separators
        ("Anders And", ["Anders And"]),
        ("Anders And og Ida Bak", ["Anders And", "Ida Bak"]),
        ("Ib og Bo", ["Ib og Bo"]),
        ("Sandra Logog", ["Sandra Logog"]),
        ("n/a", ["n/a"]),
        ("Ida Bak - Ole Holm", ["Ida Bak - Ole Holm"]),
        # strangers beside people who are known
        ("Ida Bak, Tom Udefra", ["Ida Bak", "Tom Udefra"]),
        ("Tom Udefra, Hansen, Bo", ["Tom Udefra", "Hansen, Bo"]),
        ("Ida Bak, IT", ["Ida Bak, IT"]),
        ("Hansen, Tom, Ida Bak", ["Hansen, Tom, Ida Bak"]),
        ("Tom Udefra, Pia Udefra", ["Tom Udefra, Pia Udefra"]),
        ("Ida, Ole", ["Ida, Ole"]),
        ("Ida, Ole, Ole Holm", ["Ida, Ole, Ole Holm"]),
    ],
)
def test_a_cell_is_cut_into_names(text: str, names: list[str]) -> None:
    assert PEOPLE.split(text) == names


def test_a_namesake_is_cut_off_as_well() -> None:
    people = Directory.of(["Ida Bak", "Ida Bak", "Ole Holm"])
    assert people.split("Ida Bak, Ole Holm") == ["Ida Bak", "Ole Holm"]


def test_commas_that_can_be_read_in_two_ways_stay() -> None:
    """Hansen and Bo are two people, and Bo Hansen is a third."""
    people = Directory.of(["Bo Hansen", "Hansen", "Bo", "Ida Bak"])
    for text in ("Hansen, Bo, Ida Bak", "Ida Bak, Hansen, Bo"):
        assert people.split(text) == [text]
    assert people.split("Hansen, Bo") == ["Hansen, Bo"]
    assert people.match("Hansen, Bo").person is None
    assert people.split("Ida Bak, Hansen") == ["Ida Bak", "Hansen"]


def test_a_doubtful_pair_is_asked_about() -> None:
    names = PEOPLE.split("Peter Hansen, Jens, Ida Bak")
    assert names == ["Peter Hansen, Jens", "Ida Bak"]
    assert [PEOPLE.match(name).person for name in names] == [None, 0]


SIGNS = ["a", "b", "c", "a, b", "b, c", "x y", "c, a"]


@given(
    st.sets(st.sampled_from(SIGNS)), st.lists(st.sampled_from(SIGNS), min_size=1, max_size=4).map(", ".join)
)
def test_commas_are_cut_in_the_one_way_with_the_fewest_strangers(known: set[str], text: str) -> None:
    """Against all ways of cutting, one by one."""
    parts = text.split(", ")
    ways = []
    for cuts in product([True, False], repeat=len(parts) - 1):
        names = [parts[0]]
        for part, cut in zip(parts[1:], cuts, strict=True):
            names = [*names, part] if cut else [*names[:-1], f"{names[-1]}, {part}"]
        strangers = [name for name in names if name not in known]
        if all(name.count(",") < 2 for name in names) and all(name == "x y" for name in strangers):
            ways.append((len(strangers), names))
    least = [names for count, names in ways if count == min(ways)[0]]
    good = len(least) == 1 and any(name in known for name in least[0])
    expected = least[0] if good and text not in known else [text]
    assert pieces(text, known.__contains__) == expected


# -- ticked names, joined


def test_options_that_hold_the_separator() -> None:
    people = Directory.of(["Hansen, Bo", "Jensen, Ida", "Ole Holm"])
    assert people.split_joined("Hansen, Bo, Jensen, Ida", ", ") == ["Hansen, Bo", "Jensen, Ida"]
    assert people.split_joined("Ole Holm, Hansen, Bo", ", ") == ["Ole Holm", "Hansen, Bo"]
    assert people.split_joined("", ", ") == []
    for text in (
        "hansen, bo",
        "Bo Hansen",
        "Hansen, Bo, Nobody",
        "Hansen",
        "Ole Holm;Hansen, Bo",
        "Ole Holm, ",
    ):
        assert people.split_joined(text, ", ") is None
    assert people.split_joined("Ole Holm;Hansen, Bo", ";") == ["Ole Holm", "Hansen, Bo"]


def test_options_that_can_be_cut_in_two_ways() -> None:
    assert joined("a, b, c", ", ", ["a", "b, c", "a, b", "c"]) is None
    assert joined("a, b", ", ", ["a, b", "a", "b"]) is None
    assert joined("a, b", ", ", []) is None


@given(st.sets(st.sampled_from(SIGNS), min_size=1), st.data())
def test_ticked_options_come_back_or_are_refused(options: set[str], data: st.DataObject) -> None:
    ticked = data.draw(st.lists(st.sampled_from(sorted(options)), unique=True, min_size=1))
    assert joined(", ".join(ticked), ", ", options) in (ticked, None)
