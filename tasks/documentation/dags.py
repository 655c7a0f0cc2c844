"""DAG pages: what an operator reads in Airflow, gathered on one page."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError
from tasks.airflow_settings import airflow_environment
from tasks.documentation.markdown import code, page, table
from tasks.settings import PROJECT

if TYPE_CHECKING:
    from airflow.sdk import DAG

ABOUT = """# DAGs

One file of `dags/` a cadence, one DAG a council each. Airflow shows these words beside the graph.
All times are local (Europe/London). `make up` starts Airflow on one machine; docker-compose.yml is
for a server."""


def dags() -> str:
    """The page of the DAGs, as Airflow finds them."""
    found = _found()
    cadences = sorted({dag_id.partition("__")[2] for dag_id in found})
    return page(ABOUT, *(_cadence(cadence, found) for cadence in cadences))


def _found() -> dict[str, DAG]:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(airflow_environment(Path(home)))
        # Airflow reads its settings once, when it is first imported.
        from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415

        bag = DagBag(str(PROJECT / "dags"))
    if bag.import_errors:
        raise ConfigurationError("\n".join(f"{f}: {e}" for f, e in bag.import_errors.items()))
    return dict(bag.dags)


def _cadence(cadence: str, found: dict[str, DAG]) -> str:
    ids = sorted(dag_id for dag_id in found if dag_id.endswith(f"__{cadence}"))
    dag = found[ids[0]]
    tasks = " → ".join(code(task.task_id) for task in dag.topological_sort())
    file = Path(dag.fileloc).name
    declared = f"Tasks: {tasks}. DAGs: {code(*ids)}. Declared in `dags/{file}`."
    return "\n\n".join(
        part for part in (str(dag.doc_md).strip(), declared, _parameters(dag)) if part
    )


def _parameters(dag: DAG) -> str:
    params = {name: dag.params.get_param(name) for name in dag.params}
    rows = [
        (code(name), str(param.schema["title"]), str(param.description))
        for name, param in params.items()
    ]
    return table(("parameter", "in the form", "meaning"), rows) if rows else ""
