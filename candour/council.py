"""Councils: who they are, and every rule of theirs that decides a figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator, model_validator

from candour.arrangements import (
    Alerts,
    Approval,
    Approving,
    Arrivals,
    Bulletins,
    Delivery,
    Readership,
    Schedule,
)
from candour.audience import Audience, Audiences, misnamed
from candour.declarations import Declaration, read_declaration, unknown
from candour.errors import ConfigurationError
from candour.exports import Export, read_exports
from candour.figures import Unit
from candour.inbox import Inbox, misfits
from candour.procedure import Procedure, Procedures
from candour.retention import Retention
from candour.taxonomy import Taxonomy, read_taxonomy

if TYPE_CHECKING:
    from collections.abc import Mapping


class CouncilKind(StrEnum):
    """Whether the cases are real, and so what every page must say of them."""

    LIVE = "live"
    FICTIONAL = "fictional"
    REPRODUCTION = "reproduction"


NOTICES = {
    CouncilKind.LIVE: "",
    CouncilKind.FICTIONAL: (
        "Demonstration: this council is fictional and its cases are synthetic."
    ),
    CouncilKind.REPRODUCTION: (
        "Reproduction test from published totals: synthetic cases, "
        "not a publication of this council."
    ),
}
"""What every page, file and mail of a council says of its cases."""


class Closure(Declaration):
    """A day the council is closed that is no bank holiday."""

    on: dt.date
    why: str


class Complaints(Declaration):
    """The team that answers for the reports."""

    name: str
    email: str


class ContextNumber(Declaration):
    """A number, or words, that are not counted from cases: where they come from, and their day.

    ``years`` gives a value a reporting year (``2022-23``) and ``value`` one that holds always.
    """

    title: str
    value: int | float | None = None
    words: str = ""
    years: dict[str, int | float] = Field(default_factory=dict)
    unit: Unit = Unit.COUNT
    decimals: int = Field(default=0, ge=0, le=2)
    source: str
    on: dt.date

    @model_validator(mode="after")
    def _one_form(self) -> ContextNumber:
        if sum((self.value is not None, bool(self.words), bool(self.years))) != 1:
            message = "give exactly one of 'value', 'words' and 'years'."
            raise ValueError(message)
        return self


class Target(Declaration):
    """What a measure should reach, and how close counts as near."""

    kpi: str
    where: dict[str, str] = Field(default_factory=dict)
    at_least: float | None = None
    at_most: float | None = None
    near: float = 5
    source: str


class Targets(Declaration):
    """All targets of a council."""

    targets: tuple[Target, ...]


class ReportChoice(Declaration):
    """That the council wants a report, for whom, and which form of it."""

    audience: str
    form: str = ""
    """The declaration in ``templates/reports/`` it is made by; without one, that of its id."""
    approval: Approving = "none"
    """Whether a person lets it go out: always, unless the gate found nothing, or never."""
    mail_to: tuple[Readership, ...] = ()
    """Whose readers get it by mail; a bulletin goes to all its readers."""
    schedule: Schedule = Field(default_factory=Schedule)
    """When it makes itself."""


class Peers(Declaration):
    """Which rows of the Ombudsman's yearly statistics are the council's, and its peers'."""

    authority: str
    peers: tuple[str, ...] = ()
    """The authorities to stand beside; without any, all of the council's own kind."""


class CouncilFile(Declaration):
    """``council.yaml``: the council itself."""

    name: str
    kind: CouncilKind
    inbox: Inbox
    history_from: dt.date
    reporting_year_starts: Literal["January", "April", "July", "September"] = "April"
    closures: tuple[Closure, ...] = ()
    complaints_team: Complaints
    reports: dict[str, ReportChoice]
    context: dict[str, ContextNumber] = Field(default_factory=dict)
    ombudsman: Peers | None = None
    approval: Approval | None = None
    bulletins: Bulletins = Field(default_factory=Bulletins)
    delivery: Delivery = Field(default_factory=Delivery)
    exports_arrive: Arrivals | None = None
    alerts: Alerts = Field(default_factory=Alerts)
    retention: Retention = Field(default_factory=Retention)
    validation: dict[str, dict[str, str | int | float | bool]] = Field(default_factory=dict)

    @field_validator("reports")
    @classmethod
    def _a_bulletin_has_a_day_of_the_week(
        cls, reports: dict[str, ReportChoice]
    ) -> dict[str, ReportChoice]:
        bulletin = reports.get("weekly_bulletin")
        if bulletin is not None and bulletin.schedule.working_day is not None:
            message = (
                "'weekly_bulletin' has no 'working_day'; its day of the week is "
                "'day' under 'bulletins:'."
            )
            raise ValueError(message)
        return reports


_MONTHS = {"January": 1, "April": 4, "July": 7, "September": 9}


@dataclass(frozen=True, slots=True)
class Council:
    """A council as its folder declares it."""

    id: str
    profile: CouncilFile
    procedures: Mapping[str, Procedure]
    taxonomy: Taxonomy
    exports: Mapping[str, Export]
    targets: tuple[Target, ...]
    audiences: Mapping[str, Audience]
    commentary: Mapping[str, str]
    """Officers' own words by path inside ``commentary/``: ``2024-03/summary.md``."""

    @property
    def name(self) -> str:
        """The council's name as printed."""
        return self.profile.name

    @property
    def notice(self) -> str:
        """What every page must say of the cases; empty for a live council."""
        return NOTICES[self.profile.kind]

    @property
    def year_starts(self) -> int:
        """The month the reporting year begins, 1 to 12."""
        return _MONTHS[self.profile.reporting_year_starts]

    @property
    def own_years(self) -> Mapping[str, tuple[int, int]]:
        """The procedures with a reporting year of their own: its first month and its months."""
        return {
            id_: (_MONTHS[procedure.reporting_year.starts], procedure.reporting_year.months)
            for id_, procedure in self.procedures.items()
            if procedure.reporting_year is not None
        }

    def stage_name(self, stage: int) -> str:
        """The field's words for a stage: *Stage one*."""
        return STAGE_NAMES[stage]


STAGE_NAMES = {1: "Stage one", 2: "Stage two", 3: "Stage three"}


def read_council(council_id: str, files: Mapping[str, str]) -> Council:
    """The council declared by the texts of its folder, by file name.

    Raises:
        ConfigurationError: a file is missing or wrong: file, path, what was found, what is allowed.
    """

    def text(name: str) -> str:
        if name not in files:
            raise ConfigurationError(
                f"councils/{council_id}/{name} is missing. A council's folder needs council.yaml, "
                "procedures.yaml, services.yaml, exports.yaml, targets.yaml and audiences.yaml."
            )
        return files[name]

    def where(name: str) -> str:
        return f"councils/{council_id}/{name}"

    procedures = read_declaration(
        Procedures, text("procedures.yaml"), where("procedures.yaml"), key="procedures"
    ).procedures
    taxonomy = read_taxonomy(text("services.yaml"), files.get("people.yaml"), where(""))
    exports = read_exports(
        text("exports.yaml"), where("exports.yaml"), taxonomy, frozenset(procedures)
    )
    profile = read_declaration(
        CouncilFile,
        text("council.yaml"),
        where("council.yaml"),
        check=lambda declared: misfits(declared.inbox, exports),
    )
    targets = read_declaration(Targets, text("targets.yaml"), where("targets.yaml"), key="targets")
    audiences = read_declaration(
        Audiences,
        text("audiences.yaml"),
        where("audiences.yaml"),
        key="audiences",
        check=lambda declared: misnamed(declared, procedures),
    ).audiences
    _audiences_are_declared(profile, audiences, where("council.yaml"))
    _approvers_are_named(profile, where("council.yaml"))
    return Council(
        id=council_id,
        profile=profile,
        procedures=procedures,
        taxonomy=taxonomy,
        exports=exports,
        targets=targets.targets,
        audiences=audiences,
        commentary={
            name.removeprefix("commentary/"): words
            for name, words in sorted(files.items())
            if name.startswith("commentary/")
        },
    )


def _audiences_are_declared(
    profile: CouncilFile, audiences: Mapping[str, Audience], where: str
) -> None:
    named = {
        **{f"reports → {r} → audience": choice.audience for r, choice in profile.reports.items()},
        **{f"delivery → folders → {audience}": audience for audience in profile.delivery.folders},
    }
    for place, audience in named.items():
        if audience not in audiences:
            raise ConfigurationError(
                f"{where}: {place}: {unknown(audience, audiences)} "
                "The audiences are in audiences.yaml."
            )


def _approvers_are_named(profile: CouncilFile, where: str) -> None:
    asked = [r for r, choice in profile.reports.items() if choice.approval != "none"]
    if asked and profile.approval is None:
        raise ConfigurationError(
            f"{where}: reports → {asked[0]} → approval: a person has to approve it, and nobody "
            "may. Name who may under 'approval: approvers:', by the name they log in with."
        )
