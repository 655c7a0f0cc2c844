"""The containers of a council's server publish, default and are allowed as little as can be."""

import base64
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tasks.airflow_settings import server_environment, shared_environment

SECRET = re.compile(
    r"PASSWORD|SECRET|FERNET|SQL_ALCHEMY_CONN|CANDOUR_DATABASE|ACCESS_KEY|BROKER_URL"
)
JOBS = {"backup-database", "restore-database", "backup-state", "restore-state", "tidy"}
ONE_SHOT = {"init", *JOBS}
OTHERS = {"database", "mail", "queue", "object-store", "backup-database", "restore-database"}
"""What is not Airflow, nor runs its image."""
PROFILES = {"celery": {"queue", "worker"}, "s3": {"object-store"}, "jobs": JOBS}


@pytest.fixture(scope="module")
def compose(project: Path) -> dict:
    return yaml.safe_load((project / "docker-compose.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def services(compose: dict) -> dict[str, dict]:
    return compose["services"]


@pytest.fixture(scope="module")
def airflow(services: dict[str, dict]) -> dict[str, str]:
    return services["scheduler"]["environment"]


def test_every_component_of_airflow_has_its_container(services: dict[str, dict]) -> None:
    always = {"database", "mail", "init", "api-server", "scheduler", "dag-processor", "triggerer"}
    assert {name for name, service in services.items() if "profiles" not in service} == always
    for profile, members in PROFILES.items():
        assert members == {
            name for name, service in services.items() if service.get("profiles") == [profile]
        }


def test_every_published_port_is_on_the_loopback_and_can_be_changed(
    services: dict[str, dict],
) -> None:
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    for port in published:
        assert re.fullmatch(r"127\.0\.0\.1:\$\{CANDOUR_\w+:-\d+\}:\d+", port)


def test_what_holds_something_is_on_a_network_with_no_way_out(compose: dict) -> None:
    assert compose["networks"]["inside"]["internal"] is True
    for name in ("database", "queue", "object-store", "backup-database", "restore-database"):
        assert compose["services"][name]["networks"] == ["inside"]
        assert "ports" not in compose["services"][name]


def test_every_secret_is_asked_for_and_none_has_a_default(services: dict[str, dict]) -> None:
    secrets = [
        value
        for service in services.values()
        for name, value in service.get("environment", {}).items()
        if SECRET.search(name)
    ]
    assert secrets
    for value in secrets:
        assert re.search(r"\$\{CANDOUR_\w+:\?\w[^}]+\}", value), value


def test_every_container_gives_up_its_privileges(services: dict[str, dict]) -> None:
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service["read_only"] is True, name
        assert not service.keys() & {"privileged", "cap_add", "network_mode", "pid"}, name


def test_nothing_runs_as_root(services: dict[str, dict], project: Path) -> None:
    for name in services.keys() - OTHERS:
        assert services[name]["user"] == "50000:0", name
    assert {name: services[name]["user"] for name in OTHERS} == {
        "database": "postgres",
        "backup-database": "postgres",
        "restore-database": "postgres",
        "mail": "node",
        "queue": "valkey",
        "object-store": "50000:0",
    }
    assert "USER 50000:0" in (project / "Dockerfile").read_text("utf-8")


def test_every_container_is_bounded(services: dict[str, dict]) -> None:
    for name, service in services.items():
        assert service["mem_limit"], name
        assert service["pids_limit"], name
        assert service["logging"]["options"]["max-size"], name


def test_what_runs_for_long_is_watched_and_restarted(services: dict[str, dict]) -> None:
    for name in services.keys() - ONE_SHOT:
        assert services[name]["restart"] == "unless-stopped", name
        assert services[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name
        assert services[name]["healthcheck"]["interval"] in {"5s", "10s", "15s", "30s"}, name
    for name in ONE_SHOT:
        assert services[name]["restart"] == "no", name


def test_nothing_asks_the_api_server_before_it_answers(services: dict[str, dict]) -> None:
    for name in ("scheduler", "dag-processor", "triggerer", "worker"):
        assert services[name]["depends_on"] == {"api-server": {"condition": "service_healthy"}}


def test_council_folders_and_exports_cannot_be_written(services: dict[str, dict]) -> None:
    mounts = services["scheduler"]["volumes"]
    assert [mount for mount in mounts if "/opt/candour" in mount]
    for mount in mounts:
        assert mount.endswith(":ro") or mount in {
            "state:/var/lib/candour",
            "logs:/var/log/candour",
        }


def test_every_image_has_a_version_and_airflow_is_built_once(services: dict[str, dict]) -> None:
    built = {name for name, service in services.items() if "build" in service}
    assert built == {"init", "object-store"}
    for service in services.values():
        assert re.fullmatch(r"[\w./-]+:[\w.-]*\d[\w.-]*", service["image"])


def test_the_run_state_is_in_postgresql_and_its_own_database(airflow: dict[str, str]) -> None:
    assert airflow["CANDOUR_DATABASE"].startswith("postgresql+psycopg2://")
    assert airflow["CANDOUR_DATABASE"].endswith("@database/candour")
    assert airflow["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].endswith("@database/airflow")


def test_a_bucket_s_keys_are_given_only_where_there_is_a_bucket(airflow: dict[str, str]) -> None:
    for name in ("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        assert airflow[name].startswith("${CANDOUR_HOME:+${CANDOUR_S3_")


def test_users_log_in_for_real(airflow: dict[str, str]) -> None:
    assert airflow["AIRFLOW__CORE__AUTH_MANAGER"] == "tasks.airflow_log_ins.CouncilLogIns"
    assert airflow["CANDOUR_PROFILE"] == "${CANDOUR_PROFILE:-production}"
    assert airflow["AIRFLOW__CORE__TEST_CONNECTION"] == "Disabled"
    assert airflow["AIRFLOW__API__EXPOSE_CONFIG"] == "False"


def test_a_server_is_tuned_as_one_machine_is(
    services: dict[str, dict], airflow: dict[str, str], tmp_path: Path
) -> None:
    for name in services.keys() - OTHERS:
        assert services[name]["env_file"] == ["deploy/airflow.env"], name
    assert not airflow.keys() & shared_environment().keys()
    one_machine = server_environment(tmp_path, 8080)
    assert shared_environment().items() <= one_machine.items()
    tuned = ("PARALLELISM", "MP_START_METHOD", "MP_FORKSERVER_PRELOAD")
    for name in (f"AIRFLOW__CORE__{setting}" for setting in tuned):
        assert re.sub(r"^\$\{\w+:-(.+)\}$", r"\1", airflow[name]) == one_machine[name]


def test_only_what_forks_tasks_itself_imports_their_libraries_first(
    services: dict[str, dict],
) -> None:
    for name in services.keys() - OTHERS - {"scheduler"}:
        assert "AIRFLOW__CORE__MP_FORKSERVER_PRELOAD" not in services[name]["environment"], name


def test_the_example_names_every_variable_and_gives_no_secret(project: Path, compose: dict) -> None:
    example = (project / ".env.example").read_text("utf-8")
    asked = set(re.findall(r"\$\{(\w+)[:-]", (project / "docker-compose.yml").read_text("utf-8")))
    told = set(re.findall(r"^#?(C\w+)=", example, re.MULTILINE))
    assert asked | {"COMPOSE_PROFILES"} == told
    assert not re.findall(r"^CANDOUR_\w+=.+", example, re.MULTILINE)


def test_the_image_holds_what_was_locked_and_no_secret(project: Path) -> None:
    dockerfile = (project / "Dockerfile").read_text("utf-8")
    assert "FROM python:3.11-slim" in dockerfile
    assert "--require-hashes -r requirements.lock" in dockerfile
    ignored = (project / ".dockerignore").read_text("utf-8").splitlines()
    assert {".env", ".git", ".venv", "var"} <= set(ignored)


def test_a_new_env_fills_in_every_secret_and_the_server_takes_them(project: Path) -> None:
    made = subprocess.run(
        [project / "deploy/compose/new-env", "jane.doe"], capture_output=True, text=True, check=True
    ).stdout
    given = dict(re.findall(r"^(CANDOUR_\w+)=(.*)$", made, re.MULTILINE))
    assert given.pop("CANDOUR_ADMIN_NAME") == "jane.doe"
    assert len(base64.urlsafe_b64decode(given.pop("CANDOUR_FERNET_KEY"))) == 32
    assert min(map(len, given.values())) >= 20
    assert len(set(given.values())) == len(given) == 7
    assert made.count("\n") == (project / ".env.example").read_text("utf-8").count("\n")


@pytest.fixture(scope="module")
def docker_compose() -> None:
    """Docker Compose v2, which reads a file without any engine."""
    try:
        subprocess.run(["docker", "compose", "version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("docker compose is not installed")


def _docker_compose(project: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "DOCKER_CONFIG") if name in os.environ}
    return subprocess.run(
        ["docker", "compose", "--env-file", os.devnull, "--profile", "*", "config", "--quiet"],
        cwd=project,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.gate
@pytest.mark.usefixtures("docker_compose")
def test_docker_compose_accepts_the_file(project: Path) -> None:
    example = (project / ".env.example").read_text("utf-8")
    filled = dict.fromkeys(re.findall(r"^(CANDOUR_\w+)=$", example, re.MULTILINE), "x" * 64)
    assert _docker_compose(project, filled).stderr == ""


@pytest.mark.gate
@pytest.mark.usefixtures("docker_compose")
def test_docker_compose_refuses_to_start_without_a_secret(project: Path) -> None:
    refusal = _docker_compose(project, {})
    assert refusal.returncode != 0
    assert ".env" in refusal.stderr
