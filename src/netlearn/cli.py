"""The command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from netlearn import commands
from netlearn.commands import FAULTS, FINE
from netlearn.errors import NetlearnError, StudyError
from netlearn.wording import Language, method

DRAWS = 1999


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = argparse.ArgumentParser(
        prog="netlearn",
        description="Did the training change who talks to whom across departments, and how sure are we?",
    )
    parser.add_argument("--version", action="version", version=f"netlearn {version('netlearn')}")
    into = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = into.add_parser("run", help="analyse a study folder and write its report")
    run.add_argument("study", type=Path, help="study folder with study.toml")
    run.add_argument("--out", type=_folder, help="output folder (default: out in the study folder)")
    run.add_argument("--lang", choices=["da", "en"], help="language of the report (default: the study's)")
    run.add_argument("--seed", type=_seed, help="seed of every random draw (default: the study's)")
    run.add_argument("--draws", type=_draws, default=DRAWS, help="draws of every permutation test")
    run.add_argument(
        "--workers", type=_workers, default=1, help="processes, or the address of a dask scheduler"
    )
    run.add_argument("--quiet", action="store_true", help="print nothing but faults")
    run.set_defaults(act=commands.run)
    check = into.add_parser("check", help="list every fault in the files of a study")
    check.add_argument("study", type=Path, help="study folder with study.toml")
    check.add_argument("--lang", choices=["da", "en"], help="language of the messages (default: the study's)")
    check.set_defaults(act=commands.check)
    _add_inspect(into)
    _add_instrument(into)
    _add_privacy(into)
    _add_notebooks(into)
    _add_report(into)
    new = into.add_parser("new", help="make a study folder that runs at once")
    new.add_argument("folder", type=Path, help="folder to make")
    new.add_argument("--lang", choices=["da", "en"], default="en", help="language of the study (default: en)")
    new.add_argument("--published", metavar="NAME", help="make it from a published data set")
    new.add_argument("--relation", metavar="NAME", help="which relation of the published data set")
    new.set_defaults(act=commands.new)
    return parser


def _add_inspect(into: Any) -> None:
    inspect = into.add_parser("inspect", help="tell what export files hold and draft a study file")
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
    inspect.set_defaults(act=commands.inspect)


def _add_instrument(into: Any) -> None:
    form = into.add_parser(
        "instrument", help="write the questionnaire of a study for a survey tool or for print"
    )
    form.add_argument("study", type=Path, help="study folder with study.toml and the staff list")
    form.add_argument(
        "--to", required=True, choices=["xlsform", "limesurvey", "redcap", "docx"], help="the tool"
    )
    form.add_argument("--wave", metavar="LABEL", help="the wave (default: the first)")
    form.add_argument("--out", type=Path, metavar="FILE", help="the file (default: in the study folder)")
    form.add_argument("--lang", choices=["da", "en"], help="language (default: the study's)")
    form.set_defaults(act=commands.instrument)


def _add_notebooks(into: Any) -> None:
    book = into.add_parser("notebooks", help="run the notebook of a study and write it as a page")
    book.add_argument("study", type=Path, help="study folder with study.toml")
    book.add_argument(
        "--notebook", type=Path, metavar="FILE", help="another notebook than the one study.toml names"
    )
    book.add_argument("--out", type=Path, metavar="FILE", help="the page (default: in the study folder)")
    book.add_argument("--no-code", action="store_true", help="leave the code of the cells out")
    book.add_argument("--quiet", action="store_true", help="print nothing but faults")
    book.set_defaults(act=commands.notebooks)


def _add_report(into: Any) -> None:
    report = into.add_parser("report", help="write a report anew from its saved results")
    report.add_argument("out", type=_folder, metavar="OUT", help="the folder of a report, such as STUDY/out")
    report.add_argument("--lang", choices=["da", "en"], help="language of the report (default: the study's)")
    report.add_argument(
        "--dress", type=_folder, metavar="DIR", help="a folder with a logo, a template or texts of your own"
    )
    report.add_argument("--quiet", action="store_true", help="print nothing but faults")
    report.set_defaults(act=commands.report)


def _add_privacy(into: Any) -> None:
    coded = into.add_parser("pseudonymize", help="make a copy of a study that holds codes instead of people")
    coded.add_argument("study", type=Path, help="study folder with study.toml")
    coded.add_argument("--key", type=Path, required=True, metavar="PATH", help="the key file, kept elsewhere")
    coded.add_argument(
        "--out", type=_folder, metavar="DIR", help="the copy (default: STUDY-coded beside the study)"
    )
    coded.add_argument("--replace", action="store_true", help="put the copy in the place of the raw files")
    coded.add_argument("--secret", type=Path, metavar="FILE", help="make codes from ids with this secret")
    coded.set_defaults(act=commands.pseudonymize)
    gone = into.add_parser("withdraw", help="leave the answers of a person out of every later run")
    gone.add_argument("study", type=Path, help="study folder with study.toml")
    gone.add_argument("code", metavar="CODE", help="id in the staff list, or code in the results")
    gone.add_argument(
        "--ties", action="store_true", help="also leave out what others answered about the person"
    )
    gone.set_defaults(act=commands.withdraw)
    scan = into.add_parser("scan", help="look for people of the staff list in every file of a folder")
    scan.add_argument("study", type=Path, help="study folder with study.toml")
    scan.add_argument(
        "folder", type=Path, nargs="?", metavar="FOLDER", help="where (default: out in the study)"
    )
    scan.set_defaults(act=commands.scan)


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


def _said(error: NetlearnError, language: Language | None) -> str:
    """Return what is wrong, in the language that was asked for where it is known in both."""
    found = error.findings if isinstance(error, StudyError) else None
    if language is None or found is None or not found.faults:
        return str(error)
    return "\n".join(fault.text(language) for fault in found.faults)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 = fine, 1 = faults in the data, 2 = usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles: never fail on a Danish letter
            stream.reconfigure(errors="replace")
    options = build_parser().parse_args(arguments)
    try:
        return int(options.act(options))
    except NetlearnError as error:
        print(_said(error, getattr(options, "lang", None)), file=sys.stderr)
        return FAULTS
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return FAULTS
    except BrokenPipeError:  # whoever reads what is printed, such as `head`, has read enough
        sys.stdout = None
        return FINE
    except OSError as error:
        reason = method.reason(
            error.errno, error.strerror or str(error), getattr(options, "lang", None) or "en"
        )
        print(f"{error.filename or ''}: {reason}", file=sys.stderr)
        return FAULTS


if __name__ == "__main__":
    sys.exit(main())
