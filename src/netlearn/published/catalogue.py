"""The published data sets by name, and `load_published`."""

from __future__ import annotations

from difflib import get_close_matches

from netlearn.errors import NetlearnError
from netlearn.published.described import PublishedRelation, PublishedSet
from netlearn.published.freeman import FREEMAN
from netlearn.published.invs import INVS
from netlearn.published.kapferer import KAPFERER
from netlearn.study.panel import Panel

SETS = {known.name: known for known in (FREEMAN, INVS, KAPFERER)}


def published_names() -> tuple[str, ...]:
    """Return the names that `load_published` knows.

    Examples
    --------
    >>> published_names()
    ('freeman_eies', 'invs13_workplace', 'kapferer_tailorshop')
    """
    return tuple(SETS)


def load_published(name: str, *, relation: str | None = None) -> Panel:
    """Load a published data set as a panel; its files are downloaded once and checked by their hash.

    Parameters
    ----------
    name : str
        "freeman_eies": 32 researchers in 4 disciplines, waves before and after. "invs13_workplace": 92 people
        in 5 departments, waves week1 and week2. "kapferer_tailorshop": 39 workers in 8 jobs, waves time1 and
        time2.
    relation : str, optional
        Default: the first one. freeman_eies: "acquaintance" (levels 1 to 4), or "messages" (number sent; one
        wave). invs13_workplace: "contact" (undirected, number of 20-second intervals). kapferer_tailorshop:
        "sociational" (undirected) or "instrumental".

    Returns
    -------
    Panel
        Ties at level 1 or more (`panel.at_threshold` takes another level), with the source's departments. The
        sources know no missing answers: every cell is observed in every wave.

    Raises
    ------
    NetlearnError
        The name or relation is unknown (the message names the nearest), or a file cannot be fetched.
    """
    known = find_set(name)
    return known.read(find_relation(known, relation))


def find_set(name: str) -> PublishedSet:
    """Return what is known about a published data set."""
    if name not in SETS:
        raise NetlearnError(f"no published data set {name!r}{_nearest(name, tuple(SETS))}.")
    return SETS[name]


def find_relation(known: PublishedSet, relation: str | None) -> PublishedRelation:
    """Return a relation of a published data set, the first if None."""
    by_name = {r.name: r for r in known.relations}
    if relation is None:
        return known.relations[0]
    if relation not in by_name:
        raise NetlearnError(f"{known.name} has no relation {relation!r}{_nearest(relation, tuple(by_name))}.")
    return by_name[relation]


def _nearest(wrong: str, right: tuple[str, ...]) -> str:
    close = get_close_matches(wrong, right, n=1, cutoff=0.4)
    hint = f" (did you mean {close[0]!r}?)" if close else ""
    return f"{hint}; use one of {', '.join(right)}"
