"""Telling: an alert becomes one mail to each of its addressees, by way of the outbox."""

from __future__ import annotations

import logging
from contextlib import closing
from dataclasses import dataclass, replace
from email.policy import SMTP
from typing import TYPE_CHECKING, NoReturn

from candour.errors import CandourError
from tasks import declared

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from candour.alert import Addressee, Alert, Kind, Letterhead
    from candour.period import Period
    from candour.words import Speaker
    from tasks.outbox import Letter
    from tasks.settings import Settings

STYLE = "themes/email.css"
ABOUT = "alert"
"""How the outbox knows alerts."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an alert is about, before it is in words."""

    kind: Kind
    council: str
    key: str
    names: dict[str, str]
    """What its sentences may name, beside the council."""
    to: tuple[Addressee, ...] = ()
    """Whom; without anybody, the side its wording names."""
    reason: str = ""
    headlines: tuple[str, ...] = ()
    where: str = ""
    link: str = ""


def tell_of(settings: Settings, occasion: Occasion, *, now: dt.datetime) -> Alert:
    """Word an alert and tell it; errors as for ``tell``."""
    alert = word(settings, occasion, now=now)
    tell(settings, alert, now=now)
    return alert


def word(settings: Settings, occasion: Occasion, *, now: dt.datetime) -> Alert:
    """An occasion in the words of ``templates/alerts/``.

    Raises:
        ConfigurationError: they are wrong, or the council has no folder.
    """
    from candour.alert import read_wordings, worded  # noqa: PLC0415  - a parse pays for no words

    head = letterhead(settings, occasion.council)
    templates = declared.template_texts(settings, occasion.council)
    wordings = read_wordings(templates)
    return worded(
        _speaker(templates, now),
        wordings,
        occasion.kind,
        council=occasion.council,
        key=occasion.key,
        to=occasion.to or (head.addressee(wordings[occasion.kind].to),),
        names={"council": head.council} | occasion.names,
        reason=occasion.reason,
        headlines=occasion.headlines,
        where=occasion.where,
        link=occasion.link,
    )


def tell(settings: Settings, alert: Alert, *, now: dt.datetime) -> None:
    """Tell an alert to each of its addressees once; told before, it is not told again.

    What the mail server does not take waits in the outbox and goes with the next alert or
    delivery. Where the outbox itself does not answer, the alert goes past it, since it may well be
    about that. Mail that cannot go stops nothing else: the log says so.

    Raises:
        ConfigurationError: nobody is named to be told, or the templates are wrong.
    """
    from tasks.outbox import NotAllSentError, post, send_waiting, standing  # noqa: PLC0415

    letters = letters_of(settings, alert, now=now)
    try:
        known = [entry for _, entry in standing(settings, letters)]
        new = [one for one, entry in zip(letters, known, strict=True) if entry is None]
        post(settings, new, now=now)
        send_waiting(settings, alert.council, ABOUT, now=now)
    except NotAllSentError:
        _LOG.warning("The alert '%s' of %s waits in the outbox.", alert.kind, alert.council)
    except CandourError as wrong:
        _LOG.error("The alert '%s' of %s: %s", alert.kind, alert.council, wrong)
    except Exception as wrong:  # the database does not answer, in whatever words
        _LOG.warning("The outbox does not answer (%s).", type(wrong).__name__)
        _past_the_outbox(settings, letters)
    else:
        _LOG.info("The alert '%s' of %s was posted.", alert.kind, alert.council)


def was_told(settings: Settings, occasion: Occasion, *, now: dt.datetime) -> bool:
    """Whether either side was told of it, whatever was said; errors as for ``tell``."""
    from candour.alert import Side  # noqa: PLC0415
    from tasks.outbox import standing  # noqa: PLC0415

    head = letterhead(settings, occasion.council)
    sides = tuple(head.addressee(side) for side in (Side.COMPLAINTS, Side.OPERATIONS))
    alert = word(settings, replace(occasion, to=sides), now=now)
    letters = letters_of(settings, alert, now=now)
    return any(known is not None for _, known in standing(settings, letters))


def letters_of(settings: Settings, alert: Alert, *, now: dt.datetime) -> list[Letter]:
    """An alert as a letter to each addressee; errors as for ``tell``."""
    from candour.alert import to_html, to_text  # noqa: PLC0415
    from candour.mail import Mail, to_message  # noqa: PLC0415
    from tasks.outbox import Letter  # noqa: PLC0415

    head = letterhead(settings, alert.council)
    templates = declared.template_texts(settings, alert.council)
    speaker = _speaker(templates, now)
    mail = Mail(
        key=alert.key,
        team=head.team,
        team_email=head.team_email,
        name="",
        email="",
        subject=alert.subject,
        text=to_text(alert, head, speaker),
        html=to_html(alert, head, speaker, templates[STYLE]),
        at=now,
    )
    return [
        Letter(
            key=f"{alert.key}-{to.id}",
            council=alert.council,
            about=f"{ABOUT}: {alert.kind}",
            recipient=to.id,
            message=to_message(replace(mail, name=to.name, email=to.email)),
        )
        for to in alert.to
    ]


def _past_the_outbox(settings: Settings, letters: Sequence[Letter]) -> None:
    """Hand letters to the mail server without keeping what became of them."""
    from candour.mail import redirected  # noqa: PLC0415
    from tasks.smtp import connect, hand_over, smtp_from_airflow, smtp_from_url  # noqa: PLC0415

    try:
        smtp = smtp_from_url(settings.smtp) if settings.smtp else smtp_from_airflow()
        with closing(connect(smtp)) as server:
            for letter in letters:
                message = letter.message
                if settings.mail_redirect:
                    message = redirected(message, settings.mail_redirect, letter.recipient)
                sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
                hand_over(server, sender, to, message.as_bytes(policy=SMTP), lambda: None)
    except Exception as wrong:  # of whatever kind, there is nobody left to tell
        _LOG.error("The alert could not go past the outbox either (%s).", type(wrong).__name__)


def letterhead(settings: Settings, council_id: str) -> Letterhead:
    """Who is told of a council's alerts, whatever else its ``council.yaml`` says."""
    from candour.alert import read_letterhead  # noqa: PLC0415

    file = declared.council_folder(settings, council_id) / "council.yaml"
    return read_letterhead(file.read_text("utf-8", errors="replace"), council_id)


def flow_of(dag_id: str) -> str:
    """A DAG in the middle of a sentence: *the intake*, *the monthly pack*."""
    return f"the {dag_id.rpartition('__')[2].replace('_', ' ')}"


def _speaker(templates: Mapping[str, str], now: dt.datetime) -> Speaker:
    """Who says the sentences of an alert, which has no figures of its own."""
    from candour.errors import ConfigurationError  # noqa: PLC0415
    from candour.ledger import Ledger  # noqa: PLC0415
    from candour.period import month_of  # noqa: PLC0415
    from candour.words import Speaker  # noqa: PLC0415

    def refuse(kpi_id: str, period: Period | str = "this", **_: object) -> NoReturn:
        raise ConfigurationError(f"an alert counts nothing, and asks for '{kpi_id}' {period}.")

    return Speaker(templates, Ledger(), refuse, month_of(now.date()))
