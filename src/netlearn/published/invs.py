"""The InVS 2013 workplace: face-to-face contact in two ordinary weeks, measured by badges."""

from __future__ import annotations

import zipfile
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.published.described import PublishedRelation, PublishedSet
from netlearn.published.fetch import fetch
from netlearn.study.panel import Panel

DAY = 24 * 60 * 60
FIRST_DAY = {"week1": 0, "week2": 7}
WORKING_DAYS = 5

CONTACT = PublishedRelation(
    "contact",
    waves={"week1": date(2013, 6, 24), "week2": date(2013, 7, 1)},
    question={
        "en": "Number of 20-second intervals of face-to-face contact (badge sensors)",
        "da": "Antal intervaller af 20 sekunder med kontakt ansigt til ansigt (badgesensorer)",
    },
    directed=False,
    source="records",
)


def _read(relation: PublishedRelation) -> Panel:
    people, contacts = _people(), read_contacts()
    place = {person: i for i, person in enumerate(people["id"])}
    waves = {
        label: _matrix(contacts[contacts["day"].between(first, first + WORKING_DAYS - 1)], place)
        for label, first in FIRST_DAY.items()
    }
    return Panel.from_arrays(
        waves,
        people["department"],
        ids=list(people["id"]),
        directed=False,
        relation=relation.name,
        source=relation.source,
    )


def read_contacts() -> pd.DataFrame:
    """Read the contact records: columns second, one, other (ids) and day (0 = 24 June 2013)."""
    with (
        zipfile.ZipFile(fetch("workplace_InVS_tij.dat.zip")) as archive,
        archive.open("tij_InVS.dat") as file,
    ):
        records = pd.read_csv(file, sep=r"\s+", header=None, names=["second", "one", "other"])
    return records.assign(day=records["second"] // DAY)


def _people() -> pd.DataFrame:
    path = fetch("workplace_InVS_metadata.txt")
    people = pd.read_csv(path, sep=r"\s+", header=None, names=["id", "department"], encoding="utf-8")
    return people.sort_values("id", ignore_index=True)


def _matrix(contacts: pd.DataFrame, place: dict[int, int]) -> NDArray[np.float64]:
    one, other = contacts["one"].map(place).to_numpy(), contacts["other"].map(place).to_numpy()
    matrix = np.zeros((len(place), len(place)))
    np.add.at(matrix, (one, other), 1)
    return matrix + matrix.T


INVS = PublishedSet(
    "invs13_workplace",
    title={
        "en": "InVS 2013 workplace: two ordinary weeks, no training",
        "da": "InVS 2013-arbejdspladsen: to almindelige uger uden kursus",
    },
    relations=(CONTACT,),
    read=_read,
)
