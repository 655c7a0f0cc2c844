"""No secret is in a file that was ever committed, and none can come into the image."""

from __future__ import annotations

import io
import math
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_LARGEST = 1_000_000
"""Bytes of a file that is read; larger ones are data and pictures."""
KNOWN = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{20}"),
    "a key of Amazon's": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a token of GitHub's": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})"),
    "a token of GitLab's": re.compile(r"\bglpat-[\w-]{20}\b"),
    "a token of Slack's": re.compile(r"\bxox[abposr]-[0-9A-Za-z-]{20,}"),
    "a key of Google's": re.compile(r"\bAIza[\w-]{35}\b"),
    "a signed token": re.compile(r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{15,}"),
    "a Fernet key": re.compile(r"(?<![\w/+-])[\w-]{43}=(?![\w=])"),
}
ASSIGNED = re.compile(
    r"(?i)(?:password|passwd|secret|token|api_?key|_key|credential)\w*[\"']?\s*[:=]\s*[\"']?"
    r"([\w+/=-]{16,})(?![\w({\[.])"
)
IN_URL = re.compile(r"\b[a-z][\w+.-]{1,20}://[^\s/:@\"'{}$<>]+:([^\s/:@\"'{}$<>]{6,})@[\w.-]+")
INVENTED = (
    "airflow", "canary", "changeme", "example", "hunter2", "letmein", "password", "planted",
    "postgres", "secret", "sesame", "word",
)  # fmt: skip
"""Words by which a password in a test or a page is seen to be none."""
RANDOM_BITS = 3.7
"""Shannon's entropy a character: of words about 3, of random letters and digits above 4."""


def found_in(text: str) -> Iterator[tuple[str, str]]:
    """What looks like a secret in a text: the kind, and the value."""
    for kind, pattern in KNOWN.items():
        for match in pattern.finditer(text):
            if kind != "a Fernet key" or _is_random(match[0]):
                yield kind, match[0]
    for match in ASSIGNED.finditer(text):
        if _is_random(match[1]) and re.search(r"\d", match[1]) and not _is_invented(match[1]):
            yield "a random value that is called a secret", match[1]
    for match in IN_URL.finditer(text):
        if not _is_invented(match[1]):
            yield "a password in an address", match[1]


def _is_invented(value: str) -> bool:
    return any(word in value.casefold() for word in INVENTED)


def _is_random(value: str) -> bool:
    counts = Counter(value)
    bits = -sum(n / len(value) * math.log2(n / len(value)) for n in counts.values())
    return bits > RANDOM_BITS and not re.fullmatch(r"[0-9a-f-]+", value)


def _git(*arguments: str, given: str = "") -> bytes:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, input=given.encode(), capture_output=True, check=True
    ).stdout


def _ever_committed() -> Iterator[tuple[str, str]]:
    """Every text that was ever committed, once, by a path it had."""
    listed = _git("rev-list", "--objects", "--all").decode().splitlines()
    paths = dict(line.split(" ", 1) for line in listed if " " in line)
    told = _git(
        "cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)",
        given="\n".join(paths),
    ).decode()  # fmt: skip
    asked = (line.split() for line in told.splitlines())
    wanted = [name for name, kind, size in asked if kind == "blob" and int(size) <= _LARGEST]
    read = io.BytesIO(_git("cat-file", "--batch", given="\n".join(wanted)))
    for name in wanted:
        content = read.read(int(read.readline().split()[2]) + 1)
        if b"\0" not in content[:8000]:
            yield paths[name], content.decode("utf-8", "replace")


def _here() -> Iterator[tuple[str, str]]:
    """Every text of a copy without a history."""
    for file in sorted(ROOT.rglob("*")):
        parts = file.relative_to(ROOT).parts
        if file.is_file() and not {".venv", "var"} & set(parts):
            content = file.read_bytes()
            if len(content) <= _LARGEST and b"\0" not in content[:8000]:
                yield str(file.relative_to(ROOT)), content.decode("utf-8", "replace")


@pytest.mark.gate
@pytest.mark.timeout(600)
def test_nothing_that_was_ever_committed_holds_a_secret() -> None:
    read, found = 0, []
    for path, text in _ever_committed() if (ROOT / ".git").exists() else _here():
        read += 1
        found += [(path, kind, value[:6]) for kind, value in found_in(text)]
    assert read > 500
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN " + "RSA PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEA7d8K2l" * 3,
        "aws = '" + "AKIA" + "Q3X7R2M5N8P1T4V6" + "'",
        "g" + "hp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJ" + "zdWIiOiIxMjM0NTY3" + ".dozjgNryP4J3jVmNHl0w5N",
        "FERNET=" + "q8Zt3VbN6mKp0RwXc5Ld2HsYf9GjTa7EuQi4OzW1Bv" + "k=",
        "db_password: " + "t7Kp2Xv9Qm4Rz8Ls3Wd6",
        "postgresql://candour:" + "Tr0ub4dor" + "@database/airflow",
    ],
)
def test_what_a_secret_looks_like_is_known(text: str) -> None:
    assert list(found_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "password=given.get('CANDOUR_PASSWORD')",
        "AIRFLOW__CORE__FERNET_KEY: ${CANDOUR_FERNET_KEY:?Make a Fernet key in .env}",
        "sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "smtp+starttls://user:password@host:port",
    ],
)
def test_what_is_none_is_let_through(text: str) -> None:
    assert list(found_in(text)) == []


def test_nothing_secret_comes_into_the_image() -> None:
    kept_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".git", ".env", "var"} <= set(kept_out)
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert {"/.env", "/var/"} <= set(ignored)
