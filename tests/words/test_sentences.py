"""The shipped sentences, read aloud: expected words are written by hand."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from candour.figures import Better, Figure, State, Unit
from candour.ledger import Ledger
from candour.period import month
from candour.spc import Assurance, Control, Mark
from candour.words import Speaker

Make = Callable[..., Figure]
Say = Callable[..., str]

SENTENCES = (Path(__file__).parents[2] / "templates/narrative/sentences.j2").read_text("utf-8")
FEBRUARY = "in February 2024"


@pytest.fixture
def say() -> Say:
    def spoken(call: str, known: dict[object, Figure] | None = None, **names: object) -> str:
        def ask(kpi_id: str, period: str = "this", **about: object) -> Figure:
            return (known or {})[(kpi_id, period, *about.values())]

        speaker = Speaker({"narrative/sentences.j2": SENTENCES}, Ledger(), ask, month("2024-03"))
        return speaker.sentence("{{ say." + call + " }}", "x", "x", **names)

    return spoken


@pytest.mark.parametrize(
    ("number", "inside", "starting"),
    [
        (0, "no complaints", "No complaints"),
        (1, "one complaint", "One complaint"),
        (2, "2 complaints", "Two complaints"),
        (1019, "1,019 complaints", "1,019 complaints"),
    ],
)
def test_a_count_has_its_noun(
    say: Say, figure: Make, number: int, inside: str, starting: str
) -> None:
    assert say('counted(f, "complaint")', f=figure(number)) == inside
    assert say('counted(f, "complaint", starts=true)', f=figure(number)) == starting


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.WITHHELD, "a withheld number of complaints"),
        (State.NOT_RECORDED, "an unrecorded number of complaints"),
    ],
)
def test_a_hidden_count_keeps_its_number_to_itself(
    say: Say, figure: Make, state: State, words: str
) -> None:
    assert say('counted(f, "complaint")', f=figure(3, state=state)) == words


@pytest.mark.parametrize(
    ("share", "rest", "words"),
    [
        ((84, 108), {}, "78%"),
        ((4, 14), {}, "4 of 14 (29%)"),
        ((84, 108), {"state": State.PROVISIONAL, "undecided": 4}, "78% so far"),
        ((4, 14), {"state": State.PROVISIONAL, "undecided": 4}, "4 of 14 (29% so far)"),
        ((4, 14), {"state": State.WITHHELD}, "withheld, so that no small number can be worked out"),
        (None, {"state": State.NO_BASE}, "not measurable, because there was nothing to measure"),
        (None, {"state": State.NOT_RECORDED}, "not recorded"),
    ],
)
def test_a_share_is_said_with_its_counts_where_it_is_of_few(
    say: Say,
    figure: Make,
    share: tuple[int, int] | None,
    rest: dict[str, object],
    words: str,
) -> None:
    assert say("share(f)", f=figure(share, Unit.PERCENT, **rest)) == words


def test_a_provisional_share_says_what_it_waits_for(say: Say, figure: Make) -> None:
    def told(undecided: int) -> str:
        f = figure((84, 108), state=State.PROVISIONAL, undecided=undecided)
        return say('provisional(f, "response")', f=f)

    assert told(1) == "This is provisional: one response could still go either way."
    assert told(4) == "This is provisional: 4 responses could still go either way."


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (96, 112, "up from 96 in February 2024, a rise of 17%"),
        (100, 70, "down sharply from 100 in February 2024, a fall of 30%"),
        (96, 99, "similar to 96 in February 2024"),
        (5, 5, "no change from 5 in February 2024"),
        (1, 3, "up from one in February 2024"),
        (0, 3, "up from none in February 2024"),
        (4, 1, "down from 4 in February 2024"),
        ((86, 101), (84, 108), "down from 85% in February 2024, a fall of 7 percentage points"),
        ((82, 100), (85, 100), "up from 82% in February 2024, a rise of 3 percentage points"),
        (0, 0, "no change from none in February 2024"),
        (None, 5, "with nothing to compare it with in February 2024"),
    ],
)
def test_a_figure_is_set_beside_an_earlier_one(
    say: Say,
    figure: Make,
    earlier: Make,
    before: object,
    now: object,
    words: str,
) -> None:
    told = say(f'compared(now, before, "{FEBRUARY}")', now=figure(now), before=earlier(before))
    assert told == words


def test_a_clause_says_why_there_is_nothing_to_compare(
    say: Say, figure: Make, earlier: Make
) -> None:
    call = f'moved("Timeliness", now, before, "{FEBRUARY}")'
    assert say(call, now=figure((1, 2), state=State.NOT_RECORDED), before=earlier((1, 2))) == (
        "Timeliness is not recorded"
    )
    assert say(call, now=figure((1, 2)), before=earlier(None, Unit.PERCENT)) == (
        "Timeliness was 50%, with nothing to compare it with in February 2024"
    )


def test_usual_variation_is_neither_better_nor_worse(say: Say, figure: Make, earlier: Make) -> None:
    now, before = figure((70, 100), better=Better.HIGHER), earlier((85, 100), better=Better.HIGHER)
    told = "from 85% in February 2024 to 70%, a fall of 15 percentage points"
    names = {"now": now, "before": before}
    assert say(f'moved("Timeliness", now, before, "{FEBRUARY}")', **names) == (
        f"Timeliness fell sharply, {told}, which is worse"
    )
    quiet = chart(Mark.COMMON, Mark.COMMON)
    assert say(f'moved("Timeliness", now, before, "{FEBRUARY}", c)', **names, c=quiet) == (
        f"Timeliness fell, {told}"
    )


def chart(*marks: Mark, assurance: Assurance = Assurance.NO_TARGET, trial: bool = False) -> Control:
    points = tuple(Fraction(80) for _ in marks)
    return Control(points, 80.0, 90.0, 70.0, marks, trial=trial, assurance=assurance)


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark.COMMON, "do not read an improvement or a decline into the change"),
        (Mark.IMPROVEMENT, "improvement larger than usual variation"),
        (Mark.CONCERN, "decline larger than usual variation, which deserves attention"),
        (Mark.UNUSUAL, "outside the usual range of variation"),
    ],
)
def test_the_latest_point_is_told_in_words(say: Say, mark: Mark, words: str) -> None:
    assert words in say('signal(c, "March 2024")', c=chart(Mark.COMMON, mark))


def test_trial_limits_are_told(say: Say) -> None:
    told = say('signal(c, "March 2024")', c=chart(Mark.COMMON, trial=True))
    assert told.endswith("a trial one, because the chart has fewer than twelve months.")


@pytest.mark.parametrize(
    ("assurance", "words"),
    [
        (Assurance.CONSISTENTLY_MEETS, "met every month"),
        (Assurance.CONSISTENTLY_MISSES, "missed every month"),
        (Assurance.HIT_OR_MISS, "met in some months and missed in others"),
    ],
)
def test_whether_the_target_can_be_relied_on_is_told(
    say: Say, assurance: Assurance, words: str
) -> None:
    assert words in say("assurance(c)", c=chart(Mark.COMMON, assurance=assurance))
    assert say("assurance(c)", c=chart(Mark.COMMON)) == ""


def flow(figure: Make, **numbers: int) -> dict[object, Figure]:
    return {(kpi, "this"): figure(number, kpi=kpi) for kpi, number in numbers.items()}


def test_the_flow_is_told_from_beginning_to_end(say: Say, figure: Make) -> None:
    known = flow(figure, brought_forward=71, arrived=121, reopened=0, closed=1,
                 withdrawn_or_refused=6, open_steps=185)  # fmt: skip
    assert say("flow()", known) == (
        "Counting every stage, 71 were open as March 2024 began; 121 arrived, none were reopened, "
        "one was closed and 6 were withdrawn or refused, which left 185 open."
    )


def test_a_ratio_and_a_cohort_are_named_apart(say: Say, figure: Make) -> None:
    year = month("2024-03").rolling_year()
    known = {
        ("escalated_in_period", "this"): figure((9, 112)),
        ("escalated_of_cohort", "rolling_year"): figure((84, 1190), period=year),
    }
    assert say("escalation()", known) == (
        "Requests for stage two that arrived in March 2024 came to 8% of the stage one complaints "
        "that arrived: a ratio, because they are about different complaints. Of the complaints "
        "received in the twelve months to March 2024, 7% have gone on to stage two so far."
    )


@pytest.mark.parametrize(
    ("rating", "words"), [("Met", "met"), ("Near", "nearly met"), ("Missed", "missed")]
)
def test_a_share_is_told_against_its_target(
    say: Say, figure: Make, rating: str, words: str
) -> None:
    known = {("responded_in_time", "this", 1): figure((84, 108))}
    told = say(
        "on_target()", known, target=lambda *_, **__: figure((90, 100), kpi="t"),
        rating=lambda *_, **__: rating,
    )  # fmt: skip
    assert told == (
        "Of the stage one responses sent in March 2024, 78% were in time; the target of 90% was "
        f"{words}."
    )


def test_without_a_target_none_is_told(say: Say, figure: Make) -> None:
    known = {("responded_in_time", "this", 1): figure((84, 108))}
    names = {"target": lambda *_, **__: None, "rating": lambda *_, **__: "Not rated"}
    assert say("on_target()", known, **names) == (
        "Of the stage one responses sent in March 2024, 78% were in time."
    )


def test_no_redress_is_told_without_a_sum(say: Say, figure: Make) -> None:
    known = {
        ("redress_paid", "this"): figure(Fraction(0), Unit.POUNDS),
        ("redress_payments", "this"): figure(0),
    }
    assert say("redress()", known) == "The council paid no redress in March 2024."
