"""Codes: which id of a closed list a label stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from candour.labels import claims, normalised

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from candour.conform.cells import Encoded
    from candour.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Codes:
    """The ids of every row, and the rows whose label means nothing."""

    ids: pd.Series
    """``category``; missing where blank or unknown."""
    is_unknown: np.ndarray


@dataclass(frozen=True, slots=True)
class Lists:
    """What the labels of a column may mean."""

    ids: Sequence[str]
    """Every id the column may hold."""
    labels: Mapping[str, Sequence[str]]
    """id → labels, as the export declares them; they come first."""
    dimension: str
    """Where the council's own names for the ids are looked up."""
    taxonomy: Taxonomy


def read_codes(column: Encoded, lists: Lists, parents: pd.Series | None = None) -> Codes:
    """The ids a column's labels stand for; each distinct label is looked up once.

    Args:
        column: the labels.
        lists: what they may mean.
        parents: for each row, what settles a label that several claim: the directorate of a
            service, the service of a team. Each distinct pair is then looked up once.
    """
    names: tuple[str | None, ...] = (None,)
    pairs = column.codes
    if parents is not None:
        names = (*parents.cat.categories, None)
        pairs = parents.cat.codes.to_numpy().astype(np.int64) * len(column.texts) + column.codes
    where, distinct = pd.factorize(pairs)
    declared = {label: claimants[0] for label, claimants in claims(lists.labels).items()}
    spelt = [normalised(text) for text in column.texts]
    meanings: list[str | None] = []
    for parent, text in zip(*np.divmod(distinct, max(len(spelt), 1)), strict=True):
        meaning = declared.get(spelt[text])
        if meaning is None and not column.is_blank[text]:
            meaning = lists.taxonomy.find(lists.dimension, spelt[text], names[parent])
        meanings.append(meaning)
    ids = pd.Series(as_category(meanings, lists.ids).array.take(where))
    return Codes(ids, ids.isna().to_numpy() & ~column.blank_rows())


def as_category(ids: Sequence[str | None], allowed: Sequence[str]) -> pd.Series:
    """Ids as ``category``; the categories are all that are allowed, whatever is present."""
    categories = pd.Index(sorted(allowed), dtype="str")
    return pd.Series(pd.Categorical(ids, categories=categories))


def carried(ids: pd.Series, parent_of: Callable[[str], str], allowed: Sequence[str]) -> pd.Series:
    """The parent of each id: the directorate of a service, the service of a team."""
    parents = as_category([parent_of(id_) for id_ in ids.cat.categories] or [None], allowed)
    codes = ids.cat.codes.to_numpy()
    return pd.Series(parents.array.take(codes, allow_fill=True))
