"""Files: the one door by which the bytes of a landed file become a raw table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.errors import InputError
from candour.reading.decoding import decode
from candour.reading.delimited import read_delimited
from candour.reading.kinds import SNIFFED, Kind, check_name, check_text, find_kind
from candour.reading.workbooks.sheets import read_workbook

if TYPE_CHECKING:
    from candour.reading.layout import Layout
    from candour.reading.raw import RawTable


def read_table(content: bytes, name: str, layout: Layout) -> RawTable:
    """The one table of a landed file, every row accounted for.

    A workbook is read by a native library: read untrusted ones in a process of their own
    (``tasks.reading_process``).

    Raises:
        InputError: when the file cannot be read whole and certain; names it, the cause and what
            to do.
    """
    try:
        kind = find_kind(content)
        notes = [note] if (note := check_name(name, kind)) else []
        if kind is not Kind.TEXT:
            return read_workbook(content, kind, layout, notes)
        text, repairs = decode(content, layout.encodings)
        check_text(text[:SNIFFED].decode("utf-8", errors="ignore"))
        return read_delimited(text, layout, [*notes, *repairs])
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
