"""Inbox: where a council's exports arrive, and never who may fetch them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, field_validator, model_validator

from candour.declarations import Declaration, Path, unknown

if TYPE_CHECKING:
    import datetime as dt

    from candour.exports import Export

_PASSWORD = re.compile(r"(?![^/@]*:\d+/)[^@]*:[^@]*@")
"""What stands after ``//`` where a password does; a port, and an @ in the path, are not one."""


class Inbox(Declaration):
    """Where exports arrive: files in a folder or at a URL, or queries of a database.

    Written as mere words it is the folder or the URL. Who logs in, and with what, is never here: it
    is kept by Airflow, under the name that ``connection`` gives.
    """

    url: str = ""
    connection: str = ""
    """An Airflow connection: its log-in, password or key, and where the server is."""
    files: tuple[str, ...] = ()
    """The file names there are, at a web address that has no page listing them."""
    marker: Annotated[str, Field(pattern=r"^(\.\w+)?$")] = ""
    """The ending of the empty file that says its neighbour is whole: ``.ok``."""
    quiet_seconds: Annotated[int, Field(ge=0, le=600)] | None = None
    """How long a file has to stay as it is before it is whole; without it, what the place needs."""
    queries: Mapping[str, str] = Field(default_factory=dict)
    """A file of SQL in the council's folder for each export, by the export's name."""

    @model_validator(mode="before")
    @classmethod
    def _words_are_where_it_is(cls, written: object) -> object:
        return {"url": written} if isinstance(written, str) else written

    @field_validator("connection")
    @classmethod
    def _named(cls, connection: str) -> str:
        # What was found is not repeated: it may be a URL that holds a password.
        if not re.fullmatch(r"[\w.-]*", connection):
            message = (
                "'connection' is the name of an Airflow connection: letters, digits, _ - and ."
            )
            raise ValueError(message)
        return connection

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Inbox:
        wrong = next(_objections(self), None)
        if wrong is not None:
            raise ValueError(wrong)
        return self


def _objections(inbox: Inbox) -> Iterator[str]:
    """What is wrong with an inbox as a whole; never what was found, which may be a password."""
    scheme, remote, rest = inbox.url.partition("://")
    if bool(inbox.url) == bool(inbox.queries):
        yield "an inbox has either a 'url' (a folder is one too) or 'queries'."
    if remote:
        yield from _objections_to_url(rest)
    if inbox.connection and inbox.url and not remote:
        yield "a folder of this machine needs no 'connection'."
    if inbox.connection and scheme == "http":
        yield "a log-in would travel readable over http://; use https://."
    if inbox.queries and not inbox.connection:
        yield "'queries' need a 'connection': the Airflow connection of the database."
    if inbox.files:
        yield from _objections_to_files(inbox, scheme)


def _objections_to_url(rest: str) -> Iterator[str]:
    if _PASSWORD.match(rest):
        yield (
            "the URL holds a password, which a council's folder must not. Take it out, make an "
            "Airflow connection with it, and name that under 'connection'."
        )
    if re.search(r"[?#]", rest):
        yield "a URL is a folder here: leave out what follows '?' or '#'. Name files in 'files'."


def _objections_to_files(inbox: Inbox, scheme: str) -> Iterator[str]:
    if scheme not in {"http", "https"}:
        yield "'files' are for a web address (https://); elsewhere the inbox itself is looked at."
    if inbox.marker:
        yield "a 'marker' is looked for in a list of what is there; with 'files' there is none."
    if any("/" in name or "\\" in name for name in inbox.files):
        yield "'files' are names of files in the inbox, without '/'."


def file_name(export: Export, day: dt.date) -> str:
    """The name a query's result lands under: the first declared one, with the day in it."""
    named = export.files[0].name
    return named.replace("{date}", day.strftime(export.date_in_name)).replace("*", "")


def misfits(inbox: Inbox, exports: Mapping[str, Export]) -> Iterator[tuple[Path, str]]:
    """What is wrong with the queries of an inbox in the light of the council's exports."""
    for name, file in inbox.queries.items():
        place: Path = ("inbox", "queries", name)
        if name not in exports:
            yield place, f"{unknown(name, exports)} The exports are in exports.yaml."
        elif not exports[name].files[0].name.casefold().endswith(".csv"):
            yield (
                place,
                (
                    f"its result is a CSV, but the first of 'files' of {name} in exports.yaml is "
                    f"'{exports[name].files[0].name}'. Let it end in .csv."
                ),
            )
        written = PurePosixPath(file)
        if written.suffix != ".sql" or written.is_absolute() or ".." in written.parts:
            yield place, f"found '{file}'; expected a .sql file inside the council's folder."
