"""What the council published, as quotas for its synthetic cases (CWC-* of the figures list)."""

from __future__ import annotations

from datetime import date

EXTRACT = date(2023, 10, 2)
"""The Monday on which everything was exported."""
YEARS = ("2018-19", "2019-20", "2020-21", "2021-22", "2022-23")
"""2018-19 is published by service only; everything else of that year is ours."""

Counts = tuple[int, int, int, int, int]
"""A number for each of the years, in their order."""

SERVICES: dict[tuple[str, str], Counts] = {
    ("Children in Need", "Winsford"): (10, 5, 1, 2, 1),
    ("Children in Need", "Chester"): (14, 5, 1, 0, 3),
    ("Children in Need", "Ellesmere Port"): (5, 8, 1, 0, 0),
    ("CP Court Team", "Winsford"): (0, 0, 0, 1, 0),
    ("CP Court Team", "Chester"): (0, 0, 0, 0, 2),
    ("CP Court Team", "Ellesmere Port"): (0, 0, 0, 1, 1),
    ("Children in Care (Permanence Teams)", "Winsford"): (8, 4, 1, 2, 0),
    ("Children in Care (Permanence Teams)", "Chester"): (4, 1, 0, 0, 0),
    ("Children in Care (Permanence Teams)", "Ellesmere Port"): (4, 1, 6, 0, 4),
    ("Leaving Care (Supporting Independence)", ""): (5, 2, 0, 2, 0),
    ("Children with Disabilities", ""): (3, 5, 3, 2, 2),
    ("Provider Services", "Fostering"): (1, 0, 0, 0, 0),
    ("Integrated Early Support", ""): (1, 1, 0, 0, 0),
    ("Safeguarding", ""): (1, 2, 0, 1, 0),
    ("Integrated Access and Referral Team and Integrated Early Support", ""): (0, 2, 2, 2, 0),
    ("Transition Team", ""): (1, 1, 0, 1, 1),
}
"""CWC-09, without the rows that are nought or empty in every year."""

_STANDARD, _WORKER, _TALK = "Standard of Service Delivery", "Social Worker", "Communication"
SUBJECTS: dict[tuple[str, str], Counts] = {
    (_STANDARD, "Inaccuracies in assessments"): (5, 3, 1, 1, 0),
    (_STANDARD, "Lack of support"): (9, 6, 7, 2, 0),
    (_STANDARD, "Failure to investigate concerns"): (3, 1, 0, 2, 0),
    (_STANDARD, "Issues with contact arrangements"): (4, 0, 2, 2, 1),
    (_STANDARD, "Other"): (6, 4, 0, 3, 6),
    (_WORKER, "Issues with Attitude / Behaviour"): (4, 2, 0, 0, 0),
    (_WORKER, "Lack of Support"): (5, 3, 1, 1, 3),
    (_WORKER, "Preference for one parent over another"): (3, 2, 0, 0, 1),
    (_WORKER, "Social Worker and Team Manager"): (6, 7, 0, 0, 0),
    (_TALK, "Lack of response"): (6, 5, 2, 0, 0),
    ("Child Protection Issues", ""): (1, 0, 0, 1, 1),
    ("Financial Issues", ""): (2, 2, 1, 0, 2),
    ("Accommodation/Placement Issues", ""): (1, 0, 0, 1, 0),
    ("Fostering Issues", ""): (0, 0, 0, 1, 0),
    ("Eligibility for Service / Unhappy with Social Care involvement", ""): (2, 2, 1, 0, 0),
}
"""CWC-10, without the rows that are nought in every year; 2018-19 is ours."""

OUTCOMES: dict[str, Counts] = {
    "Upheld": (7, 4, 2, 1, 1),
    "Partially upheld": (30, 19, 11, 10, 11),
    "Not upheld": (20, 14, 2, 3, 2),
}
"""CWC-06, of the complaints received in the year; 2018-19 is ours."""

BANDS: dict[tuple[int, int], Counts] = {
    (1, 10): (3, 0, 1, 0, 2),
    (11, 20): (21, 13, 5, 2, 2),
    (21, 85): (33, 24, 9, 12, 10),
}
"""CWC-11: first and last working day of the band, and how many answers took that long; the
longest is ours, and 2018-19 is."""
DAYS_TAKEN = (3, 10, 16, 20, 24, 29, 30, 31, 32, 61, 62, 64, 77, 108)
"""CWC-12: the working days of each answer of 2022-23."""

POINTS: dict[str, Counts] = {
    "Service Area": (9, 5, 1, 3, 1),
    "Customer Relations Team": (46, 31, 12, 9, 13),
    "Director/Head of Service": (1, 1, 0, 0, 0),
    "Chief Executive": (1, 0, 1, 0, 0),
    "Other": (0, 0, 1, 2, 0),
}
"""CWC-19; 2018-19 is ours."""
METHODS: dict[str, Counts] = {
    "On-line form": (14, 12, 7, 8, 9),
    "Email": (24, 15, 5, 4, 4),
    "Telephone": (11, 6, 2, 1, 1),
    "Letter": (8, 4, 1, 1, 0),
}
"""Ours: the report claims more use of the on-line form and prints no table of it (CWC-18)."""
COMPLAINANTS: dict[str, Counts] = {
    "Child or young person being looked after or in need": (5, 4, 1, 0, 0),
    "Parent/s": (46, 30, 12, 11, 12),
    "Local Authority foster carer": (2, 1, 0, 1, 0),
    "Special guardian": (1, 0, 0, 0, 2),
    "Person with sufficient interest in the child's welfare": (1, 0, 1, 1, 0),
    "Advocacy service": (2, 2, 1, 1, 0),
}
"""CWC-20, without those wishing to adopt, of whom there were none; 2018-19 is ours."""

STAGE_TWO = {
    "2019-20": ("Withdrawn", "Withdrawn", "Withdrawn"),
    "2020-21": ("Partially upheld", "", "Withdrawn"),
    "2021-22": ("Partially upheld", "Partially upheld", "Withdrawn", "Withdrawn"),
    "2022-23": (
        "Partially upheld",
        "Complaint not agreed",
        "Complaint not agreed",
        "Resolved informally",
        "Resolved informally, then withdrawn",
    ),
}
"""CWC-07 by the year of the request, and for 2022-23 the fates that CWC-04 tells apart; the one
without an end is open to this day."""
STAGE_THREE = {"2022-23": "Partially upheld"}
"""CWC-08: the panel after the one full investigation of that year."""

INELIGIBLE = {"2019-20": 54, "2020-21": 16, "2021-22": 24, "2022-23": 26}
ANOTHER_WAY = {"2019-20": 44, "2020-21": 94, "2021-22": 93, "2022-23": 97}
"""CWC-05; with the valid complaints they make all representations considered."""

COMPLIMENTS = {"2019-20": 18, "2020-21": 49, "2021-22": 32, "2022-23": 14}
"""CWC-22."""
QUOTATIONS = 5
"""CWC-23."""
