"""Words that nobody has cleared for publication are dropped before anything can print them."""

from __future__ import annotations

import pandas as pd

from candour.council import read_council
from candour.facts import plain_facts
from candour.frames import SCHEMAS
from candour.worked import read_rows
from tasks.compute_kpis import dimensions_of
from tests.composing.vale import FOLDER, KNOWN_ON

DIMENSIONS = dimensions_of(read_council("vale", FOLDER))


def facts(name: str, rows: str) -> pd.DataFrame:
    return plain_facts(name, read_rows(rows, SCHEMAS[name]), DIMENSIONS, KNOWN_ON)


def test_a_quotation_is_kept_only_where_somebody_said_yes() -> None:
    found = facts(
        "compliments",
        """
        compliment | received   | quotation | publishable
        T-1        | 2024-03-01 | cleared   | yes
        T-2        | 2024-03-01 | refused   | no
        T-3        | 2024-03-01 | nobody    |
        T-4        | 2024-03-01 |           | yes
        """,
    )

    assert found["quotation"].fillna("").tolist() == ["cleared", "", "", ""]
    assert found["quoted"].tolist() == [True, False, False, False]


def test_what_was_said_and_done_is_kept_only_together_and_cleared() -> None:
    found = facts(
        "learning",
        """
        learning | recorded   | you_said | we_did | publishable
        L-1      | 2024-03-01 | said     | done   | yes
        L-2      | 2024-03-01 | said     | done   | no
        L-3      | 2024-03-01 | said     | done   |
        L-4      | 2024-03-01 | said     |        | yes
        L-5      | 2024-03-01 |          | done   | yes
        """,
    )

    assert found["you_said"].fillna("").tolist() == ["said", "", "", "", ""]
    assert found["we_did"].fillna("").tolist() == ["done", "", "", "", ""]
    assert found["published"].sum() == 1


def test_facts_hold_no_other_words_of_a_frame() -> None:
    texts = {
        name: {
            column
            for column in facts(name, f"{key} | recorded\nX-1 | 2024-03-01")
            if column in {"you_said", "we_did", "quotation", "about", "improvement"}
        }
        for name, key in (("learning", "learning"), ("improvements", "improvement"))
    }

    assert texts == {"learning": {"you_said", "we_did"}, "improvements": {"about", "improvement"}}


def test_an_improvement_is_the_first_of_its_case_once() -> None:
    rows = [("V-1", "23 001"), ("V-2", "23 001"), ("V-3", "23 002")]
    frame = pd.DataFrame(rows, columns=["improvement_ref", "decision_ref"])
    found = plain_facts(
        "improvements", SCHEMAS["improvements"].enforce(frame), DIMENSIONS, KNOWN_ON
    )

    assert found["first_of_case"].tolist() == [True, False, True]
    assert found["decision"].astype(str).tolist() == ["23 001", "23 001", "23 002"]
