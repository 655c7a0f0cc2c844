"""Each of the twenty ways published reports go wrong, planted alone in a draft, is found."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from types import ModuleType

import pytest

from candour.errors import ReconciliationError
from candour.figures import Figure, State, Unit
from candour.gate import Draft, Finding, Kind, Policy, examine
from candour.period import Period
from candour.report import Section
from candour.table import Heading, Row, RowKind, Table

SCHOOL_YEAR = Period.parse("2023-09-to-2024-07")


def found(draft: Draft, code: str) -> list[Finding]:
    return [finding for finding in examine(draft) if finding.code == code]


def in_report(example: ModuleType, code: str, *tables: Table) -> list[Finding]:
    return found(example.bare(example.report({table.id: table for table in tables})), code)


def in_words(example: ModuleType, code: str, words: str) -> list[Finding]:
    """What is found when officers write these words, on the finished page."""
    return found(example.draft(commentary={"learning": words}), code)


def in_column(example: ModuleType, code: str, heading: str, figure: Figure) -> list[Finding]:
    """What is found of a table of one figure under a heading."""
    table = Table(
        "one", "One figure", "Procedure", (Heading("it", heading, figure.unit),),
        (Row("Corporate", (figure,)),),
    )  # fmt: skip
    return found(alone(example, table), code)


def alone(example: ModuleType, table: Table) -> Draft:
    """A draft of one table."""
    report = replace(example.report(), sections=(Section("one", "One", (table,)),))
    return example.bare(report)  # type: ignore[no-any-return]


def changed(example: ModuleType, table: Table, row: str, column: str, by: int) -> Table:
    """The table with one count changed, as if it had been counted otherwise."""
    figure = example.cell(table, row, column)
    other = replace(figure, count=figure.count + by, value=figure.value + by)
    return example.with_cell(table, row, column, other)  # type: ignore[no-any-return]


# E1: parts and whole


@pytest.mark.parametrize("by", [-1, 1, 22])
def test_e1_rows_that_do_not_add_up_to_their_total(example: ModuleType, by: int) -> None:
    table = changed(example, example.subjects(), "Delay", "this", by)
    (finding,) = in_report(example, "E1", table)
    assert finding.place == "table 'Complaints received by subject', column Received"
    assert (finding.printed, finding.counted) == ("509", f"{509 + by}")
    assert finding.kind is Kind.BLOCKS


def test_e1_a_row_that_is_not_the_sum_of_the_rows_under_it(example: ModuleType) -> None:
    table = example.subjects()
    parts = {"Late answer": 150, "No answer": 59}
    details = tuple(
        Row(
            name,
            (example.figure("complaints_received", n, (("subcategory", name),)),),
            RowKind.DETAIL,
        )
        for name, n in parts.items()
    )
    nested = replace(table, rows=(table.rows[0], *details, *table.rows[1:]))
    (finding,) = in_report(example, "E1", nested)
    assert finding.place.endswith("row Delay")
    assert (finding.printed, finding.counted) == ("210", "209")


def test_e1_a_total_smaller_than_the_parts_that_are_told(example: ModuleType) -> None:
    table = example.subjects()
    hidden = example.withheld(example.cell(table, "Delay", "this"))
    table = example.with_cell(table, "Delay", "this", hidden)
    table = changed(example, table, "All complaints", "this", -211)
    assert len(found(alone(example, table), "E1")) == 1


# E2: a component missing from one year's total


def test_e2_a_procedure_left_out_of_last_years_total(example: ModuleType) -> None:
    table = changed(example, example.received(), "All complaints", "previous", -52)
    (finding,) = in_report(example, "E2", table)
    assert finding.place == "table 'Complaints received by procedure', column 2022-23"
    assert (finding.printed, finding.counted) == ("412", "464")
    assert "'Adult social care' (52) is left out" in finding.cause


def test_e2_a_year_whose_total_holds_fewer_parts_is_told(example: ModuleType) -> None:
    table = example.received()
    unknown = replace(
        example.cell(table, "Adult social care", "previous"),
        state=State.NOT_RECORDED, value=None, count=None,
    )  # fmt: skip
    table = example.with_cell(table, "Adult social care", "previous", unknown)
    (finding,) = in_report(example, "E2", table)
    assert finding.kind is Kind.REMARK
    assert "'Adult social care' is not recorded" in finding.sentence


def test_e2_an_empty_cell_under_a_total(example: ModuleType) -> None:
    table = example.with_cell(example.received(), "Adult social care", "previous", None)
    table = changed(example, table, "All complaints", "previous", -52)
    (finding,) = in_report(example, "E2", table)
    assert finding.kind is Kind.BLOCKS


# E3: the same fact, two values


def test_e3_the_ledger_refuses_a_second_value(example: ModuleType) -> None:
    ledger = example.Ledger()
    ledger.enter(example.figure("complaints_received", 33), "report.html")
    with pytest.raises(ReconciliationError, match=r"two values: 33 .* and 32 "):
        ledger.enter(example.figure("complaints_received", 32), "pack.xlsx Stage two!B4")


def test_e3_one_figure_with_two_values_in_two_tables(example: ModuleType) -> None:
    draft = example.bare()
    other = changed(example, example.subjects(), "All complaints", "this", 1)
    draft = replace(draft, report=example.report({"subjects": other}))
    (finding,) = found(draft, "E3")
    assert (finding.printed, finding.counted) == ("510", "509")
    assert finding.place.startswith("table 'Complaints received by subject', row All complaints")


def test_e3_a_typed_number_that_contradicts_the_figure_its_words_name(example: ModuleType) -> None:
    (finding,) = in_words(example, "E3", "The council received 515 complaints in 2023-24.")
    assert (finding.printed, finding.counted) == ("515", "509")
    assert finding.kind is Kind.BLOCKS
    assert finding.place == f"{example.FOLDER}/learning.md, line 1"


def test_e3_a_sentence_that_says_another_number_than_its_table(example: ModuleType) -> None:
    table = replace(example.received(), reading="The council received 519 complaints in 2023-24.")
    (finding,) = in_report(example, "G02", table)
    assert (finding.printed, finding.counted) == ("519", "509")
    assert finding.place == "table 'Complaints received by procedure'"


# E4: the wrong base


def test_e4_last_years_numerator_over_this_years_base(example: ModuleType) -> None:
    table = example.timeliness()
    share = example.cell(table, "Corporate", "in_time")
    wrong = replace(share, value=Fraction(100 * 52, 179))
    (finding,) = in_report(example, "E4", example.with_cell(table, "Corporate", "in_time", wrong))
    assert (finding.printed, finding.counted) == ("29%", "75%")


def test_e4_more_counted_than_there_are(example: ModuleType) -> None:
    table = example.timeliness()
    wrong = example.figure("responded_in_time", (401, 400), example.of("corporate"))
    (finding,) = in_report(example, "E4", example.with_cell(table, "Corporate", "in_time", wrong))
    assert (finding.printed, finding.counted) == ("401", "400")


def test_e4_a_part_that_is_more_than_its_whole(example: ModuleType) -> None:
    table = example.flow()
    overdue = example.figure("overdue_steps", 76, example.of("corporate"))
    rows = tuple(replace(r, cells=(*r.cells, overdue if n == 0 else None))
                 for n, r in enumerate(table.rows))  # fmt: skip
    headings = (*table.headings, Heading("overdue", "Overdue", Unit.COUNT))
    (finding,) = in_report(example, "E4", replace(table, rows=rows, headings=headings))
    assert (finding.printed, finding.counted) == ("76", "75")


def test_e4_shares_of_different_bases_that_do_not_say_so(example: ModuleType) -> None:
    table = example.timeliness()
    due = [example.figure("responded_in_time_of_due", (3, 4), example.of(p))
           for p in (*example.PROCEDURES, None)]  # fmt: skip
    rows = tuple(replace(r, cells=(*r.cells, d)) for r, d in zip(table.rows, due, strict=True))
    headings = (*table.headings, Heading("also", "On time", Unit.PERCENT))
    wrong = replace(table, rows=rows, headings=headings, title="Timeliness")
    (finding,) = in_report(example, "E4", wrong)
    assert (finding.kind, finding.printed) == (Kind.REMARK, "On time")


# E5: truncation and mixed precision


def test_e5_a_number_cut_off_in_a_finished_page(example: ModuleType) -> None:
    draft = example.draft()
    page = draft.files[example.PAGE].decode()
    assert ">73%</data>" in page  # 357 of 490 is 72.86%.
    files = {**draft.files, example.PAGE: page.replace(">73%</data>", ">72%</data>").encode()}
    findings = found(replace(draft, files=files), "E5")
    assert {(f.printed, f.counted) for f in findings} == {("72%", "73%")}
    assert {f.cause for f in findings} == {
        "The number was cut off where it should have been rounded."
    }


def test_e5_two_precisions_of_one_measure(example: ModuleType) -> None:
    table = example.timeliness()
    exact = replace(example.cell(table, "Corporate", "in_time"), decimals=2)
    findings = in_report(example, "E5", example.with_cell(table, "Corporate", "in_time", exact))
    assert any("75.00%" in finding.sentence for finding in findings)


# E6: per cent, percentage points, rates


@pytest.mark.parametrize("heading", ["Change per cent", "Change, %", "Percent change"])
def test_e6_percentage_points_called_per_cent(example: ModuleType, heading: str) -> None:
    now = example.figure("responded_in_time", (3, 4))
    points = now.change(example.figure("responded_in_time", (1, 2), period=example.BEFORE))
    assert len(in_column(example, "E6", heading, points)) == 1
    assert in_column(example, "E6", "Change in percentage points", points) == []


def test_e6_a_relative_change_called_percentage_points(example: ModuleType) -> None:
    now = example.figure("complaints_received", 594)
    change = now.per_cent_change(example.figure("complaints_received", 522, period=example.BEFORE))
    assert len(in_column(example, "E6", "Change in percentage points", change)) == 1


def test_e6_a_rate_for_so_many_people_told_as_a_percentage(example: ModuleType) -> None:
    share = example.figure("ombudsman_upheld", (5, 8))
    assert len(in_column(example, "E6", "Upheld per 100,000 residents", share)) == 1


@pytest.mark.parametrize(
    "words",
    ["Timeliness was {{ fig('responded_in_time') }} percentage points in the end.",
     "The year brought {{ fig('complaints_received') }}% complaints.",
     "It was {{ fig('responded_in_time') }} per 100,000 residents."],
)  # fmt: skip
def test_e6_a_unit_that_slips_in_words(example: ModuleType, words: str) -> None:
    assert len(in_words(example, "E6", words)) == 1


# E7: dates and labels


def test_e7_a_heading_of_another_year(example: ModuleType) -> None:
    table = example.received()
    headings = (replace(table.headings[0], label="2021-22"), *table.headings[1:])
    (finding,) = in_report(example, "E7", replace(table, headings=headings))
    assert (finding.printed, finding.counted) == ("2021-22", "2022-23")


def test_e7_a_date_that_is_no_date_of_the_figure(example: ModuleType) -> None:
    words = "There were {{ fig('complaints_received') }} complaints in March 2022."
    findings = in_words(example, "E7", words)
    assert {finding.kind for finding in findings} == {Kind.BLOCKS, Kind.REMARK}
    assert any("the figure is of 2023-24" in finding.sentence for finding in findings)


def test_e7_a_number_that_was_the_same_then_is_no_finding(example: ModuleType) -> None:
    table = changed(example, example.received(), "All complaints", "previous", 45)
    report = example.report({"received": replace(table, reading="")})
    words = "Complaints did not change from {{ fig('complaints_received') }} in 2022-23."
    assert found(example.draft(report, commentary={"learning": words}), "E7") == []


# E8: words against figures


@pytest.mark.parametrize(
    "words",
    [
        "There is a downward trend: {{ fig('complaints_received') }} complaints against "
        "{{ fig('complaints_received', 'previous') }} the year before.",
        "Complaints fell from {{ fig('complaints_received', 'previous') }} to "
        "{{ fig('complaints_received') }}.",
        "Complaints, at {{ fig('complaints_received') }}, are lower than the "
        "{{ fig('complaints_received', 'previous') }} of the year before.",
        "Complaints fell from 12 to 15.",
    ],
)
def test_e8_a_direction_the_figures_do_not_take(example: ModuleType, words: str) -> None:
    (finding,) = in_words(example, "E8", words)
    assert finding.kind is Kind.BLOCKS


def test_e8_a_figure_alone_is_held_against_the_year_before(example: ModuleType) -> None:
    (finding,) = in_words(
        example, "E8", "Complaints fell to {{ fig('complaints_received') }} in 2023-24."
    )
    assert (finding.kind, finding.counted) == (Kind.REMARK, "509")


def test_e8_a_trend_between_equal_figures(example: ModuleType) -> None:
    table = changed(example, example.received(), "All complaints", "previous", 45)
    table = replace(table, reading="")
    words = (
        "Complaints show a downward trend, {{ fig('complaints_received') }} after "
        "{{ fig('complaints_received', 'previous') }}."
    )
    draft = example.draft(example.report({"received": table}), commentary={"learning": words})
    assert any("509 in 2022-23" in finding.sentence for finding in found(draft, "E8"))


@pytest.mark.parametrize(
    "words",
    [
        "Complaints rose from {{ fig('complaints_received', 'previous') }} to "
        "{{ fig('complaints_received') }}.",
        "Down from {{ fig('complaints_received') }} at the end of the year.",
        "Complaints did not fall: {{ fig('complaints_received') }} after "
        "{{ fig('complaints_received', 'previous') }}.",
    ],
)
def test_e8_a_direction_the_figures_take_is_no_finding(example: ModuleType, words: str) -> None:
    assert in_words(example, "E8", words) == []


# E9 and E10: references and numbering


def test_e9_a_table_that_is_not_there(example: ModuleType) -> None:
    page = example.TEMPLATE.replace("Told as of", '{{ "See Table 9." }} Told as of')
    (finding,) = found(example.draft(page=page), "E9")
    assert finding.printed == "Table 9"


def test_e9_a_link_to_what_is_not_there(example: ModuleType) -> None:
    page = example.TEMPLATE.replace("Told as of", '<a href="#method">How</a>. Told as of')
    (finding,) = found(example.draft(page=page), "E9")
    assert finding.printed == "method"


def test_e9_words_that_point_to_a_chart_in_a_section_without_one(example: ModuleType) -> None:
    words = "How people reached us is shown in the chart below."
    (finding,) = in_words(example, "E9", words)
    assert finding.kind is Kind.REMARK


@pytest.mark.parametrize(("number", "should_be"), [("4", "3"), ("2", "3")])
def test_e10_a_section_numbered_out_of_order(
    example: ModuleType, number: str, should_be: str
) -> None:
    page = example.TEMPLATE.replace('{{ "3" }}', f'{{{{ "{number}" }}}}')
    (finding,) = found(example.draft(page=page), "E10")
    assert (finding.printed, finding.counted) == (number, should_be)


def test_e10_a_reference_that_says_another_number(example: ModuleType) -> None:
    page = example.TEMPLATE.replace("<h2><span", '<h2 id="a"><span', 1)
    link = '<a href="#a"><span class="number">Section {}</span></a>. Told as of'
    right, wrong = (page.replace("Told as of", link.format(f'{{{{ "{n}" }}}}')) for n in (1, 2))
    assert found(example.draft(page=right), "E10") == []
    (finding,) = found(example.draft(page=wrong), "E10")
    assert (finding.printed, finding.counted) == ("Section 2", "1")


# E11: open, in, out and still open


def test_e11_a_flow_that_does_not_close(example: ModuleType) -> None:
    flow = example.flow()
    for row in ("Corporate", "All complaints"):
        flow = changed(example, flow, row, "closed", -1)
    findings = in_report(example, "E11", flow)
    assert {finding.place for finding in findings} == {
        "2023-24, procedure corporate", "2023-24, the whole council",
    }  # fmt: skip
    assert {(f.printed, f.counted) for f in findings} == {("487", "486"), ("600", "599")}


def test_e11_a_year_that_begins_otherwise_than_the_last_one_ended(example: ModuleType) -> None:
    ended = example.figure("open_steps", 84, period=example.BEFORE)
    table = Table("last", "Open at the end of last year", "When", (Heading("o", "Open"),),
                  (Row("2022-23", (ended,)),))  # fmt: skip
    report = example.report()
    draft = example.bare(
        replace(report, sections=(*report.sections, Section("last", "Last", (table,))))
    )
    (finding,) = found(draft, "E11")
    assert (finding.printed, finding.counted) == ("85", "84")


# E12: a ratio of a period told of its complaints


def test_e12_a_share_of_the_responses_told_of_the_complaints(example: ModuleType) -> None:
    words = ("Of the {{ fig('complaints_received') }} complaints, {{ fig('responded_in_time') }} "
             "were answered in time.")  # fmt: skip
    (finding,) = in_words(example, "E12", words)
    assert "takes 73% of 509, and it is of 490" in finding.sentence


def test_e12_a_share_told_of_its_own_base_is_no_finding(example: ModuleType) -> None:
    words = ("Of the {{ fig('responses_sent') }} responses, {{ fig('responded_in_time') }} "
             "were in time.")  # fmt: skip
    assert in_words(example, "E12", words) == []


def test_e12_a_ratio_headed_as_a_share_of_the_complaints(example: ModuleType) -> None:
    ratio = example.figure("escalated_in_period", (50, 179))
    assert len(in_column(example, "E12", "Of the complaints received, escalated", ratio)) == 1
    assert in_column(example, "E12", "Requests per hundred complaints", ratio) == []


# E13: small numbers and people


@pytest.mark.parametrize(("number", "findings"), [(0, 0), (1, 1), (4, 1), (5, 0)])
def test_e13_a_small_number_in_a_protected_part(
    example: ModuleType, number: int, findings: int
) -> None:
    def is_protected(figure: Figure) -> bool:
        return dict(figure.slice).get("procedure") == "childrens"

    policy = Policy(is_protected=is_protected, threshold=5)
    count = example.figure("ombudsman_decided", number, example.of("childrens"))
    table = Table("o", "Ombudsman", "Procedure", (Heading("n", "Decided", Unit.COUNT),),
                  (Row("Children's", (count,)),
                   Row("Corporate", (replace(count, slice=example.of("corporate")),))))  # fmt: skip
    report = example.report()
    draft = example.bare(
        replace(report, sections=(Section("o", "Ombudsman", (table,)),)), policy=policy
    )
    assert len(found(draft, "E13")) == findings


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Write to jo@example.com.", Kind.BLOCKS), ("Ring 01632 960 983.", Kind.BLOCKS),
     ("The family at CH1 2HS moved.", Kind.BLOCKS), ("Judge Smith ruled on it.", Kind.REMARK)],
)  # fmt: skip
def test_e13_marks_of_a_person(example: ModuleType, words: str, kind: Kind) -> None:
    draft = example.bare(commentary={f"{example.FOLDER}/learning.md": words})
    (finding,) = found(draft, "E13")
    assert finding.kind is kind


# E14: different years added up


def test_e14_a_school_year_inside_the_councils_total(example: ModuleType) -> None:
    table = example.received()
    school = replace(example.cell(table, "Children's", "this"), period=SCHOOL_YEAR)
    findings = in_report(example, "E14", example.with_cell(table, "Children's", "this", school))
    assert any(
        (f.printed, f.counted) == ("September 2023 to July 2024", "2023-24") for f in findings
    )


def test_e14_a_school_year_apart_is_announced_or_found(example: ModuleType) -> None:
    table = example.subjects()
    schools = example.figure("complaints_received", 28, (("procedure", "schools"),), SCHOOL_YEAR)

    def with_row(label: str) -> Table:
        row = Row(label, (schools,), RowKind.APART)
        return replace(table, rows=(*table.rows, row))

    assert len(in_report(example, "E14", with_row("Schools"))) == 1
    assert in_report(example, "E14", with_row("Schools, September 2023 to July 2024")) == []


def test_e14_different_years_added_up_unannounced(example: ModuleType) -> None:
    every = example.figure("received_with_own_years", 594)
    assert len(in_column(example, "E14", "Received", every)) == 1
    assert in_column(example, "E14", "Received, schools over a year of their own", every) == []


# E15 and E16: outcomes, and what is accounted for nowhere


def test_e15_everything_that_is_not_upheld_told_as_no_fault(example: ModuleType) -> None:
    table = example.outcomes()
    for row in ("Corporate", "All complaints"):
        table = changed(example, table, row, "not_upheld", 12)
    findings = in_report(example, "E15", table)
    assert {(f.printed, f.counted) for f in findings} == {("412", "400"), ("502", "490")}


def test_e15_the_rest_of_the_received_headed_as_not_upheld(example: ModuleType) -> None:
    rest = example.figure("not_upheld_of_received", (345, 1019))
    assert len(in_column(example, "E15", "No fault", rest)) == 1
    assert in_column(example, "E15", "Not upheld, open or withdrawn", rest) == []


def test_e16_rows_for_fewer_than_there_are(example: ModuleType) -> None:
    table = example.subjects()
    rows = tuple(row for row in table.rows if row.kind is not RowKind.NOT_RECORDED)
    (finding,) = in_report(example, "E16", replace(table, rows=rows))
    assert "49 of 509 are accounted for in no row" in finding.sentence


# E17: one name for two things


def test_e17_two_rows_of_one_name(example: ModuleType) -> None:
    table = example.subjects()
    rows = tuple(replace(r, label="Delay ") if r.label == "Quality" else r for r in table.rows)
    (finding,) = in_report(example, "E17", replace(table, rows=rows))
    assert finding.printed == "delay"


def test_e17_two_series_of_one_name(example: ModuleType) -> None:
    chart = example.drawn(example.received())
    chart = replace(chart, series=(*chart.series, *chart.series))
    draft = example.bare(example.report({"received_chart": chart}))
    assert len(found(draft, "E17")) == 1


# E18: where it comes from


@pytest.mark.parametrize("stamp", ["27 May 2024", "its cases are synthetic", "31 March 2024"])
def test_e18_a_page_without_its_stamps(example: ModuleType, stamp: str) -> None:
    draft = example.draft()
    page = draft.files[example.PAGE].decode().replace(stamp, "")
    files = {**draft.files, example.PAGE: page.encode()}
    assert len(found(replace(draft, files=files), "E18")) == 1


def test_e18_words_written_for_another_year(example: ModuleType) -> None:
    path = "councils/eastshire/commentary/2022-23/learning.md"
    (finding,) = found(example.bare(commentary={path: "All is well."}), "E18")
    assert (finding.printed, finding.counted) == ("2022-23", "2023-24")


def test_e18_history_that_still_waits(example: ModuleType) -> None:
    old = example.figure("responded_in_time_of_due", (10, 20),
                         period=example.BEFORE.previous().previous(),
                         state=State.PROVISIONAL, undecided=2)  # fmt: skip
    draft = example.bare()
    draft.ledger.enter(old, "report.html")
    (finding,) = found(draft, "E18")
    assert finding.kind is Kind.REMARK
    assert "still waits for 2 cases" in finding.sentence


# E19: labels and measures


@pytest.mark.parametrize(
    ("kpi", "value", "heading", "fair"),
    [
        ("complaints_received", 412, "Complaints investigated", "Complaints received"),
        ("upheld_or_partially", (61, 108), "Upheld", "Upheld or partially upheld"),
    ],
)
def test_e19_a_heading_that_names_another_measure(
    example: ModuleType, kpi: str, value: object, heading: str, fair: str
) -> None:
    figure = example.figure(kpi, value)
    assert len(in_column(example, "E19", heading, figure)) == 1
    assert in_column(example, "E19", fair, figure) == []


def test_e19_an_exclusive_band_labelled_as_cumulative(example: ModuleType) -> None:
    band = example.figure("received_at_stage", 24, (("band", "within_longest"),))
    assert len(in_column(example, "E19", "Answered within the longest time", band)) == 1
    assert in_column(example, "E19", "After the limit, within the longest time", band) == []


# E20: charts


def _without_table(example: ModuleType) -> Draft:
    report = example.report()
    sections = tuple(
        replace(s, items=tuple(i for i in s.items if i.id != "received")) for s in report.sections
    )
    return example.bare(replace(report, sections=sections))  # type: ignore[no-any-return]


def _without_alt(example: ModuleType) -> Draft:
    chart = replace(example.drawn(example.received()), alt="Chart of it")
    return example.bare(example.report({"received_chart": chart}))  # type: ignore[no-any-return]


def _of_other_values(example: ModuleType) -> Draft:
    chart = example.drawn(example.outcomes())
    chart = replace(chart, id="received_chart", table_id="received")
    return example.bare(example.report({"received_chart": chart}))  # type: ignore[no-any-return]


@pytest.mark.parametrize("plant", [_without_table, _without_alt, _of_other_values])
def test_e20_a_chart_that_only_the_sighted_can_read(
    example: ModuleType, plant: Callable[[ModuleType], Draft]
) -> None:
    assert len(found(plant(example), "E20")) == 1
