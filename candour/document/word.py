"""Word: the finished page poured into the council's own template."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

import docx
from docxtpl import DocxTemplate
from lxml import html as markup

from candour.document.blocks import Blocks
from candour.document.inline import Marks
from candour.document.package import describe, finished, keep_keys
from candour.document.template import BODY, missing_styles
from candour.errors import ConfigurationError

if TYPE_CHECKING:
    import datetime as dt

    from docx.document import Document
    from docx.text.paragraph import Paragraph

_HERE = "\ue000report\ue001"
"""What stands where the report goes while the template's own words are filled in."""


def write_word(
    page_html: str,
    template: bytes,
    *,
    created: dt.datetime,
    pictures: Mapping[str, bytes] = {},
) -> bytes:
    """A finished page as a Word file: the template's look, the page's words, its figures locked.

    Args:
        page_html: the page as it is published.
        template: a Word file with the styles of ``templates/word/report.docx``. It may say
            ``{{ council }}``, ``{{ title }}``, ``{{ period }}``, ``{{ notice }}``,
            ``{{ status }}``, ``{{ marking }}`` and ``{{ told }}``, what the page says at its foot,
            anywhere, and ``{{ report }}`` in a paragraph of its own.
        created: the instant the file says it was made.
        pictures: a PNG of every chart of the page, by the chart's id.

    Raises:
        ConfigurationError: the template lacks a style or the place of the report, or a chart has
            no picture.
    """
    lacking = missing_styles(template)
    if lacking:
        raise ConfigurationError(
            f"The Word template has no style '{lacking[0]}'. Give it one in Word, or begin again "
            "from the template as it was delivered, templates/word/report.docx."
        )
    told = _told(page_html)
    document = _filled(template, told)
    place = _place_of_report(document)
    own = list(document.element.body)
    marks = Marks({style.name: style.style_id for style in document.styles})
    Blocks(document, marks, pictures).write(page_html)
    for written in [block for block in document.element.body if block not in own]:
        place._p.addprevious(written)
    place._p.getparent().remove(place._p)
    keep_keys(document, marks.keys)
    describe(
        document,
        title=f"{told['title']}, {told['period']}",
        author=told["council"],
        subject=told["notice"],
        created=created,
    )
    return finished(document)


def _told(page_html: str) -> dict[str, str]:
    """What the template may say of the report, from the head of its page."""
    page = markup.document_fromstring(page_html)

    def says(path: str) -> str:
        found = page.find(path)
        return "" if found is None else " ".join(found.text_content().split())

    return {
        "title": says(".//h1"),
        "period": says(".//p[@class='year']"),
        "council": says(".//header/p[@class='council']"),
        "marking": says(".//header/p[@class='marking']"),
        "notice": says(".//main//p[@class='notice']"),
        "told": says(".//footer/p"),
        "status": says(".//aside[@class='draft']"),
    }


def _filled(template: bytes, told: Mapping[str, str]) -> Document:
    """The template with its own words filled in."""
    prepared = DocxTemplate(io.BytesIO(template))
    prepared.render({**told, "report": _HERE}, autoescape=True)
    filled = io.BytesIO()
    prepared.save(filled)
    return docx.Document(io.BytesIO(filled.getvalue()))


def _place_of_report(document: Document) -> Paragraph:
    for paragraph in document.paragraphs:
        if paragraph.text.strip() == _HERE:
            return paragraph
    raise ConfigurationError(
        f"The Word template has no place for the report; write {BODY} in a paragraph of its own."
    )
