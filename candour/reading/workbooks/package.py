"""Package: a zipped workbook unpacked within limits and packed again from what was counted.

The library that reads cells is given this new package only, so that it cannot find a second
directory, a longer part or an entity that the checks did not see.
"""

from __future__ import annotations

import io
import zipfile

from candour.errors import InputError

MAX_PARTS = 1_000
MAX_UNPACKED = 200_000_000
"""Bytes of all parts with cells and texts; about 150,000 rows of 25 columns."""
MAX_RATIO = 100
"""Unpacked to packed; spreadsheets reach 10 to 40. Apache POI draws the same line."""
RATIO_COUNTS_FROM = 10_000_000
"""Below this an odd ratio harms nobody."""
CHUNK = 1 << 20
READ_ENDINGS = (".xml", ".rels", ".bin", "mimetype")
"""Parts with cells, texts and formats; pictures and the like are left behind."""
FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
MEANT_TO_HARM = "no spreadsheet program writes that, so it is not opened. Export it again."


def unpack(content: bytes) -> dict[str, bytes]:
    """The parts of a zipped workbook by name.

    Raises:
        InputError: when it is damaged, larger than the limits, or built to mislead a reader.
    """
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = _checked_members(package)
            left = MAX_UNPACKED
            for member in members:
                parts[member.filename] = _read(package, member, left)
                left -= len(parts[member.filename])
    except InputError:
        raise
    except Exception as error:
        raise InputError("is a workbook with damaged parts; export it again.") from error
    for name, part in parts.items():
        _check_declarations(name, part)
    return parts


def pack(parts: dict[str, bytes]) -> bytes:
    """The parts as a plain package, uncompressed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part)
    return packed.getvalue()


def _checked_members(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = package.infolist()
    if len(members) > MAX_PARTS:
        raise InputError(f"is a workbook of {len(members):,} parts; {MEANT_TO_HARM}")
    names = [member.filename.casefold() for member in members]
    if len(set(names)) < len(names):
        raise InputError(f"is a workbook with two parts of the same name; {MEANT_TO_HARM}")
    if any(member.flag_bits & 1 for member in members):
        raise InputError("is password-protected; export or save it without a password.")
    return [member for member in members if member.filename.casefold().endswith(READ_ENDINGS)]


def _read(package: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """One part, counted as it is unpacked, since a declared size may lie."""
    taken: list[bytes] = []
    size = 0
    with package.open(member) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            taken.append(chunk)
            if size > RATIO_COUNTS_FROM and size > MAX_RATIO * member.compress_size:
                raise InputError(
                    f"is a workbook whose part {member.filename} unpacks to more than {MAX_RATIO} "
                    f"times its size, as an archive bomb does; {MEANT_TO_HARM}"
                )
            if size > left:
                raise InputError(
                    f"is a workbook that unpacks to more than {MAX_UNPACKED // 1_000_000} MB; "
                    f"export it as CSV, or in shorter spans of time."
                )
    return b"".join(taken)


def _check_declarations(name: str, part: bytes) -> None:
    """Refuses declarations of entities, in any of the encodings XML may be written in."""
    for text in FORBIDDEN:
        for encoding in ("ascii", "utf-16-le", "utf-16-be"):
            if text.encode(encoding) in part:
                raise InputError(
                    f"is a workbook whose part {name} declares {text[2:]}; {MEANT_TO_HARM}"
                )
