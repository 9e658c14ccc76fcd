"""Read a CSV, TXT, TSV or XLSX file to a RawTable; nothing is repaired silently."""

from __future__ import annotations

from netlearn.study.findings import Findings
from netlearn.study.plan import FileFormat, Study
from netlearn.study.rawtable import RawTable, file_is_there
from netlearn.survey.grid import check_names
from netlearn.survey.source import open_source


class Tables:
    """The files of one study, each read once.

    Parameters
    ----------
    study : Study
        Gives the folder and how text files are written.
    findings : Findings
        Faults and notes about the files are added here, once per file.
    """

    def __init__(self, study: Study, findings: Findings) -> None:
        self._study, self._findings = study, findings
        self._read: dict[tuple[str, str | None], RawTable | None] = {}

    def get(self, file: str, sheet: str | None = None) -> RawTable | None:
        """Return a file's table, or None if it has faults."""
        if (file, sheet) not in self._read:
            study = self._study
            self._read[file, sheet] = read_table(study, file, study.files, self._findings, sheet)
        return self._read[file, sheet]


def read_table(
    study: Study, file: str, form: FileFormat, findings: Findings, sheet: str | None = None
) -> RawTable | None:
    """Read one file of a study folder.

    Parameters
    ----------
    study : Study
        Gives the folder.
    file : str
        Name of the file, relative to the folder.
    form : FileFormat
        Stated encoding and separator of text files, or "auto".
    findings : Findings
        Every fault and note is added here.
    sheet : str, optional
        Excel sheet; the first by default.

    Returns
    -------
    RawTable or None
        None if the file has a fault, such as two columns of one name.
    """
    if not file_is_there(study.folder, file, findings):
        return None
    before = len(findings.faults)
    source = open_source(study.folder, file, form, findings, sheet=sheet)
    table = None if source is None else source.table()
    if table is not None:
        check_names(table, findings)
    return table if len(findings.faults) == before else None
