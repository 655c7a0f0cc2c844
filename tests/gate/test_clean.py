"""A draft that holds passes without a word."""

from types import ModuleType

from candour.gate import Draft, examine, told


def test_nothing_is_said_of_a_draft_that_holds(clean: Draft) -> None:
    assert told(examine(clean)) == (
        "Nothing was found: everything that must hold of this draft holds."
    )


def test_figures_that_are_withheld_or_not_recorded_are_no_contradiction(
    example: ModuleType,
) -> None:
    received = example.received()
    for row in ("Corporate", "All complaints"):
        for column in ("this", "change", "per_cent"):
            hidden = example.withheld(example.cell(received, row, column))
            received = example.with_cell(received, row, column, hidden)
    report = example.report({"received": received})
    found = examine(Draft(report, example.Ledger(), example.KPIS))
    assert [finding for finding in found if finding.code in {"E1", "E2", "E16"}] == []
