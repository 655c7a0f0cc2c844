"""Package: the finished bytes - with what openpyxl cannot write, and the same every time."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from openpyxl.workbook.protection import WorkbookProtection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from candour.workbook.book import Book
    from candour.workbook.rows import Stream

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_CHART_NAME = re.compile(rb'(<(?:\w+:)?cNvPr id="\d+") name="[^"]*"')
_DIMENSION = re.compile(rb'(<dimension ref=)"[^"]*"')
_ROWS_END, _LINKS_END = b"</sheetData>", b"</hyperlinks>"


def describe(book: Book, title: str, author: str, created: dt.datetime) -> None:
    """The document's own title, author, language and day."""
    properties = book.workbook.properties
    properties.title = title
    properties.creator = properties.lastModifiedBy = author
    properties.language = "en-GB"
    if book.theme.protect_structure:
        book.workbook.security = WorkbookProtection(lockStructure=True)
    properties.created = properties.modified = created.astimezone(dt.UTC).replace(tzinfo=None)


def finished(book: Book, created: dt.datetime) -> bytes:
    """The workbook's bytes, which depend on nothing but its content and ``created``."""
    workbook = book.workbook
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]
    workbook.active = 0
    saved = io.BytesIO()
    workbook.save(saved)
    sheets = {sheet.path.lstrip("/"): sheet for sheet in workbook.worksheets}
    written = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(written, "w") as new:
        for name in sorted(old.namelist()):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            with new.open(member, "w") as part:
                for content in _part(book, name, old.read(name), sheets, created):
                    part.write(content)
    return written.getvalue()


def _part(
    book: Book,
    name: str,
    content: bytes,
    sheets: Mapping[str, Worksheet],
    created: dt.datetime,
) -> Iterator[bytes]:
    if name == "docProps/core.xml":
        instant = created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        content = _MODIFIED.sub(rb"\g<1>" + instant + rb"\g<2>", content)
    elif name.startswith("xl/charts/chart"):
        # Excel gives a chart of one series its name as a title unless told not to.
        content = content.replace(b"<plotArea>", b'<autoTitleDeleted val="1" /><plotArea>', 1)
    elif name in sheets and sheets[name].title in book.streams:
        yield from _with_rows(content, sheets[name], book.streams[sheets[name].title])
        return
    elif name.startswith("xl/drawings/drawing"):
        content = _with_alt_text(content, _description(book, name))
    yield content


def _with_rows(content: bytes, sheet: Worksheet, stream: Stream) -> Iterator[bytes]:
    """A sheet's XML with its list in place; openpyxl saw no more than the heading."""
    table = next(iter(sheet.tables.values()))
    content = _DIMENSION.sub(rb'\g<1>"A1:%b"' % table.ref.split(":")[1].encode(), content)
    above, end, below = content.partition(_ROWS_END)
    yield above
    yield from stream.rows
    yield end + below.replace(_LINKS_END, stream.links + _LINKS_END, 1)


def _description(book: Book, part: str) -> tuple[str, str]:
    return next(
        book.descriptions[sheet.title]
        for sheet in book.workbook.worksheets
        if sheet._drawing and sheet._drawing.path == f"/{part}"
    )


def _with_alt_text(content: bytes, description: tuple[str, str]) -> bytes:
    """A drawing whose one chart has a name and says what it shows."""
    name, words = (quoteattr(text).encode() for text in description)
    return _CHART_NAME.sub(lambda found: found[1] + b" name=" + name + b" descr=" + words, content)
