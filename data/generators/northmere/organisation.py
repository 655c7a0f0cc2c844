"""Northmere's organisation: departments, services, teams, officers and managers, all invented."""

from __future__ import annotations

from dataclasses import dataclass

PLACE = "Place and Environment"
HOMES = "Homes and Communities"
ADULTS = "Adults and Health"
CHILDREN = "Children and Families"
RESOURCES = "Resources"

DEPARTMENTS = {
    PLACE: (PLACE, "Place & Environment"),
    HOMES: (HOMES, "Homes & Communities"),
    ADULTS: (ADULTS, "Adults & Health"),
    CHILDREN: (CHILDREN, "Children & Families"),
    RESOURCES: (RESOURCES, "Corporate Resources"),
}


@dataclass(frozen=True, slots=True)
class Team:
    """A team and the officers who answer its complaints."""

    typed: tuple[str, ...]
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A service, its procedure, its usual complaints a year and its teams."""

    department: str
    procedure: str
    a_year: int
    typed: tuple[str, ...]
    teams: tuple[Team, ...]


def _team(*typed: str, by: str) -> Team:
    return Team(typed, tuple(by.split(" + ")))


SERVICES = {
    "waste_collection": Service(
        PLACE,
        "corporate",
        185,
        ("Waste and recycling", "Waste & Recycling", "Waste Mgmt"),
        (
            _team("North round", by="Sade Abiola + Colm Brannigan"),
            _team("South round", "South rnd", by="Priya Chaudhry"),
        ),
    ),
    "street_cleaning": Service(
        PLACE,
        "corporate",
        58,
        ("Streets and parks", "Streets & Parks"),
        (
            _team("Street cleaning", by="Marek Dvorak"),
            _team("Parks and trees", by="Elspeth Eaves"),
        ),
    ),
    "highways": Service(
        PLACE,
        "corporate",
        88,
        ("Highways", "Highways and Lighting"),
        (
            _team("Highway repairs", by="Rhys Fenwick + Noor Ghani"),
            _team("Street lighting", by="Hattie Holroyd"),
        ),
    ),
    "parking": Service(
        PLACE, "corporate", 52, ("Parking",), (_team("Parking appeals", by="Ivo Ivanov"),)
    ),
    "planning": Service(
        PLACE,
        "corporate",
        54,
        ("Planning and building control", "Planning"),
        (
            _team("Development management", "Dev Mgmt", by="Joan Jagger"),
            _team("Planning enforcement", by="Kwame Kuffour"),
        ),
    ),
    "environmental_health": Service(
        PLACE,
        "corporate",
        28,
        ("Environmental health and licensing", "Env Health & Licensing"),
        (_team("Public protection", by="Leila Lowther"),),
    ),
    "housing_repairs": Service(
        HOMES,
        "housing",
        150,
        ("Housing repairs", "Repairs"),
        (
            _team("Responsive repairs", by="Mina Mokoena + Ned Nuttall"),
            _team("Damp and mould", "Damp & mould", by="Oona Oakes"),
            _team("Gas and electrical", by="Pavel Pokorny"),
        ),
    ),
    "tenancy": Service(
        HOMES,
        "housing",
        58,
        ("Tenancy and estates", "Tenancy & Estates"),
        (
            _team("Estate services", by="Quentin Quayle"),
            _team("Rents and leasehold", by="Rukhsana Rehman"),
        ),
    ),
    "homelessness": Service(
        HOMES,
        "corporate",
        44,
        ("Housing options", "Homelessness"),
        (
            _team("Homelessness prevention", by="Stig Sandberg"),
            _team("Housing register", by="Tamsin Tolley"),
        ),
    ),
    "libraries": Service(
        HOMES,
        "corporate",
        12,
        ("Libraries and leisure",),
        (_team("Libraries", by="Ulla Underhill"),),
    ),
    "adult_assessment": Service(
        ADULTS,
        "adults",
        54,
        ("Adult assessment and care planning", "Adult Assessment"),
        (
            _team("Older people", by="Vikram Vaidya + Wanda Wolfenden"),
            _team("Learning disability", "LD team", by="Yasmin Yardley"),
        ),
    ),
    "home_care": Service(
        ADULTS,
        "adults",
        30,
        ("Home care",),
        (_team("Commissioned care", by="Zoltan Zeman"),),
    ),
    "care_charging": Service(
        ADULTS,
        "adults",
        28,
        ("Care charging", "Care Charging & Finance"),
        (_team("Financial assessment", by="Amara Aldous"),),
    ),
    "occupational_therapy": Service(
        ADULTS,
        "adults",
        18,
        ("Equipment and adaptations", "OT"),
        (_team("Occupational therapy", by="Bram Bickerstaff"),),
    ),
    "childrens_social_work": Service(
        CHILDREN,
        "childrens",
        46,
        ("Children's social work", "Childrens Social Work"),
        (
            _team("Assessment", by="Celeste Cadwallader"),
            _team("Child protection", by="Dougal Drummond"),
            _team("Family support", by="Esther Ekwueme"),
        ),
    ),
    "children_in_care": Service(
        CHILDREN,
        "childrens",
        22,
        ("Children in our care",),
        (
            _team("Care experienced", by="Farid Fazeli"),
            _team("Fostering", by="Gwen Garside"),
        ),
    ),
    "send": Service(
        CHILDREN,
        "corporate",
        58,
        ("Special educational needs", "SEND", "S.E.N.D."),
        (
            _team("Plans and reviews", by="Hugo Hartley + Iman Ismail"),
            _team("Home to school transport", by="Jess Jolliffe"),
        ),
    ),
    "admissions": Service(
        CHILDREN,
        "corporate",
        26,
        ("School admissions",),
        (_team("Admissions", by="Kofi Kingsnorth"),),
    ),
    "council_tax": Service(
        RESOURCES,
        "corporate",
        78,
        ("Council tax", "Ctax"),
        (_team("Billing and recovery", by="Lena Lindhurst"),),
    ),
    "benefits": Service(
        RESOURCES, "corporate", 28, ("Benefits",), (_team("Benefits", by="Milo Marchetti"),)
    ),
    "customer_contact": Service(
        RESOURCES,
        "corporate",
        34,
        ("Customer contact", "Contact Centre"),
        (_team("Contact centre", by="Nia Narborough"),),
    ),
    "elections": Service(
        RESOURCES,
        "corporate",
        8,
        ("Elections and registration",),
        (_team("Elections and registration", by="Otis Ormerod"),),
    ),
}
"""Two services, libraries and elections, have nothing outstanding in April 2024."""

QUIET = frozenset({"libraries", "elections"})

MANAGERS = {
    "Adjoa Osei": ("waste_collection", "street_cleaning"),
    "Sven Lindqvist": ("highways", "parking"),
    "Harriet Whitlock": ("planning", "environmental_health"),
    "Samir Farouk": ("housing_repairs",),
    "Colette Delacroix": ("tenancy", "homelessness"),
    "Rowan Ashdown": ("libraries",),
    "Thandi Mbeki": ("adult_assessment", "home_care", "care_charging", "occupational_therapy"),
    "Siobhan Kavanagh": ("childrens_social_work", "children_in_care"),
    "Chidi Okafor": ("send", "admissions"),
    "Jaspreet Singh": ("council_tax", "benefits"),
    "Morwenna Tremaine": ("customer_contact",),
    "Edmund Ellery": ("elections",),
}
"""Service managers and what they answer for; the two of the quiet services stand alone."""

MANAGER_OF = {service: name for name, services in MANAGERS.items() for service in services}
