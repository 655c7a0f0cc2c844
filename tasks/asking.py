"""Asking: what an approver is shown of a draft, on Airflow's page, by mail and on a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candour.errors import ConfigurationError
from candour.words import numeral, plural
from tasks import declared
from tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from candour.arrangements import Approver
    from tasks.build import Draft
    from tasks.settings import Settings

MOST_FINDINGS = 4000
"""Characters of findings on Airflow's page; all of them are in the draft's own file."""


@dataclass(frozen=True, slots=True)
class Question:
    """A draft put to those who may approve it."""

    subject: str
    headlines: tuple[str, ...]
    findings: str
    folder: str
    """Where the draft's files are, as a person would look for them."""
    files: tuple[str, ...]
    """What to read there: first what says that it is a draft, then what would go to everybody."""
    personal: int
    """How many files there are that would go to single readers."""
    corrects: int
    reason: str
    approvers: Mapping[str, Approver]
    command: str
    """What an approver would type instead."""

    @property
    def for_single_readers(self) -> str:
        """What else there is, in a sentence; empty where every file is everybody's."""
        if not self.personal:
            return ""
        return f"And {numeral(self.personal)} {plural('file', self.personal)} for single readers."

    @property
    def body(self) -> str:
        """The question in Markdown, for Airflow's page."""
        return "\n\n".join(self._parts())

    def _parts(self) -> Iterator[str]:
        if self.corrects:
            yield f"**This corrects version {self.corrects}.** {self.reason}"
        if self.headlines:
            yield "**Key figures**"
            yield "\n".join(f"- {headline}" for headline in self.headlines)
        yield "**What the gate found**"
        yield _shortened(self.findings)
        yield f"**The draft** is in `{self.folder}`"
        yield "\n".join(f"- `{file}`" for file in self.files) + f"\n\n{self.for_single_readers}"
        yield f"Approving here is the same as: `{self.command}`"


def question(settings: Settings, draft: Draft) -> Question:
    """A draft as it is put to its approvers.

    Raises:
        ConfigurationError: nobody may approve it.
    """
    council = declared.council(settings, draft.place.council)
    if council.profile.approval is None:
        raise ConfigurationError(
            f"Nobody may approve anything of '{council.id}': name who may under 'approval: "
            "approvers:' in its council.yaml."
        )
    place, store = draft.place, Store(settings.home)
    return Question(
        subject=f"{council.name}: {place.report.replace('_', ' ')} {place.period}, "
        f"for {council.audiences[place.audience].name}",
        headlines=draft.headlines,
        findings=draft.findings,
        folder=store.path(draft.folder),
        files=_to_read(draft),
        personal=sum(bool(file.reader) for file in draft.files),
        corrects=draft.corrects,
        reason=draft.reason,
        approvers=council.profile.approval.approvers,
        command=f"candour approve {place.council} {place.report} {place.period} --by LOGIN",
    )


def _to_read(draft: Draft) -> tuple[str, ...]:
    drafted = (name.removeprefix(f"{draft.folder}/") for name in draft.review)
    return (*drafted, *(file.name for file in draft.files if not file.reader))


def _shortened(findings: str) -> str:
    """Findings as Markdown, cut where a page would become too long to read."""
    lines = findings.splitlines()
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(line) > MOST_FINDINGS:
            left = len(lines) - len(kept)
            kept.append(f"- and {left} more {plural('line', left)}, in the draft's `draft.json`")
            break
        kept.append(line)
    return "\n".join(f"\n{line}\n" if not line.startswith("- ") else line for line in kept)
