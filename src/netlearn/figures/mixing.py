"""The mixing heat map: who names whom, department by department."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from netlearn.analysis.department_pairs import DepartmentPairs
from netlearn.analysis.measure import mixing_matrix
from netlearn.analysis.results import Results
from netlearn.errors import NetlearnError
from netlearn.figures.given import PANEL, RESULTS, drawable, under_titles
from netlearn.figures.style import INK, Ticks, shortened, styled
from netlearn.study.panel import Panel
from netlearn.wording import Language, suppressed
from netlearn.wording import figures_network as words
from netlearn.wording.numbers import n_of, number
from netlearn.wording.terms import department, term

ROUND = 10.0  # per cent: where nothing reaches this, cells have a decimal
NUMBERED, SIGNED = 14, 9  # departments whose numbers still fit into the cells, and those whose plus fits too
COLUMNS = ["what", "text", "from", "to", "value", "hidden", "changed"]
Waves = str | Sequence[str] | None


def mixing_frame(
    source: Results | Panel,
    wave: Waves = None,
    *,
    pairs: DepartmentPairs | None = None,
    language: Language = "en",
) -> pd.DataFrame:
    """Return the numbers of a heat map of one wave, or of the change between two.

    Parameters
    ----------
    source : Results or Panel
        Of results, the primary relation and waves, with small departments pooled; of a panel, its departments as
        they are, on the cells observed in every wave that is drawn.
    wave : label, or (earlier, later)
        One wave, or the change between two; default: the last.
    pairs : DepartmentPairs, optional
        Of a panel: the test whose findings are outlined in a map of the change. Results have their own.
    language : "en" or "da"
        Of the notes.

    Returns
    -------
    DataFrame
        `what` is "cell" (from, to: names of departments; value: ties in per cent of the possible ones, or the change in
        percentage points, NaN where hidden or nobody could be asked; hidden; changed: beyond chance over all pairs
        together), "scale" (value: the end of the colours), "people" (value: how many answered; of results both times),
        "wave" (text: one or two, in order of time) or "note" (text). Other cells are NaN, "" or False.

    Raises
    ------
    NetlearnError
        No such wave.
    """
    source = under_titles(source)
    asked = _asked(source, wave)
    shown, top = _shown(source, asked)
    hidden = _hidden(source, len(shown))
    test = _test(source, pairs) if len(asked) == 2 else None
    marked = ~hidden & _found(test, list(shown.index), _directed(source))
    k = len(shown)
    cells = pd.DataFrame(
        {
            "what": "cell",
            "from": np.repeat(shown.index.to_numpy(), k),
            "to": np.tile(shown.index.to_numpy(), k),
            "value": shown.to_numpy(dtype=float).ravel(),
            "hidden": hidden.ravel(),
            "changed": marked.ravel(),
        }
    )
    notes = [suppressed.note(source.study.min_cell_size, language)] if isinstance(source, Results) else []
    notes = [*(notes if hidden.any() else []), words.outlined(test, bool(marked.any()), language)]
    rest: list[dict[str, Any]] = [
        {"what": "scale", "value": top},
        {"what": "people", "value": _answered(source, asked)},
    ]
    rest += [{"what": "wave", "text": label} for label in asked]
    rest += [{"what": "note", "text": note} for note in notes if note]
    frame = pd.concat([cells, pd.DataFrame(rest)], ignore_index=True)[COLUMNS]
    frame[["text", "from", "to"]] = frame[["text", "from", "to"]].fillna("")
    return frame.assign(hidden=frame["hidden"].eq(True), changed=frame["changed"].eq(True))


def _shown(source: Results | Panel, asked: tuple[str, ...]) -> tuple[pd.DataFrame, float]:
    """Return the numbers in per cent or percentage points, and where their colours end."""
    tables = _tables(source, asked)
    if len(asked) == 1:
        return tables[asked[0]] * 100, _top(list(tables.values())) * 100
    change = (tables[asked[1]] - tables[asked[0]]) * 100
    return change, _top([change])


def plot_mixing(
    source: Results | Panel | pd.DataFrame,
    wave: Waves = None,
    *,
    pairs: DepartmentPairs | None = None,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """Draw the share of possible ties from each department (row) to each (column), or how it changed.

    Parameters
    ----------
    source : Results, Panel, or the DataFrame of `mixing_frame`
        Of results, the primary relation and waves, with small departments pooled; of a panel, its departments as
        they are, on the cells observed in every wave that is drawn.
    wave : label, or (earlier, later)
        One wave, or the change between two; default: the last. The waves of results share one colour scale; a change
        has a scale of its own around zero.
    pairs : DepartmentPairs, optional
        Of a panel: the test whose findings are outlined in a map of the change. Results have their own.
    language : "en" or "da"
        Language of the words; numbers follow it.
    ax : Axes, optional
        Default: new ones on a sheet 85 mm wide.

    Returns
    -------
    Axes
        Numbers are per cent of the possible ties, or percentage points of change. A number that is left out, because
        few people stand behind it or behind one that it would give away, has a dash, no colour, and a note below. In a
        map of the change a bold outline marks what changed beyond what chance over all pairs together would give
        (max-T, see `netlearn.compare_department_pairs`), and a note says so.

    Raises
    ------
    NetlearnError
        No such wave.
    """
    drawable(source, "mixing", (RESULTS, PANEL), COLUMNS)
    if not isinstance(source, pd.DataFrame):
        source = mixing_frame(source, wave, pairs=pairs, language=language)
    table, hidden, changed = (_square(source, name) for name in ("value", "hidden", "changed"))
    waves = source.loc[source["what"] == "wave", "text"].tolist()
    key = "mixing" if len(waves) == 1 else "mixing_change"
    title = term("title", key, language).format(wave=waves[0], first=waves[0], second=waves[-1])
    top = float(source.loc[source["what"] == "scale", "value"].iloc[0])
    alt = words.alt_mixing(source, language)
    ax = _heat(table.astype(float), top, (title, alt), len(waves) == 2, language, ax)
    for row, column in np.argwhere(hidden.to_numpy(dtype=bool)):
        ax.text(column + 0.5, row + 0.5, suppressed.SIGN, ha="center", va="center", fontsize=6, color=INK)
    for row, column in np.argwhere(changed.to_numpy(dtype=bool)):
        look: dict[str, Any] = {"fill": False, "edgecolor": INK, "linewidth": 1.6, "zorder": 4}
        ax.add_patch(Rectangle((column + 0.06, row + 0.06), 0.88, 0.88, **look))
    notes = [textwrap.fill(note, 48) for note in source.loc[source["what"] == "note", "text"]]
    # From the right end, so that it has the room below the names too.
    ax.set_xlabel("\n".join([ax.get_xlabel(), *notes]), loc="right")
    for n in source.loc[source["what"] == "people", "value"]:
        ax.set_ylabel(f"{ax.get_ylabel()}, {n_of(n, language)}")
    return ax


def _square(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a column of the cells as a table, departments in the order in which they come."""
    cells = frame[frame["what"] == "cell"]
    names = list(dict.fromkeys(cells["from"]))
    return pd.DataFrame(cells[name].to_numpy().reshape(len(names), -1), names, names)


def _answered(source: Results | Panel, asked: tuple[str, ...]) -> int:
    """Return how many people's answers the numbers are of: both waves of results, those drawn of a panel."""
    if isinstance(source, Results):
        return int(source.everybody.outcome.change.n_people)
    cells = source.joint_cells(asked)
    return int((cells.senders & cells.people()).sum())


def _asked(source: Results | Panel, wave: Waves) -> tuple[str, ...]:
    labels = tuple(source.everybody.mixing) if isinstance(source, Results) else source.labels
    asked = (wave or labels[-1],) if isinstance(wave, str | None) else tuple(wave)
    if isinstance(source, Results):  # asked for by label or by title
        titles = {one.label: one.title for one in source.study.waves if one.title}
        asked = tuple(titles.get(label, label) for label in asked)
    unknown = [label for label in asked if label not in labels]
    if unknown or len(asked) > 2:
        raise NetlearnError(f"wave must be one or two of {', '.join(labels)}; got {wave!r}.")
    return asked


def _hidden(source: Results | Panel, k: int) -> NDArray[np.bool_]:
    """Return which cells are hidden; nothing is hidden of a panel."""
    if not isinstance(source, Results):
        return np.zeros((k, k), bool)
    return np.asarray(source.everybody.mixing_cells.isna())


def _test(source: Results | Panel, pairs: DepartmentPairs | None) -> pd.DataFrame | None:
    """Return from, to, change, p_adjusted and changed of each pair of departments, undirected ones once."""
    if isinstance(source, Results):
        return source.everybody.pairs
    if pairs is None:
        return None
    table = pairs.table.rename(columns={"sender": "from", "receiver": "to"})
    return table.assign(changed=table["p_adjusted"] <= pairs.alpha)


def _directed(source: Results | Panel) -> bool:
    if isinstance(source, Panel):
        return source.directed
    return source.panels[str(source.everybody.outcome.outcome.relation)].directed


def _found(test: pd.DataFrame | None, names: list[str], directed: bool) -> NDArray[np.bool_]:
    """Return which cells changed beyond chance."""
    found = np.zeros((len(names), len(names)), bool)
    if test is not None:
        rows = test[test["changed"].eq(True).fillna(False)]
        of, to = (pd.Index(names).get_indexer(pd.Index(rows[end])) for end in ("from", "to"))
        found[of, to] = True
    return found if directed else found | found.T


def _tables(source: Results | Panel, asked: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    if isinstance(source, Results):
        return source.everybody.mixing
    return {label: mixing_matrix(source, label, what="density", waves=asked) for label in asked}


def _top(tables: list[pd.DataFrame]) -> float:
    values = np.abs(np.concatenate([t.to_numpy(dtype=float).ravel() for t in tables]))
    return float(np.nanmax(values, initial=0.0, where=~np.isnan(values))) or 1.0


def _heat(
    table: pd.DataFrame, top: float, told: tuple[str, str], change: bool, language: Language, ax: Axes | None
) -> Axes:
    import seaborn as sns  # half a second that only a heat map pays

    k = len(table)
    values = table.to_numpy(dtype=float)
    digits = 0 if top >= ROUND else 1
    cells = np.array([[_cell(v, k, change, digits, language) for v in row] for row in values], dtype=object)
    below, beside = _names(table, language)
    with styled(ax, 40 + 4.6 * k, told[1]) as ax:
        look = _look(k, top, change, language)
        sns.heatmap(values, ax=ax, annot=cells, xticklabels=below, yticklabels=beside, **look)
        ax.tick_params(length=0, labelrotation=0)
        ax.set_xlabel(term("axis", "to", language))
        ax.set_ylabel(term("axis", "from", language))
        ax.set_title(textwrap.fill(told[0], 40), loc="right")
    return ax


def _look(k: int, top: float, change: bool, language: Language) -> dict[str, Any]:
    """Colours, lines and sizes of a heat map, and its scale."""
    bar: Any = {"label": term("axis", "density_change" if change else "density", language)}
    bar |= {"format": Ticks(language), "location": "bottom", "aspect": 30, "pad": 0.02}
    look: Any = {"vmin": -top if change else 0, "vmax": top, "cmap": "PuOr_r" if change else "Blues"}
    look |= {"linewidths": 0.4, "linecolor": "white", "fmt": "", "cbar_kws": bar}
    return {**look, "annot_kws": {"fontsize": 6 if k <= 9 else 5}}


def _names(table: pd.DataFrame, language: Language) -> tuple[list[str], list[str]]:
    """Return numbers for the columns (not all, where they are narrow) and numbered names for the rows."""
    k = len(table)
    step, letters = (1, 28) if k <= NUMBERED else (2, 22) if k <= 2 * NUMBERED else (5, 22)
    names = [shortened(department(str(name), language), letters) for name in table.index]
    below = [str(at) if at % step == 0 else "" for at in range(1, k + 1)]
    return below, [f"{name}  {at}" for at, name in enumerate(names, 1)]


def _cell(value: float, k: int, change: bool, digits: int, language: Language) -> str:
    """Write the number, or its sign alone where numbers have no room: grey print must still tell less from more."""
    if k <= NUMBERED:
        return number(value, language, digits, signed=change and k <= SIGNED)
    return number(np.sign(value), language, 0, signed=True)[0] if change and value else ""
