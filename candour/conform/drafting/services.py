"""Services drafted: the directorates, services, teams and lists that a file speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from candour.conform.drafting.guessing import BLANKS, WHOLE_ROW, Guess, labels_of
from candour.conform.drafting.lists import terms
from candour.exports.vocabulary import dimension
from candour.labels import normalised

if TYPE_CHECKING:
    from candour.conform.drafting.nodes import Node
    from candour.reading.raw import RawTable

LISTS = {
    "category": "categories",
    "channel": "channels",
    "complainant_type": "complainant_types",
    "reason": "reasons",
    "ombudsman_category": "ombudsman_categories",
}
"""Dimension → the list of services.yaml its labels belong to."""
_WHO = ("directorate", "service", "team")
_NOWHERE = "Not yet placed"


def draft_services(raw: RawTable, found: Guess, fills: str) -> dict[str, Node]:
    """The document of services.yaml: every label once, under what it was seen with."""
    document: dict[str, Node] = {"directorates": _directorates(_seen_together(raw, found))}
    for (_, column), header in found.columns.items():
        if dimension(fills, column) in LISTS:
            labels = labels_of(raw.cells[header])
            document[LISTS[dimension(fills, column)]] = {**terms(labels)}
    return document


def _seen_together(raw: RawTable, found: Guess) -> pd.DataFrame:
    """Distinct (directorate, service, team), the most frequent first; blank where not told."""
    columns = {
        name: raw.cells[found.columns[WHOLE_ROW, name]]
        if (WHOLE_ROW, name) in found.columns
        else ""
        for name in _WHO
    }
    told = pd.DataFrame(columns, index=raw.cells.index).astype("str")
    told = told.mask(told.apply(lambda column: column.str.lower().isin(BLANKS)), "")
    counts = told.groupby([*_WHO], sort=True).size().sort_values(ascending=False, kind="stable")
    return counts.index.to_frame(index=False)


def _directorates(seen: pd.DataFrame) -> dict[str, Node]:
    services: set[str] = set()
    teams: set[str] = set()
    drafted: dict[str, Node] = {}
    placed = {normalised(label) for label in seen["service"][seen["directorate"] != ""]}
    for id_, term in terms(seen["directorate"].replace("", _NOWHERE)).items():
        rows = seen[_is(seen["directorate"].replace("", _NOWHERE), term["name"])]
        if term["name"] == _NOWHERE:
            rows = rows[~rows["service"].map(normalised).isin(placed)]
        held: dict[str, Node] = {}
        for service, name in terms(filter(None, rows["service"]), services).items():
            named = terms(filter(None, rows["team"][_is(rows["service"], name["name"])]), teams)
            held[service] = {**name, "teams": {**named}} if named else {**name}
        if held:
            drafted[id_] = {**term, "services": held}
    return drafted or {"council": {"name": "Council", "services": {"all": {"name": "All"}}}}


def _is(labels: pd.Series, name: str) -> pd.Series:
    wanted = normalised(name)
    return labels.map(normalised) == wanted
