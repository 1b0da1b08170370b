"""Numbers for Prometheus: how feeds, items and alerts go."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from dateline.errors import ConfigError

__all__ = ["Metrics"]

_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counts since the watcher started."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        name = "dateline_watch"
        self.polls = Counter(
            f"{name}_polls", "Polls by outcome.", ["feed", "outcome"], registry=self.registry
        )
        self.items = Counter(
            f"{name}_items", "Items by outcome.", ["feed", "outcome"], registry=self.registry
        )
        self.alerts = Counter(
            f"{name}_alerts", "Deliveries by outcome.", ["channel", "outcome"], registry=self.registry
        )
        self.seconds = Histogram(
            f"{name}_fetch_seconds",
            "Time to fetch and parse.",
            ["kind"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.succeeded = Gauge(
            f"{name}_last_success_timestamp_seconds",
            "Last poll that went well.",
            ["feed"],
            registry=self.registry,
        )
        self.failures = Gauge(
            f"{name}_consecutive_failures", "Polls failed in a row.", ["feed"], registry=self.registry
        )
        self.waiting = Gauge(
            f"{name}_items_waiting", "Items that wait for their page.", registry=self.registry
        )

    def serve(self, address: str) -> tuple[str, int]:
        """Answer scrapes at `HOST:PORT` from a thread; give host and port. Raises ConfigError."""
        host, _, port = address.rpartition(":")
        try:
            server, _thread = start_http_server(
                int(port), host.strip("[]") or "127.0.0.1", registry=self.registry
            )
        except (OSError, ValueError, OverflowError) as error:
            raise ConfigError(
                f"can't listen there ({error})", where=address, hint="give HOST:PORT"
            ) from error
        return str(server.server_address[0]), int(server.server_address[1])
