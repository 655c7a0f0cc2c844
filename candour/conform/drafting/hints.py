"""Hints: the words by which a column of a file is recognised."""

from __future__ import annotations

import re

from candour.labels import normalised

PHRASES = {
    "case_ref": ("reference", "case reference", "case id", "case number", "complaint reference",
                 "complaint no", "ref", "ref no"),
    "contact_ref": ("reference", "contact reference", "enquiry no", "contact no", "ref"),
    "compliment_ref": ("reference", "compliment reference", "compliment no", "ref", "no"),
    "decision_ref": ("ombudsman reference", "decision reference", "reference", "ref"),
    "learning_ref": ("action no", "action reference", "learning reference", "reference"),
    "stage": ("stage", "complaint stage", "current stage"),
    "procedure": ("complaint type", "procedure", "case type", "type of complaint"),
    "directorate": ("directorate", "department"),
    "service": ("service", "service area", "business area"),
    "team": ("team",),
    "category": ("category", "nature of complaint", "complaint category", "complaint reason",
                 "subject", "cause"),
    "channel": ("channel", "how received", "method", "case origin", "contact method"),
    "complainant_type": ("complainant type", "customer type", "complainant category"),
    "received_on": ("date received", "received", "start date", "sla start date", "date opened",
                    "enquiry date", "contact date", "received by ombudsman", "date"),
    "logged_on": ("date logged", "logged", "registered", "time created", "created"),
    "acknowledged_on": ("date acknowledged", "acknowledged", "acknowledgement sent"),
    "statement_agreed_on": ("statement agreed", "complaint definition agreed"),
    "extension_agreed_on": ("extension agreed", "extension letter sent"),
    "extended_to_on": ("extended to", "revised due date", "extended due date"),
    "responded_on": ("date responded", "responded", "response sent", "decision date",
                     "date completed", "response date"),
    "closed_on": ("date closed", "closed", "record closed"),
    "withdrawn_on": ("date withdrawn", "withdrawn on", "withdrawn refused on"),
    "reopened_on": ("date reopened", "re opened on", "reopened"),
    "disposition": ("outcome of enquiry", "outcome of contact", "disposition"),
    "outcome": ("outcome", "decision", "finding"),
    "redress_pence": ("redress", "redress amount", "financial redress amount", "remedy payment",
                      "compensation amount"),
    "vendor_due_on": ("due date", "date due", "target date", "deadline", "sla date"),
    "vendor_in_time": ("in target", "within target", "in time", "response in target", "sla"),
    "reason": ("reason", "reason refused", "withdrawal reason"),
    "decided_on": ("date decided", "decided on", "decision date"),
    "decision": ("decision", "ombudsman decision"),
    "investigated": ("investigated", "detailed investigation"),
    "remedy": ("remedy",),
    "complied_on": ("remedy completed", "date complied"),
    "compliance": ("compliance",),
    "recorded_on": ("recorded", "date recorded", "date"),
    "you_said": ("you said",),
    "we_did": ("we did",),
    "due_on": ("due", "due date", "due by"),
    "done_on": ("completed", "done", "date completed"),
    "publishable": ("ok to publish", "publishable", "publish"),
}  # fmt: skip
"""Frame column → how systems head it. A header is compared word by word with each."""

PERSONAL = frozenset({
    "name", "surname", "forename", "address", "postcode", "email", "mail", "phone", "telephone",
    "mobile", "dob", "birth", "gender", "ethnicity", "nationality", "summary", "description",
    "detail", "details", "notes", "note", "said", "comment", "comments", "text", "title",
    "complainant", "customer", "from", "location",
})  # fmt: skip
"""A header with one of these words, and no better meaning, is taken to hold personal data."""

NEAR_ENOUGH = 0.6
_SAME = {"dates": "date", "number": "no", "num": "no", "id": "reference", "ref": "reference"}
_STAGE = re.compile(r"\b(?:stage ?|s)([123])\b")


def words(header: str) -> list[str]:
    """The words of a header, those run together too: ``CaseDetails.DateReceived`` has four."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    plain = re.sub(r"[^\w ]|_", " ", normalised(apart))
    return [_SAME.get(word, word) for word in plain.split()]


def stage_of(header: str) -> tuple[int | None, str]:
    """The stage a header names, and the header without it."""
    plain = " ".join(words(header))
    found = _STAGE.search(plain)
    if found is None:
        return None, plain
    return int(found[1]), _STAGE.sub(" ", plain)


def likeness(header: str, column: str) -> float:
    """How much a header, without its stage, is like what a frame column is called: 0 to 1."""
    here = set(header.split())
    return (
        max(
            2 * len(here & there) / (len(here) + len(there))
            for phrase in PHRASES.get(column, ())
            for there in [set(words(phrase))]
        )
        if here and column in PHRASES
        else 0.0
    )


def is_personal(header: str) -> bool:
    """Whether a header says that the column is about a person, or free text."""
    return bool(PERSONAL & set(words(header)))
