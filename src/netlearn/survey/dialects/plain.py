"""Plain tables: a column per colleague is named CODE_ID, or ID alone when the relation has no code."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from netlearn.study.rawtable import RawTable, plain


def alters(
    header: tuple[str, ...], code: str, others: Collection[str], ids: Collection[str]
) -> dict[int, str]:
    """Return the colleague's id of each column of a question.

    `others` are the codes of other questions, which may begin like this one; `ids` are those of the roster,
    needed only where columns have no code.

    Examples
    --------
    >>> alters(("id", "asks_1", "asks_often_1"), "asks", ["asks_often"], ["1"])
    {1: '1'}
    >>> alters(("id", "1", "age"), "", [], ["1", "2"])
    {1: '1'}
    """
    if not code:
        return {at: plain(name) for at, name in enumerate(header) if plain(name) in ids}
    longer = tuple(f"{other}_" for other in others if other.startswith(f"{code}_"))
    return {
        at: plain(name[len(code) + 1 :])
        for at, name in enumerate(header)
        if name.startswith(f"{code}_") and not (longer and name.startswith(longer))
    }


def example(code: str) -> str:
    """Show how a column of the question is named."""
    return f"{code}_ID" if code else "ID"


def clean(cell: str) -> str:
    """Return a cell as it is compared."""
    return plain(cell)


def submitted(table: RawTable) -> list[date | None]:
    """Return no dates: plain tables do not tell when a person answered."""
    return []
