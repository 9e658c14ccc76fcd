"""The report: one page to read, tables and figures to use, and where everything came from."""

from netlearn.report.notebook import run_notebook
from netlearn.report.section import Section
from netlearn.report.sections import report_section
from netlearn.report.write import check_target, write_report

__all__ = ["Section", "check_target", "report_section", "run_notebook", "write_report"]
