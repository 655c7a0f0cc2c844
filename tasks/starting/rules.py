"""Rules: the settings that are right for trying out and wrong for readers who depend on it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks import declared
from tasks.settings import Profile, settings
from tasks.starting.findings import Finding
from tasks.starting.options import Options
from tasks.starting.secrecy import fernet_problem, is_guessable, password_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tasks.settings import Settings

PASSWORD, SESSION_KEY, TOKEN_KEY = 16, 32, 64
"""The least characters of each."""
_SIGNING = (
    ("api", "secret_key", SESSION_KEY, "signs the sessions of the pages"),
    ("api_auth", "jwt_secret", TOKEN_KEY, "signs what components tell each other"),
)
_MAKE_ONE = "Make one as .env.example says."
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_CATCHERS = re.compile(r"^(mail|maildev|mailhog|mailpit|mailcatcher|smtp4dev)$")
_CATCHER_PORTS = {1025, 2525}
_FOR_TRYING = ("SequentialExecutor", "DebugExecutor")


def findings(environment: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """What a production installation should not have; nothing in any other profile.

    Args:
        environment: the variables to judge; left out, those of this process.

    Raises:
        ConfigurationError: ``CANDOUR_PROFILE`` is neither production nor development.
    """
    given = os.environ if environment is None else environment
    here = settings(given)
    if here.profile is not Profile.PRODUCTION:
        return ()
    options = Options(given)
    return (
        *_log_ins(options),
        *_keys(options),
        *_databases(here, options),
        *_pages(options),
        *_running(here, options),
        *_mail(here),
        *_own(here),
        *_passwords(given),
    )


def _log_ins(options: Options) -> Iterator[Finding]:
    manager = options.text("core", "auth_manager", "SimpleAuthManager")
    if manager.endswith("SimpleAuthManager"):
        yield Finding(
            "log-ins are Airflow's SimpleAuthManager, which keeps passwords in plain text. Set "
            "AIRFLOW__CORE__AUTH_MANAGER to tasks.airflow_log_ins.CouncilLogIns."
        )
    if options.text("fab", "auth_role_public"):
        yield Finding("AIRFLOW__FAB__AUTH_ROLE_PUBLIC lets anybody in without a log-in. Remove it.")


def _keys(options: Options) -> Iterator[Finding]:
    fernet = options.get("core", "fernet_key")
    wrong = fernet_problem(fernet.value) if fernet.value else "is empty"
    if wrong and not fernet.kept_elsewhere:
        yield Finding(
            f"AIRFLOW__CORE__FERNET_KEY, which encrypts stored connections, {wrong}. {_MAKE_ONE}"
        )
    known = [fernet.value]
    for section, option, least, purpose in _SIGNING:
        found = options.get(section, option)
        known.append(found.value)
        if option == "jwt_secret" and options.text("api_auth", "jwt_private_key_path"):
            continue
        if not found.kept_elsewhere and is_guessable(found.value or "", least):
            yield Finding(
                f"{_variable(section, option)}, which {purpose}, is missing, could be guessed or "
                f"is shorter than {least} characters. {_MAKE_ONE}"
            )
    given = [value for value in known if value]
    if len(set(given)) < len(given):
        yield Finding("two of the three keys are the same. Make one for each purpose.")


def _databases(here: Settings, options: Options) -> Iterator[Finding]:
    metadata = options.get("database", "sql_alchemy_conn")
    for name, url, holds, elsewhere in (
        ("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", metadata.value, "Airflow's own records",
         metadata.kept_elsewhere),
        ("CANDOUR_DATABASE", here.database, "what landed, was approved, released and sent", False),
    ):  # fmt: skip
        if elsewhere:
            continue
        if not url or url.startswith("sqlite"):
            yield Finding(
                f"{name}, {holds}, is SQLite, which one process at a time can write. Set it to a "
                "PostgreSQL database."
            )
        elif wrong := password_problem(url, PASSWORD):
            yield Finding(f"{name} {wrong}.")
    for section, option in (("celery", "broker_url"), ("celery", "result_backend")):
        url = options.text(section, option)
        if "Celery" in _executor(options) and url and (wrong := password_problem(url, PASSWORD)):
            yield Finding(f"{_variable(section, option)} {wrong}.")


def _pages(options: Options) -> Iterator[Finding]:
    base = options.text("api", "base_url")
    parts = urlsplit(base)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        yield Finding(
            f"AIRFLOW__API__BASE_URL is {parts.scheme}://{parts.hostname}: log-ins would cross a "
            "network unencrypted. Put a proxy with a certificate before it, and set its https "
            "address."
        )
    if options.is_on("api", "expose_config"):
        yield Finding(
            "AIRFLOW__API__EXPOSE_CONFIG shows the configuration on a page. Set it to False."
        )
    if options.text("core", "test_connection", "Disabled").casefold() == "enabled":
        yield Finding(
            "AIRFLOW__CORE__TEST_CONNECTION lets a page open connections to any address. Set it to "
            "Disabled."
        )
    if not options.is_on("core", "hide_sensitive_var_conn_fields", otherwise=True):
        yield Finding(
            "AIRFLOW__CORE__HIDE_SENSITIVE_VAR_CONN_FIELDS is off, so that pages and logs would "
            "show passwords. Remove it."
        )


def _running(here: Settings, options: Options) -> Iterator[Finding]:
    if options.is_on("core", "load_examples", otherwise=True):
        yield Finding(
            "Airflow's example DAGs would be loaded. Set AIRFLOW__CORE__LOAD_EXAMPLES to False."
        )
    executor = _executor(options)
    if any(executor.endswith(name) for name in _FOR_TRYING):
        yield Finding(
            f"AIRFLOW__CORE__EXECUTOR is {executor}, which runs one task at a time. Set it to "
            "LocalExecutor, or to CeleryExecutor or KubernetesExecutor for several machines."
        )
    if options.is_on("core", "unit_test_mode"):
        yield Finding("AIRFLOW__CORE__UNIT_TEST_MODE is on. Remove it.")
    if "Kubernetes" in executor and "://" not in here.home:
        yield Finding(
            "CANDOUR_HOME is a folder, and pods share none unless a volume for many writers is "
            "mounted there. Set it to an s3:// address if there is no such volume.",
            refuses=False,
        )
    if options.text("logging", "logging_level", "INFO").upper() == "DEBUG":
        yield Finding(
            "AIRFLOW__LOGGING__LOGGING_LEVEL is DEBUG, and libraries then log more than Candour "
            "answers for. Set it to INFO."
        )


def _variable(section: str, option: str) -> str:
    return f"AIRFLOW__{section}__{option}".upper()


def _executor(options: Options) -> str:
    return options.text("core", "executor", "LocalExecutor")


def _mail(here: Settings) -> Iterator[Finding]:
    if here.mail_redirect:
        yield Finding(
            "CANDOUR_MAIL_REDIRECT sends every mail to one address and none to its reader. "
            "Remove it."
        )
    if here.mail_dry_run:
        yield Finding("CANDOUR_MAIL_DRY_RUN keeps every mail back. Remove it.")
    server = urlsplit(here.smtp)
    port = re.search(r":(\d+)$", server.netloc)
    caught = port is not None and int(port[1]) in _CATCHER_PORTS
    if here.smtp and (caught or _CATCHERS.match(server.hostname or "")):
        yield Finding(
            "every mail stays in the mail catcher and reaches nobody, until CANDOUR_SMTP names the "
            "council's mail server.",
            refuses=False,
        )
    elif here.smtp and server.scheme == "smtp" and server.hostname not in _LOOPBACK:
        yield Finding(
            "CANDOUR_SMTP sends mail over the network unencrypted. Write smtp+starttls:// or "
            "smtps:// if the mail server can.",
            refuses=False,
        )


def _own(here: Settings) -> Iterator[Finding]:
    if here.approval not in {"page", "command"}:
        yield Finding(
            f"CANDOUR_APPROVAL is '{here.approval}'. Set it to page or command, or remove it."
        )
    if here.approval == "command":
        yield Finding(
            "drafts are approved by command: whoever may run it approves under the name they type. "
            "Remove CANDOUR_APPROVAL to have Airflow's log-ins decide.",
            refuses=False,
        )
    if "://" not in here.home and _is_open(Path(here.home)):
        yield Finding(
            "every user of this machine may look into CANDOUR_HOME, which holds exports with "
            "personal data. Take others' rights away: chmod o-rwx on the folder."
        )
    for council in declared.council_ids(here):
        if declared.outline(here, council).get("kind") == "fictional":
            yield Finding(
                f"the council '{council}' is fictional, the demonstration. Take its folder out "
                "when your own is there.",
                refuses=False,
            )


def _is_open(folder: Path) -> bool:
    try:
        return bool(folder.stat().st_mode & stat.S_IRWXO)
    except OSError:
        return False


def _passwords(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Passwords that are handed over in variables of their own."""
    for name in sorted(environment):
        if not re.match(r"^_?(CANDOUR|AIRFLOW)_.*PASSWORD$", name):
            continue
        if environment[name] and is_guessable(environment[name], PASSWORD):
            yield Finding(
                f"{name} could be guessed, or is shorter than {PASSWORD} characters. Choose "
                "another."
            )
