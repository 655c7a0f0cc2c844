"""The start-up check: each setting for trying out is refused in production, alone and by name."""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.airflow_settings import airflow_environment, server_environment
from tasks.starting import findings, refused, told

ROOT = Path(__file__).parents[2]
LOG_INS = "tasks.airflow_log_ins.CouncilLogIns"


def _word(size: int) -> str:
    return secrets.token_urlsafe(size)


def _database(name: str) -> str:
    return f"postgresql+psycopg2://candour:{_word(24)}@database/{name}"


@pytest.fixture
def right(tmp_path: Path) -> dict[str, str]:
    """Variables of a production installation in which nothing is wrong."""
    (tmp_path / "councils").mkdir()
    (tmp_path / "var").mkdir(mode=0o700)
    return {
        "CANDOUR_PROFILE": "production",
        "CANDOUR_PROJECT": str(tmp_path),
        "CANDOUR_HOME": str(tmp_path / "var"),
        "CANDOUR_DATABASE": _database("candour"),
        "CANDOUR_SMTP": "smtp+starttls://mail.council.example:587",
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__AUTH_MANAGER": LOG_INS,
        "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "AIRFLOW__API__SECRET_KEY": _word(32),
        "AIRFLOW__API_AUTH__JWT_SECRET": _word(64),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": _database("airflow"),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__API__BASE_URL": "https://reports.council.example",
    }


CELERY = {"AIRFLOW__CORE__EXECUTOR": "CeleryExecutor"}
WRONG: tuple[tuple[str, dict[str, str | None], str], ...] = (
    ("simple log-ins", {"AIRFLOW__CORE__AUTH_MANAGER": "x.SimpleAuthManager"}, "SimpleAuthManager"),
    ("no log-ins chosen", {"AIRFLOW__CORE__AUTH_MANAGER": None}, "SimpleAuthManager"),
    ("anybody let in", {"AIRFLOW__FAB__AUTH_ROLE_PUBLIC": "Viewer"}, "AUTH_ROLE_PUBLIC"),
    ("no Fernet key", {"AIRFLOW__CORE__FERNET_KEY": ""}, "FERNET_KEY"),
    ("a Fernet key unset", {"AIRFLOW__CORE__FERNET_KEY": None}, "FERNET_KEY"),
    ("a word for a Fernet key", {"AIRFLOW__CORE__FERNET_KEY": "letmein"}, "32 bytes"),
    ("a Fernet key of one letter", {
        "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(b"a" * 32).decode()}, "not random"),
    ("an old Fernet key that is no secret", {
        "AIRFLOW__CORE__FERNET_KEY": ",".join(
            base64.urlsafe_b64encode(raw).decode() for raw in (bytes(range(32)), bytes(32))
        )}, "not random"),
    ("no session key", {"AIRFLOW__API__SECRET_KEY": None}, "API__SECRET_KEY"),
    ("Airflow's own session key", {"AIRFLOW__API__SECRET_KEY": "temporary_key"}, "SECRET_KEY"),
    ("a token key too short", {"AIRFLOW__API_AUTH__JWT_SECRET": _word(24)}, "JWT_SECRET"),
    ("a token key of one word", {"AIRFLOW__API_AUTH__JWT_SECRET": "secret" * 20}, "JWT_SECRET"),
    ("one key for two purposes", {
        "AIRFLOW__API__SECRET_KEY": "x" + "0123456789abcdefgh" * 5,
        "AIRFLOW__API_AUTH__JWT_SECRET": "x" + "0123456789abcdefgh" * 5}, "are the same"),
    ("Airflow on SQLite", {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "sqlite:////var/airflow.db"}, "SQL_ALCHEMY_CONN"),
    ("Airflow on nothing", {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": None}, "SQL_ALCHEMY_CONN"),
    ("run state on SQLite", {"CANDOUR_DATABASE": None}, "CANDOUR_DATABASE"),
    ("a database without a password", {
        "CANDOUR_DATABASE": "postgresql://candour@database/candour"}, "no password"),
    ("a database's usual password", {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "postgresql://airflow:airflow@database/airflow"},
        "could be guessed"),
    ("a broker without a password", CELERY | {
        "AIRFLOW__CELERY__BROKER_URL": "redis://redis:6379/0"}, "BROKER_URL"),
    ("results under a usual password", CELERY | {
        "AIRFLOW__CELERY__RESULT_BACKEND": "db+postgresql://a:postgres2024@database/airflow"},
        "RESULT_BACKEND"),
    ("one task at a time", {"AIRFLOW__CORE__EXECUTOR": "SequentialExecutor"}, "one task"),
    ("examples", {"AIRFLOW__CORE__LOAD_EXAMPLES": "True"}, "example DAGs"),
    ("examples by default", {"AIRFLOW__CORE__LOAD_EXAMPLES": None}, "example DAGs"),
    ("Airflow's tests", {"AIRFLOW__CORE__UNIT_TEST_MODE": "True"}, "UNIT_TEST_MODE"),
    ("a shown configuration", {"AIRFLOW__API__EXPOSE_CONFIG": "non-sensitive-only"}, "EXPOSE"),
    ("tested connections", {"AIRFLOW__CORE__TEST_CONNECTION": "Enabled"}, "TEST_CONNECTION"),
    ("shown passwords", {"AIRFLOW__CORE__HIDE_SENSITIVE_VAR_CONN_FIELDS": "False"}, "HIDE"),
    ("an open address", {"AIRFLOW__API__BASE_URL": "http://reports.council.example"}, "encrypted"),
    ("talkative libraries", {"AIRFLOW__LOGGING__LOGGING_LEVEL": "DEBUG"}, "LOGGING_LEVEL"),
    ("redirected mail", {"CANDOUR_MAIL_REDIRECT": "me@council.example"}, "MAIL_REDIRECT"),
    ("mail kept back", {"CANDOUR_MAIL_DRY_RUN": "1"}, "MAIL_DRY_RUN"),
    ("another way to approve", {"CANDOUR_APPROVAL": "nobody"}, "CANDOUR_APPROVAL"),
    ("an administrator's password", {"CANDOUR_ADMIN_PASSWORD": "airflow123456789"}, "ADMIN_PASSW"),
    ("a password too short", {"CANDOUR_DATABASE_PASSWORD": "xK3-pQ9_z"}, "DATABASE_PASSWORD"),
)  # fmt: skip
WARNED: tuple[tuple[str, dict[str, str | None], str], ...] = (
    ("a mail catcher", {"CANDOUR_SMTP": "smtp://mail:1025"}, "mail catcher"),
    ("mail in the clear", {"CANDOUR_SMTP": "smtp://mail.council.example:25"}, "unencrypted"),
    ("approval by command", {"CANDOUR_APPROVAL": "command"}, "under the name they type"),
    ("pods and a folder", {"AIRFLOW__CORE__EXECUTOR": "KubernetesExecutor"}, "pods share none"),
)


def _with(right: dict[str, str], changes: dict[str, str | None]) -> dict[str, str]:
    changed = right | {name: value for name, value in changes.items() if value is not None}
    return {name: changed[name] for name in changed if changes.get(name, "") is not None}


def test_a_production_installation_set_up_right_starts(right: dict[str, str]) -> None:
    assert findings(right) == ()


@pytest.mark.parametrize(
    ("changes", "words"), [one[1:] for one in WRONG], ids=[x[0] for x in WRONG]
)
def test_a_setting_for_trying_out_is_refused(
    right: dict[str, str], changes: dict[str, str | None], words: str
) -> None:
    found = findings(_with(right, changes))
    assert [words in one.sentence for one in found] == [True]
    assert refused(found)


@pytest.mark.parametrize(
    ("changes", "words"), [one[1:] for one in WARNED], ids=[x[0] for x in WARNED]
)
def test_what_may_be_meant_is_told_and_let_through(
    right: dict[str, str], changes: dict[str, str | None], words: str
) -> None:
    found = findings(_with(right, changes))
    assert [words in one.sentence for one in found] == [True]
    assert not refused(found)


def test_a_state_folder_everybody_may_read_is_refused(right: dict[str, str]) -> None:
    Path(right["CANDOUR_HOME"]).chmod(0o755)
    assert ["chmod o-rwx" in one.sentence for one in findings(right)] == [True]


def test_the_demonstration_is_told_of(right: dict[str, str]) -> None:
    found = findings(right | {"CANDOUR_PROJECT": str(ROOT), "CANDOUR_HOME": right["CANDOUR_HOME"]})
    assert ["'northmere' is fictional" in one.sentence for one in found] == [True]
    assert not refused(found)


def test_all_is_told_at_once_and_no_secret_with_it(right: dict[str, str]) -> None:
    canary = "airflow-airflow-2024"
    wrong = right | {
        "AIRFLOW__CORE__FERNET_KEY": canary, "AIRFLOW__API__SECRET_KEY": canary,
        "CANDOUR_DATABASE": f"postgresql://candour:{canary}@database/candour",
        "CANDOUR_ADMIN_PASSWORD": canary,
    }  # fmt: skip
    said = told(findings(wrong))
    assert len(said.splitlines()) == 6
    assert canary not in said


def test_development_refuses_nothing(right: dict[str, str]) -> None:
    assert findings({"CANDOUR_HOME": right["CANDOUR_HOME"]}) == ()
    assert (
        findings(_with(right, {"CANDOUR_PROFILE": "development", "CANDOUR_DATABASE": None})) == ()
    )


def test_what_airflow_reads_from_its_file_counts(right: dict[str, str]) -> None:
    home = Path(right["AIRFLOW_HOME"])
    home.mkdir()
    (home / "airflow.cfg").write_text("[core]\nload_examples = True\ntest_connection = Enabled\n")
    found = findings(_with(right, {"AIRFLOW__CORE__LOAD_EXAMPLES": None}))
    assert len(found) == 2


def test_a_secret_that_a_command_gives_is_not_missed(right: dict[str, str]) -> None:
    given = _with(right, {"AIRFLOW__CORE__FERNET_KEY": None})
    assert findings(given | {"AIRFLOW__CORE__FERNET_KEY_CMD": "cat /run/secrets/fernet"}) == ()


def test_what_the_launcher_sets_up_would_not_start_in_production(tmp_path: Path) -> None:
    set_up = server_environment(tmp_path, 8080) | {"CANDOUR_PROFILE": "production"}
    said = told(findings(set_up))
    assert "SimpleAuthManager" in said
    assert "SQLite" in said


def _run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=os.environ | environment,
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


def test_the_command_says_why_and_ends_with_2(right: dict[str, str]) -> None:
    assert _run(["-m", "tasks.starting"], right).returncode == 0
    done = _run(["-m", "tasks.starting"], right | {"CANDOUR_MAIL_DRY_RUN": "1"})
    assert done.returncode == 2
    assert "CANDOUR_MAIL_DRY_RUN" in done.stderr
    assert _run(["-m", "tasks.starting"], right | {"CANDOUR_PROFILE": "live"}).returncode == 2


def test_airflow_itself_does_not_start_with_them(tmp_path: Path) -> None:
    """Whatever a component is started with: the plug-in ends it when it is loaded."""
    environment = airflow_environment(tmp_path) | {"CANDOUR_PROFILE": "production"}
    load = "from airflow import plugins_manager as p; p.ensure_plugins_loaded(); print('STARTED')"
    done = _run(["-c", load], environment)
    assert done.returncode == 2, done.stderr
    assert "STARTED" not in done.stdout
    assert "Candour does not start" in done.stderr
    there = _run(["-c", load], environment | {"CANDOUR_PROFILE": "development"})
    assert "STARTED" in there.stdout, there.stderr
