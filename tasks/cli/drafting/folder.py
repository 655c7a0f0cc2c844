"""Drafted: a council's folder as far as its exports tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

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
from tasks.cli.drafting.merging import merged
from tasks.cli.drafting.naming import frame_of, named
from tasks.cli.drafting.skeletons import (
    AUDIENCES,
    EXPORTS,
    SERVICES,
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
    settings: Settings,
    council_id: str,
    files: Sequence[Path],
    inbox: str,
    *,
    today: dt.date,
    sheet: str | None,
) -> Drafted:
    """A folder proposed from the exports of a council.

    Args:
        settings: where things are.
        council_id: what the folder is to be called.
        files: exports, one at least.
        inbox: where exports arrive.
        today: the day history is said to begin on where no export tells.
        sheet: the one to read of workbooks that have several.

    Raises:
        InputError: a file cannot be read.
    """
    exports = _exports(files, sheet)
    texts = {
        "exports.yaml": _exports_text(exports),
        "services.yaml": _services_text(exports),
        "procedures.yaml": procedures_text(_procedures(exports)),
        "targets.yaml": TARGETS,
        "audiences.yaml": AUDIENCES,
    }
    return completed(settings, council_id, texts, exports, inbox=inbox, today=today)


def completed(
    settings: Settings,
    council_id: str,
    texts: Mapping[str, str],
    exports: Sequence[DraftedExport],
    *,
    inbox: str,
    today: dt.date,
) -> Drafted:
    """The folder with its ``council.yaml``, whose history begins where the exports do."""
    name = _name(council_id)
    folder = {**texts, "council.yaml": council_text(name, inbox, today.replace(day=1))}
    try:
        council = read_council(council_id, folder)
        begins_on = _begins_on(council, declared.calendar(settings, council), exports, today)
    except CandourError as problem:
        return Drafted(folder, tuple(exports), tuple(str(problem).splitlines()))
    folder["council.yaml"] = council_text(name, inbox, begins_on)
    return Drafted(folder, tuple(exports), ())


def _name(council_id: str) -> str:
    words = council_id.replace("_", " ").title()
    return words if words.endswith("Council") else f"{words} Council"


def _exports(files: Sequence[Path], sheet: str | None) -> tuple[DraftedExport, ...]:
    alike: dict[tuple[str, tuple[str, ...]], list[tuple[str, RawTable]]] = {}
    for path in files:
        raw = read_in_child(path, path.name, Layout(frozenset(), sheet=sheet))
        headers = tuple(str(header) for header in raw.cells.columns)
        alike.setdefault((_fills(path.name, raw), headers), []).append((path.name, raw))
    taken: dict[str, int] = {}
    exports = []
    for (fills, _), same in alike.items():
        name = NAMES.get(fills, fills)
        taken[name] = taken.get(name, 0) + 1
        numbered = name if taken[name] == 1 else f"{name}_{taken[name]}"
        exports.append(_export(numbered, fills, same, sheet))
    return tuple(exports)


def _fills(file: str, raw: RawTable) -> str:
    """The frame a file's name speaks of, or else the one most of whose columns it has."""

    def share(frame: str) -> float:
        return len(guess(raw, SCHEMAS[frame]).columns) / len(SCHEMAS[frame].names)

    return frame_of(file) or max(SCHEMAS, key=share)


def _export(
    name: str, fills: str, same: Sequence[tuple[str, RawTable]], sheet: str | None
) -> DraftedExport:
    largest, raw = max(same, key=lambda one: len(one[1].cells))
    proposal = draft_export(raw, name, fills, largest)
    document = _document(proposal.exports)[name]
    names = {(n.pattern, n.holds): n for n in (named(file) for file, _ in same)}
    told: dict[str, Node] = {
        "fills": fills,
        "files": [{"name": n.pattern, "holds": n.holds} for n in names.values()],
    }
    if (day := named(largest).date_in_name) is not None:
        told["date_in_name"] = day
    if sheet is not None and raw.from_spreadsheet:
        told["sheet"] = sheet
    return DraftedExport(
        name=name,
        fills=fills,
        files=tuple(file for file, _ in same),
        raw=raw,
        document={**told, **{key: node for key, node in document.items() if key not in told}},
        services=read_declaration(Services, proposal.services, "services.yaml"),
        questions=proposal.questions,
    )


def _document(text: str) -> dict[str, dict[str, Node]]:
    """The exports of a text, which the draft has just been written as."""
    return cast("dict[str, dict[str, Node]]", read_yaml(text, "exports.yaml").value)


def _exports_text(exports: Sequence[DraftedExport]) -> str:
    parts = [EXPORTS, *(written({e.name: e.document}, e.questions) for e in exports)]
    return "\n".join(parts)


def _services_text(exports: Sequence[DraftedExport]) -> str:
    services = merged([export.services for export in exports])
    return f"{SERVICES}\n{written(services.model_dump(exclude_defaults=True), ())}"


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
