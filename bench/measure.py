"""Measuring: one piece of work in a process of its own, its seconds and its peak memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]

_CHILD = """
import importlib, json, resource, sys, time
began = time.perf_counter()
import {module}
for name in {module}.IMPORTS:
    importlib.import_module(name)
imported = time.perf_counter()
{module}.main(*json.loads(sys.argv[1]))
ended = time.perf_counter()
scale = 1 if sys.platform == "darwin" else 1024
peak = max(resource.getrusage(who).ru_maxrss for who in
           (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * scale
print("MEASURED" + json.dumps([imported - began, ended - imported, peak]))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of a whole process, of its imports alone, and its peak memory in megabytes."""

    seconds: float
    imports: float
    megabytes: float

    @property
    def working(self) -> float:
        """Seconds with the imports apart."""
        return self.seconds - self.imports


def measure(module: str, *given: str) -> Measured:
    """Run ``module.main(*given)`` in a fresh process."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD.format(module=module), json.dumps(given)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{module} failed:\n{done.stderr[-2000:]}")
    line = next(x for x in done.stdout.splitlines() if x.startswith("MEASURED"))
    imports, _, peak = json.loads(line.removeprefix("MEASURED"))
    return Measured(seconds, imports, peak / 1024**2)
