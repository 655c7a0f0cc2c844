"""Columns: a frame's columns read from the cells, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.conform.cells import Cells, Encoded, constant
from candour.conform.codes import read_codes
from candour.conform.days import read_days
from candour.conform.faults import Fault, Problem
from candour.conform.values import read_numbers, read_pence, read_text
from candour.exports import Source
from candour.exports.vocabulary import PARENTS
from candour.frames import Column, Kind, Need

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from candour.conform.context import Context

LONGEST_REFERENCE = 100
"""Characters; a longer one is a text that slipped into the wrong column."""
_REFERENCE = f"a reference of at most {LONGEST_REFERENCE} characters"
_AMOUNT = "an amount of money such as £1,250.00"
_NAMED_NUMBERS = {"stage"}
"""Numbers that a system writes as labels."""
_NUMBER = "a whole number such as 1,250"
_TURNS = {"directorate": 0, "service": 1, "team": 2, "category": 0, "subcategory": 1}
"""A part is settled by what it belongs to, so that is read first."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A column whose texts do not all mean something; by row of the file."""

    column: str
    cells: Encoded
    lost: np.ndarray
    """The rows whose text means nothing here."""
    understood: np.ndarray
    """The rows whose text means something here; a row that was not to be read is neither."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns read, with a value for every row of the file."""

    read: Mapping[str, pd.Series]
    problems: tuple[Problem, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One column read: its values, and by fault the rows that have it."""

    told: pd.Series
    faults: Mapping[Fault, np.ndarray]
    expected: str = ""


def read_columns(
    cells: Cells,
    sources: Mapping[str, Source],
    context: Context,
    *,
    needed: Collection[str] = (),
    only: np.ndarray | None = None,
    beside: Mapping[str, pd.Series] | None = None,
) -> Columns:
    """Columns of a frame read from the cells of a file.

    Args:
        cells: the file's cells.
        sources: where each column comes from.
        context: what decides what a cell means.
        needed: columns in which a blank is a fault.
        only: for each row, whether it is to be read; the others count as blank.
        beside: columns read before, for sources that depend on them.

    Raises:
        InputError: days are written month first, or a spreadsheet program has exchanged them.
    """
    read = dict(beside or {})
    problems: list[Problem] = []
    unread: list[Unread] = []
    for name in sorted(sources, key=lambda name: _turn(name, sources[name])):
        source, column = sources[name], context.schema.column(name)
        texts = _texts(source, cells)
        reading = _read(
            column, source, texts, context, _parents(name, source, cells, context, read)
        )
        wanted = _wanted(source, read, only, len(cells))
        read[name] = reading.told.where(wanted)
        faults = {fault: rows & wanted for fault, rows in reading.faults.items()}
        if name in needed:
            faults[Fault.MISSING] = texts.blank_rows() & wanted
        for fault, rows in faults.items():
            if column.need is not Need.DESCRIBING and rows.any():
                problems.append(problem_of(fault, texts, rows, reading.expected))
        if column.need is Need.DESCRIBING or Fault.UNKNOWN_LABEL in faults:
            lost = wanted & reading.told.isna().to_numpy() & ~texts.blank_rows()
            unread.append(Unread(name, texts, lost, wanted & ~lost))
    return Columns({name: read[name] for name in sources}, tuple(problems), tuple(unread))


def problem_of(fault: Fault, texts: Encoded, rows: np.ndarray, expected: str = "") -> Problem:
    """The problem of the rows that are marked, with what they say."""
    where = np.flatnonzero(rows)
    return Problem(fault, where, texts.header, texts.shown(where), expected)


def _turn(name: str, source: Source) -> tuple[bool, int]:
    return source.when_filled is not None, _TURNS.get(name, len(_TURNS))


def _texts(source: Source, cells: Cells) -> Encoded:
    if source.column is not None:
        return cells[source.column]
    return constant(str(source.always), len(cells))


def _wanted(
    source: Source, read: Mapping[str, pd.Series], only: np.ndarray | None, rows: int
) -> np.ndarray:
    wanted: np.ndarray = np.ones(rows, dtype=bool) if only is None else only.copy()
    if source.when_filled is not None:
        wanted &= read[source.when_filled].notna().to_numpy()
    return wanted


def _parents(
    name: str, source: Source, cells: Cells, context: Context, read: Mapping[str, pd.Series]
) -> pd.Series | None:
    if source.within is not None:
        parent = context.schema.column(PARENTS[name])
        header = Source(column=source.within)
        return read_codes(cells[source.within], context.lists(parent, header)).ids
    return read.get(PARENTS.get(name, ""))


def _read(
    column: Column, source: Source, texts: Encoded, context: Context, parents: pd.Series | None
) -> _Reading:
    if column.kind is Kind.TEXT:
        too_long = (texts.texts.str.len() > LONGEST_REFERENCE).to_numpy(dtype=bool)
        faults = {Fault.UNREADABLE: too_long[texts.codes]}
        return _Reading(texts.spread(read_text(texts)), faults, _REFERENCE)
    if column.kind is Kind.DATE:
        return _read_days(column, texts, context)
    if source.money is not None:
        pence = read_pence(texts, source.money)
        wrong = pence.isna().to_numpy() & ~texts.is_blank
        return _Reading(texts.spread(pence), {Fault.UNREADABLE: wrong[texts.codes]}, _AMOUNT)
    if column.kind is Kind.NUMBER and column.name not in _NAMED_NUMBERS:
        numbers = read_numbers(texts)
        wrong = numbers.isna().to_numpy() & ~texts.is_blank
        return _Reading(texts.spread(numbers), {Fault.UNREADABLE: wrong[texts.codes]}, _NUMBER)
    codes = read_codes(texts, context.lists(column, source), parents)
    return _Reading(_typed(codes.ids, column.kind), {Fault.UNKNOWN_LABEL: codes.is_unknown})


def _read_days(column: Column, texts: Encoded, context: Context) -> _Reading:
    rule = context.day_rule(column.name)
    days = read_days(texts, rule, context.file)
    faults = {fault: wrong[texts.codes] for fault, wrong in days.faults.items() if wrong.any()}
    return _Reading(texts.spread(days.on), faults, rule.expected)


def _typed(ids: pd.Series, kind: Kind) -> pd.Series:
    """Ids as the column's own type: a stage is a number, *yes* a truth value."""
    if kind is Kind.CODE:
        return ids
    if kind is Kind.NUMBER:
        meanings = pd.Series([int(id_) for id_ in ids.cat.categories], dtype="Int64")
    else:
        meanings = pd.Series([id_ == "yes" for id_ in ids.cat.categories], dtype="boolean")
    return pd.Series(meanings.array.take(ids.cat.codes.to_numpy(), allow_fill=True))
