"""Every way of writing an export that the tests know: writer and options."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from exports.truth import Truth
from exports.written import Written

VARIANTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("plain", {}),
    ("plain", {"style": "nominations"}),
    ("plain", {"style": "adjacency"}),
    ("plain", {"style": "book"}),
    *(("limesurvey", {"style": s}) for s in ("code", "em", "codetext", "em-codetext", "underscores")),
    ("limesurvey", {"style": "full", "cells": "full"}),
    ("limesurvey", {"kind": "choice"}),
    ("limesurvey", {"book": True}),
    *(
        ("surveyxact", {"layout": layout})
        for layout in ("semicolon", "utf16", "comma", "zip", "xlsx", "wide")
    ),
    ("surveyxact", {"kind": "choice"}),
    *(("redcap", {"style": s}) for s in ("boxes", "levels", "matrix", "repeat", "slots", "joined")),
    ("redcap", {"style": "levels", "labels": "cells"}),
    *(("kobo", {"style": s}) for s in ("boxes", "levels", "table")),
    ("kobo", {"style": "repeat", "shape": "kobo-xlsx"}),
    ("kobo", {"style": "boxes", "shape": "odk-zip"}),
    *(("qualtrics", {"style": s}) for s in ("levels", "boxes", "options", "joined")),
    *(("qualtrics", {"generation": g, "values": "codes"}) for g in ("python", "numbered")),
    ("qualtrics", {"form": "tsv"}),
    *(("google_forms", {"style": s}) for s in ("grid", "box-grid", "choice")),
    *(("ms_forms", {"style": s}) for s in ("likert", "choice")),
    ("ms_forms", {"form": "csv"}),
    *(("network_canvas", {"shape": shape}) for shape in ("zip", "merged", "graphml")),
    *(("graphml", {"style": s}) for s in ("networkx", "gephi")),
    ("ucinet", {}),
    ("spss", {}),
)
"""Writer and options."""


def write(number: int, truth: Truth, rng: np.random.Generator, later: bool = False) -> Written:
    """Write a truth in one of the variants, with later days where the tool writes days."""
    name, options = VARIANTS[number]
    options = options | ({"month": 9} if later and name == "limesurvey" else {})
    written: Written = import_module(f"exports.{name}").write(truth, rng, **options)
    return written


def title(number: int) -> str:
    """A short name of a variant."""
    name, options = VARIANTS[number]
    return "-".join([name, *(str(value) for value in options.values())]).replace(" ", "")
