"""How the desk is set up: where it listens, over which store, who may come in, and how much it takes."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

import msgspec

from dateline.errors import ConfigError

__all__ = ["LOCAL_NAMES", "Limits", "Settings"]

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much the desk takes: bytes of a body, requests a second from one address, streams at once.

    `burst` requests may come at once before `rate` counts; a page with a map is a dozen. A rate of 0 is none.
    """

    body: int = 16 * 2**20
    rate: float = 20.0
    burst: int = 300
    streams: int = 200


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the desk is set up.

    `db` as for `open_store`, which makes it if `create`. With `accounts` nobody comes in without one;
    without, whoever reaches it may do all, so it listens on this machine only. `https` says that people
    reach it over HTTPS, `names` under which further host names. `warm` loads beforehand what the first
    questions would wait for.
    """

    db: str | Path | None = None
    create: bool = True
    host: str = "127.0.0.1"
    port: int = 8300
    accounts: bool = False
    https: bool = False
    names: tuple[str, ...] = ()
    limits: Limits = Limits()
    warm: bool = False

    @property
    def local(self) -> bool:
        """Tell whether it listens on this machine only."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    def check(self) -> None:
        """Raise ConfigError for a desk that strangers could reach and change."""
        if not self.local and not self.accounts:
            hint = "add --accounts, and make one with dateline account add; or leave --host out"
            what = "without accounts the desk opens on this machine only"
            raise ConfigError(what, where=f"--host {self.host}", hint=hint)
