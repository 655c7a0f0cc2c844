"""Host keys: an SFTP server is talked to only if it is known to be the one that was meant."""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import Path

import paramiko

from candour.errors import ConfigurationError

KNOWN_HOSTS = (Path("~/.ssh/known_hosts"), Path("/etc/ssh/ssh_known_hosts"))


class Known(paramiko.MissingHostKeyPolicy):
    """Accepts the key a connection names, or one this machine knows; refuses every other.

    A file system of ours starts without known keys, so that each server's comes here.
    """

    def __init__(self, expected: str | None, *, anything: bool) -> None:
        self._expected = expected
        self._anything = anything

    def missing_host_key(
        self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey
    ) -> None:
        """Say yes by saying nothing.

        Raises:
            ConfigurationError: the server may be another than the one that was meant.
        """
        if self._anything or (
            _bytes(self._expected) == key.asbytes() if self._expected else _is_known(hostname, key)
        ):
            return
        shown = base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
        found = (
            "another host_key than its connection names"
            if self._expected
            else ("a host key that nothing here knows")
        )
        raise ConfigurationError(
            f"The SFTP server {hostname} shows {found}: {key.get_name()} SHA256:{shown}. Ask "
            "whoever runs it whether that is theirs. If so, put the key (ssh-keyscan prints it) "
            "into the connection's extra as host_key; if not, somebody else answers in its place."
        )


def _is_known(hostname: str, key: paramiko.PKey) -> bool:
    files = [file.expanduser() for file in KNOWN_HOSTS]
    return any(paramiko.HostKeys(str(file)).check(hostname, key) for file in files if file.exists())


def _bytes(written: str | None) -> bytes:
    """The key in ``ssh-ed25519 AAAA…``, with or without the kind before and a comment after."""
    parts = (written or "").split()
    encoded = next((part for part in parts if part.startswith("AAAA")), "")
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return b""
