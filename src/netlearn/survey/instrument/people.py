"""Who stands on the questionnaire: those employed at the wave, by department and name, told apart."""

from __future__ import annotations

import unicodedata
from collections import Counter

from netlearn.study.findings import Findings
from netlearn.study.plan import Study, WavePlan
from netlearn.study.rawtable import plain
from netlearn.study.roster import Roster, make_roster
from netlearn.survey.instrument.form import Colleague
from netlearn.survey.table import read_table

# æ, ø and å stand at the end of the Danish alphabet, in this order.
_DANISH = str.maketrans({"æ": "\U0010fff0", "ø": "\U0010fff1", "å": "\U0010fff2"})


def read_people(
    study: Study, wave: WavePlan, findings: Findings
) -> tuple[Roster, tuple[Colleague, ...]] | None:
    """Read the staff list.

    Parameters
    ----------
    study, wave : Study, WavePlan
    findings : Findings
        Every fault of the staff list is added, and notes about people without a name or with the same one.

    Returns
    -------
    (Roster, tuple of Colleague) or None
        None if there are faults.
    """
    before = len(findings.faults)
    table = read_table(study, study.roster.file, study.files, findings)
    roster = None if table is None else make_roster(study, table, findings)
    if roster is None or len(findings.faults) > before:
        return None
    there = [at for at in range(roster.n) if roster.employed[wave.label][at]]
    file = study.roster.file
    if len(there) < 2:
        findings.fault("instrument-too-few", file, count=len(there), wave=wave.label)
        return None
    return roster, _in_order(_colleagues(study, wave, roster, there, findings))


def _colleagues(
    study: Study, wave: WavePlan, roster: Roster, there: list[int], findings: Findings
) -> list[Colleague]:
    ids = sorted(roster.by_id, key=lambda text: roster.by_id[text])
    keys = {person: key for key, person in roster.by_key.items()}
    names = [flat(roster.names[at]) if roster.names else "" for at in range(roster.n)]
    file = study.roster.file
    if unnamed := sum(not names[at] for at in there):
        findings.note("instrument-ids-shown", file, column=study.roster.name or "", count=unnamed)
    if missing := sum(at not in keys for at in there):
        findings.fault("instrument-keys", file, 0, study.roster.key or "", count=missing)
    called = {at: names[at] or flat(ids[at]) for at in there}
    department = {at: flat(roster.departments[wave.label][at]) for at in there}
    shared = Counter(called[at].casefold() for at in there)
    both = Counter((called[at].casefold(), department[at]) for at in there)
    if same := sum(shared[called[at].casefold()] > 1 for at in there):
        findings.note("instrument-same-names", file, column=study.roster.name or "", count=same)
    found = []
    for at in there:
        name, where = called[at], department[at]
        shown = name
        if both[name.casefold(), where] > 1:
            shown = f"{name} ({where}, {flat(ids[at])})"
        elif shared[name.casefold()] > 1:
            shown = f"{name} ({where})"
        found.append(Colleague(ids[at], keys.get(at, ids[at]), name, shown, where))
    return found


def _in_order(people: list[Colleague]) -> tuple[Colleague, ...]:
    return tuple(sorted(people, key=lambda p: (_sorted(p.department), p.department, _sorted(p.name), p.id)))


def _sorted(text: str) -> str:
    return plain(text).casefold().translate(_DANISH)


def flat(text: str) -> str:
    r"""Return a text in one line, as it is printed: no signs that cannot be seen, single spaces.

    Examples
    --------
    >>> flat("Anne\nBak  Hansen")
    'Anne Bak Hansen'
    """
    # Signs that no file of a survey tool can hold: controls, half characters, and the two that are never characters.
    seen = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in "\ufffe\uffff" else sign
        for sign in text
    )
    return " ".join(plain(seen).split())
