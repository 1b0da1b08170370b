"""Incidents as rows in the shape of ACLED: its columns, its vocabulary, its scales of precision.

After the ACLED codebook of 2023 and its names of actor types of 2024. What ACLED's
researchers decide by hand and reports don't tell is left empty; docs/exports.md says
which columns those are. Rows are made by Dateline and are no data of ACLED's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from dateline.exports.countries import country
from dateline.exports.parties import ARMED, STATE, number_of, shot_at_civilians, side, sides
from dateline.exports.stories import Party, Story
from dateline.exports.tables import Columns, Row
from dateline.exports.wording import word_bounds
from dateline.knowledge.actors import ActorRegistry

__all__ = ["ACLED_COLUMNS", "EVENT_TYPE", "acled_row", "acled_rows", "sub_event"]

ACLED_COLUMNS: Columns = {
    "event_id_cnty": "text", "event_date": "text", "year": "int", "time_precision": "int",
    "disorder_type": "text", "event_type": "text", "sub_event_type": "text", "actor1": "text",
    "assoc_actor_1": "text", "inter1": "text", "actor2": "text", "assoc_actor_2": "text", "inter2": "text",
    "interaction": "text", "civilian_targeting": "text", "iso": "int", "region": "text", "country": "text",
    "admin1": "text", "admin2": "text", "admin3": "text", "location": "text", "latitude": "float",
    "longitude": "float", "geo_precision": "int", "source": "text", "source_scale": "text", "notes": "text",
    "fatalities": "int", "tags": "text", "timestamp": "int",
}  # fmt: skip

EVENT_TYPE = {
    **dict.fromkeys(
        ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"), "Battles"
    ),
    **dict.fromkeys(
        ("Remote explosive/landmine/IED", "Suicide bomb", "Air/drone strike",
         "Shelling/artillery/missile attack"), "Explosions/Remote violence",
    ),
    **dict.fromkeys(
        ("Attack", "Abduction/forced disappearance", "Sexual violence"), "Violence against civilians"
    ),
    "Peaceful protest": "Protests",
    **dict.fromkeys(("Violent demonstration", "Mob violence"), "Riots"),
    **dict.fromkeys(
        ("Agreement", "Arrests", "Disrupted weapons use", "Looting/property destruction", "Other"),
        "Strategic developments",
    ),
}  # fmt: skip

_FIXED = {
    "battle": "Armed clash", "bombing": "Remote explosive/landmine/IED", "suicide-bombing": "Suicide bomb",
    "airstrike": "Air/drone strike", "shelling": "Shelling/artillery/missile attack",
    "abduction": "Abduction/forced disappearance", "destruction": "Looting/property destruction",
    "arrest": "Arrests", "agreement": "Agreement", "protest": "Peaceful protest",
}  # fmt: skip
_NOT_IN_ACLED = frozenset({"disaster", "outbreak", "accident", "death", "injury"})
_MEANS = ("suicide-bombing", "airstrike", "shelling", "bombing", "battle", "abduction", "armed-attack")
_SEXUAL = ("rape", "sexual")
_WEAPONS = ("weapon", "arms", "explosive", "ammunition", "bomb", "rocket", "cache")
_MILITARY_NAMES = {
    "military": "Military Forces of",
    "police": "Police Forces of",
    "government": "Government of",
}
_TIME = {"hour": 1, "day": 1, "week": 2}
_GEO = {"exact": 1, "near": 2, "admin2": 2}
_LEAST_EXACT = 3


def acled_rows(stories: Iterable[Story]) -> Iterator[Row]:
    """Yield a row for every incident that ACLED's codebook has a type for."""
    for story in stories:
        row = acled_row(story)
        if row is not None:
            yield row


def acled_row(story: Story) -> Row | None:
    """Put an incident into ACLED's columns; None for types that ACLED lacks, and for what was not done."""
    sub = sub_event(story)
    if sub is None or story.only_talked_of():
        return None
    incident, kind = story.incident, EVENT_TYPE[sub]
    row: Row = dict.fromkeys(ACLED_COLUMNS)
    row.update(_time_cells(story), **_place_cells(story), **_actor_cells(story, sub))
    row["event_id_cnty"] = f"{incident.country or 'XXX'}{number_of(incident)}"
    row["disorder_type"], row["event_type"], row["sub_event_type"] = _disorder(sub, kind), kind, sub
    row["civilian_targeting"] = "Civilian targeting" if _on_civilians(story, kind) else None
    row["source"] = "; ".join(dict.fromkeys(t.publisher for t in story.titles() if t.publisher)) or None
    row["source_scale"], row["notes"] = _scale(story), _notes(story)
    row["fatalities"], row["tags"] = _fatalities(story), _tags(story, kind)
    return row


def sub_event(story: Story) -> str | None:
    """Give ACLED's sub-event type: of the means where people were killed by some, else of the main type."""
    kind = _main_type(story)
    if kind in _NOT_IN_ACLED:
        return None
    if kind in _FIXED:
        return _FIXED[kind]
    return _BY_PARTIES[kind](story) if kind in _BY_PARTIES else "Other"


def _harm(story: Story) -> str:
    return "Armed clash" if shot_at_civilians(story) is False else "Attack"


def _seizure(story: Story) -> str:
    agent = side(story, "agent")
    state = agent is not None and agent.kind in STATE
    return "Government regains territory" if state else "Non-state actor overtakes territory"


def _abuse(story: Story) -> str:
    words = " ".join(event.trigger.text.casefold() for _, event in story.events())
    return "Sexual violence" if any(word in words for word in _SEXUAL) else "Attack"


def _riot(story: Story) -> str:
    return "Mob violence" if shot_at_civilians(story) else "Violent demonstration"


def _operation(story: Story) -> str:
    words = " ".join(party.name.casefold() for party in story.parties("target"))
    return "Disrupted weapons use" if any(word in words for word in _WEAPONS) else "Other"


_BY_PARTIES = {
    "killing": _harm, "armed-attack": _harm, "seizure": _seizure, "abuse": _abuse, "riot": _riot,
    "security-operation": _operation,
}  # fmt: skip


def _main_type(story: Story) -> str:
    """Give the incident's type, or of a killing the means that its reports name most."""
    kind = story.incident.type
    if kind != "killing":
        return kind
    counts = story.types()
    means = [t for t in _MEANS if t in story.incident.types]
    return max(means, key=lambda t: counts[t], default=kind)


def _disorder(sub: str, kind: str) -> str:
    if kind == "Strategic developments":
        return kind
    return "Demonstrations" if kind == "Protests" or sub == "Violent demonstration" else "Political violence"


def _time_cells(story: Story) -> Row:
    start, when = story.incident.start, story.when()
    if start is None:
        return {}
    exact = _TIME.get(when.precision, _LEAST_EXACT) if when else 1
    return {"event_date": start[:10], "year": int(start[:4]), "time_precision": exact}


def _place_cells(story: Story) -> Row:
    where, land = story.incident.where, country(story.incident.country)
    cells: Row = {
        "iso": land.numeric if land else None, "region": land.acled_region if land else None,
        "country": land.acled_name if land else story.incident.country,
    }  # fmt: skip
    if where is None:
        return cells
    return {
        **cells, "admin1": where.admin1 or (where.name if where.precision == "admin1" else None),
        "admin2": where.name if where.precision == "admin2" else None,
        "location": where.name, "latitude": where.lat, "longitude": where.lon,
        "geo_precision": _GEO.get(where.precision or "", _LEAST_EXACT),
    }  # fmt: skip


def _actor_cells(story: Story, sub: str) -> Row:
    agents, targets = sides(story, "agent"), sides(story, "target")
    if not agents and targets and sub not in ("Attack", "Abduction/forced disappearance", "Sexual violence"):
        agents, targets = targets, []  # as in an arrest of which only the arrested is told
    one, two = _first(agents), _first(targets)
    if one is None and EVENT_TYPE[sub] == "Strategic developments":
        return {}
    first, second = _inter(one, story, sub), _inter(two, story, sub) if two else None
    pair = f"{first}-{second}" if second else f"{first} only"
    return {
        "actor1": _name(one, first, story), "assoc_actor_1": _others(agents), "inter1": first,
        "actor2": _name(two, second, story) if two and second else None,
        "assoc_actor_2": _others(targets), "inter2": second, "interaction": pair,
    }  # fmt: skip


def _first(parties: list[Party]) -> Party | None:
    return parties[0] if parties else None


def _others(parties: list[Party]) -> str | None:
    """List the further actors of a side that have a name; `gunmen` beside a group is the group."""
    named = [party.name for party in parties[1:] if party.registry or _has_name(party)]
    return "; ".join(dict.fromkeys(named)) or None


def _has_name(party: Party) -> bool:
    return party.kind in ARMED and any(word[:1].isupper() for word in party.name.split()[1:])


def _inter(party: Party | None, story: Story, sub: str) -> str:
    """Give ACLED's type of an actor; one that nobody names is an unidentified armed group, as there."""
    demonstrators = {"Protests": "Protesters", "Riots": "Rioters"}.get(EVENT_TYPE[sub])
    if party is None:
        return demonstrators or "Political militia"
    if party.kind in STATE:
        home = party.country is None or party.country == story.incident.country
        return "State forces" if home else "External/Other forces"
    if party.kind == "intergovernmental":
        return "External/Other forces"
    if party.kind == "armed-group" or party.kind is None:
        return "Rebel group" if (party.registry or "").startswith("ucdp:") else "Political militia"
    return demonstrators if demonstrators and party.kind == "civilians" else "Civilians"


def _name(party: Party | None, inter: str, story: Story) -> str:
    """Name an actor as ACLED does: forces by their state, others by their own name or by their kind."""
    land = country(party.country if party and party.country else story.incident.country)
    where = f" ({land.acled_name})" if land else ""
    if party and party.kind in _MILITARY_NAMES and land:
        return f"{_MILITARY_NAMES[party.kind]} {land.acled_name}"
    if inter in ("Protesters", "Rioters", "Civilians"):
        return inter + where
    if party and (party.registry or any(word[:1].isupper() for word in party.name.split())):
        return party.name
    return f"Unidentified Armed Group{where}" if party is None or party.kind in (None, *ARMED) else party.name


def _on_civilians(story: Story, kind: str) -> bool:
    if kind == "Strategic developments":
        return False
    return kind == "Violence against civilians" or bool(shot_at_civilians(story) and kind != "Protests")


def _fatalities(story: Story) -> int:
    """Count the dead; 0 where no toll is told, as ACLED has it."""
    total = story.incident.totals.get("killed")
    if total is None:
        return 0
    return total.best if total.best is not None else total.lowest or 0


def _tags(story: Story, kind: str) -> str | None:
    if kind not in ("Protests", "Riots"):
        return None
    crowd = story.incident.totals.get("participants")
    size = word_bounds(crowd.lowest, crowd.highest) if crowd else "no report"
    return f"crowd size={size}"


@lru_cache(maxsize=4096)
def _home_of(publisher: str) -> str | None:
    """Give the country (alpha-3) of a publisher that the actor list has."""
    known = _actors().lookup(publisher)
    return known.country if known and known.kind == "media" else None


@lru_cache(maxsize=1)
def _actors() -> ActorRegistry:
    return ActorRegistry.open()


def _scale(story: Story) -> str | None:
    """Give the scale of the sources: one of the country is national, a foreign one international.

    Only publishers in the actor list are known; ACLED's other scales aren't told by a name.
    """
    scales = set()
    for publisher in dict.fromkeys(t.publisher for t in story.titles() if t.publisher):
        home = _home_of(publisher)
        if home:
            scales.add("National" if home == story.incident.country else "International")
    return "-".join(sorted(scales, reverse=True)) or None


def _notes(story: Story) -> str:
    """Tell the incident in its earliest report's words, with the toll and how it is disputed."""
    incident = story.incident
    parts = [story.sentence() or incident.title]
    total = incident.totals.get("killed")
    if total:
        contested = any(line.agreement == "contested" for line in incident.ledger if line.measure == "killed")
        dead = f"Fatalities reported: {word_bounds(total.lowest, total.highest)}"
        parts.append(dead + (", contested." if contested else "."))
    return " ".join(parts)
