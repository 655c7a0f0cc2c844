"""Numbers that are given: read as declared, of the right year, and not recorded where missing."""

from __future__ import annotations

import datetime as dt

import pytest

from candour.errors import ConfigurationError
from candour.figures import State, Unit
from candour.kpi import Fact
from tests.composing.vale import FOLDER, Vale

# Hill has no satisfactory remedies told; Dale's row is complete. Far is of another kind.
STATISTICS = """
authority    | year_ends  | authority_type | received | decided | not_for_us | assessed_and_closed | upheld | not_upheld | satisfactory_remedies | compliance_outcomes | complied | public_reports | residents
Vale Council | 2024-03-31 | Boroughs       | 30       | 29      | 10         | 9                   | 6      | 2          | 0                     | 5                   | 4        | 0              | 64000
Vale Council | 2023-03-31 | Boroughs       | 20       | 20      | 8          | 8                   | 3      | 1          | 1                     | 2                   | 2        | 0              |
Hill Council | 2024-03-31 | Boroughs       | 40       | 41      | 12         | 15                  | 9      | 3          |                       | 6                   | 6        | 1              | 80000
Dale Council | 2024-03-31 | Boroughs       | 50       | 50      | 20         | 20                  | 5      | 5          | 2                     | 4                   | 3        | 0              | 120000
Far Council  | 2024-03-31 | Counties       | 90       | 90      | 30         | 30                  | 20     | 10         | 4                     | 9                   | 9        | 2              | 800000
"""  # noqa: E501
STEPS = """
case | stage | procedure | received
C-1  | 1     | corporate | 2023-05-02
C-2  | 1     | corporate | 2023-06-02
C-3  | 1     | corporate | 2022-06-02
"""


@pytest.fixture(scope="module")
def vale() -> Vale:
    return Vale({"statistics": STATISTICS, "steps": STEPS})


def test_a_context_number_is_of_the_year_asked_for(vale: Vale) -> None:
    measures = vale.measures()
    this, before = (measures.figure("context.residents", when) for when in ("this", "previous"))

    assert (this.display, before.display) == ("64,000", "80,000")
    assert this.source == "the census office's estimate (15 January 2024)"
    assert this.key == "context.residents|2023-24"


def test_a_year_nobody_gave_is_not_recorded(vale: Vale) -> None:
    older = vale.measures().figure("context.residents", "two_years_before")

    assert (older.state, older.value, older.display) == (State.NOT_RECORDED, None, "[x]")


def test_what_always_holds_and_what_is_words_hold_in_every_year(vale: Vale) -> None:
    measures = vale.measures()

    for when in ("this", "two_years_before"):
        assert measures.figure("context.schools", when).display == "12"
        assert measures.figure("context.policy", when).display == "June 2023"
    assert measures.figure("context.policy").unit is Unit.WORDS
    assert measures.figure("context.policy").value is None


def test_a_number_of_two_forms_or_of_none_is_refused() -> None:
    for given in ("value: 12, words: twelve", "unit: count"):
        text = FOLDER["council.yaml"].replace("value: 12", given)
        with pytest.raises(ConfigurationError, match="exactly one of 'value', 'words' and 'years'"):
            Vale(folder={**FOLDER, "council.yaml": text}).measures()


def test_nothing_that_is_not_declared_is_given(vale: Vale) -> None:
    measures = vale.measures()

    with pytest.raises(ConfigurationError, match="declares residents, schools, policy"):
        measures.figure("context.dogs")
    with pytest.raises(ConfigurationError, match=r"'limit\.answer' is no number that is given"):
        measures.figure("limit.answer", procedure="corporate")
    with pytest.raises(ConfigurationError, match="'planning' is no procedure of this council"):
        measures.figure("limit.respond", procedure="planning")


def test_limits_are_those_of_the_procedure_and_its_stage(vale: Vale) -> None:
    measures = vale.measures()
    given = {
        (name, stage): measures.figure(f"limit.{name}", procedure="corporate", stage=stage).display
        for name in ("acknowledge", "respond", "extend")
        for stage in (1, 2, 3)
    }

    assert given == {
        ("acknowledge", 1): "3", ("acknowledge", 2): "[x]", ("acknowledge", 3): "[x]",
        ("respond", 1): "10", ("respond", 2): "20", ("respond", 3): "[x]",
        ("extend", 1): "20", ("extend", 2): "[x]", ("extend", 3): "[x]",
    }  # fmt: skip
    assert measures.figure("limit.stages", procedure="corporate").display == "2"
    assert measures.figure("limit.procedures").display == "2"
    respond = measures.figure("limit.respond", procedure="schools", stage=1)
    assert respond.source == "the schools' own guidance"
    assert respond.unit is Unit.WORKING_DAYS


def test_a_dated_limit_is_the_one_in_force_at_the_period_s_end(vale: Vale) -> None:
    # Fifteen days, ten from 1 January 2024.
    for period, days in (
        ("2023-12", "15"),
        ("2024-01", "10"),
        ("2022-23", "15"),
        ("2023-24", "10"),
    ):
        measures = vale.measures(period)
        assert measures.figure("limit.respond", procedure="corporate", stage=1).display == days
    before = vale.measures().figure("limit.respond", "previous", procedure="corporate", stage=1)
    assert before.display == "15"


def test_the_report_s_period_and_a_procedure_s_own_are_words(vale: Vale) -> None:
    measures = vale.measures()

    assert measures.figure("report.period").display == "2023-24"
    assert measures.figure("report.days").display == "1 April 2023 to 31 March 2024"
    own, council = (measures.figure("limit.year", procedure=p) for p in ("schools", "corporate"))
    assert own.display == "1 September 2023 to 31 July 2024"
    assert council.display == "1 April 2023 to 31 March 2024"


def test_the_council_s_own_statistics_are_told_without_asking_for_an_authority(vale: Vale) -> None:
    measures = vale.measures()
    counted = {
        name: measures.figure(f"lgsco_{name}").display
        for name in ("received", "decided", "not_for_us", "assessed_and_closed", "investigated",
                     "dealt_with", "public_reports")
    }  # fmt: skip

    assert counted == {
        "received": "30", "decided": "29", "not_for_us": "10", "assessed_and_closed": "9",
        "investigated": "8", "dealt_with": "27", "public_reports": "0",  # 6 + 2; 10 + 9 + 6 + 2
    }  # fmt: skip
    upheld = measures.figure("lgsco_upheld")
    assert (upheld.count, upheld.base, upheld.display) == (6, 8, "75%")
    assert upheld.source == "the Ombudsman's yearly statistics"
    before = measures.figure("lgsco_upheld", "previous")
    assert (before.count, before.base, before.display) == (3, 4, "75%")


def test_a_peer_is_told_by_name_and_all_of_them_together(vale: Vale) -> None:
    measures = vale.measures()

    assert measures.authorities() == ("Vale Council", "Dale Council", "Hill Council")
    hill = measures.figure("lgsco_upheld", authority="Hill Council")
    assert (hill.count, hill.base) == (9, 12)
    together = measures.figure("lgsco_upheld", authority="peers")
    # Nine and five of twelve and ten: 14 of 22, which is 63.6 and not the mean of 75 and 50.
    assert (together.count, together.base, together.display) == (14, 22, "64%")


def test_a_cell_that_is_missing_is_not_recorded_and_never_nought(vale: Vale) -> None:
    measures = vale.measures()

    own = measures.figure("lgsco_satisfactory_remedies")
    assert (own.count, own.display) == (0, "0%")
    hill = measures.figure("lgsco_satisfactory_remedies", authority="Hill Council")
    assert (hill.state, hill.display, hill.count) == (State.NOT_RECORDED, "[x]", None)
    together = measures.figure("lgsco_satisfactory_remedies", authority="peers")
    assert together.state is State.NOT_RECORDED  # two of fourteen would be a guess
    assert measures.figure("lgsco_upheld_per_100k", "previous").state is State.NOT_RECORDED


def test_a_year_or_an_authority_without_a_row_is_not_recorded(vale: Vale) -> None:
    measures = vale.measures()

    assert measures.figure("lgsco_received", "two_years_before").state is State.NOT_RECORDED
    assert measures.figure("lgsco_received", authority="Nowhere").state is State.NOT_RECORDED
    assert vale.measures("2024-03").figure("lgsco_received").state is State.NOT_RECORDED


def test_a_rate_is_rounded_once_and_halves_go_up(vale: Vale) -> None:
    measures = vale.measures()

    # 6 of 64,000 is 9.375 for 100,000; 9 of 80,000 is 11.25 exactly; 14 of 200,000 is 7.
    assert measures.figure("lgsco_upheld_per_100k").display == "9.4"
    assert measures.figure("lgsco_upheld_per_100k", authority="Hill Council").display == "11.3"
    assert measures.figure("lgsco_upheld_per_100k", authority="peers").display == "7.0"
    assert str(measures.figure("lgsco_upheld_per_100k").value) == "75/8"


def test_without_named_peers_the_peers_are_all_of_the_same_kind() -> None:
    text = FOLDER["council.yaml"].replace(", peers: [Hill Council, Dale Council]", "")
    rows = STATISTICS.replace(
        "Far Council  | 2024-03-31 | Counties", "Far Council | 2024-03-31 | Boroughs"
    )
    assert rows != STATISTICS
    alike, apart = (
        Vale({"statistics": table}, {**FOLDER, "council.yaml": text}).measures()
        for table in (rows, STATISTICS)
    )

    assert apart.figure("lgsco_received", authority="peers").count == 90  # Hill and Dale
    assert alike.figure("lgsco_received", authority="peers").count == 180
    assert "Far Council" not in apart.authorities()


def test_a_rate_of_a_context_number_is_of_the_figure_s_own_year(vale: Vale) -> None:
    measures = vale.measures()
    now, before = (
        measures.figure("complaints_per_thousand_residents", when) for when in ("this", "previous")
    )

    assert (now.count, now.base, str(now.value)) == (2, 64_000, "1/32")
    assert (before.count, before.base, str(before.value)) == (1, 80_000, "1/80")
    older = measures.figure("complaints_per_thousand_residents", "two_years_before")
    assert older.state is State.NOT_RECORDED  # no residents were given for that year


def test_nothing_is_told_of_before_an_export_begins() -> None:
    vale = Vale({"steps": STEPS}, history={Fact.STEPS: dt.date(2023, 4, 1)})
    measures = vale.measures()

    assert measures.figure("complaints_received").count == 2
    assert measures.figure("complaints_received", "previous").state is State.NOT_RECORDED
    assert measures.figure("compliments_received", "previous").count == 0  # told since April 2020


def test_two_breakdowns_at_once_are_refused_in_words(vale: Vale) -> None:
    with pytest.raises(ConfigurationError, match="one more at a time, not by service and category"):
        vale.measures().figure("complaints_received", service="waste", category="delay")
