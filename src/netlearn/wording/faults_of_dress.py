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
        "en": "the logo takes {size} MB, and it stands in every page that is sent. Expected at most {most} MB. Do: "
        "save it smaller.",
        "da": "logoet fylder {size} MB, og det er med i hver side, der sendes. Forventede højst {most} MB. Gør: gem "
        "det mindre.",
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
}
