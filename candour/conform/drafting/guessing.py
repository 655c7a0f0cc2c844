"""Guessing: which column of a file is which of the frame, and in which form days are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from candour.conform.day_forms import read_form
from candour.conform.days import EARLIEST
from candour.conform.drafting.hints import NEAR_ENOUGH, is_personal, likeness, stage_of
from candour.conform.drafting.lists import is_free_text, speaks_of
from candour.frames import LINEAGE, Kind, Schema
from candour.labels import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.reading.raw import RawTable

FORMS = (
    *("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"),
    *(
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%dT%H:%M:%S.%f",
        "%Y-%m-%dT%H:%M:%S%z",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%d/%m/%y",
    ),
    *("%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%m/%d/%Y", "%Y%m%d", "excel"),
)
"""Tried in this order, so that a British reading comes before an American one."""
MOST_DAYS = 0.8
BLANKS = ("", "n/a", "-", "tbc")
"""Texts that stand for nothing wherever nobody says otherwise."""
_BY_LABELS = 0.75
"""How likely a meaning is that only a column's labels give away."""
_AT_FIRST = ("received_on", "logged_on", "acknowledged_on")
"""What a row tells of a case once is told of its first stage."""
WHOLE_ROW = 0
"""Stands for the stage of a column that belongs to no stage."""

Place = tuple[int, str]
"""Stage, or ``WHOLE_ROW``, and frame column."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file seems to hold."""

    columns: Mapping[Place, str]
    """Place → header."""
    forms: tuple[str, ...]
    """How its days are written, the most frequent first."""
    personal: tuple[str, ...]
    left: tuple[str, ...]
    """Headers nobody recognised."""


def guess(raw: RawTable, schema: Schema) -> Guess:
    """The likeliest meaning of every column; each header and each place is used once."""

    @cache
    def form(header: str) -> str | None:
        return _form(raw.cells[header])

    columns: dict[Place, str] = {}
    for _, place, header in sorted(_candidates(raw, schema)):
        dated = schema.column(place[1]).kind is Kind.DATE
        taken = header in columns.values() or place in columns
        if not taken and dated is (form(header) is not None):
            columns[place] = header
    columns = _in_order(columns, schema)
    rest = [header for header in raw.cells.columns if header not in columns.values()]
    used = pd.Series([form(header) for header in columns.values()], dtype="str").dropna()
    return Guess(
        columns=columns,
        forms=tuple(used.value_counts().sort_index().sort_values(ascending=False).index),
        personal=tuple(header for header in rest if _private(raw, header)),
        left=tuple(header for header in rest if not _private(raw, header)),
    )


def _private(raw: RawTable, header: str) -> bool:
    return is_personal(header) or is_free_text(labels_of(raw.cells[header]))


def labels_of(column: pd.Series) -> list[str]:
    """The distinct filled texts of a column, the most frequent first, spellings alike once."""
    counts = column[~column.str.lower().isin(BLANKS)].value_counts().sort_index()
    labels: dict[str, str] = {}
    for label in counts.sort_values(ascending=False, kind="stable").index:
        labels.setdefault(normalised(label), label)
    return [*labels.values()]


def placeholders(raw: RawTable, found: Guess, schema: Schema) -> list[str]:
    """Texts that look like days and stand for none, such as 01/01/1900."""
    texts: set[str] = set()
    for (_, name), header in found.columns.items():
        if schema.column(name).kind is Kind.DATE:
            labels = pd.Series(labels_of(raw.cells[header]), dtype="str")
            for form in found.forms:
                days = read_form(labels, form, None).instants
                texts.update(labels[days < pd.Timestamp(EARLIEST)])
    return sorted(texts)


def _candidates(raw: RawTable, schema: Schema) -> Iterator[tuple[float, Place, str]]:
    lineage = {column.name for column in LINEAGE}
    for header in raw.cells.columns:
        stage, plain = stage_of(header)
        labels = labels_of(raw.cells[header])
        if not labels:
            continue
        given_away = speaks_of(labels)
        if given_away in schema.names:
            yield -_BY_LABELS, (stage or WHOLE_ROW, str(given_away)), header
        for name in schema.names:
            score = 0.0 if name in lineage else likeness(plain, name)
            if score >= NEAR_ENOUGH:
                yield -score, (stage or WHOLE_ROW, name), header


def _form(column: pd.Series) -> str | None:
    """The form most of a column's texts are written in, if they are days."""
    texts = pd.Series(labels_of(column), dtype="str")
    for form in FORMS if len(texts) else ():
        if read_form(texts, form, None).instants.notna().mean() >= MOST_DAYS:
            return form
    return None


def _in_order(columns: Mapping[Place, str], schema: Schema) -> dict[Place, str]:
    """By stage and in the frame's order; stages count only where a day of theirs is told.

    What stages tell, each for itself, is not told for the whole row as well; teams without
    services are what the council calls its services.
    """
    stages = {stage for stage, name in columns if schema.column(name).kind is Kind.DATE}
    stages.discard(WHOLE_ROW)
    kept = {place: header for place, header in columns.items() if place[0] in {WHOLE_ROW, *stages}}
    apart = {name for stage, name in kept if stage != WHOLE_ROW} | ({"stage"} if stages else set())
    for name in _AT_FIRST if stages else ():
        if (WHOLE_ROW, name) in kept:
            kept.setdefault((1, name), kept[WHOLE_ROW, name])
            apart.add(name)
    kept = {(at, n): header for (at, n), header in kept.items() if at or n not in apart}
    if (WHOLE_ROW, "team") in kept and (WHOLE_ROW, "service") not in kept:
        kept[WHOLE_ROW, "service"] = kept.pop((WHOLE_ROW, "team"))
    return dict(sorted(kept.items(), key=lambda one: (one[0][0], schema.names.index(one[0][1]))))
