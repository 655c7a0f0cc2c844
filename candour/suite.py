"""Suites: what must hold of a frame, as data in Great Expectations' own form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic import Field, JsonValue

from candour.declarations import Declaration, Path, place, read_declaration, unknown
from candour.errors import ConfigurationError
from candour.expected import columns_of, frame_names
from candour.findings import limits_of, places_of
from candour.intake import INTAKE
from candour.verdict import Severity

Overrides = Mapping[str, Mapping[str, str | int | float | bool]]
"""A council's own rules by code: a limit the rule has, its ``severity``, or ``off`` and why."""


class Guidance(Declaration):
    """What a person needs to know of a broken rule."""

    code: str = Field(pattern=r"^[A-Z][0-9]{2}$")
    sentence: str = Field(min_length=1)
    """What was found: ``{rows:step was|steps were}`` and the rule's own limits are filled in."""
    what_to_do: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    off: str | None = None
    """Why the rule is not asked; None when it is."""


class Rule(Declaration):
    """One expectation, exactly as Great Expectations writes it."""

    type: str
    kwargs: dict[str, JsonValue]
    severity: Severity
    meta: Guidance

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.meta.code

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it looks at, those of its row condition among them."""
        named = set(_named(self.kwargs.get("row_condition")))
        for entry, value in self.kwargs.items():
            if entry.startswith("column"):
                named.update(map(str, value if isinstance(value, list) else [value]))
        return tuple(sorted(named))


class Suite(Declaration):
    """All rules of one frame; its name is the frame's."""

    name: str
    expectations: tuple[Rule, ...]

    @property
    def asked(self) -> tuple[Rule, ...]:
        """The rules that are not switched off."""
        return tuple(rule for rule in self.expectations if rule.meta.off is None)


Refusal = Callable[[Rule], str]
"""What the judge itself has against a rule, such as an unknown expectation; empty if nothing."""


def read_suite(text: str, file: str, refusal: Refusal) -> Suite:
    """The suite written in a YAML text.

    Args:
        text: the file's text.
        file: how the file is called in a sentence.
        refusal: what the judge has against a rule.

    Raises:
        ConfigurationError: the frame, a column, a place in a sentence or an entry is not known, or
            something is missing: file, line and rule, what was found, what is allowed.
    """

    def check(suite: Suite) -> Iterator[tuple[Path, str]]:
        if suite.name not in frame_names():
            yield ("name",), unknown(suite.name, frame_names())
            return
        for number, rule in enumerate(suite.expectations):
            for part, sentence in _objections(rule, suite.name, refusal):
                yield ("expectations", number, part), f"rule {rule.code}: {sentence}"

    return read_declaration(Suite, text, file, check=check)


def by_frame(suites: Iterable[Suite]) -> dict[str, Suite]:
    """The suites by the name of their frame.

    Raises:
        ConfigurationError: a frame has two suites, or a code stands for two rules.
    """
    named: dict[str, Suite] = {}
    seen: dict[str, str] = {}
    for suite in suites:
        if named.setdefault(suite.name, suite) is not suite:
            raise ConfigurationError(f"Two files hold a suite named {suite.name}; make them one.")
        for rule in suite.expectations:
            if rule.code in seen:
                raise ConfigurationError(
                    f"The code {rule.code} stands for a rule of {seen[rule.code]} and for one of "
                    f"{suite.name}; give one of them a code of its own."
                )
            seen[rule.code] = suite.name
    return named


def overridden(
    suites: Mapping[str, Suite], overrides: Overrides, file: str, refusal: Refusal
) -> dict[str, Suite]:
    """The suites with a council's own limits, severities and rules switched off.

    Args:
        suites: the suites as shipped.
        overrides: the ``validation`` entry of the council's own file.
        file: how that file is called in a sentence.
        refusal: what the judge has against a rule.

    Raises:
        ConfigurationError: a code is not known, or the rule has no such limit.
    """
    codes = [rule.code for suite in suites.values() for rule in suite.expectations]
    for code in overrides:
        if code not in codes:
            raise ConfigurationError(f"{place(file, 'validation')}: {unknown(code, codes)}")

    def own(rule: Rule) -> Rule:
        for entry, value in overrides.get(rule.code, {}).items():
            rule = _changed(rule, entry, value, place(file, "validation", rule.code, entry))
        if rule.code in overrides and (why := refusal(rule)):
            raise ConfigurationError(f"{place(file, 'validation', rule.code)}: {why}")
        return rule

    return {
        name: suite.model_copy(update={"expectations": tuple(map(own, suite.expectations))})
        for name, suite in suites.items()
    }


def _changed(rule: Rule, entry: str, value: str | float, where: str) -> Rule:
    limits = limits_of(rule.kwargs)
    if entry == "off":
        if not isinstance(value, str) or not value.strip():
            raise ConfigurationError(f"{where}: found {value}; expected the reason, in words.")
        return rule.model_copy(update={"meta": rule.meta.model_copy(update={"off": value})})
    if entry == "severity":
        if value not in list(Severity):
            raise ConfigurationError(f"{where}: {unknown(value, Severity)}")
        return rule.model_copy(update={"severity": Severity(value)})
    if entry not in limits:
        raise ConfigurationError(f"{where}: {unknown(entry, [*limits, 'off', 'severity'])}")
    if isinstance(value, bool | str):
        raise ConfigurationError(f"{where}: found '{value}'; expected a number.")
    return rule.model_copy(update={"kwargs": {**rule.kwargs, entry: value}})


def _objections(rule: Rule, frame: str, refusal: Refusal) -> Iterator[tuple[str, str]]:
    if isinstance(rule.kwargs.get("row_condition"), str):
        yield "kwargs", "write row_condition as named entries, so that its columns can be checked."
    elif why := refusal(rule):
        yield "type", why
    for column in rule.columns:
        if column not in columns_of(frame):
            yield "kwargs", f"the column {unknown(column, columns_of(frame))}"
    accounts = dict.fromkeys(INTAKE.names, 0) if frame == INTAKE.name else {}
    places = places_of({**accounts, **rule.kwargs}, rows=0, total=0)
    try:
        rule.meta.sentence.format_map(places)
    except KeyError as missing:
        yield "meta", f"the place {unknown(missing.args[0], places)}"
    except ValueError:
        yield "meta", "a counted place is written {rows:step was|steps were}."


def _named(condition: object) -> Iterator[str]:
    """The columns named anywhere in a row condition."""
    if isinstance(condition, list):
        for part in condition:
            yield from _named(part)
    elif isinstance(condition, Mapping):
        if isinstance(column := condition.get("column"), Mapping):
            yield str(column.get("name"))
        yield from _named(condition.get("conditions"))
