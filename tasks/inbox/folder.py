"""Folder: an inbox of files, here or at a URL, where only a file nobody still writes is whole."""

from __future__ import annotations

import errno
import io
import os
import stat
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tasks.inbox.arrived import Arrived, File, Wanted
from tasks.inbox.listing import Listing, look, seen_now
from tasks.inbox.sentences import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import fsspec

    from candour.inbox import Inbox

UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart")
QUIET_SECONDS_HERE, QUIET_SECONDS_ELSEWHERE = 2, 5
"""A disk tells each write at once; a line may pause, and another machine's clock be wrong."""


class Folder:
    """The files of one folder, and never of one above or below it."""

    def __init__(
        self, declared: Inbox, files: fsspec.AbstractFileSystem, root: str, place: str
    ) -> None:
        self.place = place
        self._declared = declared
        self._files = files
        self._root = root
        self._is_local = "file" in files.protocol
        usual = QUIET_SECONDS_HERE if self._is_local else QUIET_SECONDS_ELSEWHERE
        self._quiet = usual if declared.quiet_seconds is None else declared.quiet_seconds

    def arrived(self, wanted: Wanted, known: Mapping[str, str]) -> Arrived:
        """What lies there, looked at twice wherever a file could still be growing.

        Raises:
            InputError: the folder does not exist.
            ConfigurationError: the log-in was refused, or may not read the folder.
            UnreachableError: it could not be reached; another try may do.
        """
        with in_words(self.place, self._declared.connection):
            first = last = self._look(wanted)
            fresh = [file for file in first.files if known.get(file.name) != file.mark]
            if any(file.is_young or not self._is_local for file in fresh):
                time.sleep(self._quiet)
                last = self._look(wanted)
        before = {file.name: file.mark for file in first.files}
        is_whole = {f: before.get(f.name) == f.mark and self._said(f, last) for f in last.files}
        return Arrived(
            tuple(file for file, whole in is_whole.items() if whole),
            tuple(file.name for file, whole in is_whole.items() if not whole),
            tuple(self._strangers(last)),
            last.links,
        )

    def read(self, file: File) -> bytes | None:
        """A file's bytes, unless it changed or went since it was looked at. Errors as above."""
        with in_words(self.place, self._declared.connection):
            try:
                content = _read_here(file.path) if self._is_local else self._read_there(file.path)
            except FileNotFoundError:
                return None
            again = seen_now(self._files, file, self._quiet)
        is_same = again is not None and again.mark == file.mark
        return content if is_same and file.size in {None, len(content)} else None

    def _look(self, wanted: Wanted) -> Listing:
        return look(
            self._files,
            self._root,
            self._declared.files,
            self._quiet,
            lambda name: wanted(name) and not _is_unfinished(name),
        )

    def _said(self, file: File, listing: Listing) -> bool:
        """Whether the system that writes it said it is whole, where the council's system does."""
        marker = self._declared.marker
        return not marker or f"{file.name}{marker}" in listing.names

    def _strangers(self, listing: Listing) -> Iterator[str]:
        marker = self._declared.marker
        for name in listing.others:
            is_marker = marker and name.endswith(marker) and name[: -len(marker)] in listing.names
            if not _is_unfinished(name) and not is_marker:
                yield name

    def _read_there(self, path: str) -> bytes:
        if hasattr(self._files, "ftp"):
            # Many requests at once; the file system's own way asks for 32 KiB and waits, again.
            buffer = io.BytesIO()
            self._files.ftp.getfo(path, buffer)
            return buffer.getvalue()
        content: bytes = self._files.cat_file(path)
        return content


def _read_here(path: str) -> bytes:
    """The bytes of a file of this machine: no link, and nothing that would keep us waiting.

    Raises:
        FileNotFoundError: it is gone, or something else took its place.
    """
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as problem:
        if problem.errno in {errno.ELOOP, errno.ENXIO}:
            raise FileNotFoundError(path) from None
        raise
    with os.fdopen(opened, "rb") as file:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise FileNotFoundError(path)
        return file.read()


def _is_unfinished(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold().endswith(UNFINISHED)
