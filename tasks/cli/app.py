"""The program: which verbs there are, and what a problem looks like to the person who typed one."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from candour.errors import CandourError, ConfigurationError, InputError
from tasks.cli.approve import approve
from tasks.cli.check import check
from tasks.cli.compare import compare
from tasks.cli.deliver import deliver
from tasks.cli.explain import explain
from tasks.cli.figures import figures
from tasks.cli.new import new
from tasks.cli.portal import portal
from tasks.cli.purge import purge
from tasks.cli.rebuild import rebuild
from tasks.cli.releases import releases
from tasks.cli.returned import returned
from tasks.cli.run import run
from tasks.cli.screen import STOPPED
from tasks.cli.status import status
from tasks.cli.verify import verify
from tasks.smtp import NotAllSentError

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG, REFUSED = 2, 3
"""Exit codes beside 0 (done) and ``STOPPED``: wrong usage or configuration; a refused input."""

TRACEBACK = "CANDOUR_TRACEBACK"

app = typer.Typer(
    name="candour",
    help="Candour, complaints reporting for councils: a report that cannot contradict itself.",
    epilog=(
        "Exit codes: 0 done, 1 the gate or a check stopped it, 2 wrong usage or configuration, "
        "3 an input was refused."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _verb in (
    status,
    new,
    check,
    run,
    approve,
    deliver,
    portal,
    figures,
    explain,
    releases,
    verify,
    rebuild,
    compare,
    returned,
    purge,
):
    app.command()(_verb)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one verb and leave with its exit code; every problem is a sentence on stderr."""
    try:
        app(None if arguments is None else [*arguments], prog_name="candour")
    except CandourError as problem:
        _leave(str(problem), _exit_code(problem))
    except NotAllSentError as problem:
        _leave(str(problem), STOPPED)
    except OSError as problem:
        _leave(f"{problem.filename or 'A file'}: {problem.strerror or problem}.", STOPPED)
    except Exception as problem:  # a mistake of ours, told without a traceback
        if TRACEBACK in os.environ:
            raise
        _leave(_unforeseen(problem), STOPPED)
    sys.exit(0)


def _exit_code(problem: CandourError) -> int:
    if isinstance(problem, InputError):
        return REFUSED
    return WRONG if isinstance(problem, ConfigurationError) else STOPPED


def _unforeseen(problem: Exception) -> str:
    """Where a mistake of ours happened; never its own words, which may quote a cell."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return (
        f"Candour has no words for what went wrong: {type(problem).__name__} in "
        f"{Path(last.filename).name}, line {last.lineno}. What was released before still stands. "
        f"Set {TRACEBACK}=1 and run it again to see more; that may show what is in a file."
    )


def _leave(sentence: str, code: int) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(code)
