"""Numbering: sections, paragraphs, tables and figures number themselves, and references follow."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from lxml import html as markup

from candour.errors import ConfigurationError
from candour.page.contents import list_parts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NUMBER = "number"
"""The class of the spans that hold what this module wrote."""

_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SLOT = "data-drawing"
_CAPTIONS = {"caption": "table", "figcaption": "figure"}


class Form(StrEnum):
    """The three ways a report is laid out, which decide what carries a number."""

    PUBLIC = "public"
    """Tables, figures and appendices."""
    COMMITTEE = "committee"
    """Sections and paragraphs as well."""
    STATUTORY = "statutory"
    """Sections and the headings within them as well."""


@dataclass(slots=True)
class _Numbers:
    """What has been numbered so far, by what references call it."""

    form: Form
    named: dict[str, tuple[str, str]] = field(default_factory=dict)
    """``table:year_received`` → what it is called, and the id a link leads to."""
    items: Counter[str] = field(default_factory=Counter)
    sections: int = 0
    appendices: int = 0


def number_document(html: str, form: Form | str) -> str:
    """A page with its numbers, its lists of contents and its references in place.

    A section that holds nothing below its heading is left out, and the numbers close up.

    Args:
        html: the page; ``<section class="part">`` is what is numbered.
        form: what carries a number.

    Raises:
        ConfigurationError: a reference leads to what is not on the page.
    """
    drawings = _DRAWING.findall(html)
    numbers = iter(range(len(drawings)))
    held = _DRAWING.sub(lambda _: f'<span {_SLOT}="{next(numbers)}"></span>', html)
    page = markup.document_fromstring(held)
    left_out = _without_empty(page)
    given = _Numbers(Form(form))
    for section in page.iter("section"):
        if "part" in _classes(section):
            _number_section(section, given)
    _resolve(page, given, left_out)
    list_parts(page)
    numbered = markup.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    slot = re.compile(rf'<span {_SLOT}="(\d+)"></span>')
    return slot.sub(lambda found: drawings[int(found[1])], numbered)


def _without_empty(page: HtmlElement) -> set[str]:
    """Take out the sections with nothing to say; their ids."""
    gone = set()
    for section in list(page.iter("section")):
        if "part" in _classes(section) and not _says_something(section):
            gone.add(section.get("id", ""))
            section.getparent().remove(section)
    return gone


def _says_something(section: HtmlElement) -> bool:
    heading = next((child for child in section if child.tag == "h2"), None)
    said = "".join(section.itertext()).strip()
    titled = "" if heading is None else "".join(heading.itertext()).strip()
    return said != titled or section.find(f".//span[@{_SLOT}]") is not None


def _number_section(section: HtmlElement, given: _Numbers) -> None:
    heading = next(child for child in section if child.tag == "h2")
    title = _text(heading)
    called, own = f"“{title}”", ""
    if "appendix" in _classes(section):
        given.appendices += 1
        own = chr(ord("A") + given.appendices - 1)
        called = f"Appendix {own}"
        _write_before(heading, f"{called}:")
    elif given.form is not Form.PUBLIC:
        given.sections += 1
        own = str(given.sections)
        called = f"Section {own}"
        _write_before(heading, own)
    anchor = section.get("id", "")
    given.named[f"section:{anchor.removeprefix('section-')}"] = (called, anchor)
    if own and given.form is Form.COMMITTEE and "appendix" not in _classes(section):
        _number_paragraphs(section, own)
    elif own and given.form is Form.STATUTORY:
        for place, inner in enumerate(section.iter("h3"), start=1):
            _write_before(inner, f"{own}.{place}")
    _number_items(section, given)


def _number_paragraphs(section: HtmlElement, own: str) -> None:
    """Paragraphs of the running text; notes, quotations and what stands in lists keep none."""
    place = 0
    for paragraph in section.iter("p"):
        above = paragraph.getparent()
        running = above is section or "officers" in _classes(above)
        if not running or _classes(paragraph) & {"note", "who", "key"}:
            continue
        place += 1
        paragraph.set("class", "numbered")
        _write_before(paragraph, f"{own}.{place}")


def _number_items(section: HtmlElement, given: _Numbers) -> None:
    for caption in section.iter(*_CAPTIONS):
        kind = _CAPTIONS[caption.tag]
        given.items[kind] += 1
        called = f"{kind.capitalize()} {given.items[kind]}"
        anchor = caption.get("id", "")
        own = re.sub(r"^(?:table|list|figure)-", "", anchor)
        given.named[f"{kind}:{own}"] = (called, anchor)
        title = next((part for part in caption if "title" in _classes(part)), caption)
        _write_before(title, f"{called}:")


def _resolve(page: HtmlElement, given: _Numbers, left_out: set[str]) -> None:
    for link in list(page.iter("a")):
        asked = link.get("data-ref")
        if asked is None:
            continue
        if asked not in given.named:
            raise ConfigurationError(_not_there(asked, given, left_out))
        link.text, anchor = given.named[asked]
        del link.attrib["data-ref"]
        link.set("href", f"#{anchor}")
        if not link.text.startswith("“"):
            _wrap(link)


def _wrap(link: HtmlElement) -> None:
    """Mark what a link says as a number."""
    number = markup.Element("span", {"class": NUMBER})
    number.tail, link.tail = link.tail, None
    link.getparent().replace(link, number)
    number.append(link)


def _not_there(asked: str, given: _Numbers, left_out: set[str]) -> str:
    kind, _, id_ = asked.partition(":")
    if kind not in {"table", "figure", "section"}:
        return (
            f"ref('{asked}') names no kind of thing; write ref('table:…'), ref('figure:…') or "
            "ref('section:…')."
        )
    if f"section-{id_}" in left_out:
        return (
            f"The words refer to the {kind} '{id_}', which was left out because it has nothing to "
            "say; take the reference out or put it under the same condition."
        )
    known = [name.partition(":")[2] for name in given.named if name.startswith(f"{kind}:")]
    return (
        f"The words refer to the {kind} '{id_}', which is not on the page; add it to the items of "
        f"a section or take the reference out. There is {', '.join(known) or 'none'}."
    )


def _write_before(element: HtmlElement, words: str) -> None:
    """Put a number before everything an element says."""
    number = markup.Element("span", {"class": NUMBER})
    number.text = words
    number.tail = f" {(element.text or '').lstrip()}"
    element.text = None
    element.insert(0, number)


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _classes(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())
