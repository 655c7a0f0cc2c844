"""Answers: what a law or code asks for is there, is missing, or needs a person; and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from candour.gate.finding import Finding, Kind
from candour.gate.texts import figures_of
from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from candour.figures import Figure
    from candour.gate.contents import Asked, Contents
    from candour.ledger import Ledger
    from candour.procedure import Procedure
    from candour.report import Report


class Standing(StrEnum):
    """Whether a thing that must be told is there."""

    SATISFIED = "Yes"
    MISSING = "Missing"
    PERSON = "Needs a person"


@dataclass(frozen=True, slots=True)
class Answered:
    """A thing that must be told, whether it is, and where."""

    contents: str
    id: str
    asked: Asked
    standing: Standing
    where: tuple[str, ...]
    missing: tuple[str, ...] = ()
    """What would have told it and is not there."""


def contents_of(
    report: Report,
    ledger: Ledger,
    lists: Mapping[str, Contents],
    *,
    commentary: Iterable[str] = (),
    procedures: Mapping[str, Procedure] = {},
) -> tuple[Answered, ...]:
    """Each thing the lists ask for: satisfied, missing, or for a person, and where it is.

    Args:
        report: whose items may tell it; what is not yet in the ledger counts where a table has it.
        ledger: whose figures may tell it.
        lists: what is asked, by id.
        commentary: the sections officers have written words for.
        procedures: the council's, so that a list about some of them looks at those alone.
    """
    look = _Look(report, ledger, frozenset(commentary))
    return tuple(
        look.answer(list_id, ask_id, asked, _about(contents, procedures))
        for list_id, contents in lists.items()
        for ask_id, asked in contents.asks.items()
    )


def _about(contents: Contents, procedures: Mapping[str, Procedure]) -> frozenset[str] | None:
    """The procedures a list is about; nothing where it is about all the council has."""
    named = {
        id_
        for id_, procedure in procedures.items()
        if contents.procedures.lower() in procedure.basis.lower()
    }
    return None if not contents.procedures or named == set(procedures) else frozenset(named)


class _Look:
    """Looks through a report for what tells a thing."""

    def __init__(self, report: Report, ledger: Ledger, commentary: frozenset[str]) -> None:
        self._items = {item.id: (section, item) for section, item in report.items()}
        self._commentary = commentary
        self._placed: dict[str, list[tuple[Figure, str]]] = {}
        for place, figure in figures_of(report):
            item, _, _ = place.partition("',")
            self._place(figure, f"{item}'")
        for figure in ledger:
            self._place(figure, next(iter(ledger.places(figure)), "ledger"))

    def _place(self, figure: Figure, place: str) -> None:
        for kpi in {figure.kpi, figure.kpi.partition(".")[0]}:
            self._placed.setdefault(kpi, []).append((figure, place))

    def answer(
        self, list_id: str, ask_id: str, asked: Asked, about: frozenset[str] | None
    ) -> Answered:
        """Whether a thing asked for is told, and where."""
        where: list[str] = []
        missing: list[str] = []
        needed = [(kpi,) for kpi in asked.figures]
        for kpis in (*needed, *([asked.any_figure] if asked.any_figure else ())):
            place = next((p for kpi in kpis if (p := self._told(kpi, asked.by, about))), "")
            if place:
                where.append(place)
            else:
                by = f" by {asked.by.replace('_', ' ')}" if asked.by else ""
                missing.append(f"{' or '.join(kpis)}{by}")
        for what, names, there in (
            ("", asked.items, self._there(asked.items)),
            ("words on ", asked.commentary, self._said(asked.commentary)),
        ):
            if there:
                where.append(there)
            elif names:
                missing.append(f"{what}{' or '.join(names)}".replace("_", " "))
        if missing:
            standing = Standing.MISSING
        else:
            standing = Standing.PERSON if asked.person else Standing.SATISFIED
        return Answered(list_id, ask_id, asked, standing, tuple(where), tuple(missing))

    def _told(self, kpi: str, by: str, about: frozenset[str] | None) -> str:
        """Where a figure of the measure is printed, of the procedures asked about."""
        for figure, place in self._placed.get(kpi, ()):
            slice_ = dict(figure.slice)
            theirs = about is None or slice_.get("procedure") in about or _of_no_procedure(figure)
            if theirs and figure.printable and (not by or by in slice_):
                return place
        return ""

    def _there(self, items: Iterable[str]) -> str:
        for id_ in items:
            found = [held for key, held in self._items.items() if key == id_ or _copy(key, id_)]
            if found:
                section, item = found[0]
                return f"section '{section.title}', '{item.title}'"
        return ""

    def _said(self, sections: Iterable[str]) -> str:
        for name in sections:
            if name in self._commentary:
                return f"officers' words on {name.replace('_', ' ')}"
        return ""


def _copy(key: str, id_: str) -> bool:
    """Whether an item is one of those made for each procedure."""
    return key.startswith(f"{id_}_")


_ONE_COUNCIL = ("ombudsman_", "lgsco_", "learning_", "compliments_", "contacts_")


def _of_no_procedure(figure: Figure) -> bool:
    """Whether a measure is told of the council as a whole."""
    return "procedure" not in dict(figure.slice) and figure.kpi.startswith(_ONE_COUNCIL)


def contents_findings(answered: Iterable[Answered]) -> Iterator[Finding]:
    """What is missing, and what a person must see to, as a checklist (G10)."""
    for answer in answered:
        if answer.standing is Standing.SATISFIED:
            continue
        place = f"{answer.contents}, {answer.asked.basis}"
        if answer.standing is Standing.MISSING:
            told = f"{answer.asked.asks} Nothing tells it: {'; '.join(answer.missing)}."
        else:
            told = f"{answer.asked.asks} {answer.asked.person}"
        yield Finding("G10", Kind.CHECKLIST, place, told, counted=answer.standing.value)


def _where(answer: Answered) -> str | None:
    """Where it is told, what is missing, and what a person must do."""
    there = "; ".join(dict.fromkeys(answer.where))
    missing = f"Nothing tells {'; '.join(answer.missing)}." if answer.missing else ""
    parts = (f"{there[:1].upper()}{there[1:]}." if there else "", missing, answer.asked.person)
    return " ".join(part for part in parts if part) or None


def contents_listing(
    answered: Iterable[Answered], lists: Mapping[str, Contents], sheet: str = "What the law asks"
) -> Listing:
    """The same as a list for the appendix."""
    rows = tuple(
        (
            lists[answer.contents].title,
            answer.asked.asks,
            answer.asked.basis,
            answer.standing.value,
            _where(answer),
        )
        for answer in answered
    )
    sources = tuple(f"{contents.title}: {contents.source}." for contents in lists.values())
    return Listing(
        id="statutory_contents",
        title="What the law asks for, and where it is",
        sheet=sheet,
        headings=(
            ("List", ListingKind.WORDS),
            ("What must be told", ListingKind.WORDS),
            ("Basis", ListingKind.WORDS),
            ("Is it there?", ListingKind.WORDS),
            ("Where, or what is needed", ListingKind.WORDS),
        ),
        rows=rows,
        reading="Each line is something a law or code asks this report to tell.",
        notes=sources,
        when_empty="No law or code was named for this report.",
    )
