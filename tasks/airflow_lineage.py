"""Airflow lineage: what a task noted of its data goes out as OpenLineage's standard facets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.providers.openlineage.extractors import BaseExtractor, OperatorLineage
from openlineage.client.event_v2 import InputDataset, OutputDataset
from openlineage.client.facet_v2 import (
    dataset_version_dataset,
    input_statistics_input_dataset,
    output_statistics_output_dataset,
)

from tasks.lineage import NAMESPACE, noted

if TYPE_CHECKING:
    from tasks.lineage import Dataset


class Extractor(BaseExtractor):
    """What our tasks read and made, for ``AIRFLOW__OPENLINEAGE__EXTRACTORS``; nothing at a start.

    The source of a task is left out, which the provider would send.
    """

    @classmethod
    def get_operator_classnames(cls) -> list[str]:
        """The operators that run our verbs."""
        return ["_PythonDecoratedOperator", "Approve"]

    def _execute_extraction(self) -> OperatorLineage:
        return OperatorLineage()

    def extract_on_complete(self, task_instance: object) -> OperatorLineage:
        """What the task noted before it ended, well or not."""
        lineage = noted()
        return OperatorLineage(
            inputs=[
                InputDataset(
                    NAMESPACE,
                    one.name,
                    facets=_facets(one),
                    inputFacets=_counted(
                        "inputStatistics",
                        input_statistics_input_dataset.InputStatisticsInputDatasetFacet,
                        one,
                    ),
                )
                for one in lineage.inputs
            ],
            outputs=[
                OutputDataset(
                    NAMESPACE,
                    one.name,
                    facets=_facets(one),
                    outputFacets=_counted(
                        "outputStatistics",
                        output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet,
                        one,
                    ),
                )
                for one in lineage.outputs
            ],
        )


def _facets(one: Dataset) -> dict[str, Any]:
    if not one.version:
        return {}
    facet = dataset_version_dataset.DatasetVersionDatasetFacet(datasetVersion=one.version)
    return {"version": facet}


def _counted(name: str, facet: type[Any], one: Dataset) -> dict[str, Any]:
    """How many rows and files a dataset has, where that is known."""
    if one.rows is None and one.files is None:
        return {}
    return {name: facet(rowCount=one.rows, fileCount=one.files)}
