"""Northmere's story: what its charts should show, written down as rates and seasons."""

from __future__ import annotations

from datetime import date

from data.generators.steps import Clock, Limit

FIRST, LAST = date(2021, 4, 1), date(2024, 5, 26)
SEASON = {
    1: 1.05, 2: 0.95, 3: 1.7, 4: 1.15, 5: 0.95, 6: 0.9,
    7: 0.95, 8: 0.8, 9: 1.0, 10: 1.05, 11: 0.95, 12: 0.65,
}  # fmt: skip
"""March is the yearly peak: council tax bills and the end of winter's repairs."""

GROWTH = {2021: 0.94, 2022: 0.99, 2023: 1.03, 2024: 1.18}
"""Against the usual complaints a year, by the year of receipt."""

DISRUPTION = (date(2023, 9, 18), date(2023, 12, 8))
"""A new collection contract goes wrong in autumn 2023."""
CATCHING_UP = date(2024, 1, 31)
DISRUPTED = {"waste_collection": 3.3, "customer_contact": 1.6}
"""By how much complaints to these services rise meanwhile."""

LIMITS = {
    "corporate": {
        1: Limit(10, 20, 5, Clock.ACKNOWLEDGED),
        2: Limit(20, 40, 5, Clock.ACKNOWLEDGED),
    },
    "adults": {1: Limit(20, 30, 3)},
    "childrens": {1: Limit(10, 20, 3), 2: Limit(25, 65, 3, Clock.STATEMENT), 3: Limit(30, 30, 3)},
    "housing": {
        1: Limit(10, 20, 5, Clock.ACKNOWLEDGED),
        2: Limit(20, 40, 5, Clock.ACKNOWLEDGED),
    },
}

ESCALATES = 0.085
"""Chance that an answered stage one is taken further where there is a second stage."""
UPHELD = {
    "corporate": 0.46,
    "adults": 0.38,
    "childrens": 0.41,
    "housing": 0.58,
}
"""Share of answers that uphold the complaint at least in part."""

WRONG_BILLS = (date(2024, 3, 11), date(2024, 3, 28))
"""Council tax bills go out with a misprint; most of what it brings is open at the year's end."""
SLOWNESS = {"send": 4, "waste_collection": 2, "housing_repairs": 3, "planning": 3}
"""How many times the usual delay a late answer of these services takes; twice elsewhere."""


def rising(service: str, day: date) -> float:
    """How many times the usual number of complaints a service gets that day."""
    more = 1.0
    if DISRUPTION[0] <= day <= DISRUPTION[1]:
        more = DISRUPTED.get(service, 1)
    elif service == "council_tax" and WRONG_BILLS[0] <= day <= WRONG_BILLS[1]:
        more = 6
    return GROWTH[day.year] * SEASON[day.month] * more


def in_time(service: str, day: date) -> float:
    """Share of the complaints received that day which the service answers in time."""
    if service == "send":
        return 0.42
    if service == "council_tax":
        return 0.56 + 0.125 * (day - FIRST).days / 365
    if service in DISRUPTED and DISRUPTION[0] <= day <= DISRUPTION[1]:
        return 0.26 if service == "waste_collection" else 0.55
    if service in DISRUPTED and DISRUPTION[1] < day <= CATCHING_UP:
        return 0.6
    return 0.85 if day < date(2024, 2, 1) else 0.88
