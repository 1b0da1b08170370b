"""Alerts to a web address, signed as Standard Webhooks says (standardwebhooks.com, 1.0)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Callable

import httpx
import msgspec

from dateline.errors import ConfigError, SendError
from dateline.watch.alerts.alert import Alert, words

__all__ = ["Webhook", "signature"]

_SECONDS = 15.0
_PREFIX = "whsec_"  # by the standard, a secret so marked is in base64
_LEAST = 16  # bytes of a secret; shorter ones can be guessed


class Webhook:
    """Posts an alert as JSON. Its id is the `webhook-id`, and the same at every try."""

    def __init__(self, url: str, secret: str, *, clock: Callable[[], float] = time.time) -> None:
        """Raises ConfigError for an address that is none, or a secret that is too short."""
        if not url.startswith(("http://", "https://")):
            raise ConfigError("no http address", where=url[:200])
        self._url, self._key, self._clock = url, _key(secret), clock
        if len(self._key) < _LEAST:
            raise ConfigError(f"a secret of under {_LEAST} bytes", where=url[:200])
        self._client = httpx.Client(timeout=_SECONDS, follow_redirects=False)

    def send(self, alert: Alert) -> None:
        """Post an alert. Raises SendError when the answer isn't 2xx, or none came."""
        body = msgspec.json.encode({**msgspec.to_builtins(alert), "links": alert.links, "text": words(alert)})
        at = str(int(self._clock()))
        headers = {
            "Content-Type": "application/json", "Idempotency-Key": alert.id, "webhook-id": alert.id,
            "webhook-timestamp": at, "webhook-signature": signature(self._key, alert.id, at, body),
        }  # fmt: skip
        try:
            answer = self._client.post(self._url, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise SendError(
                f"no answer ({str(error)[:100] or type(error).__name__})", where=self._url
            ) from error
        if not answer.is_success:
            raise SendError(f"the receiver answers {answer.status_code}", where=self._url)


def signature(key: bytes, name: str, at: str, body: bytes) -> str:
    """Give the signature of a message: version 1, HMAC-SHA256 over id, time and body, in base64."""
    signed = hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


def _key(secret: str) -> bytes:
    if not secret.startswith(_PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ConfigError("a secret that begins with whsec_ is in base64, and this is not") from error
