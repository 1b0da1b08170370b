"""Alerts by e-mail."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from dateline.errors import ConfigError, SendError
from dateline.exports.wording import plain
from dateline.watch.alerts.alert import Alert, words

__all__ = ["Mail", "message_of"]

_SECONDS = 30.0
_LONGEST_SUBJECT = 200


class Mail:
    """Sends an alert to some addresses over SMTP. Its id is in the Message-ID, the same at every try."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        security: str,
        sender: str,
        to: tuple[str, ...],
        user: str | None = None,
        password: str | None = None,
    ) -> None:
        """Raises ConfigError for addresses that are none."""
        for address in (sender, *to):
            if "@" not in parseaddr(address)[1] or "\n" in address or "\r" in address:
                raise ConfigError(f"no mail address: {address[:100]!r}")
        self._host, self._port, self._security = host, port, security
        self._sender, self._to, self._user, self._password = sender, to, user, password

    def send(self, alert: Alert) -> None:
        """Send an alert. Raises SendError when the server can't be reached or doesn't take it."""
        message = message_of(alert, self._sender, self._to)
        try:
            with self._connected() as server:
                refused = server.send_message(message)
        except (smtplib.SMTPException, OSError, ssl.SSLError) as error:
            what = f"not taken ({' '.join(str(error).split())[:150] or type(error).__name__})"
            raise SendError(what, where=f"{self._host}:{self._port}") from error
        if refused:
            raise SendError(f"not taken for {', '.join(sorted(refused))[:150]}", where=self._host)

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=_SECONDS, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=_SECONDS)
        try:
            if self._security == "starttls":
                server.starttls(context=context)
            if self._user:
                server.login(self._user, self._password or "")
        except BaseException:
            server.close()
            raise
        return server


def message_of(alert: Alert, sender: str, to: tuple[str, ...]) -> EmailMessage:
    """Write an alert as a mail; one that follows another of its subject is a reply to it."""
    message = EmailMessage()
    message["From"], message["To"] = sender, ", ".join(to)
    message["Subject"] = " ".join(plain(alert.headline).split())[:_LONGEST_SUBJECT]
    message["Date"] = format_datetime(datetime.fromisoformat(alert.made))
    host = parseaddr(sender)[1].rpartition("@")[2]
    message["Message-ID"] = f"<{alert.id}@{host}>"
    if alert.replaces:
        message["In-Reply-To"] = message["References"] = f"<{alert.replaces}@{host}>"
    message["Auto-Submitted"] = "auto-generated"  # so that no out-of-office note answers (RFC 3834)
    message.set_content(words(alert))
    return message
