"""The checklist of reviewers: every item answered from the results, or left to the authors, and nothing given away."""

from __future__ import annotations

import math
import string
from dataclasses import replace
from datetime import date

import pytest
from test_figures import DEPARTMENTS, SMALL, made_results
from test_wording import forbidden_words

from netlearn.analysis.results import Results
from netlearn.report.build import document
from netlearn.report.section_checklist import checklist_section
from netlearn.study.plan import Assignment, RelationPlan, Study
from netlearn.wording import checklist as words

LANGUAGES = ("en", "da")
AUTHORS = ("1.2", "1.4", "1.6", "1.7", "setting", "registered", "meaning", "consent", "funding")
GRAND = [f"{a}.{b}" for a, n in ((1, 7), (2, 5), (3, 7), (4, 6)) for b in range(1, n + 1)]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study")).titled()


def rows(results: Results, language: str = "en") -> dict[str, tuple[str, str]]:
    """Item -> answer and section."""
    names = {pair[language == "da"]: key for key, pair in words.ITEMS.items()}
    tables = checklist_section(results, language).tables
    found = [(names[item], (text, where)) for table in tables for item, text, where in table.rows]
    assert len(dict(found)) == len(found)
    return dict(found)


def planned(results: Results, **other: object) -> Results:
    """The same results of another plan."""
    study: Study = replace(results.study, **other)
    return replace(results, data=replace(results.data, study=study))


def test_every_item_and_answer_is_there_twice_with_the_same_blanks() -> None:
    for pair in (*words.ITEMS.values(), *words.SAID.values(), *words.COLUMNS, *words.CAPTIONS.values()):
        blanks = [sorted(n for _, n, _, _ in string.Formatter().parse(text) if n) for text in pair]
        assert all(pair)
        assert blanks[0] == blanks[1], pair


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_of_the_guide_is_answered_and_every_section_named_is_there(
    results: Results, language: str
) -> None:
    found = rows(results, language)
    assert [item for item in found if item[0].isdigit()] == GRAND
    assert all(text for text, _ in found.values())
    headings = {s.heading for s in document(results, language).sections} | {
        {"en": "The answer", "da": "Svaret"}[language]
    }
    assert {where for _, where in found.values() if where} <= headings
    authors = words.said("authors", language)
    assert tuple(item for item, (text, _) in found.items() if text == authors) == AUTHORS
    assert all(found[item][1] == "" for item in AUTHORS)
    section = checklist_section(results, language)
    assert section.appendix
    told = [" ".join(row) for table in section.tables for row in table.rows]
    assert not forbidden_words(" ".join([*told, *section.texts, *section.small]))
    assert not any("{" in text for text in told)


def test_the_answers_are_those_of_the_study(results: Results) -> None:
    found = {item: text for item, (text, _) in rows(results).items()}
    # Waves on 3 January, 3 June and 3 November 2022: 151 and 153 days.
    assert found["1.3"] == "3 waves, 151 and 153 days apart"
    assert found["1.5"] == "før: 3 January 2022; midtvejs: 3 June 2022; efter: 3 November 2022"
    # 9 + 8 + 7 + 7 + 7 people and two departments of three.
    assert found["2.2"] == "før: 44; midtvejs: 44; efter: 44"
    assert "Hvem har du talt med?" in found["3.1"]
    assert found["2.5"] == "kontakt: to be stated by the authors; råd: to be stated by the authors"
    assert found["4.1"] == found["4.2"] == found["4.3"] == "does not apply"
    # Two departments of three people, and a third one, as fewer than five of the six answered every time.
    assert found["4.5"] == "nothing; in tables 3 small departments stand together"
    assert found["outcomes"].startswith("1 primary, 4 secondary, named in study.toml (SHA-256 ")
    assert found["assigned"] == "no comparison group"
    assert found["small"] == "nothing with fewer than 5 people behind it is told"


def test_ties_are_those_of_the_two_waves(results: Results) -> None:
    panel, before, after = results.panels["kontakt"], 0, 2
    seen = [panel.waves[w].observed for w in (before, after)]
    both = seen[0] & seen[1]
    ties = [int((panel.waves[w].ties & both).sum()) for w in (before, after)]
    expected = f"kontakt: før: {ties[0]}; efter: {ties[1]}, among answers given both times"
    assert rows(results)["3.7"][0] == expected


def test_no_department_is_named(results: Results) -> None:
    told = str([row for table in checklist_section(results, "da").tables for row in table.rows])
    assert not [name for name in (*DEPARTMENTS, *SMALL) if name in told]
    few = replace(results, primary=replace(results.primary, shown=False))
    assert rows(few)["behind"][0] == "too few to be told"
    assert str(results.primary.result.n_people) in rows(results)["behind"][0]


def test_how_it_was_decided_who_was_trained(results: Results) -> None:
    turns = Assignment("start", by="start-wave", strata="area", randomized=True)
    found = rows(planned(results, assignment=turns))
    assert found["assigned"][0] == "trained in turns, within strata: by lot"
    assert found["concealed"][0] == "to be stated by the authors"
    chosen = rows(planned(results, assignment=Assignment("arm", by="department", trained=("yes",))))
    assert chosen["assigned"][0] == "trained by department: not by lot"
    assert "concealed" not in chosen


def test_relations_are_told_as_they_were_asked(results: Results) -> None:
    levels = {"never": 0, "once": 1, "often": 2}
    asked = RelationPlan(
        "kontakt", kind="roster", levels=levels, threshold=2, directed=False, symmetrize="both"
    )
    named = RelationPlan("råd", kind="name-generator", n_slots=5)
    found = rows(planned(results, relations=(asked, named)))
    assert found["2.5"][0] == "kontakt: no limit; råd: at most 5 names"
    assert found["3.2"][0] == "kontakt: none; råd: from the one who answered to the one named"
    assert found["4.1"][0] == "kontakt: a tie if both named each other"
    assert found["4.2"][0].startswith("kontakt: level 2 or more of 0 to 2 is a tie; how many answers")


def test_one_wave_and_no_network(results: Results) -> None:
    once = planned(results, waves=(replace(results.study.waves[0], date=date(2022, 1, 3)),))
    assert rows(once)["1.3"][0] == "1 wave"
    alone = rows(replace(once, network=None))
    assert alone["3.7"] == ("does not apply", "")
    assert alone["missing"] == ("missing, never a no", "Who answered")


def test_numbers_that_are_left_out_are_not_promised(results: Results) -> None:
    network = results.network
    assert network is not None
    found = rows(results)
    assert found["4.6"] == ("nothing in the answer; beside it from the other person", "If missing answers are handled "
                            "otherwise")  # fmt: skip
    assert found["missing"][0] == "missing, never a no; other ways beside it"
    handling = network.handling.copy()
    handling.loc[handling["handling"] != "two_wave_respondents", ["estimate", "low", "high"]] = math.nan
    hidden = rows(replace(results, network=replace(network, handling=handling)))
    assert hidden["4.6"] == ("nothing", "")
    assert hidden["missing"][0] == "missing, never a no; other ways would tell of single people"
    # Three departments of these results are too small, so that what departments show is left out.
    assert (
        found["sensitivity"][0]
        == "answers, pairs and people; waves swapped; departments count, but are not told"
    )
    ladder = network.outcome.change.ladder.copy()
    ladder.loc[ladder["level"] == "department", "estimate"] = 0.02
    told = replace(network.outcome, result=replace(network.outcome.change, ladder=ladder))
    assert rows(replace(results, network=replace(network, outcome=told)))["sensitivity"][0] == (
        "answers, pairs, people and departments; waves swapped"
    )
