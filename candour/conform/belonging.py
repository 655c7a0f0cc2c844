"""Belonging: a team's service and a service's directorate follow from the council's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from candour.conform.codes import as_category

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from candour.taxonomy import Taxonomy


def belong(rows: pd.DataFrame, taxonomy: Taxonomy) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The rows with service and directorate as the lists have them; a note where the file differs.

    A service that is not recorded is that of the team; the directorate is that of the service,
    whatever the file says, and the file's own only where no service is recorded.
    """
    if "service" not in rows.columns:
        return rows, ()
    of_team = _parents(rows["team"], taxonomy.service_of, taxonomy.ids("service"))
    service = rows["service"].where(rows["service"].notna(), of_team)
    of_service = _parents(service, taxonomy.directorate_of, taxonomy.ids("directorate"))
    written = rows["directorate"]
    directorate = of_service.where(of_service.notna(), written)
    differs = int((written.notna() & (written != directorate)).sum())
    note = (
        "Rows that name another directorate than the one their service belongs to in "
        f"services.yaml: {differs}. The service's is used."
    )
    return rows.assign(service=service, directorate=directorate), (note,) if differs else ()


def _parents(ids: pd.Series, parent_of: Callable[[str], str], allowed: Sequence[str]) -> pd.Series:
    parents = as_category([parent_of(id_) for id_ in ids.cat.categories], allowed)
    codes = ids.cat.codes.to_numpy()
    return pd.Series(parents.array.take(codes, allow_fill=True), index=ids.index)
