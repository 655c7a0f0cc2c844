"""Parts: checks that only the parts of the file can answer."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DRAWN = re.compile(rb"<(?:\w+:)?cNvPr [^>]*>")
_ALT_TEXT = re.compile(rb'descr="[^"]{20,}"')
_TEXT_BOX = re.compile(rb"<(?:\w+:)?sp[ >]")
_NEEDLESS = {
    "xl/media/": "There are pictures.",
    "xl/externalLinks/": "It reads from another workbook.",
    "xl/comments": "There are comments, which many never see.",
}


def failures(content: bytes) -> Iterator[str]:
    """Every failed check of the parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        for start, sentence in _NEEDLESS.items():
            if any(name.startswith(start) for name in names):
                yield sentence
        if any(name.endswith("vbaProject.bin") for name in names):
            yield "There are macros."
        for name in names:
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                yield from _drawing(name, parts.read(name))


def _drawing(name: str, content: bytes) -> Iterator[str]:
    if _TEXT_BOX.search(content):
        yield f"There is a text box ({name})."
    drawn = _DRAWN.findall(content)
    if not drawn or not all(_ALT_TEXT.search(one) for one in drawn):
        yield f"A chart ({name}) has no alt text."
