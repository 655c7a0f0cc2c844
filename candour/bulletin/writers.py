"""Writers: a bulletin as HTML that survives Outlook, and as plain text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import css_inline
from markupsafe import Markup

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


def place(bulletin: Bulletin, kind: str) -> str:
    """The file a bulletin becomes, as the ledger calls it."""
    return f"bulletin-{bulletin.recipient.key}.{kind}"


def created(bulletin: Bulletin) -> dt.datetime:
    """The hour a bulletin's files and mail are dated: seven in the morning, universal time."""
    return dt.datetime.combine(bulletin.edition.as_of, dt.time(7), tzinfo=dt.UTC)
