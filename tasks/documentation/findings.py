"""Findings: what the published documents say against themselves, and the reviewer's checklist."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.published import examine
from candour.published.slip import Fault
from tasks import declared
from tasks.declared import PUBLISHED as FILE
from tasks.documentation.markdown import page, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from candour.published import Document, Published, Scheme, Slip
    from tasks.settings import Settings

_CATALOGUE = "data/published/figures.json"

_WORDS = {
    Fault.TWO_VALUES: "One fact, two values",
    Fault.DIRECTION: "Words the numbers do not bear out",
}


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes under which the catalogue records what is wrong."""

    checks: Mapping[tuple[str, str, str], str]
    """By entry, printed and recomputed number."""
    notes: Mapping[str, str]

    def of(self, slip: Slip) -> str:
        """The code of a slip: of its failing check, or of the note that tells both its values."""
        code = self.checks.get((slip.entry, _bare(slip.printed), _bare(slip.recomputed)))
        if code is not None:
            return code
        entries = {value.entry for value in slip.values}
        tells = [
            code
            for code, note in self.notes.items()
            if code.split("/")[0] in entries and _tells(note, slip)
        ]
        return tells[0] if tells else slip.entry


def _tells(note: str, slip: Slip) -> bool:
    numbers = re.findall(r"\d+(?:\.\d+)?", note)
    both = {_bare(slip.printed), _bare(slip.recomputed)} <= set(numbers)
    return both or (slip.fault is Fault.DIRECTION and slip.printed in note)


def _bare(number: str) -> str:
    return number.strip("%+").replace(",", "").replace("\u2212", "-")


def codes(settings: Settings) -> Codes:
    """The codes of the catalogue of published figures."""
    entries = json.loads((settings.project / _CATALOGUE).read_text("utf-8"))
    return Codes(
        checks={
            (entry["id"], _bare(check["published"]), _bare(check["recomputed_half_up"])): check[
                "id"
            ]
            for entry in entries
            for check in entry["arithmetic_checks"]
            if not check["agrees"]
        },
        notes={note["id"]: note["note"] for entry in entries for note in entry["inconsistencies"]},
    )


def publishing(settings: Settings) -> list[str]:
    """The councils whose publications are written down."""
    return [
        council
        for council in declared.council_ids(settings)
        if (declared.council_folder(settings, council) / FILE).exists()
    ]


def findings(settings: Settings) -> str:
    """The page of what the published documents get wrong, with the arithmetic."""
    named = codes(settings)
    parts: list[str] = []
    total = 0
    for council in publishing(settings):
        published, scheme = declared.published(settings, council)
        slips = examine(published, scheme)
        total += sum(slip.arithmetic for slip in slips)
        for document in published.documents:
            parts += _of_document(document, slips, named, scheme)
    return page(
        "# What the published documents say against themselves",
        f"Found by the arithmetic gate in the figures of `councils/*/{FILE}`: from what the "
        "figures mean it works out every relation that must hold among them. "
        f"{total} sums do not come out. What only a reader can see is in the "
        "[reviewer's checklist](checklist.md).",
        *parts,
    )


def _of_document(
    document: Document, slips: Iterable[Slip], named: Codes, scheme: Scheme
) -> Iterator[str]:
    entries = {entry.id: entry for entry in document.entries}
    here = [slip for slip in slips if slip.entry in entries]
    yield f"## {scheme.council.name}: {document.title}"
    if not here:
        yield "Everything adds up."
    sums = [slip for slip in here if slip.arithmetic]
    if sums:
        yield "\n".join(_line(slip, entries[slip.entry].at, named) for slip in sums)
    for fault, heading in _WORDS.items():
        told = [slip for slip in here if slip.fault is fault]
        if told:
            lines = (_line(slip, entries[slip.entry].at, named) for slip in told)
            yield f"{heading}:"
            yield "\n".join(lines)


def _line(slip: Slip, at: str, named: Codes) -> str:
    said = f"{slip.sentence[:1].upper()}{slip.sentence[1:]}"
    return f"- **{named.of(slip)}** ({at}) {said} {slip.cause}".rstrip()


def checklist(settings: Settings) -> str:
    """The reviewer's checklist: what a reader saw that arithmetic cannot, and where it stands."""
    parts: list[str] = []
    for council in publishing(settings):
        published, scheme = declared.published(settings, council)
        parts += _notes(published, scheme)
    return page(
        "# The reviewer's checklist",
        f"What a reader of the published documents noted, from `councils/*/{FILE}`, with the place "
        "it concerns: labels, units, definitions, references and what must not be published. "
        "[The arithmetic](findings.md) is found by the gate.",
        *parts,
    )


def _notes(published: Published, scheme: Scheme) -> Iterator[str]:
    for document in published.documents:
        rows = [
            (note.code, entry.at, note.says) for entry in document.entries for note in entry.notes
        ]
        if rows:
            yield f"## {scheme.council.name}: {document.title}"
            yield table(("Note", "Where", "What to look at"), rows)
