"""Speaker: turns templates into words, and every number in them is a figure of the ledger."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Protocol

from jinja2 import TemplateError, pass_eval_context
from markupsafe import Markup

from candour.errors import ConfigurationError
from candour.figures import Figure
from candour.words import beside, commentary, direction, grammar
from candour.words.compiled import Loader, environment_for, template_of
from candour.words.printing import Said, as_html, plain, said, shorthand_note
from candour.words.ranking import leader, most

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.nodes import EvalContext
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from candour.ledger import Ledger
    from candour.period import Period

SAY = '{% import "narrative/sentences.j2" as say with context %}'
"""Pages import the sentences themselves; a sentence written in a declaration has them at hand."""

_WORDS: Mapping[str, Callable[..., object]] = {
    "said": said,
    "plural": grammar.plural,
    "agree": grammar.agree,
    "article": grammar.article,
    "listed": grammar.listed,
    "movement": direction.movement,
    "small": direction.small,
    "most": most,
    "leader": leader,
    "trend": direction.trend,
    "share_of": beside.share_of,
    "count_of": beside.count_of,
    "base_of": beside.base_of,
    "undecided_of": beside.undecided_of,
    "shorthand_note": shorthand_note,
}


class Ask(Protocol):
    """What a template calls as ``fig``: a figure by its KPI, period and slice."""

    def __call__(self, kpi_id: str, period: Period | str = "this", **about: object) -> Figure:
        """The figure of a KPI for a period and a slice."""


class Speaker:
    """Renders the templates of one release and writes down every figure they print.

    Args:
        templates: text by path under ``templates/``, ``narrative/sentences.j2`` among them.
        ledger: where each printed figure is entered.
        ask: what ``fig`` asks; ``Measures.figure`` is one.
        period: the report's own, which officers' stated numbers are about.
        shown: a figure as the audience may see it; ``Measures.shown`` is one.
    """

    def __init__(
        self,
        templates: Mapping[str, str],
        ledger: Ledger,
        ask: Ask,
        period: Period,
        shown: Callable[[Figure], Figure] = lambda figure: figure,
    ) -> None:
        self._templates = templates
        self._shown = shown
        self._ledger = ledger
        self._place = ""
        names = {**_WORDS, "fig": ask, "stated": self._stated_for(period)}
        self._html = self._environment(names, self._as_html, escaped=True)
        self._text = self._environment(names, self._as_text, escaped=False)

    def html(self, template: str, place: str, **names: object) -> str:
        """A page by its template; everything not made by a template is escaped.

        Args:
            template: its path under ``templates/``.
            place: the file it becomes, as the ledger calls it.
            names: what the template may use besides words and figures.

        Raises:
            ConfigurationError: the template is missing or wrong, prints a number that is no
                figure, or asks for a KPI, period or breakdown there is not; file and line named.
        """
        return self._rendered(self._html, template, None, place, names)

    def text(self, template: str, place: str, **names: object) -> str:
        """Plain text by its template; errors as for ``html``."""
        return self._rendered(self._text, template, None, place, names)

    def sentence(self, words: str, place: str, file: str, **names: object) -> str:
        """A sentence written in a declaration (``reading: …``), as plain text on one line.

        It may call ``say`` besides figures and names; errors as for ``html``.
        """
        return " ".join(self._rendered(self._text, file, SAY + words, place, names).split())

    def commentary(self, markdown: str, place: str, file: str) -> Markup:
        """Officers' words as HTML; errors as for ``html``.

        Raises:
            ConfigurationError: the text asks for more than ``fig`` and ``stated``.
        """
        printed: list[Markup] = []

        def put_aside(value: object) -> str:
            printed.append(Markup(self._as_html(value)))
            return commentary.token(len(printed) - 1)

        allowed = {name: self._text.globals[name] for name in sorted(commentary.REFERENCES)}
        environment = self._environment(allowed, put_aside, escaped=False)
        commentary.only_references(environment, markdown, file)
        words = self._rendered(environment, file, markdown, place, {})
        return commentary.page_of(words, printed)

    def printed(self) -> tuple[Figure, ...]:
        """Every figure written down so far, in the order they were first printed."""
        return tuple(self._ledger)

    def enter(self, figure: Figure, place: str) -> Figure:
        """Write down a figure that is drawn rather than said, in a chart for one."""
        return self._ledger.enter(figure, place)

    def _environment(
        self,
        names: Mapping[str, object],
        finalize: Callable[[object], object],
        *,
        escaped: bool,
    ) -> ImmutableSandboxedEnvironment:
        @pass_eval_context
        def at_run_time(_: EvalContext, value: object) -> object:
            # Without the context Jinja prints constants while it compiles, already made text.
            return finalize(value)

        environment = environment_for(at_run_time, Loader(self._templates), escaped=escaped)
        environment.globals = dict(names)
        return environment

    def _rendered(
        self,
        environment: ImmutableSandboxedEnvironment,
        file: str,
        words: str | None,
        place: str,
        names: Mapping[str, object],
    ) -> str:
        before, self._place = self._place, place
        try:
            return template_of(environment, file, words).render(names)
        except (TemplateError, ConfigurationError) as wrong:
            raise ConfigurationError(f"{_where(wrong, file, self._templates)}: {wrong}") from wrong
        finally:
            self._place = before

    def _stated_for(self, period: Period) -> Callable[..., Figure]:
        def stated(value: object, *, source: str, unit: str = "count") -> Figure:
            return commentary.stated(value, source=source, unit=unit, period=period)

        return stated

    def _as_html(self, value: object) -> object:
        printed = self._entered(value)
        return plain(value) if printed is None else as_html(printed.figure, printed.words)

    def _as_text(self, value: object) -> object:
        printed = self._entered(value)
        return plain(value) if printed is None else printed.words

    def _entered(self, value: object) -> Said | None:
        """The figure among the things printed, once it is in the ledger."""
        if isinstance(value, Figure):
            value = Said(value, value.display)
        if not isinstance(value, Said):
            return None
        seen = self._shown(value.figure)
        if seen is not value.figure:
            value = Said(seen, seen.display)
        self._ledger.enter(value.figure, self._place)
        return value


def _where(wrong: Exception, file: str, templates: Mapping[str, str]) -> str:
    """The template and line an error comes from, as far as it is known."""
    line = getattr(wrong, "lineno", None)
    if line is not None:
        return f"{getattr(wrong, 'name', None) or file}, line {line}"
    inside = [
        frame
        for frame in traceback.extract_tb(wrong.__traceback__)
        if frame.filename in templates or frame.filename == "<template>"
    ]
    if not inside:
        return file
    innermost = inside[-1]
    name = file if innermost.filename == "<template>" else innermost.filename
    return f"{name}, line {innermost.lineno}"
