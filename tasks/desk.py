"""The desk a report is built at: everything it is made of, read once from store and folders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from candour.composing import Background, Composer, compose, read_library
from candour.council import CouncilKind
from candour.gate import chosen, contents_listing, contents_of, read_contents
from candour.kpi import Fact
from candour.ledger import Ledger
from candour.measures import Measures
from candour.needs import history_of, mapped_columns, untold
from candour.numbers import numbers_of
from candour.period import Period, PeriodKind
from candour.published import Restatements
from candour.report import Section
from candour.vantage import Vantage
from candour.words import Speaker
from tasks import declared
from tasks.background import background_of
from tasks.compute_kpis import Computed, counts_of, dimensions_of
from tasks.cover import Cover
from tasks.extract import read_intake
from tasks.mornings import mornings_of
from tasks.store import Store

if TYPE_CHECKING:
    import pandas as pd

    from candour.audience import Audience
    from candour.council import ReportChoice
    from candour.figures import Figure
    from candour.gate import Contents
    from candour.report import Report
    from tasks.extract import Intake
    from tasks.settings import Settings

NO_COVER = Cover()


class Desk:
    """One report being made for one audience.

    Everything is worked out on first use and kept; nothing is written.
    """

    def __init__(
        self,
        settings: Settings,
        computed: Computed,
        withheld: frozenset[str] = frozenset(),
        cover: Cover = NO_COVER,
    ) -> None:
        self.settings = settings
        self.withheld = withheld
        self.cover = cover
        self.computed = computed
        self.store = Store(settings.home)
        self.council = declared.council(settings, computed.council)
        self.kpis = declared.kpis(settings)
        self.calendar = declared.calendar(settings, self.council)
        self.templates = declared.template_texts(settings, computed.council)
        self.period = Period.parse(computed.period, self.council.year_starts)
        self.ledger = Ledger()
        as_of = dt.date.fromisoformat(computed.as_of)
        ahead = 0 if self.period.kind is PeriodKind.WEEK else 1
        self.vantage = Vantage(
            morning=as_of + dt.timedelta(days=ahead),
            known_on=dt.date.fromisoformat(computed.known_on),
            as_of=as_of,
        )

    def again(self, cover: Cover | None = None, withheld: frozenset[str] | None = None) -> Desk:
        """A fresh desk for the same report, with another cover or with figures withheld."""
        return Desk(
            self.settings,
            self.computed,
            self.withheld if withheld is None else withheld,
            self.cover if cover is None else cover,
        )

    @cached_property
    def facts(self) -> dict[Fact, pd.DataFrame]:
        """Every fact table, read back."""
        dimensions = dimensions_of(self.council)
        return {
            fact: dimensions.restored(
                self.store.read_frame(f"{self.computed.folder}/{fact.value}.parquet")
            )
            for fact in Fact
        }

    @cached_property
    def intake(self) -> Intake:
        """What the report is made from."""
        return read_intake(self.store, self.computed.council, self.computed.intake)

    @cached_property
    def measures(self) -> Measures:
        """Figures on demand."""
        return Measures(
            self.kpis,
            counts_of(self.facts, self.kpis, self._mornings()),
            self.period,
            self.vantage,
            untold=self._untold(),
            history_from=history_of(self.council.exports, self.council.profile.history_from),
            year_starts=self.council.year_starts,
            numbers=numbers_of(self.council, self.facts[Fact.STATISTICS]),
            withheld=self.withheld,
        )

    def _untold(self) -> frozenset[str]:
        """The KPIs that what was taken in cannot tell."""
        landed = {snapshot.fills for snapshot in self.intake.snapshots}
        mapped = mapped_columns(self.council.exports)
        return untold(self.kpis, {name: mapped[name] for name in landed & mapped.keys()})

    def _mornings(self) -> list[dt.date]:
        return mornings_of(self.council, self.calendar, self.period, self.vantage)

    @cached_property
    def speaker(self) -> Speaker:
        """The voice, and the ledger it keeps."""
        measures = self.measures
        return Speaker(self.templates, self.ledger, measures.figure, self.period, measures.shown)

    @property
    def choice(self) -> ReportChoice:
        """Who the report is for, and which form of it the council chose."""
        return self.council.profile.reports[self.computed.report]

    @property
    def audience(self) -> Audience:
        """Who the report is for, and what they may see."""
        return self.council.audiences[self.choice.audience]

    @property
    def may_be_excepted(self) -> bool:
        """Whether a person may let it go out with what does not hold named on its cover."""
        return self.audience.sees != "counts" and self.choice.approval != "none"

    @property
    def declaration(self) -> str:
        """The declaration in ``templates/reports/`` the report is made by."""
        return self.choice.form or self.computed.report

    @property
    def created(self) -> dt.datetime:
        """The instant every file says it was made: the day the figures were known, at midnight."""
        return dt.datetime.combine(self.vantage.known_on, dt.time(), tzinfo=dt.UTC)

    @cached_property
    def composer(self) -> Composer:
        """What every part of the report is made with."""
        library = read_library(self.templates)
        return Composer(
            self.council,
            library,
            self.measures,
            self.speaker,
            self.name("xlsx"),
            self._restated(),
        )

    def _restated(self) -> Callable[[Figure], str | None]:
        """What the council published by hand, for the notes on earlier years."""
        if declared.PUBLISHED not in declared.council_texts(self.settings, self.council.id):
            return lambda _: None
        published, scheme = declared.published(self.settings, self.council.id)
        return Restatements(published, scheme).restated

    @cached_property
    def background(self) -> Background:
        """How the cases came, and the cases themselves."""
        return background_of(self)

    def slices(self) -> list[dict[str, str]]:
        """The slices in which identities must hold: the whole, each procedure, each service."""
        council = self.council
        return [
            {},
            *({"procedure": procedure} for procedure in council.procedures),
            *({"service": service} for service in council.taxonomy.ids("service")),
        ]

    def report(self) -> Report:
        """The report composed for its audience, what the law asks for told in its appendix."""
        report = compose(
            self.composer,
            self.background,
            self.computed.report,
            self.choice.audience,
            self.declaration,
        )
        report = replace(report, exceptions=self.cover.exceptions)
        if self.cover.restated is not None:
            told = self.cover.restated
            section = Section("restated", told.title, (told,), appendix=True)
            report = replace(report, sections=(*report.sections, section))
        if not self.contents:
            return report
        answered = contents_of(
            report,
            self.ledger,
            self.contents,
            commentary=self.commentary,
            procedures=self.council.procedures,
        )
        listed = contents_listing(answered, self.contents)
        asked = Section("statutory", listed.title, (listed,), appendix=True)
        return replace(report, sections=(*report.sections, asked))

    @cached_property
    def contents(self) -> Mapping[str, Contents]:
        """The statutory contents the report's declaration names."""
        spec = self.composer.library.report(self.declaration)
        file = f"templates/reports/{self.declaration}.yaml"
        return chosen(read_contents(self.templates), spec.contents, file)

    @property
    def commentary_folder(self) -> str:
        """Where officers' words on the period are, for a sentence about a mistake in one."""
        return f"councils/{self.council.id}/commentary/{self.period.key}"

    @cached_property
    def commentary(self) -> dict[str, str]:
        """Officers' words on the period, by section."""
        start = f"{self.period.key}/"
        return {
            path.removeprefix(start).removesuffix(".md"): words
            for path, words in self.council.commentary.items()
            if path.startswith(start)
        }

    def name(self, ending: str, part: str = "") -> str:
        """A file's name: council, report, period, and what it is of a reproduction."""
        council = self.computed.council
        reproduction = self.council.profile.kind is CouncilKind.REPRODUCTION
        words = [
            council,
            *(["reproduction-test"] if reproduction else []),
            part or self.computed.report,
            self.period.key,
        ]
        return f"{'-'.join(words)}.{ending}".replace("_", "-").replace(" ", "-")
