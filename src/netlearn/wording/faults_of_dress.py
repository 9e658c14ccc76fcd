"""Words for faults in what a user adds to the report: a logo, a template, texts."""

from __future__ import annotations

from netlearn.wording import Language

DRESS: dict[str, dict[Language, str]] = {
    "dress-unknown": {
        "en": "nothing in the report is called so, and the file would be lost without a word. Expected one of: "
        "{expected}. Do: rename the file, or move it out of the folder.",
        "da": "intet i rapporten hedder sådan, og filen ville gå tabt uden et ord. Forventede en af: {expected}. Gør: "
        "giv filen et af disse navne, eller flyt den ud af mappen.",
    },
    "dress-no-picture": {
        "en": "the file is no picture that a report can hold. Expected PNG, JPEG or SVG. Do: save the logo as one of "
        "these.",
        "da": "filen er ikke et billede, som en rapport kan indeholde. Forventede PNG, JPEG eller SVG. Gør: gem logoet "
        "som et af disse.",
    },
    "dress-large": {
        "en": "the logo takes {megabytes} MB, and it stands in every page that is sent. Expected at most {most} MB. "
        "Do: save it smaller.",
        "da": "logoet fylder {megabytes} MB, og det er med i hver side, der sendes. Forventede højst {most} MB. "
        "Gør: gem det mindre.",
    },
    "dress-not-utf8": {
        "en": "the line is not UTF-8 text. Expected a text file saved as UTF-8. Do: open it in a text editor and "
        "save it with the encoding UTF-8.",
        "da": "linjen er ikke UTF-8-tekst. Forventede en tekstfil gemt som UTF-8. Gør: åbn den i en teksteditor, og "
        "gem den med kodningen UTF-8.",
    },
    "dress-no-section": {
        "en": "the report of this study has no such section, and the text would be lost. Expected one of: {expected}. "
        "Do: rename the file.",
        "da": "rapporten om denne undersøgelse har ikke det afsnit, og teksten ville gå tabt. Forventede en af: "
        "{expected}. Gør: giv filen et andet navn.",
    },
    "dress-template": {
        "en": "the template cannot be filled: {reason}. Expected a jinja2 template with the names that "
        "docs/report-template.md lists. Do: correct the line, or take page.html away.",
        "da": "skabelonen kan ikke udfyldes: {reason}. Forventede en jinja2-skabelon med de navne, som "
        "docs/report-template.md opremser. Gør: ret linjen, eller tag page.html væk.",
    },
    "dress-unreadable": {
        "en": "this cannot be read as a file. Expected a file that may be read, no folder. Do: close it in other "
        "programs, and look at its permissions.",
        "da": "dette kan ikke læses som en fil. Forventede en fil, der må læses, ikke en mappe. Gør: luk den i andre "
        "programmer, og se på dens rettigheder.",
    },
    "dress-two-logos": {
        "en": "there is more than one logo ({found}), and one would be lost without a word. Expected one, or "
        "logo.svg for the page with logo.png for Word. Do: keep the one that is meant.",
        "da": "der er mere end ét logo ({found}), og et af dem ville gå tabt uden et ord. Forventede ét eller "
        "logo.svg til siden med logo.png til Word. Gør: behold det, der er ment.",
    },
    "dress-svg-broken": {
        "en": "the logo is no well-formed SVG. Expected an XML file whose outermost element is <svg "
        'xmlns="http://www.w3.org/2000/svg">. Do: save the drawing anew as plain SVG, or use PNG.',
        "da": "logoet er ikke velformet SVG. Forventede en XML-fil, hvis yderste element er <svg "
        'xmlns="http://www.w3.org/2000/svg">. Gør: gem tegningen igen som almindelig SVG, eller brug PNG.',
    },
    "dress-svg-entities": {
        "en": "the logo has a document type (<!DOCTYPE …>) or entities, which can make a page fetch or grow. "
        "Expected a drawing without them. Do: save it anew as plain or optimised SVG, or use PNG.",
        "da": "logoet har en dokumenttype (<!DOCTYPE …>) eller entiteter, som kan få en side til at hente noget eller "
        "vokse. Forventede en tegning uden dem. Gør: gem den igen som almindelig eller optimeret SVG, eller brug PNG.",
    },
    "dress-svg-acts": {
        "en": "the logo holds {found}, which runs something or puts another page in. Expected shapes and text only. "
        "Do: save it anew as plain SVG without scripts, or use PNG.",
        "da": "logoet indeholder {found}, som kører noget eller sætter en anden side ind. Forventede kun former og "
        "tekst. Gør: gem det igen som almindelig SVG uden scripts, eller brug PNG.",
    },
    "dress-svg-outside": {
        "en": "the logo asks for something outside the file: {found}. Expected a drawing that holds all it shows, "
        "for the page works offline. Do: embed pictures and fonts, take links away, or use PNG.",
        "da": "logoet beder om noget uden for filen: {found}. Forventede en tegning, der indeholder alt, den viser, "
        "for siden virker uden net. Gør: indlejr billeder og skrifter, fjern links, eller brug PNG.",
    },
}
