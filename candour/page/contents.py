"""Contents: the lists of sections and of tables and figures, made of a numbered page."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import html as markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement


def list_parts(page: HtmlElement) -> None:
    """Fill ``<nav class="contents">`` with the sections, ``<nav class="exhibits">`` with captions."""
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
        entry = markup.Element("li")
        entry.append(_link(anchor, named))
        entries.append(entry)
    nav.append(entries)


def _link(anchor: str, named: HtmlElement) -> HtmlElement:
    """A link that says what a heading or a caption's title says."""
    link = deepcopy(named)
    for reading in link.xpath(".//*[@class='reading']"):
        reading.drop_tree()
    for inside in link.xpath(".//*[@id]"):
        del inside.attrib["id"]
    link.tag, link.tail = "a", None
    link.attrib.clear()
    link.set("href", f"#{anchor}")
    return link
