"""Columns: the page of every frame and what its columns mean."""

from __future__ import annotations

from candour.frames import LINEAGE, SCHEMAS, Column, Kind, Need, Schema
from tasks.documentation.markdown import code, page, table

ABOUT = f"""# Frames and their columns

What every council's exports become. `exports.yaml` names a column on the left and the heading in
the file on the right. A column nobody asks for is not read at all, so personal details cannot
travel further. Declared in `candour/frames.py`.

**Kinds.** `{Kind.TEXT}`: words or a reference. `{Kind.CODE}`: one of a closed list of ids.
`{Kind.DATE}`: a local day. `{Kind.NUMBER}`: a whole number; money is in pence. `{Kind.YES_NO}`:
yes, no, or nobody said."""

NEEDS = {
    Need.ESSENTIAL: "missing or unreadable: the row is quarantined",
    Need.CLOCK: "may be missing; unreadable: the row is quarantined",
    Need.DESCRIBING: "may be missing; unknown: loaded as not recorded, and the label reported",
}


def columns() -> str:
    """The page of frames and columns."""
    needs = table(("need", "what becomes of the row"), [(n.value, NEEDS[n]) for n in Need])
    lineage = f"Every frame ends with where its row came from:\n\n{_columns(LINEAGE)}"
    return page(ABOUT, needs, *(_frame(schema) for schema in SCHEMAS.values()), lineage)


def _frame(schema: Schema) -> str:
    own = tuple(column for column in schema.columns if column not in LINEAGE)
    return (
        f"## {schema.name.capitalize()}\n\nOne row is {schema.one_row}, known by "
        f"{code(*schema.key)}.\n\n{_columns(own)}"
    )


def _columns(columns: tuple[Column, ...]) -> str:
    return table(
        ("column", "kind", "need", "meaning"),
        [(code(c.name), c.kind.value, c.need.value, c.meaning) for c in columns],
    )
