"""Words of lists of those present: titles, ranks, names and sides, as patterns."""

from __future__ import annotations

import re

from kgraph.extract import gazetteer
from kgraph.extract.offices import PEOPLES

TITLES = (
    r"Mr\.|M\u1427|Mrs\.|Miss|Ms\.|Dr\.|Messrs\.|Mme\.|Sir|Lord|Ambassador|Minister|General|Admiral|Colonel|Captain|Major|Lt\.|Gen\.|Adm\.|Col\."
    r"|Senator|Congressman|Governor|Secretary|President|Premier|Chancellor|Chairman|Marshal|Professor|Prof\.|Count|Baron|Prince|Mayor|Commissioner"
    r"|Counselor|Commissar|Director|Chargé|Amb\.|Gov\.|Herr|Frau|Msgr\.|Monsignor|(?:The )?(?:Hon\.|Honorable)|Secretary[- ]General|Attorney General|Vice Admiral|King|Queen|Signor|Señor"
)
RANKS = (
    r"Deputy|Assistant|Under|Acting|Vice|Prime|Foreign|State(?= Secretary)|Federal|First|Second|Third|Special|Lieutenant|Brigadier|Rear|Governing|Financial|Commercial|Political|Economic|Military|CIA|Dep\.|Asst\.|Former|Lt\.|Brig\.|Maj\."
    rf"|{PEOPLES}"
)
TITLE = rf"(?:The\s)?(?:(?:{RANKS})\s){{0,3}}(?:{TITLES})(?=\s)"
_COUNTRIES = "|".join(
    sorted(map(re.escape, gazetteer.read_list("countries")), key=len, reverse=True)
)
_THINGS = rf"(?:{_COUNTRIES}|Affairs|Embassy|Ministers|Ministries|Party|Government|Officer|Chief|Parliament|Trade|Nations|Republics|Board|Agency|Bank|Commission|Authority|Press|Section|Desk|Branch|Group|Service|Cabinet|Assembly|Forces|FNU|Interpreters|Legation|Office|Department|Ministry|Bureau|Council|Staff|Division|Committee|Mission|Delegation|Interpreter|Republic|Union|Kingdom|States|Finance|Commerce|Justice|Interior|Agriculture|Labor|Treasury|Minister-Counselor|Attaché)\b"
AGENCIES = r"(?:State(?! Secretary)|Defense|Treasury|White House|JCS|OJCS|OSD|CIA|NSC(?: Staff)?|ACDA|USIA|AID|OMB|AEC|NASA|Justice|Commerce|Agriculture|Interior|JCS Staff)"
NAMED_PART = rf"(?!(?:{TITLES}|{RANKS}|The)(?=\s)|{_THINGS})[A-ZÀ-Þ](?=[\w’'-]*[a-zß-ÿ])[\w’'-]+"
INITIALS = r"(?:[A-Z]\.\s?){1,3}"
NAME = rf"(?:(?:{INITIALS})?{NAMED_PART}(?:\s(?:[A-Z]\.|{NAMED_PART}|de|von|van|der|la|du)){{0,3}}?\s{NAMED_PART}(?:,? (?:Jr|Sr)\.|\sI{{2,3}})?(?=,\s|\s\(|—)|{INITIALS}{NAMED_PART}(?=,\s|\s\(|—))"
SIDES = (
    r"(?:(?:The )?(?:United States|Soviet Union|United Kingdom|Federal Republic of Germany)|U\.\s?S\.\s?S\.\s?R\.|U\.\s?S\.|U\.\s?K\.|USSR|US|UK|FRG|GDR"
    rf"|{_COUNTRIES}|Foreign(?=:)|FOREIGN(?=:)|Interpreters?(?=:)|{PEOPLES})(?:s|\s(?:Side|Participants|Delegation))?:?(?=\s|$)"
)
WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<title>{TITLE})|(?P<side>{SIDES})\s(?={TITLE}|{NAME})|(?P<name>{NAME}))"
)
SMALL = r"(?:of|the|and|for|to|in|at|on|de|la|du|von|van|der|an|a|interpreter|interpreting|present)"
SAME_LIST = re.compile(
    r"\[[^\[\]]*\blist\b[^\[\]]*\]"
)  # "[The list is the same as in Document 12.]"
