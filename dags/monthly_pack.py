"""## Monthly pack

The month's key figures for managers: an Excel pack, a two-page narrative and a case list.

**What it does.** `compute_kpis` works out the facts of the month from the last good intake.
`build` makes every file and has the gate examine it. `approve` asks somebody the council named.
`publish` releases the files as an immutable version with a manifest. `deliver` mails each manager
the pack with their own case list, and puts both on their page of the portal.

**When.** On the fifth working day of the month at seven, about the month before, or on the day
that the report's `schedule` in the council's `council.yaml` names. Bank holidays and days on which
the council is closed are no working days.
"""

from candour.period import PeriodKind
from tasks.airflow_councils import councils
from tasks.airflow_dags import report_dag
from tasks.airflow_schedules import by_period

for _council in councils("monthly_pack"):
    report_dag(_council, "monthly_pack", PeriodKind.MONTH, schedule=by_period, doc=__doc__)
