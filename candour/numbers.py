"""Numbers: what is given and not counted - limits, context, and the Ombudsman's statistics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd

from candour.errors import ConfigurationError
from candour.figures import NOT_RECORDED, Figure, Slice, State, Unit
from candour.kpi import CONTEXT
from candour.period import PeriodKind, day_in_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from candour.council import ContextNumber, Council
    from candour.kpi import Kpi
    from candour.period import Period
    from candour.procedure import Procedure, Stage

PEERS = "peers"
"""The authority that is all of the council's peers together."""

_SUMS = {
    "investigated": ("upheld", "not_upheld"),
    "dealt_with": ("not_for_us", "assessed_and_closed", "upheld", "not_upheld"),
}
"""Numbers the Ombudsman's tables give in parts."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a council declares and what the Ombudsman gave it, as figures on demand."""

    procedures: Mapping[str, Procedure]
    context: Mapping[str, ContextNumber]
    own_years: Mapping[str, tuple[int, int]]
    statistics: pd.DataFrame
    """The Ombudsman's yearly tables, one row an authority and year."""
    authority: str = ""
    peers: tuple[str, ...] = ()

    def knows(self, kpi_id: str) -> bool:
        """Whether the id is of a given number rather than of a KPI."""
        return kpi_id.startswith((CONTEXT, "limit.", "report."))

    def figure(self, kpi_id: str, period: Period, about: Mapping[str, str]) -> Figure:
        """The given number of that id, for a period and a slice.

        ``context.<name>``; ``limit.respond``, ``limit.extend``, ``limit.acknowledge`` of a
        procedure's stage; ``limit.stages`` and ``limit.year`` of a procedure;
        ``limit.procedures``; ``report.period`` and ``report.days``.

        Raises:
            ConfigurationError: nothing of that name is declared.
        """
        if kpi_id.startswith(CONTEXT):
            return self._context(kpi_id, period)
        found = self._limits(period).get(kpi_id)
        if about.get("procedure") == NOT_RECORDED:
            return Figure(
                kpi_id, "Not recorded", period, tuple(about.items()), Unit.WORDS,
                state=State.NOT_RECORDED,
            )  # fmt: skip
        if found is None:
            raise ConfigurationError(
                f"'{kpi_id}' is no number that is given; there are context.…, and "
                f"{', '.join(self._limits(period))}."
            )
        return found(about)

    def is_declared(self, kpi_id: str) -> bool:
        """Whether the council declares the context number of that id; any other id is let by."""
        return not kpi_id.startswith(CONTEXT) or kpi_id.removeprefix(CONTEXT) in self.context

    def base(self, name: str, period: Period) -> int | None:
        """The context number a rate is taken of; nothing where the council gives none."""
        value = self._context(name, period).value if self.is_declared(name) else None
        return None if value is None else int(value)

    def authorities(self, period: Period) -> tuple[str, ...]:
        """The council itself, then its peers by name, as far as the year's statistics hold them."""
        own = self._rows(period, self.authority)["authority"]
        peers = self._rows(period, PEERS)["authority"]
        return (*(str(name) for name in own), *sorted(str(name) for name in peers))

    def statistic(self, figure: Figure, kpi: Kpi, about: Mapping[str, str]) -> Figure:
        """A number of the Ombudsman's yearly tables for the figure's year, or one out of another.

        Without an authority it is the council's own; *peers* are its peers added up.
        """
        rows = self._rows(figure.period, about.get("authority", self.authority))
        number = _total(rows, kpi.count)
        source = "the Ombudsman's yearly statistics"
        told = replace(figure, count=number, source=source)
        if kpi.out_of is None:
            value = None if number is None else Fraction(number)
            state = State.NOT_RECORDED if number is None else State.RECORDED
            return replace(told, value=value, state=state)
        return rate(told, kpi, number, _total(rows, kpi.out_of))

    def _rows(self, period: Period, authority: str) -> pd.DataFrame:
        ends = self.statistics["year_ends_on"]
        year = self.statistics[
            (ends >= pd.Timestamp(period.start)) & (ends < pd.Timestamp(period.end))
        ]
        if period.kind is not PeriodKind.REPORTING_YEAR:
            return year.iloc[:0]
        if authority != PEERS:
            return year[year["authority"] == authority]
        if self.peers:
            return year[year["authority"].isin(self.peers)]
        own = year.loc[year["authority"] == self.authority, "authority_type"]
        alike = year["authority_type"].isin(own.dropna())
        return year[alike & (year["authority"] != self.authority)]

    def _context(self, kpi_id: str, period: Period) -> Figure:
        name = kpi_id.removeprefix(CONTEXT)
        if name not in self.context:
            raise ConfigurationError(
                f"council.yaml declares no context number '{name}'; it declares "
                f"{', '.join(self.context) or 'none'}."
            )
        given = self.context[name]
        value = given.years.get(period.key) if given.years else given.value
        told = value is not None or bool(given.words)
        return Figure(
            kpi=kpi_id,
            title=given.title,
            period=period,
            slice=(),
            unit=Unit.WORDS if given.words else given.unit,
            decimals=given.decimals,
            value=None if value is None else Fraction(str(value)),
            words=given.words,
            state=State.RECORDED if told else State.NOT_RECORDED,
            source=f"{given.source} ({day_in_words(given.on)})",
        )

    def _limits(self, period: Period) -> Mapping[str, Callable[[Mapping[str, str]], Figure]]:
        def days(kpi: str, title: str, of: Callable[[Stage], int | None]) -> _Limit:
            return _Limit(self.procedures, kpi, title, period, of)

        def in_force(stage: Stage) -> int:
            begun = [limit for limit in stage.limits if _has_begun(limit.from_, period)]
            return begun[-1].days

        return {
            "limit.acknowledge": days(
                "limit.acknowledge", "Working days to acknowledge", lambda s: s.acknowledge_within
            ),
            "limit.respond": days("limit.respond", "Working days to respond", in_force),
            "limit.extend": days(
                "limit.extend", "Working days to respond when extended", lambda s: s.extend_to
            ),
            "limit.stages": lambda about: self._stages(period, about),
            "limit.year": lambda about: self._own_year(period, about),
            "limit.procedures": lambda _: _plain(
                "limit.procedures", "Complaints procedures", period, len(self.procedures)
            ),
            "report.period": lambda _: _worded("report.period", period, period.label),
            "report.days": lambda _: _worded("report.days", period, _first_to_last(period)),
        }

    def _stages(self, period: Period, about: Mapping[str, str]) -> Figure:
        procedure = _declared(self.procedures, about.get("procedure", ""))
        return replace(
            _plain("limit.stages", "Stages of the procedure", period, len(procedure.stages)),
            slice=(("procedure", about["procedure"]),),
            source=procedure.basis,
        )

    def _own_year(self, period: Period, about: Mapping[str, str]) -> Figure:
        own = self.own_years.get(about.get("procedure", ""))
        year = period if own is None else period.own_year(*own)
        return replace(
            _worded("limit.year", period, _first_to_last(year)),
            slice=tuple(sorted(about.items())),
            title="Reporting year of the procedure",
        )


@dataclass(frozen=True, slots=True)
class _Limit:
    """A limit of a stage in working days, asked for by procedure and stage."""

    procedures: Mapping[str, Procedure]
    kpi: str
    title: str
    period: Period
    of: Callable[[Stage], int | None]

    def __call__(self, about: Mapping[str, str]) -> Figure:
        procedure = _declared(self.procedures, about.get("procedure", ""))
        number = int(about.get("stage", 1))
        days = self.of(procedure.stages[number]) if number in procedure.stages else None
        return Figure(
            kpi=self.kpi,
            title=self.title,
            period=self.period,
            slice=(("procedure", about["procedure"]), ("stage", str(number))),
            unit=Unit.WORKING_DAYS,
            value=None if days is None else Fraction(days),
            state=State.NOT_RECORDED if days is None else State.RECORDED,
            source=procedure.basis,
        )


def numbers_of(council: Council, statistics: pd.DataFrame) -> Numbers:
    """What a council declares, and the Ombudsman's yearly tables it took in."""
    peers = council.profile.ombudsman
    return Numbers(
        procedures=council.procedures,
        context=council.profile.context,
        own_years=council.own_years,
        statistics=statistics,
        authority=peers.authority if peers else council.name,
        peers=peers.peers if peers else (),
    )


def rate(figure: Figure, kpi: Kpi, number: int | None, base: int | None) -> Figure:
    """The figure as ``number`` out of ``base``, for every ``per`` of it."""
    if number is None or base is None:
        return replace(figure, count=number, base=base, state=State.NOT_RECORDED)
    if base == 0:
        return replace(figure, count=number, base=0, state=State.NO_BASE)
    number = base - number if kpi.complement else number
    return replace(figure, count=number, base=base, value=Fraction(number * kpi.per, base))


def label(kpi_id: str, title: str, period: Period, slice_: Slice, words: str) -> Figure:
    """Words that were worked out from figures: a direction, the name of what leads."""
    return Figure(
        kpi_id, title, period, slice_, Unit.WORDS, words=words, source="worked out from figures"
    )


def _total(rows: pd.DataFrame, name: str | None) -> int | None:
    """The number of that name over the rows; nothing where a row does not give it."""
    parts: Iterable[str] = _SUMS.get(str(name), (str(name),))
    given = rows[[*parts]]
    if not len(given) or given.isna().to_numpy().any():
        return None
    return int(given.to_numpy(dtype="int64").sum())


def _declared(procedures: Mapping[str, Procedure], procedure: str) -> Procedure:
    if procedure not in procedures:
        raise ConfigurationError(
            f"'{procedure}' is no procedure of this council; there are {', '.join(procedures)}."
        )
    return procedures[procedure]


def _has_begun(day: dt.date | None, period: Period) -> bool:
    return day is None or day <= period.last_day


def _plain(kpi: str, title: str, period: Period, number: int) -> Figure:
    return Figure(
        kpi, title, period, (), Unit.COUNT, value=Fraction(number), source="procedures.yaml"
    )


def _worded(kpi: str, period: Period, words: str) -> Figure:
    return Figure(kpi, "Period", period, (), Unit.WORDS, words=words, source="the report's period")


def _first_to_last(period: Period) -> str:
    return f"{day_in_words(period.start)} to {day_in_words(period.last_day)}"


__all__ = ["PEERS", "Numbers", "label", "numbers_of", "rate"]
