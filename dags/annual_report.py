"""## Annual report

The reporting year as an accessible page, a tagged PDF, an editable Word file and a workbook.

**What it does.** `compute_kpis` works out the facts of the year from the last good intake.
`build` words and lays out the report in the form the council chose, withholds what its audience
may not see, and has the gate examine the finished files. `approve` asks somebody the council
named. `publish` releases the files as an immutable version with a manifest, and `deliver` puts
them on the portal.

**When.** On 15 April at seven, about the reporting year that ended before it. The Ombudsman's
year, where a council wants one, is made when its statistics have come in: by hand.
"""

from candour.period import PeriodKind
from tasks.airflow_councils import councils
from tasks.airflow_dags import report_dag

_CRONS = {"annual_report": "0 7 15 4 *", "ombudsman_review": None}

for _report, _cron in _CRONS.items():
    for _council in councils(_report):
        report_dag(_council, _report, PeriodKind.REPORTING_YEAR, cron=_cron, doc=__doc__)
