"""Inline: what stands in a line - words, numbers in locked controls, links and numbering."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from candour.document.names import NUMBERING, tag_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.text.paragraph import Paragraph
    from lxml.html import HtmlElement

TAB = "\ue002"
"""A tab on its way through what is spaced as a page is."""

_LONGEST_ALIAS = 60
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class Marks:
    """What is given out one after another while a document is written."""

    styles: Mapping[str, str]
    """The id of each style by its name: a template may call them otherwise inside."""
    keys: dict[str, str] = field(default_factory=dict)
    """The key of each figure by its control's tag."""
    controls: int = 0
    bookmarks: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Manner:
    """How the next words are set."""

    style: str = ""
    strong: bool = False


def set_style(paragraph: Paragraph, name: str, marks: Marks) -> None:
    """Set a paragraph in a style by its id: asked by name, python-docx walks them all each time."""
    paragraph._p.style = marks.styles[name]


def write_inline(
    paragraph: Paragraph, element: HtmlElement, marks: Marks, manner: Manner = Manner()
) -> None:
    """Everything an element says, in a paragraph."""
    _inside(paragraph._p, element, marks, manner)
    _trim(paragraph)


def bookmark(paragraph: Paragraph, anchor: str, marks: Marks) -> None:
    """Let links lead to a paragraph."""
    marks.bookmarks += 1
    for kind in ("bookmarkStart", "bookmarkEnd"):
        mark = OxmlElement(f"w:{kind}")
        mark.set(qn("w:id"), str(marks.bookmarks))
        if kind == "bookmarkStart":
            mark.set(qn("w:name"), bookmark_of(anchor))
        paragraph._p.append(mark)


def bookmark_of(anchor: str) -> str:
    """The name of a place of the page, in the few letters that Word allows."""
    return f"r_{hashlib.sha256(anchor.encode()).hexdigest()[:16]}"


def write_run(parent: object, words: str, marks: Marks, manner: Manner = Manner()) -> None:
    """Words in one manner."""
    if not words:
        return
    run = OxmlElement("w:r")
    if manner != Manner():
        run.append(_form(marks, manner))
    for place, part in enumerate(words.split(TAB)):
        if place:
            run.append(OxmlElement("w:tab"))
        text = OxmlElement("w:t")
        text.text = part
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
    parent.append(run)  # type: ignore[attr-defined]


def _form(marks: Marks, manner: Manner) -> object:
    form = OxmlElement("w:rPr")
    if manner.style:
        style = OxmlElement("w:rStyle")
        style.set(qn("w:val"), marks.styles[manner.style])
        form.append(style)
    if manner.strong:
        form.append(OxmlElement("w:b"))
    return form


def _inside(parent: object, element: HtmlElement, marks: Marks, manner: Manner) -> None:
    write_run(parent, _spaced(element.text), marks, manner)
    for child in element:
        _element(parent, child, marks, manner)
        write_run(parent, _spaced(child.tail), marks, manner)


def _element(parent: object, element: HtmlElement, marks: Marks, manner: Manner) -> None:
    classes = (element.get("class") or "").split()
    match element.tag:
        case "data":
            _control(parent, element, marks, manner)
        case "a":
            _inside(_link(parent, element), element, marks, manner)
        case "strong" | "b":
            _inside(parent, element, marks, replace(manner, style=manner.style or "Strong"))
        case "em" | "i":
            _inside(parent, element, marks, replace(manner, style="Emphasis"))
        case "span" if "number" in classes:
            _inside(parent, element, marks, replace(manner, style=NUMBERING))
        case _:
            _inside(parent, element, marks, manner)


def _link(parent: object, element: HtmlElement) -> object:
    anchor = element.get("href", "")
    if not anchor.startswith("#"):
        return parent
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark_of(anchor[1:]))
    link.set(qn("w:history"), "1")
    parent.append(link)  # type: ignore[attr-defined]
    return link


def _control(parent: object, element: HtmlElement, marks: Marks, manner: Manner) -> None:
    """A figure that is found again by its tag, and whose text only a run of Candour changes.

    The contents are locked and the control is not: a sentence may be taken out with its figures.
    """
    key = element.get("data-figure", "")
    tag = tag_of(key)
    marks.keys[tag] = key
    marks.controls += 1
    control, form, content = (OxmlElement(f"w:{n}") for n in ("sdt", "sdtPr", "sdtContent"))
    if manner != Manner():
        form.append(_form(marks, manner))
    for name, value in (
        ("alias", key[:_LONGEST_ALIAS]),
        ("tag", tag),
        ("id", str(marks.controls)),
        ("lock", "contentLocked"),
    ):
        entry = OxmlElement(f"w:{name}")
        entry.set(qn("w:val"), value)
        form.append(entry)
    form.append(OxmlElement("w:text"))
    control.extend((form, content))
    write_run(content, " ".join(element.text_content().split()), marks, manner)
    parent.append(control)  # type: ignore[attr-defined]


def _spaced(text: str | None) -> str:
    """A text's line breaks and runs of spaces as one space, as a page shows them."""
    return _SPACE.sub(" ", text or "")


def _trim(paragraph: Paragraph) -> None:
    """No space at either end of a paragraph."""
    texts = list(paragraph._p.iter(qn("w:t")))
    if texts:
        texts[0].text = (texts[0].text or "").lstrip()
        texts[-1].text = (texts[-1].text or "").rstrip()
