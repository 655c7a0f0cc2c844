"""Lineage: what a verb read and made, with counts that add up, becomes OpenLineage's own facets."""

from __future__ import annotations

import pytest

from tasks.airflow_lineage import Extractor
from tasks.extract import Intake, Snapshot
from tasks.lineage import Dataset, Lineage, note, of_deliver, of_extract, of_validate
from tasks.outbox import Posted
from tasks.state import Release


def _snapshot(export: str, day: int, loaded: int, quarantined: int, noise: int) -> Snapshot:
    return Snapshot(
        name=f"{export}_{day}.csv", sha256=f"{export}{day}", export=export, fills="steps",
        holds="everything", extracted_on=f"2024-03-{day:02}", folder="", unknown=(),
        rows_in_file=loaded + quarantined + noise, loaded=loaded, quarantined=quarantined,
        noise=noise, unknown_columns=(), notes=(),
    )  # fmt: skip


INTAKE = Intake(
    "2024-03-18-abc", "northmere", "2024-03-18",
    (_snapshot("complaints", 11, 90, 5, 1), _snapshot("complaints", 18, 100, 0, 2),
     _snapshot("contacts", 18, 30, 1, 0)),
    ("a holiday photo.jpg",),
)  # fmt: skip


def test_exports_become_an_intake_and_what_was_set_aside() -> None:
    lineage = of_extract(INTAKE)
    assert lineage.inputs == (
        Dataset("northmere/exports/complaints", "complaints18", 198, 2),
        Dataset("northmere/exports/contacts", "contacts18", 31, 1),
    )
    assert lineage.outputs == (
        Dataset("northmere/intake", "2024-03-18-abc", 220),
        Dataset("northmere/quarantine", "2024-03-18-abc", 6),
    )


def test_each_step_reads_what_the_one_before_made() -> None:
    made = {one.name for one in of_extract(INTAKE).outputs}
    assert {one.name for one in of_validate("northmere", INTAKE.id).inputs} <= made
    release = Release("northmere", "monthly_pack", "2024-03", "managers", 2, "d", "f", "r", "t")
    delivered = of_deliver(release, Posted(sent=("p_singh", "p_hale")))
    assert delivered.inputs[0].version == "2024-03/managers/v2"
    assert delivered.outputs == (
        Dataset("northmere/monthly_pack/delivered", "2024-03/managers/v2", files=2),
    )


@pytest.fixture
def noted() -> Lineage:
    lineage = of_extract(INTAKE)
    note(lineage)
    yield lineage
    note(Lineage())


def test_the_extractor_tells_it_in_standard_facets(noted: Lineage) -> None:
    told = Extractor(None).extract_on_complete(None)
    assert [one.name for one in told.inputs] == [one.name for one in noted.inputs]
    intake, quarantine = told.outputs
    assert intake.namespace == "candour"
    assert intake.facets["version"].datasetVersion == "2024-03-18-abc"
    assert intake.outputFacets["outputStatistics"].rowCount == 220
    assert quarantine.outputFacets["outputStatistics"].rowCount == 6
    assert told.inputs[0].inputFacets["inputStatistics"].fileCount == 2


def test_a_task_that_only_began_tells_nothing_of_an_earlier_one(noted: Lineage) -> None:
    assert noted.outputs
    assert Extractor(None).extract().outputs == []
