"""A machine of a cluster: a process with a name, process numbers and a folder of its own.

Where the system lets us, it lives in namespaces: it sees its own folder and nobody else's, it
cannot write into the project, and its process numbers mean nothing elsewhere. Killed, everything
on it ends at once, as when the power fails.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psutil

from tasks.settings import PROJECT

_ROOT = [] if os.geteuid() == 0 else ["--map-root-user"]
UNSHARE = ["unshare", *_ROOT, "--mount", "--uts", "--ipc", "--pid", "--fork", "--mount-proc"]
WITH_US = ["setpriv", "--pdeathsig", "KILL"]
"""However we end, no machine runs on."""
ENTER = """
set -e
hostname "$NAME"
mount --bind "$OWN" "$PLACE"
mount -t tmpfs -o ro,size=4k none "$MACHINES"
mount --bind "$PROJECT" "$PROJECT"
mount -o remount,bind,ro "$PROJECT"
exec "$@"
"""


@cache
def can_be_alone() -> bool:
    """Whether this system lets a test make namespaces."""
    try:
        tried = subprocess.run(
            [*UNSHARE, "sh", "-c", "hostname trial && mount -t tmpfs none /mnt"],
            check=False,
            capture_output=True,
        )
    except OSError:
        return False
    return tried.returncode == 0


@dataclass
class MachineOf:
    """A component of Airflow on a machine of its own, which may be started again."""

    name: str
    command: tuple[str, ...]
    root: Path
    """The folder of the cluster, in which each machine's is ``machines/<name>``."""
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    starts: int = field(default=0)

    @property
    def folder(self) -> Path:
        """Its folder as we see it, wherever the machine itself sees it."""
        return self.root / "machines" / self.name

    @property
    def log(self) -> Path:
        return self.root / "logs" / f"{self.name}.log"

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        for folder in (self.folder / "tmp", self.log.parent):
            folder.mkdir(parents=True, exist_ok=True)
        alone = can_be_alone()
        place = self.root / "place" if alone else self.folder
        place.mkdir(exist_ok=True)
        own = {
            "HOME": str(place),
            "TMPDIR": str(place / "tmp"),
            "AIRFLOW_HOME": str(place / "airflow"),
            "MPLCONFIGDIR": str(place / "tmp/matplotlib"),
            "XDG_CACHE_HOME": str(place / "tmp/cache"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        entered = {
            "NAME": self.name,
            "OWN": str(self.folder),
            "PLACE": str(place),
            "MACHINES": str(self.root / "machines"),
            "PROJECT": str(PROJECT),
        }
        into = [*WITH_US, *UNSHARE, "--kill-child", "sh", "-c", ENTER, "sh"] if alone else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*into, sys.executable, "-m", "airflow", *self.command],
                env={**os.environ, **self.environment, **own, **entered},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.starts += 1

    def processes(self) -> list[psutil.Process]:
        """Everything that runs on it."""
        if self.process is None or self.process.poll() is not None:
            return []
        return psutil.Process(self.process.pid).children(recursive=True)

    def kill(self) -> None:
        """Cut its power: nothing on it runs on, and nothing was told."""
        if self.process is None:
            return
        left = [*self.processes(), psutil.Process(self.process.pid)] if self.lives else []
        for one in reversed(left):
            try:
                one.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        self.process.wait()
        psutil.wait_procs(left, timeout=10)

    def pause(self) -> None:
        """Stop everything on it, as when its host stops a virtual machine."""
        for one in self.processes():
            with suppress(psutil.NoSuchProcess):
                one.suspend()

    def wake(self) -> None:
        """Let everything on it go on where it was."""
        for one in reversed(self.processes()):
            with suppress(psutil.NoSuchProcess):
                one.resume()

    def runs_a_task(self) -> bool:
        """Whether a task of Airflow's runs on it, which names its process after itself."""
        for one in self.processes():
            with suppress(psutil.NoSuchProcess):
                if "airflow worker -- " in " ".join(one.cmdline()):
                    return True
        return False

    def last_words(self, lines: int = 15) -> str:
        text = self.log.read_text("utf-8", "replace") if self.log.exists() else ""
        kept = [line[:400] for line in text.splitlines()[-lines:]]
        state = "runs" if self.lives else "does not run"
        return "\n".join([f"--- {self.name} ({state}), the end of {self.log}", *kept])
