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
from netlearn.report.sections import foremost_limits, limits_section
from netlearn.study.planned import FAMILIES
from netlearn.wording import front_page
from netlearn.wording.limits import foremost, limits

P_ALONE = re.compile(r"\bp\s*[=<>]")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study")).titled()


def said(page: Summary) -> list[str]:
    return [page.question, page.finding, page.verdict, *page.sure, *page.not_shown, page.answered]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_short_plain_and_asks_first(results: Results, language: str) -> None:
    page = document(results, language).summary
    text = " ".join(said(page)).replace("\N{NO-BREAK SPACE}", " ")
    assert len(text.split()) <= 300  # an A4 page holds more, with its headings and the dates
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
