"""The literature that a report may cite: how a text cites a source, and the reference in full."""

from __future__ import annotations

from collections.abc import Iterable

# As cited in a text -> authors, year, title, journal, volume, pages; a DOI only where it was looked up.
SOURCES: dict[str, str] = {
    "Agresti & Agresti 1978": "Agresti, A., & Agresti, B. F. (1978). Statistical analysis of qualitative variation. "
    "Sociological Methodology, 9, 204–237.",
    "Aronow, Samii & Assenova 2015": "Aronow, P. M., Samii, C., & Assenova, V. A. (2015). Cluster-robust variance "
    "estimation for dyadic data. Political Analysis, 23(4), 564–577. doi:10.1093/pan/mpv018",
    "Bell & McCaffrey 2002": "Bell, R. M., & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear "
    "regression with multi-stage samples. Survey Methodology, 28(2), 169–181.",
    "Blau 1977": "Blau, P. M. (1977). Inequality and heterogeneity: A primitive theory of social structure. "
    "New York: Free Press.",
    "Borgatti 1997": "Borgatti, S. P. (1997). Structural holes: Unpacking Burt's redundancy measures. Connections, "
    "20(1), 35–38.",
    "Burt 1992": "Burt, R. S. (1992). Structural holes: The social structure of competition. Cambridge, MA: Harvard "
    "University Press.",
    "Callaway & Sant'Anna 2021": "Callaway, B., & Sant'Anna, P. H. C. (2021). Difference-in-differences with multiple "
    "time periods. Journal of Econometrics, 225(2), 200–230. doi:10.1016/j.jeconom.2020.12.001",
    "Cronbach 1951": "Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, "
    "16(3), 297–334. doi:10.1007/BF02310555",
    "Donner 1986": "Donner, A. (1986). A review of inference procedures for the intraclass correlation coefficient in "
    "the one-way random effects model. International Statistical Review, 54(1), 67–82.",
    "Fafchamps & Gubert 2007": "Fafchamps, M., & Gubert, F. (2007). The formation of risk sharing networks. Journal of "
    "Development Economics, 83(2), 326–350.",
    "Feldt 1965": "Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability "
    "coefficient twenty. Psychometrika, 30(3), 357–370. doi:10.1007/BF02289499",
    "Fisher 1935": "Fisher, R. A. (1935). The design of experiments. Edinburgh: Oliver and Boyd.",
    "Freedman & Lane 1983": "Freedman, D., & Lane, D. (1983). A nonstochastic interpretation of reported significance "
    "levels. Journal of Business & Economic Statistics, 1(4), 292–298. doi:10.1080/07350015.1983.10509354",
    "Holm 1979": "Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of "
    "Statistics, 6(2), 65–70.",
    "Krackhardt & Stern 1988": "Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises: An "
    "experimental simulation. Social Psychology Quarterly, 51(2), 123–140. doi:10.2307/2786835",
    "McDonald 1999": "McDonald, R. P. (1999). Test theory: A unified treatment. Mahwah, NJ: Lawrence Erlbaum.",
    "Neal et al. 2026": "Neal, Z. P., Carley, K., Contractor, N., De Domenico, M., Hollway, J., Labianca, G., Landry, "
    "N. W., Lazer, D., Lubbers, M., Neal, J. W., Ortiz, F., Peixoto, T., Pescosolido, B., Prell, C., Teixeira, A. S., "
    "& the GRAND Consortium (2026). Guidelines for Reporting About Network Data (GRAND), version 0.5. Preprint, "
    "www.grand-statement.org",
    "Phipson & Smyth 2010": "Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero: "
    "Calculating exact p-values when permutations are randomly drawn. Statistical Applications in Genetics and "
    "Molecular Biology, 9(1), article 39. doi:10.2202/1544-6115.1585",
    "Rosenbaum 2002": "Rosenbaum, P. R. (2002). Covariance adjustment in randomized experiments and observational "
    "studies. Statistical Science, 17(3), 286–327.",
    "Roth & Sant'Anna 2023": "Roth, J., & Sant'Anna, P. H. C. (2023). Efficient estimation for staggered rollout "
    "designs. Journal of Political Economy Microeconomics, 1(4), 669–709. doi:10.1086/726581",
    "Satterthwaite 1946": "Satterthwaite, F. E. (1946). An approximate distribution of estimates of variance "
    "components. Biometrics Bulletin, 2(6), 110–114. doi:10.2307/3002019",
    "Schuirmann 1987": "Schuirmann, D. J. (1987). A comparison of the two one-sided tests procedure and the power "
    "approach for assessing the equivalence of average bioavailability. Journal of Pharmacokinetics and "
    "Biopharmaceutics, 15(6), 657–680. doi:10.1007/BF01068419",
    "Stork & Richards 1992": "Stork, D., & Richards, W. D. (1992). Nonrespondents in communication network studies: "
    "Problems and possibilities. Group & Organization Management, 17(2), 193–209.",
    "von Elm et al. 2007": "von Elm, E., Altman, D. G., Egger, M., Pocock, S. J., Gøtzsche, P. C., & Vandenbroucke, "
    "J. P. (2007). The Strengthening the Reporting of Observational Studies in Epidemiology (STROBE) statement: "
    "Guidelines for reporting observational studies. PLoS Medicine, 4(10), e296. doi:10.1371/journal.pmed.0040296",
    "Westfall & Young 1993": "Westfall, P. H., & Young, S. S. (1993). Resampling-based multiple testing: Examples and "
    "methods for p-value adjustment. New York: Wiley.",
    "Wilcoxon 1945": "Wilcoxon, F. (1945). Individual comparisons by ranking methods. Biometrics Bulletin, 1(6), "
    "80–83. doi:10.2307/3001968",
    "Wu & Ding 2021": "Wu, J., & Ding, P. (2021). Randomization tests for weak null hypotheses in randomized "
    "experiments. Journal of the American Statistical Association, 116(536), 1898–1913. "
    "doi:10.1080/01621459.2020.1750415",
}  # fmt: skip


def cited(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the sources that stand in some texts, each once and by the alphabet, as keys of `SOURCES`.

    Examples
    --------
    >>> cited(["Holm's correction (Holm 1979).", "It is never 0 (Fisher 1935; Holm 1979)."])
    ('Fisher 1935', 'Holm 1979')
    """
    told = " ".join(texts)
    return tuple(key for key in SOURCES if key in told)


def references(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the references of everything that some texts cite, and of nothing else."""
    return tuple(SOURCES[key] for key in cited(texts))
