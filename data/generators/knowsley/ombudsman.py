"""Knowsley's part of the Ombudsman's own tables, as three publications print it."""

from __future__ import annotations

from datetime import date

from data.generators.yearly import IMPROVEMENTS, STATISTICS, titled, uphold_rate

COMPILED = date(2025, 7, 14)
"""A Monday after the page on 2024-25 came out."""

_NAME, _TYPE = "Knowsley Metropolitan Borough Council", "Metropolitan Borough Council"
_ABOVE = (
    "Local Government and Social Care Ombudsman: complaints about local authorities",
    "Compiled for a reproduction test from three publications: one authority, three years",
    "Sources: annual review letter of 2020; annual report 2023-24; performance page of 2024-25",
    "Left blank: not in the publication. Population: the residents of the annual report 2023-24",
)
_ROWS: tuple[dict[str, str | int], ...] = (
    {
        "Year ending": "31/03/2020",
        "Upheld": 9,
        "Not Upheld": 3,
        "Satisfactory remedies": 3,
        "Compliance outcomes": 4,
        "Complied": 4,
    },
    {"Year ending": "31/03/2024", "Upheld": 6, "Not Upheld": 3},
    {
        "Year ending": "31/03/2025",
        "Not for us": 12,
        "Assessed and closed": 19,
        "Upheld": 4,
        "Not Upheld": 0,
        "Satisfactory remedies": 0,
        "Compliance outcomes": 4,
        "Complied": 4,
        "Public reports": 2,
        "Population": 159000,
    },
)
"""LGO20-04 to LGO20-06, KNO-27, and LGO25-01 to LGO25-06; not upheld is investigated less upheld.
The report on 2023-24 prints its compliance as a percentage alone, so its counts stay blank."""

_ADULTS, _CHILDREN = "Adult care services", "Children's care services"
_IMPROVEMENTS = (
    ("23 008 737", _ADULTS, "Assessment and care plan", (
        "Staff are reminded that a carer who does much of the caring takes part in the assessment "
        "of needs and is offered one of their own.",
        "The care home the council commissions checks, before and on admission, that what the "
        "support plan asks for is provided.",
    )),
    ("23 005 717", _ADULTS, "Charging", (
        "The council decides what it will do to handle disability related expenditure better.",
    )),
    ("22 017 318", _ADULTS, "Assessment and care plan", (
        "Letters that refuse disability related expenditure give the reasons in plain words.",
    )),
    ("22 014 796", _CHILDREN, "Looked after children", (
        "Staff are reminded how long the law allows for each stage of a children's complaint.",
        "The council keeps better watch that remedies promised after complaints are carried out.",
    )),
    ("22 011 836", _ADULTS, "Residential care", (
        "Whoever answers a complaint about a commissioned care home first asks the home for its "
        "records.",
        "The council reviews what it expects of care homes when residents have medical "
        "appointments, how families are told, and how it checks that this is done.",
    )),
    ("21 013 145", "Education", "Special educational needs", (
        "Officers are reminded what to weigh up when a child may need education elsewhere, and "
        "that no medical reason is required.",
    )),
    ("21 001 821", _ADULTS, "Domiciliary care", (
        "Occupational therapy and the continence service review how they work together.",
    )),
    ("20 009 055", _CHILDREN, "Child protection", (
        "The council shows that social workers and managers were told what the case teaches.",
    )),
    ("20 003 378", _ADULTS, "Other", (
        "The council writes a policy on ordinary residence and puts it into use.",
    )),
    ("19 018 438", _CHILDREN, "Friends and family carers", (
        "The council looks at how social workers can send back goods that were delivered to a "
        "family in poor condition, and tells the Ombudsman what it will change.",
    )),
)  # fmt: skip
"""LGO25-07: the Ombudsman's references and subjects; what was agreed is in our words."""


def statistics() -> bytes:
    """The council's rows of the yearly statistics, as a file."""
    named = [
        {
            "Authority Name": _NAME,
            "Authority Type": _TYPE,
            "Uphold rate": uphold_rate(row["Upheld"], row["Not Upheld"]),
            **row,
        }
        for row in _ROWS
    ]
    return titled(_ABOVE, STATISTICS, [[row.get(name, "") for name in STATISTICS] for row in named])


def improvements() -> bytes:
    """The service improvements the page of 2024-25 lists, one row an improvement."""
    listed = [
        (case, category, about, words)
        for case, category, about, agreed in _IMPROVEMENTS
        for words in agreed
    ]
    rows = [
        (f"SI-{n:02d}", case, "31/03/2025", category, about, words)
        for n, (case, category, about, words) in enumerate(listed, 1)
    ]
    return titled(
        (
            "Local Government and Social Care Ombudsman: service improvements agreed",
            "Compiled for a reproduction test from the performance page of 2024-25, in other words",
        ),
        IMPROVEMENTS,
        rows,
    )
