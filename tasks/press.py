"""Press: a composed report becomes files - page, PDF, Word, workbook, case list, ledger."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from candour.composing.cases import cases_of, every_case
from candour.document import write_word
from candour.errors import ReconciliationError
from candour.page import DRAFT, PangoMissingError, pictures_of, write_annual, write_page, write_pdf
from candour.page import read_theme as read_page_theme
from candour.readership import TEAM, Scope, ScopeKind, readers_of
from candour.workbook import check, read_back, read_theme, write_listings, write_pack
from tasks.declared import word_template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from candour.page import Theme
    from candour.report import Report
    from candour.table import Listing
    from tasks.desk import Desk

Files = dict[str, bytes]


class Press:
    """The files of one report, made at its desk; nothing is written anywhere."""

    def __init__(self, desk: Desk, report: Report) -> None:
        self._desk = desk
        self._report = report
        self.remarks: list[str] = []
        """What a person should know of the files: no PDF on this machine, and why."""
        self.readers: dict[str, str] = {}
        """Whose a file is, where it is not the whole audience's."""

    def page(self, status: str = "") -> str:
        """The report as a page, or nothing where it has no words of its own.

        ``status`` is what stands above its words until somebody has approved it.
        """
        desk = self._desk
        names = {
            "target": desk.composer.target_of,
            "rating": desk.composer.rating_of,
            "given": desk.measures.given,
        }
        if self._is_annual:
            return write_annual(
                self._report,
                desk.speaker,
                self._theme,
                place=desk.name("html"),
                commentary=desk.commentary,
                folder=desk.commentary_folder,
                status=status,
                **names,
            )
        template = f"narrative/{desk.computed.report}.html.j2"
        if template not in desk.templates:
            return ""
        return write_page(
            self._report,
            desk.speaker,
            self._theme,
            template=template,
            place=desk.name("html", "narrative"),
            commentary=desk.commentary,
            folder=desk.commentary_folder,
            status=status,
            **names,
        )

    def review(self) -> Files:
        """What an approver reads: the page, and the Word file, that say they are a draft."""
        page = self.page(DRAFT)
        if not page:
            return {}
        named = {self._page_name("html"): page.encode()}
        return named | (self._word(page) if self._is_annual else {})

    def files(self) -> Files:
        """Every file of the release by name."""
        page = self.page()
        made = self._prints(page) if page else {}
        made |= self._case_lists()
        made |= self._workbook()
        made["ledger.csv"] = self._desk.ledger.to_csv().encode()
        return made

    def _prints(self, page: str) -> Files:
        """The page, and what is made of it."""
        made = {self._page_name("html"): page.encode()}
        try:
            made[self._page_name("pdf")] = write_pdf(page, self._theme)
        except PangoMissingError as missing:
            self.remarks.append(str(missing))
        return made | (self._word(page) if self._is_annual else {})

    @property
    def _is_annual(self) -> bool:
        return self._report.form != "pack"

    def _page_name(self, ending: str) -> str:
        return self._desk.name(ending, "" if self._is_annual else "narrative")

    def _word(self, page: str) -> Files:
        desk = self._desk
        content = write_word(
            page,
            word_template(desk.settings, desk.council.id),
            created=desk.created,
            pictures=pictures_of(self._report, self._theme),
        )
        return {desk.name("docx"): content}

    def _workbook(self) -> Files:
        desk, name = self._desk, self._desk.name("xlsx")
        theme = read_theme(desk.templates["themes/workbook.yaml"])
        content = write_pack(self._report, desk.ledger, theme, file_name=name, created=desk.created)
        problems = [*read_back(content, desk.ledger, name, self._report), *check(content)]
        if problems:
            # A finished file that does not say what the ledger says is not released.
            raise ReconciliationError("\n".join(f"{name}: {problem}" for problem in problems))
        return {name: content}

    def _case_lists(self) -> Files:
        """A list of cases for everybody, or for each reader one of their own, or none."""
        desk = self._desk
        if desk.audience.sees == "counts":
            return {}
        if desk.audience.names_cases:
            whole = cases_of(desk.composer, desk.background, Scope(ScopeKind.COUNCIL))
            return {desk.name("xlsx", "case list"): self._case_list("Case list", whole)}
        made = {}
        for reader in readers_of(desk.council):
            own = cases_of(desk.composer, desk.background, reader.scope)
            name = self._own(reader.key)
            made[name] = self._case_list(f"Case list: {reader.name}", own)
        team = desk.council.profile.complaints_team.name
        every = every_case(desk.composer, desk.background)
        made[self._own(TEAM)] = self._case_list(f"Case list: {team}", every)
        return made

    def _own(self, reader: str) -> str:
        """The name of a reader's own case list, noted as theirs."""
        name = self._desk.name("xlsx", f"case list {reader}")
        self.readers[name] = reader
        return name

    def _case_list(self, title: str, lists: Sequence[Listing]) -> bytes:
        desk = self._desk
        return write_listings(
            title,
            desk.council.notice,
            self._report.marking,
            [one.with_caveat(self._report.caveat) for one in lists],
            read_theme(desk.templates["themes/workbook.yaml"]),
            created=desk.created,
        )

    @cached_property
    def _theme(self) -> Theme:
        desk = self._desk
        folder = desk.settings.project / "templates/fonts"
        fonts = {path.name: path.read_bytes() for path in sorted(folder.glob("*.ttf"))}
        themes = {
            path.removeprefix("themes/"): text
            for path, text in desk.templates.items()
            if path.startswith("themes/")
        }
        return read_page_theme(themes, fonts)
