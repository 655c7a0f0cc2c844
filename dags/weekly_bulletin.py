"""## Weekly bulletin

What each manager has outstanding on Monday morning, by e-mail.

**What it does.** `compute_kpis` works out the facts of the morning from the last good intake.
`build` makes a message for each manager and checks that the figures add up. `publish` releases the
files as an immutable version with a manifest. `deliver` mails each manager theirs.

**When.** On Monday at eight.
"""

from candour.period import PeriodKind
from tasks.airflow_dags import report_dag
from tasks.declared import councils_that_want
from tasks.settings import settings

for _council in councils_that_want(settings(), "weekly_bulletin"):
    report_dag(
        _council,
        "weekly_bulletin",
        PeriodKind.WEEK,
        cron="0 8 * * 1",
        doc=__doc__,
        delivers=True,
    )
