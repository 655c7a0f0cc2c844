"""The Ombudsman's own yearly tables and list of improvements, in the world Northmere lies in."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from data.generators.draws import financial_year
from data.generators.northmere.others import decisions
from data.generators.yearly import IMPROVEMENTS, STATISTICS, titled, uphold_rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.generators.records import Decision
    from data.generators.steps import Step

_COUNTY, _DISTRICT = "County Council", "District Council"
_METROPOLITAN, _UNITARY = "Metropolitan Borough Council", "Unitary Council"
_LONDON = "London Borough Council"
_PLACES = {
    _COUNTY: ("Ambershire", "Brackenshire", "Corvenshire", "Dunmarshire", "Elverset", "Thornshire"),
    _DISTRICT: (
        *("Aldermarsh", "Birkholme", "Coldwater Vale", "Dellingham", "Eskmoor", "Farrowdale"),
        *("Gorseley", "Hallowmere", "Inglebeck", "Kestrel Downs", "Larkwell", "Mossbridge"),
    ),
    _METROPOLITAN: (
        *("Calderwick", "Ironbeck", "Millstaith", "Netherforge", "Ravensclough", "Staithford"),
        "Toftbridge",
    ),
    _UNITARY: (
        *("Eastfold", "Havenby", "Pellworth", "Quenchester", "Rothmarsh", "Southmere"),
        *("Summerleigh", "Tarnside", "Westering"),
    ),
    _LONDON: ("Ashenford", "Fenchester", "Marlbrook", "Oldgate", "Walcombe"),
}
"""Invented places: no authority is called so."""
_RESIDENTS = {
    _COUNTY: (520_000, 1_180_000),
    _DISTRICT: (74_000, 156_000),
    _METROPOLITAN: (214_000, 345_000),
    _UNITARY: (142_000, 338_000),
    _LONDON: (190_000, 356_000),
}
_FOR_EVERY = {_COUNTY: 9, _DISTRICT: 10, _METROPOLITAN: 17, _UNITARY: 18, _LONDON: 33}
"""Complaints and enquiries received for every hundred thousand residents."""
_FAULT = {"2021-22": 0.68, "2022-23": 0.72, "2023-24": 0.76}
"""Share of the investigations that find fault: it has been rising everywhere."""
_OURS, _RESIDENTS_OF_OURS = "Northmere Council", 212_400
_NOT_FOR_US = {"Premature", "Invalid or incomplete", "Advice given"}
_UNKNOWN_TO_US = {"2021-22": 4, "2022-23": 6, "2023-24": 5}
"""What never reached the council: sent back before anybody rang, so the two never agree."""

PUBLISHED = {
    "2021-22": date(2022, 8, 1),
    "2022-23": date(2023, 7, 31),
    "2023-24": date(2024, 5, 27),
}
"""Mondays on which each year's table was fetched."""


def statistics(steps: Sequence[Step], year: str) -> bytes:
    """The table of one year, all authorities by kind and name."""
    rows = [
        _authority(kind, _named(kind, place), year)
        for kind, places in _PLACES.items()
        for place in places
    ]
    rows.append(_ours(decisions(steps), year))
    kinds = list(_PLACES)
    rows.sort(key=lambda row: (kinds.index(str(row["Authority Type"])), row["Authority Name"]))
    return titled(
        (
            "SYNTHETIC: every authority and every number in this table is invented",
            f"Complaints and enquiries about local authorities, 1 April {year[:4]} "
            f"to 31 March 20{year[5:]}",
            "In the form in which the Local Government and Social Care Ombudsman publishes them",
            "Uphold rate: upheld out of upheld and not upheld",
        ),
        STATISTICS,
        [[row[name] for name in STATISTICS] for row in rows],
    )


def _named(kind: str, place: str) -> str:
    return (
        f"London Borough of {place}"
        if kind == _LONDON
        else f"{place} {kind}".replace("Unitary ", "")
    )


def _authority(kind: str, name: str, year: str) -> dict[str, str | int]:
    """An authority's row: as many residents every year, and numbers that grow with them."""
    residents = Random(f"northmere/statistics/{name}").randrange(*_RESIDENTS[kind]) // 100 * 100
    rng = Random(f"northmere/statistics/{name}/{year}")
    received = max(4, round(residents / 100_000 * _FOR_EVERY[kind] * rng.uniform(0.75, 1.3)))
    decided = max(4, received - rng.randrange(-2, 4))
    investigated = max(1, round(decided * rng.uniform(0.17, 0.27)))
    not_for_us = round((decided - investigated) * rng.uniform(0.4, 0.56))
    upheld = sum(rng.random() < _FAULT[year] for _ in range(investigated))
    outcomes = max(0, upheld - rng.randrange(3))
    return _row(
        (name, kind, year),
        received=received,
        not_for_us=not_for_us,
        invalid=not_for_us // rng.randrange(3, 6),
        closed=decided - investigated - not_for_us,
        findings=(upheld, investigated - upheld),
        remedies=sum(rng.random() < 0.14 for _ in range(upheld)),
        compliance=(outcomes, outcomes - (rng.random() < 0.06 and outcomes > 0)),
        reports=int(rng.random() < 0.05),
        residents=residents,
    )


def _ours(made: Sequence[Decision], year: str) -> dict[str, str | int]:
    """Northmere's row: its decisions but for those of the Housing Ombudsman, and some more."""
    mine = [one for one in made if one.category != "Housing"]
    decided = [one for one in mine if one.decided and financial_year(one.decided) == year]
    of = {label: sum(one.decision == label for one in decided) for label in _LABELS}
    complied = [one for one in mine if one.complied and financial_year(one.complied) == year]
    return _row(
        (_OURS, _UNITARY, year),
        received=sum(financial_year(one.received) == year for one in mine) + _UNKNOWN_TO_US[year],
        not_for_us=sum(of[label] for label in _NOT_FOR_US) + _UNKNOWN_TO_US[year],
        invalid=of["Invalid or incomplete"],
        closed=of["Closed after initial enquiries"],
        findings=(of["Upheld"], of["Not upheld"]),
        remedies=sum(one.remedy == "Satisfactory remedy by council" for one in decided),
        compliance=(len(complied), sum(one.compliance == "Satisfied" for one in complied)),
        reports=0,
        residents=_RESIDENTS_OF_OURS,
    )


_LABELS = (*sorted(_NOT_FOR_US), "Closed after initial enquiries", "Upheld", "Not upheld")


def _row(
    who: tuple[str, str, str],
    *,
    received: int,
    not_for_us: int,
    invalid: int,
    closed: int,
    findings: tuple[int, int],
    remedies: int,
    compliance: tuple[int, int],
    reports: int,
    residents: int,
) -> dict[str, str | int]:
    name, kind, year = who
    return {
        "Authority Name": name,
        "Authority Type": kind,
        "Year ending": f"31/03/20{year[5:]}",
        "Received": received,
        "Decided": not_for_us + closed + sum(findings),
        "Not for us": not_for_us,
        "of which Invalid or Incomplete": invalid,
        "Assessed and closed": closed,
        "Upheld": findings[0],
        "Not Upheld": findings[1],
        "Uphold rate": uphold_rate(*findings),
        "Satisfactory remedies": remedies,
        "Compliance outcomes": compliance[0],
        "Complied": compliance[1],
        "Public reports": reports,
        "Population": residents,
    }


_AGREED = {
    "Education and children's services": (
        ("Special educational needs", "A tracker shows every plan's last day to the head of "
         "service, and families are told before it passes."),
        ("Special educational needs", "Panel decisions go to families in writing within five "
         "working days."),
    ),
    "Adult care services": (
        ("Charging", "No charge for care begins before the person has a written estimate."),
    ),
    "Environment and public protection": (
        ("Refuse and recycling", "Repeated missed collections go to a supervisor, who tells the "
         "resident when it will stop."),
        ("Noise", "Noise diaries are acknowledged on the day they arrive."),
        ("Refuse and recycling", "Help with bins is renewed by telephone, not only by letter."),
    ),
}  # fmt: skip


def improvements(steps: Sequence[Step]) -> bytes:
    """What was agreed after cases upheld in 2023-24, one row an improvement."""
    upheld = [
        one
        for one in decisions(steps)
        if one.decided and financial_year(one.decided) == "2023-24" and one.remedy == "Recommended"
    ]
    listed = []
    for category, agreed in _AGREED.items():
        cases = [one.ref for one in upheld if one.category == category]
        listed += [
            (cases[n % len(cases)], category, about, words)
            for n, (about, words) in enumerate(agreed)
        ]
    rows = [
        (f"SI-{n:02d}", case, "31/03/2024", category, about, words)
        for n, (case, category, about, words) in enumerate(listed, 1)
    ]
    return titled(
        ("SYNTHETIC: service improvements agreed by an invented council, as the Ombudsman lists",),
        IMPROVEMENTS,
        rows,
    )
