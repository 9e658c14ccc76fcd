"""The design ladder in words: what a design may call what it sees, what it can say, and what it can never show."""

from __future__ import annotations

from typing import Any

from netlearn.wording import Language
from netlearn.wording.terms import pick

# The rungs from below, each with its name, the word that may be used, what it can say, and what it can never show:
# in a sentence for the text, and in a few words for a table.
RUNGS: dict[str, dict[str, tuple[str, str]]] = {
    "association": {
        "name": ("What goes together", "Hvad der følges ad"),
        "word": ("go together", "følges ad"),
        "can": (
            "The figures can show whether two things go together, and how closely.",
            "Tallene kan vise, om to ting følges ad, og hvor tæt.",
        ),
        "never": (
            "They can never show which of the two brings about the other, or whether both come from a third.",
            "De kan aldrig vise, hvad der fører til hvad, eller om begge dele skyldes noget tredje.",
        ),
        "short": ("which brings about which", "hvad der fører til hvad"),
    },
    "before_after": {
        "name": ("One group, before and after", "Én gruppe, før og efter"),
        "word": ("change", "ændring"),
        "can": (
            "The figures can show whether something changed, and by how much.",
            "Tallene kan vise, om noget har ændret sig, og hvor meget.",
        ),
        "never": (
            "Without a comparison group they can never show whether the training is the cause: something else may have "
            "happened at the same time.",
            "Uden en sammenligningsgruppe kan de aldrig vise, om uddannelsen er årsagen: Der kan være sket noget andet "
            "i samme periode.",
        ),
        "short": (
            "whether the training is the cause: there is no comparison group",
            "om uddannelsen er årsagen: Der er ingen sammenligningsgruppe",
        ),
    },
    "comparison": {
        "name": ("Trained people compared with others", "Uddannede holdt op mod andre"),
        "word": ("difference in change", "forskel i ændring"),
        "can": (
            "The figures can show whether the trained changed more or less than the others over the same time; what "
            "happened to everybody falls away.",
            "Tallene kan vise, om de uddannede har ændret sig mere eller mindre end de øvrige i samme periode; det, "
            "der er sket for alle, falder væk.",
        ),
        "never": (
            "Who was trained was not decided by lot. So they can never show whether the training is the cause, or "
            "whether those who were trained were on their way there already.",
            "Hvem der blev uddannet, blev ikke afgjort ved lodtrækning. Derfor kan de aldrig vise, om uddannelsen er "
            "årsagen, eller om de uddannede var på vej derhen i forvejen.",
        ),
        "short": (
            "whether the trained were on their way there already: no lot decided who was trained",
            "om de uddannede var på vej derhen i forvejen: Der blev ikke trukket lod om, hvem der blev uddannet",
        ),
    },
    "staggered": {
        "name": ("People trained in turns", "Uddannet på skift"),
        "word": ("difference in change", "forskel i ændring"),
        "can": (
            "Those who were trained first are compared with those whose turn had not come; what happened to everybody "
            "falls away, and the comparison is repeated as more are trained.",
            "De, der først blev uddannet, sammenlignes med dem, hvis tur endnu ikke var kommet; det, der er sket for "
            "alle, falder væk, og sammenligningen gentages, efterhånden som flere bliver uddannet.",
        ),
        "never": (
            "Whose turn came first was not decided by lot. So they can never show whether the training is the cause, "
            "or whether the first differed from the rest already.",
            "Hvem der kom først, blev ikke afgjort ved lodtrækning. Derfor kan tallene aldrig vise, om uddannelsen er "
            "årsagen, eller om de første adskilte sig fra resten i forvejen.",
        ),
        "short": (
            "whether the first differed from the rest already: no lot decided whose turn came first",
            "om de første adskilte sig fra resten i forvejen: Der blev ikke trukket lod om rækkefølgen",
        ),
    },
    "randomized": {
        "name": ("Decided by lot", "Afgjort ved lodtrækning"),
        "word": ("effect", "effekt"),
        "can": (
            "Where a lot decided who got what, a clear difference may be called an effect.",
            "Hvor lodtrækning afgjorde, hvem der fik hvad, må en klar forskel kaldes en effekt.",
        ),
        "never": (
            "The figures hold for these people in this period; they can never show whether the same would happen "
            "elsewhere, or whether it lasts beyond the last survey.",
            "Tallene gælder disse personer i denne periode; de kan aldrig vise, om det samme ville ske et andet sted, "
            "eller om det varer ved efter den sidste måling.",
        ),
        "short": (
            "whether the same would happen elsewhere, or lasts",
            "om det samme ville ske et andet sted, eller om det varer ved",
        ),
    },
}


def word(rung: Any, language: Language = "en") -> str:
    """Return the word that may be used for what a design shows.

    Examples
    --------
    >>> word("before_after", "da"), word("staggered")
    ('ændring', 'difference in change')
    """
    return pick(RUNGS[rung]["word"], language)


def never(rung: Any, language: Language = "en") -> str:
    """Say in a few words, for a table, what a design can never show.

    Examples
    --------
    >>> never("before_after")
    'whether the training is the cause: there is no comparison group'
    """
    return pick(RUNGS[rung]["short"], language)


def paragraph(rung: Any, language: Language = "en") -> str:
    """Say what a design can show, what it can never show, and the word that may be used.

    Parameters
    ----------
    rung : str
        From `netlearn.analysis.ladder`.
    language : "en" or "da"
    """
    said, right = RUNGS[rung], word(rung, language)
    one, several = (
        ("The right word is “{}”.", "Det rette ord er »{}«."),
        ("The right words are “{}”.", "De rette ord er »{}«."),
    )
    called = pick(several if " " in right else one, language).format(right)
    return f"{pick(said['name'], language)}: {pick(said['can'], language)} {pick(said['never'], language)} {called}"
