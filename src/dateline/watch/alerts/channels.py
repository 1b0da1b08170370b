"""Ways to send an alert, made of their configuration and checked before anything starts."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from dateline.errors import ConfigError
from dateline.watch.alerts.alert import Alert
from dateline.watch.alerts.atom import AtomFile
from dateline.watch.alerts.cap import CapFolder
from dateline.watch.alerts.mail import Mail
from dateline.watch.alerts.rules import ChannelConfig, Rules
from dateline.watch.alerts.webhook import Webhook

__all__ = ["Channel", "made_channels"]


class Channel(Protocol):
    """Sends alerts; the same alert again must do no harm."""

    def send(self, alert: Alert) -> None:
        """Send an alert. Raises SendError when that should be tried again later."""


def made_channels(
    rules: Rules, sent: Callable[[str, int], list[Alert]], incident_xml: Callable[[str, str], bytes | None]
) -> dict[str, Channel]:
    """Make the channels that rules name. Raises ConfigError: which channel, what it lacks.

    `sent` gives the last alerts of a channel, the newest first, and `incident_xml`
    the CAP of an incident from its id and a sender, None where it is gone.
    """
    used = {name for rule in rules.rules for name in rule.channels}
    made: dict[str, Channel] = {}
    for name in sorted(used):
        config = rules.channels[name]
        where = f"channel {name!r}"
        if config.kind == "webhook":
            made[name] = Webhook(
                _given(config, "url", where), _secret(config.secret_env, "secret_env", where)
            )
        elif config.kind == "mail":
            made[name] = _mail(config, where)
        elif config.kind == "atom":
            made[name] = _atom(name, config, rules.folder, where, sent)
        else:
            folder = rules.folder / _given(config, "folder", where)
            made[name] = CapFolder(folder, _given(config, "sender", where), config.status, incident_xml)
    return made


def _mail(config: ChannelConfig, where: str) -> Mail:
    if not config.to:
        raise ConfigError("needs to = [...]", where=where)
    password = _secret(config.password_env, "password_env", where) if config.user else None
    return Mail(
        host=_given(config, "host", where), port=config.port, security=config.security, user=config.user,
        password=password, sender=_given(config, "sender", where), to=config.to,
    )  # fmt: skip


def _atom(
    name: str, config: ChannelConfig, folder: Path, where: str, sent: Callable[[str, int], list[Alert]]
) -> AtomFile:
    path = folder / _given(config, "file", where)
    return AtomFile(path, config.title, lambda: sent(name, config.keep))


def _given(config: ChannelConfig, name: str, where: str) -> str:
    value = getattr(config, name)
    if not value:
        raise ConfigError(f"a channel of kind {config.kind} needs {name}", where=where)
    return str(value)


def _secret(variable: str | None, name: str, where: str) -> str:
    """Read a secret from the environment: it has no place in a file of rules."""
    if not variable:
        raise ConfigError(f"needs {name}, the name of an environment variable", where=where)
    value = os.environ.get(variable)
    if not value:
        raise ConfigError(f"the environment variable {variable} is not set", where=where)
    return value
