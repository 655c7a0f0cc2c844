"""Frames: the tables cases live in, each column declared once with its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


class Kind(StrEnum):
    """What a column holds, and so how it is stored and how a missing value looks."""

    TEXT = "text"
    """Free text or a reference; pandas ``string``."""
    CODE = "code"
    """One of a closed list of ids; pandas ``category`` of strings."""
    DATE = "date"
    """A local calendar day; ``datetime64[s]`` at midnight, ``NaT`` when missing."""
    NUMBER = "number"
    """A whole number; ``Int64``. Money is in pence."""
    YES_NO = "yes_no"
    """``boolean``, missing when nobody said."""


DTYPES = {
    Kind.TEXT: "string",
    Kind.CODE: "category",
    Kind.DATE: "datetime64[s]",
    Kind.NUMBER: "Int64",
    Kind.YES_NO: "boolean",
}


class Need(StrEnum):
    """What becomes of a row whose value in this column is missing or cannot be read."""

    ESSENTIAL = "essential"
    """Missing or unreadable: the row is quarantined."""
    CLOCK = "clock"
    """May be missing; unreadable: the row is quarantined, since a wrong day is a wrong figure."""
    DESCRIBING = "describing"
    """May be missing; unknown: the row is loaded as *not recorded* and the value is reported."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a conformed frame."""

    name: str
    kind: Kind
    need: Need
    meaning: str


@dataclass(frozen=True, slots=True)
class Schema:
    """A conformed frame: its columns in order and the columns that identify a row."""

    name: str
    one_row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            KeyError: the frame has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def enforce(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The same rows with exactly the declared columns, in order, in their declared types."""
        typed = frame.reindex(columns=list(self.names))
        return typed.astype({column.name: DTYPES[column.kind] for column in self.columns})

    def empty(self) -> pd.DataFrame:
        """No rows, every column typed."""
        import pandas as pd  # noqa: PLC0415  - a module of declarations must not pay for pandas

        return self.enforce(pd.DataFrame())


_E, _C, _D = Need.ESSENTIAL, Need.CLOCK, Need.DESCRIBING
_TEXT, _CODE, _DATE = Kind.TEXT, Kind.CODE, Kind.DATE
_NUMBER, _YES_NO = Kind.NUMBER, Kind.YES_NO


def _columns(*rows: tuple[str, Kind, Need, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


LINEAGE = _columns(
    ("snapshot", _TEXT, _E, "SHA-256 of the landed file this row was read from"),
    ("row_number", _NUMBER, _E, "line or spreadsheet row of the landed file, counted from one"),
)
"""Columns every conformed frame ends with: where the row came from."""

_WHO = _columns(
    ("directorate", _CODE, _D, "directorate id of the council"),
    ("service", _CODE, _D, "service id of the council"),
    ("team", _CODE, _D, "team id of the council"),
)

STEPS = Schema(
    name="steps",
    one_row="a case at a stage",
    key=("case_ref", "stage"),
    columns=_columns(
        ("case_ref", _TEXT, _E, "the complaint's own reference"),
        ("stage", _NUMBER, _E, "one, two or three"),
        ("procedure", _CODE, _E, "procedure id: which rules and limits apply"),
    )
    + _WHO
    + _columns(
        ("officer", _CODE, _D, "id of the officer who holds it"),
        ("category", _CODE, _D, "what it is about"),
        ("subcategory", _CODE, _D, "what it is about, more closely"),
        ("channel", _CODE, _D, "how it arrived"),
        ("point_of_receipt", _CODE, _D, "which part of the council it reached first"),
        ("complainant_type", _CODE, _D, "who complains: resident, parent, young person…"),
        ("received_on", _DATE, _E, "the day this stage was asked for"),
        ("logged_on", _DATE, _C, "the day it was written down in the system"),
        ("acknowledged_on", _DATE, _C, "the day the acknowledgement was sent"),
        ("statement_agreed_on", _DATE, _C, "the day a written statement of complaint was agreed"),
        ("extension_agreed_on", _DATE, _C, "the day the person was told of a longer time"),
        ("extended_to_on", _DATE, _C, "the new last day told to the person"),
        ("responded_on", _DATE, _C, "the day the full response was sent, not drafted or closed"),
        ("closed_on", _DATE, _C, "the day the record was closed"),
        ("withdrawn_on", _DATE, _C, "the day the person withdrew it, or it was refused"),
        ("reopened_on", _DATE, _C, "the day it was opened again after a response"),
        ("taken_outside_on", _DATE, _C, "the day the person took it outside after this stage"),
        ("outcome", _CODE, _D, "upheld, partially_upheld or not_upheld"),
        ("disposition", _CODE, _D, "how it left without an outcome: withdrawn, refused…"),
        ("redress_pence", _NUMBER, _D, "money paid to put it right"),
        ("vendor_due_on", _DATE, _D, "the last day as the vendor's system worked it out"),
        ("vendor_in_time", _YES_NO, _D, "the vendor's own met or missed"),
    )
    + LINEAGE,
)

CONTACTS = Schema(
    name="contacts",
    one_row="a contact that might have become a complaint",
    key=("contact_ref",),
    columns=_columns(
        ("contact_ref", _TEXT, _E, "the contact's own reference"),
        ("received_on", _DATE, _E, "the day it arrived"),
        ("procedure", _CODE, _D, "the procedure it would have followed"),
    )
    + _WHO
    + _columns(
        ("channel", _CODE, _D, "how it arrived"),
        ("disposition", _CODE, _D, "became_complaint, refused, withdrawn, resolved_early…"),
        ("reason", _CODE, _D, "why it was refused or withdrawn"),
        ("decided_on", _DATE, _C, "the day that was decided"),
        ("case_ref", _TEXT, _D, "the complaint it became"),
    )
    + LINEAGE,
)

COMPLIMENTS = Schema(
    name="compliments",
    one_row="a compliment",
    key=("compliment_ref",),
    columns=_columns(
        ("compliment_ref", _TEXT, _E, "the compliment's own reference"),
        ("received_on", _DATE, _E, "the day it arrived"),
    )
    + _WHO
    + _columns(
        ("channel", _CODE, _D, "how it arrived"),
        ("quotation", _TEXT, _D, "words of it that may be printed"),
        ("publishable", _YES_NO, _D, "whether a person has cleared the words for publication"),
    )
    + LINEAGE,
)

DECISIONS = Schema(
    name="decisions",
    one_row="an Ombudsman decision or enquiry",
    key=("decision_ref",),
    columns=_columns(
        ("decision_ref", _TEXT, _E, "the Ombudsman's reference"),
        ("received_on", _DATE, _C, "the day the Ombudsman received it"),
        ("decided_on", _DATE, _C, "the day it was decided"),
        ("category", _CODE, _D, "the Ombudsman's own category"),
        ("subcategory", _CODE, _D, "the Ombudsman's own subcategory"),
        ("decision", _CODE, _D, "upheld, not_upheld, closed_after_enquiries, premature…"),
        ("investigated", _YES_NO, _D, "whether it was investigated in detail"),
        ("remedy", _CODE, _D, "satisfactory_before, recommended, none"),
        ("complied_on", _DATE, _C, "the day the Ombudsman was satisfied with our compliance"),
        ("compliance", _CODE, _D, "satisfied, late, not_satisfied"),
        ("case_ref", _TEXT, _D, "the complaint it follows, where known"),
    )
    + LINEAGE,
)

LEARNING = Schema(
    name="learning",
    one_row="something the council said it would change",
    key=("learning_ref",),
    columns=_columns(
        ("learning_ref", _TEXT, _E, "the action's own reference"),
        ("recorded_on", _DATE, _E, "the day it was written down"),
    )
    + _WHO
    + _columns(
        ("case_ref", _TEXT, _D, "the complaint it came from, where known"),
        ("you_said", _TEXT, _D, "the issue in publishable words"),
        ("we_did", _TEXT, _D, "the action in publishable words"),
        ("owner", _CODE, _D, "id of the person who answers for it"),
        ("due_on", _DATE, _C, "the day it should be done"),
        ("done_on", _DATE, _C, "the day it was done"),
        ("publishable", _YES_NO, _D, "whether a person has cleared the words for publication"),
    )
    + LINEAGE,
)

IMPROVEMENTS = Schema(
    name="improvements",
    one_row="a service improvement agreed with the Ombudsman",
    key=("improvement_ref",),
    columns=_columns(
        ("improvement_ref", _TEXT, _E, "the improvement's own reference"),
        ("decision_ref", _TEXT, _E, "the Ombudsman's reference of the case it follows"),
        ("recorded_on", _DATE, _E, "the day the Ombudsman's list that names it was read"),
        ("category", _CODE, _D, "the Ombudsman's own category"),
        ("about", _TEXT, _D, "the Ombudsman's subcategory"),
        ("improvement", _TEXT, _D, "what will change, in publishable words"),
    )
    + LINEAGE,
)

STATISTICS = Schema(
    name="statistics",
    one_row="an authority in a year of the Ombudsman's statistics",
    key=("authority", "year_ends_on"),
    columns=_columns(
        ("authority", _TEXT, _E, "the authority as the Ombudsman names it"),
        ("year_ends_on", _DATE, _E, "the last day of the year counted"),
        ("authority_type", _TEXT, _D, "the kind of authority the Ombudsman compares it with"),
        ("received", _NUMBER, _D, "complaints and enquiries received"),
        ("decided", _NUMBER, _D, "complaints and enquiries decided"),
        ("not_for_us", _NUMBER, _D, "not for the Ombudsman, or not ready for it"),
        ("assessed_and_closed", _NUMBER, _D, "closed after a first assessment"),
        ("upheld", _NUMBER, _D, "investigated, and fault found"),
        ("not_upheld", _NUMBER, _D, "investigated, and no fault found"),
        ("satisfactory_remedies", _NUMBER, _D, "upheld, and put right before the Ombudsman came"),
        ("compliance_outcomes", _NUMBER, _D, "remedies whose compliance was looked at"),
        ("complied", _NUMBER, _D, "remedies the Ombudsman was satisfied with"),
        ("public_reports", _NUMBER, _D, "public reports issued"),
        ("residents", _NUMBER, _D, "residents, as the Ombudsman's rates count them"),
    )
    + LINEAGE,
)

CLEARED_WORDS = {"compliments": ("quotation",), "learning": ("you_said", "we_did")}
"""Words that are kept only where a person has cleared them for publication, by frame."""

SCHEMAS = {
    s.name: s for s in (STEPS, CONTACTS, COMPLIMENTS, DECISIONS, LEARNING, IMPROVEMENTS, STATISTICS)
}

PUBLISHED = frozenset({IMPROVEMENTS.name, STATISTICS.name})
"""Tables the Ombudsman publishes, each row with its year: they tell nothing of how far cases are
known, and are used whenever they came."""


def schema(name: str) -> Schema:
    """The declared frame of that name.

    Raises:
        KeyError: there is no such frame.
    """
    return SCHEMAS[name]


def described(schemas: Iterable[Schema]) -> list[tuple[str, str, str]]:
    """(frame, column, meaning) of every column, for the methodology page."""
    return [(s.name, c.name, c.meaning) for s in schemas for c in s.columns]
