"""## Annual report

The reporting year's tables as a workbook.

**What it does.** `compute_kpis` works out the facts of the year from the last good intake.
`build` makes the workbook and checks that the figures add up. `publish` releases the
files as an immutable version with a manifest.

**When.** On 15 April at seven, about the reporting year that ended before it.
"""

from candour.period import PeriodKind
from tasks.airflow_dags import report_dag
from tasks.declared import councils_that_want
from tasks.settings import settings

for _council in councils_that_want(settings(), "annual_report"):
    report_dag(
        _council,
        "annual_report",
        PeriodKind.REPORTING_YEAR,
        cron="0 7 15 4 *",
        doc=__doc__,
    )
