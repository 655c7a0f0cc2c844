"""Names: what a Word file's parts, styles and marks are called, for its writer and its reader."""

from __future__ import annotations

import hashlib

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
KEYS = "urn:candour:figures"
"""The namespace of the part that holds keys too long for a tag."""

MARK = "figure:"
_DIGEST = f"{MARK}~"
_LONGEST_TAG = 64
"""Word refuses a longer one."""

NUMBERING = "Numbering"
"""The character style of numbers that sections, tables and references were given."""


def w(name: str) -> str:
    """A name of WordprocessingML, in lxml's spelling."""
    return f"{{{WORD}}}{name}"


def tag_of(key: str) -> str:
    """The tag of a figure's control: its key, or a digest where the key is too long for Word."""
    tag = f"{MARK}{key}"
    if len(tag) <= _LONGEST_TAG:
        return tag
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{_DIGEST}{digest}"[:_LONGEST_TAG]


def is_shortened(tag: str) -> bool:
    """Whether a tag stands for a key that the part of keys holds."""
    return tag.startswith(_DIGEST)
