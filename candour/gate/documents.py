"""Documents: a finished Word file held against the ledger, the report and its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.document.names import tag_of
from candour.gate.finding import Finding, Kind
from candour.gate.grids import changed_grid, listed_cells
from candour.gate.readback import loose_number, read_back
from candour.gate.references import broken_references, renumbered
from candour.gate.stamps import missing_stamps
from candour.gate.word import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.gate.accounted import Accounts
    from candour.gate.opened import Opened
    from candour.ledger import Ledger
    from candour.report import Report


def open_document(name: str, content: bytes, ledger: Ledger) -> Opened:
    """A finished Word file, its controls named by the figures they hold."""
    return read_document(name, content, {tag_of(figure.key): figure.key for figure in ledger})


def changed_document(
    opened: Opened, page: Opened | None, report: Report, ledger: Ledger, accounts: Accounts
) -> Iterator[Finding]:
    """What a Word file says otherwise than the ledger, the report and the page it is made of."""
    yield from read_back(opened, ledger, accounts, listed_cells(opened.grids, report))
    for grid in opened.grids:
        yield from changed_grid(grid, report, digits_only=True)
    yield from _pictures(opened, ledger, accounts)
    yield from broken_references(opened, accounts)
    yield from missing_stamps(opened.name, " ".join(b.text for b in opened.blocks), report)
    if page is not None:
        yield from _unlike(opened, page)
        yield from renumbered(opened, page)


def _unlike(opened: Opened, page: Opened) -> Iterator[Finding]:
    """Figures the page shows and the Word file does not."""
    there = {piece.key for _, piece in opened.every_figure()}
    told: set[str] = set()
    for block in page.blocks:
        for piece in () if block.folded else block.figures:
            if piece.key not in there | told:
                told.add(piece.key)
                yield Finding(
                    "G03",
                    Kind.BLOCKS,
                    f"{opened.name}, as in {block.place}",
                    f"The page says '{piece.key}' here, as {piece.text}, and the Word file does "
                    "not.",
                    counted=piece.text,
                    cause="It was taken out, or written over with a number that is not marked.",
                )


def _pictures(opened: Opened, ledger: Ledger, accounts: Accounts) -> Iterator[Finding]:
    """Pictures say in words what they show, and no number that is no figure (E20)."""
    for drawing in opened.drawings:
        if not drawing.alt.strip():
            yield Finding(
                "E20",
                Kind.BLOCKS,
                drawing.place,
                "A picture has no alt text, so that whoever cannot see it is told nothing.",
                cause="It was put in by hand; say its message and where its numbers are.",
            )
        for number in accounts.loose(drawing.alt):
            yield loose_number(drawing.place, drawing.alt, number, ledger)
