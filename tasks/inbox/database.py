"""Database: an inbox of queries, whose same rows are the same bytes whatever order they come in."""

from __future__ import annotations

import csv
import datetime as dt
import decimal
import hashlib
import io
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.errors import CandourError, ConfigurationError, InputError, UnreachableError
from candour.inbox import file_name
from tasks.inbox.arrived import Arrived, File, Wanted

if TYPE_CHECKING:
    from candour.council import Council

_ROWS_AT_ONCE = 5_000
_READ_ONLY = {
    "postgres": "SET TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
    "sqlite": "PRAGMA query_only = ON",
}
"""How a transaction is told that it may only read, by the connection's kind."""
_DAY = ":as_of"
"""What stands for the day of the run in a query; it is put there as '2024-03-28', in quotes."""
_REFUSED = re.compile(r"authentication failed|login failed|access denied|pg_hba|ORA-01017", re.I)
_MISSING = re.compile(r'database "[^"]*" does not exist', re.I)


class Database:
    """The results of a council's queries, each under the name of its export's file."""

    def __init__(self, council: Council, folder: Path, hook: Any, day: dt.date) -> None:  # noqa: ANN401
        inbox = council.profile.inbox
        self.place = f"of the Airflow connection '{inbox.connection}'"
        self._connection = inbox.connection
        self._hook = hook
        self._queries = {
            file_name(council.exports[export], day): (path, _query(folder, council.id, path, day))
            for export, path in inbox.queries.items()
        }
        self._results: dict[str, bytes] = {}

    def arrived(self, wanted: Wanted, known: Mapping[str, str]) -> Arrived:
        """The results, asked for now: a query is never half written.

        Raises:
            ConfigurationError: the log-in was refused, or a query cannot be answered.
            InputError: a result holds what no file of text can.
            UnreachableError: the database could not be reached; another try may do.
        """
        for name, (path, sql) in self._queries.items():
            if wanted(name):
                self._results[name] = self._answer(path, sql)
        return Arrived(
            tuple(
                File(name, name, len(content), hashlib.sha256(content).hexdigest())
                for name, content in self._results.items()
            ),
            others=tuple(name for name in self._queries if name not in self._results),
        )

    def read(self, file: File) -> bytes | None:
        """A result's bytes."""
        return self._results[file.name]

    def _answer(self, path: str, sql: str) -> bytes:
        with self._open() as connection:
            try:
                with closing(_cursor(self._hook, connection)) as cursor:
                    cursor.execute(sql)
                    return _as_csv(cursor, path)
            except CandourError:
                raise
            except Exception as problem:
                raise self._wrong(problem, path) from None

    @contextmanager
    def _open(self) -> Iterator[Any]:
        """A connection that only reads, and whose transaction leaves nothing behind."""
        try:
            connection = self._hook.get_conn()
        except Exception as problem:
            raise self._unopened(problem) from None
        with closing(connection):
            only = _READ_ONLY.get(self._hook.conn_type)
            if only:
                with closing(connection.cursor()) as cursor:
                    cursor.execute(only)
            yield connection
            connection.rollback()

    def _unopened(self, problem: Exception) -> CandourError:
        if _REFUSED.search(str(problem)):
            return ConfigurationError(
                f"The database {self.place} refused the log-in. Correct its login and password "
                f"under Admin, Connections, or in AIRFLOW_CONN_{self._connection.upper()}."
            )
        if _MISSING.search(str(problem)):
            return ConfigurationError(
                f"The database {self.place} does not exist there: correct its schema, which is "
                "the database's name."
            )
        return UnreachableError(
            f"The database {self.place} could not be reached ({type(problem).__name__}). Airflow "
            "tries again by itself. If it goes on, look whether its host and port are right, "
            "whether this machine may reach it, and whether it runs."
        )

    def _wrong(self, problem: Exception, path: str) -> CandourError:
        state = getattr(problem, "sqlstate", None) or getattr(problem, "pgcode", None) or ""
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(problem).__name__).lower()
        if str(state).startswith(("08", "57P")):
            return self._unopened(problem)
        # What a database says of a query's own words names no row; anything else might.
        said = getattr(getattr(problem, "diag", None), "message_primary", None)
        reason = f"{kind}: {said}" if said and str(state).startswith("42") else kind
        return ConfigurationError(
            f"The database {self.place} did not answer {path} ({reason}). Correct the query, or "
            "give whoever logs in the right to read what it names."
        )


def _cursor(hook: Any, connection: Any) -> Any:  # noqa: ANN401
    """A cursor that has rows sent as they are read; a named one does in PostgreSQL."""
    return connection.cursor("candour") if hook.conn_type == "postgres" else connection.cursor()


def _query(folder: Path, council: str, path: str, day: dt.date) -> str:
    """A file's one SELECT, about a day.

    Raises:
        ConfigurationError: it is not there, or is anything else.
    """
    import sqlparse  # noqa: PLC0415

    file, where = (folder / path).resolve(), f"councils/{council}/{path}"
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        raise ConfigurationError(
            f"councils/{council}/council.yaml: inbox → queries names {path}, and there is no such "
            "file in the council's folder. Write the query there."
        )
    try:
        statements = sqlparse.parse(sqlparse.format(file.read_text("utf-8"), strip_comments=True))
    except UnicodeDecodeError:
        raise ConfigurationError(f"{where} is no UTF-8 text. Save it as UTF-8.") from None
    asked = [s for s in statements if str(s).strip(" \n\r\t;")]
    if len(asked) != 1 or asked[0].get_type() != "SELECT":
        raise ConfigurationError(
            f"{where}: expected one SELECT (WITH … SELECT is one); an inbox only reads."
        )
    words = (f"'{day}'" if word.value == _DAY else word.value for word in asked[0].flatten())
    return "".join(words).strip().rstrip(";")


def _as_csv(cursor: Any, path: str) -> bytes:  # noqa: ANN401
    """A result as CSV, its rows sorted: a database gives them in any order it likes."""
    lines: list[str] = []
    header = ""
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        header = header or _line([column[0] for column in cursor.description], path)
        lines += (_line(row, path) for row in rows)
    if not lines:
        header = _line([column[0] for column in cursor.description], path)
    return "".join((header, *sorted(lines))).encode()


def _line(cells: Any, path: str) -> str:  # noqa: ANN401
    written = io.StringIO()
    csv.writer(written).writerow([_text(cell, path) for cell in cells])
    return written.getvalue()


def _text(cell: object, path: str) -> str:
    """A cell as text: days and instants as ISO 8601 has them, instants with a zone in UTC."""
    for kind, text in _TEXTS.items():
        if isinstance(cell, kind):
            return text(cell)
    raise InputError(
        f"The result of {path} has a column of {type(cell).__name__}, which is no text, number, "
        "day or time. Cast it to text in the query, or leave it out."
    )


def _instant(moment: dt.datetime) -> str:
    in_utc = moment if moment.tzinfo is None else moment.astimezone(dt.UTC)
    return in_utc.isoformat(" ", "seconds")


_TEXTS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda cell: "true" if cell else "false",
    decimal.Decimal: lambda cell: f"{cell:f}",
    dt.datetime: _instant,
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
    **dict.fromkeys((str, int, float, uuid.UUID), str),
}
"""The first that fits: a truth value is a whole number too, and an instant a day."""
