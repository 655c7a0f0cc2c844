"""Grids: the tables of a finished file held against the report's own, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.figures import Figure
from candour.gate.finding import Finding, Kind
from candour.gate.texts import listed, place_of, spaced
from candour.table import Listing, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from candour.gate.opened import Block, Grid, Piece
    from candour.report import Report
    from candour.table import Cell

_CHANGED = "The file was changed after it was made."


def changed_grid(grid: Grid, report: Report, *, digits_only: bool = False) -> Iterator[Finding]:
    """Headings, labels, marks and listed values that are not those of the report's table.

    Args:
        grid: a table of a finished file.
        report: what it was made of.
        digits_only: the medium adds columns of its own, so that only names with digits are looked
            at.
    """
    items = [item for _, item in report.items() if isinstance(item, Table | Listing)]
    item = _item_of(grid, items)
    if isinstance(item, Table):
        yield from _table(grid, item, digits_only=digits_only)
    elif item is not None:
        yield from _listing(grid, item)


def listed_cells(grids: Iterable[Grid], report: Report) -> frozenset[Block]:
    """The cells of a report's lists, which are held against its rows and hold no figures."""
    items = [item for _, item in report.items() if isinstance(item, Table | Listing)]
    return frozenset(
        cell
        for grid in grids
        if isinstance(_item_of(grid, items), Listing)
        for row in grid.rows
        for cell in row
    )


def _item_of(grid: Grid, items: list[Table | Listing]) -> Table | Listing | None:
    """The item a grid shows: the one of its title, or else the one of its headings."""
    titled = [item for item in items if spaced(item.title) == spaced(grid.title)]
    if titled:
        return titled[0]
    said = {block.text for block in grid.header}
    fitting = [item for item in items if said <= set(_headings(item))]
    return max(fitting, key=lambda item: len(_labels(item) & _first(grid)), default=None)


def _headings(item: Table | Listing) -> list[str]:
    if isinstance(item, Listing):
        return [spaced(label) for label, _ in item.headings]
    return [spaced(item.row_heading), *(spaced(heading.label) for heading in item.headings)]


def _labels(item: Table | Listing) -> set[str]:
    if isinstance(item, Listing):
        return {listed(row[0]) for row in item.rows if row}
    return {spaced(row.label) for row in item.rows}


def _first(grid: Grid) -> set[str]:
    return {row[0].text for row in grid.rows if row}


def _table(grid: Grid, table: Table, *, digits_only: bool) -> Iterator[Finding]:
    headings = _headings(table)
    labels = [spaced(row.label) for row in table.rows]
    first = [row[0] for row in grid.rows if row]
    for what, blocks, known in (("column heading", grid.header, headings), ("row", first, labels)):
        named = [b for b in blocks if not digits_only or any(c.isdigit() for c in b.text)]
        yield from _unknown(named, known, what, table)
    for row in grid.rows:
        for heading, cell in zip(grid.header[1:], row[1:], strict=False):
            about = (row[0].text, heading.text)
            if row[0].text in labels and heading.text in headings:
                yield from _cell(cell, about, table)


def _cell(cell: Block, about: tuple[str, str], table: Table) -> Iterator[Finding]:
    """A figure or words that the report's table does not have in that row and column."""
    held = [
        held
        for row in table.rows
        if spaced(row.label) == about[0]
        for heading, held in zip(table.headings, row.cells, strict=True)
        if spaced(heading.label) == about[1]
    ]
    keys = {figure.key for figure in held if isinstance(figure, Figure)}
    for piece in cell.figures:
        if piece.key not in keys:
            yield _misplaced(cell, piece, held)
    words = [spaced(words) for words in held if isinstance(words, str)]
    if words and not cell.figures and cell.text not in words:
        yield _reworded(cell, words[0])


def _reworded(cell: Block, words: str) -> Finding:
    return Finding(
        "G06",
        Kind.BLOCKS,
        cell.place,
        f"It says “{cell.text}”, and the report's table “{words}”.",
        printed=cell.text,
        counted=words,
        cause=_CHANGED,
    )


def _misplaced(cell: Block, piece: Piece, held: Sequence[Cell]) -> Finding:
    counted = next((figure.display for figure in held if isinstance(figure, Figure)), "")
    return Finding(
        "G06",
        Kind.BLOCKS,
        cell.place,
        f"'{piece.key}' stands here, as {piece.text}, and the report's table has "
        f"{counted or 'none'}.",
        printed=piece.text,
        counted=counted,
        cause="Two cells changed places, or a mark was written by hand.",
    )


def _unknown(said: list[Block], known: list[str], what: str, table: Table) -> Iterator[Finding]:
    for block in said:
        if block.text and block.text not in known:
            near = _nearest(block.text, known)
            yield Finding(
                "G06",
                Kind.BLOCKS,
                block.place,
                f"The {what} '{block.text}' is none of {place_of(table)}"
                + (f"; the nearest is '{near}'." if near else "."),
                printed=block.text,
                counted=near,
                cause=_CHANGED,
            )


def _nearest(text: str, known: list[str]) -> str:
    """The known text that shares most letters at the same place."""
    return max(known, key=lambda k: sum(a == b for a, b in zip(text, k, strict=False)), default="")


def _listing(grid: Grid, listing: Listing) -> Iterator[Finding]:
    shown = listing.filled()
    rows = {tuple(listed(value) for value in row) for row in shown.rows}
    yield from _unknown_headings(grid, listing)
    for row in grid.rows:
        said = tuple(block.text for block in row)
        if said in rows:
            continue
        near = max(rows, key=lambda known: sum(map(str.__eq__, known, said)), default=())
        yield Finding(
            "G06",
            Kind.BLOCKS,
            row[0].place if row else grid.place,
            f"The list says “{' | '.join(said)}”, and {place_of(listing)} has no such row"
            + (f"; the nearest is “{' | '.join(near)}”." if near else "."),
            printed=" | ".join(said),
            counted=" | ".join(near),
            cause=_CHANGED,
        )


def _unknown_headings(grid: Grid, listing: Listing) -> Iterator[Finding]:
    known = _headings(listing)
    for block in grid.header:
        if block.text and block.text not in known:
            yield Finding(
                "G06",
                Kind.BLOCKS,
                block.place,
                f"The column heading '{block.text}' is none of {place_of(listing)}.",
                printed=block.text,
                counted=_nearest(block.text, known),
                cause=_CHANGED,
            )
