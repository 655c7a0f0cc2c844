"""The words of Northmere's exports, and how often each occurs."""

from __future__ import annotations

PROCEDURES = {
    "corporate": ("Corporate", "Corporate complaint", "CORP"),
    "adults": ("Adult social care", "ASC Statutory"),
    "childrens": ("Children's statutory", "Childrens Statutory"),
    "housing": ("Housing landlord", "Landlord"),
}
STAGES = {
    1: ("1", "Stage One", "Stage 1"),
    2: ("2", "Stage Two", "Stage 2"),
    3: ("3", "Panel"),
}
OUTCOMES = {
    "upheld": ("Upheld", "Justified"),
    "partially_upheld": ("Partly upheld", "Partially upheld"),
    "not_upheld": ("Not upheld", "Not justified"),
}
WITHDRAWN = ("Withdrawn by customer", "Withdrawn")

CATEGORIES = {
    "missed_collection": ("Missed collection", "Missed Collection"),
    "repair_not_done": ("Repair not done", "Repair outstanding"),
    "damp_and_mould": ("Damp and mould", "Damp/mould"),
    "delay": ("Delay", "Delay -"),
    "communication": ("Communication", "Comms"),
    "staff_conduct": ("Staff conduct",),
    "quality_of_work": ("Quality of work",),
    "decision": ("Decision or assessment", "Decision"),
    "charges": ("Charges and billing",),
    "care_provision": ("Care provision",),
    "education_plan": ("Education, health and care plan", "EHCP"),
    "noise_and_nuisance": ("Noise and nuisance",),
    "information": ("Wrong information",),
    "access": ("Access and equality",),
}
_USUAL: dict[str, float] = {
    "delay": 30,
    "communication": 24,
    "decision": 18,
    "staff_conduct": 9,
    "information": 8,
}
CATEGORY_WEIGHTS: dict[str, dict[str, float]] = {
    "waste_collection": {"missed_collection": 70, "delay": 14, "communication": 10},
    "housing_repairs": {"repair_not_done": 48, "damp_and_mould": 26, "quality_of_work": 16},
    "tenancy": _USUAL | {"noise_and_nuisance": 30, "charges": 14},
    "environmental_health": _USUAL | {"noise_and_nuisance": 40},
    "highways": _USUAL | {"quality_of_work": 25},
    "council_tax": {"charges": 52, "communication": 20, "delay": 16, "information": 12},
    "benefits": {"delay": 40, "decision": 30, "communication": 18, "information": 10},
    "home_care": {"care_provision": 60, "communication": 22, "staff_conduct": 12},
    "care_charging": {"charges": 62, "communication": 20, "decision": 16},
    "send": {"education_plan": 62, "delay": 22, "communication": 14},
}
"""What complaints to a service are about; the usual mixture for the others."""
USUAL_CATEGORIES = _USUAL | {"access": 4, "quality_of_work": 7}

CHANNELS = {
    "web": ("Online", "ONLINE FORM"),
    "email": ("Email", "e-mail"),
    "telephone": ("Telephone", "Tel"),
    "letter": ("Letter",),
    "face_to_face": ("Face to face", "F2F"),
}
CHANNEL_WEIGHTS = {"web": 52, "email": 20, "telephone": 21, "letter": 4, "face_to_face": 3}
COMPLAINANTS = {
    "resident": ("Resident",),
    "tenant": ("Tenant or leaseholder", "Tenant"),
    "parent": ("Parent or carer",),
    "service_user": ("Person receiving care",),
    "relative": ("Relative or friend",),
    "young_person": ("Child or young person",),
    "advocate": ("Advocate",),
    "business": ("Business",),
}
COMPLAINANT_WEIGHTS = {
    "corporate": {"resident": 82, "business": 8, "parent": 8, "advocate": 2},
    "housing": {"tenant": 93, "relative": 5, "advocate": 2},
    "adults": {"relative": 56, "service_user": 37, "advocate": 7},
    "childrens": {"parent": 68, "relative": 13, "young_person": 11, "advocate": 8},
}
