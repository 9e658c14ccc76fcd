"""A study folder that runs, made from a published data set."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from netlearn.errors import NetlearnError
from netlearn.published.catalogue import find_relation, find_set
from netlearn.published.described import PublishedRelation, PublishedSet
from netlearn.study.panel import Panel
from netlearn.wording import Language

SEED = 20240501
SECONDARY = ("ei_index", "cross_log_odds")


def write_study_folder(
    name: str, folder: str | Path, language: Language = "en", relation: str | None = None
) -> Path:
    """Write a published data set as a study folder: plan, roster, one file of nominations per wave, source.

    Parameters
    ----------
    name : str
        See `load_published`.
    folder : path
        A folder that does not exist yet. It appears whole or not at all.
    language : "en" or "da"
        Language of the study and of its `SOURCE.md`.
    relation : str, optional
        See `load_published`. It needs two waves.

    Returns
    -------
    Path
        The folder. Its primary outcome is the change in cross density from the first to the last wave.
        `SOURCE.md` holds the citation, the licence, what happened between the waves, and from which level
        a tie counts.

    Raises
    ------
    NetlearnError
        The folder exists, the name or relation is unknown, the relation has one wave, or a file cannot be
        fetched.
    """
    known, folder = find_set(name), Path(folder)
    wanted = find_relation(known, relation)
    if language not in known.title:
        raise NetlearnError(f"no language {language!r}; use one of {', '.join(known.title)}.")
    if len(wanted.waves) < 2:
        raise NetlearnError(
            f"{name}: {wanted.name!r} has one wave, and a study of a change needs two; take another relation."
        )
    if folder.exists():
        raise NetlearnError(f"{folder} exists already; name a folder that does not, or move this one away.")
    texts = _texts(known, wanted, known.read(wanted), language)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".netlearn-") as beside:
        made = Path(beside) / "study"
        made.mkdir()
        for file, text in texts.items():
            (made / file).write_text(text, encoding="utf-8", newline="\n")
        made.rename(folder)
    return folder


def _texts(
    known: PublishedSet, relation: PublishedRelation, panel: Panel, language: Language
) -> dict[str, str]:
    """Return the text of each file of the folder."""
    source = files("netlearn.published").joinpath("sources", f"{known.name}.{language}.md")
    department = [panel.group_names[code] for code in panel.groups[0]]
    texts = {
        "study.toml": _plan(known, relation, language),
        "roster.csv": _csv(pd.DataFrame({"id": panel.ids, "department": department})),
        "SOURCE.md": source.read_text(encoding="utf-8").format(
            relation=relation.name, threshold=relation.study_threshold
        ),
    }
    for label in panel.labels:
        texts[f"{label}.csv"] = _csv(_nominations(panel, label))
    return texts


def _nominations(panel: Panel, label: str) -> pd.DataFrame:
    """One row per tie of any level, and a row with a blank `to` for each person who named nobody.

    An undirected tie is written from both sides, as two people who name each other would.
    """
    wave, ids = panel.wave(label), np.array(panel.ids, dtype=object)
    silent = np.setdiff1d(np.flatnonzero(wave.cells.senders), wave.sender)
    sender = np.concatenate([wave.sender, silent])
    receiver = np.concatenate([ids[wave.receiver], np.full(len(silent), "", dtype=object)])
    level = [*(f"{value:g}" for value in wave.level), *[""] * len(silent)]
    order = np.argsort(sender, kind="stable")
    return pd.DataFrame({"from": ids[sender], "to": receiver, "level": level}).iloc[order]


def _plan(known: PublishedSet, relation: PublishedRelation, language: Language) -> str:
    """Return `study.toml`. JSON's way of quoting a string is also TOML's."""
    quote = json.dumps
    labels = list(relation.waves)
    ends = f"waves = [{quote(labels[0])}, {quote(labels[-1])}]"
    lines = [
        "[study]",
        f"title = {quote(known.title[language], ensure_ascii=False)}",
        f"language = {quote(language)}",
        'design = "pre-post"',
        f"seed = {SEED}",
        "min_cell_size = 5",
        *([f"tolerate = {quote(list(known.tolerate))}"] if known.tolerate else []),
        *["", "[files]", 'encoding = "utf-8"', 'separator = ","'],
        *["", "[roster]", 'file = "roster.csv"', 'id = "id"', 'department = "department"'],
    ]
    for label, day in relation.waves.items():
        lines += ["", "[[waves]]", f"label = {quote(label)}", f"date = {day}", f'file = "{label}.csv"']
    lines += [
        *["", "[[relations]]", f"name = {quote(relation.name)}"],
        f"question = {quote(relation.question[language], ensure_ascii=False)}",
        f"source = {quote(relation.source)}",
        'kind = "nominations"',
        'columns = { from = "from", to = "to", level = "level" }',
        f"threshold = {relation.study_threshold:g}",
        f"directed = {str(relation.directed).lower()}",
    ]
    for table, measure in [("[primary]", "cross_density"), *(("[[secondary]]", m) for m in SECONDARY)]:
        lines += ["", table, f"relation = {quote(relation.name)}", f'measure = "{measure}"', ends]
    return "\n".join([*lines, ""])


def _csv(table: pd.DataFrame) -> str:
    text: str = table.to_csv(index=False, lineterminator="\n")
    return text
