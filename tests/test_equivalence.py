import numpy as np
import pytest
from panels import random_panel
from scipy import stats

from netlearn import NetlearnError, Panel, compare
from netlearn.inference.dyadic import rung
from netlearn.inference.equivalence import equivalence


def test_two_one_sided_tests_by_hand():
    person = rung("person", 0.3, 0.04, 21, 0.05, "two-sided")
    found = equivalence(person, 0.8, 0.05)
    above, below = stats.t.sf((0.3 + 0.8) / 0.2, 20), stats.t.cdf((0.3 - 0.8) / 0.2, 20)
    assert found.p_value == pytest.approx(max(above, below))
    half = stats.t.ppf(0.95, 20) * 0.2
    assert (found.low, found.high) == pytest.approx((0.3 - half, 0.3 + half))
    assert found.equivalent
    assert not equivalence(person, 0.6, 0.05).equivalent


@pytest.mark.parametrize("margin", [0.1, 0.5, 0.63, 0.66, 2.0])
def test_equivalent_is_the_interval_inside_the_margin(margin):
    found = equivalence(rung("person", -0.3, 0.04, 21, 0.05, "two-sided"), margin, 0.05)
    assert found.equivalent == (-margin < found.low and found.high < margin)


def test_margin_is_told_in_colleagues_where_the_change_is():
    panel = random_panel(23, movers=False)
    change = compare(panel, "cross_density", draws=0, margin=1.5)
    scale = change.natural[0] / change.estimate
    half = stats.t.ppf(0.95, change.df) * change.se * scale
    assert change.equivalence.high == pytest.approx(change.natural[0] + half)
    index = compare(panel, "ei_index", draws=0, margin=0.2)
    assert index.equivalence.high == pytest.approx(index.estimate + stats.t.ppf(0.95, index.df) * index.se)
    assert compare(panel, draws=0).equivalence is None


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_sentence_says_whether_it_is_smaller(language):
    panel = random_panel(23, movers=False)
    small = compare(panel, draws=0, margin=50.0).sentence(language)
    large = compare(panel, draws=0, margin=0.01).sentence(language)
    smaller = {"en": "people the change is smaller than", "da": "personer er ændringen mindre end"}
    assert smaller[language] in small
    assert {"en": "cannot be ruled out", "da": "kan ikke udelukkes"}[language] in large


def test_no_interval_no_equivalence():
    still = np.zeros((6, 6))
    panel = Panel.from_arrays({"a": still, "b": still}, list("AABBCC"))
    found = compare(panel, draws=0, margin=1.0)
    assert not found.equivalence.equivalent
    assert np.isnan(found.equivalence.p_value)
    assert found.verdict == "descriptive"


@pytest.mark.parametrize("margin", [0, -1, float("nan"), float("inf")])
def test_a_margin_is_over_zero(margin):
    with pytest.raises(NetlearnError, match="margin"):
        compare(random_panel(23), draws=0, margin=margin)


def test_what_only_describes_concludes_nothing():
    panel = random_panel(3, n=8, k=2)
    change = compare(panel, draws=0, margin=50.0)
    assert change.verdict == "descriptive"
    assert "said to matter" not in change.sentence("en")
    assert "betydende" not in change.sentence("da")


def test_a_question_asked_one_way_needs_one_fewer_changed():
    before = np.zeros((40, 40))
    for i in range(40):
        before[i, (i + 8) % 40] = 1
    after = before.copy()
    for i in range(5):  # 2 / 2^5 > 0.05 >= 1 / 2^5
        after[i, (i + 1) % 40] = 1
    panel = Panel.from_arrays({"before": before, "after": after}, [f"d{i % 8}" for i in range(40)])
    assert "few_changed" in compare(panel, draws=0).guards
    assert "few_changed" not in compare(panel, draws=0, alternative="greater").guards
