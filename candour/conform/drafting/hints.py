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
    "service": ("service", "service area", "business area", "bus area"),
    "team": ("team",),
    "category": ("category", "nature of complaint", "complaint category", "complaint reason",
                 "subject", "cause", "root cause", "complaint root cause"),
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
                     "date completed", "response date", "completion date"),
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
    "mobile", "birth", "ethnicity", "nationality", "summary", "description",
    "detail", "details", "notes", "note", "said", "comment", "comments", "text", "title",
    "complainant", "customer", "from", "location", "dob", "gender", "correspondent", "evidence",
})  # fmt: skip
"""A header with one of these words, and no better meaning, is taken to hold personal data."""

NEAR_ENOUGH = 0.6
_SAYS_LITTLE = {"date": 0.7}
"""A header of this word alone may mean much else: anything that says more is likelier."""
_OF_PEOPLE = frozenset({"party", "complainant", "customer", "person"})
"""What a system calls the group of columns about whoever complains."""
_SAME = {"dates": "date", "number": "no", "num": "no", "id": "reference", "ref": "reference"}
_NTH = re.compile(r"^(?:1st|2nd|3rd|[0-9]+th) ")
_STAGE = re.compile(r"\b(?:stage ?|s)([123])\b")


def words(header: str) -> list[str]:
    """The words of a header, those run together too: ``DateReceived`` has two."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    plain = re.sub(r"[^\w ]|_", " ", normalised(apart))
    return [_SAME.get(word, word) for word in _NTH.sub("", plain).split()]


def stage_of(header: str) -> tuple[int | None, str]:
    """The stage a header names, and the header without it or its group.

    ``CaseStageStage1.DateDue`` is the date due of stage one, ``MainParty.Category`` the category
    of who complains.
    """
    group, field = _apart(header)
    found = _STAGE.search(" ".join([*group, *field]))
    plain = " ".join(["complainant"] * bool(_OF_PEOPLE & {*group}) + field)
    return (None if found is None else int(found[1])), _STAGE.sub(" ", plain)


def _apart(header: str) -> tuple[list[str], list[str]]:
    """The words of the group a header names before a full stop, and those of its own name."""
    group, stop, field = header.rpartition(".")
    grouped = bool(stop) and bool(field) and " " not in header
    return (words(group), words(field)) if grouped else ([], words(header))


def likeness(header: str, column: str) -> float:
    """How much a header, without its stage, is like what a frame column is called: 0 to 1."""
    here = set(header.split())
    return (
        max(
            _SAYS_LITTLE.get(header.strip(), 1.0)
            * (2 * len(here & there) / (len(here) + len(there)))
            for phrase in PHRASES.get(column, ())
            for there in [set(words(phrase))]
        )
        if here and column in PHRASES
        else 0.0
    )


def is_personal(header: str) -> bool:
    """Whether a header says that the column is about a person, or free text."""
    group, field = _apart(header)
    return bool(PERSONAL & {*field} or _OF_PEOPLE & {*group})
