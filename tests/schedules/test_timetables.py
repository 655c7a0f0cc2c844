"""Timetables: runs by London's clock that carry their period, and say so to Airflow alike twice."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from airflow.exceptions import InvalidPartitionKeyError
from airflow.sdk.timezone import coerce_datetime
from airflow.serialization.decoders import decode_timetable
from airflow.serialization.encoders import encode_timetable
from airflow.timetables.base import TimeRestriction, Timetable
from airflow.utils.types import DagRunType

from candour.cadence import Cadence, OpenDays
from candour.period import PeriodKind
from tasks import airflow_timetables
from tasks.airflow_timetables import PeriodTimetable, YearComplete

if TYPE_CHECKING:
    from airflow.timetables.base import DagRunInfo

UTC = dt.UTC
LONDON = ZoneInfo("Europe/London")
START = coerce_datetime(dt.datetime(2024, 4, 1, tzinfo=LONDON))
MONTHLY = Cadence(kind=PeriodKind.MONTH, working_day=5)
WEEKLY = Cadence(kind=PeriodKind.WEEK, at=dt.time(8))
YEARLY = Cadence(kind=PeriodKind.REPORTING_YEAR, working_day=10)


def _restricted(*, catchup: bool = False, latest: dt.datetime | None = None) -> TimeRestriction:
    return TimeRestriction(START, latest and coerce_datetime(latest), catchup)


def _at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    now = dt.datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    monkeypatch.setattr(airflow_timetables, "_now", lambda: now)


def _runs(timetable: Timetable, number: int) -> list[DagRunInfo]:
    """The first runs, of a scheduler that was never down."""
    found: list[DagRunInfo] = []
    for _ in range(number):
        info = timetable.next_dagrun_info_v2(
            last_dagrun_info=found[-1] if found else None, restriction=_restricted(catchup=True)
        )
        assert info is not None
        found.append(info)
    return found


def test_a_month_runs_by_londons_clock_over_both_changes(days: OpenDays) -> None:
    found = {run.partition_key: run.run_after for run in _runs(PeriodTimetable(MONTHLY, days), 13)}
    assert list(found) == [f"2024-{n:02d}" for n in range(3, 13)] + [
        "2025-01",
        "2025-02",
        "2025-03",
    ]
    # Summer time ended on 27 October 2024 and began on 30 March 2025.
    assert found["2024-09"] == dt.datetime(2024, 10, 7, 6, tzinfo=UTC)
    assert found["2024-10"] == dt.datetime(2024, 11, 7, 7, tzinfo=UTC)
    assert found["2025-02"] == dt.datetime(2025, 3, 7, 7, tzinfo=UTC)
    assert found["2025-03"] == dt.datetime(2025, 4, 7, 6, tzinfo=UTC)


def test_a_bulletin_runs_by_londons_clock_over_holidays(days: OpenDays) -> None:
    found = {run.partition_key: run.run_after for run in _runs(PeriodTimetable(WEEKLY, days), 53)}
    assert found["2024-W14"] == dt.datetime(2024, 4, 2, 7, tzinfo=UTC)
    assert found["2024-W43"] == dt.datetime(2024, 10, 21, 7, tzinfo=UTC)
    assert found["2024-W44"] == dt.datetime(2024, 10, 28, 8, tzinfo=UTC)
    assert found["2025-W01"] == dt.datetime(2024, 12, 30, 8, tzinfo=UTC)
    assert found["2025-W14"] == dt.datetime(2025, 3, 31, 7, tzinfo=UTC)
    assert len(found) == 53


def test_a_run_carries_the_moment_its_period_begins(days: OpenDays) -> None:
    (run,) = _runs(PeriodTimetable(MONTHLY, OpenDays(days.closed, days.known_to)), 1)
    assert run.partition_date == dt.datetime(2024, 3, 1, tzinfo=UTC)
    assert run.data_interval is None
    summer = PeriodTimetable(MONTHLY, days).resolve_partition_date("2024-06")
    assert summer == dt.datetime(2024, 5, 31, 23, tzinfo=UTC)


def test_what_was_missed_is_left_but_for_the_last(
    days: OpenDays, monkeypatch: pytest.MonkeyPatch
) -> None:
    timetable = PeriodTimetable(MONTHLY, days)
    (first,) = _runs(timetable, 1)
    _at(monkeypatch, "2024-09-20T12:00")
    late = timetable.next_dagrun_info_v2(last_dagrun_info=first, restriction=_restricted())
    assert late is not None
    assert late.partition_key == "2024-08"
    then = timetable.next_dagrun_info_v2(last_dagrun_info=late, restriction=_restricted())
    assert then is not None
    assert then.partition_key == "2024-09"
    assert then.run_after == dt.datetime(2024, 10, 7, 6, tzinfo=UTC)


def test_a_backfilled_month_of_long_ago_does_not_turn_the_schedule_back(
    days: OpenDays, monkeypatch: pytest.MonkeyPatch
) -> None:
    timetable = PeriodTimetable(MONTHLY, days)
    _at(monkeypatch, "2024-09-20T12:00")
    old = timetable._run(MONTHLY.period("2023-04"))
    info = timetable.next_dagrun_info_v2(last_dagrun_info=old, restriction=_restricted())
    assert info is not None
    assert info.partition_key == "2024-08"


def test_after_the_last_day_of_a_dag_nothing_runs(days: OpenDays) -> None:
    ended = _restricted(catchup=True, latest=dt.datetime(2024, 4, 8, 5, 59, tzinfo=UTC))
    timetable = PeriodTimetable(MONTHLY, days)
    assert timetable.next_dagrun_info_v2(last_dagrun_info=None, restriction=ended) is None


@pytest.mark.parametrize(
    ("cadence", "first", "last", "keys"),
    [
        (MONTHLY, "2023-04-01", "2024-03-31", [f"2023-{n:02d}" for n in range(4, 13)]
         + ["2024-01", "2024-02", "2024-03"]),
        (MONTHLY, "2024-02-02", "2024-03-31", ["2024-03"]),
        (WEEKLY, "2024-03-25", "2024-04-08", ["2024-W13", "2024-W14", "2024-W15"]),
        (YEARLY, "2021-04-01", "2024-03-31", ["2021-22", "2022-23", "2023-24"]),
    ],
)  # fmt: skip
def test_a_backfill_runs_each_period_that_begins_in_it_once_and_in_order(
    days: OpenDays, cadence: Cadence, first: str, last: str, keys: list[str]
) -> None:
    bounds = [dt.datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (first, last)]
    found = PeriodTimetable(cadence, days).iter_partition_dagrun_infos(
        earliest=bounds[0], latest=bounds[1]
    )
    assert [run.partition_key for run in found] == keys


def test_a_backfill_makes_no_report_that_is_not_due_yet(
    days: OpenDays, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(monkeypatch, "2024-04-08T06:59")
    bounds = [dt.datetime(2024, month, 1, tzinfo=UTC) for month in (1, 12)]
    found = PeriodTimetable(MONTHLY, days).iter_partition_dagrun_infos(
        earliest=bounds[0], latest=bounds[1]
    )
    assert [run.partition_key for run in found] == ["2024-01", "2024-02"]


@pytest.mark.parametrize("key", ["garbage", "2024-13", "2023-24", "2024-W14", "2024-3", " "])
def test_a_bad_key_is_refused_in_a_sentence(days: OpenDays, key: str) -> None:
    with pytest.raises(InvalidPartitionKeyError, match=r"2024-03"):
        PeriodTimetable(MONTHLY, days).resolve_partition_date(key)


def test_a_run_is_called_by_its_period(days: OpenDays) -> None:
    timetable = PeriodTimetable(MONTHLY, days)
    moment = coerce_datetime(dt.datetime(2024, 4, 8, 6, tzinfo=UTC))
    given = {"run_after": moment, "data_interval": None}
    named = timetable.generate_run_id(
        run_type=DagRunType.SCHEDULED, partition_key="2024-03", **given
    )
    other = timetable.generate_run_id(
        run_type=DagRunType.SCHEDULED, partition_key="2024-03", **given
    )
    assert named.startswith("scheduled__2024-03__")
    assert named != other
    by_hand = timetable.generate_run_id(run_type=DagRunType.MANUAL, **given)
    assert by_hand.startswith("manual__2024-04-08T06.00__")


def test_beyond_the_bank_holidays_it_goes_on_with_a_warning(
    days: OpenDays, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _at(monkeypatch, "2028-01-03T12:00")
    timetable = PeriodTimetable(MONTHLY, days)
    last = timetable._run(MONTHLY.period("2027-11"))
    info = timetable.next_dagrun_info_v2(last_dagrun_info=last, restriction=_restricted())
    assert info is not None
    assert info.partition_key == "2027-12"
    assert "bank holidays: they are known up to 31 December 2027" in caplog.text


@pytest.mark.parametrize("cadence", [MONTHLY, WEEKLY, YEARLY])
def test_airflow_keeps_a_timetable_and_makes_the_same_of_it(
    days: OpenDays, cadence: Cadence
) -> None:
    timetable = PeriodTimetable(cadence, days)
    written = json.loads(json.dumps(encode_timetable(timetable)))
    again = decode_timetable(written)
    assert isinstance(again, PeriodTimetable)
    assert (again.cadence, again.days) == (timetable.cadence, timetable.days)
    assert json.dumps(encode_timetable(again)) == json.dumps(written)


def test_only_a_year_starts_what_waits_for_its_months() -> None:
    mapper = YearComplete(4)
    assert [*mapper.to_downstream("2023-24")] == ["2023-24"]
    assert [*mapper.to_downstream("2024-03")] == []
    assert mapper.to_partition_date("2023-24") == dt.datetime(2023, 3, 31, 23, tzinfo=UTC)
    with pytest.raises(ValueError, match="2024-03"):
        mapper.to_partition_date("2024-03")
    assert YearComplete.deserialize(mapper.serialize()).year_starts == 4


def test_what_airflow_calls_is_still_called_so() -> None:
    # Airflow's partitions are young. These are the names Candour stands on, all of them public.
    for name in (
        "next_dagrun_info_v2", "iter_partition_dagrun_infos", "localize_partition_datetime",
        "resolve_partition_date", "generate_run_id", "infer_manual_data_interval",
    ):  # fmt: skip
        assert name in vars(Timetable), name
        assert name in vars(PeriodTimetable), name
    assert Timetable.partitioned is False
