"""Matching: which export a file of the inbox belongs to, and the day it was extracted."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.exports.declared import Export, ExportFile, Holds


@dataclass(frozen=True, slots=True)
class Match:
    """A file name recognised."""

    name: str
    """The export's name in ``exports.yaml``."""
    export: Export
    holds: Holds
    extracted_on: dt.date | None
    """The day in the name; without one, the day the file landed counts."""


def match(exports: Mapping[str, Export], filename: str) -> Match | None:
    """The export a file belongs to, or nothing when no declared name fits.

    Raises:
        ConfigurationError: two exports claim the file.
    """
    found = list(_matches(exports, filename))
    if len({matched.name for matched in found}) > 1:
        names = " and ".join(sorted({matched.name for matched in found}))
        raise ConfigurationError(
            f"exports.yaml: the file {filename} fits the names of {names}; "
            "change 'files' so that one export claims it."
        )
    return found[0] if found else None


def _matches(exports: Mapping[str, Export], filename: str) -> Iterator[Match]:
    for name, export in exports.items():
        for declared in export.files:
            fits = re.fullmatch(_pattern(declared), filename, re.IGNORECASE)
            if fits is None:
                continue
            written = fits.groupdict().get("date")
            day = None if written is None else _day(written, export.date_in_name)
            if written is None or day is not None:
                yield Match(name, export, declared.holds, day)


def _pattern(declared: ExportFile) -> str:
    literal = re.escape(declared.name)
    return literal.replace(re.escape("{date}"), "(?P<date>.+?)", 1).replace(re.escape("*"), ".*")


def _day(written: str, form: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(written, form).date()  # noqa: DTZ007  - a day has no zone
    except ValueError:
        return None
