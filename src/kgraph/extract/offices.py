"""Words of office, rank and honour, words for bodies, and the form of a personal name.

Nothing here knows a surname: a name is told by its form and by holding no word of
office or body, but for those that are surnames too ("King", "Page").
"""

from __future__ import annotations

import re
from functools import lru_cache


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĬİĶŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
CAPITALISED = rf"(?:(?:[{UPPER}]\.){{2,5}}|(?:de)?[{UPPER}][\w’'ʼ‘-]*\.?)"
PARTICLE = r"(?:de la|de los|de l[’']|de|del|della|di|da|dos|du|des|van der|van den|van|von der|von|zu|ter|ten|al|el|bin|ibn|ben|le|la|y|e)"
_SUFFIX = r"(?:,?\s+(?:Jr|jr|Sr|II|III|IV|2d|2nd|3d|3rd)\b\.?)?"
NAME = rf"(?:{CAPITALISED}|“[^”]{{2,20}}”|\"[^\"]{{2,20}}\")(?:\s+(?:{PARTICLE}\s+|(?:de\s+)?l[’']|d[’']|al-|el-)?(?:{CAPITALISED}|“[^”]{{2,20}}”|\([A-Z][a-z]+\)))*{_SUFFIX}"
_NAME = re.compile(rf"{NAME}$")
WITHHELD = re.compile(
    r"\[(?:\d+\s+)?(?:names?|titles?|less than|\d+ lines?|text|place|position|officer|codename|cryptonym)[^\]]*\]",
    re.IGNORECASE,
)
HONORIFICS = (
    r"Messrs|Mr|Mrs|Ms|Miss|Mme|Madame|Mademoiselle|Mlle|MM|(?<!\bSir\s)(?<!\b[MD]r\.\s)(?<!\bHon\.\s)M(?!\.\s?[A-Z]\.\s?[A-Z]\.)(?!\.\s?M\.\s)|H\. ?E(?=\.\s(?:[A-Z][a-zé]+|M|Mr|Dr|Baron|Count)\.?\s[A-Z])|Dr|Sir|Lord(?!\s(?:Mayor|Provost|Lieutenant|Chief|Justice|Privy|President|High|Advocate)\b)|Lady|Dame|Señora|Señor|Senhora|Senhor|Jonkheer|Senor|Sr|Signor|Herr|Frau|H\. ?[IRSM]\. ?[HM]\.?(?=\s(?:the\s)?(?:Prince|King|Queen|Emperor|Sultan|Shah|Khedive))"
    r"|Monsieur|(?:The )?(?:Rt|Right)\.? Hon(?:ou?rable)?(?:\.?\sthe(?=\s(?:Viscount|Lord|Earl|Mar[cq]))|)|(?:The )?Hon|Honorable|Honourable|Rev|Reverend|Monsignor|Msgr|Cardinal|Archbishop|Bishop|Don|Professor|Prof"
    r"|[Hh]is [Ee]xcellency|Her Excellency|(?:His|Her)\s(?:\w+\s)?Majesty|His Highness|His Royal Highness|Judge|Justice|Esq"
)
RANKS = (
    r"(?:(?:Acting|Lieutenant|Lieut\.?|Lt\.?|Major|Brigadier|Vice|Rear|Air|Field|Fleet|Brig\.?|Maj\.?|Air Chief|Air Vice|Wing|Flag)[ -]){0,3}"
    r"(?:General|Gen|[BLMRV]/(?:Gen|Adm)|Admiral|Adm|Colonel|Col|Captain|Capt|Commander|Cmdr|Comdr|Commodore|Marshal|Generalissimo|Major|Lieutenant|Lieut|Lt"
    r"|Brigadier|Sergeant)(?: of the (?:Army|Armies|Fleet|Royal Air Force|Air Force|Royal Navy))?"
)
RULERS = (
    r"(?:Ex|Vice|Acting)-(?:President|Governor|Secretary|Minister|Senator|King|Premier)|President-elect|Foreign Secretary|Colonial Secretary|Home Secretary|Defence Secretary|Lord Chancellor|Permanent Under Secretary|President|Vice President|Vice-President|Prime Minister|Foreign Minister|Premier|Chancellor|Chairman|Chairmen|Presidents"
    r"|Secretary General|General Secretary|First Secretary|Secretary-General|Senators|Senator|Congressmen|Congressman|Congresswoman|Representatives|Representative|Generals|Admirals|Speaker|Governor|Governor General|Mayor"
    r"|King|Queen|Prince|Princess|Emperor|Empress|Sultan|Shah|Khedive|Pope|Count|Countess|Baron|Baroness|Earl|Viscount|Marquis|Marquess|Duke|(?:le )?Comte|(?:le )?Vicomte|(?:le )?Duc|le Marquis|le Baron|Chevalier|Marshal|Sheikh|Shaykh|Emir|Amir|Imam"
    r"|Amb(?=\.\s)|Sen(?=\.\s)|Rep(?=\.\s)|DCM|Ambassador[- ][Dd]esignate|Ambassador at Large|Ambassador-at-Large|Ambassador|Ambassadors|Minister|Ministers|Chargé|(?:Deputy[- ]|Vice[- ])Consul[- ]General|(?:Deputy[- ]|Vice[- ])?Consul|Consul[- ]General|Minister[- ](?:Resident|Counselor)|Under Secretary|Assistant Secretary|Deputy Assistant Secretary|Deputy Under Secretary|Deputy Secretary|Acting Secretary|Secretary|Secretaries|Attorney General"
    r"|Viceroy|Taotai|Commissioners?|Consuls|High Commissioner|Director|Deputy Director|Counselor|Counsellor|Attaché|Deputy Prime Minister|Deputy Premier|Deputy Foreign Minister|Vice Foreign Minister|Vice Premier|Defense Minister|Finance Minister|Vice Chairman|(?:(?:People’s |Foreign |Vice )*Commissar)|Comrade|(?:Special |Consular |Confidential )?Agent"
)
PEOPLES = (
    r"(?:Soviet|British|French|German|Italian|Japanese|Chinese|Russian|Spanish|Mexican|Polish|Turkish|Belgian|Dutch|Austrian|Hungarian"
    r"|Yugoslav|Romanian|Rumanian|Bulgarian|Czechoslovak|Greek|Swiss|Swedish|Norwegian|Danish|Finnish|Portuguese|Brazilian|Argentine|Chilean"
    r"|Canadian|Australian|Indian|Pakistani|Iranian|Persian|Iraqi|Israeli|Egyptian|Syrian|Lebanese|Saudi|Saudi Arabian|Jordanian|Korean|Vietnamese|Cuban"
    r"|Colombian|Venezuelan|Peruvian|Haitian|Dominican|American|Irish|East German|West German|U\.S\.|US|United States|Thai|Siamese|Indonesian|Philippine|Libyan"
    r"|Algerian|Moroccan|Tunisian|Sudanese|Ethiopian|Nigerian|Ghanaian|Congolese|Cypriot|Austro-Hungarian|Ottoman|Hawaiian|Guatemalan|Nicaraguan|Honduran"
    r"|Panamanian|Costa Rican|Salvadoran|Bolivian|Ecuadoran|Uruguayan|Paraguayan|Afghan|Burmese|Laotian|Cambodian|Lao|Serbian|Montenegrin|Albanian|New Zealand|South African)"
)
LEADING_HONOR = re.compile(
    rf"(?:(?:the\s+)?(?:{HONORIFICS})\b\.?\s+)+(?=[{UPPER}“]|{PARTICLE}\s+[{UPPER}])"
)
LORDLY = re.compile(
    r"Lord\s(?:Mayor|Provost|Lieutenant|Chief Justice|Advocate|High Commissioner)\b"
)
NOBLE = re.compile(rf"(?:{PARTICLE}\s+|d[’'])(?=[{UPPER}])")
OFFICE_WORDS = word_set(
    """ambassador ambassadors minister ministers secretary secretaries president presidents chairman
    chairmen vice-president premier envoy envoys representative representatives delegate delegates
    director directors head chief chiefs chargé charge attaché attache counselor counsellor consul
    consuls consul-general adviser advisers advisor aide assistant assistants deputy deputies member
    members attorney solicitor general admiral commander governor mayor senator senators commissioner
    commissioners king queen prince princess emperor sultan shah khedive pope officer officers
    administrator comptroller controller postmaster marshal chancellor agent agents regent czar tsar
    supervisor coordinator specialist staff-director clerk judge justice speaker under-secretary
    spokesman plenipotentiary commandant archbishop cardinal bishop executive economist
    historian librarian counsel legate nuncio leader leaders adjutant provost quartermaster
    surgeon treasurer supreme doyen dean vizier viceroy taotai tycoon shogun mikado governor-general
    captain-general lieutenant-governor khan nawab maharaja maharajah rajah nuncio-apostolic attorney-general postmaster-general solicitor-general designate manager editor physician resident"""
)
BODY_WORDS = word_set(
    """department departments embassy embassies legation legations consulate consulates mission
    missions delegation delegations agency council committee board bureau office offices ministry
    government governments headquarters station stations section commission division staff section
    house congress senate parliament bank company corporation association society union league
    conference assembly organization organisation treasury navy army force command foundation
    institute university administration service services secretariat foreign-office party group
    task-force interests posts post residency company committee staffs presidium politburo cabinet
    chiefs-of-staff directorate center centre court trust club federation congregation tribunal
    chamber republic crown kingdom empire embassy's fleet corps working nations"""
)
COMPLEMENTS = word_set(
    """State Affairs Defense Defence War Navy Army Treasury Interior Commerce Agriculture Labor Intelligence
    Staff Ministers Union Kingdom Republic States Nations Germany France Italy Japan China Canada India Poland
    Romania Hungary Bulgaria Yugoslavia Czechoslovakia Israel Egypt Iran Iraq Korea Vietnam Cuba Mexico Brazil
    Argentina Chile Peru Spain Portugal Greece Turkey Norway Sweden Denmark Finland Austria Switzerland Belgium
    Netherlands Pakistan Indonesia Philippines Thailand Laos Cambodia Burma Australia Zealand Arabia Syria
    Lebanon Jordan Morocco Tunisia Algeria Libya Ghana Nigeria Congo Ethiopia Africa Asia Europe America
    Berlin Council Relations Trade Policy Planning Security Administration Budget Finance Justice General
    Mission Delegation Government Department Party Committee Britain Russia Nicaragua Guatemala Panama
    Culture Education Health Industry Energy Transport Transportation Works Telegraphs Communications Labour
    Housing Welfare Economy Technology Science Information Resources Development Cooperation Services
    Operations Plans Research Management Estimates"""
)
"""Words with which an office or a body ends, and no name."""
_ALSO_SURNAMES = word_set(
    """king house dean bishop pope prince judge justice major marshal mayor park post force
    crown court clerk speaker head staff abbot duke chamber center centre club board
    provost cardinal section church steward manager working page counsel league chancellor"""
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@lru_cache(maxsize=4096)
def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, in lower case."""
    return tuple(word.lower() for word in _WORD.findall(phrase))


def has_office(phrase: str) -> bool:
    """Whether the phrase contains a word of office ("Minister", "Chief")."""
    return any(word in OFFICE_WORDS for word in words_of(phrase))


def has_body(phrase: str) -> bool:
    """Whether the phrase contains a word for a body ("Embassy", "Council")."""
    return any(word in BODY_WORDS for word in words_of(phrase))


_NO_NAMES = OFFICE_WORDS | BODY_WORDS


def no_name(phrase: str) -> bool:
    """Whether a word stands in it that no surname is spelt like."""
    words = words_of(phrase)
    return any(
        word in _NO_NAMES
        and (
            word not in _ALSO_SURNAMES
            or (i + 1 < len(words) and words[i + 1] == "of")
            or (word in BODY_WORDS and i == len(words) - 1 > 2)  # "National Interpretation Center"
        )
        for i, word in enumerate(words)
    )


@lru_cache(maxsize=4096)
def is_name(phrase: str) -> bool:
    """Whether the words can be a personal name and nothing else."""
    bare = LEADING_HONOR.sub("", phrase.strip())
    if not _NAME.match(bare) or len(bare.split()) > 7:
        return False
    return not no_name(bare)
