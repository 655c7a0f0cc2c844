"""Naming: what the name of an export's file says of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_FORMS = (
    ("%Y%m%d", r"20\d{6}"),
    ("%d%m%Y", r"\d{4}20\d{2}"),
    *((f"%Y{mark}%m{mark}%d", rf"20\d\d\{mark}\d\d\{mark}\d\d") for mark in "-_."),
    *((f"%d{mark}%m{mark}%Y", rf"\d\d\{mark}\d\d\{mark}20\d\d") for mark in "-_."),
)
"""How days stand in file names, tried in this order."""

_CHANGES = re.compile(r"change|delta|update|increment|newid", re.IGNORECASE)

_FRAMES = (
    ("compliments", "compliment|praise|canmol"),
    ("contacts", "contact|enquir|ymholiad"),
    ("decisions", "ombuds|lgsco|lgo"),
    ("learning", "learning|lesson|dysgu"),
    ("steps", "complaint|case|cwyn"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A file name as exports.yaml has it."""

    pattern: str
    """With ``{date}`` where the day stands."""
    date_in_name: str | None
    holds: str


def named(file: str) -> Named:
    """What a file name says: where its day stands, and whether it holds all or only changes."""
    holds = "changes" if _CHANGES.search(file) else "everything"
    for form, shape in _FORMS:
        for found in re.finditer(rf"(?<!\d){shape}(?!\d)", file):
            if _tells(found[0], form):
                pattern = f"{file[: found.start()]}{{date}}{file[found.end() :]}"
                return Named(pattern, form, holds)
    return Named(file, None, holds)


def frame_of(file: str) -> str | None:
    """The frame a file's name speaks of, if it does."""
    return next((frame for frame, words in _FRAMES if re.search(words, file.casefold())), None)


def _tells(written: str, form: str) -> bool:
    try:
        dt.datetime.strptime(written, form)  # noqa: DTZ007  - a day has no zone
    except ValueError:
        return False
    return True
