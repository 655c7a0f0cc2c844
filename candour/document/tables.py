"""Tables: a page's tables in Word, their headings repeated and their rows whole on every sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from candour.document.inline import Manner, set_style, write_inline
from candour.document.template import CARDS, TABLE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from lxml.html import HtmlElement

    from candour.document.inline import Marks

_WHOLE = 15
"""A table of fewer rows stays together on a sheet."""
_LINE, _MOST, _ROOM = 84, 60, 4
"""Letters: those of a line, the most of a column's text that count, the room beside it."""


def write_table(document: Document, table: HtmlElement, marks: Marks, *, look: str = "") -> None:
    """A table after its caption, which is a paragraph of its own."""
    rows = list(table.iter("tr"))
    made = document.add_table(len(rows), max(len(row) for row in rows), style=TABLE)
    total = "total" in (rows[-1].get("class") or "").split()
    _describe(made, table, first_row=table.find("thead") is not None, last_row=total)
    for place, (row, written) in enumerate(zip(rows, made.rows, strict=True)):
        _keep_whole(written._tr, heading=row.getparent().tag == "thead")
        whole = len(rows) <= _WHOLE and place < len(rows) - 1
        strong = "total" in (row.get("class") or "").split()
        for cell, into in zip(row, written.cells, strict=False):
            _cell(into, cell, marks, whole=whole, look=look, strong=strong)
    _widths(made, rows, document)


def write_cards(document: Document, cards: HtmlElement, marks: Marks) -> None:
    """Cards side by side, each a title, a figure and its words."""
    made = document.add_table(1, len(cards), style=CARDS)
    _describe(made, cards, first_row=False, last_row=False)
    for card, into in zip(cards, made.rows[0].cells, strict=True):
        for place, (part, style) in enumerate(
            zip(card, ("Card Title", "Card Figure", "Card Words"), strict=False)
        ):
            paragraph = into.paragraphs[0] if not place else into.add_paragraph()
            set_style(paragraph, style, marks)
            write_inline(paragraph, part, marks)


def _cell(
    into: _Cell, cell: HtmlElement, marks: Marks, *, whole: bool, look: str, strong: bool
) -> None:
    numeric = "number" in (cell.get("class") or "").split()
    heading = cell.get("scope") == "col"
    paragraph = into.paragraphs[0]
    style = "Table Heading" if heading else "Table Text"
    if numeric:
        style = "Table Heading Number" if heading else "Table Number"
    elif "detail" in (cell.getparent().get("class") or "").split():
        style = "Table Detail"
    elif look == "quotations" and not heading and cell is cell.getparent()[0]:
        style = "Table Quote"
    set_style(paragraph, style, marks)
    if whole:
        paragraph.paragraph_format.keep_with_next = True
    write_inline(paragraph, cell, marks, Manner(strong=strong))


def _describe(made: Table, table: HtmlElement, *, first_row: bool, last_row: bool) -> None:
    """Which cells are headings, and what the table is called by whoever listens to it."""
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    look.attrib.clear()
    first_column = table.find(".//th[@scope='row']") is not None
    for name, value in (
        ("val", "04A0"),
        ("firstRow", first_row),
        ("lastRow", last_row),
        ("firstColumn", first_column),
        ("lastColumn", False),
        ("noHBand", True),
        ("noVBand", True),
    ):
        look.set(qn(f"w:{name}"), value if isinstance(value, str) else str(int(value)))
    caption = table.find("caption")
    named = table.get("aria-label", "At a glance") if caption is None else caption.text_content()
    words = OxmlElement("w:tblCaption")
    words.set(qn("w:val"), " ".join(named.split()))
    properties.append(words)


def _keep_whole(row: object, *, heading: bool) -> None:
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))


def _widths(made: Table, rows: list[HtmlElement], document: Document) -> None:
    """Columns that hold their longest word, and share the rest by their longest text."""
    section = document.sections[0]
    there = section.page_width - section.left_margin - section.right_margin
    least, wished = [1] * len(made.columns), [1] * len(made.columns)
    for row in rows:
        for column, cell in enumerate(row):
            words = cell.text_content().split()
            longest = max(map(len, words), default=0)
            least[column] = max(least[column], longest + _ROOM)
            wished[column] = max(wished[column], min(len(" ".join(words)), _MOST) + _ROOM)
    over = max(0, _LINE - sum(least))
    spare = [max(0, wish - word) for wish, word in zip(wished, least, strict=True)]
    widths = [
        word + over * extra / (sum(spare) or 1) for word, extra in zip(least, spare, strict=True)
    ]
    made.autofit = False
    for column, letters in zip(made.columns, widths, strict=True):
        column.width = Emu(int(there * letters / sum(widths)))
        for cell in column.cells:
            cell.width = column.width
