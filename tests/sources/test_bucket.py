"""Bucket: an export in object storage comes in as if it lay in a folder here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from candour.errors import CandourError, ConfigurationError, InputError, UnreachableError
from tasks.extract import extract
from tasks.landing import land
from tests.conftest import LANDED_ON
from tests.delivery.object_storage import BUCKET, KEYS, object_storage
from tests.delivery.servers import free_port
from tests.sources.conftest import CANARY, FULL, Town, whole_export

pytestmark = [pytest.mark.gate, pytest.mark.usefixtures("no_waiting")]

Towns = Callable[..., Town]
Connects = Callable[..., str]


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with object_storage(tmp_path_factory.mktemp("s3") / "seaweed") as reached:
        endpoint = reached["AWS_ENDPOINT_URL"]
        files = _files(endpoint)
        for name, content in whole_export().items():
            files.pipe_file(f"{BUCKET}/out/{name}", content)
        yield endpoint


def _files(endpoint: str) -> fsspec.AbstractFileSystem:
    key, secret = KEYS.values()
    return fsspec.filesystem(
        "s3", key=key, secret=secret, endpoint_url=endpoint, skip_instance_cache=True
    )


def _connection(connection: Connects, endpoint: str, **more: Any) -> str:
    key, secret = KEYS.values()
    given = {"login": key, "password": secret, **more}
    return connection("aws", extra={"endpoint_url": endpoint}, **given)


def test_an_export_comes_in_as_from_a_folder_here(
    bucket: str, town: Towns, connection: Connects, tmp_path: Path
) -> None:
    for name, content in whole_export().items():
        (tmp_path / name).write_bytes(content)
    expected = extract(town(str(tmp_path)).settings, "eastmere", LANDED_ON)
    inbox = {"url": f"s3://{BUCKET}/out", "connection": _connection(connection, bucket)}
    there = town(inbox)
    assert extract(there.settings, "eastmere", LANDED_ON) == expected


def test_the_environment_leads_there_as_well(
    bucket: str, town: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": bucket}.items():
        monkeypatch.setenv(name, value)
    there = town(f"s3://{BUCKET}/out/")
    assert land(there.settings, there.council, LANDED_ON).present == set(whole_export())


def test_a_file_put_there_again_lands_once_more_and_no_other_is_fetched(
    bucket: str, town: Towns, connection: Connects, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _files(bucket)
    for name in (FULL, "complaints_changes_20240603.csv"):
        files.pipe_file(f"{BUCKET}/again/{name}", b"first")
    inbox = {"url": f"s3://{BUCKET}/again", "connection": _connection(connection, bucket)}
    there = town(inbox)
    land(there.settings, there.council, LANDED_ON)
    read: list[str] = []
    reads = __import__("tasks.inbox.folder", fromlist=["x"]).Folder._read_there
    monkeypatch.setattr(
        "tasks.inbox.folder.Folder._read_there",
        lambda self, path: read.append(path) or reads(self, path),
    )
    files.pipe_file(f"{BUCKET}/again/{FULL}", b"other")
    assert land(there.settings, there.council, LANDED_ON).present == {
        FULL, "complaints_changes_20240603.csv"
    }  # fmt: skip
    assert read == [f"{BUCKET}/again/{FULL}"]
    assert there.landed() == {b"first", b"other"}


def test_a_folder_that_was_emptied_is_empty(bucket: str, town: Towns, connection: Connects) -> None:
    inbox = {"url": f"s3://{BUCKET}/emptied", "connection": _connection(connection, bucket)}
    there = town(inbox)
    assert land(there.settings, there.council, LANDED_ON).present == set()


@pytest.mark.parametrize(
    ("url", "changed", "error", "says"),
    [
        (f"s3://{BUCKET}/out", {"password": CANARY}, ConfigurationError, "refused the log-in"),
        (f"s3://{BUCKET}/out", {"login": CANARY}, ConfigurationError, "refused the log-in"),
        (f"s3://{BUCKET}-not-there/out", {}, InputError, "does not exist"),
        (f"s3://{BUCKET}/out", {"port": free_port()}, UnreachableError, "could not be reached"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    url: str, changed: dict[str, Any], error: type[CandourError], says: str,
    bucket: str, town: Towns, connection: Connects, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    port = changed.pop("port", None)
    endpoint = f"http://127.0.0.1:{port}" if port else bucket
    there = town({"url": url, "connection": _connection(connection, endpoint, **changed)})
    with caplog.at_level(logging.INFO), pytest.raises(CandourError) as stopped:
        land(there.settings, there.council, LANDED_ON)
    assert type(stopped.value) is error
    assert says in str(stopped.value)
    assert CANARY not in f"{stopped.value!r} {caplog.text}"
