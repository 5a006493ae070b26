"""The words and forms by which mentions are told: titles, offices, kinsmen, and what no
surname is. General lists of English; no person's name is among them.
"""

from __future__ import annotations

import re

from kgraph.extract.names import UPPER
from kgraph.model import MentionType

Entry = tuple[str, MentionType | None, str | None, str | None]
"""What a form is ("known", "surname", "title" ...), the type, id and ref of what it names."""
Hit = tuple[int, int, MentionType, str | None, str | None, str, tuple[int, int] | None]
"""Start, end, type, id, ref, rule, and the span of the name without titles."""

HONORIFICS = """Mr. Mrs. Miss Ms. Messrs. Dr. Sir Lord Lady Dame Madame Mme. Monsieur Herr Señor Signor Count Baron Pope Cardinal
    Archbishop Bishop Comrade Comrades Tov. Professor Prof. Academician Gen. Col. Lt. Maj. Capt. Adm. Amb. Sen. Rep. Gov. Hon. Mr Mrs Dr General Colonel Major Captain
    Admiral Lieutenant Commander Marshal Brigadier Senator Congressman Sheikh Sheik Emir Pasha Rear Commodore Sergeant Congresswoman Archduke Duke Reverend Rev. Rabbi Brig. MR. MRS. Generals Messieurs Field Airman Justice"""
OFFICES = """President Chairman Secretary Ambassador Minister Premier Chancellor King Queen Prince Princess Shah Emperor Governor
    Director Counselor Counsellor Consul Chargé Charge Commissioner Administrator Adviser Advisor Delegate Representative Marshal Generalissimo Sultan Attorney-General
    Vice-President President-elect Undersecretary Under-Secretary Sovereign Kaiser Czar Tsar Speaker Mayor Regent Caudillo Führer Duce Commander-in-Chief Pontiff Chiefs
    Dictator Ruler Envoy Attaché FonMin PriMin ForMin DefMin Majesty Excellency Highness Lordship Ayatollah"""
LOWER_OFFICES = """president chairman secretary ambassador minister premier chancellor king queen prince emperor governor director
    counselor consul head leader widow wife husband brother son daughter mother father sister children assistant successor predecessor translator adviser advisor advisers aide
    lordship editor interpreter recipient addressee heads representative representatives presidents ministers ambassadors member leaders shah envoy"""
PHRASES = """Attorney General|Prime Minister|Foreign Minister|Foreign Secretary|Secretary of State|Secretary of Defense|Secretary of War|Secretary of the Treasury|Secretary of the Navy
Secretary of Commerce|Secretary of Agriculture|Secretary General|Secretary-General|Under Secretary|Acting Secretary|Deputy Secretary|Assistant Secretary|Deputy Prime Minister|Deputy Foreign Minister|Vice President|Vice Foreign Minister
Chief of Staff|First Secretary|General Secretary|Chief Executive|Head of State|Heads of State|heads of state|heads of government|prime minister|foreign minister|attorney general|Naval Attaché|Military Attaché|Chargé d’Affaires|Chargé d'Affaires|Defense Minister|Minister of Foreign Affairs|Minister for Foreign Affairs|Minister of Defense|Consul General|High Commissioner
Governor General|Press Secretary|Minister President|Field Marshal|Air Marshal|Queen Mother|Crown Prince|Speaker of the House|Chief Justice|Holy Father|Supreme Commander|Deputy Assistant Secretary|Deputy Under Secretary|Under Secretary of State|Assistant Secretary of State|Secretary of Labor|Secretary of the Army|Minister of Finance|Ambassador at Large|Deputy Chief of Mission|Appointed Ambassador|Finance Minister""".replace(
    "\n", "|"
).split("|")
INITIAL = rf"(?:[{UPPER}](?:[a-z]|h)?\.)"
PARTICLE = r"(?:de[ ]la|de|del|von|van|der|den|ter|al-|el-|al|el|bin|ibn|di|da|du|dos|le|la|ben|y|Von|Van|De|Le|La)"
PLAIN = rf"[{UPPER}](?:[^\W\d_]|[’'](?=[{UPPER}]|[a-z]{{3}}))+(?:-[{UPPER}]?[^\W\d_]+)*"
NAME = rf"(?:(?:{INITIAL}[ \u00a0]?){{1,3}}(?:{PLAIN}[ \u00a0]){{0,1}}(?:{INITIAL}[ \u00a0]?)*(?:{PARTICLE}[ \u00a0])?{PLAIN}|{PLAIN}(?:[ \u00a0](?:(?:{INITIAL}[ \u00a0]?)+)?(?:{PARTICLE}[ \u00a0])?{PLAIN}){{0,2}}|(?:{PARTICLE}[ \u00a0]){PLAIN}|{PARTICLE}{PLAIN})(?:,?[ \u00a0](?:Jr\.|Sr\.|II\b|III\b))?"
AFTER_TITLE = re.compile(
    rf"(?:[ \u00a0](?:d[’']Affaires|at Large|of State|[Mm]inister|General|(?:Lt|Col|Gen|Maj|Geo|Wm|Chas|Capt|Adm|Dr|Mr|Mrs)\.(?=[ \u00a0])))?[ \u00a0](?P<name>{NAME})"
)
INITIALS = re.compile(  # from the stop of the first: a single character is found fastest
    rf"\.(?<=[A-ZÉÖÜÁ].)(?<![\w.&]..)[ \u00a0]?(?:{INITIAL}[ \u00a0]?){{0,2}}(?:{PARTICLE}[ \u00a0])?{PLAIN}(?:,[ \u00a0](?:Jr\.|Sr\.))?"
)
FULL = re.compile(
    rf"[ \u00a0](?:(?:{INITIAL}[ \u00a0]?)+(?:{PARTICLE}[ \u00a0])?{PLAIN}|(?:{PARTICLE}[ \u00a0])?{PLAIN}(?:[ \u00a0]{PLAIN})?)(?:,[ \u00a0](?:Jr\.|Sr\.))?"
)
BEFORE_NAME = (
    " by",
    "from",
    "with",
    "told",
    "sked",
    "rmed",
    "g to",
    "n to",
    "d to",
    " see",
    "efed",
    "nked",
    " met",
    " saw",
    "Saw",
    "oned",
    "death of",
)
_LAST_LETTERS = "".join(dict.fromkeys(word[-1] for word in BEFORE_NAME))
_OF_A_LENGTH = (  # one look behind can take words of one length
    "|".join(word for word in BEFORE_NAME if len(word) == size)
    for size in sorted(set(map(len, BEFORE_NAME)))
)
HINT = re.compile(  # by the last letter of the word before first: most capitals fall out there
    rf"(?P<name>[A-ZÉÖÜÁ](?<=[{_LAST_LETTERS}] .)(?:{'|'.join(f'(?<=(?:{words}) .)' for words in _OF_A_LENGTH)})"
    r"[a-zà-ÿ’'A-Z][\w-]+)(?=[\s,.;:)’'?]|$)"
)
HINT_IN_BRACKETS = re.compile(r"\( ?(?P<name>[A-ZÉÖÜÁ][a-zà-ÿ’'A-Z][\w’'-]+)(?=\s?\))")
ACTIONS = tuple(
    verb.strip() for verb in ["\n    said ", " replied ", " asked ", " told ", " stated ", " remarked ", " added ", " answered ", " agreed ", " commented ", " observed ", "\n    responded ", " noted that ", " suggested ", " explained ", " interjected ", " smiled ", " laughed ", " thought ", " felt ", "\n    pointed out ", " emphasized ", " stressed ", " thanked ", " wondered ", " inquired ", " repeated ", " asserted ", " recalled ", "\n    insisted ", " nodded ", " acknowledged ", " admitted ", " expressed ", " handed ", " telephoned ", " phoned ", " cabled ", "\n    wrote ", " declared ", " proposed ", " urged ", " warned ", " promised ", " refused ", " argued ", " opposed ", " believed ", "\n    hoped ", " complained ", " remonstrated ", " interrupted ", " concurred ", " read a ", " took notes ", " did not ", " gave me ", "\n    gave us ", " called on ", " spoke ", " had handed ", " had told ", " had given ", " had said ", " had asked ", " had sent ", "\n    had seen ", " had spoken ", " had informed ", " had suggested ", " informed ", " reported ", " initialed ", " was told ", "\n    was informed ", " was asked ", " mentioned ", " confirmed ", " indicated ", " declined ", " continued ", " concluded ", "\n    went on\n    "]
)  # fmt: skip
"""What persons do; a capitalised word before one of these may be a surname."""
NEXT_IN_LIST = re.compile(
    rf"(?:\s\([A-Z][A-Z/–-]{{0,9}}\))?(?:,\s(?:and\s)?|\sand\s)(?P<name>{PLAIN}(?:[ \u00a0]{PLAIN})?)(?=[,.;:)\s’']|$)(?!\s(?:[A-Z][a-z]))"
)
LAST_IN_LIST = re.compile(rf"(?P<name>{PLAIN})(?:,\s(?:and\s)?|\sand\s)$")
NO_SURNAME = re.compile(
    r"(?:(?:ians|eans|ese|ists|ism|tion|tions|ment|ments|ness|ship|ity|ings?|ers|ites|ives|ly|ican|icans|ency|ancy|ial|ical)$)"
)
LEFT_GIVEN = re.compile(rf"(?:(?:{PLAIN}\s(?:{INITIAL}\s?)*)|(?:{INITIAL}\s?)+)$")
TITLE_LEFT = re.compile(
    r"(?:(?:Acting|Deputy|Vice|Former|former|Under|Assistant|Associate|First|Rear|Lieutenant|Major|Brigadier|Foreign|Prime|Special|Major-|Lt\.|Maj\.|Brig\.|Attorney|Crown|Queen|Mr\.|Madam|His Excellency|Her Excellency|Field|Air|Consul|Naval|President|Secretary)[ \u00a0])+$"
)
DETERMINERS = (
    "the THE The my My your Your his His her Her our Our their Their its Its a A an An whose Whose"
)
QUALIFIERS = "late new young old oldest deceased former present acting deputy special assistant under first vice foreign prime own dear"
DETERMINER = re.compile(
    rf"(?:\b(?:[Tt]he|THE|[Mm]y|[Yy]our|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir|[Ii]ts|[Aa]n?|[Ww]hose|[’']s)\s(?:(?:{'|'.join(QUALIFIERS.split())}|Acting|Deputy|Vice|Soviet|American|British|French|German|West German|East German|Chinese|Japanese|Italian|Russian|US|U\.S\.|Indian|Cuban|Israeli|Egyptian|Polish|Turkish|Korean|Spanish|Austrian|Swiss|Swedish|Greek|Czech|Thai|Iraqi|Saudi|Pakistani|Burmese|Danish|Finnish|Portuguese|Filipino|Belgian|Dutch|Mexican|Brazilian|Canadian|Iranian|Pakistani|Yugoslav|Special|Assistant|Under|United States|[A-Z][a-z]+(?:ian|ese|ish|ani|ean))\s){{0,3}}|\b(?:Mr\.|Madam|Mister)\s|\b(?:Soviet|American|British|French|German|Chinese|Japanese|Italian|Russian|US|U\.S\.|Indian|Israeli|Egyptian|Polish|Turkish|Korean)\s(?:(?:Deputy|Acting|Vice|Foreign|Prime)\s)*)$"
)
KIN = frozenset(
    [
        "widow",
        "wife",
        "husband",
        "brother",
        "son",
        "daughter",
        "mother",
        "father",
        "sister",
        "children",
        "assistant",
        "successor",
        "predecessor",
        "translator",
        "aide",
    ]
)
NOT_AFTER = frozenset(
    str.split("""Library Papers Correspondence Collection Foundation Administration Plan Doctrine Committee Report Street Avenue Airport Hotel Center Centre Hospital Amendment Act
    Line Round Memorial Museum University Institute School Building Treaty Agreement Commission Note Letter Message Proposal Government Cabinet Files Appointment Space House Room Board Mission Company Corporation Bank Resolution Formula Series Fund Park Islands Island Bay River Field Group""")
)
NOT_NAMES = frozenset(
    str.split("""I He She It They We You The This That These Those There Here What Who Which When Where Why How If In On At By For From To With Of And But Or Nor So Yet As An A Any All Both Each Every
    Some Most Many Several Such No Not Also Then Thus Now His Her Its Their Our My Your One Two Three Four First Second Third Another Other Others Everyone Someone Nobody Anyone State States
    January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    Soviet Soviets American Americans British French German Germans Russian Russians Chinese Japanese Italian Italians Israeli Israelis Arab Arabs Egyptian Egyptians Indian Indians Cuban Cubans Korean Koreans Vietnamese
    Embassy Department Government Congress Senate Council Committee Board Delegation Mission Ministry Party House President Secretary Ambassador Minister Premier Chancellor Chairman General Foreign Prime Vice Deputy
    Acting Assistant Under State Defense Treasury Army Navy Force Congress Dear Mr Mrs Sir Following Text Begin End Telegram Message Letter Note Document Source Central Files Washington Moscow United National International
    Secretariat Representative Representatives Europeans European Western Eastern Communist Communists Allied Allies Ambassadors Ministers Foreign-Minister Senator Congressman General Colonel Admiral Captain Paragraph Article Section Part
    Point Question Answer However Although While Since Because After Before During Under Over Between According Regarding Concerning Later Earlier Yesterday Today Tomorrow King Queen Shah Attorney Chargé Counselor Director Deptel Embtel NATO SEATO USUN CIA
    Indonesians Pakistanis Iranians Turks Greeks Poles Czechs Hungarians Romanians Rumanians Bulgarians Yugoslavs Spaniards Swiss Swedes Danes Dutch Canadians Africans Asians Syrians Iraqis Jordanians Lebanese Libyans Algerians Moroccans Tunisians Saudis Staff Bureau Office Division Agency Press Intelligence Undersecretary Participants
    Furthermore Therefore Otherwise Nevertheless Moreover Meantime Meanwhile Accordingly Consequently Indeed Instead Hence Perhaps Similarly Likewise Besides Nonetheless Interpreter Chief Officer Economics Budget Team Group
    FonMin PriMin ForMin DefMin Congressmen Annexes Annex Secy Sovs Sov Tosec Secto Amb Ambs Japs Brits Emb Dept Deptel Embassies Conclusions Considerations Commerce Finance Labor Agriculture Interior Justice Parliament Cabinet Finally Generally Specifically Obviously Clearly Apparently Even Agree Exclusive
    Memorandum Memoranda Report Paper Agreement Treaty Protocol Declaration Charter Constitution Congressional Presidential Republican Republicans Democrat Democrats Catholic Catholics Christian Moslem Muslim Muslims Jewish Jews Zionist Zionists Nazi Nazis Marxist Leninist Bolshevik Bolsheviks Chargés Legation Consul Consulate Thanks Yes Okay Hello Except Including Despite Without Within Among Against Toward Towards Until Upon Throughout Concurrently Enclosure Attachment Tab Page Paragraph Chapter Volume Footnote See Ibid Administration Manager Von Van
    Emperor Council Republic Union Kingdom Empire Federation Conference Confidential Secret Top Urgent Priority Operations Affairs Policy Planning Security Atomic Energy Economic Political Military Naval Air Europe Asia Africa America Latin North South East West Central Near Far Middle Syrian Asian Jordanian Libyan Algerian Tunisian Iranian Iraqi Hungarian Romanian Rumanian Bulgarian Yugoslav Canadian Brazilian
    Colombian Bolivian Peruvian Chilean Argentine Mexican Philippine Laotian Cambodian Burmese Malaysian Indonesian Belgian Austrian Norwegian Ethiopian Nigerian
    Ghanaian Saudi Palestinian Palestinians Hostilities Senators""")
)
COMMON = frozenset(
    str.split("""ball bank bell black blue brown case chase church cook cross day dean dean field fish fisher ford fox frank free gold good grant gray green grey hall hand hare hill home hope house
    hunt judge king lake land lane law little long lord love major march marks mason may miller moon moor north page park parker peace pierce place poole pope pound power price prince rice rich rock rose sharp short
    small snow south stone strong swing taylor teller timber town trend war ward waters weeks west white wise wood woods young low read read root nation street star bush book stern stout glass drew best ""early"" ""eaton"" more
    point west east vest court hay ring camp moss rush sky storm winter summer french german holland england""")
)
DOC_NUMBER = re.compile(r"s?\s\d{1,4}(?:[–-]\d{1,4})?")


CIVIL = frozenset(
    (
        "Mr.",
        "Mrs.",
        "Dr.",
        "Miss",
        "Sir",
        "Mr",
        "Mrs",
        "Messrs.",
        "Comrade",
        "MR.",
        "Lord",
        "Madame",
    )
)
ACTS = re.compile(
    r"\s*$|\s*\n|\s(?:and\s[A-Z]|said|told|[a-z]+ed\b|thought|felt|had|was|is|also|has|then|did|asked)\b|['’]s\s"
)
CAPITAL_NEXT = re.compile(r"\s[A-Z]\w")
