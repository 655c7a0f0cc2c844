"""Lists: the labels a file uses, proposed as ids and value lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from candour.labels import normalised

_OUTCOMES = (
    ("partially_upheld", ("part", "in part", "some fault")),
    (
        "not_upheld",
        (
            "not upheld",
            "not justified",
            "no fault",
            "unfounded",
            "rejected",
            "not substantiated",
            "notsubstantiated",
            "unsubstantiated",
        ),
    ),
    ("upheld", ("upheld", "justified", "fault", "founded", "substantiated")),
)
_YES_NO = (
    ("no", ("missed", "no", "n", "false", "late", "out", "0", "not met", "outside")),
    ("yes", ("met", "yes", "y", "true", "in time", "on time", "1", "within")),
)
_STAGES = (
    ("1", ("1", "s1", "one", "first")),
    ("2", ("2", "s2", "two", "second")),
    ("3", ("3", "s3", "three", "third", "panel")),
    ("2", ("review",)),
)
_DISPOSITIONS = (
    ("withdrawn", ("withdrawn", "withdrew")),
    ("refused", ("refused", "not accepted", "out of jurisdiction", "service request")),
    ("became_complaint", ("logged as complaint", "complaint")),
    ("resolved_early", ("resolved", "quick fix")),
)
MEANINGS = {
    "outcome": _OUTCOMES,
    "stage": _STAGES,
    "disposition": _DISPOSITIONS,
    "decision": (
        *_OUTCOMES[1:],
        ("closed_after_enquiries", ("enquiries",)),
        ("premature", ("premature", "local resolution", "referred back")),
        ("incomplete_or_invalid", ("invalid", "incomplete")),
        ("advice_given", ("advice",)),
    ),
    "remedy": (
        ("satisfactory_before", ("satisfactory",)),
        ("recommended", ("recommended",)),
        ("none", ("none",)),
    ),
    "compliance": (("not_satisfied", ("not",)), ("late", ("late",)), ("satisfied", ("satisfied",))),
    **dict.fromkeys(("vendor_in_time", "investigated", "publishable"), _YES_NO),
}
"""Frame column → ids with the words that give them away; the first id whose words fit."""


FEW_LABELS = 15
LONGEST_LABEL = 60
"""A longer text is no label of a list but somebody's own words."""
_NAMES_A_STAGE = re.compile(r"(?:stage|s)[ -]?(?:[123]|one|two|three)\b")


def speaks_of(labels: Sequence[str]) -> str | None:
    """The column a short list gives away by its labels alone, whatever its header says."""
    if not 0 < len(labels) <= FEW_LABELS:
        return None
    if all(_NAMES_A_STAGE.match(normalised(label)) for label in labels):
        return "stage"
    return "outcome" if len(placed("outcome", labels)) > 1 else None


def is_free_text(labels: Sequence[str]) -> bool:
    """Whether a column holds people's own words, which no list is made of."""
    return any(len(label) > LONGEST_LABEL or "\n" in label for label in labels)


def placed(column: str, labels: Sequence[str]) -> dict[str, list[str]]:
    """The labels under the id each seems to mean; labels nobody can place are left out."""
    values: dict[str, list[str]] = {}
    for label in labels:
        for id_, signs in MEANINGS[column]:
            if any(re.search(rf"\b{re.escape(sign)}", normalised(label)) for sign in signs):
                values.setdefault(id_, []).append(label)
                break
    return {id_: values[id_] for id_, _ in MEANINGS[column] if id_ in values}


def slug(label: str) -> str:
    """An id made of a label: ``Children's Services`` is childrens_services."""
    plain = unicodedata.normalize("NFKD", normalised(label)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.replace("'", "")).strip("_") or "unnamed"


def terms(labels: Iterable[str], taken: set[str] | None = None) -> dict[str, dict[str, str]]:
    """Ids with their names, spellings that compare alike once; no id of ``taken`` again."""
    used = set() if taken is None else taken
    named: dict[str, dict[str, str]] = {}
    for label in {normalised(label): label for label in reversed([*labels])}.values():
        id_ = base = slug(label)
        count = 2
        while id_ in used:
            id_, count = f"{base}_{count}", count + 1
        used.add(id_)
        named[id_] = {"name": label}
    return dict(sorted(named.items()))
