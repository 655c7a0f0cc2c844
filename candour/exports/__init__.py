"""Exports: the files a council's systems send, and what each of their columns is."""

from __future__ import annotations

from collections.abc import Mapping

from candour.declarations import Declaration, read_declaration
from candour.exports.checks import incomplete, mistakes
from candour.exports.declared import Export, Holds, OneRow
from candour.exports.matching import Match, match
from candour.exports.source import Money, Source
from candour.exports.vocabulary import Vocabulary
from candour.taxonomy import Taxonomy

__all__ = [
    "Export",
    "Holds",
    "Match",
    "Money",
    "OneRow",
    "Source",
    "Vocabulary",
    "match",
    "read_exports",
]


class _Exports(Declaration):
    exports: dict[str, Export]


def read_exports(
    text: str, file: str, taxonomy: Taxonomy, procedures: frozenset[str]
) -> Mapping[str, Export]:
    """The exports declared by ``exports.yaml``, by name.

    Args:
        text: the file's text.
        file: how it is called in a sentence.
        taxonomy: what the council calls things.
        procedures: the ids of ``procedures.yaml``.

    Raises:
        ConfigurationError: one line a mistake: where, what was found, what is allowed.
    """
    vocabulary = Vocabulary(taxonomy, procedures)
    declared = read_declaration(
        _Exports,
        text,
        file,
        key="exports",
        check=lambda written: [
            ((name, *path), sentence)
            for name, export in written.exports.items()
            for path, sentence in (
                *mistakes(export, vocabulary),
                *incomplete(export, written.exports),
            )
        ],
    )
    return declared.exports
