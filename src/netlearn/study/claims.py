"""Claims about a programme, written in `claims.toml` beside the plan, and the outcome that would show each."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from netlearn.study.findings import Findings
from netlearn.study.outcome_names import outcome_names
from netlearn.study.plan import Study
from netlearn.study.planned import Outcome
from netlearn.study.rawtable import nearest
from netlearn.study.tomllines import Lines
from netlearn.wording.shown import Shown, ShownPlan

Expects = Literal["more", "less", "none"]
FILE = "claims.toml"
KEYS = {"source": ("title", "note"), "claims": ("name", "text", "outcome", "expects", "because")}
_ASKED_ONE_WAY = {("less", "greater"), ("more", "less")}


@dataclass(frozen=True)
class Claim(ShownPlan):
    """One claim, and what the data would show if it is true.

    `outcome` is a name of `netlearn.study.outcome_names`, "" where no outcome can show the claim; then `because` says
    why. `expects` is the direction of the estimate that the claim predicts (needed with an outcome). `name` is free.
    """

    text: str
    outcome: str = ""
    expects: Expects | Literal[""] = ""
    because: str = ""
    name: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Claims(Shown):
    """The claims that are held against the data.

    Attributes
    ----------
    title : str
        What the claims are taken from.
    claims : tuple of Claim
        At least one, in the order of the file.
    note : str
    """

    _frames = ("table",)

    title: str
    claims: tuple[Claim, ...]
    note: str = ""

    @property
    def table(self) -> pd.DataFrame:
        """One row per claim: name, claim, outcome, expects, because; "" where nothing is said."""
        rows = [(c.name, c.text, c.outcome, c.expects, c.because) for c in self.claims]
        return pd.DataFrame(rows, columns=["name", "claim", "outcome", "expects", "because"])

    def __repr__(self) -> str:
        return f"Claims: {len(self.claims)} from {self.title!r}"


def read_claims(study: Study, findings: Findings) -> Claims | None:
    """Read `claims.toml` from the folder of a study.

    Parameters
    ----------
    study : Study
        Its outcomes are what claims may name.
    findings : Findings
        Every fault of the file is added here.

    Returns
    -------
    Claims or None
        None without the file, and with a fault.

    Raises
    ------
    NetlearnError
        Two outcomes of the study have the same name.
    """
    path = study.folder / FILE
    if not path.is_file():
        return None
    before = len(findings.faults)
    text = _text(path, findings)
    raw = None if text is None else _tables(text, findings)
    if text is None or raw is None:
        return None
    found = _Reader(Lines(text), findings, outcome_names(study)).claims(raw)
    return found if len(findings.faults) == before else None


def _text(path: Path, findings: Findings) -> str | None:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.fault("claims-not-utf8", FILE, data.count(b"\n", 0, error.start) + 1)
        return None


def _tables(text: str, findings: Findings) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).rpartition(" (at ")
        found = re.search(r"line (\d+)", place)
        row = int(found[1]) if found else text.rstrip().count("\n") + 1
        findings.fault("toml-broken", FILE, row, message=message)
        return None


@dataclass
class _Reader:
    """Checks the tables of the file."""

    lines: Lines
    findings: Findings
    outcomes: dict[str, Outcome]

    def claims(self, raw: dict[str, Any]) -> Claims:
        """Return what the file holds; what has a fault is blank."""
        self._known("", raw, tuple(KEYS))
        source = self._texts("source", self._table(raw, "source", dict) or {})
        if isinstance(raw.get("source"), dict) and not source["title"]:
            self.fault("missing-key", "source", "title", expected="text")
        listed = self._table(raw, "claims", list) or []
        found = tuple(self._claim(values, index) for index, values in enumerate(listed))
        self._check_names(found)
        return Claims(source["title"], found, source["note"])

    def fault(self, code: str, table: str, key: str, index: int = 0, **values: Any) -> None:
        """Add a fault at the line of a key."""
        named = {"table": _heading(table), "key": key}
        self.findings.fault(code, FILE, self.lines.row(table, index, key), key, **(named | values))

    def _table(self, raw: dict[str, Any], name: str, kind: type[Any]) -> Any:
        """Return a table or list of tables; None, with a fault, if it is missing or something else."""
        value = raw.get(name)
        if name not in raw or value == []:
            keys = ["text", "outcome", "expects"] if name == "claims" else ["title"]
            self.fault("missing-table", "", name, heading=_heading(name), keys=keys)
        elif not isinstance(value, kind) or (
            kind is list and any(not isinstance(v, dict) for v in raw[name])
        ):
            expected = "tables" if kind is list else "table"
            self.fault("wrong-type", "", name, value=_shown(value), expected=expected)
        else:
            return value
        return None

    def _known(self, table: str, values: dict[str, Any], known: tuple[str, ...], index: int = 0) -> None:
        for key in values:
            if key not in known:
                self.fault("unknown-key", table, key, index, known=known, nearest=nearest(key, known))

    def _texts(self, table: str, values: dict[str, Any], index: int = 0) -> dict[str, str]:
        """Return every key of a table as a text without blanks around it, "" where there is none."""
        self._known(table, values, KEYS[table], index)
        found = dict.fromkeys(KEYS[table], "")
        for key in found.keys() & values.keys():
            if isinstance(values[key], str):
                found[key] = " ".join(values[key].split())
            else:
                self.fault("wrong-type", table, key, index, value=_shown(values[key]), expected="text")
        return found

    def _claim(self, values: dict[str, Any], index: int) -> Claim:
        texts = self._texts("claims", values, index)
        if not texts["text"] and not _wrong(values.get("text")):
            self.fault("missing-key", "claims", "text", index, expected="text")
        if texts["outcome"]:
            self._check_outcome(texts, values, index)
        elif not texts["because"] and not _wrong(values.get("outcome")) and not _wrong(values.get("because")):
            self.fault("claim-without-because", "claims", "because", index)
        expects = texts["expects"]
        if expects and expects not in get_args(Expects):
            self._choice("expects", expects, list(get_args(Expects)), index)
        kept: Any = texts
        return Claim(**kept)

    def _check_outcome(self, texts: dict[str, str], values: dict[str, Any], index: int) -> None:
        name, expects = texts["outcome"], texts["expects"]
        outcome = self.outcomes.get(name)
        if outcome is None:
            self._choice("outcome", name, list(self.outcomes), index)
        if not expects and not _wrong(values.get("expects")):
            self.fault("claim-without-expects", "claims", "expects", index)
        if outcome is None:
            return
        if (expects, outcome.alternative) in _ASKED_ONE_WAY:
            named = {"value": expects, "outcome": name, "alternative": outcome.alternative}
            self.fault("claim-asked-otherwise", "claims", "expects", index, **named)
        if expects == "none" and outcome.margin is None:
            row = self.lines.row("claims", index, "expects")
            self.findings.note("claim-without-margin", FILE, row, "expects", outcome=name)

    def _choice(self, key: str, value: str, known: list[str], index: int) -> None:
        self.fault(
            "bad-choice", "claims", key, index, value=value, known=known, nearest=nearest(value, known)
        )

    def _check_names(self, claims: tuple[Claim, ...]) -> None:
        seen: dict[str, int] = {}
        for index, claim in enumerate(claims):
            if claim.name in seen:
                first = self.lines.row("claims", seen[claim.name], "name")
                self.fault("duplicate-name", "claims", "name", index, value=claim.name, first=first)
            elif claim.name:
                seen[claim.name] = index


def _wrong(value: Any) -> bool:
    """Tell whether a value has another type, which has a fault of its own."""
    return value is not None and not isinstance(value, str)


def _shown(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)[:40]


def _heading(table: str) -> str:
    return {"": FILE, "source": "[source]", "claims": "[[claims]]"}[table]
