"""Invented people: the personal columns every real export holds and no report may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_FIRST = """
Ada Bashir Carys Dmitri Efua Fergus Greta Hamza Imogen Jarek Keziah Lorcan Mabel Nadim
Orla Piotr Querida Rafiq Sunniva Tobias Una Vashti Wilfred Xanthe Yusuf Zelda
"""
_LAST = """
Appleyard Birtwistle Cobbold Dunnock Entwhistle Fothergill Gadsden Haythorn Inskip
Jellicoe Kettlewell Lowbridge Mossop Netherby Ollerton Pennock Quenby Ravenhill Satterley
Thistlewood Umpleby Varley Wetherell Yarborough
"""
_STREET = """
Larkspur Bramble Cobbler Dovetail Elderberry Foxglove Gantry Hollin Ironstone
Juniper
"""
_ROAD = ("Way", "Close", "Street", "Row", "Mews")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who complained; e-mail and telephone lie in ranges that reach nobody."""

    name: str
    address: str
    email: str
    telephone: str
    born: date


def invented(rng: Random, town: str) -> Person:
    """One more person: fictional telephone ranges, addresses of no real postcode."""
    first, last = rng.choice(_FIRST.split()), rng.choice(_LAST.split())
    number = rng.randrange(999)
    telephone = f"0151 496 0{number:03d}" if rng.random() < 0.4 else f"07700 900{number:03d}"
    street = f"{rng.randrange(1, 160)} {rng.choice(_STREET.split())} {rng.choice(_ROAD)}"
    return Person(
        name=f"{first} {last}",
        address=f"{street}, {town}, ZZ99 {rng.randrange(1, 9)}{rng.choice('ABDEFGHJ')}Z",
        email=f"{first}.{last}{number}@mail.invalid".lower(),
        telephone=telephone,
        born=date(rng.randrange(1938, 2004), rng.randrange(1, 13), rng.randrange(1, 29)),
    )


def summary(rng: Random, subject: str) -> str:
    """The complaint in the person's own words; some hold line breaks, quotes or a formula."""
    words = rng.choice(
        (
            f"I am writing about {subject} and would like somebody to ring me.",
            f"Third time of asking about {subject}; see my earlier letter.",
            f"{subject.capitalize()}: my mother is 82 and cannot manage, please help.",
            f"Unhappy with how {subject} was dealt with.",
        )
    )
    odd = rng.random()
    if odd < 0.004:
        return f'{words}\r\nThe officer said "we are busy", which is no answer.'
    return f"=cmd|' /C calc'!A0 {words}" if odd < 0.006 else words
