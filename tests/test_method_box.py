"""The method as a paper tells it: what was done, and exactly the sources that it cites."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from test_figures import made_results
from test_wording import forbidden_words

from netlearn.analysis.results import Results
from netlearn.report.section_whole import method_section, method_texts
from netlearn.study.plan import RelationPlan
from netlearn.study.planned import FAMILIES
from netlearn.wording import method_box
from netlearn.wording.method_families import (
    EVERY_PAIR,
    HANDLED,
    MEASURES,
    NETWORK,
    RULE,
    TRAINED,
    WAYS,
    WITHHELD,
)
from netlearn.wording.method_families import FAMILIES as TOLD
from netlearn.wording.sources import SOURCES, cited, references

LANGUAGES = ("en", "da")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study")).titled()


def not_in_the_list(text: str) -> list[str]:
    """What stands before a year that belongs to no source of the list."""
    found = [text[max(0, match.start() - 40) : match.end()] for match in YEAR.finditer(text)]
    return [part for part in found if not part.endswith(tuple(SOURCES))]


@pytest.mark.parametrize("key", SOURCES)
def test_a_reference_is_the_one_that_is_cited(key: str) -> None:
    names, year = key.rsplit(" ", 1)
    authors, after = SOURCES[key].split(f" ({year}). ")
    for name in re.split(r", | & | et al\.", names):
        assert name in authors
    assert after.count(".") >= 2  # title and journal or publisher
    doi = re.findall(r"doi:\S+", after)
    assert len(doi) <= 1
    assert all(re.fullmatch(r"doi:10\.\d{4,5}/[^\s.]\S*[^\s.]", one) for one in doi)


def test_the_list_is_by_the_alphabet() -> None:
    assert list(SOURCES) == sorted(SOURCES, key=str.casefold)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_year_in_the_words_belongs_to_a_source(language: str) -> None:
    groups = (WAYS, RULE, TRAINED, TOLD, MEASURES)
    pairs = [*NETWORK, EVERY_PAIR, HANDLED, WITHHELD, *(pair for group in groups for pair in group.values())]
    said = [pair[language == "da"] for pair in pairs]
    assert [part for text in said for part in not_in_the_list(text)] == []
    assert cited(pair[0] for pair in pairs) == cited(pair[1] for pair in pairs)
    assert set(TOLD) | {"network", "trained"} == set(FAMILIES)


def test_the_check_of_years_can_fail() -> None:
    assert not_in_the_list("as in Holm 1979 and in Nobody 1980") == ["as in Holm 1979 and in Nobody 1980"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_exactly_what_is_cited_is_listed(results: Results, language: str) -> None:
    texts = method_texts(results, language)
    section = method_section(results, language)
    assert section.texts[:3] == texts
    assert section.points == references(texts)
    shown = {key for key in SOURCES if SOURCES[key] in section.points}
    assert {"Fafchamps & Gubert 2007", "Aronow, Samii & Assenova 2015", "Phipson & Smyth 2010"} <= shown
    # Nobody was trained, asked about friends or met in rooms here.
    assert not shown & {"Callaway & Sant'Anna 2021", "Burt 1992", "Freedman & Lane 1983", "Cronbach 1951"}
    assert not forbidden_words(" ".join([*section.texts, *section.points]))
    assert len(" ".join(texts).split()) < 650


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_the_study_stand_in_the_text(results: Results, language: str) -> None:
    first, second, third = method_texts(results, language)
    everybody = results.response.groupby("wave", sort=False).first()
    for row in everybody.itertuples():
        of = {"en": f"{row.answered} of {row.employed}", "da": f"{row.answered} af {row.employed}"}[language]
        assert of in first
    assert str(results.provenance.seed) in third
    assert {"en": "99 draws", "da": "99 udtræk"}[language] in third
    assert f"netlearn {results.provenance.versions['netlearn']}" in third
    assert "Stork & Richards 1992" in second


def told(family: str, design: str = "pre-post", n_secondary: int = 0) -> tuple[str, str]:
    """The method and what was decided before, of a study with outcomes of one family and no network of everybody."""
    outcome = SimpleNamespace(family=family, alternative="greater", alpha=0.005)
    study = SimpleNamespace(
        primary=outcome, secondary=(outcome,) * n_secondary, design=design, min_cell_size=7
    )
    made = SimpleNamespace(draws=1999, seed=8, versions={"netlearn": "9.9"})
    return " ".join(method_box.method(study, None)), method_box.decided(study, "x", made, False)


def test_only_turns_are_told_as_turns() -> None:
    assert "Callaway & Sant'Anna 2021" in told("trained", "staggered")[0]
    assert "Callaway" not in told("trained", "comparison")[0]


def test_holm_is_cited_where_there_is_something_to_correct() -> None:
    assert "Holm" not in told("ego", n_secondary=1)[1]
    assert "The p-values of the 3 secondary outcomes" in told("ego", n_secondary=3)[1]
    assert "x (one-sided, a rise, 0.5\N{NO-BREAK SPACE}% level)" in told("ego")[1]
    assert "fewer than 7 people" in told("ego")[1]


def test_a_tie_is_told_as_it_was_asked() -> None:
    asked = RelationPlan("contact", levels={"no": 0, "some": 1, "much": 2})
    assert method_box.kind_of_tie(asked) == "levels"
    assert method_box.kind_of_tie(RelationPlan("advice", levels={"Y": 1})) == "named"
    assert method_box.kind_of_tie(replace(asked, source="records")) == "records"


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_numbers_that_are_told_are_described(results: Results, language: str) -> None:
    network = results.network
    assert network is not None
    handling, ladder = network.handling.copy(), network.outcome.change.ladder.copy()
    handling.loc[handling["handling"] != "two_wave_respondents", ["estimate", "low", "high"]] = math.nan
    ladder.loc[ladder["level"] == "department", ["estimate", "se", "low", "high"]] = math.nan
    change = replace(network.outcome.change, ladder=ladder)
    without = replace(network, handling=handling, outcome=replace(network.outcome, result=change))
    few = replace(results, network=without)
    withheld = {"en": "left out here, as it would tell", "da": "ikke vist her, fordi de ville"}[language]
    shown, hidden = method_section(with_departments(results), language), method_section(few, language)
    assert withheld in " ".join(hidden.texts)
    assert withheld not in " ".join(shown.texts)
    assert SOURCES["Stork & Richards 1992"] in shown.points
    assert SOURCES["Stork & Richards 1992"] not in hidden.points
    # All pairs of departments were tested at once, and not where nothing is concluded.
    assert SOURCES["Westfall & Young 1993"] in shown.points
    untested = method_section(replace(results, network=replace(network, pairs=None)), language)
    assert SOURCES["Westfall & Young 1993"] not in untested.points
    # Where nobody could have named everybody there are no bounds, but the other ways stand.
    slots = replace(network, handling=network.handling[network.handling["handling"] != "bounds"])
    text = " ".join(method_section(replace(results, network=slots), language).texts)
    bounds = {"en": "bounds, from", "da": "grænser, fra"}[language]
    assert bounds in " ".join(shown.texts)
    assert bounds not in text
    assert "Stork & Richards 1992" in text


def with_departments(results: Results) -> Results:
    """The same results with numbers for departments, as where all of them are large enough."""
    network = results.network
    assert network is not None
    ladder = network.outcome.change.ladder.copy()
    ladder.loc[ladder["level"] == "department", ["estimate", "se", "low", "high"]] = 0.02, 0.01, 0.0, 0.04
    change = replace(network.outcome.change, ladder=ladder)
    return replace(results, network=replace(network, outcome=replace(network.outcome, result=change)))
