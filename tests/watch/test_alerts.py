"""Alerts: what makes one, what it says, and that it comes once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.errors import ConfigError
from dateline.store import Store
from dateline.watch import State
from dateline.watch.alerts import read_rules
from dateline.watch.alerts.alert import words
from tests.store.tales import closure, tale
from tests.watch.conftest import Clock
from tests.watch.looking import CHANNELS, Looking, add, looker


@pytest.fixture
def looking(store: Store, state: State, clock: Clock, tmp_path: Path) -> Looking:
    """Make the alerts of some rules, which have begun to look."""
    return looker(store, state, clock, tmp_path)


def test_a_new_incident_is_told_once(store: Store, looking: Looking) -> None:
    """With who says what, and a link; a second look has nothing to say."""
    alerts = looking("")
    add(store, "Gao", killed=5, url="https://sahel.example/1", title="Five killed in Gao")
    (alert,) = alerts.look()
    (change,) = alert.changes
    (said,) = change.said_by
    assert (change.kind, change.what, change.before) == ("new", "bombing", None)
    assert "killed 5" in change.after
    assert (said.who, said.says, said.said, said.url) == (
        "police",
        "killed 5",
        "2013-01-16",
        "https://sahel.example/1",
    )
    assert (alert.country, alert.place, alert.links) == ("MLI", "Gao", ("https://sahel.example/1",))
    assert alerts.look() == []
    assert looking("").look() == []


def test_what_was_there_before_is_no_news(store: Store, looking: Looking) -> None:
    """The first start takes the store as known; only what comes after is told."""
    add(store, "Gao", killed=5)
    store.add(*closure())
    store.link()
    alerts = looking("", 'on = ["posture"]')
    assert alerts.look() == []
    add(store, "Suva", killed=2)
    assert [alert.place for alert in alerts.look()] == ["Suva"]


def test_a_toll_that_changes_is_told_with_both_numbers(store: Store, looking: Looking) -> None:
    """From what to what, by whom; and contested where sources exclude each other."""
    alerts = looking("")
    add(store, "Gao", killed=5)
    (first,) = alerts.look()
    add(
        store,
        "Gao",
        killed=9,
        source="a doctor",
        publisher="Gulf Courier",
        published="2013-01-17",
        url="https://gulf.example/2",
    )
    (alert,) = alerts.look()
    toll, contested = alert.changes
    assert (toll.kind, toll.what, toll.before, toll.after) == ("toll", "killed", "5", "9 (5–9)")
    assert [(s.who, s.says, s.publisher, s.url) for s in toll.said_by] == [
        ("a doctor", "9", "Gulf Courier", "https://gulf.example/2")
    ]
    assert (contested.kind, contested.before, contested.after) == ("contested", "not contested", "5–9")
    assert {s.who for s in contested.said_by} == {"a doctor", "police"}
    assert alert.replaces == first.id  # though the incident's id has changed with its earliest report
    assert "killed 9 (5–9), was 5" in alert.headline
    text = words(alert)
    assert "Toll, killed: 9 (5–9) (before: 5)" in text
    assert "a doctor (institution) on 2013-01-17: 9; Gulf Courier <https://gulf.example/2>" in text


def test_a_report_that_says_nothing_new_tells_nothing(store: Store, looking: Looking) -> None:
    """The same toll by another source changes the incident, but nothing that matters."""
    alerts = looking("")
    add(store, "Gao", killed=5)
    alerts.look()
    add(store, "Gao", killed=5, source="a doctor", publisher="Gulf Courier")
    assert alerts.look() == []


def test_a_threshold_is_crossed_once(store: Store, looking: Looking) -> None:
    """Below it nothing is told; above it each change of the toll is."""
    alerts = looking('measure = "killed"\nat_least = 10\non = ["new", "toll"]')
    add(store, "Gao", killed=5)
    assert alerts.look() == []
    add(store, "Gao", killed=12, source="a doctor")
    (crossed,) = alerts.look()
    assert (crossed.changes[0].kind, crossed.changes[0].before) == ("new", "killed 5")
    add(store, "Gao", killed=14, source="the army")
    (more,) = alerts.look()
    assert [(c.kind, c.before, c.after) for c in more.changes] == [("toll", "12 (5–12)", "14 (5–14)")]


CONDITIONS = {
    'country = "MLI"': {"Gao", "Konna"},
    'country = ["Mali", "FJI"]': {"Gao", "Konna", "Suva"},
    'place = "Gao"\nradius = 20': {"Gao"},
    "near = { lat = 14.9, lon = -3.9, km = 30 }": {"Konna"},
    "box = [-5.0, 14.0, 0.5, 17.0]": {"Gao", "Konna"},
    "box = [170.0, -20.0, -170.0, 0.0]": {"Suva", "Apia"},
    'types = ["armed-attack"]': {"Konna"},
    'actor = "Gunmen"': {"Gao", "Konna", "Apia"},
    'text = "harbour \\"old quay\\""': {"Suva"},
    'measure = "wounded"\nat_least = 1': set(),
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_conditions(store: Store, looking: Looking, condition: str) -> None:
    """Country, area, type, actor and words, each alone."""
    alerts = looking(condition)
    store.add(*tale("Gao"))
    store.add(*tale("Konna", kind="armed-attack"))
    store.add(*tale("Suva", agent="sailors", more=" The Harbour and its old quay burned."))
    store.add(*tale("Apia"))
    store.link()
    assert {alert.place for alert in alerts.look()} == CONDITIONS[condition]


def test_old_news_is_told_only_without_a_limit(store: Store, looking: Looking, clock: Clock) -> None:
    """`within` keeps what one adds of the past from being told as if it were of today."""
    clock.now = datetime(2013, 1, 20, tzinfo=UTC).timestamp()
    alerts = looking('within = "7d"')
    add(store, "Gao", "2013-01-16")
    add(store, "Suva", "2013-01-02")
    assert [alert.place for alert in alerts.look()] == ["Gao"]


def test_a_posture_that_changed(store: Store, looking: Looking) -> None:
    """Of one sender, with the words that say so; the same again is no change."""
    alerts = looking('sender = "Japan"', 'sender = "FRA"\non = ["posture"]')
    store.add(*closure(url="https://tokyo.example/1"))
    store.link()
    (alert,) = alerts.look()
    (change,) = alert.changes
    assert (change.what, change.before, change.after) == ("JPN in MLI", None, "mission closed (in-force)")
    assert (change.said_by[0].who, change.said_by[0].says) == ("a diplomat", "Japan closed its embassy")
    assert alert.links == ("https://tokyo.example/1",)
    store.add(*closure(day="2013-01-25"))
    store.link()
    assert alerts.look() == []


def test_a_rebuild_and_a_restart_tell_nothing_again(store: Store, state: State, looking: Looking) -> None:
    """What is derived anew with the same content is no news, nor is a start with the same state."""
    alerts = looking("")
    for place in ("Gao", "Suva", "Apia"):
        add(store, place, killed=5)
    assert len(alerts.look()) == 3
    store.rebuild()
    assert looking("").look() == []
    assert state.rows("SELECT count(*), count(DISTINCT id) FROM alerts") == [(3, 3)]


def test_killed_between_two_incidents_it_tells_the_rest(store: Store, state: State, looking: Looking) -> None:
    """Each incident's memory and alerts are written together; what was not comes at the next start, once."""
    alerts = looking("")
    for place in ("Gao", "Suva", "Apia"):
        store.add(*tale(place))
    store.link()
    keep, left = alerts._keep, [1]

    def dies(*told: object) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        keep(*told)  # type: ignore[arg-type]

    alerts._keep = dies  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        alerts.look()
    assert len(looking("").look()) == 2
    assert state.rows("SELECT count(*) FROM alerts") == [(3,)]


def test_preview_tells_and_queues_nothing(store: Store, state: State, looking: Looking) -> None:
    """What rules would say of the store as it is."""
    add(store, "Gao", killed=5)
    add(store, "Suva", killed=5, day="2013-03-01")
    alerts = looking("", begin=False)
    assert {alert.place for alert in alerts.preview()} == {"Gao", "Suva"}
    assert {alert.place for alert in alerts.preview("2013-02-01")} == {"Suva"}
    assert state.rows("SELECT count(*) FROM alerts") == [(0,)]


RULES = {
    "none": ("", "names no rule"),
    "channel": ('[[rule]]\nname = "a"\nchannels = ["x"]\n', "rule 'a': no such channel: x"),
    "type": ('[[rule]]\nname = "a"\nchannels = ["page"]\ntypes = ["war"]\n', "no type of event: war"),
    "measure": ('[[rule]]\nname = "a"\nchannels = ["page"]\nmeasure = "dead"\n', "no measure: dead"),
    "country": ('[[rule]]\nname = "a"\nchannels = ["page"]\ncountry = "Atlantis"\n', "Atlantis"),
    "place": ('[[rule]]\nname = "a"\nchannels = ["page"]\nplace = "Qwertyuiop"\n', "Qwertyuiop"),
    "box": (
        '[[rule]]\nname = "a"\nchannels = ["page"]\nbox = [0.0, 50.0, 1.0, 40.0]\n',
        "west, south, east, north",
    ),
    "on": ('[[rule]]\nname = "a"\nchannels = ["page"]\non = ["war"]\n', "rule[0].on"),
    "within": ('[[rule]]\nname = "a"\nchannels = ["page"]\nwithin = "soon"\n', "'soon' is no duration"),
    "twice": ('[[rule]]\nname = "a"\nchannels = ["page"]\n' * 2, "two rules of one name"),
}


@pytest.mark.parametrize("name", RULES)
def test_a_wrong_rule_is_one_line(tmp_path: Path, name: str) -> None:
    """What no list knows is told before anything starts."""
    path = tmp_path / "alerts.toml"
    path.write_text(CHANNELS + RULES[name][0])
    with pytest.raises(ConfigError) as told:
        read_rules(path)
    assert RULES[name][1] in str(told.value)
    assert "\n" not in str(told.value)


def test_the_example_of_the_repository_is_right(root: Path) -> None:
    """Every rule in it can be looked up."""
    assert len(read_rules(root / "alerts.example.toml").rules) >= 5
