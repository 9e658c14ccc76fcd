"""Withdraw a person from a study: one command, re-runnable, logged without the name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from netlearn.errors import NetlearnError
from netlearn.study.findings import Findings
from netlearn.study.plan import Study
from netlearn.study.rawtable import plain
from netlearn.study.roster import Roster
from netlearn.study.studyfiles import answer_files, staff_lists
from netlearn.study.withdrawn import FILE, add_withdrawal, read_withdrawn
from netlearn.survey.reader import read_roster
from netlearn.survey.table import Tables
from netlearn.wording import Language, privacy_words

_BY_ID, _BY_CODE = "id:", "code:"


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal did.

    Attributes
    ----------
    roster, row : str, int
        Where the person stands.
    ties : bool
        Whether ties to the person are left out too.
    already : bool
        Whether that was so before: then nothing was written.
    by_result_code : bool
        Whether the person was named by a code of the results, which changes with roster and seed.
    files, lists : tuple of str
        Files that still hold the answers, and attendance lists that still hold what the person took part in.
    log : str
        The list of people who withdrew.
    """

    roster: str
    row: int
    ties: bool
    already: bool
    by_result_code: bool
    files: tuple[str, ...]
    lists: tuple[str, ...] = ()
    log: str = FILE

    def message(self, language: Language = "en") -> str:
        """Say what was done, and what still holds the answers."""
        return privacy_words.withdrawn(self, language)

    def __repr__(self) -> str:
        return self.message()


def withdraw(study: Study, code: str, ties: bool = False, *, day: date | None = None) -> Withdrawal:
    """Leave the answers of a person, and what the person took part in, out of every later run.

    Parameters
    ----------
    study : Study
    code : str
        Id in the roster, or the code that results show (p001). Where one text is both, of two people: "id:p001" or
        "code:p001".
    ties : bool
        Leave out what others answered about the person too. Once said, it stays so.
    day : date, optional
        Day of the withdrawal; default today.

    Returns
    -------
    Withdrawal
        A second call changes nothing and says so.

    Raises
    ------
    StudyError
        The roster or `withdrawn.csv` have faults, or the file cannot be written: it is as it was.
    NetlearnError
        The code is nobody's, or two people's. It is not repeated, because it may be a name.
    """
    findings = Findings()
    tables = Tables(study, findings)
    roster = read_roster(study, tables, findings)
    table = tables.get(study.roster.file)
    findings.raise_faults(study.language)
    if roster is None or table is None:
        raise NetlearnError(f"{study.roster.file} cannot be read.")
    person, by_code = _person(roster, code, study.language)
    before = read_withdrawn(study.folder, findings, roster.by_id)
    already = person in before and (before[person] or not ties)
    if not already and not findings.faults:
        add_withdrawal(study.folder, person, ties, day or date.today(), findings)
    findings.raise_faults(study.language)
    row = table.numbers[[plain(cell) for cell in table.column(study.roster.id)].index(person)]
    ties = ties or before.get(person, False)
    files, lists = tuple(answer_files(study)), tuple(staff_lists(study))
    return Withdrawal(study.roster.file, row, ties, already, by_code, files, lists)


def _person(roster: Roster, code: str, language: Language) -> tuple[str, bool]:
    """Return the id that a code means, and whether it is a code of the results."""
    ids = {place: person for person, place in roster.by_id.items()}
    text = plain(code)
    by_id, by_code = text.removeprefix(_BY_ID), text.removeprefix(_BY_CODE)
    found: dict[str, bool] = {}
    if by_code in roster.codes and (text == by_code or text.startswith(_BY_CODE)):
        found[ids[roster.codes.index(by_code)]] = True
    if by_id in roster.by_id:
        found[by_id] = False
    if not found:
        raise NetlearnError(privacy_words.unknown_code(language))
    if len(found) > 1:
        said = privacy_words.ambiguous_code(f"{_BY_ID}{text}", f"{_BY_CODE}{text}", language)
        raise NetlearnError(said)
    return next(iter(found.items()))
