"""Distribute: a release reaches its readers, by portal, folder and mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks import declared

if TYPE_CHECKING:
    import datetime as dt

    from tasks.outbox import Posted
    from tasks.settings import Settings
    from tasks.state import Release


def distribute(settings: Settings, release: Release, *, now: dt.datetime) -> Posted:
    """Make the portal again, copy what is to be copied, and send the mails that have not gone.

    Every part may be done again: what is there already stays, and no mail goes twice.

    Raises:
        CandourError: a mail was refused, or a folder could not be written; the rest was done.
    """
    from tasks.deliver import deliver, deliver_folder  # noqa: PLC0415
    from tasks.portal import folders_of, publish_portal  # noqa: PLC0415

    publish_portal(settings, release.council)
    folders = declared.council(settings, release.council).profile.delivery.folders
    for audience in folders:
        for source in folders_of(settings, release.council, audience):
            deliver_folder(settings, release.council, audience, source)
    return deliver(settings, release.folder, now=now)
