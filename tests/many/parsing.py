"""Airflow looking at the DAG files in a process of its own, after each mutation of a folder."""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from candour.errors import CandourError
from tests.many.mutations import CLOSED, NO_COUNCIL, READ_BUT_WRONG, Mutation, clear, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DAGS = ROOT / "dags"
NOBODY = 65534


def main() -> None:
    """Print what Airflow finds after each mutation, and what the council itself then says."""
    from airflow.dag_processing.dagbag import DagBag  # noqa: F401, PLC0415  - before privileges go

    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as place:
        councils = _project(Path(place)) / "councils"
        answers = {"as it should be": _after(councils, lambda _folder: None)}
        for name, mutation in (READ_BUT_WRONG | NO_COUNCIL).items():
            answers[name] = _after(councils, mutation)
        for name, mutation in CLOSED.items():
            with _without_privileges():
                answers[name] = _after(councils, mutation)
        answers["vanishing"] = _vanishing(councils)
    sys.stdout.write(f"FOUND{json.dumps(answers)}\n")


def _project(folder: Path) -> Path:
    """A project like this one, but for its councils."""
    folder.chmod(0o777)
    for shared in ("data", "expectations", "kpis", "templates"):
        (folder / shared).symlink_to(ROOT / shared, target_is_directory=True)
    os.environ["CANDOUR_PROJECT"] = str(folder)
    return folder


def _after(councils: Path, mutation: Mutation) -> dict[str, object]:
    lay_out(councils, ROOT / "councils/northmere")
    mutation(councils / "westshire")
    try:
        return {**_look(), "said": _said()}
    finally:
        clear(councils)


def _look() -> dict[str, object]:
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415

    from tasks import councils  # noqa: PLC0415

    councils._read.cache_clear()  # as in the new process that Airflow begins for every look
    bag = DagBag(str(DAGS))
    return {
        "dags": {name: [t.task_id for t in dag.tasks] for name, dag in sorted(bag.dags.items())},
        "errors": {Path(file).name: error for file, error in bag.import_errors.items()},
    }


def _said() -> str:
    """What the first step of any run of the council says of its folder."""
    from tasks import declared  # noqa: PLC0415
    from tasks.settings import settings  # noqa: PLC0415

    try:
        declared.council(settings(), "westshire")
    except CandourError as wrong:
        return str(wrong)
    return ""


def _vanishing(councils: Path) -> dict[str, object]:
    """Look again and again while the folder comes and goes."""
    lay_out(councils, ROOT / "councils/northmere")
    ended = threading.Event()

    def come_and_go() -> None:
        folder, elsewhere = councils / "westshire", councils / ".westshire"
        while not ended.wait(0.0005):
            folder.rename(elsewhere)
            elsewhere.rename(folder)

    moving = threading.Thread(target=come_and_go)
    moving.start()
    try:
        looks = [_look() for _ in range(12)]
    finally:
        ended.set()
        moving.join()
        clear(councils)
    healthy = {name for look in looks for name in look["dags"] if "westshire" not in name}
    return {
        "missed": [sorted(healthy - set(look["dags"])) for look in looks],
        "errors": [error for look in looks for error in look["errors"].items()],
    }


@contextmanager
def _without_privileges() -> Iterator[None]:
    """Root may read everything; Airflow's user may not.

    What Python has not imported by now may be where that user cannot read it.
    """
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


if __name__ == "__main__":
    sys.exit(main())
