"""Events: a case told by what happened to it, one row of the file an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.conform.columns import Columns, Unread, problem_of, read_columns
from candour.conform.faults import Fault, Problem
from candour.conform.shapes import REPEATED, Shaped
from candour.exports.source import Source
from candour.labels import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from candour.conform.cells import Cells
    from candour.conform.context import Context
    from candour.exports.source import Events, Setting

_FIRST = frozenset({"received_on", "logged_on", "acknowledged_on"})
"""What happens once: its first event counts. Of everything else the last one does."""
_HAPPENED = "logged_on"
"""The column as which an event's own day is read; as ``received_on`` a cut-off may move it."""
_STEP = ["case_ref", "stage"]
_ORDER = ["day", "position"]


@dataclass(frozen=True, slots=True)
class _Kinds:
    """For each row of the log, what kind of row it is."""

    repeated: np.ndarray
    ignored: np.ndarray
    unknown: np.ndarray

    @property
    def live(self) -> np.ndarray:
        """Rows that have to be accounted for as events."""
        return np.logical_not(self.repeated | self.ignored)

    @property
    def told(self) -> np.ndarray:
        """Rows that set something."""
        return np.logical_not(self.repeated | self.ignored | self.unknown)


@dataclass(frozen=True, slots=True)
class _Log:
    """A log of events and what every row of it says for itself."""

    cells: Cells
    context: Context
    declared: Events
    kinds: _Kinds
    case: Columns
    """``case_ref``, and what the rows repeat of their case."""
    happened: Columns
    """The day of every event."""

    @property
    def order(self) -> pd.DataFrame:
        """What decides which of two events came first."""
        day = self.happened.read[_HAPPENED]
        return pd.DataFrame({"day": day, "position": np.arange(len(self.cells))})

    def saying(self, label: str) -> np.ndarray:
        """Rows that tell of an event."""
        events = self.cells[self.declared.column]
        wanted = normalised(label)
        says = np.array([normalised(text) == wanted for text in events.texts], dtype=bool)
        return np.logical_and(self.kinds.told, says[events.codes])


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one kind of event sets, in one column."""

    column: str
    told: pd.DataFrame
    """``case_ref``, ``stage``, ``value``, and ``day`` and ``position`` for the order."""
    read: Columns | None
    """Where the value was read, unless it is the event's own day."""


def shape_events(cells: Cells, context: Context, declared: Events) -> Shaped:
    """Steps made of the events of a case; a case is loaded whole or not at all."""
    log = _read_log(cells, context, declared)
    pieces = [
        _piece(log, _rows_of(log, label, setting, settings), setting)
        for label, settings in declared.labels.items()
        for setting in settings
    ]
    steps, cases = _steps(pieces), _cases(log)
    read = [log.case, log.happened, *(piece.read for piece in pieces if piece.read is not None)]
    problems = [problem for columns in read for problem in columns.problems]
    problems += [*_unknown(log), *_without_start(log, pieces, steps)]
    problems += _without_procedure(log, cases, problems)
    problems += _same_case(log, problems)
    return Shaped(
        rows=_frame(context, steps, cases),
        problems=tuple(problems),
        unread=(*(one for columns in read for one in columns.unread), _unread(log)),
        noise={
            REPEATED: np.flatnonzero(log.kinds.repeated),
            "an event that is not needed": np.flatnonzero(log.kinds.ignored & ~log.kinds.repeated),
        },
        used=log.kinds.told,
        references=log.case.read["case_ref"],
    )


def _read_log(cells: Cells, context: Context, declared: Events) -> _Log:
    kinds = _kinds(cells, declared)
    sources = context.mapping.columns
    needed = {"case_ref", "stage"} & set(sources)
    day = {_HAPPENED: Source(column=declared.on)}
    return _Log(
        cells,
        context,
        declared,
        kinds,
        case=read_columns(cells, sources, context, needed=needed, only=kinds.live),
        happened=read_columns(cells, day, context, needed=day, only=kinds.told),
    )


def _kinds(cells: Cells, declared: Events) -> _Kinds:
    events = cells[declared.column]
    settings = {normalised(label): told for label, told in declared.labels.items()}
    spelt = [normalised(text) for text in events.texts]
    ignored = np.array([settings.get(label) == () for label in spelt], dtype=bool)
    unknown = np.array([label not in settings for label in spelt], dtype=bool)
    texts = pd.DataFrame({name: column.codes for name, column in cells.columns.items()})
    return _Kinds(texts.duplicated().to_numpy(), ignored[events.codes], unknown[events.codes])


def _rows_of(log: _Log, label: str, setting: Setting, settings: Sequence[Setting]) -> np.ndarray:
    """The rows of an event in which a setting counts."""
    rows = log.saying(label)
    for other in settings:
        if other.sets == setting.when_filled and other.source is not None:
            told = read_columns(log.cells, {other.sets: other.source}, log.context, only=rows)
            rows = rows & told.read[other.sets].notna().to_numpy()
    return rows


def _piece(log: _Log, rows: np.ndarray, setting: Setting) -> _Piece:
    own_day = setting.source is None
    moved = setting.sets == "received_on" and log.context.mapping.cut_off is not None
    read = None
    if own_day and not moved:
        value = log.happened.read[_HAPPENED]
    else:
        source = setting.source or Source(column=log.declared.on)
        columns = read_columns(log.cells, {setting.sets: source}, log.context, only=rows)
        value, read = columns.read[setting.sets], None if own_day else columns
    stage = pd.Series(setting.stage, index=value.index, dtype="Int64")
    if setting.stage is None:
        stage = log.case.read["stage"]
    told = log.order.assign(case_ref=log.case.read["case_ref"], stage=stage, value=value)
    return _Piece(setting.sets, told[rows].dropna(subset=_STEP), read)


def _settled(told: pd.DataFrame, key: Sequence[str], keep: str) -> pd.DataFrame:
    """For each key the first or the last value that was told."""
    filled = told.dropna(subset=["value"]).sort_values(_ORDER, kind="stable")
    return filled.drop_duplicates([*key], keep=keep).set_index([*key])


def _steps(pieces: Sequence[_Piece]) -> pd.DataFrame:
    """A row for every step an event speaks of; ``position`` is that of its beginning."""
    touched = pd.concat([piece.told[_STEP] for piece in pieces]).drop_duplicates()
    steps = touched.set_index(_STEP)
    for column in dict.fromkeys(piece.column for piece in pieces):
        told = pd.concat([piece.told for piece in pieces if piece.column == column])
        settled = _settled(told, _STEP, "first" if column in _FIRST else "last")
        steps[column] = settled["value"].reindex(steps.index)
        if column == "received_on":
            steps["position"] = settled["position"].reindex(steps.index)
    return steps


def _cases(log: _Log) -> pd.DataFrame:
    """What the rows repeat of their case: the last that any of them says."""
    live, refs = log.kinds.live, log.case.read["case_ref"]
    cases = pd.DataFrame(index=pd.Index(refs[live].dropna().unique(), name="case_ref"))
    for column, told in log.case.read.items():
        if column not in _STEP:
            rows = log.order.assign(case_ref=refs, value=told)[live].dropna(subset=["case_ref"])
            cases[column] = _settled(rows, ["case_ref"], "last")["value"].reindex(cases.index)
    return cases


def _frame(context: Context, steps: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    started = steps[steps["received_on"].notna()].reset_index()
    positions = pd.Index(started["position"].astype("int64"))
    rows = started.join(cases, on="case_ref", validate="many_to_one").set_index(positions)
    return context.complete({name: rows[name] for name in rows.columns}, positions)


def _unknown(log: _Log) -> Iterator[Problem]:
    events = log.cells[log.declared.column]
    rows, blank = log.kinds.unknown & log.kinds.live, events.blank_rows()
    for fault, wrong in ((Fault.MISSING, rows & blank), (Fault.UNKNOWN_EVENT, rows & ~blank)):
        if wrong.any():
            yield problem_of(fault, events, wrong)


def _unread(log: _Log) -> Unread:
    events, unknown = log.cells[log.declared.column], log.kinds.unknown
    return Unread("event", events, unknown & ~events.blank_rows(), ~unknown)


def _without_start(log: _Log, pieces: Sequence[_Piece], steps: pd.DataFrame) -> Iterator[Problem]:
    """Rows that tell of a stage nobody asked for."""
    orphans = steps.index[steps["received_on"].isna()]
    told = pd.concat([piece.told[[*_STEP, "position"]] for piece in pieces])
    orphaned = told["position"][pd.MultiIndex.from_frame(told[_STEP]).isin(orphans)]
    rows: np.ndarray = np.zeros(len(log.cells), dtype=bool)
    rows[orphaned.to_numpy()] = True
    if rows.any():
        yield problem_of(Fault.STAGE_WITHOUT_START, log.cells[log.declared.column], rows)


def _without_procedure(
    log: _Log, cases: pd.DataFrame, problems: Sequence[Problem]
) -> Iterator[Problem]:
    """Rows of cases none of whose rows says which procedure they follow."""
    refs = log.case.read["case_ref"]
    sound = refs.notna().to_numpy()
    for problem in problems:
        sound = sound & ~refs.isin(refs.iloc[problem.rows].dropna()).to_numpy()
    lacking = cases.index[cases["procedure"].isna()]
    rows = np.flatnonzero(sound & refs.isin(lacking).to_numpy())
    if len(rows):
        yield Problem(Fault.MISSING, rows, str(log.context.mapping.columns["procedure"].column))


def _same_case(log: _Log, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The other rows of cases of which a row cannot be read."""
    refs = log.case.read["case_ref"]
    bad: np.ndarray = np.zeros(len(refs), dtype=bool)
    bad[np.concatenate([np.array([], int), *(problem.rows for problem in problems)])] = True
    spread = log.kinds.live & ~bad & refs.isin(refs[bad].dropna()).to_numpy()
    if spread.any():
        yield Problem(Fault.SAME_CASE, np.flatnonzero(spread))
