"""Runs: which period a run is about, asked for or worked out from the day it runs."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from airflow.sdk.exceptions import AirflowFailException

from candour.errors import ConfigurationError
from candour.period import PeriodKind
from tasks import airflow_runs


def _running_at(monkeypatch: pytest.MonkeyPatch, moment: dt.datetime) -> None:
    run = SimpleNamespace(logical_date=moment, run_after=moment)
    monkeypatch.setattr(airflow_runs, "get_current_context", lambda: {"dag_run": run})


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
    monkeypatch: pytest.MonkeyPatch, moment: str, kind: PeriodKind, key: str
) -> None:
    # Half past eleven at night on 31 March 2024 in UTC is half past midnight on 1 April in London.
    _running_at(monkeypatch, dt.datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("UTC")))
    assert airflow_runs._period({}, kind, 4).key == key


def test_a_period_of_another_kind_is_refused_with_an_example() -> None:
    with pytest.raises(ConfigurationError, match="A month, such as 2024-03"):
        airflow_runs._period({"period": "2023-24"}, PeriodKind.MONTH, 4)


def test_a_sentence_for_a_person_ends_the_run_without_another_try() -> None:
    @airflow_runs.in_sentences
    def task() -> None:
        raise ConfigurationError("councils/x/council.yaml: the entry 'nam' is not known.")

    with pytest.raises(AirflowFailException, match="the entry 'nam' is not known"):
        task()
