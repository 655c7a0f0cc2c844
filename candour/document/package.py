"""Package: what a Word file says of itself, and its bytes, which are the same every time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from candour.document.names import KEYS, is_shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PART = "/customXml/item9.xml"


def describe(
    document: Document, *, title: str, author: str, subject: str, created: dt.datetime
) -> None:
    """The file's own title, author, subject, language and day."""
    properties = document.core_properties
    properties.title, properties.author, properties.subject = title, author, subject
    properties.last_modified_by, properties.language = author, "en-GB"
    properties.comments = properties.keywords = properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = created.astimezone(dt.UTC).replace(tzinfo=None)


def keep_keys(document: Document, keys: Mapping[str, str]) -> None:
    """The keys that are too long for the tags of their controls, in a part Word keeps."""
    root = etree.Element(f"{{{KEYS}}}figures", nsmap={None: KEYS})
    for tag, key in sorted(keys.items()):
        if is_shortened(tag):
            etree.SubElement(root, f"{{{KEYS}}}figure", tag=tag, key=key)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI(_PART), "application/xml", content, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def finished(document: Document) -> bytes:
    """The file's bytes, which depend on nothing but its content."""
    saved, written = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(written, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            new.writestr(member, old.read(name))
    return written.getvalue()
