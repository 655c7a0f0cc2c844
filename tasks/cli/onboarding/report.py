"""Onboarding: what a council's folder and exports give, and what stands in their way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from candour.composing import read_library
from candour.needs import supply_of, why_not
from candour.period import PeriodKind, day_in_words, month_of
from tasks import declared
from tasks.cli.known import last_complete
from tasks.cli.onboarding.dry_run import DryRun, dry_run
from tasks.cli.onboarding.pointers import pointing_nowhere

if TYPE_CHECKING:
    from candour.council import Council
    from candour.kpi import Kpis
    from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file of the inbox and what became of its rows."""

    name: str
    export: str
    extracted_on: str
    rows_in_file: int
    loaded: int
    quarantined: int
    noise: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows of an export set aside for one reason; ``example`` is the first row's."""

    export: str
    rows: int
    """In the file that has most of them: the next extract repeats what was not corrected."""
    example: str
    advice: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label no list of the council has."""

    export: str
    header: str
    label: str
    rows: int
    """In the file that has most of them."""


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """KPIs that cannot be computed for one reason."""

    reason: str
    kpis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Onboarding:
    """What there is to know before a council's first report."""

    council: str
    name: str
    declared: str
    files: tuple[FileTold, ...]
    refused: tuple[str, ...]
    ignored: tuple[str, ...]
    """Files of the inbox that fit no export; not known while a file is refused."""
    set_aside: tuple[SetAside, ...]
    never_mapped: Mapping[str, tuple[str, ...]]
    """Headers that exports.yaml does not name, by export."""
    labels: tuple[Label, ...]
    uncomputed: tuple[Uncomputed, ...]
    first_month: str | None
    last_month: str | None
    months: tuple[str, ...]
    """What is wrong with the time the exports cover."""
    nowhere: tuple[str, ...]
    """Names in the council's files that nothing answers to."""
    corrections: tuple[str, ...]
    """Known errors of the source that corrections.yaml puts right."""
    critical: tuple[str, ...]
    """Rules that would stop a run."""
    warnings: tuple[str, ...]
    """Rules that do not hold and would be printed in the report."""

    @property
    def attention(self) -> int:
        """How many things a person should look at before the first report."""
        told = (self.refused, self.ignored, self.set_aside, self.labels, self.months)
        more = (self.nowhere, self.critical, *self.never_mapped.values())
        return sum(len(part) for part in (*told, *more))


def onboarding(
    settings: Settings, council_id: str, today: dt.date, progress: Callable[[str], None]
) -> Onboarding:
    """Read a council's folder and try its inbox, leaving nothing behind.

    Args:
        settings: where things are.
        council_id: the council's folder.
        today: the day that dates a file without a day in its name.
        progress: told what is being worked on.

    Raises:
        ConfigurationError: a file of the folder is wrong.
    """
    council, kpis = declared.council(settings, council_id), declared.kpis(settings)
    reports = read_library(declared.template_texts(settings, council_id)).reports
    tried = dry_run(settings, council_id, today, progress)
    missing = _missing(council, kpis, tried)
    first, last, months = _months(council, tried)
    verdict = tried.verdict
    return Onboarding(
        council=council_id,
        name=council.name,
        declared=_declared(council),
        files=tuple(_files(tried)),
        refused=tried.refused,
        ignored=tried.intake.ignored,
        set_aside=tuple(_set_aside(tried)),
        never_mapped=_never_mapped(tried),
        labels=tuple(_labels(tried)),
        uncomputed=tuple(
            Uncomputed(reason, tuple(kpi for kpi, why in missing.items() if why == reason))
            for reason in dict.fromkeys(missing.values())
        ),
        first_month=first,
        last_month=last,
        months=months,
        nowhere=tuple(pointing_nowhere(council, kpis, reports, missing)),
        corrections=tried.frames.corrections,
        critical=() if verdict is None else tuple(f.sentence for f in verdict.critical),
        warnings=() if verdict is None else tuple(f.sentence for f in verdict.warnings),
    )


def _declared(council: Council) -> str:
    from candour.words import plural  # noqa: PLC0415

    counts = {
        "export": len(council.exports),
        "procedure": len(council.procedures),
        "service": len(council.taxonomy.ids("service")),
        "target": len(council.targets),
        "audience": len(council.audiences),
        "report": len(council.profile.reports),
    }
    parts = [f"{number} {plural(noun, number)}" for noun, number in counts.items()]
    return f"{', '.join(parts[:-1])} and {parts[-1]}."


def _missing(council: Council, kpis: Kpis, tried: DryRun) -> dict[str, str]:
    """Why each KPI that cannot be computed cannot."""
    supply = supply_of(council.exports, tried.frames.frames)
    reasons = {id_: why_not(kpi, supply, council.procedures) for id_, kpi in kpis.by_id.items()}
    return {id_: reason for id_, reason in reasons.items() if reason is not None}


def _files(tried: DryRun) -> Iterator[FileTold]:
    taken = {snapshot.name: snapshot for snapshot in tried.intake.snapshots}
    for landing in tried.landed:
        if landing.name in taken:
            s = taken[landing.name]
            yield FileTold(
                s.name, s.export, s.extracted_on, s.rows_in_file, s.loaded, s.quarantined, s.noise
            )


def _set_aside(tried: DryRun) -> Iterator[SetAside]:
    held = [
        tried.quarantine[s.name].assign(export=s.export, file=s.name)
        for s in tried.intake.snapshots
        if s.quarantined
    ]
    if not held:
        return
    rows = pd.concat(held, ignore_index=True)
    counted = (
        rows.groupby(["export", "code", "column", "file"], sort=True)
        .agg(rows=("row_number", "size"), example=("reason", "first"), advice=("advice", "first"))
        .reset_index()
    )
    for _, same in counted.groupby(["export", "code", "column"], sort=True):
        most = same.sort_values("rows", ascending=False, kind="stable").iloc[0]
        yield SetAside(
            str(most["export"]), int(most["rows"]), str(most["example"]), str(most["advice"])
        )


def _never_mapped(tried: DryRun) -> dict[str, tuple[str, ...]]:
    headers: dict[str, dict[str, None]] = {}
    for snapshot in tried.intake.snapshots:
        if snapshot.unknown_columns:
            headers.setdefault(snapshot.export, {}).update(dict.fromkeys(snapshot.unknown_columns))
    return {export: tuple(found) for export, found in headers.items()}


def _labels(tried: DryRun) -> Iterator[Label]:
    most: dict[tuple[str, str, str], int] = {}
    for snapshot in tried.intake.snapshots:
        for header, label, rows in snapshot.unknown:
            key = (snapshot.export, header, label)
            most[key] = max(rows, most.get(key, 0))
    for (export, header, label), rows in most.items():
        yield Label(export, header, label, rows)


def _months(council: Council, tried: DryRun) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The first and last month the exports cover whole, and what is wrong with that time."""
    received = tried.frames.frames["steps"]["received_on"]
    if received.isna().all():
        return None, None, ("No complaint was read, so no month is covered.",)
    starts_on = council.profile.history_from
    first = month_of(starts_on)
    if first.start < starts_on:
        first = month_of(first.end)
    known_on = dt.date.fromisoformat(tried.intake.known_on)
    last = last_complete(PeriodKind.MONTH, known_on, council.year_starts)
    earliest = received.min().date()
    wrong = []
    if earliest >= first.end:
        wrong.append(
            f"council.yaml: history_from is {day_in_words(starts_on)}, but the earliest case was "
            f"received on {day_in_words(earliest)}. Bring the earlier exports, or correct it: "
            "months without cases would count as none received."
        )
        first = month_of(earliest)
    if last.start < first.start:
        return None, None, (*wrong, "No month is covered from its first day to its last.")
    return first.key, last.key, tuple(wrong)
