"""Words for faults and notes about `claims.toml`."""

from __future__ import annotations

from netlearn.wording import Language

CLAIMS: dict[str, dict[Language, str]] = {
    "claims-not-utf8": {
        "en": "the line is not UTF-8 text. Expected a file of claims saved as UTF-8. Do: open it in a text editor and "
        "save it with the encoding UTF-8.",
        "da": "linjen er ikke UTF-8-tekst. Forventede en fil med udsagn gemt som UTF-8. Gør: åbn den i en teksteditor, "
        "og gem den med kodningen UTF-8.",
    },
    "claim-without-because": {
        "en": "the claim names no outcome and does not say why. Expected the outcome that would show it, or the reason "
        'why these data cannot. Do: add outcome = "…" with expects = "…", or because = "…".',
        "da": "udsagnet nævner intet udfald og siger ikke hvorfor. Forventede det udfald, der ville vise det, eller "
        'grunden til, at disse data ikke kan. Gør: tilføj outcome = "…" med expects = "…", eller because = "…".',
    },
    "claim-without-expects": {
        "en": "the claim does not say which way the outcome would move if it is true. Expected one of: more, less, "
        'none. Do: add the line expects = "more" (or "less", or "none" for no change).',
        "da": "udsagnet siger ikke, hvilken vej udfaldet ville flytte sig, hvis det er sandt. Forventede en af: more, "
        'less, none. Gør: tilføj linjen expects = "more" (eller "less", eller "none" for ingen ændring).',
    },
    "claim-asked-otherwise": {
        "en": "the claim expects '{value}', but the outcome '{outcome}' is asked one way only (alternative = "
        '"{alternative}"), so the data could never support it. Expected the same direction, or a two-sided question. '
        'Do: correct expects, or write alternative = "two-sided" at the outcome in study.toml.',
        "da": "udsagnet venter '{value}', men udfaldet '{outcome}' er kun spurgt den ene vej (alternative = "
        '"{alternative}"), så data aldrig kunne støtte det. Forventede samme retning eller et tosidet spørgsmål. '
        'Gør: ret expects, eller skriv alternative = "two-sided" ved udfaldet i study.toml.',
    },
    "claim-without-margin": {
        "en": "the claim is that nothing moved, and the outcome '{outcome}' has no margin, the smallest change that "
        "matters; so the data can speak against the claim but never support it.",
        "da": "udsagnet er, at intet flyttede sig, og udfaldet '{outcome}' har ingen margin, altså den mindste "
        "ændring, der betyder noget; derfor kan data tale imod udsagnet, men aldrig støtte det.",
    },
}
