"""The desk a report is built at: everything it is made of, read once from store and folders."""

from __future__ import annotations

import datetime as dt
import json
from functools import cached_property
from typing import TYPE_CHECKING

from candour.composing import Background, Composer, compose, read_library
from candour.composing.cases import cases_answered, outstanding_cases
from candour.composing.listings import FileRead
from candour.council import CouncilKind
from candour.errors import ReconciliationError
from candour.kpi import Fact
from candour.ledger import Ledger
from candour.measures import Measures
from candour.needs import history_of, mapped_columns, untold
from candour.numbers import numbers_of
from candour.page import PangoMissingError, write_page, write_pdf
from candour.page import read_theme as read_page_theme
from candour.period import Period, PeriodKind
from candour.vantage import Vantage
from candour.verdict import Verdict
from candour.words import Speaker, typed_digits
from candour.workbook import check, read_back, read_theme, write_listings, write_pack
from tasks import declared
from tasks.compute_kpis import Computed, counts_of, dimensions_of, mornings_of
from tasks.extract import read_intake
from tasks.store import Store
from tasks.validate import verdict_path

if TYPE_CHECKING:
    import pandas as pd

    from candour.report import Report
    from tasks.extract import Intake
    from tasks.settings import Settings


class Desk:
    """One report being made for one audience.

    Everything is worked out on first use and kept; nothing is written.
    """

    def __init__(self, settings: Settings, computed: Computed) -> None:
        self.settings = settings
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
        )

    def _untold(self) -> frozenset[str]:
        """The KPIs that what was taken in cannot tell."""
        landed = {snapshot.fills for snapshot in self.intake.snapshots}
        mapped = mapped_columns(self.council.exports)
        return untold(self.kpis, {name: mapped[name] for name in landed & mapped.keys()})

    def _mornings(self) -> list[dt.date]:
        return mornings_of(self.period, self.vantage, self.council.profile.history_from)

    @cached_property
    def speaker(self) -> Speaker:
        """The voice, and the ledger it keeps."""
        return Speaker(self.templates, self.ledger, self.measures.figure, self.period)

    @property
    def audience(self) -> str:
        """Who the report is for."""
        return self.council.profile.reports[self.computed.report].audience

    @property
    def created(self) -> dt.datetime:
        """The instant every file says it was made: the day the figures were known, at midnight."""
        return dt.datetime.combine(self.vantage.known_on, dt.time(), tzinfo=dt.UTC)

    @cached_property
    def composer(self) -> Composer:
        """What every part of the report is made with."""
        library = read_library(self.templates)
        return Composer(self.council, library, self.measures, self.speaker, self.name("xlsx"))

    @cached_property
    def background(self) -> Background:
        """How the cases came, and the cases themselves."""
        council_id, intake_id = self.computed.council, self.computed.intake
        used = [
            s
            for s in self.intake.snapshots
            if dt.date.fromisoformat(s.extracted_on) <= self.vantage.known_on
        ]
        computed = json.loads(self.store.read(f"{self.computed.folder}/computed.json"))
        outstanding = self.facts[Fact.OUTSTANDING]
        unknown: dict[tuple[str, str], int] = {}
        for snapshot in used:
            for column, label, rows in snapshot.unknown:
                unknown[column, label] = max(rows, unknown.get((column, label), 0))
        return Background(
            verdict=Verdict.from_json(
                self.store.read(verdict_path(council_id, intake_id)).decode()
            ),
            files=tuple(
                FileRead(
                    s.name,
                    s.export,
                    dt.date.fromisoformat(s.extracted_on),
                    s.rows_in_file,
                    s.loaded,
                    s.quarantined,
                    s.noise,
                    s.sha256,
                    s.notes,
                )
                for s in used
            ),
            quarantine=self._quarantine([(s.name, s.folder) for s in used]),
            unknown=tuple(
                (column, label, rows) for (column, label), rows in sorted(unknown.items())
            ),
            vanished=tuple(
                (reference, dt.date.fromisoformat(seen)) for reference, seen in computed["vanished"]
            ),
            corrections=tuple(computed["corrections"]),
            calendar=self.calendar,
            steps=self.facts[Fact.STEPS],
            outstanding=outstanding[outstanding["on"].dt.date == self.vantage.morning],
            learning=self.facts[Fact.LEARNING],
            compliments=self.facts[Fact.COMPLIMENTS],
            improvements=self.facts[Fact.IMPROVEMENTS],
        )

    def _quarantine(self, snapshots: list[tuple[str, str]]) -> pd.DataFrame:
        import pandas as pd  # noqa: PLC0415

        parts = [
            self.store.read_frame(f"{folder}/quarantine.parquet").assign(file=name)
            for name, folder in snapshots
        ]
        return pd.concat(parts, ignore_index=True)

    def slices(self) -> list[dict[str, str]]:
        """The slices in which identities must hold: the whole, each procedure, each service."""
        council = self.council
        return [
            {},
            *({"procedure": procedure} for procedure in council.procedures),
            *({"service": service} for service in council.taxonomy.ids("service")),
        ]

    def report(self) -> Report:
        """The report composed for its audience."""
        form = self.council.profile.reports[self.computed.report].form
        return compose(self.composer, self.background, self.computed.report, self.audience, form)

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

    def files(self, report: Report) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """Every file of the release by name, and remarks for whoever approves it."""
        files: dict[str, bytes] = {}
        remarks: tuple[str, ...] = ()
        theme = read_theme(self.templates["themes/workbook.yaml"])
        page = f"narrative/{self.computed.report}.html.j2"
        if page in self.templates:
            narrative, remarks = self._narrative(report, page)
            files |= narrative
        if self.council.audiences[self.audience].sees == "cases":
            files[self.name("xlsx", "case list")] = write_listings(
                "Case list",
                self.council.notice,
                report.marking,
                [
                    outstanding_cases(self.composer, self.background).filled(),
                    cases_answered(self.composer, self.background).filled(),
                ],
                theme,
                created=self.created,
            )
        pack = self.name("xlsx")
        files[pack] = write_pack(report, self.ledger, theme, file_name=pack, created=self.created)
        content = files[pack]
        self._refuse(pack, [*read_back(content, self.ledger, pack, report), *check(content)])
        files["ledger.csv"] = self.ledger.to_csv().encode()
        return files, remarks

    @staticmethod
    def _refuse(name: str, problems: list[str]) -> None:
        """A finished file that does not say what the ledger says is not released."""
        if problems:
            told = "\n".join(f"{name}: {problem}" for problem in problems)
            raise ReconciliationError(told)

    def _narrative(self, report: Report, template: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
        folder = self.settings.project / "templates/fonts"
        fonts = {path.name: path.read_bytes() for path in sorted(folder.glob("*.ttf"))}
        themes = {
            path.removeprefix("themes/"): text
            for path, text in self.templates.items()
            if path.startswith("themes/")
        }
        theme = read_page_theme(themes, fonts)
        commentary = self._commentary()
        folder_named = f"councils/{self.council.id}/commentary/{self.period.key}"
        typed = tuple(
            sentence
            for section, words in commentary.items()
            for sentence in typed_digits(words, f"{folder_named}/{section}.md")
        )
        page = write_page(
            report,
            self.speaker,
            theme,
            template=template,
            place=self.name("html", "narrative"),
            commentary=commentary,
            folder=folder_named,
            target=self.composer.target_of,
            rating=self.composer.rating_of,
        )
        files = {self.name("html", "narrative"): page.encode()}
        try:
            files[self.name("pdf", "narrative")] = write_pdf(page, theme)
        except PangoMissingError as missing:
            return files, (*typed, str(missing))
        return files, typed

    def _commentary(self) -> dict[str, str]:
        """Officers' words on the period, by section."""
        start = f"{self.period.key}/"
        return {
            path.removeprefix(start).removesuffix(".md"): words
            for path, words in self.council.commentary.items()
            if path.startswith(start)
        }
