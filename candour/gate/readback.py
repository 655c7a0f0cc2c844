"""Read-back: a finished file held against the ledger, mark by mark and number by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.gate.causes import cause_of, cut_off, nearest, said_as
from candour.gate.finding import Finding, Kind
from candour.gate.numerals import around, numerals, plainly
from candour.gate.sentences import Voiced
from candour.gate.texts import sentences_of, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from candour.figures import Figure
    from candour.gate.accounted import Accounts
    from candour.gate.numerals import Numeral
    from candour.gate.opened import Block, Opened, Piece
    from candour.ledger import Ledger
    from candour.report import Report


def read_back(
    opened: Opened, ledger: Ledger, accounts: Accounts, listed: frozenset[Block] = frozenset()
) -> Iterator[Finding]:
    """What differs between a finished file and the ledger, and every number with no figure.

    Args:
        opened: the file.
        ledger: what was printed, and where.
        accounts: what answers for numbers that are no figures.
        listed: cells of lists, which are held against the lists themselves.
    """
    yield from marked(opened, ledger)
    yield from _gone(opened, ledger)
    for block in opened.blocks:
        if block not in listed:
            yield from loose(block, ledger, accounts)


def marked(opened: Opened, ledger: Ledger) -> Iterator[Finding]:
    """Marks of figures that name none of the ledger, or print something else."""
    by_key = {figure.key: figure for figure in ledger}
    for place, piece in opened.every_figure():
        figure = by_key.get(piece.key)
        if figure is None:
            yield Finding(
                "G01",
                Kind.BLOCKS,
                place,
                f"'{piece.text}' is marked as '{piece.key}', which is no figure of the ledger.",
                printed=piece.text,
                cause="The mark was written by hand, or the file is of another draft.",
            )
        elif not _same(piece, figure):
            yield _differs(place, piece, figure, ledger)


def _same(piece: Piece, figure: Figure) -> bool:
    ways = {plainly(way) for way in said_as(figure)}
    if plainly(spaced(piece.text)) not in ways:
        return False
    exact = str(figure.value) if figure.printable and figure.value is not None else ""
    return piece.value is None or piece.value in {exact, "None" if figure.words else exact}


def _differs(place: str, piece: Piece, figure: Figure, ledger: Ledger) -> Finding:
    printed = spaced(piece.text)
    if printed == figure.display:
        printed = f"{printed} (for machines {piece.value})"
    code = "E5" if cut_off(printed, figure) else "G01"
    return Finding(
        code,
        Kind.BLOCKS,
        place,
        f"It prints {printed}, and the ledger's '{figure.key}' is {figure.display}.",
        printed=printed,
        counted=figure.display,
        cause=cause_of(printed, figure, ledger),
    )


def _gone(opened: Opened, ledger: Ledger) -> Iterator[Finding]:
    """Figures the ledger says this file prints, and it does not any more."""
    there = {piece.key for _, piece in opened.every_figure()}
    for figure in ledger:
        if figure.key not in there and any(
            place == opened.name or place.startswith(f"{opened.name},")
            for place in ledger.places(figure)
        ):
            yield Finding(
                "G03",
                Kind.BLOCKS,
                opened.name,
                f"The ledger says '{figure.key}' is printed here, as {figure.display}, and it is "
                "not.",
                counted=figure.display,
                cause="It was taken out, or written over with a number that is not marked.",
            )


def loose(block: Block, ledger: Ledger, accounts: Accounts) -> Iterator[Finding]:
    """Numbers of a block that are no figure and that nothing else answers for."""
    for number in accounts.loose(block.words):
        yield loose_number(block.place, block.words, number, ledger)


def loose_in(report: Report, ledger: Ledger, accounts: Accounts) -> Iterator[Finding]:
    """Numbers in the report's own sentences that no figure of the ledger is printed as."""
    voiced = Voiced(ledger)
    for place, sentence in sentences_of(report):
        if place.startswith("list "):
            continue  # Its words are written with the list, and it holds no figure.
        told = {plainly(way) for figure in voiced.at(place) for way in said_as(figure)}
        for number in numerals(accounts.undated(sentence)):
            if plainly(number.text) not in told:
                yield loose_number(place, spaced(sentence), number, ledger)


def loose_number(place: str, words: str, number: Numeral, ledger: Ledger) -> Finding:
    """A number with no figure, beside the one of the ledger that comes nearest."""
    figure = nearest(number, ledger)
    if figure is None:
        counted, cause = "", "It was typed; print it as {{ fig(…) }}."
    elif plainly(figure.display) == plainly(number.text):
        counted = figure.display
        cause = f"'{figure.key}' has the same value; print it as {{{{ fig(…) }}}}."
    else:
        counted = figure.display
        cause = f"The nearest figure is '{figure.key}'; the number was typed or changed."
    return Finding(
        "G02",
        Kind.BLOCKS,
        place,
        f"{number.text} in “{around(words, number.start, number.end)}” is no figure of the ledger.",
        printed=number.text,
        counted=counted,
        cause=cause,
    )
