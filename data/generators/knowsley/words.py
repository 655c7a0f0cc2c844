"""Knowsley's contacts, compliments and learning: invented words, none of them the council's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.generators.records import Turned

RESULTS = {
    "became_complaint": ("Became a complaint",),
    "refused": ("Refused",),
    "withdrawn": ("Withdrawn",),
    "resolved_early": ("Resolved early", "Resolved informally"),
}
REASONS = {
    "service_request": ("Service request, not a complaint", "Service request"),
    "appeal_route": ("Has its own appeal", "Appeal/tribunal"),
    "out_of_time": ("Over twelve months ago",),
    "not_ours": ("Not a council service",),
    "insurance": ("Insurance claim",),
    "already_answered": ("Already answered",),
    "changed_mind": ("Changed their mind",),
    "no_reply": ("No reply to our questions",),
}
TURNED = Turned(
    results={"refused": 46, "resolved_early": 38, "withdrawn": 16},
    reasons={
        "refused": {
            "service_request": 45,
            "appeal_route": 22,
            "out_of_time": 8,
            "not_ours": 12,
            "insurance": 8,
            "already_answered": 5,
        },
        "withdrawn": {"changed_mind": 60, "no_reply": 40},
    },
)

COMPLIMENTS = (
    "Quick, kind and to the point. Thank you.",
    "The person on the telephone stayed until it was sorted.",
    "I did not expect an answer the same day and got one.",
    "Everybody we met was patient with us.",
    "A good job done in foul weather.",
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """An invented learning action."""

    recorded: date
    service: str
    you_said: str
    we_did: str
    due: date
    done: date | None
    publishable: bool = True


_D = date
LESSONS = (
    Lesson(
        _D(2021, 9, 14),
        "waste",
        "Nobody said when the new bin would come.",
        "The order form now gives a delivery week.",
        _D(2021, 12, 31),
        _D(2021, 12, 3),
    ),
    Lesson(
        _D(2022, 2, 8),
        "revenue",
        "The reminder arrived after I had paid.",
        "Reminders are held back for five days after the due day.",
        _D(2022, 4, 30),
        _D(2022, 5, 18),
    ),
    Lesson(
        _D(2022, 6, 21),
        "planning",
        "I could not find the plans on the website.",
        "Every site notice now carries a direct link.",
        _D(2022, 9, 30),
        _D(2022, 9, 9),
    ),
    Lesson(
        _D(2022, 11, 15),
        "adult_social_care",
        "The first invoice was a surprise.",
        "Charges are explained before care begins and a written estimate is left behind.",
        _D(2023, 2, 28),
        _D(2023, 2, 20),
    ),
    Lesson(
        _D(2023, 4, 25),
        "waste",
        "A missed street was missed again the week after.",
        "Streets missed twice are put on a list the supervisor drives by.",
        _D(2023, 6, 30),
        _D(2023, 6, 15),
    ),
    Lesson(
        _D(2023, 5, 30),
        "licensing",
        "I had no idea where my application had got to.",
        "Applicants get a message at each of four steps.",
        _D(2023, 9, 29),
        _D(2023, 10, 20),
    ),
    Lesson(
        _D(2023, 6, 27),
        "highways",
        "The road was closed with no notice on our street.",
        "Notices go up seven days before and are photographed.",
        _D(2023, 8, 31),
        _D(2023, 8, 11),
    ),
    Lesson(
        _D(2023, 8, 1),
        "childrens_and_education",
        "Letters used words we did not understand.",
        "Three standard letters were rewritten with a parents' group.",
        _D(2023, 11, 30),
        _D(2023, 11, 24),
    ),
    Lesson(
        _D(2023, 9, 12),
        "childrens_social_care",
        "Meetings were moved at the last minute.",
        "A change within two days needs a team manager's agreement and a call.",
        _D(2023, 12, 29),
        _D(2023, 12, 12),
    ),
    Lesson(
        _D(2023, 10, 17),
        "adult_social_care",
        "I left messages and nobody rang back.",
        "A shared message list is read at the start and the end of the day.",
        _D(2024, 1, 31),
        _D(2024, 1, 16),
    ),
    Lesson(
        _D(2023, 11, 21),
        "street_scene",
        "Leaves blocked the same drain every week.",
        "The drain is on the autumn round.",
        _D(2024, 1, 31),
        None,
    ),
    Lesson(
        _D(2024, 1, 9),
        "revenue",
        "The online form lost what I had typed.",
        "The form now keeps a draft for seven days.",
        _D(2024, 3, 29),
        _D(2024, 3, 22),
    ),
    Lesson(
        _D(2024, 2, 6),
        "strategic_housing",
        "I was told three different things about the waiting list.",
        "One page of answers replaces four older leaflets.",
        _D(2024, 4, 30),
        _D(2024, 4, 24),
    ),
    Lesson(
        _D(2024, 3, 12),
        "childrens_social_care",
        "We waited months for the written record of the complaint.",
        "A first draft of the statement is sent within a week.",
        _D(2024, 6, 28),
        None,
        publishable=False,
    ),
    Lesson(
        _D(2024, 4, 16),
        "parks",
        "The gate was locked before the advertised hour.",
        "Closing hours on signs and website now agree.",
        _D(2024, 5, 17),
        None,
    ),
    Lesson(
        _D(2024, 5, 14),
        "waste",
        "The bulky collection window was a whole day.",
        "Crews ring half an hour before.",
        _D(2024, 8, 30),
        None,
    ),
)
