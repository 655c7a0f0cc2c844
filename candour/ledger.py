"""The ledger: every figure a release prints, written down once, with every place it stands."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from candour.errors import ReconciliationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.figures import Figure

DIMENSIONS = (
    "procedure",
    "stage",
    "directorate",
    "service",
    "manager",
    "team",
    "officer",
    "category",
    "subcategory",
    "channel",
    "point_of_receipt",
    "complainant_type",
    "ombudsman_category",
    "ombudsman_subcategory",
    "finding",
    "decision",
    "authority",
    "age",
    "band",
    "result",
    "outcome",
    "disposition",
    "reason",
)
"""What a figure may be sliced by, in the order slices are written."""

COLUMNS = (
    "figure",
    "kpi",
    "period",
    *DIMENSIONS,
    "count",
    "base",
    "value",
    "unit",
    "display",
    "printed_in",
    "source",
)


class Ledger:
    """The figures of one release, in the order they were first printed."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}
        self._places: dict[str, list[str]] = {}

    def enter(self, figure: Figure, place: str) -> Figure:
        """Write down that ``figure`` is printed at ``place`` and give it back.

        Raises:
            ReconciliationError: a figure of that key is in the ledger with another value.
        """
        known = self._figures.setdefault(figure.key, figure)
        if known != figure:
            message = (
                f"'{figure.key}' has two values: {known.display} in {self._places[figure.key][0]} "
                f"and {figure.display} in {place}."
            )
            raise ReconciliationError(message)
        places = self._places.setdefault(figure.key, [])
        if place not in places:
            places.append(place)
        return figure

    def __iter__(self) -> Iterator[Figure]:
        """The figures, in the order they were first printed."""
        return iter(self._figures.values())

    def __len__(self) -> int:
        return len(self._figures)

    def places(self, figure: Figure) -> tuple[str, ...]:
        """Where ``figure`` is printed, such as ``pack.xlsx Received!B7`` or ``narrative.html``."""
        return tuple(self._places.get(figure.key, ()))

    def rows(self) -> list[tuple[str, ...]]:
        """One row a figure, as text, under ``COLUMNS``; the value is exact (``345/1019``)."""
        return [self._row(figure) for figure in self]

    def _row(self, figure: Figure) -> tuple[str, ...]:
        about = dict(figure.slice)
        return (
            figure.key,
            figure.kpi,
            figure.period.key,
            *(about.get(dimension, "") for dimension in DIMENSIONS),
            "" if figure.count is None or not figure.printable else str(figure.count),
            "" if figure.base is None or not figure.printable else str(figure.base),
            "" if figure.value is None or not figure.printable else str(figure.value),
            figure.unit.value,
            figure.display,
            "; ".join(self.places(figure)),
            figure.source,
        )

    def to_csv(self) -> str:
        """The ledger as it stands beside the release's files."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(self.rows())
        return text.getvalue()
