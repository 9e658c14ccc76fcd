"""Reading: the files of one study, each opened once, and what has been read of them."""

from __future__ import annotations

from netlearn.study.findings import Findings
from netlearn.study.panel import Panel
from netlearn.study.plan import RelationPlan, Study, WavePlan
from netlearn.study.rawtable import file_is_there
from netlearn.study.roster import Roster
from netlearn.study.withdrawn import read_withdrawn
from netlearn.survey.dialects import read_export
from netlearn.survey.export import Export
from netlearn.survey.known import Known
from netlearn.survey.ledger import Ledger
from netlearn.survey.names_file import FILE as NAMES_FILE
from netlearn.survey.names_file import read_decisions
from netlearn.survey.place import Place
from netlearn.survey.source import open_source

Opened = tuple[str, tuple[tuple[str, str], ...], str | None, str]


class Reading:
    """One reading of a study.

    Parameters
    ----------
    study : Study
    roster : Roster or None
        None if it has faults: then nobody can be matched.
    findings : Findings
        Faults and notes are added here.

    Attributes
    ----------
    panels : dict relation -> Panel
        What was read without faults.
    ledger : Ledger
        What became of every cell.
    withdrawn : dict int -> bool
        People who withdrew, and whether ties to them go too.
    known : Known or None
        Who is meant by ids and names, and the names that nobody could be found for.
    """

    def __init__(self, study: Study, roster: Roster | None, findings: Findings) -> None:
        self.study, self.roster, self.findings = study, roster, findings
        self.panels: dict[str, Panel] = {}
        self.ledger = Ledger()
        self._exports: dict[Opened, Export | None] = {}
        self.known: Known | None = None
        self.withdrawn: dict[int, bool] = {}
        if roster is not None:
            decisions = read_decisions(study.folder / NAMES_FILE, findings, roster.by_id)
            self.known = Known(roster, decisions)
            gone = read_withdrawn(study.folder, findings, roster.by_id)
            self.withdrawn = {roster.by_id[person]: ties for person, ties in gone.items()}

    def export(self, file: str, wave: WavePlan) -> Export | None:
        """Return the answers in a file, or None if it has faults."""
        key = (file, tuple(sorted(wave.parts.items())), wave.sheet, wave.dialect)
        if key not in self._exports:
            self._exports[key] = self._open(file, wave)
        return self._exports[key]

    def _open(self, file: str, wave: WavePlan) -> Export | None:
        study, findings = self.study, self.findings
        # Parts belong to the file of the wave, not to those that single relations name.
        parts = wave.parts if file == wave.file else {}
        there = [file_is_there(study.folder, name, findings) for name in (file, *parts.values())]
        if not all(there):
            return None
        before = len(findings.faults)
        source = open_source(study.folder, file, study.files, findings, parts, wave.sheet)
        export = None if source is None else read_export(source, wave.dialect)
        return export if len(findings.faults) == before else None

    def place(self, relation: RelationPlan, wave: WavePlan, export: Export) -> Place:
        """Return where the answers to a question in a wave are read."""
        if self.roster is None or self.known is None:
            raise RuntimeError("a roster with faults has no places")
        context = (self.roster, export, self.known, self.withdrawn, self.findings, self.ledger)
        return Place(self.study, relation, wave, *context)
