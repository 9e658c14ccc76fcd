"""What respondents read in a questionnaire, beside the wording that the study file gives."""

from __future__ import annotations

from typing import Any

from netlearn.wording import Language

WORDS: dict[str, dict[Language, str]] = {
    "about": {"en": "About this survey", "da": "Om undersøgelsen"},
    "purpose": {"en": "Purpose", "da": "Formål"},
    "who_sees": {"en": "Who sees your answers", "da": "Hvem der ser dine svar"},
    "withdraw": {"en": "How to withdraw your answers", "da": "Sådan trækker du dine svar tilbage"},
    "legal_basis": {"en": "Legal basis", "da": "Retsgrundlag"},
    "contact": {"en": "Contact", "da": "Kontakt"},
    "placeholder": {
        "en": "[TO BE FILLED IN BY THE DATA CONTROLLER: {what}]",
        "da": "[UDFYLDES AF DEN DATAANSVARLIGE: {what}]",
    },
    "blank": {
        "en": "You may leave any question blank. A blank is never counted as a no.",
        "da": "Du må springe spørgsmål over. Et spørgsmål uden svar tælles aldrig som et nej.",
    },
    "small": {
        "en": "No result shows a department on its own in which fewer than {least} people answered.",
        "da": "Intet resultat viser en afdeling alene, hvis færre end {least} i den har svaret.",
    },
    "consent": {
        "en": "I have read the information above and want to take part.",
        "da": "Jeg har læst oplysningerne ovenfor og vil gerne deltage.",
    },
    "yes": {"en": "Yes", "da": "Ja"},
    "no": {"en": "No", "da": "Nej"},
    "who": {"en": "Who are you?", "da": "Hvem er du?"},
    "who_key": {
        "en": "Your code, as it stands in your invitation",
        "da": "Din kode, som den står i din invitation",
    },
    "no_such_key": {
        "en": "Nobody has this code. Please check it.",
        "da": "Ingen har denne kode. Se den efter.",
    },
    "nobody": {"en": "Nobody", "da": "Ingen"},
    "nobody_alone": {
        "en": "“Nobody” cannot be chosen together with a name.",
        "da": "“Ingen” kan ikke vælges sammen med et navn.",
    },
    "none_alone": {
        "en": "“{none}” cannot be chosen together with another answer.",
        "da": "“{none}” kan ikke vælges sammen med et andet svar.",
    },
    "anybody": {"en": "Is there anybody it applies to?", "da": "Er der nogen, det gælder for?"},
    "some": {"en": "Yes, I go on to the question", "da": "Ja, jeg går videre til spørgsmålet"},
    "none": {"en": "No, nobody", "da": "Nej, ingen"},
    "search": {
        "en": "Type a part of a name or of a department to find somebody.",
        "da": "Skriv en del af et navn eller af en afdeling for at finde en person.",
    },
    "find": {
        "en": "To find a name, search the page (Ctrl+F, or Cmd+F on a Mac).",
        "da": "Søg på siden for at finde et navn (Ctrl+F, eller Cmd+F på en Mac).",
    },
    "not_yourself": {"en": "Please leave yourself out.", "da": "Udelad dig selv."},
    "each": {"en": "One answer for each colleague.", "da": "Ét svar for hver kollega."},
    "several": {
        "en": "You may tick several boxes for each colleague.",
        "da": "Du må sætte flere kryds for hver kollega.",
    },
    "tick": {"en": "Tick everybody it applies to.", "da": "Sæt kryds ved alle, det gælder for."},
    "upto": {"en": "Name up to {n} people.", "da": "Nævn op til {n} personer."},
    "type": {
        "en": "Write first names and family names, one person per line.",
        "da": "Skriv fornavne og efternavne, én person pr. linje.",
    },
    "person": {"en": "Person {slot}", "da": "Person {slot}"},
    "chosen": {"en": "Choose each person once.", "da": "Vælg hver person én gang."},
    "pair": {"en": "{a} and {b}", "da": "{a} og {b}"},
    "ties": {
        "en": "Do the people you named know each other?",
        "da": "Kender de personer, du nævnte, hinanden?",
    },
    "dont_know": {"en": "Don't know", "da": "Ved ikke"},
    "thanks": {"en": "Thank you for your answers.", "da": "Tak for dine svar."},
    "colleague": {"en": "Colleague", "da": "Kollega"},
    "department": {"en": "Department", "da": "Afdeling"},
    "code": {"en": "Code", "da": "Kode"},
    "name": {"en": "Name", "da": "Navn"},
    "question": {"en": "Question", "da": "Spørgsmål"},
    "answer": {"en": "Answer", "da": "Svar"},
    "colleagues_of": {"en": "Colleagues: {department}", "da": "Kolleger: {department}"},
    "row_boxes": {
        "en": "A row for each colleague, with a box for each answer.",
        "da": "En række for hver kollega med et felt for hvert svar.",
    },
    "your_code": {
        "en": "Code (filled in by those who run the survey):",
        "da": "Kode (udfyldes af dem, der står for undersøgelsen):",
    },
    "page": {"en": "Page {at} of {all}", "da": "Side {at} af {all}"},
    "keying": {
        "en": "For the person who keys the answers (do not hand out)",
        "da": "Til den, der taster svarene ind (deles ikke ud)",
    },
    "keying_how": {
        "en": "Key each questionnaire into its own row of {file}. Its first column holds the code on page 1. Leave a "
        "cell blank where nothing is ticked. Key the code of the answer, not its wording.",
        "da": "Tast hvert spørgeskema ind i sin egen række i {file}. Den første kolonne indeholder koden på side 1. "
        "Lad en celle være tom, hvor der ikke er sat kryds. Tast svarets kode, ikke dets ordlyd.",
    },
    "keying_highest": {
        "en": "Where several boxes are ticked for a colleague, key the one that stands last in the list below.",
        "da": "Er der sat flere kryds ved en kollega, så tast det, der står sidst på listen nedenfor.",
    },
    "columns": {"en": "Columns", "da": "Kolonner"},
    "codes": {"en": "Codes of the answers", "da": "Svarenes koder"},
    "people": {"en": "Codes of the colleagues", "da": "Kollegernes koder"},
    "tick_code": {"en": "ticked", "da": "kryds"},
    "written": {"en": "what is written", "da": "det, der står"},
    "person_code": {"en": "code of the person", "da": "personens kode"},
}
"""Wording by its name. Placeholders are filled with texts of the study; nothing here names a person."""


def word(name: str, language: Language, **values: Any) -> str:
    """Return a wording.

    Parameters
    ----------
    name : str
        Key of `WORDS`.
    language : "en" or "da"
    **values
        What the wording names.

    Examples
    --------
    >>> word("person", "da", slot=2)
    'Person 2'
    """
    text = WORDS[name][language]
    # Texts of the study go in as they are: they may hold braces.
    for key, value in values.items():
        text = text.replace("{" + key + "}", str(value))
    return text
