"""Candour's monthly pack: facts, counts, every sheet, the narrative and the ledger."""

from __future__ import annotations

from candour.period import Period
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.settings import settings

IMPORTS = ("pandas", "tasks.desk", "matplotlib.figure", "weasyprint")


def main(folder: str) -> None:
    """Build the pack of March 2024 for the council of a folder."""
    at = settings({"CANDOUR_HOME": f"{folder}/var", "CANDOUR_COUNCILS": f"{folder}/councils"})
    build(at, compute_kpis(at, "northmere_large", "monthly_pack", Period.parse("2024-03")))
