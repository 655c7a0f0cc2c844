import pandas as pd
import pytest

from candour.conform.corrections import apply_corrections, read_corrections
from candour.errors import ConfigurationError
from candour.frames import SCHEMAS

FRAME = SCHEMAS["steps"].enforce(
    pd.DataFrame(
        {
            "case_ref": ["0001", "0001", "0002"],
            "stage": [1, 2, 1],
            "received_on": pd.to_datetime(["2023-03-04", "2024-04-04", "2024-03-05"]),
            "outcome": ["upheld", None, "upheld"],
            "redress_pence": [5000, None, 100],
            "vendor_in_time": [True, None, False],
        }
    )
)


def corrected(change: str) -> pd.DataFrame:
    """The frame after one correction; the note is checked on the way."""
    where = '{case_ref: "0001", stage: 1}'
    text = f"wrong_year: {{frame: steps, where: {where}, {change}, reason: Typed wrongly.}}"
    frames, notes = apply_corrections({"steps": FRAME}, read_corrections(text, "corrections.yaml"))
    assert [note.endswith("Typed wrongly.") for note in notes] == [True]
    return frames["steps"]


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        (
            "column: received_on, expect: 2023-03-04, becomes: 2024-03-04",
            "received_on",
            pd.Timestamp("2024-03-04"),
        ),
        ("column: outcome, expect: upheld, becomes: not_upheld", "outcome", "not_upheld"),
        ("column: redress_pence, expect: 5000, becomes: 500", "redress_pence", 500),
        ("column: vendor_in_time, expect: true, becomes: false", "vendor_in_time", False),
        (
            "column: closed_on, expect: null, becomes: 2024-03-09",
            "closed_on",
            pd.Timestamp("2024-03-09"),
        ),
    ],
)
def test_one_value_of_one_row_is_corrected(change: str, column: str, value: object) -> None:
    frame = corrected(change)
    assert frame[column].iloc[0] == value
    others = FRAME.drop(columns=column)
    pd.testing.assert_frame_equal(frame.drop(columns=column), others)
    pd.testing.assert_series_equal(
        frame[column].iloc[1:], FRAME[column].iloc[1:], check_dtype=False, check_categorical=False
    )


def test_a_value_can_be_taken_away() -> None:
    assert pd.isna(corrected("column: outcome, expect: upheld, becomes: null")["outcome"].iloc[0])
    day = corrected("column: received_on, expect: 2023-03-04, becomes: null")["received_on"]
    assert day.isna().tolist() == [True, False, False]


def test_a_correction_fails_once_the_source_says_something_else() -> None:
    with pytest.raises(ConfigurationError) as wrong:
        corrected("column: received_on, expect: 2023-03-14, becomes: 2024-03-04")
    assert str(wrong.value) == (
        "corrections.yaml: wrong_year: the source no longer says 2023-03-14 in received_on. "
        "If it has been put right, remove the correction."
    )


def test_a_row_that_is_not_there_is_noted() -> None:
    text = (
        "gone: {frame: steps, where: {case_ref: A, stage: 1}, column: outcome, expect: upheld, "
        "becomes: null, reason: Because.}"
    )
    frames, notes = apply_corrections({"steps": FRAME}, read_corrections(text, "corrections.yaml"))
    assert notes == ("Correction gone: the extracts have no such row; nothing was corrected.",)
    pd.testing.assert_frame_equal(frames["steps"], FRAME)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("frame: steps", "frame: stesp", "frame: 'stesp' is not known; did you mean 'steps'?"),
        ("column: outcome", "column: outcom", "column: 'outcom' is not known"),
        ("column: outcome", "column: case_ref", "column: 'case_ref' is not known"),
        (", stage: 1", "", "where: a row of steps is found by case_ref and stage."),
    ],
)
def test_a_correction_of_something_unknown_is_refused(old: str, new: str, sentence: str) -> None:
    text = (
        "one: {frame: steps, where: {case_ref: A, stage: 1}, column: outcome, expect: upheld, "
        "becomes: null, reason: Because.}"
    )
    with pytest.raises(ConfigurationError) as wrong:
        read_corrections(text.replace(old, new), "corrections.yaml")
    assert sentence in str(wrong.value)
