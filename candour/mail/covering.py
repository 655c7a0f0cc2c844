"""Covering: the mail a report comes with: what it is, what it tells first, what is attached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import css_inline
from markupsafe import Markup

if TYPE_CHECKING:
    import datetime as dt

    from candour.words import Speaker

HTML, TEXT, SUBJECT = (
    "mail/covering.html.j2",
    "mail/covering.txt.j2",
    "mail/covering-subject.txt.j2",
)
MOST_HEADLINES = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """A sentence with figures, and the words it is found by."""

    label: str
    sentence: str

    @staticmethod
    def read(written: str) -> Headline:
        """A report's headline, whose words before the first colon stand out."""
        label, colon, sentence = written.partition(": ")
        return Headline(label, sentence) if colon else Headline("", written)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that comes with the mail, and what it is."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Covering:
    """What one reader is told of a release."""

    council: str
    title: str
    """The report's: *Complaints performance pack*."""
    period: str
    as_of: dt.date
    known_on: dt.date
    name: str
    """The reader's."""
    headlines: tuple[Headline, ...]
    enclosed: tuple[Enclosed, ...]
    team: str
    team_email: str
    marking: str = ""
    notice: str = ""
    correction: str = ""
    """Why there is another version; empty for the first."""
    approver: str = ""
    """Who let it go out, with their role."""
    excepted: bool = False
    """Whether something did not hold, and is named on its cover."""
    caveat: str = ""
    """What its cases do not reach as far as; empty where they do."""
    kept_in: str = ""
    """Where every version of it is."""


def to_html(covering: Covering, speaker: Speaker, style: str) -> str:
    """The mail as a page of tables with every style inline; ``style`` is ``email.css``.

    Raises:
        ConfigurationError: a template is wrong.
    """
    page = speaker.html(HTML, "mail", mail=covering, css=Markup(style))
    inlined: str = css_inline.inline(page, load_remote_stylesheets=False, keep_at_rules=True)
    return inlined


def to_text(covering: Covering, speaker: Speaker) -> str:
    """The mail as plain text; errors as for ``to_html``."""
    return speaker.text(TEXT, "mail", mail=covering)


def to_subject(covering: Covering, speaker: Speaker) -> str:
    """The mail's subject on one line; errors as for ``to_html``."""
    return " ".join(speaker.text(SUBJECT, "mail", mail=covering).split())
