"""Connections: who may fetch from an inbox is asked of Airflow, and kept nowhere else."""

from __future__ import annotations

import io
import logging
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from candour.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import ClientResponse
    from paramiko import PKey

SECONDS_TO_CONNECT = 20
SECONDS_TO_ANSWER = 120
_LEADS_ELSEWHERE = frozenset({301, 302, 303, 307, 308})


def connection(name: str) -> Any:  # noqa: ANN401  - Airflow is not followed by the types
    """The Airflow connection of that name: of the environment, a secrets backend or its pages.

    Raises:
        ConfigurationError: there is none.
    """
    from airflow.sdk import BaseHook  # noqa: PLC0415  - two seconds, for who needs a log-in only
    from airflow.sdk.exceptions import AirflowNotFoundException  # noqa: PLC0415

    try:
        return BaseHook.get_connection(name)
    except AirflowNotFoundException:
        raise ConfigurationError(
            f"council.yaml names the connection '{name}' for its inbox, and Airflow knows none of "
            f"that name. Make it under Admin, Connections, or set AIRFLOW_CONN_{name.upper()}."
        ) from None


def hook(name: str) -> Any:  # noqa: ANN401
    """The way to a database that the connection's own provider has.

    Raises:
        ConfigurationError: there is no such connection, or none of a database.
    """
    found = connection(name)
    try:
        made = found.get_hook(hook_params={"log_sql": False})
    except Exception as problem:
        raise ConfigurationError(
            f"The Airflow connection '{name}' of the kind '{found.conn_type}' leads to no database "
            f"({type(problem).__name__}). Install the provider of that kind, or correct the kind."
        ) from None
    if not hasattr(made, "get_conn") or not hasattr(made, "get_records"):
        raise ConfigurationError(
            f"The Airflow connection '{name}' is of the kind '{found.conn_type}', which is no "
            "database, and council.yaml has queries for it."
        )
    return made


def options(url: str, name: str) -> dict[str, Any]:
    """What a file system needs beside its URL to log in there.

    Args:
        url: where the inbox is.
        name: an Airflow connection; empty for none.

    Raises:
        ConfigurationError: there is no such connection, or it does not hold what the place asks.
    """
    scheme = urlsplit(url).scheme if "://" in url else "file"
    made = _OPTIONS.get(scheme)
    if made is not None:
        return made(url, connection(name) if name else None)
    if name:
        raise ConfigurationError(
            f"council.yaml names the connection '{name}' for {scheme}://, which takes none. "
            "Connections are for sftp://, s3:// and https://."
        )
    return {}


def _sftp(url: str, login: Any) -> dict[str, Any]:  # noqa: ANN401
    from tasks.inbox.host_keys import Known  # noqa: PLC0415  - paramiko, where it is needed

    # It logs a traceback of each connection that fails, which comes out as a sentence anyway.
    logging.getLogger("paramiko").setLevel(logging.CRITICAL)
    parts, extra = urlsplit(url), {} if login is None else login.extra_dejson
    given = {
        "host": parts.hostname or (login and login.host) or "",
        "port": parts.port or (login and login.port) or 22,
        "username": (login and login.login) or parts.username,
        "password": login and login.password,
        "pkey": _private_key(extra),
        "key_filename": extra.get("key_file"),
    }
    return {name: value for name, value in given.items() if value} | {
        "host_key_policy": Known(extra.get("host_key"), anything=_says(extra, "no_host_key_check")),
        "timeout": SECONDS_TO_CONNECT,
        "banner_timeout": SECONDS_TO_CONNECT,
        "auth_timeout": SECONDS_TO_CONNECT,
        # What a machine's user happens to have for other servers is not offered to this one.
        "allow_agent": False,
        "look_for_keys": False,
    }


def _private_key(extra: Mapping[str, Any]) -> PKey | None:
    """The private key a connection holds as text, as Airflow's own SSH connections do."""
    if not extra.get("private_key"):
        return None
    import paramiko  # noqa: PLC0415

    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            return kind.from_private_key(
                io.StringIO(extra["private_key"]), extra.get("private_key_passphrase")
            )
        except (paramiko.SSHException, ValueError):
            continue
    raise ConfigurationError(
        "The private_key in the extra of the inbox's connection cannot be read: it is none of "
        "Ed25519, ECDSA and RSA in a form OpenSSH writes, or its private_key_passphrase is wrong."
    )


def _s3(_url: str, login: Any) -> dict[str, Any]:  # noqa: ANN401
    extra = {} if login is None else login.extra_dejson
    given = {
        "key": (login and login.login) or extra.get("aws_access_key_id"),
        "secret": (login and login.password) or extra.get("aws_secret_access_key"),
        "token": extra.get("aws_session_token"),
        "endpoint_url": extra.get("endpoint_url"),
    }
    region = extra.get("region_name")
    return {name: value for name, value in given.items() if value} | {
        "client_kwargs": {"region_name": region} if region else {},
        "config_kwargs": {
            "connect_timeout": SECONDS_TO_CONNECT,
            "read_timeout": SECONDS_TO_ANSWER,
            "retries": {"max_attempts": 2},
        },
    }


def _web(_url: str, login: Any) -> dict[str, Any]:  # noqa: ANN401
    import aiohttp  # noqa: PLC0415

    session: dict[str, Any] = {
        "timeout": aiohttp.ClientTimeout(
            total=None, sock_connect=SECONDS_TO_CONNECT, sock_read=SECONDS_TO_ANSWER
        )
    }
    extra = {} if login is None else login.extra_dejson
    headers = dict(extra.get("headers") or {})
    asked: dict[str, Any] = {}
    if headers.keys() - {"Authorization"}:
        # Elsewhere nobody knows that a header of its own is a secret; a log-in stays behind.
        asked["allow_redirects"] = False
        session["raise_for_status"] = _leads_nowhere_else
    if login is not None and login.login:
        headers["Authorization"] = aiohttp.encode_basic_auth(login.login, login.password or "")
    if extra.get("verify"):
        asked["ssl"] = _trusting(str(extra["verify"]))
    return {"client_kwargs": {**session, "headers": headers}, "simple_links": False, **asked}


async def _leads_nowhere_else(answer: ClientResponse) -> None:
    """Refuse an answer that leads to another address.

    Raises:
        ConfigurationError: it does.
    """
    if answer.status in _LEADS_ELSEWHERE:
        raise ConfigurationError(
            f"{answer.url.origin()} leads to another address ({answer.status}), and the headers "
            "of the inbox's connection are sent to no address but the one that 'inbox' in "
            "council.yaml gives. Give the address it leads to."
        )


def _trusting(authority: str) -> ssl.SSLContext:
    """What trusts the certificate authority in a file: a council often is its own."""
    try:
        return ssl.create_default_context(cafile=authority)
    except OSError:
        raise ConfigurationError(
            f"'verify' in the extra of the inbox's connection names {authority}, which holds no "
            "certificates in PEM form, or is not there."
        ) from None


def _says(extra: Mapping[str, Any], entry: str) -> bool:
    return str(extra.get(entry, "")).casefold() == "true"


_OPTIONS = {"sftp": _sftp, "ssh": _sftp, "s3": _s3, "s3a": _s3, "http": _web, "https": _web}
