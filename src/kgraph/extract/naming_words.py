"""The words that names of offices, bodies and places in titles are made of."""

from __future__ import annotations

import re

from kgraph.extract import gazetteer

_OFFICES = """ambassador ambassadors minister ministers secretary secretaries president chairman
    chairmen chairwoman chair premier envoy representative representatives delegate resident
    director head chief chargé charge attaché attache counselor counsellor consul adviser
    advisor aide assistant deputy member members correspondent observer columnist editor
    attorney leader general marshal admiral commander governor mayor senator commissioner
    king queen prince princess emperor shah foreign officer referent spokesman governor-general
    undersecretary inspector manager wife widow brother son daughter mother father artist
    architect marshal colonel captain lieutenant chancellor vice-president co-chairman plenipotentiary
    interpreter stenographer secretary-general attorney-general consul-general director-general major-general lieutenant-general
    colonel-general vice-premier vice-minister vice-chairman under-secretary"""
OFFICE_WORDS = frozenset(_OFFICES.split())
_BODIES = """ministry committee cc mfa mid kgb gru presidium embassy embassies department council
    government union soviet delegation mission commission politburo secretariat section bureau
    agency tass party cpsu ussr usa un legation consulate consulates directorate factory
    administration board society institute library headquarters staff central congress
    court office administration company group residency comintern cominform nkvd nkid
    news newspaper conference assembly center centre academy university association
    federation organization organisation archive foreign republic division desk missions legations delegations ministries chancery unit"""
BODY_WORDS = frozenset(_BODIES.split())
COUNTRIES = """the United States of America|United States of America|the United States|United States
the USSR|USSR|U\\.S\\.S\\.R\\.|the Soviet Union|Soviet Union|the USA|USA|the US|the U\\.S\\.A\\.|the U\\.S\\.|U\\.S\\.A\\.|the UN|UN|the U\\.N\\.
the United Nations|United Nations|NATO|the United Kingdom|United Kingdom|the UK|UK|Great Britain|Britain|England
the People's Republic of China|People's Republic of China|the PRC|PRC|the DPRK|DPRK|the GDR|GDR|the FRG|FRG
the German Democratic Republic|the Federal Republic of Germany|West Germany|East Germany|Germany
the Democratic Republic of Vietnam|the DRV|DRV|North Vietnam|South Vietnam|Vietnam|North Korea|South Korea|Korea
the Republic of [A-Z]\\w+|the Republic of the [A-Z]\\w+|Republic of [A-Z]\\w+
the [A-Z]\\w+ (?:People's )?Republic|the Russian Federation|Saudi Arabia|New Zealand|Sri Lanka|Costa Rica
the Dominican Republic|the Netherlands|the Vatican|the Holy See|the Philippines|the Congo|the Sudan
the United Arab Republic|the UAR|UAR|El Salvador|Sierra Leone|Burkina Faso|New York|the Ivory Coast
Upper Volta|South Africa|South Yemen|North Yemen|Papua New Guinea|Equatorial Guinea|Trinidad and Tobago
the Central African Republic|Outer Mongolia|Inner Mongolia|Hong Kong|the Baltic States|East Pakistan""".replace(
    "\n", "|"
)
COUNTRY_NAMES = """Afghanistan Albania Algeria Angola Argentina Armenia Australia Austria Azerbaijan Belarus
Belgium Bolivia Brazil Bulgaria Burma Cambodia Cameroon Canada Chad Chile China Colombia Congo Cuba
Cyprus Czechoslovakia Denmark Ecuador Egypt Estonia Ethiopia Finland France Georgia Ghana Greece
Guatemala Guinea Haiti Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica
Japan Jordan Kazakhstan Kenya Kuwait Laos Latvia Lebanon Liberia Libya Lithuania Luxembourg Madagascar
Malaysia Mali Malta Mexico Moldova Mongolia Morocco Mozambique Myanmar Nepal Nicaragua Niger Nigeria
Norway Pakistan Panama Paraguay Peru Philippines Poland Portugal Romania Russia Rwanda Senegal
Singapore Somalia Spain Sudan Sweden Switzerland Syria Taiwan Tanganyika Tanzania Thailand Tunisia
Turkey Uganda Ukraine Uruguay Uzbekistan Venezuela Yemen Yugoslavia Zaire Zambia Zimbabwe Bahrain Bangladesh
Barbados Bavaria Benin Botswana Burundi Ceylon Croatia Dahomey Eritrea Fiji Gabon Gambia Guyana Lesotho Malawi
Malaya Manchuria Mauritania Mauritius Montenegro Namibia Nepal Oman Persia Prussia Qatar Rhodesia Saxony Serbia
Siam Slovakia Slovenia Surinam Swaziland Tibet Togo Tonga Transjordan Zanzibar"""
TOWNS = """Washington
Moscow London Paris Berlin Bonn Rome Vienna Geneva Beijing Peking Havana Hanoi Pyongyang Warsaw Prague
Budapest Bucharest Sofia Belgrade Tirana Ankara Athens Cairo Delhi Tokyo Seoul Ottawa Brussels
Stockholm Oslo Helsinki Copenhagen Minsk Kiev Leningrad"""
PORTFOLIO = (
    "State|Foreign Affairs|Foreign Trade|External Affairs|the Treasury|the Interior|Defense|Defence"
    "|Interior|War|Justice|Finance|Agriculture|Commerce|Labor|Culture|the (?:Navy|Army|Air Force)|Staff"
    "|Mission|Delegation|Government|Protocol|Trade|Health|Education|Industry|Transport|Railways|Communications"
    "|Commonwealth Relations|(?:Foreign and )?Commonwealth Affairs|Dominion Affairs|the Colonies|Home Affairs|External Relations|Atomic Energy"
    "|(?:the )?Economy|Internal Affairs|National Defen[sc]e|Public Security|Security|Information|Propaganda"
    "|Foreign Relations|the (?:People's )?Armed Forces|Economic Affairs|Planning"
)
SERVES = re.compile(  # "Lin Dao, Assistant to Premier Zhou"
    r"(?:[A-Z][\w-]+ ){0,2}(?:Assistant|Aide|Adviser|Advisor|Counselor|Secretary|Deputy|Interpreter|Wife|Widow|Son|Daughter) (?:to|of)"
    r" (?:Prime Minister|[A-Z][\w-]+) [A-Z][\w’'-]+"
)
PART_OF_A_HOUSE = re.compile(  # "Ministry of Interior, First Directorate"
    r"(?:the )?(?:(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Main|\d+(?:st|nd|rd|th)) ){1,2}(?:\w+ )?"
    r"(?:Department|Directorate|Division|Section|Bureau|Office)"
)
HOUSE = re.compile(r"\b(?:Ministry|Foreign Office|State Department|Department of State)\b")
PART = re.compile(
    r"(?:the )?(?:(?:Sub-)?Directorate|Division|Department|Section|Bureau) (?:of|for) (?:(?:[A-ZÀ-Þ][\w’-]+|and|the|of) ?){1,5}"
)
WHOLE_HOUSE = re.compile(  # "Foreign and Commonwealth Office"
    r"(?<![\w’-])(?:[A-Z][\w’-]+ ){0,2}[A-Z][\w’-]+ and [A-Z][\w’-]+(?: [A-Z][\w’-]+)? (?:Office|Department|Directorate|Division|Section|Bureau|Branch)(?![\w’-])"
)
LONE_MISSION = re.compile(
    r"Chancery|Embassy|Legation|Consulate|Consulate General|Mission|High Commission"
)


_OF_A_BODY = re.compile(
    r"(?:Council|Cabinet|Soviet|Board|Office|Secretariat|Committee|Conference|Union)"
    r" of (?:the )?(?:Foreign )?$",
    re.IGNORECASE,
)


def offices_in(words: str) -> list[tuple[int, int]]:
    """Where words of office stand, those left out that are part of a body's name."""
    return [
        (found.start(), found.end())
        for found in re.finditer(r"[A-Za-zé]+(?:-[A-Za-z]+)?", words)
        if found[0].lower() in OFFICE_WORDS
        and found[0].lower() != "foreign"
        and _OF_A_BODY.search(words, 0, found.start()) is None
        and not words.startswith("'s Office", found.end())
    ]


def with_towns(words: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts of a list, a mission's town joined to it: "Chancery, Bern"."""
    out: list[tuple[int, int]] = []
    for a, b in cuts:
        if (
            out
            and words[out[-1][1] : a].strip() == ","
            and LONE_MISSION.fullmatch(words[slice(*out[-1])].strip())
            and gazetteer.is_city(words[a:b].strip(" ."))
        ):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out
