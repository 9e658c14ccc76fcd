"""Answers as Qualtrics exports them: CSV with three heading rows, choice texts in cells, rows that are no answers."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
# Heading, wording in the language of the survey, import id.
SYSTEM = (
    ("StartDate", "Startdato", "startDate"),
    ("EndDate", "Slutdato", "endDate"),
    ("Status", "Svartype", "status"),
    ("IPAddress", "IP-adresse", "ipAddress"),
    ("Progress", "Fremskridt", "progress"),
    ("Duration (in seconds)", "Varighed (i sekunder)", "duration"),
    ("Finished", "Afsluttet", "finished"),
    ("RecordedDate", "Registreringsdato", "recordedDate"),
    ("ResponseId", "Svar-id", "_recordId"),
    ("RecipientLastName", "Modtagers efternavn", "recipientLastName"),
    ("RecipientFirstName", "Modtagers fornavn", "recipientFirstName"),
    ("RecipientEmail", "Modtagers mail", "recipientEmail"),
    ("ExternalReference", "Ekstern datareference", "externalDataReference"),
    ("LocationLatitude", "Breddegrad", "locationLatitude"),
    ("LocationLongitude", "Længdegrad", "locationLongitude"),
    ("DistributionChannel", "Distributionskanal", "distributionChannel"),
    ("UserLanguage", "Brugersprog", "userLanguage"),
)


@dataclass(frozen=True)
class Question:
    """A column: heading, wording (question and row, as Qualtrics joins them) and import id."""

    name: str
    text: str
    identity: str


@dataclass(frozen=True)
class Response:
    """A row: the reference of the contact list ("" = none), how far the person came (0-100), the answers by heading."""

    reference: str
    progress: int
    answers: Mapping[str, str] = field(default_factory=dict)
    status: str = "IP Address"

    def head(self, started: datetime, seconds: int, code: str) -> list[str]:
        """The cells of the columns that Qualtrics adds."""
        ended = started + timedelta(seconds=seconds)
        done = self.progress == 100
        # An answer that was never sent in is recorded when the survey closes it, a week later.
        recorded = ended + timedelta(seconds=1) if done else ended + timedelta(days=7)
        preview = self.status != "IP Address"
        times = [started.isoformat(" "), ended.isoformat(" ")]
        told = [self.status, "", str(self.progress), str(seconds), str(done), recorded.isoformat(" "), code]
        # The survey keeps no addresses: names, mails and places are blank.
        return [*times, *told, "", "", "", self.reference, "", "", "preview" if preview else "email", "DA"]


def write_export(
    path: Path, questions: Sequence[Question], responses: Sequence[Response], opened: datetime, seed: int
) -> None:
    """Write the responses in the order in which they were begun; blank = no answer."""
    rng = np.random.default_rng(seed)
    # Most people answer within the first days, the others after a reminder; previews come before all.
    minutes = np.sort(rng.exponential(3 * 24 * 60, size=len(responses)) % (14 * 24 * 60)).astype(int)
    previews = [r for r in responses if r.status != "IP Address"]
    people = [r for r in responses if r.status == "IP Address"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow([*(name for name, _, _ in SYSTEM), *(q.name for q in questions)])
        table.writerow([*(text for _, text, _ in SYSTEM), *(q.text for q in questions)])
        identities = [*(key for _, _, key in SYSTEM), *(q.identity for q in questions)]
        table.writerow([json.dumps({"ImportId": key}, separators=(",", ":")) for key in identities])
        for response, minute in zip([*previews, *people], minutes, strict=True):
            started = opened + timedelta(minutes=int(minute), days=-3 * (response in previews))
            seconds = int(rng.integers(300, 1500))
            code = "R_" + "".join(rng.choice(LETTERS, size=15))
            cells = [response.answers.get(q.name, "") for q in questions]
            table.writerow([*response.head(started, seconds, code), *cells])
