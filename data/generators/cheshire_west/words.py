"""The council's compliments and learning: invented words, and actions its report announces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

QUOTATIONS = (
    "You kept every promise you made and told us plainly when you could not. (invented)",
    "For the first time somebody asked us what would help and then did it. (invented)",
    "The report was fair to everybody in it and easy to follow. (invented)",
    "You stayed with us through a difficult year and never gave up. (invented)",
    "The book you made will be kept and read for years. (invented)",
)
"""Cleared for publication; each says of itself that nobody wrote it."""
THANKS = (
    "Thank you for being there.",
    "A card came today to say thank you to the whole team.",
    "The visit was kind and unhurried.",
    "We were listened to.",
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A learning action; the texts follow the plans the report tells, the days are ours."""

    recorded: date
    service: str
    you_said: str
    we_did: str
    due: date
    done: date | None
    publishable: bool = True


_WORKERS = "Children in Care (Permanence Teams)"
LESSONS = (
    Lesson(
        date(2022, 9, 13),
        "",
        "Answers took longer than the time limits allow.",
        "Lead coordinators were appointed, one of them for this service.",
        date(2023, 3, 31),
        date(2023, 3, 20),
    ),
    Lesson(
        date(2022, 10, 18),
        "",
        "The same issues are answered differently by different teams.",
        "Model answers to common issues, with fitting remedies, are being collected.",
        date(2023, 12, 29),
        None,
    ),
    Lesson(
        date(2022, 11, 22),
        _WORKERS,
        "Children and young people seldom complain themselves.",
        "A short animation and a leaflet for children will explain how.",
        date(2023, 12, 29),
        None,
    ),
    Lesson(
        date(2022, 12, 6),
        _WORKERS,
        "Children did not know where to turn.",
        "Social workers will hand out a card with a code that leads to the animation.",
        date(2023, 12, 29),
        None,
    ),
    Lesson(
        date(2023, 1, 17),
        "",
        "What children tell commissioned services is not seen by the complaints team.",
        "The services and the team are agreeing how such issues are recorded.",
        date(2023, 12, 29),
        None,
    ),
    Lesson(
        date(2023, 2, 14),
        "",
        "Thanks given to a worker are seldom recorded.",
        "Logging a compliment is being made easier.",
        date(2023, 10, 31),
        None,
    ),
    Lesson(
        date(2023, 3, 7),
        "",
        "Managers had little time to answer complaints well.",
        "Training for the managers who answer is being planned.",
        date(2023, 11, 30),
        None,
        publishable=False,
    ),
)
