"""The sentences about the change of people's own networks: values in, text out."""

from __future__ import annotations

import math
from typing import Any

from netlearn.wording import Language, sentences, terms, verdicts
from netlearn.wording.nulls import behind_p
from netlearn.wording.numbers import digits_for, interval, number, p_value, rounded
from netlearn.wording.sentences import interval_name, people, quoted
from netlearn.wording.terms import pick

NAMES = {
    "size": ("Colleagues named", "Nævnte kolleger"),
    "n_departments": ("Departments among those named", "Afdelinger blandt de nævnte"),
    "share_elsewhere": ("Share of those named who are elsewhere", "Andel af de nævnte i andre afdelinger"),
    "blau": ("Spread over departments (Blau)", "Spredning på afdelinger (Blau)"),
    "iqv": (
        "Spread over departments, of the most possible (IQV)",
        "Spredning på afdelinger, som andel af den størst mulige (IQV)",
    ),
    "alter_density": (
        "Share of pairs of those named who are in contact",
        "Andel af par blandt de nævnte, der har kontakt med hinanden",
    ),
    "effective_size": ("Colleagues in separate circles (Burt)", "Kolleger i hver sin kreds (Burt)"),
    "constraint": ("How closed the circle is (Burt)", "Hvor lukket kredsen er (Burt)"),
    "mean_score": ("Mean answer about those named", "Gennemsnitligt svar om de nævnte"),
}
_SUBJECTS = {
    "n_departments": (
        "The number of departments among the colleagues whom a person named",
        "Antallet af afdelinger blandt de kolleger, en person nævnte,",
    ),
    "share_elsewhere": (
        "The share of a person's colleagues who are in other departments",
        "Andelen af en persons nævnte kolleger, der sidder i andre afdelinger,",
    ),
    "blau": (
        "The spread of a person's colleagues over departments (Blau: the chance that two draws among them are of "
        "different departments)",
        "Spredningen af en persons kolleger på afdelinger (Blau: chancen for, at to lodtrækninger blandt dem giver "
        "forskellige afdelinger)",
    ),
    "iqv": (
        "The spread of a person's colleagues over departments (IQV: 1 is as many from each)",
        "Spredningen af en persons kolleger på afdelinger (IQV: 1 er lige mange fra hver)",
    ),
    "alter_density": (
        "The share of pairs of a person's colleagues who are in contact with each other",
        "Andelen af par blandt en persons kolleger, der selv har kontakt med hinanden,",
    ),
    "effective_size": (
        "The number of separate circles among a person's colleagues (Burt: colleagues less those who can be reached "
        "through others)",
        "Antallet af adskilte kredse blandt en persons kolleger (Burt: kolleger fratrukket dem, der kan nås gennem "
        "andre)",
    ),
    "constraint": (
        "How closed the circle around a person is (Burt's constraint: higher where all are in contact with each other)",
        "Hvor lukket kredsen om en person er (Burts »constraint«: højere, hvor alle har kontakt med hinanden)",
    ),
    "mean_score": (
        "The mean of what a person said about the colleagues named",
        "Gennemsnittet af, hvad en person svarede om de nævnte kolleger,",
    ),
}
_TITLED = ("The mean answer to {}", "Det gennemsnitlige svar på {}")
_CHANCE = {
    "two-sided": ("at least this far from zero", "mindst så langt fra nul"),
    "greater": ("at least this far above zero", "mindst så langt over nul"),
    "less": ("at least this far below zero", "mindst så langt under nul"),
}
_ONE_SIDED = {
    "greater": (
        "The question was asked one way only: did it rise?",
        "Der er kun spurgt til den ene vej: Steg det?",
    ),
    "less": (
        "The question was asked one way only: did it fall?",
        "Der er kun spurgt til den ene vej: Faldt det?",
    ),
}
_VERDICTS = {
    "changed": (
        "Verdict: this changed among these people.",
        "Vurdering: Det har ændret sig blandt disse personer.",
    ),
    "undecided": (
        "Verdict: whether this changed cannot be decided from these answers.",
        "Vurdering: Om det har ændret sig, kan ikke afgøres ud fra disse svar.",
    ),
    "descriptive": (
        "Verdict: the figures describe these answers and carry no conclusion, because {}.",
        "Vurdering: Tallene beskriver kun disse svar og bærer ingen konklusion, fordi {}.",
    ),
}


def measure_name(measure: str, language: Language = "en", title: str = "") -> str:
    """Return the name of an ego measure, or the title that the study gives it.

    Examples
    --------
    >>> measure_name("size", "da"), measure_name("mean_score", "da", "Hvor let")
    ('Nævnte kolleger', 'Hvor let')
    """
    return title if title and measure == "mean_score" else pick(NAMES[measure], language)


def ego_change(change: Any, language: Language = "en") -> str:
    """Say what changed in people's own networks, by how much, how sure, among whom, and what it may not be called.

    Parameters
    ----------
    change : EgoChange
    language : "en" or "da"
    """
    parts = [finding(change, language), _basis(change, language)]
    if change.alternative in _ONE_SIDED:
        parts.append(pick(_ONE_SIDED[change.alternative], language))
    if change.verdict != "descriptive":
        parts += [_how_sure(change, language), _standardized(change, language)]
    parts.append(verdict(change, language))
    if change.by_alter_differs:
        parts.append(_by_alter(change, language))
    return " ".join([*parts, sentences.not_called(language)])


def finding(change: Any, language: Language = "en") -> str:
    """Tell the size and the direction of a change with its interval and where it started."""
    first, second = (quoted(w, language) for w in change.waves)
    if math.isnan(change.estimate):
        said = (
            "{}: the change from {} to {} cannot be computed from these answers.",
            "{}: Ændringen fra {} til {} kan ikke beregnes ud fra disse svar.",
        )
        return pick(said, language).format(
            measure_name(change.measure, language, change.title), first, second
        )
    factor, unit = change.scale
    estimate, low, high = (v * factor for v in (change.estimate, change.low, change.high))
    digits = digits_for(*(v for v in (estimate, low, high) if not math.isnan(v)))
    values = [number(v * factor, language, 1 if factor > 1 else 2) for v in change.values]
    told = {
        "x": rounded(abs(estimate), language, digits),
        "unit": pick(("percentage points", "procentpoint"), language) if unit == "points" else "",
        "a": values[0] + _sign(unit),
        "b": values[1] + _sign(unit),
        "first": first,
        "second": second,
        "span": _span(change, (estimate, low, high), digits, language),
    }
    text = pick(_sentence(change.measure, estimate), language)
    return text.format(subject=_subject(change, language), **told).replace("  ", " ").replace(" ,", ",")


def _sign(unit: str) -> str:
    return "\N{NO-BREAK SPACE}%" if unit == "points" else ""


def _sentence(measure: str, estimate: float) -> tuple[str, str]:
    way = (estimate > 0) - (estimate < 0)
    if measure == "size":
        return {
            1: (
                "On average a person named {x} more colleagues in {second} than in {first}: {b} against {a} {span}.",
                "I gennemsnit nævnte en person {x} flere kolleger ved {second} end ved {first}: {b} mod {a} {span}.",
            ),
            0: (
                "On average a person named as many colleagues in {second} as in {first}: {b} {span}.",
                "I gennemsnit nævnte en person lige så mange kolleger ved {second} som ved {first}: {b} {span}.",
            ),
            -1: (
                "On average a person named {x} fewer colleagues in {second} than in {first}: {b} against {a} {span}.",
                "I gennemsnit nævnte en person {x} færre kolleger ved {second} end ved {first}: {b} mod {a} {span}.",
            ),
        }[way]
    return {
        1: (
            "{subject} rose by {x} {unit}, from {a} in {first} to {b} in {second} {span}.",
            "{subject} steg med {x} {unit}, fra {a} ved {first} til {b} ved {second} {span}.",
        ),
        0: (
            "{subject} did not move between {first} and {second}: {b} {span}.",
            "{subject} ændrede sig ikke mellem {first} og {second}: {b} {span}.",
        ),
        -1: (
            "{subject} fell by {x} {unit}, from {a} in {first} to {b} in {second} {span}.",
            "{subject} faldt med {x} {unit}, fra {a} ved {first} til {b} ved {second} {span}.",
        ),
    }[way]


def _subject(change: Any, language: Language) -> str:
    if change.measure == "size":
        return ""
    if change.title and change.measure == "mean_score":
        return pick(_TITLED, language).format(quoted(change.title, language))
    return pick(_SUBJECTS[change.measure], language)


def _span(change: Any, values: tuple[float, float, float], digits: int, language: Language) -> str:
    """Bracket with the interval; the signed change is repeated where "fewer" hides its sign."""
    estimate, low, high = values
    if math.isnan(low) or math.isnan(high):
        return pick(("(its interval cannot be computed)", "(intervallet kan ikke beregnes)"), language)
    text = f"{interval_name(1 - change.level, language)} {interval(low, high, language, digits)}"
    if estimate <= 0:
        text = f"{pick(('change', 'ændring'), language)} {rounded(estimate, language, digits)}, {text}"
    return f"({text})"


def _basis(change: Any, language: Language) -> str:
    said = (
        "It rests on {} for whom it could be computed both times.",
        "Det bygger på {}, for hvem det kunne beregnes begge gange.",
    )
    return pick(said, language).format(people(change.n_people, language))


def _how_sure(change: Any, language: Language) -> str:
    """Return the p of the t, and the sign flips beside it, each with its null."""
    said = (
        "Had people moved up and down by chance alone, a mean change {how} would be seen with probability {p} (t test "
        "over people).",
        "Var personerne kun gået op og ned ved et tilfælde, ville en gennemsnitlig ændring {how} ses med "
        "sandsynligheden {p} (t-test på personer).",
    )
    how = pick(_CHANCE[change.alternative], language)
    first = pick(said, language).format(how=how, p=p_value(change.p_value, language))
    if change.flips is None:
        return first
    more = (
        "With signs flipped, a coin toss for each person saying whether it was up or down, {p} ({behind}).",
        "Afgør et møntkast for hver person, om ændringen gik op eller ned, er {p} ({behind}).",
    )
    flips = pick(more, language).format(
        p=p_value(change.flips.p_value, language), behind=behind_p(change.flips, language)
    )
    return f"{first} {flips}"


def _standardized(change: Any, language: Language) -> str:
    said = (
        "Set against how much people's changes differ (their standard deviation), the change is {dz} (Cohen's dz, "
        "{name} {span}).",
        "Sat i forhold til, hvor meget personernes ændringer varierer (deres standardafvigelse), er ændringen {dz} "
        "(Cohens dz, {name} {span}).",
    )
    return pick(said, language).format(
        dz=number(change.dz, language),
        name=interval_name(1 - change.level, language),
        span=interval(change.dz_low, change.dz_high, language),
    )


def verdict(change: Any, language: Language = "en") -> str:
    """Say the verdict, why the figures only describe where they do, and whether the change could matter."""
    reasons = [verdicts.guard(name, change, language) for name in change.reasons]
    joined = pick((", and because ", ", og fordi "), language).join(reasons)
    said = pick(_VERDICTS[change.verdict], language).format(joined)
    if change.equivalence is None or change.verdict == "descriptive":
        return said
    return f"{said} {_margin(change, language)}"


def _by_alter(change: Any, language: Language) -> str:
    factor, unit = change.scale
    other = change.alters.change
    estimate, low, high = (v * factor for v in (other.estimate, other.low, other.high))
    digits = digits_for(estimate, low, high)
    said = (
        "The two ways of counting disagree: counted colleague by colleague, where people who name many count for more, "
        "the change is {x}{unit} ({name} {span}, {p}). The verdict keeps to the count per person.",
        "De to måder at tælle på er uenige: Talt kollega for kollega, hvor personer, der nævner mange, tæller mere, er "
        "ændringen {x}{unit} ({name} {span}, {p}). Vurderingen følger tællingen pr. person.",
    )
    points = pick((" percentage points", " procentpoint"), language) if unit == "points" else ""
    return pick(said, language).format(
        x=rounded(estimate, language, digits, signed=True),
        unit=points,
        name=interval_name(1 - change.level, language),
        span=interval(low, high, language, digits),
        p=p_value(other.p_value, language),
    )


def _margin(change: Any, language: Language) -> str:
    found = change.equivalence
    said = {
        True: (
            "Whichever way it went, the change is smaller than what was said to matter, {margin} ({name} {span}).",
            "Hvilken vej det end gik, er ændringen mindre end det, der på forhånd er sat som betydende, {margin} "
            "({name} {span}).",
        ),
        False: (
            "It cannot be ruled out that the change is as large as what was said to matter, {margin} ({name} {span}).",
            "Det kan ikke udelukkes, at ændringen er så stor som det, der på forhånd er sat som betydende, {margin} "
            "({name} {span}).",
        ),
    }[found.equivalent]
    digits = max(1, digits_for(found.low, found.high))
    whole = found.margin == round(found.margin)
    _, unit = change.scale
    return pick(said, language).format(
        margin=f"{number(found.margin, language, 0 if whole else digits)} {terms.unit(unit, language)}",
        name=interval_name(2 * change.alpha, language),
        span=interval(found.low, found.high, language, digits),
    )
