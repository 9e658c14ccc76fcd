"""Names of the measures in both languages, in the order of the catalogue."""

from __future__ import annotations

# name -> (English, Danish)
MEASURE_NAMES: dict[str, tuple[str, str]] = {
    "density": ("Ties with any colleague", "Forbindelser til kolleger i alt"),
    "cross_density": ("Ties across departments", "Forbindelser på tværs af afdelinger"),
    "within_density": ("Ties within departments", "Forbindelser inden for afdelingerne"),
    "cross_share": ("Share of ties that cross departments", "Andel af forbindelser på tværs"),
    "ei_index": ("E-I index", "E-I-indeks"),
    "cross_log_odds": ("Log odds ratio, across against within", "Log-oddsratio, på tværs mod inden for"),
    "reciprocity": ("Share of ties that are returned", "Andel af forbindelser, der er gensidige"),
    "departments_in_contact": ("Departments in contact", "Afdelinger i kontakt"),
    "cross_out_degree": ("Colleagues named in other departments", "Nævnte kolleger i andre afdelinger"),
    "cross_in_degree": ("Named by colleagues in other departments", "Nævnt af kolleger i andre afdelinger"),
    "without_cross_contact": (
        "People without contacts elsewhere",
        "Personer uden kontakter i andre afdelinger",
    ),
    "departments_named": (
        "Other departments among a person's contacts",
        "Andre afdelinger blandt en persons kontakter",
    ),
    "blau": ("Diversity of contacts (Blau)", "Spredning af kontakter (Blau)"),
    "iqv": ("Diversity of contacts (IQV)", "Spredning af kontakter (IQV)"),
    "cross_over_expected": (
        "Contacts elsewhere over expected",
        "Kontakter i andre afdelinger i forhold til det forventede",
    ),
    "cross_position": (
        "Contacts elsewhere between least and most",
        "Kontakter i andre afdelinger mellem mindst og mest",
    ),
    "ei_rescaled": ("E-I index, rescaled", "E-I-indeks, omskaleret"),
    "ei_expected": ("E-I index expected from sizes", "E-I-indeks forventet ud fra størrelser"),
    "ei_label_z": ("E-I index against random labels", "E-I-indeks mod tilfældige afdelinger"),
    "odds_ratio_within": ("Odds ratio, within against across", "Oddsratio, inden for mod på tværs"),
    "assortativity": ("Assortativity", "Assortativitet"),
    "assortativity_undirected": (
        "Assortativity, both directions together",
        "Assortativitet, begge retninger samlet",
    ),
    "freeman_segregation": ("Freeman's segregation index", "Freemans segregationsindeks"),
    "within_group_mixing": ("Mixing within groups (Q)", "Blanding inden for grupper (Q)"),
    "coleman": ("Coleman's homophily index", "Colemans homofiliindeks"),
    "segregation_matrix": ("Segregation matrix index", "Segregationsmatrixindeks"),
    "department_ei": ("E-I index of the department", "Afdelingens E-I-indeks"),
    "spectral_segregation": ("Spectral segregation index", "Spektralt segregationsindeks"),
    "reciprocity_cross": (
        "Share of cross ties that are returned",
        "Andel af forbindelser på tværs, der er gensidige",
    ),
    "reciprocity_within": (
        "Share of within ties that are returned",
        "Andel af forbindelser inden for, der er gensidige",
    ),
    "reciprocity_dyadic": ("Share of pairs that agree", "Andel af par, der er enige"),
    "reciprocity_nonnull": (
        "Share of tied pairs that are mutual",
        "Andel af forbundne par, der er gensidige",
    ),
    "reciprocity_correlation": ("Correlation of the two reports", "Sammenhæng mellem de to svar"),
    "transitivity": ("Transitivity", "Transitivitet"),
    "transitivity_union": ("Transitivity of the union", "Transitivitet i foreningsnetværket"),
    "isolates": ("Isolates", "Isolerede personer"),
    "reachability": ("Pairs that can reach each other", "Par, der kan nå hinanden"),
    "reachability_cross": ("Cross pairs that can reach each other", "Par på tværs, der kan nå hinanden"),
    "mean_distance": ("Mean distance", "Gennemsnitlig afstand"),
    "mean_distance_cross": (
        "Mean distance across departments",
        "Gennemsnitlig afstand på tværs af afdelinger",
    ),
    "brokerage": ("Brokered pairs", "Formidlede par"),
    "brokerage_coordinator": ("Pairs brokered as coordinator", "Par formidlet som koordinator"),
    "brokerage_itinerant": ("Pairs brokered as itinerant broker", "Par formidlet som konsulent"),
    "brokerage_representative": ("Pairs brokered as representative", "Par formidlet som repræsentant"),
    "brokerage_gatekeeper": ("Pairs brokered as gatekeeper", "Par formidlet som portvogter"),
    "brokerage_liaison": ("Pairs brokered as liaison", "Par formidlet som forbindelsesled"),
    "boundary_spanners": ("Boundary spanners", "Grænsekrydsere"),
    "constraint": ("Constraint", "Begrænsning (constraint)"),
    "effective_size": ("Effective size", "Effektiv størrelse"),
}
