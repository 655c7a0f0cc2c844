"""Writers: an alert as HTML that survives Outlook, and as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import css_inline
from markupsafe import Markup

if TYPE_CHECKING:
    from candour.alert.alert import Alert
    from candour.alert.letterhead import Letterhead
    from candour.words import Speaker

HTML, TEXT = "alerts/alert.html.j2", "alerts/alert.txt.j2"


def to_html(alert: Alert, head: Letterhead, speaker: Speaker, style: str) -> str:
    """The alert as a page of tables with every style inline; ``style`` is ``email.css``.

    Raises:
        ConfigurationError: a template is wrong.
    """
    place = f"alert {alert.kind}"
    page = speaker.html(HTML, place, alert=alert, head=head, css=Markup(style))
    inlined: str = css_inline.inline(page, load_remote_stylesheets=False, keep_at_rules=True)
    return inlined


def to_text(alert: Alert, head: Letterhead, speaker: Speaker) -> str:
    """The alert as plain text; errors as for ``to_html``."""
    return speaker.text(TEXT, f"alert {alert.kind}", alert=alert, head=head)
