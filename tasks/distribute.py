"""Distribute: a release reaches its readers, by portal, folder and mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.errors import CandourError
from tasks import declared

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from tasks.outbox import Posted
    from tasks.settings import Settings
    from tasks.state import Release


def distribute(settings: Settings, release: Release, *, now: dt.datetime) -> Posted:
    """Make the portal again, copy what is to be copied, and send the mails that have not gone.

    Every part may be done again: what is there already stays, and no mail goes twice. A folder
    that cannot be written holds no mail up.

    Raises:
        NotAllSentError: some mails wait for another attempt.
        CandourError: a mail was refused, or a folder could not be written; the rest was done.
    """
    from tasks.alerts.caveats import tell_if_stale  # noqa: PLC0415  - a task pays for its own
    from tasks.deliver import deliver  # noqa: PLC0415
    from tasks.portal import publish_portal  # noqa: PLC0415

    tell_if_stale(settings, release, now=now)
    publish_portal(settings, release.council)
    unwritten = list(_copied(settings, release.council))
    posted = deliver(settings, release.folder, now=now)
    if unwritten:
        raise CandourError("\n".join(unwritten))
    return posted


def _copied(settings: Settings, council_id: str) -> Iterator[str]:
    """Copy every audience's pages to its folder; what went wrong, a sentence a folder."""
    from tasks.folders import deliver_folder  # noqa: PLC0415
    from tasks.portal import folders_of  # noqa: PLC0415

    for audience in declared.council(settings, council_id).profile.delivery.folders:
        for source in folders_of(settings, council_id, audience):
            try:
                deliver_folder(settings, council_id, audience, source)
            except CandourError as problem:
                yield str(problem)
