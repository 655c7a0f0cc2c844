"""Cases: the references behind a figure, counted again so that they cannot be others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.errors import ReconciliationError
from candour.figures import State
from candour.kpi import CONTEXT, Fact
from candour.population import population

if TYPE_CHECKING:
    import pandas as pd

    from candour.figures import Figure
    from candour.kpi import Kpi
    from candour.vantage import Vantage


@dataclass(frozen=True, slots=True)
class Cases:
    """The rows of a figure by their references, in order; a stage is named where there is one."""

    counted: tuple[str, ...]
    """Those its count is the number of, or those a statistic is made of; those taken from the
    base where the figure is the rest of it."""
    base: tuple[str, ...]
    """Those it is a share of; none for a plain count or a statistic."""


def cases_behind(
    figure: Figure,
    kpi: Kpi,
    facts: Mapping[Fact, pd.DataFrame],
    vantage: Vantage,
    own_years: Mapping[str, tuple[int, int]] = {},
) -> Cases:
    """The cases a figure was counted from; none behind a number the Ombudsman gives.

    ``own_years`` are the procedures that report by a year of their own.

    Raises:
        ReconciliationError: they are not as many as the figure says.
    """
    if figure.state is State.NOT_RECORDED or kpi.of is Fact.STATISTICS:
        return Cases((), ())
    frame = facts[kpi.of]
    about, when = dict(figure.slice), figure.period
    rows = frame[population(frame, kpi, when, about, vantage, own_years=own_years)]
    chosen = rows[kpi.count] if kpi.count is not None else rows[kpi.measure].notna()
    counted = _references(rows[chosen])
    if kpi.out_of is not None and kpi.out_of.startswith(CONTEXT):
        return Cases(counted, ())
    base = () if kpi.out_of is None else _references(rows[rows[kpi.out_of]])
    found = (len(base) - len(counted) if kpi.complement and base else len(counted), len(base))
    said = (figure.base, 0) if kpi.count is None else (figure.count, figure.base or 0)
    if found != said:
        raise ReconciliationError(
            f"'{figure.key}' was counted as {said[0]} of {said[1]}, but the cases behind it are "
            f"{found[0]} of {found[1]}. Tell whoever looks after Candour."
        )
    return Cases(counted, base)


def _references(rows: pd.DataFrame) -> tuple[str, ...]:
    own = next(str(column) for column in rows if str(column).endswith("_ref"))
    references = rows[own].astype("str")
    if "stage_number" in rows:
        references = references + " stage " + rows["stage_number"].astype("str")
    return tuple(sorted(references))
