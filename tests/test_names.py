"""Names that people typed: found by a rule and by one person only, or asked about; never somebody else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlearn.errors import NetlearnError
from netlearn.survey.names import Directory, Match

HANSENS = ["Jens Hansen", "Jens Peter Hansen", "Ida Bak Jensen", "Ole Bak Jensen", "Anne-Marie O'Brien"]


def found(names: Sequence[str], text: str) -> str | None:
    """The name of the person found."""
    person = Directory.of(names).match(text).person
    return None if person is None else names[person]


# -- the folded full name


@pytest.mark.parametrize(
    "text",
    [
        "Bo Ågård-Møller",
        "  bo ÅGÅRD-MØLLER ",
        "Bo Aagaard-Moeller",
        "Bo Agard Moller",
        "Bo Ågaard Møller",
        "bo agaard moeller",
        unicodedata.normalize("NFD", "Bo Ågård-Møller"),
        "Bo\N{NO-BREAK SPACE}Ågård\N{EN DASH}Møller",
        "Bo  Ågård-\N{ZERO WIDTH SPACE}Møller\N{RIGHT-TO-LEFT MARK}",
        "Bo Ågård-Mø\N{SOFT HYPHEN}ller",
        "Bo Ågård-Møller (IT)",
        "Bo Ågård-Møller(sygeplejerske) (vikar)",
        "Bo. Ågård Møller.",
        "Ågård-Møller, Bo",
        "ågård-møller,bo (IT)",
        "Aagaard-Moeller Bo",
        "Bo Ågård-Møller,",
    ],
)
def test_one_name_in_many_spellings(text: str) -> None:
    assert found(["Ida Holm", "Bo Ågård-Møller"], text) == "Bo Ågård-Møller"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("René Müller", "rene mueller"),
        ("René Müller", "Rene Muller"),
        ("Sören Bäck", "Soren Baeck"),
        ("Sören Bäck", "Søren Back"),
        ("Soeren Bak", "Søren Bak"),
        ("Łukasz Đorđe", "Lukasz Dorde"),
        ("Işıl Öz", "ISIL OZ"),
        ("Anne-Marie O'Brien", "Anne Marie O’Brien"),
        ("Anne-Marie O'Brien", "anne-marie obrien"),
        ("Hansen, Jens Peter", "Jens Peter Hansen"),
        ("Hansen, Jens Peter", "hansen, jens peter"),
        ("Hansen, Jens Peter", "Hansen Jens Peter"),
        ("Ida Bak Jensen", "Bak Jensen Ida"),
        ("Ida Bak Jensen", "Jensen Ida Bak"),
        ("Ida Bak Jensen", "Bak Jensen, Ida"),
        ("Hansen Jens", "Jens Hansen"),
        ("Bo Ægidius", "Bo Aegidius"),
        ("محمد علي", "محمد علي\N{RIGHT-TO-LEFT MARK}"),
        ("Ida Bak (IT)", "Ida Bak"),
        ("Ida Bak (IT)", "bak, ida (it)"),
        ("Ib " * 60 + "Holm", "ib " * 60 + "HOLM"),
        ("Ø" * 200, "ø" * 200),
        ("Ø" * 200, "oe" * 200),
    ],
)
def test_a_name_is_found(name: str, text: str) -> None:
    assert found(["Xenia Quist", name], text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "(IT)",
        "Jens",  # a first name alone
        "Hansen",
        "Ida Jensen",  # a middle name left out
        "Ida Bak",
        "Bak Jensen",  # two people end so
        "Jens Petersen Hansen",
        "Peter Jens Hansen",  # other order than any Last First
        "Jens Hansen Peter",
        "Jens, Peter Hansen",  # may be a list
        "Hansen, Jens, IT",
        "Jens Hanse",
        "Jens Hansenn",
        "Marie-O'Brien Anne",  # a hyphenated name is not cut
        "Annemarie O'Brien",
        "nobody",
        "Ida og Ole",
        "Jens Hansen?",
    ],
)
def test_nobody_is_guessed(text: str) -> None:
    match = Directory.of(HANSENS).match(text)
    assert match.person is None
    assert match.rule == "unresolved"


def test_oe_and_o_are_each_ø_but_not_each_other() -> None:
    assert found(["Joe Holm"], "Jo Holm") is None
    assert found(["Bo Ægidius"], "Bo Agidius") is None


def test_the_stricter_spelling_decides_between_two() -> None:
    names = ["Bo Hansen", "Bø Hansen", "Ida Hansén"]
    assert found(names, "BO HANSEN") == "Bo Hansen"
    assert found(names, "bø hansen") == "Bø Hansen"
    assert found(names, "Hansen Bø") == "Bø Hansen"
    assert found(names, "Hansen, Bo") == "Bo Hansen"
    # Folded only: both fit, or one.
    assert Directory.of(names).match("Bó Hansen") == Match(None, "unresolved", (0, 1))
    assert found(names, "Boe Hansen") == "Bø Hansen"
    assert found(names, "Ida Hansen") == "Ida Hansén"


def test_spelling_and_order_are_loosened_side_by_side() -> None:
    """Simon Martin is Símon Martin spelled loosely, or Martin Simon in another order: neither is nearer."""
    assert Directory.of(["Símon Martin", "Martin Simon"]).match("Simon Martin").person is None
    assert found(["Simon Martin", "Martin Simon"], "Simon Martin") == "Simon Martin"
    assert found(["Simon Martin", "Martin Simon"], "Simon, Martin") == "Martin Simon"
    assert found(["Jens Hansen", "Jens Hånsen"], "hansen jens") == "Jens Hansen"


def test_namesakes_are_asked_about_with_both_as_candidates() -> None:
    people = Directory.of(["Ida Bak", "Ole Holm", "Bak, Ida"], ids=["a", "b", "c"])
    for text in ("Ida Bak", "Bak, Ida", "IDA BÁK"):
        match = people.match(text)
        assert (match.person, match.rule, set(match.candidates)) == (None, "unresolved", {0, 2})


def test_a_remark_tells_namesakes_apart_and_never_contradicts() -> None:
    names = ["Ida Bak (IT)", "Ida Bak (HR)", "Ole Holm (IT)", "Bo Krogh", "Bo Krogh (HR)"]
    assert found(names, "Ida Bak (it)") == "Ida Bak (IT)"
    assert found(names, "Bak, Ida (HR)") == "Ida Bak (HR)"
    assert found(names, "Ida Bak") is None
    assert found(names, "Ida Bak (Salg)") is None
    assert found(names, "Ole Holm") == "Ole Holm (IT)"
    assert found(names, "Ole Holm (HR)") is None
    # A remark on the list is no part of the name: the other Bo Krogh may be meant.
    assert found(names, "Bo Krogh") is None
    assert found(names, "Bo Krogh (HR)") == "Bo Krogh (HR)"


def test_a_remark_that_is_the_code_of_somebody_else_is_no_remark() -> None:
    people = Directory.of(["Ida Bak", "Ole Holm"], initials=["IB", "OH"], ids=["p1", "p2"])
    assert [people.match(f"Ida Bak ({code})").person for code in ("p1", "IB", "p2", "OH", "HR")] == [
        0, 0, None, None, 0,
    ]  # fmt: skip


def test_a_comma_between_two_people_is_not_last_first() -> None:
    """ "Peter Hansen, Jens" is Peter Hansen and somebody, where there is a Peter Hansen."""
    assert found(["Jens Peter Hansen"], "Peter Hansen, Jens") == "Jens Peter Hansen"
    names = ["Jens Peter Hansen", "Peter Hansen"]
    assert found(names, "Peter Hansen, Jens") is None
    assert found(names, "Peter Hansen Jens") is None
    assert found(names, "Hansen, Jens Peter") == "Jens Peter Hansen"
    assert found(names, "Hansen Jens Peter") == "Jens Peter Hansen"
    # As the roster itself spells it, there is no doubt.
    assert found(["Peter Hansen, Jens", "Peter Hansen"], "peter hansen, jens") == "Peter Hansen, Jens"


# -- the other rules


def test_each_rule_says_so() -> None:
    people = Directory.of(
        ["Ida Bak", "Jens Peter Hansen", ""],
        aliases=[["Ida Holm", "Idalis"], [], []],
        emails=["ib@example.org", "JPH@Example.org", ""],
        initials=["", "JPH", ""],
        ids=["14", "k-ø", "9"],
    )
    expected = {
        "14": (0, "id"), " 14.0 ": (0, "id"), unicodedata.normalize("NFD", "k-ø"): (1, "id"), "9": (2, "id"),
        "bak, ida": (0, "name"), "IDA HOLM": (0, "alias"), "holm, ida": (0, "alias"), "idalis": (0, "alias"),
        "Ib@Example.ORG": (0, "email"), "jph@example.org": (1, "email"),
        "JPH": (1, "initials"), "J. P. H.": (1, "initials"), "J.P.H.": (1, "initials"), "J P H": (1, "initials"),
        "J. P. Hansen": (1, "initials"),
    }  # fmt: skip
    assert {text: tuple(people.match(text))[:2] for text in expected} == expected
    assert all(people.match(text).candidates == () for text in expected)
    assert people.match("K-Ø").person is None
    assert people.match("").person is None


def test_rules_that_find_two_people_find_nobody() -> None:
    name_and_alias = Directory.of(["Ida Bak", "Ida Holm"], aliases=[[], ["Ida Bak"]])
    assert name_and_alias.match("Ida Bak") == Match(None, "unresolved", (0, 1))
    folded_alias = Directory.of(["Ida Båk", "Ida Holm"], aliases=[[], ["Ida Bak"]])
    assert folded_alias.match("Ida Bak").person is None
    id_and_initials = Directory.of(["Ida Bak", "Ib Bo"], initials=["", "IB"], ids=["IB", "2"])
    assert id_and_initials.match("IB").person is None
    shared = Directory.of(["Ida Bak", "Ole Bo"], emails=["office@example.org"] * 2, initials=["AB", "AB"])
    assert shared.match("office@example.org").person is None
    assert shared.match("AB").person is None


def test_a_single_word_may_be_the_first_name_of_somebody_else() -> None:
    people = Directory.of(
        ["Elisabeth Bak", "Lis Holm", "Olga Lind", "Bente Krogh"],
        aliases=[["Lis"], [], [], ["Bente"]],
        initials=["", "", "OLE", "LIS"],
    )
    assert people.match("Lis") == Match(None, "unresolved", (0, 1))
    assert people.match("Lis (IT)").person is None
    assert people.match("LIS").person is None
    assert people.match("Bente").person == 3
    # Listed initials in capitals only: Ole is somebody's name.
    assert [people.match(text).person for text in ("OLE", "Ole", "ole")] == [2, None, None]


def test_initials_listed_in_small_letters_may_be_typed_in_capitals() -> None:
    people = Directory.of(["Jens Peter Hansen"], initials=["jph"])
    assert [people.match(text).person for text in ("jph", "JPH", "Jph")] == [0, 0, None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jens P. Hansen", "Jens Peter Hansen"),
        ("jens p hansen", "Jens Peter Hansen"),
        ("J. P. Hansen", "Jens Peter Hansen"),
        ("J.P. Hansen", "Jens Peter Hansen"),
        ("JP Hansen", "Jens Peter Hansen"),
        ("J.-P. Hansen (IT)", "Jens Peter Hansen"),
        ("Hansen, J. P.", "Jens Peter Hansen"),
        ("Hansen, JP", "Jens Peter Hansen"),
        ("J. Peter Hansen", "Jens Peter Hansen"),
        ("J. Hansen", None),  # a middle name is often left out
        ("P. Hansen", None),
        ("I. Bak Jensen", "Ida Bak Jensen"),
        ("I. B. Jensen", "Ida Bak Jensen"),
        ("I. Jensen", None),
        ("I. Bak J.", None),
        ("IBJ", None),
        ("JH", None),
        ("A. M. O'Brien", "Anne-Marie O'Brien"),
        ("A-M OBrien", "Anne-Marie O'Brien"),
        ("A. O'Brien", None),
        ("J. P. Q. Hansen", None),
        ("Jens Q. Hansen", None),
        ("JP HANSEN", None),  # all in capitals: JP may be a name
        ("P. J. Hansen", None),
        ("Hansen J. P.", None),
        ("J. Pe. Hansen", None),
    ],
)
def test_given_names_are_abbreviated_before_a_family_name(text: str, name: str | None) -> None:
    """Jens Hansen and Jens Peter Hansen are both on the roster."""
    match = Directory.of(HANSENS).match(text)
    assert (None if match.person is None else HANSENS[match.person]) == name
    assert match.rule == ("unresolved" if name is None else "initials")


def test_initials_of_two_people_are_of_nobody() -> None:
    assert found(["Jens Hansen"], "J. Hansen") == "Jens Hansen"
    assert found(["Jens Hansen"], "Jens P. Hansen") is None
    assert Directory.of(["Jens Hansen", "Jette Hansen"]).match("J. Hansen") == Match(
        None, "unresolved", (0, 1)
    )
    assert Directory.of(["Ole Lind", "Øjvind Lind"]).match("Ø. Lind").person is None
    assert Directory.of(["Jens P. Hansen", "Johan Peter Hansen"]).match("J. Peter Hansen").person is None
    assert Directory.of(["Bent Ole Hansen"]).match("BO HANSEN").person is None
    assert Directory.of(["Bent Ole Hansen"]).match("B.O. HANSEN").person == 0
    assert found(["Jens P. Hansen", "Jens Peter Hansen"], "Jens P. Hansen") == "Jens P. Hansen"
    assert found(["Jens P. Hansen", "Jens Peter Hansen"], "J. P. Hansen") is None
    # With a comma the family name is known, and is written out.
    assert found(["Bak Jensen, Ida"], "I. Bak Jensen") == "Bak Jensen, Ida"
    assert found(["Bak Jensen, Ida"], "Ida B. Jensen") is None
    assert found(["Bak Jensen, Ida", "Ida Birk Jensen"], "Ida B. Jensen") is None


# -- candidates


def test_candidates_are_the_most_alike_and_at_most_three() -> None:
    people = Directory.of(HANSENS)
    assert people.match("Jens Petter Hansen").candidates[0] == 1
    assert set(people.match("Bak Jensen").candidates[:2]) == {2, 3}
    assert people.match("xyz").candidates == ()
    assert people.match("").candidates == ()
    many = Directory.of(["Bo Holm"] * 5, ids=list("edcba"))
    assert many.match("Bo Holm").candidates == (4, 3, 2)
    assert Directory.of([]).match("Bo Holm") == Match(None, "unresolved", ())


def test_dice_by_hand() -> None:
    """Pairs of letters within words: Bo Lo has _b bo o_ _l lo; Bo Li has _b bo o_ _l li i_: 2 * 4 / (5 + 6)."""
    people = Directory.of(["Bo Lo", "Bo Bo", "Ha Ha Ha Ha Bo"])
    # Bo Bo: 3 of 3 and 6 -> 6/9; Ha ... Bo: _h ha a_ _b bo o_, 3 of 6 and 6 -> 6/12; Bo Lo: 8/11.
    assert people.match("Bo Li").candidates == (0, 1, 2)


def test_lists_of_other_lengths_are_refused() -> None:
    with pytest.raises(NetlearnError, match="initials has 1 entries for 2 names"):
        Directory.of(["Ida Bak", "Bo Holm"], initials=["IB"])


def test_no_name_is_printed() -> None:
    people = Directory.of(["Ida Bak"])
    assert repr(people) == "Directory of 1 people"
    assert "Ida" not in repr(people.match("Ida"))


# -- what holds for every roster

GIVEN = [
    "Bo",
    "Bø",
    "Boe",
    "Jens",
    "Peter",
    "Jens Peter",
    "Martin",
    "Simon",
    "Anne-Marie",
    "Anne",
    "Åse",
    "Aase",
]
FAMILY = [
    "Hansen",
    "Bak",
    "Bak Jensen",
    "Jensen",
    "Simon",
    "Martin",
    "Peter",
    "Møller",
    "Moller",
    "Moeller",
    "Å",
]
PERSON = st.tuples(st.sampled_from(GIVEN), st.sampled_from(FAMILY))
ROSTER = st.lists(PERSON, min_size=1, max_size=8)
ORDERS: list[Callable[[str, str], str]] = [
    lambda given, family: f"{given} {family}",
    lambda given, family: f"{family}, {given}",
    lambda given, family: f"{family} {given}",
]
TWISTS: list[Callable[[str], str]] = [
    str, str.upper, str.lower, str.title,
    lambda text: text.replace("ø", "o").replace("å", "a").replace("Å", "A"),
    lambda text: text.replace("ø", "oe").replace("å", "aa").replace("Å", "Aa"),
    lambda text: text.replace("-", " "),
    lambda text: text.replace(" ", "\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}"),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f" {text} (XQ)",
]  # fmt: skip


def seen(text: str) -> list[str]:
    """The words of a name, by rules of this test: First Last, in small letters, without (XQ)."""
    text = unicodedata.normalize("NFC", text.replace("\N{ZERO WIDTH SPACE}", "")).lower().replace("(xq)", "")
    last, comma, first = text.partition(",")
    return [*first.split(), *last.split()] if comma else text.split()


def spelled_so(text: str, name: str) -> bool:
    """Whether a text is, but for case, somebody's name in some order of Last First."""
    words, own = seen(text), seen(name)
    return any(words[at:] + words[:at] == own for at in range(len(words)))


@given(ROSTER, st.sampled_from(ORDERS), st.lists(st.sampled_from(TWISTS), max_size=3), st.integers(0, 7))
def test_nobody_is_taken_for_somebody_else(
    people: list[tuple[str, str]], order: Callable[[str, str], str], twists: list, which: int
) -> None:
    names = [f"{given} {family}" for given, family in people]
    own = which % len(names)
    text = order(*people[own])
    for twist in twists:
        text = twist(text)
    person = Directory.of(names).match(text).person
    assert person in (None, own) or spelled_so(text, names[person])


@given(ROSTER, st.integers(0, 7))
def test_the_name_as_it_stands_is_its_person_unless_there_is_a_namesake(
    people: list[tuple[str, str]], which: int
) -> None:
    names = [f"{given} {family}" for given, family in people]
    own = which % len(names)
    expected = own if [name.lower() for name in names].count(names[own].lower()) == 1 else None
    assert Directory.of(names).match(names[own]).person == expected


@given(ROSTER, st.integers(0, 7), st.sampled_from(ORDERS), st.sampled_from([str, str.upper]))
def test_a_namesake_makes_both_unresolved(
    people: list[tuple[str, str]], which: int, order: Callable[[str, str], str], case: Callable[[str], str]
) -> None:
    names = [f"{given} {family}" for given, family in people]
    own = which % len(names)
    directory = Directory.of([*names, case(order(*people[own])) if order is not ORDERS[2] else names[own]])
    for written in (ORDERS[0], ORDERS[1]):
        match = directory.match(written(*people[own]))
        assert match.person is None
    if names.count(names[own]) == 1:
        assert {own, len(names)} <= set(directory.match(names[own]).candidates)


@given(
    ROSTER, st.randoms(use_true_random=False),
    st.one_of(st.text(max_size=12), PERSON.map(" ".join), st.sampled_from(["J. Hansen", "Bo", "J P Møller", "Å"])),
)  # fmt: skip
def test_the_order_of_the_roster_plays_no_part(
    people: list[tuple[str, str]], random: object, text: str
) -> None:
    names = [f"{given} {family}" for given, family in people]
    ids = [f"p{at}" for at in range(len(names))]
    order = list(range(len(names)))
    random.shuffle(order)  # type: ignore[attr-defined]
    one = Directory.of(names, ids=ids).match(text)
    two = Directory.of([names[at] for at in order], ids=[ids[at] for at in order]).match(text)
    back = [None if p is None else order[p] for p in (two.person, *two.candidates)]
    assert [one.person, *one.candidates] == back
    assert one.rule == two.rule


WORDS = st.lists(
    st.sampled_from(["Jens", "Peter", "Hans", "Bak", "Holm", "J", "P", "H", "Jensen"]), min_size=1, max_size=4
)


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=6), WORDS, st.booleans())
def test_a_person_is_found_by_all_words_or_by_their_initials(
    names: list[str], words: list[str], comma: bool
) -> None:
    """Nothing left out and nothing added: words pair off with the words of the name."""
    text = " ".join(words[:1]) + ", " + " ".join(words[1:]) if comma and len(words) > 1 else " ".join(words)
    match = Directory.of(names).match(text)
    if match.person is None:
        return
    own = sorted(names[match.person].lower().split())
    typed = sorted(word.lower() for word in words)
    if match.rule == "name":
        assert typed == own
    else:
        assert match.rule == "initials"
        assert len(typed) == len(own)
        assert sorted(word[0] for word in typed) == sorted(word[0] for word in own)


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=5))
def test_any_text_is_just_text(text: str, names: list[str]) -> None:
    people = Directory.of(names, aliases=[[name[::-1]] for name in names])
    match = people.match(text)
    assert (match.person is None) == (match.rule == "unresolved")
    assert all(piece.strip() for piece in people.split(text))
