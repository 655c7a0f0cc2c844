"""Inbox: where exports arrive, here, at a URL or in a database, all looked at in one way."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tasks import declared
from tasks.inbox.arrived import Arrived, File, Source, Wanted
from tasks.inbox.sentences import in_words, shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from candour.council import Council
    from candour.inbox import Inbox
    from tasks.settings import Settings

__all__ = ["Arrived", "File", "Source", "Wanted", "files_of", "opened", "place_of", "url_of"]


def place_of(inbox: Inbox) -> str:
    """Where an inbox is, as its council's folder says it and as it may be told."""
    if inbox.queries:
        return f"the database of the connection {inbox.connection}"
    return shown(inbox.url)


def url_of(settings: Settings, inbox: Inbox) -> str:
    """The folder or URL of an inbox; a folder without ``/`` before it is the project's."""
    return inbox.url if "://" in inbox.url else str((settings.project / inbox.url).resolve())


@contextmanager
def opened(settings: Settings, council: Council, day: dt.date) -> Iterator[Source]:
    """A council's inbox, as long as the block runs.

    Args:
        settings: where things are.
        council: whose.
        day: the day of the run, which names the results of queries.

    Raises:
        InputError: it does not exist.
        ConfigurationError: its connection does not exist, or the log-in was refused.
        UnreachableError: it could not be reached; another try may do.
    """
    inbox = council.profile.inbox
    if inbox.queries:
        from tasks.inbox.connections import hook  # noqa: PLC0415
        from tasks.inbox.database import Database  # noqa: PLC0415

        where = declared.council_folder(settings, council.id)
        yield Database(council, where, hook(inbox.connection), day)
        return
    from tasks.inbox.connections import options  # noqa: PLC0415

    url = url_of(settings, inbox)
    with files_of(inbox, url, options(url, inbox.connection)) as source:
        yield source


@contextmanager
def files_of(inbox: Inbox, url: str, options: Mapping[str, Any]) -> Iterator[Source]:
    """An inbox of files, reached with what its connection gave. Errors as for ``opened``."""
    import fsspec  # noqa: PLC0415

    from tasks.inbox.folder import Folder  # noqa: PLC0415

    with in_words(shown(url), inbox.connection):
        if options:
            files = fsspec.filesystem(url.partition("://")[0], skip_instance_cache=True, **options)
            root = files._strip_protocol(url)
        else:
            files, root = fsspec.core.url_to_fs(url)
    try:
        yield Folder(inbox, files, root, shown(url))
    finally:
        if hasattr(files, "client"):
            files.client.close()
