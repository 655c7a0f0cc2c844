"""The words of Knowsley's exports: published service labels, and how they get misspelt."""

from __future__ import annotations

from dataclasses import dataclass

CHILDREN = "Children's Services"
COMMUNITIES = "Communities & Neighbourhoods"
HEALTH = "Health & Social Care"
REGENERATION = "Regeneration & Economic Development"
RESOURCES = "Resources"

DEPARTMENTS = {
    CHILDREN: (CHILDREN, "Childrens Services"),
    COMMUNITIES: (COMMUNITIES, "Communities and Neighbourhoods"),
    HEALTH: (HEALTH, "Health and Social Care"),
    REGENERATION: (REGENERATION, "Regeneration and Economic Development"),
    RESOURCES: (RESOURCES,),
}
"""The five departments of the compliments table, and how they are typed."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service under the label it was published with."""

    department: str
    typed: tuple[str, ...]
    """The published label first, then spellings seen in the system."""
    received: tuple[int, int, int]
    """Corporate complaints received in 2023-24 as published, and weights for the years before."""


SERVICES = {
    "waste": Service(
        COMMUNITIES, ("Waste Management", "Waste Mgmt", "waste management "), (231, 205, 190)
    ),
    "licensing": Service(COMMUNITIES, ("Licensing", "LICENSING"), (146, 88, 60)),
    "highways": Service(COMMUNITIES, ("Highways", "Highways "), (98, 92, 101)),
    "childrens_and_education": Service(
        CHILDREN,
        (
            "Children's Services and Education",
            "Childrens Services and Education",
            "Children's Services & Education",
        ),
        (90, 66, 52),
    ),
    "revenue": Service(
        RESOURCES, ("Revenue and Benefits", "Revenues & Benefits", "Rev & Bens"), (45, 51, 58)
    ),
    "street_scene": Service(COMMUNITIES, ("Street Scene", "Streetscene"), (42, 40, 44)),
    "parks": Service(
        COMMUNITIES,
        (
            "Environmental Sustainability, Parks and Green Spaces",
            "Env Sustainability, Parks & Green Spaces",
        ),
        (34, 31, 29),
    ),
    "planning": Service(
        REGENERATION, ("Planning/Building Control", "Planning / Building Control"), (24, 26, 25)
    ),
    "strategic_housing": Service(REGENERATION, ("Strategic Housing",), (21, 19, 15)),
    "adult_services": Service(HEALTH, ("Adult Services",), (21, 18, 16)),
    "environmental_health": Service(
        COMMUNITIES, ("Environmental Health", "Env Health"), (14, 15, 18)
    ),
    "insurance": Service(RESOURCES, ("Insurance",), (13, 14, 11)),
    "other": Service(RESOURCES, ("Other", "OTHER"), (8, 9, 12)),
    "elections": Service(RESOURCES, ("Elections",), (5, 4, 6)),
    "property": Service(
        REGENERATION, ("Property & Development", "Property and Development"), (4, 5, 4)
    ),
    "street_lighting": Service(COMMUNITIES, ("Street Lighting",), (4, 6, 5)),
    "major_projects": Service(REGENERATION, ("Major Projects",), (4, 3, 2)),
    "fact": Service(CHILDREN, ("FACT",), (3, 2, 3)),
    "town_centre": Service(REGENERATION, ("Town Centre Management",), (2, 3, 2)),
    "culture": Service(COMMUNITIES, ("Cultural Museum and Galleries",), (2, 1, 2)),
    "business_support_childrens": Service(CHILDREN, ("Business Support",), (2, 2, 2)),
    "human_resources": Service(RESOURCES, ("Human Resources", "HR"), (2, 2, 1)),
    "information_governance": Service(RESOURCES, ("Information Governance",), (2, 3, 3)),
    "communications": Service(RESOURCES, ("Communications",), (2, 1, 1)),
    "scrutiny": Service(
        RESOURCES, ("Scrutiny & Partnership", "Scrutiny and Partnership"), (2, 1, 1)
    ),
    "business_support_resources": Service(RESOURCES, ("Business Support",), (2, 2, 1)),
    "libraries": Service(COMMUNITIES, ("Libraries",), (2, 4, 3)),
    "registration": Service(RESOURCES, ("Registration Services", "Registrars"), (2, 3, 4)),
    "legal": Service(RESOURCES, ("Legal Services", "Legal Svcs"), (2, 2, 2)),
    "contact_centre": Service(RESOURCES, ("Contact Centre",), (0, 0, 0)),
    "audit": Service(RESOURCES, ("CCFU & Audit",), (1, 1, 1)),
    "security": Service(COMMUNITIES, ("Security Services",), (1, 1, 1)),
    "adult_social_care": Service(HEALTH, ("Adult Social Care", "ASC"), (0, 0, 0)),
    "childrens_social_care": Service(
        CHILDREN, ("Children's Social Care", "Childrens Social Care"), (0, 0, 0)
    ),
}
"""Under which department a service stands is our placing, not the council's publication."""

NOT_RECORDED = ""
WITHOUT_SERVICE = (22, 14, 12)
"""Corporate complaints of which the system holds no service: 853 less the 831 listed."""

PROCEDURES = {
    "corporate": ("Corporate Complaint", "Corporate", "CORPORATE"),
    "adults": ("Adult Social Care", "ASC"),
    "childrens": ("Children's Social Care", "Childrens Social Care", "CSC"),
}
STAGES = {
    1: ("Stage 1", "Stage One", "S1"),
    2: ("Stage 2", "Stage Two", "S2"),
    3: ("Stage 3", "Review Panel"),
}
OUTCOMES = {
    "upheld": ("Upheld", "UPHELD"),
    "partially_upheld": ("Partially Upheld", "Part Upheld"),
    "not_upheld": ("Not Upheld", "Not upheld"),
}
WITHDRAWN = "Withdrawn"

CATEGORIES = {
    "communication": ("Communication", "Comms -"),
    "missed_service": ("Missed service", "Missed Service"),
    "delay": ("Delay", "Delays"),
    "quality": ("Quality of service",),
    "staff_conduct": ("Staff conduct", "Staff Attitude"),
    "decision": ("Decision or policy", "Decision / policy"),
    "charges": ("Charges and payments",),
    "information": ("Information given",),
    "financial": ("Financial",),
    "commissioned_service": ("Commissioned service", "Commissioned Service"),
    "assessment": ("Assessments and care plan", "Assessment & care plan"),
    "safeguarding": ("Safeguarding",),
    "child_protection": ("Child protection",),
    "contact_arrangements": ("Contact", "Contact arrangements"),
}
CORPORATE_CATEGORIES = {
    "missed_service": 26,
    "delay": 22,
    "communication": 17,
    "quality": 12,
    "decision": 9,
    "staff_conduct": 6,
    "charges": 5,
    "information": 3,
}
ADULT_CATEGORIES = {
    "communication": 30,
    "financial": 19,
    "commissioned_service": 14,
    "assessment": 12,
    "safeguarding": 9,
}
CHILDREN_CATEGORIES = {
    "communication": 33,
    "child_protection": 22,
    "financial": 15,
    "contact_arrangements": 12,
}
"""The order in which the publication discusses the themes; their sizes are ours."""

CHANNELS = {
    "web": ("Web form", "WEB"),
    "email": ("Email", "E-mail"),
    "telephone": ("Telephone", "Phone"),
    "letter": ("Letter",),
    "in_person": ("In person",),
}
CHANNEL_WEIGHTS = {"web": 48, "email": 24, "telephone": 20, "letter": 5, "in_person": 3}

COMPLAINANTS = {
    "resident": ("Resident",),
    "parent": ("Parent or carer", "Parent/Carer"),
    "service_user": ("Service user",),
    "relative": ("Relative or representative",),
    "young_person": ("Young person",),
    "business": ("Business",),
    "member": ("Councillor or MP",),
}
COMPLAINANT_WEIGHTS = {
    "corporate": {"resident": 84, "business": 9, "parent": 4, "member": 3},
    "adults": {"relative": 58, "service_user": 36, "member": 6},
    "childrens": {"parent": 72, "relative": 17, "young_person": 11},
}
