"""The Airflow plugin: what Airflow finds of Candour without being told where it is."""

from __future__ import annotations

from typing import ClassVar

from airflow.plugins_manager import AirflowPlugin

from tasks import airflow_observing, airflow_pools
from tasks.airflow_timetables import PeriodTimetable, YearComplete
from tasks.starting import refuse


class CandourPlugin(AirflowPlugin):
    """Registers Candour; its DAGs import ``tasks`` as an installed package."""

    name = "candour"
    timetables: ClassVar = [PeriodTimetable]
    partition_mappers: ClassVar = [YearComplete]
    listeners: ClassVar = [airflow_observing, airflow_pools]
    priority_weight_strategies: ClassVar = [airflow_pools.WhatPeopleWaitFor]

    @classmethod
    def on_load(cls, *_given: object, **_named: object) -> None:
        """End the process where a production installation is set up for trying out."""
        refuse()
