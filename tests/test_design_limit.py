"""What a design can show at best: counted by hand, and the same as what the test reports afterwards."""

import numpy as np
import pytest
from panels import random_panel

from netlearn import NetlearnError, Panel, UndefinedError
from netlearn.analysis.design_limit import design_limit
from netlearn.analysis.randomization import randomization_test
from netlearn.study.allocation import Allocation
from netlearn.study.plan import Assignment


def empty(home, **attributes):
    waves = {w: np.zeros((len(home), len(home))) for w in ("w0", "w1", "w2")}
    return Panel.from_arrays(waves, home, attributes=attributes)


HOME = np.repeat(np.arange(8), 3)


def test_four_of_eight_departments():
    made = Allocation.from_arrays(HOME < 4, unit=HOME)
    found = design_limit(empty(HOME), made)
    assert (found.n_assignments, found.attainable_p, found.n_units, found.n_strata) == (70, 2 / 70, 8, 1)
    assert found.reaches
    assert not design_limit(empty(HOME), made, alpha=0.01).reaches
    one = design_limit(empty(HOME), made, alternative="greater", alpha=0.02)
    assert (one.attainable_p, one.reaches) == (1 / 70, True)


def test_from_the_study_file_and_within_strata():
    """Two of four in each of two strata: 36 ways, all mirrored."""
    texts = {"got": [str(int(h % 2)) for h in HOME], "site": ["a" if h < 4 else "b" for h in HOME]}
    plan = Assignment("got", "department", "site", ("1",), True)
    found = design_limit(empty(HOME, **texts), plan, ("w0", "w1"))
    assert (found.n_assignments, found.attainable_p, found.n_strata) == (36, 2 / 36, 2)
    assert found.randomized
    assert not found.reaches


def test_sentences():
    made = Allocation.from_arrays(HOME < 4, unit=HOME)
    one_way = Allocation.from_arrays(HOME < 4, unit=HOME, strata=HOME)
    within = Allocation.from_arrays(HOME % 2 == 0, unit=HOME, strata=HOME // 4)
    panel = empty(HOME)
    assert design_limit(panel, made).sentence() == (
        "Training can be dealt in 70 ways among 8 departments, so the smallest two-sided p is 0.029. The limit of "
        "5\N{NO-BREAK SPACE}%, chosen in advance, can be reached."
    )
    assert design_limit(panel, made, alternative="less", alpha=0.01).sentence("da") == (
        "Uddannelsen kan fordeles på 70 måder mellem 8 afdelinger, så den mindste ensidede p-værdi, der kan komme ud, "
        "er 0,014. Grænsen på 1\N{NO-BREAK SPACE}%, som er valgt på forhånd, kan ikke nås, uanset hvad der skete: "
        "Tallene kan kun beskrive."
    )
    assert "36 ways among 8 departments within 2 strata (groups" in repr(design_limit(panel, within))
    assert "one way only" in design_limit(panel, one_way).sentence("en")
    assert "kun fordeles på én måde" in design_limit(panel, one_way).sentence("da")
    many = np.arange(3000) % 3
    wide = Panel.from_arrays({w: np.zeros((3000, 3000), bool) for w in "ab"}, many)
    lots = design_limit(
        wide, Allocation.from_arrays(np.arange(3000) % 2 == 0, by="person", unit=np.arange(3000))
    )
    assert "more ways than can be counted" in lots.sentence("en")
    with pytest.raises(NetlearnError, match="language"):
        lots.sentence("de")


@pytest.mark.parametrize(
    "outcome", ["cross_out_degree", "within_out_degree", "dyads", "department", "values"]
)
@pytest.mark.parametrize("side", ["two-sided", "greater"])
@pytest.mark.parametrize("seed", range(3))
def test_it_names_what_the_test_reports(outcome, side, seed):
    """Missing answers, a silent department, strata: who is dealt depends on who has the outcome."""
    panel = random_panel(seed, n=16, k=8, movers=False)
    home = panel.groups[0]
    trained = np.isin(home, np.random.default_rng(seed).permuted(np.unique(home))[:3])
    values = np.where(np.arange(16) < 3, np.nan, np.arange(16.0))
    for strata in (None, home % 2):
        made = Allocation.from_arrays(trained, unit=home, strata=strata)
        asked = values if outcome == "values" else outcome
        how = {"outcome": asked, "alternative": side}
        limit = design_limit(panel, made, **how)
        found = randomization_test(panel, assignment=made, regression=False, draws=50, **how)
        for name in ("n_assignments", "attainable_p", "n_units", "n_strata", "by", "whole_departments"):
            assert getattr(limit, name) == getattr(found, name)


def test_it_names_what_the_test_of_a_rota_reports():
    rng = np.random.default_rng(1)
    values = rng.normal(size=(3, 24))
    values[:2, 0] = np.nan  # one value: not in the test
    made = Allocation.from_arrays(start=rng.permuted(np.arange(24) % 4))
    limit = design_limit(empty(HOME), made, outcome=values)
    found = randomization_test(empty(HOME), values, made, draws=50)
    for name in ("n_assignments", "attainable_p", "n_units", "n_strata", "by", "whole_departments"):
        assert getattr(limit, name) == getattr(found, name)
    # Two waves chosen: trained by the later or not.
    one = design_limit(empty(HOME), made, ("w0", "w1"))
    two = randomization_test(empty(HOME), "out_degree", made, waves=("w0", "w1"), draws=50)
    assert (one.n_assignments, one.attainable_p) == (two.n_assignments, two.attainable_p)


def test_what_cannot_be_counted_is_refused():
    panel, made = empty(HOME), Allocation.from_arrays(HOME < 4, unit=HOME)
    with pytest.raises(NetlearnError, match="alternative"):
        design_limit(panel, made, alternative="greaterr")
    with pytest.raises(NetlearnError, match="alpha"):
        design_limit(panel, made, alpha=5)
    with pytest.raises(NetlearnError, match="outcome must be one of"):
        design_limit(panel, made, outcome="degree")
    with pytest.raises(NetlearnError, match="unit=department"):
        design_limit(panel, Allocation.from_arrays(HOME < 4))
    with pytest.raises(UndefinedError, match="nobody"):
        design_limit(panel, Allocation.from_arrays(np.zeros(24, bool)))
