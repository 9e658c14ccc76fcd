"""Who was trained when, who answered, and whether the trained fell silent more often: tables of counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netlearn.analysis.arms import asked_people
from netlearn.analysis.data import How
from netlearn.analysis.nonresponse import response
from netlearn.inference.randomization import redraw_arms
from netlearn.study.allocation import Allocation
from netlearn.study.panel import STATUSES, Panel
from netlearn.study.privacy import shown_share
from netlearn.study.regroup import with_groups
from netlearn.study.suppression import suppress_frame

ALL, BLANK = "(all)", "(blank)"
ALREADY, TRAINED, OTHERS, OUTSIDE, START = "already", "trained", "others", "outside", "start:"
MANY_STRATA = 40  # a table with more rows is nobody's help
Texts = NDArray[np.str_]


def arms_of(panel: Panel, dealt: Allocation) -> Texts:
    """Name the arm of each person.

    Returns
    -------
    (n,) str
        "already" (trained before the first wave); "trained", or "start:" and the label of the wave with start waves;
        "others" (not trained in these waves); "outside": not trained, and nobody of the stratum is, so that training
        could not have been dealt to them.

    Examples
    --------
    >>> panel = Panel.from_arrays({"a": np.zeros((4, 4)), "b": np.zeros((4, 4))}, list("WXYZ"))
    >>> arms_of(panel, Allocation.from_arrays([1, 0, 0, 0], strata=[0, 0, 1, 1])).tolist()
    ['trained', 'others', 'outside', 'outside']
    """
    inside = dealt.start < len(panel.waves)
    dealt_to = np.isin(dealt.strata, dealt.strata[inside & (dealt.start > 0)])
    names = np.where(dealt_to, OTHERS, OUTSIDE).astype(object)
    for at, label in enumerate(panel.labels):
        name = f"{START}{label}" if dealt.by == "start-wave" else TRAINED
        names[dealt.start == at] = ALREADY if at == 0 else name
    return np.asarray(names.astype(str))


def order_of(panel: Panel, arms: Texts) -> list[str]:
    """Return the arms that there are: in order of time, then those who were not trained."""
    known = [TRAINED, *(f"{START}{label}" for label in panel.labels), OTHERS, ALREADY, OUTSIDE]
    return [name for name in known if name in arms]


def assigned_table(panel: Panel, arms: Texts, strata: str | None, least: int) -> pd.DataFrame:
    """Count people by stratum and arm, hidden where they are few.

    Parameters
    ----------
    panel : Panel
    arms : (n,) str
    strata : str or None
        The attribute within which training was dealt. With more than 40 values only the totals are counted.
    least : int
        Where fewer people start in some wave in a stratum, all start waves are counted together as "trained".

    Returns
    -------
    DataFrame
        Rows: "(all)", then the strata; columns: the arms, "(all)" last. float, NaN = hidden.
    """
    table = _counted(panel, arms, strata, least)
    starts = [name for name in table.columns if name.startswith(START)]
    if len(starts) > 1 and table[starts].isna().any(axis=None):
        together = np.where(np.isin(arms, starts), TRAINED, arms)
        return _counted(panel, np.asarray(together), strata, least)
    return table


def _counted(panel: Panel, arms: Texts, strata: str | None, least: int) -> pd.DataFrame:
    names, order = np.full(panel.n, ALL), order_of(panel, arms)
    if strata is not None:
        texts = [str(value).strip() or BLANK for value in panel.attributes[strata]]
        names = np.array(texts) if len(set(texts)) <= MANY_STRATA else names
    counts = pd.crosstab(names, arms).reindex(columns=order)
    counts.index.name, counts.columns.name = "stratum", None
    counts = counts.drop(index=ALL, errors="ignore")
    total = pd.DataFrame([[(arms == name).sum() for name in order]], index=[ALL], columns=order)
    table = pd.concat([total, counts])
    table[ALL] = table.sum(axis=1)
    if len(table) == 1:
        one = table.drop(columns=ALL).T.rename(columns={ALL: "n"})
        one.loc[ALL] = one["n"].sum()
        shown = suppress_frame(one, one, least, total_row=ALL)["n"]
        return pd.DataFrame([shown], index=[ALL])
    inner = suppress_frame(table, table, least, total_row=ALL, total_column=ALL)
    return _totals(inner, order, least)


def _totals(table: pd.DataFrame, order: list[str], least: int) -> pd.DataFrame:
    """Hide totals of few people too, with whatever they would be worked out from."""
    sums = table.loc[[ALL], order].to_numpy().ravel(), table.loc[table.index != ALL, ALL].to_numpy()
    few = [((s > 0) & (s < least)).any() for s in sums]
    shown = table.copy()
    if few[0]:
        shown[order] = np.nan
    if few[1]:
        shown.loc[shown.index != ALL] = np.nan
    return shown


def response_by_arm(panel: Panel, arms: Texts, least: int) -> pd.DataFrame:
    """Return who answered, by wave and arm: wave, arm ("(all)" first), employed, answered, share; missing = hidden.

    Arms of which nobody was asked are left out.
    """
    table = response(with_groups(panel, arms.tolist()), least=least)
    table = table[table["department"].isin(["all", *arms[asked_people(panel)]])]
    table = table.rename(columns={"department": "arm"}).replace({"arm": {"all": ALL}})
    waves = {label: at for at, label in enumerate(panel.labels)}
    arm = {name: at for at, name in enumerate([ALL, *order_of(panel, arms)])}
    rank = [(waves[w], arm[a]) for w, a in zip(table["wave"], table["arm"], strict=True)]
    return table.iloc[sorted(range(len(rank)), key=rank.__getitem__)].reset_index(drop=True)


def attrition(panel: Panel, dealt: Allocation, least: int, how: How, alpha: float = 0.05) -> pd.DataFrame:
    """Compare how many of those who answered first answered again, between the trained and the others.

    Only people who could have answered again count: who left, withdrew or was not asked in the later wave did not fall
    silent.

    Parameters
    ----------
    panel : Panel
    dealt : Allocation
        People trained before the first wave, and strata in which nobody could be trained, are left out.
    least : int
        A wave in which an arm has fewer people is left out.
    how : How

    Returns
    -------
    DataFrame
        wave, n_trained, n_others (who answered in the first wave and were asked in this one), trained, others (share
        who answered again, NaN = hidden), difference (within strata, 0 to 1), low, high, p_value (training dealt
        again). One row per wave after the first.
    """
    first = panel.waves[0].cells.senders
    rows: list[dict[str, Any]] = []
    for at, wave in list(enumerate(panel.waves))[1:]:
        trained = dealt.trained(at) & (dealt.start > 0)
        here = (dealt.start > 0) & np.isin(dealt.strata, dealt.strata[trained])
        again, base = wave.cells.senders, first & here & _could_answer(panel, at)
        sizes = [int((base & arm).sum()) for arm in (trained, ~trained)]
        if min(sizes) < least:
            continue
        values = np.where(base, again.astype(float), np.nan)[here]
        parts = (dealt.unit[here], trained[here].astype(np.int64), dealt.strata[here])
        found = redraw_arms(values, *parts, draws=how.draws, seed=how.seed, alpha=alpha, workers=how.workers)
        counts = [int((again & base & arm).sum()) for arm in (trained, ~trained)]
        shares = [shown_share(yes, size, least) for yes, size in zip(counts, sizes, strict=True)]
        told = found.estimate if np.isfinite(shares).all() else np.nan
        low, high = (v if np.isfinite(told) else np.nan for v in (found.low, found.high))
        row = {"wave": wave.label, "n_trained": sizes[0], "n_others": sizes[1]}
        row |= {"trained": shares[0], "others": shares[1], "difference": told, "low": low, "high": high}
        rows.append(row | {"p_value": found.result.p_value})
    columns = ["wave", "n_trained", "n_others", "trained", "others", "difference", "low", "high", "p_value"]
    return pd.DataFrame(rows, columns=columns)


def _could_answer(panel: Panel, at: int) -> NDArray[np.bool_]:
    asked = [STATUSES.index(name) for name in ("took_part", "no_answer")]
    return np.isin(panel.statuses[at], asked)
