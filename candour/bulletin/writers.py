"""Writers: a bulletin as HTML that survives Outlook, as plain text, and as a small workbook."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import css_inline
from markupsafe import Markup

from candour.table import Listing, ListingKind

if TYPE_CHECKING:
    from candour.bulletin.bulletin import Bulletin
    from candour.words import Speaker

HTML, TEXT, SUBJECT = (
    "bulletin/bulletin.html.j2",
    "bulletin/bulletin.txt.j2",
    "bulletin/subject.txt.j2",
)


def to_html(bulletin: Bulletin, speaker: Speaker, style: str) -> str:
    """The bulletin as a page of tables with every style inline.

    Args:
        bulletin: what to tell.
        speaker: says the words and keeps the ledger.
        style: ``templates/themes/email.css``.

    Raises:
        ConfigurationError: a template is wrong.
    """
    page = speaker.html(HTML, place(bulletin, "html"), bulletin=bulletin, css=Markup(style))
    inlined: str = css_inline.inline(page, load_remote_stylesheets=False, keep_at_rules=True)
    return inlined


def to_text(bulletin: Bulletin, speaker: Speaker) -> str:
    """The bulletin as plain text; errors as for ``to_html``."""
    return speaker.text(TEXT, place(bulletin, "txt"), bulletin=bulletin)


def to_subject(bulletin: Bulletin, speaker: Speaker) -> str:
    """The mail's subject on one line; errors as for ``to_html``."""
    said = speaker.text(SUBJECT, place(bulletin, "eml"), bulletin=bulletin)
    return " ".join(said.split())


def to_listing(bulletin: Bulletin) -> Listing:
    """The open steps as a list to filter, for the workbook."""
    return Listing(
        id="outstanding",
        title="Outstanding complaints",
        headings=(
            ("Reference", ListingKind.REFERENCE),
            ("Stage", ListingKind.WORDS),
            ("Service", ListingKind.WORDS),
            ("Officer", ListingKind.WORDS),
            ("Received on", ListingKind.DAY),
            ("Due on", ListingKind.DAY),
            ("Due before extension", ListingKind.DAY),
            ("Group", ListingKind.WORDS),
            ("Working days over or left", ListingKind.NUMBER),
        ),
        rows=tuple(
            (
                step.reference,
                step.stage,
                step.service,
                step.officer,
                step.received_on,
                step.due_on,
                step.first_due_on if step.extended else None,
                step.standing.value,
                step.days,
            )
            for step in bulletin.steps
        ),
        notes=(
            "Due before extension is empty where no extension was agreed.",
            "Due on, and working days over or left, are empty for a reopened case and while a "
            "clock has not started.",
        ),
        when_empty="You have no outstanding complaints.",
    )


def place(bulletin: Bulletin, kind: str) -> str:
    """The file a bulletin becomes, as the ledger calls it."""
    return f"bulletin-{bulletin.recipient.id}.{kind}"


def created(bulletin: Bulletin) -> dt.datetime:
    """The hour a bulletin's files and mail are dated: seven in the morning, universal time."""
    return dt.datetime.combine(bulletin.edition.as_of, dt.time(7), tzinfo=dt.UTC)
