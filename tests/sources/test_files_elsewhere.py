"""Files elsewhere: an export on an SFTP or web server comes in as if it lay in a folder here."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from candour.errors import CandourError, ConfigurationError, InputError, UnreachableError
from tasks.extract import extract
from tasks.landing import land
from tests.conftest import LANDED_ON
from tests.delivery.servers import free_port
from tests.sources.conftest import CANARY, FULL, Town, whole_export
from tests.sources.servers import USER, Sftp, Web, sftp, web

Towns = Callable[..., Town]
Connects = Callable[..., str]

pytestmark = pytest.mark.usefixtures("no_waiting")


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vendor")
    (folder / "out").mkdir()
    for name, content in whole_export().items():
        (folder / "out" / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def at_sftp(export: Path) -> Iterator[Sftp]:
    with sftp(export) as server:
        yield server


@pytest.fixture(scope="module")
def at_web(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with web(export, tmp_path_factory.mktemp("keys")) as server:
        yield server


def _sftp_connection(connection: Connects, server: Sftp, **more: Any) -> str:
    given = {"login": USER, "password": CANARY, "port": server.port, "host": "127.0.0.1", **more}
    extra = {"host_key": server.host_key} | given.pop("extra", {})
    return connection("sftp", extra=extra, **given)


def _web_connection(connection: Connects, server: Web, **more: Any) -> str:
    given = {"login": USER, "password": CANARY, **more}
    return connection("http", extra={"verify": str(server.authority)}, **given)


def _problem(town: Town, caplog: pytest.LogCaptureFixture) -> CandourError:
    """What stops the landing; neither it nor a log holds the password."""
    with caplog.at_level(logging.DEBUG), pytest.raises(CandourError) as stopped:
        land(town.settings, town.council, LANDED_ON)
    assert CANARY not in f"{stopped.value!r} {stopped.value.__cause__} {caplog.text}"
    assert stopped.value.__suppress_context__ or stopped.value.__context__ is None
    return stopped.value


def test_an_export_comes_in_as_from_a_folder_here(
    export: Path, at_sftp: Sftp, at_web: Web, town: Towns, connection: Connects
) -> None:
    here = town(str(export / "out"))
    expected = extract(here.settings, "eastmere", LANDED_ON)
    assert {snapshot.name for snapshot in expected.snapshots} == set(whole_export())

    name = _sftp_connection(connection, at_sftp)
    there = town({"url": "sftp://127.0.0.1/out", "connection": name})
    assert extract(there.settings, "eastmere", LANDED_ON) == expected

    name = _web_connection(connection, at_web)
    there = town({"url": f"{at_web.url}/out", "connection": name})
    assert extract(there.settings, "eastmere", LANDED_ON) == expected
    assert there.landed() == set(whole_export().values())


def test_what_landed_is_not_fetched_again(at_web: Web, town: Towns, connection: Connects) -> None:
    name = _web_connection(connection, at_web)
    there = town({"url": f"{at_web.url}/out/", "connection": name})
    at_web.asked.clear()
    assert land(there.settings, there.council, LANDED_ON).present == set(whole_export())
    assert at_web.fetched(".csv") == 2
    assert land(there.settings, there.council, LANDED_ON).present == set(whole_export())
    assert at_web.fetched(".csv") == 2


def test_a_file_that_changed_lands_again_under_its_name(
    tmp_path: Path, town: Towns, connection: Connects
) -> None:
    (tmp_path / FULL).write_bytes(b"first")
    with sftp(tmp_path) as server:
        there = town({"url": "sftp:///", "connection": _sftp_connection(connection, server)})
        land(there.settings, there.council, LANDED_ON)
        (tmp_path / FULL).write_bytes(b"second")
        land(there.settings, there.council, LANDED_ON)
    assert there.landed() == {b"first", b"second"}


def test_a_key_opens_what_a_password_does(export: Path, town: Towns, connection: Connects) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    with sftp(export, key.export_public_key().decode()) as server:
        extra = {"private_key": key.export_private_key().decode()}
        name = _sftp_connection(connection, server, password=None, extra=extra)
        there = town({"url": "sftp:///out", "connection": name})
        assert land(there.settings, there.council, LANDED_ON).present == set(whole_export())


def test_named_files_need_no_list_of_them(at_web: Web, town: Towns, connection: Connects) -> None:
    name = _web_connection(connection, at_web)
    inbox = {"url": f"{at_web.url}/out", "connection": name, "files": [FULL, "not_yet.csv"]}
    there = town(inbox)
    assert land(there.settings, there.council, LANDED_ON).present == {FULL}


def test_a_server_that_tells_nothing_of_its_files_is_read_twice(
    export: Path, tmp_path: Path, town: Towns, connection: Connects
) -> None:
    with web(export, tmp_path, tells=lambda header: header not in {"Last-Modified", "ETag"}) as at:
        there = town({"url": f"{at.url}/out", "connection": _web_connection(connection, at)})
        assert land(there.settings, there.council, LANDED_ON).present == set(whole_export())
    assert there.landed() == set(whole_export().values())


def test_a_list_leads_to_no_other_folder(tmp_path: Path, town: Towns, connection: Connects) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "complaints_full_20240101.csv").write_bytes(b"above")
    links = ("../complaints_full_20240101.csv", "/complaints_full_20240101.csv", "?C=N;O=D",
             "..%2Fcomplaints_full_20240102.csv", "x/complaints_full_20240103.csv",
             "https://other.invalid/complaints_full_20240104.csv", FULL)  # fmt: skip
    page = "".join(f'<a href="{link}">x</a>' for link in links)
    (tmp_path / "out/index.html").write_text(f"<html>{page}</html>")
    (tmp_path / "out" / FULL).write_bytes(b"inside")
    with web(tmp_path, tmp_path / "keys") as at:
        there = town({"url": f"{at.url}/out", "connection": _web_connection(connection, at)})
        assert land(there.settings, there.council, LANDED_ON).present == {FULL}
    assert there.landed() == {b"inside"}


def test_a_link_on_a_server_is_refused_by_name(
    tmp_path: Path, town: Towns, connection: Connects
) -> None:
    (tmp_path / "secret").write_bytes(b"elsewhere")
    (tmp_path / FULL).symlink_to("secret")
    with sftp(tmp_path) as server:
        there = town({"url": "sftp:///", "connection": _sftp_connection(connection, server)})
        landed = land(there.settings, there.council, LANDED_ON)
    assert [FULL in sentence and "a link" in sentence for sentence in landed.refused] == [True]
    assert there.landed() == set()


@contextmanager
def _one_that_leads_to_another(folder: Path) -> Iterator[tuple[Web, Web, Path]]:
    """A server, the one it leads to, and what vouches for both."""
    (folder / FULL).write_bytes(b"x")
    with (
        web(folder, folder / "theirs") as other,
        web(folder, folder / "keys", leads_to=f"{other.url}/") as at,
    ):
        both = folder / "both.pem"
        both.write_bytes(at.authority.read_bytes() + other.authority.read_bytes())
        yield at, other, both


def test_a_log_in_does_not_follow_to_another_server(
    tmp_path: Path, town: Towns, connection: Connects
) -> None:
    with _one_that_leads_to_another(tmp_path) as (at, other, both):
        name = connection("http", login=USER, password=CANARY, extra={"verify": str(both)})
        there = town({"url": at.url, "connection": name})
        with pytest.raises(ConfigurationError, match="refused the log-in"):
            land(there.settings, there.council, LANDED_ON)
    assert other.asked
    assert other.log_ins == []


def test_a_header_of_its_own_is_taken_to_no_other_server(
    tmp_path: Path, town: Towns, connection: Connects
) -> None:
    """Nobody elsewhere could know that it is a secret, so no other server is asked at all."""
    with _one_that_leads_to_another(tmp_path) as (at, other, both):
        extra = {"verify": str(both), "headers": {"X-Api-Key": CANARY}}
        there = town({"url": at.url, "connection": connection("http", extra=extra)})
        with pytest.raises(ConfigurationError, match=r"leads to another address \(302\)"):
            land(there.settings, there.council, LANDED_ON)
    assert at.asked
    assert other.asked == []


@pytest.mark.parametrize(
    ("changed", "path", "error", "says"),
    [
        ({"password": f"{CANARY}-no"}, "/out", ConfigurationError, "refused the log-in"),
        ({}, "/nowhere", InputError, "does not exist"),
        ({"extra": {"host_key": ""}}, "/out", ConfigurationError, "that nothing here knows"),
        ({"extra": {"host_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA=="}}, "/out",
         ConfigurationError, "another host_key"),
        ({"host": "files.invalid"}, "/out", UnreachableError, "could not be reached"),
        ({"port": free_port()}, "/out", UnreachableError, "could not be reached"),
        ({"password": None, "extra": {"private_key": f"{CANARY}\n"}}, "/out", ConfigurationError,
         "private_key"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_sftp_inbox_is_one_sentence(
    changed: dict[str, Any], path: str, error: type[Exception], says: str,
    at_sftp: Sftp, town: Towns, connection: Connects, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    there = town(
        {"url": f"sftp://{path}", "connection": _sftp_connection(connection, at_sftp, **changed)}
    )
    problem = _problem(there, caplog)
    assert type(problem) is error
    assert says in str(problem)


@pytest.mark.parametrize(
    ("changed", "path", "error", "says"),
    [
        ({"password": f"{CANARY}-no"}, "/out", ConfigurationError, "refused the log-in"),
        ({}, "/nowhere", InputError, "does not exist"),
    ],
)
def test_what_is_wrong_with_a_web_inbox_is_one_sentence(
    changed: dict[str, Any], path: str, error: type[Exception], says: str,
    at_web: Web, town: Towns, connection: Connects, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    name = _web_connection(connection, at_web, **changed)
    problem = _problem(town({"url": f"{at_web.url}{path}", "connection": name}), caplog)
    assert type(problem) is error
    assert says in str(problem)
    named = town({"url": f"{at_web.url}{path}", "connection": name, "files": [FULL]})
    if error is ConfigurationError:
        assert says in str(_problem(named, caplog))


def test_a_certificate_nobody_vouches_for_and_a_closed_port_are_told(
    at_web: Web, town: Towns, connection: Connects, caplog: pytest.LogCaptureFixture
) -> None:
    name = connection("http", login=USER, password=CANARY)
    problem = _problem(town({"url": at_web.url, "connection": name}), caplog)
    assert isinstance(problem, ConfigurationError)
    assert "certificate" in str(problem)
    closed = town({"url": f"https://127.0.0.1:{free_port()}/out", "connection": name})
    assert isinstance(_problem(closed, caplog), UnreachableError)


def test_a_connection_nobody_made_is_named(town: Towns, caplog: pytest.LogCaptureFixture) -> None:
    there = town({"url": "sftp://files.invalid/out", "connection": "not_made"})
    assert "AIRFLOW_CONN_NOT_MADE" in str(_problem(there, caplog))


def test_no_password_is_in_the_run_state(
    export: Path, at_sftp: Sftp, town: Towns, connection: Connects
) -> None:
    there = town({"url": "sftp:///out", "connection": _sftp_connection(connection, at_sftp)})
    extract(there.settings, "eastmere", LANDED_ON)
    shutil.copytree(there.folder, Path(there.settings.home) / "folder")
    files = [path for path in Path(there.settings.home).rglob("*") if path.is_file()]
    assert len(files) > 5
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]
