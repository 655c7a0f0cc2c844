"""What is known: a council's last good intake, and the last periods it tells of to their end."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from candour.declarations import unknown
from candour.errors import ConfigurationError
from candour.period import Period, PeriodKind, month_of, week_of
from tasks import declared
from tasks.extract import read_intake
from tasks.state import State
from tasks.store import Store

if TYPE_CHECKING:
    from candour.council import ReportChoice
    from tasks.extract import Intake
    from tasks.settings import Settings


def last_intake(settings: Settings, council: str) -> Intake:
    """The newest intake of a council that nothing critical was found in.

    Raises:
        CandourError: there is none yet.
    """
    newest = State(settings.database).last_good_intake(council)
    return read_intake(Store(settings.home), council, newest)


def choice_of(settings: Settings, council: str, report: str) -> ReportChoice:
    """How a council wants a report.

    Raises:
        ConfigurationError: the council does not want it.
    """
    wanted = declared.council(settings, council).profile.reports
    if report not in wanted:
        raise ConfigurationError(
            f"The report {unknown(report, wanted)} A council's reports are under 'reports' in "
            "its council.yaml."
        )
    return wanted[report]


def last_complete(kind: PeriodKind, known_on: dt.date, year_starts: int) -> Period:
    """The last period of a kind that has ended on a day; of weeks, the one the day falls in.

    A week's report tells the state of its Monday morning, so it need not have ended.
    """
    month = month_of(known_on + dt.timedelta(days=1)).previous()
    match kind:
        case PeriodKind.WEEK:
            return week_of(known_on)
        case PeriodKind.MONTH:
            return month
        case PeriodKind.YEAR_TO_DATE:
            return month.year_to_date(year_starts)
        case PeriodKind.ROLLING_YEAR:
            return month.rolling_year()
        case PeriodKind.QUARTER:
            period = month.quarter(year_starts)
        case PeriodKind.REPORTING_YEAR:
            period = month.reporting_year(year_starts)
    return period if period.end <= month.end else period.previous()
