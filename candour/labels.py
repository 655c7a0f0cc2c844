"""Labels: when two spellings name the same thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("‘’ʼ`´", "'"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
        "&": " and ",
    }
)


def normalised(label: str) -> str:
    """The form in which labels compare.

    Case, surrounding and repeated white space (no-break spaces too), the kind of dash or
    apostrophe, invisible characters and ``&`` for *and* make no difference.
    """
    return " ".join(unicodedata.normalize("NFKC", label.translate(_ALIKE)).casefold().split())


def claims(labels: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The ids that claim each normalised label, in order; a label of one id names it."""
    claimed: dict[str, tuple[str, ...]] = {}
    for key, spellings in labels.items():
        for spelling in dict.fromkeys(normalised(spelling) for spelling in spellings):
            claimed[spelling] = (*claimed.get(spelling, ()), key)
    return claimed
