"""What a model objects to, as sentences for the person who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel

from candour.declarations.wording import Path, unknown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LONGEST_FOUND = 60


def objections(
    errors: Sequence[ErrorDetails], model: type[BaseModel], document: object, skipped: int
) -> list[tuple[Path, str]]:
    """Each mistake with the path to it: a model that tries alternatives still says it once.

    Args:
        errors: what pydantic reports.
        model: what was to be read.
        document: what the file says.
        skipped: how many first steps of every location are the model's own, not the file's.
    """
    said: dict[Path, list[str]] = {}
    for error in errors:
        path = _walked(error["loc"][skipped:], document, absent=error["type"] == "missing")
        sentences = said.setdefault(path, [])
        sentence = _sentence(error, _entries(model, error["loc"]))
        if sentence not in sentences:
            sentences.append(sentence)
    return [(path, _joined(sentences)) for path, sentences in said.items()]


def _joined(sentences: Sequence[str]) -> str:
    first, *others = sentences
    opening = first.partition("expected ")[0]
    return (
        " or ".join([first.rstrip("."), *(o.removeprefix(f"{opening}expected ") for o in others)])
        if others
        else first
    )


def _sentence(error: ErrorDetails, entries: tuple[str, ...]) -> str:
    found, kind = error["input"], error["type"]
    match kind:
        case "missing":
            return "this entry is missing; it must be given."
        case "extra_forbidden":
            return f"the entry {unknown(error['loc'][-1], entries)}"
        case "value_error":
            return str(error["ctx"]["error"])
        case "literal_error" | "enum":
            return unknown(found, re.findall(r"'([^']*)'", str(error["ctx"]["expected"])))
    if kind in {"model_type", "dict_type"}:
        expected = f"named entries ({', '.join(entries) or 'id: …'})"
    elif kind == "string_type":
        expected = "words (put them in quotes)"
    else:
        expected = error["msg"].removeprefix("Input should be ").split(", unable to")[0]
        expected = expected.replace("integer", "whole number").replace("tuple", "list")
        expected = expected.replace("date or datetime, ", "day (2024-03-28): ")
    return f"found {_shown(found)}; expected {expected}."


def _shown(found: object) -> str:
    if isinstance(found, Mapping):
        return "named entries"
    if isinstance(found, str):
        return f"'{found[:_LONGEST_FOUND]}'"
    if isinstance(found, Sequence):
        return "a list"
    return "nothing" if found is None else str(found)


def _walked(steps: Iterable[int | str], document: object, *, absent: bool) -> Path:
    """The steps that lead somewhere in the document: alternatives tried by the model do not."""
    *before, last = [*steps] or [""]
    path: list[int | str] = []
    for step in [*before, last]:
        inside = _inside(document, step)
        if inside is not _NOWHERE:
            path.append(step)
            document = inside
    return (*path, last) if absent else tuple(path)


_NOWHERE = object()


def _inside(document: object, step: int | str) -> object:
    if isinstance(document, Mapping):
        for found, inside in document.items():
            if str(found) == str(step):
                return inside
    elif isinstance(document, list) and isinstance(step, int) and step < len(document):
        return document[step]
    return _NOWHERE


def _entries(model: type[BaseModel], steps: Iterable[int | str]) -> tuple[str, ...]:
    """The entries allowed at the deepest declaration the steps pass through."""
    here: set[type[BaseModel]] = {model}
    for step in steps:
        fields = {f.alias or n: f.annotation for m in here for n, f in m.model_fields.items()}
        here = _models(fields[str(step)]) if str(step) in fields else here
    return tuple(f.alias or n for m in here for n, f in m.model_fields.items())


def _models(annotation: object) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for argument in get_args(annotation) for model in _models(argument)}
