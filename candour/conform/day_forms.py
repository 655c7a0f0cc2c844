"""Day forms: how days are written, and which day a text of that form tells."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

LONDON = "Europe/London"
EXCEL = "excel"
ISO = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")
"""How a spreadsheet's own days and instants reach us, whatever their cell format."""

_SERIAL = r"[1-9][0-9]{4}(?:\.[0-9]+)?"
_SERIAL_BEGIN = np.datetime64("1899-12-30", "s")
_SECONDS_A_DAY = 86_400
_WORDS = {
    **{"%d": "dd", "%m": "mm", "%Y": "yyyy", "%y": "yy", "%H": "hh", "%M": "mm", "%S": "ss"},
    **{"%b": "mmm", "%B": "month", "%z": "zone", "%I": "hh", "%p": "am/pm", "%f": "ffffff"},
    **{"%a": "ddd", "%A": "weekday"},
}


@dataclass(frozen=True, slots=True)
class Told:
    """What texts say as local instants."""

    instants: pd.Series
    """Local time; ``NaT`` where the text is of another form."""
    has_time: np.ndarray
    """Whether the text tells a time of day."""


def in_words(form: str) -> str:
    """A form as people write it: ``%d/%m/%Y`` is dd/mm/yyyy."""
    if form == EXCEL:
        return "an Excel day number"
    return re.sub(r"%[A-Za-z]", lambda directive: _WORDS.get(directive[0], directive[0]), form)


def swapped(form: str) -> str | None:
    """The form with day and month exchanged, or nothing when it has not both as numbers."""
    if "%d" not in form or "%m" not in form:
        return None
    return form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")


def read_form(texts: pd.Series, form: str, zone: str | None) -> Told:
    """What texts of exactly one form say.

    Args:
        texts: distinct texts.
        form: as ``strptime`` has it, or ``excel``.
        zone: the time zone of texts that tell a time and name none; nothing for local time.
    """
    if form == EXCEL:
        return _read_serials(texts)
    at = pd.to_datetime(texts, format=form, exact=True, errors="coerce", utc="%z" in form)
    if _runs_together(form):
        sample = dt.datetime(2024, 3, 28, tzinfo=dt.UTC).strftime(form)
        at = at.where(texts.str.len() == len(sample))
    timed = "%H" in form or "%I" in form
    if "%z" in form:
        at = at.dt.tz_convert(LONDON).dt.tz_localize(None)
    elif timed and zone is not None:
        standard: np.ndarray = np.zeros(len(at), dtype=bool)
        zoned = at.dt.tz_localize(zone, ambiguous=standard, nonexistent="shift_forward")
        at = zoned.dt.tz_convert(LONDON).dt.tz_localize(None)
    return Told(at.astype("datetime64[s]"), np.full(len(texts), timed))


def _runs_together(form: str) -> bool:
    """Whether nothing stands between day, month and year, so that only the length tells."""
    return re.fullmatch(r"(?:%[A-Za-z])+", form) is not None


def _read_serials(texts: pd.Series) -> Told:
    numbers = pd.to_numeric(texts.where(texts.str.fullmatch(_SERIAL)), errors="coerce")
    seconds = (numbers.astype("Float64") * _SECONDS_A_DAY).round()
    at = _SERIAL_BEGIN + pd.to_timedelta(seconds, unit="s")
    return Told(
        at.astype("datetime64[s]"),
        (numbers.astype("Float64") % 1 > 0).to_numpy(bool, na_value=False),
    )
