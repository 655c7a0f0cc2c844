"""Booting: every part of a cluster is started, the servers first, and stopped whatever happens."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tasks.airflow_settings import shared_environment
from tasks.settings import PROJECT
from tests.cluster.cluster import APPROVER, SECONDS_TO_BOOT, WORKERS, Cluster
from tests.cluster.machines import MachineOf
from tests.cluster.parts import Postgres, PostOffice, Redis, free_port
from tests.cluster.rest import Rest
from tests.delivery.object_storage import BUCKET, object_storage

POLICY = Path(__file__).parent / "policy"
_SECRET = "only-for-these-tests-" * 4
QUICK = {
    # What takes minutes in production takes seconds here; nothing else differs.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "15",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "2",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "45",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "5",
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "10",
    "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "15",
    # DAG files do not change meanwhile.
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
}


@contextmanager
def cluster_in(root: Path) -> Iterator[Cluster]:
    """A cluster for as long as the block lasts, every part of it healthy."""
    with ExitStack() as stack:
        postgres, redis, post = Postgres(root / "postgres"), Redis(root / "redis"), PostOffice()
        postgres.make()
        stack.callback(postgres.stop)
        redis.start()
        stack.callback(redis.kill)
        post.open()
        stack.callback(post.close)
        storage = stack.enter_context(object_storage(root / "storage"))
        for name, value in storage.items():  # our own look into the bucket needs the same
            stack.enter_context(pytest.MonkeyPatch.context()).setenv(name, value)
        made = _made(root, postgres, redis, post, storage)
        stack.callback(lambda: [machine.kill() for machine in made.machines.values()])
        _migrate(made)
        made.start("api-server")
        for name in ("dag-processor", "scheduler", "triggerer", *WORKERS):
            made.machines[name].start()
        made.until_healthy("dag-processor", "scheduler", "triggerer", *WORKERS)
        made.until(
            lambda: len(made.admin.ask("/api/v2/dags?limit=100")["dags"]) > 8, "DAGs are read"
        )
        yield made


def _made(
    root: Path, postgres: Postgres, redis: Redis, post: PostOffice, storage: dict[str, str]
) -> Cluster:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    passwords = root / "passwords.json"
    passwords.write_text(json.dumps({"admin": "admin", APPROVER: APPROVER}))
    environment = {
        **shared_environment(),
        **QUICK,
        **storage,
        "CANDOUR_HOME": f"s3://{BUCKET}",
        "CANDOUR_DATABASE": postgres.url("candour"),
        "CANDOUR_SMTP": post.url,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(POLICY), os.environ.get("PYTHONPATH")])),
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__HOSTNAME_CALLABLE": "socket.gethostname",
        "AIRFLOW__CORE__FERNET_KEY": "",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"admin:admin,{APPROVER}:user",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__SECRET_KEY": _SECRET,
        "AIRFLOW__API_AUTH__JWT_SECRET": _SECRET,
        "AIRFLOW__CELERY__BROKER_URL": redis.url,
        "AIRFLOW__CELERY__RESULT_BACKEND": f"db+{postgres.url('airflow')}",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": postgres.url("airflow"),
        "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False",
    }
    users = (Rest(address, name, name) for name in ("admin", APPROVER))
    made = Cluster(root, environment, postgres, redis, post, *users)
    commands = {
        "api-server": ("api-server",),
        "dag-processor": ("dag-processor",),
        "scheduler": ("scheduler", "--skip-serve-logs"),
        "triggerer": ("triggerer", "--skip-serve-logs"),
    } | {
        name: ("celery", "worker", "-H", f"{name}@%h", "-q", f"{name},any", "--skip-serve-logs")
        for name in WORKERS
    }
    for name, command in commands.items():
        made.machines[name] = MachineOf(name, command, root, environment)
    return made


def _migrate(made: Cluster) -> None:
    machine = MachineOf("migration", ("db", "migrate"), made.root, made.environment)
    machine.start()
    assert machine.process is not None
    if machine.process.wait(SECONDS_TO_BOOT):
        pytest.fail(machine.last_words(60))
