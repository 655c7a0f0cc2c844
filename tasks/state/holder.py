"""Holder: which process has a claim, on which machine, and whether it still lives."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_GONE = {"Z", "X"}
"""States of a process that has ended and whose parent has not asked how."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A process: machine, id and the moment it started, so that a reused id is another one."""

    machine: str
    pid: int
    started: str

    @property
    def written(self) -> str:
        """It as kept in the database."""
        return f"{self.machine} {self.pid} {self.started}"

    @staticmethod
    def read(written: str) -> Holder | None:
        """The process written so; nothing for anything else."""
        parts = written.split(" ")
        if len(parts) != 3 or not parts[1].isdecimal():  # noqa: PLR2004  - the three parts above
            return None
        return Holder(parts[0], int(parts[1]), parts[2])


def this_process() -> Holder:
    """The process that asks."""
    return Holder(_machine(), os.getpid(), _started(os.getpid()))


def is_gone(written: str) -> bool:
    """Whether a holder's process is known to have ended; of another machine nothing is known."""
    holder = Holder.read(written)
    if holder is None or holder.machine != _machine():
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
