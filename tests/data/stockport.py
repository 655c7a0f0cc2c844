"""Stockport's exports counted with the standard library: no line of the product is used."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
INBOX = DATA / "exports" / "stockport"
YEARS = ("2020-21", "2021-22", "2022-23", "2023-24")
BEFORE, YEAR = YEARS[-2:]
PROCEDURES = {"COR": "corporate", "ASC": "adults", "CSC": "childrens",
              "CNS": "childrens_corporate", "SCH": "schools"}  # fmt: skip
"""By the prefix of the reference: the case types are spelt several ways."""
SERVICES = {
    "council tax": "council_tax", "ctax": "council_tax", "green space": "green_space",
    "greenspace": "green_space", "parking svcs": "parking", "send": "send",
    "special educational needs & disability": "send",
}  # fmt: skip
STAGES = {"corporate": 2, "adults": 1, "childrens": 3, "childrens_corporate": 2, "schools": 3}
HOLIDAYS = {
    dt.date.fromisoformat(line.split(",")[0])
    for line in (DATA / "reference" / "bank_holidays.csv").read_text().splitlines()[1:]
}


@dataclass(frozen=True)
class Row:
    """A stage of a case, as the newest extract has it."""

    ref: str
    procedure: str
    stage: int
    service: str
    team: str
    reason: str
    part: str
    received: dt.date
    responded: dt.date | None
    withdrawn: dt.date | None
    outside: dt.date | None
    outcome: str

    @property
    def days(self) -> int:
        """Working days to the answer, the day after receipt as the first."""
        last = self.responded or self.received
        span = (self.received + dt.timedelta(n + 1) for n in range((last - self.received).days))
        return sum(day.weekday() < 5 and day not in HOLIDAYS for day in span)


def records(name: str, skip: int = 0) -> list[dict[str, str]]:
    lines = (INBOX / name).read_text(encoding="utf-8-sig").splitlines(keepends=True)[skip:]
    return [
        {header: " ".join((cell or "").split()) for header, cell in row.items()}
        for row in csv.DictReader(lines)
    ]


def day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        return None


def newest_cases() -> Iterator[dict[str, str]]:
    """The newest row of every true case; those numbered from 900000 are wrong on purpose."""
    newest = {
        row["reference"]: row
        for path in sorted(INBOX.glob("complaints_*.csv"), key=lambda path: path.stem[-8:])
        for row in records(path.name)
    }
    return (row for ref, row in newest.items() if re.fullmatch(r"[A-Z]{3}00\d{4}", ref))


def stages_of(row: dict[str, str]) -> Iterator[Row]:
    for n in (1, 2, 3):
        received = day(row[f"stage_{n}_sla_start_date"])
        decision, decided = row[f"stage_{n}_decision"], day(row[f"stage_{n}_decision_date"])
        found = re.search(r"(not |partially )?upheld$", decision)
        if received:
            yield Row(
                ref=row["reference"],
                procedure=PROCEDURES[row["reference"][:3]],
                stage=n,
                service=SERVICES.get(row["service"].casefold(), row["service"].casefold()),
                team=row["team"].casefold(),
                reason=row["complaint_reason"].casefold(),
                part=row["complaint_sub_reason"].casefold(),
                received=received,
                responded=decided if found else None,
                withdrawn=None if found else decided,
                outside=day(row["stage_3_external_referral_date"]) if n == 3 else None,
                outcome=found.group() if found else "",
            )


def year_of(day: dt.date, starts: int = 4) -> str:
    start = day.year - (day.month < starts)
    return f"{start}-{(start + 1) % 100:02d}"


def own_year(step: Row, day: dt.date | None) -> str:
    """The school year for schools, whose August counts in none; April to March otherwise."""
    if day is None or (step.procedure == "schools" and day.month == 8):
        return ""
    return year_of(day, 9 if step.procedure == "schools" else 4)


def rounded(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def percent(part: int, whole: int) -> int:
    return rounded(Decimal(100 * part) / Decimal(whole))


def counted_by_stage(steps: list[Row]) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    for procedure, stages in STAGES.items():
        for stage in range(1, stages + 1):
            mine = [step for step in steps if (step.procedure, step.stage) == (procedure, stage)]
            for year in YEARS:
                found |= one_year(mine, f"{procedure} stage {stage} {year}", year)
    return found


def one_year(steps: list[Row], name: str, year: str) -> dict[str, float | str]:
    """What came in, went out and was left over of a stage of a procedure in a year."""
    came = [step for step in steps if own_year(step, step.received) == year]
    sent = [step for step in steps if own_year(step, step.responded) == year]
    left = [step for step in steps if own_year(step, step.withdrawn) == year]
    first = dt.date(int(year[:4]), 4, 1)
    upheld = sum(step.outcome in {"upheld", "partially upheld"} for step in sent)
    in_time = sum(step.days <= 20 for step in sent)
    found: dict[str, float | str] = {
        f"received {name}": len(came),
        f"answered {name}": len(sent),
        f"withdrawn {name}": len(left),
        f"brought forward {name}": sum(open_at(step, first) for step in steps),
        f"carried forward {name}": sum(
            open_at(step, first.replace(year=first.year + 1)) for step in steps
        ),
        f"taken outside {name}": sum(own_year(step, step.outside) == year for step in steps),
        f"upheld {name}": upheld,
        f"partially upheld {name}": sum(step.outcome == "partially upheld" for step in sent),
        f"in time {name}": in_time,
    }
    rates = {"upheld": upheld, "in time": in_time, "within longest": in_time}
    return found | {f"{what} {name} rate": percent(n, len(sent) or 1) for what, n in rates.items()}


def open_at(step: Row, morning: dt.date) -> bool:
    over = step.responded or step.withdrawn
    return step.received < morning and (over is None or over >= morning)


def changes(found: dict[str, float | str]) -> dict[str, float | str]:
    """Totals over the procedures, escalation as a ratio of the year's counts, and changes."""

    def of(name: str, year: str) -> int:
        return int(found[f"received {name} {year}"])

    made: dict[str, float | str] = {}
    rates = {}
    for year in YEARS:
        sums = [
            sum(of(f"{p} stage {stage}", year) for p, stages in STAGES.items() if stage <= stages)
            for stage in (1, 2, 3)
        ]
        made |= {f"received stage {n} {year}": one for n, one in enumerate(sums, 1)}
        made[f"received all stages {year}"] = sum(sums)
        rates[year] = Decimal(100 * sums[1]) / Decimal(sums[0])
        for procedure in ("corporate", "childrens_corporate"):
            made[f"escalation rate {procedure} {year}"] = percent(
                of(f"{procedure} stage 2", year), of(f"{procedure} stage 1", year)
            )
    made["escalation rate change"] = rounded(rates[YEAR] - rates[BEFORE])
    for name in ("corporate stage 1", "childrens_corporate stage 2", "schools stage 2"):
        before = of(name, BEFORE)
        made[f"received {name} per cent change"] = percent(of(name, YEAR) - before, before)
    return made


def sorted_by(steps: list[Row]) -> dict[str, float | str]:
    """Stage one by service, team and part of a subject."""
    found: dict[str, float | str] = {}
    first = [step for step in steps if step.stage == 1]
    for year in YEARS:
        mine = [step for step in first if own_year(step, step.received) == year]
        services = Counter(step.service for step in mine if step.procedure == "corporate")
        found |= {f"received {service} {year}": n for service, n in services.items()}
        found |= {
            f"received send {year}": sum(step.service == "send" for step in mine),
            f"received locality {year}": sum(step.team.startswith("locality") for step in mine),
            f"received headteacher {year}": sum(step.part.startswith("head") for step in mine),
            f"three largest services corporate stage 1 {year}": "; ".join(
                service.replace("_", " ") for service, _ in services.most_common(3)
            ),
        }
    return found


def others() -> dict[str, float | str]:
    """Contacts, the Ombudsman's decisions and the yearly statistics."""
    found: dict[str, float | str] = {}
    decisions = records("ombudsman_20241007.csv")
    for year in (BEFORE, YEAR):
        decided = [r for r in decisions if in_year(r["Date Decided"], year)]
        upheld = [r for r in decided if r["Decision"] == "Upheld"]
        investigated = sum(r["Investigated"] == "Y" for r in decided)
        recommended = [r for r in upheld if r["Remedy"] == "Recommended"]
        satisfied = sum(r["Compliance"] == "Satisfied" for r in recommended)
        found |= {
            f"ombudsman received {year}": sum(in_year(r["Date Received"], year) for r in decisions),
            f"ombudsman decided {year}": len(decided),
            f"ombudsman investigated {year}": investigated,
            f"ombudsman upheld {year}": len(upheld),
            f"ombudsman upheld {year} rate": percent(len(upheld), investigated),
            f"ombudsman not upheld {year} rate": percent(
                sum(r["Decision"] == "Not Upheld" for r in decided), investigated
            ),
            f"ombudsman recommended {year}": len(recommended),
            f"ombudsman complied {year} rate": percent(satisfied, len(recommended)),
        }
        for subject, n in Counter(subject_of(r) for r in upheld).items():
            found[f"ombudsman upheld {subject} {year}"] = n
    before, after = (int(found[f"ombudsman received {year}"]) for year in (BEFORE, YEAR))
    early = [
        row
        for row in records("contacts_20241007.csv")
        if row["result"].startswith("Resolved") and in_year(row["result_date"], YEAR)
    ]
    reports = [row["Public reports"] for row in records("ombudsman_statistics_20241007.csv", 4)]
    return found | {
        "ombudsman received per cent change": percent(after - before, before),
        f"resolved early adults {YEAR}": len(early),
        "public reports": sum(map(int, reports)),
    }


def in_year(text: str, year: str) -> bool:
    known = day(text)
    return known is not None and year_of(known) == year


def subject_of(row: dict[str, str]) -> str:
    """The subject in the words of the published list."""
    return {
        "": "Planning",
        "SEND": "Children's SEND",
        "Section 47 enquiry (safeguarding)": (
            "Children's social care section 47 enquiry (safeguarding)"
        ),
        "Neighbourhoods: trees": "Place neighbourhoods/trees",
        "Neighbourhoods: environmental": "Place neighbourhoods/environmental",
    }.get(row["Subject"], row["Subject"])


def recounted(steps: list[Row]) -> dict[str, float | str]:
    """Every figure by the name the publication's data give it."""
    found = counted_by_stage(steps)
    return found | changes(found) | sorted_by(steps) | others()
