"""Contents: the lists of sections and of tables and figures, made of a numbered page."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import html as markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement


def list_parts(page: HtmlElement) -> None:
    """Fill ``nav.contents`` with the sections, and ``nav.exhibits`` with the captions."""
    for nav in page.iter("nav"):
        kinds = (nav.get("class") or "").split()
        if "contents" in kinds:
            sections = [s for s in page.iter("section") if "part" in (s.get("class") or "").split()]
            _fill(nav, ((section.get("id", ""), section.find("h2")) for section in sections))
        elif "exhibits" in kinds:
            for kind, title in (("caption", "Tables"), ("figcaption", "Figures")):
                captions = [caption for caption in page.iter(kind) if caption.get("id")]
                if captions:
                    heading = markup.Element("p", {"class": "kind"})
                    heading.text = title
                    nav.append(heading)
                    _fill(nav, ((caption.get("id", ""), caption) for caption in captions))


def _fill(nav: HtmlElement, parts: Iterable[tuple[str, HtmlElement]]) -> None:
    entries = markup.Element("ul")
    for anchor, named in parts:
        entries.append(_entry(anchor, named))
    nav.append(entries)


def _entry(anchor: str, named: HtmlElement) -> HtmlElement:
    """A number, and a link that says what a heading or a caption's title says.

    They stand side by side: a print tags a link within a link where one holds the other.
    """
    title = deepcopy(named)
    title.tail = None
    entry = markup.Element("li")
    for part in title.xpath(".//*[@class='reading' or @class='number']"):
        if part.get("class") == "number":
            entry.append(deepcopy(part))
            entry[-1].tail = " "
        part.drop_tree()
    link = markup.Element("a", {"href": f"#{anchor}"})
    link.text = " ".join("".join(title.itertext()).split())
    entry.append(link)
    return entry
