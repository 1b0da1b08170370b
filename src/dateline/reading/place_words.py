"""Words that tell places from people, organisations and plain English, for the toponym finder.

Lists of common knowledge, written for Dateline; folded (small letters, no accents).
"""

from __future__ import annotations

__all__ = [
    "CIVIC_AFTER",
    "COMMON",
    "DIRECTIONS",
    "FIRST_NAMES",
    "INSTITUTIONS",
    "KINDS_AFTER",
    "KINDS_BEFORE",
    "KINDS_OF_MANY",
    "LOCATIVE",
    "NAMED_LIKE_STATES",
    "NEARNESS",
    "ORG_AFTER",
    "ORG_BEFORE",
    "PARTICLES",
    "PUBLIC_AFTER",
    "SEATS",
    "SITES",
    "STREETS",
    "TITLES",
]

# Small words that stand inside names: `Mocimboa da Praia`, `Deir ez Zor`, `Stratford upon Avon`.
PARTICLES = frozenset(
    "de del della der den des da das do dos du di la le las los les el al an ad ar as ash at az ez es ul of"
    " the and"
    " y e i en on upon sur am im bei by under lez lès sous bin ibn ben abu bou".split()
)

DIRECTIONS = frozenset(
    "northern southern eastern western central north south east west northeast northwest southeast"
    " southwest north-east north-west south-east south-west northeastern northwestern southeastern"
    " southwestern north-eastern north-western south-eastern south-western upper lower inner outer"
    " greater downtown mid"
    " rural coastal mainland interior far".split()
)

# Words after which a place is likely: `in Gao`, `near Timbuktu`, `reached Kidal`.
LOCATIVE = frozenset(
    "in at near from to into toward towards around outside inside through between across via within"
    " leaving reached reach entered enter left leave capturing captured retook retaken seized"
    " besieged bombed bombarded shelled"
    " attacked above beyond for against off throughout over".split()
)

NEARNESS = frozenset(
    "near outside around close outskirts outskirt suburb suburbs vicinity environs beyond towards toward off"
    " surrounding between".split()
)

# What kind of place a word before `of` or before the name says: `town of X`, `Lake X`, `Camp X`.
KINDS_BEFORE = {
    **dict.fromkeys(("city", "town", "village", "hamlet", "port", "capital", "settlement", "suburb"), "city"),
    **dict.fromkeys(("township", "neighborhood", "neighbourhood", "cities", "towns", "villages"), "city"),
    **dict.fromkeys(("province", "region", "state", "department", "governorate", "prefecture"), "admin"),
    **dict.fromkeys(("district", "canton", "municipality", "republic", "oblast"), "admin"),
    **dict.fromkeys(("county", "parish"), "county"),
    **dict.fromkeys(("provinces", "regions", "states", "departments", "districts"), "admin"),
    **dict.fromkeys(("lake", "river", "gulf", "bay", "sea", "strait", "straits", "rio"), "water"),
    **dict.fromkeys(("mount", "mountain", "mountains", "volcano", "hill", "cerro"), "mountain"),
    **dict.fromkeys(("camp", "base", "fort", "airport", "airfield", "prison", "barracks"), "site"),
}

# The same for a word after the name: `Kunar province`, `Niger river`.
KINDS_AFTER = {
    **dict.fromkeys(("province", "region", "state", "department", "governorate", "prefecture"), "admin"),
    **dict.fromkeys(("district", "canton", "municipality", "oblast", "cercle"), "admin"),
    **dict.fromkeys(("county", "parish"), "county"),
    **dict.fromkeys(("provinces", "regions", "states", "departments", "districts"), "admin"),
    **dict.fromkeys(("city", "town", "village", "township", "suburb"), "city"),
    **dict.fromkeys(("river", "lake", "sea", "bay", "gulf", "strait", "delta", "basin"), "water"),
    **dict.fromkeys(("mountain", "mountains", "hills", "volcano", "hill"), "mountain"),
}

# The same for a word after a list: `Clay, Grant and Todd counties`.
KINDS_OF_MANY = {
    **dict.fromkeys(("counties", "parishes"), "county"),
    **dict.fromkeys(("provinces", "regions", "states", "departments", "districts", "governorates"), "admin"),
    **dict.fromkeys(("prefectures", "cantons", "municipalities", "oblasts", "cercles"), "admin"),
    **dict.fromkeys(("cities", "towns", "villages", "townships", "suburbs", "neighborhoods"), "city"),
    **dict.fromkeys(("rivers", "lakes", "seas", "gulfs"), "water"),
    **dict.fromkeys(("mountains", "hills", "volcanoes"), "mountain"),
    **dict.fromkeys(("airports", "camps", "bases", "prisons"), "site"),
}

# Things that stand in a place and carry its name.
SITES = frozenset(
    "airport airfield airbase airstrip base barracks camp prison jail penitentiary hospital"
    " university college school mosque church cathedral monastery temple market bazaar hotel station"
    " stadium square street avenue road highway bridge crossing checkpoint border post port harbour"
    " harbor dam plant refinery mine field fields complex facility building embassy consulate palace"
    " tower theatre theater park forest farm farms ranch roundabout hill coast quarter neighborhood"
    " neighbourhood gate tunnel valley island islands desert peninsula area zone front suburb suburbs"
    " outskirts headquarters ministry warehouse cemetery court courthouse orchards plateau cave gas"
    " oil police"
    " military air army naval international district village town city road volcano colony colonia"
    " barrio".split()
)

# A capitalised word right after that makes the name an organisation's, paper's or club's.
ORG_AFTER = frozenset(
    "times post herald tribune gazette journal chronicle news newspaper daily press observer guardian"
    " telegraph mirror star sun globe examiner dispatch inquirer bulletin monitor review magazine"
    " radio tv television broadcasting bank bancorp airlines airways air motors steel oil energy"
    " petroleum telecom insurance inc corp corporation company co ltd group holdings industries"
    " partners capital party front movement union league federation association society foundation"
    " institute committee commission congress council court academy orchestra united rovers fc"
    " athletic giants rockets bulls bears lions tigers eagles cowboys raiders jets patriots red sox"
    " yankees dodgers lakers pact treaty convention accord accords agreement protocol summit"
    " declaration"
    " cup open marathon festival award prize act bill syndrome fever street brigade battalion".split()
)

# A capitalised word right after that makes the name a street's.
STREETS = frozenset(
    "street st avenue ave road rd drive dr lane ln boulevard blvd court ct circle terrace parkway pkwy"
    " way crescent close turnpike expressway apartments plaza mall square".split()
)

# What an institution's name holds that need not lie where its name says: `Mercy Memorial Hospital`.
INSTITUTIONS = frozenset(
    "hospital medical memorial elementary middle high school college university academy institute library"
    " center centre museum gallery theatre theater church cathedral cemetery auditorium arena stadium hall"
    " home nursing retirement funeral motel hotel inn restaurant laboratory foundation clinic campus".split()
)

# Public bodies of a town or district: their name says where they work.
PUBLIC_AFTER = frozenset(
    "police sheriff sheriffs county city town township municipal district council mayor fire coroner"
    " commissioners commissioner supervisors schools governor governorate provincial prefecture province"
    " authorities legislature assembly parliament senate airport detectives firefighters prosecutor"
    " prosecutors jail prison residents bureau department turnpike courthouse supreme highway patrol troopers"
    " trooper statehouse transportation public health".split()
)

# Words after a town's name that say who or what is of it: `Lombard trustees`, `an Elkhart man`.
CIVIC_AFTER = frozenset(
    "police mayor residents resident man woman men women couple teen teenager boy girl firefighters trustees"
    " council councilman councilwoman councilor councillor selectmen aldermen alderman officials city"
    " village schools commissioners sheriff courthouse courtroom detectives taxpayers voters native natives"
    " neighborhood neighbourhood neighborhoods streets suburb suburbs area downtown".split()
)

# Seats of power whose names mostly stand for those who sit there; places only where something is at them.
SEATS = frozenset(
    (
        "white house",
        "west wing",
        "oval office",
        "kremlin",
        "pentagon",
        "downing street",
        "10 downing street",
        "number 10",
        "whitehall",
        "scotland yard",
        "new scotland yard",
        "capitol hill",
        "foggy bottom",
        "elysee",
        "elysee palace",
        "matignon",
        "quai dorsay",
        "blue house",
        "zhongnanhai",
        "casa rosada",
        "planalto",
        "malacanang",
        "malacanang palace",
        "wall street",
        "fleet street",
        "hollywood",
        "bollywood",
        "holyrood",
        "stormont",
        "buckingham palace",
        "los pinos",
        "moncloa",
        "lambeth palace",
        "quirinale",
        "dalal street",
        "madison avenue",
        "old bailey",
        "westminster",
        "foggy bottom",
        "south block",
        "aso rock",
        "luthuli house",
    )
)

# States and regions whose names people bear: before a capital they are a person's.
NAMED_LIKE_STATES = frozenset(
    "jordan chad israel georgia virginia carolina dakota montana india china kenya cuba dominica tennessee"
    " california nevada indiana africa america france germany ireland holland england wales scotland paris"
    " florence sydney victoria alberta columbia washington jersey cyprus malta troy".split()
)

# `Bank of X` and its like are organisations or people, not X.
ORG_BEFORE = frozenset(
    "bank university church voice duke duchess prince princess archbishop bishop sultan emir army"
    " front party liberation federation union league institute college academy museum order treaty"
    " convention house times star"
    " friends republic-of communist".split()
)

TITLES = frozenset(
    "mr mrs ms miss dr prof professor president vice-president premier chancellor minister ministers"
    " secretary senator sen rep representative congressman congresswoman governor gov mayor judge"
    " justice king queen prince princess sheikh sheik shaikh imam mullah maulana ayatollah emir"
    " sultan pope cardinal archbishop bishop father sister brother rabbi pastor reverend rev sir lord"
    " lady dame general gen lieutenant lt colonel col major maj captain capt sergeant sgt corporal"
    " private admiral brigadier brig commander cmdr marshal officer detective inspector"
    " superintendent chief spokesman spokeswoman spokesperson ambassador envoy analyst author actor"
    " singer coach player director chairman chairwoman chairperson leader lawyer attorney don dona"
    " doctor comrade"
    " senora senor monsignor licenciado engineer saint strongman dictator".split()
)

FIRST_NAMES = frozenset(
    "john james robert michael william david richard joseph thomas charles christopher daniel matthew"
    " anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy"
    " jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon"
    " benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam"
    " henry nathan douglas zachary peter kyle walter ethan jeremy harold keith christian roger noah"
    " gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert"
    " willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby"
    " philip johnny mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy"
    " lisa betty margaret sandra ashley kimberly emily donna michelle dorothy carol amanda melissa"
    " deborah stephanie rebecca sharon laura cynthia kathleen amy shirley angela helen anna brenda"
    " pamela nicole emma samantha katherine christine debra rachel catherine carolyn janet ruth maria"
    " heather diane virginia julie joyce victoria olivia kelly christina lauren joan evelyn judith"
    " megan cheryl andrea hannah martha jacqueline frances gloria ann teresa kathryn sara janice jean"
    " alice madison doris abigail julia judy grace denise amber marilyn beverly danielle theresa"
    " sophia marie diana brittany natalie isabella charlotte rose alexis kayla florence carlos luis"
    " jorge pedro miguel manuel francisco antonio alberto fernando ricardo eduardo roberto rafael"
    " mario alfredo oscar hector guillermo enrique raul ruben salvador ernesto ramon armando felix"
    " gustavo cesar pablo alejandro arturo jaime ignacio mauricio rodrigo rene vinicio napoleon"
    " daniel humberto joaquin alvaro mohammed muhammad mohammad mohamed mohamad muhammed ahmed ahmad"
    " ali hassan hasan hussein hussain hossein omar umar khalid khaled abdullah abdul abdel ibrahim"
    " yusuf youssef yousef mustafa mahmoud mahmud hamid hamad saleh salah saeed said sami tariq walid"
    " yasser yasir zaid bashar saddam muammar nasser jamal kamal karim rashid faisal fahd salman"
    " sultan bilal hamza anwar imran nawaz pervez asif benazir fatima aisha zainab hamza vladimir"
    " boris sergei sergey dmitry mikhail ivan alexei nikolai viktor igor oleg yuri andrei pavel"
    " slobodan radovan ratko franjo alija zoran goran milan jean pierre jacques francois michel"
    " nicolas laurent henri claude philippe emmanuel marcel yves hans klaus helmut gerhard angela"
    " wolfgang franz giuseppe giovanni silvio marco benjamin ariel ehud yitzhak shimon moshe israel"
    " chad kofi nelson thabo jacob robert morgan joseph laurent hamid ashraf narendra rajiv indira"
    " sonia atal manmohan mahinda velupillai junichiro shinzo taro kim hu xi"
    " amadou moussa ousmane abdoulaye mamadou boubacar seydou oumar aminata bush clinton".split()
)

# Plain English words (and calendar words) that are also names of places: no places by case alone.
COMMON = frozenset(
    "a about above according across act action after again against age ago aid air all along also"
    " although always am among an and angel another any april are area army around as asia-pacific at"
    " august authorities authority away bad bank bar bay be beach bear because been before behind"
    " being below best better between beyond big bishop black blue board body bomb book both boy"
    " branch brave bridge bright british brown building built burn business but by call camp can"
    " cannot capital captain case castle cause center central centre chance chief child children"
    " china-led church city civil civilians class clean clear clinton close coast cold college colony"
    " comfort coming commerce common communist community company concord congress cool corn council"
    " country court cross crown day days dead deal death december deep defense defence democracy"
    " democratic department despite did direct director district do doctor does don double doubt down"
    " during each early earth east eastern economy eight eighteen eleven emergency empire end"
    " enterprise even evening ever every exchange experiment eye face fair faith fall family far"
    " farmer father february federal few field fifteen fifty fine fire first five flood flower foot"
    " for force forces forest fort forty four free freedom friday friend friendship from front full"
    " fund game garden gas gate general get girl give global go god gold golden good got government"
    " grand great green ground group guard gulf gun had half hall happy harmony has have having he"
    " head health heart heavy height help hence her here hero high hill his holiday home honor hope"
    " horse hospital host hot hour house how however hub hundred ice if imperial in independence"
    " independent industry inside intelligence international into island islands islam islamic it its"
    " january july june just justice keep key kill king kingdom lake land large last late law leader"
    " league least left liberal liberation liberty life light lion little live local london-based"
    " lone long loss lost love low luck made main major man many march marine market mass may mayor"
    " me media meet men mercy message metro middle might mile military mill million mine minister"
    " ministry mission mobile model modern monday money month moon more morning most mother mountain"
    " move movement much muslim my nation national natural navy near necessity nearby neither never"
    " new news next nice night nine no noble none nor normal north northern not nothing november now"
    " number obviously october of off office officer official officials oil old on once one only open"
    " opportunity opposition order orders other others our out outside over own page pan paradise"
    " park part party past peace people perhaps pilot place plan plane plant plaza point pole police"
    " polish poll pool port position possible post power premier prepared present president press"
    " price pride prime prince private progress property prosperity protection protocol province"
    " public queen question quick quiet race radical radio rain ran rate reading ready real rebel"
    " rebels recent reconciliation red reform region religious report republic republican reserve"
    " rescue rest return revolution rich ride right rise river road rock rome-based rose round route"
    " royal rule rural sad safe said saint same sand saturday save saw school sea second secretary"
    " section security senate senator senior september service seven several shall she ship shore"
    " short should show side silver since site six sixty sky small so social soldier soldiers some"
    " son soon source sources south southern special spring square staff star start state states"
    " station still stone stop store storm street strong student such summit summer sun sunday sunset"
    " superior support supreme surprise table tall tank tanks ten thanks that the their then there"
    " these they thing think third thirty this those though three through thursday thus time times to"
    " today together tomorrow too top tower town township trade trail train trap tree troops truce"
    " true trust truth tuesday twenty twin two uncertain under union unit united unity university"
    " until up upper us use valley van very veteran victim victims victor victory village violence"
    " volunteer vote wait wall war was washing watch water way we weapon weapons wednesday week well"
    " were west western wet what wheel when where which while white who whole why wide wild will wind"
    " winter with within without witness woman women wood work worker world worth would year years"
    " yellow yes yesterday yet you young your zero accident action active afternoon alert alliance"
    " ambassador ambush america's arab arms assembly association attack attacks base battle battalion"
    " brigade bus campaign ceasefire charter christian christmas citizen command commander commission"
    " committee conference contact contras convoy coordinator coup crime cup curfew date declaration"
    " delegation easter election embassy engineers europe's explosion fighters foreign foundation"
    " frontier gay guerrilla guerrillas hostage hostages human infantry institute interior islamist"
    " israelis jewish jihad journalist judge labor labour legislative lieutenant major marines"
    " martyrs media militant militants militia mosque mujahideen nations olympic operation parliament"
    " pact peacekeepers pentagon pope population prison prisoner process prosecutor protest radio"
    " rally red-cross refugee refugees regional relief resistance saudi secret sector shah sharia"
    " sheikh shia shiite sir spokesman spokesmen strike students sunni supreme task tel terror"
    " terrorist terrorists treaty tribal tribunal un under-secretary unit university vatican vehicle"
    " via volcano warning wing workers zone abu al el la los las san santa ben bin um umm tal tel"
    " tell ain bab col gen lt sgt maj capt mr mrs dr rep sen gov st ave street gmt utc est pm text"
    " excerpt inc ltd corp efe afp ap upi reuter reuters eln farc fmln eta ira plo nato eu un au car"
    " us it is as at be so if or an am pa mo ok hi id in me oh de al ar ca co ct ga ia il ks ky ma md"
    " mi mn ms mt nc nd ne nh nj nm nv ny pr ri sc sd tn tx ut va vt wa wi wv wy man-made nine-day"
    " taliban hamas hezbollah fatah houthi kurd kurds turkmen tamil tigers jews christians muslims"
    " guardian level drug drugs agro soul monster ramadan egg hiv sos marina duke chambers khan diaz"
    " arafat"
    " them see pay say dig make made enter arrest arrests wake vela headquarters cathedral arena progreso"
    " guardian ebola covid coronavirus influenza former acting ex incoming outgoing late newly".split()
)
