"""Timetables: a run for each week, month or year of a council, which carries it as its key."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from typing import TYPE_CHECKING, Any

from airflow.exceptions import InvalidPartitionKeyError
from airflow.partition_mappers.base import PartitionMapper
from airflow.sdk.timezone import coerce_datetime
from airflow.timetables.base import DagRunInfo, DataInterval, Timetable

from candour.cadence import Cadence, OpenDays, period_named
from candour.errors import ConfigurationError
from candour.period import PeriodKind
from tasks.airflow_periods import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from airflow.timetables.base import TimeRestriction
    from airflow.utils.types import DagRunType
    from pendulum import DateTime

    from candour.period import Period

_BYTES = 2
_LOG = logging.getLogger(__name__)


class PeriodTimetable(Timetable):
    """A run when each period's report is due; the period's key is the run's partition key.

    All it stands on is kept with the DAG: a scheduler needs no council's folder.
    """

    partitioned = True
    run_ordering = ("run_after",)

    def __init__(self, cadence: Cadence, days: OpenDays) -> None:
        self.cadence, self.days = cadence, days
        self.description = cadence.words

    @property
    def summary(self) -> str:
        """When it runs, for the list of DAGs."""
        return self.cadence.words

    def serialize(self) -> dict[str, Any]:
        """It in plain values; the same declarations give the same."""
        return {
            "cadence": self.cadence.written(),
            "closed": [day.isoformat() for day in sorted(self.days.closed)],
            "known_to": self.days.known_to.isoformat(),
            "timezone": LONDON.key,
        }

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Self:
        """The timetable of plain values."""
        closed = frozenset(dt.date.fromisoformat(day) for day in data["closed"])
        days = OpenDays(closed, dt.date.fromisoformat(data["known_to"]))
        return cls(Cadence.read(data["cadence"]), days)

    def next_dagrun_info_v2(
        self, *, last_dagrun_info: DagRunInfo | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """The run of the period after the last; what was missed meanwhile only with catch-up."""
        candidates = [
            self.cadence.after(last)
            for last in self._known(last_dagrun_info.partition_key if last_dagrun_info else None)
        ]
        if restriction.earliest is not None:
            candidates.append(self.cadence.first_due(self.days, *_wall(restriction.earliest)))
        if not restriction.catchup or not candidates:
            candidates.append(self.cadence.last_due(self.days, *_wall(_now())))
        info = self._run(max(candidates, key=lambda period: period.start))
        if warning := self.days.beyond(info.run_after.astimezone(LONDON).date()):
            _LOG.warning(warning)
        late = restriction.latest is not None and info.run_after > restriction.latest
        return None if late else info

    def iter_partition_dagrun_infos(
        self, *, earliest: dt.datetime, latest: dt.datetime
    ) -> Iterable[DagRunInfo]:
        """The runs of the periods that begin between two moments and are due, for a backfill."""
        period = self.cadence.period_with(_wall(self.localize_partition_datetime(earliest))[0])
        last = self.localize_partition_datetime(latest)
        while (run := self._run(period)).partition_date <= last and run.run_after <= _now():
            if run.partition_date >= self.localize_partition_datetime(earliest):
                yield run
            period = self.cadence.after(period)

    def localize_partition_datetime(self, dt: dt.datetime) -> DateTime:
        """The moment at which a clock in London reads what a clock elsewhere read."""
        there: DateTime = coerce_datetime(dt.replace(tzinfo=LONDON))
        return there

    def resolve_partition_date(self, partition_key: str | None) -> dt.datetime | None:
        """The moment at which the period of a key begins.

        Raises:
            InvalidPartitionKeyError: the key names no such period; the trigger is refused.
        """
        if partition_key is None:
            return None
        try:
            return _begins(self.cadence.period(partition_key))
        except ConfigurationError as problem:
            raise InvalidPartitionKeyError(str(problem)) from problem

    def infer_manual_data_interval(self, *, run_after: DateTime) -> DataInterval:
        """The moment of a run that somebody starts without a period."""
        return DataInterval.exact(run_after)

    def generate_run_id(
        self,
        *,
        run_type: DagRunType,
        run_after: DateTime,
        data_interval: DataInterval | None,
        **extra: object,
    ) -> str:
        """The run's name: its kind, its period, and letters that tell it from another of these."""
        named = extra.get("partition_key") or f"{run_after:%Y-%m-%dT%H.%M}"
        name: str = run_type.generate_run_id(suffix=f"{named}__{secrets.token_hex(_BYTES)}")
        return name

    def _run(self, period: Period) -> DagRunInfo:
        due = dt.datetime.combine(
            self.cadence.due_on(period, self.days), self.cadence.at, tzinfo=LONDON
        )
        return DagRunInfo(
            run_after=coerce_datetime(due.astimezone(dt.UTC)),
            data_interval=None,
            partition_date=_begins(period),
            partition_key=period.key,
        )

    def _known(self, key: str | None) -> Iterator[Period]:
        """The period of a key, unless the council's reporting year has begun elsewhere since."""
        if key is None:
            return
        try:
            yield self.cadence.period(key)
        except ConfigurationError:
            return


class YearComplete(PartitionMapper):
    """Of the periods a report is released for, only a reporting year starts the DAG that listens.

    A monthly pack tells each month it is released for, and the year whose months are now complete.
    """

    def __init__(self, year_starts: int = 4, *, max_downstream_keys: int | None = None) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.year_starts = year_starts

    def to_downstream(self, key: str) -> Iterable[str]:
        """The key itself, of a reporting year; of a month nothing."""
        try:
            return [self._year(key).key]
        except ConfigurationError:
            return []

    def to_partition_date(self, downstream_key: str) -> dt.datetime | None:
        """The moment at which a reporting year begins.

        Raises:
            ValueError: the key names no reporting year; the trigger is refused.
        """
        try:
            return _begins(self._year(downstream_key))
        except ConfigurationError as problem:
            raise ValueError(str(problem)) from problem

    def serialize(self) -> dict[str, Any]:
        """It in plain values."""
        return {**super().serialize(), "year_starts": self.year_starts}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Self:
        """The mapper of plain values."""
        return cls(data["year_starts"], max_downstream_keys=data.get("max_downstream_keys"))

    def _year(self, key: str) -> Period:
        return period_named(key, PeriodKind.REPORTING_YEAR, self.year_starts)


def _begins(period: Period) -> DateTime:
    midnight = dt.datetime.combine(period.start, dt.time(), tzinfo=LONDON)
    begins: DateTime = coerce_datetime(midnight.astimezone(dt.UTC))
    return begins


def _wall(moment: dt.datetime) -> tuple[dt.date, dt.time]:
    """The day and the time a clock in London shows at a moment."""
    there = moment.astimezone(LONDON)
    return there.date(), there.time()


def _now() -> dt.datetime:
    """This instant; a schedule is asked what is due now."""
    return dt.datetime.now(dt.UTC)
