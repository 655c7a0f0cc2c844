"""Candour's intake: extract and validate one council."""

from __future__ import annotations

import datetime as dt

from tasks.extract import extract
from tasks.settings import settings
from tasks.validate import validate

IMPORTS = ("pandas", "great_expectations", "candour.conform", "tasks.reading_process")
LANDED_ON = dt.date(2024, 5, 28)


def main(folder: str) -> None:
    """Take in the council of a folder."""
    at = settings({"CANDOUR_HOME": f"{folder}/var", "CANDOUR_COUNCILS": f"{folder}/councils"})
    intake = extract(at, "northmere_large", LANDED_ON)
    validate(at, "northmere_large", intake.id)
