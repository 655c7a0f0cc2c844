"""A small council, and raw tables written as the lines of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from candour.conform import Conformed, conform
from candour.exports import Export, read_exports
from candour.reading.raw import Noise, RawTable, Torn
from candour.taxonomy import Taxonomy, read_taxonomy

SERVICES = """
directorates:
  resources:
    name: Resources
    also: ["Corporate Resources"]
    services:
      legal: {name: Legal Services, also: ["Legal Svcs"], manager: p_khan,
              teams: {litigation: {name: Litigation}, legal_duty: {name: Duty team}}}
      benefits: {name: Housing Benefit}
      resources_support: {name: Business Support}
  children:
    name: Children's Services
    services:
      assessment: {name: Assessment & Support, teams: {children_duty: {name: Duty team}}}
      children_support: {name: Business Support}
categories:
  delay: {name: Delay}
  staff: {name: Staff attitude, also: ["Staff conduct"]}
channels: {web: {name: Web form, also: [WEB]}, phone: {name: Telephone}}
complainant_types: {resident: {name: Resident}, parent: {name: Parent or carer}}
reasons: {service_request: {name: "Service request, not a complaint"}}
dispositions: {logged_in_error: {name: Logged in error}}
"""

PEOPLE = """
p_khan: {name: Ayesha Khan, role: Service manager, also: ["Khan, A"]}
p_lee: {name: Sam Lee}
"""

LONG = """
complaints:
  fills: steps
  files: [{name: "complaints_{date}.csv", holds: everything}]
  dates: ["%d/%m/%Y"]
  blanks: ["", "N/A", "-", "TBC", "01/01/1900"]
  columns:
    case_ref: Case Reference
    stage: {column: Stage, values: {1: ["Stage 1", S1], 2: ["Stage 2", S2]}}
    procedure: {column: Complaint Type, values: {corporate: [Corporate], adults: [Adults]}}
    service: {column: Service, within: Directorate}
    team: Team
    officer: Officer
    category: Category
    received_on: Received
    responded_on: Responded
    extended_to_on: Extended To
    outcome: {column: Outcome, values: {upheld: [Upheld], not_upheld: ["Not upheld"]}}
    disposition: {column: Outcome, values: {refused: [Rejected]}}
    redress_pence: {column: Redress, money: pounds}
    vendor_in_time: {column: In Target, values: {yes: [Met, Y], no: [Missed, N]}}
    vendor_due_on: Target Date
  personal: [Complainant Name, Summary]
  ignored: [GUID]
"""

LONG_HEADERS = (
    "Case Reference", "Stage", "Complaint Type", "Directorate", "Service", "Team", "Officer",
    "Category", "Received", "Responded", "Extended To", "Outcome", "Redress", "In Target",
    "Target Date", "Complainant Name", "Summary", "GUID",
)  # fmt: skip

COMPLAINT = {
    "Case Reference": "0001",
    "Stage": "Stage 1",
    "Complaint Type": "Corporate",
    "Directorate": "Resources",
    "Service": "Legal Services",
    "Received": "04/03/2024",
    "Complainant Name": "Zebedee Canary",
    "Summary": "Zebedee Canary of 1 Canary Street complains",
}

EXTRACTED_ON = dt.date(2024, 4, 2)
PROCEDURES = frozenset({"corporate", "adults"})


@dataclass(frozen=True)
class Clerk:
    """Conforms rows under one export of the small council."""

    export: Export
    taxonomy: Taxonomy
    headers: Sequence[str] = LONG_HEADERS
    row: dict[str, str] = field(default_factory=lambda: dict(COMPLAINT))

    def conform(
        self,
        *rows: dict[str, str],
        noise: tuple[Noise, ...] = (),
        torn: tuple[Torn, ...] = (),
        from_spreadsheet: bool = False,
        extracted_on: dt.date = EXTRACTED_ON,
    ) -> Conformed:
        """What becomes of the usual row with these cells changed, one row each."""
        written = [self.row | row for row in rows]
        raw = raw_table(self.headers, written, noise, torn, from_spreadsheet=from_spreadsheet)
        return conform(raw, self.export, extracted_on, self.taxonomy, "5ha", file="complaints.csv")

    def steps(self, *rows: dict[str, str], **options: bool) -> pd.DataFrame:
        """The steps of those rows, in the order of their references."""
        return self.conform(*rows, **options).frames["steps"]


def raw_table(
    headers: Sequence[str],
    rows: Sequence[dict[str, str]],
    noise: tuple[Noise, ...] = (),
    torn: tuple[Torn, ...] = (),
    *,
    from_spreadsheet: bool = False,
) -> RawTable:
    """A raw table of those cells, as reading leaves them."""
    cells = pd.DataFrame([{h: row.get(h, "") for h in headers} for row in rows], columns=headers)
    return RawTable(
        cells=cells.astype("string"),
        row_numbers=np.arange(2, len(rows) + 2),
        noise=noise,
        torn=torn,
        rows_in_file=len(rows) + len(noise) + len(torn),
        notes=(),
        from_spreadsheet=from_spreadsheet,
    )


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return read_taxonomy(SERVICES, PEOPLE, "councils/small/")


@pytest.fixture(scope="session")
def declare(taxonomy: Taxonomy) -> Callable[[str], Export]:
    """Reads the one export of an exports.yaml."""

    def read(text: str) -> Export:
        exports = read_exports(text, "councils/small/exports.yaml", taxonomy, PROCEDURES)
        return next(iter(exports.values()))

    return read


@pytest.fixture(scope="session")
def clerk(taxonomy: Taxonomy, declare: Callable[[str], Export]) -> Clerk:
    return Clerk(declare(LONG), taxonomy)


@pytest.fixture(scope="session")
def clerk_of(taxonomy: Taxonomy, declare: Callable[[str], Export]) -> Callable[..., Clerk]:
    """A clerk of another export, and the row it usually sees."""

    def of(
        text: str, headers: Sequence[str] = LONG_HEADERS, row: dict[str, str] = COMPLAINT
    ) -> Clerk:
        return Clerk(declare(text), taxonomy, headers, dict(row))

    return of
