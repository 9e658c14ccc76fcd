"""Kapferer's tailor shop: who talked with and who helped whom, before and after a strike."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from netlearn.published.described import PublishedRelation, PublishedSet
from netlearn.published.fetch import fetch
from netlearn.study.panel import Panel

JOBS = {
    1: "head tailor",
    2: "cutter",
    3: "line 1 tailor",
    4: "button machiner",
    5: "line 3 tailor",
    6: "ironer",
    7: "cotton boy",
    8: "line 2 tailor",
}
WAVES = {"time1": date(1965, 6, 1), "time2": date(1966, 1, 1)}

SOCIATIONAL = PublishedRelation(
    "sociational",
    WAVES,
    question={
        "en": "Friendly, social contact between the two, as an ethnographer observed it",
        "da": "Venskabelig, social kontakt mellem de to, som en etnograf iagttog den",
    },
    directed=False,
    source="records",
)
INSTRUMENTAL = PublishedRelation(
    "instrumental",
    WAVES,
    question={
        "en": "Contact with this person about work or assistance, as an ethnographer observed it",
        "da": "Kontakt med denne person om arbejde eller hjælp, som en etnograf iagttog den",
    },
    source="records",
)


def _read(relation: PublishedRelation) -> Panel:
    letter = relation.name[0]
    waves = {label: _matrix(f"kapft{letter}{label[-1]}.dat") for label in relation.waves}
    group = [JOBS[int(code)] for code in _numbers("kapfa_stat.dat")]
    return Panel.from_arrays(
        waves, group, directed=relation.directed, relation=relation.name, source=relation.source
    )


def _numbers(name: str) -> NDArray[np.float64]:
    return np.array(fetch(name).read_text(encoding="ascii").split(), dtype=float)


def _matrix(name: str) -> NDArray[np.float64]:
    values = _numbers(name)
    n = int(np.sqrt(len(values)))
    return values.reshape(n, n)


KAPFERER = PublishedSet(
    "kapferer_tailorshop",
    title={
        "en": "Kapferer's tailor shop: seven months and a strike",
        "da": "Kapferers skrædderværksted: syv måneder og en strejke",
    },
    relations=(SOCIATIONAL, INSTRUMENTAL),
    read=_read,
    tolerate=("single-person-departments",),
)
