"""OpenDocument spreadsheets (.ods): the marks of their sheets, from the XML of the content."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.handler import ContentHandler

from defusedxml import sax

from candour.errors import InputError
from candour.reading.workbooks.marks import ERROR_TEXTS, MAX_ROWS, Marks

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

ERROR_LITERALS = frozenset(ERROR_TEXTS.values())
CELL = frozenset({"table:table-cell", "table:covered-table-cell"})


def ods_marks(parts: dict[str, bytes]) -> dict[str, Marks]:
    """The marks of every sheet, by its name: one part holds them all.

    Raises:
        InputError: when it is password-protected or a sheet spans too far.
    """
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise InputError("is password-protected; export or save it without a password.")
    scanner = _ContentScanner()
    sax.parseString(parts["content.xml"], scanner, forbid_dtd=True)
    return scanner.sheets


class _ContentScanner(ContentHandler):
    """Walks the content once; a row or a cell may stand for many like it."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, Marks] = {}
        self._marks = Marks()
        self._row = self._column = 0
        self._row_repeats = self._cell_repeats = 1
        self._has_formula = False
        self._kind: str | None = None
        self._text = ""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Notes where a sheet, a row or a cell begins."""
        if name == "table:table":
            self._marks = self.sheets[attrs.get("table:name", "")] = Marks()
            self._row = 0
        elif name == "table:table-row":
            self._column = 0
            self._row_repeats = int(attrs.get("table:number-rows-repeated") or 1)
            if attrs.get("table:visibility") in {"collapse", "filter"}:
                last = min(self._row + self._row_repeats, MAX_ROWS)
                self._marks.hidden.update(range(self._row, last))
        elif name in CELL:
            self._cell_repeats = int(attrs.get("table:number-columns-repeated") or 1)
            self._has_formula = "table:formula" in attrs
            is_error = attrs.get("calcext:value-type") == "error"
            self._kind = "error" if is_error else attrs.get("office:value-type")
            self._text = ""

    def characters(self, content: str) -> None:
        """Gathers a cell's text."""
        self._text += content

    def endElement(self, name: str) -> None:  # noqa: N802
        """Marks a cell once all of it is known."""
        if name in CELL:
            self._mark()
            self._column += self._cell_repeats
        elif name == "table:table-row":
            self._row += self._row_repeats

    def _mark(self) -> None:
        text = self._text.strip()
        last_row = self._row + self._row_repeats - 1
        last_column = self._column + self._cell_repeats - 1
        if self._kind or text:
            self._marks.fill(last_row, last_column)
        if self._kind == "error" or (self._has_formula and text in ERROR_LITERALS):
            for row in range(self._row, last_row + 1):
                for column in range(self._column, last_column + 1):
                    self._marks.add_error(row, column, text)
        elif self._has_formula and not self._kind and not text:
            self._marks.add_uncalculated(self._row, self._column)
