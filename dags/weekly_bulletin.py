"""## Weekly bulletin

What each manager has outstanding on Monday morning, by e-mail; directors get theirs of all their
services, and the complaints manager one of the council.

**What it does.** `compute_kpis` works out the facts of the morning from the last good intake.
`build` makes a message for each reader and checks that the figures add up. `publish` releases the
files as an immutable version with a manifest. `deliver` mails each reader theirs, once, and puts
it on their page of the portal.

**When.** On Monday at eight, or on the day that `bulletins` in the council's `council.yaml` names;
on the next working day where the council is closed.
"""

from candour.period import PeriodKind
from tasks.airflow_councils import councils
from tasks.airflow_dags import report_dag
from tasks.airflow_schedules import by_period

for _council in councils("weekly_bulletin"):
    report_dag(_council, "weekly_bulletin", PeriodKind.WEEK, schedule=by_period, doc=__doc__)
