"""A template prints figures and words, and nothing else gets onto a page."""

import datetime as dt
import re
from collections.abc import Callable
from fractions import Fraction
from html import escape

import pytest

from candour.errors import ConfigurationError
from candour.figures import Figure, State, Unit
from candour.ledger import Ledger
from candour.table import Row
from candour.words import Speaker
from candour.words.printing import said, shorthand_note
from candour.words.ranking import leader, most

Speaking = Callable[..., Speaker]
Make = Callable[..., Figure]


def test_a_figure_on_a_page_carries_its_exact_value_and_its_key(
    speaking: Speaking,
) -> None:
    page = speaking(page='{{ fig("responded_in_time") }} in time').html("page.j2", "page.html")
    assert page == '<data value="200/7" data-figure="responded_in_time|2024-03">29%</data> in time'


def test_a_figure_in_text_is_its_display(speaking: Speaking) -> None:
    text = speaking(page='{{ fig("complaints_received") }}').text("page.j2", "mail.txt")
    assert text == "1,019"


def test_every_printed_figure_is_entered_with_its_file(speaking: Speaking, ledger: Ledger) -> None:
    speaker = speaking(page='{{ fig("complaints_received") }} {{ said(fig("one")) }}')
    speaker.html("page.j2", "page.html")
    speaker.text("page.j2", "mail.txt")
    assert [figure.kpi for figure in ledger] == ["complaints_received", "one"]
    assert {ledger.places(figure) for figure in ledger} == {("page.html", "mail.txt")}


def test_a_figure_only_looked_at_is_not_entered(speaking: Speaking, ledger: Ledger) -> None:
    speaking(page='{% if fig("one").count %}yes{% endif %}').html("page.j2", "page.html")
    assert len(ledger) == 0


@pytest.mark.parametrize(
    "loose",
    ["5", "5.5", "true", "none", 'fig("one").count', 'fig("one").value', "[1, 2]", "fig"],
)
def test_a_loose_number_is_refused(speaking: Speaking, loose: str) -> None:
    with pytest.raises(ConfigurationError, match=r"page\.j2, line 2: A template prints"):
        speaking(page="<p>\n{{ " + loose + " }}</p>").html("page.j2", "page.html")


@pytest.mark.parametrize(
    "trick",
    ['fig("one") ~ ""', 'fig("one").value|round', 'fig("one").count|string', '"%d"|format(7)',
     '"<b>"|safe', 'fig.__globals__', '[fig("one")]|join'],
)  # fmt: skip
def test_no_filter_or_joining_hides_a_number(speaking: Speaking, trick: str) -> None:
    with pytest.raises(ConfigurationError, match=r"page\.j2, line 1"):
        speaking(page="{{ " + trick + " }}").html("page.j2", "page.html")


ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "&lt;b&gt;",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_template_is_given_is_escaped_and_never_run(speaking: Speaking, attack: str) -> None:
    page = speaking(page='<p title="{{ words }}">{{ words }}</p>').html(
        "page.j2", "page.html", words=attack
    )
    shown = escape(attack).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    assert page == f'<p title="{shown}">{shown}</p>'


def test_a_name_ending_in_j2_is_escaped_too(speaking: Speaking) -> None:
    speaker = speaking(**{"report.html": "{{ words }}"})
    assert speaker.html("report.html.j2", "page.html", words="<b>") == "&lt;b&gt;"


def test_macros_escape_what_they_are_given(speaking: Speaking) -> None:
    page = '{% import "narrative/sentences.j2" as say %}{{ say.counted(fig("one"), "<i>") }}'
    assert "<i>" not in speaking(page=page).html("page.j2", "page.html")


def test_an_unknown_name_is_an_error_with_its_line(speaking: Speaking) -> None:
    with pytest.raises(ConfigurationError, match=r"page\.j2, line 3: 'nobody' is undefined"):
        speaking(page="a\nb\n{{ nobody }}").html("page.j2", "page.html")


def test_an_unknown_kpi_is_an_error_with_its_line(speaking: Speaking) -> None:
    with pytest.raises(ConfigurationError, match=r"page\.j2, line 2: KPI 'nope' is not known"):
        speaking(page='a\n{{ fig("nope") }}').html("page.j2", "page.html")


def test_a_mistake_of_syntax_is_an_error_with_its_line(speaking: Speaking) -> None:
    with pytest.raises(ConfigurationError, match=r"page\.j2, line 2: "):
        speaking(page="a\n{{ fig( }}").html("page.j2", "page.html")


def test_a_missing_template_is_named(speaking: Speaking) -> None:
    with pytest.raises(ConfigurationError, match=r"nothing\.j2"):
        speaking().html("nothing.j2", "page.html")


def test_a_declared_sentence_may_call_say_and_comes_on_one_line(
    speaking: Speaking, ledger: Ledger
) -> None:
    sentence = speaking().sentence(
        '{{ say.counted(fig("complaints_received"), "complaint") }}\n  arrived {{ when }}.',
        "pack.xlsx Received",
        "templates/tables/received.yaml",
        when="today",
    )
    assert sentence == "1,019 complaints arrived today."
    assert ledger.places(next(iter(ledger))) == ("pack.xlsx Received",)


def test_a_mistake_in_a_declared_sentence_names_its_file(speaking: Speaking) -> None:
    with pytest.raises(ConfigurationError, match=r"received\.yaml, line 1: 'sya' is undefined"):
        speaking().sentence("{{ sya.received() }}", "pack.xlsx", "templates/tables/received.yaml")


def test_a_declared_sentence_joins_nothing_before_it_is_printed(speaking: Speaking) -> None:
    with pytest.raises(ConfigurationError, match=r"received\.yaml, line 1: '~' joins parts"):
        speaking().sentence("{{ fig('one') ~ '' }}", "pack.xlsx", "received.yaml")


def test_days_and_periods_are_words(speaking: Speaking, figure: Make) -> None:
    speaker = speaking(page="{{ day }} {{ period }}")
    words = speaker.text("page.j2", "x", day=dt.date(2024, 3, 1), period=figure(1).period)
    assert words == "1 March 2024 March 2024"
    with pytest.raises(ConfigurationError, match="datetime"):
        speaker.text("page.j2", "x", day=dt.datetime(2024, 3, 1, tzinfo=dt.UTC), period="")


def test_a_withheld_figure_prints_no_number(ledger: Ledger, figure: Make) -> None:
    def ask(*_: object, **__: object) -> Figure:
        return figure(3, state=State.WITHHELD)

    speaker = Speaker({"page.j2": '{{ fig("x") }}'}, ledger, ask, figure(1).period)
    page = speaker.html("page.j2", "page.html")
    assert page == '<data value="" data-figure="complaints_received|2024-03">[c]</data>'
    assert not re.search(r">\d|value=\"\d", page)


def test_a_count_said_in_words_keeps_its_value(speaking: Speaking) -> None:
    page = speaking(page='{{ said(fig("one"), starts=true) }} complaint').html("page.j2", "p.html")
    assert page == '<data value="1" data-figure="one|2024-03">One</data> complaint'


def test_only_plain_whole_numbers_are_said_in_words(figure: Make) -> None:
    for shown in (figure((1, 100)), figure(Fraction(1), Unit.POUNDS), figure(1, decimals=1)):
        assert said(shown, starts=True) is shown


def test_the_marks_of_a_table_are_explained_once(figure: Make) -> None:
    figures = [figure(3, state=State.WITHHELD), figure(4, state=State.WITHHELD), figure(None)]
    assert shorthand_note(figures) == (
        "[c] withheld, so that no small number can be worked out; [x] not recorded"
    )
    assert shorthand_note([figure(1)]) == ""


def test_the_leading_rows_share_the_first_place(figure: Make) -> None:
    rows = [Row("Parks", ("Place", figure(3))), Row("Roads", ("Place", figure(7))),
            Row("Waste", ("Place", figure(7)))]  # fmt: skip
    found = most(rows)
    assert found is not None
    assert (found.labels, found.figure.display) == (("Roads", "Waste"), "7")
    assert most([Row("Parks", (figure(0),))]) is None
    assert most([]) is None


def test_nobody_leads_where_a_row_is_withheld(figure: Make) -> None:
    """The withheld row may be the largest; last year's number must not stand in for it."""
    hidden = figure(None, state=State.WITHHELD)
    rows = [Row("Bins", (figure(34), figure(30))), Row("Parks", (hidden, figure(40)))]
    found = most(rows)
    assert found is not None
    assert (found.labels, found.figure) == ((), hidden)
    named = leader(rows)
    assert named is not None
    assert named.display == "[c]"
