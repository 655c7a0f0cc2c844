"""Values: what the distinct texts of a column mean as words, whole numbers and pence."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from candour.exports import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from candour.conform.cells import Encoded

_AMOUNT = re.compile(r"(?:£|GBP)?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]{1,2})?")
_WHOLE = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0*)?")
_PENCE_A_POUND = {Money.POUNDS: Decimal(100), Money.PENCE: Decimal(1)}


def read_text(column: Encoded) -> pd.Series:
    """The distinct texts themselves, as ``string``; missing where blank."""
    return column.texts.astype("string").mask(column.is_blank)


def read_pence(column: Encoded, money: Money) -> pd.Series:
    """The distinct amounts in whole pence, as ``Int64``; missing where blank or no amount."""
    return pd.Series([_pence(text, money) for text in _filled(column)], dtype="Int64")


def read_numbers(column: Encoded) -> pd.Series:
    """The distinct whole numbers, as ``Int64``; missing where blank or no whole number."""
    return pd.Series([_whole(text) for text in _filled(column)], dtype="Int64")


def _whole(text: str | None) -> int | None:
    written = None if text is None else _WHOLE.fullmatch("".join(text.split()))
    return None if written is None else int(written[1].replace(",", ""))


def _pence(text: str | None, money: Money) -> int | None:
    written = None if text is None else _AMOUNT.fullmatch("".join(text.split()))
    if written is None:
        return None
    pence = Decimal("".join(filter(None, written.groups())).replace(",", ""))
    pence *= _PENCE_A_POUND[money]
    return int(pence) if pence == pence.to_integral_value() else None


def _filled(column: Encoded) -> Iterable[str | None]:
    for text, blank in zip(column.texts, column.is_blank, strict=True):
        yield None if blank else text
