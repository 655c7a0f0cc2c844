"""Checks: what is wrong with an export in the light of the frames and the council's own lists."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import TYPE_CHECKING

from candour.declarations import Path, unknown
from candour.exports.declared import Export, OneRow
from candour.exports.source import Setting, Source
from candour.exports.source_checks import LINEAGE_COLUMNS, Mistake, of_source
from candour.exports.vocabulary import STAGES, Vocabulary
from candour.frames import SCHEMAS, Kind, Need, Schema
from candour.labels import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OF_THE_CASE = {"case_ref", "stage", "procedure", *LINEAGE_COLUMNS}


def mistakes(export: Export, vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Every mistake of an export with its path, the dated differences applied one by one."""
    yield from _file_names(export)
    said = list(_of_mapping(export, vocabulary))
    yield from said
    for position, change in enumerate(export.changed):
        mapping = export.mapping_on(change.from_)
        for path, sentence in _of_mapping(mapping, vocabulary):
            if (path, sentence) not in said:
                yield ("changed", position, *path), sentence


def incomplete(export: Export, exports: Mapping[str, Export]) -> Iterator[Mistake]:
    """What is wrong with the export whose complaints this one completes."""
    if export.completes is None:
        return
    whole = [name for name, one in exports.items() if _begins_steps(one)]
    if export.completes not in whole:
        yield ("completes",), unknown(export.completes, whole)
    if export.fills != "steps" or export.one_row is not OneRow.STAGE:
        yield ("completes",), "only an export that fills steps, a row a case and stage, has it."


def _begins_steps(export: Export) -> bool:
    return export.fills == "steps" and export.completes is None


def _file_names(export: Export) -> Iterator[Mistake]:
    sample = dt.date(2024, 3, 28)
    try:
        written = sample.strftime(export.date_in_name)
        whole = dt.datetime.strptime(written, export.date_in_name).date() == sample  # noqa: DTZ007
    except ValueError:
        whole = False
    if not whole:
        yield (
            ("date_in_name",),
            f"'{export.date_in_name}' does not tell a day; expected a form like '%Y%m%d'.",
        )
    for position, file in enumerate(export.files):
        if file.name.count("{date}") > 1:
            yield ("files", position, "name"), "'{date}' may stand in a file name only once."


def _of_mapping(export: Export, vocabulary: Vocabulary) -> Iterator[Mistake]:
    schema = SCHEMAS[export.fills]
    yield from _forms(export)
    yield from _layout(export, schema)
    for stage, column, source in export.sources():
        path: Path = ("columns", column) if stage is None else ("stages", stage, column)
        yield from of_source(path, column, source, schema, vocabulary)
    yield from _of_events(export, schema, vocabulary)
    yield from _twice_named(export)


def _forms(export: Export) -> Iterator[Mistake]:
    for position, form in enumerate(export.dates):
        if form != "excel" and not _tells_a_day(form):
            yield (
                ("dates", position),
                f"'{form}' does not tell a day; expected a form like '%d/%m/%Y', or 'excel'.",
            )
    if export.timezone is not None and export.timezone not in zoneinfo.available_timezones():
        yield ("timezone",), unknown(export.timezone, ("UTC", "Europe/London"))


def _tells_a_day(form: str) -> bool:
    # Asked first: from Python 3.13 on, reading a day without its year is a warning of its own.
    if not any(year in form for year in ("%Y", "%y")):
        return False
    sample = dt.datetime(2024, 3, 28, 16, 5, 7, tzinfo=dt.UTC)
    try:
        return dt.datetime.strptime(sample.strftime(form), form).date() == sample.date()  # noqa: DTZ007
    except ValueError:
        return False


def _layout(export: Export, schema: Schema) -> Iterator[Mistake]:
    if schema.name != "steps" and "one_row" in export.model_fields_set:
        yield ("one_row",), f"only an export that fills steps has it; one row is {schema.one_row}."
    if (export.one_row is OneRow.CASE) != bool(export.stages):
        yield ("stages",), "'stages' and 'one_row: case' go together; give both or neither."
    if (export.one_row is OneRow.EVENT) != (export.events is not None):
        yield ("events",), "'events' and 'one_row: event' go together; give both or neither."
    if export.one_row is OneRow.CASE and "stage" in export.columns:
        yield ("columns", "stage"), "one row is a case here: the stages are under 'stages'."
    for column in _needed(export, schema):
        if column not in export.columns:
            yield ("columns", column), f"it must be mapped: every row of {schema.name} needs it."
    for number, block in export.stages.items():
        yield from _stage(number, block)


def _stage(number: int, block: Mapping[str, Source]) -> Iterator[Mistake]:
    if str(number) not in STAGES:
        yield ("stages", number), unknown(number, STAGES)
    if "received_on" not in block:
        yield ("stages", number, "received_on"), "it must be mapped: it says the stage exists."
    for column in sorted(_OF_THE_CASE & set(block)):
        yield ("stages", number, column), "it belongs to the whole case, under 'columns'."


def _needed(export: Export, schema: Schema) -> list[str]:
    elsewhere = {
        OneRow.STAGE: LINEAGE_COLUMNS,
        OneRow.CASE: {*LINEAGE_COLUMNS, "stage", "received_on"},
        OneRow.EVENT: {*LINEAGE_COLUMNS, "stage", "received_on"},
    }[export.one_row]
    essential = [column.name for column in schema.columns if column.need is Need.ESSENTIAL]
    if export.completes is not None:
        essential = [*schema.key]
    return [name for name in essential if name not in elsewhere]


def _of_events(export: Export, schema: Schema, vocabulary: Vocabulary) -> Iterator[Mistake]:
    if export.events is None:
        return
    for label, settings in export.events.labels.items():
        for position, setting in enumerate(settings):
            path: Path = ("events", "labels", label)
            path = path if len(settings) == 1 else (*path, position)
            if setting.stage is None and "stage" not in export.columns:
                yield (*path, "stage"), "say the stage here, or map 'stage' under 'columns'."
            if setting.stage is not None and str(setting.stage) not in STAGES:
                yield (*path, "stage"), unknown(setting.stage, STAGES)
            yield from _of_setting(path, setting, schema, vocabulary)
            told = [other.sets for other in settings if other.source is not None]
            if setting.when_filled is not None and setting.when_filled not in told:
                yield (*path, "when_filled"), unknown(setting.when_filled, told)


def _of_setting(
    path: Path, setting: Setting, schema: Schema, vocabulary: Vocabulary
) -> Iterator[Mistake]:
    if setting.source is not None:
        yield from of_source(path, setting.sets, setting.source, schema, vocabulary)
    elif setting.sets not in schema.names:
        yield (*path, "sets"), unknown(setting.sets, schema.names)
    elif schema.column(setting.sets).kind is not Kind.DATE:
        yield (*path, "from"), f"{setting.sets} is no day: say 'from' or 'always'."


def _twice_named(export: Export) -> Iterator[Mistake]:
    mapped = {normalised(header) for header in export.headers()}
    for name in ("personal", "ignored"):
        for position, header in enumerate(getattr(export, name)):
            if normalised(header) in mapped:
                yield (name, position), f"'{header}' is mapped to a column; it cannot be {name}."
