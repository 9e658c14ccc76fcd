"""A new study is whole, says that it is simulated, and reads without a fault in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netlearn.errors import NetlearnError
from netlearn.study.plan import read_study
from netlearn.survey import new
from netlearn.survey.check import check_study
from netlearn.survey.new import new_study
from netlearn.survey.reader import read_panel
from netlearn.wording import Language

LANGUAGES: tuple[Language, ...] = ("en", "da")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_without_a_fault(language: Language, tmp_path: Path) -> None:
    folder = new_study(tmp_path / "deep" / "mine", language)
    assert check_study(folder).faults == []
    study = read_study(folder)
    assert study.language == language
    panel = read_panel(study, study.primary.relation)
    assert (panel.n, len(panel.group_names), len(panel.waves)) == (24, 4, 2)
    # Enough ties for a comparison, more of them across departments afterwards, and some silence.
    for label in panel.labels:
        assert panel.n_ties(label) > 60
        assert panel.status(label).count("no_answer") in (1, 2)
        answered = panel.groups[0][panel.wave(label).cells.senders]
        assert min((answered == k).sum() for k in range(4)) >= study.min_cell_size
    assert sorted(p.name for p in folder.iterdir()) == ["after.csv", "before.csv", "roster.csv", "study.toml"]


@pytest.mark.parametrize(("language", "word"), [("en", "SIMULATED"), ("da", "SIMULEREDE")])
def test_it_says_that_it_is_simulated(language: Language, word: str, tmp_path: Path) -> None:
    lines = (new_study(tmp_path / "mine", language) / "study.toml").read_text(encoding="utf-8").splitlines()
    assert word in lines[0]


def test_both_languages_hold_the_same_plan(tmp_path: Path) -> None:
    one, two = (read_study(new_study(tmp_path / language, language)) for language in LANGUAGES)
    assert (one.seed, one.primary.measure, len(one.secondary)) == (
        two.seed,
        two.primary.measure,
        len(two.secondary),
    )
    assert (one.folder / "after.csv").read_bytes() == (two.folder / "after.csv").read_bytes()


def test_an_empty_folder_is_filled_and_a_full_one_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert (new_study(tmp_path / "empty") / "study.toml").is_file()
    before = (tmp_path / "empty" / "roster.csv").read_bytes()
    # The whole path as it was given, so that it can be found.
    path = re.escape(str(tmp_path / "empty"))
    with pytest.raises(
        NetlearnError, match=rf"^{path}: exists and is not an empty folder; nothing was written"
    ):
        new_study(tmp_path / "empty")
    with pytest.raises(NetlearnError, match=rf"^{path}: findes og er ikke en tom mappe; intet er skrevet"):
        new_study(str(tmp_path / "empty"), "da")
    assert (tmp_path / "empty" / "roster.csv").read_bytes() == before
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(NetlearnError):
        new_study(tmp_path / "file")


def test_it_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(new, "_rows", full_disk)
    with pytest.raises(OSError, match="no space"):
        new_study(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []
