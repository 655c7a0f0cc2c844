"""Template: the Word file a report is poured into, and the styles it must have to be poured."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from candour.document.names import NUMBERING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

ACCENT, INK, MUTED, RULE, WASH = "12436D", "0B0C0C", "505A5F", "B1B4B6", "EEF3F8"
TEXT_WIDTH = Mm(174)
TABLE, CARDS = "Report Table", "Report Cards"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style looks until somebody changes it in Word."""

    size: float = 11
    bold: bool = False
    italic: bool = False
    colour: str = INK
    before: float = 0
    after: float = 6
    keep_next: bool = False
    indent: float = 0
    hanging: float = 0
    align: Literal["left", "right"] = "left"
    rule: str = ""
    """A line of this colour at the left."""


PARAGRAPHS = {
    "Normal": Look(),
    "Body Text": Look(after=8),
    "Title": Look(30, bold=True, colour=ACCENT, after=6),
    "Subtitle": Look(17, colour=MUTED, after=14),
    "Council": Look(13, colour=MUTED, before=12, after=4),
    "Status": Look(11, bold=True, colour="594D00", after=4),
    "Notice": Look(10.5, colour=INK, before=2, after=12, indent=4, rule=ACCENT),
    "Lead": Look(13, after=10),
    "Heading 1": Look(19, bold=True, colour=ACCENT, before=24, after=8, keep_next=True),
    "Heading 2": Look(13.5, bold=True, before=14, after=4, keep_next=True),
    "Heading Small": Look(13, bold=True, before=10, after=4, keep_next=True),
    "Numbered Paragraph": Look(after=8, indent=14, hanging=14),
    "List Bullet": Look(after=3),
    "List Number": Look(after=3),
    "Quote": Look(12, italic=True, before=8, after=10, indent=5, rule=ACCENT),
    "Commentary": Look(after=8, indent=5, rule=RULE),
    "Caption": Look(11, bold=True, before=14, after=2, keep_next=True),
    "Reading": Look(10.5, after=4, keep_next=True),
    "Picture": Look(after=2, keep_next=True),
    "Note": Look(9.5, colour=MUTED, before=3, after=8),
    "Table Heading": Look(10, bold=True, before=2, after=2, keep_next=True),
    "Table Heading Number": Look(10, bold=True, before=2, after=2, keep_next=True, align="right"),
    "Table Text": Look(10, before=3, after=3),
    "Table Detail": Look(10, before=3, after=3, indent=5),
    "Table Number": Look(10, before=3, after=3, align="right"),
    "Table Quote": Look(11, italic=True, before=4, after=4),
    "Card Title": Look(10.5, bold=True, before=4, after=0, keep_next=True),
    "Card Figure": Look(26, bold=True, colour=ACCENT, after=0, keep_next=True),
    "Card Words": Look(9.5, after=6),
    "toc 1": Look(11, after=3),
    "Header": Look(8.5, colour=MUTED, after=0),
    "Footer": Look(8.5, colour=MUTED, after=0),
}
"""Every paragraph style a report uses; a template must have them all."""

CHARACTERS = (NUMBERING, "Strong", "Emphasis", "Hyperlink")
BODY = "{{ report }}"
"""Where the report goes; the paragraph that says so is replaced."""


def missing_styles(template: bytes) -> list[str]:
    """The styles a template lacks."""
    there = {style.name for style in docx.Document(io.BytesIO(template)).styles}
    return [name for name in (*PARAGRAPHS, *CHARACTERS, TABLE, CARDS) if name not in there]


def plain_template() -> bytes:
    """The template as it is delivered, before anybody has restyled it in Word."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    for name, look in PARAGRAPHS.items():
        _paragraph_style(document, name, look)
    _character_styles(document)
    for name in (TABLE, CARDS):
        _table_style(document, name)
    _in_british_english(document)
    _cover(document)
    _running_lines(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _paragraph_style(document: Document, name: str, look: Look) -> None:
    styles = document.styles
    known = {style.name for style in styles}
    style: ParagraphStyle = (
        styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    if name != "Normal":
        style.base_style = styles["Normal"]
    style.hidden, style.quick_style = False, True
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = "Arial", Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor.from_string(look.colour)
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        style.element.rPr.rFonts.attrib.pop(qn(f"w:{attribute}"), None)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing, form.keep_with_next = 1.15, look.keep_next
    if look.indent:
        form.left_indent = Mm(look.indent)
        form.first_line_indent = Mm(-look.hanging) if look.hanging else None
    if look.hanging:
        form.tab_stops.add_tab_stop(Mm(look.indent))
    if look.align == "right":
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    if look.rule:
        style.element.pPr.insert_element_before(_left_rule(look.rule), "w:shd", "w:tabs",
            "w:spacing", "w:ind", "w:jc")  # fmt: skip


def _left_rule(colour: str) -> object:
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "10"), ("color", colour)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    return borders


def _character_styles(document: Document) -> None:
    styles = document.styles
    known = {style.name for style in styles}
    for name in CHARACTERS:
        style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.hidden, style.quick_style = False, True
    styles["Hyperlink"].font.color.rgb = RGBColor.from_string(ACCENT)
    styles["Hyperlink"].font.underline = True


def _table_style(document: Document, name: str) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    properties = OxmlElement("w:tblPr")
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for line in ("top", "bottom", "insideH") if name == TABLE else ():
        borders.append(_sized(line, val="single", sz="4", space="0", color=RULE))
    for side in ("left", "right"):
        margins.append(_sized(side, w="60" if name == TABLE else "120", type="dxa"))
    if name == CARDS:
        borders.append(_sized("insideV", val="single", sz="48", space="0", color="FFFFFF"))
    properties.extend((borders, margins))
    style.element.append(properties)
    if name == TABLE:
        for part in ("firstRow", "lastRow"):
            style.element.append(_conditional(part))
    else:
        cell, edges = OxmlElement("w:tcPr"), OxmlElement("w:tcBorders")
        edges.append(_sized("top", val="single", sz="36", space="0", color=ACCENT))
        cell.append(edges)
        cell.append(_sized("shd", val="clear", color="auto", fill=WASH))
        style.element.append(cell)


def _conditional(part: str) -> object:
    """The line below the headings, and the bold whole at the end."""
    form = OxmlElement("w:tblStylePr")
    form.set(qn("w:type"), part)
    letters, cells, borders = (OxmlElement(f"w:{n}") for n in ("rPr", "tcPr", "tcBorders"))
    letters.append(OxmlElement("w:b"))
    line = "bottom" if part == "firstRow" else "top"
    borders.append(_sized(line, val="single", sz="12", space="0", color=INK))
    cells.append(borders)
    form.extend((letters, cells))
    return form


def _sized(name: str, **values: str) -> object:
    element = OxmlElement(f"w:{name}")
    for attribute, value in values.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _in_british_english(document: Document) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _cover(document: Document) -> None:
    for style, words in (
        ("Status", "{{ status }}"),
        ("Council", "{{ council }}"),
        ("Title", "{{ title }}"),
        ("Subtitle", "{{ period }}"),
        ("Notice", "{{ notice }}"),
        ("Body Text", BODY),
        ("Note", "{{ told }}"),
    ):
        document.add_paragraph(words, style=style)


def _running_lines(document: Document) -> None:
    section = document.sections[0]
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.style, below.style = document.styles["Header"], document.styles["Footer"]
    for line in (above, below):
        for stop in list(line.style.paragraph_format.tab_stops):
            line.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
        line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    above.add_run("{{ council }}\t{{ status }} {{ marking }}")
    below.add_run("{{ title }}, {{ period }}\tPage ")
    _field(below, "PAGE")
    below.add_run(" of ")
    _field(below, "NUMPAGES")
    section.footer.add_paragraph("{{ notice }}", style="Footer")


def _field(paragraph: object, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # type: ignore[attr-defined]
