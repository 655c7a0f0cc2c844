"""Forms: how a published figure, and a table of them, is written down in YAML."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator, Field

from candour.declarations import Declaration
from candour.published.declared import Show


def _as_printed(written: object) -> object:
    return written.isoformat() if isinstance(written, dt.date) else written


Printed = Annotated[str, BeforeValidator(_as_printed)]


class Named(Declaration):
    """Which figure of ours: a KPI, a slice, a period, and what of it was printed."""

    kpi: str = ""
    where: dict[str, str] = Field(default_factory=dict)
    period: str = ""
    show: Show = Show.VALUE
    since: str = ""
    of: Named | None = None
    """What the document itself says a share is of, where that is another figure."""
    by: str = ""

    def under(self, outer: Named) -> Named:
        """This name where ``outer`` says what it leaves open."""
        mine = self.model_dump(exclude_unset=True)
        theirs = outer.model_dump(exclude_unset=True)
        where = {**outer.where, **self.where}
        return Named.model_validate({**theirs, **mine, "where": where})


class Row(Named):
    """What a named row stands for, and the named row it is a part of."""

    part_of: str = ""


class Table(Named):
    """Figures in rows and columns; cells are written as they were printed, with bars between.

    ``rows`` is a breakdown, or two of which the second is a part of the first (``a > b``), or what
    each row's name stands for (``part_of`` names the row it belongs to). A row called ``total`` is
    the whole.
    """

    rows: str | tuple[str, str] | dict[str, Row]
    columns: tuple[str | Named, ...]
    cells: str
