"""Slicing: the dimensions facts can be broken down by, each a closed list with *not recorded*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from candour.figures import NOT_RECORDED
from candour.ledger import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The values each dimension may take, in the order they are printed.

    A dimension without a declared list has the values its frame holds: conforming has closed it.
    """

    members: Mapping[str, tuple[str, ...]]
    manager_of: Mapping[str, str]
    """Service id to the id of the person who manages it."""

    def coded(self, frame: pd.DataFrame) -> pd.DataFrame:
        """``frame``'s dimension columns (and the manager its service gives), as categories.

        Every value is a declared id or *not recorded*; the categories are in printing order.
        """
        columns = {}
        for name in DIMENSIONS:
            if name == "manager":
                if "service" in frame:
                    columns[name] = self._categories(
                        name, frame["service"].astype("object").map(self.manager_of)
                    )
            elif name in frame:
                columns[name] = self._categories(name, frame[name].astype("object"))
        return pd.DataFrame(columns, index=frame.index)

    def restored(self, facts: pd.DataFrame) -> pd.DataFrame:
        """Facts read back: a table without rows comes back without its categories."""
        if len(facts):
            return facts
        coded = self.coded(facts)
        return facts.assign(**{name: coded[name] for name in coded})

    def _categories(self, name: str, values: pd.Series) -> pd.Series:
        known = values.where(values.notna(), None).astype("string").fillna(NOT_RECORDED)
        declared = self.members.get(name) or sorted(set(known) - {NOT_RECORDED})
        return pd.Series(
            pd.Categorical(known, categories=[*declared, NOT_RECORDED]), index=values.index
        )
