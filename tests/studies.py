"""Small study folders for tests: six people, two departments, two waves, every answer written out here."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

Files = dict[str, str]

STUDY = """\
[study]
title = "Six people"
seed = 7

[roster]
file = "roster.csv"

[[waves]]
label = "before"
date = 2024-01-15
file = "before.csv"

[[waves]]
label = "after"
date = 2024-12-01
file = "after.csv"

[[relations]]
name = "contact"
kind = "roster"
code = "contact"
levels = { "0" = 0, "1" = 1, "2" = 2 }
dont_know = ["9"]

[primary]
relation = "contact"
measure = "cross_density"
waves = ["before", "after"]
"""
ROSTER = "id,department\na1,North\na2,North\na3,North\na4,South\na5,South\na6,South\n"
HEADER = "id,contact_a1,contact_a2,contact_a3,contact_a4,contact_a5,contact_a6\n"
# a3 does not know about a6; a5 left a4 blank; a6 is not there at all.
BEFORE = HEADER + "a1,,1,0,2,0,0\na2,1,,0,0,0,0\na3,0,0,,0,1,9\na4,1,0,0,,1,0\na5,0,0,0,,,1\n"
# a5 is not there.
AFTER = HEADER + "a1,,1,1,2,0,0\na2,1,,0,0,1,0\na3,0,0,,1,1,0\na4,1,0,0,,1,0\na6,0,0,0,1,1,\n"

# The same answers as BEFORE and AFTER, one row per tie; the don't know and the blank are rows too.
LONG_BEFORE = (
    "from,to,level\na1,a2,1\na1,a4,2\na2,a1,1\na3,a5,1\na3,a6,9\na4,a1,1\na4,a5,1\na5,a4,\na5,a6,1\n"
)
LONG_AFTER = (
    "from,to,level\na1,a2,1\na1,a3,1\na1,a4,2\na2,a1,1\na2,a5,1\na3,a4,1\na3,a5,1\na4,a1,1\na4,a5,1\n"
    "a6,a4,1\na6,a5,1\n"
)


def grid() -> Files:
    """One column per colleague, in plain tables."""
    return {"study.toml": STUDY, "roster.csv": ROSTER, "before.csv": BEFORE, "after.csv": AFTER}


def nominations() -> Files:
    """Long tables with the answers of `grid`."""
    study = STUDY.replace('kind = "roster"\ncode = "contact"\n', 'kind = "nominations"\n')
    return {"study.toml": study, "roster.csv": ROSTER, "before.csv": LONG_BEFORE, "after.csv": LONG_AFTER}


def limesurvey() -> Files:
    """LimeSurvey exports with the answers of `grid`."""
    study = STUDY.replace('.csv"\n\n[[', '.csv"\ndialect = "limesurvey"\nrespondent = "token"\n\n[[')
    study = study.replace('roster.csv"\ndialect = "limesurvey"\nrespondent = "token"\n', 'roster.csv"\n')
    files = {"study.toml": study, "roster.csv": ROSTER}
    for name, text, day in (("before.csv", BEFORE, "2024-01-20"), ("after.csv", AFTER, "2024-12-03")):
        rows = list(csv.reader(io.StringIO(text)))
        header = ["token", "submitdate", *(f"contact[{column[8:]}]" for column in rows[0][1:])]
        made = [header, *([row[0], f"{day} 09:30:00", *row[1:]] for row in rows[1:])]
        files[name] = "".join(",".join(row) + "\n" for row in made)
    return files


def changed(files: Files, name: str, old: str, new: str) -> Files:
    """Return the files with one piece of text replaced; it must occur exactly once."""
    assert files[name].count(old) == 1, f"{old!r} occurs {files[name].count(old)} times in {name}"
    return files | {name: files[name].replace(old, new)}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a study folder; text as UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder
