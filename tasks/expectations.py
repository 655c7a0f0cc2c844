"""Expectations: Great Expectations judges the frames; no other module knows it."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from candour.errors import CandourError
from candour.expected import Horizon, rows_to_judge
from candour.findings import Broken, findings_of
from candour.intake import INTAKE
from candour.suite import Overrides, Rule, Suite, by_frame, overridden, read_suite
from candour.verdict import Finding, Severity, Unjudged, Verdict
from tasks.data_docs import site, stand_alone

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core import (
        ExpectationSuite,
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context import AbstractDataContext
    from great_expectations.expectations.expectation import Expectation

KEYS_KEPT = 1_000
"""How many rows a finding names; all are counted."""

_YES_OR_NO = "BOOLEAN_ONLY"
_WHICH_ROWS = {
    "result_format": "COMPLETE",
    "exclude_unexpected_values": True,
    "return_unexpected_index_query": False,
}


def read_suites(
    folder: Path, overrides: Overrides | None = None, overrides_file: str = "council.yaml"
) -> dict[str, Suite]:
    """The suites of a folder by the frame they judge, with a council's own limits.

    Args:
        folder: where the suites are, one YAML file a frame.
        overrides: the council's ``validation`` entry.
        overrides_file: how the council's file is called in a sentence.

    Raises:
        ConfigurationError: a suite or an override is wrong: file, rule, what was found, what is
            allowed.
    """
    suites = by_frame(
        read_suite(path.read_text("utf-8"), f"{folder.name}/{path.name}", _refusal)
        for path in sorted(folder.glob("*.yaml"))
    )
    return overridden(suites, overrides or {}, overrides_file, _refusal)


def judge(
    frames: Mapping[str, pd.DataFrame],
    intake: pd.DataFrame,
    suites: Mapping[str, Suite],
    horizon: Horizon,
    *,
    docs_dir: Path | None = None,
    keys_kept: int = KEYS_KEPT,
) -> Verdict:
    """What holds of the conformed frames and of their landing, and what does not.

    Each suite is asked for yes or no first, which is all that the pages of Data Docs are made from;
    which rows break a rule is asked only of rules that failed, and answered with references.

    Args:
        frames: conformed frames by name; a frame left out is not judged.
        intake: what became of each export's rows (``candour.intake.INTAKE``).
        suites: what must hold, by frame.
        horizon: the day the data were known and the days the calendar covers.
        docs_dir: where to build Data Docs, if anywhere.
        keys_kept: how many rows a finding names.

    Raises:
        CandourError: Great Expectations could not ask a rule.
    """
    seen = {**frames, INTAKE.name: INTAKE.enforce(intake)}
    context = _context(docs_dir)
    findings: list[Finding] = []
    held: list[str] = []
    unjudged: list[Unjudged] = []
    for name, suite in sorted(suites.items()):
        unjudged += [Unjudged(r.code, r.meta.off) for r in suite.expectations if r.meta.off]
        if name not in seen:
            unjudged += [Unjudged(r.code, f"No export fills {name}.") for r in suite.asked]
            continue
        broken = _broken(context, suite, seen, horizon)
        held += {rule.code for rule in suite.asked} - {each.rule.code for each in broken}
        for each in broken:
            findings += findings_of(each, name, seen[name], keys_kept)
    if docs_dir is not None:
        context.build_data_docs()
        stand_alone(docs_dir)
    return Verdict.of(findings, held, unjudged)


def _broken(
    context: AbstractDataContext,
    suite: Suite,
    frames: Mapping[str, pd.DataFrame],
    horizon: Horizon,
) -> list[Broken]:
    """The rules that do not hold, asked a second time for the rows that break them."""
    gx = _great_expectations()
    columns = {column for rule in suite.asked for column in rule.columns}
    given = {"dataframe": rows_to_judge(suite.name, columns, frames, horizon)}
    batches = (
        context.data_sources.add_pandas(suite.name)
        .add_dataframe_asset(suite.name)
        .add_batch_definition_whole_dataframe(suite.name)
    )
    question = gx.ValidationDefinition(
        name=suite.name, data=batches, suite=context.suites.add(_native(suite.name, suite.asked))
    )
    answered = context.validation_definitions.add(question).run(
        batch_parameters=given, result_format=_YES_OR_NO, run_id=_run_on(horizon)
    )
    failed = {_code(result) for result in _answers(answered, suite.asked) if not result.success}
    rules = {rule.code: rule for rule in suite.asked if rule.code in failed}
    if not rules:
        return []
    detailed = batches.get_batch(given).validate(
        _native(suite.name, [*rules.values()]), result_format=_WHICH_ROWS
    )
    return [
        Broken(
            rules[_code(result)],
            Severity(result.expectation_config.severity),
            [int(row) for row in result.result.get("unexpected_index_list") or ()],
        )
        for result in _answers(detailed, [*rules.values()])
    ]


# --- Great Expectations, imported inside functions because it takes seconds ----------------------


def _great_expectations() -> ModuleType:
    """Great Expectations, told before it loads to send nothing and to keep its logs to itself."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    return import_module("great_expectations")


def _context(docs_dir: Path | None) -> AbstractDataContext:
    """A context that keeps nothing but the pages of its site."""
    gx = _great_expectations()
    from great_expectations.data_context.types.base import (  # noqa: PLC0415
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    return gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            data_docs_sites={} if docs_dir is None else site(docs_dir),
            progress_bars=ProgressBarsConfig(globally=False),
            analytics_enabled=False,
        ),
    )


def _native(name: str, rules: Sequence[Rule]) -> ExpectationSuite:
    gx = _great_expectations()
    return gx.ExpectationSuite(name=name, expectations=[_expectation(rule) for rule in rules])


def _expectation(rule: Rule) -> Expectation:
    """The rule as Great Expectations' own object.

    Made one by one, because a suite given the plain entries drops those it cannot read.
    """
    _great_expectations()
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415
        ExpectationConfiguration,
    )

    return ExpectationConfiguration(
        type=rule.type,
        kwargs=rule.kwargs,
        severity=rule.severity.value,
        meta=rule.meta.model_dump(exclude_none=True),
        notes=f"**{rule.code}** ({rule.meta.owner}): {rule.meta.what_to_do}",
    ).to_domain_obj()


def _refusal(rule: Rule) -> str:
    """Why Great Expectations cannot ask a rule; empty when it can."""
    _great_expectations()
    from great_expectations.compatibility.pydantic import ValidationError  # noqa: PLC0415
    from great_expectations.exceptions import ExpectationNotFoundError  # noqa: PLC0415
    from great_expectations.expectations.registry import (  # noqa: PLC0415
        list_registered_expectation_implementations,
    )

    try:
        _expectation(rule)
    except ExpectationNotFoundError:
        known = list_registered_expectation_implementations()
        nearest = ", ".join(get_close_matches(rule.type, known, n=3, cutoff=0))
        return f"'{rule.type}' is no expectation; the nearest are {nearest}."
    except ValidationError as wrong:
        objections = sorted({f"{error['loc'][0]}: {error['msg']}" for error in wrong.errors()})
        return f"Great Expectations refuses {rule.type} ({'; '.join(objections)})."
    return ""


def _answers(
    answered: ExpectationSuiteValidationResult, rules: Sequence[Rule]
) -> list[ExpectationValidationResult]:
    """The results, after making sure that every rule was truly asked."""
    for result in answered.results:
        if stopped_by := _stopped_by(result.exception_info):
            raise CandourError(
                f"Rule {_code(result)} could not be asked: Great Expectations stopped with "
                f"{stopped_by}. Check that {result.expectation_config.type} suits what its column "
                "holds, and its kwargs."
            )
    silent = {rule.code for rule in rules} - {_code(result) for result in answered.results}
    if silent:
        raise CandourError(f"Great Expectations left out rule {', '.join(sorted(silent))}.")
    return list(answered.results)


def _stopped_by(exceptions: Mapping[str, object]) -> str:
    """The kind of exception that kept a rule from being asked, and never its words.

    They may quote values of the frame.
    """
    nested = [exceptions, *(part for part in exceptions.values() if isinstance(part, Mapping))]
    for part in nested:
        if part.get("raised_exception"):
            return str(part["exception_traceback"]).strip().splitlines()[-1].split(":")[0]
    return ""


def _code(result: ExpectationValidationResult) -> str:
    return str(result.expectation_config.meta["code"])


def _run_on(horizon: Horizon) -> RunIdentifier:
    """The run's name and time: the day the data were known, since nothing here asks the clock."""
    _great_expectations()
    from great_expectations.core.run_identifier import RunIdentifier  # noqa: PLC0415

    return RunIdentifier(
        run_name=str(horizon.known_on), run_time=datetime.combine(horizon.known_on, time(), UTC)
    )
