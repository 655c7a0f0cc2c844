"""Blocks: the finished page walked from top to bottom, each part in a style with a name."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import html as markup

from candour.document.inline import TAB, bookmark, set_style, write_inline
from candour.document.tables import write_cards, write_table
from candour.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from lxml.html import HtmlElement

    from candour.document.inline import Marks

_HEADINGS = {"h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 2"}
_PARAGRAPHS = {"note": "Note", "key": "Note", "lede": "Lead", "numbered": "Numbered Paragraph"}
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SLOT = "data-drawing"
_WIDE_SPACE = "\N{EM SPACE}"
_TOLD = re.compile(
    r'aria-labelledby="chart-(?P<id>.*?)-title .*?<title[^>]*>(?P<title>.*?)</title>'
    r"<desc[^>]*>(?P<alt>.*?)</desc>",
    re.DOTALL,
)


class Blocks:
    """Writes the blocks of a page into a document, one after another."""

    def __init__(self, document: Document, marks: Marks, pictures: Mapping[str, bytes]) -> None:
        self._document = document
        self._marks = marks
        self._pictures = pictures
        self._drawings: list[str] = []

    def write(self, page: str) -> None:
        """Everything between a page's title and its foot.

        Raises:
            ConfigurationError: a chart of the page has no picture.
        """
        self._drawings = _DRAWING.findall(page)
        numbers = iter(range(len(self._drawings)))
        held = _DRAWING.sub(lambda _: f'<span {_SLOT}="{next(numbers)}"></span>', page)
        main = markup.document_fromstring(held).find(".//main")
        for element in main:
            if "masthead" not in _classes(element):
                self._block(element)

    def _block(self, element: HtmlElement) -> None:
        writers: dict[str, Callable[[HtmlElement], None]] = {
            "p": self._paragraph,
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quotation,
            "table": self._table,
            "figure": self._figure,
            "nav": self._contents,
        }
        if element.tag in _HEADINGS:
            self._heading(element)
        elif element.tag in writers:
            writers[element.tag](element)
        else:
            for child in element:
                self._block(child)

    def _plain(self, style: str) -> Paragraph:
        paragraph = self._document.add_paragraph()
        set_style(paragraph, style, self._marks)
        return paragraph

    def _add(self, style: str, element: HtmlElement) -> Paragraph:
        paragraph = self._plain(style)
        if element.get("id"):
            bookmark(paragraph, element.get("id"), self._marks)
        return paragraph

    def _heading(self, element: HtmlElement) -> None:
        section = element.getparent()
        if "part" not in _classes(section):
            style = "Heading Small" if element.tag == "h2" else _HEADINGS[element.tag]
            write_inline(self._add(style, element), element, self._marks)
            return
        paragraph = self._add(_HEADINGS[element.tag], section if element.tag == "h2" else element)
        first = section.getprevious() is None
        if element.tag == "h2" and (first or "appendix" in _classes(section)):
            paragraph.paragraph_format.page_break_before = True
        _after_number(element, _WIDE_SPACE)
        write_inline(paragraph, element, self._marks)

    def _paragraph(self, element: HtmlElement) -> None:
        style = next((_PARAGRAPHS[c] for c in _classes(element) if c in _PARAGRAPHS), "Body Text")
        if "officers" in _classes(element.getparent()):
            style = "Commentary"
        if style == "Numbered Paragraph":
            _after_number(element, TAB)
        write_inline(self._add(style, element), element, self._marks)

    def _list(self, element: HtmlElement) -> None:
        if "cards" in _classes(element):
            write_cards(self._document, element, self._marks)
            return
        style = "List Bullet" if element.tag == "ul" else "List Number"
        numbering = None if element.tag == "ul" else self._numbering_from_one()
        for item in element:
            for paragraph in item.findall("p") or [item]:
                written = self._add(style, item)
                if numbering is not None:
                    written._p.get_or_add_pPr().append(numbering())
                write_inline(written, paragraph, self._marks)

    def _numbering_from_one(self) -> Callable[[], object]:
        """What makes a list's paragraphs count from one again."""
        style = self._document.styles["List Number"].element
        own = style.find(f".//{qn('w:numId')}")
        lists = self._document.part.numbering_part.element
        number = next(n for n in lists.num_lst if str(n.numId) == own.get(qn("w:val")))
        fresh = lists.add_num(number.abstractNumId.val)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)

        def properties() -> object:
            form, level, id_ = (OxmlElement(f"w:{n}") for n in ("numPr", "ilvl", "numId"))
            level.set(qn("w:val"), "0")
            id_.set(qn("w:val"), str(fresh.numId))
            form.extend((level, id_))
            return form

        return properties

    def _quotation(self, element: HtmlElement) -> None:
        for paragraph in element.findall("p") or [element]:
            write_inline(self._add("Quote", paragraph), paragraph, self._marks)

    def _table(self, element: HtmlElement) -> None:
        caption = element.find("caption")
        if caption is not None:
            self._caption(caption)
        look = next((c for c in _around(element) if c in {"pairs", "quotations"}), "")
        write_table(self._document, element, self._marks, look=look)

    def _caption(self, caption: HtmlElement) -> None:
        reading = caption.find("span[@class='reading']")
        if reading is not None:
            reading.tail = None
            caption.remove(reading)
        write_inline(self._add("Caption", caption), caption, self._marks)
        if reading is not None:
            paragraph = self._plain("Reading")
            write_inline(paragraph, reading, self._marks)

    def _figure(self, element: HtmlElement) -> None:
        caption = element.find("figcaption")
        if caption is not None:
            self._caption(caption)
        for slot in element.iter("span"):
            if slot.get(_SLOT) is not None:
                self._picture(self._drawings[int(slot.get(_SLOT))])
        for child in element:
            if child.tag == "p":
                self._paragraph(child)

    def _picture(self, drawing: str) -> None:
        told = _TOLD.search(drawing)
        id_ = told["id"] if told else ""
        if told is None or id_ not in self._pictures:
            raise ConfigurationError(
                f"The Word file needs a picture of the chart '{id_}', and none was drawn; give one "
                "for every chart of the report."
            )
        paragraph = self._plain("Picture")
        section = self._document.sections[0]
        wide = section.page_width - section.left_margin - section.right_margin
        shape = paragraph.add_run().add_picture(io.BytesIO(self._pictures[id_]), width=wide)
        self._marks.pictures += 1
        properties = shape._inline.docPr
        properties.set("id", str(self._marks.pictures))
        properties.set("name", _plain(told["title"]))
        properties.set("descr", _plain(told["alt"]))

    def _contents(self, element: HtmlElement) -> None:
        """A field that Word brings up to date, filled with what it will find."""
        listed = "contents" in _classes(element)
        for part in element:
            if part.tag in {"h2", "p"}:
                write_inline(self._add("Heading Small", part), part, self._marks)
            elif listed:
                self._field(part, r'TOC \o "1-1" \h \z \u')
            else:
                self._entries(part)

    def _field(self, entries: HtmlElement, code: str) -> None:
        written = list(self._entries(entries))
        first, last = written[0]._p, written[-1]._p
        place = 1 if first.pPr is not None else 0
        for offset, kind in enumerate(("begin", "", "separate")):
            first.insert(place + offset, _field_run(kind, code))
        last.append(_field_run("end", code))

    def _entries(self, entries: HtmlElement) -> list[Paragraph]:
        written = []
        for entry in entries:
            paragraph = self._plain("toc 1")
            write_inline(paragraph, entry, self._marks)
            written.append(paragraph)
        return written


def _field_run(kind: str, code: str) -> object:
    run = OxmlElement("w:r")
    inside = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        inside.set(qn("w:fldCharType"), kind)
    else:
        inside.text = code
    run.append(inside)
    return run


def _after_number(element: HtmlElement, gap: str) -> None:
    """What stands between a number and what it numbers."""
    if len(element) and "number" in _classes(element[0]):
        element[0].tail = gap + (element[0].tail or "").lstrip()


def _plain(escaped: str) -> str:
    return str(markup.fromstring(f"<p>{escaped}</p>").text_content())


def _classes(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


def _around(element: HtmlElement) -> Iterator[str]:
    for above in element.iterancestors():
        yield from _classes(above)
