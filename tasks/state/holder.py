"""Holder: which process has a claim, on which machine, and whether it may still act on it."""

from __future__ import annotations

import hashlib
import os
import re
import socket
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_GONE = {"Z", "X"}
"""States of a process that has ended and whose parent has not asked how."""
_TASK = ("AIRFLOW_CTX_DAG_ID", "AIRFLOW_CTX_DAG_RUN_ID", "AIRFLOW_CTX_TASK_ID")
_ATTEMPT = "AIRFLOW_CTX_TRY_NUMBER"
_WRITTEN = re.compile(r"(\S+) (\d+) (\S*)(?: ([0-9a-f]+) (\d+))?")


@dataclass(frozen=True, slots=True)
class Holder:
    """A process: machine, id and the moment it started, so that a reused id is another one."""

    machine: str
    pid: int
    started: str
    task: str = ""
    """Which task of which run it is an attempt at, where Airflow runs it."""
    attempt: int = 0

    @property
    def written(self) -> str:
        """It as kept in the database."""
        process = f"{self.machine} {self.pid} {self.started}"
        return f"{process} {self.task} {self.attempt}" if self.task else process

    @staticmethod
    def read(written: str) -> Holder | None:
        """The process written so; nothing for anything else."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            return None
        machine, pid, started, task, attempt = found.groups()
        return Holder(machine, int(pid), started, task or "", int(attempt or 0))


def this_process() -> Holder:
    """The process that asks."""
    named = " ".join(os.environ.get(name, "") for name in _TASK).strip()
    attempt = os.environ.get(_ATTEMPT, "")
    return Holder(
        machine=_machine(),
        pid=os.getpid(),
        started=_started(os.getpid()),
        task=hashlib.sha256(named.encode()).hexdigest()[:16] if named else "",
        attempt=int(attempt) if attempt.isdecimal() else 0,
    )


def is_gone(written: str) -> bool:
    """Whether a holder is known to have ended, or to be allowed nothing any more.

    Of a process of another machine nothing is known, unless we are a later attempt at its task:
    Airflow begins one only once it has given the earlier up.
    """
    holder = Holder.read(written)
    if holder is None:
        return False
    asking = this_process()
    if holder.task and holder.task == asking.task and holder.attempt < asking.attempt:
        return True
    if holder.machine != asking.machine:
        return False
    return not _lives(holder.pid) or _started(holder.pid) != holder.started


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@cache
def _machine() -> str:
    """This machine, since it was started, and the process numbers it is seen with.

    Two containers may share a name, and a machine started again keeps its own; in neither case do
    process ids mean the same.
    """
    boot = _PROC / "sys/kernel/random/boot_id"
    numbers = _PROC / "self/ns/pid"
    parts = [
        socket.gethostname().replace(" ", "-"),
        boot.read_text().strip() if boot.exists() else "",
        str(numbers.stat().st_ino) if numbers.exists() else "",
    ]
    return "/".join(parts)


def _started(pid: int) -> str:
    """When a process began, in the kernel's count; empty where the system does not tell."""
    if not _PROC.exists():
        return ""
    try:
        # The name of a program, in brackets, may hold anything; what follows it may not.
        fields = (_PROC / f"{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "ended"
    return "ended" if fields[0] in _GONE else fields[19]
