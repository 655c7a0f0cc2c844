"""Candour's annual report of a shipped council: page, PDF, Word, workbook, ledger and gate."""

from __future__ import annotations

import datetime as dt

from candour.period import Period
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.extract import extract
from tasks.settings import settings
from tasks.validate import validate

IMPORTS = ("pandas", "tasks.press", "matplotlib.figure", "weasyprint", "great_expectations")
COUNCIL, YEAR = "stockport", "2023-24"
"""The longest of the shipped reports: five procedures, a chapter each."""
LANDED_ON = dt.date(2024, 10, 8)


def main(home: str, step: str) -> None:
    """Take the council in, or build its report from what was taken in."""
    at = settings({"CANDOUR_HOME": home})
    if step == "intake":
        validate(at, COUNCIL, extract(at, COUNCIL, LANDED_ON).id)
    else:
        build(at, compute_kpis(at, COUNCIL, "annual_report", Period.parse(YEAR)))
