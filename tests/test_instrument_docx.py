"""Word: a document that can be read back, and the table into which its answers are keyed."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import forms
import pytest
import studies
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Mm
from exports.truth import Person
from test_instrument_xlsform import PEOPLE, SCALE

from netlearn.study.findings import Findings
from netlearn.survey.instrument import read_plan, write_instrument

BOX = "☐"


def made(
    tmp_path: Path,
    kind: forms.Kind,
    people: tuple[Person, ...] = PEOPLE,
    language: str = "da",
    extra: str = SCALE,
) -> Path:
    text = forms.study_text(forms.RELATIONS[kind], language=language, extra=extra)
    folder = studies.write(tmp_path, {"study.toml": text, "roster.csv": forms.roster_text(people)})
    return write_instrument(read_plan(folder), "docx")


def opened(path: Path) -> Opened:
    return Document(str(path))


def tables(document: Opened) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def headings(document: Opened, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == f"Heading {level}"]


def keying(path: Path) -> list[list[str]]:
    text = path.with_name(path.stem + ".keying.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def test_headings_tell_what_is_asked(tmp_path: Path) -> None:
    document = opened(made(tmp_path, "levels"))
    assert document.paragraphs[0].style is not None
    assert (document.paragraphs[0].text, document.paragraphs[0].style.name) == ("Samarbejde", "Title")
    assert headings(document, 1) == [
        "Om undersøgelsen",
        "1. Samtaler",
        "2. Hvor enig?",
        "3. cases",
        "4. years",
        "Til den, der taster svarene ind (deles ikke ud)",
    ]
    assert headings(document, 2) == [
        "Formål",
        "Hvem der ser dine svar",
        "Sådan trækker du dine svar tilbage",
        "Retsgrundlag",
        "Kontakt",
        "<script>alert(1)</script>",
        "=SUM(A1)",
        "Nord",
        "Svarenes koder",
        "Kollegernes koder",
    ]


def test_each_department_is_a_table_of_boxes_with_the_code_to_key(tmp_path: Path) -> None:
    first, *_ = tables(opened(made(tmp_path, "levels")))
    assert first == [
        ["Kollega", "Aldrig", "Sjældent", "Ugentligt", "Dagligt", "Ved ikke", "Kode"],
        ["=cmd|'/C calc'!A0", *[BOX] * 5, "k2"],
        ["أحمد", *[BOX] * 5, "k6"],
    ]


def test_nobody_has_a_box_of_its_own(tmp_path: Path) -> None:
    texts = [p.text for p in opened(made(tmp_path, "ticks")).paragraphs]
    assert f"{BOX} Ingen" in texts
    texts = [p.text for p in opened(made(tmp_path / "other", "typed")).paragraphs]
    assert f"{BOX} Nej, ingen" in texts


def test_slots_have_room_for_a_name_and_boxes(tmp_path: Path) -> None:
    slots, pairs, *_ = tables(opened(made(tmp_path, "slots")))
    assert slots[0] == ["", "Navn", "Aldrig", "Sjældent", "Ugentligt", "Dagligt", "role"]
    assert slots[8] == ["8", "", *[BOX] * 4, ""]
    assert len(pairs) == 1 + 8 * 7 / 2
    assert pairs[1] == ["1 og 2", BOX, BOX]


def test_tables_have_headings_on_each_page_and_words_for_who_cannot_see_them(tmp_path: Path) -> None:
    document = opened(made(tmp_path, "levels"))
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst)
        told = [table._tbl.tblPr.find(qn(name)) for name in ("w:tblCaption", "w:tblDescription")]
        assert all(tag is not None and tag.get(qn("w:val")) for tag in told)


@pytest.mark.parametrize(("language", "code"), [("da", "da-DK"), ("en", "en-GB")])
def test_page_language_and_no_author(tmp_path: Path, language: str, code: str) -> None:
    path = made(tmp_path, "levels", language=language)
    document = opened(path)
    section, said = document.sections[0], document.core_properties
    assert abs(section.page_width - Mm(210)) < Mm(0.1)
    assert abs(section.page_height - Mm(297)) < Mm(0.1)
    assert {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))} == {code}
    assert (said.author, said.last_modified_by, said.comments, said.language) == ("", "", "", code)
    assert said.title == "Samarbejde – before"
    with zipfile.ZipFile(path) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2
    footer = section.footer.paragraphs[0]._p
    assert [tag.text for tag in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_the_table_has_a_heading_per_answer_and_a_row_per_person(tmp_path: Path) -> None:
    header, *rows = keying(made(tmp_path, "levels"))
    colleagues = [f"contact_k{k}" for k in (2, 6, 3, 5, 4, 1)]
    assert header == ["respondent", "consent", "any_contact", *colleagues, "t1", "t2", "cases", "years"]
    assert [row[0] for row in rows] == ["k1", "k2", "k3", "k4", "k5", "k6"]
    assert not any(cell for row in rows for cell in row[1:])
    english = made(tmp_path / "en", "ticks", language="en")
    assert keying(english)[0][:4] == ["respondent", "consent", "contact_nobody", "contact_k2"]
    assert ";" not in english.with_name(english.stem + ".keying.csv").read_text("utf-8-sig")


def test_the_sheet_of_codes_holds_every_column_and_every_person(tmp_path: Path) -> None:
    path = made(tmp_path, "slots")
    *_, answers, people = tables(opened(path))
    named = {column for row in answers[1:] for column in row[1].split(", ") if column}
    assert named == set(keying(path)[0]) - {"respondent"}
    assert sorted(row[0] for row in people[1:]) == ["k1", "k2", "k3", "k4", "k5", "k6"]


def test_of_several_boxes_the_highest_is_keyed(tmp_path: Path) -> None:
    relation = forms.RELATIONS["options"].replace(forms.NUMBERED, '{ "3" = 1, "1" = 3, "0" = 0, "2" = 2 }')
    text = forms.study_text(relation)
    folder = studies.write(tmp_path, {"study.toml": text, "roster.csv": forms.roster_text(PEOPLE)})
    document = opened(write_instrument(read_plan(folder), "docx"))
    *_, answers, _ = tables(document)
    rows = [row[2] for row in answers[1:] if row[2] in "0123"]
    assert rows == ["0", "3", "2", "1"]
    assert any("det, der står sidst" in p.text for p in document.paragraphs)


def test_a_placeholder_stands_out(tmp_path: Path) -> None:
    text = forms.study_text().replace('contact = "forskning@example.org"\n', "")
    folder = studies.write(tmp_path, {"study.toml": text, "roster.csv": forms.roster_text(PEOPLE)})
    findings = Findings()
    document = opened(write_instrument(read_plan(folder), "docx", findings=findings))
    (paragraph,) = [p for p in document.paragraphs if p.text.startswith("[UDFYLDES")]
    assert paragraph.runs[0].bold
    assert "instrument-placeholder" in {note.code for note in findings.notes}


def test_four_hundred_people_fit(tmp_path: Path) -> None:
    people = tuple(Person(f"k{k}", f"Navn {k}", f"Afdeling {k % 12}", "") for k in range(400))
    path = made(tmp_path, "levels", people)
    assert sum(len(table) - 1 for table in tables(opened(path))[:12]) == 400
    assert len(keying(path)) == 401
