"""The report: one page to read, tables and figures to use, and where everything came from."""

from netlearn.report.build import report_of
from netlearn.report.document import Document, Report
from netlearn.report.notebook import run_notebook
from netlearn.report.saved import read_report
from netlearn.report.section import Section
from netlearn.report.sections import report_section
from netlearn.report.write import check_target, rebuild_report, write_report

__all__ = [
    "Document",
    "Report",
    "Section",
    "check_target",
    "read_report",
    "rebuild_report",
    "report_of",
    "report_section",
    "run_notebook",
    "write_report",
]
