"""The monthly narrative as a page: whole, accessible, and every number a figure of the ledger."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from types import ModuleType

import pytest

from candour.errors import ConfigurationError
from candour.figures import Figure, State
from candour.ledger import Ledger
from candour.page import Theme, write_page
from candour.report import Report
from candour.table import Heading, Rating, Row, RowKind, Table
from candour.words import Speaker

TEMPLATE = "narrative/monthly_pack.html.j2"


class Read(HTMLParser):
    """A page read back: its elements in order, and the text a reader sees outside drawings."""

    VOID = frozenset({"meta", "br", "link", "input", "img", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.data: list[tuple[str, str, str]] = []
        self.loose: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "data":
            self.data.append((attributes["data-figure"], attributes["value"], ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "data":
            key, value, shown = self.data[-1]
            self.data[-1] = (key, value, shown + data)
        elif "style" not in self.open and "svg" not in self.open:
            self.loose.append(data)

    def all(self, tag: str) -> Iterator[dict[str, str]]:
        return (attributes for name, attributes in self.elements if name == tag)


Make = Callable[..., str]


@pytest.fixture
def made(example: ModuleType, speaker: Speaker, theme: Theme) -> Make:
    def page(report: Report | None = None, **changes: object) -> str:
        return written(example, report or example.month_report(), speaker, theme, **changes)

    return page


def written(
    example: ModuleType, report: Report, speaker: Speaker, theme: Theme, **changes: object
) -> str:
    given = {
        "template": TEMPLATE,
        "place": "narrative.html",
        "commentary": example.COMMENTARY,
        "folder": "councils/northmere/commentary/2024-03",
        "target": example.target,
        "rating": example.rating,
    }
    return write_page(report, speaker, theme, **(given | changes))


@pytest.fixture
def page(made: Make) -> str:
    return made()


def test_every_element_is_closed_and_no_id_stands_twice(page: str) -> None:
    read = Read(page)
    assert read.open == []
    ids = Counter(attributes["id"] for _, attributes in read.elements if "id" in attributes)
    assert [name for name, times in ids.items() if times > 1] == []


def test_whatever_is_referred_to_is_there(page: str) -> None:
    read = Read(page)
    ids = {attributes.get("id") for _, attributes in read.elements}
    for _, attributes in read.elements:
        for name in attributes.get("aria-labelledby", "").split():
            assert name in ids
        for name in (attributes.get("href", ""), attributes.get("xlink:href", "")):
            assert not name or name.startswith("#")
            assert not name or name[1:] in ids


def test_the_page_asks_for_nothing_outside_itself(page: str) -> None:
    addresses = re.findall(r"(?:https?:)?//[\w.]+[^\s\"'<)]*", page)
    assert set(addresses) == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not re.search(r"@import|url\((?!#)|<script|<link|<img", page)


def test_the_page_has_what_a_reader_without_eyes_or_mouse_needs(page: str) -> None:
    read = Read(page)
    (html,) = read.all("html")
    assert html["lang"] == "en-GB"
    assert len(list(read.all("main"))) == 1
    assert len(list(read.all("h1"))) == 1
    assert next(iter(read.all("a"))) == {"class": "skip", "href": "#main"}
    for attributes in (a for tag, a in read.elements if a.get("class") == "scroll"):
        assert attributes["role"] == "region"
        assert attributes["tabindex"] == "0"
        assert attributes["aria-labelledby"]
    assert all(th["scope"] in {"row", "col"} for th in read.all("th"))
    assert len(list(read.all("table"))) == len(list(read.all("caption")))
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def test_every_drawing_has_a_name_and_a_description(page: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert len(drawings) == 3
    for drawing in drawings:
        assert 'role="img"' in drawing
        assert re.search(r"<title id=[^>]*>[^<]+</title><desc id=[^>]*>[^<]+</desc>", drawing)


def test_every_printed_figure_is_in_the_ledger_with_its_exact_value(
    page: str, ledger: Ledger
) -> None:
    known = {figure.key: figure for figure in ledger}
    printed = Read(page).data
    assert len(printed) > 100
    for key, value, shown in printed:
        assert value == str(known[key].value)
        assert shown == known[key].display or shown.lower() in WORDS[known[key].display]
    in_drawings = set(re.findall(r'<g data-figure="([^"]*)"', page))
    assert {key for key, *_ in printed} | in_drawings == set(known)
    assert all(ledger.places(figure) == ("narrative.html",) for figure in ledger)


WORDS = {"0": ("no", "none"), "1": ("one",), "2": ("two",), "18": ("eighteen",)}


def test_no_number_stands_loose_in_the_words(page: str) -> None:
    """What is left after figures: days, months, and the words that validation and officers gave."""
    text = " ".join(Read(page).loose)
    for given in ("6 responses", "5 open steps", "31 March 2024"):
        text = text.replace(given, "")
    text = re.sub(r"\b(\d{1,2} )?[A-Z][a-z]+ \d{4}\b", "", text)
    assert re.findall(r"\d+", text) == []


def test_the_status_is_a_word(page: str) -> None:
    assert '<strong class="status missed">Missed</strong>' in page


def test_the_marking_and_the_notice_stand_on_the_page(page: str) -> None:
    assert "Official-Sensitive" in page
    assert page.count("this council is fictional") == 2


def test_a_public_page_has_neither_an_empty_marking_nor_notice(
    made: Make, example: ModuleType
) -> None:
    page = made(example.month_report(marking="", notice=""))
    assert 'class="marking"' not in page
    assert 'class="notice"' not in page


def test_two_builds_are_the_same_bytes(
    page: str, templates: dict[str, str], theme: Theme, example: ModuleType
) -> None:
    again = Speaker(templates, Ledger(), example.ask, example.MARCH)
    assert written(example, example.month_report(), again, theme) == page


ATTACK = "<script>alert('x')</script>{{ 7 * 7 }}\"&"


def test_names_and_labels_from_exports_cannot_break_out(made: Make, example: ModuleType) -> None:
    table = example.outstanding_by_service()
    hostile = replace(
        table,
        title=ATTACK,
        reading=ATTACK,
        notes=(ATTACK,),
        rows=(replace(table.rows[0], label=ATTACK), *table.rows[1:]),
    )
    report = example.month_report(council=ATTACK, notice=ATTACK, marking=ATTACK)
    charts = tuple(
        replace(item, title=ATTACK, alt=ATTACK, categories=(ATTACK, *item.categories[1:]))
        if not isinstance(item, Table)
        else item
        for item in report.sections[0].items
        if item.id != table.id
    )
    first = replace(report.sections[0], items=(*charts, hostile))
    page = made(replace(report, sections=(first, *report.sections[1:])))
    assert "<script" not in page
    assert "49" not in re.sub(r"<svg.*?</svg>|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert Read(page).open == []


def test_an_item_the_report_lacks_is_named(made: Make, example: ModuleType) -> None:
    report = replace(example.month_report(), sections=())
    with pytest.raises(ConfigurationError, match="no table, chart or listing 'timeliness_control'"):
        made(report)


def test_a_mistake_in_commentary_names_its_file(made: Make) -> None:
    with pytest.raises(ConfigurationError, match=r"commentary/2024-03/learning\.md, line 2"):
        made(commentary={"learning": 'x\n{{ fig("nope", 1) }}'})


def cells(page: str) -> list[str]:
    return re.findall(r"<td[^>]*>(.*?)</td>", page)


PAGE = '{% from "narrative/parts.html.j2" import table, listing with context %}'


@pytest.fixture
def part(templates: dict[str, str], theme: Theme, example: ModuleType) -> Make:
    def page(call: str, report: Report) -> str:
        shown = templates | {"x.j2": PAGE + call}
        speaker = Speaker(shown, Ledger(), example.ask, example.MARCH)
        return write_page(report, speaker, theme, template="x.j2", place="x.html")

    return page


def small_table(example: ModuleType, figure: Figure, cell: object = None) -> Report:
    table = Table(
        id="small",
        title="Small",
        row_heading="Row",
        headings=(Heading("a", "A", figure.unit), Heading("b", "B")),
        rows=(Row("One", (figure, cell)), Row("All", (figure, cell), RowKind.TOTAL)),
    )
    report = example.month_report()
    return replace(report, sections=(replace(report.sections[0], items=(table,)),))


def test_a_hidden_figure_is_a_mark_with_its_meaning(part: Make, example: ModuleType) -> None:
    hidden = replace(example.ask("open_steps"), state=State.WITHHELD)
    page = part('{{ table("small") }}', small_table(example, hidden))
    assert "[c] withheld, so that no small number can be worked out." in page
    assert "67" not in page


def test_an_empty_cell_and_a_rating_are_shown(part: Make, example: ModuleType) -> None:
    empty = small_table(example, example.ask("open_steps"))
    assert "–" in cells(part('{{ table("small") }}', empty))[1]
    rated = small_table(example, example.ask("open_steps"), Rating.NEAR)
    page = part('{{ table("small") }}', rated)
    assert cells(page)[1] == '<strong class="status near">Near</strong>'


def test_a_table_cut_short_says_so_and_keeps_its_total(part: Make, example: ModuleType) -> None:
    call = '{{ table("outstanding_by_service", columns=["overdue"], first=2) }}'
    page = part(call, example.month_report())
    assert re.findall(r'<th scope="row">(.*?)</th>', page) == [
        "Housing repairs &amp; maintenance", "Waste and recycling", "All open",
    ]  # fmt: skip
    assert len(cells(page)) == 3
    assert "The other rows are in the pack." in page


def test_a_listing_shows_days_in_words_and_counts(part: Make, example: ModuleType) -> None:
    page = part('{{ listing("data_quality") }}', example.month_report())
    assert cells(page)[:2] == ["S-07", "Warning"]
    assert cells(page)[3] == "6"


def test_a_figure_that_stands_only_in_a_drawing_is_in_the_ledger(
    templates: dict[str, str], theme: Theme, example: ModuleType, ledger: Ledger
) -> None:
    report = example.month_report()
    alone = replace(report.sections[0], items=(example.timeliness(),))
    shown = templates | {
        "x.j2": '{% from "narrative/parts.html.j2" import chart with context %}'
        '{{ chart("timeliness_control") }}'
    }
    speaker = Speaker(shown, ledger, example.ask, example.MARCH)
    write_page(replace(report, sections=(alone,)), speaker, theme, template="x.j2", place="x.html")
    assert {figure.key for figure in ledger} == {
        "responded_in_time|2024-03|stage=1",
        "responded_in_time.target|2024-03|stage=1",
    }
