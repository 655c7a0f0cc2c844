"""Councils: who they are, and every rule of theirs that decides a figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from candour.declarations import Declaration, read_declaration, unknown
from candour.errors import ConfigurationError
from candour.exports import Export, read_exports
from candour.procedure import Procedure, Procedures
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
    """A number that is not counted from cases: where it comes from, and its day."""

    title: str
    value: int
    source: str
    on: dt.date


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


class Audience(Declaration):
    """Who reads a release, and what they may see."""

    name: str
    sees: Literal["cases", "counts"]
    marking: str = ""


class Audiences(Declaration):
    """The audiences of a council, by id."""

    audiences: dict[str, Audience]


class ReportChoice(Declaration):
    """That the council wants a report, and for whom."""

    audience: str


class CouncilFile(Declaration):
    """``council.yaml``: the council itself."""

    name: str
    kind: CouncilKind
    inbox: str
    history_from: dt.date
    reporting_year_starts: Literal["January", "April", "July", "September"] = "April"
    closures: tuple[Closure, ...] = ()
    complaints_team: Complaints
    reports: dict[str, ReportChoice]
    context: dict[str, ContextNumber] = Field(default_factory=dict)
    validation: dict[str, dict[str, str | int | float | bool]] = Field(default_factory=dict)


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

    profile = read_declaration(CouncilFile, text("council.yaml"), where("council.yaml"))
    procedures = read_declaration(
        Procedures, text("procedures.yaml"), where("procedures.yaml"), key="procedures"
    ).procedures
    taxonomy = read_taxonomy(text("services.yaml"), files.get("people.yaml"), where(""))
    exports = read_exports(
        text("exports.yaml"), where("exports.yaml"), taxonomy, frozenset(procedures)
    )
    targets = read_declaration(Targets, text("targets.yaml"), where("targets.yaml"), key="targets")
    audiences = read_declaration(
        Audiences, text("audiences.yaml"), where("audiences.yaml"), key="audiences"
    ).audiences
    _reports_have_audiences(profile, audiences, where("council.yaml"))
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


def _reports_have_audiences(
    profile: CouncilFile, audiences: Mapping[str, Audience], where: str
) -> None:
    for report, choice in profile.reports.items():
        if choice.audience not in audiences:
            raise ConfigurationError(
                f"{where}: reports → {report} → audience: "
                f"{unknown(choice.audience, audiences)} The audiences are in audiences.yaml."
            )
