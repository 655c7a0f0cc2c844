"""Covering mails: each reader of a report gets its files, and a page that says what it is."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import unquote, urlsplit

from candour.composing import read_library
from candour.errors import ConfigurationError
from candour.ledger import Ledger
from candour.mail import (
    MOST_HEADLINES,
    Attachment,
    Covering,
    Enclosed,
    Headline,
    Mail,
    to_html,
    to_message,
    to_subject,
    to_text,
)
from candour.period import Period
from candour.readership import Reader, readers_in
from candour.words import Speaker
from tasks import declared
from tasks.outbox import Letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from candour.council import Council
    from tasks.settings import Settings
    from tasks.state import Release
    from tasks.store import Store

STYLE = "themes/email.css"
_SHARED = {
    ".pdf": "The report, to read and to print",
    ".docx": "The report as a Word file",
    ".xlsx": "The workbook, with every table and chart",
}
_OWN = "The cases of your own services"


def covering_letters(settings: Settings, store: Store, release: Release) -> list[Letter]:
    """A letter to each reader whom the report's ``mail_to`` names, one a person.

    The mail tells only what the release holds: its headlines, which the gate has read, and its
    files.

    Raises:
        ConfigurationError: a template or an address is wrong, or the report is not declared.
    """
    council = declared.council(settings, release.council)
    readerships = council.profile.reports[release.report].mail_to
    people: dict[str, list[Reader]] = {}
    for readership in readerships:
        for reader in readers_in(council, readership):
            people.setdefault(reader.id, []).append(reader)
    if not people:
        return []
    desk = _Desk(settings, store, release, council)
    return [desk.letter(readers) for readers in people.values()]


class _Desk:
    """What every covering mail of one release is made of."""

    def __init__(
        self, settings: Settings, store: Store, release: Release, council: Council
    ) -> None:
        self._store, self._release, self._council = store, release, council
        self._templates = declared.template_texts(settings, council.id)
        self._manifest: Mapping[str, Any] = json.loads(
            store.read(f"{release.folder}/manifest.json")
        )
        self._period = Period.parse(release.period, council.year_starts)
        self._speaker = Speaker(self._templates, Ledger(), _no_figures, self._period)

    def letter(self, readers: Sequence[Reader]) -> Letter:
        """The mail to one person, with whatever is theirs in any of what they read of."""
        release, team = self._release, self._council.profile.complaints_team
        first = readers[0]
        enclosed = self._enclosed({reader.key for reader in readers})
        covering = self._covering(first.name, tuple(enclosed))
        mail = Mail(
            key=f"{release.folder}/{first.id}",
            team=team.name,
            team_email=team.email,
            name=first.name,
            email=first.email,
            subject=to_subject(covering, self._speaker),
            text=to_text(covering, self._speaker),
            html=to_html(covering, self._speaker, self._templates[STYLE]),
            at=dt.datetime.fromisoformat(release.released_at),
            attachments=tuple(
                Attachment(file.name, self._store.read(f"{release.folder}/{file.name}"))
                for file in enclosed
            ),
        )
        return Letter(
            key=mail.key,
            council=release.council,
            about=f"{release.report} {release.period}, version {release.version}",
            recipient=first.key,
            message=to_message(mail),
            first_words_stand=True,
        )

    def _covering(self, name: str, enclosed: tuple[Enclosed, ...]) -> Covering:
        release, told, profile = self._release, self._manifest, self._council.profile
        approver = told.get("approver")
        form = profile.reports[release.report].form or release.report
        return Covering(
            council=self._council.name,
            title=read_library(self._templates).report(form).title,
            period=self._period.label,
            as_of=dt.date.fromisoformat(told["as_of"]),
            known_on=dt.date.fromisoformat(told["known_on"]),
            name=name,
            headlines=tuple(map(Headline.read, told.get("headlines", ())[:MOST_HEADLINES])),
            enclosed=enclosed,
            team=profile.complaints_team.name,
            team_email=profile.complaints_team.email,
            marking=self._council.audiences[release.audience].marking,
            notice=self._council.notice,
            correction=release.reason if release.version > 1 else "",
            approver=f"{approver['name']}, {approver['role']}" if approver else "",
            excepted=bool(told.get("exceptions")),
            caveat=told.get("caveat", ""),
            kept_in=_for_people(profile.delivery.folders.get(release.audience, "")),
        )

    def _enclosed(self, keys: set[str]) -> list[Enclosed]:
        """The files that are everybody's, to read first, and those that are this person's."""
        shared, own = [], []
        for file in self._manifest["files"]:
            name, reader = file["name"], file.get("reader", "")
            if reader in keys:
                own.append(Enclosed(name, _OWN))
            elif not reader and (what := _SHARED.get(PurePosixPath(name).suffix)):
                shared.append(Enclosed(name, what))
        order = [*_SHARED.values()]
        return [*sorted(shared, key=lambda file: order.index(file.what)), *own]


def _for_people(url: str) -> str:
    """A folder as a person opens it; the address of any other place as it is."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        return url
    return f"//{parts.netloc}{unquote(parts.path)}" if parts.netloc else unquote(parts.path)


def _no_figures(kpi_id: str, *_: object, **__: object) -> NoReturn:
    raise ConfigurationError(
        f"A mail counts nothing, and its template asks for '{kpi_id}'. What it tells are the "
        "headlines of the report."
    )
