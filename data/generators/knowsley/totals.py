"""What Knowsley published, as quotas for its synthetic cases (KNO-* of the figures list)."""

from __future__ import annotations

from datetime import date

from data.generators.steps import Clock, Limit

YEARS = ("2021-22", "2022-23", "2023-24")
REST = (date(2024, 4, 1), date(2024, 5, 26))
"""After the published year, up to the evening before the last extract."""

RECEIVED = {
    "corporate": {"2021-22": 702, "2022-23": 734, "2023-24": 853, "rest": 128},
    "adults": {"2021-22": 78, "2022-23": 89, "2023-24": 84, "rest": 13},
    "childrens": {"2021-22": 71, "2022-23": 66, "2023-24": 82, "rest": 12},
}
"""KNO-03 and KNO-04 for the last two years; 2021-22 and the weeks after are ours."""

UPHELD = {
    1: {
        "corporate": {"2021-22": 246, "2022-23": 280, "2023-24": 294},
        "adults": {"2021-22": 15, "2022-23": 20, "2023-24": 14},
        "childrens": {"2021-22": 29, "2022-23": 29, "2023-24": 37},
    },
    2: {
        "corporate": {"2021-22": 11, "2022-23": 12, "2023-24": 9},
        "adults": {"2021-22": 5, "2022-23": 6, "2023-24": 8},
        "childrens": {"2021-22": 5, "2022-23": 4, "2023-24": 5},
    },
}
"""Upheld or partially upheld of the received: KNO-24 and KNO-25; for 2022-23 they make the
published 37 % of 889 and 31 % of 71."""

ESCALATED = {
    "corporate": {"2021-22": 35, "2022-23": 38, "2023-24": 33, "rest": 5},
    "adults": {"2021-22": 16, "2022-23": 20, "2023-24": 19, "rest": 2},
    "childrens": {"2021-22": 14, "2022-23": 13, "2023-24": 12, "rest": 1},
}
"""KNO-25, whose rows make the 64 of KNO-08 and KNO-23; KNO-09 prints 32 + 19 + 11 = 62.
The 71 of 2022-23 leave the published 92 % of 889 resolved at stage one (KNO-07)."""

STATEMENTS_LATE_IN_YEAR = {"2021-22": 2, "2022-23": 3, "2023-24": 3, "rest": 0}
"""Children's stage two asked for in March and so answered in the year after."""

RECEIVED_EARLY = date(2021, 10, 1)
"""Reopened cases are taken from before this day, so that no published rate moves."""

PANELS = {"2021-22": 2, "2022-23": 3, "2023-24": 5}
"""KNO-17: asked for and held in the same year, all within the limit."""

IN_TIME = {
    1: {
        "corporate": {"2021-22": (80, 8), "2022-23": (82, 8), "2023-24": (78, 8)},
        "adults": {"2021-22": (70, 9), "2022-23": (69, 10), "2023-24": (74, 10)},
        "childrens": {"2021-22": (71, 12), "2022-23": (76, 12), "2023-24": (72, 12)},
    },
    2: {
        "corporate": {"2021-22": (68, 9), "2022-23": (82, 9), "2023-24": (75, 9)},
        "adults": {"2021-22": (75, 10), "2022-23": (80, 10), "2023-24": (68, 10)},
        "childrens": {"2021-22": (58, 17), "2022-23": (67, 16), "2023-24": (58, 17)},
    },
}
"""Per cent of the year's answers in time, and more within an agreed extension. Published are
only the changes at stage one (KNO-11) and the directions at stage two (KNO-14)."""

CHANGES = {"adults": 5, "corporate": -4, "childrens": -4}
"""KNO-11, percentage points from 2022-23 to 2023-24."""

LIMITS = {
    "corporate": {1: Limit(15, 25, 3), 2: Limit(20, 30, 3)},
    "adults": {1: Limit(15, 25, 3), 2: Limit(20, 30, 3)},
    "childrens": {
        1: Limit(10, 20, 3),
        2: Limit(25, 65, 3, Clock.STATEMENT),
        3: Limit(30, 30, 3),
    },
}
"""KNO-10 and KNO-13; the acknowledgement limit and the longest extensions are ours."""

COMPLIMENTS = {
    "Children's Services": {"2021-22": 11, "2022-23": 12, "2023-24": 13, "rest": 2},
    "Communities & Neighbourhoods": {"2021-22": 37, "2022-23": 40, "2023-24": 43, "rest": 6},
    "Health & Social Care": {"2021-22": 17, "2022-23": 21, "2023-24": 20, "rest": 4},
    "Regeneration & Economic Development": {
        "2021-22": 10,
        "2022-23": 12,
        "2023-24": 15,
        "rest": 2,
    },
    "Resources": {"2021-22": 29, "2022-23": 33, "2023-24": 37, "rest": 6},
}
"""KNO-30 for 2023-24."""
