"""## Annual report

The reporting year as an accessible page, a tagged PDF, an editable Word file and a workbook.

**What it does.** `compute_kpis` works out the facts of the year from the last good intake.
`build` words and lays out the report in the form the council chose, withholds what its audience
may not see, and has the gate examine the finished files. `approve` asks somebody the council
named. `publish` releases the files as an immutable version with a manifest, and `deliver` puts
them on the portal.

**When.** When the monthly pack of each of the year's months is released, once; a DAG that is
switched off then hears nothing, so trigger it with the year. Where the council has no monthly
packs, or approves by command, on the tenth working day after the year at seven. A report that
tells of a procedure with a year of its own, such as schools, waits for the end of that year too. A
day that the report's `schedule` in the council's `council.yaml` names comes before all of this.
The Ombudsman's year, where a council wants one, is made when its statistics have come in: by hand.
"""

from candour.period import PeriodKind
from tasks.airflow_councils import councils
from tasks.airflow_dags import report_dag
from tasks.airflow_schedules import by_hand, when_complete

_WHEN = {"annual_report": when_complete, "ombudsman_review": by_hand}

for _report, _when in _WHEN.items():
    for _council in councils(_report):
        report_dag(_council, _report, PeriodKind.REPORTING_YEAR, schedule=_when, doc=__doc__)
