"""Offices and bodies that papers are handed to, as notes and covers name them."""

from __future__ import annotations

import re

from kgraph.extract import names, timewords

NAT = r"(?:(?:Soviet|Russian|British|French|American|United\s+States|U\.S\.|US|German|West German|East German|Chinese|Japanese|Italian|Indian|Israeli|Egyptian|Cuban|Polish|Turkish|Korean|Swiss|Swedish|Dutch|Danish|Greek|Czech|Belgian|Yugoslav|Canadian|Australian|Austrian|Spanish|Portuguese|Mexican|Papal|Apostolic|New\s+Zealand|[A-Z][a-z]+(?:ian|ese|ish|ani|can|ean|ssian))\s+)"
OFFICE = (
    r"(?:(?:Deputy|Acting|Executive|Vice|First|Second|Third|Assistant|Under|Minister|Permanent|Special)\s+)*(?:President(?!['’])|Prime Minister|Foreign Minister|Foreign Secretary|(?:Fon|For|Pri|Prim|Def|Fin)Min\b|Min(?:Def|Fin)\b|Secretary[- ]General|Secretaries\s+of\s+[A-Z]\w+(?:,\s+[A-Z]\w+)*,?\s+and\s+(?:the\s+)?[A-Z]\w+|(?:Secretary|Secy\.?)(?:\s+of\s+(?:State|Defense|War|the Treasury|the Navy|Legation|Embassy))?|Attorney General|Ambassador|Amb\b\.?|Pres(?:i?d)?t\b\.?|Chargé(?:\s+d[’']Affaires)?|Charge(?:\s+d[’']Affaires)?"
    r"|Minister(?:[-–]Counselor)?|Chairman|Premier|Chancellor|King|Queen|Shah|Emperor|Pope|Counsell?or|Consul(?:[-\s]General)?|Nuncio|High Commissioner|Governor[- ]General|Naval Aide|Military Aide|(?:Military|Naval|Air|Army|Commercial|Press)\s+Attaché|Acting Secretary|Delegate(?!s)|delegate(?!s)|Representative|representative(?!s)|Director|Administrator|Assistant(?=\s+for\s+[A-Z])|(?:[A-Z]{2,5}\s+)?Executive\s+Officer|(?:CIA\s+)?Station\s+Chief(?:\s+in\s+[A-Z]\w+)?|(?:Chief|Head)\s+of\s+(?:the\s+)?(?:[A-Z][\w-]*\s+){1,5}?(?:Division|Section|Branch|Bureau)|Chief\s+of\s+(?:the\s+)?\w+(?:\s+in\s+[A-Z]\w+)?|Press\s+Secretary)"
)
BODY = r"(?:Joint\s+Chiefs\s+of\s+Staff|(?:War|Navy|Treasury|State|Defense|Foreign|Interior|Post\s+Office)\s+Department|Embassy|Embassies|Legations?|Departments?(?:\s+of\s+(?:the\s+)?\w+)?|White House(?: Map Room| Situation Room)?|Foreign (?:Ministry|Office)|Ministry(?:\s+(?:of|for)\s+(?:Foreign\s+Affairs|External\s+Affairs|\w+))?|Mission|Delegation|Consulate(?:\s+General)?|Government|State Department|Kremlin|Chancell?ery|Quai\s+d[’']Orsay|Pentagon|Map Room|Situation Room|Security Council|Presidium|Residency|Station(?!\s+Chief)|Headquarters|press|media|public|CIA|NSC|UN|United Nations|Congress|(?:Defense|Treasury|Justice|Commerce|Agriculture|Interior|Labor)(?=\s*(?:[,.;)]|and\b|$))|Radio\s+[A-Z]\w+)"
_PLACE = r"[A-Z][\w.’-]*(?:\s(?!on\b)[A-Z][\w.’-]*)"
_AT_PLACE = rf"(?:\s+(?:in|at)\s+(?:the\s+)?(?!White){_PLACE}{{0,2}})?"
_OF = rf"(?:\s+(?:of|for|on)\s+(?:the\s+)?(?!{timewords.MONTH})[A-Z][\w-]*(?:(?:\s+and|\s+for|\s+of(?:\s+the)?)?\s+(?!{timewords.MONTH})[A-Z][\w-]*){{0,5}})"
_TO_PLACE = (
    rf"(?:\s+(?:in|to)\s+(?:the\s+)?(?!White|{NAT}?(?:Foreign|{OFFICE}|{BODY})){_PLACE}{{0,1}})?"
)
_POSTED = r"(?:(?<=dor)|(?<=ister)|(?<=Charg.)|(?<=ffaires)|(?<=Consul)|(?<=General)|(?<=ommissioner)|(?<=ttach.))"
_DETERMINER = r"(?:[Tt]he\s+|[Hh]is\s+|[Yy]our\s+|[Oo]ur\s+|[Mm]y\s+|[Aa]n?\s+)"
TITLE_PARTY = re.compile(
    rf"{_DETERMINER}?(?:(?:President|Secretary)[’']s\s+)?"
    rf"(?P<name>{NAT}?(?:{OFFICE}(?:{_OF}|{_POSTED}{_TO_PLACE})?|(?:Council|Committee|Board|Bureau|Office|Chiefs){_OF}|{BODY}(?:{_OF})?{_AT_PLACE}))(?!\w)"
)
_LOWER = (
    r"(?:acting\s+|deputy\s+|assistant\s+|under\s+|first\s+|second\s+|third\s+|vice[- ])*(?:prime\s+minister|minister(?:\s+(?:of|for)\s+(?:foreign\s+(?:affairs|relations)|war|marine|state))?|ambassador|envoy|chargé(?:\s+d[’']affaires)?|secretary(?:\s+of\s+(?:state|legation|embassy))?"
    r"|consul(?:[- ]general)?|foreign\s+office|foreign\s+minister|legation|embassy|nuncio|attorney[- ]general|president|emperor|king|governor[- ]general|commissioner)"
)
LOWER_PARTY = re.compile(
    rf"(?:[Tt]he|[Tt]his|[Hh]is|[Yy]our|[Oo]ur)\s+(?P<name>{NAT}?{_LOWER}{_AT_PLACE})(?![\w’'])"
)
"""Offices in small letters, as the nineteenth century prints them: "the minister of war"."""
_NOBLE = r"(?:(?:Baron|Count|Countess|Viscount|Marquis|Marquess|Earl|Duke|Señor|Senhor|Signor|Herr|Monsieur|M\.|Mons\.|Don|Rear(?:\s+Admiral)?|Vice\s+Admiral|Judge|Justice|Honorable|Hon\.|Messrs\.|Field(?:\s+Marshal)?|Sir|Lord|Lady|Prince|Chevalier)\s+)"
PERSON_NAME = re.compile(
    rf"(?:the\s+)?(?P<pre>{NAT}?(?:{names.TITLED}{_NOBLE}+|(?:{OFFICE}\s+(?:to\s+[A-Z]\w+\s+)?)+|{names.TITLED}))(?P<name>{names.NAME})"
)
HOLDER_IN_BRACKETS = re.compile(rf"\s*\((?P<name>{names.TITLED}{names.NAME})\)")
WITHHELD = re.compile(r"(?P<name>\[[^\]]*not declassified[^\]]*\])")
KIN = re.compile(
    r"(?P<name>(?:my|his|her|the President[’']s)\s+(?:brother|wife|son|aide|assistant|secretary|emissary|representative))\b"
)
PRONOUN = re.compile(r"\b(?P<name>me|him|her|us|them|you|I|he|she|we|they)\b")
EMISSARY = re.compile(
    r"\b(?P<name>(?:special|secret|private|personal|trusted)\s+(?:emissary|messenger|courier|envoy))\b"
)
NOT_NAMES = frozenset(
    str.split("""Text Following This The Embassy Department Telegram Document Moscow According Another Copy Letter Message Note Source Signed Original Russian English President Secretary Ambassador
    Transmitted Delivered Handed Sent Also Translation Emb Embtel Deptel Soviet Government Confidential Secret In On At By It When After Before Following For His Her You We Please Begin End Oral
    Although While However Regarding As Under Both Central Files Lot Correspondence Presidential Received Repeated Memorandum Mr Reference Washington Copies Jany Feby Jan Feb Mar Mch Apr Aug Sept Sep Oct Nov Dec""")
)
NOT_PERSONS = re.compile(
    r"(?:Library|Files|Bulletin|Department|(?:White|Blair|State|Opera|Guest) House|Embassy|Hotel|Palace|Room|Government|Assembly|Parliament|Ministry|Legation|Airport|University|College|Castle)$"
)
