"""The mail sink: a mail server on this machine that keeps every mail in a folder and sends none."""

from __future__ import annotations

import logging
import re
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
_LARGEST = 50 * 1024 * 1024


@contextmanager
def sink(folder: Path) -> Iterator[str]:
    """A mail server for as long as the block runs; gives its ``smtp://`` address.

    Each mail becomes ``folder/<recipient>.eml``, as it was sent; the same recipient's next mail of
    another id gets a number.
    """
    from aiosmtpd.controller import Controller  # noqa: PLC0415  - only where mail is demonstrated

    # aiosmtpd writes every address it hears of into its log.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    controller = Controller(_Keeper(folder), hostname=LOOPBACK, port=port, data_size_limit=_LARGEST)
    controller.start()
    try:
        yield f"smtp://{LOOPBACK}:{port}"
    finally:
        controller.stop()


class _Keeper:
    """Writes each mail it is handed to a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(  # noqa: N802  - the name aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep one mail for each of its recipients."""
        content = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:
            self._free_path(recipient, content).write_bytes(content)
        return "250 Kept"

    def _free_path(self, recipient: str, content: bytes) -> Path:
        """A file of the recipient's name that holds this very mail or does not exist."""
        name = re.sub(r"[^A-Za-z0-9.@_-]", "-", recipient)
        path, number = self._folder / f"{name}.eml", 1
        while path.exists() and path.read_bytes() != content:
            number += 1
            path = self._folder / f"{name}-{number}.eml"
        return path


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        port: int = found.getsockname()[1]
        return port
