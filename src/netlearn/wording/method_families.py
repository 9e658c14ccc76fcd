"""How each family of outcomes was computed, in the past tense, with the sources that a reader can check."""

from __future__ import annotations

Point = tuple[str, str]
NETWORK: tuple[Point, ...] = (
    (
        "Everybody's network: only answers given in both waves were compared, {n} of them.",
        "Hele netværket: Kun svar, der var givet ved begge målinger, blev sammenlignet, {n} i alt.",
    ),
    (
        "The {name} allowed for the answers from one person, and about one person, hanging together (dyadic-robust: "
        "Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015). The influence of every answer was added up per pair "
        "and per person; the variance was the larger of the one over pairs and the one over people, the latter times "
        "n / (n − 4). The quantile was that of t with {df} degrees of freedom{rule}.",
        "{name}let tog højde for, at svar fra den samme person, og svar om den samme person, hænger sammen (dyadisk "
        "robust: Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015). Hvert svars indflydelse blev lagt sammen "
        "pr. par og pr. person; variansen var den største af den på par og den på personer, den sidste ganget med "
        "n / (n − 4). Fraktilen var fra t-fordelingen med {df} frihedsgrader{rule}.",
    ),
    (
        "The verdict looked at people and at departments, at {alpha}, because a calculation over people cannot see "
        "that one event struck a whole department.",
        "Vurderingen så både på personer og på afdelinger, ved {alpha}, fordi en beregning på personer ikke kan se, "
        "at én hændelse ramte en hel afdeling.",
    ),
    (
        "Beside it a coin toss for each {whom} decided, again and again, which of the two waves counted as the first, "
        "and it was counted how often so clear a change came out; each change was divided by its own standard error.",
        "Ved siden af afgjorde et møntkast for {whom} igen og igen, hvilken af de to målinger der regnes for den "
        "første, og det blev talt, hvor ofte en lige så klar ændring kom ud af det; hver ændring blev delt med sin "
        "egen standardfejl.",
    ),
)
EVERY_PAIR = (
    "Pairs of departments were tested at once, by the largest change of any (max-T: Westfall & Young 1993).",
    "Par af afdelinger blev prøvet under ét, ved den største ændring af dem alle (max-T: Westfall & Young 1993).",
)
WITHHELD = (
    "What departments show is left out here, as it would tell of single people.",
    "Afdelingernes egne tal er ikke vist her, fordi de ville røbe noget om enkelte personer.",
)
HANDLED = (
    "Other ways to handle missing answers stand beside it: {ways}.",
    "Andre måder at håndtere manglende svar på står ved siden af: {ways}.",
)
WAYS: dict[str, Point] = {
    "complete_pairs": ("pairs of whom both answered", "par, hvor begge svarede"),
    "reconstruction": (
        "the other person's answer filled in (Stork & Richards 1992)",
        "den andens svar sat i stedet (Stork & Richards 1992)",
    ),
    "bounds": (
        "bounds, from the least to the most favourable answers",
        "grænser, fra de mindst til de mest gunstige svar",
    ),
}
RULE: dict[bool, Point] = {
    False: (
        ": the fewer people carried the change, the fewer they were (Satterthwaite 1946)",
        ": jo færre personer der bar ændringen, jo færre var de (Satterthwaite 1946)",
    ),
    True: (
        " (the variance over pairs was the larger one here, and the pairs were many)",
        " (her var variansen på par den største, og der var mange par)",
    ),
}
TRAINED: dict[bool, Point] = {
    False: (
        "Trained and untrained people: the difference was divided by its standard error (Wu & Ding 2021), with people, "
        "or departments that were trained as wholes, as units. Its p was the share of other ways of dealing the "
        "training, the way it was dealt, that gave a difference at least as clear (randomisation inference: Fisher "
        "1935), and its interval held what such draws did not exclude (Rosenbaum 2002).",
        "Uddannede og ikke-uddannede: Forskellen blev delt med sin standardfejl (Wu & Ding 2021), hvor personer, eller "
        "afdelinger der blev uddannet samlet, var enhederne. Dens p var andelen af andre måder at fordele uddannelsen "
        "på, sådan som den blev fordelt, der gav en mindst lige så klar forskel (randomiseringsinferens: Fisher 1935), "
        "og dens interval rummede det, som sådanne udtræk ikke udelukkede (Rosenbaum 2002).",
    ),
    True: (
        " Each group that started was compared with those not yet trained (Callaway & Sant'Anna 2021; start waves "
        "dealt anew: Roth & Sant'Anna 2023), never with those trained before.",
        " Hver gruppe, der begyndte, blev sammenlignet med dem, der endnu ikke var uddannet (Callaway & Sant'Anna "
        "2021; starttidspunkter fordelt på ny: Roth & Sant'Anna 2023), aldrig med dem, der blev uddannet før.",
    ),
}
FAMILIES: dict[str, Point] = {
    "ego": (
        "Personal networks: every participant was compared with himself or herself (paired t-test over participants), "
        "since the colleagues whom one person names hang together.",
        "Personlige netværk: Hver deltager blev sammenlignet med sig selv (parret t-test på deltagere), da de "
        "kolleger, én person nævner, hænger sammen.",
    ),
    "exposure": (
        "Who was together: pairs who had been in the same group, course or day were compared with pairs of the same "
        "departments, with the same tie before, by a regression over pairs whose standard error allowed for people who "
        "stand in many pairs (Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015; small samples: Bell & McCaffrey "
        "2002).",
        "Hvem der var sammen: Par, der havde været i samme gruppe, på samme hold eller samme dag, blev sammenlignet "
        "med par fra de samme afdelinger med samme forbindelse før, ved en regression på par, hvis standardfejl tog "
        "højde for, at en person indgår i mange par (Fafchamps & Gubert 2007; Aronow, Samii & Assenova 2015; få "
        "personer: Bell & McCaffrey 2002).",
    ),
    "scale": (
        "Scales: every person was compared with himself or herself (paired t-test; Wilcoxon's test (Wilcoxon 1945) and "
        "the share who rose stand beside it, as the answers are ordered steps).",
        "Skalaer: Hver person blev sammenlignet med sig selv (parret t-test; Wilcoxons test (Wilcoxon 1945) og "
        "andelen, der er steget, står ved siden af, fordi svarene er ordnede trin).",
    ),
    "gap": (
        "Competence gap: the required less the present level, as people saw it themselves. How much it closed is told "
        "with what became of both levels.",
        "Kompetencegab: det krævede minus det nuværende niveau, som folk selv så det. Hvor meget det er blevet mindre, "
        "fortælles sammen med, hvad der skete med begge niveauer.",
    ),
    "attendance": (
        "Attendance: every person's two periods were compared, with the two exchanged at random for the p-value.",
        "Deltagelse: Hver persons to perioder blev sammenlignet, og p-værdien fås ved at bytte dem om tilfældigt.",
    ),
    "association": (
        "Association: the correlation of two changes per person, given where each began; the p-value came from "
        "shuffling one of them (Freedman & Lane 1983).",
        "Sammenhæng: korrelationen mellem to ændringer hos hver person, givet hvor den enkelte begyndte; p-værdien kom "
        "fra at blande den ene (Freedman & Lane 1983).",
    ),
}
MEASURES: dict[str, Point] = {
    "ei_index": (
        "The E-I index is ties across less ties within, over all ties (Krackhardt & Stern 1988).",
        "E-I-indekset er forbindelser på tværs minus forbindelser inden for, delt med dem alle (Krackhardt & Stern "
        "1988).",
    ),
    "blau": (
        "Diversity is Blau's index (Blau 1977).",
        "Spredning på afdelinger er Blaus indeks (Blau 1977).",
    ),
    "iqv": (
        "Its share of the largest possible is IQV (Agresti & Agresti 1978).",
        "Dets andel af det størst mulige er IQV (Agresti & Agresti 1978).",
    ),
    "effective_size": (
        "Effective size is that of Burt 1992, computed as in Borgatti 1997.",
        "Effektiv størrelse er Burts (Burt 1992), beregnet som i Borgatti 1997.",
    ),
    "constraint": ("Constraint is that of Burt 1992.", "»Constraint« er Burts (Burt 1992)."),
    "reliability": (
        "How well scales measure is told by alpha (Cronbach 1951; interval: Feldt 1965), omega (McDonald 1999) and the "
        "intraclass correlation of departments (Donner 1986).",
        "Hvor godt skalaer måler, fortælles ved alfa (Cronbach 1951; interval: Feldt 1965), omega (McDonald 1999) og "
        "intraklassekorrelationen for afdelinger (Donner 1986).",
    ),
}
