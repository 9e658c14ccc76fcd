import os
import subprocess
import sys
from pathlib import Path

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


def places(tmp_path):
    """Places where no folder can be made, whoever asks."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    found = [tmp_path / "file" / "out", tmp_path / "file" / "deep" / "out", tmp_path / ("x" * 300)]
    if Path("/proc/self").exists():
        found += [Path("/proc/x"), Path("/proc/x/out")]
    (tmp_path / "closed").mkdir(mode=0o500)
    return found + ([] if os.access(tmp_path / "closed", os.W_OK) else [tmp_path / "closed" / "out"])


@pytest.mark.parametrize(("language", "said"), [("en", "cannot be written ("), ("da", "kan ikke skrives (")])
def test_a_place_that_cannot_be_written_is_told_before_any_work(
    study, tmp_path, capsys, monkeypatch, language, said
):
    monkeypatch.setattr("netlearn.analysis.analyse.analyse", lambda *a, **k: pytest.fail("computed"))
    for place in places(tmp_path):
        assert main(["run", str(study), "--out", str(place), "--lang", language]) == 1
        [line] = capsys.readouterr().err.splitlines()
        assert line.startswith(f"{place} {said}")
        assert "netlearn-" not in line
        assert "Errno" not in line
    assert {path.name for path in tmp_path.iterdir()} == {"study", "file", "closed"}


def test_faults_are_told_in_the_language_that_is_asked_for(study, capsys):
    (study / "after.csv").unlink()
    for command in ("run", "check"):
        for language, word in (("da", "Gør: "), ("en", "Do: ")):
            assert main([command, str(study), "--lang", language]) == 1
            printed = "".join(capsys.readouterr())
            assert word in printed
            assert ("Gør: " in printed) + ("Do: " in printed) == 1


def test_no_argument_of_a_report_gives_a_traceback(tmp_path, capsys):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "results.json").mkdir()
    strange = [
        "nowhere",
        str(tmp_path),
        str(tmp_path / "file"),
        "x" * 5000,
        "\udce6",
        "é/../\n",
        "~",
        "-",
        "--",
    ]
    for given in strange[:-1]:
        for more in ([], ["--dress", given], ["--lang", "da"]):
            assert main(["report", given, *more]) == 1
            printed = capsys.readouterr()
            assert printed.out == ""
            assert printed.err.strip()
            assert "Traceback" not in printed.err
            assert "Errno" not in printed.err
    for wrong in (
        ["--"],
        [""],
        ["x", "--dress", " "],
        ["x", "--lang", "fr"],
        ["x", "--lang"],
        ["x", "y"],
        ["x", "-z"],
    ):
        with pytest.raises(SystemExit) as stopped:
            main(["report", *wrong])
        assert stopped.value.code == 2


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


def test_language_of_the_report_and_of_the_note_on_a_logo_that_word_has_not(study, capsys):
    (study / "report").mkdir()
    logo = study / "report" / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert main(["run", str(study), "--lang", "da"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "logo" in line]
    assert [line.partition(";")[0] for line in told] == [f"{logo} er på siden"]
    assert 'lang="da"' in (study / "out" / "report.html").read_text(encoding="utf-8")


def test_the_command_itself_runs():
    done = subprocess.run(
        [sys.executable, "-m", "netlearn.cli", "--help"], capture_output=True, text=True, check=True
    )
    assert "check" in done.stdout
