"""Alerts by mail over TLS: the server's name is checked before a password is told."""

from __future__ import annotations

import base64
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dateline.errors import SendError
from dateline.watch.alerts.mail import Mail
from tests.watch.test_alert_mail import ALERT

USER, PASSWORD = "alerts@example.org", "correct horse"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of 127.0.0.1 that signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


class Mailbox:
    """Speaks SMTP with STARTTLS, or with TLS from the first byte; keeps what it was told."""

    def __init__(self, certificate: Path, *, at_once: bool) -> None:
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.at_once, self.in_clear, self.logins, self.mails = at_once, [], [], []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            try:
                self._talk(self.context.wrap_socket(line, server_side=True) if self.at_once else line)
            except OSError:
                line.close()

    def _talk(self, line: socket.socket) -> None:
        line.sendall(b"220 test\r\n")
        read = line.makefile("rb")
        while said := read.readline():
            verb = said.split()[0].upper()
            if not isinstance(line, ssl.SSLSocket):
                self.in_clear.append(verb)
            if verb == b"EHLO":
                line.sendall(b"250-test\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n")
            elif verb == b"STARTTLS":
                line.sendall(b"220 go on\r\n")
                line = self.context.wrap_socket(line, server_side=True)
                read = line.makefile("rb")
            elif verb == b"AUTH":
                self.logins.append(base64.b64decode(said.split()[-1]).split(b"\0")[1:])
                line.sendall(b"235 known\r\n")
            elif verb == b"DATA":
                line.sendall(b"354 go on\r\n")
                self.mails.append(b"".join(iter(read.readline, b".\r\n")))
                line.sendall(b"250 taken\r\n")
            else:
                line.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")


@pytest.fixture(params=["starttls", "tls"])
def mailbox(request: pytest.FixtureRequest, certificate: Path) -> Iterator[tuple[Mailbox, Mail]]:
    """A server, and the channel that sends to it."""
    server = Mailbox(certificate, at_once=request.param == "tls")
    channel = Mail(
        host="127.0.0.1", port=server.port, security=request.param, sender=USER, to=("duty@example.org",),
        user=USER, password=PASSWORD,
    )  # fmt: skip
    yield server, channel
    server.listening.close()


def test_the_password_goes_through_tls_alone(
    mailbox: tuple[Mailbox, Mail], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a server whose certificate is trusted; then the mail."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server, channel = mailbox
    channel.send(ALERT)
    assert server.logins == [[USER.encode(), PASSWORD.encode()]]
    assert set(server.in_clear) <= {b"EHLO", b"STARTTLS"}
    (data,) = server.mails
    mail = message_from_bytes(data, policy=policy.default)
    assert (mail["From"], mail["To"]) == (USER, "duty@example.org")
    assert "killed 9" in mail["Subject"]


def test_a_server_that_nobody_vouches_for_learns_nothing(mailbox: tuple[Mailbox, Mail]) -> None:
    """Its certificate isn't trusted: one line says so, and the alert waits for the next try."""
    server, channel = mailbox
    with pytest.raises(SendError, match="certificate"):
        channel.send(ALERT)
    assert server.logins == server.mails == []
