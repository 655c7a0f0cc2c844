"""Commentary: officers' own words, in which a number is a reference or names its source."""

from __future__ import annotations

import hashlib
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError, nodes
from markdown_it import MarkdownIt
from markupsafe import Markup

from candour.errors import ConfigurationError
from candour.figures import Figure, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from candour.period import Period

REFERENCES = frozenset({"fig", "stated"})
"""What officers may call in ``{{ … }}``."""

_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "list", "blockquote", "escape"])
_TOKEN = re.compile("\ue000([0-9]+)\ue001")
"""A printed figure on its way through Markdown, in characters no keyboard types."""

_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?")


def stated(value: object, *, source: str, unit: str = "count", period: Period) -> Figure:
    """A number an officer gives, with where it comes from, as a figure of the ledger.

    The same number of the same source has the same key wherever it is written.

    Raises:
        ConfigurationError: the number, unit or source is not one.
    """
    digits = _NUMBER.fullmatch(str(value).replace(",", ""))
    if digits is None or unit not in set(Unit):
        raise ConfigurationError(
            f"stated({value!r}, unit={unit!r}) is not possible: give a plain number such as 1280 "
            f"and one of the units {', '.join(Unit)}."
        )
    if not source.strip():
        raise ConfigurationError(f"stated({value!r}) needs a source: say where it comes from.")
    exact = Fraction(digits[0])
    digest = hashlib.sha256(f"{exact}|{unit}|{source}".encode()).hexdigest()[:8]
    return Figure(
        kpi=f"stated.{digest}",
        title=source,
        period=period,
        slice=(),
        unit=Unit(unit),
        decimals=len(digits[1] or ""),
        value=exact,
        source=source,
    )


def only_references(environment: Environment, text: str, file: str) -> None:
    """See that nothing but ``{{ fig(…) }}`` and ``{{ stated(…) }}`` is asked of the engine.

    Raises:
        ConfigurationError: the text does something else; the line is named.
    """
    if _TOKEN.search(text):
        raise ConfigurationError(f"{file}: holds characters of the private-use area; remove them.")
    try:
        body = environment.parse(text).body
    except TemplateSyntaxError as wrong:
        raise ConfigurationError(
            f"{file}, line {wrong.lineno}: {wrong.message}. Commentary may hold only "
            "{{ fig(…) }} and {{ stated(…, source=…) }}."
        ) from None
    for node in body:
        printed: Sequence[nodes.Node] = node.nodes if isinstance(node, nodes.Output) else [node]
        for part in printed:
            if not isinstance(part, nodes.TemplateData) and not _is_reference(part):
                raise ConfigurationError(
                    f"{file}, line {part.lineno}: commentary may hold only {{{{ fig(…) }}}} and "
                    "{{ stated(…, source=…) }} with plain values; leave everything else out."
                )


def _is_reference(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.Call) or node.dyn_args or node.dyn_kwargs:
        return False
    values = [*node.args, *(keyword.value for keyword in node.kwargs)]
    return (
        isinstance(node.node, nodes.Name)
        and node.node.name in REFERENCES
        and all(isinstance(value, nodes.Const) for value in values)
    )


def token(number: int) -> str:
    """What stands for the ``number``-th printed figure while Markdown is read."""
    return f"\ue000{number}\ue001"


def page_of(markdown: str, printed: Sequence[Markup]) -> Markup:
    """Officers' Markdown as HTML: paragraphs, emphasis, lists and quotations; tags stay text."""

    def put_back(found: re.Match[str]) -> str:
        return printed[int(found[1])]

    return Markup(_TOKEN.sub(put_back, _MARKDOWN.render(markdown)))
