"""Example: a folder begun with a vendor's worked example, its lists the council's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from candour.conform.drafting.footers import without_footers
from candour.conform.drafting.guessing import WHOLE_ROW, Guess
from candour.conform.drafting.nodes import written
from candour.conform.drafting.services import draft_services
from candour.council import read_council
from candour.declarations import read_declaration, unknown
from candour.errors import ConfigurationError, InputError
from candour.exports import match
from candour.labels import normalised
from candour.reading.layout import Layout
from candour.taxonomy import Services
from tasks.cli.drafting.folder import Drafted, DraftedExport, completed
from tasks.cli.drafting.merging import merged
from tasks.cli.drafting.skeletons import AUDIENCES, SERVICES, TARGETS
from tasks.reading_process import read_in_child

if TYPE_CHECKING:
    from candour.council import Council
    from candour.exports import Export
    from candour.reading.raw import RawTable
    from tasks.settings import Settings

_KEPT = ("exports.yaml", "procedures.yaml")
"""What a council of the vendor has like the example; the rest is its own."""


def draft_like(
    settings: Settings,
    council_id: str,
    layout: str,
    files: Sequence[Path],
    inbox: str,
    *,
    today: dt.date,
) -> Drafted:
    """A folder with the mapping of a worked example, and the lists of the council's own files.

    Args:
        settings: where things are.
        council_id: what the folder is to be called.
        layout: the vendor's folder of ``data/layouts``.
        files: exports, one at least.
        inbox: where exports arrive.
        today: the day history is said to begin on where no export tells.

    Raises:
        ConfigurationError: there is no such example.
        InputError: a file cannot be read, or has not the headings of the example.
    """
    example, texts = _example(settings.project / "data" / "layouts", layout)
    exports = _together([_of_file(path, example) for path in files])
    services = merged([export.services for export in exports]).model_copy(
        update={"dispositions": _dispositions(texts["services.yaml"])}
    )
    kept = {name: texts[name] for name in _KEPT}
    lists = written(services.model_dump(exclude_defaults=True), ())
    mine = {"services.yaml": f"{SERVICES}\n{lists}", "targets.yaml": TARGETS}
    folder = {**kept, **mine, "audiences.yaml": AUDIENCES}
    return completed(settings, council_id, folder, exports, inbox=inbox, today=today)


def _example(layouts: Path, layout: str) -> tuple[Council, Mapping[str, str]]:
    known = sorted(path.parents[2].name for path in layouts.glob("*/council/*/exports.yaml"))
    if layout not in known:
        raise ConfigurationError(f"--like: {unknown(layout, known)}")
    folder = next((layouts / layout / "council").glob("*/exports.yaml")).parent
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.yaml")}
    return read_council(folder.name, texts), texts


def _dispositions(services: str) -> object:
    return read_declaration(Services, services, "services.yaml").dispositions


def _of_file(path: Path, example: Council) -> DraftedExport:
    raw, _ = without_footers(read_in_child(path, path.name, Layout(frozenset())))
    name, export = _fitting(path.name, raw, example.exports)
    columns = {
        (WHOLE_ROW, column): source.column
        for stage, column, source in export.sources()
        if stage is None and source.column is not None
    }
    lists = written(draft_services(raw, Guess(columns, (), (), ()), export.fills), ())
    questions: tuple[str, ...] = ()
    if match({name: export}, path.name) is None:
        named = export.files[0].name
        questions = (
            f"exports.yaml calls its files {named}; under 'files' put how yours are called.",
        )
    return DraftedExport(
        name=name,
        fills=export.fills,
        files=(path.name,),
        raw=raw,
        document={"personal": [*export.personal]},
        services=read_declaration(Services, lists, "services.yaml"),
        questions=questions,
    )


def _fitting(file: str, raw: RawTable, exports: Mapping[str, Export]) -> tuple[str, Export]:
    """The export of the example that has the headings of a file, and knows most of them."""
    present = {normalised(header) for header in raw.cells.columns}

    def strange(name: str) -> tuple[int, int]:
        export = exports[name]
        known = {normalised(h) for h in (*export.headers(), *export.personal, *export.ignored)}
        return len(_lacking(export, present)), len(present - known)

    name = min(exports, key=strange)
    if lacking := _lacking(exports[name], present):
        raise InputError(
            f"{file}: lacks {', '.join(f'“{header}”' for header in lacking[:8])}, which the "
            "example reads. Export it with those columns, or draft without --like."
        )
    return name, exports[name]


def _lacking(export: Export, present: set[str]) -> list[str]:
    return [header for header in export.headers() if normalised(header) not in present]


def _together(exports: Sequence[DraftedExport]) -> list[DraftedExport]:
    """Files of one export as one, the newest speaking for all."""
    same: dict[str, list[DraftedExport]] = {}
    for export in exports:
        same.setdefault(export.name, []).append(export)
    return [
        replace(
            alike[-1],
            files=tuple(file for export in alike for file in export.files),
            services=merged([export.services for export in alike]),
            questions=tuple(dict.fromkeys(q for export in alike for q in export.questions)),
        )
        for alike in same.values()
    ]
