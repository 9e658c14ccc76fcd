"""The smallest change that would be seen: against the power of a t test, and in the words of a small study."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from netlearn import compare, simulate_panel
from netlearn.analysis.detectable import detectable
from netlearn.errors import NetlearnError
from netlearn.wording import tiny


def _change(measure: str = "cross_density", n: int = 21, **other: object):
    panel = simulate_panel(n=n, groups=5, density=0.1, seed=4).panel
    return compare(panel, measure, draws=0, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize("alternative", ["two-sided", "greater"])
@pytest.mark.parametrize("df", [6.0, 20.0, 100.0])
@pytest.mark.parametrize("power", [0.5, 0.8, 0.9])
def test_a_t_test_has_that_power(alternative: str, df: float, power: float) -> None:
    """At the detectable change the noncentral t passes the critical value as often as asked."""
    change = replace(_change("ei_index"), se=0.3, df=df, alternative=alternative)  # type: ignore[arg-type]
    least = detectable(change, power)
    critical = stats.t.ppf(0.975 if alternative == "two-sided" else 0.95, df)
    assert stats.nct.sf(critical, df, least / 0.3) == pytest.approx(power, abs=0.04)


def test_densities_are_told_in_colleagues() -> None:
    change = _change()
    assert change.natural is not None
    half = (change.natural[2] - change.natural[1]) / 2
    ratio = 1 + stats.t.ppf(0.8, change.df) / stats.t.ppf(0.975, change.df)
    assert detectable(change) == pytest.approx(half * ratio)


def test_simulated_studies_see_such_a_change() -> None:
    """The change that one small study says it could see is seen by 4 of 5 others like it, give or take."""
    made = [
        simulate_panel(n=30, groups=5, density=0.1, homophily=0.0, stability=0.0, seed=s) for s in range(40)
    ]
    least = np.mean([detectable(compare(one.panel, draws=0)) for one in made])
    cells = 30 * 24 / 30
    worlds = [
        simulate_panel(
            n=30,
            groups=5,
            density=0.1,
            homophily=0.0,
            stability=0.0,
            effect=least / cells / 0.9,
            seed=1000 + s,
        )
        for s in range(150)
    ]
    seen = [compare(one.panel, draws=0).p_value <= 0.05 for one in worlds]
    assert worlds[0].truth["cross_out_degree"] == pytest.approx(least, rel=1e-6)
    assert 0.65 <= np.mean(seen) <= 0.93


def test_without_a_standard_error_there_is_none() -> None:
    change = replace(_change(), se=np.nan)
    assert np.isnan(detectable(change))
    assert tiny.smallest(np.nan, change, "da") == ""
    with pytest.raises(NetlearnError, match="power must lie"):
        detectable(change, 1.0)


def test_the_sentence_names_people_departments_and_unit() -> None:
    change = _change()
    assert tiny.smallest(1.234, change, "da") == (
        "En ændring på mindre end 1,2 kolleger pr. person ville sandsynligvis ikke kunne ses med 21 personer i 5 "
        "afdelinger."
    )
    assert tiny.smallest(1.234, change, "en") == (
        "With 21 people in 5 departments, a change of less than 1.2 colleagues per person would probably not have been "
        "seen."
    )
    odds = _change("cross_log_odds")
    assert "mindre end 2,00 gange så store" in tiny.smallest(np.log(2), odds, "da")
    assert "0.50 times" in tiny.smallest(np.log(2), odds, "en")
    assert "procentpoint" in tiny.smallest(3.0, _change("cross_share"), "da")


def test_few_people_are_told_what_they_never_show() -> None:
    change = replace(_change(margin=1.0), verdict="undecided")
    danish, english = (tiny.so_few(1.3, change, language) for language in ("da", "en"))  # type: ignore[arg-type]
    assert "er mindre (1 kollega pr. person): Så stor en ændring kan være sket, uden at det ses." in danish
    assert (
        "Nævner én af de 21 personer 5 kolleger flere, stiger gennemsnittet alene derfor med 0,2." in danish
    )
    assert "less (1 colleague per person)" in english
    assert "“Cannot be decided” is the answer to be expected here" in english
    assert (
        "kan ikke afgøres"
        not in tiny.so_few(1.3, replace(change, verdict="changed_among_people"), "da").lower()
    )
    assert "sat som betydende" not in tiny.so_few(0.9, change, "da")  # such a change would have been seen
    assert "nævner" not in tiny.so_few(1.3, _change("ei_index"), "da").lower()
    assert tiny.so_few(1.3, replace(change, n_people=tiny.FEW), "da") == ""
