"""A look at DAG files in a process of its own, which Airflow's settings need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tasks.airflow_settings import airflow_environment

ROOT = Path(__file__).parents[2]
FLOWS = ("annual_report", "intake", "monthly_pack", "weekly_bulletin")
"""What every generated council has a DAG of."""


def found_by(module: str, home: Path) -> dict[str, Any]:
    """What a module of this folder prints after ``FOUND``."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT, env={**os.environ, **airflow_environment(home), "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    line = next((x for x in done.stdout.splitlines() if x.startswith("FOUND")), None)
    assert line, f"exit code {done.returncode}: {done.stderr[-1500:]}"
    answers: dict[str, Any] = json.loads(line.removeprefix("FOUND"))
    return answers
