"""Days: which day a cell tells, in the declared forms and no other, and whether it can be so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.conform.day_forms import ISO, in_words, read_form, swapped
from candour.conform.faults import Fault
from candour.errors import InputError

if TYPE_CHECKING:
    from candour.conform.cells import Encoded

EARLIEST = dt.date(1990, 1, 1)
"""Days before are placeholders of a system (01/01/1900), not days of a complaint."""
DUE_COLUMNS = frozenset({"vendor_due_on", "extended_to_on", "due_on"})
"""Days that may lie ahead of the extract; every other day has happened."""
_DAYS_AHEAD = 731
MONTH_FIRST_SHARE = 0.05
MANGLED_AT_LEAST = 3
_TWELFTH = 12


@dataclass(frozen=True, slots=True)
class DayRule:
    """How the days of a column are written, and how late they may be."""

    forms: tuple[str, ...]
    from_spreadsheet: bool
    zone: str | None
    cut_off: dt.time | None
    """A later time of day counts as the next day."""
    extracted_on: dt.date
    may_lie_ahead: bool

    @property
    def latest(self) -> dt.date:
        """The last day the column may hold."""
        ahead = _DAYS_AHEAD if self.may_lie_ahead else 0
        return self.extracted_on + dt.timedelta(days=ahead)

    @property
    def expected(self) -> str:
        """The forms in words."""
        return "a day written " + " or ".join(in_words(form) for form in self.forms)


@dataclass(frozen=True, slots=True)
class Days:
    """What the distinct texts of a column say."""

    on: pd.Series
    """``datetime64[s]`` at midnight; ``NaT`` where blank or at fault."""
    faults: dict[Fault, np.ndarray]
    """For each fault, which distinct texts have it."""


def read_days(column: Encoded, rule: DayRule, file: str) -> Days:
    """The days a column tells.

    Raises:
        InputError: the column is written month first, or a spreadsheet program has exchanged
            days and months; the whole file is refused, since days up to the twelfth look right.
    """
    at, has_time, is_native = _instants(column, rule)
    _refuse_month_first(column, at, rule, file)
    _refuse_mangled(column, at, is_native, file)
    if rule.cut_off is not None:
        after = has_time & (at - at.dt.normalize() > pd.Timedelta(str(rule.cut_off)))
        at = at.where(~after, at + pd.Timedelta(days=1))
    on = at.dt.normalize()
    early = (on < pd.Timestamp(EARLIEST)).to_numpy()
    late = (on > pd.Timestamp(rule.latest)).to_numpy()
    faults = {
        Fault.UNREADABLE: on.isna().to_numpy() & ~column.is_blank,
        Fault.OUT_OF_RANGE: early | late if rule.may_lie_ahead else early,
        Fault.FUTURE: late & ~np.array(rule.may_lie_ahead),
    }
    return Days(on.mask(early | late), faults)


def _instants(column: Encoded, rule: DayRule) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Local instants of the distinct texts; which tell a time; which are a spreadsheet's own."""
    at = pd.Series(np.full(len(column.texts), np.datetime64("NaT"), dtype="datetime64[s]"))
    has_time: np.ndarray = np.zeros(len(at), dtype=bool)
    is_native: np.ndarray = np.zeros(len(at), dtype=bool)
    native = ISO if rule.from_spreadsheet else ()
    for form in (*rule.forms, *native):
        pending = np.flatnonzero(at.isna().to_numpy() & ~column.is_blank)
        if not len(pending):
            break
        told = read_form(column.texts.iloc[pending].reset_index(drop=True), form, rule.zone)
        fits = told.instants.notna().to_numpy()
        at.iloc[pending[fits]] = told.instants[fits].to_numpy()
        has_time[pending[fits]] = told.has_time[fits]
        is_native[pending[fits]] = form in native
    return at, has_time, is_native


def _refuse_month_first(column: Encoded, at: pd.Series, rule: DayRule, file: str) -> None:
    unread = at.isna().to_numpy() & ~column.is_blank
    rows = np.bincount(column.codes, minlength=len(at))
    filled = int(rows[~column.is_blank].sum())
    texts = column.texts[unread].reset_index(drop=True)
    if texts.empty:
        return
    for form in rule.forms:
        exchanged = swapped(form)
        if exchanged is None:
            continue
        fits = read_form(texts, exchanged, rule.zone).instants.notna().to_numpy()
        count = int(rows[unread][fits].sum())
        if count > MONTH_FIRST_SHARE * filled:
            raise InputError(
                f"{file}: “{column.header}” is declared as {in_words(form)}, but {count} of "
                f"{filled} days can only be {in_words(exchanged)} (such as {texts[fits].min()}). "
                "Days up to the twelfth would be read wrongly without a sign, so nothing of the "
                "file was loaded. Export it with British days, or correct 'dates' in exports.yaml."
            )


def _refuse_mangled(column: Encoded, at: pd.Series, is_native: np.ndarray, file: str) -> None:
    """A spreadsheet opened as American turns 05/03 into 3 May and leaves 28/03 as text."""
    day = at.dt.day
    typed = at.notna().to_numpy() & ~is_native
    if min(typed.sum(), is_native.sum()) < MANGLED_AT_LEAST:
        return
    if (day[typed] > _TWELFTH).all() and (day[is_native] <= _TWELFTH).all():
        raise InputError(
            f"{file}: “{column.header}” holds real dates only up to the twelfth of a month and "
            "text for every later day. A spreadsheet program set to American dates has exchanged "
            "day and month. Export it from the system again and do not open and save it before "
            "sending. Nothing of the file was loaded."
        )
