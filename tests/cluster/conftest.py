"""A cluster for the tests: PostgreSQL, Redis, S3, mail, and Airflow with workers of their own.

What a test may rely on (``from tests.cluster.cluster import Cluster``):

- ``cluster``: one for the whole session, started once and healthy when a test begins. Tests run one
  after the other in it, so a test takes a period nobody else takes, and leaves everything running.
- Every test here carries ``pytestmark = pytest.mark.cluster``; ``make test-cluster`` runs them.
- ``cluster.admin`` and ``cluster.approver`` ask the REST API: ``.ask(path, body, method)``,
  ``.begun(dag, **conf)`` gives the path of a run, ``.tasks(run)`` its tasks by name.
- ``cluster.done(dag, period=…)`` runs a DAG to its good end; ``.task(run, "build")`` waits until a
  task runs, ``.approve(run)`` approves on Airflow's page, ``.succeeded(run)`` waits for a run.
- ``cluster.machines[name]`` is ``api-server``, ``dag-processor``, ``scheduler``, ``triggerer``, or
  the worker ``one`` or ``two``: ``.kill()`` cuts its power, ``cluster.start(name)`` starts it again
  and waits until it is healthy, ``cluster.revive()`` starts whatever has ended.
- ``cluster.postgres``, ``.redis`` and ``.post`` (which holds mails up) have ``start`` and ``stop``.
- ``cluster.settings`` are Candour's settings, ``cluster.environment`` the variables of every part.
- ``taken_in``: the cluster, with Northmere's exports taken in.
- ``beside``: one machine with SQLite and a folder, which makes what is expected of the cluster.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.cluster.beside import Beside
from tests.cluster.booting import cluster_in
from tests.cluster.cluster import Cluster
from tests.cluster.machines import can_be_alone
from tests.conftest import LANDED_ON

if TYPE_CHECKING:
    from pathlib import Path

NOT_ALONE = (
    "NOT RUN: MACHINES APART FROM EACH OTHER. THIS SYSTEM MAKES NO NAMESPACES (ROOT DOES, OR USER "
    "NAMESPACES): THE WORKERS HAVE FOLDERS OF THEIR OWN, BUT COULD SEE EACH OTHER'S."
)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A healthy cluster."""
    root: Path = tmp_path_factory.mktemp("cluster")
    with cluster_in(root) as made:
        yield made


@pytest.fixture(scope="session")
def taken_in(cluster: Cluster) -> Cluster:
    """The cluster with Northmere's exports taken in."""
    cluster.intake = cluster.done("northmere__intake", f"{LANDED_ON}T08:00:00Z")
    return cluster


@pytest.fixture(scope="session")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Beside:
    """One machine that nothing disturbs, Northmere's exports taken in."""
    return Beside.at(tmp_path_factory.mktemp("beside"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if "cluster" in (terminalreporter.config.option.markexpr or "") and not can_be_alone():
        terminalreporter.write_line(NOT_ALONE)
