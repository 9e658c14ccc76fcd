"""Tables for machines name what they are about in words, so that no two rows look the same."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

import netlearn
from netlearn.analysis.machine_tables import machine_tables
from netlearn.analysis.results import Results

DATA = Path(__file__).resolve().parents[1] / "data"


def results_of(case: str) -> Results:
    return netlearn.analyse(netlearn.read_study(DATA / case), draws=19)


@pytest.fixture(scope="module")
def naestved() -> Results:
    return results_of("naestved-cam")


@pytest.fixture(scope="module")
def gentofte() -> Results:
    return results_of("gentofte-cfn")


def test_two_outcomes_of_one_gap_are_told_apart_by_their_titles(naestved: Results) -> None:
    outcomes = machine_tables(naestved)["outcomes"]
    gaps = outcomes[outcomes["measure"] == "gap"]
    assert gaps["title"].tolist() == [
        "hvor meget afstanden mellem krav og kunnen er blevet mindre, alle syv mål",
        "hvor meget afstanden mellem krav og kunnen er blevet mindre: metoder, også på sygedagpengeområdet",
    ]
    assert outcomes["title"].nunique() == len(outcomes)
    assert list(outcomes.columns[:3]) == ["role", "title", "relation"]
    # The check is in no plan: it is named by its measure and its relation.
    assert outcomes.loc[outcomes["role"] == "placebo", "title"].tolist() == [
        "Forbindelser inden for afdelingerne, " + naestved.study.relations[0].title
    ]


def test_every_ladder_says_of_which_outcome_it_is(naestved: Results) -> None:
    tables = machine_tables(naestved)
    told = tables["ladder"].groupby("role")["title"].unique().map(list).to_dict()
    outcomes = tables["outcomes"].set_index("role")["title"]
    assert told["primary"] == [outcomes["primary"]]
    assert told["placebo"] == [outcomes["placebo"]]


def test_scales_have_titles_and_items_their_wording(naestved: Results) -> None:
    tables, scales = machine_tables(naestved), {plan.name: plan for plan in naestved.study.scales}
    for name in ("scale-quality", "scale-items", "scale-answers"):
        frame = tables[name]
        assert frame["title"].tolist() == [scales[key].title or key for key in frame["scale"]]
    for name in ("scale-items", "scale-answers"):
        rows = zip(tables[name]["scale"], tables[name]["item"], tables[name]["wording"], strict=True)
        assert all(scales[scale].items[item] == wording for scale, item, wording in rows)


def test_lists_and_relations_have_titles(gentofte: Results, naestved: Results) -> None:
    for results in (gentofte, naestved):
        titles = {plan.name: plan.title or plan.name for plan in results.study.attendance}
        relations = {plan.name: plan.title or plan.name for plan in results.study.relations}
        for name, frame in machine_tables(results).items():
            if "list" in frame:
                assert frame["title"].tolist() == [titles[key] for key in frame["list"]], name
        measures = machine_tables(results)["measures"]
        assert measures["title"].tolist() == [relations[key] for key in measures["relation"]]
    dose = machine_tables(naestved)["competence-dose"]
    titles = {plan.name: plan.title or plan.name for plan in naestved.study.attendance}
    assert dose["title"].tolist() == [titles[key] for key in dose["attendance"]]


def test_what_has_no_pairs_has_no_number_of_pairs(gentofte: Results) -> None:
    """A scale asks each person: that it has 0 pairs would say that none were found."""
    outcomes = machine_tables(gentofte)["outcomes"].set_index("level")["n_dyads"]
    assert outcomes[["scale", "attendance"]].isna().all()
    assert outcomes["network"].notna().all()
    assert [str(n) for n in outcomes["network"].head(1)] == ["185"]  # a whole number, and told as one


def test_numbers_that_are_left_out_stay_left_out(gentofte: Results) -> None:
    """Columns that are added take nothing away and fill nothing."""
    part = next(p for p in gentofte.parts if "scale-answers" in p.machine_tables())
    before, after = part.machine_tables()["scale-answers"], machine_tables(gentofte)["scale-answers"]
    pd.testing.assert_frame_equal(after[list(before.columns)], before)
    assert set(after.columns) - set(before.columns) == {"title", "wording"}
    assert math.isnan(after["n"].iloc[0])
