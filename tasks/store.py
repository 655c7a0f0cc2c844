"""The store: all bytes and frames shared between tasks, behind one fsspec URL."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import posixpath
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fsspec

from candour.errors import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the store: its size in bytes, and when it was written last."""

    name: str
    size: int
    written_at: dt.datetime


class Store:
    """Files below one folder or object-storage URL, written whole or not at all."""

    def __init__(self, url: str) -> None:
        self._files, self._root = fsspec.core.url_to_fs(url)
        self._local = "file" in self._files.protocol

    def path(self, name: str) -> str:
        """The full path of ``name``, as a person would look for it."""
        return posixpath.join(self._root, name)

    def exists(self, name: str) -> bool:
        """Whether ``name`` was written."""
        return bool(self._files.exists(self.path(name)))

    def read(self, name: str) -> bytes:
        """The bytes of ``name``.

        Raises:
            FileNotFoundError: it was never written.
        """
        content: bytes = self._files.cat_file(self.path(name))
        return content

    @contextmanager
    def local_copy(self, name: str) -> Iterator[Path]:
        """``name`` as a file of this machine, for readers that want one."""
        if self._local:
            yield Path(self.path(name))
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / posixpath.basename(name)
            copy.write_bytes(self.read(name))
            yield copy

    def write(self, name: str, content: bytes) -> None:
        """Write ``name`` whole: a reader sees the old bytes or the new, never a part.

        Raises:
            UnreachableError: there is no room left; what was there before stands.
        """
        target = self.path(name)
        try:
            if self._local:
                _write_local(Path(target), content)
            else:
                self._files.pipe_file(target, content)
        except OSError as wrong:
            if wrong.errno not in _FULL:
                raise
            raise UnreachableError(
                f"There is no room left for {target} ({os.strerror(wrong.errno)}). What was there "
                "before stands, and nothing was released. Make room and run it again."
            ) from wrong

    def names(self, folder: str) -> list[str]:
        """Names of the files below ``folder``, sorted."""
        base = self.path(folder)
        if not self._files.exists(base):
            return []
        return sorted(
            posixpath.relpath(found, self._root)
            for found in self._files.find(base)
            if not posixpath.basename(found).startswith(".writing-")
        )

    def listed(self, folder: str) -> list[Kept]:
        """Every file below ``folder`` with its size and age, by name."""
        base = self.path(folder)
        if not self._files.exists(base):
            return []
        found = self._files.find(base, detail=True)
        return [
            Kept(posixpath.relpath(path, self._root), int(about["size"]), _written_at(about))
            for path, about in sorted(found.items())
            if not posixpath.basename(path).startswith(".writing-")
        ]

    def remove(self, name: str) -> None:
        """Take ``name`` away; nothing happens where it is not there."""
        if self._files.exists(self.path(name)):
            self._files.rm_file(self.path(name))

    def protect(self, name: str) -> None:
        """Make ``name`` read-only where the file system knows such a thing."""
        if self._local:
            Path(self.path(name)).chmod(0o440)

    def read_frame(self, name: str) -> pd.DataFrame:
        """The frame written as Parquet at ``name``."""
        import pandas as pd  # noqa: PLC0415  - a task that reads no frame must not pay for pandas

        return pd.read_parquet(io.BytesIO(self.read(name)))

    def write_frame(self, name: str, frame: pd.DataFrame) -> None:
        """Write ``frame`` as Parquet at ``name``."""
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False)
        self.write(name, buffer.getvalue())


def _written_at(about: Mapping[str, Any]) -> dt.datetime:
    """When a file was written last, as each file system tells it."""
    told = about.get("mtime") or about.get("LastModified") or about["created"]
    if isinstance(told, dt.datetime):
        return told if told.tzinfo else told.replace(tzinfo=dt.UTC)
    return dt.datetime.fromtimestamp(float(told), dt.UTC)


def _write_local(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".writing-{target.name}-{os.getpid()}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
