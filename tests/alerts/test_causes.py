"""Causes: our own sentences are told; anybody else's words are not, only a type and a place."""

from __future__ import annotations

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowTaskTimeout
from sqlalchemy.exc import OperationalError

from candour.alert import Kind, ToldError
from candour.errors import CandourError, ConfigurationError, InputError, ReconciliationError
from candour.verdict import Finding, Severity, Verdict
from tasks.airflow_runs import in_sentences
from tasks.alerts.causes import cause_of, told_already
from tasks.validate import StoppedError

CANARY = "Mrs Canary of 1 Birdcage Walk"


def _raised(problem: Exception) -> Exception:
    """What Airflow gets to see of a problem of one of our tasks."""

    @in_sentences
    def task() -> None:
        raise problem

    with pytest.raises(type(problem) if not isinstance(problem, CandourError) else Exception) as it:
        task()
    return it.value


def _finding(code: str, severity: Severity) -> Finding:
    return Finding(code, severity, f"{code} does not hold.", "steps", 2, ("case_ref",),
                   ((CANARY,),), f"Mend {code}.", "Complaints team")  # fmt: skip


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (InputError("complaints.csv: no heading."), "refused"),
        (ConfigurationError("council.yaml, line 3: what is 'nam'?"), "configuration"),
        (ReconciliationError("120 and 119 must agree."), "contradicted"),
        (CandourError("Nothing good has been taken in yet."), "halted"),
    ],
)
def test_a_sentence_is_told_as_it_is(problem: CandourError, kind: str) -> None:
    raised = _raised(problem)
    assert isinstance(raised, AirflowFailException)
    assert cause_of(raised) == (kind, str(problem))


def test_a_critical_expectation_is_told_by_its_rules_and_without_a_row() -> None:
    found = [_finding("D12", Severity.CRITICAL), _finding("W1", Severity.WARNING)]
    kind, told = cause_of(_raised(StoppedError(Verdict.of(found, [], []), "northmere")))
    assert (kind, told) == ("stopped", "D12: D12 does not hold. Mend D12.")


@pytest.mark.parametrize(
    ("problem", "kind", "named"),
    [
        (KeyError(CANARY), "unforeseen", "KeyError"),
        (FileNotFoundError(2, CANARY, CANARY), "unavailable", "FileNotFoundError"),
        (OperationalError(CANARY, {}, Exception(CANARY)), "unavailable", "OperationalError"),
    ],
)
def test_of_anything_else_a_type_and_a_place(problem: Exception, kind: str, named: str) -> None:
    found, told = cause_of(_raised(problem))
    assert found == kind
    assert named in told
    assert "airflow_runs.py, line " in told  # the last place that is ours
    assert "Canary" not in told


@pytest.mark.parametrize("problem", [None, "killed", AirflowTaskTimeout("30 minutes")])
def test_a_process_that_ended_without_a_word_is_lost(problem: object) -> None:
    assert cause_of(problem) == ("lost", "")


def test_an_error_while_a_sentence_told_already_is_no_sentence() -> None:
    problem = KeyError(CANARY)
    problem.__context__ = ConfigurationError("council.yaml is wrong.")
    assert cause_of(problem)[0] == "unforeseen"


def test_what_told_already_is_told_nobody_again() -> None:
    assert told_already(_raised(ToldError("Nobody decided in time.")))
    assert not told_already(_raised(CandourError("Nobody decided in time.")))
    assert not told_already(None)


def test_every_kind_there_is_may_be_told() -> None:
    kinds = {"refused", "configuration", "contradicted", "halted", "stopped", "unforeseen"}
    assert kinds | {"unavailable", "lost", "unreachable"} <= {kind.value for kind in Kind}
