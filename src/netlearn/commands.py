"""What each command does: options in, exit code out. What is heavy is imported when a command needs it."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from netlearn.wording import Language, method

FINE, FAULTS, USAGE = 0, 1, 2


def run(options: argparse.Namespace) -> int:
    """Analyse a study folder and write its report."""
    from netlearn.analysis.analyse import analyse
    from netlearn.report import check_target, write_report
    from netlearn.study.dress import FOLDER
    from netlearn.study.plan import read_study

    study = read_study(options.study)
    changes = {"language": options.lang, "seed": options.seed}
    study = replace(study, **{key: value for key, value in changes.items() if value is not None})
    out = options.out or study.folder / "out"
    check_target(out, study.language)
    results = analyse(study, draws=options.draws, workers=options.workers, progress=not options.quiet)
    page = write_report(results, out)
    if not options.quiet:
        for note in results.notes:
            if note.code != "import-counts-shown":  # the counts of every cell are in the report
                print(note.text(study.language))
        _tell_of_logo(study.folder / FOLDER, study.language)
        print(results.sentence())
        print(page)
    return FINE


def _tell_of_logo(dress: Path, language: Language) -> None:
    """Say that a logo is on the page and not in the Word file, if it is so."""
    from netlearn.study.dress import logo_without_word

    if name := logo_without_word(dress):
        print(method.logo_not_in_word(str(dress / name), language))


def inspect(options: argparse.Namespace) -> int:
    """Tell what export files hold and draft a study file."""
    from netlearn.survey.draft import draft_study, write_draft
    from netlearn.survey.inspect import inspect_files
    from netlearn.survey.inspect_lines import lines_of
    from netlearn.wording.inspection import line

    inspection = inspect_files(options.files, options.roster)
    for text in lines_of(inspection, options.lang):
        print(text)
    if not any(inspected.export is not None for inspected in inspection.exports):
        return FAULTS
    path = options.out or options.files[0].parent / "study.draft.toml"
    write_draft(draft_study(inspection, options.lang, options.roster), path, options.lang)
    print(line("draft", options.lang, path=path))
    return FAULTS if inspection.findings.faults else FINE


def instrument(options: argparse.Namespace) -> int:
    """Write the questionnaire of a study."""
    from netlearn.study.findings import Findings
    from netlearn.survey.instrument import read_plan, toml_for, write_instrument

    study, findings = read_plan(options.study), Findings()
    language = options.lang or study.language
    path = write_instrument(study, options.to, options.out, options.wave, options.lang, findings)
    for note in findings.lines(language):
        print(note)
    print(method.read_so(str(path), toml_for(study, options.to, options.wave), language))
    return FINE


def notebooks(options: argparse.Namespace) -> int:
    """Run the notebook of a study and write it as a page."""
    from netlearn.report.notebook import run_notebook
    from netlearn.study.plan import read_study

    study = read_study(options.study)
    shown = {"code": not options.no_code, "progress": not options.quiet}
    page = run_notebook(study, options.notebook, options.out, **shown)
    if not options.quiet:
        print(page)
    return FINE


def report(options: argparse.Namespace) -> int:
    """Write a report anew from its saved results."""
    from netlearn.report import rebuild_report
    from netlearn.report.saved import saved_language

    page = rebuild_report(options.out, options.lang, options.dress)
    if not options.quiet:
        if options.dress is not None:
            _tell_of_logo(options.dress, options.lang or saved_language(options.out))
        print(page)
    return FINE


def pseudonymize(options: argparse.Namespace) -> int:
    """Make a copy of a study that holds codes instead of people."""
    from netlearn.study.plan import read_study
    from netlearn.survey.pseudonymize import pseudonymize

    study = read_study(options.study)
    chosen = {"out": options.out, "replace": options.replace, "secret": options.secret}
    made = pseudonymize(study, options.key, **chosen)
    for note in made.notes:
        print(note.text(study.language))
    print(made.message(study.language))
    return FINE


def withdraw(options: argparse.Namespace) -> int:
    """Leave the answers of a person out of every later run."""
    from netlearn.study.plan import read_study
    from netlearn.survey.withdraw import withdraw

    study = read_study(options.study)
    print(withdraw(study, options.code, options.ties).message(study.language))
    return FINE


def scan(options: argparse.Namespace) -> int:
    """Look for people of the staff list in every file of a folder."""
    from netlearn.study.plan import read_study
    from netlearn.survey.scan import scan_folder
    from netlearn.wording import privacy_words

    study = read_study(options.study)
    folder = options.folder or study.folder / "out"
    findings = scan_folder(study, folder)
    for line in findings.lines(study.language):
        print(line)
    if not findings.faults:
        print(privacy_words.clean(str(folder), study.language))
    return FAULTS if findings.faults else FINE


def check(options: argparse.Namespace) -> int:
    """List every fault in the files of a study."""
    from netlearn.study.findings import Findings
    from netlearn.study.toml import stated_language
    from netlearn.survey.check import check_and_ask

    findings = Findings()
    asked = check_and_ask(options.study, findings)
    language = options.lang or stated_language(options.study)
    for line in findings.lines(language):
        print(line)
    if asked is not None:
        print(method.names_to_check(str(asked), language))
    if not findings.faults:
        print(method.no_faults(language))
    return FAULTS if findings.faults else FINE


def new(options: argparse.Namespace) -> int:
    """Make a study folder that runs at once."""
    from netlearn.published.folder import write_study_folder
    from netlearn.survey.new import new_study

    if options.published:
        write_study_folder(options.published, options.folder, options.lang, relation=options.relation)
    elif options.relation:
        print("--relation goes with --published", file=sys.stderr)
        return USAGE
    else:
        new_study(options.folder, options.lang)
    print(method.made_study(str(options.folder), options.lang))
    return FINE
