"""Secrecy: whether a secret is one, or could be guessed."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote, urlsplit

FERNET_BYTES = 32
_FEW = 8
"""Fewer different characters than this is a word, a row of one key or a repeated pattern."""
_USUAL = (
    "admin", "airflow", "candour", "changeit", "changeme", "council", "default", "guest",
    "letmein", "minio", "password", "postgres", "qwerty", "rabbit", "redis", "root", "secret",
    "seaweed", "temporary", "test", "user", "welcome",
)  # fmt: skip
"""What people write who mean to write something better later."""


def is_guessable(secret: str, least: int) -> bool:
    """Whether a secret is shorter than ``least``, made of few characters, or a usual word."""
    plain = "".join(c for c in secret.casefold() if c.isalnum())
    without = plain
    for word in _USUAL:
        without = without.replace(word, "")
    return (
        len(secret) < least
        or len(set(plain)) < _FEW
        or len(without.strip("0123456789")) < len(plain) // 3
    )


def fernet_problem(keys: str) -> str:
    """What is wrong with Fernet keys, newest first and divided by commas; nothing if all are."""
    for key in keys.split(","):
        try:
            raw = base64.urlsafe_b64decode(key.strip().encode())
        except (binascii.Error, ValueError):
            return "is not 32 bytes in URL-safe base64"
        if len(raw) != FERNET_BYTES:
            return "is not 32 bytes in URL-safe base64"
        if len(set(raw)) < FERNET_BYTES // 2:
            return "could be guessed: it is not random"
    return ""


def password_problem(url: str, least: int) -> str:
    """What is wrong with the password in a URL; a socket of this machine needs none."""
    parts = urlsplit(url)
    if not parts.hostname:
        return ""
    if not parts.password:
        return "has no password"
    if is_guessable(unquote(parts.password), least):
        return f"has a password that could be guessed, or is shorter than {least} characters"
    return ""
