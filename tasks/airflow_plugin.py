"""The Airflow plugin: what Airflow finds of Candour without being told where it is."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from tasks.starting import refuse


class CandourPlugin(AirflowPlugin):
    """Registers Candour; its DAGs import ``tasks`` as an installed package."""

    name = "candour"

    @classmethod
    def on_load(cls, *_given: object, **_named: object) -> None:
        """End the process where a production installation is set up for trying out."""
        refuse()
