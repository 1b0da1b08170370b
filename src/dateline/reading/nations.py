"""Find the states that a text names: by name, by demonym, by a people's compound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.place_words import COMMON
from dateline.reading.segments import SHOUTING
from dateline.reading.tokens import Token

__all__ = ["COMBINING", "REGIONAL", "count_states", "demonyms_in", "named_states", "states_in"]

_ACRONYM = 4  # letters of the longest acronym of a state
LONGEST_STATE = 6  # words of `Democratic Republic of the Congo` and its like
_OF_REGIONS = {
    "Africa": "african|africans", "Europe": "european|europeans", "Asia": "asian|asians",
    "Latin America": "latin american|latin americans", "South America": "south american|south americans",
    "North America": "north american|north americans",
    "Central America": "central american|central americans",
    "North Africa": "north african|north africans", "West Africa": "west african|west africans",
    "East Africa": "east african|east africans", "Central Africa": "central african",
    "Southern Africa": "southern african", "Middle East": "middle eastern", "Caribbean": "west indian",
    "Central Asia": "central asian|central asians", "South Asia": "south asian|south asians",
    "Southeast Asia": "southeast asian|southeast asians", "East Asia": "east asian|east asians",
    "Western Europe": "western european", "Eastern Europe": "eastern european|east european",
    "Kurdistan": "kurdish|kurd|kurds", "Arab world": "arab|arabs", "England": "english|englishman|englishmen",
    "Scotland": "scottish|scots|scot|scotsman|scotsmen", "Wales": "welsh|welshman|welshmen",
    "Northern Ireland": "northern irish", "Brittany": "breton|bretons", "Flanders": "flemish",
    "Basque Country": "basque|basques", "Corsica": "corsican|corsicans", "Sardinia": "sardinian|sardinians",
    "Tuscany": "tuscan", "Bengal": "bengali|bengalis", "Sindh": "sindhi|sindhis",
    "Gujarat": "gujarati|gujaratis", "Kerala": "keralite|keralites", "Assam": "assamese",
    "Nagaland": "naga|nagas", "Manipur": "manipuri|manipuris", "Bihar": "bihari|biharis",
    "Aceh": "acehnese", "Bali": "balinese", "Xinjiang": "uyghur|uyghurs|uighur|uighurs",
    "Tatarstan": "tatar|tatars", "Zanzibar": "zanzibari|zanzibaris",
    "Balkans": "balkan", "Andes": "andean", "Maghreb": "maghrebi",
    "Moscow": "muscovite|muscovites", "Berlin": "berliner|berliners",
    "Vienna": "viennese", "Venice": "venetian|venetians",
    "Naples": "neapolitan|neapolitans", "Beirut": "beiruti|beirutis", "Aleppo": "aleppan|aleppans",
    "Chechnya": "chechen|chechens", "Dagestan": "dagestani|dagestanis",
    "Ingushetia": "ingush", "Abkhazia": "abkhaz|abkhazian|abkhazians", "Crimea": "crimean",
    "South Ossetia": "south ossetian|south ossetians", "North Ossetia": "north ossetian|north ossetians",
    "Catalonia": "catalan|catalans", "Kashmir": "kashmiri|kashmiris", "Tibet": "tibetan|tibetans",
    "Darfur": "darfuri|darfuris|darfurian", "Tigray": "tigrayan|tigrayans", "Siberia": "siberian",
    "Sicily": "sicilian|sicilians", "Punjab": "punjabi", "Baluchistan": "baloch|baluch|balochi",
    "Transnistria": "transnistrian", "Puntland": "puntlander", "Gaza": "gazan|gazans",
    "Texas": "texan|texans", "California": "californian|californians", "Ohio": "ohioan|ohioans",
    "Iowa": "iowan|iowans", "Minnesota": "minnesotan|minnesotans", "Tennessee": "tennessean|tennesseans",
    "Florida": "floridian|floridians", "Virginia": "virginian|virginians", "Hawaii": "hawaiian|hawaiians",
    "Alaska": "alaskan|alaskans", "Louisiana": "louisianan|louisianans", "Kansas": "kansan|kansans",
    "Nebraska": "nebraskan|nebraskans", "Oregon": "oregonian|oregonians", "Ontario": "ontarian|ontarians",
    "Arizona": "arizonan|arizonans", "Colorado": "coloradan|coloradans",
    "Michigan": "michigander|michiganders",
    "Pennsylvania": "pennsylvanian|pennsylvanians", "Kentucky": "kentuckian|kentuckians",
    "Alabama": "alabamian|alabamians", "Alberta": "albertan|albertans",
    "Queensland": "queenslander|queenslanders",
    "Quebec": "quebecer|quebecers|quebecois", "London": "londoner|londoners", "Paris": "parisian|parisians",
    "New York": "new yorker|new yorkers", "Bavaria": "bavarian|bavarians", "Scandinavia": "scandinavian",
}  # fmt: skip
# Adjectives and peoples of continents, regions and cities, folded, and the place they speak of.
REGIONAL = {word: place for place, words in _OF_REGIONS.items() for word in words.split("|")}
# First halves of words for two states: `Sino-Indian`, `Franco-German`, `Austro-Hungarian`.
COMBINING = {
    "anglo": "GBR", "austro": "AUT", "franco": "FRA", "greco": "GRC", "hispano": "ESP", "indo": "IND",
    "italo": "ITA", "luso": "PRT", "russo": "RUS", "serbo": "SRB", "sino": "CHN",
    "turco": "TUR", "turko": "TUR",
}  # fmt: skip
_OFFICES = frozenset(
    "president prime foreign defense defence interior finance government army navy air ministry minister"
    " embassy ambassador consulate parliament senate congress supreme king queen prince princess chancellor"
    " vice deputy police general armed forces cabinet oil justice secretary state interim federal authorities"
    " troops soldiers islamist muslim muslims jewish christian shiite sunni kurds revolution civil".split()
)
_OF_LANGUAGE = ("language", "lessons", "teacher", "class", "classes", "translation", "speakers", "speaking")
DEMONYM_SHARE = 0.6  # a demonym says less of where things happened than the state's name


def states_in(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[tuple[int, int, str, bool]]:
    """Yield each state named: first token, number of tokens, alpha-3, and whether it is a demonym.

    In a text in capitals throughout a plain word is no acronym: a `CAR` bomb is not the republic's.
    """
    at, shouting = 0, _in_capitals(tokens)
    while at < len(tokens):
        found = _state_at(tokens, at, gazetteer) if tokens[at].capital else None
        if found and shouting and found[0] == 1 and _plain(tokens[at].text):
            found = None
        if found:
            yield (at, *found)
        at += found[0] if found else 1


def _in_capitals(tokens: Sequence[Token]) -> bool:
    """Tell whether words are in capitals throughout."""
    words = [token.text for token in tokens]
    letters = sum(len(word) for word in words if word.isalpha())
    capitals = sum(len(word) for word in words if word.isalpha() and word.isupper())
    return letters > 0 and capitals >= SHOUTING * letters


def _plain(word: str) -> bool:
    """Tell whether a word in capitals may be a plain one; `US` stands for the state more often."""
    return "." not in word and word != "US" and len(word) <= _ACRONYM and fold(word) in COMMON


def _state_at(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> tuple[int, str, bool] | None:
    if not gazetteer.may_begin_state(tokens[at].text):
        return None
    names = [tokens[at].text]
    for token in tokens[at + 1 : at + LONGEST_STATE]:
        if token.start - tokens[at + len(names) - 1].end > 1:
            break
        names.append(token.text)
    for count in range(len(names), 0, -1):
        name = " ".join(names[:count])
        if code := gazetteer.state(name):
            return count, code, False
        if count <= 2 and (code := gazetteer.demonym(name)) and not _of_region(tokens, at):
            return count, code, True
    return None


def _of_region(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the word before makes a demonym one of a continent: `Latin American`."""
    return at > 0 and fold(f"{tokens[at - 1].text} {tokens[at].text}") in REGIONAL


def count_states(tokens: Sequence[Token], gazetteer: Gazetteer) -> tuple[dict[str, float], dict[str, float]]:
    """Count how often each state is named, and how often by demonym; by alpha-3."""
    names: dict[str, float] = defaultdict(float)
    demonyms: dict[str, float] = defaultdict(float)
    for _, _, code, demonym in states_in(tokens, gazetteer):
        (demonyms if demonym else names)[code] += 1.0
    return dict(names), dict(demonyms)


def named_states(tokens: Sequence[Token], gazetteer: Gazetteer) -> dict[str, float]:
    """Weigh how often each state is named, a demonym for less; by alpha-3."""
    weights, demonyms = count_states(tokens, gazetteer)
    for code, count in demonyms.items():
        weights[code] = weights.get(code, 0.0) + DEMONYM_SHARE * count
    return weights


def demonyms_in(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield the demonyms of states and regions as (first token, number of tokens)."""
    at = 0
    while at < len(tokens):
        count = _demonym_at(tokens, at, gazetteer) if tokens[at].text[:1].isupper() else 0
        if count:
            yield at, count
        at += count or 1


def _demonym_at(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> int:
    """Give the number of words of the demonym that begins here; a language or a body's name is none."""
    for count in (2, 1):
        words = tokens[at : at + count]
        if len(words) == count and (count == 1 or words[1].start - words[0].end == 1):
            name = " ".join(t.text for t in words)
            known = fold(name) in REGIONAL or ((count == 1 or "-" not in name) and gazetteer.demonym(name))
            if known and not gazetteer.state(name):
                return 0 if _of_body(tokens, at + count) or _language(tokens, at, count) else count
    return 0


def _of_body(tokens: Sequence[Token], after: int) -> bool:
    """Tell whether a capital behind makes a body's name of a demonym: `the American Red Cross`."""
    if after >= len(tokens) or tokens[after].start - tokens[after - 1].end != 1:
        return False
    token = tokens[after]
    return token.capital and not token.text.isupper() and fold(token.text) not in _OFFICES


def _language(tokens: Sequence[Token], at: int, count: int) -> bool:
    """Tell a language from a people: `in English`, `spoke Arabic`, `Spanish lessons`."""
    before = tokens[at - 1].text.lower() if at else ""
    after = tokens[at + count].text.lower() if at + count < len(tokens) else ""
    return before in ("in", "into", "speak", "speaks", "speaking", "spoke", "fluent") or after in _OF_LANGUAGE
