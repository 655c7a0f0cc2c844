"""Grammar: numbers, nouns and verbs as British readers write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from candour.figures import Figure, written

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNITS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LONGEST_IN_WORDS = 99
_OWN_PLURALS = {"child": "children", "person": "people", "is": "are", "was": "were", "has": "have"}
_VERB_ALONE = {"does": "do", "goes": "go"}


def in_words(number: int) -> str:
    """A whole number from nought to ninety-nine in full; *no* for nought."""
    if number < len(_UNITS):
        return _UNITS[number]
    tens, units = divmod(number, 10)
    return f"{_TENS[tens]}-{_UNITS[units]}" if units else _TENS[tens]


def numeral(number: int, *, starts: bool = False, alone: bool = False) -> str:
    """A number in a sentence: *no*, *one*, then 2, 3, 1,019; in full where it starts one.

    Args:
        number: a whole number, nought or more.
        starts: it is the first word of a sentence.
        alone: no noun follows, so that nought is *none*.
    """
    words = in_words(number) if number <= (_LONGEST_IN_WORDS if starts else 1) else f"{number:,}"
    if alone and number == 0:
        words = "none"
    return as_sentence(words) if starts else words


def article(number: str) -> str:
    """*a* or *an* before a number as displayed: an 8%, an 11-day wait, a 110%, an £80 payment."""
    digits = re.search(r"[\d,]+", number)
    whole = digits[0].replace(",", "") if digits else ""
    spoken_first = whole[: (len(whole) - 1) % 3 + 1]
    return "an" if spoken_first.startswith("8") or spoken_first in {"11", "18"} else "a"


def plural(noun: str, number: int | Figure) -> str:
    """The noun that goes with a number: one complaint, no complaints, 3 Ombudsman enquiries."""
    if _is_one(number):
        return noun
    *before, last = noun.split(" ")
    if last in _OWN_PLURALS:
        last = _OWN_PLURALS[last]
    elif re.search(r"[^aeiou]y$", last):
        last = f"{last[:-1]}ies"
    else:
        last += "es" if re.search(r"(s|x|ch|sh)$", last) else "s"
    return " ".join([*before, last])


def agree(verb: str, number: int | Figure) -> str:
    """The verb, given as for one thing, that goes with a number: is, are; needs, need."""
    if _is_one(number):
        return verb
    return _OWN_PLURALS.get(verb) or _VERB_ALONE.get(verb) or verb.removesuffix("s")


def listed(items: Iterable[str]) -> str:
    """A list in a sentence, without a comma before *and*: housing, roads and parks."""
    *before, last = items
    return f"{', '.join(before)} and {last}" if before else last


def as_sentence(words: str) -> str:
    """The same words with a capital first letter and the rest as they were."""
    return words[:1].upper() + words[1:]


def inside(words: str) -> str:
    """The same words as they stand inside a sentence, with a small first letter."""
    return words[:1].lower() + words[1:]


def _is_one(number: int | Figure) -> bool:
    """A number printed with decimals is never one: 1.0 working days."""
    if isinstance(number, Figure):
        return number.shown is not None and written(number.shown, number.decimals) == "1"
    return number == 1
