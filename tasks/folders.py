"""Folders: a tree of the store is copied to where readers look; what is not ours is left alone."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from candour.errors import CandourError
from tasks import declared
from tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tasks.settings import Settings

RECORD = ".candour.json"
"""Which files of a folder are ours, and their checksums."""
_LAST = ("index.html", "manifest.json")
"""What leads to other files, and so is written after them."""
_UNFINISHED = ""
_STORAGES = {"aiohttp", "botocore", "aiobotocore", "s3fs", "paramiko", "fsspec"}
"""Libraries under the store whose errors are not all of the operating system's kind."""


def deliver_folder(settings: Settings, council: str, audience: str, source: str) -> list[str]:
    """Copy a tree of the store to the folder of an audience; gives the names that were written.

    What leads to other files goes last, and each file is written whole, so that a reader meets the
    old tree or the new. Files that hold the same bytes are not written again; ours that are no
    longer in the tree are taken away. Stopped in the middle and run again, it ends the same.

    Args:
        settings: where the store is.
        council: whose folder, as ``delivery: folders`` of its ``council.yaml`` names them.
        audience: whose.
        source: the tree; what its path has below the audience is kept, such as a reader's own.

    Raises:
        CandourError: the folder holds a file of that name that is not ours, or cannot be written.
    """
    url = declared.council(settings, council).profile.delivery.folders.get(audience)
    if url is None:
        return []
    below = _below(source, audience)
    try:
        return _copied(
            Store(settings.home), source, Store(f"{url.rstrip('/')}/{below}".rstrip("/"))
        )
    except Exception as wrong:
        if not _is_of_the_storage(wrong):
            raise
        why = (wrong.strerror if isinstance(wrong, OSError) else "") or type(wrong).__name__
        raise CandourError(
            f"The folder for '{audience}' of '{council}' could not be written ({why}). What was "
            "released stands; make the folder reachable and run the delivery again."
        ) from wrong


def _is_of_the_storage(wrong: Exception) -> bool:
    """Whether the place is at fault, rather than a mistake of ours."""
    if isinstance(wrong, CandourError):
        return False
    return isinstance(wrong, OSError) or type(wrong).__module__.partition(".")[0] in _STORAGES


def _below(source: str, audience: str) -> str:
    """What a path has below the audience; nothing where it does not name it."""
    parts = source.strip("/").split("/")
    if audience not in parts:
        return ""
    return "/".join(parts[len(parts) - parts[::-1].index(audience) :])


def _copied(store: Store, source: str, target: Store) -> list[str]:
    wanted = {
        name.removeprefix(f"{source.strip('/')}/"): store.read(name) for name in store.names(source)
    }
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in wanted.items()}
    ours = _record(target)
    there = set(target.names("")) - {RECORD}
    _refuse_foreign(target, there - ours.keys(), wanted)
    writing = [n for n in sums if n not in there or ours.get(n) != sums[n]]
    gone = sorted((ours.keys() & there) - sums.keys())
    if not writing and not gone:
        return []
    unfinished = dict.fromkeys([*writing, *gone], _UNFINISHED)
    _note(target, {**ours, **sums, **unfinished})
    for name in _in_order(writing):
        target.write(name, wanted[name])
    for name in gone:
        target.remove(name)
    _note(target, sums)
    return _in_order(writing)


def _in_order(names: Iterable[str]) -> list[str]:
    """Files, then what leads to them, the outermost at the very end."""

    def order(name: str) -> tuple[bool, int, str]:
        leads = name.rpartition("/")[2] in _LAST
        return leads, -name.count("/") if leads else 0, name

    return sorted(names, key=order)


def _refuse_foreign(target: Store, foreign: set[str], wanted: Mapping[str, bytes]) -> None:
    """Refuse to write over a file of somebody else's, unless it holds the very same."""
    for name in sorted(foreign & wanted.keys()):
        if target.read(name) != wanted[name]:
            raise CandourError(
                f"{target.path(name)} was there before and is not ours, so nothing was copied. "
                "Move it away, or name another folder under 'delivery: folders' of council.yaml."
            )


def _record(target: Store) -> dict[str, str]:
    if not target.exists(RECORD):
        return {}
    read: dict[str, str] = json.loads(target.read(RECORD))
    return read


def _note(target: Store, sums: Mapping[str, str]) -> None:
    target.write(RECORD, (json.dumps(sums, sort_keys=True, indent=1) + "\n").encode())
