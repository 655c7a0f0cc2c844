"""Airflow on one machine: the only place that says how it is set up there."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

from candour.errors import ConfigurationError
from tasks.declared import council_ids, outline
from tasks.settings import PROJECT, settings

LOOPBACK = "127.0.0.1"
ADMINISTRATOR = "admin"
SHARED = "deploy/airflow.env"

# A task is a fresh fork: what the scheduler's fork server imported once costs a task nothing.
PRELOADED = ("pandas", "pyarrow", "openpyxl", "jinja2", "great_expectations", "matplotlib")


def home_folder() -> Path:
    """The folder of the run state, which one machine's Airflow has to have.

    Raises:
        ConfigurationError: the run state is kept at a URL.
    """
    home = settings().home
    if "://" in home:
        msg = (
            f"CANDOUR_HOME is {home}, but Airflow on one machine keeps its state in a folder of "
            "this machine. Leave CANDOUR_HOME unset for var/, or set it to a folder."
        )
        raise ConfigurationError(msg)
    return Path(home).resolve()


def shared_environment() -> dict[str, str]:
    """What is set the same wherever Candour runs, from ``deploy/airflow.env``."""
    lines = (PROJECT / SHARED).read_text("utf-8").splitlines()
    written = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in written}


def airflow_environment(home: Path) -> dict[str, str]:
    """The variables that put all of Airflow's state under a folder, whatever was set before.

    Enough for ``dag.test()``; the components of a running Airflow need ``server_environment`` too.
    It has to be in ``os.environ`` before anything imports Airflow.

    Args:
        home: the folder of the run state, which need not exist yet.
    """
    state = home.resolve() / "airflow"
    return shared_environment() | {
        "CANDOUR_HOME": str(home.resolve()),
        "AIRFLOW_HOME": str(state),
        "AIRFLOW_CONFIG": str(state / "airflow.cfg"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(state / "plugins"),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(state / "logs"),
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": str(state / "bundles"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{state / 'airflow.db'}",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__FERNET_KEY": "",
    }


def server_environment(home: Path, port: int, *, on_schedule: bool = False) -> dict[str, str]:
    """The variables that the api-server, the scheduler and the DAG processor share.

    The first call writes the secrets they need into the home folder, readable by its owner only;
    later calls find them there.

    Args:
        home: the folder of the run state.
        port: where the api-server listens, on the loopback only.
        on_schedule: whether DAGs keep their hours, each once it is switched on; otherwise all are
            on and run when somebody presses Trigger.
    """
    kept = home.resolve() / "airflow" / "secrets"
    address = f"http://{LOOPBACK}:{port}"
    return airflow_environment(home) | {
        "AIRFLOW__CORE__FERNET_KEY": _secret(kept / "fernet_key", 32),
        "AIRFLOW__API__SECRET_KEY": _secret(kept / "session_key", 32),
        "AIRFLOW__API_AUTH__JWT_SECRET": _secret(kept / "token_key", 64),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(
            f"{name}:{'admin' if name == ADMINISTRATOR else 'user'}" for name in log_ins(home)
        ),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_passwords(home)),
        "AIRFLOW__API__HOST": LOOPBACK,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": str(on_schedule),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": str(on_schedule),
        # Two cores: four tasks at once.
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__MP_START_METHOD": "forkserver",
        "AIRFLOW__CORE__MP_FORKSERVER_PRELOAD": ",".join(PRELOADED),
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    }


def log_ins(home: Path) -> dict[str, str]:
    """This machine's users and their passwords, each made up the first time it is asked for.

    There is the administrator, and whoever may approve a report of a council.
    """
    kept = home.resolve() / "airflow" / "secrets" / "passwords"
    here = settings()
    approvers = (
        login
        for council in council_ids(here)
        for login in (outline(here, council).get("approval") or {}).get("approvers") or {}
    )
    return {name: _secret(kept / name, 12) for name in dict.fromkeys((ADMINISTRATOR, *approvers))}


def _passwords(home: Path) -> Path:
    """The file of user names and passwords that Airflow's simple log-in reads."""
    file = home.resolve() / "airflow" / "secrets" / "passwords.json"
    _write_for_owner(file, json.dumps(log_ins(home)))
    return file


def _secret(file: Path, size: int) -> str:
    """A secret of so many random bytes, kept in a file; made the first time."""
    if not file.exists():
        _write_for_owner(file, base64.urlsafe_b64encode(secrets.token_bytes(size)).decode())
    return file.read_text("utf-8")


def _write_for_owner(file: Path, text: str) -> None:
    """Write a file that nobody but its owner could read at any moment."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as writing:  # noqa: PTH123
        writing.write(text)
