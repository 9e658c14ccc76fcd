"""The report: one page to read, tables and figures to use, and where everything came from."""

from netlearn.report.write import check_target, write_report

__all__ = ["check_target", "write_report"]
