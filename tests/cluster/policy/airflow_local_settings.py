"""Where tasks run in the cluster of the tests: one after the other on queues in turn."""

QUEUES = {
    "extract": "odd",
    "validate": "even",
    "compute_kpis": "even",
    "build": "odd",
    "approve": "even",
    "publish": "even",
    "deliver": "odd",
}


def task_policy(task):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    task.queue = QUEUES.get(task.task_id, "odd")
