"""Alerts by mail, to a server of our own that speaks just enough SMTP."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from dateline.errors import SendError
from dateline.watch.alerts.alert import Alert, Change, Saying
from dateline.watch.alerts.mail import Mail, message_of

ALERT = Alert(
    id="0123456789abcdef", rule="Sahel", subject="sha256:ab#3-9", made="2026-11-26T19:00:00+00:00",
    headline="killed 9 (5–9), was 5: bombing\nBcc: all@example.org", replaces="fedcba9876543210",
    changes=(
        Change(kind="toll", what="killed", before="5", after="9 (5–9)",
               said_by=(Saying(who="a doctor", says="9", url="https://sahel.example/2"),)),
    ),
)  # fmt: skip


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            verb = line.split()[0].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                server.mails.append(body)
                self.wfile.write(b"250 taken\r\n")
            elif verb == b"RCPT" and server.refuses:
                self.wfile.write(b"550 no such user\r\n")
            elif verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    refuses = False

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Handler)


@pytest.fixture
def smtp() -> Iterator[_Server]:
    """A mail server on this machine."""
    with _Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def _mail(server: _Server, port: int | None = None, security: str = "none") -> Mail:
    return Mail(
        host="127.0.0.1", port=port or server.server_address[1], security=security, sender="Dateline <a@example.org>",
        to=("duty@example.org", "desk@example.org"),
    )  # fmt: skip


def test_a_mail_says_what_changed(smtp: _Server) -> None:
    """Subject in one line, no header smuggled in; a reply to the alert before; the id in the Message-ID."""
    _mail(smtp).send(ALERT)
    (data,) = smtp.mails
    mail = message_from_bytes(data, policy=policy.default)
    assert mail["Subject"] == "killed 9 (5–9), was 5: bombing Bcc: all@example.org"
    assert mail["Bcc"] is None
    assert (mail["Message-ID"], mail["In-Reply-To"]) == (
        "<0123456789abcdef@example.org>",
        "<fedcba9876543210@example.org>",
    )
    assert (mail["To"], mail["Auto-Submitted"]) == ("duty@example.org, desk@example.org", "auto-generated")
    text = mail.get_content()
    assert "Toll, killed: 9 (5–9) (before: 5)" in text
    assert "a doctor: 9 <https://sahel.example/2>" in text


def test_the_same_alert_is_the_same_mail() -> None:
    """Sent again after a crash it has the same id and day, so that a mailbox can drop it."""
    one, two = (message_of(ALERT, "a@example.org", ("b@example.org",)) for _ in range(2))
    assert one.as_bytes() == two.as_bytes()


def test_what_a_server_refuses_is_tried_again(smtp: _Server) -> None:
    """A refusal, no TLS where it is wanted, nobody there: each is a SendError in one line."""
    smtp.refuses = True
    for mail in (_mail(smtp), _mail(smtp, security="starttls"), _mail(smtp, port=1)):
        with pytest.raises(SendError) as told:
            mail.send(ALERT)
        assert "\n" not in str(told.value)
    assert smtp.mails == []
