"""The part about the trained and the others: what is told, by whom it is told, and what is hidden."""

import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from rotas import programme, study

from netlearn import Allocation, Panel, distance_decay, group_time
from netlearn.analysis.data import How, StudyData
from netlearn.analysis.training_part import part_training
from netlearn.analysis.training_part_arms import arms_of, assigned_table, attrition, order_of, response_by_arm
from netlearn.analysis.training_part_network import by_area, distance_change, used_up
from netlearn.report.section_training import training_section
from netlearn.study.plan import Assignment, RelationPlan
from netlearn.study.planned import Outcome
from netlearn.study.regroup import regroup
from netlearn.survey.alters import EgoTables

HOW = How(draws=99, seed=3)


@pytest.fixture(scope="module")
def made():
    return programme(effect_both=0.05)


@pytest.fixture(scope="module")
def part(made):
    return part_training(made[1], HOW)


def answered(*waves):
    """A panel in which the people given answer, each wave, and nobody is tied."""
    n = len(waves[0])
    ties = {
        f"w{at}": np.where(np.array(who, bool)[:, None], np.zeros((n, n)), np.nan)
        for at, who in enumerate(waves)
    }
    return Panel.from_arrays(ties, list(range(n)))


def test_only_designs_with_a_comparison_have_the_part(made):
    _, data = made
    for changes in ({"assignment": None}, {"design": "pre-post"}, {"design": "ego"}):
        assert part_training(replace(data, study=replace(data.study, **changes)), HOW) is None
    assert part_training(replace(data, panels={}), HOW) is None


def test_arms_by_hand():
    panel = answered([1] * 6, [1] * 6, [1] * 6)
    dealt = Allocation.from_arrays(start=[0, 1, 2, np.nan, 5, np.nan], strata=[0, 0, 0, 0, 0, 1])
    arms = arms_of(panel, dealt)
    assert arms.tolist() == ["already", "start:w1", "start:w2", "others", "others", "outside"]
    assert order_of(panel, arms) == ["start:w1", "start:w2", "others", "already", "outside"]


def test_small_strata_are_hidden_with_another_that_would_give_them_away():
    """Stratum x has 2 trained; its row, its column and the totals would give that away."""
    trained = np.array([1] * 2 + [0] * 8 + [1] * 9 + [0] * 7 + [1] * 6 + [0] * 8)
    names = np.repeat(["x", "y", "z"], [10, 16, 14])
    panel = Panel.from_arrays({"a": np.zeros((40, 40))}, range(40), attributes={"s": names})
    arms = np.where(trained == 1, "trained", "others")
    table = assigned_table(panel, arms, "s", 5)
    assert table.loc["(all)"].tolist() == [17, 23, 40]
    assert table["(all)"].tolist() == [40, 10, 16, 14]
    assert table.loc["x", ["trained", "others"]].isna().all()
    assert table.loc[["y", "z"], "trained"].isna().sum() == 1
    shown = assigned_table(panel, arms, "s", 3)
    assert shown.loc["x", ["trained", "others"]].isna().all()


def test_start_waves_of_few_people_are_counted_together():
    """In y only 4 people start in each wave: 8 are trained there, and 12 in x."""
    arms = np.array(
        (["start:w1", "start:w2"] * 6 + ["others"] * 8) + ["start:w1", "start:w2"] * 4 + ["others"] * 9
    )
    panel = Panel.from_arrays(
        {w: np.zeros((37, 37)) for w in ("w0", "w1", "w2")},
        range(37),
        attributes={"s": ["x"] * 20 + ["y"] * 17},
    )
    table = assigned_table(panel, arms, "s", 5)
    assert table.columns.tolist() == ["trained", "others", "(all)"]
    assert table.to_numpy().tolist() == [[20, 17, 37], [12, 8, 20], [8, 9, 17]]
    assert assigned_table(panel, arms, "s", 4).loc["y"].tolist() == [4, 4, 9, 17]


def test_arms_of_few_people_are_hidden_without_strata_too():
    panel = answered([1] * 12)
    arms = np.array(["trained"] * 3 + ["others"] * 9)
    table = assigned_table(panel, arms, None, 5)
    assert table["(all)"].tolist() == [12]
    assert table[["trained", "others"]].isna().all(axis=None)
    assert assigned_table(answered([1] * 20), np.array(["trained"] * 8 + ["others"] * 12), None, 5).loc[
        "(all)"
    ].tolist() == [8, 12, 20]


def test_a_total_of_few_people_hides_its_parts():
    panel = Panel.from_arrays({"a": np.zeros((20, 20))}, range(20), attributes={"s": ["x"] * 10 + ["y"] * 10})
    arms = np.array((["trained"] * 5 + ["others"] * 5) * 2)
    arms[[0, 10]] = "already"
    table = assigned_table(panel, arms, "s", 5)
    assert table.loc[:, ["trained", "others", "already"]].isna().all(axis=None)


def test_response_by_arm_counts_everybody():
    panel = answered([1] * 9 + [0] * 1 + [1] * 6, [1] * 8 + [0] * 8)
    arms = np.array(["start:w1"] * 10 + ["others"] * 6)
    table = response_by_arm(panel, arms, 5)
    assert table["arm"].tolist() == ["(all)", "start:w1", "others"] * 2
    assert table["answered"].tolist() == [15, 9, 6, 8, 8, 0]
    assert table["employed"].tolist() == [16, 10, 6] * 2


def test_attrition_is_that_of_every_assignment():
    """Ten answered first, five of them trained; of the trained all answer again, of the others none but... by loop."""
    again = np.array([1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1])
    first = np.array([1] * 10 + [0] * 2)
    trained = np.array([1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0])
    panel, dealt = answered(first, again), Allocation.from_arrays(trained)
    found = attrition(panel, dealt, 2, How(draws=999)).iloc[0]
    assert (found["n_trained"], found["n_others"]) == (5, 5)
    assert (found["trained"], found["others"]) == (1.0, 0.4)
    assert found["difference"] == pytest.approx(0.6)

    def clear(chosen):
        arm = np.isin(np.arange(10), chosen)
        y = again[:10]
        gap = y[arm].mean() - y[~arm].mean()
        variance = sum(((y[a] - y[a].mean()) ** 2).sum() / 25 for a in (arm, ~arm))
        return abs(gap) / np.sqrt(variance)

    ways = [clear(chosen) for chosen in combinations(range(10), 5)]
    here = clear(np.flatnonzero(trained[:10]))
    assert found["p_value"] == pytest.approx(np.mean(np.array(ways) >= here - 1e-9))


def test_attrition_of_few_is_not_told():
    again = np.array([1] * 8 + [0] * 2 + [1] * 5 + [0] * 5)
    panel, dealt = answered([1] * 20, again), Allocation.from_arrays([1] * 10 + [0] * 10)
    found = attrition(panel, dealt, 5, HOW).iloc[0]
    assert np.isnan([found["trained"], found["difference"], found["low"], found["high"]]).all()
    assert found["others"] == 0.5
    assert attrition(panel, dealt, 11, HOW).empty


@pytest.mark.parametrize("gone", ["not_employed", "withdrew", "not_asked"])
def test_who_could_not_answer_again_did_not_fall_silent(gone):
    """Of twelve trained six answer again and six leave; of twelve others six answer again and six are silent."""
    n = 24
    trained = np.arange(n) < 12
    first, later = np.zeros((n, n)), np.zeros((n, n))
    later[np.arange(n) % 2 == 1] = np.nan
    status = ["took_part" if i % 2 == 0 else gone if i < 12 else "no_answer" for i in range(n)]
    panel = Panel.from_arrays(
        {"w0": first, "w1": later}, range(n), status={"w0": ["took_part"] * n, "w1": status}
    )
    found = attrition(panel, Allocation.from_arrays(trained), 5, HOW).iloc[0]
    assert (found["n_trained"], found["n_others"]) == (6, 12)
    assert (found["trained"], found["others"], found["difference"]) == (1.0, 0.5, 0.5)


def test_nobody_outside_the_comparison_counts_in_attrition(made):
    dealt = made[0].allocation
    table = attrition(made[0].panel, dealt, 5, HOW)
    first = made[0].panel.waves[0].cells.senders
    last = table.iloc[-1]
    assert last["n_trained"] == (first & (dealt.start < 3)).sum()
    assert last["n_others"] == (first & (dealt.start > 2) & (dealt.strata >= 0)).sum()


def test_turns_are_those_of_group_time_with_their_placebo_rows(made, part):
    table = group_time(made[0].panel, "cross_out_degree", made[0].allocation, draws=99, seed=3)
    assert part.turns["placebo"].sum() == 1
    assert part.turns["estimate"].tolist() == table["estimate"].tolist()
    assert part.turns["p_value"].tolist() == table["p_value"].tolist()


def test_rows_of_few_people_are_hidden(made):
    _, data = made
    strict = part_training(replace(data, study=replace(data.study, min_cell_size=14)), HOW)
    few = strict.turns["n_trained"].isna()
    assert few.any()
    assert strict.turns.loc[few, ["estimate", "p_value", "n_comparison"]].isna().all(axis=None)
    means = strict.means
    assert (means["n"].isna() | (means["n"] >= 14)).all()
    assert means.loc[means["n"].isna(), "mean"].isna().all()


def test_the_means_are_those_of_the_people(made, part):
    panel = made[0].panel
    here = panel.wave("w1").cells.senders & (made[0].allocation.start == 1)
    cross = panel.group()[:, None] != panel.group()
    row = part.means[(part.means["arm"] == "start:w1") & (part.means["wave"] == "w1")].iloc[0]
    assert row["n"] == here.sum()
    assert row["mean"] == pytest.approx((panel.wave("w1").ties & cross)[here].sum(axis=1).mean())
    assert "outside" not in set(part.means["arm"])


def test_places_for_names_used_up(made):
    made, data = made
    table = used_up(data, "contact", 5)
    for row in table.to_dict("records"):
        wave = made.panel.wave(row["wave"])
        named = wave.ties.sum(axis=1)[wave.cells.senders]
        assert row["answered"] == len(named)
        full = int((named == 6).sum())
        assert row["at_limit"] == full or (np.isnan(row["at_limit"]) and min(full, len(named) - full) < 5)
    assert table["share"].notna().any()
    free = replace(data.study, relations=(RelationPlan("contact"),))
    assert used_up(replace(data, study=free), "contact", 5) is None


def test_people_outside_the_roster_take_places_too(made):
    _, data = made
    egos = [{"ego": f"e{at}", "wave": "w0", "answered": at < 12} for at in range(14)]
    alters = [
        {"ego": f"e{at}", "wave": "w0", "alter": f"s{k}"}
        for at in range(12)
        for k in range(6 if at < 5 else 2)
    ]
    tables = EgoTables(pd.DataFrame(egos), pd.DataFrame(alters), pd.DataFrame())
    row = used_up(replace(data, egos={"contact": tables}), "contact", 5).iloc[0]
    assert (row["answered"], row["at_limit"], row["share"]) == (12, 5, 5 / 12)


@pytest.mark.parametrize(("full", "share"), [(0, 0), (4, np.nan), (5, 5 / 12), (8, np.nan), (12, 1)])
def test_places_used_up_by_few_or_all_but_few_are_hidden(made, full, share):
    _, data = made
    egos = pd.DataFrame([{"ego": f"e{at}", "wave": "w0", "answered": True} for at in range(12)])
    alters = pd.DataFrame(
        [
            {"ego": f"e{at}", "wave": "w0", "alter": f"s{k}"}
            for at in range(12)
            for k in range(6 if at < full else 2)
        ]
    )
    tables = EgoTables(egos, alters, pd.DataFrame())
    row = used_up(replace(data, egos={"contact": tables}), "contact", 5).iloc[0]
    assert row["share"] == pytest.approx(share, nan_ok=True)
    assert np.isnan(row["at_limit"]) == np.isnan(share)


def test_opportunity_tells_change_with_its_interval(part):
    table = part.opportunity.set_index("measure")
    assert table.index.tolist() == ["ei_index", "cross_over_expected", "cross_position"]
    assert (table["low"] < table["change"]).all()
    assert (table["change"] < table["high"]).all()
    assert table["change"].tolist() == pytest.approx((table["after"] - table["before"]).tolist())
    assert table.loc["cross_over_expected", "chance"] == 1


def test_shares_across_areas_by_hand(made):
    made, _ = made
    areas = regroup(made.panel, "area")
    table = by_area(areas, ("w0", "w2"), 5).set_index("area")
    both = made.panel.wave("w0").cells.senders & made.panel.wave("w2").cells.senders
    cross = areas.group()[:, None] != areas.group()
    for name, wave in (("before", "w0"), ("after", "w2")):
        ties = made.panel.wave(wave).ties[both]
        assert table.loc["(all)", name] == pytest.approx((ties & cross[both]).sum() / ties.sum())
    assert table.loc["(all)", "n_people"] == both.sum()
    shown = table.drop(index="(all)")
    for at, row in enumerate(shown.itertuples()):
        here = both & (areas.group() == at)
        ties = made.panel.wave("w2").ties[here]
        assert row.after == pytest.approx((ties & cross[here]).sum() / ties.sum())


def test_a_single_area_is_left_out_where_it_would_give_a_pair_away(made):
    """Two areas: what each sends says, with the table of pairs, what the other does; of few people that is hidden."""
    made, _ = made
    few = np.where(np.arange(90) < 4, "small", "large")
    panel = regroup(replace(made.panel, attributes={"area": few}), "area")
    assert by_area(panel, ("w0", "w2"), 5)["area"].tolist() == ["(all)"]


def test_bands_of_distance_are_those_of_distance_decay(made):
    made, _ = made
    found = distance_change(made.panel, made.places, ("w0", "w2"), "km", 5)
    shared = made.panel.joint_cells(("w0", "w2"))
    both = replace(
        made.panel,
        waves=tuple(
            replace(w, sender=i, receiver=j, level=np.ones(len(i)), cells=shared)
            for w in (made.panel.wave("w0"), made.panel.wave("w2"))
            for i, j in [w.arcs(shared)]
        ),
        groups=made.panel.groups[:2],
        statuses=made.panel.statuses[:2],
    )
    limits = found.table["limit"].tolist()
    assert limits[0] == 0
    for label, name, slope in (("w0", "before", 0), ("w2", "after", 1)):
        decay = distance_decay(both, made.places, label, limits=limits)
        assert found.table["cells"].tolist() == decay.cells.tolist()
        assert (found.table[name] / 1000).tolist() == pytest.approx(decay.density.tolist())
        assert found.slopes[slope] == pytest.approx(decay.slope)


def test_the_interval_of_a_band_is_dyadic_robust():
    """Twelve people in six places; the variance by a loop over pairs of the people that they share."""
    rng = np.random.default_rng(8)
    waves = {w: (rng.random((12, 12)) < 0.4).astype(float) for w in ("a", "b")}
    home = np.repeat(np.arange(6), 2)
    panel = Panel.from_arrays(waves, [f"d{g}" for g in home])
    places = {f"d{g}": (float(g), 0.0) for g in range(6)}
    found = distance_change(panel, places, ("a", "b"), "km", 3)
    away = np.abs(home[:, None] - home)
    last = 0.0
    for row in found.table.to_dict("records"):
        inside = (
            (away <= row["limit"]) & (away > last) if row["limit"] else (away == 0) & ~np.eye(12, dtype=bool)
        )
        last = row["limit"]
        change = (waves["b"] - waves["a"]) * inside
        mean = change[inside].mean()
        r = np.where(inside, change - mean, 0.0) / inside.sum()
        pairs = r + r.T
        dyads = (np.triu(pairs, 1) ** 2).sum()
        sums = pairs.sum(axis=1)
        variance = max(((sums**2).sum() - dyads) * 12 / 8, dyads)
        assert row["change"] == pytest.approx(1000 * mean)
        t = (row["high"] - row["low"]) / 2000 / np.sqrt(variance)
        assert 1.9 < t < 4.4  # a quantile of t with at least 2 degrees of freedom
        assert row["n_people"] == inside.any(axis=1).sum()


def test_few_people_in_a_band_are_hidden():
    rng = np.random.default_rng(8)
    waves = {w: (rng.random((12, 12)) < 0.4).astype(float) for w in ("a", "b")}
    home = ["far"] * 3 + ["near"] * 5 + ["by"] * 4
    panel = Panel.from_arrays(waves, home)
    places = {"near": (0.0, 0.0), "by": (1.0, 0.0), "far": (0.0, np.nan)}
    table = distance_change(panel, places, ("a", "b"), "km", 6).table
    assert table["n_people"].tolist() == [9, 9]
    hidden = distance_change(panel, places, ("a", "b"), "km", 10).table
    assert hidden.drop(columns="limit").isna().all(axis=None)


@pytest.fixture(scope="module")
def without_lot(made):
    _, data = made
    plan = replace(data.study.assignment, randomized=False)
    return part_training(replace(data, study=replace(data.study, assignment=plan)), HOW)


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("lot", [True, False])
def test_effect_is_said_only_where_lots_were_drawn(part, without_lot, language, lot):
    text = " ".join(training_section(part if lot else without_lot, language).texts)
    effect = {"en": "effect", "da": "effekt"}[language]
    said = {
        "en": ("not an effect", "a difference in change"),
        "da": ("ikke en effekt", "en forskel i ændring"),
    }[language]
    if lot:
        assert effect in text
    else:
        assert all(words in text for words in said)
        assert not re.search(effect, text.replace(said[0], ""))
    assert "signif" not in text


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_section_says_first_what_can_be_shown(part, language):
    section = training_section(part, language)
    assert section.key == "training"
    first = {
        "en": "Each group that began is compared with those who had not begun yet",
        "da": "Hver gruppe, der begyndte, sammenlignes med dem, der endnu ikke var begyndt",
    }[language]
    assert first in section.texts[0]
    assert part.limit.sentence(language) in section.texts[1]
    assert len(section.tables) == 8
    for table in section.tables:
        assert all(len(row) == len(table.columns) == len(table.numeric) for row in table.rows)
    everything = str(section)
    assert "{" not in everything.replace("{}", "")
    assert "w0" not in everything  # titles, not labels
    assert "time 0" in everything
    assert "nan" not in everything.lower().split()


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_comparison_of_two_waves_has_the_part_too(made, language):
    made, _ = made
    trained = ["yes" if s < 3 else "no" for s in made.allocation.start]
    waves = {
        w: np.where(made.panel.wave(w).observed, made.panel.wave(w).ties, np.nan).astype(float)
        for w in ("w0", "w2")
    }
    panel = Panel.from_arrays(waves, made.panel.groups[0], attributes={"got": trained})
    plan = study(
        ("w0", "w2"),
        design="comparison",
        assignment=Assignment("got", trained=("yes",)),
        roster=replace(study().roster, shown=None),
        relations=(RelationPlan("contact"),),
        places=None,
        primary=Outcome("contact", "cross_density", ("w0", "w2")),
    )
    part = part_training(StudyData(plan, {"contact": panel}), HOW)
    assert (part.turns, part.censored, part.areas, part.distance) == (None, None, None, None)
    assert part.measure == "cross_out_degree"
    section = training_section(part, language)
    assert {"en": "Some were trained, others were not", "da": "Nogle blev uddannet, andre ikke"}[
        language
    ] in section.texts[0]
    assert set(part.machine_tables()) == {
        "training-assigned",
        "training-response",
        "training-attrition",
        "training-means",
        "training-pairs",
        "training-opportunity",
    }


def test_everybody_trained_leaves_a_part_without_comparison(made):
    _, data = made
    plan = Assignment("area", trained=("area 1", "area 2", "area 3"))
    part = part_training(replace(data, study=replace(data.study, design="comparison", assignment=plan)), HOW)
    assert part.limit is None
    assert part.classes is None
    for language in ("en", "da"):
        assert training_section(part, language).texts


def test_the_tables_hide_few_people(part):
    for name, table in part.machine_tables().items():
        for column in ("n", "n_trained", "n_comparison", "n_others", "n_people", "at_limit"):
            if column in table:
                values = table[column].astype(float)
                assert not ((values > 0) & (values < 5)).any(), name
