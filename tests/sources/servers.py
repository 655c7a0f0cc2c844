"""Real servers on this machine that hold a folder: SFTP, and HTTPS with a log-in."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import asyncssh
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.sources.conftest import CANARY

USER = "exports"


@dataclass(frozen=True)
class Sftp:
    """An SFTP server: its port, and the key it shows."""

    port: int
    host_key: str


class _LogIn(asyncssh.SSHServer):
    def __init__(self, public_key: str) -> None:
        self._key = asyncssh.import_public_key(public_key) if public_key else None

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, CANARY)

    def public_key_auth_supported(self) -> bool:
        return self._key is not None

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == USER and key == self._key


@contextmanager
def sftp(folder: Path, public_key: str = "") -> Iterator[Sftp]:
    """A server of a folder for as long as the block runs, for a password or a key."""
    loop, key = asyncio.new_event_loop(), asyncssh.generate_private_key("ssh-ed25519")
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def serve() -> asyncssh.SSHAcceptor:
        return await asyncssh.create_server(
            lambda: _LogIn(public_key), "127.0.0.1", 0, server_host_keys=[key],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(folder).encode()),
        )  # fmt: skip

    server = asyncio.run_coroutine_threadsafe(serve(), loop).result(20)
    try:
        yield Sftp(server.get_port(), key.export_public_key().decode().strip())
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


@dataclass
class Web:
    """A web server: its URL, the authority that vouches for it, and what it was asked for."""

    url: str
    authority: Path
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of each request."""
    log_ins: list[str] = field(default_factory=list)
    """The log-ins that were shown."""

    def fetched(self, ending: str) -> int:
        """How often files of an ending were fetched."""
        return sum(method == "GET" and path.endswith(ending) for method, path in self.asked)


@contextmanager
def web(
    folder: Path, keys: Path, *, tells: Callable[[str], bool] = lambda _: True, leads_to: str = ""
) -> Iterator[Web]:
    """An HTTPS server of a folder with a log-in, or one that leads everybody elsewhere.

    It is silent of a header that ``tells`` denies.
    """
    certificate = _certificate(keys)
    shown = Web("", certificate)
    handler = partial(_handler(shown, tells, leads_to), directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, keys / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    shown.url = f"https://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield shown
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _handler(
    shown: Web, tells: Callable[[str], bool], leads_to: str
) -> type[SimpleHTTPRequestHandler]:
    expected = "Basic " + base64.b64encode(f"{USER}:{CANARY}".encode()).decode()
    asked, log_ins = shown.asked, shown.log_ins

    class Handler(SimpleHTTPRequestHandler):
        def parse_request(self) -> bool:
            if not super().parse_request():
                return False
            asked.append((self.command, self.path))
            if log_in := self.headers.get("Authorization"):
                log_ins.append(log_in)
            if log_in == expected and not leads_to:
                return True
            self.send_response(302 if leads_to else 401)
            self.send_header("Location", leads_to)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return False

        def send_header(self, keyword: str, value: str) -> None:
            if tells(keyword):
                super().send_header(keyword, value)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def _certificate(folder: Path) -> Path:
    """A certificate for this machine that vouches for itself."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, folder.name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "key.pem").write_bytes(private)
    return folder / "certificate.pem"
