"""What is set wherever Candour runs is said once, and is no secret, address or path."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tasks.airflow_settings import PRELOADED, airflow_environment, shared_environment


def test_every_setting_is_one_that_airflow_knows() -> None:
    root = Path(__file__).parents[2]
    known = shared_environment()
    assert known
    for name, value in known.items():
        assert re.fullmatch(r"AIRFLOW__[A-Z_]+__[A-Z_]+|GX_ANALYTICS_ENABLED", name), name
        assert not re.search(r"://|^/|password|secret", value), name
        assert str(root) not in value


def test_one_machine_is_set_up_by_it_too(tmp_path: Path) -> None:
    assert airflow_environment(tmp_path).items() >= shared_environment().items()


def test_a_worker_imports_once_what_a_fork_server_does() -> None:
    told = json.loads(shared_environment()["AIRFLOW__CELERY__EXTRA_CELERY_CONFIG"])
    assert tuple(told["imports"]) == PRELOADED


def test_no_task_may_take_as_long_as_a_message_waits_for_its_end() -> None:
    from tasks.airflow_runs import DEFAULTS  # noqa: PLC0415  - Airflow's import takes seconds

    wait = int(shared_environment()["AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT"])
    assert wait >= 2 * DEFAULTS["execution_timeout"].total_seconds()  # type: ignore[attr-defined]
