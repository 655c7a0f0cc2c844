"""Alerts: the right person gets one message; what cannot go now goes with the next delivery.

Airflow imports ``failed``, ``late`` and ``remind`` by name, and DAG files with them: nothing heavy
is imported before something happened.
"""

from tasks.alerts.callbacks import failed, late, remind
from tasks.alerts.drafts import asked, expired, rejected, reminded
from tasks.alerts.telling import tell

__all__ = ["asked", "expired", "failed", "late", "rejected", "remind", "reminded", "tell"]
