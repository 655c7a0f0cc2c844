"""Vale: a council small enough to count on paper, reported by the shipped KPIs and templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from candour.clock import Calendar
from candour.composing import Background, Composer, read_library
from candour.council import read_council
from candour.facts import offered
from candour.frames import SCHEMAS
from candour.kpi import Fact, read_kpis
from candour.ledger import Ledger
from candour.measures import Measures
from candour.numbers import numbers_of
from candour.period import Period
from candour.vantage import Vantage
from candour.verdict import Verdict
from candour.words import Speaker
from candour.worked import read_rows
from tasks.compute_kpis import counts_of, facts_of
from tasks.history import Combined
from tasks.mornings import mornings_of

if TYPE_CHECKING:
    from candour.frames import Schema

PROJECT = Path(__file__).parents[2]
KPIS = read_kpis({p.name: p.read_text("utf-8") for p in (PROJECT / "kpis").iterdir()}, offered())
CALENDAR = Calendar.read((PROJECT / "data/reference/bank_holidays.csv").read_text("utf-8"))
SENTENCES = "narrative/sentences.j2"
KNOWN_ON = dt.date(2024, 9, 2)

FOLDER = {
    "council.yaml": """
name: Vale Council
kind: fictional
inbox: inbox
history_from: 2020-04-01
complaints_team: {name: Complaints team, email: team@vale.invalid}
reports:
  annual_report: {audience: managers}
context:
  residents:
    title: Residents
    years: {2022-23: 80000, 2023-24: 64000}
    source: the census office's estimate
    on: 2024-01-15
  schools: {title: Schools, value: 12, source: the register of schools, on: 2023-09-01}
  policy: {title: Policy agreed, words: June 2023, source: minutes of the council, on: 2023-06-20}
ombudsman: {authority: Vale Council, peers: [Hill Council, Dale Council]}
""",
    "procedures.yaml": """
corporate:
  name: Corporate complaints
  short_name: Corporate
  basis: the council's own policy
  stages:
    1:
      name: Stage one
      acknowledge_within: 3
      respond_within: [{days: 15}, {from: 2024-01-01, days: 10}]
      extend_to: 20
    2: {name: Stage two, respond_within: 20}
schools:
  name: School complaints
  short_name: Schools
  basis: the schools' own guidance
  reporting_year: {starts: September, months: 11}
  stages:
    1: {name: Stage one, respond_within: 10}
""",
    "services.yaml": """
directorates:
  place:
    name: Place
    services:
      waste:
        name: Waste
        teams:
          north: {name: North}
          south: {name: South, until: 2023-03-31}
          east: {name: East, from: 2023-04-01}
      roads: {name: Roads}
      parks: {name: Parks}
      markets: {name: Markets}
  people: {name: People, services: {teaching: {name: Teaching}}}
categories:
  delay: {name: Delay, subcategories: {no_reply: {name: No reply}, late: {name: Late visit}}}
  staff: {name: Staff}
channels: {web: {name: Web}, phone: {name: Phone}}
complainant_types: {resident: {name: Resident}}
""",
    "exports.yaml": """
complaints:
  fills: steps
  files: [{name: "complaints_{date}.csv", holds: everything}]
  columns:
    case_ref: Ref
    stage: {always: 1}
    procedure: {always: corporate}
    received_on: Received
""",
    "targets.yaml": "[]\n",
    "audiences.yaml": "managers: {name: Managers, sees: cases}\n",
}


@dataclass
class Vale:
    """The council with its rows, written as tables with ``|`` between columns."""

    rows: Mapping[str, str | list[dict[str, str]]] = field(default_factory=dict)
    """By frame, as a table or by column; a frame left out has no rows."""
    folder: dict[str, str] = field(default_factory=lambda: dict(FOLDER))
    history: dict[Fact, dt.date] = field(default_factory=dict)
    untold: frozenset[str] = frozenset()
    _known: dict[tuple[str, dt.date], tuple[Measures, Mapping[Fact, pd.DataFrame]]] = field(
        default_factory=dict, repr=False
    )

    def frames(self) -> dict[str, pd.DataFrame]:
        """The rows as conformed frames."""
        return {name: _frame(self.rows.get(name, []), schema) for name, schema in SCHEMAS.items()}

    def measures(self, period: str = "2023-24", known_on: dt.date = KNOWN_ON) -> Measures:
        """The figures of a period, counted by the shipped KPIs."""
        return self._counted(period, known_on)[0]

    def _counted(self, key: str, known_on: dt.date) -> tuple[Measures, Mapping[Fact, pd.DataFrame]]:
        if (key, known_on) not in self._known:
            self._known[key, known_on] = self._count(key, known_on)
        return self._known[key, known_on]

    def _count(self, key: str, known_on: dt.date) -> tuple[Measures, Mapping[Fact, pd.DataFrame]]:
        council, period = read_council("vale", self.folder), Period.parse(key)
        vantage = Vantage(period.end, known_on, period.last_day)
        facts = facts_of(council, CALENDAR, Combined(self.frames(), (), ()), period, vantage)
        mornings = mornings_of(council, CALENDAR, period, vantage)
        begins = dict.fromkeys(Fact, council.profile.history_from)
        measures = Measures(
            KPIS,
            counts_of(facts, KPIS, mornings),
            period,
            vantage,
            untold=self.untold,
            history_from=begins | self.history,
            year_starts=council.year_starts,
            numbers=numbers_of(council, facts[Fact.STATISTICS]),
        )
        return measures, facts

    def composer(self, templates: Mapping[str, str] | None = None, **asked: object) -> Composer:
        """What a report is made with, of the given declarations and nothing else."""
        return self.at_work(templates, **asked)[0]

    def at_work(
        self,
        templates: Mapping[str, str] | None = None,
        period: str = "2023-24",
        known_on: dt.date = KNOWN_ON,
    ) -> tuple[Composer, Background]:
        """What a report is made with, and how its cases came."""
        measures, facts = self._counted(period, known_on)
        given = {SENTENCES: (PROJECT / "templates" / SENTENCES).read_text("utf-8")}
        texts = given | dict(templates or {})
        speaker = Speaker(texts, Ledger(), measures.figure, measures.period, measures.shown)
        council = read_council("vale", self.folder)
        composer = Composer(council, read_library(texts), measures, speaker, "vale.xlsx")
        return composer, Background(
            verdict=Verdict((), ()),
            files=(),
            quarantine=facts[Fact.STEPS].iloc[:0],
            unknown=(),
            vanished=(),
            corrections=(),
            calendar=CALENDAR,
            steps=facts[Fact.STEPS],
            outstanding=facts[Fact.OUTSTANDING],
            learning=facts[Fact.LEARNING],
            compliments=facts[Fact.COMPLIMENTS],
            improvements=facts[Fact.IMPROVEMENTS],
        )


def _frame(rows: str | list[dict[str, str]], schema: Schema) -> pd.DataFrame:
    return read_rows(rows, schema) if isinstance(rows, str) else schema.enforce(pd.DataFrame(rows))


__all__ = ["CALENDAR", "FOLDER", "KNOWN_ON", "KPIS", "Vale"]
