"""Listing: what file systems tell of a folder's files, brought into one form."""

from __future__ import annotations

import datetime as dt
import hashlib
import posixpath
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from tasks.inbox.arrived import File, Wanted

if TYPE_CHECKING:
    import fsspec

Info = Mapping[str, Any]
_AT_ONCE = 16
"""Questions to a web server at a time: it tells of one file an answer."""
_TAGS = ("ETag", "Content-MD5")
_TIMES = ("mtime", "LastModified", "Last-Modified", "modified")
_NODES = ("ino", "created")
_GONE = {404, 410}
_NEVER_IN_A_NAME = frozenset("/\\?#\0")


@dataclass(frozen=True, slots=True)
class Listing:
    """One look at a folder, by name."""

    files: tuple[File, ...]
    """The wanted files."""
    others: tuple[str, ...]
    links: tuple[str, ...]
    """Wanted names under which a link stands."""
    names: frozenset[str]
    """Everything there is."""


def look(
    files: fsspec.AbstractFileSystem,
    root: str,
    named: Sequence[str],
    quiet_seconds: int,
    wanted: Wanted,
) -> Listing:
    """Look at a folder once.

    Args:
        files: the file system it is in.
        root: its path there.
        named: its files, where it has no list of its own.
        quiet_seconds: how long ago a file of this machine was written that is no longer young.
        wanted: which files are told of in full.
    """
    paths, told = _listed(files, root, named)
    asked = {name: path for name, path in paths.items() if wanted(name)}
    infos = {n: told[n] for n in asked} if told else dict(_answers(files, asked))
    return Listing(
        tuple(
            _file(files, name, asked[name], info, quiet_seconds)
            for name, info in infos.items()
            if _is_file(info)
        ),
        tuple(n for n in paths if n not in asked and (not told or told[n]["type"] != "directory")),
        tuple(name for name, info in infos.items() if _is_link(info)),
        frozenset(paths),
    )


def seen_now(files: fsspec.AbstractFileSystem, file: File, quiet_seconds: int) -> File | None:
    """A file as it is now; nothing if it is gone."""
    info = _info(files, file.path)
    if info is None or not _is_file(info):
        return None
    return _file(files, file.name, file.path, info, quiet_seconds)


def is_web(files: fsspec.AbstractFileSystem) -> bool:
    """Whether it is a web server, which tells of each file only when asked for it."""
    return "https" in files.protocol


def _listed(
    files: fsspec.AbstractFileSystem, root: str, named: Sequence[str]
) -> tuple[dict[str, str], dict[str, Info]]:
    """Paths by name, and what the list itself tells of each; names lead nowhere else."""
    told: dict[str, Info] = {}
    if named:
        return {n: f"{root.rstrip('/')}/{quote(n)}" for n in sorted(named)}, told
    if is_web(files):
        return dict(sorted(_links(files, root))), told
    paths: dict[str, str] = {}
    for info in sorted(_detailed(files, root), key=lambda one: str(one["name"])):
        path = str(info["name"])
        name = posixpath.basename(path)
        if name and path.rstrip("/") != root.rstrip("/"):
            paths[name], told[name] = path, info
    return paths, told


def _detailed(files: fsspec.AbstractFileSystem, root: str) -> list[Info]:
    try:
        infos: list[Info] = files.ls(root, detail=True)
    except FileNotFoundError:
        # A bucket has no folders, only names that begin alike: an empty one is not told of.
        bucket, _, below = root.partition("/")
        if "s3" not in files.protocol or not below or not files.exists(bucket):
            raise
        return []
    return infos


def _links(files: fsspec.AbstractFileSystem, root: str) -> Iterator[tuple[str, str]]:
    """The links of a page to what lies right below it, by the names they stand for."""
    above = f"{root.rstrip('/')}/"
    for path in files.ls(root, detail=False):
        name = unquote(path.removeprefix(above))
        if name and path.startswith(above) and not _NEVER_IN_A_NAME & set(name):
            yield name, path


def _answers(
    files: fsspec.AbstractFileSystem, paths: Mapping[str, str]
) -> Iterator[tuple[str, Info]]:
    with ThreadPoolExecutor(_AT_ONCE) as asking:
        answers = asking.map(lambda path: _info(files, path), paths.values())
        for name, info in zip(paths, answers, strict=True):
            if info is not None:
                yield name, info


def _info(files: fsspec.AbstractFileSystem, path: str) -> Info | None:
    """What is told of one file; nothing if it is gone, which may happen between two looks."""
    try:
        info: Info = files.info(path)
    except FileNotFoundError as problem:
        # A web server's refusal comes out as a missing file, the refusal behind it.
        behind = problem.__cause__
        if isinstance(behind, Exception) and getattr(behind, "status", None) not in _GONE:
            raise behind from None
        return None
    return info


def _file(
    files: fsspec.AbstractFileSystem, name: str, path: str, info: Info, quiet_seconds: int
) -> File:
    size = info.get("size")
    written_at = info.get("mtime")
    return File(
        name,
        path,
        size,
        _mark(info) or f"sha256 {hashlib.sha256(files.cat_file(path)).hexdigest()}",
        is_young=isinstance(written_at, float) and time.time() - written_at < quiet_seconds,
    )


def _mark(info: Info) -> str:
    """What tells a file's bytes from others unread; empty where only a size is told, or less."""
    size = info.get("size")
    tags = [str(info[tag]).strip('"') for tag in _TAGS if info.get(tag)]
    if size is not None and tags:
        return " ".join((str(size), *tags))
    times = [_written(info[time_]) for time_ in _TIMES if info.get(time_)]
    nodes = [str(info[node]) for node in _NODES if node in info]
    return " ".join((str(size), *times, *nodes)) if size is not None and times else ""


def _written(moment: object) -> str:
    return moment.isoformat() if isinstance(moment, dt.datetime) else str(moment)


def _is_link(info: Info) -> bool:
    return bool(info.get("islink")) or info["type"] == "link"


def _is_file(info: Info) -> bool:
    return info["type"] == "file" and not _is_link(info)
