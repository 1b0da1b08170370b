"""Head words that say what kind of actor a phrase names. Written for Dateline; folded."""

from __future__ import annotations

from dateline.record import ActorKind

__all__ = [
    "BODIES",
    "CALLINGS",
    "GENERIC",
    "GIVEN_NAMES",
    "GROUPS_AMONG_COMMON",
    "GROUP_WORDS",
    "KIND_OF_HEAD",
    "LINKS",
    "MEMBERS",
    "NO_STATE",
    "OFFICE_WORDS",
    "OWN_BODIES",
    "PRONOUNS",
    "TRANSPARENT",
]

_HEADS: dict[ActorKind, str] = {
    "military": (
        "soldier soldiers troop troops army armies military navy marine marines force forces serviceman"
        " servicemen battalion battalions brigade brigades regiment platoon patrol paratrooper"
        " paratroopers commando commandos warplane warplanes plane planes jet jets aircraft helicopter"
        " helicopters gunship gunships drone drones warship warships conscript conscripts peacekeeper"
        " peacekeepers airman airmen sailor sailors artillery legionnaires reservists infantry cadets"
        " garrison coastguard junta tank tanks unit units squadron detachment detachments rangers airplane"
        " airplanes crewman crewmen crewmember crewmembers pilot pilots escort escorts noncommissioned"
        " command squadrons battery fleet submarine destroyer frigate gunners servicemembers serviceman"
        " troopers cavalry wing armor guardsmen"
    ),
    "police": (
        "police policeman policemen policewoman policewomen gendarme gendarmes gendarmerie constable"
        " constables investigators detective detectives agents carabinieri sheriff deputies bodyguard"
        " bodyguards guard guards"
    ),
    "armed-group": (
        "rebel rebels militant militants gunman gunmen guerrilla guerrillas guerilla guerillas jihadist"
        " jihadists jihadi jihadis insurgent insurgents insurgency terrorist terrorists fighter fighters"
        " militia militias militiaman militiamen extremist extremists separatist separatists bandit"
        " bandits pirate pirates kidnapper kidnappers attacker attackers assailant assailants bomber"
        " bombers hijacker hijackers captors islamist islamists mujahideen mujahedin mujahedeen"
        " paramilitary paramilitaries warlord warlords cartel cartels raiders assassins maoists gang gangs"
        " mercenary mercenaries sniper snipers subversives contras subversive killers gunner abductors"
        " hitmen hitman narcoterrorists traffickers kingpins criminals criminal thieves robbers smugglers"
        " mafia hoodlums thugs vandals arsonists saboteurs masterminds mastermind kingpin bands captor"
        " perpetrators cell"
    ),
    "civilians": (
        "resident residents villager villagers civilian civilians people citizen citizens national"
        " nationals refugee refugees protester protesters protestor protestors demonstrator demonstrators"
        " student students women children family families foreigner foreigners hostage hostages worker"
        " workers employee employees victim victims passenger passengers farmer farmers peasant peasants"
        " crowd crowds tourist tourists migrant migrants survivor survivors witness witnesses eyewitness"
        " eyewitnesses inhabitant inhabitants local locals prisoner prisoners patient patients population"
        " community communities men youths youth staff persons settlers pilgrims worshippers voters"
        " marchers rioters mob looters miners teachers doctors nurses relatives captives detainees"
        " evacuees tribesmen herders fishermen strikers supporters opponents activists bystanders"
        " neighbors neighbours expatriates exiles travellers travelers motorists labourers laborers"
        " households mourners man woman boy girl jesuits jesuit males male females female adult adults"
        " participants population friends mourner poor disabled elderly injured wounded parents relatives"
        " pupils individual individuals person subjects tribe tribes clans clan sympathizers sympathisers"
        " translators linguists interpreters nuns priests child baby infant infants widow inmate inmates"
        " holidaymakers seafarers fisherman businessman businessmen customers consumers motorist adults"
        " muslims sunnis shiites shias jews christians hindus sikhs kurds hutus tutsis tamils gypsies"
        " alawites yazidis"
    ),
    "government": (
        "government governments ministry ministries embassy embassies consulate authority authorities"
        " official officials regime administration parliament cabinet congress senate court courts"
        " prosecutor prosecutors department presidency state states bureau councillors lawmakers"
        " legislators mps senators diplomats ministers municipality judiciary customs commission tribunal"
        " leadership country countries council councils nation nations delegation envoys advisers advisors"
        " inspectors judges magistrates mayors governors councilors consuls attaches bureaucrats regimes"
        " parliamentarians rulers security"
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
    "intergovernmental": "bloc coalition peacekeeping",
    "other": (
        "opposition communists socialists liberals conservatives leftists rightists nationalists"
        " democrats party parties alliance industry faction university college academy institute front"
        " confederation league committee organization organizations organisation organisations movement"
        " movements group groups community congregation club chamber coordinator parties business"
        " businesses sector"
    ),
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

# People who are called by what they are: `the priest`, `the rebel chief`.
CALLINGS = frozenset(
    "priest nun candidate chief head deputy pilot prosecutor attorney magistrate journalist banker"
    " industrialist businessman rancher councilman congressman consul rector singer founder coordinator"
    " minister".split()
)

# Given names beside those of `place_words`, of the languages of the regions that the wires tell of.
GIVEN_NAMES = frozenset(
    "abelardo adalberto adolfo agustin alfonso alonso amilcar ana anastasio andres angel anibal antonia"
    " aquiles aristides arnulfo arturo augusto aurelio bayardo beatriz benito bernardo blanca boris camilo"
    " carlota carmen cecilia celso cesar claudia claudio clemente cristobal cuauhtemoc daniel dario david"
    " delfina diana diego dimas domingo edgar edgardo eduardo efrain eleazar elena elias eliseo elsa"
    " emilia emilio enrique ernesto esteban eugenia eugenio evaristo ezequiel fabio fausto federico felipe"
    " felix fermin fernando fidel florencia francisca francisco franklin froilan gabriel gabriela gaspar"
    " gerardo german gilberto gilda gloria gonzalo gregorio guadalupe guillermo gustavo hector heriberto"
    " hernan hernando hilda horacio hugo humberto ignacio ines irma isaac isabel isidro ismael israel ivan"
    " jacobo jaime javier jeronimo jesus joaquin joel jorge jose josefina juan juana julian julio justo"
    " laura lazaro leandro leon leonardo leopoldo leticia liliana lorenzo lucia luciano luis luisa luz"
    " magdalena manuel marcelo marco marcos margarita maria mariano mario marta martha martin mateo"
    " mauricio maximiliano maximo mercedes miguel milton moises monica narciso nelson nestor nicolas"
    " norberto octavio olga omar orlando oscar osvaldo pablo patricia patricio pedro pilar rafael ramiro"
    " ramon raul rebeca reinaldo rene ricardo roberto rocio rodolfo rodrigo rogelio roman romulo ronaldo"
    " rosa rosario ruben rufino salvador samuel santiago santos saul sebastian segundo sergio silvia simon"
    " sixto sofia tomas ulises valentin vicente victor victoria violeta virgilio walter wilfredo wilson"
    " xavier yolanda abdelaziz abdelkader abdelmalek abdirahman abdulkadir abdulrahman abu adel adnan"
    " ahmad aiman akbar akram amin amina amir ammar anas ashraf ayman aziz badr bakr bassel bassem brahim"
    " burhan daoud davit dmitri dmitry emmanuel fadi fahd faisal farid farouk fatima fuad ghassan habib"
    " hadi haider hakim hamad hamid hamza haroun hasan hashim hassan haytham hisham husam hussein ibrahim"
    " idris imad imran iqbal ismail issa jaafar jalal jamal jamil jawad kamal karim khaled khalid khalil"
    " laila leila maher mahmoud majid malik mansour marwan massoud mohamed mohammad mohammed moussa"
    " muhammad mukhtar munir mustafa nabil nadia naji nasser nawaf nizar nouri omar osama osman qasem"
    " qassem rami rashid riad sabri saddam sadiq saeed salah salam saleh salim salman sami samir sayed"
    " shafiq sharif suleiman tahir talal tariq usama waleed walid yahya yasser yassin younis youssef yusuf"
    " zaid ziad aleksandr alexei anatoly andrei andriy bohdan dmytro fyodor gennady grigory igor ilya ivan"
    " konstantin leonid maksim maxim mikhail mykola nikolai oleg oleksandr oleksiy pavel petro pyotr roman"
    " ruslan sergei serhiy stanislav stepan svetlana taras valery vasily viktor vitali vladimir volodymyr"
    " yevgeny yulia yuri aung ban chen hun kim liu min moon myint narendra nguyen park rajiv ranil shinzo"
    " thaksin than thein xi yoshi blaise didier faure felicien idriss isaias jean joseph julius kofi"
    " laurent meles mobutu mugabe nelson olusegun ousmane paul robert salva seydou thabo yoweri antony"
    " ashton barack bill bob boris brad brett chris christopher colin david dean donald ed emma eric frank"
    " fred gary george gordon greg hillary iain ian jack jacob james jane jay jeff jeffrey jens jeremy jim"
    " joe joel john jon jonathan josh julie keith ken kevin kyle lloyd lucas marc mark mary matt matthew"
    " mette michael mike neil nick oliver patrick peter phil philip philippe ray richard rob robert roger"
    " ron ryan sam scott sean simon stephen steve steven stuart susan ted terry theresa thomas tim tobias"
    " tom tony travis trevor tyler vincent wayne william zack angela anders andreas bernd claude dieter"
    " dominique emmanuel francois gerhard giorgio giulio hans heinz helmut henri jacques klaus lars mario"
    " marine matteo olaf pierre silvio sven ursula wolfgang".split()
)

# Words of an office that are no title by themselves: `foreign secretary`, `the priest`.
OFFICE_WORDS = frozenset(
    "foreign prime interior defence defense finance health justice information deputy vice assistant"
    " acting former first under state army navy police air force military staff national security public"
    " head chief candidate presidential priest nun pilot deputy councilman congressman parliamentarian"
    " reporter prosecutor attorney magistrate journalist banker industrialist businessman rancher"
    " coordinator founder member delegate consul cabinet rector student singer trade labor union"
    " vice-minister official".split()
)

# Bodies of the state that a text is of where it names no other: `the army`, `government forces`.
OWN_BODIES = {
    **dict.fromkeys(
        ("government", "regime", "authorities", "administration", "cabinet", "state", "nation", "country"),
        "gov",
    ),
    **dict.fromkeys(
        (
            *(
                "army",
                "armed forces",
                "military",
                "government forces",
                "government troops",
                "government soldiers",
            ),
            *("air force", "navy", "security forces", "defense forces", "defence forces", "army troops"),
            *(
                "federal troops",
                "armed forces general staff",
                "national guard",
                "government army",
                "general staff",
            ),
        ),
        "mil",
    ),
    **dict.fromkeys(("police", "national police", "police force", "federal police", "police forces"), "pol"),
}

# Words that make the fighters of a nation those of no state: `Syrian opposition forces`.
NO_STATE = frozenset(
    "opposition rebel insurgent separatist militant jihadist islamist tribal kurdish democratic anti"
    " allied foreign militia guerrilla irregular popular resistance patriotic liberation paramilitary"
    " private".split()
)

# Names of groups among the words that are no toponyms; the others there (`who`, `plan`) are plain words.
GROUPS_AMONG_COMMON = frozenset(
    "taliban contras eln eta farc fatah fmln hamas hezbollah houthi ira nato plo afp efe upi reuters".split()
)

# Words of which the names of many groups are made: `National Liberation Front`.
GENERIC = frozenset(
    "national liberation front army movement peoples people popular democratic party revolutionary union"
    " force forces resistance patriotic united for of the and freedom salvation".split()
)

# Words for an armed group that was named before.
GROUP_WORDS = frozenset(
    "group groups organization organisation movement rebels guerrillas guerillas militants insurgents"
    " jihadists islamists extremists terrorists fighters gunmen militia separatists subversives maoists"
    " front".split()
)

# Heads through which one looks at whom they speak for: `a foreign ministry statement`, `police sources`.
TRANSPARENT = frozenset(
    "statement statements communique source sources spokesman spokesmen spokeswoman spokesperson"
    " spokespeople report reports representative representatives member members delegation team"
    " convoy mission office offices headquarters official officials officer officers leaders"
    " leadership commanders chiefs personnel agency agencies group groups organization organisation"
    " movement command commands staff column columns cell operative operatives chieftain elements"
    " element squad squads faction factions press-release"
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
    " element unit units kingpins kingpin traffickers team teams partners aircraft positions patrol"
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
