"""Alerts: the right person gets one message; what cannot go now goes with the next delivery.

Airflow imports the callbacks by name, and DAG files with them: nothing heavy is imported before
something happened.
"""

from tasks.alerts.callbacks import failed, late, remind, run_failed
from tasks.alerts.drafts import asked, expired, rejected, reminded
from tasks.alerts.telling import tell

__all__ = [
    "asked",
    "expired",
    "failed",
    "late",
    "rejected",
    "remind",
    "reminded",
    "run_failed",
    "tell",
]
