"""Restated: every figure that two versions of a report print otherwise, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.figures import SHORTHAND, State
from candour.kpi import CONTEXT, Fact
from candour.period import Period
from candour.published.ledgers import read_ledger
from candour.restating.cases import WHY, moved, reasons_of
from candour.restating.counted import told_otherwise
from candour.restating.why import Why

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from candour.kpi import Kpi, Kpis
    from candour.published.ledgers import Row
    from candour.restating.counted import Facts

HIDDEN = SHORTHAND[State.WITHHELD]
_GIVEN = (".target", ".published")
_SIZE = ".size|"
_DEFINING = (
    "of", "clock", "population", "count", "out_of", "ratio", "complement", "measure", "statistic",
    "unit", "per", "years", "decimals", "undecided",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """What one version of a report printed, and what it was made of.

    ``facts`` and ``kpis`` are missing where they were not kept; ``made_by`` are the digests of
    its declarations, calendar and code.
    """

    ledger: str
    facts: Facts | None
    kpis: Kpis | None
    made_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure that is another one now."""

    key: str
    kpi: str
    period: Period
    since: Period | None
    """The earlier end of a change."""
    about: Mapping[str, str]
    was: str
    now: str
    why: tuple[Why, ...]
    cases: tuple[str, ...] = ()


def restated(was: Version, now: Version, year_starts: int) -> tuple[Restated, ...]:
    """Every figure both versions print that reads otherwise now, in the order it is printed.

    A change is told once: not again without its sign, as sentences say it.
    """
    before = {row.key: row for row in read_ledger(was.ledger)}
    changed = [
        (before[row.key], row)
        for row in read_ledger(now.ledger)
        if row.key in before and before[row.key].display != row.display
    ]
    keys = {row.key for _, row in changed}
    causes = _Causes(was, now, year_starts)
    return tuple(
        causes.of(then, row)
        for then, row in changed
        if _SIZE not in row.key or row.key.replace(_SIZE, "|") not in keys
    )


class _Causes:
    """Finds why figures differ; which cases did is worked out once a fact table."""

    def __init__(self, was: Version, now: Version, year_starts: int) -> None:
        self._was, self._now, self._year_starts = was, now, year_starts
        self._moved: dict[Fact, pd.DataFrame] = {}

    def of(self, then: Row, row: Row) -> Restated:
        since = Period.parse(row.since, self._year_starts) if row.since else None
        period = Period.parse(row.period, self._year_starts)
        why, cases = self._why(then, row, [p for p in (period, since) if p is not None])
        return Restated(
            row.key, row.kpi, period, since, row.about, then.display, row.display, why, cases
        )

    def _why(
        self, then: Row, row: Row, periods: list[Period]
    ) -> tuple[tuple[Why, ...], tuple[str, ...]]:
        if HIDDEN in {then.display, row.display}:
            return (Why.WITHHELD_NOW if row.display == HIDDEN else Why.WITHHELD_THEN,), ()
        head = row.kpi.split(".")[0]
        kpi = self._now.kpis.by_id.get(head) if self._now.kpis else None
        if kpi is None or kpi.of is Fact.STATISTICS or row.kpi.endswith(_GIVEN):
            return (Why.GIVEN,), ()
        redefined = (Why.DEFINITION,) if self._redefined(head, kpi) else ()
        if self._was.facts is None:
            return redefined or (Why.PURGED,), ()
        found = self._cases(kpi, row, periods)
        reasons = tuple(dict.fromkeys((*redefined, *_in_order(found))))
        return reasons or self._otherwise(kpi), _references(found)

    def _cases(self, kpi: Kpi, row: Row, periods: list[Period]) -> pd.DataFrame | None:
        """The differing cases with what became of them; of many periods, where of none alone."""
        was, now = self._was.facts, self._now.facts
        if was is None or now is None:
            return None
        for asked in (periods, None) if "." in row.kpi else (periods,):
            cases = told_otherwise(kpi, row.about, asked, was, now)
            if cases is not None and len(cases):
                self._work_out(was, now)
                return reasons_of(self._moved, kpi.of, cases)
        return None

    def _work_out(self, was: Facts, now: Facts) -> None:
        if not self._moved:
            counted = {Fact.MOVEMENTS, Fact.OUTSTANDING, Fact.STATISTICS}
            self._moved = {
                fact: moved(fact, was.frames[fact], now.frames[fact], was.vantage.known_on)
                for fact in Fact
                if fact not in counted
            }

    def _redefined(self, kpi_id: str, kpi: Kpi) -> bool:
        if self._was.kpis is None:
            return False
        before = self._was.kpis.by_id.get(kpi_id)
        return before is None or any(
            getattr(before, field) != getattr(kpi, field) for field in _DEFINING
        )

    def _otherwise(self, kpi: Kpi) -> tuple[Why, ...]:
        """Why a figure differs though no case behind it does."""
        if self._was.made_by == self._now.made_by:
            return (Why.UNKNOWN,)
        return (Why.GIVEN if str(kpi.out_of).startswith(CONTEXT) else Why.DEFINITION,)


def _in_order(found: pd.DataFrame | None) -> Iterator[Why]:
    if found is not None:
        became = set(found[WHY])
        yield from (why for why in Why if why in became)


def _references(found: pd.DataFrame | None) -> tuple[str, ...]:
    if found is None or not len(found):
        return ()
    told = found.iloc[:, 0].astype("str")
    if "stage_number" in found:
        told = told + " stage " + found["stage_number"].astype("str")
    return tuple(dict.fromkeys(sorted(told)))
