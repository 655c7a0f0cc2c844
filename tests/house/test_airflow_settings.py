"""Airflow keeps everything under one folder, whatever the machine had set before."""

import json
import stat
from pathlib import Path

import pytest

from candour.errors import ConfigurationError
from tasks.airflow_settings import (
    airflow_environment,
    home_folder,
    log_ins,
    server_environment,
)
from tasks.settings import PROJECT


def test_everything_airflow_writes_is_under_the_home_folder(tmp_path: Path) -> None:
    environment = airflow_environment(tmp_path / "var")
    paths = {name: value for name, value in environment.items() if value.startswith("/")}
    outside = {name for name, path in paths.items() if not path.startswith(str(tmp_path / "var"))}
    assert outside == {"AIRFLOW__CORE__DAGS_FOLDER"}
    database = environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    assert database.startswith(f"sqlite:///{tmp_path / 'var'}/")


def test_asking_for_the_settings_of_a_single_run_writes_nothing(tmp_path: Path) -> None:
    airflow_environment(tmp_path / "var")
    assert not (tmp_path / "var").exists()


def test_the_dags_are_the_projects_own_and_no_examples(tmp_path: Path) -> None:
    environment = airflow_environment(tmp_path)
    assert environment["AIRFLOW__CORE__DAGS_FOLDER"] == str(PROJECT / "dags")
    assert environment["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"
    assert environment["AIRFLOW__CORE__DEFAULT_TIMEZONE"] == "Europe/London"


def test_candour_home_says_where_the_run_state_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_HOME", str(tmp_path))
    assert home_folder() == tmp_path
    monkeypatch.delenv("CANDOUR_HOME")
    assert home_folder() == PROJECT / "var"


def test_a_home_that_is_no_folder_of_this_machine_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_HOME", "s3://complaints")
    with pytest.raises(ConfigurationError, match=r"s3://complaints, but .* folder"):
        home_folder()


def test_a_relative_home_folder_means_the_same_in_every_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert airflow_environment(Path("var"))["AIRFLOW_HOME"] == str(tmp_path / "var" / "airflow")


def test_a_server_listens_on_the_loopback_only_and_is_found_there(tmp_path: Path) -> None:
    environment = server_environment(tmp_path, 8123)
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__API__BASE_URL"] == "http://127.0.0.1:8123"
    found = environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]
    assert found == "http://127.0.0.1:8123/execution/"


@pytest.mark.parametrize("on_schedule", [False, True])
def test_a_dag_that_keeps_its_hours_starts_paused_and_one_that_waits_for_a_person_does_not(
    on_schedule: bool, tmp_path: Path
) -> None:
    environment = server_environment(tmp_path, 8080, on_schedule=on_schedule)
    assert environment["AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE"] == str(on_schedule)
    assert environment["AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION"] == str(on_schedule)


def test_secrets_are_made_once_and_are_each_their_own(tmp_path: Path) -> None:
    names = (
        "AIRFLOW__CORE__FERNET_KEY",
        "AIRFLOW__API__SECRET_KEY",
        "AIRFLOW__API_AUTH__JWT_SECRET",
    )
    first, second = (server_environment(tmp_path, 8080) for _ in range(2))
    other = server_environment(tmp_path / "other", 8080)
    for name in names:
        assert first[name] == second[name] != other[name]
    assert len({first[name] for name in names}) == len(names)
    assert len(first["AIRFLOW__API_AUTH__JWT_SECRET"].encode()) >= 64


def test_only_their_owner_can_read_the_secrets(tmp_path: Path) -> None:
    server_environment(tmp_path, 8080)
    folder = tmp_path / "airflow" / "secrets"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > len(log_ins(tmp_path))
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for inside in {folder, *(file.parent for file in files)}:
        assert stat.S_IMODE(inside.stat().st_mode) == 0o700


def test_the_password_that_is_printed_is_the_one_airflow_reads(tmp_path: Path) -> None:
    file = server_environment(tmp_path, 8080)["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]
    assert json.loads(Path(file).read_text()) == log_ins(tmp_path)
