"""A siege as five reports tell it, with a bombing of the same town and an older attack beside it."""

from __future__ import annotations

from dateline.record import Record
from tests.incidents.builder import Builder

__all__ = ["battle_elsewhere", "car_bomb", "quake", "siege", "tanker"]


def _first_day() -> Record:
    text = (
        "BERBERA, Somalia, May 3 (Coast Wire) - Gunmen stormed the Mansoor Hotel in Berbera on Saturday and "
        "took at least 20 guests hostage, police said. Two guards were shot dead at the gate, Interior Minister "
        "Yusuf Hirsi said.\n\nA spokesman for the attackers told Horn FM that 45 foreigners were being held and "
        "that 28 people were dead."
    )
    made = Builder(text, "2014-05-03", title="Gunmen storm hotel in Berbera")
    made.event("armed-attack", "stormed", where="Berbera", day="2014-05-03", roles={"agent": "Gunmen"})
    made.event("abduction", "took", where="Berbera", day="2014-05-03")
    made.event("killing", "shot dead", where="Berbera")
    made.event("abduction", "held", happening="h2")
    made.event("killing", "dead.")
    made.figure("held", "at least 20", 20, None, group="hostage", of="took")
    made.figure("killed", "Two", 2, group="police", of="shot dead")
    made.figure("held", "45", 45, group="hostage", of="held")
    made.figure("killed", "28", 28, group="unspecified", of="dead.")
    made.claim("police", "institution", ["stormed", "took", "at least 20"])
    made.claim("Interior Minister Yusuf Hirsi", "official", ["shot dead", "Two"])
    made.claim("A spokesman for the attackers", "armed-group", ["held", "45", "dead.", "28"], via="Horn FM")
    return made.build()


def _second_day() -> Record:
    text = (
        "BERBERA, May 4 (Aden Gulf News) - Commandos freed 31 hostages from the Mansoor Hotel in Berbera on "
        "Sunday, a day after gunmen had seized it, the interior ministry said. Nine hostages and five gunmen were "
        "killed. Three of the dead were Kenyans, it said.\n\nA doctor put the dead at 14. A security source told "
        "Horn FM that 12 hostages had died."
    )
    made = Builder(text, "2014-05-04", "Aden Gulf News", title="Commandos end Berbera hotel siege")
    made.event("security-operation", "freed", where="Berbera", day="2014-05-04")
    made.event("seizure", "seized", day="2014-05-03")
    made.event("killing", "killed", where="Berbera")
    made.event("killing", "died", happening="h3")
    made.figure("freed", "31", 31, group="hostage", of="freed")
    made.figure("killed", "Nine", 9, group="hostage", of="killed")
    made.figure("killed", "five", 5, group="attacker", of="killed")
    made.figure("killed", "Three", 3, group="hostage", nationality="KEN", of="killed")
    made.figure("killed", "14", 14, of="killed")
    made.figure("killed", "12", 12, group="hostage", of="died")
    made.claim("the interior ministry", "institution", ["freed", "31", "seized", "killed", "Nine", "five"])
    made.claim("it said", "institution", ["Three"])
    made.claim("A doctor", "witness", ["14"])
    made.claim("A security source", "anonymous", ["died", "12"], via="Horn FM")
    return made.build()


def _third_day() -> Record:
    text = (
        "NAIROBI, May 6 (Nairobi Courier) - Thirteen hostages died in the siege of the Mansoor Hotel in Berbera, "
        "Interior Minister Yusuf Hirsi said on Tuesday. On Sunday his ministry had given nine. A security official "
        "said on Sunday that 12 hostages were dead.\n\nFive years ago a suicide bombing at the palace in Hargeisa "
        "killed 19 people."
    )
    made = Builder(text, "2014-05-06", "Nairobi Courier", title="Toll of Berbera hotel siege rises")
    made.event("killing", "died", where="Berbera")
    made.event("abduction", "siege", where="Berbera", day="2014-05-03")
    made.event("suicide-bombing", "suicide bombing", where="Hargeisa", day="2009-01-01", last="2009-12-31",
               precision="year")  # fmt: skip
    made.event("killing", "killed", where="Hargeisa", day="2009-01-01", last="2009-12-31", precision="year")
    made.figure("killed", "Thirteen", 13, group="hostage", of="died")
    made.figure("killed", "nine", 9, group="hostage", of="died")
    made.figure("killed", "12", 12, group="hostage", of="died")
    made.figure("killed", "19", 19, of="killed")
    made.claim("Interior Minister Yusuf Hirsi", "official", ["died", "siege", "Thirteen"], said="2014-05-06")
    made.claim("his ministry", "institution", ["nine"], said="2014-05-04")
    made.claim("A security official", "anonymous", ["12"], said="2014-05-04")
    return made.build()


def _tenth_day() -> Record:
    text = (
        "HARGEISA, May 13 (Aden Gulf News) - Fifteen hostages died at the Mansoor Hotel in Berbera, a report to "
        "parliament said on Tuesday, ten days after gunmen took the guests. Some were hit by the soldiers."
    )
    made = Builder(
        text, "2014-05-13", "Aden Gulf News", title="Soldiers' fire hit hostages in Berbera hotel siege"
    )
    made.event("killing", "died", where="Berbera")
    made.event("abduction", "took", where="Berbera", day="2014-05-03")
    made.figure("killed", "Fifteen", 15, group="hostage", of="died")
    made.claim("a report to parliament", "document", ["died", "Fifteen"], said="2014-05-13")
    return made.build()


def siege() -> list[Record]:
    """Give the reports of the siege, first to tenth day."""
    return [_first_day(), _second_day(), _third_day(), _tenth_day()]


def car_bomb() -> list[Record]:
    """Give two reports of another attack in the same town and week; the second recalls the siege."""
    text = (
        "BERBERA, May 5 (Coast Wire) - A car bomb exploded at the fish market of Berbera on Monday morning, killing "
        "four traders and wounding eleven, police commander Abdi Warsame said. It had stood beside a cold store."
    )
    first = Builder(text, "2014-05-05", title="Car bomb kills four at Berbera fish market")
    first.event("bombing", "exploded", where="Berbera", day="2014-05-05", roles={"instrument": "A car bomb"})
    first.event("killing", "killing", where="Berbera", day="2014-05-05")
    first.figure("killed", "four", 4, group="civilian", of="killing")
    first.figure("wounded", "eleven", 11, group="civilian", of="killing")
    first.claim("police commander Abdi Warsame", "official", ["exploded", "killing", "four", "eleven"])
    text = (
        "BERBERA - Four fish traders died when a parked car blew up at the market of Berbera on Monday, witnesses "
        "said. A fifth, Asha Nur, 34, died of burns on Tuesday beside the cold store where she sold."
    )
    second = Builder(text, "2014-05-06", "Horn Daily", title="Fish traders die as car explodes in Berbera")
    second.event("bombing", "blew up", where="Berbera", day="2014-05-05")
    second.event("killing", "died when", where="Berbera", day="2014-05-05")
    second.figure("killed", "Four", 4, group="civilian", of="died when")
    second.claim("witnesses", "witness", ["blew up", "died when", "Four"])
    return [first.build(), second.build()]


def battle_elsewhere() -> Record:
    """Give a report of the same days from another country."""
    text = (
        "BAMAKO, May 4 (Sahel Wire) - Eleven soldiers were killed when rebels attacked Konna in Mali on Saturday, "
        "the presidency said. An officer said the town had been held."
    )
    made = Builder(text, "2014-05-04", "Sahel Wire", title="Rebels attack Konna")
    made.event("battle", "attacked", where="Konna", day="2014-05-03")
    made.event("killing", "killed", where="Konna", day="2014-05-03")
    made.figure("killed", "Eleven", 11, group="soldier", of="killed")
    made.claim("the presidency", "institution", ["attacked", "killed", "Eleven"])
    return made.build()


def tanker() -> Record:
    """Give a report of another sea and year."""
    text = "Pirates seized a Korean tanker off Aden on Saturday with 21 crew, the navy said."
    made = Builder(text, "2011-01-15", "Indian Ocean Wire", title="Pirates seize tanker off Aden")
    made.event("abduction", "seized", where="Aden", day="2011-01-15")
    made.figure("held", "21", 21, group="worker", of="seized")
    return made.claim("the navy", "institution", ["seized", "21"]).build()


def quake() -> Record:
    """Give a report of a disaster."""
    text = "An earthquake near Sanaa in Yemen destroyed forty houses on Friday, the governor said."
    made = Builder(text, "2011-01-16", "Indian Ocean Wire", title="Quake shakes Sanaa")
    made.event("disaster", "earthquake", where="Sanaa", day="2011-01-14")
    made.figure("destroyed", "forty", 40, of="earthquake")
    return made.claim("the governor", "official", ["earthquake", "forty"]).build()
