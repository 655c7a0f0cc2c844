"""Examining: the gate is given a draft with everything it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.disclosure import structure_of
from candour.gate import Draft, Finding, examine, policy_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candour.report import Report
    from tasks.desk import Desk


def examined(
    desk: Desk, report: Report, files: Mapping[str, bytes], found: tuple[Finding, ...] = ()
) -> tuple[Finding, ...]:
    """Every finding on a report's finished files, those that block it first.

    ``found`` is what was found before: by whoever withheld small numbers, for one.
    """
    return examine(draft_of(desk, report, files, found))


def draft_of(
    desk: Desk, report: Report, files: Mapping[str, bytes], found: tuple[Finding, ...] = ()
) -> Draft:
    """A report's finished files with everything they were made of."""
    taxonomy = desk.council.taxonomy
    named = ("directorate", "service", "team", "category", "subcategory", "channel")
    return Draft(
        report=report,
        ledger=desk.ledger,
        kpis=desk.kpis,
        files=files,
        commentary={
            f"{desk.commentary_folder}/{section}.md": words
            for section, words in desk.commentary.items()
        },
        templates=desk.templates,
        procedures=desk.council.procedures,
        contents=desk.contents,
        policy=policy_of(
            desk.audience.withhold,
            structure_of(desk.council, desk.kpis),
            sees_cases=desk.audience.names_cases,
        ),
        declared=tuple(taxonomy.name(name, id_) for name in named for id_ in taxonomy.ids(name)),
        measures=desk.measures,
        slices=tuple(desk.slices()),
        facts=desk.facts,
        found=found,
    )
