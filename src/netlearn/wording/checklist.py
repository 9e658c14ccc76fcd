"""What reviewers ask of a report about a network, item by item, and how this program answers."""

from __future__ import annotations

from netlearn.wording import Language
from netlearn.wording.terms import pick

HEADING = ("Checklist for reviewers", "Tjekliste til fagfæller")
COLUMNS = (("Item", "Punkt"), ("In this study", "I denne undersøgelse"), ("Where", "Hvor"))
LEAD = (
    "What guidelines ask of a report such as this, with the answer of this study. What only those who made the study "
    "know is left to them.",
    "Hvad retningslinjer beder om i en rapport som denne, med undersøgelsens svar. Det, som kun de, der har lavet "
    "undersøgelsen, kan vide, er overladt til dem.",
)
CAPTIONS = {
    "network": (
        "The network data (items of GRAND, version 0.5)",
        "Netværksdata (punkter fra GRAND, version 0.5)",
    ),
    "design": (
        "Design and analysis (in brackets: items of STROBE)",
        "Design og analyse (i parentes: punkter i STROBE)",
    ),
}
GUIDES = (
    "The items follow GRAND (Neal et al. 2026) and STROBE (von Elm et al. 2007), in words of our own.",
    "Punkterne følger GRAND (Neal et al. 2026) og STROBE (von Elm et al. 2007) med vores egne ord.",
)
EGO = (
    "GRAND is made for networks of everybody; for personal networks its items are read in their spirit.",
    "GRAND er lavet til hele netværk; for personlige netværk er punkterne læst efter deres ånd.",
)
ITEMS: dict[str, tuple[str, str]] = {
    "1.1": ("1.1 Data: how collected", "1.1 Data: hvordan indsamlet"),
    "1.2": ("1.2 Ethics: approval", "1.2 Etik: godkendelse"),
    "1.3": ("1.3 Several networks", "1.3 Flere netværk"),
    "1.4": ("1.4 Location", "1.4 Sted"),
    "1.5": ("1.5 Dates", "1.5 Datoer"),
    "1.6": ("1.6 Availability of data", "1.6 Adgang til data"),
    "1.7": ("1.7 Citation of data", "1.7 Henvisning til data"),
    "2.1": ("2.1 Nodes: what they are", "2.1 Knuder: hvad de er"),
    "2.2": ("2.2 Size: number of nodes", "2.2 Størrelse: antal knuder"),
    "2.3": ("2.3 Boundary: who belongs", "2.3 Afgrænsning: hvem hører til"),
    "2.4": ("2.4 Missing nodes", "2.4 Manglende knuder"),
    "2.5": ("2.5 Limits on ties per person", "2.5 Grænser for forbindelser pr. person"),
    "3.1": ("3.1 Edges: what they are", "3.1 Kanter: hvad de er"),
    "3.2": ("3.2 Direction", "3.2 Retning"),
    "3.3": ("3.3 Weight", "3.3 Vægt"),
    "3.4": ("3.4 Self-loops", "3.4 Kanter til én selv"),
    "3.5": ("3.5 Two kinds of nodes", "3.5 To slags knuder"),
    "3.6": ("3.6 Hypergraph", "3.6 Hypergraf"),
    "3.7": ("3.7 Number of edges", "3.7 Antal kanter"),
    "4.1": ("4.1 Made symmetric", "4.1 Gjort symmetrisk"),
    "4.2": ("4.2 Cut into yes and no", "4.2 Delt i ja og nej"),
    "4.3": ("4.3 Made from other data", "4.3 Dannet af andre data"),
    "4.4": ("4.4 Left out", "4.4 Udeladt"),
    "4.5": ("4.5 Put together", "4.5 Slået sammen"),
    "4.6": ("4.6 Filled in", "4.6 Udfyldt"),
    "question": ("Question (3)", "Spørgsmål (3)"),
    "design": ("Design (4)", "Design (4)"),
    "setting": ("Setting and programme (5)", "Rammer og forløb (5)"),
    "assigned": ("Who was trained, or together, and how decided (6)", "Hvem blev uddannet eller var sammen, og hvordan "
                 "afgjort (6)"),
    "concealed": ("Who drew the lot; could it be foreseen", "Hvem trak lod; kunne det forudses"),
    "outcomes": ("Outcomes, and where declared (7)", "Udfald, og hvor de er udpeget (7)"),
    "registered": ("When the plan was written; where registered", "Hvornår planen blev skrevet; hvor registreret"),
    "measured": ("Measurement (8)", "Måling (8)"),
    "size": ("Study size (10)", "Undersøgelsens størrelse (10)"),
    "methods": ("Statistical methods (12a)", "Statistiske metoder (12a)"),
    "missing": ("Missing answers (12c)", "Manglende svar (12c)"),
    "sensitivity": ("Sensitivity (12e)", "Følsomhed (12e)"),
    "multiple": ("Several comparisons", "Flere sammenligninger"),
    "behind": ("People behind the main result (13)", "Personer bag hovedresultatet (13)"),
    "result": ("Main result with its uncertainty (16)", "Hovedresultat med usikkerhed (16)"),
    "small": ("Small numbers", "Små tal"),
    "limits": ("Limits (19)", "Forbehold (19)"),
    "meaning": ("Interpretation and reach (20, 21)", "Fortolkning og rækkevidde (20, 21)"),
    "again": ("Software, and how to repeat it", "Software, og hvordan det gentages"),
    "consent": ("Consent, legal basis, who had access", "Samtykke, hjemmel, hvem der havde adgang"),
    "funding": ("Funding and interests (22)", "Finansiering og interesser (22)"),
}  # fmt: skip
SAID: dict[str, tuple[str, str]] = {
    "authors": ("to be stated by the authors", "angives af forfatterne"),
    "none": ("does not apply", "ikke relevant"),
    "no": ("no", "nej"),
    "simulated": ("simulated; the model is told in SOURCE.md", "simulerede; modellen er beskrevet i SOURCE.md"),
    "answers": ("answers to a questionnaire", "svar på et spørgeskema"),
    "records": ("records of contact", "registreringer af kontakt"),
    "waves": ("{n} waves, {days} days apart", "{n} målinger med {days} dages mellemrum"),
    "one": ("1 wave", "1 måling"),
    "employed": ("people on the staff list", "personer på personalelisten"),
    "egos": ("those who were asked, and the colleagues they named", "de adspurgte og de kolleger, de nævnte"),
    "list": (
        "the staff list: everybody employed on the day of a wave",
        "personalelisten: alle, der var ansat på målingens dag",
    ),
    "list_asked": (
        "the staff list: those employed on the day of a wave; some of them were asked, all could be named",
        "personalelisten: de ansatte på målingens dag; nogle af dem blev spurgt, alle kunne nævnes",
    ),
    "places": ("{relation}: at most {n} names", "{relation}: højst {n} navne"),
    "everyone": ("{relation}: no limit", "{relation}: ingen grænse"),
    "unknown": ("{relation}: to be stated by the authors", "{relation}: angives af forfatterne"),
    "directed": ("{relation}: from the one who answered to the one named", "{relation}: fra den, der svarede, til den "
                 "nævnte"),
    "undirected": ("{relation}: none", "{relation}: ingen"),
    "unweighted": ("unweighted: a tie or none", "uden vægt: forbindelse eller ej"),
    "loops": ("none; answers about oneself do not count", "ingen; svar om én selv tæller ikke"),
    "two_mode": ("people and rooms or activities: {lists}", "personer og rum eller aktiviteter: {lists}"),
    "edges": (
        "{relation}: {counts}, among answers given both times",
        "{relation}: {counts}, blandt svar givet begge gange",
    ),
    "either": ("{relation}: a tie if one of the two named the other", "{relation}: forbindelse, hvis den ene nævnte "
               "den anden"),
    "both": ("{relation}: a tie if both named each other", "{relation}: forbindelse, hvis begge nævnte hinanden"),
    "cut": (
        "{relation}: level {threshold} or more of {lowest} to {highest} is a tie",
        "{relation}: niveau {threshold} eller derover af {lowest} til {highest} er en forbindelse",
    ),
    "cut_away": (
        "; how many answers lie under it: to be stated by the authors",
        "; hvor mange svar der ligger under: angives af forfatterne",
    ),
    "shared": ("pairs who shared a room, from {lists}", "par, der delte et rum, fra {lists}"),
    "left_out": (
        "answers about oneself and about people not employed; in a comparison, answers not given both times",
        "svar om én selv og om folk, der ikke var ansat; i en sammenligning svar, der ikke er givet begge gange",
    ),
    "pooled": ("nothing; in tables {n} small departments stand together", "intet; i tabeller står {n} små afdelinger "
               "samlet"),
    "not_pooled": ("nothing", "intet"),
    "filled": ("nothing in the answer; beside it from the other person", "intet i svaret; ved siden af efter den anden "
               "person"),
    "design": ("{name}; the word for what is seen: “{word}”", "{name}; ordet for det, der ses: »{word}«"),
    "nobody": ("no comparison group", "ingen sammenligningsgruppe"),
    "by_person": ("trained person by person", "uddannet person for person"),
    "by_department": ("trained by department", "uddannet afdelingsvis"),
    "by_start-wave": ("trained in turns", "uddannet på skift"),
    "strata": (", within strata", ", inden for strata"),
    "lot": ("{what}: by lot", "{what}: ved lodtrækning"),
    "no_lot": ("{what}: not by lot", "{what}: ikke ved lodtrækning"),
    "declared": (
        "1 primary, {n} secondary, named in study.toml (SHA-256 {hash}…)",
        "1 primært, {n} sekundære, udpeget i study.toml (SHA-256 {hash}…)",
    ),
    "asked": ("the questions are under 3.1", "spørgsmålene står under 3.1"),
    "scales": ("scales: {n}; the network questions are under 3.1", "skalaer: {n}; netværksspørgsmålene står under 3.1"),
    "census": ("everybody on the list was asked; reasons to be stated by the authors", "alle på listen blev spurgt; "
               "begrundelse angives af forfatterne"),
    "some": ("{n} of the list were asked; reasons to be stated by the authors", "{n} på listen blev spurgt; "
             "begrundelse angives af forfatterne"),
    "never": ("missing, never a no; other ways beside it", "mangler, aldrig et nej; andre måder ved siden af"),
    "missing": ("missing, never a no", "mangler, aldrig et nej"),
    "never_hidden": ("missing, never a no; other ways would tell of single people", "mangler, aldrig et nej; andre "
                     "måder ville røbe noget om enkelte"),
    "levels": ("answers, pairs, people and departments; waves swapped", "svar, par, personer og afdelinger; målinger "
               "byttet om"),
    "levels_people": ("answers, pairs and people; waves swapped; departments count, but are not told", "svar, par og "
                      "personer; målinger byttet om; afdelinger er regnet med, men ikke vist"),
    "checked": ("tests beside the main one", "test ved siden af hovedtesten"),
    "holm": (
        "Holm's correction, secondary: {n}; not planned, without verdict: {m}",
        "Holms korrektion, sekundære: {n}; ikke planlagte, uden vurdering: {m}",
    ),
    "there": ("told in full", "fortalt i sin helhed"),
    "people": ("{n} people", "{n} personer"),
    "hidden": ("too few to be told", "for få til at blive fortalt"),
    "least": ("nothing with fewer than {least} people behind it is told", "intet med færre end {least} personer bag "
              "fortælles"),
    "version": ("netlearn {version}; seed and checksums in provenance.json", "netlearn {version}; startværdi og "
                "kontrolsummer i provenance.json"),
    "told": ("what people were told stands in study.toml; the rest to be stated by the authors", "hvad folk fik at "
             "vide, står i study.toml; resten angives af forfatterne"),
}  # fmt: skip


def said(key: str, language: Language = "en", **values: str) -> str:
    """Return an answer of the checklist.

    Examples
    --------
    >>> said("people", n="12"), said("authors", "da")
    ('12 people', 'angives af forfatterne')
    """
    return pick(SAID[key], language).format(**values)
