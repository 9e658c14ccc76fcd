"""The checklist of reviewers, answered from the results: items of GRAND, and those of STROBE that a design needs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from netlearn.analysis.exposure_part import ExposurePart
from netlearn.analysis.ladder import design_rung
from netlearn.analysis.measurement import MeasurementPart
from netlearn.analysis.network import Network
from netlearn.analysis.results import Results
from netlearn.analysis.training_part import TrainingPart
from netlearn.report.section import Section
from netlearn.report.tables import Table
from netlearn.study.plan import RelationPlan
from netlearn.wording import Language, ladder, measurement, outcome_names, shared_rooms, training
from netlearn.wording import checklist as words
from netlearn.wording.numbers import count, day, number, percent
from netlearn.wording.paragraphs import listed
from netlearn.wording.sources import references
from netlearn.wording.terms import pick, term

Row = tuple[str, str, str]  # item, answer, section
OPEN = ("roster", "multiple-choice", "multiple-answer", "adjacency")  # kinds in which everybody can be named
THEMES = {"training": (TrainingPart, training.HEADING), "rooms": (ExposurePart, shared_rooms.HEADING),
          "scales": (MeasurementPart, measurement.HEADING)}  # fmt: skip


def checklist_section(results: Results, language: Language) -> Section:
    """Return what guidelines ask of a report about a network, and the answer of a study.

    Parameters
    ----------
    results : Results
        Titled.
    language : "en" or "da"

    Returns
    -------
    Section
        Two tables with the columns item, in this study, where.
    """
    guides = pick(words.GUIDES, language)
    ego = [pick(words.EGO, language)] if results.study.design == "ego" else []
    return Section(
        key="checklist",
        heading=pick(words.HEADING, language),
        texts=(pick(words.LEAD, language), *ego),
        tables=(
            _table("network", [*_data(results, language), *_nodes(results, language), *_edges(results, language),
                               *_made(results, language)], results, language),
            _table("design", [*_plan(results, language), *_analysis(results, language)], results, language),
        ),
        small=(guides, *references([guides])),
        appendix=True,
    )  # fmt: skip


def _table(name: str, rows: Iterable[Row], results: Results, language: Language) -> Table:
    told = [
        (pick(words.ITEMS[item], language), text, _where(at, results, language)) for item, text, at in rows
    ]
    heads = tuple(pick(pair, language) for pair in words.COLUMNS)
    return Table(pick(words.CAPTIONS[name], language), heads, tuple(told), (False,) * len(heads))


def _where(at: str, results: Results, language: Language) -> str:
    """Return the heading of a section; "" where the report has none such."""
    network = at in ("change", "turnover", "handling")
    if not at or (network and results.network is None) or (at == "notes" and not results.notes):
        return ""
    if at in THEMES:
        kind, heading = THEMES[at]
        return pick(heading, language) if any(type(part) is kind for part in results.parts) else ""
    beside = at == "change" and results.network is not None and results.network.outcome.role != "primary"
    return term("heading", "change_beside" if beside else at, language)


def _each(results: Results, of: str, language: Language) -> str:
    """Say a number of everybody for each wave: "employed", or "answered" with its share."""
    everybody = results.response.groupby("wave", sort=False).first()
    told = []
    for wave, row in everybody.iterrows():
        share = f"/{count(row['employed'], language)} ({percent(row['share'], language)})"
        told.append(f"{wave}: {count(row[of], language)}{share if of == 'answered' else ''}")
    return "; ".join(told)


def _name(plan: RelationPlan) -> str:
    return plan.title or plan.name


def _data(results: Results, language: Language) -> list[Row]:
    study = results.study
    sources = dict.fromkeys(plan.source for plan in study.relations)
    how = words.said("simulated", language) if study.simulated else ""
    how = how or ", ".join(words.said(source, language) for source in sources)
    dates = [wave.date for wave in study.waves]
    days = listed([count((b - a).days, language) for a, b in pairwise(dates)], language)
    several = words.said("waves", language, n=count(len(dates), language), days=days)
    waves = "; ".join(f"{w.title or w.label}: {day(w.date, language)}" for w in study.waves)
    authors = words.said("authors", language)
    return [
        ("1.1", how, "method"),
        ("1.2", authors, ""),
        ("1.3", several if len(dates) > 1 else words.said("one", language), "method"),
        ("1.4", authors, ""),
        ("1.5", waves, "method"),
        ("1.6", authors, ""),
        ("1.7", authors, ""),
    ]


def _nodes(results: Results, language: Language) -> list[Row]:
    study = results.study
    ego = study.design == "ego"
    return [
        ("2.1", words.said("egos" if ego else "employed", language), "method"),
        ("2.2", _each(results, "employed", language), "response"),
        ("2.3", words.said("list_asked" if study.roster.asked else "list", language), "response"),
        ("2.4", _each(results, "answered", language), "response"),
        ("2.5", "; ".join(_places(plan, language) for plan in study.relations), ""),
    ]


def _places(plan: RelationPlan, language: Language) -> str:
    kind = (
        "places"
        if plan.n_slots
        else "everyone"
        if plan.kind in OPEN or plan.source == "records"
        else "unknown"
    )
    return words.said(kind, language, relation=_name(plan), n=count(plan.n_slots, language))


def _edges(results: Results, language: Language) -> list[Row]:
    study = results.study
    ways = {True: "directed", False: "undirected"}
    asked = "; ".join(f"{_name(p)}: {p.question}" if p.question else _name(p) for p in study.relations)
    way = "; ".join(words.said(ways[p.directed], language, relation=_name(p)) for p in study.relations)
    lists = ", ".join(plan.title or plan.name for plan in study.attendance)
    two = words.said("two_mode", language, lists=lists) if lists else words.said("none", language)
    return [
        ("3.1", asked, "method"),
        ("3.2", way, "method"),
        ("3.3", words.said("unweighted", language), "method"),
        ("3.4", words.said("loops", language), "notes"),
        ("3.5", two, ""),
        ("3.6", words.said("no", language), ""),
        ("3.7", _ties(results, language), "turnover"),
    ]


def _ties(results: Results, language: Language) -> str:
    """Say how many ties there are in each of the two waves of the network, as its turnover tells them."""
    if results.network is None:
        return words.said("none", language)
    change, moved = results.network.outcome.change, results.network.turnover.loc["all"]
    kept, formed, dissolved = (float(str(moved[name])) for name in ("kept", "formed", "dissolved"))
    ties = (kept + dissolved, kept + formed)
    counts = "; ".join(f"{w}: {count(n, language)}" for w, n in zip(change.waves, ties, strict=True))
    return words.said("edges", language, relation=change.relation, counts=counts)


def _made(results: Results, language: Language) -> list[Row]:
    study, none = results.study, words.said("none", language)
    same = [words.said(p.symmetrize, language, relation=_name(p)) for p in study.relations if not p.directed]
    cut = [_cut(plan, language) for plan in study.relations if sum(x > 0 for x in plan.levels.values()) > 1]
    rooms = [plan.title or plan.name for plan in study.attendance if plan.of == "staff"]
    shared = any(type(part) is ExposurePart for part in results.parts)
    grouped = len(next(iter(results.panels.values())).group_names) if study.roster.shown else 0
    pooled = grouped or len(results.pooling.pooled)
    network = results.network
    filled = network is not None and "reconstruction" in network.told_handlings
    return [
        ("4.1", "; ".join(same) or none, ""),
        ("4.2", "; ".join(cut) or none, "method" if cut else ""),
        ("4.3", words.said("shared", language, lists=", ".join(rooms)) if shared else none, "rooms"),
        ("4.4", words.said("left_out", language), "notes"),
        (
            "4.5",
            words.said("pooled" if pooled else "not_pooled", language, n=count(pooled, language)),
            "response",
        ),
        ("4.6", words.said("filled" if filled else "not_pooled", language), "handling" if filled else ""),
    ]


def _cut(plan: RelationPlan, language: Language) -> str:
    levels = [level for level in plan.levels.values() if level > 0]
    values = {"threshold": plan.threshold, "lowest": min(plan.levels.values()), "highest": max(levels)}
    shown = {key: number(x, language, 0 if x == round(x) else 1) for key, x in values.items()}
    under = words.said("cut_away", language) if min(levels) < plan.threshold else ""
    return words.said("cut", language, relation=_name(plan), **shown) + under


def _plan(results: Results, language: Language) -> list[Row]:
    study, authors = results.study, words.said("authors", language)
    rung = design_rung(study, study.primary)
    named = {"name": pick(ladder.RUNGS[rung]["name"], language), "word": ladder.word(rung, language)}
    lot = (study.assignment is not None and study.assignment.randomized) or any(
        a.assigned for a in study.attendance
    )
    known = {
        "n": count(len(study.secondary), language),
        "hash": results.provenance.inputs.get("study.toml", "")[:12],
    }
    scales = sum(plan.kind == "scale" for plan in study.scales)
    asked = words.said("scales" if scales else "asked", language, n=count(scales, language))
    return [
        ("question", outcome_names.name(study.primary, study, language), "headline"),
        ("design", words.said("design", language, **named), "limits"),
        ("setting", authors, ""),
        ("assigned", _assigned(results, language), "training" if study.assignment else "rooms"),
        *([("concealed", authors, "")] if lot else []),
        ("outcomes", words.said("declared", language, **known), "outcomes"),
        ("registered", authors, ""),
        ("measured", asked, "scales" if scales else ""),
        (
            "size",
            words.said("some" if study.roster.asked else "census", language, n=_asked(results, language)),
            "",
        ),
    ]


def _asked(results: Results, language: Language) -> str:
    return count(float(results.response["employed"].to_numpy()[0]), language)


def _assigned(results: Results, language: Language) -> str:
    """Say how it was decided who was trained, and who was together."""
    study, how = results.study, {True: "lot", False: "no_lot"}
    told = []
    if study.assignment is not None:
        what = words.said(f"by_{study.assignment.by}", language)
        what += words.said("strata", language) if study.assignment.strata else ""
        told.append(words.said(how[study.assignment.randomized], language, what=what))
    for plan in study.attendance:
        told.append(words.said(how[plan.assigned], language, what=plan.title or plan.name))
    return "; ".join(told if study.assignment else [words.said("nobody", language), *told])


def _analysis(results: Results, language: Language) -> list[Row]:
    study, authors, network = results.study, words.said("authors", language), results.network
    unplanned = sum(found.verdict == "not_planned" for found in results.outcomes)
    several = {"n": count(len(study.secondary), language), "m": count(unplanned, language)}
    behind = {"n": count(results.primary.n_people, language)}
    told = words.said("there", language)
    return [
        ("methods", told, "method"),
        ("missing", *_missing(network, language)),
        ("sensitivity", *_sensitivity(network, language)),
        ("multiple", words.said("holm", language, **several), "outcomes"),
        (
            "behind",
            words.said("people" if results.primary.shown else "hidden", language, **behind),
            "headline",
        ),
        ("result", told, "headline"),
        ("small", words.said("least", language, least=count(study.min_cell_size, language)), "response"),
        ("limits", told, "limits"),
        ("meaning", authors, ""),
        ("again", words.said("version", language, version=results.provenance.versions["netlearn"]), "method"),
        ("consent", words.said("told", language) if study.information else authors, ""),
        ("funding", authors, ""),
    ]


def _missing(network: Network | None, language: Language) -> tuple[str, str]:
    """Say how missing answers were handled, and where that is told."""
    if network is None:
        return words.said("missing", language), "response"
    several = len(network.told_handlings) > 1
    return words.said("never" if several else "never_hidden", language), "handling"


def _sensitivity(network: Network | None, language: Language) -> tuple[str, str]:
    """Say on what else the main number was counted, and where that is told."""
    if network is None:
        return words.said("checked", language), "outcomes"
    return words.said("levels" if network.told_departments else "levels_people", language), "change"
