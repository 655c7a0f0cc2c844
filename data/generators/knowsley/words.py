"""Knowsley's contacts, compliments and learning: invented words, none of them the council's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.generators.records import Quotation, Turned

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

_CHILDREN, _HEALTH = "Children's Services", "Health & Social Care"
_COMMUNITIES, _RESOURCES = "Communities & Neighbourhoods", "Resources"
QUOTATIONS = (
    Quotation("childrens_social_care", "Somebody kind was at the other end of the telephone every "
              "time, and remembered what we had said the time before.", _CHILDREN),
    Quotation("childrens_social_care", "We were told honestly what would happen next, and then "
              "it did.", _CHILDREN),
    Quotation("adult_social_care", "Dad was asked what he wanted, not only what he needed. The "
              "rail was up within the week.", _HEALTH),
    Quotation("adult_social_care", "I rang about a bill I could not follow and came away "
              "following it.", _HEALTH),
    Quotation("highways", "The new crossing has made the walk to school a calm one.", _COMMUNITIES),
    Quotation("waste", "They took the old sofa on the day they said, and swept the pavement "
              "after themselves.", _COMMUNITIES),
    Quotation("street_scene", "The square has not looked so well kept in years.", _COMMUNITIES),
    Quotation("licensing", "My renewal was done in a morning: clear questions, clear answers.",
              _COMMUNITIES),
    Quotation("registration", "We registered our daughter's birth and left smiling.", _RESOURCES),
    Quotation("contact_centre", "I had dialled the wrong number, and the adviser still found the "
              "right person for me.", _RESOURCES),
    Quotation("parks", "The flower beds are a joy.", _COMMUNITIES, cleared=False),
    Quotation("elections", "Thank you for the large print.", _RESOURCES, cleared=False),
)  # fmt: skip
"""Every word invented; the ten that are cleared stand under the headings of KNO-31."""


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
        "When the weather was bad my bins stayed full.",
        "Crews worked longer days and a Saturday until they had caught up; supervisors now check "
        "rounds unannounced.",
        _D(2023, 6, 30),
        _D(2023, 6, 15),
    ),
    Lesson(
        _D(2023, 5, 30),
        "licensing",
        "My taxi application stood still until somebody rang me about the fee.",
        "The fee is paid inside the online form.",
        _D(2023, 9, 29),
        _D(2023, 10, 20),
    ),
    Lesson(
        _D(2023, 6, 27),
        "childrens_social_care",
        "I left my placement and then waited for the savings that were mine.",
        "Savings are asked for on the day a placement ends; those of the year before were checked.",
        _D(2023, 8, 31),
        _D(2023, 8, 11),
    ),
    Lesson(
        _D(2023, 8, 1),
        "childrens_and_education",
        "No school near us had a place that fits what my child needs.",
        "We work with schools on more such places, and our plan for them is being written anew.",
        _D(2023, 11, 30),
        _D(2023, 11, 24),
    ),
    Lesson(
        _D(2023, 9, 12),
        "childrens_social_care",
        "Whenever my social worker was away I reached nobody.",
        "A duty mailbox takes questions while a social worker is on leave, and parents know of it.",
        _D(2023, 12, 29),
        _D(2023, 12, 12),
    ),
    Lesson(
        _D(2023, 10, 17),
        "adult_social_care",
        "It took far too long until anybody looked at what my disability costs me.",
        "The guidance on disability related expenses was rewritten and sent to all staff.",
        _D(2024, 1, 31),
        _D(2024, 1, 16),
    ),
    Lesson(
        _D(2023, 11, 21),
        "street_scene",
        "Nobody ever sweeps the alley behind our houses.",
        "The alley was cleared and cut back, and a litter pick by hand is planned each month.",
        _D(2024, 1, 31),
        None,
    ),
    Lesson(
        _D(2024, 1, 9),
        "adult_services",
        "I have waited months to be assessed for a blue badge.",
        "Two clinics a week bring the waiting list down.",
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
        publishable=False,
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
"""The eight cleared of 2023-24 tell what KNO-26 tells, in our words; all days are ours."""
