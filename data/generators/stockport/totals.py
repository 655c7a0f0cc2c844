"""What Stockport published, as quotas for its synthetic cases (STO-* of the figures list).

Where the report contradicts itself its own tables are followed: 417 complaints at stage one in
2022-23 and not 328, which leaves the adults' out (STO-06); 15 school complaints at stage two and
not 13 (STO-12, STO-39); 93 in time of the 126 answered, not of the 150 received (STO-31); 50
escalated of 179, which is 28 per cent and not 29 (STO-19).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.generators.steps import Clock, Limit

YEARS = ("2020-21", "2021-22", "2022-23", "2023-24")
REST = (date(2024, 4, 1), date(2024, 10, 6))
"""After the published year, up to the evening before the last extract."""
NEXT_SCHOOL_YEAR = (date(2024, 9, 2), date(2024, 10, 6))


@dataclass(frozen=True, slots=True)
class Quota:
    """What becomes of a stage of a procedure in a year.

    The answered are those brought forward and received, less those carried forward and withdrawn.
    """

    received: int
    carried: int = 0
    """Received so late that the answer goes out in the year after."""
    withdrawn: int = 0
    in_time: int = 0
    """Of the answered, within the first limit."""
    longest: int = 0
    """Of the answered, within the longest time the procedure allows."""
    upheld: int = 0
    """Of the answered, upheld or partially upheld."""


QUOTAS = {
    ("corporate", 1): (
        Quota(132, 6, 2, 88, 88, 46),
        Quota(143, 8, 3, 96, 96, 53),
        Quota(161, 5, 2, 123, 123, 58),
        Quota(179, 0, 0, 149, 149, 48),
    ),
    ("corporate", 2): (
        Quota(65, 4, 1, 39, 39, 13),
        Quota(112, 3, 1, 81, 81, 22),
        Quota(52, 0, 2, 49, 49, 11),
        Quota(50, 2, 0, 46, 46, 9),
    ),
    ("adults", 1): (
        Quota(84, 4, 2, 36, 76, 27),
        Quota(146, 7, 3, 66, 137, 49),
        Quota(89, 5, 2, 44, 87, 32),
        Quota(87, 6, 0, 49, 85, 41),
    ),
    ("childrens", 1): (
        Quota(36, 2, 1, 14, 24, 14),
        Quota(52, 2, 2, 20, 35, 22),
        Quota(28, 0, 2, 12, 21, 12),
        Quota(20, 6, 0, 6, 10, 9),
    ),
    ("childrens_corporate", 1): (
        Quota(25, 1, 0, 17, 17, 10),
        Quota(49, 2, 1, 34, 34, 21),
        Quota(80, 0, 1, 60, 60, 38),
        Quota(150, 23, 1, 93, 93, 68),
    ),
    ("childrens_corporate", 2): (
        Quota(6, 0, 0, 4, 4, 2),
        Quota(15, 3, 0, 9, 9, 4),
        Quota(21, 0, 0, 19, 19, 8),
        Quota(35, 1, 1, 24, 24, 15),
    ),
    ("schools", 1): (
        Quota(25, in_time=19, longest=19, upheld=7),
        Quota(51, in_time=38, longest=38, upheld=15),
        Quota(59, in_time=43, longest=43, upheld=18),
        Quota(55, in_time=42, longest=42, upheld=17),
    ),
    ("schools", 2): (
        Quota(2, in_time=2, longest=2, upheld=1),
        Quota(14, in_time=11, longest=11, upheld=4),
        Quota(28, in_time=22, longest=22, upheld=8),
        Quota(15, in_time=12, longest=12, upheld=4),
    ),
    ("schools", 3): (
        Quota(1, in_time=1, longest=1),
        Quota(4, in_time=3, longest=3, upheld=1),
        Quota(3, in_time=3, longest=3, upheld=1),
        Quota(1, in_time=1, longest=1),
    ),
}
"""Received: STO-08 to STO-12, the school years for schools. Carried forward into and out of
2023-24, withdrawn in it, and its outcomes and timeliness: STO-17, STO-20, STO-23, STO-27, STO-30,
STO-31, STO-34, STO-36; brought forward from 2022-23 are only the five of STO-17 and, ours, the
adults' five, who are one fewer than they leave behind (STO-23). For 2022-23 and 2021-22 the counts
make the rates that were published: 58 of 162 upheld (36 %), 49 of 53 and 81 of 112 in time (92 %,
72 %), 32 and 44 of 89 (36 %, 49 %), 12 of 28 (43 %), 38 and 60 of 81 (47 %, 74 %), 8 and 19 of 24
(33 %, 79 %). Everything else of those years, and all of it at schools, is ours."""

REST_RECEIVED = {
    ("corporate", 1): 92,
    ("corporate", 2): 21,
    ("adults", 1): 44,
    ("childrens", 1): 11,
    ("childrens_corporate", 1): 78,
    ("childrens_corporate", 2): 16,
    ("schools", 1): 6,
}
"""From April 2024 to the last extract, schools from September: ours."""

INVESTIGATIONS = {"2020-21": 1, "2021-22": 1, "2022-23": 1, "2023-24": 1}
"""Children's statutory stage two (STO-10)."""
PANELS = ("2021-22", "2023-24")
"""Years in which one panel met; the first was taken to the Ombudsman in 2022-23 (STO-10)."""
TAKEN_OUTSIDE = date(2022, 5, 18)

LIMITS = {
    "corporate": {1: Limit(20, 40, 5), 2: Limit(20, 40, 5)},
    "adults": {1: Limit(20, 65, 3)},
    "childrens": {1: Limit(10, 20, 3), 2: Limit(25, 65, 3, Clock.STATEMENT), 3: Limit(30, 30, 3)},
    "childrens_corporate": {1: Limit(20, 40, 5), 2: Limit(20, 40, 5)},
    "schools": {1: Limit(20, 40, 5), 2: Limit(20, 40, 5), 3: Limit(20, 40, 5)},
}
"""STO-14, STO-23, STO-27, STO-36 and the statutes; those of schools are ours."""

RESOLVED_EARLY = {"2020-21": 31, "2021-22": 44, "2022-23": 52, "2023-24": 59, "rest": 27}
"""Adults' contacts that never became a complaint: STO-24 for 2023-24."""
