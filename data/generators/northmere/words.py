"""Northmere's contacts, compliments, decisions and learning: the words and the plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.generators.records import Quotation, Turned

RESULTS = {
    "became_complaint": ("Logged as complaint", "Complaint"),
    "refused": ("Not accepted",),
    "withdrawn": ("Withdrawn",),
    "resolved_early": ("Resolved at first contact", "Quick fix"),
}
REASONS = {
    "service_request": ("Service request – not a complaint", "Service request"),
    "appeal_route": ("Other appeal route",),
    "out_of_time": ("Older than 12 months",),
    "not_ours": ("Another organisation",),
    "legal_claim": ("Insurance or legal claim",),
    "already_answered": ("Final response already given",),
    "changed_mind": ("Customer changed mind",),
    "no_reply": ("No reply to clarification",),
}
TURNED = Turned(
    results={"refused": 44, "resolved_early": 42, "withdrawn": 14},
    reasons={
        "refused": {
            "service_request": 48,
            "appeal_route": 18,
            "out_of_time": 9,
            "not_ours": 11,
            "legal_claim": 9,
            "already_answered": 5,
        },
        "withdrawn": {"changed_mind": 55, "no_reply": 45},
    },
)
COMPLIMENTS = (
    "The crew came back the same afternoon. Brilliant.",
    "She explained it twice and never made me feel slow.",
    "My father was treated with real kindness.",
    "The repair was done first time and swept up after.",
    "Five minutes on the telephone and it was solved.",
    "The library staff found the very book.",
)
QUOTATIONS = (
    Quotation(
        "waste_collection",
        "After the autumn we had, a full month without one missed bin. "
        "Somebody has been working hard, and it shows.",
        since=date(2024, 2, 1),
    ),
    Quotation(
        "housing_repairs",
        "The plumber took his boots off, mended the leak, and showed me "
        "how to turn the water off should it ever come back.",
    ),
    Quotation(
        "adult_assessment",
        "She asked my husband what he missed most, and built the whole plan around his allotment.",
    ),
    Quotation(
        "home_care",
        "Our carer sings. Mum has not sung for years, and now there are two of them at it.",
    ),
    Quotation(
        "childrens_social_work",
        "You said you would ring on Friday and you rang on Friday. "
        "You have no idea what that meant to us.",
    ),
    Quotation(
        "libraries",
        "My daughter read her first whole book aloud to the librarian's "
        "knitted bear. They both looked proud.",
    ),
    Quotation(
        "customer_contact",
        "I rang about the wrong thing, on the wrong number, in a poor "
        "temper. I was helped all the same.",
    ),
    Quotation(
        "highways",
        "The lamp outside our flats was mended the evening after I reported it. "
        "The bats are furious; we are delighted.",
    ),
    Quotation(
        "elections",
        "I had lost my polling card and my glasses. Both turned out not to matter. Thank you.",
    ),
    Quotation("street_cleaning", "The bulbs by the bypass cheered up a whole queue of us."),
    Quotation("occupational_therapy", "The rail has changed my mornings.", cleared=False),
    Quotation("housing_repairs", "Best repair I have had in this house.", cleared=False),
)
"""Invented, like everybody they thank; two were never cleared for print."""
COMPLIMENTS_A_YEAR = 236
COMPLIMENT_WEIGHTS = {
    "waste_collection": 34,
    "street_cleaning": 22,
    "highways": 14,
    "housing_repairs": 38,
    "tenancy": 14,
    "libraries": 30,
    "adult_assessment": 24,
    "home_care": 18,
    "occupational_therapy": 12,
    "childrens_social_work": 14,
    "send": 6,
    "council_tax": 10,
    "customer_contact": 32,
    "elections": 20,
}

DECISIONS_A_YEAR = 26
DECISION_WEIGHTS = {
    "Upheld": 24,
    "Not upheld": 14,
    "Closed after initial enquiries": 28,
    "Premature": 22,
    "Invalid or incomplete": 8,
    "Advice given": 4,
}
OMBUDSMAN_PROCEDURES = {
    "Adult care services": "adults",
    "Education and children's services": "childrens",
    "Housing": "housing",
}
"""What a decision follows; corporate complaints for the other categories."""
OMBUDSMAN_CATEGORIES = {
    "Adult care services": 24,
    "Education and children's services": 26,
    "Housing": 22,
    "Environment and public protection": 12,
    "Highways and transport": 8,
    "Benefits and tax": 8,
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """An invented learning action; days are counted from the day it was recorded."""

    recorded: date
    service: str
    you_said: str
    we_did: str
    due_in: int
    done_in: int | None
    publishable: bool = True


_D = date
LESSONS = (
    Lesson(_D(2021, 10, 12), "housing_repairs", "Nobody came and nobody rang.",
           "Missed appointments are rung the same day and rebooked.", 90, 70),
    Lesson(_D(2022, 1, 18), "council_tax", "The letter did not say how to pay less.",
           "Every bill carries the ways to ask for help.", 60, 51),
    Lesson(_D(2022, 5, 17), "parking", "The sign was behind a tree.",
           "Signs are photographed at each yearly inspection.", 120, 140),
    Lesson(_D(2022, 9, 20), "childrens_social_work", "I had four social workers in a year.",
           "A handover meeting with the family is now required.", 120, 96),
    Lesson(_D(2023, 1, 24), "council_tax", "I waited two hours to speak to somebody.",
           "Call-backs are offered after ten minutes.", 90, 84),
    Lesson(_D(2023, 4, 18), "send", "The plan came eleven weeks late.",
           "A weekly list of plans near their last day goes to the head of service.", 90, None),
    Lesson(_D(2023, 5, 23), "housing_repairs", "The mould came back after it was painted over.",
           "Damp is surveyed before any decorating is ordered.", 90, 77),
    Lesson(_D(2023, 6, 20), "adult_assessment", "We did not know what happens after the visit.",
           "A one-page summary of next steps is left at each assessment.", 60, 44),
    Lesson(_D(2023, 7, 18), "tenancy", "The noise diary was lost.",
           "Diaries are kept online and confirmed by message.", 120, 118),
    Lesson(_D(2023, 9, 12), "planning", "My objection was never acknowledged.",
           "Objections get an automatic receipt with a number.", 60, 58),
    Lesson(_D(2023, 10, 24), "waste_collection", "Our street was missed three weeks running.",
           "Missed streets go to a crew the next working day.", 30, 22),
    Lesson(_D(2023, 11, 14), "waste_collection", "The website said it had been collected.",
           "Collections are marked done by the crew, not by the calendar.", 60, 71),
    Lesson(_D(2023, 12, 5), "customer_contact", "Each person I spoke to knew nothing of the last.",
           "Notes of every call are on one screen.", 60, 38),
    Lesson(_D(2024, 1, 16), "home_care", "Carers came at a different hour every day.",
           "The provider reports visits more than thirty minutes early or late.", 45, 43),
    Lesson(_D(2024, 1, 30), "send", "Transport changed without a word to us.",
           "Families hear of a new route five days before.", 45, None),
    Lesson(_D(2024, 2, 13), "highways", "The pothole was marked and then left.",
           "A marked defect shows its repair day on the website.", 60, None),
    Lesson(_D(2024, 2, 27), "care_charging", "The charge was backdated without warning.",
           "No charge starts before the written estimate is sent.", 30, None),
    Lesson(_D(2024, 3, 12), "housing_repairs", "I was sent three surveyors for one leak.",
           "One surveyor keeps a case to its end.", 90, None),
    Lesson(_D(2024, 3, 26), "council_tax", "The bill showed the wrong band.",
           "A second person checks the sample print before bills go out.", 30, 24, False),
    Lesson(_D(2024, 4, 16), "homelessness", "I had to tell my story again and again.",
           "One named officer for each household.", 60, None),
    Lesson(_D(2024, 5, 14), "admissions", "The appeal form was hard to find.",
           "The form is linked from every offer letter.", 60, None),
)  # fmt: skip
"""By the end of March 2024 three of these are overdue."""
