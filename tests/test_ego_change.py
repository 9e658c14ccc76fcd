"""The change of an ego measure as a result: sign flips, dz, one-sided questions, colleague by colleague, in words."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from test_ego import many
from test_wording import forbidden_words

from netlearn.analysis.ego import compare_egos, ego_networks
from netlearn.errors import NetlearnError
from netlearn.inference.paired import sign_flips, standardized_mean

BEFORE = np.array([2, 3, 1, 5, 4, 2, 3, 1, 6, 2])
AFTER = np.array([4, 3, 4, 7, 4, 5, 2, 3, 9, 3])


def test_every_flip_is_counted_when_there_are_few():
    moved = (AFTER - BEFORE).astype(float)
    found = compare_egos(many(BEFORE, AFTER), "size").flips
    t = [stats.ttest_1samp(moved * np.array(s), 0).statistic for s in product([1, -1], repeat=10)]
    observed = stats.ttest_1samp(moved, 0).statistic
    assert found.exact
    assert found.draws == 2 ** (moved != 0).sum()
    assert found.p_value == pytest.approx(np.mean(np.abs(t) >= observed - 1e-9))
    assert found.smallest_p == 2 / found.draws


def test_many_flips_are_drawn_from_the_seed():
    moved = np.random.default_rng(1).normal(0.5, 1, 30)
    one, two = (sign_flips(moved, "two-sided", 400, 7) for _ in range(2))
    assert not one.exact
    assert one.p_value == two.p_value > 1 / 401
    assert one.p_value == pytest.approx(stats.ttest_1samp(moved, 0).pvalue, abs=0.03)
    assert sign_flips(np.zeros(4), "two-sided", 99, 1) is None
    assert sign_flips(np.full(12, 2.0), "greater", 9999, 1).p_value == 2**-12


@pytest.mark.parametrize(("dz", "n"), [(0.0, 26), (0.6, 12), (-1.4, 8), (2.5, 26)])
def test_the_interval_of_dz_is_that_of_the_noncentral_t(dz, n):
    _, low, high = standardized_mean(dz, 1.0, n, 0.1)
    for end, share in ((low, 0.95), (high, 0.05)):
        assert stats.nct.cdf(dz * np.sqrt(n), n - 1, end * np.sqrt(n)) == pytest.approx(share, abs=2e-5)
    assert standardized_mean(dz, 1.0, n, 0.05, "greater")[1:] == pytest.approx((low, high))
    assert standardized_mean(-dz, 1.0, n, 0.1)[1:] == pytest.approx((-high, -low))


def test_dz_where_it_is_not_defined():
    assert np.isnan(standardized_mean(1.0, 0.0, 5)).all()
    assert np.isnan(standardized_mean(1.0, np.nan, 1)).all()
    assert np.isfinite(standardized_mean(60.0, 1.0, 26)).all()


def test_one_sided_questions():
    two, up, down = (
        compare_egos(many(BEFORE, AFTER), "size", alternative=a, alpha=alpha)
        for a, alpha in (("two-sided", 0.1), ("greater", 0.05), ("less", 0.05))
    )
    assert (two.low, two.high) == pytest.approx((up.low, up.high))
    assert up.p_value == pytest.approx(two.p_value / 2)
    assert up.level == pytest.approx(0.9)
    assert (up.verdict, down.verdict) == ("changed", "undecided")
    assert up.flips.p_value == pytest.approx(two.flips.p_value / 2)
    assert "did it rise?" in up.sentence("en")
    assert "Faldt det?" in down.sentence("da")


@pytest.mark.parametrize(
    ("n", "moved", "reasons"),
    [
        (9, 9, ("few_respondents",)),
        (12, 5, ("few_changed",)),
        (12, 6, ()),
        (12, 0, ("undefined",)),
        (1, 1, ("few_respondents", "undefined")),
    ],
)
def test_the_figures_only_describe_where_little_is_left(n, moved, reasons):
    after = 2 + np.r_[1 + np.arange(moved) % 2, np.zeros(n - moved, int)]
    found = compare_egos(many(np.full(n, 2), after), "size")
    assert found.reasons == reasons
    assert (found.verdict == "descriptive") == bool(reasons)
    for language, word in (("en", "carry no conclusion"), ("da", "bærer ingen konklusion")):
        assert (word in found.sentence(language)) == bool(reasons)


def shares(first, second):
    """Egos of department A; each network is (elsewhere, at home)."""
    rows = [
        (f"e{i}", w, "B" if a < out else "A", f"{a}")
        for w, networks in (("before", first), ("after", second))
        for i, (out, home) in enumerate(networks)
        for a in range(out + home)
    ]
    alters = pd.DataFrame(rows, columns=["ego", "wave", "department", "alter"])
    ids = [f"e{i}" for i in range(len(first))]
    egos = pd.DataFrame(
        {"ego": ids * 2, "wave": ["before"] * len(ids) + ["after"] * len(ids), "department": "A"}
    )
    return ego_networks(egos, alters)


def test_colleague_by_colleague_stands_beside_person_by_person():
    data = shares([(1, 1), (0, 4), (2, 0)], [(2, 0), (3, 1), (0, 0)])
    found = compare_egos(data, "share_elsewhere")
    # Persons: those who named somebody both times; 1/2 -> 1 and 0 -> 3/4. Colleagues: 3 of 8, then 5 of 6.
    assert found.values == (0.25, 0.875)
    assert found.n_people == 2
    assert found.alters.values == pytest.approx((3 / 8, 5 / 6))
    assert found.alters.change.n_units == 3
    rows = found.table
    assert rows["level"].tolist() == ["ego"] * 3 + ["alter"] * 4
    assert rows["estimate"].tolist() == pytest.approx(
        [0.25, 0.875, 0.625, 3 / 8, 5 / 6, 5 / 6 - 3 / 8, np.log(5 / (3 / 5))]
    )
    assert rows["n_people"].tolist() == [2] * 3 + [3] * 4
    assert (rows["n_dyads"] == 0).all()
    assert compare_egos(data, "size").alters is None


def test_the_two_ways_of_counting_are_said_to_disagree():
    # Twelve who name two turn outwards by one; three who name many turn inwards.
    first = [(1, 1)] * 12 + [(9, 1), (8, 2), (9, 1)]
    second = [(2, 0)] * 12 + [(4, 6), (3, 7), (5, 5)]
    found = compare_egos(shares(first, second), "share_elsewhere")
    assert found.verdict == "changed"
    assert found.by_alter_differs
    assert "The two ways of counting disagree" in found.sentence("en")
    assert "De to måder at tælle på er uenige" in found.sentence("da")
    same = compare_egos(shares([(1, 3)] * 6 + [(2, 2)] * 6, [(3, 1)] * 6 + [(3, 1)] * 6), "share_elsewhere")
    assert not same.by_alter_differs
    assert "disagree" not in same.sentence("en")


def test_the_sentence_of_a_change_by_hand():
    found = compare_egos(many(BEFORE, AFTER), "size")
    said = found.sentence("en")
    assert said.startswith(
        "On average a person named 1.5 more colleagues in “1” than in “0”: 4.40 against 2.90 (95"
    )
    assert "It rests on 10 people" in said
    assert "with signs flipped" in said.lower()
    assert "may not be called an effect" in said
    assert found.sentence("da").startswith(
        "I gennemsnit nævnte en person 1,5 flere kolleger ved »1« end ved »0«"
    )
    fall = compare_egos(many(AFTER, BEFORE), "size").sentence("en")
    assert "1.5 fewer colleagues" in fall
    assert "(change −1.5, 95" in fall
    for language in ("en", "da"):
        assert not forbidden_words(found.sentence(language))
    still = replace(found, person=replace(found.person, estimate=0.0)).sentence("en")
    assert "as many colleagues" in still
    assert "<p>On average" in found._repr_html_()
    assert repr(found) == said


def test_a_margin_is_answered():
    close = compare_egos(many(BEFORE, AFTER), "size", margin=9.0)
    assert close.equivalence.equivalent
    assert "smaller than what was said to matter, 9 colleagues per person (90" in close.sentence("en")
    # A reader who stops at the verdict learns that too.
    assert "mindre end det, der på forhånd er sat som betydende, 9 kolleger" in close.headline("da")[1]
    wide = compare_egos(many(BEFORE, AFTER), "size", margin=1.0)
    assert "cannot be ruled out" in wide.sentence("en")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"alternative": "up"}, "two-sided, greater or less"),
        ({"alternative": "greater", "alpha": 0.5}, "alpha < 0.5"),
        ({"draws": -1}, "draws"),
        ({"margin": 0.0}, "margin"),
    ],
)
def test_options_out_of_range(options, words):
    with pytest.raises(NetlearnError, match=words):
        compare_egos(many(BEFORE, AFTER), "size", **options)
