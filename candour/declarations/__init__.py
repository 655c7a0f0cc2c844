"""Declarations: what a person wrote in YAML, checked, or a sentence that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from candour.declarations.objections import objections
from candour.declarations.text import read_yaml
from candour.declarations.wording import Path, place, unknown
from candour.errors import ConfigurationError

__all__ = ["Declaration", "Path", "place", "read_declaration", "unknown"]


class Declaration(BaseModel):
    """A thing a person declares: it never changes once read, and knows only the entries it names.

    A number written where words are expected is taken as those words, so ``Stage: 1`` needs no
    quotes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


_Declared = TypeVar("_Declared", bound=Declaration)


def read_declaration(
    model: type[_Declared],
    text: str,
    file: str,
    *,
    key: str | None = None,
    check: Callable[[_Declared], Iterable[tuple[Path, str]]] | None = None,
) -> _Declared:
    """The declaration written in a YAML text.

    Only ``true`` and ``false`` are truth values: ``yes``, ``no``, ``on`` and ``off`` stay words,
    and so do ``17:00`` and ``0151``. ``2024-04-01`` is a day.

    Args:
        model: what must be there.
        text: the file's text.
        file: how the file is called in a sentence.
        key: the entry of the model that the whole document fills, for a file that is itself a
            list, or names things of its own choice (``exports.yaml`` is name → export).
        check: says what is wrong in the light of other declarations: paths and sentences.

    Raises:
        ConfigurationError: one line a mistake: file and line, path inside it, what was found,
            what is allowed.
    """
    written = read_yaml(text, file)
    try:
        declared = model.model_validate(written.value if key is None else {key: written.value})
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False)
        mistakes = objections(errors, model, written.value, skipped=0 if key is None else 1)
    else:
        mistakes = [] if check is None else list(check(declared))
        if not mistakes:
            return declared
    sentences = [f"{written.place(path)}: {sentence}" for path, sentence in mistakes]
    raise ConfigurationError("\n".join(sentences))
