"""Contents: what a law or code asks a report to tell, and what would tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import model_validator

from candour.declarations import Declaration, read_declaration, unknown
from candour.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Asked(Declaration):
    """One thing that must be told, and what tells it.

    Every kind of answer that is named must be there: all of ``figures``, one of ``any_figure``,
    one of ``items``, one of ``commentary``. With ``person`` somebody must see to it as well.
    """

    asks: str
    basis: str
    figures: tuple[str, ...] = ()
    any_figure: tuple[str, ...] = ()
    by: str = ""
    """The breakdown the figures are told by: a number at each stage."""
    items: tuple[str, ...] = ()
    commentary: tuple[str, ...] = ()
    person: str = ""
    """What a person must see to, in words."""

    @model_validator(mode="after")
    def _can_be_answered(self) -> Asked:
        answers = (self.figures, self.any_figure, self.items, self.commentary, self.person)
        if not any(answers):
            message = (
                "name what tells it: 'figures', 'any_figure', 'items', 'commentary' or 'person'."
            )
            raise ValueError(message)
        return self


class Contents(Declaration):
    """What one law or code asks of a report; items in our own words, with their source."""

    title: str
    source: str
    procedures: str = ""
    """Words in the legal basis of the procedures it is about; without any, all of them."""
    asks: dict[str, Asked]


def read_contents(texts: Mapping[str, str]) -> dict[str, Contents]:
    """The lists declared below ``templates/contents/``, by id.

    Raises:
        ConfigurationError: a list is wrong; file and path are named.
    """
    return {
        path.removeprefix("contents/").removesuffix(".yaml"): read_declaration(
            Contents, text, f"templates/{path}"
        )
        for path, text in sorted(texts.items())
        if path.startswith("contents/")
    }


def chosen(lists: Mapping[str, Contents], ids: Iterable[str], file: str) -> dict[str, Contents]:
    """The lists a report's declaration names.

    Raises:
        ConfigurationError: there is no list of that id.
    """
    for id_ in ids:
        if id_ not in lists:
            raise ConfigurationError(f"{file}: contents: {unknown(id_, lists)}")
    return {id_: lists[id_] for id_ in ids}
