"""The part of a report about personal networks: what people told of their own circles, and how it moved."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.data import How, StudyData
from netlearn.analysis.ego import EgoChange, compare_egos
from netlearn.analysis.ego_alters import answered_both, new_against_known
from netlearn.analysis.ego_data import SCORE
from netlearn.analysis.ego_places import places_named
from netlearn.analysis.ego_run import EgoReading, read_reading
from netlearn.inference.clustered import Clustered
from netlearn.study.plan import RelationPlan, Study
from netlearn.study.privacy import shown_share
from netlearn.wording.shown import Shown

FloatArray = NDArray[np.float64]
MEASURES = (
    "size",
    "n_departments",
    "share_elsewhere",
    "blau",
    "iqv",
    "effective_size",
    "alter_density",
    SCORE,
)
KNOWN_BEFORE = "known_before"
YES, NO = ("yes", "ja", "true", "1"), ("no", "nej", "false", "0")


@dataclass(frozen=True, eq=False)
class EgoPicture(Shown):
    """Personal networks by one name generator, between two waves; what few people stand behind is NaN.

    Attributes
    ----------
    relation, title : str
    waves, titles : (earlier, later)
    answered : DataFrame
        wave, title, n_answered: every wave of the study.
    n_both : int
        People who answered in both waves compared; every other number speaks of them alone, so that no two numbers can
        be subtracted to tell of a few.
    room : int
        Places for names; 0 = as many as wanted.
    full : (earlier, later)
        Share of these people who filled all places.
    changes : tuple of EgoChange
        Of every measure that can be computed.
    measures : DataFrame
        measure, title, before, after, estimate, low, high, dz, dz_low, dz_high, n_people.
    colleagues : DataFrame
        measure, title, before, after, estimate, low, high, n_people, n_before, n_after, icc_before, icc_after: counted
        colleague by colleague.
    places : DataFrame
        department, before, after: how many of these people named somebody of a department not their own; the last row
        ("") is any department that is not listed.
    turnover : DataFrame
        What became of colleagues on the roster, per person: kept, new, gone; outside_before, outside_after.
    known : Clustered or None
        The score of colleagues known before the training, and of those who were not, in the later wave.
    unread : int
        Answers on whether a colleague was known before that are neither yes nor no.
    strange : int
        Colleagues whose department is spelled as none of the roster.
    """

    _facts = ("title", "waves")
    _frames = ("answered", "measures", "colleagues", "places", "turnover")

    relation: str
    title: str
    waves: tuple[str, str]
    titles: tuple[str, str]
    answered: pd.DataFrame
    n_both: int
    room: int
    full: tuple[float, float]
    changes: tuple[EgoChange, ...]
    measures: pd.DataFrame
    colleagues: pd.DataFrame
    places: pd.DataFrame
    turnover: pd.DataFrame
    known: Clustered | None
    unread: int
    strange: int

    def change(self, measure: str) -> EgoChange | None:
        """Return the change of a measure; None where too few people stand behind it."""
        shown = set(self.measures.loc[self.measures["n_people"].notna(), "measure"])
        return next((c for c in self.changes if c.measure == measure and measure in shown), None)


@dataclass(frozen=True, eq=False)
class EgoPart(Shown):
    """Personal networks by every name generator of a study of ego networks; `least` people stand behind each number."""

    pictures: tuple[EgoPicture, ...]
    least: int

    def machine_tables(self) -> dict[str, pd.DataFrame]:
        """Return the frames that are written as CSV, by name; left out is empty."""
        names = ("answered", "measures", "colleagues", "places", "turnover")
        return {
            f"personal-networks-{name}": pd.concat(
                [getattr(p, name).assign(relation=p.relation) for p in self.pictures], ignore_index=True
            )
            for name in names
        }


def part_egos(data: StudyData, how: How) -> EgoPart | None:
    """Describe personal networks and their change; None unless the study is one of ego networks.

    Nothing is drawn at random: p-values stand with the planned outcomes.

    Raises
    ------
    NetlearnError
        An answer that a planned outcome takes as a number is none.
    """
    study = data.study
    if study.design != "ego":
        return None
    asked = [r for r in study.relations if r.kind == "name-generator" and r.name in data.egos]
    found = tuple(_picture(data, relation) for relation in asked if len(study.waves) > 1)
    return EgoPart(found, study.min_cell_size) if found else None


def _picture(data: StudyData, relation: RelationPlan) -> EgoPicture:
    study, least = data.study, data.study.min_cell_size
    waves, score, title = _planned(study, relation.name)
    read = read_reading(data, relation.name, score)
    where = [read.data.waves.index(wave) for wave in waves]
    both = answered_both(read.data, where)
    names = [m for m in MEASURES if m != SCORE or score]
    changes = tuple(
        compare_egos(read.data, m, waves, title=title if m == SCORE else "", draws=0) for m in names
    )
    known, unread = _known(read, waves[1], both, least) if score else (None, 0)
    room = relation.n_slots or len(relation.slots)
    labels = {wave.label: wave.title or wave.label for wave in study.waves}
    titles = (labels[waves[0]], labels[waves[1]])
    return EgoPicture(
        relation=relation.name,
        title=relation.title or relation.name,
        waves=waves,
        titles=titles,
        answered=_answered(read, labels, least),
        n_both=int(both.sum()),
        room=room,
        full=_full(read, where, both, room, least),
        changes=tuple(replace(c, waves=titles) for c in changes),
        measures=_measures(changes, least),
        colleagues=_colleagues(changes, least),
        places=places_named(read, where, both, least),
        turnover=_turnover(read, waves, both, least),
        known=known,
        unread=unread,
        strange=read.strange,
    )


def _planned(study: Study, relation: str) -> tuple[tuple[str, str], str, str]:
    """Return the waves that the plan compares on a relation, and the score that it takes of colleagues."""
    outcomes = [o for o in (study.primary, *study.secondary) if o.relation == relation]
    waves = outcomes[0].waves if outcomes else (study.waves[0].label, study.waves[-1].label)
    scored = next((o for o in outcomes if o.measure == SCORE), None)
    return waves, scored.score if scored else "", (scored.title or scored.score) if scored else ""


def _answered(read: EgoReading, labels: dict[str, str], least: int) -> pd.DataFrame:
    counts = [float(nets.answered.sum()) for nets in read.data.nets]
    shown = [n if n >= least else np.nan for n in counts]
    return pd.DataFrame(
        {"wave": read.data.waves, "title": [labels[w] for w in read.data.waves], "n_answered": shown}
    )


def _full(
    read: EgoReading, where: list[int], both: NDArray[np.bool_], room: int, least: int
) -> tuple[float, float]:
    """Share of people who filled all places in each wave; NaN where one to `least` - 1 did or did not, or no limit."""
    shares = []
    for at in where:
        size = np.bincount(read.data.nets[at].ego, minlength=len(both))[both]
        full = int((size >= room).sum())
        shares.append(shown_share(full, len(size), least) if room and len(size) >= least else np.nan)
    return shares[0], shares[1]


def _measures(changes: tuple[EgoChange, ...], least: int) -> pd.DataFrame:
    rows = [
        {
            "measure": c.measure,
            "title": c.title,
            "before": c.values[0],
            "after": c.values[1],
            **{name: getattr(c, name) for name in ("estimate", "low", "high", "dz", "dz_low", "dz_high")},
            "n_people": float(c.n_people),
        }
        for c in changes
    ]
    return _without_few(pd.DataFrame(rows), least)


def _colleagues(changes: tuple[EgoChange, ...], least: int) -> pd.DataFrame:
    columns = ["measure", "title", "before", "after", "estimate", "low", "high", "n_people"]
    columns += ["n_before", "n_after", "icc_before", "icc_after"]
    rows = []
    for c in changes:
        if (found := c.alters) is not None:
            moved = found.change
            told = (
                *found.values,
                moved.estimate,
                moved.low,
                moved.high,
                moved.n_units,
                *found.n_alters,
                *c.icc,
            )
            rows.append((c.measure, c.title, *map(float, told)))
    return _without_few(pd.DataFrame(rows, columns=columns), least)


def _without_few(frame: pd.DataFrame, least: int) -> pd.DataFrame:
    """Blank the numbers of rows that fewer than `least` people stand behind."""
    numbers = [name for name in frame.columns if name not in ("measure", "title")]
    few = ~(frame["n_people"] >= least)
    return frame.assign(**{name: frame[name].mask(few) for name in numbers})


def _known(read: EgoReading, wave: str, both: NDArray[np.bool_], least: int) -> tuple[Clustered | None, int]:
    """Compare the score of colleagues known before the training and of new ones, with enough people behind both."""
    if KNOWN_BEFORE not in read.alters:
        return None, 0
    told = read.alters.loc[read.alters["wave"].astype(str) == wave, KNOWN_BEFORE]
    texts = ["" if pd.isna(v) else str(v).strip().casefold() for v in told]
    value = np.array([1.0 if t in YES else 0.0 if t in NO else np.nan for t in texts])
    unread = sum(bool(t) and t not in (*YES, *NO) for t in texts)
    at = read.data.waves.index(wave)
    owner, score = read.data.nets[at].ego, read.data.scores[at]
    value = np.where(both[owner], value, np.nan)
    behind = [len(set(owner[(value == kind) & np.isfinite(score)].tolist())) for kind in (0.0, 1.0)]
    return (new_against_known(read.data, wave, value) if min(behind) >= least else None), unread


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(
        {name: [np.nan] for name in ("kept", "new", "gone", "outside_before", "outside_after")}
    )


def _turnover(read: EgoReading, waves: tuple[str, str], both: NDArray[np.bool_], least: int) -> pd.DataFrame:
    """Count what became of colleagues with a code, per person; those outside the roster cannot be followed."""
    people = [read.data.egos[i] for i in np.flatnonzero(both)]
    if len(people) < least:
        return _nothing()
    alters = read.alters.assign(ego=read.alters["ego"].astype(str), wave=read.alters["wave"].astype(str))
    sets: list[dict[str, set[str]]] = []
    outside: list[dict[str, int]] = []
    for wave in waves:
        here = alters[alters["wave"] == wave]
        listed = here["on_roster"].astype(bool)
        sets.append({str(k): set(v) for k, v in here[listed].groupby("ego")["alter"]})
        outside.append({str(k): int(v) for k, v in here[~listed].groupby("ego").size().items()})
    first, second = ([known.get(p, set()) for p in people] for known in sets)
    counts = {
        "kept": [len(a & b) for a, b in zip(first, second, strict=True)],
        "new": [len(b - a) for a, b in zip(first, second, strict=True)],
        "gone": [len(a - b) for a, b in zip(first, second, strict=True)],
        "outside_before": [outside[0].get(p, 0) for p in people],
        "outside_after": [outside[1].get(p, 0) for p in people],
    }
    # Sizes are told too, and they are sums of these: where one would be left out, all are.
    behind = [sum(v > 0 for v in values) for values in counts.values()]
    if any(0 < n < least for n in behind):
        return _nothing()
    return pd.DataFrame({name: [float(np.mean(values))] for name, values in counts.items()})
