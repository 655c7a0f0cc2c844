"""The other facts: contacts, compliments, Ombudsman decisions and learning, with their flags."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from candour.facts.slicing import Dimensions


def contact_facts(contacts: pd.DataFrame, dimensions: Dimensions) -> pd.DataFrame:
    """Every contact with its flags."""
    disposition = contacts["disposition"].astype("object")
    flags = {
        name: disposition == name
        for name in ("became_complaint", "refused", "withdrawn", "resolved_early")
    }
    decided = disposition.notna()
    not_pursued = decided & ~flags["became_complaint"] & ~flags["refused"]
    return _with_flags(
        contacts,
        dimensions,
        ["contact_ref", "received_on", "decided_on"],
        flags
        | {
            "refused_or_withdrawn": flags["refused"] | flags["withdrawn"],
            "undecided": disposition.isna(),
            "not_pursued": not_pursued,
            "not_complaint": flags["refused"] | not_pursued,
        },
    )


def plain_facts(
    name: str, frame: pd.DataFrame, dimensions: Dimensions, known_on: dt.date
) -> pd.DataFrame:
    """Compliments, decisions, learning or improvements with their flags."""
    days = [c for c in frame if str(c).endswith("_on")]
    references = [c for c in frame if str(c).endswith("_ref")]
    # The Ombudsman sorts by categories of its own, which must not be read as the council's.
    sorted_by = frame.rename(columns=_OMBUDSMAN) if name in _OF_OMBUDSMAN else frame
    if name == "improvements":
        sorted_by = sorted_by.assign(decision=frame["decision_ref"])
    flags = _FLAGS[name](frame, known_on)
    kept = sorted_by.assign(**_cleared(name, frame, flags))
    return _with_flags(kept, dimensions, [*references, *days, *_WORDS.get(name, ())], flags)


_WORDS = {
    "compliments": ("quotation",),
    "learning": ("you_said", "we_did", "owner"),
    "improvements": ("about", "improvement"),
}
"""The columns of words that a report may print."""
_CLEARED_BY = {"compliments": "quoted", "learning": "published"}


def _cleared(name: str, frame: pd.DataFrame, flags: dict[str, pd.Series]) -> dict[str, pd.Series]:
    """The words as facts hold them: none that nobody has cleared for publication."""
    if name not in _CLEARED_BY:
        return {}
    texts = [word for word in _WORDS[name] if word != "owner"]
    return {word: frame[word].where(flags[_CLEARED_BY[name]]) for word in texts}


_OF_OMBUDSMAN = {"decisions", "improvements"}
_OMBUDSMAN = {
    "category": "ombudsman_category",
    "subcategory": "ombudsman_subcategory",
    "decision": "finding",
}


def _of_compliments(frame: pd.DataFrame, _: dt.date) -> dict[str, pd.Series]:
    return {"quoted": _yes(frame["publishable"]) & frame["quotation"].notna()}


def _of_decisions(frame: pd.DataFrame, _: dt.date) -> dict[str, pd.Series]:
    compliance, decision = frame["compliance"].astype("object"), frame["decision"].astype("object")
    remedy, investigated = frame["remedy"].astype("object"), _yes(frame["investigated"])
    upheld = decision == "upheld"
    return {
        "investigated": investigated,
        "upheld": upheld,
        "not_upheld": investigated & (decision == "not_upheld"),
        "recommended": upheld & (remedy == "recommended"),
        "satisfactory_before": upheld & (remedy == "satisfactory_before"),
        "compliance_due": compliance.notna(),
        "complied": compliance == "satisfied",
    }


def _of_learning(frame: pd.DataFrame, known_on: dt.date) -> dict[str, pd.Series]:
    done = frame["done_on"].notna()
    told = frame["you_said"].notna() & frame["we_did"].notna()
    return {
        "done": done,
        "overdue": ~done & (frame["due_on"] < pd.Timestamp(known_on)),
        "published": _yes(frame["publishable"]) & told,
    }


def _of_improvements(frame: pd.DataFrame, _: dt.date) -> dict[str, pd.Series]:
    return {"first_of_case": ~frame["decision_ref"].duplicated()}


_FLAGS: Mapping[str, Callable[[pd.DataFrame, dt.date], dict[str, pd.Series]]] = {
    "compliments": _of_compliments,
    "decisions": _of_decisions,
    "learning": _of_learning,
    "improvements": _of_improvements,
}
PLAIN = tuple(_FLAGS)
"""The frames whose facts are their rows with flags and nothing more."""


def _yes(column: pd.Series) -> pd.Series:
    """Whether somebody said yes; nobody saying anything is no."""
    return column.fillna(value=False).astype(bool)


def _with_flags(
    frame: pd.DataFrame, dimensions: Dimensions, keep: list[str], flags: dict[str, pd.Series]
) -> pd.DataFrame:
    yes_no = {"all": pd.Series(True, index=frame.index), **flags}
    return pd.concat(
        [
            frame[keep],
            dimensions.coded(frame),
            pd.DataFrame(yes_no, index=frame.index).fillna(value=False).astype(bool),
        ],
        axis="columns",
    )
