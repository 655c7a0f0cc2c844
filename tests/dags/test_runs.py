"""Runs: which period a run is about, and on which day it happens."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from airflow.sdk.exceptions import AirflowFailException

from candour.errors import ConfigurationError
from candour.period import PeriodKind
from tasks import airflow_runs
from tasks.airflow_periods import landing_day, period_of

UTC = ZoneInfo("UTC")


def _run(moment: str, key: str | None = None, kind: str = "manual") -> SimpleNamespace:
    at = dt.datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return SimpleNamespace(logical_date=None, run_after=at, partition_key=key, run_type=kind)


@pytest.mark.parametrize(
    ("moment", "kind", "key"),
    [
        ("2024-04-08T06:00:00", PeriodKind.MONTH, "2024-03"),
        ("2024-03-31T23:30:00", PeriodKind.MONTH, "2024-03"),
        ("2024-04-15T06:00:00", PeriodKind.REPORTING_YEAR, "2023-24"),
        ("2024-04-01T07:00:00", PeriodKind.WEEK, "2024-W14"),
        ("2024-01-08T08:00:00", PeriodKind.MONTH, "2023-12"),
    ],
)
def test_without_a_period_a_run_is_about_the_last_complete_one(
    moment: str, kind: PeriodKind, key: str
) -> None:
    # Half past eleven at night on 31 March 2024 in UTC is half past midnight on 1 April in London.
    assert period_of(_run(moment), {}, kind, 4).key == key


@pytest.mark.parametrize(
    ("asked", "carried"), [("2023-07", None), (None, "2023-07"), ("2023-07", "2023-07")]
)
def test_a_run_is_about_the_period_it_was_given(asked: str | None, carried: str | None) -> None:
    run = _run("2024-04-08T06:00:00", carried)
    assert period_of(run, {"period": asked}, PeriodKind.MONTH, 4).key == "2023-07"


def test_a_run_given_two_periods_is_refused() -> None:
    run = _run("2024-04-08T06:00:00", "2023-08")
    with pytest.raises(
        ConfigurationError, match="asks for 2023-07 and the partition key for 2023-08"
    ):
        period_of(run, {"period": "2023-07"}, PeriodKind.MONTH, 4)


@pytest.mark.parametrize(
    ("key", "kind", "example"),
    [
        ("2023-24", PeriodKind.MONTH, "A month, such as 2024-03"),
        ("2024-W14", PeriodKind.MONTH, "A month, such as 2024-03"),
        ("2024-13", PeriodKind.MONTH, "is not a period"),
        ("2023-25", PeriodKind.REPORTING_YEAR, "is not a period"),
        ("2023-W53", PeriodKind.WEEK, "is not a period"),
        ("garbage", PeriodKind.REPORTING_YEAR, "is not a period"),
    ],
)
@pytest.mark.parametrize("carried", [True, False])
def test_a_period_of_another_kind_is_refused_with_an_example(
    key: str, kind: PeriodKind, example: str, *, carried: bool
) -> None:
    run = _run("2024-04-08T06:00:00", key if carried else None)
    params = {} if carried else {"period": key}
    with pytest.raises(ConfigurationError, match=example):
        period_of(run, params, kind, 4)


def test_what_lies_in_the_inbox_lands_today_or_on_the_day_a_person_gave() -> None:
    # Twenty past eleven at night in UTC on 4 June 2024 is 5 June in London.
    now = dt.datetime(2024, 6, 4, 23, 20, tzinfo=UTC)
    for kind in ("scheduled", "asset_triggered", "manual"):
        assert landing_day(_run("2024-06-03T05:00", None, kind), now) == dt.date(2024, 6, 5)
    held_up, by_hand = _run("2024-06-03T05:00", None, "scheduled"), _run("2024-06-03T05:00")
    held_up.logical_date = by_hand.logical_date = dt.datetime(2024, 6, 3, 5, tzinfo=UTC)
    assert landing_day(held_up, now) == dt.date(2024, 6, 5)
    assert landing_day(by_hand, now) == dt.date(2024, 6, 3)


def test_a_sentence_for_a_person_ends_the_run_without_another_try() -> None:
    @airflow_runs.in_sentences
    def task() -> None:
        raise ConfigurationError("councils/x/council.yaml: the entry 'nam' is not known.")

    with pytest.raises(AirflowFailException, match="the entry 'nam' is not known"):
        task()
