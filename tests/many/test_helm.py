"""Helm: the values say what every other way to run Candour says, and hold no secret."""

from __future__ import annotations

import base64
import re
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tasks.airflow_settings import shared_environment
from tasks.starting import findings

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy/helm/values.yaml"
CHART, VERSION = "https://airflow.apache.org", "1.22.0"
COMPONENTS = ("apiServer", "scheduler", "dagProcessor", "triggerer")


@pytest.fixture(scope="module")
def values() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def by_the_chart() -> dict[str, str]:
    """What the chart sets from the secrets it is given the names of; made up anew each time."""
    return {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": _connection("airflow"),
        "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "AIRFLOW__API__SECRET_KEY": secrets.token_urlsafe(64),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(64),
        "AIRFLOW__CORE__EXECUTOR": "KubernetesExecutor",
    }


def _connection(database: str) -> str:
    password = secrets.token_urlsafe(24)
    return f"postgresql+psycopg2://candour:{password}@database.invalid/{database}"


@pytest.fixture(scope="module")
def variables(values: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["value"] for one in values["env"]}


def test_pods_are_set_up_as_every_other_machine_is(variables: dict[str, str]) -> None:
    shared = {n: v for n, v in shared_environment().items() if "__CELERY" not in n}
    assert {name: variables.get(name) for name in shared} == shared


def test_every_variable_is_a_text_and_stands_once(values: dict[str, Any]) -> None:
    names = [one["name"] for one in values["env"]] + [one["envName"] for one in values["secret"]]
    assert len(names) == len(set(names))
    assert all(isinstance(one["value"], str) for one in values["env"])


def test_a_production_installation_is_started_with_them(
    values: dict[str, Any], variables: dict[str, str], by_the_chart: dict[str, str]
) -> None:
    by_secret = {one["envName"]: "kept elsewhere" for one in values["secret"]}
    by_secret["CANDOUR_DATABASE"] = _connection("candour")
    environment = by_the_chart | variables | by_secret
    assert [str(one) for one in findings(environment) if one.refuses] == []


def test_an_installation_that_is_not_is_refused(
    variables: dict[str, str], by_the_chart: dict[str, str]
) -> None:
    environment = by_the_chart | variables | {"CANDOUR_DATABASE": "sqlite:///x.db"}
    assert [one for one in findings(environment) if one.refuses]


def test_secrets_are_names_of_secrets_and_never_values(values: dict[str, Any]) -> None:
    text = FILE.read_text("utf-8")
    assert not re.search(r"://[^/\s]*:[^/\s]*@", text)
    assert not re.search(r"(?im)^[^#\n]*(password|passwd|_key|_token)\s*[:=]\s*\S", text)
    for entry in ("fernetKey", "apiSecretKey", "jwtSecret", "extraSecrets"):
        assert entry not in values
    assert set(values["data"]) == {"metadataSecretName"}
    assert all(one["secretName"].startswith("candour-") for one in values["secret"])
    assert values["createUserJob"] == {"enabled": False}


def test_nothing_runs_as_root_or_writes_beyond_its_scratch(values: dict[str, Any]) -> None:
    contexts = values["securityContexts"]
    assert contexts["pod"]["runAsNonRoot"] is True
    assert contexts["pod"]["runAsUser"] == values["uid"] == _user_of_the_image()
    assert contexts["containers"]["readOnlyRootFilesystem"] is True
    assert contexts["containers"]["allowPrivilegeEscalation"] is False
    assert contexts["containers"]["capabilities"] == {"drop": ["ALL"]}
    overridden = [
        name
        for name, part in values.items()
        if isinstance(part, dict) and "securityContexts" in part
    ]
    assert overridden == ["statsd"]


def _user_of_the_image() -> int:
    user = re.search(r"^USER (\d+):0$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert user
    return int(user[1])


def test_every_container_has_a_limit_of_memory(values: dict[str, Any]) -> None:
    sized = [values[name] for name in (*COMPONENTS, "migrateDatabaseJob", "statsd", "cleanup")]
    for one in [*sized, values["databaseCleanup"], values["workers"]["kubernetes"]]:
        assert one["resources"]["limits"]["memory"]
        assert one["resources"]["requests"]["memory"]


def test_nothing_asks_for_a_script_that_only_the_official_image_has(
    values: dict[str, Any],
) -> None:
    for name in ("scheduler", "dagProcessor", "triggerer"):
        assert values[name]["livenessProbe"]["command"][:3] == ["airflow", "jobs", "check"]
        assert values[name]["logGroomerSidecar"] == {"enabled": False}
    assert values["scheduler"]["startupProbe"]["command"][:3] == ["airflow", "jobs", "check"]


def test_after_an_install_there_are_tables_pools_and_roles(values: dict[str, Any]) -> None:
    *_, line = values["migrateDatabaseJob"]["args"]
    commands = [command.split() for command in line.split(" && ")]
    assert commands[0] == ["airflow", "db", "migrate"]
    for python, flag, module in commands[1:]:
        assert (python, flag) == ("python", "-m")
        assert (ROOT / (module.replace(".", "/") + ".py")).exists()
    assert [command[-1] for command in commands[1:]] == [
        "tasks.airflow_pools",
        "tasks.airflow_roles",
    ]


def test_image_paths_and_versions_are_those_of_the_image(
    values: dict[str, Any], variables: dict[str, str]
) -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'version = "{values["defaultAirflowTag"]}"' in project
    assert f'"apache-airflow=={values["airflowVersion"]}"' in project
    workdir = re.search(r"^WORKDIR (\S+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert workdir
    assert variables["AIRFLOW__CORE__DAGS_FOLDER"] == f"{workdir[1]}/dags"
    assert values["fullnameOverride"] in variables["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]


@pytest.mark.gate
def test_the_chart_renders_with_them() -> None:
    if shutil.which("helm") is None:
        pytest.skip("the Helm chart is not rendered, which takes helm and a network")
    done = subprocess.run(
        ["helm", "template", "candour", "airflow", "--repo", CHART, "--version", VERSION,
         "--values", str(FILE)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "looks like" in done.stderr and "not a valid chart repository" in done.stderr:
        pytest.skip("the Helm chart is not rendered: its repository cannot be reached")
    assert done.returncode == 0, done.stderr
    rendered = [one for one in yaml.safe_load_all(done.stdout) if one]
    kinds = {(one["kind"], one["metadata"]["name"]) for one in rendered}
    assert ("Deployment", "candour-api-server") in kinds
    assert ("Service", "candour-api-server") in kinds
    assert not [one for one in rendered if one["kind"] == "Secret" and one.get("data")]
