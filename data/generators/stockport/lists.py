"""The words of Stockport's exports: services the report names, and how they get misspelt."""

from __future__ import annotations

from dataclasses import dataclass

PLACE = ("Place", "Services to Place", "Place Directorate")
SUPPORT = ("Corporate and Support Services", "CSS", "Corporate & Support Services")
PEOPLE = ("Services to People", "People")
SCHOOLS = ("Schools",)


@dataclass(frozen=True, slots=True)
class Service:
    """A service under the name the report gives it."""

    directorate: tuple[str, ...]
    typed: tuple[str, ...]
    """The name first, then spellings seen in the system."""


SERVICES = {
    "parking": Service(PLACE, ("Parking", "Parking Svcs")),
    "planning": Service(PLACE, ("Planning", "PLANNING")),
    "green_space": Service(PLACE, ("Green Space", "Greenspace")),
    "trees": Service(PLACE, ("Neighbourhoods - Trees", "Neighbourhoods/Trees")),
    "environmental": Service(
        PLACE, ("Neighbourhoods - Environmental", "Neighbourhoods/Environmental")
    ),
    "other_place": Service(PLACE, ("Other Place services",)),
    "council_tax": Service(SUPPORT, ("Council Tax", "Ctax")),
    "blue_badge": Service(SUPPORT, ("Blue Badge Business Support", "Blue Badges")),
    "other_support": Service(SUPPORT, ("Other Corporate and Support services",)),
    "adult_social_care": Service(PEOPLE, ("Adult Social Care", "ASC")),
    "social_work": Service(PEOPLE, ("Children's Social Work", "Childrens Social Work")),
    "statutory_social_work": Service(PEOPLE, ("Social Work - Statutory", "Statutory Social Work")),
    "send": Service(PEOPLE, ("SEND", "Special Educational Needs & Disability")),
    "child_protection": Service(PEOPLE, ("Child Protection",)),
    "early_help": Service(PEOPLE, ("Early Help",)),
    "inclusion": Service(PEOPLE, ("Inclusion",)),
    "fostering_and_adoption": Service(PEOPLE, ("Fostering and Adoption", "Fostering & Adoption")),
    "residential_care": Service(PEOPLE, ("Residential Care",)),
    "children_with_disabilities": Service(PEOPLE, ("Children with Disabilities", "CWD")),
    "schools": Service(SCHOOLS, ("Schools supported by agreement", "Schools SLA")),
}

PERIODS = ("2020-21", "2021-22", "2022-23", "2023-24", "rest")
RECEIVED = {
    "corporate": {
        "parking": (27, 30, 34, 36, 19),
        "planning": (24, 26, 29, 31, 15),
        "council_tax": (19, 21, 20, 27, 14),
        "green_space": (5, 6, 4, 10, 5),
        "trees": (9, 10, 11, 12, 6),
        "environmental": (13, 14, 16, 17, 9),
        "blue_badge": (6, 8, 9, 8, 4),
        "other_place": (15, 15, 19, 22, 12),
        "other_support": (14, 13, 19, 16, 8),
    },
    "adults": {"adult_social_care": (84, 146, 89, 87, 44)},
    "childrens": {
        "statutory_social_work": (22, 31, 17, 12, 7),
        "children_with_disabilities": (5, 8, 5, 4, 2),
        "fostering_and_adoption": (6, 9, 4, 3, 1),
        "residential_care": (3, 4, 2, 1, 1),
    },
    "childrens_corporate": {
        "social_work": (11, 22, 34, 48, 21),
        "send": (5, 10, 19, 72, 44),
        "child_protection": (3, 6, 9, 11, 5),
        "early_help": (2, 4, 6, 6, 3),
        "inclusion": (2, 4, 7, 7, 3),
        "fostering_and_adoption": (2, 3, 5, 6, 2),
    },
    "schools": {"schools": (25, 51, 59, 55, 6)},
}
"""Stage one by service and period. Published are council tax and green space (STO-16), that
parking, planning and council tax lead (STO-18), locality social care (STO-32) and SEND (STO-33)."""

LOCALITY = ("Locality Social Care", "Locality SC")
"""The team of the children's social work that falls outside the statutory procedure."""

CATEGORIES = {
    "delay": ("Delay or failed to follow timescales", "Delays"),
    "council_error": ("Council error",),
    "quality": ("Quality of service",),
    "communication": ("Communication", "Comunication"),
    "decision": ("Disagrees with decision or policy", "Decision / policy"),
    "behaviour": ("Behaviour of staff",),
    "charging": ("Charging and billing", "Charging & billing"),
    "social_work_practice": ("Social work practice",),
    "assessment": ("Assessment or care plan",),
    "lack_of_support": ("Lack of support",),
    "staff_conduct": ("Staff conduct",),
    "bullying": ("Bullying",),
    "school_policy": ("School policy",),
    "safeguarding": ("Safeguarding",),
    "send": ("SEND",),
}
THEMES = {
    "corporate": {
        "delay": 28,
        "council_error": 17,
        "quality": 24,
        "communication": 14,
        "decision": 13,
        "behaviour": 4,
    },
    "adults": {
        "charging": 30,
        "social_work_practice": 27,
        "assessment": 16,
        "communication": 15,
        "quality": 12,
    },
    "childrens": {"lack_of_support": 30, "decision": 26, "communication": 24, "quality": 20},
    "childrens_corporate": {
        "delay": 34,
        "communication": 26,
        "behaviour": 15,
        "decision": 13,
        "lack_of_support": 12,
    },
}
"""Weights of ours, in the order in which the report discusses the themes."""
SCHOOL_THEMES = {
    "2020-21": {"staff_conduct": 11, "bullying": 4, "safeguarding": 4, "send": 3, "rest": 3},
    "2021-22": {"staff_conduct": 22, "bullying": 8, "safeguarding": 8, "send": 6, "rest": 7},
    "2022-23": {"staff_conduct": 28, "bullying": 8, "safeguarding": 9, "send": 8, "rest": 6},
    "2023-24": {"staff_conduct": 26, "bullying": 6, "safeguarding": 9, "send": 8, "rest": 6},
    "rest": {"staff_conduct": 3, "bullying": 1, "safeguarding": 1, "send": 1, "rest": 0},
}
"""Staff conduct leads (STO-40); *rest* is school policy and lack of support in equal parts."""
HEADTEACHERS = {"2020-21": 9, "2021-22": 18, "2022-23": 24, "2023-24": 20, "rest": 2}
"""Of staff conduct, about headteachers: STO-40 for the last two years."""
SUBCATEGORIES = {"headteacher": ("Headteacher", "Head teacher"), "other_staff": ("Other staff",)}

PROCEDURES = {
    "corporate": ("Corporate complaint", "Corporate"),
    "adults": ("Adult social care complaint", "ASC complaint"),
    "childrens": ("Children's social care complaint (statutory)",),
    "childrens_corporate": ("Children's services complaint (corporate)",),
    "schools": ("School complaint",),
}
PREFIXES = {
    "corporate": "COR",
    "adults": "ASC",
    "childrens": "CSC",
    "childrens_corporate": "CNS",
    "schools": "SCH",
}

CHANNELS = {
    "web": ("Self service", "Web"),
    "email": ("Email", "E-mail"),
    "telephone": ("Telephone", "Phone"),
    "letter": ("Letter",),
}
CHANNEL_WEIGHTS = {"web": 52, "email": 30, "telephone": 14, "letter": 4}
COMPLAINANTS = {
    "resident": ("Resident",),
    "parent_or_carer": ("Parent or carer", "Parent/carer"),
    "relative": ("Relative or representative",),
    "young_person": ("Young person",),
}
COMPLAINANT_WEIGHTS = {
    "corporate": {"resident": 1},
    "adults": {"resident": 35, "relative": 65},
    "childrens": {"parent_or_carer": 80, "young_person": 12, "relative": 8},
    "childrens_corporate": {"parent_or_carer": 92, "relative": 8},
    "schools": {"parent_or_carer": 1},
}

OUTCOMES = {"upheld": "upheld", "partially_upheld": "partially upheld", "not_upheld": "not upheld"}
CLOSED = {
    1: "Stage 1 Closed - response",
    2: "Stage 2 Closed - response",
    3: "Stage 3 Closed - panel",
}
WITHDRAWN = ("Withdrawn", "Closed - no response to clarification")
NOT_COMPLAINTS = ("Logged in Error", "Duplicate", "Closed - service request not a complaint")
"""How complaints left without a response: in the published years only withdrawn."""
ACTIONS = (
    "Apology",
    "Review of policy, procedure or practice",
    "Training",
    "Remedial actions",
    "Reassessment of customer needs",
)
CHALLENGES = (
    "Failed to take all information into account",
    "Gave the wrong information",
    "Response was unclear, unhelpful or incomplete",
)
