"""Portal: the pages on which each group of readers finds what was released to them."""

from __future__ import annotations

from tasks.cli import arguments, screen
from tasks.settings import settings


def portal(council: arguments.Council, *, as_json: arguments.Json = False) -> None:
    """Make the pages that list a council's releases again, and say where they are."""
    from tasks.portal import publish_portal  # noqa: PLC0415  - a verb pays for its own imports only
    from tasks.store import Store  # noqa: PLC0415

    here = settings()
    with screen.Working("Making pages"):
        folders = publish_portal(here, council)
    store = Store(here.home)
    pages = [store.path(f"{folder}/index.html") for folder in folders]
    if as_json:
        screen.say_json({"pages": pages})
    elif not pages:
        screen.say(f"Nothing of '{council}' has been released yet: candour run {council} REPORT.")
    else:
        screen.say(*pages)
