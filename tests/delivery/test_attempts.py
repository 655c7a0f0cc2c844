"""A later attempt at a task takes over at once what the earlier one held, on whatever machine."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from candour.errors import ConfigurationError
from tasks.outbox import NotAllSentError, post
from tasks.settings import settings
from tasks.state import Outbox, State, patience
from tasks.state.holder import Holder, is_gone, this_process
from tests.delivery.servers import fussy, letter, settings_for

NOW = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)


def attempt(patch: pytest.MonkeyPatch, number: int, task: str = "deliver") -> None:
    """Be so many a try at a task, as Airflow tells its tasks."""
    patch.setenv("AIRFLOW_CTX_DAG_ID", "northmere__weekly_bulletin")
    patch.setenv("AIRFLOW_CTX_DAG_RUN_ID", "manual__2024-W14")
    patch.setenv("AIRFLOW_CTX_TASK_ID", task)
    patch.setenv("AIRFLOW_CTX_TRY_NUMBER", str(number))


def elsewhere() -> Holder:
    """This attempt, on another machine."""
    return replace(this_process(), machine="another/machine/1")


def test_an_earlier_attempt_of_another_machine_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    attempt(monkeypatch, 1)
    earlier = elsewhere()
    assert Holder.read(earlier.written) == earlier
    assert not is_gone(earlier.written)
    attempt(monkeypatch, 2)
    assert is_gone(earlier.written)
    later = elsewhere()
    attempt(monkeypatch, 1)
    assert not is_gone(later.written)
    attempt(monkeypatch, 2, task="build")
    assert not is_gone(earlier.written)


def test_without_airflow_nothing_is_known_of_another_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attempt(monkeypatch, 1)
    earlier = elsewhere()
    for name in ("DAG_ID", "DAG_RUN_ID", "TASK_ID", "TRY_NUMBER"):
        monkeypatch.delenv(f"AIRFLOW_CTX_{name}")
    assert not is_gone(earlier.written)
    assert this_process().task == ""


def test_a_retry_sends_what_a_dead_machine_had_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fussy() as (url, server):
        here = settings_for(tmp_path, url)
        box = Outbox(here.database)
        attempt(monkeypatch, 1)
        with pytest.raises(NotAllSentError):
            post(replace(here, smtp="smtp://127.0.0.1:1"), [letter("ann")], now=NOW)
        (entry,) = box.entries(["test/ann"]).values()
        assert box.claim(entry, elsewhere(), "dead", NOW + dt.timedelta(minutes=10))
        with pytest.raises(NotAllSentError, match="another run is sending"):
            post(here, [letter("ann")], now=NOW)
        attempt(monkeypatch, 2)
        post(here, [letter("ann")], now=NOW)
        assert server.names == ["ann"]


@pytest.mark.parametrize("lost", [0, 1], ids=["before", "after"])
def test_a_mail_that_went_is_noted_although_the_database_starts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    monkeypatch.setattr(patience, "PAUSES", (0, 0, 0))
    real, times = Outbox._change, []

    def away(self: Outbox, where: object, **to: object) -> bool:
        if to.get("state") != "sent" or len(times) == 2:
            return real(self, where, **to)  # type: ignore[arg-type]
        times.append(1)
        if lost:
            real(self, where, **to)  # type: ignore[arg-type]
        raise OperationalError("update", {}, Exception("the server is starting up"))

    monkeypatch.setattr(Outbox, "_change", away)
    with fussy() as (url, server):
        here = settings_for(tmp_path, url)
        assert post(here, [letter("ann")], now=NOW).sent == ("ann",)
        post(here, [letter("ann")], now=NOW)
    assert times == [1, 1]
    assert server.names == ["ann"]
    assert not Outbox(here.database).entries(["test/ann"])["test/ann"].possibly_twice


def test_a_run_state_at_a_url_needs_a_database_to_share() -> None:
    here = settings({"CANDOUR_HOME": "s3://bucket"})
    with pytest.raises(ConfigurationError, match="Set CANDOUR_DATABASE"):
        State(here.database)
