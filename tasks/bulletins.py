"""Bulletins: each manager's outstanding complaints built as mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.bulletin import (
    Bulletin,
    Edition,
    Parts,
    Recipient,
    Tally,
    compose,
    created,
    to_html,
    to_listing,
    to_message,
    to_subject,
    to_text,
)
from candour.errors import ConfigurationError
from candour.kpi import Fact
from candour.workbook import read_theme, write_listings

if TYPE_CHECKING:
    from tasks.desk import Desk


def bulletin_files(desk: Desk) -> dict[str, bytes]:
    """Every manager's bulletin as mail, page, text and workbook, and the ledger of them all.

    Raises:
        ConfigurationError: no service of the council names a manager.
        ReconciliationError: a count disagrees with the cases listed.
    """
    files: dict[str, bytes] = {}
    for recipient in _recipients(desk):
        bulletin = _bulletin(desk, recipient)
        files |= _parts(desk, bulletin)
    files["ledger.csv"] = desk.ledger.to_csv().encode()
    return files


def _recipients(desk: Desk) -> list[Recipient]:
    """The managers of services, in the order services are listed."""
    taxonomy = desk.council.taxonomy
    managers = dict.fromkeys(taxonomy.manager_of(s) for s in taxonomy.ids("service"))
    found = [
        Recipient(id_, person.name, person.email)
        for id_ in managers
        if id_ is not None and (person := taxonomy.people[id_]).email
    ]
    if not found:
        raise ConfigurationError(
            f"No service of '{desk.council.id}' names a manager, so nobody gets a bulletin. Add "
            "'manager:' to services in services.yaml and the people in people.yaml."
        )
    return found


def _bulletin(desk: Desk, recipient: Recipient) -> Bulletin:
    council = desk.council
    team = council.profile.complaints_team
    edition = Edition(
        council_id=council.id,
        council=council.name,
        report=desk.computed.report,
        period=desk.period,
        as_of=desk.vantage.as_of,
        team=team.name,
        team_email=team.email,
        marking=desk.audience.marking,
        notice=council.notice,
    )
    ask = desk.measures.figure
    return compose(
        desk.facts[Fact.OUTSTANDING],
        desk.calendar,
        recipient,
        edition,
        tally=Tally(
            ask("open_steps", manager=recipient.id),
            ask("overdue_steps", manager=recipient.id),
            ask("due_next_five_days", manager=recipient.id),
        ),
        name=desk.composer.name,
    )


def _parts(desk: Desk, bulletin: Bulletin) -> dict[str, bytes]:
    style = desk.templates["themes/email.css"]
    edition = bulletin.edition
    parts = Parts(
        to_subject(bulletin, desk.speaker),
        to_text(bulletin, desk.speaker),
        to_html(bulletin, desk.speaker, style),
        _workbook(desk, bulletin) if bulletin.steps else None,
    )
    message = to_message(bulletin, parts, sender=edition.team_email)
    name = f"bulletin-{bulletin.recipient.id}"
    files = {
        f"{name}.eml": message.as_bytes(),
        f"{name}.html": parts.html.encode(),
        f"{name}.txt": parts.text.encode(),
    }
    return files if parts.workbook is None else files | {f"{name}.xlsx": parts.workbook}


def _workbook(desk: Desk, bulletin: Bulletin) -> bytes:
    return write_listings(
        "Outstanding complaints",
        bulletin.edition.notice,
        bulletin.edition.marking,
        [to_listing(bulletin).filled()],
        read_theme(desk.templates["themes/workbook.yaml"]),
        created=created(bulletin),
    )
