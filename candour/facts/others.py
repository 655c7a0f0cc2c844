"""The other facts: contacts, compliments, Ombudsman decisions and learning, with their flags."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from candour.facts.slicing import Dimensions


def contact_facts(contacts: pd.DataFrame, dimensions: Dimensions) -> pd.DataFrame:
    """Every contact with its flags."""
    disposition = contacts["disposition"].astype("object")
    flags = {
        name: disposition == name
        for name in ("became_complaint", "refused", "withdrawn", "resolved_early")
    }
    return _with_flags(
        contacts,
        dimensions,
        ["contact_ref", "received_on", "decided_on"],
        flags
        | {
            "refused_or_withdrawn": flags["refused"] | flags["withdrawn"],
            "undecided": disposition.isna(),
        },
    )


def plain_facts(
    name: str, frame: pd.DataFrame, dimensions: Dimensions, known_on: dt.date
) -> pd.DataFrame:
    """Compliments, decisions or learning with their flags."""
    days = [c for c in frame if str(c).endswith("_on")]
    references = [c for c in frame if str(c).endswith("_ref")]
    flags: dict[str, pd.Series] = {}
    if name == "decisions":
        # The Ombudsman sorts by categories of its own, which must not be read as the council's.
        frame = frame.rename(columns={"category": "ombudsman_category"})
        compliance = frame["compliance"].astype("object")
        flags = {
            "investigated": frame["investigated"].fillna(value=False).astype(bool),
            "upheld": frame["decision"].astype("object") == "upheld",
            "compliance_due": compliance.notna(),
            "complied": compliance == "satisfied",
        }
    if name == "learning":
        done = frame["done_on"].notna()
        flags = {"done": done, "overdue": ~done & (frame["due_on"] < pd.Timestamp(known_on))}
    return _with_flags(frame, dimensions, [*references, *days], flags)


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
