"""A report is made anew from what was saved of it: the same files, without the study and without computing."""

from __future__ import annotations

import errno
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from logos import picture
from test_figures import made_results
from test_report import files

from netlearn.analysis.results import Results
from netlearn.cli import main
from netlearn.errors import NetlearnError
from netlearn.report import rebuild_report, write_report
from netlearn.report.write import MARK, MARKER
from netlearn.study.findings import StudyError

PNG = picture("PNG")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return made_results(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def written(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    for language in ("en", "da"):
        write_report(results, out / language, language)
    return out


@pytest.fixture
def report(written: Path, tmp_path: Path) -> Path:
    """Return a Danish report of its own."""
    return Path(shutil.copytree(written / "da", tmp_path / "report"))


def test_a_rebuilt_report_has_the_same_bytes_in_either_language(written: Path, report: Path) -> None:
    before = files(written / "da")
    (report / "report.html").unlink()
    (report / "report.docx").unlink()
    shutil.rmtree(report / "figures")
    assert rebuild_report(report) == report / "report.html"
    assert files(report) == before
    # Both languages are saved, so that one can be had from the other.
    rebuild_report(report, "en")
    assert files(report) == files(written / "en")


def test_nothing_is_computed_anew(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import netlearn.analysis.analyse as engine

    monkeypatch.setattr(engine, "analyse", lambda *a, **k: pytest.fail("computed"))
    rebuild_report(report)


def test_a_dress_is_worn_and_kept(report: Path, tmp_path: Path) -> None:
    dress = tmp_path / "dress"
    dress.mkdir()
    (dress / "logo.png").write_bytes(PNG)
    (dress / "answer.txt").write_text("Vores <b>egne</b> ord.\n\n=cmd()", encoding="utf-8")
    rebuild_report(report, dress=dress)
    page = (report / "report.html").read_text(encoding="utf-8")
    assert "Vores &lt;b&gt;egne&lt;/b&gt; ord." in page
    assert page.count("data:image/png;base64,iVBOR") == 1
    dressed = files(report)
    # The next time it needs no folder.
    rebuild_report(report)
    assert files(report) == dressed


def logos_of(report: Path) -> tuple[list[str], int]:
    """What kind of logo the page has, and how many pictures the first header of the Word file."""
    page = (report / "report.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(report / "report.docx") as packed:
        headers = [packed.read(name) for name in packed.namelist() if name.startswith("word/header")]
    return re.findall(r'class="logo" src="data:(image/[a-z+]+)', page), len(
        re.findall(rb"<pic:pic[ >]", b"".join(headers))
    )


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_drawing_is_for_the_page_and_its_picture_for_word(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    dress = tmp_path / "dress"
    dress.mkdir()
    (dress / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    given = ["report", str(report), "--dress", str(dress), "--lang", language]
    assert main(given) == 0
    [note, page] = capsys.readouterr().out.splitlines()
    assert note.startswith(
        f"{dress / 'logo.svg'} {'er på siden' if language == 'da' else 'is on the page'}; "
    )
    assert "logo.png" in note
    assert page == str(report / "report.html")
    assert logos_of(report) == (["image/svg+xml"], 0)
    assert main([*given, "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    (dress / "logo.png").write_bytes(PNG)
    assert main(given) == 0
    assert capsys.readouterr().out.splitlines() == [page]
    assert logos_of(report) == (["image/svg+xml"], 1)
    # Both are saved: the next time they need no folder.
    rebuild_report(report)
    assert logos_of(report) == (["image/svg+xml"], 1)


def test_a_fault_of_a_dress_leaves_the_report_as_it_was(report: Path, tmp_path: Path) -> None:
    before = files(report)
    dress = tmp_path / "dress"
    dress.mkdir()
    (dress / "shared-rooms.txt").write_text("of another study", encoding="utf-8")
    with pytest.raises(StudyError, match=re.escape(f"{dress / 'shared-rooms.txt'}: ")):
        rebuild_report(report, dress=dress)
    (dress / "shared-rooms.txt").unlink()
    (dress / "page.html").write_text("<html>\n{{ d.titel }}</html>", encoding="utf-8")
    with pytest.raises(NetlearnError, match=re.escape(f"{dress / 'page.html'}, række 2: ") + ".*titel"):
        rebuild_report(report, dress=dress)
    with pytest.raises(NetlearnError, match="no-such"):
        rebuild_report(report, dress=tmp_path / "no-such")
    assert files(report) == before


def test_a_place_that_cannot_be_written_is_told_as_it_was_given(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(**_: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", str(report.parent / ".report-internal"))

    monkeypatch.setattr("tempfile.mkdtemp", closed)
    monkeypatch.chdir(report.parent)
    with pytest.raises(NetlearnError, match=r"^report kan ikke skrives \(det er i brug, eller") as error:
        rebuild_report("report")
    assert "internal" not in str(error.value)


def test_faults_of_a_dress_are_told_in_the_language_that_is_asked_for(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dress = tmp_path / "dress"
    dress.mkdir()
    (dress / "logo.png").write_bytes(b"0" * 2_000_000)
    for asked, said in (([], "fylder 2,0 MB"), (["--lang", "en"], "takes 2.0 MB")):
        assert main(["report", str(report), "--dress", str(dress), *asked]) == 1
        [line] = capsys.readouterr().err.splitlines()
        assert line.startswith(f"{dress / 'logo.png'}: ")
        assert said in line


@pytest.mark.parametrize("given", ["fr", "DA"])
def test_another_language_is_refused_and_those_there_are_are_named(
    results: Results, report: Path, given: str
) -> None:
    before = files(report)
    for act in (rebuild_report, lambda out, language: write_report(results, out, language)):
        with pytest.raises(NetlearnError, match=rf"'{given}'.*'da'.*'en'"):
            act(report, given)
    assert files(report) == before


def test_a_damaged_report_is_told_in_its_own_language(report: Path) -> None:
    data = (report / "results.json").read_bytes()
    (report / "results.json").write_bytes(data[: len(data) // 2])
    with pytest.raises(NetlearnError, match=r"results\.json, linje \d+, tegn \d+: herfra er det ikke JSON"):
        rebuild_report(report)


def without_waves(picture: dict[str, Any]) -> None:
    del picture["frame"]["columns"]["wave"], picture["frame"]["types"]["wave"]


@pytest.mark.parametrize(
    "damage",
    [
        without_waves,
        lambda picture: picture["options"].update(nonsense=1),
        lambda picture: picture["options"].update(language="da"),
    ],
)
def test_numbers_that_cannot_be_drawn_are_damage_and_write_nothing(
    report: Path, damage: Callable[[dict[str, Any]], None]
) -> None:
    told = json.loads((report / "results.json").read_text(encoding="utf-8"))
    pictures = [p for s in told["documents"]["da"]["sections"] for p in s.get("pictures", ())]
    damage(pictures[0])
    (report / "results.json").write_text(json.dumps(told), encoding="utf-8")
    before = files(report)
    with pytest.raises(NetlearnError, match="kan ingen figur tegnes") as error:
        rebuild_report(report)
    text = str(error.value)
    assert f"{report / 'results.json'}, documents.da.pictures.{pictures[0]['name']}: " in text
    assert not re.search(r"Error|argument|\(\)", text)
    assert files(report) == before
    assert [path.name for path in report.parent.iterdir()] == [report.name]


@pytest.mark.parametrize("name", ["../../evil", "../evil", "a b", ""])
def test_a_name_that_leads_elsewhere_leaves_no_file_anywhere(report: Path, tmp_path: Path, name: str) -> None:
    told = json.loads((report / "results.json").read_text(encoding="utf-8"))
    pictures = [p for s in told["documents"]["da"]["sections"] for p in s.get("pictures", ())]
    pictures[0]["name"] = name
    (report / "results.json").write_text(json.dumps(told), encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(NetlearnError, match=r"pictures\[0\]\.name"):
        rebuild_report(report)
    assert files(tmp_path) == before
    assert not list(tmp_path.parent.glob("evil*"))


def test_a_kind_of_figure_that_is_not_known_is_told_and_writes_nothing(report: Path) -> None:
    told = json.loads((report / "results.json").read_text(encoding="utf-8"))
    pictures = [p for s in told["documents"]["da"]["sections"] for p in s.get("pictures", ())]
    pictures[0]["kind"] = "hologram"
    (report / "results.json").write_text(json.dumps(told), encoding="utf-8")
    before = files(report)
    with pytest.raises(NetlearnError, match="hologram"):
        rebuild_report(report)
    assert files(report) == before


def test_a_language_that_was_not_saved_is_damage(report: Path, tmp_path: Path) -> None:
    told = json.loads((report / "results.json").read_text(encoding="utf-8"))
    del told["documents"]["en"]
    (report / "results.json").write_text(json.dumps(told), encoding="utf-8")
    dress = tmp_path / "dress"
    dress.mkdir()
    for given in (None, dress):
        with pytest.raises(NetlearnError, match=r"documents\.en"):
            rebuild_report(report, "en", given)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_report_of_the_first_version_is_rebuilt_for_ever(tmp_path: Path, language) -> None:
    old = Path(shutil.copytree(Path(__file__).parent / "saved" / "v1", tmp_path / "old"))
    (old / MARKER).write_text("\n".join([MARK, *files(old)]), encoding="utf-8")
    page = rebuild_report(old, language).read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(" in page
    assert "own words" in page
    assert {"report.docx", "tables.xlsx", "figures/map.svg", "figures/map.png"} <= set(files(old))


def test_the_command_line_rebuilds_and_says_faults_without_a_traceback(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(report), "--lang", "en"]) == 0
    assert str(report / "report.html") in capsys.readouterr().out
    assert '<html lang="en">' in (report / "report.html").read_text(encoding="utf-8")
    assert main(["report", str(tmp_path)]) != 0
    told = capsys.readouterr()
    assert "results.json" in told.err
    assert "Traceback" not in told.err
