"""Earlier: the figures a release printed, read back from its ledger."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError
from candour.figures import SHORTHAND, Figure, State, Unit
from candour.ledger import COLUMNS, DIMENSIONS
from candour.period import Period

if TYPE_CHECKING:
    from candour.disclosure.structure import Structure


def printed_before(ledger: str, structure: Structure) -> tuple[Figure, ...]:
    """The figures of a release as its ``ledger.csv`` tells them.

    Raises:
        ConfigurationError: it is no ledger.
    """
    rows = csv.DictReader(io.StringIO(ledger))
    missing = {"figure", "kpi", "period", "count", "base", "display"} - {*(rows.fieldnames or ())}
    if missing:
        raise ConfigurationError(
            f"A ledger of an earlier release has no column {', '.join(sorted(missing))}; "
            f"its columns are {', '.join(COLUMNS)}."
        )
    return tuple(_figure(row, structure) for row in rows)


def _figure(row: dict[str, str], structure: Structure) -> Figure:
    *_, last = row["figure"].split("|")
    return Figure(
        kpi=row["kpi"],
        title=row["kpi"],
        period=Period.parse(row["period"], structure.year_starts),
        slice=tuple((name, row[name]) for name in DIMENSIONS if row.get(name)),
        unit=Unit(row["unit"]),
        count=int(row["count"]) if row["count"] else None,
        base=int(row["base"]) if row["base"] else None,
        value=Fraction(row["value"]) if row["value"] else None,
        state=State.WITHHELD if row["display"] == SHORTHAND[State.WITHHELD] else State.RECORDED,
        against=last if last.startswith("from ") else "",
    )
