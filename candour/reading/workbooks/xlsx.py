"""Excel workbooks (.xlsx, .xlsm): the marks of their sheets, from the XML of each."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.handler import ContentHandler

from defusedxml import sax
from defusedxml.ElementTree import fromstring

from candour.errors import InputError
from candour.reading.workbooks.marks import Marks

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

ZERO_PADDED = re.compile(r"0{2,30}")
"""A number format that shows a number with leading zeros: ``000000``."""


def sheet_parts(parts: dict[str, bytes], main: str) -> dict[str, str]:
    """Relation id to part name, for the relations of the workbook's main part."""
    folder, name = posixpath.split(main)
    relations = parts.get(f"{folder}/_rels/{name}.rels", b"<none/>")
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join("/" + folder, relation.get("Target", ""))
        ).lstrip("/")
        for relation in fromstring(relations, forbid_dtd=True)
    }


def xlsx_marks(parts: dict[str, bytes], sheet: str) -> Marks:
    """The marks of one sheet, by its name.

    Raises:
        InputError: when the workbook does not hold the sheet it lists, or spans too far.
    """
    by_id = sheet_parts(parts, "xl/workbook.xml")
    for element in fromstring(parts["xl/workbook.xml"], forbid_dtd=True).iter():
        if _local(element.tag) == "sheet" and element.get("name") == sheet:
            relation = next(value for key, value in element.items() if _local(key) == "id")
            part = parts.get(by_id.get(relation, ""))
            if part is None:
                break
            scanner = _SheetScanner(_padded_styles(parts.get("xl/styles.xml")))
            sax.parseString(part, scanner, forbid_dtd=True)
            return scanner.marks
    raise InputError(f"lists a sheet “{sheet}” that it does not hold; export it again.")


def _padded_styles(styles: bytes | None) -> dict[str, int]:
    """Cell style to the digits its number format pads to, for the styles that do."""
    if styles is None:
        return {}
    root = fromstring(styles, forbid_dtd=True)
    digits = {
        element.get("numFmtId"): len(element.get("formatCode", ""))
        for element in root.iter()
        if _local(element.tag) == "numFmt" and ZERO_PADDED.fullmatch(element.get("formatCode", ""))
    }
    formats = [
        style.get("numFmtId")
        for group in root.iter()
        if _local(group.tag) == "cellXfs"
        for style in group
    ]
    return {str(i): digits[code] for i, code in enumerate(formats) if code in digits}


class _SheetScanner(ContentHandler):
    """Walks a sheet's XML once; positions may be left out of it and are then counted."""

    def __init__(self, padded_styles: dict[str, int]) -> None:
        super().__init__()
        self.marks = Marks()
        self._padded_styles = padded_styles
        self._row = self._column = -1
        self._kind: str | None = None
        self._style = ""
        self._has_formula = False
        self._in_value = False
        self._value = ""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Notes where a row, a cell or its value begins."""
        local = name.rpartition(":")[2]
        if local == "c":
            self._start_cell(attrs)
        elif local in {"v", "t"}:
            self._in_value = True
        elif local == "row":
            self._row = int(attrs.get("r") or self._row + 2) - 1
            self._column = -1
            if attrs.get("hidden") in {"1", "true"}:
                self.marks.hidden.add(self._row)
        elif local == "f":
            self._has_formula = True

    def _start_cell(self, attrs: AttributesImpl) -> None:
        place = attrs.get("r")
        self._column = _column(place.rstrip("0123456789")) if place else self._column + 1
        self._kind = attrs.get("t")
        self._style = attrs.get("s", "")
        self._has_formula = self._in_value = False
        self._value = ""

    def characters(self, content: str) -> None:
        """Gathers a cell's value."""
        if self._in_value:
            self._value += content

    def endElement(self, name: str) -> None:  # noqa: N802
        """Marks a cell once all of it is known."""
        local = name.rpartition(":")[2]
        if local in {"v", "t"}:
            self._in_value = False
        elif local == "c":
            self._mark()

    def _mark(self) -> None:
        if self._kind == "e":
            self.marks.add_error(self._row, self._column, self._value)
        elif self._value:
            self.marks.fill(self._row, self._column)
            if self._style in self._padded_styles and self._kind in {None, "n"}:
                digits = self._padded_styles[self._style]
                self.marks.padded[self._row][self._column] = digits
        elif self._has_formula and self._kind != "str":
            self.marks.add_uncalculated(self._row, self._column)


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
