"""Words for faults and notes about privacy: who withdrew, the key file, coded copies, names left in a file."""

from __future__ import annotations

from netlearn.wording import Language

_WITHDRAWN: dict[str, dict[Language, str]] = {
    "withdrawn-unknown": {
        "en": "the line names nobody of the roster, so nobody's answers would be left out. Expected an id of the "
        "roster, letter for letter. Do: correct the id; if the person is no longer in the roster nor in any file, "
        "remove the line.",
        "da": "linjen nævner ingen fra personalelisten, så ingens svar ville blive udeladt. Forventede et id fra "
        "listen, bogstav for bogstav. Gør: ret id'et; står personen hverken på listen eller i nogen fil længere, så "
        "fjern linjen.",
    },
    "withdrawn-ties-unclear": {
        "en": "it is not said whether ties to the person go too. Expected yes or no. Do: write one of them.",
        "da": "det er ikke sagt, om forbindelser til personen også skal væk. Forventede ja eller nej. Gør: skriv et "
        "af dem.",
    },
}

_KEY: dict[str, dict[Language, str]] = {
    "key-in-study": {
        "en": "the file would lie in a study folder, beside the data that it opens. Expected a place outside of it. "
        "Do: choose a folder that only you can read, on another drive if possible.",
        "da": "filen ville ligge i en undersøgelses mappe ved siden af de data, den åbner. Forventede et sted uden "
        "for den. Gør: vælg en mappe, som kun du kan læse, helst på et andet drev.",
    },
    "key-in-git": {
        "en": "the file would lie in a work tree of git, which keeps and shares every version. Expected a place "
        "outside of version control. Do: choose another folder.",
        "da": "filen ville ligge i en mappe under git, som gemmer og deler hver version. Forventede et sted uden for "
        "versionsstyring. Gør: vælg en anden mappe.",
    },
    "key-in-output": {
        "en": "the file would lie in a folder that netlearn made to be handed on. Expected a place outside of it. Do: "
        "choose another folder.",
        "da": "filen ville ligge i en mappe, som netlearn har lavet til at give videre. Forventede et sted uden for "
        "den. Gør: vælg en anden mappe.",
    },
    "key-folder-missing": {
        "en": "there is no such folder. Expected one that only you can read. Do: make it, or correct the path.",
        "da": "mappen findes ikke. Forventede en, som kun du kan læse. Gør: lav den, eller ret stien.",
    },
    "key-not-private": {
        "en": "others than its owner can read the file (mode {mode}). Expected mode 0600. Do: take the rights of the "
        "others away (chmod 600); where a drive does not keep rights, choose another place.",
        "da": "andre end ejeren kan læse filen (rettigheder {mode}). Forventede 0600. Gør: fjern de andres rettigheder "
        "(chmod 600); gemmer drevet ikke rettigheder, så vælg et andet sted.",
    },
    "key-appeared": {
        "en": "another program made the file in this moment. Expected that it did not exist yet. Do: run again.",
        "da": "et andet program lavede filen i samme øjeblik. Forventede, at den ikke fandtes endnu. Gør: kør igen.",
    },
    "key-blank": {
        "en": "the cell is blank. Expected an id and a code in every line. Do: restore the line from a backup of the "
        "key file.",
        "da": "cellen er tom. Forventede et id og en kode i hver linje. Gør: hent linjen fra en sikkerhedskopi af "
        "nøglefilen.",
    },
    "key-twice": {
        "en": "the same stands in row {first}. Expected every id and every code once. Do: restore the key file from a "
        "backup, or remove the line that was added by hand.",
        "da": "det samme står i række {first}. Forventede hvert id og hver kode én gang. Gør: hent nøglefilen fra en "
        "sikkerhedskopi, eller fjern den linje, der er tilføjet i hånden.",
    },
    "key-bad-code": {
        "en": "this is no code that netlearn made; a spreadsheet may have changed it. Expected 6 or 12 capital letters "
        "and digits. Do: restore the line from a backup of the key file.",
        "da": "dette er ikke en kode, netlearn har lavet; et regneark kan have ændret den. Forventede 6 eller 12 store "
        "bogstaver og cifre. Gør: hent linjen fra en sikkerhedskopi af nøglefilen.",
    },
    "key-needs-secret": {
        "en": "this code was made with a secret, and none is given. Expected the same secret, so that sites can still "
        "be joined. Do: give it with --secret.",
        "da": "koden er lavet med en hemmelighed, og der er ikke angivet nogen. Forventede den samme hemmelighed, så "
        "steder stadig kan kobles. Gør: angiv den med --secret.",
    },
    "key-other-secret": {
        "en": "this code was not made with this secret. Expected the code that the secret gives the id. Do: use the "
        "secret (or none) with which the key file was made, or another key file.",
        "da": "koden er ikke lavet med denne hemmelighed. Forventede den kode, hemmeligheden giver id'et. Gør: brug "
        "den hemmelighed (eller ingen), som nøglefilen er lavet med, eller en anden nøglefil.",
    },
    "key-contradicts": {
        "en": "this id is another person in row {other} of {roster}: neither name, e-mail nor key is the same. "
        "Expected one person per id. Do: if it is the same person, correct the line here; if not, give the person in "
        "the roster another id.",
        "da": "dette id er en anden person i række {other} af {roster}: hverken navn, e-mail eller nøgle er den "
        "samme. Forventede én person pr. id. Gør: er det den samme person, så ret linjen her; ellers giv personen på "
        "listen et andet id.",
    },
    "key-other-id": {
        "en": "the person in row {other} of {roster} stands in this line under another id, and would get a second "
        "code. Expected one id per person over all waves. Do: write the id of the roster into this line, if it is the "
        "same person.",
        "da": "personen i række {other} af {roster} står i denne linje under et andet id og ville få en kode til. "
        "Forventede ét id pr. person i alle målinger. Gør: skriv listens id i denne linje, hvis det er den samme "
        "person.",
    },
    "secret-short": {
        "en": "the secret is too short or too simple. Expected at least {least} characters that nobody can guess. Do: "
        "let a password manager make one.",
        "da": "hemmeligheden er for kort eller for enkel. Forventede mindst {least} tegn, som ingen kan gætte. Gør: "
        "lad en adgangskodehusker lave en.",
    },
}

_CODED: dict[str, dict[Language, str]] = {
    "coded-inside": {
        "en": "the copy would lie in the study folder. Expected a folder beside it. Do: choose another with --out; to "
        "put it in place of the raw files use --replace.",
        "da": "kopien ville ligge i undersøgelsens mappe. Forventede en mappe ved siden af. Gør: vælg en anden med "
        "--out; brug --replace for at sætte den i stedet for de rå filer.",
    },
    "coded-no-parent": {
        "en": "the folder in which the copy would lie does not exist. Expected one that does. Do: make it, or correct "
        "the path.",
        "da": "den mappe, kopien ville ligge i, findes ikke. Forventede en, der gør. Gør: lav den, eller ret stien.",
    },
    "coded-exists": {
        "en": "this exists and is no coded copy, or a copy that was worked on since it was made. Expected a new or an "
        "empty folder, or a copy as netlearn left it. Do: choose another folder with --out, or move this one away; "
        "people who withdrew in the copy must be withdrawn in the study too.",
        "da": "den findes og er ikke en kodet kopi, eller en kopi, der er arbejdet i, siden den blev lavet. Forventede "
        "en ny eller en tom mappe, eller en kopi, som netlearn efterlod den. Gør: vælg en anden mappe med --out, eller "
        "flyt denne; har nogen trukket sig i kopien, skal de også trækkes ud af undersøgelsen.",
    },
    "coded-differs": {
        "en": "the coded copy would not say the same as the raw files about '{relation}', so it is not made. Expected "
        "the same answers of the same people. Do: report this to the makers of netlearn; the raw files are as they "
        "were.",
        "da": "den kodede kopi ville ikke sige det samme som de rå filer om '{relation}', så den laves ikke. "
        "Forventede de samme svar fra de samme personer. Gør: meld det til netlearns udviklere; de rå filer er, som "
        "de var.",
    },
    "coded-egos-open": {
        "en": "for some names typed in '{relation}' it is not decided who is meant, and a coded copy of personal "
        "networks cannot hold that: nobody could decide it later. Expected a decision about every name. Do: fill in "
        "names_to_check.csv (netlearn check writes it) and run again.",
        "da": "for nogle af de navne, der er skrevet i '{relation}', er det ikke afgjort, hvem der er ment, og det kan "
        "en kodet kopi af personlige netværk ikke rumme: ingen kunne afgøre det senere. Forventede en afgørelse om "
        "hvert navn. Gør: udfyld names_to_check.csv (netlearn check skriver den), og kør igen.",
    },
    "coded-egos-not-offered": {
        "en": "in '{relation}' some people of the roster could not be chosen, and a coded copy of personal networks "
        "cannot hold that: their not being named would look like a no. Expected that everybody could be named. Do: "
        "give people who were not there a start or end date in the roster, or take those who could not be chosen out "
        "of it.",
        "da": "i '{relation}' kunne nogle på personalelisten ikke vælges, og det kan en kodet kopi af personlige "
        "netværk ikke rumme: at de ikke er nævnt, ville ligne et nej. Forventede, at alle kunne nævnes. Gør: giv dem, "
        "der ikke var ansat, en start- eller slutdato på listen, eller tag dem, der ikke kunne vælges, af den.",
    },
    "coded-as-grid": {
        "en": "in the copy '{relation}' is a table of who on the roster named whom; people outside the roster stand in "
        "tables of personal networks beside it, which no analysis reads.",
        "da": "i kopien er '{relation}' en tabel over, hvem på personalelisten der nævnte hvem; personer uden for "
        "listen står i tabeller over personlige netværk ved siden af, som ingen analyse læser.",
    },
    "coded-rare-answers": {
        "en": "{count} answers about people named in '{relation}' were given by one respondent only, so somebody may "
        "have typed them; in the copy they are called other-1, other-2, ….",
        "da": "{count} svar om de nævnte i '{relation}' er kun givet af én person og kan være skrevet i hånden; i "
        "kopien "
        "hedder de other-1, other-2, ….",
    },
    "coded-free-text": {
        "en": "an answer to '{relation}' in wave '{wave}' is running text{more}. Expected answers of up to {most} "
        "characters: a coded copy holds nothing that people wrote freely. Do: take the question out of study.toml for "
        "the copy, or code the answers first.",
        "da": "et svar på '{relation}' i målingen '{wave}' er løbende tekst{more}. Forventede svar på højst {most} "
        "tegn: en kodet kopi indeholder intet, folk har skrevet frit. Gør: tag spørgsmålet ud af study.toml til "
        "kopien, eller kod svarene først.",
    },
    "coded-names-open": {
        "en": "{count} typed names are not decided about; a copy counts them as outside, and after --replace nobody "
        "could decide any more. Expected decisions first. Do: fill in names_to_check.csv, or make a copy without "
        "--replace.",
        "da": "{count} indtastede navne er ikke afgjort; en kopi tæller dem som udenforstående, og efter --replace "
        "kunne ingen længere afgøre dem. Forventede afgørelser først. Gør: udfyld names_to_check.csv, eller lav en "
        "kopi uden --replace.",
    },
    "coded-replace-and-out": {
        "en": "both a folder for the copy and --replace are given. Expected one of them. Do: leave one out.",
        "da": "der er angivet både en mappe til kopien og --replace. Forventede ét af dem. Gør: udelad det ene.",
    },
    "coded-no-plan": {
        "en": "there is no study.toml in the study folder to replace. Expected the plan under this name. Do: "
        "rename it.",
        "da": "der er ingen study.toml i undersøgelsens mappe at erstatte. Forventede planen under dette navn. Gør: "
        "omdøb den.",
    },
    "coded-not-put": {
        "en": "the coded copy cannot be put in its place ({reason}); everything is as it was. Expected a folder that "
        "may be changed. Do: close its files in other programs, check the permissions and run again.",
        "da": "den kodede kopi kan ikke lægges på sin plads ({reason}); alt er, som det var. Forventede en mappe, der "
        "må ændres. Gør: luk dens filer i andre programmer, se efter rettighederne, og kør igen.",
    },
    "coded-not-deleted": {
        "en": "the study is coded now, but this raw file cannot be deleted. Expected that it may be. Do: close it in "
        "other programs and delete it yourself.",
        "da": "undersøgelsen er kodet nu, men denne rå fil kan ikke slettes. Forventede, at den må. Gør: luk den i "
        "andre programmer, og slet den selv.",
    },
    "coded-left-beside": {
        "en": "{count} files beside the tables that were replaced are not named by study.toml and are left as they "
        "were; they may hold answers of people who withdrew.",
        "da": "{count} filer ved siden af de tabeller, der blev erstattet, nævnes ikke af study.toml og er, som de "
        "var; der kan stå svar i dem fra personer, der har trukket sig.",
    },
}

_SCAN: dict[str, dict[Language, str]] = {
    "left-name": {
        "en": "here stands the name of the person in row {person} of {roster}{more}. Expected no name. Do: take it out "
        "of the file, or of what it was made from (study.toml, names of files and columns).",
        "da": "her står navnet på personen i række {person} af {roster}{more}. Forventede intet navn. Gør: fjern det "
        "fra filen, eller fra det, den er lavet af (study.toml, navne på filer og kolonner).",
    },
    "left-email": {
        "en": "here stands the e-mail address, or what stands before its @, of the person in row {person} of "
        "{roster}{more}. Expected none. Do: take it out of the file, or of what it was made from.",
        "da": "her står e-mailadressen, eller det foran dens @, på personen i række {person} af {roster}{more}. "
        "Forventede ingen. Gør: fjern den fra filen, eller fra det, den er lavet af.",
    },
    "left-key": {
        "en": "here stands the id or key of the person in row {person} of {roster}{more}. Expected none. Do: take it "
        "out of the file, or of what it was made from.",
        "da": "her står id eller nøgle for personen i række {person} af {roster}{more}. Forventede ingen. Gør: fjern "
        "det fra filen, eller fra det, den er lavet af.",
    },
    "left-initials": {
        "en": "here stand the initials of the person in row {person} of {roster}{more}. Expected none. Do: take them "
        "out; if they are an ordinary word here, write that word into a comment of study.toml.",
        "da": "her står initialerne på personen i række {person} af {roster}{more}. Forventede ingen. Gør: fjern dem; "
        "er de et almindeligt ord her, så skriv ordet i en kommentar i study.toml.",
    },
    "left-name-part": {
        "en": "here stands a part of the name of the person in row {person} of {roster}{more}. Expected none. Do: take "
        "it out; if it is an ordinary word here, write that word into a comment of study.toml.",
        "da": "her står en del af navnet på personen i række {person} af {roster}{more}. Forventede ingen. Gør: fjern "
        "den; er den et almindeligt ord her, så skriv ordet i en kommentar i study.toml.",
    },
    "left-ordinary-word": {
        "en": "here stands a word that is also a part of a name, in row {person} of {roster}{more}; netlearn, "
        "study.toml or a department uses it as an ordinary word.",
        "da": "her står et ord, der også er en del af et navn, i række {person} af {roster}{more}; netlearn, "
        "study.toml eller en afdeling bruger det som almindeligt ord.",
    },
    "scan-no-folder": {
        "en": "there is no such folder. Expected the folder to look into. Do: correct the path, or run the study "
        "first.",
        "da": "mappen findes ikke. Forventede den mappe, der skal ses efter i. Gør: ret stien, eller kør undersøgelsen "
        "først.",
    },
    "scan-not-read": {
        "en": "this was not looked into: PDF, a picture without text, packed or binary data.",
        "da": "der er ikke set efter i denne: PDF, et billede uden tekst, pakkede eller binære data.",
    },
    "scan-raw-left-out": {
        "en": "{count} raw files of the study lie in the folder and were not looked into.",
        "da": "{count} af undersøgelsens rå filer ligger i mappen, og der er ikke set efter i dem.",
    },
    "scan-short-keys": {
        "en": "{count} ids or keys are too short to be told from other numbers and words, and were not looked for.",
        "da": "{count} id'er eller nøgler er for korte til at kendes fra andre tal og ord, og der er ikke ledt efter "
        "dem.",
    },
}

PRIVACY = _WITHDRAWN | _KEY | _CODED | _SCAN
