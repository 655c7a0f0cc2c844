"""Verify: every released byte is read again and held against what was written down of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tasks.state import State
from tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tasks.settings import Settings
    from tasks.state import Release

MANIFEST = "manifest.json"
_RESTORE = (
    "Take it back from a backup and verify again, or make it again: "
    "candour rebuild {council} {report} {period} --version {version}."
)
_AS_DATABASE = ("council", "report", "period", "audience", "version", "reason", "digest")
"""What a manifest and the row of its release both say."""


@dataclass(frozen=True, slots=True)
class Altered:
    """Something of a release that is not as it was released."""

    release: str
    """The release's folder in the store."""
    file: str
    found: str
    expected: str
    what_to_do: str

    def __str__(self) -> str:
        """The finding as a sentence or two."""
        return (
            f"{self.release}/{self.file}: {self.found}; expected {self.expected}. {self.what_to_do}"
        )


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read again, and everything that is not as it was."""

    releases: int
    files: int
    size: int
    altered: tuple[Altered, ...]


def verify(
    settings: Settings, council: str, report: str | None = None, period: str | None = None
) -> Verified:
    """Read every release again, narrowed by what is given, and find any altered byte."""
    store, state = Store(settings.home), State(settings.database)
    releases = state.releases(council, report, period)
    read = [_Reading(store, state, release) for release in releases]
    altered = [found for one in read for found in one.altered()]
    place = "/".join(part for part in (council, report, period) if part)
    altered += _nobody_released(store, place, releases)
    return Verified(
        releases=len(releases),
        files=sum(one.files for one in read),
        size=sum(one.size for one in read),
        altered=tuple(altered),
    )


class _Reading:
    """One release read again."""

    def __init__(self, store: Store, state: State, release: Release) -> None:
        self._store, self._state, self._release = store, state, release
        self.files = 0
        self.size = 0

    def altered(self) -> Iterator[Altered]:
        """Everything that is not as it was released: manifest, files, chain, row."""
        written = self._read(MANIFEST)
        if written is None:
            yield self._found(MANIFEST, "it is missing", "the manifest of the release")
            return
        sha = self._state.manifest_sha(self._release)
        if sha is None:
            yield self._found(
                MANIFEST, "no checksum of it is in the database", "the one of its release",
                "Nothing vouches for it: release a correction, which is vouched for.",
            )  # fmt: skip
        elif (found := _sha(written)) != sha:
            yield self._found(MANIFEST, f"SHA-256 {found}", sha)
        manifest = _parsed(written)
        if manifest is None:
            yield self._found(MANIFEST, "it is no manifest", "JSON as it was released")
            return
        yield from self._against_row(manifest)
        yield from self._chain(manifest)
        yield from self._files(manifest)

    def _against_row(self, manifest: Mapping[str, Any]) -> Iterator[Altered]:
        for name in _AS_DATABASE:
            said, row = manifest.get(name), getattr(self._release, name)
            if said != row:
                yield self._found(
                    MANIFEST, f"its {name} is '{said}'", f"'{row}', as the database has it"
                )

    def _chain(self, manifest: Mapping[str, Any]) -> Iterator[Altered]:
        one = self._release
        place = (one.council, one.report, one.period, one.audience)
        before = [r for r in self._state.releases(*place) if r.version == one.version - 1]
        if one.version > 1 and not before:
            yield self._found(
                MANIFEST, f"version {one.version - 1} is not in the database",
                "every version before this one",
            )  # fmt: skip
            return
        expected = self._state.manifest_sha(before[0]) if before else None
        said = manifest.get("previous")
        if said != expected:
            yield self._found(
                MANIFEST, f"it follows the manifest {said}",
                f"{expected}, that of version {one.version - 1}" if before else "none before it",
            )  # fmt: skip

    def _files(self, manifest: Mapping[str, Any]) -> Iterator[Altered]:
        listed = {str(file["name"]): file for file in manifest.get("files", ())}
        for name, file in listed.items():
            content = self._read(name)
            if content is None:
                yield self._found(name, "it is missing", f"{file['size']:,} bytes")
            elif _sha(content) != file["sha256"]:
                yield self._found(
                    name, f"{len(content):,} bytes of SHA-256 {_sha(content)}",
                    f"{file['size']:,} bytes of SHA-256 {file['sha256']}",
                )  # fmt: skip
        there = self._store.names(self._release.folder)
        for name in (path.removeprefix(f"{self._release.folder}/") for path in there):
            if name != MANIFEST and name not in listed:
                yield self._found(
                    name, "a file that nobody released", "none of that name",
                    "Take it out of the folder, and find out who put it there.",
                )  # fmt: skip

    def _read(self, name: str) -> bytes | None:
        path = f"{self._release.folder}/{name}"
        if not self._store.exists(path):
            return None
        content = self._store.read(path)
        self.files += 1
        self.size += len(content)
        return content

    def _found(self, file: str, found: str, expected: str, do: str = _RESTORE) -> Altered:
        one = self._release
        advice = do.format(
            council=one.council, report=one.report, period=one.period, version=one.version
        )
        return Altered(one.folder, file, found, expected, advice)


def _nobody_released(store: Store, place: str, releases: list[Release]) -> Iterator[Altered]:
    """Files beside the releases that are in no release's folder: a killed run leaves some."""
    folders = {release.folder for release in releases}
    stray: dict[str, int] = {}
    for path in store.names(f"releases/{place}"):
        folder = path.rpartition("/")[0]
        if not any(folder == one or folder.startswith(f"{one}/") for one in folders):
            stray[folder] = stray.get(folder, 0) + 1
    for folder, number in sorted(stray.items()):
        yield Altered(
            folder, "", f"a folder of {number} {'file' if number == 1 else 'files'}",
            "a release that stands in the database",
            "A run that was stopped leaves one, and the next writes it anew: run the report "
            "again, or take the folder away.",
        )  # fmt: skip


def _parsed(written: bytes) -> Mapping[str, Any] | None:
    try:
        manifest = json.loads(written)
    except ValueError:
        return None
    return manifest if isinstance(manifest, dict) else None


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
