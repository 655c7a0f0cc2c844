"""The Airflow plugin: what Airflow finds of Candour without being told where it is."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin


class CandourPlugin(AirflowPlugin):
    """Registers Candour; its DAGs import ``tasks`` as an installed package."""

    name = "candour"
