"""Decoding: bytes become clean UTF-8, and every repair is told."""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING

from candour.errors import InputError
from candour.reading.rows import INVISIBLE, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""Byte-order marks; the longer ones that begin like a shorter one stand before it."""

CHUNK = 1 << 20
HEAD = 4096
NUL_SHARE = 0.2
"""English text in UTF-16 is near half NULs; a text file with a damaged field has a few."""
NUL_PADDING = b"\0" * 8
BINARY_SHARE = 0.05
"""More control characters than this among the first bytes: no text file."""

ASCII_CONTROLS = bytes(code for code in range(1, 128) if INVISIBLE.match(chr(code)))
WIDE_INVISIBLE = re.compile(
    b"\xc2[\x80-\x9f]|\xe2\x80\x8b|\xef\xbb\xbf|\xef\xbf[\xbe\xbf]",
)
"""The invisible characters beyond ASCII as UTF-8 writes them."""


def decode(content: bytes, encodings: Sequence[str]) -> tuple[bytes, list[str]]:
    """A text file's content as UTF-8 without invisible characters, and notes on what was done.

    Raises:
        InputError: when no declared encoding reads it, it mixes two, or it is not text.
    """
    _check_nuls(content)
    text, notes = _to_utf8(content, encodings)
    if text.rstrip(b"\r\n").endswith(b"\x1a"):
        text = text.rstrip(b"\r\n\x1a")
        notes.append("Removed the end-of-file mark (0x1A) that stood after the last row.")
    _check_controls(text)
    if lost := text.count("\ufffd".encode()):
        notes.append(
            f"Holds {counted(lost, 'replacement character')} (U+FFFD): letters were lost before "
            f"the file was exported."
        )
    clean = _clean(text, notes)
    if not clean.strip():
        raise InputError("is empty; export it again.")
    return clean, notes


def _check_nuls(content: bytes) -> None:
    """Refuses UTF-16 that does not say so, and blocks of NULs; lone NULs tear their row later."""
    if content.startswith(tuple(MARKS)):
        return
    head = content[:HEAD]
    if head.count(0) > NUL_SHARE * len(head):
        if head.strip(b"\0").count(0) > NUL_SHARE * len(head):
            order = "little" if head[1::2].count(0) > head[0::2].count(0) else "big"
            raise InputError(
                f"is UTF-16 ({order}-endian) without a byte-order mark; export it as UTF-8."
            )
        raise InputError("is mostly NUL bytes: it was never written to the end; send it again.")
    if NUL_PADDING in content:
        line = content.count(b"\n", 0, content.index(NUL_PADDING)) + 1
        raise InputError(
            f"holds a block of NUL bytes at line {line}: the file was cut short while it was "
            f"copied; send it again."
        )


def _to_utf8(content: bytes, encodings: Sequence[str]) -> tuple[bytes, list[str]]:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _by_mark(content[len(mark) :], encoding)
    failed = _fault(content, "utf-8")
    if failed is None:
        unsaid = not content.isascii() and "utf-8" not in map(_normal, encodings)
        return content, [
            "Read as UTF-8, which it is, though the mapping does not list it."
        ] if unsaid else []
    if "utf-8" in map(_normal, encodings):
        _check_unmixed(content)
    for encoding in encodings:
        if _normal(encoding) != "utf-8" and _fault(content, encoding) is None:
            note = f"Read as {encoding}, since line {failed} is not UTF-8."
            return content.decode(encoding).encode(), [note]
    raise InputError(
        f"is not text in {' or '.join(encodings)} (line {failed} is the first that UTF-8 cannot "
        f"read); export it as UTF-8, or declare its encoding."
    )


def _by_mark(content: bytes, encoding: str) -> tuple[bytes, list[str]]:
    if (line := _fault(content, encoding)) is not None:
        raise InputError(
            f"begins with the mark of {encoding.upper()} but line {line} is not; two files may "
            f"have been joined; export it again."
        )
    if encoding == "utf-8":
        return content, []
    return content.decode(encoding).encode(), [f"Read as {encoding.upper()}, as its mark says."]


def _fault(content: bytes, encoding: str) -> int | None:
    """The first line that an encoding cannot read, or None when it reads them all."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for start in range(0, len(content), CHUNK):
        chunk = content[start : start + CHUNK]
        held_back = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=start + CHUNK >= len(content))
        except UnicodeDecodeError as error:
            return content.count(b"\n", 0, start - held_back + error.start) + 1
    return None


def _normal(encoding: str) -> str:
    return codecs.lookup(encoding).name


def _check_unmixed(content: bytes) -> None:
    """Refuses a file of which some lines are UTF-8 and some are not: half would turn to rubbish."""
    first: dict[bool, int] = {}
    for number, line in enumerate(io.BytesIO(content), start=1):
        if not line.isascii():
            first.setdefault(_fault(line, "utf-8") is None, number)
    if True in first:
        raise InputError(
            f"mixes encodings: line {first[True]} is UTF-8 and line {first[False]} is not, as "
            f"when two exports are pasted together; export it in one, or declare that one alone."
        )


def _check_controls(text: bytes) -> None:
    head = text[:HEAD]
    if len(head) - len(head.translate(None, ASCII_CONTROLS)) > BINARY_SHARE * len(head):
        raise InputError("is not a text file: its first bytes are binary; export it again as CSV.")


def _clean(text: bytes, notes: list[str]) -> bytes:
    clean = text.translate(None, ASCII_CONTROLS)
    removed = len(text) - len(clean)
    if not clean.isascii():
        clean, wide = WIDE_INVISIBLE.subn(b"", clean)
        removed += wide
    if removed:
        notes.append(f"Removed {counted(removed, 'invisible character')}.")
    return clean
