"""Hocton: complaints as HOCS exports what happened to them, a row an event, a case type a file."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from data.generators.draws import weighted
from data.generators.layouts.headings import listed
from data.generators.layouts.towns import EXTRACTED, Town, complaints
from data.generators.steps import as_it_stood
from data.generators.working_days import add_working

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.generators.steps import Step

_LONDON, _UTC = ZoneInfo("Europe/London"), ZoneInfo("UTC")
_AREAS = {
    "Bin collections": ("Place", 36),
    "Roads and paths": ("Place", 24),
    "Homes and tenancies": ("People", 24),
    "Revenues": ("Corporate", 16),
}
_TYPES = {"Service": 78, "Ex-Gratia": 10, "Minor misconduct": 9, "Serious misconduct": 3}
TOWN = Town(
    id="hocton",
    name="Hocton",
    cases=185,
    pattern="COMP/{count:07d}/{on:%y}",
    services={area: weight for area, (_, weight) in _AREAS.items()},
    categories=_TYPES,
    channels={"Webform": 58, "Email": 27, "Post": 10, "Phone": 5},
)
_FOUND = {
    "upheld": "Substantiated",
    "partially_upheld": "PartiallySubstantiated",
    "not_upheld": "NotSubstantiated",
}
_WITHDRAWN = {"ComplainantWithdrew": 62, "ResolvedInformally": 30, "NotAComplaint": 8}
_CATEGORIES = ("CatDelay", "CatAdminErr", "CatPoorComm", "CatWrongInfo", "CatRude")
Event = tuple[datetime, dict[str, str]]


def files() -> dict[str, bytes]:
    """File name → bytes."""
    steps = [seen for step in complaints(TOWN) if (seen := as_it_stood(step, EXTRACTED))]
    return {
        f"CASE_DATA_{kind}_{EXTRACTED:%Y-%m-%d}.csv": _file(
            kind, [step for step in steps if step.stage == stage]
        )
        for stage, kind in ((1, "COMP"), (2, "COMP2"))
    }


def _file(kind: str, steps: Sequence[Step]) -> bytes:
    header = [line["column"] for line in listed("hocs", export="CASE_DATA", case_type=kind)]
    rng = Random(f"hocs/{kind}")
    events = [event for step in steps for event in _events(step, kind, rng)]
    written = io.StringIO(newline="")
    out = csv.writer(written, lineterminator="\n")
    out.writerow(header)
    for _, row in sorted(events, key=lambda event: (event[0], event[1]["caseUuid"])):
        out.writerow(_cells(header, row))
    return written.getvalue().encode()


def _cells(header: Sequence[str], row: dict[str, str]) -> Iterator[str]:
    """The row in the header's order; of two columns of one name the second has its own value."""
    seen: set[str] = set()
    for name in header:
        yield row.get(f"2nd {name}" if name in seen else name, "")
        seen.add(name)


def _events(step: Step, kind: str, rng: Random) -> Iterator[Event]:
    """The events of a case; each repeats everything that is known of it by then."""
    row = _case(step, kind, rng)
    yield _event("CASE_CREATED", step.logged, row, rng, late=step.channel == "Webform")
    if step.acknowledged:
        row |= {"CctTriageAccept": "Yes", "AcceptDate": step.acknowledged.isoformat()}
        row[rng.choice(_CATEGORIES)] = "Yes"
        yield _event("CASE_UPDATED", step.acknowledged, row, rng)
    if step.withdrawn:
        row |= {
            "Withdrawn": "Yes",
            "WithdrawalReason": f"{step.person.name} rang to say that it is settled",
            "2nd WithdrawalReason": weighted(rng, _WITHDRAWN),
            "Close Reason": "Withdrawn",
        }
        yield _event("CASE_UPDATED", step.withdrawn, row, rng)
        yield _event("CASE_COMPLETED", step.withdrawn, row, rng)
    if step.responded:
        yield from _answered(step, row, rng)


def _answered(step: Step, row: dict[str, str], rng: Random) -> Iterator[Event]:
    answered = step.responded or step.received
    row |= {
        "DateResponded": answered.isoformat(),
        "CctCaseOutcome": _FOUND[step.outcome],
        "ResponseChannel": "Email",
    }
    yield _event("CASE_UPDATED", answered, row, rng)
    if step.closed is None:
        return
    row["Close Reason"] = "Completed"
    yield _event("CASE_COMPLETED", step.closed, row, rng)
    again = add_working(step.closed, 6)
    if rng.random() < 0.03 and again < EXTRACTED:
        # Opened again: the system keeps the day of the answer that counts now.
        row |= {"DateResponded": again.isoformat(), "CctCaseOutcome": _FOUND["partially_upheld"]}
        yield _event("CASE_UPDATED", again, row, rng)
        yield _event("CASE_COMPLETED", again, row, rng)


def _case(step: Step, kind: str, rng: Random) -> dict[str, str]:
    directorate, _ = _AREAS[step.service]
    own = step.ref if kind == "COMP" else step.ref.replace("COMP/", "COMP2/")
    row = {
        "userId": _uuid(rng),
        "caseUuid": _uuid(rng),
        "reference": own,
        "caseType": kind,
        "deadline": step.target.isoformat() if step.target else "",
        "primaryCorrespondent": step.person.name,
        "DateReceived": step.received.isoformat(),
        "ComplainantDOB": step.person.born.isoformat(),
        "CompType": step.category,
        "Channel": step.channel,
        "CaseSummary": step.summary,
        "Severity": rng.choice(("Low", "Medium", "High")),
        "OwningCSU": f"{directorate} CSU",
        "BusArea": step.service,
        "Directorate": directorate,
    }
    return row if kind == "COMP" else row | {"PreviousCaseReference": step.ref}


def _event(event: str, day: date, row: dict[str, str], rng: Random, *, late: bool = False) -> Event:
    """An event of a day in London at its instant in UTC; just after midnight, the day before."""
    hour = 0 if late and rng.random() < 0.2 else rng.randrange(8, 18)
    at = datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), _LONDON)
    if event == "CASE_COMPLETED":
        at += timedelta(minutes=30)
    written = at.astimezone(_UTC).replace(microsecond=rng.randrange(1_000_000))
    stamp = written.strftime("%Y-%m-%dT%H:%M:%S.%f")
    return written, row | {"timestamp": stamp, "event": event}


def _uuid(rng: Random) -> str:
    digits = f"{rng.getrandbits(128):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
