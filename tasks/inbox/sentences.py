"""Sentences: a place that cannot be reached or read is told in words that hold no credentials."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from candour.errors import CandourError, ConfigurationError, InputError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_OUTSIDE = {"aiobotocore", "aiohttp", "asyncio", "botocore", "fsspec", "paramiko", "s3fs"}
_REFUSED = {
    *("AuthenticationException", "BadAuthenticationType", "NoCredentialsError"),
    *("PartialCredentialsError", "PasswordRequiredException", "TokenRetrievalError"),
}
_REFUSED_STATUS, _GONE_STATUS = {401, 403, 407}, {404, 410}
_REFUSED_KEY = re.compile(r"AccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken")
_CREDENTIALS = re.compile(r"//[^/@]*@")


def shown(url: str) -> str:
    """A URL as it may be told: who logs in is nobody's business."""
    return _CREDENTIALS.sub("//", url)


@contextmanager
def in_words(place: str, connection: str) -> Iterator[None]:
    """Whatever goes wrong with a place inside the block comes out as a sentence.

    Args:
        place: the inbox as it may be told.
        connection: the name of the connection that leads there; empty for none.

    Raises:
        InputError: the place does not exist.
        ConfigurationError: the log-in was refused, or may not read the place.
        UnreachableError: it could not be reached; another try may do.
    """
    try:
        yield
    except CandourError:
        raise
    except Exception as problem:
        if not (isinstance(problem, OSError) or _library(problem) in _OUTSIDE):
            raise
        raise _sentence(problem, place, connection) from None


def _library(problem: Exception) -> str:
    return type(problem).__module__.partition(".")[0]


def _sentence(problem: Exception, place: str, connection: str) -> CandourError:
    status = getattr(problem, "status", None)
    if isinstance(problem, FileNotFoundError | NotADirectoryError) or status in _GONE_STATUS:
        return InputError(
            f"The inbox {place} does not exist. Create it, or correct 'inbox' in council.yaml."
        )
    if _refuses(problem) or status in _REFUSED_STATUS:
        return ConfigurationError(f"The inbox {place} refused the log-in. {_log_in(connection)}")
    if "Certificate" in type(problem).__name__:
        return ConfigurationError(
            f"The inbox {place} shows a certificate that this machine does not trust. Ask whoever "
            "runs it for their authority's certificate, and name its file as 'verify' in the "
            "extra of the connection; or it is not who it says it is."
        )
    if isinstance(problem, PermissionError):
        return ConfigurationError(
            f"The inbox {place} may not be read by whoever logs in there. Ask for the right to "
            f"list and read it. {_log_in(connection)}"
        )
    return UnreachableError(
        f"The inbox {place} could not be reached or broke off ({type(problem).__name__}). Airflow "
        "tries again by itself. If it goes on, look whether its host and port are right, whether "
        "this machine may reach it, and whether it runs."
    )


def _refuses(problem: Exception) -> bool:
    kinds = {kind.__name__ for kind in type(problem).__mro__}
    return bool(kinds & _REFUSED or _REFUSED_KEY.search(f"{problem} {problem.__cause__}"))


def _log_in(connection: str) -> str:
    if not connection:
        return "Name an Airflow connection that may under 'connection' of 'inbox' in council.yaml."
    return (
        f"Correct the log-in, and the password or key, of the Airflow connection '{connection}' "
        f"(Admin, Connections, or AIRFLOW_CONN_{connection.upper()})."
    )
