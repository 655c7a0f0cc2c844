"""Kinds: what a file is by its content; its name only says what somebody hoped."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

import olefile

from candour.errors import InputError


class Kind(StrEnum):
    """The kinds of file that can be read."""

    TEXT = "delimited text"
    XLSX = "an Excel workbook"
    XLSB = "a binary Excel workbook"
    XLS = "an Excel 97-2003 workbook"
    ODS = "an OpenDocument spreadsheet"


PACKAGE = b"PK\x03\x04"
COMPOUND = olefile.MAGIC
WORKBOOK_STARTS = (PACKAGE, COMPOUND)
"""How every workbook begins; what begins so is read by native libraries and unpacked."""

TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
SHEET_ENDINGS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})

OTHER_KINDS = {
    b"%PDF-": "a PDF document",
    b"{\\rtf": "a rich-text document",
    b"\x1f\x8b": "a gzip archive; unpack it and send the export that is inside",
    b"PK\x05\x06": "an empty zip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive; unpack it and send the export that is inside",
    b"Rar!": "a RAR archive; unpack it and send the export that is inside",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"PAR1": "a Parquet file",
    b"SQLite format 3\0": "an SQLite database",
}
MAIN_PARTS = {"xl/workbook.xml": Kind.XLSX, "xl/workbook.bin": Kind.XLSB}
ODS_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
OTHER_PARTS = {"word/document.xml": "a Word document", "ppt/presentation.xml": "a presentation"}
OTHER_STREAMS = {
    "WordDocument": "a Word document",
    "PowerPoint Document": "a presentation",
    "__properties_version1.0": "an Outlook message; save its attachment and send that",
}
LOGIN_WORDS = re.compile(
    r"type=[\"']?password|(sign|log)[ -]?in to|please (sign|log)[ -]?in|session (has )?expired",
    re.IGNORECASE,
)
MARKUP = re.compile(r"<(!doctype|\?xml|html|head|body|table|style|meta|!--)", re.IGNORECASE)
JSON_START = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\]\d]")
SNIFFED = 100_000
"""How much of a text is looked at to tell a page or a message from an export."""


def find_kind(content: bytes) -> Kind:
    """What a file is, by its first bytes and the parts inside.

    Raises:
        InputError: when it is nothing that can be read; says what it is instead.
    """
    for magic, kind in OTHER_KINDS.items():
        if content.startswith(magic):
            raise InputError(f"is not an export but {kind}.")
    if content.startswith(PACKAGE):
        return _kind_of_package(content)
    if content.startswith(COMPOUND):
        return _kind_of_compound(content)
    return Kind.TEXT


def check_name(name: str, kind: Kind) -> str:
    """A note when content and name disagree harmlessly; empty when they agree.

    Raises:
        InputError: for a workbook under the name of a text file, which nobody exports on purpose.
    """
    ending = PurePath(name).suffix.casefold()
    if kind is not Kind.TEXT and ending in TEXT_ENDINGS:
        raise InputError(
            f"is named {ending} but is {kind}; export it as text, or land it under the "
            f"name of a workbook."
        )
    if kind is Kind.TEXT and ending in SHEET_ENDINGS:
        return f"Named {ending} but holds delimited text; read as text."
    return ""


def check_text(text: str) -> None:
    """Refuses text that is a page, a feed or a message rather than a table.

    Raises:
        InputError: naming what it looks like.
    """
    head = text[:SNIFFED].lstrip()
    if MARKUP.match(head):
        raise InputError(f"is not an export but {_kind_of_markup(head)}.")
    if JSON_START.match(head):
        raise InputError("is not an export but JSON; ask the system for CSV or a workbook.")
    if re.match(r"(MIME-Version|Return-Path|Message-ID):", head):
        raise InputError(
            "is not an export but a mail message or web archive (MHTML); export it as CSV or as "
            "a workbook."
        )


def _kind_of_markup(head: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "an Excel 2003 XML spreadsheet; open it in Excel and save it as .xlsx"
    if head[:5].casefold() == "<?xml" and "<html" not in head.casefold():
        return "an XML document; ask the system for CSV or a workbook"
    if LOGIN_WORDS.search(head):
        return "a web page, by its words a login page: the export's session had ended"
    return "a web page (HTML); ask the system for CSV or a true workbook"


def _kind_of_package(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {name.casefold() for name in package.namelist()}
            said = package.open("mimetype").read(len(ODS_MIME)) if "mimetype" in names else b""
    except Exception as error:
        raise InputError(
            "is a workbook or zip archive that was cut short or damaged; export it again."
        ) from error
    if said == ODS_MIME:
        return Kind.ODS
    for part, kind in MAIN_PARTS.items():
        if part in names:
            return kind
    for part, other in OTHER_PARTS.items():
        if part in names:
            raise InputError(f"is not an export but {other}.")
    raise InputError("is not an export but a zip archive; unpack it and send the export inside.")


def _kind_of_compound(content: bytes) -> Kind:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            streams = {"/".join(path) for path in compound.listdir()}
    except Exception as error:
        raise InputError(
            "is an Excel 97-2003 file that was cut short or damaged; export it again."
        ) from error
    if "EncryptedPackage" in streams:
        raise InputError("is password-protected; export or save it without a password.")
    if streams & {"Workbook", "Book"}:
        return Kind.XLS
    for stream, other in OTHER_STREAMS.items():
        if stream in streams:
            raise InputError(f"is not an export but {other}.")
    raise InputError("is not an export but an Office file without a workbook in it.")
