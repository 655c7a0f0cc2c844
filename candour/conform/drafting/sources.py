"""Sources drafted: what a recognised column is proposed to be read as, and what is in doubt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from candour.conform.drafting.guessing import WHOLE_ROW, Guess, Place, labels_of
from candour.conform.drafting.lists import MEANINGS, is_free_text, placed, slug
from candour.conform.drafting.services import LISTS
from candour.frames import LINEAGE, Need, Schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.conform.drafting.nodes import Node
    from candour.reading.raw import RawTable

MOST_LABELS = 200
"""A column with more distinct texts is free text, not a list."""
_LISTED = frozenset({*LISTS, *MEANINGS, "procedure", "directorate", "service", "team"})


def without_free_text(raw: RawTable, found: Guess) -> Guess:
    """The guess without columns that should hold a list and hold free text or nothing.

    Free text may name people: it is not read.
    """
    labels = {
        place: labels_of(raw.cells[header])
        for place, header in found.columns.items()
        if place[1] in _LISTED
    }
    free = {p for p, told in labels.items() if len(told) > MOST_LABELS or is_free_text(told)}
    doubtful = free | {place for place, told in labels.items() if not told}
    return replace(
        found,
        columns={p: header for p, header in found.columns.items() if p not in doubtful},
        personal=(*found.personal, *(found.columns[place] for place in sorted(free))),
        left=(*found.left, *(found.columns[place] for place in sorted(doubtful - free))),
    )


def draft_sources(raw: RawTable, found: Guess, schema: Schema) -> dict[Place, Node]:
    """What every recognised column is read as; a constant for an essential one nobody found."""
    sources: dict[Place, Node] = {
        place: _source(raw, place, header, found) for place, header in found.columns.items()
    }
    for (stage, column), header in found.columns.items():
        if column == "outcome" and (stage, "disposition") not in sources:
            values = placed("disposition", unplaced(raw, header, "outcome"))
            if values:
                sources[stage, "disposition"] = {"column": header, "values": values}
                sources |= _ends(
                    raw, found, stage, [one for same in values.values() for one in same]
                )
    if "procedure" in schema.names and (WHOLE_ROW, "procedure") not in sources:
        sources[WHOLE_ROW, "procedure"] = {"always": "corporate"}
    if "stage" in schema.names and not any(stage for stage, _ in sources):
        sources.setdefault((WHOLE_ROW, "stage"), {"always": "1"})
    return sources


def _ends(raw: RawTable, found: Guess, stage: int, left: list[str]) -> dict[Place, Node]:
    """One day for answer and withdrawal told apart by what the list beside it says.

    Nothing where a row that left without an answer has no day there.
    """
    day = found.columns.get((stage, "responded_on"))
    if day is None or (stage, "withdrawn_on") in found.columns:
        return {}
    shared = raw.cells[found.columns[stage, "outcome"]].isin(left) & (raw.cells[day] != "")
    if not shared.any():
        return {}
    ends: dict[Place, Node] = {
        (stage, "responded_on"): {"column": day, "when_filled": "outcome"},
        (stage, "withdrawn_on"): {"column": day, "when_filled": "disposition"},
    }
    told_for_all = (WHOLE_ROW, "withdrawn_on") in found.columns
    return {
        place: end for place, end in ends.items() if place[1] == "responded_on" or not told_for_all
    }


def unplaced(raw: RawTable, header: str, column: str) -> list[str]:
    """The labels of a column that no id of its list seems to mean."""
    labels = labels_of(raw.cells[header])
    known = {label for same in placed(column, labels).values() for label in same}
    return [label for label in labels if label not in known]


def procedures_in(sources: Mapping[Place, Node]) -> tuple[str, ...]:
    """The ids of procedures the sources name."""
    match sources.get((WHOLE_ROW, "procedure")):
        case {"values": dict(values)}:
            return tuple(values)
        case {"always": str(id_)}:
            return (id_,)
    return ()


def doubts(
    raw: RawTable, found: Guess, sources: Mapping[Place, Node], schema: Schema
) -> Iterator[str]:
    """What a person has to decide, in sentences."""
    yield from _not_found(sources, schema)
    for (_, column), header in found.columns.items():
        labels = unplaced(raw, header, column) if column in MEANINGS else []
        if column == "outcome":
            elsewhere = placed("disposition", labels).values()
            labels = [label for label in labels if not any(label in same for same in elsewhere)]
        if labels:
            yield f"“{header}”: say under 'values' what these mean: {'; '.join(labels)}."
    if found.personal:
        yield "Taken to be personal, and dropped: check the list under 'personal'."
    if found.left:
        yield "Not recognised: the columns under 'ignored'; map those that are needed."


def _not_found(sources: Mapping[Place, Node], schema: Schema) -> Iterator[str]:
    settled = {column for _, column in sources} | {column.name for column in LINEAGE}
    settled |= {"stage"} if any(stage for stage, _ in sources) else set()
    for column in schema.columns:
        if column.need is Need.ESSENTIAL and column.name not in settled:
            yield f"No column looks like {column.name}, {column.meaning}; map it."
    if "responded_on" in schema.names and "responded_on" not in settled:
        yield (
            "No column looks like responded_on, the day the answer was sent: no answer can be "
            "counted without it. Map it, or export it too; where another file has it, say that "
            "this one 'completes' that export."
        )
    for (_, name), node in sources.items():
        if isinstance(node, dict) and "always" in node:
            yield f"No column looks like {name}; '{node['always']}' is put for every row."


def _source(raw: RawTable, place: Place, header: str, found: Guess) -> Node:
    column = place[1]
    options: dict[str, Node] = {}
    if column == "redress_pence":
        options["money"] = "pounds"
    elif column == "service" and (WHOLE_ROW, "directorate") in found.columns:
        options["within"] = found.columns[WHOLE_ROW, "directorate"]
    elif column == "procedure":
        options["values"] = _procedures(labels_of(raw.cells[header]))
    elif column == "stage":
        values = placed(column, labels_of(raw.cells[header]))
        options["values"] = {int(id_): labels for id_, labels in values.items()}
    elif column in MEANINGS:
        options["values"] = placed(column, labels_of(raw.cells[header]))
    return {"column": header, **options} if options else header


def _procedures(labels: list[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for label in sorted(labels):
        values.setdefault(slug(label), []).append(label)
    return values
