"""Build: facts become the draft of a release - workbook, page, PDF, case list and ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from candour.errors import CandourError
from candour.gate import blocking, told
from tasks.compute_kpis import Computed
from tasks.cover import Cover
from tasks.editions import BULLETIN, Edition, edition
from tasks.state import Place, State
from tasks.store import Store

if TYPE_CHECKING:
    from tasks.desk import Desk
    from tasks.settings import Settings
    from tasks.state import Release

__all__ = ["BULLETIN", "Broken", "Draft", "DraftFile", "build", "last_draft", "read_draft"]


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft, its checksum, and whose it is where it is not the whole audience's."""

    name: str
    size: int
    sha256: str
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A finding that stops an internal pack unless somebody accepts it by name."""

    code: str
    what: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A release that nobody has released yet."""

    computed: Computed
    audience: str
    folder: str
    digest: str
    """SHA-256 of its plain edition: the same digest is the same release."""
    files: tuple[DraftFile, ...]
    review: tuple[str, ...]
    """Names in the store of what an approver reads."""
    remarks: tuple[str, ...]
    """What a person should know of the draft: no PDF on this machine, and why."""
    findings: str
    """What the gate found, as an approver reads it."""
    clean: bool
    """Whether the gate found nothing to read before approving."""
    broken: tuple[Broken, ...]
    headlines: tuple[str, ...]
    profile: dict[str, object]
    """The audience as it was declared when the draft was made."""
    withheld: int
    reason: str
    corrects: int
    """The version it corrects; 0 where it is the first."""
    caveat: str = ""
    """What its cases do not reach as far as; empty where they do."""

    @property
    def place(self) -> Place:
        """What it would be a version of."""
        c = self.computed
        return Place(c.council, c.report, c.period, self.audience)


_DRAFT = TypeAdapter(Draft)


def build(settings: Settings, computed: Computed, reason: str = "") -> Draft:
    """Build the draft of a report from its facts; the same facts give the same bytes.

    What differs from the last version is a correction: it is built again with a table of every
    figure that was restated, and why.

    Args:
        settings: where things are.
        computed: the facts.
        reason: why an earlier release is corrected; required for a correction.

    Raises:
        ReconciliationError: an identity between figures does not hold, and nobody may except it.
        ConfigurationError: a declaration asks for what there is not.
        CandourError: it differs from the last version and no reason was given.
    """
    from tasks.desk import Desk  # noqa: PLC0415  - pandas and openpyxl only where a report is built

    desk = Desk(settings, computed)
    plain = edition(desk)
    releases = State(settings.database).releases(
        computed.council, computed.report, computed.period, desk.choice.audience
    )
    earlier = releases[-1] if releases else None
    made = plain
    if earlier is not None and earlier.digest != plain.digest:
        made = _corrected(desk, plain, earlier, reason)
    return _written(desk, made, plain.digest, reason, earlier)


def cover_of(desk: Desk, earlier: Release | None, ledger: str) -> Cover:
    """What a report's correction puts beside its figures: nothing on a bulletin.

    ``ledger`` is that of the plain edition.
    """
    if earlier is None or desk.computed.report == BULLETIN:
        return Cover()
    from tasks.restating import restatement  # noqa: PLC0415

    return Cover(restated=restatement(desk, earlier, ledger))


def _corrected(desk: Desk, plain: Edition, earlier: Release, reason: str) -> Edition:
    computed = desk.computed
    if not reason:
        raise CandourError(
            f"{computed.report} {computed.period} of '{computed.council}' was released before and "
            "its figures or words have changed. Give a reason to release the correction."
        )
    cover = cover_of(desk, earlier, plain.files["ledger.csv"].decode())
    return plain if cover == Cover() else edition(desk.again(cover))


def _written(desk: Desk, made: Edition, digest: str, reason: str, earlier: Release | None) -> Draft:
    """Write the edition's files and the draft that lists them, and remember it as the newest."""
    computed, store = desk.computed, desk.store
    folder = f"drafts/{computed.council}/{computed.id}"
    changed = earlier is not None and earlier.digest != digest
    draft = Draft(
        computed=computed,
        audience=desk.choice.audience,
        folder=folder,
        digest=digest,
        files=write_edition(store, folder, made),
        review=_write_review(store, folder, made),
        remarks=made.remarks,
        findings=told(made.findings),
        clean=not any(finding.kind != "checklist" for finding in made.findings),
        broken=tuple(Broken(f.code, str(f)) for f in blocking(made.findings)),
        headlines=made.headlines,
        profile=desk.audience.model_dump(mode="json"),
        withheld=made.withheld,
        reason=reason,
        corrects=earlier.version if changed and earlier is not None else 0,
        caveat=made.caveat,
    )
    store.write(f"{folder}/draft.json", _DRAFT.dump_json(draft))
    store.write(_newest(draft.place), folder.encode())
    return draft


def write_edition(store: Store, folder: str, made: Edition) -> tuple[DraftFile, ...]:
    """Write an edition's files into a folder of the store; gives what they are."""
    for name, content in made.files.items():
        store.write(f"{folder}/{name}", content)
    return tuple(
        DraftFile(
            name, len(content), hashlib.sha256(content).hexdigest(), made.readers.get(name, "")
        )
        for name, content in sorted(made.files.items())
    )


def _write_review(store: Store, folder: str, made: Edition) -> tuple[str, ...]:
    named = {f"{folder}/review/{name}": content for name, content in made.review.items()}
    for name, content in named.items():
        store.write(name, content)
    return tuple(sorted(named))


def read_draft(settings: Settings, folder: str) -> Draft:
    """The draft written in a folder of the store."""
    return _DRAFT.validate_json(Store(settings.home).read(f"{folder}/draft.json"))


def last_draft(settings: Settings, place: Place) -> Draft:
    """The draft that was built last of a report and period.

    Raises:
        CandourError: none was built yet.
    """
    store, newest = Store(settings.home), _newest(place)
    if not store.exists(newest):
        raise CandourError(
            f"There is no draft of {place.report} {place.period} of '{place.council}' yet. Make "
            f"one: candour run {place.council} {place.report} {place.period}."
        )
    return read_draft(settings, store.read(newest).decode())


def _newest(place: Place) -> str:
    return f"drafts/{place.council}/newest/{place.report}-{place.period}-{place.audience}"
