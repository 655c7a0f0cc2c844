"""Which council's folder cannot be read: told on Airflow's first page, as the only import error.

Such a council's DAGs are there all the same, and fail with the reason; this says it before they
run. No DAG is made here.
"""

from tasks.airflow_councils import object_to_folders

object_to_folders()
