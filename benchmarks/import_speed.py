"""How long it takes to read exports: `uv run python benchmarks/import_speed.py`.

Written to a temporary folder and read in a process of their own each: a roster of 400 people asked four questions in
three waves, as LimeSurvey and as plain tables; and one export of 5,000 rows and 2,000 columns, as CSV and as Excel.
The cells of a smaller sheet are also read with openpyxl, beside our own reader. Printed are seconds, the largest memory
of the process, and the ratio of the two readers.
"""

from __future__ import annotations

import argparse
import csv
import io
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from openpyxl import Workbook, load_workbook

from netlearn.study.findings import Findings
from netlearn.study.plan import read_study
from netlearn.survey.excel import Workbook as Reader
from netlearn.survey.inspect import inspect_files
from netlearn.survey.reader import read_ledger

PEOPLE, RELATIONS, WAVES = 400, ("contact", "advice", "knows", "plans"), ("before", "midway", "after")
ROWS, COLUMNS, SMALLER = 5_000, 2_000, 500
KIB = 1024 if sys.platform != "darwin" else 1


def write_roster_study(folder: Path, dialect: str) -> None:
    """Write 400 people, three waves, four questions with a level per colleague."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(1)
    ids = [f"p{number:03d}" for number in range(PEOPLE)]
    people = "".join(f"{person},Unit {number % 12}\n" for number, person in enumerate(ids))
    (folder / "roster.csv").write_text("id,department\n" + people, encoding="utf-8")
    lines = [
        "[study]",
        'title = "Speed"',
        "seed = 1",
        'tolerate = ["self-nominations"]',
        "[roster]",
        'file = "roster.csv"',
    ]
    for number, wave in enumerate(WAVES):
        lines += ["[[waves]]", f'label = "{wave}"', f"date = 2024-0{number + 1}-01", f'file = "{wave}.csv"']
        lines += [f'dialect = "{dialect}"', 'respondent = "token"']
        _write_wave(folder / f"{wave}.csv", ids, dialect, number, rng)
    for relation in RELATIONS:
        lines += ["[[relations]]", f'name = "{relation}"', 'kind = "roster"', f'code = "{relation}"']
    lines += ["[primary]", 'relation = "contact"', 'measure = "cross_density"', 'waves = ["before", "after"]']
    (folder / "study.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_wave(path: Path, ids: list[str], dialect: str, number: int, rng: np.random.Generator) -> None:
    heading = "{0}[{1}]" if dialect == "limesurvey" else "{0}_{1}"
    columns = [heading.format(relation, person) for relation in RELATIONS for person in ids]
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["token", "submitdate", "lastpage", *columns])
        for person in ids:
            levels = np.where(rng.random(len(columns)) < 0.05, rng.integers(1, 5, len(columns)), 0)
            table.writerow([person, f"2024-0{number + 1}-01 10:00:00", 9, *levels.tolist()])


def write_wide(path: Path, rows: int = ROWS) -> None:
    """Write 5,000 responses to 2,000 questions: codes, blanks and some words."""
    rng = np.random.default_rng(2)
    words = np.array(["", "1", "2", "3", "4", "agree", "I do not know", "98", "5", ""])
    header = ["id", *(f"q{number // 20}_{number % 20}" for number in range(COLUMNS - 1))]
    book = Workbook(write_only=True) if path.suffix == ".xlsx" else None
    sheet = None if book is None else book.create_sheet("Data")
    with path.with_suffix(".tmp").open("w", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream, lineterminator="\n").writerow if sheet is None else sheet.append
        write(header)
        for row in range(rows):
            write([f"r{row}", *words[rng.integers(0, len(words), COLUMNS - 1)].tolist()])
    path.with_suffix(".tmp").unlink() if book is not None else path.with_suffix(".tmp").replace(path)
    if book is not None:
        book.save(path)


def read_roster(folder: Path) -> int:
    """Read every relation of every wave and the count of cells."""
    return int(read_ledger(read_study(folder))["cells"].sum())


def read_wide(path: Path) -> int:
    """Recognise and read one wide export."""
    (inspected,) = inspect_files([path]).exports
    if inspected.export is None:
        raise RuntimeError("the export could not be read")
    return len(inspected.export.table.rows) * len(inspected.export.table.header)


def read_twice(path: Path) -> tuple[float, float]:
    """Read the cells of one sheet with our reader and with openpyxl; return the seconds of each."""
    data, findings = path.read_bytes(), Findings()
    start = time.perf_counter()
    book = Reader.open(data, path.name, findings)
    ours = None if book is None else book.rows(None, findings)
    middle = time.perf_counter()
    sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    theirs = [
        ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    end = time.perf_counter()
    if ours != theirs:
        raise RuntimeError("the two readers differ")
    return middle - start, end - middle


def measured(task: str, path: Path, results: multiprocessing.Queue) -> None:
    """Run one task and hand back seconds, MiB and cells."""
    start = time.perf_counter()
    cells = {"roster": read_roster, "wide": read_wide}[task](path)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB / 1024**2
    results.put((time.perf_counter() - start, memory, cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        tasks = []
        for dialect in ("plain", "limesurvey"):
            write_roster_study(home / dialect, dialect)
            tasks.append(("roster", home / dialect, f"400 people x 3 waves x 4 relations, {dialect}"))
        for ending in ("csv", "xlsx"):
            write_wide(home / f"wide.{ending}")
            tasks.append(("wide", home / f"wide.{ending}", f"5,000 rows x 2,000 columns, {ending}"))
        print("| what | cells | seconds | MiB |\n|---|---|---|---|")
        for task, path, title in tasks:
            results: multiprocessing.Queue = multiprocessing.get_context("spawn").Queue()
            process = multiprocessing.get_context("spawn").Process(
                target=measured, args=(task, path, results)
            )
            process.start()
            seconds, memory, cells = results.get()
            process.join()
            print(f"| {title} | {cells:,} | {seconds:.1f} | {memory:,.0f} |", flush=True)
        write_wide(home / "smaller.xlsx", SMALLER)
        ours, theirs = read_twice(home / "smaller.xlsx")
        print(f"\nopenpyxl takes {theirs / ours:.1f} times as long ({SMALLER} rows x {COLUMNS:,} columns)")


if __name__ == "__main__":
    main()
