"""Where and how soon tasks run in the cluster of the tests; what they do is no different."""

import datetime as dt

TURNS = {
    "arrive": "one",
    "extract": "one",
    "validate": "two",
    "compute_kpis": "two",
    "build": "one",
    "approve": "two",
    "publish": "two",
    "deliver": "one",
}
"""On which worker Northmere's intake and monthly pack run: what is handed over changes hands."""


def task_policy(task):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    task.queue = "any"
    if task.dag_id in {"northmere__intake", "northmere__monthly_pack"}:
        task.queue = TURNS.get(task.task_id, "any")
    if (task.dag_id, task.task_id) == ("stockport__intake", "validate"):
        task.queue = "nobody"
    task.retry_delay = dt.timedelta(seconds=2)
    task.retry_exponential_backoff = 0
