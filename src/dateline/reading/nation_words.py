"""Words that speak of one state though they don't name it: its money, parliament, police, armed groups.

General knowledge, written for Dateline; folded (small letters, no accents), two words joined by a blank.
A word counts for the states it is written under. Names of places are left out: they speak for themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

__all__ = ["words_of_states"]

# Spelling tells on which side of the Atlantic a report was written, and so which Cambridge its readers know.
_BRITISH = (
    "colour|colours|coloured|honour|honours|honoured|favour|favours|favourite|favoured|behaviour|neighbour|"
    "neighbours|neighbouring|neighbourhood|neighbourhoods|harbour|rumour|rumours|humour|centre|centres|centred|"
    "theatre|theatres|metre|metres|kilometre|kilometres|litre|litres|fibre|defence|offence|offences|licence|"
    "programme|programmes|organise|organised|organising|organiser|organisers|organisation|organisations|"
    "recognise|recognised|realise|realised|apologise|apologised|criticise|criticised|authorise|authorised|"
    "authorisation|travelled|travelling|traveller|travellers|cancelled|cancelling|labelled|modelling|fuelled|"
    "signalled|jewellery|tyre|tyres|grey|mum|mums|whilst|learnt|storey|storeys|ageing|cheque|cheques|kerb|"
    "aeroplane|enquiries|manoeuvre|manoeuvres|sceptical|judgement|analyse|analysed|paralysed|plough|mould"
)
_AMERICAN = (
    "color|colors|colored|honor|honors|honored|favor|favors|favorite|favored|behavior|neighbor|neighbors|"
    "neighboring|neighborhood|neighborhoods|harbor|rumor|rumors|humor|center|centers|centered|theater|theaters|"
    "liter|liters|fiber|defense|offense|offenses|organize|organized|organizing|organizer|organizers|recognize|"
    "recognized|realize|realized|apologize|apologized|criticize|criticized|authorize|authorized|traveled|"
    "traveling|traveler|travelers|canceled|canceling|labeled|modeling|fueled|signaled|jewelry|mom|moms|"
    "skeptical|maneuver|maneuvers|analyze|analyzed|paralyzed|plow|mold|airplane|gray"
)
_WORDS = {
    "USA": "sheriff|sheriffs|deputies|county commissioners|grand jury|interstate|mph|pentagon|"
    "white house|fbi|dea|medicaid|medicare|high school|state trooper|state troopers|"
    "state police|highway patrol|school board|city council|district attorney|"
    "police department|fire department|first degree|second degree|gubernatorial|congressman|"
    "congresswoman|state senate|statehouse|republican|republicans|democrat|democrats|gop|"
    "aldermen|alderman|felony|misdemeanor|arraigned|coroner|freshman|sophomore|varsity|"
    "ncaa|nfl|nba|mlb|zip code|downtown|social security|homeland security|supreme court|"
    "attorney general|national guard|air force base|blvd|fema|county jail|arraignment|"
    "parole board|elementary school|middle school|community college|thanksgiving|turnpike|"
    "us attorney|circuit court|township|townships|metro police|swat|911|nra|osha|irs|"
    "gofundme|obamacare",
    "GBR": "mp|mps|constabulary|county council|borough council|crown court|magistrates court|"
    "downing street|whitehall|scotland yard|nhs|tory|tories|labour|lib dem|lib dems|"
    "premiership|motorway|pensioner|pensioners|postcode|detective inspector|det insp|"
    "det sgt|councillor|councillors|councilor|gcse|ofsted|a level|a levels|petrol|"
    "house of commons|house of lords|parish council|high street|ukip|brexit|bbc|raf|"
    "royal navy|quid|acas",
    "CAN": "rcmp|mountie|mounties|ndp|loonie|parti quebecois|bloc quebecois|hydro one|opp|csis|"
    "tim hortons",
    "AUS": "asio|nrl|afl|triple zero|bushfire|bushfires|centrelink|state emergency service",
    "NZL": "iwi|maori|kiwis|beehive",
    "IRL": "garda|gardai|taoiseach|dail|oireachtas|fianna fail|fine gael|sinn fein|tanaiste|td",
    "IND": "rupees|lakh|lakhs|crore|crores|lok sabha|rajya sabha|bjp|crpf|bsf|panchayat|"
    "tehsil|taluk|naxal|naxals|naxalite|naxalites|maoists|ulfa|hizbul mujahideen|"
    "lashkar|dalit|dalits|sarpanch|inspector general of police",
    "PAK": "isi|ttp|tehreek|rupees|lashkar|ppp|pml|awami|ispr|frontier corps|tehsil|nawaz",
    "LKA": "ltte|tamil tigers|rupees|tamil tiger",
    "NPL": "maoists|rupees",
    "BGD": "taka|awami league|bnp|jamaat",
    "AFG": "taliban|loya jirga|isaf|mujahideen|mujahedin|haqqani|resolute support|afghani",
    "IRN": "ayatollah|majlis|revolutionary guards|rial|quds force|basij",
    "IRQ": "peshmerga|popular mobilization|hashd|baathist|dinar|mahdi army|kurdish peshmerga|"
    "coalition provisional",
    "SYR": "free syrian army|white helmets|ypg|sdf|nusra|syrian observatory|assad|baath|hts",
    "LBN": "hezbollah|hizbullah|phalange|amal|unifil|future movement",
    "ISR": "knesset|shekel|shekels|idf|likud|shin bet|mossad|iron dome|kibbutz|settlers",
    "PSE": "hamas|fatah|plo|islamic jihad|intifada|qassam|unrwa",
    "EGY": "muslim brotherhood|morsi|mubarak|sisi|egp|feluccas",
    "LBY": "gaddafi|qaddafi|gadhafi|gna|lna|haftar|general national congress",
    "TUN": "ennahda|ben ali",
    "DZA": "gspc|gia|fln|bouteflika|sonatrach",
    "MAR": "polisario|dirham|istiqlal",
    "MLI": "minusma|mnla|ansar dine|serval|barkhane|azawad|tuareg|imghad|gatia|hcua",
    "NER": "nigerien",
    "NGA": "boko haram|naira|efcc|lga|pdp|apc|fulani herdsmen|iswap|nnpc|senatorial",
    "CMR": "ambazonia",
    "TCD": "deby|mncjtf",
    "CAF": "seleka|anti balaka|minusca",
    "COD": "m23|monusco|monuc|fardc|fdlr|mai mai|codeco|interahamwe",
    "RWA": "interahamwe|rpf|gacaca",
    "UGA": "lra|lords resistance army|nrm|updf",
    "KEN": "shilling|kanu|safaricom|kdf|shillings|mungiki",
    "SOM": "al shabaab|al shabab|shabab|shabaab|amisom|atmis|hawiye",
    "ETH": "tplf|birr|eprdf|woreda|ola|kebele|oromo",
    "SDN": "janjaweed|rsf|rapid support forces|unamid|splm|bashir|jem",
    "SSD": "splm|spla|unmiss|dinka|nuer",
    "MOZ": "frelimo|renamo|metical",
    "AGO": "unita|mpla|kwanza|cabinda",
    "ZAF": "anc|rand|cosatu|saps|shack|eskom|apartheid",
    "ZWE": "zanu|mdc|mugabe",
    "YEM": "houthi|houthis|ansarullah|aqap|saleh",
    "SAU": "riyal|riyals|mutawa",
    "TUR": "pkk|lira|akp|gendarmerie|gulen|erdogan",
    "RUS": "kremlin|rouble|roubles|ruble|rubles|fsb|duma|putin|gazprom|kolkhoz|omon|gulag|"
    "oblast",
    "UKR": "verkhovna rada|hryvnia|hryvnias|azov|sbu|oblast|separatists|zelensky|zelenskyy|"
    "donbass",
    "GEO": "lari|saakashvili|georgian dream|rose revolution",
    "ARM": "dram",
    "AZE": "manat|aliyev",
    "KAZ": "tenge",
    "POL": "zloty|sejm|solidarity",
    "DEU": "bundestag|bundeswehr|cdu|spd|csu|stasi|bundesliga|autobahn",
    "FRA": "gendarmes|elysee|prefecture|quai dorsay|dgse|front national|franc|francs",
    "ITA": "carabinieri|mafia|cosa nostra|camorra|quirinale",
    "ESP": "eta|guardia civil|peseta|pesetas|moncloa|mossos|euskadi",
    "GRC": "drachma|syriza|pasok",
    "SRB": "dinar|milosevic|yugoslav",
    "BIH": "republika srpska|sfor|unprofor|chetnik",
    "CHN": "yuan|renminbi|politburo|pla|falun gong|xinhua|prefecture",
    "HKG": "legco|legislative council",
    "JPN": "yen|diet|ldp|prefecture|self defense forces|yakuza",
    "KOR": "blue house|chaebol",
    "PRK": "juche|kim jong",
    "MMR": "junta|tatmadaw|kyat|aung san suu kyi|nld|rohingya",
    "THA": "baht|redshirts|red shirts|yellow shirts",
    "PHL": "abu sayyaf|milf|mnlf|npa|peso|pesos|barangay|duterte|new people's army",
    "IDN": "rupiah|jemaah islamiyah|densus|kopassus",
    "MYS": "ringgit|umno|datuk",
    "COL": "farc|eln|m 19|paramilitaries|auc|cartel|clan del golfo|uribe",
    "PER": "shining path|sendero luminoso|mrta|tupac amaru|inti|intis|fujimori|sendero",
    "SLV": "fmln|colon|colones|farabundo marti|faes|duarte|cristiani",
    "GTM": "urng|quetzal|quetzales|cerezo",
    "NIC": "sandinista|sandinistas|contras|fsln|cordoba|cordobas|contra|ortega",
    "HND": "lempira|lempiras",
    "PAN": "noriega|balboa",
    "CHL": "pinochet|carabineros|manuel rodriguez|frente patriotico",
    "ARG": "peron|peronist|menem",
    "BRA": "favela|favelas|reais|bolsonaro|lula|petrobras",
    "VEN": "bolivar|bolivars|chavez|maduro|pdvsa|chavista",
    "CUB": "castro",
    "MEX": "peso|pesos|zapatista|zetas|cartel|cartels|narco|sinaloa cartel|pemex",
    "HTI": "gourde|tonton macoute|tontons macoutes|minustah|aristide|duvalier",
    "JAM": "jlp|pnp",
}  # fmt: skip


_SPELT = (*((code, _BRITISH) for code in ("GBR", "IRL", "AUS", "NZL", "ZAF", "IND")), ("USA", _AMERICAN))


def _by_word() -> dict[str, tuple[str, ...]]:
    states: dict[str, list[str]] = defaultdict(list)
    for code, words in (*_WORDS.items(), *_SPELT):
        for word in words.split("|"):
            if code not in states[word]:
                states[word].append(code)
    return {word: tuple(codes) for word, codes in states.items()}


_STATES = _by_word()
_HEADS = frozenset(word.split()[0] for word in _STATES)
_LONGEST = max(len(word.split()) for word in _STATES)


def words_of_states(folded: Sequence[str]) -> dict[str, float]:
    """Count, by alpha-3, the words of a text that belong to a state; one that several share is shared out.

    `folded` are the text's words in order, folded as names are.
    """
    counts: dict[str, float] = defaultdict(float)
    for at, first in enumerate(folded):
        if first.partition(" ")[0] not in _HEADS:
            continue
        for count in range(1, _LONGEST + 1):
            codes = _STATES.get(" ".join(folded[at : at + count]), ()) if at + count <= len(folded) else ()
            for code in codes:
                counts[code] += 1.0 / len(codes)
    return dict(counts)
