"""What the law asks for is ticked off where it is, and what is not there is named."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from candour.errors import ConfigurationError
from candour.gate import (
    Answered,
    Kind,
    Standing,
    chosen,
    contents_listing,
    contents_of,
    examine,
    read_contents,
    told,
)
from candour.ledger import Ledger
from candour.procedure import Procedure

FOLDER = Path(__file__).parents[2] / "templates/contents"
LISTS = read_contents({f"contents/{p.name}": p.read_text("utf-8") for p in FOLDER.glob("*.yaml")})


def procedure(name: str, basis: str) -> Procedure:
    stage = {"name": "Stage one", "respond_within": 10}
    return Procedure.model_validate(
        {"name": name, "short_name": name, "basis": basis, "stages": {1: stage}}
    )


PROCEDURES = {
    "corporate": procedure("Corporate", "The council's policy"),
    "adults": procedure(
        "Adult social care", "Local Authority Social Services and National Health Service "
        "Complaints (England) Regulations 2009"
    ),
    "childrens": procedure(
        "Children's", "Children Act 1989 Representations Procedure (England) Regulations 2006"
    ),
}  # fmt: skip


def answers(example: ModuleType, *lists: str, said: tuple[str, ...] = ()) -> dict[str, Answered]:
    found = contents_of(
        example.report(),
        Ledger(),
        {id_: LISTS[id_] for id_ in lists},
        commentary=said,
        procedures=PROCEDURES,
    )
    return {answer.id: answer for answer in found}


def test_every_list_that_ships_says_where_each_item_comes_from() -> None:
    assert set(LISTS) == {
        "adults_regulation_18", "childrens_regulation_13", "getting_the_best_from_complaints",
        "lgsco_code",
    }  # fmt: skip
    for contents in LISTS.values():
        assert contents.source
        assert all(asked.asks.endswith(".") and asked.basis for asked in contents.asks.values())


def test_a_printed_figure_of_the_procedure_satisfies(example: ModuleType) -> None:
    found = answers(example, "adults_regulation_18")
    assert found["received"].standing is Standing.SATISFIED
    assert found["received"].where == ("table 'Complaints received by procedure'",)
    assert found["well_founded"].standing is Standing.SATISFIED


def test_what_nothing_tells_is_missing_and_named(example: ModuleType) -> None:
    answer = answers(example, "adults_regulation_18")["taken_to_the_ombudsman"]
    assert answer.standing is Standing.MISSING
    assert answer.missing == ("taken_outside or ombudsman_received or lgsco_received",)


def test_a_figure_of_another_procedure_does_not_satisfy(example: ModuleType) -> None:
    received = example.received()
    rows = tuple(row for row in received.rows if row.label != "Adult social care")
    without = replace(received, rows=rows)
    report = example.report({"received": without, "received_chart": example.drawn(without)})
    found = contents_of(
        report, Ledger(), {"a": LISTS["adults_regulation_18"]}, procedures=PROCEDURES
    )
    assert found[0].standing is Standing.MISSING


def test_words_of_officers_satisfy(example: ModuleType) -> None:
    assert answers(example, "adults_regulation_18")["action"].standing is Standing.MISSING
    said = answers(example, "adults_regulation_18", said=("learning",))["action"]
    assert said.standing is Standing.SATISFIED
    assert said.where == ("officers' words on learning",)


def test_a_breakdown_that_is_asked_for_must_be_there(example: ModuleType) -> None:
    stages = answers(example, "getting_the_best_from_complaints")["stages"]
    assert stages.missing == ("received_at_stage by stage",)


def test_what_only_a_person_can_see_to_says_so(example: ModuleType) -> None:
    answer = answers(example, "adults_regulation_18")["open_to_all"]
    assert answer.standing is Standing.PERSON


def test_the_gate_gives_a_checklist_that_stops_nothing(example: ModuleType) -> None:
    draft = example.bare(
        contents={"adults_regulation_18": LISTS["adults_regulation_18"]}, procedures=PROCEDURES
    )
    found = examine(draft)
    assert {(finding.code, finding.kind) for finding in found} == {("G10", Kind.CHECKLIST)}
    assert "a person must see to:" in told(found)


def test_the_appendix_lists_each_item_with_where_it_is(example: ModuleType) -> None:
    lists = {"lgsco_code": LISTS["lgsco_code"]}
    found = contents_of(example.report(), Ledger(), lists, procedures=PROCEDURES)
    listing = contents_listing(found, lists)
    assert len(listing.rows) == len(LISTS["lgsco_code"].asks)
    assert all(row[-1] for row in listing.rows)
    assert {row[3] for row in listing.rows} == {"Missing", "Needs a person"}


def test_a_report_may_only_name_lists_there_are() -> None:
    assert list(chosen(LISTS, ["lgsco_code"], "templates/reports/x.yaml")) == ["lgsco_code"]
    with pytest.raises(ConfigurationError, match="lgsco_cod"):
        chosen(LISTS, ["lgsco_cod"], "templates/reports/x.yaml")


def test_an_item_that_nothing_could_tell_is_refused() -> None:
    text = "title: A\nsource: B\nasks:\n  one: {asks: Anything., basis: C}\n"
    with pytest.raises(ConfigurationError, match="name what tells it"):
        read_contents({"contents/a.yaml": text})
