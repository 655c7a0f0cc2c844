"""Suites are read with care: what cannot be judged is said before anything is judged."""

from __future__ import annotations

from pathlib import Path

import great_expectations as gx
import pytest
import yaml

from candour.errors import ConfigurationError
from candour.expected import columns_of
from candour.suite import Overrides, Suite
from candour.verdict import Severity
from tasks.expectations import read_suites

FOLDER = Path(__file__).parents[2] / "expectations"

GOOD = """\
name: compliments
expectations:
  - type: expect_column_values_to_not_be_null
    kwargs: {column: channel, mostly: 0.5}
    severity: info
    meta:
      code: M90
      sentence: "{rows:compliment has|compliments have} no channel."
      what_to_do: Record it.
      owner: Complaints team
"""


def read(text: str, folder: Path) -> dict[str, Suite]:
    (folder / "compliments.yaml").write_text(text, "utf-8")
    return read_suites(folder)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    [rule] = read(GOOD, tmp_path)["compliments"].expectations

    assert (rule.code, rule.severity, rule.columns) == ("M90", Severity.INFO, ("channel",))


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("name: compliments", "name: praise", "'praise' is not known"),
        ("column: channel", "column: chanel", "did you mean 'channel'"),
        ("to_not_be_null", "to_not_be_nul", "expect_column_values_to_not_be_null"),
        ("mostly: 0.5", "mostley: 0.5", "mostley: extra fields not permitted"),
        ("mostly: 0.5", "mostly: 5", "mostly"),
        ("severity: info", "severity: grave", "Allowed: critical, info, warning"),
        ("code: M90", "code: m90", "code"),
        ("      owner: Complaints team\n", "", "owner: this entry is missing"),
        ("{rows:", "{lines:", "'lines' is not known"),
        ("{rows:compliment has|compliments have}", "{rows:.2f}", "{rows:step was|steps were}"),
        ("mostly: 0.5", 'row_condition: "channel == 1"', "write row_condition as named entries"),
        (
            "mostly: 0.5",
            "row_condition: {type: nullity, column: {name: smell}, is_null: true}",
            "'smell' is not known",
        ),
        ("    severity: info\n", "", "severity: this entry is missing"),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_rule(
    written: str, instead: str, said: str, tmp_path: Path
) -> None:
    assert written in GOOD
    with pytest.raises(ConfigurationError) as refused:
        read(GOOD.replace(written, instead), tmp_path)

    assert said in str(refused.value)
    assert "compliments.yaml, line" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_missing_sentence_is_refused(tmp_path: Path) -> None:
    without = "\n".join(line for line in GOOD.splitlines() if "sentence" not in line)

    with pytest.raises(ConfigurationError, match="sentence: this entry is missing"):
        read(without, tmp_path)


def test_free_text_is_no_column_a_rule_may_name() -> None:
    assert not {"you_said", "we_did", "snapshot"} & set(columns_of("learning"))
    assert {"learning_ref", "case_ref", "words_missing"} <= set(columns_of("learning"))


def test_a_code_has_one_meaning(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text(GOOD.replace("compliments\n", "contacts\n"), "utf-8")

    with pytest.raises(ConfigurationError, match="M90 stands for a rule of compliments and"):
        read(GOOD, tmp_path)


def test_a_frame_has_one_suite(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(GOOD.replace("M90", "M91"), "utf-8")

    with pytest.raises(ConfigurationError, match="Two files hold a suite named compliments"):
        read(GOOD, tmp_path)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_each_file_is_a_suite_great_expectations_reads_itself(file: Path) -> None:
    written = yaml.safe_load(file.read_text("utf-8"))
    suite = gx.ExpectationSuite(**written)

    assert [e.meta["code"] for e in suite.expectations] == [
        rule["meta"]["code"] for rule in written["expectations"]
    ]


def test_a_council_sets_its_own_limit_severity_and_reason(suites: dict[str, Suite]) -> None:
    own = read_suites(
        FOLDER,
        {
            "I04": {"min_value": 50},
            "S53": {"max_value": 180, "severity": "critical"},
            "S30": {"off": "Social care cases may begin at stage two."},
        },
    )
    rules = {rule.code: rule for suite in own.values() for rule in suite.expectations}

    assert rules["I04"].kwargs["min_value"] == 50
    assert (rules["S53"].kwargs["max_value"], rules["S53"].severity) == (180, Severity.CRITICAL)
    assert rules["S30"] not in own["steps"].asked
    untouched = {rule.code: rule for suite in suites.values() for rule in suite.expectations}
    assert untouched["I04"].kwargs["min_value"] == 80


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"S99": {"severity": "info"}}, "'S99' is not known"),
        ({"I04": {"min_valu": 50}}, "did you mean 'min_value'"),
        ({"I04": {"column": "loaded"}}, "'column' is not known"),
        ({"I04": {"min_value": "half"}}, "found 'half'; expected a number"),
        ({"I04": {"min_value": True}}, "expected a number"),
        ({"I04": {"severity": "grave"}}, "'grave' is not known"),
        ({"I04": {"off": True}}, "expected the reason, in words"),
        ({"I04": {"off": " "}}, "expected the reason, in words"),
        ({"S50": {"mostly": 95}}, "refuses"),
    ],
)
def test_an_override_that_makes_no_sense_is_refused(overrides: Overrides, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as refused:
        read_suites(FOLDER, overrides, "councils/northmere/council.yaml")

    assert next(iter(overrides)) in str(refused.value)
    assert "councils/northmere/council.yaml: validation" in str(refused.value)
