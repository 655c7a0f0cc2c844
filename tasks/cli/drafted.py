"""Drafted: a council's folder as far as its exports tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from candour.conform import conform
from candour.conform.drafting import draft_export
from candour.conform.drafting.guessing import guess
from candour.conform.drafting.nodes import written
from candour.council import read_council
from candour.declarations import read_declaration
from candour.declarations.text import read_yaml
from candour.errors import CandourError
from candour.frames import SCHEMAS
from candour.period import month_of
from candour.reading.layout import Layout
from candour.taxonomy import Services
from tasks import declared
from tasks.cli.merging import merged
from tasks.cli.naming import frame_of, named
from tasks.cli.skeletons import (
    AUDIENCES,
    TARGETS,
    DraftedProcedure,
    council_text,
    procedures_text,
)
from tasks.reading_process import read_in_child

if TYPE_CHECKING:
    from candour.clock import Calendar
    from candour.conform.drafting.nodes import Node
    from candour.council import Council
    from candour.reading.raw import RawTable
    from tasks.settings import Settings

NAMES = {"steps": "complaints", "decisions": "ombudsman"}
"""What an export is called by the frame it fills, where that is not the frame's own name."""


@dataclass(frozen=True, slots=True)
class DraftedExport:
    """An export proposed from files that have the same headers."""

    name: str
    fills: str
    files: tuple[str, ...]
    raw: RawTable
    """The largest of them, which it is drafted from."""
    document: Mapping[str, Node]
    services: Services
    questions: tuple[str, ...]

    @property
    def dropped(self) -> tuple[str, ...]:
        """Headers taken to be personal."""
        personal = self.document["personal"]
        return tuple(str(header) for header in personal) if isinstance(personal, list) else ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """The texts of a folder by file name, and what a person has to settle."""

    texts: Mapping[str, str]
    exports: tuple[DraftedExport, ...]
    mistakes: tuple[str, ...]
    """What keeps the folder from being read as it stands."""


def draft(
    settings: Settings, council_id: str, files: Sequence[Path], inbox: str, today: dt.date
) -> Drafted:
    """A folder proposed from the exports of a council.

    Args:
        settings: where things are.
        council_id: what the folder is to be called.
        files: exports, one at least.
        inbox: where exports arrive.
        today: the day history is said to begin on where no export tells.

    Raises:
        InputError: a file cannot be read.
    """
    exports = _exports(files)
    texts = {
        "council.yaml": council_text(_name(council_id), inbox, today.replace(day=1)),
        "exports.yaml": _exports_text(exports),
        "services.yaml": _services_text(exports),
        "procedures.yaml": procedures_text(_procedures(exports)),
        "targets.yaml": TARGETS,
        "audiences.yaml": AUDIENCES,
    }
    try:
        council = read_council(council_id, texts)
        begins_on = _begins_on(council, declared.calendar(settings, council), exports, today)
    except CandourError as problem:
        return Drafted(texts, exports, tuple(str(problem).splitlines()))
    texts["council.yaml"] = council_text(_name(council_id), inbox, begins_on)
    return Drafted(texts, exports, ())


def _name(council_id: str) -> str:
    return f"{council_id.replace('_', ' ').title()} Council"


def _exports(files: Sequence[Path]) -> tuple[DraftedExport, ...]:
    alike: dict[tuple[str, tuple[str, ...]], list[tuple[str, RawTable]]] = {}
    for path in files:
        raw = read_in_child(path, path.name, Layout(frozenset()))
        headers = tuple(str(header) for header in raw.cells.columns)
        alike.setdefault((_fills(path.name, raw), headers), []).append((path.name, raw))
    taken: dict[str, int] = {}
    exports = []
    for (fills, _), same in alike.items():
        name = NAMES.get(fills, fills)
        taken[name] = taken.get(name, 0) + 1
        numbered = name if taken[name] == 1 else f"{name}_{taken[name]}"
        exports.append(_export(numbered, fills, same))
    return tuple(exports)


def _fills(file: str, raw: RawTable) -> str:
    """The frame a file's name speaks of, or else the one most of whose columns it has."""

    def share(frame: str) -> float:
        return len(guess(raw, SCHEMAS[frame]).columns) / len(SCHEMAS[frame].names)

    return frame_of(file) or max(SCHEMAS, key=share)


def _export(name: str, fills: str, same: Sequence[tuple[str, RawTable]]) -> DraftedExport:
    largest, raw = max(same, key=lambda one: len(one[1].cells))
    proposal = draft_export(raw, name, fills, largest)
    document = _document(proposal.exports, name)
    names = {(n.pattern, n.holds): n for n in (named(file) for file, _ in same)}
    document["files"] = [{"name": n.pattern, "holds": n.holds} for n in names.values()]
    day = named(largest).date_in_name
    if day is not None:
        document["date_in_name"] = day
    return DraftedExport(
        name=name,
        fills=fills,
        files=tuple(file for file, _ in same),
        raw=raw,
        document=document,
        services=read_declaration(Services, proposal.services, "services.yaml"),
        questions=proposal.questions,
    )


def _document(text: str, name: str) -> dict[str, Node]:
    document = read_yaml(text, "exports.yaml").value
    if not isinstance(document, dict):
        raise TypeError(name)
    return dict(document[name])


def _exports_text(exports: Sequence[DraftedExport]) -> str:
    remarks = [
        "How the files are read. On the left our name, on the right the heading in the file.",
        "personal is never read and goes no further; ignored is not needed.",
        *(f"{export.name}: {question}" for export in exports for question in export.questions),
    ]
    return written({export.name: export.document for export in exports}, remarks)


def _services_text(exports: Sequence[DraftedExport]) -> str:
    remarks = [
        "What the exports speak of. Two spellings of one thing? Keep one entry and write the other",
        "under 'also'. manager: is the id of a person in people.yaml who gets the weekly bulletin.",
    ]
    services = merged([export.services for export in exports])
    return written(services.model_dump(exclude_defaults=True), remarks)


def _procedures(exports: Sequence[DraftedExport]) -> list[DraftedProcedure]:
    stages = range(1, max(_stages(e.document) for e in exports) + 1)
    acknowledged = any("acknowledged_on" in str(e.document) for e in exports)
    names: dict[str, str] = {}
    for export in exports:
        for id_, name in _named_procedures(export.document).items():
            names.setdefault(id_, name)
    return [DraftedProcedure(i, name, stages, acknowledged) for i, name in sorted(names.items())]


def _stages(document: Mapping[str, Node]) -> int:
    """How many stages an export tells of."""
    match document:
        case {"stages": dict(blocks)}:
            return max(int(str(number)) for number in blocks)
        case {"columns": {"stage": {"values": dict(values)}}} if values:
            return max(int(str(number)) for number in values)
    return 1


def _named_procedures(document: Mapping[str, Node]) -> dict[str, str]:
    match document:
        case {"columns": {"procedure": {"values": dict(values)}}}:
            return {str(id_): str(labels[0]) for id_, labels in values.items()}
        case {"columns": {"procedure": {"always": id_}}}:
            return {str(id_): str(id_).replace("_", " ").capitalize()}
    return {}


def _begins_on(
    council: Council, calendar: Calendar, exports: Sequence[DraftedExport], today: dt.date
) -> dt.date:
    """The first day of the first month the complaints cover whole."""
    earliest = today
    for drafted in exports:
        if drafted.fills == "steps":
            export = council.exports[drafted.name]
            file = drafted.files[0]
            conformed = conform(drafted.raw, export, today, council.taxonomy, "", file=file)
            received = conformed.frames["steps"]["received_on"].dropna()
            earliest = min([earliest, *received.dt.date])
    month = month_of(earliest)
    before = pd.Series([month.start - dt.timedelta(days=1)], dtype="datetime64[s]")
    starts_whole = calendar.working_days_between(before, earliest).item() <= 1
    return month.start if starts_whole else month.end
