"""Completing: a year's report may be made when each of its months is released, and is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.cadence import complete_on
from candour.period import Period, month_at, month_ordinal
from tasks import declared
from tasks.state import Announcements, State

if TYPE_CHECKING:
    from candour.council import Council
    from tasks.settings import Settings
    from tasks.state import Place

MONTHS_FROM = "monthly_pack"
"""The report whose releases make a year's months complete."""
YEARS_REPORT = "annual_report"
"""The report that is made when they are."""


def years_completed(settings: Settings, place: Place, by: str) -> list[str]:
    """The reporting years a month's release completes, whose report nobody was asked for yet.

    Whether a year is complete is asked of the releases, not of what Airflow remembers: months
    released by command count, and so do those from before an upgrade.

    Args:
        settings: where things are.
        place: what was released.
        by: the run that released it; the same run is told the same again, another is not.

    Raises:
        ConfigurationError: the council's folder is wrong.
    """
    council = declared.council(settings, place.council)
    if place.report != MONTHS_FROM or YEARS_REPORT not in council.profile.reports:
        return []
    releases = State(settings.database).releases(place.council)
    there = {one.period for one in releases if one.report == MONTHS_FROM}
    told = {one.period for one in releases if one.report == YEARS_REPORT}
    year = Period.parse(place.period, council.year_starts).reporting_year(council.year_starts)
    announcements = Announcements(settings.database)
    return [
        one.key
        for one in (year.previous(), year)
        if place.period in (needed := months_of(council, one))
        and needed <= there
        and one.key not in told
        and announcements.make(place.council, YEARS_REPORT, one.key, by)
    ]


def months_of(council: Council, year: Period) -> frozenset[str]:
    """The months a year's report tells of, to the end of its procedures' own years."""
    end = complete_on(year, council.own_years.values())
    first, after = month_ordinal(year.start), month_ordinal(end)
    return frozenset(month_at(ordinal).key for ordinal in range(first, after))
