"""Deliver what is queued: each alert to each channel until it is taken, with pauses that grow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import msgspec

from dateline.errors import SendError
from dateline.watch.alerts.alert import Alert
from dateline.watch.alerts.channels import Channel
from dateline.watch.schedule import Schedule
from dateline.watch.state import State

__all__ = ["Outbox", "last_alerts"]

TRIES = 12  # over about a day; then someone must look (`--status`)
_TOGETHER = 20
_TICK = 1.0  # seconds between two looks at the queue


class Outbox:
    """The queue in a watcher's state, and the channels.

    What was taken is marked; killed in between, a channel gets the same alert,
    under the same id, once more: receivers tell by that.
    """

    def __init__(
        self,
        state: State,
        channels: Mapping[str, Channel],
        *,
        schedule: Schedule,
        clock: Callable[[], float],
        log: Callable[[str], None],
        count: Callable[[str, str], None] = lambda channel, outcome: None,
    ) -> None:
        """`count` is told the channel and the outcome of each try."""
        self._state, self._channels, self._schedule = state, channels, schedule
        self._clock, self._log, self._count = clock, log, count
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Deliver from a thread, so that a slow receiver keeps nobody waiting."""
        self._thread = threading.Thread(target=self._run, daemon=True, name="dateline-alerts")
        self._thread.start()

    def stop(self, patience: float = 10.0) -> None:
        """Let the thread end, then deliver what is due once more, from here."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(patience)
            if self._thread.is_alive():
                return  # a receiver hangs: what is left is delivered at the next start
        self.deliver()

    def _run(self) -> None:
        while not self._stop.wait(_TICK):
            try:
                self.deliver()
            except Exception as error:  # the thread must outlive a full disk
                self._log(f"alerts: {error}")

    def deliver(self) -> int:
        """Deliver what is due, each once; give how many were taken."""
        query = (
            "SELECT alert, channel, tries, body FROM deliveries JOIN alerts ON id = alert "
            "WHERE status = 'waiting' AND due <= ? ORDER BY made, alert, channel LIMIT ?"
        )
        taken = 0
        now = self._clock()
        while rows := self._state.rows(query, [now, _TOGETHER]):
            for name, channel, tries, body in rows:
                taken += self._deliver(msgspec.json.decode(body, type=Alert), name, channel, tries)
        return taken

    def _deliver(self, alert: Alert, name: str, channel: str, tries: int) -> bool:
        sender = self._channels.get(channel)
        try:
            if sender is None:
                raise SendError("no such channel any more", where=channel)
            sender.send(alert)
        except SendError as error:
            self._failed(name, channel, tries, str(error))
            return False
        self._note(name, channel, "sent", tries + 1, self._clock(), None)
        self._count(channel, "sent")
        return True

    def _failed(self, name: str, channel: str, tries: int, fault: str) -> None:
        given_up = tries + 1 >= TRIES
        due = self._clock() + self._schedule.after_try(tries)
        self._note(name, channel, "failed" if given_up else "waiting", tries + 1, due, fault[:300])
        self._count(channel, "given up" if given_up else "put off")
        self._log(f"alert {name[:8]} to {channel}: {fault[:300]}" + ("; given up" if given_up else ""))

    def _note(self, name: str, channel: str, status: str, tries: int, due: float, fault: str | None) -> None:
        query = (
            "UPDATE deliveries SET status = ?, tries = ?, due = ?, fault = ? WHERE alert = ? AND channel = ?"
        )
        with self._state.writing() as base:
            base.execute(query, [status, tries, due, fault, name, channel])


def last_alerts(state: State, channel: str, limit: int) -> list[Alert]:
    """Give the last alerts that a channel has taken, the newest first."""
    query = (
        "SELECT body FROM alerts JOIN deliveries ON alert = id WHERE channel = ? AND status = 'sent' "
        "ORDER BY made DESC, id LIMIT ?"
    )
    return [msgspec.json.decode(body, type=Alert) for (body,) in state.rows(query, [channel, limit])]
