"""Drafting: exports.yaml and services.yaml proposed from a file, for a manager to correct."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.conform.drafting.footers import told_twice, without_footers
from candour.conform.drafting.guessing import WHOLE_ROW, guess, placeholders
from candour.conform.drafting.nodes import written
from candour.conform.drafting.services import draft_services
from candour.conform.drafting.sources import (
    doubts,
    draft_sources,
    procedures_in,
    without_free_text,
)
from candour.frames import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.conform.drafting.guessing import Guess, Place
    from candour.conform.drafting.nodes import Node
    from candour.reading.raw import RawTable

_DATE_IN_NAME = re.compile(r"(?<![0-9])20[0-9]{6}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Draft:
    """A council's folder as far as one file tells it."""

    exports: str
    """Text of exports.yaml, the questions above it."""
    services: str
    """Text of services.yaml."""
    procedures: tuple[str, ...]
    """Ids the export uses, which procedures.yaml has to define."""
    questions: tuple[str, ...]
    """What a person has to decide, in sentences."""


def draft_export(raw: RawTable, name: str, fills: str, file: str) -> Draft:
    """An export proposed from one of its files.

    Columns are recognised by the words of their headers, days by trying every usual form, lists
    by the labels used. Columns that look personal are not read.

    Args:
        raw: the file, read with nothing expected of it.
        name: what the export is to be called.
        fills: the frame it fills.
        file: the file's name.
    """
    declared = schema(fills)
    raw, noise = without_footers(raw)
    found = without_free_text(raw, guess(raw, declared))
    sources = draft_sources(raw, found, declared)
    questions = (*told_twice(raw, sources, declared), *doubts(raw, found, sources, declared))
    export = _export(fills, file, found, sources)
    if noise:
        export["noise"] = [*noise]
    if sentinels := placeholders(raw, found, declared):
        export["blanks"] = ["", "N/A", "-", "TBC", *sentinels]
    return Draft(
        exports=written({name: export}, questions),
        services=written(draft_services(raw, found, fills), ()),
        procedures=procedures_in(sources),
        questions=questions,
    )


def _export(fills: str, file: str, found: Guess, sources: Mapping[Place, Node]) -> dict[str, Node]:
    name = _DATE_IN_NAME.sub("{date}", file, count=1)
    export: dict[str, Node] = {
        "fills": fills,
        "files": [{"name": name, "holds": "everything"}],
        "dates": [*found.forms] or ["%d/%m/%Y"],
        "columns": {column: node for (stage, column), node in sources.items() if not stage},
    }
    stages = sorted({stage for stage, _ in sources} - {WHOLE_ROW})
    if stages:
        export["one_row"] = "case"
        export["stages"] = {
            stage: {column: node for (at, column), node in sources.items() if at == stage}
            for stage in stages
        }
    return {**export, "personal": [*found.personal], "ignored": [*found.left]}
