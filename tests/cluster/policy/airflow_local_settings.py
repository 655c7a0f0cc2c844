"""Where and how soon tasks run in the cluster of the tests; what they do is no different."""

import datetime as dt

QUEUES = {
    "extract": "odd",
    "validate": "even",
    "compute_kpis": "even",
    "build": "odd",
    "approve": "even",
    "publish": "even",
    "deliver": "odd",
}
"""Consecutive tasks are on different queues, but for those with an approval between them."""


def task_policy(task):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    task.queue = QUEUES.get(task.task_id, "odd")
    task.retry_delay = dt.timedelta(seconds=2)
    task.retry_exponential_backoff = 0
