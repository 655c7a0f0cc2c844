"""Declared: what an inbox may say, and what it must not, in a sentence without the secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from candour.errors import ConfigurationError
from tests.sources.conftest import CANARY, Town

QUERIES = {"complaints": "queries/complaints.sql"}


@pytest.mark.parametrize(
    "inbox",
    [
        "data/exports/northmere",
        "sftp://exports@files.invalid:2222/out/2024@home",
        {"url": "s3://bucket/exports", "connection": "vendor-s3.eu"},
        {"url": "http://files.invalid/out", "files": ["complaints.csv"]},
        {"url": "sftp://files.invalid/out", "marker": ".ok", "quiet_seconds": 60},
        {"connection": "cases", "queries": QUERIES},
    ],
)
def test_an_inbox_is_words_or_entries(town: Callable[..., Town], inbox: Any) -> None:
    declared = town(inbox).council.profile.inbox
    assert declared.url == (inbox if isinstance(inbox, str) else inbox.get("url", ""))


@pytest.mark.parametrize(
    ("inbox", "says"),
    [
        (f"sftp://exports:{CANARY}@files.invalid/out", "the URL holds a password"),
        ({"url": f"https://u:{CANARY}/x@files.invalid/"}, "the URL holds a password"),
        ({"url": f"https://files.invalid/out?token={CANARY}"}, "leave out what follows"),
        ({"url": "s3://b/x", "connection": f"aws://{CANARY}"}, "the name of an Airflow connection"),
        ({"url": "s3://b/x", "password": CANARY}, "'password' is not known"),
        ({"url": "http://files.invalid", "connection": "x"}, "use https://"),
        ({"url": "inbox", "connection": "x"}, "needs no 'connection'"),
        ({"url": "s3://b/x", "files": ["a.csv"]}, "'files' are for a web address"),
        ({"url": "https://b/x", "files": ["../a.csv"]}, "without '/'"),
        ({"url": "https://b/x", "files": ["a.csv"], "marker": ".ok"}, "there is none"),
        ({}, "either a 'url'"),
        ({"url": "inbox", "connection": "x", "queries": QUERIES}, "either a 'url'"),
        ({"queries": QUERIES}, "need a 'connection'"),
        ({"connection": "x", "queries": {"complaint": "a.sql"}}, "did you mean 'complaints'"),
        ({"connection": "x", "queries": {"complaints": "/etc/a.sql"}}, "inside the council's"),
        ({"connection": "x", "queries": {"complaints": "../a.sql"}}, "inside the council's"),
        ({"connection": "x", "queries": {"complaints": "a.txt"}}, "expected a .sql file"),
        ({"connection": "x", "queries": {"learning": "a.sql"}}, "Let it end in .csv"),
    ],
)  # fmt: skip
def test_a_mistake_is_a_sentence_with_its_line(
    town: Callable[..., Town], inbox: Any, says: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        _ = town(inbox).council
    assert says in str(refused.value)
    assert "council.yaml, line" in str(refused.value)
    assert CANARY not in str(refused.value)
