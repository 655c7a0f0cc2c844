"""Before anything starts: what .env asks for fits together, and the run state has a place."""

from __future__ import annotations

import os
import socket
import sys
from urllib.parse import urlsplit

import fsspec
import psycopg2
from sqlalchemy.engine import make_url

BUILT_IN_STORE = "object-store"


def main() -> int:
    """Check, then make what is missing; a second time changes nothing."""
    told = disagreements()
    for sentence in told:
        print(sentence, file=sys.stderr)  # noqa: T201
    if told:
        return 2
    make_database(os.environ["CANDOUR_DATABASE"])
    make_bucket(os.environ["CANDOUR_HOME"])
    return 0


def disagreements() -> list[str]:
    """What .env says that cannot both be: a profile's containers are there, or they are not."""
    executor, home = os.environ["AIRFLOW__CORE__EXECUTOR"], os.environ["CANDOUR_HOME"]
    by_workers, there_is_a_queue = executor == "CeleryExecutor", _is_there("queue")
    in_a_bucket, there_is_a_store = home.startswith("s3://"), _is_there(BUILT_IN_STORE)
    wants_the_store = in_a_bucket and _endpoint() == BUILT_IN_STORE
    sentences = {
        f"The profile celery runs, but tasks are not given to its workers: CANDOUR_EXECUTOR is "
        f"{executor}. Set CANDOUR_EXECUTOR=CeleryExecutor in .env, or leave the profile out.": (
            there_is_a_queue and not by_workers
        ),
        "CANDOUR_EXECUTOR is CeleryExecutor, but there is neither a queue nor a worker. Set "
        "COMPOSE_PROFILES=celery in .env.": by_workers and not there_is_a_queue,
        f"The profile s3 runs, but nothing is kept in it: CANDOUR_HOME is {home}. Set "
        "CANDOUR_HOME=s3://candour/state in .env, or leave the profile out.": (
            there_is_a_store and not in_a_bucket
        ),
        f"CANDOUR_HOME is {home}, but there is no object store. Add s3 to COMPOSE_PROFILES in "
        ".env, or name one of your own in CANDOUR_S3_ENDPOINT.": wants_the_store
        and not there_is_a_store,
    }
    return [sentence for sentence, is_so in sentences.items() if is_so]


def make_database(url: str) -> None:
    """Make the run state's database where there is none; its tables are made when first used."""
    wanted = make_url(url)
    connection = psycopg2.connect(
        host=wanted.host,
        port=wanted.port or 5432,
        user=wanted.username,
        password=wanted.password,
        dbname="postgres",
    )
    connection.autocommit = True
    with connection.cursor() as asked:
        asked.execute("SELECT 1 FROM pg_database WHERE datname = %s", (wanted.database,))
        if asked.fetchone() is None:
            asked.execute(f'CREATE DATABASE "{wanted.database}"')
    connection.close()


def make_bucket(home: str) -> None:
    """Make the bucket in the object store of the profile; one elsewhere is somebody's own."""
    if not home.startswith("s3://") or _endpoint() != BUILT_IN_STORE:
        return
    files, root = fsspec.core.url_to_fs(home)
    bucket = root.partition("/")[0]
    if not files.exists(bucket):
        files.mkdir(bucket)


def _endpoint() -> str | None:
    return urlsplit(os.environ.get("AWS_ENDPOINT_URL", "")).hostname


def _is_there(service: str) -> bool:
    """Whether a container of that name runs, which is what gives the name an address."""
    try:
        socket.getaddrinfo(service, None)
    except socket.gaierror:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
