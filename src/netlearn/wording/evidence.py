"""The claims about a programme in words: what was measured, by which test, and whether the data support the claim."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language, estimates, ladder, outcome_names
from netlearn.wording.numbers import digits_for, interval, number
from netlearn.wording.sentences import interval_name, quoted
from netlearn.wording.terms import pick

HEADING = (
    "What has been said about the programme, and what these data show",
    "Hvad der er sagt om forløbet, og hvad disse data viser",
)
CAPTION = (
    "Each claim beside the outcome that would show it",
    "Hvert udsagn over for det udfald, der ville vise det",
)
COLUMNS = (
    ("Claim", "Udsagn"),
    ("What was measured, and how it was tested", "Hvad der er målt, og hvordan det er prøvet"),
    ("Estimate", "Resultat"),
    ("Do the data support it?", "Støtter data det?"),
    ("What these data can never show", "Hvad disse data aldrig kan vise"),
)
READING = (
    "A claim counts as supported only where the planned test points clearly the way that the claim says. That "
    "something cannot be decided is no proof that the claim is wrong.",
    "Et udsagn regnes kun for støttet, når den planlagte test klart peger den vej, udsagnet siger. At noget ikke kan "
    "afgøres, er intet bevis for, at udsagnet er forkert.",
)
_PAIRED = ("paired t-test: each person against himself or herself", "parret t-test: hver person mod sig selv")
_TESTS: dict[str, tuple[str, str]] = {
    "network": (
        "test over people, as one person's answers hang together; as a check the two waves are swapped by coin toss",
        "test på personer, fordi én persons svar hænger sammen; som kontrol byttes de to målinger om ved møntkast",
    ),
    "trained": (
        "who was trained is dealt anew many times, the way it was dealt (randomisation test)",
        "hvem der blev uddannet, fordeles på ny mange gange, sådan som det blev fordelt (randomiseringstest)",
    ),
    "ego": _PAIRED,
    "scale": _PAIRED,
    "gap": _PAIRED,
    "exposure": (
        "pairs who were together against comparable pairs (regression over pairs)",
        "par, der var sammen, holdt op mod sammenlignelige par (regression på par)",
    ),
    "dealt": (
        "lots are drawn anew many times for who was together, the way they were drawn (randomisation test)",
        "der trækkes lod på ny mange gange om, hvem der var sammen, på samme måde som dengang (randomiseringstest)",
    ),
    "attendance": (
        "the two periods of each person swapped at random (permutation test)",
        "hver persons to perioder byttes tilfældigt om (permutationstest)",
    ),
    "association": (
        "one of the two is shuffled among people (permutation test)",
        "den ene af de to størrelser blandes mellem personerne (permutationstest)",
    ),
}
_EXPECTED = {
    "more": ("Expected: more.", "Forventet: mere."),
    "less": ("Expected: less.", "Forventet: mindre."),
    "none": ("Expected: no difference that matters.", "Forventet: ingen forskel af betydning."),
}
_VERDICTS = {
    "supported": ("supported by {data}", "støttes af {data}"),
    "contrary": ("not supported: {data} point the other way", "støttes ikke: {data} peger den modsatte vej"),
    "too_small": (
        "not supported: whatever happened is smaller than what was said beforehand to matter",
        "støttes ikke: Uanset hvad der er sket, er det mindre end det, man på forhånd sagde ville betyde noget",
    ),
    "none_that_matters": (
        "not supported: a change that way of a size that matters is ruled out",
        "støttes ikke: en ændring den vej af en størrelse, der betyder noget, kan udelukkes",
    ),
    "undecided": ("cannot be decided from {data}", "kan ikke afgøres ud fra {data}"),
    "undecided_holm": (
        "cannot be decided from {data}, as several outcomes were looked at (Holm's correction)",
        "kan ikke afgøres ud fra {data}, når der er set på flere udfald (Holms korrektion)",
    ),
    "not_by_design": ("cannot be decided by this design", "kan ikke afgøres med dette design"),
}
_CAVEAT = {
    False: (
        ", among the people only: the departments' own ups and downs could explain it",
        ", men kun blandt personerne: afdelingernes egne udsving kan være forklaringen",
    ),
    True: (
        ", among the people only: differences between departments could explain it",
        ", men kun blandt personerne: forskelle mellem afdelingerne kan være forklaringen",
    ),
}
_MOVED = {
    "association": ("the two go together", "de to følges ad"),
    "before_after": ("there was a change", "der er sket en ændring"),
    "comparison": ("there was a difference in change", "der er en forskel i ændring"),
    "staggered": ("there was a difference in change", "der er en forskel i ændring"),
    "randomized": ("there was an effect", "der er en effekt"),
}
_REASONS = {
    "few_respondents": ("fewer than 10 people enter", "færre end 10 personer indgår"),
    "few_departments": ("fewer than 3 departments enter", "færre end 3 afdelinger indgår"),
    "few_changed": ("too few people changed anything", "for få personer ændrede noget"),
    "few_assignments": ("training can be dealt in too few ways", "uddannelsen kan fordeles på for få måder"),
    "few_draws": ("there were too few random draws", "der er for få tilfældige udtræk"),
    "undefined": ("it cannot be computed", "det kan ikke beregnes"),
}


def by_test(family: str, rung: str, language: Language = "en") -> str:
    """Say by which test a family of outcomes is answered.

    Examples
    --------
    >>> by_test("gap", "before_after", "da")
    'parret t-test: hver person mod sig selv'
    """
    dealt = family == "exposure" and rung == "randomized"
    return pick(_TESTS["dealt" if dealt else family], language)


def data(simulated: bool, language: Language = "en") -> str:
    """Name the data, and say where they are simulated.

    Examples
    --------
    >>> data(True, "da")
    'disse simulerede data'
    """
    said = ("these simulated data", "disse simulerede data") if simulated else ("these data", "disse data")
    return pick(said, language)


def verdict(row: Any, simulated: bool, language: Language = "en") -> str:
    """Say whether the data support a claim.

    Parameters
    ----------
    row : Judged
    simulated : bool
        The data are simulated.
    language : "en" or "da"
    """
    these = data(simulated, language)
    nothing = row.claim.expects == "none"
    if row.verdict == "contrary" and nothing:
        moved = pick(_MOVED[row.rung], language)
        text = pick(("not supported: in {} {}", "støttes ikke: i {} kan det ses, at {}"), language).format(
            these, moved
        )
    elif row.verdict == "supported" and nothing:
        small = (
            "supported by {}: whatever happened is smaller than what was said beforehand to matter",
            "støttes af {}: Uanset hvad der er sket, er det mindre end det, man på forhånd sagde ville betyde noget",
        )
        text = pick(small, language).format(these)
    else:
        text = pick(_VERDICTS[_key(row)], language).format(data=these)
    if row.people_only and row.verdict in ("supported_people", "contrary"):
        text += pick(_CAVEAT[row.rung == "association"], language)
    why = [pick(_REASONS[name], language) for name in row.reasons if name in _REASONS]
    if why:
        text += pick(
            (" (the figures describe only, because ", " (tallene kan kun beskrive, fordi "), language
        )
        text += pick((", and because ", ", og fordi "), language).join(why) + ")"
    return text


def _key(row: Any) -> str:
    """Name the words of a verdict: too small both ways, or only the way that the claim expects."""
    low, high = row.tested
    if row.verdict == "too_small" and not (-row.margin < low and high < row.margin):
        return "none_that_matters"
    return str(row.verdict.removesuffix("_people"))


def measured(row: Any, study: Any, language: Language = "en") -> str:
    """Say what was measured, between which waves, by which test, and which way the claim expects."""
    if row.outcome is None:
        return pick(
            ("Nothing that was measured can show it.", "Intet af det, der er målt, kan vise det."), language
        )
    what = outcome_names.name(row.outcome, study, language)
    tested = _capital(by_test(row.outcome.family, row.rung, language))
    expected = pick(_EXPECTED[row.claim.expects], language)
    return f"{what}, {' → '.join(row.waves)}. {tested}. {expected}"


def estimate(row: Any, language: Language = "en") -> str:
    """Write the estimate in the units it is told in, with its interval and the number of people; a dash without."""
    numbers = (row.estimate, row.low, row.high)
    said = estimates.estimate(numbers, row.unit, row.level, row.n_people, language)
    if math.isnan(row.estimate):
        return said
    return said + _against(row, digits_for(*(v for v in numbers if math.isfinite(v))), language)


def _against(row: Any, digits: int, language: Language) -> str:
    """Say which interval was held against what was said to matter, where it is another one."""
    low, high = row.tested
    if math.isnan(row.margin) or (low, high) == (row.low, row.high):
        return ""
    said = (
        ". Held against {margin}, which was said to matter: {name} {span}",
        ". Holdt op mod {margin}, som man på forhånd sagde ville betyde noget: {name} {span}",
    )
    margin = number(row.margin, language, digits)
    name = interval_name(2 * row.outcome.alpha, language)
    return pick(said, language).format(
        margin=margin, name=name, span=interval(low, high, language, max(digits, 2))
    )


def never(row: Any, language: Language = "en") -> str:
    """Say what the design can never show about a claim, and what the file of claims adds."""
    parts = [_capital(ladder.never(row.rung, language)) + "."] if row.rung else []
    return " ".join([*parts, *([row.claim.because] if row.claim.because else [])])


def summary(found: Any, language: Language = "en") -> str:
    """Say how many of the claims are supported, are not, and cannot be decided.

    Parameters
    ----------
    found : Evidence
    language : "en" or "da"
    """
    verdicts = [row.verdict for row in found.judged]
    people_only = verdicts.count("supported_people")
    supported = verdicts.count("supported") + people_only
    against = verdicts.count("contrary") + verdicts.count("too_small")
    left = len(verdicts) - supported - against
    start = ("{data} support {n} of {all} claim{s}", "{data} støtter {n} af {all} udsagn")
    text = pick(start, language).format(
        data=_capital(data(found.study.simulated, language)),
        n=supported or pick(("none", "ingen"), language),
        all=len(verdicts),
        s="s" if len(verdicts) > 1 else "",
    )
    if people_only:
        beside = (" ({} of them among the people only)", " (heraf {} kun blandt personerne)")
        text += pick(beside, language).format(people_only)
    rest = [
        pick(said, language).format(n)
        for n, said in (
            (against, ("do not support {}", "{} støttes ikke")),
            (left, ("cannot decide {}", "{} kan ikke afgøres")),
        )
        if n
    ]
    if rest:
        text += pick(("; they ", "; "), language) + pick((" and ", ", og "), language).join(rest)
    return f"{text}."


def about(found: Any, rung: str, language: Language = "en") -> str:
    """Say what the design behind some of the claims can show, and how many claims those are.

    Parameters
    ----------
    found : Evidence
    rung : str
    language : "en" or "da"
    """
    n = sum(row.rung == rung for row in found.judged)
    said = ("For {n} of the claims: {text}", "For {n} af udsagnene gælder: {text}")
    return pick(said, language).format(n=n, text=ladder.paragraph(rung, language))


def source(claims: Any, language: Language = "en") -> str:
    """Say what the claims are taken from.

    Parameters
    ----------
    claims : Claims
    language : "en" or "da"
    """
    said = ("The claims are taken from {}.", "Udsagnene er taget fra {}.")
    text = pick(said, language).format(quoted(claims.title, language))
    return f"{text} {claims.note}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
