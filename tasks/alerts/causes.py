"""Causes: what ended a task, as far as a mail may say it: our sentence, or a type and a place."""

from __future__ import annotations

import traceback
from pathlib import Path

from candour.errors import CandourError, ConfigurationError, InputError, ReconciliationError
from tasks.settings import PROJECT

_FOR_A_PERSON = "AirflowFailException"
"""What a task raises with one of our sentences; the sentence's own error is its context."""
_CUT_SHORT = {"AirflowTaskTimeout", "AirflowTaskTerminated"}
_DATABASES_AND_STORES = {"sqlalchemy", "sqlite3", "psycopg2", "fsspec", "s3fs", "botocore"}
_OURS = tuple(PROJECT / folder for folder in ("candour", "tasks"))


def cause_of(problem: object) -> tuple[str, str]:
    """The kind of alert a problem asks for, and what may be told of it.

    Args:
        problem: what a task raised; nothing where its process ended without a word.
    """
    if not isinstance(problem, Exception) or type(problem).__name__ in _CUT_SHORT:
        return "lost", ""
    sentence = _sentence(problem)
    if sentence is not None:
        return _kind_of(sentence), _told(sentence)
    if _is_waiting_mail(problem):
        return "unreachable", str(problem)
    if isinstance(problem, OSError) or _module(problem) in _DATABASES_AND_STORES:
        return "unavailable", _type_and_place(problem)
    return "unforeseen", _type_and_place(problem)


def told_already(problem: object) -> bool:
    """Whether whoever a problem concerns was told already."""
    from candour.alert import ToldError  # noqa: PLC0415

    return isinstance(problem, Exception) and isinstance(_sentence(problem), ToldError)


def _sentence(problem: Exception) -> CandourError | None:
    within = problem.__context__ if type(problem).__name__ == _FOR_A_PERSON else problem
    return within if isinstance(within, CandourError) else None


def _kind_of(sentence: CandourError) -> str:
    from tasks.validate import StoppedError  # noqa: PLC0415

    kinds: dict[type[CandourError], str] = {
        StoppedError: "stopped",
        InputError: "refused",
        ConfigurationError: "configuration",
        ReconciliationError: "contradicted",
    }
    return next((kind for error, kind in kinds.items() if isinstance(sentence, error)), "halted")


def _told(sentence: CandourError) -> str:
    """A sentence as a mail says it, which tells in its own words what was kept."""
    from tasks.validate import StoppedError  # noqa: PLC0415

    if not isinstance(sentence, StoppedError):
        return str(sentence)
    return "\n".join(f"{f.code}: {f.sentence} {f.what_to_do}" for f in sentence.verdict.critical)


def _is_waiting_mail(problem: Exception) -> bool:
    from tasks.outbox import NotAllSentError  # noqa: PLC0415

    return isinstance(problem, NotAllSentError)


def _module(problem: Exception) -> str:
    return type(problem).__module__.partition(".")[0]


def _type_and_place(problem: Exception) -> str:
    """Where it happened; never its own words, which may quote a cell."""
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [f for f in frames if any(Path(f.filename).is_relative_to(o) for o in _OURS)]
    named = f"{_module(problem)}.{type(problem).__name__}".removeprefix("builtins.")
    if not frames:
        return f"{named}."
    last = (ours or frames)[-1]
    return f"{named} in {Path(last.filename).name}, line {last.lineno}."
