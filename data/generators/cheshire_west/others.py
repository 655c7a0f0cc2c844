"""The council's other exports: compliments, the Ombudsman's cases and learning."""

from __future__ import annotations

from datetime import date
from random import Random

from data.generators import canaries
from data.generators.cheshire_west import totals, words
from data.generators.cheshire_west.cases import TOWN
from data.generators.draws import days, dealt, weighted, year_span
from data.generators.headed import Cell, Heading
from data.generators.people import invented
from data.generators.working_days import add_working

COMPLIMENT_HEADINGS = (
    Heading("Compliment", ("No", "Received", "Method")),
    Heading("Service", ("Area", "Locality")),
    Heading("From", ("Name", "In full")),
    Heading("For publication", ("Extract", "Cleared")),
)
_THANKED = {
    ("Children in Need", "Winsford"): 4,
    ("Children in Need", "Chester"): 4,
    ("Children in Need", "Ellesmere Port"): 4,
    ("Children in Care (Permanence Teams)", "Winsford"): 3,
    ("Children in Care (Permanence Teams)", "Ellesmere Port"): 3,
    ("Children with Disabilities", ""): 4,
    ("Provider Services", "Fostering"): 3,
    ("Provider Services", "Adoption"): 2,
    ("Leaving Care (Supporting Independence)", ""): 3,
}
"""Ours: the report does not say which services were thanked."""
_BY = {"On-line form": 70, "Email": 20, "Letter": 10}


def compliment_rows() -> list[list[Cell]]:
    """The compliments of four years; five of the last have words cleared for publication."""
    rng = Random("cheshire_west/compliments")
    made: list[list[Cell]] = []
    for year, number_of in totals.COMPLIMENTS.items():
        received = sorted(days(rng, year_span(year), number_of, lambda _: 1))
        first = number_of - totals.QUOTATIONS if year == totals.YEARS[-1] else number_of
        for n, day in enumerate(received):
            service, team = weighted(rng, _THANKED)
            quotation = words.QUOTATIONS[n - first] if n >= first else ""
            made.append(
                [
                    f"CP{len(made) + 1:04d}",
                    day,
                    weighted(rng, _BY),
                    service,
                    team,
                    invented(rng, TOWN).name,
                    quotation or rng.choice(words.THANKS),
                    quotation,
                    "Yes" if quotation else "",
                ]
            )
    made[-9][5:8] = [canaries.PEOPLE[0].name, canaries.SUMMARY, canaries.SUMMARY]
    made[-9][8] = "No"
    return made


DECISION_HEADINGS = (
    Heading("Ombudsman", ("Reference", "Received", "Decided")),
    Heading("About", ("Category", "Part", "Complainant")),
    Heading("Result", ("Decision", "Investigated")),
)
_EDUCATION, _PREMATURE, _ADVICE = "Education & Children's Services", "Premature", "Advice given"
_CLOSED, _NOT_UPHELD, _UPHELD = "Closed after initial enquiries", "Not upheld", "Upheld"
_OF_CHILDREN = {
    ("Children's social care", _CLOSED): 2,
    ("Children's social care", _NOT_UPHELD): 1,
    ("Education", _UPHELD): 1,
    ("Education", _CLOSED): 3,
    ("Education", _NOT_UPHELD): 1,
    ("Not known", _PREMATURE): 3,
    ("Not known", _ADVICE): 2,
}
"""CWC-17: thirteen decided, one of them upheld, three of social care and none of those upheld."""
_OTHERS = {
    "Adult Care Services": 15,
    "Benefits & Tax": 7,
    "Corporate & Other Services": 4,
    "Environmental Services & Public Protection & Regulation": 8,
    "Highways & Transport": 8,
    "Housing": 4,
    "Planning & Development": 9,
}
"""CWC-17 leaves 55 decided for the other categories; which these are is ours."""
_OTHER_ENDS = {_UPHELD: 7, _NOT_UPHELD: 4, _CLOSED: 21, _PREMATURE: 18, _ADVICE: 5}
_BEFORE, _AFTER = {True: 2, False: 10}, {True: 3, False: 11}
"""Of the Ombudsman's children's category and of the others: decided in the year and received
before it, and received in the year and decided after it. So 70 were received, 14 of them of that
category, and 68 decided, 13 of them."""


def decision_rows() -> list[list[Cell]]:
    """The Ombudsman's cases received or decided in 2022-23."""
    rng = Random("cheshire_west/decisions")
    children = [(_EDUCATION, *end) for end in dealt(rng, _OF_CHILDREN)]
    subjects, ends = dealt(rng, _OTHERS), dealt(rng, _OTHER_ENDS)
    others = [(subject, "", end) for subject, end in zip(subjects, ends, strict=True)]
    made: list[list[Cell]] = []
    for mine, plan in ((True, children), (False, others)):
        for n, about in enumerate(plan):
            decided = add_working(date(2022, 5, 3), rng.randrange(0, 225))
            before = n < _BEFORE[mine]
            received = date(2022, 3, 30) if before else max(date(2022, 4, 5), _weeks(decided, rng))
            made.append(_decision(received, decided, about, rng))
        for n in range(_AFTER[mine]):
            received = add_working(date(2023, 2, 1), n * 3)
            about = (_EDUCATION, "Not known", _CLOSED) if mine else (*plan[n][:2], _CLOSED)
            made.append(_decision(received, add_working(received, 60 + n), about, rng))
    made.sort(key=lambda row: (str(row[1]), str(row[3]), str(row[5])))
    for n, row in enumerate(made, 1):
        row[0] = f"22 {n // 9 + 1:03d} {100 + n * 7:03d}"
    return made


def _weeks(decided: date, rng: Random) -> date:
    return add_working(decided, -rng.randrange(5, 60))


def _decision(
    received: date, decided: date, about: tuple[str, str, str], rng: Random
) -> list[Cell]:
    category, part, end = about
    investigated = "Yes" if end in {_UPHELD, _NOT_UPHELD} else "No"
    return ["", received, decided, category, part, invented(rng, TOWN).name, end, investigated]


LEARNING_HEADINGS = (
    Heading("Action", ("No", "Recorded", "Raised by")),
    Heading("Service", ("Directorate", "Area")),
    Heading("Learning", ("You said", "We did")),
    Heading("Progress", ("Due", "Completed", "OK to publish")),
)


def learning_rows() -> list[list[Cell]]:
    """The learning log."""
    rng = Random("cheshire_west/learning")
    return [
        [
            f"L{n:02d}",
            lesson.recorded,
            canaries.PEOPLE[1].name if n == 1 else invented(rng, TOWN).name,
            "Children's Services",
            lesson.service,
            lesson.you_said,
            lesson.we_did,
            lesson.due,
            lesson.done,
            "Yes" if lesson.publishable else "No",
        ]
        for n, lesson in enumerate(words.LESSONS, 1)
    ]
