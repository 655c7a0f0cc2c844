"""Differing: the figures of two ledgers that are not the same, in words, whatever the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.period import Period
from candour.published.ledgers import read_ledger
from candour.restating.naming import named, when

if TYPE_CHECKING:
    from candour.published.ledgers import Row
    from candour.restating.naming import Label, Title

NOT_PRINTED = "not printed"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as two ledgers tell it."""

    figure: str
    period: str
    was: str
    now: str


def differing(was: str, now: str, year_starts: int, title: Title, label: Label) -> tuple[Told, ...]:
    """Every figure whose value or display differs, or that only one of the ledgers holds."""
    before, after = ({row.key: row for row in read_ledger(text)} for text in (was, now))

    def told() -> Iterator[Told]:
        for key, row in (before | after).items():
            then, here = before.get(key), after.get(key)
            if then is None or here is None or _says(then) != _says(here):
                since = Period.parse(row.since, year_starts) if row.since else None
                yield Told(
                    named(row.kpi, row.about, title, label),
                    when(Period.parse(row.period, year_starts), since),
                    NOT_PRINTED if then is None else then.display,
                    NOT_PRINTED if here is None else here.display,
                )

    return tuple(told())


def _says(row: Row) -> tuple[object, ...]:
    return row.display, row.value, row.count, row.base
