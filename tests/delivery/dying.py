"""A process that posts letters in children, which end without a word wherever they are told to.

Run as ``python -m tests.delivery.dying URL``. A line of its input is an order in JSON, a line of
its output what came of one. With ``point`` the child ends at the step of that number; ``after`` so
many seconds it is killed; at the step named by ``stop`` it is stopped, and ``continue`` lets it go
on; without any of these it runs to its end.
"""

import datetime as dt
import json
import logging
import os
import signal
import smtplib
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tasks import outbox
from tasks.outbox import NotAllSentError, post
from tasks.state import Outbox
from tests.delivery.servers import letter, settings_for

NOW = dt.datetime(2024, 6, 3, 9, tzinfo=dt.UTC)
CRASHED = 77
POINTS: tuple[tuple[type, str], ...] = (
    (Outbox, "entries"),
    (Outbox, "add"),
    (Outbox, "let_go"),
    (Outbox, "claim"),
    (Outbox, "content"),
    (smtplib.SMTP, "connect"),
    (smtplib.SMTP, "mail"),
    (smtplib.SMTP, "rcpt"),
    (Outbox, "begin"),
    (smtplib.SMTP, "data"),
    (Outbox, "sent"),
    (smtplib.SMTP, "quit"),
)
"""Every step that leaves something behind, in the database or at the server."""


def patch(at: int | str, end: Callable[[str], None]) -> None:
    """Call ``end`` at the point of that number, or of that name: *before claim*."""
    passed = 0

    def reach(where: str) -> None:
        nonlocal passed
        if at in {passed, where}:
            end(where)
        passed += 1

    for owner, name in POINTS:
        step = getattr(owner, name)

        def stepped(
            *given: Any, _step: Callable[..., Any] = step, _name: str = name, **named: Any
        ) -> Any:
            reach(f"before {_name}")
            answer = _step(*given, **named)
            reach(f"after {_name}")
            return answer

        setattr(owner, name, stepped)


def run(order: dict[str, Any], url: str) -> None:
    home = Path(order["home"])
    home.mkdir(exist_ok=True)
    logging.basicConfig(filename=home / "log", level=logging.WARNING, force=True)

    def end(where: str) -> None:
        (home / "where").write_text(where)
        if "stop" in order:
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            os._exit(CRASHED)

    if "point" in order or "stop" in order:
        patch(order.get("point", order.get("stop")), end)
    now = NOW + dt.timedelta(minutes=order.get("later", 0))
    try:
        post(settings_for(home, url), [letter(name) for name in order["letters"]], now=now)
    except NotAllSentError as wrong:
        (home / "told").write_text(str(wrong))


def obey(order: dict[str, Any], url: str) -> dict[str, Any]:
    if "continue" in order:
        os.kill(order["continue"], signal.SIGCONT)
        return {"code": os.waitstatus_to_exitcode(os.waitpid(order["continue"], 0)[1])}
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run(order, url)
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    if "stop" in order:
        os.waitpid(child, os.WUNTRACED)
        return {"pid": child}
    if "after" in order:
        time.sleep(order["after"])
        os.kill(child, signal.SIGKILL)
    return {"code": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}


def main(url: str) -> None:
    for line in sys.stdin:
        sys.stdout.write(json.dumps(obey(json.loads(line), url)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    assert outbox  # imported before the first fork, so that a child costs nothing
    main(sys.argv[1])
