"""Head words that say what kind of actor a phrase names. Written for Dateline; folded."""

from __future__ import annotations

from dateline.record import ActorKind

__all__ = ["BODIES", "KIND_OF_HEAD", "LINKS", "MEMBERS", "PRONOUNS", "TRANSPARENT"]

_HEADS: dict[ActorKind, str] = {
    "military": (
        "soldier soldiers troop troops army armies military navy marine marines force forces"
        " serviceman servicemen battalion battalions brigade brigades regiment platoon patrol"
        " paratrooper paratroopers commando commandos warplane warplanes plane planes jet jets"
        " aircraft helicopter helicopters gunship gunships drone drones warship warships conscript"
        " conscripts peacekeeper peacekeepers airman airmen sailor sailors artillery legionnaires"
        " reservists infantry cadets garrison coastguard junta tank tanks unit units squadron"
        " detachment detachments rangers"
    ),
    "police": (
        "police policeman policemen policewoman policewomen gendarme gendarmes gendarmerie constable"
        " constables detective detectives carabinieri sheriff deputies bodyguard bodyguards guard guards"
    ),
    "armed-group": (
        "rebel rebels militant militants gunman gunmen guerrilla guerrillas guerilla guerillas"
        " jihadist jihadists jihadi jihadis insurgent insurgents insurgency terrorist terrorists"
        " fighter fighters militia militias militiaman militiamen extremist extremists separatist"
        " separatists bandit bandits pirate pirates kidnapper kidnappers attacker attackers assailant"
        " assailants bomber bombers hijacker hijackers captors islamist islamists mujahideen"
        " mujahedin mujahedeen paramilitary paramilitaries warlord warlords cartel cartels raiders"
        " assassins maoists gang gangs mercenary mercenaries sniper snipers subversives contras"
        " subversive killers gunner abductors"
    ),
    "civilians": (
        "resident residents villager villagers civilian civilians people citizen citizens national"
        " nationals refugee refugees protester protesters protestor protestors demonstrator"
        " demonstrators student students women children family families foreigner foreigners hostage"
        " hostages worker workers employee employees victim victims passenger passengers farmer"
        " farmers peasant peasants crowd crowds tourist tourists migrant migrants survivor survivors"
        " witness witnesses eyewitness eyewitnesses inhabitant inhabitants local locals prisoner"
        " prisoners patient patients population community communities men youths youth staff persons"
        " settlers pilgrims worshippers voters marchers rioters mob looters miners teachers doctors"
        " nurses relatives captives detainees evacuees tribesmen herders fishermen strikers"
        " supporters opponents activists bystanders neighbors neighbours expatriates exiles"
        " travellers travelers motorists labourers laborers households mourners man woman boy girl"
        " child baby infant infants widow inmate inmates holidaymakers seafarers fisherman"
        " businessman businessmen customers consumers motorist adults muslims sunnis shiites shias"
        " jews christians hindus sikhs kurds hutus tutsis tamils gypsies alawites yazidis"
    ),
    "government": (
        "government governments ministry ministries embassy embassies consulate authority authorities"
        " official officials regime administration parliament cabinet congress senate court courts"
        " prosecutor prosecutors department presidency state states bureau councillors lawmakers"
        " legislators mps senators diplomats ministers municipality judiciary customs commission"
        " tribunal leadership country countries council councils"
    ),
    "company": (
        "company companies firm firms corporation corp inc ltd plc llc gmbh bank banks airline airlines"
        " airways operator contractor contractors manufacturer retailer industries group-of-companies"
        " oil-company enterprise consortium"
    ),
    "media": (
        "newspaper newspapers radio television tv channel reporter reporters journalist journalists"
        " correspondent correspondents magazine broadcaster broadcasters media press newsweekly daily"
        " website bulletin cameraman photographer photographers editors columnist newscast station"
        " network times herald gazette"
    ),
    "ngo": (
        "ngo ngos charity charities observatory foundation monitors federation association society church"
        " union unions"
    ),
    "intergovernmental": "bloc",
}

KIND_OF_HEAD: dict[str, ActorKind] = {word: kind for kind, words in _HEADS.items() for word in words.split()}

# Heads that are a state's body itself, so that `Malian troops` are those of Mali; one official is not.
BODIES = {
    **dict.fromkeys(("government", "regime", "authorities", "administration", "cabinet"), "gov"),
    **dict.fromkeys(("ministry", "embassy", "consulate", "parliament", "presidency", "leadership"), "gov"),
    **dict.fromkeys(("army", "military", "navy", "forces", "troops", "soldiers", "marines"), "mil"),
    **dict.fromkeys(("planes", "jets", "warplanes", "aircraft", "helicopters", "warships", "drones"), "mil"),
    **dict.fromkeys(("police", "policemen", "gendarmerie", "gendarmes"), "pol"),
}

# Heads through which one looks at whom they speak for: `a foreign ministry statement`, `police sources`.
TRANSPARENT = frozenset(
    "statement statements communique source sources spokesman spokesmen spokeswoman spokesperson"
    " spokespeople report reports representative representatives member members delegation team"
    " convoy mission office offices headquarters official officials officer officers leaders"
    " leadership commanders chiefs personnel agency agencies group groups organization organisation"
    " movement command commands staff column columns cell operative operatives chieftain elements"
    " element squad squads faction factions wing press-release"
    " message broadcast service services agent agents side".split()
)

# Heads of people who belong to the group named with them: `Al-Shabaab militants`, `a Taliban spokesman`.
MEMBERS = frozenset(
    "spokesman spokesmen spokeswoman spokesperson statement communique representative representatives"
    " member members leaders leadership commanders official officials source sources group"
    " organization organisation movement militia fighters fighter militants militant rebels rebel"
    " guerrillas guerrilla gunmen jihadists insurgents terrorists terrorist extremists islamists"
    " forces command commands wing faction cell operatives operative elements column columns troops"
    " peacekeepers mission agency delegation staff workers employees convoy office newspaper"
    " television radio channel correspondent reporter reporters network"
    " separatists tigers kidnappers raiders squad commandos subversives".split()
)

# After these words a phrase says more of its head: `residents of Gao`, `a spokesman for the Taliban`.
LINKS = frozenset(
    "of for from in with at on near by who which that whose linked loyal belonging based including"
    " close against to".split()
)

PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs i we us me you your yours our ours my mine"
    " who whom whose which that this these those himself herself itself themselves one ones another"
    " others both all some many most each everyone everybody anyone someone nobody none two three"
    " four five six several few such they're the a an"
    " here there what whoever".split()
)
