"""What an outcome of a study file names: waves in order, and the relation, scale, gap or list it is measured on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from netlearn.study.planned import Family, Outcome, family, needs
from netlearn.study.tomlcheck import Entries, Entry, Fault, check_known, describes

_PLACES = {"relation": "relations", "scale": "scales", "gap": "gaps", "attendance": "attendance"}


@dataclass(frozen=True)
class Known:
    """The tables of the file that an outcome may name."""

    waves: Entries
    relations: Entries
    scales: Entries
    gaps: Entries
    attendance: Entries
    roster: Entry
    assignment: bool

    def names(self, key: str) -> dict[str, Entry]:
        """Return the tables that a key of an outcome may name, by name."""
        return {entry["name"]: entry for entry, _ in getattr(self, _PLACES[key]) if entry["name"] is not None}


def check_outcome(table: str, index: int, entry: Entry, known: Known, fault: Fault) -> bool:
    """Everything that the measure needs is named and exists; tell whether so."""
    if entry["measure"] is None:
        if entry["relation"]:
            _check_named("relation", table, index, entry, known, fault)
        return _check_waves(table, index, entry, known, fault)
    kind, wanted = family(entry["measure"]), needs(entry["measure"])
    # Every key is looked at, so that all faults are told at once.
    named = [_check_named(key, table, index, entry, known, fault) for key in wanted]
    fine = all(named)
    for key in _PLACES:
        if entry[key] and key not in wanted:
            values = {"measure": entry["measure"], "known": wanted}
            fault("outcome-key-not-used", table, key, index, **values)
            fine = False
    fine &= _check_list(kind, table, index, entry, known, fault)
    if entry["group"] and entry["measure"] == "trained_score":
        fault("outcome-key-not-used", table, "group", index, measure=entry["measure"], known=wanted)
        fine = False
    elif entry["group"]:
        fine &= describes(entry["group"], known.roster, table, "group", fault, index)
        fine &= _check_family("group", kind, ("network", "trained"), table, index, entry, fault)
    if entry["subscale"]:
        fine &= _check_subscale(table, index, entry, known, fault)
    if kind == "trained" and not known.assignment:
        fault("outcome-without-assignment", table, "measure", index, measure=entry["measure"])
        fine = False
    return (
        _check_waves(table, index, entry, known, fault)
        and fine
        and _check_relation(kind, table, index, entry, known, fault)
    )


def _check_named(key: str, table: str, index: int, entry: Entry, known: Known, fault: Fault) -> bool:
    if not entry[key]:
        fault("missing-key", table, key, index, expected="text")
        return False
    if key == "score":
        relation = known.names("relation").get(entry["relation"])
        told = (
            []
            if relation is None
            else [*relation["alter_columns"], *(r for s in relation["slots"] for r in s)]
        )
        return check_known(entry[key], told, table, key, index, fault)
    return check_known(entry[key], list(known.names(key)), table, key, index, fault)


def _check_family(
    key: str, kind: Family, right: tuple[Family, ...], table: str, index: int, entry: Entry, fault: Fault
) -> bool:
    if kind not in right:
        fault(
            "outcome-key-not-used", table, key, index, measure=entry["measure"], known=needs(entry["measure"])
        )
    return kind in right


def _check_list(kind: Family, table: str, index: int, entry: Entry, known: Known, fault: Fault) -> bool:
    """Tell whether the attendance list has what the measure compares: two periods, or staff in rooms."""
    listed = known.names("attendance").get(entry["attendance"])
    if listed is None:
        return True
    if kind == "attendance" and not listed["period"]:
        fault("outcome-needs-periods", table, "attendance", index, measure=entry["measure"])
        return False
    if kind == "exposure" and listed["of"] != "staff":
        fault("outcome-needs-staff", table, "attendance", index, measure=entry["measure"])
        return False
    return True


def _check_subscale(table: str, index: int, entry: Entry, known: Known, fault: Fault) -> bool:
    scale = entry["scale"]
    if entry["gap"] and (gap := known.names("gap").get(entry["gap"])) is not None:
        scale = gap["required"]
    there = known.names("scale").get(scale)
    return there is None or check_known(
        entry["subscale"], list(there["subscales"]), table, "subscale", index, fault
    )


def _check_waves(table: str, index: int, entry: Entry, known: Known, fault: Fault) -> bool:
    labels = [wave["label"] for wave, _ in known.waves]
    first_last = entry["waves"] or ()
    there = [check_known(label, labels, table, "waves", index, fault) for label in first_last]
    if not first_last or not all(there):
        return False
    if labels.index(first_last[0]) >= labels.index(first_last[1]):
        fault("outcome-reversed", table, "waves", index, first=first_last[0], second=first_last[1])
        return False
    return True


def _check_relation(kind: Family, table: str, index: int, entry: Entry, known: Known, fault: Fault) -> bool:
    """Tell whether the relation was asked in both waves, in the way that the measure needs."""
    relation = known.names("relation").get(entry["relation"])
    if relation is None:
        return not entry["relation"]
    if kind == "ego" and relation["kind"] != "name-generator":
        fault(
            "outcome-needs-generator",
            table,
            "relation",
            index,
            measure=entry["measure"],
            kind=relation["kind"],
        )
        return False
    own = {wave["label"]: wave["file"] for wave, _ in known.waves}
    for label in entry["waves"]:
        # A wave without any file has its own fault; here a relation is left out of one wave.
        if label in relation["files"] and not relation["files"][label] and own[label]:
            fault("outcome-not-asked", table, "waves", index, wave=label, relation=entry["relation"])
            return False
    return True


def check_design(design: Any, primary: Outcome | None, known: Known, fault: Fault) -> None:
    """Check that a design with untrained people says who they are, and that its primary outcome compares them."""
    if design not in ("comparison", "staggered"):
        return
    if not known.assignment:
        fault("design-without-assignment", "study", "design", design=design)
    elif primary is not None and primary.family != "trained":
        fault("primary-ignores-assignment", "primary", "measure", design=design, measure=primary.measure)
