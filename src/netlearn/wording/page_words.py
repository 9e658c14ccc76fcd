"""The words of the page itself: its contents, its controls, and the sentences that its script fills with numbers."""

from __future__ import annotations

from collections.abc import Sequence

from netlearn.wording import Language, figures_network
from netlearn.wording.numbers import HARD_SPACE, MINUS, NONE
from netlearn.wording.terms import pick

_PAGE = {
    "contents": ("Contents", "Indhold"),
    "remarks": ("Remarks of the authors", "Forfatternes bemærkninger"),
    "logo": ("Logo", "Logo"),
    "outlined": ("(outlined)", "(indrammet)"),
}

# What stands in braces is filled by the script of the page.
_SCRIPT = {
    "show": ("Show", "Vis"),
    "change": ("Change", "Ændring"),
    "department": ("Department", "Afdeling"),
    "all": ("All departments", "Alle afdelinger"),
    "map": (
        "Map of departments. The wider the line, the more of the possible ties between two departments there are.",
        "Kort over afdelinger. Jo bredere streg, jo flere af de mulige forbindelser mellem to afdelinger findes.",
    ),
    "more": ("more than before", "flere end før"),
    "less": ("fewer than before", "færre end før"),
    "of_possible": ("{share} of the possible ties", "{share} af de mulige forbindelser"),
    "by_points": ("{points} percentage points", "{points} procentpoint"),
    "hint": (
        "Point at a line, a circle or a number, or reach it with Tab and the arrow keys, to read it in words here. A "
        "click on a circle shows the lines of that department only.",
        "Peg på en streg, en cirkel eller et tal, eller gå til det med Tab og piletasterne, så står det her i ord. Et "
        "klik på en cirkel viser kun den afdelings streger.",
    ),
    "pair": ("{a} and {b}", "{a} og {b}"),
    "names": ("{a} names {b}", "{a} nævner {b}"),
    "within": ("Within {a}", "Inden for {a}"),
    "others": ("With the other departments", "Med de andre afdelinger"),
    "others_shown": (
        "With the other departments ({hidden} left out)",
        "Med de andre afdelinger ({hidden} udeladt)",
    ),
    "count": (
        "{wave}: {ties} of {possible} possible ties ({share}).",
        "{wave}: {ties} af {possible} mulige forbindelser ({share}).",
    ),
    "count_again": ("{wave}: {ties} of {possible} ({share}).", "{wave}: {ties} af {possible} ({share})."),
    "share": ("{wave}: {share} of the possible ties.", "{wave}: {share} af de mulige forbindelser."),
    "outlined": (
        "It is outlined, see the note below the table.",
        "Det er indrammet, se noten under tabellen.",
    ),
    "by": ("Change: {points} percentage points.", "Ændring: {points} procentpoint."),
    "left_out": (
        "{label}: left out, because few people stand behind the number, or it would give such a number away.",
        "{label}: udeladt, fordi få personer står bag tallet, eller fordi det ville røbe et sådant tal.",
    ),
    "nobody": (
        "{label}: no ties are possible, or nobody answered both times.",
        "{label}: ingen forbindelser er mulige, eller ingen svarede begge gange.",
    ),
    "hidden_pairs": (
        "Pairs of departments that are left out because few people stand behind them: {n}.",
        "Par af afdelinger, der er udeladt, fordi få personer står bag dem: {n}.",
    ),
    "only_widest": (
        "Drawn are the {drawn} of {all} lines that are widest in either wave; choose a department to see all of its.",
        "De {drawn} af {all} streger, der er bredest ved en måling, er tegnet; vælg en afdeling for at se alle dens.",
    ),
    # As under the figure of the map.
    "circles": figures_network.WORDS["circles"],
    "both_ways": figures_network.WORDS["both_ways"],
    "no_lines": ("No lines to show.", "Ingen streger at vise."),
    "sideways": (
        "\u2194 Scroll the table sideways to see all of it.",
        "\u2194 Rul tabellen til siden for at se det hele.",
    ),
    "sort": ("Sort by this column", "Sortér efter denne kolonne"),
    "ascending": (
        "{caption}: sorted by {column}, ascending.",
        "{caption}: sorteret efter {column}, stigende.",
    ),
    "descending": (
        "{caption}: sorted by {column}, descending.",
        "{caption}: sorteret efter {column}, faldende.",
    ),
    "original": ("{caption}: in the original order.", "{caption}: i oprindelig rækkefølge."),
    "as_figures": ("The same as figures", "Det samme som figurer"),
}


def page_word(key: str, language: Language = "en") -> str:
    """Return a heading of the page itself.

    Examples
    --------
    >>> page_word("remarks", "da")
    'Forfatternes bemærkninger'
    """
    return pick(_PAGE[key], language)


def script_words(language: Language = "en") -> dict[str, str]:
    """Return the sentences and labels of the script, by key.

    Examples
    --------
    >>> script_words("da")["pair"]
    '{a} og {b}'
    """
    return {key: pick(pair, language) for key, pair in _SCRIPT.items()}


def script_signs(language: Language = "en") -> dict[str, str]:
    """Return the signs with which the script writes numbers; the same as in `netlearn.wording.numbers`.

    Examples
    --------
    >>> script_signs("da")["decimal"]
    ','
    """
    decimal, thousands = (",", ".") if language == "da" else (".", ",")
    return {"decimal": decimal, "thousands": thousands, "minus": MINUS, "none": NONE, "space": HARD_SPACE}


def heat_caption(wave: str, directed: bool, language: Language = "en") -> str:
    """Return the caption of the table of a wave.

    Examples
    --------
    >>> heat_caption("Før", True, "da").endswith(" Rækken nævner kolonnen.")
    True
    """
    said = ("{wave}: ties in % of the possible.", "{wave}: forbindelser i % af de mulige.")
    lead = pick(said, language).format(wave=wave)
    return f"{lead} {_ways(language)}" if directed else lead


def heat_change_caption(waves: Sequence[str], directed: bool, language: Language = "en") -> str:
    """Return the caption of the table of changes.

    Examples
    --------
    >>> heat_change_caption(("before", "after"), False)
    'Change from before to after, percentage points.'
    """
    said = (
        "Change from {first} to {second}, percentage points.",
        "Ændring fra {first} til {second}, procentpoint.",
    )
    lead = pick(said, language).format(first=waves[0], second=waves[1])
    return f"{lead} {_ways(language)}" if directed else lead


def _ways(language: Language) -> str:
    return pick(("The row names the column.", "Rækken nævner kolonnen."), language)
