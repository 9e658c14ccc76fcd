"""The tables of a report; they are made in `netlearn.analysis.shown_tables`, so that results can write them too."""

from netlearn.analysis.shown_table import Table
from netlearn.analysis.shown_tables import (
    certainty_table,
    handling_table,
    ladder_table,
    outcomes_table,
    response_table,
    turnover_table,
)

__all__ = [
    "Table",
    "certainty_table",
    "handling_table",
    "ladder_table",
    "outcomes_table",
    "response_table",
    "turnover_table",
]
