"""Examine: everything that must hold of a draft, asked before anyone is offered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.gate.accounted import accounts_of
from candour.gate.answers import contents_findings, contents_of
from candour.gate.books import changed_ledger, changed_workbook, words_in
from candour.gate.charts import silent_charts
from candour.gate.claims import Claims
from candour.gate.displays import wrong_figures
from candour.gate.documents import changed_document, open_document
from candour.gate.finding import Finding, gravest_first
from candour.gate.grids import changed_grid, listed_cells
from candour.gate.identities import identities, numerators, printed_identities
from candour.gate.labels import wrong_labels
from candour.gate.markup import read_page
from candour.gate.pool import Pool
from candour.gate.printed import differences
from candour.gate.readback import loose_in, read_back
from candour.gate.references import absent_items, broken_references
from candour.gate.scales import loose_labels
from candour.gate.sentences import sentences_on, sentences_said
from candour.gate.small import unfit
from candour.gate.stamps import missing_stamps, stale
from candour.gate.tables import broken_tables
from candour.gate.texts import figures_of
from candour.gate.trends import contradicted
from candour.gate.typed import typed_in_commentary, typed_in_templates
from candour.page.readback import text_of_pdf
from candour.workbook.checklist.seen import open_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from candour.gate.accounted import Accounts
    from candour.gate.draft import Draft
    from candour.gate.opened import Opened
    from candour.gate.sentences import Sentence


def examine(draft: Draft) -> tuple[Finding, ...]:
    """Every finding on a draft, those that block it first; none on one that holds."""
    accounts = accounts_of(draft)
    return gravest_first(
        [
            *draft.found,
            *_counted(draft),
            *_composed(draft),
            *_said(draft, accounts),
            *_written(draft),
            *_finished(draft, accounts),
        ]
    )


def _counted(draft: Draft) -> Iterator[Finding]:
    """What must hold of measures, printed or not."""
    yield from numerators(draft.facts, draft.kpis)
    if draft.measures is not None:
        yield from identities(draft.measures, draft.slices)
    yield from printed_identities(_pool(draft))


def _composed(draft: Draft) -> Iterator[Finding]:
    """What must hold of tables, charts and figures."""
    report = draft.report
    yield from broken_tables(report)
    yield from wrong_labels(report, draft.kpis)
    yield from silent_charts(report)
    yield from wrong_figures(report, draft.ledger, draft.kpis)
    yield from unfit(draft)
    yield from stale(report, draft.ledger, draft.commentary)


def _said(draft: Draft, accounts: Accounts) -> Iterator[Finding]:
    """What must hold of the report's own sentences."""
    yield from loose_in(draft.report, draft.ledger, accounts)
    yield from _claimed(sentences_said(draft.report, draft.ledger), draft)


def _claimed(sentences: Iterable[Sentence], draft: Draft) -> Iterator[Finding]:
    pool = _pool(draft)
    claims = Claims(draft.kpis, draft.report.period.year_starts, pool)
    for sentence in sentences:
        yield from claims.wrong(sentence)
        yield from contradicted(sentence, pool)


def _written(draft: Draft) -> Iterator[Finding]:
    """What must hold of what people wrote: templates, commentary, and what the law asks for."""
    yield from typed_in_templates(draft.templates)
    yield from typed_in_commentary(draft.commentary, draft.report, draft.ledger)
    yield from absent_items(draft.report, draft.commentary)
    sections = [path.rpartition("/")[2].removesuffix(".md") for path in draft.commentary]
    yield from contents_findings(
        contents_of(
            draft.report,
            draft.ledger,
            draft.contents,
            commentary=sections,
            procedures=draft.procedures,
        )
    )


def _finished(draft: Draft, accounts: Accounts) -> Iterator[Finding]:
    """What must hold of the finished files."""
    pages = {
        name: read_page(name, content.decode())
        for name, content in draft.files.items()
        if name.endswith(".html")
    }
    for page in pages.values():
        yield from _page(page, draft, accounts)
    for name, content in draft.files.items():
        if name.endswith(".pdf"):
            yield from _pdf(name, content, pages, draft)
        elif name.endswith(".docx"):
            opened = open_document(name, content, draft.ledger)
            page_of = pages.get(f"{name.removesuffix('.docx')}.html")
            yield from changed_document(opened, page_of, draft.report, draft.ledger, accounts)
        elif name.endswith(".xlsx") and _prints(name, draft):
            workbook = open_again(content)
            yield from changed_workbook(name, workbook, draft.report, draft.ledger, accounts)
            yield from missing_stamps(name, words_in(workbook), draft.report)
        elif name.endswith(".csv"):
            yield from changed_ledger(name, content.decode(), draft.ledger)


def _page(page: Opened, draft: Draft, accounts: Accounts) -> Iterator[Finding]:
    listed = listed_cells(page.grids, draft.report)
    yield from read_back(page, draft.ledger, accounts, listed)
    for grid in page.grids:
        yield from changed_grid(grid, draft.report)
    for drawing in page.drawings:
        yield from loose_labels(drawing, draft.report, accounts)
    yield from broken_references(page, accounts)
    yield from _claimed(sentences_on(page, draft.ledger), draft)
    text = " ".join(block.text for block in page.blocks)
    yield from missing_stamps(page.name, text, draft.report)


def _pdf(name: str, content: bytes, pages: dict[str, Opened], draft: Draft) -> Iterator[Finding]:
    page = pages.get(f"{name.removesuffix('.pdf')}.html")
    if page is not None:
        yield from differences(name, text_of_pdf(content), page, draft.report)


def _prints(name: str, draft: Draft) -> bool:
    """Whether the ledger says that figures are printed in a file: a case list prints none."""
    return any(
        place.startswith(name) for figure in draft.ledger for place in draft.ledger.places(figure)
    )


def _pool(draft: Draft) -> Pool:
    return Pool([*(figure for _, figure in figures_of(draft.report)), *draft.ledger])
