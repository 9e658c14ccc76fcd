"""The first page in plain words: what was asked, the answer, on whom it rests, and what it is not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest
from test_figures import made_results
from test_wording import LANGUAGES, forbidden_words

from netlearn.analysis.ladder import DesignRung
from netlearn.analysis.results import Results
from netlearn.report.build import document
from netlearn.report.document import Summary
from netlearn.report.headline import beside, doubts
from netlearn.report.sections import foremost_limits, limits_section
from netlearn.study.planned import FAMILIES
from netlearn.wording import front_page, outcome_names
from netlearn.wording.limits import foremost, limits
from netlearn.wording.terms import term

P_ALONE = re.compile(r"\bp\s*[=<>]")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study")).titled()


def said(page: Summary) -> list[str]:
    return [
        page.question,
        page.finding,
        page.verdict,
        *page.sure,
        *page.beside,
        *page.not_shown,
        page.answered,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_short_plain_and_asks_first(results: Results, language: str) -> None:
    page = document(results, language).summary
    text = " ".join(said(page)).replace("\N{NO-BREAK SPACE}", " ")
    answer = [one for one in said(page) if one not in page.beside]
    assert len(" ".join(answer).replace("\N{NO-BREAK SPACE}", " ").split()) <= 300
    # Everything printed is on the first page of paper, which test_page_paper.py measures.
    assert len(text.split()) <= 400
    assert page.question.endswith(
        {"en": "“Hvem har du talt med?”", "da": "»Hvem har du talt med?«"}[language]
    )
    assert "?" in page.question[:-3]
    assert not P_ALONE.search(text)
    assert not forbidden_words(text)
    assert len(page.not_shown) == 3
    assert len(set(said(page))) == len(said(page))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_asked_about_in_a_question(family: str, language: str) -> None:
    told = front_page.question(family, "x & y", ("før", "efter"), "", language)
    assert told.count("?") == 1
    assert {"en": "“x & y”", "da": "»x & y«"}[language] in told
    assert not forbidden_words(told)


@pytest.mark.parametrize("rung", get_args(DesignRung))
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("few", [True, False])
@pytest.mark.parametrize("undecided", [True, False])
def test_three_limits_for_every_design(rung: str, family: str, few: bool, undecided: bool) -> None:
    three = {language: foremost(rung, family, few, undecided, language) for language in LANGUAGES}
    assert all(len(set(found)) == 3 and all(found) for found in three.values())
    assert not forbidden_words(" ".join(three["en"] + three["da"]))
    assert ("no proof that nothing happened" in " ".join(three["en"])) == undecided
    # What stands on the first page is told again, with the rest, in the section about limits.
    later = " ".join(limits([rung], "en"))
    assert all(
        text in later for text in three["en"] if "no proof" not in text and "may not be called" not in text
    )


def test_silence_is_named_where_many_were_silent() -> None:
    silent = "keeps silent"
    assert silent in " ".join(foremost("before_after", "network", True, False))
    assert silent not in " ".join(foremost("before_after", "network", False, False))


def test_an_answer_that_is_open_is_called_so(results: Results) -> None:
    change = replace(results.primary.change, verdict="undecided", n_people=45)
    open_ = replace(results, primary=replace(results.primary, result=change))
    assert "no proof that nothing happened" in " ".join(foremost_limits(open_, False, "en"))
    # With few people the page says so in another sentence already.
    few = replace(results, primary=replace(results.primary, result=replace(change, n_people=20)))
    assert "no proof" not in " ".join(foremost_limits(few, False, "en"))
    assert "no sign that nothing happened" in " ".join(document(few, "en").summary.sure)


def test_a_few_silent_people_are_not_counted_out(results: Results) -> None:
    counted = {n: replace(results.primary.change, n_people=n) for n in (41, 30)}
    told = {
        n: document(replace(results, primary=replace(results.primary, result=change)), "en").summary.sure
        for n, change in counted.items()
    }
    assert "the other 14 may have changed otherwise" in " ".join(told[30])
    assert "may have changed otherwise" not in " ".join(told[41])


def test_the_limits_stand_in_full_later(results: Results) -> None:
    assert len(limits_section(results, "da").points) > 3


def of_verdicts(results: Results, *verdicts: str) -> Results:
    """The same results with verdicts of our own for the first secondary outcomes, and no others."""
    made = [
        replace(found, result=replace(found.change, verdict=verdict), p_holm=0.01)
        for found, verdict in zip(results.secondary, verdicts, strict=False)
    ]
    return replace(results, secondary=tuple(made))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_secondary_outcome_is_told_with_its_verdict_those_that_changed_first(
    results: Results, language: str
) -> None:
    other = of_verdicts(results, "undecided", "changed", "descriptive")
    lead, *groups = beside(other, language)
    assert {"en": "named 3 secondary outcomes", "da": "3 sekundære udfald"}[language] in lead
    assert "Holm" in lead
    starts = {"en": ("Changed", "Cannot be decided", "Describes only"),
              "da": ("Ændret", "Kan ikke afgøres", "Kun beskrivende")}[language]  # fmt: skip
    assert [text.startswith(start) for text, start in zip(groups, starts, strict=True)] == [True] * 3
    names = [outcome_names.name(found.outcome, other.study, language) for found in other.secondary]
    assert [name in groups[at] for name, at in zip(names, (1, 0, 2), strict=True)] == [True] * 3
    # Numbers stand with what changed, and only there: an estimate that decides nothing is read as one that does.
    assert [("95" in text) for text in groups] == [True, False, False]
    assert str(round(other.secondary[1].n_people)) in groups[0]


def test_one_secondary_outcome_needs_no_holm_and_none_needs_no_heading(results: Results) -> None:
    assert beside(of_verdicts(results, "undecided"), "en")[0] == (
        "Beside it, the plan named 1 secondary outcome."
    )
    none = replace(of_verdicts(results), evidence=None)
    assert beside(none, "en") == ()
    assert document(none, "en").summary.beside == ()


def test_too_few_people_are_not_told_beside_either(results: Results) -> None:
    other = of_verdicts(results, "changed")
    few = replace(other, secondary=(replace(other.secondary[0], shown=False),))
    assert "95" not in " ".join(beside(few, "en"))


def test_an_interval_is_said_to_cross_zero_only_where_it_does() -> None:
    open_, up, down = (front_page.interval(*ends, "da") for ends in ((-0.1, 2.0), (0.1, 2.0), (-2.0, -0.1)))
    assert "uvis" in open_
    assert "uvis" not in up + down
    assert "uvis" in front_page.interval(float("-inf"), float("inf"), "da")


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_handling_that_leaves_the_answer_open_is_told_on_the_page(
    results: Results, language: str
) -> None:
    network = results.network
    assert network is not None
    handling = network.handling.copy()
    handling.loc[handling["handling"] == "two_wave_respondents", ["low", "high"]] = 0.01, 0.03
    handling.loc[handling["handling"] == "complete_pairs", ["low", "high"]] = -0.01, 0.03
    handling.loc[handling["handling"] == "reconstruction", ["low", "high"]] = 0.01, 0.02
    doubtful = replace(results, network=replace(network, handling=handling))
    name = term("handling", "complete_pairs", language)
    assert name in " ".join(document(doubtful, language).summary.sure)
    # Beside the answer to another question it would be read as a doubt of that answer.
    of_another = replace(network, handling=handling, outcome=replace(network.outcome, role="beside"))
    assert doubts(replace(results, network=of_another), language) == ""
