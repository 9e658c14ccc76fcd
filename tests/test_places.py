"""Where departments lie: every department of the roster has a place, and what is wrong is said with its row."""

from __future__ import annotations

from pathlib import Path

import pytest
import studies
from studies import changed, grid

from netlearn.analysis.data import read_data
from netlearn.study.plan import read_study
from netlearn.survey.check import check_study

PLACES = 'department,x,y\nNorth,0,1.5\nSouth,"2,25",0\n'
TABLE = '\n[places]\nfile = "places.csv"\n'


def files(places: str = PLACES) -> dict[str, str]:
    made = changed(grid(), "study.toml", "[primary]", f"{TABLE}\n[primary]")
    return {**made, "places.csv": places}


def test_places_are_read_with_either_decimal_sign(tmp_path: Path) -> None:
    data = read_data(read_study(studies.write(tmp_path, files())))
    assert data.places == {"North": (0.0, 1.5), "South": (2.25, 0.0)}


@pytest.mark.parametrize(
    ("places", "code", "row"),
    [
        (PLACES.replace("South", "Sout"), "place-missing", 0),
        (PLACES + "North,1,1\n", "place-twice", 4),
        (PLACES.replace("1.5", "east"), "bad-coordinate", 2),
        (PLACES.replace("1.5", ""), "bad-coordinate", 2),
        (PLACES.replace("y\n", "north\n", 1), "missing-column", 1),
    ],
)
def test_what_is_wrong_is_said_with_its_row(places: str, code: str, row: int, tmp_path: Path) -> None:
    (fault,) = check_study(studies.write(tmp_path, files(places))).faults
    assert (fault.code, fault.file, fault.row) == (code, "places.csv", row)
    assert "Expected" in fault.text()
    assert "Gør:" in fault.text("da")
