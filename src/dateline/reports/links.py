"""Addresses as pages and feeds write them: made whole, or found to be none."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

__all__ = ["host_of", "http_address", "path_of"]


def http_address(link: str, base: str = "") -> str | None:
    """Make an address whole; None for what is none, or of another kind than http."""
    try:
        whole = urljoin(base, link.strip())
        parts = urlsplit(whole)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return whole if fine and not any(c.isspace() or c < " " for c in whole) else None


def host_of(address: str) -> str:
    """Give the host of an address in lower case, nothing for what is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def path_of(address: str) -> str:
    """Give the path of an address without slashes at its ends, nothing for what is none."""
    try:
        return urlsplit(address).path.strip("/")
    except ValueError:
        return ""
