"""Bulletins: each reader's outstanding complaints built as mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.bulletin import (
    Bulletin,
    Content,
    Edition,
    Morning,
    compose,
    created,
    morning_of,
    place,
    to_html,
    to_listings,
    to_message,
    to_subject,
    to_text,
)
from candour.errors import ConfigurationError
from candour.freshness import Told, open_days, said_of_morning, stale, told_on
from candour.kpi import Fact
from candour.readership import readers_of
from candour.workbook import read_theme, write_listings
from tasks.background import told_of
from tasks.mornings import mornings_of, next_bulletin

if TYPE_CHECKING:
    from candour.readership import Reader
    from tasks.desk import Desk

KINDS = ("eml", "html", "txt", "xlsx")
"""The files a bulletin may become."""


def bulletin_files(desk: Desk) -> dict[str, bytes]:
    """Every reader's bulletin as mail, page, text and workbook, and the ledger of them all.

    Raises:
        ConfigurationError: no service of the council names a manager, and nobody else is named.
        ReconciliationError: a count disagrees with the cases listed, or with another count.
    """
    files: dict[str, bytes] = {}
    morning = _morning(desk)
    for reader in _readers(desk):
        bulletin = compose(morning, reader, desk.measures.figure, desk.composer.name)
        files |= _files(desk, bulletin)
    files["ledger.csv"] = desk.ledger.to_csv().encode()
    return files


def readers_of_files(desk: Desk) -> dict[str, str]:
    """Whose each file is, by its name."""
    return {
        f"bulletin-{reader.key}.{kind}": reader.key for reader in _readers(desk) for kind in KINDS
    }


def caveat_of(desk: Desk) -> str:
    """What every bulletin says where its cases are not told up to its morning."""
    late, told = _late(desk)
    return said_of_morning(late, told, desk.vantage.morning, open_days(desk.calendar))


def _late(desk: Desk) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """The exports that tell too little for the morning, and all there are."""
    told = told_of(desk)
    arrivals = desk.council.profile.exports_arrive
    return stale(told, desk.vantage.morning, open_days(desk.calendar), arrivals), told


def _readers(desk: Desk) -> tuple[Reader, ...]:
    readers = readers_of(desk.council)
    if not readers:
        raise ConfigurationError(
            f"No service of '{desk.council.id}' names a manager, so nobody gets a bulletin. Add "
            "'manager:' to services in services.yaml and the people in people.yaml."
        )
    return readers


def _morning(desk: Desk) -> Morning:
    return morning_of(
        desk.facts[Fact.OUTSTANDING],
        desk.facts[Fact.MOVEMENTS],
        desk.calendar,
        _edition(desk),
        desk.composer.name,
    )


def _edition(desk: Desk) -> Edition:
    council, morning = desk.council, desk.vantage.morning
    team = council.profile.complaints_team
    after = next_bulletin(council, desk.calendar, desk.period)
    return Edition(
        council_id=council.id,
        council=council.name,
        report=desk.computed.report,
        period=desk.period,
        as_of=morning,
        before=mornings_of(council, desk.calendar, desk.period, desk.vantage)[0],
        after=after or morning,
        team=team.name,
        team_email=team.email,
        marking=desk.audience.marking,
        notice=council.notice,
        caveat=caveat_of(desk),
        told_on=told_on(*_late(desk)),
    )


def _files(desk: Desk, bulletin: Bulletin) -> dict[str, bytes]:
    """The files of one bulletin; with nothing to tell, no workbook and perhaps no mail."""
    content = Content(
        to_subject(bulletin, desk.speaker),
        to_text(bulletin, desk.speaker),
        to_html(bulletin, desk.speaker, desk.templates["themes/email.css"]),
        _workbook(desk, bulletin) if bulletin.steps else None,
    )
    files = {
        place(bulletin, "html"): content.html.encode(),
        place(bulletin, "txt"): content.text.encode(),
    }
    if bulletin.steps or desk.council.profile.bulletins.when_nothing == "sent":
        message = to_message(bulletin, content)
        files[place(bulletin, "eml")] = message.as_bytes()
    if content.workbook is not None:
        files[place(bulletin, "xlsx")] = content.workbook
    return files


def _workbook(desk: Desk, bulletin: Bulletin) -> bytes:
    return write_listings(
        "Outstanding complaints",
        bulletin.edition.notice,
        bulletin.edition.marking,
        to_listings(bulletin, desk.speaker.enter, place(bulletin, "xlsx")),
        read_theme(desk.templates["themes/workbook.yaml"]),
        created=created(bulletin),
    )
