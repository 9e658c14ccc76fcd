"""Claims beside results: every verdict from numbers of our own, and the words of both languages."""

from __future__ import annotations

import math
import re
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from netlearn.analysis.evidence import TABLE, ClaimVerdict, Evidence, evidence
from netlearn.errors import NetlearnError
from netlearn.report.section_evidence import evidence_section
from netlearn.study.beyond import AttendancePlan, GapPlan
from netlearn.study.claims import Claim, Claims
from netlearn.study.plan import Assignment
from netlearn.study.planned import FAMILIES, Outcome
from netlearn.wording import evidence as words

NAN = math.nan
SPACE = "\N{NO-BREAK SPACE}"
WAVES = ("w1", "w2")
LANGUAGES: tuple[Any, ...] = ("en", "da")
STRONG = re.compile(r"effe[ck]t|virkning|signif|forårsag|impact", re.IGNORECASE)


def result(estimate: float = 2.0, low: float = 1.0, high: float = 3.0, **other: Any) -> SimpleNamespace:
    """A result with the common face, told in colleagues: one unit of the estimate is one colleague."""
    known = {
        "measure": "cross_density", "waves": WAVES, "estimate": estimate, "low": low, "high": high, "p_value": 0.01,
        "alpha": 0.05, "n_people": 60, "n_dyads": 900, "verdict": "changed", "reasons": (),
        "scale": (1.0, "colleagues"),
    }  # fmt: skip
    return SimpleNamespace(**(known | other))


def outcome(measure: str = "cross_density", **other: Any) -> Outcome:
    return Outcome("contact", measure, WAVES, **other)


def study(primary: Outcome, *secondary: Outcome, **other: Any) -> Any:
    known = {
        "primary": primary, "secondary": secondary, "language": "en", "simulated": False, "min_cell_size": 5,
        "assignment": None,
        "waves": (SimpleNamespace(label="w1", title="before"), SimpleNamespace(label="w2", title="")),
        "relations": (SimpleNamespace(name="contact", title="Contact last month"),),
        "scales": (),
        "gaps": (GapPlan("skills", "need", "have"),),
        "attendance": (AttendancePlan("rooms", "rooms.csv", title="Learning rooms"),),
    }  # fmt: skip
    return SimpleNamespace(**(known | other))


def judge(
    expects: Any = "more",
    found: SimpleNamespace | None = None,
    *,
    verdict: str | None = None,
    role: str = "primary",
    p_holm: float = NAN,
    planned: Outcome | None = None,
    **plan: Any,
) -> Evidence:
    """One claim against one result."""
    found, planned = found or result(), planned or outcome()
    whole = study(outcome("density"), planned, **plan) if role == "secondary" else study(planned, **plan)
    name = "secondary-1" if role == "secondary" else "primary"
    held = SimpleNamespace(
        outcome=planned, role=role, result=found, p_holm=p_holm, verdict=verdict or found.verdict
    )
    claims = Claims("An article", (Claim("They meet more.", name, expects),))
    return evidence(whole, claims, [held])


def verdict_of(*args: Any, **named: Any) -> str:
    return judge(*args, **named).judged[0].verdict


FALL = result(-2.0, -3.0, -1.0)
FLAT = result(0.1, -0.2, 0.4, verdict="undecided", p_value=0.5)
WIDE = result(0.5, -1.0, 2.0, verdict="undecided", p_value=0.5)
SMALL = result(0.2, 0.1, 0.3)
MARGIN = outcome(margin=0.5)
PEOPLE = "changed_among_people"

CASES = [
    ("more", result(), {}, "supported"),
    ("less", FALL, {}, "supported"),
    ("more", result(verdict="differs"), {}, "supported"),
    ("more", result(verdict="changed_beyond_departments"), {}, "supported"),
    ("more", result(verdict=PEOPLE), {}, "supported_people"),
    ("more", result(beyond_departments=False), {}, "supported_people"),
    ("more", result(beyond_departments=True), {}, "supported"),
    ("more", result(verdict="associated"), {}, "supported"),
    ("more", FALL, {}, "contrary"),
    ("less", result(), {}, "contrary"),
    ("less", result(verdict=PEOPLE), {}, "contrary"),
    ("more", FALL, {"planned": MARGIN}, "contrary"),
    # A margin of 0.5: the interval ends at 0.4 above and -0.2 below, so neither a rise nor a fall of 0.5 is possible.
    ("more", FLAT, {"planned": MARGIN}, "too_small"),
    ("less", FLAT, {"planned": MARGIN}, "too_small"),
    ("more", FLAT, {}, "undecided"),
    ("more", WIDE, {"planned": MARGIN}, "undecided"),
    ("less", WIDE, {"planned": outcome(margin=1.5)}, "too_small"),
    ("more", WIDE, {"planned": outcome(margin=1.5)}, "undecided"),
    ("more", SMALL, {"planned": MARGIN}, "too_small"),
    ("more", SMALL, {}, "supported"),
    ("none", FLAT, {"planned": MARGIN}, "supported"),
    ("none", SMALL, {"planned": MARGIN}, "supported"),
    ("none", FLAT, {}, "undecided"),
    ("none", WIDE, {"planned": MARGIN}, "undecided"),
    ("none", result(), {"planned": MARGIN}, "contrary"),
    ("none", FALL, {}, "contrary"),
    ("more", result(), {"verdict": "undecided_holm", "role": "secondary", "p_holm": 0.09}, "undecided_holm"),
    ("none", result(), {"verdict": "undecided_holm", "role": "secondary", "p_holm": 0.09}, "undecided_holm"),
    ("less", FALL, {"role": "secondary", "p_holm": 0.03}, "supported"),
    ("more", result(verdict="descriptive", reasons=("few_respondents",)), {}, "not_by_design"),
    ("none", result(0, 0, 0, verdict="descriptive"), {"planned": MARGIN}, "not_by_design"),
    # Without an interval nothing is under a margin.
    ("more", result(0.1, NAN, NAN, verdict="undecided"), {"planned": MARGIN}, "undecided"),
    ("less", result(0.1, NAN, NAN, verdict="undecided"), {"planned": MARGIN}, "undecided"),
    ("none", result(0.1, -math.inf, 0.2, verdict="undecided"), {"planned": MARGIN}, "undecided"),
]


@pytest.mark.parametrize(("expects", "found", "more", "expected"), CASES)
def test_the_verdict(expects: str, found: SimpleNamespace, more: dict[str, Any], expected: str) -> None:
    assert verdict_of(expects, found, **more) == expected


def test_every_verdict_is_reached() -> None:
    assert {case[3] for case in CASES} == set(get_args(ClaimVerdict))


def test_a_margin_is_held_against_what_is_told() -> None:
    """A density of 0.004 is 0.4 colleagues where each person has 100 others."""
    flat = result(0.001, -0.002, 0.004, verdict="undecided", scale=(100.0, "colleagues"))
    assert verdict_of("none", flat, planned=MARGIN) == "supported"
    assert verdict_of("none", flat, planned=outcome(margin=0.3)) == "undecided"
    # Where it cannot be told in colleagues, a margin in colleagues says nothing.
    points = result(0.001, -0.002, 0.004, verdict="undecided", scale=(100.0, "points"))
    assert verdict_of("none", points, planned=MARGIN) == "undecided"
    assert verdict_of("more", points, planned=MARGIN) == "undecided"


def test_a_test_of_equivalence_brings_its_own_interval() -> None:
    tested = SimpleNamespace(low=-0.3, high=0.45)
    wider = result(0.1, -0.4, 0.6, verdict="undecided", equivalence=tested)
    assert verdict_of("none", wider, planned=MARGIN) == "supported"
    assert verdict_of("more", wider, planned=MARGIN) == "too_small"
    untested = result(0.1, -0.4, 0.6, verdict="undecided", equivalence=None)
    assert verdict_of("none", untested, planned=MARGIN) == "undecided"


def test_a_change_is_told_in_its_natural_units() -> None:
    """`compare` gives no scale: its colleagues per person are in `natural`."""
    change = result(0.02, 0.01, 0.03, verdict=PEOPLE, natural=(2.0, 1.0, 3.0), weighted=False, guards=())
    del change.scale, change.reasons
    row = judge(found=change).judged[0]
    assert (row.estimate, row.low, row.high) == pytest.approx((2.0, 1.0, 3.0))
    assert (row.unit, row.verdict) == ("colleagues", "supported_people")
    change.verdict, change.guards = "descriptive", ("few_departments", "weak_departments")
    assert judge(found=change).judged[0].reasons == ("few_departments", "weak_departments")


def test_the_table_has_a_row_per_claim() -> None:
    planned = outcome("ei_index", title="Mixing")
    whole = study(outcome(), planned, language="da")
    held = [
        SimpleNamespace(outcome=whole.primary, role="primary", result=result(), p_holm=NAN, verdict="changed"),
        SimpleNamespace(outcome=planned, role="secondary", result=result(scale=(1.0, "index")), p_holm=0.02,
                        verdict="changed"),
        SimpleNamespace(outcome=whole.primary, role="placebo", result=FALL, p_holm=NAN, verdict="changed"),
    ]  # fmt: skip
    claims = Claims("An article", (
        Claim("a", "secondary-1", "less"), Claim("b", "primary", "more"), Claim("c", because="Not asked."),
    ))  # fmt: skip
    table = evidence(whole, claims, held).table
    assert list(table.columns) == TABLE
    assert list(table["claim"]) == ["a", "b", "c"]
    assert list(table["outcome"]) == [
        "Mixing", "Forbindelser på tværs af afdelinger, Contact last month", "",
    ]  # fmt: skip
    assert list(table["measure"]) == ["ei_index", "cross_density", ""]
    assert list(table["unit"]) == ["point på E-I-indekset", "kolleger pr. person", ""]
    assert list(table["verdict"]) == ["contrary", "supported", "not_by_design"]
    assert list(table["rung"]) == ["before_after", "before_after", ""]
    assert list(table["p_value"][:2]) == [0.02, 0.01]
    assert list(table["n_people"][:2]) == [60, 60]
    assert table.loc[2, ["estimate", "low", "high", "n_people", "p_value"]].isna().all()


def test_what_describes_only_has_no_p_and_too_few_people_no_number() -> None:
    (row,) = judge(found=result(verdict="descriptive", n_people=8)).judged
    assert math.isnan(row.p_value)
    assert (row.estimate, row.n_people) == (2.0, 8)
    (row,) = judge(found=result(verdict="descriptive", n_people=4)).judged
    assert all(math.isnan(v) for v in (row.estimate, row.low, row.high, row.n_people, row.p_value))
    assert words.estimate(row) == "–"


def test_an_outcome_without_a_result_is_refused() -> None:
    claims = Claims("An article", (Claim("x", "secondary-1", "more"),))
    with pytest.raises(
        NetlearnError, match="no result for the outcome 'secondary-1'; expected one of primary"
    ):
        evidence(study(outcome(), outcome("density")), claims, [])


def test_of_two_outcomes_alike_the_primary_counts() -> None:
    same = outcome()
    held = [
        SimpleNamespace(outcome=same, role="primary", result=result(), p_holm=NAN, verdict="changed"),
        SimpleNamespace(
            outcome=same, role="secondary", result=result(), p_holm=0.2, verdict="undecided_holm"
        ),
    ]
    claims = Claims("An article", (Claim("x", "primary", "more"),))
    assert evidence(study(same, same), claims, held).judged[0].verdict == "supported"


# -- words


def many(language: str = "da", simulated: bool = False) -> Evidence:
    """Every case of the verdicts as one file of claims."""
    outcomes, held, claims = [], [], []
    for at, (expects, found, more, _) in enumerate(CASES):
        planned = more.get("planned", outcome())
        own = outcome(margin=planned.margin, name=f"o{at}")
        outcomes.append(own)
        held.append(SimpleNamespace(
            outcome=own, role="secondary", result=found, p_holm=0.03, verdict=more.get("verdict", found.verdict)
        ))  # fmt: skip
        claims.append(Claim(f"claim {at}", own.name, expects, "See the note." if at == 0 else ""))  # type: ignore[arg-type]
    claims.append(Claim("Citizens are happier.", because="No citizen was asked."))
    whole = study(outcome("density"), *outcomes, language=language, simulated=simulated)
    return evidence(whole, Claims("An article", tuple(claims), "Read in May."), held)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("simulated", [False, True])
def test_the_section_tells_every_claim_and_claims_no_more(language: Any, simulated: bool) -> None:
    section = evidence_section(many(language, simulated), language)
    (table,) = section.tables
    assert len(table.columns) == len(table.numeric) == 5
    assert [len(row) for row in table.rows] == [5] * (len(CASES) + 1)
    everything = " ".join([section.heading, *section.texts, *section.small, table.caption, *table.columns,
                           *(cell for row in table.rows for cell in row)])  # fmt: skip
    assert not STRONG.search(everything)
    assert not re.search(r"[{}]|nan|  ", everything)
    assert ("simulere" in everything or "simulated" in everything) == simulated
    unsure = {"en": "cannot be decided", "da": "kan ikke afgøres"}[language]
    for (_, _, _, expected), row in zip(CASES, table.rows, strict=False):
        open_ = expected in ("undecided", "undecided_holm", "not_by_design")
        assert row[3].startswith(unsure) == open_
        no = {"en": "not supported", "da": "støttes ikke"}[language]
        assert row[3].startswith(no) == (expected in ("contrary", "too_small"))
    assert table.rows[-1][1:3] == (
        {"en": "Nothing that was measured can show it.", "da": "Intet af det, der er målt, kan vise det."}[
            language
        ],
        "–",
    )
    assert table.rows[-1][4] == "No citizen was asked."
    assert table.rows[0][4].endswith(". See the note.")


def test_the_words_of_one_claim() -> None:
    (row,) = judge().judged
    assert words.measured(row, study(outcome())).startswith(
        "Ties across departments, Contact last month, before → w2. Test over people"
    )
    assert words.measured(row, study(outcome()), "da").endswith("Forventet: mere.")
    assert words.estimate(row) == f"+2.0 colleagues per person (95{SPACE}% interval 1.0 to 3.0; 60 people)"
    assert words.estimate(row, "da") == (
        f"+2,0 kolleger pr. person (95{SPACE}%-interval 1,0 til 3,0; 60 personer)"
    )
    assert words.verdict(row, False, "da") == "støttes af disse data"
    assert words.verdict(row, True, "da") == "støttes af disse simulerede data"
    one_sided = judge(planned=outcome(alternative="greater")).judged[0]
    assert f"90{SPACE}% interval" in words.estimate(one_sided)


def test_a_figure_without_an_interval_is_told_without() -> None:
    (row,) = judge(found=result(2.0, NAN, NAN, verdict="descriptive")).judged
    assert words.estimate(row) == "+2.0 colleagues per person (60 people)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_only_is_said_whichever_way(language: Any) -> None:
    own = {"en": "departments' own ups and downs", "da": "afdelingernes egne udsving"}[language]
    for expects in ("more", "less", "none"):
        for verdict in ("changed", PEOPLE):
            (row,) = judge(expects, result(verdict=verdict)).judged
            assert (own in words.verdict(row, False, language)) == (verdict == PEOPLE)


def test_departments_that_differ_could_explain_what_goes_together() -> None:
    (row,) = judge(
        found=result(beyond_departments=False), planned=outcome("association", gap="skills")
    ).judged
    assert words.verdict(row, False) == (
        "supported by these data, among the people only: differences between departments could explain it"
    )


def test_a_reason_is_told_where_it_is_known() -> None:
    (row,) = judge(
        found=result(verdict="descriptive", reasons=("few_respondents", "weak_departments"))
    ).judged
    assert words.verdict(row, False) == (
        "cannot be decided by this design (the figures describe only, because fewer than 10 people enter)"
    )
    assert "fordi færre end 10 personer indgår" in words.verdict(row, False, "da")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("assignment", "rung"),
    [
        (Assignment("arm", trained=("yes",)), "comparison"),
        (Assignment("start", by="start-wave"), "staggered"),
        (Assignment("arm", trained=("yes",), randomized=True), "randomized"),
    ],
)
def test_the_strong_word_needs_a_lot(language: Any, assignment: Assignment, rung: str) -> None:
    planned = outcome("cross_out_degree", margin=0.1)
    for expects in ("more", "less", "none"):
        found = judge(expects, result(verdict="differs"), planned=planned, assignment=assignment)
        section = evidence_section(found, language)
        everything = " ".join([*section.texts, *section.small, *section.tables[0].rows[0], repr(found)])
        assert found.rungs == (rung,)
        # What a lot allows is told of the primary outcome in the section on limits, of others here.
        assert rung == "randomized" or not STRONG.search(everything)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", [m for family in FAMILIES.values() for m in family])
def test_every_measure_has_a_title_and_a_test(measure: str, language: Any) -> None:
    planned = outcome(measure, attendance="rooms", gap="skills", subscale="law")
    found = judge(planned=planned, assignment=Assignment("arm", trained=("yes",)))
    text = words.measured(found.judged[0], found.study, language)
    assert ", Contact last month, skills, Learning rooms, law, before → w2. " in text
    assert found.table.loc[0, "test"] == words.by_test(planned.family, found.judged[0].rung)


def test_shared_rooms_that_a_lot_dealt_are_dealt_anew() -> None:
    rooms = (AttendancePlan("rooms", "rooms.csv", assigned=True),)
    found = judge(planned=outcome("shared_rooms", attendance="rooms"), attendance=rooms)
    assert found.judged[0].rung == "randomized"
    assert "lots are drawn anew" in found.table.loc[0, "test"]


def told(*verdicts: str, simulated: bool = False) -> Any:
    return SimpleNamespace(
        judged=[SimpleNamespace(verdict=v) for v in verdicts], study=SimpleNamespace(simulated=simulated)
    )


@pytest.mark.parametrize(
    ("found", "english", "danish"),
    [
        (
            told("supported", "supported_people", "contrary", "undecided", "not_by_design"),
            "These data support 2 of 5 claims (1 of them among the people only); they do not support 1 and cannot "
            "decide 2.",
            "Disse data støtter 2 af 5 udsagn (heraf 1 kun blandt personerne); 1 støttes ikke, og 2 kan ikke afgøres.",
        ),
        (
            told("too_small", "undecided_holm", simulated=True),
            "These simulated data support none of 2 claims; they do not support 1 and cannot decide 1.",
            "Disse simulerede data støtter ingen af 2 udsagn; 1 støttes ikke, og 1 kan ikke afgøres.",
        ),
        (
            told("supported"),
            "These data support 1 of 1 claim.",
            "Disse data støtter 1 af 1 udsagn.",
        ),
    ],
)  # fmt: skip
def test_the_count_in_a_sentence(found: Any, english: str, danish: str) -> None:
    assert words.summary(found, "en") == english
    assert words.summary(found, "da") == danish
