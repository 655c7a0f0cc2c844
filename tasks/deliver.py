"""Deliver: a release reaches its readers, by mail and in folders, once however often it is run."""

from __future__ import annotations

import hashlib
import json
from email import message_from_bytes
from email.policy import SMTP
from typing import TYPE_CHECKING

from candour.errors import CandourError
from tasks import declared
from tasks.folders import deliver_folder
from tasks.outbox import Letter, Posted, post, send_waiting
from tasks.publish import release_in
from tasks.store import Store

if TYPE_CHECKING:
    import datetime as dt

    from tasks.settings import Settings
    from tasks.state import Release

__all__ = ["deliver", "deliver_folder", "letters_of"]

MAIL = ".eml"
ALERTS = "alert"
"""How a letter that tells somebody of trouble begins to say what it is about."""


def deliver(
    settings: Settings,
    release_folder: str,
    *,
    now: dt.datetime,
    approved: bool = False,
    by: str = "",
) -> Posted:
    """Send the mails of a release that have not gone, and the alerts that wait.

    Args:
        settings: where things are, and whether mail is redirected or only told of.
        release_folder: the release.
        now: this instant.
        approved: whether a person lets more mails go than ``delivery: most_mails``.
        by: who.

    Raises:
        NotAllSentError: some wait for another attempt.
        CandourError: the mail server refused some, or they are too many; the others have gone.
    """
    release = release_in(settings, release_folder)
    most = declared.council(settings, release.council).profile.delivery.most_mails
    letters = letters_of(settings, release)
    send_waiting(settings, release.council, ALERTS, now=now)
    return post(settings, letters, now=now, most=most, approved=approved, by=by)


def letters_of(settings: Settings, release: Release) -> list[Letter]:
    """The mails of a release: those it holds, or one to each reader it is mailed to.

    Raises:
        CandourError: a file of the release is not what was released.
    """
    from tasks.covering import covering_letters  # noqa: PLC0415  - bulletins need no templates

    store = Store(settings.home)
    manifest = json.loads(store.read(f"{release.folder}/manifest.json"))
    held: list[Letter] = []
    for file in manifest["files"]:
        content = store.read(f"{release.folder}/{file['name']}")
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 != file["sha256"]:
            raise CandourError(
                f"{release.folder}/{file['name']} is not what was released: its checksum differs "
                "from the manifest's. Nothing was sent. Restore the file, or release a correction."
            )
        if file["name"].endswith(MAIL):
            held.append(_held(release, file.get("reader") or file["name"], content, sha256))
    return held or covering_letters(settings, store, release)


def _held(release: Release, reader: str, content: bytes, sha256: str) -> Letter:
    """A mail that was released; the same bytes in the next version are the same letter."""
    place = f"{release.council}/{release.report}/{release.period}/{release.audience}"
    return Letter(
        key=f"{place}/{reader}/{sha256[:16]}",
        council=release.council,
        about=f"{release.report} {release.period}, version {release.version}",
        recipient=reader,
        message=message_from_bytes(content, policy=SMTP),
        content=content,
    )
