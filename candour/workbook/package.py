"""Package: the finished bytes - alt text on charts, and the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.drawing.graphic import GraphicFrame

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_chart_frame = SpreadsheetDrawing._chart_frame


def _chart_frame_with_alt_text(drawing: SpreadsheetDrawing, idx: int) -> GraphicFrame:
    """Openpyxl writes no alt text and has no way to ask for it."""
    frame = _chart_frame(drawing, idx)
    name, words = getattr(drawing.charts[idx - 1], "candour_alt", (f"Chart {idx}", ""))
    frame.nvGraphicFramePr.cNvPr.name = name
    frame.nvGraphicFramePr.cNvPr.descr = words
    return frame


SpreadsheetDrawing._chart_frame = _chart_frame_with_alt_text


def describe(workbook: Workbook, title: str, author: str, created: dt.datetime) -> None:
    """The document's own title, author, language and day."""
    properties = workbook.properties
    properties.title = title
    properties.creator = properties.lastModifiedBy = author
    properties.language = "en-GB"
    properties.created = properties.modified = created.replace(tzinfo=None)


def finished(workbook: Workbook, created: dt.datetime) -> bytes:
    """The workbook's bytes, which depend on nothing but its content and ``created``."""
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]
    workbook.active = 0
    saved = io.BytesIO()
    workbook.save(saved)
    instant = created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    written = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(written, "w") as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + instant + rb"\g<2>", content)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.external_attr = 0o600 << 16
            new.writestr(member, content, zipfile.ZIP_DEFLATED, 6)
    return written.getvalue()
