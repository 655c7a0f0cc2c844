"""Whatever dies in the middle of a run, it ends in the release of an undisturbed one, once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cluster.beside import Beside
from tests.cluster.cluster import WORKERS, Cluster
from tests.cluster.machines import MachineOf
from tests.conftest import LANDED_ON

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(3600)]

BULLETIN, REPORT = "northmere__weekly_bulletin", "weekly_bulletin"


def begun(cluster: Cluster, period: str) -> tuple[str, int]:
    """A bulletin's run, and how many mails had gone before it."""
    return cluster.admin.begun(BULLETIN, period=period), len(cluster.post.taken)


def machine_of(cluster: Cluster, run: str, task: str) -> MachineOf:
    """The worker on which a task runs at this moment."""
    return cluster.machines[cluster.task(run, task)["hostname"]]


def holding(cluster: Cluster, run: str) -> None:
    """Wait until the mail server has let some mails in and holds the next one up."""
    cluster.until(cluster.post.waits.is_set, f"{run} sends mails")


def test_a_worker_dies_while_it_builds(taken_in: Cluster, beside: Beside) -> None:
    run, before = begun(taken_in, "2024-W08")
    died = machine_of(taken_in, run, "build")
    died.kill()
    taken_in.succeeded(run)
    build = taken_in.admin.tasks(run)["build"]
    assert build["try_number"] == 2
    assert build["hostname"] != died.name
    taken_in.start(died.name)
    beside.assert_same(taken_in, beside.made(REPORT, "2024-W08"), before)


def test_a_worker_dies_while_it_sends_mails(taken_in: Cluster, beside: Beside) -> None:
    run, before = begun(taken_in, "2024-W09")
    taken_in.post.hold(after=3)
    holding(taken_in, run)
    died = machine_of(taken_in, run, "deliver")
    died.kill()
    taken_in.post.let_go()
    taken_in.succeeded(run)
    assert taken_in.admin.tasks(run)["deliver"]["try_number"] == 2
    taken_in.start(died.name)
    beside.assert_same(taken_in, beside.made(REPORT, "2024-W09"), before)


def test_the_api_server_and_the_scheduler_die_under_running_tasks(
    taken_in: Cluster, beside: Beside
) -> None:
    run, before = begun(taken_in, "2024-W10")
    taken_in.task(run, "build")
    taken_in.machines["api-server"].kill()
    time.sleep(5)
    taken_in.start("api-server")
    taken_in.post.hold(after=2)
    holding(taken_in, run)
    taken_in.machines["scheduler"].kill()
    taken_in.post.let_go()
    time.sleep(5)
    taken_in.start("scheduler")
    taken_in.succeeded(run)
    beside.assert_same(taken_in, beside.made(REPORT, "2024-W10"), before)


def test_the_database_starts_again_while_a_mail_is_handed_over(
    taken_in: Cluster, beside: Beside
) -> None:
    run, before = begun(taken_in, "2024-W11")
    taken_in.post.hold(after=2, step="data")
    holding(taken_in, run)
    taken_in.postgres.stop("immediate")
    taken_in.post.let_go()
    time.sleep(3)
    taken_in.postgres.start()
    taken_in.succeeded(run, reviving=True)
    beside.assert_same(taken_in, beside.made(REPORT, "2024-W11"), before)


def test_redis_dies_and_has_lost_a_task_that_waited(taken_in: Cluster, beside: Beside) -> None:
    intake = taken_in.admin.begun("stockport__intake", f"{LANDED_ON}T08:00:00Z")
    taken_in.task(intake, "validate", "queued")  # where nobody takes it
    run, before = begun(taken_in, "2024-W12")
    taken_in.task(run, "build")
    taken_in.redis.kill()
    time.sleep(3)
    taken_in.redis.start()
    taken_in.until(taken_in.workers_answer, "the workers are back at Redis")
    taken_in.take_from("nobody")
    taken_in.succeeded(run, reviving=True)
    taken_in.succeeded(intake, reviving=True)
    beside.assert_same(taken_in, beside.made(REPORT, "2024-W12"), before)


def test_one_period_is_run_three_times_at_once(taken_in: Cluster, beside: Beside) -> None:
    run, before = begun(taken_in, "2024-W13")
    another, _ = begun(taken_in, "2024-W13")
    asked = ("northmere", REPORT, "2024-W13")
    with ThreadPoolExecutor() as beside_it:
        command = beside_it.submit(taken_in.candour, "run", *asked, "--no-intake")
        taken_in.succeeded(run)
        taken_in.succeeded(another)
        told = command.result()
    assert told.returncode == 0, told.stdout + told.stderr
    delivered = taken_in.candour("deliver", *asked)
    assert delivered.returncode == 0, delivered.stdout + delivered.stderr
    beside.assert_same(taken_in, beside.made(REPORT, "2024-W13"), before)


@pytest.mark.parametrize(("task", "period"), [("publish", "2024-W14"), ("deliver", "2024-W15")])
def test_a_machine_wakes_long_after_its_task_was_given_to_another(
    taken_in: Cluster, beside: Beside, task: str, period: str
) -> None:
    run, before = begun(taken_in, period)
    if task == "deliver":
        taken_in.post.hold(after=3)
        holding(taken_in, run)
        asleep = machine_of(taken_in, run, task)
        asleep.pause()
        taken_in.post.let_go()
    else:
        taken_in.task(run, "build", "success")
        with taken_in.storage_asleep():
            asleep = machine_of(taken_in, run, task)
            asleep.pause()
    taken_in.succeeded(run)
    ended = taken_in.admin.tasks(run)[task]
    assert (ended["try_number"], ended["hostname"]) == (2, other_than(asleep))
    asleep.wake()
    taken_in.until(lambda: not asleep.runs_a_task(), "the task that woke has ended")
    beside.assert_same(taken_in, beside.made(REPORT, period), before)


def other_than(machine: MachineOf) -> str:
    (other,) = set(WORKERS) - {machine.name}
    return other
