"""A procedure with a year of its own stands beside the council's and is never added unannounced."""

from __future__ import annotations

import datetime as dt

import pytest

from candour.figures import State
from tests.composing.vale import FOLDER, Vale

# The council's year is April to March; the schools' is September 2023 to July 2024.
STEPS = """
case | stage | procedure | received   | responded
C-1  | 1     | corporate | 2023-04-03 | 2023-04-17
C-2  | 1     | corporate | 2023-08-01 | 2023-08-09
C-3  | 1     | corporate | 2024-03-28 |
C-3  | 2     | corporate | 2024-03-29 |
S-1  | 1     | schools   | 2023-07-31 | 2023-08-02
S-2  | 1     | schools   | 2023-09-01 | 2023-09-04
S-3  | 1     | schools   | 2024-03-04 | 2024-03-05
S-4  | 1     | schools   | 2024-07-31 | 2024-08-05
S-5  | 1     | schools   | 2024-08-01 |
"""
# By hand. Corporate stage one in 2023-24: C-1, C-2, C-3. Schools in September to July: S-2, S-3,
# S-4; S-1 fell in the year before, S-5 in the August that no school year has.


@pytest.fixture(scope="module")
def vale() -> Vale:
    return Vale({"steps": STEPS})


def test_a_years_total_leaves_out_the_procedure_with_a_year_of_its_own(vale: Vale) -> None:
    measures = vale.measures()

    assert measures.figure("complaints_received").count == 3
    assert measures.figure("complaints_received").period.key == "2023-24"
    assert measures.procedures_apart() == {"schools"}


def test_its_own_figure_is_of_its_own_year_and_says_so(vale: Vale) -> None:
    figure = vale.measures().figure("complaints_received", procedure="schools")

    assert figure.count == 3
    assert figure.period.key == "2023-09-to-2024-07"
    assert figure.period.label == "September 2023 to July 2024"
    assert figure.key == "complaints_received|2023-09-to-2024-07|procedure=schools"


def test_only_a_kpi_that_says_so_adds_the_years_up(vale: Vale) -> None:
    measures = vale.measures()

    assert measures.figure("received_at_stage", stage="1").count == 3
    assert measures.figure("received_with_own_years", stage="1").count == 6
    assert measures.figure("received_with_own_years").count == 7  # with C-3 at stage two
    assert measures.figure("received_with_own_years").period.key == "2023-24"
    assert measures.figure("received_with_own_years", procedure="corporate").count == 4


def test_the_year_before_is_the_procedures_own_too(vale: Vale) -> None:
    before = vale.measures().figure("complaints_received", "previous", procedure="schools")

    assert (before.count, before.period.key) == (1, "2022-09-to-2023-07")  # S-1


def test_months_and_quarters_are_of_all_procedures(vale: Vale) -> None:
    assert vale.measures("2024-03").figure("complaints_received").count == 2  # C-3 and S-3
    assert vale.measures("2023-08").figure("complaints_received").count == 1  # C-2
    assert vale.measures("2023-24-Q2").figure("complaints_received").count == 3  # C-2, S-1, S-2
    assert vale.measures("2024-03").figure("complaints_received", procedure="schools").count == 1


def test_means_are_of_the_council_s_year_alone(vale: Vale) -> None:
    measures = vale.measures()

    # C-1 took 8 working days (Good Friday was 7 April, Easter Monday the 10th); C-2 took 6.
    assert measures.values("days_taken_mean") == [6, 8]
    assert measures.figure("days_taken_mean").value == 7
    # S-2 and S-3 took a day each; the answers to S-1 and S-4 went in Augusts, of no school year.
    assert measures.values("days_taken_mean", procedure="schools") == [1, 1]


def test_what_is_open_is_told_at_each_year_s_own_ends(vale: Vale) -> None:
    measures = vale.measures()

    assert measures.figure("open_steps").count == 2  # C-3 at both stages
    assert measures.figure("open_steps", procedure="corporate").count == 2
    # On the morning of 1 August 2024 S-4 had no answer yet; S-5 came that day.
    assert measures.figure("open_steps", procedure="schools").count == 1
    assert measures.figure("brought_forward", procedure="schools").count == 0


def test_what_is_open_at_an_end_still_to_come_is_not_recorded(vale: Vale) -> None:
    in_june = vale.measures(known_on=dt.date(2024, 6, 3))

    assert in_june.figure("open_steps", procedure="schools").state is State.NOT_RECORDED
    assert in_june.figure("open_steps", procedure="corporate").count == 2
    assert in_june.figure("brought_forward", procedure="schools").count == 0
    assert in_june.figure("open_steps", "previous", procedure="schools").count == 1  # S-1


def test_a_council_without_such_a_procedure_adds_everything_up() -> None:
    usual = FOLDER["procedures.yaml"].replace(
        "  reporting_year: {starts: September, months: 11}\n", ""
    )
    vale = Vale({"steps": STEPS}, {**FOLDER, "procedures.yaml": usual})

    # April 2023 to March 2024: C-1, C-2, C-3 and S-1, S-2, S-3.
    assert vale.measures().figure("complaints_received").count == 6
    assert vale.measures().figure("complaints_received", procedure="schools").count == 3
