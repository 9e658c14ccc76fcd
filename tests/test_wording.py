"""Numbers, labels and sentences: right in both languages, and never more than the data say."""

from __future__ import annotations

import math
import re
import string
from datetime import date
from types import SimpleNamespace
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netlearn.analysis import compare
from netlearn.measures.catalogue import CATALOGUE, COMPARABLE
from netlearn.study.panel import STATUSES
from netlearn.study.planned import FAMILIES
from netlearn.wording import method, method_box, numbers, paragraphs, sentences, verdicts
from netlearn.wording.handling import doubts, handling
from netlearn.wording.limits import limits
from netlearn.wording.p_columns import p_columns
from netlearn.wording.sources import SOURCES
from netlearn.wording.terms import TERMS, department, scale, term

NAN = float("nan")
SPACE = "\N{NO-BREAK SPACE}"
LANGUAGES = ("en", "da")
FORBIDDEN = re.compile(r"signif|effect|effekt|\bcaus|forårsag|virkning|impact", re.IGNORECASE)
ALLOWED = re.compile(
    r"may not be called an effect|må ikke kaldes en effekt|can never show whether the training is the cause"
)
VERDICTS = get_args(compare.Verdict)
GUARDS = get_args(compare.Guard)


def forbidden_words(text: str) -> list[str]:
    """The words that claim more than a change, but for their denial and the titles of what is cited."""
    for reference in SOURCES.values():
        text = text.replace(reference, "")
    return FORBIDDEN.findall(ALLOWED.sub("", text))


def made_change(measure: str = "cross_density", **other: object) -> SimpleNamespace:
    """A change as `compare` gives it, with numbers of our own."""
    known = {
        "relation": "contact",
        "measure": measure,
        "waves": ("before", "after"),
        "values": (0.02, 0.04),
        "estimate": 0.02,
        "low": 0.01,
        "high": 0.03,
        "p_value": 0.002,
        "df": 111.0,
        "alpha": 0.05,
        "alternative": "two-sided",
        "level": 0.95,
        "natural": None,
        "ladder": pd.DataFrame({"level": ["arc", "dyad", "person", "department"]}),
        "swap": SimpleNamespace(p_value=0.0005, draws=1999, exact=False),
        "verdict": "changed_beyond_departments",
        "guards": (),
        "n_people": 112,
        "n_dyads": 6105,
        "n_cells": 11000,
        "n_departments": 9,
        "source": "answers",
        "weighted": False,
        "equivalence": None,
    }
    return SimpleNamespace(**(known | other))


# -- numbers


@given(
    st.floats(-1e9, 1e9),
    st.integers(0, 4),
    st.sampled_from(LANGUAGES),
)
def test_a_printed_number_reads_back(x: float, digits: int, language: str) -> None:
    text = numbers.number(x, language, digits)
    assert "-" not in text
    thousands, decimal = (".", ",") if language == "da" else (",", ".")
    plain = text.replace(thousands, "").replace(decimal, ".").replace("−", "-")
    assert float(plain) == pytest.approx(x, abs=0.5 * 10**-digits * (1 + 1e-6) + 1e-6)
    assert not (text.startswith("−") and not text.strip("−0.,"))


@given(st.floats(0, 1, exclude_min=True), st.sampled_from(LANGUAGES))
def test_a_p_is_never_zero_and_never_rounded_to_one(p: float, language: str) -> None:
    text = numbers.p_value(p, language)
    mark = "," if language == "da" else "."
    assert text.startswith(("p = ", "p < ", "p > "))
    assert f"0{mark}000" not in text
    assert p == 1 or f"1{mark}000" not in text


@given(st.floats(-100, 100).filter(lambda x: abs(x) >= 1e-4))
def test_a_number_that_is_not_zero_does_not_print_as_zero(x: float) -> None:
    assert numbers.rounded(x, digits=1).strip("−0.")


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", ("−0.5", f"29.8{SPACE}%", "p < 0.001", "1.1 to 2.7", "12,480")),
     ("da", ("−0,5", f"29,8{SPACE}%", "p < 0,001", "1,1 til 2,7", "12.480"))],
)  # fmt: skip
def test_numbers_of_each_language(language: str, shown: tuple[str, ...]) -> None:
    assert shown == (
        numbers.number(-0.5, language, 1),
        numbers.percent(0.298, language, 1),
        numbers.p_value(1e-9, language),
        numbers.interval(1.1, 2.7, language, 1),
        numbers.count(12480, language),
    )


def test_what_cannot_be_computed_is_a_dash() -> None:
    shown = [numbers.number(NAN), numbers.percent(NAN), numbers.interval(0, NAN), numbers.bare_p(NAN)]
    assert shown == ["–"] * 4
    assert numbers.number(math.inf) == "∞"


def test_dates_of_each_language() -> None:
    assert numbers.day(date(2022, 5, 1), "da") == "1. maj 2022"
    assert numbers.day(date(2022, 5, 1), "en") == "1 May 2022"


# -- labels


def test_every_label_is_there_twice_with_the_same_blanks() -> None:
    for kind, entries in TERMS.items():
        for key, pair in entries.items():
            blanks = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in pair]
            assert all(pair), (kind, key)
            assert blanks[0] == blanks[1], (kind, key)


def test_what_the_program_names_has_a_label() -> None:
    assert set(TERMS["measure"]) == set(CATALOGUE)
    assert set(TERMS["status"]) == set(STATUSES)
    assert (
        set(TERMS["verdict"])
        == set(TERMS["short_verdict"])
        - {*("undecided_holm", "undecided_small", "not_planned", "changed", "differs", "associated")}
        == set(VERDICTS)
    )


def test_a_name_of_the_user_stays_as_it_is() -> None:
    assert department("<b>Økonomi</b>", "da") == "<b>Økonomi</b>"
    assert department("all", "da") == "all"
    assert term("department", "all", "da") == "Alle"


@pytest.mark.parametrize("measure", COMPARABLE)
def test_every_measure_has_a_unit(measure: str) -> None:
    factor, unit = scale(made_change(measure))
    assert unit in TERMS["unit"]
    assert factor in (1.0, 100.0)
    assert scale(made_change(measure, natural=(2.0, 1.0, 3.0))) == (pytest.approx(100.0), "colleagues")
    flat = made_change(measure, estimate=0.0, low=-0.1, high=0.1, natural=(0.0, -2.0, 2.0))
    assert scale(flat)[0] == pytest.approx(20.0)


# -- sentences


def test_the_headline_in_english() -> None:
    change = made_change(natural=(1.94, 1.1, 2.7))
    assert sentences.finding(change, "en") == (
        "On average a person named 1.9 more colleagues in other departments after than before "
        f"(95{SPACE}% interval 1.1 to 2.7)."
    )


def test_the_headline_in_danish() -> None:
    change = made_change(natural=(1.94, 1.1, 2.7), waves=("før", "efter"))
    assert sentences.finding(change, "da") == (
        f"I gennemsnit nævnte en person 1,9 flere kolleger i andre afdelinger efter end før (95{SPACE}%-interval "
        "1,1 til 2,7)."
    )


def test_labels_that_are_no_words_of_the_language_are_quoted() -> None:
    change = made_change(natural=(1.94, 1.1, 2.7))
    assert "ved »after« end ved »before«" in sentences.finding(change, "da")
    other = made_change(natural=(1.94, 1.1, 2.7), waves=("Spring 2021", "Spring 2022"))
    assert "in “Spring 2022” than in “Spring 2021”" in sentences.finding(other, "en")


def test_a_fall_keeps_its_sign() -> None:
    change = made_change(natural=(-1.94, -2.7, -1.1), estimate=-0.02, low=-0.03, high=-0.01)
    said = sentences.finding(change, "en")
    assert "1.9 fewer colleagues" in said
    assert f"(change −1.9, 95{SPACE}% interval −2.7 to −1.1)" in said


def test_no_change_at_all() -> None:
    change = made_change(natural=(0.0, -0.5, 0.5), estimate=0.0, low=-0.01, high=0.01)
    assert "as many colleagues in other departments after as before" in sentences.finding(change, "en")
    assert "lige så mange kolleger" in sentences.finding(change, "da")


def test_undirected_ties_are_had_and_not_named() -> None:
    pairs = pd.DataFrame({"level": ["dyad", "person", "department"]})
    change = made_change(natural=(1.94, 1.1, 2.7), ladder=pairs)
    assert "a person had 1.9 more ties to colleagues in other departments" in sentences.finding(change)
    assert "havde en person 1,9 flere forbindelser til kolleger" in sentences.finding(change, "da")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_was_recorded_was_not_answered_or_named(verdict: str, language: str) -> None:
    change = made_change(
        natural=(1.94, 1.1, 2.7), source="records", verdict=verdict, guards=("few_respondents",)
    )
    said = sentences.change(change, language)
    assert not re.search(r"answer|named|svar|nævnte", said)
    assert {"en": "were observed both times", "da": "blev observeret begge gange"}[language] in said


def test_shares_tell_where_they_came_from() -> None:
    said = sentences.finding(made_change("cross_share"), "en")
    assert "rose by 2.0 percentage points, from" in said
    assert f"from 2.0{SPACE}% in “before” to 4.0{SPACE}% in “after” (95{SPACE}% interval 1.0 to 3.0)" in said
    assert "steg med 2,0 procentpoint" in sentences.finding(made_change("cross_share"), "da")


def test_log_odds_are_told_as_odds() -> None:
    change = made_change("cross_log_odds", estimate=math.log(2), low=math.log(1.5), high=math.log(3))
    said = sentences.finding(change, "en")
    assert f"became 2.00 times as large after as before (95{SPACE}% interval 1.50 to 3.00)" in said
    assert "2,00 gange så store" in sentences.finding(change, "da")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_computed_is_said(language: str) -> None:
    gone = made_change(estimate=NAN, low=NAN, high=NAN, p_value=NAN)
    assert {"en": "cannot be computed", "da": "kan ikke beregnes"}[language] in sentences.finding(
        gone, language
    )
    unsure = made_change(low=NAN, high=NAN)
    assert {"en": "interval cannot", "da": "kan ikke beregnes"}[language] in sentences.finding(
        unsure, language
    )
    assert "nan" not in sentences.change(gone, language)
    assert paragraphs.person_null(gone, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", COMPARABLE)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_change_is_told_whole_and_claims_nothing_more(measure: str, verdict: str, language: str) -> None:
    natural = (1.94, 1.1, 2.7) if measure.endswith("density") else None
    guards = ("few_departments", "few_respondents") if verdict == "descriptive" else ("weak_departments",)
    change = made_change(measure, verdict=verdict, natural=natural, guards=guards, n_departments=4)
    said = sentences.change(change, language)
    assert f"95{SPACE}%" in said
    assert "112" in said
    assert numbers.count(6105, language) in said
    assert ALLOWED.search(said)
    assert not forbidden_words(said)
    assert "p =" not in said
    assert "p <" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdicts_differ_in_their_words(language: str) -> None:
    said = {v: verdicts.verdict(made_change(verdict=v, guards=("undefined",)), language) for v in VERDICTS}
    assert len(set(said.values())) == len(VERDICTS)
    decided = {"en": "cannot be decided", "da": "kan ikke afgøres"}[language]
    assert [v for v in VERDICTS if decided in said[v]] == ["undecided"]
    own = {"en": "departments' own ups and downs", "da": "afdelingernes egne udsving"}[language]
    assert {v for v in VERDICTS if own in said[v]} == {"changed_beyond_departments", "changed_among_people"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guard", GUARDS)
def test_every_guard_has_its_reason(guard: str, language: str) -> None:
    change = made_change(n_departments=4)
    words = verdicts.guard(guard, change, language)
    assert words
    assert "{" not in words
    if guard == "weak_departments":
        assert words in verdicts.verdict(made_change(guards=(guard,), n_departments=4), language)
    else:
        only = made_change(verdict="descriptive", guards=(guard,))
        assert words in verdicts.verdict(only, language)


def test_the_limits_in_words_are_those_of_the_program() -> None:
    change = made_change(n_departments=4)
    assert f"fewer than {compare.FEW_DEPARTMENTS} departments" in verdicts.guard("few_departments", change)
    assert f"fewer than {compare.FEW_RESPONDENTS} people" in verdicts.guard("few_respondents", change)
    assert verdicts.WEAK_DEPARTMENTS == compare.WEAK_DEPARTMENTS


# -- paragraphs


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_p_stands_with_its_null(language: str) -> None:
    change = made_change()
    start = {"en": "If ", "da": "Hvis "}[language]
    for said in (paragraphs.person_null(change, language), paragraphs.swap_null(change, language)):
        assert said.startswith(start)
        assert re.search(r"p [=<] 0[.,]\d{3}", said)
    assert numbers.count(1999, language) in paragraphs.swap_null(change, language)
    assert paragraphs.swap_null(made_change(swap=None), language) == ""
    counted = made_change(swap=SimpleNamespace(p_value=0.25, draws=8, exact=True))
    assert {"en": "counted", "da": "talt op"}[language] in paragraphs.swap_null(counted, language)
    sides = {
        paragraphs.person_null(made_change(alternative=a), language) for a in ("two-sided", "greater", "less")
    }
    assert len(sides) == 3


def test_handlings_that_disagree_are_said_to() -> None:
    rows = [
        {"handling": "two_wave_respondents", "estimate": 0.02, "low": 0.01, "high": 0.03, "agreement": NAN},
        {"handling": "reconstruction", "estimate": 0.01, "low": 0.0, "high": 0.02, "agreement": 0.44},
        {"handling": "bounds", "estimate": NAN, "low": -0.2, "high": 0.3, "agreement": NAN},
    ]
    change = made_change(natural=(2.0, 1.0, 3.0))
    said = handling(change, rows, "en")
    assert "a change of 1.0 to 2.0 colleagues per person. They all point the same way." in said
    assert "−20.0 to 30.0 colleagues per person" in said
    assert f"44{SPACE}% of the reported ties" in said
    rows[1]["estimate"] = -0.01
    assert "do not all point the same way" in handling(change, rows, "en")
    assert "peger ikke alle samme vej" in handling(change, rows, "da")


def test_a_way_that_leaves_the_direction_open_is_told_on_the_first_page() -> None:
    def way(name: str, low: float, high: float) -> dict[str, object]:
        return {"handling": name, "estimate": (low + high) / 2, "low": low, "high": high}

    change = made_change(natural=(2.0, 1.0, 3.0))  # a density of 0.02 is two colleagues per person
    default = way("two_wave_respondents", 0.01, 0.03)
    band = way("bounds", -0.2, 0.3) | {"estimate": NAN}
    clear, through = way("complete_pairs", 0.005, 0.02), way("reconstruction", -0.001, 0.02)
    said = doubts(change, [default, clear, through, band], "en")
    assert "“Filled in from the other person” −0.1 to 2.0 colleagues per person" in said
    assert "Pairs where both" not in said
    assert "Least to most" not in said
    assert "»Udfyldt efter den anden persons svar« −0,1 til 2,0 kolleger pr. person" in doubts(
        change, [default, through], "da"
    )
    # A way that turns the answer round is no less a doubt than one that leaves it open.
    assert "−3.0 to −1.0" in doubts(change, [default, way("complete_pairs", -0.03, -0.01)], "en")
    assert doubts(change, [default, clear, band], "en") == ""
    assert doubts(change, [way("two_wave_respondents", -0.01, 0.03), through], "en") == ""
    assert doubts(change, [default, through | {"estimate": NAN, "low": NAN, "high": NAN}], "en") == ""
    gone = {
        "estimate": NAN,
        "low": NAN,
        "high": NAN,
    }  # of a measure that cannot be computed there is no doubt to tell
    assert doubts(change, [default | gone, through], "en") == doubts(change, [default | gone], "en") == ""
    down = way("two_wave_respondents", -0.03, -0.01)
    assert doubts(change, [down, way("complete_pairs", -0.02, -0.001)], "en") == ""
    assert "−2.0 to 0.1" in doubts(change, [down, way("complete_pairs", -0.02, 0.001)], "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_paragraphs_claim_nothing_more(verdict: str, language: str) -> None:
    change = made_change(verdict=verdict, natural=(2.0, 1.0, 3.0))
    said = [
        paragraphs.response([("before", 9, 12), ("after", 0, 0)], language),
        paragraphs.pooled(2, 5, language),
        paragraphs.placebo(change, language),
        paragraphs.holm(3, language),
        p_columns([*FAMILIES], made_change(), language),
        p_columns(["ego"], None, language),
        paragraphs.mixing(language),
        paragraphs.turnover(3, 4, 5, language),
        paragraphs.ladder(language),
        paragraphs.mixing(language, shown=True),
        paragraphs.beside(change, language),
        *limits(["before_after"], language),
        *limits(["staggered"], language),
        *box(change, "network", language),
        method.seed(1, 1999, language),
        method.same_again(language),
        method.foreign_folder("x", language),
        method.locked_folder("x", "y", language),
    ]
    assert all(said)
    assert not forbidden_words(" ".join(said))
    assert paragraphs.pooled(0, 5, language) == paragraphs.holm(0, language) == ""


def box(change: object, family: str, language: str) -> list[str]:
    """The method box of a study with one outcome of a family."""
    outcomes = {"primary": SimpleNamespace(family=family), "secondary": ()}
    ways = ["two_wave_respondents", "complete_pairs", "reconstruction", "bounds"]
    network = SimpleNamespace(
        outcome=SimpleNamespace(change=change), told_handlings=ways, told_departments=True, pairs=None
    )
    return method_box.method(SimpleNamespace(design="staggered", **outcomes), network, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_says_how_it_was_computed(family: str, language: str) -> None:
    said = box(made_change(), family, language)
    assert len(said) == len(set(said)) == 6 + (family != "network")
    assert not forbidden_words(" ".join(said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_lot_allows_the_word(language: str) -> None:
    assert {"effect", "effekt"} & set(forbidden_words(" ".join(limits(["randomized"], language))))


def test_the_filter_of_words_can_find_them() -> None:
    assert forbidden_words("a significant effect; en signifikant effekt") == [
        "signif",
        "effect",
        "signif",
        "effekt",
    ]
    assert forbidden_words("it may not be called an effect") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_null_model_is_said_in_a_sentence(language: str) -> None:
    from typing import get_args

    from netlearn.inference.nulls import Null
    from netlearn.wording import nulls

    assert set(nulls.NULLS) == set(get_args(Null))
    said = [nulls.null_sentence(name, language) for name in nulls.NULLS]
    assert len(set(said)) == len(said)
    assert all(text.endswith(".") and not re.search(r"\. [A-ZÆØÅ]", text) for text in said)
    found = SimpleNamespace(
        p_value=0.25, low=0.2, high=0.31, draws=199, exact=False, smallest_p=0.005, null="wave_swap"
    )
    told = nulls.result(found, language)
    for part in {
        "en": ("0.250", "199 draws", "0.200 to 0.310", "0.005"),
        "da": ("0,250", "199 tilfældige", "0,005"),
    }[language]:
        assert part in told
    assert {"en": "all 8", "da": "alle 8"}[language] in nulls.result(
        SimpleNamespace(
            p_value=0.25, low=0.25, high=0.25, draws=8, exact=True, smallest_p=0.25, null="sign_flip"
        ),
        language,
    )
