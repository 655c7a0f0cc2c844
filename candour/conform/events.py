"""Events: a case told by what happened to it, one row of the file an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.conform.columns import Columns, problem_of, read_columns
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
"""The column as which an event's own day is read: a day that lies behind."""
_STEP = ["case_ref", "stage"]
_ORDER = ["day", "position"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one kind of event sets: by step, in one column."""

    column: str
    told: pd.DataFrame
    """``case_ref``, ``stage``, ``value``, and ``day`` and ``position`` for the order."""


def shape_events(cells: Cells, context: Context, declared: Events) -> Shaped:
    """Steps made of the events of a case; a case is loaded whole or not at all."""
    kinds = _kinds(cells, declared)
    own = {"case_ref", "stage"} & set(context.mapping.columns)
    live = ~kinds["repeated"] & ~kinds["ignored"]
    case = read_columns(cells, context.mapping.columns, context, needed=own, only=live)
    told = live & ~kinds["unknown"]
    day = {_HAPPENED: Source(column=declared.on)}
    happened = read_columns(cells, day, context, needed=day, only=told)
    order = pd.DataFrame({"day": happened.read[_HAPPENED], "position": np.arange(len(cells))})
    read: list[Columns] = [case, happened]
    pieces: list[_Piece] = []
    for label, setting in _settings(declared):
        rows = told & _says(cells, declared, label)
        source = setting.source or Source(column=declared.on)
        columns = read_columns(cells, {setting.sets: source}, context, only=rows)
        pieces.append(_piece(columns, setting, case, order, rows))
        read.append(columns)
    steps, cases = _steps(pieces), _cases(case, order, live)
    problems = [problem for columns in read for problem in columns.problems]
    problems += _unknown(cells, declared, kinds["unknown"] & live)
    problems += _without_start(cells, declared, pieces, steps)
    problems += _without_procedure(context, case, cases, problems)
    problems += _same_case(case.read["case_ref"], problems, live)
    return Shaped(
        rows=_frame(context, steps, cases),
        problems=tuple(problems),
        unread=tuple(unread for columns in read for unread in columns.unread),
        noise={
            REPEATED: np.flatnonzero(kinds["repeated"]),
            "an event that is not needed": np.flatnonzero(kinds["ignored"] & ~kinds["repeated"]),
        },
        used=told,
        references=case.read["case_ref"],
    )


def _kinds(cells: Cells, declared: Events) -> dict[str, np.ndarray]:
    """For each row, whether it repeats another, is ignored, or names an unknown event."""
    events = cells[declared.column]
    settings = {normalised(label): told for label, told in declared.labels.items()}
    spelt = [normalised(text) for text in events.texts]
    ignored = np.array([settings.get(label) == () for label in spelt], dtype=bool)
    unknown = np.array([label not in settings for label in spelt], dtype=bool)
    texts = pd.DataFrame({name: column.codes for name, column in cells.columns.items()})
    return {
        "repeated": texts.duplicated().to_numpy(),
        "ignored": ignored[events.codes],
        "unknown": unknown[events.codes],
    }


def _settings(declared: Events) -> Iterator[tuple[str, Setting]]:
    for label, settings in declared.labels.items():
        for setting in settings:
            yield label, setting


def _says(cells: Cells, declared: Events, label: str) -> np.ndarray:
    events = cells[declared.column]
    wanted = normalised(label)
    says = np.array([normalised(text) == wanted for text in events.texts], dtype=bool)
    rows: np.ndarray = says[events.codes]
    return rows


def _piece(
    columns: Columns, setting: Setting, case: Columns, order: pd.DataFrame, rows: np.ndarray
) -> _Piece:
    stage = (
        case.read["stage"]
        if setting.stage is None
        else pd.Series(setting.stage, index=order.index, dtype="Int64")
    )
    step = {"case_ref": case.read["case_ref"], "stage": stage, "value": columns.read[setting.sets]}
    return _Piece(setting.sets, order.assign(**step)[rows].dropna(subset=_STEP))


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


def _cases(case: Columns, order: pd.DataFrame, live: np.ndarray) -> pd.DataFrame:
    """What the rows repeat of their case: the last that any of them says."""
    refs = case.read["case_ref"]
    cases = pd.DataFrame(index=pd.Index(refs[live].dropna().unique(), name="case_ref"))
    for column, told in case.read.items():
        if column not in _STEP:
            rows = order.assign(case_ref=refs, value=told)[live].dropna(subset=["case_ref"])
            cases[column] = _settled(rows, ["case_ref"], "last")["value"].reindex(cases.index)
    return cases


def _frame(context: Context, steps: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    started = steps[steps["received_on"].notna()].reset_index()
    positions = pd.Index(started["position"].astype("int64"))
    rows = started.join(cases, on="case_ref", validate="many_to_one").set_index(positions)
    return context.complete({name: rows[name] for name in rows.columns}, positions)


def _unknown(cells: Cells, declared: Events, rows: np.ndarray) -> Iterator[Problem]:
    events = cells[declared.column]
    blank = events.blank_rows()
    for fault, wrong in ((Fault.MISSING, rows & blank), (Fault.UNKNOWN_EVENT, rows & ~blank)):
        if wrong.any():
            yield problem_of(fault, events, wrong)


def _without_start(
    cells: Cells, declared: Events, pieces: Sequence[_Piece], steps: pd.DataFrame
) -> Iterator[Problem]:
    orphans = steps.index[steps["received_on"].isna()]
    told = pd.concat([piece.told[[*_STEP, "position"]] for piece in pieces])
    orphaned = told["position"][pd.MultiIndex.from_frame(told[_STEP]).isin(orphans)]
    rows: np.ndarray = np.zeros(len(cells), dtype=bool)
    rows[orphaned.to_numpy()] = True
    if rows.any():
        yield problem_of(Fault.STAGE_WITHOUT_START, cells[declared.column], rows)


def _without_procedure(
    context: Context, case: Columns, cases: pd.DataFrame, problems: Sequence[Problem]
) -> Iterator[Problem]:
    """Rows of cases none of whose rows says which procedure they follow."""
    refs = case.read["case_ref"]
    sound = refs.notna().to_numpy()
    for problem in problems:
        sound = sound & ~refs.isin(refs.iloc[problem.rows].dropna()).to_numpy()
    lacking = cases.index[cases["procedure"].isna()]
    rows = np.flatnonzero(sound & refs.isin(lacking).to_numpy())
    if len(rows):
        yield Problem(Fault.MISSING, rows, str(context.mapping.columns["procedure"].column))


def _same_case(refs: pd.Series, problems: Sequence[Problem], live: np.ndarray) -> Iterator[Problem]:
    """The other rows of cases of which a row cannot be read."""
    bad: np.ndarray = np.zeros(len(refs), dtype=bool)
    for problem in problems:
        bad[problem.rows] = True
    spread = live & ~bad & refs.isin(refs[bad].dropna()).to_numpy()
    if spread.any():
        yield Problem(Fault.SAME_CASE, np.flatnonzero(spread))
