"""What `netlearn inspect` prints, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from netlearn.survey.inspect import Inspected, Inspection
from netlearn.survey.inspect_questions import Question
from netlearn.wording import Language
from netlearn.wording.inspection import line, why
from netlearn.wording.numbers import percent


def lines_of(inspection: Inspection, language: Language) -> Iterator[str]:
    """Return the lines: each export with its questions, then every fault and note about the files. No name is told."""
    for inspected in inspection.exports:
        sure = percent(inspected.guess.sure, language)
        told = {"dialect": inspected.dialect, "sure": sure, "why": why(inspected.guess.why, language)}
        yield line("tool", language, file=inspected.file, **told)
        yield from _export(inspected, inspection.roster is not None, language)
    yield from inspection.findings.lines(language)


def _export(inspected: Inspected, known: bool, language: Language) -> Iterator[str]:
    export = inspected.export
    if inspected.parts:
        yield line("parts", language, parts=", ".join(sorted(inspected.parts.values())))
    if inspected.written[0]:
        yield line("written", language, encoding=inspected.written[0], separator=inspected.written[1])
    if export is None:
        return
    kept = [done for at, done in enumerate(export.complete) if at not in export.dropped]
    sent, unsent = (sum(done is state for done in kept) for state in (True, False))
    size = {
        "rows": len(export.table.rows),
        "columns": len(export.table.header),
        "dropped": len(export.dropped),
    }
    yield line("size", language, sent=sent, open=unsent, **size)
    if export.respondent in export.table.header:
        yield line("respondent", language, column=export.respondent)
    single = [question for question in inspected.questions if question.kind == "background"]
    for question in inspected.questions:
        if question.kind != "background":
            yield _question(question, known, language)
    if single:
        yield line("single", language, count=len(single))


def _question(question: Question, known: bool, language: Language) -> str:
    share = question.people
    people = ""
    if share == share and share > 0:
        people = line("people" if known else "look", language, share=percent(share, language))
    shown = f': "{question.text[:80]}"' if question.text else ""
    code = question.code or ("from, to" if question.kind == "nominations" else "…")
    told = {"code": code, "kind": question.kind, "columns": len(question.columns)}
    return line("question", language, people=people, text=shown, **told)
