"""Read-back: a Word file as it came back, its locked figures apart from every other text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from candour.document.names import DRAWING, KEYS, MARK, NUMBERING, is_shortened, w

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_KEPT_KEYS = re.compile(r"customXml/item\d+\.xml")
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True)


def controls_of(docx: bytes) -> list[tuple[str, str]]:
    """Every figure of a Word file in reading order: its key and the text its control holds."""
    keys = _long_keys(docx)
    found: list[tuple[str, str]] = []
    for _, root in _parts(docx):
        for control in root.iter(w("sdt")):
            tag = _tag(control)
            if tag.startswith(MARK):
                key = keys.get(tag, tag) if is_shortened(tag) else tag.removeprefix(MARK)
                found.append((key, _text(control)))
    return found


def text_outside_controls(docx: bytes) -> Iterator[tuple[str, str]]:
    """What a Word file says outside its figures, with where: the section, and the table or part.

    Numbers it was numbered with, in the style *Numbering*, and what fields show are left out.
    """
    for name, root in _parts(docx):
        section, table, fields = "", "", 0
        for paragraph in root.iter(w("p")):
            text, fields = _outside(paragraph, fields)
            style = _style(paragraph)
            if text:
                yield _place(name, section, table if _in_table(paragraph) else ""), text
            if style.startswith("Heading") or style == "Title":
                section = text
            elif style == "Caption":
                table = text


def pictures_told(docx: bytes) -> list[str]:
    """What is said of each picture to whoever cannot see it, in reading order."""
    return [
        told.get("descr", "")
        for _, root in _parts(docx)
        for told in root.iter(f"{{{DRAWING}}}docPr")
    ]


def _parts(docx: bytes) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in sorted(package.namelist()):
            if found := _TEXTS.fullmatch(name):
                yield found[1], etree.fromstring(package.read(name), _SAFE)


def _long_keys(docx: bytes) -> dict[str, str]:
    keys: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in sorted(package.namelist()):
            if not _KEPT_KEYS.fullmatch(name):
                continue
            root = etree.fromstring(package.read(name), _SAFE)
            for entry in root.iter(f"{{{KEYS}}}figure"):
                keys[entry.get("tag", "")] = entry.get("key", "")
    return keys


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    return "" if tag is None else tag.get(w("val"), "")


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"), "")


def _text(element: etree._Element) -> str:
    return " ".join("".join(part.text or "" for part in element.iter(w("t"))).split())


def _outside(paragraph: etree._Element, in_field: int) -> tuple[str, int]:
    """The paragraph's words, and how many fields are open at its end; contents fill several.

    Whatever was inserted and not yet accepted is there, and deletions are not.
    """
    said: list[str] = []
    for part in paragraph.iter(w("fldChar"), w("t"), w("tab"), w("br")):
        if part.tag == w("fldChar"):
            kind = part.get(w("fldCharType"))
            in_field += {"begin": 1, "end": -1}.get(kind or "", 0)
        elif part.tag in {w("tab"), w("br")}:
            said.append(" ")
        elif not in_field and not _is_marked(part):
            said.append(part.text or "")
    return " ".join("".join(said).split()), in_field


def _is_marked(text: etree._Element) -> bool:
    """Whether a text is of a figure's control, of numbering, or what a field shows."""
    for above in text.iterancestors():
        if above.tag == w("fldSimple"):
            return True
        if above.tag == w("sdt") and _tag(above).startswith(MARK):
            return True
        if above.tag == w("r"):
            style = above.find(f"{w('rPr')}/{w('rStyle')}")
            if style is not None and style.get(w("val")) == NUMBERING:
                return True
    return False


def _in_table(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(w("tbl")), None) is not None


def _place(part: str, section: str, table: str) -> str:
    named = [f"section '{section}'"] if section else []
    named += [f"table '{table}'"] if table else []
    if part != "document":
        named = [part]
    return ", ".join(named) or "the beginning"
