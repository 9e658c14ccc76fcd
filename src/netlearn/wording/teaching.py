"""What popular tests of change ask, and what is wrong with each, in a sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass

from netlearn.wording import Language
from netlearn.wording.numbers import HARD_SPACE, NONE, number
from netlearn.wording.terms import pick, term

Pair = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """The words of one test, (English, Danish) each; `unit` and `verdict` are keys."""

    test: Pair
    question: Pair
    unit: str
    verdict: str
    why: Pair


VERDICTS: dict[str, Pair] = {
    "valid": ("valid", "gyldig"),
    "anti-conservative": ("anti-conservative", "antikonservativ"),
    "invalid": ("invalid", "ugyldig"),
    "wastes power": ("wastes power", "spilder styrke"),
    "wrong scale": ("wrong scale", "forkert skala"),
    "tests something else": ("tests something else", "tester noget andet"),
}

_UNITS: dict[str, Pair] = {
    "ties": ("new less ended ties", "nye minus ophørte forbindelser"),
    "median": ("colleagues, median change", "kolleger, medianændring"),
    "correlation": ("correlation", "korrelation"),
}

_CROSS: Pair = ("Did contact across departments change?", "Ændrede kontakten på tværs af afdelinger sig?")
_SPECIFIC: Pair = (
    "Is the change specific to crossing departments?",
    "Gælder ændringen særligt på tværs af afdelinger?",
)

TEACHING: dict[str, Told] = {
    "default": Told(
        ("Dyadic-robust t on cross density", "Dyaderobust t på tætheden på tværs"),
        _CROSS,
        "colleagues",
        "valid",
        (
            "It counts that all answers by a person and about a person go together.",
            "Den regner med, at alle svar fra og om en person hænger sammen.",
        ),
    ),
    "paired_t_out": Told(
        ("Paired t on cross out-degree", "Parret t på antal nævnte på tværs"),
        _CROSS,
        "colleagues",
        "anti-conservative",
        (
            "It takes people as independent, but they name each other and the same colleagues, so p is too small.",
            "Den tager personer for uafhængige, men de nævner hinanden og de samme kolleger, så p bliver for lille.",
        ),
    ),
    "sign_flip_out": Told(
        ("Sign flip on cross out-degree", "Fortegnsskift på antal nævnte på tværs"),
        _CROSS,
        "colleagues",
        "anti-conservative",
        (
            "Tossing a coin for each person takes people as independent, just as the paired t-test does.",
            "At kaste mønt for hver person tager personer for uafhængige, ligesom den parrede t-test gør.",
        ),
    ),
    "paired_t_both": Told(
        ("Paired t on cross in- plus out-degree", "Parret t på antal nævnte plus antal nævninger på tværs"),
        _CROSS,
        "colleagues",
        "invalid",
        (
            "Every tie is counted twice, with the one who names and with the one who is named, so p is much too small.",
            "Hver forbindelse tælles to gange, hos den, der nævner, og hos den, der nævnes, så p bliver alt for lille.",
        ),
    ),
    "wilcoxon_both": Told(
        ("Wilcoxon on cross in- plus out-degree", "Wilcoxon på antal nævnte plus antal nævninger på tværs"),
        _CROSS,
        "median",
        "invalid",
        (
            "Ranks do not mend it: every tie is still counted twice.",
            "Rangtal retter ikke op på det: hver forbindelse tælles stadig to gange.",
        ),
    ),
    "mcnemar": Told(
        ("McNemar on cross arcs", "McNemar på pilene på tværs"),
        _CROSS,
        "ties",
        "anti-conservative",
        (
            "It takes every arc as independent, but the arcs of a pair, and of a person, change together.",
            "Den tager hver pil for uafhængig, men pilene i et par og hos en person ændrer sig sammen.",
        ),
    ),
    "vertex_bootstrap": Told(
        (
            "Vertex bootstrap of the change in cross density",
            "Bootstrap af personer på ændringen i tæthed på tværs",
        ),
        _CROSS,
        "points",
        "wastes power",
        (
            "It adds what varies from pair to pair twice too often, so that real changes are missed.",
            "Den lægger det, der varierer fra par til par, til to gange for meget, så virkelige ændringer overses.",
        ),
    ),
    "qap_change": Told(
        ("QAP of the change on crossing departments", "QAP af ændringen på at krydse afdelinger"),
        _SPECIFIC,
        "correlation",
        "invalid",
        (
            "Moving people about assumes that cells across and within departments vary equally, but the denser cells "
            "within vary more.",
            "At flytte rundt på personer forudsætter, at felter på tværs og inden for afdelinger varierer lige meget, "
            "men de tættere felter indenfor varierer mere.",
        ),
    ),
    "ei_labels": Told(
        ("Change in E-I index, departments permuted", "Ændring i E-I-indeks, afdelinger byttet rundt"),
        _SPECIFIC,
        "index",
        "invalid",
        (
            "It deals the departments anew, which tells nothing of how much the index moves by itself between waves.",
            "Den fordeler afdelingerne på ny, og det siger intet om, hvor meget indekset af sig selv svinger mellem "
            "målinger.",
        ),
    ),
    "raw_did": Told(
        ("Change in density, across less within", "Ændring i tæthed, på tværs minus indenfor"),
        _SPECIFIC,
        "points",
        "wrong scale",
        (
            "When all ties grow alike, the denser ones within departments gain more points, and that looks specific.",
            "Når alle forbindelser vokser lige meget, vinder de tættere inden for afdelinger flere point, og det "
            "ligner noget særligt.",
        ),
    ),
    "mrqap_lagged": Told(
        (
            "MRQAP of the later wave on the earlier and on crossing",
            "MRQAP af sidste måling på første og på at krydse",
        ),
        _SPECIFIC,
        "points",
        "tests something else",
        (
            "It asks whether departments matter for later ties beyond the earlier ones; they do when nothing changed.",
            "Den spørger, om afdelinger betyder noget for senere forbindelser ud over de tidligere; det gør de, "
            "også når intet er ændret.",
        ),
    ),
}


def row(key: str, rate: tuple[float, float], language: Language = "en") -> dict[str, str]:
    """Return the words of one test: test, question, unit, verdict, error_rate, why.

    Examples
    --------
    >>> found = row("mcnemar", (0.03, 0.15))
    >>> found["verdict"], found["error_rate"].replace(HARD_SPACE, " ")
    ('anti-conservative', '3 to 15 %')
    """
    told = TEACHING[key]
    unit = pick(_UNITS[told.unit], language) if told.unit in _UNITS else term("unit", told.unit, language)
    return {
        "test": pick(told.test, language),
        "question": pick(told.question, language),
        "unit": unit,
        "verdict": pick(VERDICTS[told.verdict], language),
        "error_rate": _rates(rate, language),
        "why": pick(told.why, language),
    }


def _rates(rate: tuple[float, float], language: Language) -> str:
    if math.isnan(rate[0]):
        return NONE
    low, high = (number(100 * share, language, 0) for share in rate)
    word = pick(("to", "til"), language)
    return f"{low if low == high else f'{low} {word} {high}'}{HARD_SPACE}%"
