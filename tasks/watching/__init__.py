"""Watching: how each council's reports stand, and what of them is late, waits or was refused."""

from tasks.watching.looking import watch
from tasks.watching.metrics import METRICS, Measurement, Metric, measured
from tasks.watching.watched import Mails, Reported, Taken, Watched

__all__ = [
    "METRICS",
    "Mails",
    "Measurement",
    "Metric",
    "Reported",
    "Taken",
    "Watched",
    "measured",
    "watch",
]
