"""Audiences: who reads a release, and which small numbers are kept from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from candour.declarations import Declaration, Path, unknown
from candour.ledger import DIMENSIONS

Names = tuple[str, ...]

PUBLIC = "public"
"""The audience that is everybody, and so never sees what is kept inside."""


class Sensitive(Declaration):
    """Which numbers a small one of is withheld, and why.

    A number is sensitive when it meets every condition that is named: it is about one of the
    ``procedures``, it is split by one of the ``dimensions``, it belongs to one of the ``families``
    of KPIs, it is one of the ``kpis``.
    """

    why: str
    procedures: Names = ()
    dimensions: Names = ()
    families: Names = ()
    kpis: Names = ()

    @model_validator(mode="after")
    def _names_a_condition(self) -> Sensitive:
        if not (self.procedures or self.dimensions or self.families or self.kpis):
            message = "name at least one of 'procedures', 'dimensions', 'families' and 'kpis'."
            raise ValueError(message)
        return self


class Withhold(Declaration):
    """The small numbers an audience may not see, nor work out from those it does."""

    below: Annotated[int, Field(ge=2, le=20)] = 5
    nought: Literal["printed", "withheld"] = "printed"
    """Whether *none* is told: it is nobody's story, but it says that nobody complained."""
    rest_of_shares: bool = True
    """Whether nine of ten is withheld where one of ten would be: the one is the nine's rest."""
    sensitive: Annotated[tuple[Sensitive, ...], Field(min_length=1)]


class Audience(Declaration):
    """Who reads a release, and what they may see."""

    name: str
    sees: Literal["cases", "own_cases", "counts"]
    """Every case, or of cases only those a reader answers for, or none."""
    marking: str = ""
    withhold: Withhold | None = None
    small_numbers_printed: str = ""
    """Why an audience outside the council sees every number, however small."""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Audience:
        if self.withhold is not None and self.small_numbers_printed:
            message = "either numbers are withheld ('withhold') or they are printed, not both."
            raise ValueError(message)
        if self.withhold is not None and self.sees != "counts":
            message = "an audience that sees cases sees their numbers; 'withhold' protects nothing."
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _inside_or_outside(self) -> Audience:
        if self.outside and self.marking:
            message = (
                f"'{self.marking}' marks what stays inside the council, and this audience is "
                "outside it: it withholds small numbers or says why they are printed."
            )
            raise ValueError(message)
        return self

    @property
    def names_cases(self) -> bool:
        """Whether what all of them are given may hold the reference of any case."""
        return self.sees == "cases"

    @property
    def outside(self) -> bool:
        """Whether its readers are not the council's own people: their small numbers are decided."""
        return self.withhold is not None or bool(self.small_numbers_printed)


class Audiences(Declaration):
    """The audiences of a council, by id."""

    audiences: dict[str, Audience]

    @model_validator(mode="after")
    def _the_public_is_outside(self) -> Audiences:
        public = self.audiences.get(PUBLIC)
        if public is not None and (public.sees != "counts" or public.marking):
            message = (
                f"'{PUBLIC}' is given an internal profile: whoever reads what is published sees "
                "counts, and nothing published is marked. Name the audience inside otherwise."
            )
            raise ValueError(message)
        return self


def misnamed(declared: Audiences, procedures: Collection[str]) -> Iterator[tuple[Path, str]]:
    """What an audience's policy names that there is not: it would protect nothing."""
    for id_, audience in declared.audiences.items():
        for at, rule in enumerate(audience.withhold.sensitive if audience.withhold else ()):
            for entry, named, known in (
                ("procedures", rule.procedures, procedures),
                ("dimensions", rule.dimensions, DIMENSIONS),
            ):
                for name in named:
                    if name not in known:
                        yield (id_, "withhold", "sensitive", at, entry), unknown(name, known)
