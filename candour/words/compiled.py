"""Compiled: a template is read and compiled once a process, whoever renders it and how often."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, nodes, pass_eval_context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from candour.errors import ConfigurationError
from candour.words import grammar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping
    from types import CodeType

    from jinja2 import Environment, Template
    from jinja2.nodes import EvalContext

FILTERS = ("capitalize", "first", "last", "length", "list", "lower", "selectattr", "trim", "upper")
"""What a template may do to words: nothing here rounds, formats or unescapes."""
_KEPT = 4096


def environment_for(
    finalize: Callable[[EvalContext, object], object],
    loader: BaseLoader | None = None,
    *,
    escaped: bool,
) -> ImmutableSandboxedEnvironment:
    """How templates are read; ``finalize`` makes text of everything they print."""
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        # Always on for pages: select_autoescape() does not escape a name ending in .j2.
        autoescape=escaped,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.filters |= {"sentence": grammar.as_sentence, "lower_first": grammar.inside}
    return environment


class Loader(BaseLoader):
    """Templates by their path under ``templates/``."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """The template of that path.

        Raises:
            TemplateNotFound: there is none.
            ConfigurationError: it joins what it prints.
        """
        if name not in self._templates:
            raise TemplateNotFound(name)
        code = _code(self._templates[name], name, name, _escaped(environment))
        return environment.template_class.from_code(environment, code, globals or {})


def template_of(environment: Environment, file: str, words: str | None) -> Template:
    """The template of a file, or of words that stand in it; errors as for ``Loader.load``."""
    if words is None:
        return environment.get_template(file)
    code = _code(words, file, None, _escaped(environment))
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _escaped(environment: Environment) -> bool:
    return environment.autoescape is True


@lru_cache(_KEPT)
def _code(words: str, file: str, name: str | None, escaped: bool) -> CodeType:
    """A template compiled, under the name that tracebacks, and so our errors, tell."""
    environment = environment_for(_printed_later, escaped=escaped)
    _refuse_joining(environment, words, file)
    return environment.compile(words, name, name)


@pass_eval_context
def _printed_later(_: EvalContext, value: object) -> object:
    """Stands for whatever makes text of what is printed: compiled code asks its environment."""
    return value


def _refuse_joining(environment: Environment, words: str, file: str) -> None:
    """A figure joined to words by ``~`` would be printed without the ledger's knowledge."""
    for joined in environment.parse(words, filename=file).find_all(nodes.Concat):
        raise ConfigurationError(
            f"{file}, line {joined.lineno}: '~' joins parts before they are printed, which hides "
            "figures from the ledger; write the parts one after another, each in {{ … }}."
        )
