"""The command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from netlearn.errors import NetlearnError
from netlearn.wording import method

FINE, FAULTS, USAGE = 0, 1, 2
DRAWS = 1999


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = argparse.ArgumentParser(
        prog="netlearn",
        description="Did the training change who talks to whom across departments, and how sure are we?",
    )
    parser.add_argument("--version", action="version", version=f"netlearn {version('netlearn')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="analyse a study folder and write its report")
    run.add_argument("study", type=Path, help="study folder with study.toml")
    run.add_argument("--out", type=_folder, help="output folder (default: out in the study folder)")
    run.add_argument("--lang", choices=["da", "en"], help="language of the report (default: the study's)")
    run.add_argument("--seed", type=_seed, help="seed of every random draw (default: the study's)")
    run.add_argument("--draws", type=_draws, default=DRAWS, help="draws of every permutation test")
    run.add_argument(
        "--workers", type=_workers, default=1, help="processes, or the address of a dask scheduler"
    )
    run.add_argument("--quiet", action="store_true", help="print nothing but faults")
    run.set_defaults(act=_run)
    check = commands.add_parser("check", help="list every fault in the files of a study")
    check.add_argument("study", type=Path, help="study folder with study.toml")
    check.add_argument("--lang", choices=["da", "en"], help="language of the messages (default: the study's)")
    check.set_defaults(act=_check)
    _add_inspect(commands)
    _add_instrument(commands)
    _add_privacy(commands)
    _add_notebooks(commands)
    _add_report(commands)
    new = commands.add_parser("new", help="make a study folder that runs at once")
    new.add_argument("folder", type=Path, help="folder to make")
    new.add_argument("--lang", choices=["da", "en"], default="en", help="language of the study (default: en)")
    new.add_argument("--published", metavar="NAME", help="make it from a published data set")
    new.add_argument("--relation", metavar="NAME", help="which relation of the published data set")
    new.set_defaults(act=_new)
    return parser


def _add_inspect(commands: Any) -> None:
    inspect = commands.add_parser("inspect", help="tell what export files hold and draft a study file")
    inspect.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="exports and files with their labels"
    )
    inspect.add_argument(
        "--roster", type=Path, metavar="FILE", help="the staff list, to find questions about it"
    )
    inspect.add_argument(
        "--out", type=Path, metavar="FILE", help="the draft (default: study.draft.toml beside FILE)"
    )
    inspect.add_argument("--lang", choices=["da", "en"], default="en", help="language (default: en)")
    inspect.set_defaults(act=_inspect)


def _add_instrument(commands: Any) -> None:
    form = commands.add_parser(
        "instrument", help="write the questionnaire of a study for a survey tool or for print"
    )
    form.add_argument("study", type=Path, help="study folder with study.toml and the staff list")
    form.add_argument(
        "--to", required=True, choices=["xlsform", "limesurvey", "redcap", "docx"], help="the tool"
    )
    form.add_argument("--wave", metavar="LABEL", help="the wave (default: the first)")
    form.add_argument("--out", type=Path, metavar="FILE", help="the file (default: in the study folder)")
    form.add_argument("--lang", choices=["da", "en"], help="language (default: the study's)")
    form.set_defaults(act=_instrument)


def _add_notebooks(commands: Any) -> None:
    book = commands.add_parser("notebooks", help="run the notebook of a study and write it as a page")
    book.add_argument("study", type=Path, help="study folder with study.toml")
    book.add_argument(
        "--notebook", type=Path, metavar="FILE", help="another notebook than the one study.toml names"
    )
    book.add_argument("--out", type=Path, metavar="FILE", help="the page (default: in the study folder)")
    book.add_argument("--no-code", action="store_true", help="leave the code of the cells out")
    book.add_argument("--quiet", action="store_true", help="print nothing but faults")
    book.set_defaults(act=_notebooks)


def _add_report(commands: Any) -> None:
    report = commands.add_parser("report", help="write a report anew from its saved results")
    report.add_argument("out", type=Path, metavar="OUT", help="the folder of a report, such as STUDY/out")
    report.add_argument("--lang", choices=["da", "en"], help="language of the report (default: the study's)")
    report.add_argument(
        "--dress", type=Path, metavar="DIR", help="a folder with a logo, a template or texts of your own"
    )
    report.add_argument("--quiet", action="store_true", help="print nothing but faults")
    report.set_defaults(act=_report)


def _add_privacy(commands: Any) -> None:
    coded = commands.add_parser(
        "pseudonymize", help="make a copy of a study that holds codes instead of people"
    )
    coded.add_argument("study", type=Path, help="study folder with study.toml")
    coded.add_argument("--key", type=Path, required=True, metavar="PATH", help="the key file, kept elsewhere")
    coded.add_argument(
        "--out", type=_folder, metavar="DIR", help="the copy (default: STUDY-coded beside the study)"
    )
    coded.add_argument("--replace", action="store_true", help="put the copy in the place of the raw files")
    coded.add_argument("--secret", type=Path, metavar="FILE", help="make codes from ids with this secret")
    coded.set_defaults(act=_pseudonymize)
    gone = commands.add_parser("withdraw", help="leave the answers of a person out of every later run")
    gone.add_argument("study", type=Path, help="study folder with study.toml")
    gone.add_argument("code", metavar="CODE", help="id in the staff list, or code in the results")
    gone.add_argument(
        "--ties", action="store_true", help="also leave out what others answered about the person"
    )
    gone.set_defaults(act=_withdraw)
    scan = commands.add_parser("scan", help="look for people of the staff list in every file of a folder")
    scan.add_argument("study", type=Path, help="study folder with study.toml")
    scan.add_argument(
        "folder", type=Path, nargs="?", metavar="FOLDER", help="where (default: out in the study)"
    )
    scan.set_defaults(act=_scan)


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("expected the name of a folder, got nothing")
    return Path(text)


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a whole number of 0 or more, got {text!r}")
    return int(text)


def _draws(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number of 1 or more, got {text!r}")
    return int(text)


def _workers(text: str) -> int | str:
    from netlearn.inference.parallel import check_workers

    workers = int(text) if text.isdecimal() else text
    try:
        check_workers(workers)
    except NetlearnError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return workers


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 = fine, 1 = faults in the data, 2 = usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles: never fail on a Danish letter
            stream.reconfigure(errors="replace")
    options = build_parser().parse_args(arguments)
    try:
        return int(options.act(options))
    except NetlearnError as error:
        print(error, file=sys.stderr)
        return FAULTS
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return FAULTS
    except BrokenPipeError:  # whoever reads what is printed, such as `head`, has read enough
        sys.stdout = None
        return FINE
    except OSError as error:
        print(f"{error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return FAULTS


def _run(options: argparse.Namespace) -> int:
    from netlearn.analysis.analyse import analyse
    from netlearn.report import check_target, write_report
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
        print(results.sentence())
        print(page)
    return FINE


def _inspect(options: argparse.Namespace) -> int:
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


def _instrument(options: argparse.Namespace) -> int:
    from netlearn.study.findings import Findings
    from netlearn.survey.instrument import read_plan, toml_for, write_instrument

    study, findings = read_plan(options.study), Findings()
    language = options.lang or study.language
    path = write_instrument(study, options.to, options.out, options.wave, options.lang, findings)
    for note in findings.lines(language):
        print(note)
    print(method.read_so(str(path), toml_for(study, options.to, options.wave), language))
    return FINE


def _notebooks(options: argparse.Namespace) -> int:
    from netlearn.report.notebook import run_notebook
    from netlearn.study.plan import read_study

    study = read_study(options.study)
    shown = {"code": not options.no_code, "progress": not options.quiet}
    page = run_notebook(study, options.notebook, options.out, **shown)
    if not options.quiet:
        print(page)
    return FINE


def _report(options: argparse.Namespace) -> int:
    from netlearn.report import rebuild_report

    page = rebuild_report(options.out, options.lang, options.dress)
    if not options.quiet:
        print(page)
    return FINE


def _pseudonymize(options: argparse.Namespace) -> int:
    from netlearn.study.plan import read_study
    from netlearn.survey.pseudonymize import pseudonymize

    study = read_study(options.study)
    chosen = {"out": options.out, "replace": options.replace, "secret": options.secret}
    made = pseudonymize(study, options.key, **chosen)
    for note in made.notes:
        print(note.text(study.language))
    print(made.message(study.language))
    return FINE


def _withdraw(options: argparse.Namespace) -> int:
    from netlearn.study.plan import read_study
    from netlearn.survey.withdraw import withdraw

    study = read_study(options.study)
    print(withdraw(study, options.code, options.ties).message(study.language))
    return FINE


def _scan(options: argparse.Namespace) -> int:
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


def _check(options: argparse.Namespace) -> int:
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


def _new(options: argparse.Namespace) -> int:
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


if __name__ == "__main__":
    sys.exit(main())
