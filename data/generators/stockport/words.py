"""Stockport's learning log: the report's learning paragraphs in our words, no personal story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Lesson:
    """A change the report tells of; the days are ours where it prints none."""

    recorded: date
    service: str
    you_said: str
    we_did: str
    due: date
    done: date | None


_D = date
LESSONS = (
    Lesson(
        _D(2023, 5, 16),
        "blue_badge",
        "Appeals about blue badges were not handled in one and the same way.",
        "A new appeals process is in place, checked against other councils that do this well.",
        _D(2023, 8, 31),
        _D(2023, 8, 25),
    ),
    Lesson(
        _D(2023, 6, 13),
        "other_support",
        "A complaint that touched several services had nobody in charge of it.",
        "Training for managers now has one senior manager answer for the whole response.",
        _D(2023, 10, 31),
        _D(2023, 10, 20),
    ),
    Lesson(
        _D(2023, 7, 11),
        "other_place",
        "Responses were late although nobody had noticed the day coming near.",
        "Complaints close to their day are flagged to senior managers.",
        _D(2023, 9, 29),
        _D(2023, 9, 26),
    ),
    Lesson(
        _D(2023, 9, 5),
        "environmental",
        "We were not told that the work would be late.",
        "The service reviewed how it works and tells residents when a delay is likely.",
        _D(2023, 12, 29),
        _D(2023, 12, 14),
    ),
    Lesson(
        _D(2023, 9, 19),
        "adult_social_care",
        "Families of people in care homes were not kept informed, and notes were put right late.",
        "Courses for staff have new parts on keeping families informed and on accurate records.",
        _D(2023, 12, 29),
        _D(2023, 12, 19),
    ),
    Lesson(
        _D(2023, 10, 24),
        "adult_social_care",
        "The quality of care did not match what had been assessed.",
        "Care was reviewed in full and support planned around the person.",
        _D(2024, 1, 31),
        _D(2024, 1, 24),
    ),
    Lesson(
        _D(2023, 11, 14),
        "adult_social_care",
        "Financial reassessments waited for papers that had already been sent.",
        "Assessment officers ask for missing papers sooner and save what arrives first.",
        _D(2024, 2, 29),
        _D(2024, 2, 22),
    ),
    Lesson(
        _D(2023, 12, 5),
        "social_work",
        "Papers came late and nobody explained why agreed actions took longer.",
        "Social workers were reminded to explain delays and to arrange cover while they are away.",
        _D(2024, 2, 29),
        _D(2024, 2, 16),
    ),
    Lesson(
        _D(2024, 1, 16),
        "child_protection",
        "Parents saw the report for the conference too late to read it.",
        "A conference is put off unless parents have had the approved report in time.",
        _D(2024, 3, 29),
        _D(2024, 3, 21),
    ),
    Lesson(
        _D(2024, 2, 6),
        "child_protection",
        "Enquiries into significant harm did not always follow the agreed steps.",
        "Team leaders were trained on strategy meetings; a curriculum for social workers follows.",
        _D(2024, 12, 31),
        None,
    ),
    Lesson(
        _D(2024, 2, 20),
        "send",
        "Nobody could say how far the plan for our child had come.",
        "More coordinators were recruited to keep families and colleagues informed.",
        _D(2024, 5, 31),
        _D(2024, 5, 30),
    ),
    Lesson(
        _D(2024, 3, 12),
        "send",
        "Plans for children with special educational needs took far too long.",
        "Every step from support in school to the plan itself is being reviewed.",
        _D(2025, 3, 31),
        None,
    ),
)
