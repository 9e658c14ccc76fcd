import subprocess
import sys

import pytest

from netlearn import new_study
from netlearn.cli import main


@pytest.fixture
def study(tmp_path):
    new_study(tmp_path / "study")
    return tmp_path / "study"


def test_check_says_that_all_is_well(study, capsys):
    assert main(["check", str(study)]) == 0
    assert "No faults." in capsys.readouterr().out


def test_check_lists_every_fault_of_all_files_at_once(study, capsys):
    roster = (study / "roster.csv").read_text(encoding="utf-8").splitlines()
    (study / "roster.csv").write_text("\n".join([*roster, roster[1]]) + "\n", encoding="utf-8")
    with (study / "after.csv").open("a", encoding="utf-8") as file:
        file.write("nobody-known,somebody-else\n")
    assert main(["check", str(study)]) == 1
    printed = capsys.readouterr().out
    assert "roster.csv" in printed
    assert "after.csv" in printed


def test_a_fault_stops_the_run_without_output_or_traceback(study, capsys):
    (study / "after.csv").unlink()
    assert main(["run", str(study)]) == 1
    printed = capsys.readouterr()
    assert "after.csv" in printed.err
    assert "Traceback" not in printed.err
    assert not (study / "out").exists()
    assert not [p for p in study.iterdir() if "out" in p.name]


def test_a_folder_that_is_no_study(tmp_path, capsys):
    assert main(["run", str(tmp_path / "nowhere")]) == 1
    assert "study.toml" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["walk"], ["run"], ["run", "x", "--seed", "-1"], ["run", "x", "--lang", "de"]]
)
def test_wrong_usage_exits_with_two(arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_a_foreign_output_folder_is_left_alone(study, tmp_path, capsys):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert main(["run", str(study), "--out", str(mine)]) == 1
    assert "mine" in capsys.readouterr().err
    assert [p.name for p in mine.iterdir()] == ["thesis.txt"]


def test_its_own_output_folder_is_replaced(study):
    assert main(["run", str(study), "--quiet"]) == 0
    page = (study / "out" / "report.html").read_bytes()
    (study / "out" / "report.html").write_text("old", encoding="utf-8")
    assert main(["run", str(study), "--quiet"]) == 0
    assert (study / "out" / "report.html").read_bytes() == page


def test_quiet_is_quiet(study, capsys):
    assert main(["run", str(study), "--quiet"]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_language_of_the_report(study):
    assert main(["run", str(study), "--lang", "da", "--quiet"]) == 0
    assert 'lang="da"' in (study / "out" / "report.html").read_text(encoding="utf-8")


def test_the_command_itself_runs():
    done = subprocess.run(
        [sys.executable, "-m", "netlearn.cli", "--help"], capture_output=True, text=True, check=True
    )
    assert "check" in done.stdout
