"""Compute: cases become facts and counts, checked against each other before anyone reads them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from candour.counts import Counts, count
from candour.errors import CandourError, ConfigurationError
from candour.exports.vocabulary import CLOSED
from candour.facts import (
    AGE_BANDS,
    BANDS,
    PLAIN,
    RESULTS,
    Dimensions,
    contact_facts,
    movements,
    outstanding,
    plain_facts,
    step_facts,
)
from candour.kpi import Fact
from candour.period import Period, PeriodKind, day_in_words
from candour.vantage import Vantage
from tasks import declared
from tasks.archiving import archive
from tasks.extract import read_intake
from tasks.history import combined
from tasks.mornings import bulletin_morning, mornings_of, next_bulletin
from tasks.state import State
from tasks.store import Store

if TYPE_CHECKING:
    import pandas as pd

    from candour.arrangements import Day
    from candour.clock import Calendar
    from candour.council import Council
    from candour.kpi import Kpis
    from tasks.history import Combined
    from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Computed:
    """A report's facts, by reference: everything that decides its figures."""

    id: str
    council: str
    report: str
    period: str
    as_of: str
    known_on: str
    intake: str
    config: str
    calendar: str
    code: str

    @property
    def folder(self) -> str:
        """Where the facts are written in the store."""
        return f"facts/{self.council}/{self.id}"


def compute_kpis(
    settings: Settings,
    council_id: str,
    report: str,
    period: Period,
    *,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
) -> Computed:
    """Work out the facts of a report from the last good intake and write them down.

    Args:
        settings: where things are.
        council_id: whose report.
        report: ``monthly_pack``, ``weekly_bulletin``, ``annual_report``…
        period: what it is about.
        as_of: the day whose state is told; by default the period's last day, or a bulletin's
            Monday or the next working day.
        known_on: the last extract used; by default the last one taken in, or a bulletin's morning.

    Raises:
        CandourError: nothing good has been taken in yet, or no extract tells of the period.
    """
    council = declared.council(settings, council_id)
    store, state = Store(settings.home), State(settings.database)
    intake = read_intake(store, council_id, state.last_good_intake(council_id))
    calendar = declared.calendar(settings, council)
    last = dt.date.fromisoformat(intake.known_on)
    day = council.profile.bulletins.day
    vantage = vantage_of(period, calendar, as_of, min(known_on or last, last), day)
    content = {
        "council": council_id,
        "report": report,
        "period": period.key,
        "as_of": vantage.as_of.isoformat(),
        "known_on": vantage.known_on.isoformat(),
        "intake": intake.id,
        "config": declared.config_digest(settings, council_id),
        "calendar": calendar.version,
        "code": declared.code_digest(),
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
    computed = Computed(id=digest, **content)
    archive(settings, store, council_id, computed.config)
    done = f"{computed.folder}/computed.json"
    if not store.exists(done):
        frames = combined(settings, intake, vantage.known_on)
        facts = facts_of(council, calendar, frames, period, vantage)
        for fact, frame in facts.items():
            store.write_frame(f"{computed.folder}/{fact.value}.parquet", frame)
        written = asdict(computed) | {
            "vanished": [[reference, seen.isoformat()] for reference, seen in frames.vanished],
            "corrections": frames.corrections,
        }
        store.write(done, json.dumps(written, sort_keys=True).encode())
    return computed


def vantage_of(
    period: Period,
    calendar: Calendar,
    as_of: dt.date | None,
    known_on: dt.date,
    day: Day = "Monday",
) -> Vantage:
    """The days a report is told from, defaults filled in.

    A report told before its period's end knows nothing later than that day.

    Raises:
        ConfigurationError: ``as_of`` is outside the period.
        CandourError: no extract tells of the period.
    """
    if as_of is not None and not period.contains(as_of):
        raise ConfigurationError(
            f"'as of' {as_of} is not in {period.label}; give a day from {period.start} to "
            f"{period.last_day}, or leave it out."
        )
    if known_on <= period.start and period.kind is not PeriodKind.WEEK:
        raise CandourError(
            f"No extract tells of {period.label}: the last one is of {day_in_words(known_on)}. "
            "Put a newer export in the inbox and run the intake."
        )
    if period.kind is PeriodKind.WEEK:
        morning = as_of or bulletin_morning(calendar, period, day)
        return Vantage(morning=morning, known_on=min(known_on, morning), as_of=morning)
    told = as_of or period.last_day
    morning = told + dt.timedelta(days=1)
    told_early = told < period.last_day
    return Vantage(morning, min(known_on, morning) if told_early else known_on, told)


def facts_of(
    council: Council, calendar: Calendar, frames: Combined, period: Period, vantage: Vantage
) -> dict[Fact, pd.DataFrame]:
    """Every fact table of a report."""
    dimensions = dimensions_of(council)
    mornings = mornings_of(council, calendar, period, vantage)
    steps = step_facts(
        frames.frames["steps"], council.procedures, calendar, dimensions, vantage.known_on
    )
    others = {
        Fact(name): plain_facts(name, frames.frames[name], dimensions, vantage.known_on)
        for name in PLAIN
    }
    return {
        Fact.STEPS: steps,
        Fact.MOVEMENTS: movements(steps, mornings),
        Fact.OUTSTANDING: outstanding(
            steps,
            calendar,
            mornings,
            council.procedures,
            next_on=next_bulletin(council, calendar, period),
        ),
        Fact.CONTACTS: contact_facts(frames.frames["contacts"], dimensions),
        Fact.STATISTICS: frames.frames["statistics"],
        **others,
    }


def counts_of(facts: Mapping[Fact, pd.DataFrame], kpis: Kpis, mornings: list[dt.date]) -> Counts:
    """Every count the declared KPIs need of these facts."""
    return count(facts, list(kpis.by_id.values()), mornings)


def dimensions_of(council: Council) -> Dimensions:
    """What the council's facts can be broken down by, in the order it lists things."""
    taxonomy = council.taxonomy
    named = (
        "directorate", "service", "team", "officer", "category", "subcategory", "channel",
        "point_of_receipt", "complainant_type", "disposition", "reason", "ombudsman_category",
        "ombudsman_subcategory",
    )  # fmt: skip
    stages = max((n for p in council.procedures.values() for n in p.stages), default=1)
    members = {name: taxonomy.ids(name) for name in named}
    managers = {
        service: manager
        for service in taxonomy.ids("service")
        if (manager := taxonomy.manager_of(service)) is not None
    }
    return Dimensions(
        members={
            **members,
            "procedure": tuple(council.procedures),
            "stage": tuple(str(n) for n in range(1, stages + 1)),
            "manager": taxonomy.ids("officer"),
            "age": tuple(AGE_BANDS),
            "band": tuple(BANDS),
            "result": tuple(RESULTS),
            "finding": CLOSED["decision"],
        },
        manager_of=managers,
    )
