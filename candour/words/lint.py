"""Lint: the digits somebody typed where only a figure may stand."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import yaml
from jinja2 import Environment, TemplateSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDED_ENTRIES = frozenset(
    {
        *("title", "reading", "question", "notes", "alt", "label", "row_heading", "total"),
        *("headlines", "sentences", "asks", "person"),
    }
)
"""The entries of a YAML file that a reader sees as sentences."""

_DIGITS = re.compile(r"\d[\d,.]*\d|\d")
_NOT_PRINTED = frozenset({"style", "script"})
_HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"
_SHOWN = 60


def typed_digits(template: str, file: str) -> list[str]:
    """One sentence for each number typed into a template's own words.

    What stands in Jinja tags and comments, in HTML tags, comments and styles is not printed. The
    same is asked of officers' Markdown, where such a number needs a source.
    """
    try:
        printed = _Printed(_own_words(template))
    except TemplateSyntaxError as wrong:
        return [f"{file}, line {wrong.lineno}: the template cannot be read: {wrong.message}."]
    return [
        f"{file}, line {line}: '{found}' is typed in “{_around(words, at)}”; a number is printed "
        "as {{ fig(…) }}, or as {{ stated(…, source=…) }} when it is not counted from cases."
        for line, words in printed.lines
        for at, found in ((m.start(), m[0]) for m in _DIGITS.finditer(words))
    ]


def typed_digits_in_yaml(text: str, file: str) -> list[str]:
    """One sentence for each number typed into the titles, readings and notes of a YAML file."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return [
        sentence
        for line, words in _worded(root, worded=False)
        for sentence in _moved(typed_digits(words, file), file, line)
    ]


def _own_words(template: str) -> str:
    """The template with a mark for every Jinja tag and comment, each word on its own line."""
    words = ""
    for line, kind, value in Environment(autoescape=True).lex(template):
        words += "\n" * (line - 1 - words.count("\n"))
        if kind == "data":
            words += value
        elif kind.endswith("_begin"):
            words += _HOLE
    return words


class _Printed(HTMLParser):
    """The text of a page that a reader sees, with the line each piece stands on."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines: list[tuple[int, str]] = []
        self._inside: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _NOT_PRINTED:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            first, _ = self.getpos()
            self.lines.extend(enumerate(data.split("\n"), start=first))


def _around(words: str, at: int) -> str:
    start = max(0, at - _SHOWN // 2)
    return words[start : start + _SHOWN].replace(_HOLE, "…").strip()


def _worded(node: yaml.Node | None, *, worded: bool) -> Iterator[tuple[int, str]]:
    """The strings a reader sees, with the line each begins on."""
    match node:
        case yaml.MappingNode():
            for key, value in node.value:
                yield from _worded(value, worded=key.value in WORDED_ENTRIES)
        case yaml.SequenceNode():
            for item in node.value:
                yield from _worded(item, worded=worded)
        case yaml.ScalarNode() if worded:
            yield node.start_mark.line, node.value


def _moved(sentences: list[str], file: str, lines: int) -> list[str]:
    """The same sentences, counted from the line of the file on which the words begin."""

    def move(found: re.Match[str]) -> str:
        return f"{found[1]}{int(found[2]) + lines}"

    return [re.sub(rf"^({re.escape(file)}, line )(\d+)", move, s) for s in sentences]
