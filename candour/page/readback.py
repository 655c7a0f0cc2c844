"""Read-back: what a finished page and its print say, figures apart from every other text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDFText_GetUnicode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfTextPage

Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a letter, in points."""
_NEAR = 0.15
"""Of a letter's height; what is nearer to it touches it."""
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "use", "wbr"})
_SILENT = frozenset({"defs", "script", "style"})
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "data", "em", "i", "span", "strong", "sub", "sup", "time"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def figures_of_page(html: str) -> list[tuple[str, str]]:
    """Every figure of a page in reading order: its key and the text that is printed."""
    return _read(html).figures


def text_outside_figures(html: str) -> Iterator[tuple[str, str]]:
    """What stands on a page outside its figures, with where: the heading above and the element.

    Numbers the page was numbered with, which stand in ``<span class="number">``, are left out.
    """
    yield from _read(html).outside


def text_of_pdf(pdf: bytes) -> str:
    """Everything a PDF says, sheet by sheet."""
    with PdfDocument(pdf) as sheets:
        return "\n".join(_said(sheet.get_textpage()) for sheet in sheets)


def _said(sheet: PdfTextPage) -> str:
    """A sheet's text; two numbers that only stand beside each other are not one."""
    letters = [chr(FPDFText_GetUnicode(sheet, place)) for place in range(sheet.count_chars())]
    for place in range(len(letters) - 1, 0, -1):
        if letters[place - 1].isdigit() and letters[place].isdigit():
            before, after = (sheet.get_charbox(at, loose=True) for at in (place - 1, place))
            if not _touch(before, after):
                letters.insert(place, " ")
    return "".join(letters)


def _touch(before: Box, after: Box) -> bool:
    """Whether a letter goes on where another ends, on one line with it."""
    left, bottom, _, top = after
    near = _NEAR * (top - bottom)
    return abs(left - before[2]) < near and abs(bottom - before[1]) < near


def _read(html: str) -> _Reading:
    reading = _Reading()
    reading.feed(html)
    reading.close()
    reading.flush()
    return reading


class _Reading(HTMLParser):
    """A page read once from top to bottom."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.figures: list[tuple[str, str]] = []
        self.outside: list[tuple[str, str]] = []
        self._open: list[tuple[str, str | None, bool]] = []
        self._said: list[str] = []
        self._block = "body"
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag not in _INLINE:
            self.flush()
            self._block = tag
        elif "reading" in classes:  # A sentence of its own below a caption's title.
            self.flush()
        if tag in _VOID:
            return
        key = given.get("data-figure")
        numbering = tag == "span" and "number" in classes
        if key is not None:
            self.figures.append((key, ""))
        self._open.append((tag, key, numbering))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in _INLINE:
            self.flush()

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()
        names = [name for name, _, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if any(tag in _SILENT for tag, _, _ in self._open):
            return
        if any(key is not None for _, key, _ in self._open):
            key, said = self.figures[-1]
            self.figures[-1] = (key, (said + data).strip())
        elif not any(numbering for _, _, numbering in self._open):
            self._said.append(data)

    def flush(self) -> None:
        """End the run of text that is open."""
        text = " ".join("".join(self._said).split())
        self._said = []
        if not text:
            return
        place = f"section '{self._heading}', {self._block}" if self._heading else self._block
        self.outside.append((place, text))
        if self._block in _HEADINGS:
            self._heading = text
