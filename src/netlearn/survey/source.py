"""Source: the bytes of an export and of the files that belong to it, each opened once and never trusted."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Literal

from netlearn.study.findings import Finding, Findings
from netlearn.study.plan import FileFormat
from netlearn.study.rawtable import RawTable
from netlearn.survey.excel import Workbook
from netlearn.survey.grid import Records, as_table
from netlearn.survey.text import decode, split

Kind = Literal["empty", "text", "xlsx", "xls", "zip", "sav", "xml", "binary"]

MOST_BYTES = 1_000_000_000
MOST_UNPACKED, MOST_MEMBERS, MOST_RATIO = 2_000_000_000, 5_000, 500
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SPSS = (b"$FL2", b"$FL3")
_TEXT_ENDINGS = ("csv", "txt", "tsv")
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
# What a damaged archive can raise, or one that asks for a password or another method.
UNZIPPING = (
    zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error, IndexError,
)  # fmt: skip
_DOCUMENT_TYPE = (b"<!DOCTYPE", b"<!ENTITY")


class Source:
    """One file of an export.

    Parameters
    ----------
    file : str
        Name for messages, as the study file gives it.
    data : bytes
        Content.
    form : FileFormat
        Stated encoding and separator of text, or "auto".
    findings : Findings
        Faults and notes about opening the file are added here, once.
    parts : mapping role -> Source
        Files that belong to it: "structure", "labels", "dictionary", "nodes", "edges", …
    sheet : str, optional
        The sheet of a workbook that the study file names.
    """

    def __init__(
        self,
        file: str,
        data: bytes,
        form: FileFormat,
        findings: Findings,
        parts: Mapping[str, Source] | None = None,
        sheet: str | None = None,
    ) -> None:
        self.file, self.data, self.sheet = file, data, sheet
        self.parts: dict[str, Source] = dict(parts or {})
        self.form, self.findings = form, findings
        self._made: dict[Any, tuple[Any, list[Finding]]] = {}

    def _once(self, key: Any, make: Callable[[Findings], Any]) -> Any:
        """Do something once and say what it found each time that it is asked for, if it is not said yet.

        Tools look at a file before one of them reads it: what they met is taken back then.
        """
        if key not in self._made:
            own = Findings()
            self._made[key] = make(own), own.items
        value, said = self._made[key]
        self.findings.items += [finding for finding in said if finding not in self.findings.items]
        return value

    @cached_property
    def kind(self) -> Kind:
        """What the first bytes say it is; the ending of the name does not count."""
        data = self.data
        if not data.strip(_BLANK):
            return "empty"
        if data.startswith(_ZIP):
            return "xlsx" if "xl/workbook.xml" in self._names else "zip"
        if data.startswith(_OLE):
            return "xls"
        if data.startswith(_SPSS):
            return "sav"
        head = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        if head.startswith((b"<?xml", b"<graphml")):
            return "xml"
        marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        return "binary" if b"\0" in data[:4000] and not marked else "text"

    @cached_property
    def _names(self) -> tuple[str, ...]:
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return tuple(archive.namelist())
        except UNZIPPING:
            return ()

    @property
    def text(self) -> str | None:
        """The text of a file, or None with one fault."""
        read: str | None = self._once(
            "text", lambda own: decode(self.data, self.form.encoding, self.file, own)
        )
        return read

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets of a workbook, in order; () with one fault if it cannot be opened."""
        book = self._book
        return () if book is None else book.sheets

    @property
    def _book(self) -> Workbook | None:
        if self.kind == "xlsx" and not self.packed_safely:
            return None
        book: Workbook | None = self._once("book", lambda own: Workbook.open(self.data, self.file, own))
        return book

    @property
    def packed_safely(self) -> bool:
        """Tell whether a zip or workbook may be unpacked: no huge size, no path outside, no document type in XML.

        Otherwise there is a fault; of an archive that is only damaged whoever opens it says so.
        """

        def look(own: Findings) -> bool:
            reason = _unsafe(self.data)
            if reason and reason != "damaged":
                own.fault("unsafe-archive", self.file, reason=reason)
            return reason in ("", "damaged")

        return bool(self._once("safe", look))

    def records(self, sheet: str | None = None) -> Records | None:
        """Return all rows of cells as text, or None with one fault. Row k is element k - 1.

        Of a workbook it is the sheet named here, else the one that the study file names, else the first.
        """
        name = sheet or self.sheet
        read: Records | None = self._read(name)
        return read

    def _read(self, sheet: str | None) -> Any:
        ending = self.file.rsplit(".", 1)[-1].lower()
        if self.kind == "empty":
            self.findings.fault("empty-file", self.file)
        elif self.kind == "xls" or ending == "xls":
            self.findings.fault("old-excel", self.file)
        elif self.kind in ("xlsx", "zip") and ending in _TEXT_ENDINGS:
            self.findings.fault("excel-inside", self.file)
        elif self.kind == "zip" and not self.packed_safely:
            return None
        elif self.kind == "xlsx" or ending in ("xlsx", "xlsm"):
            book = self._book
            return None if book is None else self._once(("rows", sheet), lambda own: book.rows(sheet, own))
        elif (text := self.text) is not None:
            return self._once("rows", lambda own: split(text, self.form.separator, self.file, own))
        return None

    def table(self, header: int = 1, first: int | None = None, sheet: str | None = None) -> RawTable | None:
        """Return the table under a heading row.

        Parameters
        ----------
        header : int
            Row of the headings, as a spreadsheet counts.
        first : int, optional
            First row of answers; default the one after the headings.
        sheet : str, optional
            Sheet of a workbook.

        Returns
        -------
        RawTable or None
            None with every fault of the table: rows of another width, cells without a heading, no rows. Headings that
            occur twice are no fault here; use positions.
        """
        records = self.records(sheet)
        if records is None:
            return None
        chosen = sheet or self.sheet
        file = self.file if chosen is None else f"{self.file} [{chosen}]"
        return as_table(records, file, self.form, self.findings, header=header, first=first)

    @property
    def members(self) -> dict[str, Source]:
        """The files in a zip by their names, without folders of macOS; {} with one fault if it is not safe to open."""
        if self.kind != "zip" or not self._names or not self.packed_safely:
            return {}
        found: dict[str, Source] = self._once("members", self._unpack)
        return found

    def _unpack(self, own: Findings) -> dict[str, Source]:
        found = {}
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            for info in archive.infolist():
                path = PurePosixPath(info.filename)
                if info.is_dir() or path.parts[0] == "__MACOSX" or path.name.startswith("._"):
                    continue
                inner = f"{self.file}/{info.filename}"
                try:
                    data = archive.read(info)
                except UNZIPPING:
                    own.fault("damaged-member", inner)
                    continue
                found[info.filename] = Source(inner, data, self.form, self.findings)
        return found


def open_source(
    folder: Path,
    file: str,
    form: FileFormat,
    findings: Findings,
    parts: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Source | None:
    """Read a file of a study folder and those that belong to it, or return None with faults."""
    read = {role: _bytes(folder, name, findings) for role, name in {"": file, **(parts or {})}.items()}
    if any(data is None for data in read.values()):
        return None
    names = parts or {}
    others = {role: Source(names[role], data or b"", form, findings) for role, data in read.items() if role}
    return Source(file, read[""] or b"", form, findings, others, sheet)


def _bytes(folder: Path, file: str, findings: Findings) -> bytes | None:
    path = folder / file
    try:
        if path.stat().st_size > MOST_BYTES:
            findings.fault("file-too-large", file, most=MOST_BYTES // 1_000_000)
            return None
        return path.read_bytes()
    except OSError as error:
        findings.fault("unreadable-file", file, reason=error.strerror)
        return None


def _unsafe(data: bytes) -> str:
    """Return why an archive must not be unpacked: "damaged", "size", "path", "document-type"; "" if it may."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if _too_large(infos, len(data)):
                return "size"
            if any(_leads_outside(info.filename) for info in infos):
                return "path"
            for info in infos:
                if info.filename.lower().endswith((".xml", ".rels", ".graphml")):
                    with archive.open(info) as stream:
                        head = stream.read(2000).replace(b"\0", b"")
                    if any(mark in head for mark in _DOCUMENT_TYPE):
                        return "document-type"
    except UNZIPPING:
        return "damaged"
    return ""


def _too_large(infos: list[zipfile.ZipInfo], packed: int) -> bool:
    total = sum(info.file_size for info in infos)
    return len(infos) > MOST_MEMBERS or total > MOST_UNPACKED or total > MOST_RATIO * max(packed, 10_000)


def _leads_outside(name: str) -> bool:
    path = PureWindowsPath(name)
    return bool(path.anchor) or ".." in path.parts
