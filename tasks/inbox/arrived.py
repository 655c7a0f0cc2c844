"""Arrived: what an inbox holds at a moment, file by file, before anything of it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

Wanted = Callable[[str], bool]
"""Whether a file of that name is one of the council's exports."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as the place it lies in tells of it."""

    name: str
    path: str
    size: int | None
    """In bytes; nothing where the place does not tell."""
    mark: str
    """Size, time and tag, or a checksum: as long as it stays the same, so do the bytes."""
    is_young: bool = False
    """Whether it was written so lately, by this machine's clock, that it may still grow."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What lies in an inbox."""

    whole: tuple[File, ...] = ()
    """Exports that nobody is still writing."""
    waiting: tuple[str, ...] = ()
    """Exports that are still being written: they wait for the next look."""
    others: tuple[str, ...] = ()
    """Files whose name is that of no export."""
    links: tuple[str, ...] = ()
    """Links under the name of an export: they may lead anywhere, and are not followed."""


class Source(Protocol):
    """An inbox that can be looked at and read."""

    place: str
    """Where it is, as it may be told."""

    def arrived(self, wanted: Wanted, known: Mapping[str, str]) -> Arrived:
        """What lies there; ``known`` are marks of files that were read before, by name."""

    def read(self, file: File) -> bytes | None:
        """A file's bytes; nothing if it has changed or gone since it was looked at."""
