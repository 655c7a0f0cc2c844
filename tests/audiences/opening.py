"""Everything that stands in a file, however it is packed: parts unzipped, mails taken apart."""

from __future__ import annotations

import io
import re
import zipfile
from email import message_from_bytes
from email.policy import default
from html import unescape

from pypdf import PdfReader
from pypdfium2 import PdfDocument

REFERENCE = re.compile(r"NM/20\d\d/\d{5}")


def texts_of(content: bytes) -> str:
    """All that can be read in a file: its own bytes, and whatever is packed inside them."""
    found = [content.decode("utf-8", "replace")]
    if content.startswith(b"%PDF"):
        found += _printed(content)
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            found += [name + texts_of(parts.read(name)) for name in parts.namelist()]
    elif b"\nMIME-Version:" in content[:4000] or content.startswith(b"MIME-Version:"):
        found += _mailed(content)
    whole = "\n".join(found)
    return f"{whole}\n{unescape(re.sub(r'<[^>]+>', ' ', whole))}"


def references_in(content: bytes) -> set[str]:
    """Every reference of Northmere's that stands in a file."""
    return set(REFERENCE.findall(texts_of(content)))


def _printed(content: bytes) -> list[str]:
    """What a PDF says and what it says of itself, every stream unpacked."""
    pdf = PdfReader(io.BytesIO(content))
    streams = [
        one.get_data().decode("latin-1")
        for number in range(1, len(pdf.xref[0]) + 1 if pdf.xref else 0)
        if hasattr(one := pdf.get_object(number), "get_data")
    ]
    said = [page.get_textpage().get_text_bounded() for page in PdfDocument(content)]
    return [*said, *streams, str(pdf.metadata), str(pdf.outline)]


def _mailed(content: bytes) -> list[str]:
    message = message_from_bytes(content, policy=default)
    found = [f"{name}: {value}" for name, value in message.items()]
    for part in message.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            found += [str(part.get_filename()), texts_of(payload or b"")]
    return found
