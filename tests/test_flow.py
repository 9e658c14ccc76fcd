"""From the files of a study to the report: the same bytes for the same seed, whatever the order of the rows."""

import io
import random
import shutil
import zipfile
from pathlib import Path

import pytest

from netlearn import new_study
from netlearn.cli import main

ROOT = Path(__file__).resolve().parents[1]


def outputs(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def shuffle_rows(file, rng):
    header, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    rng.shuffle(rows)
    file.write_bytes("".join([header, *rows]).encode("utf-8"))


@pytest.fixture(scope="module")
def cbu(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cbu") / "study"
    shutil.copytree(ROOT / "data" / "cbu-aalborg", folder, ignore=shutil.ignore_patterns("out"))
    return folder


@pytest.fixture(scope="module")
def first(cbu, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "first"
    assert main(["run", str(cbu), "--out", str(out), "--quiet"]) == 0
    return outputs(out)


def test_the_report_is_whole(first):
    assert {"report.html", "provenance.json"} <= set(first)
    assert any(name.startswith("tables/") and name.endswith(".csv") for name in first)
    assert any(name.endswith(".png") for name in first)
    assert any(name.endswith(".svg") for name in first)


def test_twice_the_same_bytes(cbu, first, tmp_path):
    assert main(["run", str(cbu), "--out", str(tmp_path / "again"), "--quiet"]) == 0
    assert outputs(tmp_path / "again") == first


def test_the_order_of_rows_changes_nothing(cbu, first, tmp_path):
    shuffled = tmp_path / "study"
    shutil.copytree(cbu, shuffled)
    rng = random.Random(4)
    for file in ("roster.csv", "survey_before.csv", "survey_midway.csv", "survey_after.csv"):
        shuffle_rows(shuffled / file, rng)
    assert main(["run", str(shuffled), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    found = outputs(tmp_path / "out")
    assert set(found) == set(first)
    # Only the hashes of the inputs in provenance.json may differ.
    assert {name for name in first if first[name] != found[name]} == {"provenance.json"}


def test_another_seed_moves_only_the_draws(cbu, first, tmp_path):
    assert main(["run", str(cbu), "--out", str(tmp_path / "out"), "--quiet", "--seed", "7"]) == 0
    found = outputs(tmp_path / "out")
    assert found["report.html"] != first["report.html"]
    assert found["tables/response.csv"] == first["tables/response.csv"]


def test_no_name_reaches_an_output(cbu, first):
    rows = (cbu / "roster.csv").read_text(encoding="utf-8").splitlines()[1:]
    fields = [row.split(",") for row in rows]
    secret = {f[1] for f in fields} | {f[2] for f in fields}
    texts = [data for name, data in first.items() if not name.endswith((".png", ".xlsx", ".docx"))]
    for packed in ("tables.xlsx", "report.docx"):
        with zipfile.ZipFile(io.BytesIO(first[packed])) as archive:
            texts += [archive.read(name) for name in archive.namelist() if not name.endswith(".png")]
    text = b"\n".join(texts).decode("utf-8")
    assert not [word for word in secret if word in text]


def test_a_new_study_runs_at_once_in_both_languages(tmp_path, capsys):
    for language in ("en", "da"):
        folder = tmp_path / language
        new_study(folder, language)
        assert main(["run", str(folder)]) == 0
        assert (folder / "out" / "report.html").exists()
        printed = capsys.readouterr().out
        assert str(folder / "out" / "report.html") in printed


def test_titles_are_what_a_reader_sees_and_labels_what_a_program_reads(first):
    page = first["report.html"].decode("utf-8")
    table = first["tables/outcomes.csv"].decode("utf-8")
    assert "efter end før" in page
    assert "kendskab til opgaver" in page
    assert "knows_task" not in page.split('id="notes"')[0]
    assert "before -> after" in table
    assert "knows_task" in table
