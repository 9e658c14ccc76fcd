"""Questionnaires out: from the study file and the staff list to a form of a survey tool, or to paper."""

from __future__ import annotations

from pathlib import Path

from netlearn.study.findings import Findings
from netlearn.study.plan import Study, WavePlan
from netlearn.study.rawtable import nearest
from netlearn.study.toml import parse_study
from netlearn.survey.instrument.codes import TOOLS, Codes, make_codes
from netlearn.survey.instrument.form import Form, Target
from netlearn.survey.instrument.make import FILE, make_form
from netlearn.survey.instrument.people import read_people
from netlearn.wording import Language

__all__ = ["Target", "describe", "read_plan", "write_instrument"]

_LATER = ("missing-file", "wave-without-file")
ENDINGS: dict[Target, str] = {"xlsform": ".xlsx", "limesurvey": ".txt", "redcap": ".csv", "docx": ".docx"}
