"""Dates of catalogues and tables in German, French, Italian, Spanish and Russian words.

`parse` knows the months of these languages and their commonest words; what leads a date
("Ende", "не позднее") and seasons are put into English here, for cells that hold a date
and nothing else. In running text such words mean too much besides.
"""

from __future__ import annotations

import re

from kgraph.dating import months
from kgraph.dating.edtf import bounds
from kgraph.dating.written import parse
from kgraph.model import Date

_WORDS = {
    "not later than": r"не\s+позднее|не\s+позже|spätestens|au\s+plus\s+tard|non\s+oltre|bis(?=\s)",
    "not earlier than": r"не\s+ранее|не\s+раньше|frühestens|au\s+plus\s+tôt|ab(?=\s)|seit|depuis|с(?=\s)",
    "before": r"v[óo]{2}r|före|før|przed|před|vor(?:\s+dem)?|avant(?:\s+le)?|prima\s+del?(?:\s+)?|antes\s+del?|до|ранее|ante",
    "after": r"na(?=\s)|efter|etter|nach(?:\s+dem)?|après(?:\s+le)?|dopo(?:\s+il)?|después\s+del?|после|позднее|post",
    "about": r"omstreeks|omkring|rond(?=\s)|um(?:\s+den)?|etwa|wohl|vermutl(?:\.|ich)|vers(?:\s+le)?|environ|verso(?:\s+il)?|circa|hacia|około"
             r"|около|ок\.|приблизительно|прибл\.|предположительно|zirka|ok\.|około|kolem|asi",
    "between": r"zwischen(?:\s+dem)?|entre(?:\s+le)?|tra(?:\s+il)?|между",
    "and": r"und(?:\s+dem)?|et(?:\s+le)?|e(?=\s)|y(?=\s)|и(?=\s)|oder|ou",
    "late": r"eind(?=\s)|slutet\s+av|slutten\s+av|slutningen\s+af|koniec|konec|koncem|ende|fin(?:e|\s+de)?|finales\s+de|конец|в\s+конце",
    "early": r"begin(?=\s)|början\s+av|begynnelsen\s+av|begyndelsen\s+af|początek|na\s+początku|počátek|počátkem|anfang|début(?:\s+de)?|inizio(?:\s+di)?|principios\s+de|начало|в\s+начале",
    "mid": r"midden(?=\s)|mitten\s+av|midten\s+a[vf]|połowa|w\s+połowie|polovina|mitte|mi(?=-)|metà(?:\s+di)?|mediados\s+de|середина|в\s+середине",
    "spring": r"wiosn[aą]|jar[oe]|frühjahr|frühling|printemps|primavera|весн(?:а|ой|ы)",
    "summer": r"lato|latem|léto|v\s+létě|sommer|été|estate|verano|лет(?:о|ом|а)",
    "autumn": r"jesie(?:ń|nią)|podzim|herbst|automne|autunno|otoño|осен(?:ь|ью|и)",
    "winter": r"zim[aąęyě]|hiver|inverno|invierno|зим(?:а|ой|ы)",
    "": r"г(?:\.|ода?)?|r\.|roku|le(?=\s+\d)|il(?=\s+\d)|den(?=\s+\d)|am(?=\s+\d)|del?(?=\s+\d{4})",
}  # fmt: skip
_KNOWN = [(word, re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)")) for word, words in _WORDS.items()]
_DOUBTED = re.compile(r"(\d)\s*[\[(]\?[\])]")
_YEARS = re.compile(
    r"\W*(?P<first>\d{4})\s*(?P<mark>[-–—/]|\bor\b|\band\b|\bto\b)\s*(?P<last>\d{4}|\d\d)\W*"
)


_YEAR_FIRST = re.compile(
    rf"\[?(?P<year>\d{{4}})\.\s*(?P<month>{'|'.join(months.ENGLISH)})\.?(?:\s*(?P<day>\d{{1,2}})\.?)?\]?"
)
"""The year before month and day, as Hungarians write: "1848. March 12."."""
_MORE_MONTHS = {
    word: number
    for number, words in enumerate((
        "stycznia styczeń ledna leden januari siječnja ianuarie ocak tammikuuta januára január", "lutego luty února únor februari veljače februarie şubat helmikuuta februára február",
        "marts marca marzec března březen maart ožujka március márc martie mart maaliskuuta", "kwietnia kwiecień dubna duben travnja április ápr aprilie nisan huhtikuuta apríla",
        "maja maj května květen mei svibnja május máj mayıs toukokuuta mája", "czerwca czerwiec června červen lipnja június jún iunie haziran kesäkuuta júna",
        "lipca lipiec července červenec srpnja július júl iulie temmuz heinäkuuta júla", "augusti sierpnia sierpień srpna srpen augustus kolovoza augusztus ağustos elokuuta augusta",
        "września wrzesień září rujna szeptember szept septembrie eylül syyskuuta septembra", "października październik října říjen octombrie ekim lokakuuta októbra október",
        "listopada listopad listopadu studenoga noiembrie kasım marraskuuta novembra", "grudnia grudzień prosince prosinec prosinca decembrie aralık joulukuuta decembra",
    ), 1)
    for word in words.split()
}  # fmt: skip
"""Months of Polish, Czech, Slovak, Dutch, Croatian, Hungarian, Romanian, Turkish, Finnish and Scandinavian writers, which no source in running text has had."""


def english(text: str) -> str:
    """A date with its words in English.

    >>> english("Ende März 1848"), english("не позднее 12 марта 1848 г."), english("mi-avril 1848")
    ('late March 1848', 'not later than 12 March 1848', 'mid-April 1848')
    """
    for word, pattern in _KNOWN:
        text = pattern.sub(word, text)
    named = re.sub(r"[^\W\d_]{3,}", _month, _DOUBTED.sub(r"\1?", text))
    named = " ".join(named.split()).replace("late-", "late ").replace("early-", "early ")
    return _YEAR_FIRST.sub(lambda m: f"{m['day'] or ''} {m['month']} {m['year']}".strip(), named)


def _month(word: re.Match[str]) -> str:
    number = months.number(word[0]) or _MORE_MONTHS.get(word[0].lower())
    return months.ENGLISH[number - 1] if number else word[0]


def read(text: str) -> Date | None:
    """The date of a cell that holds nothing else; its `text` is the cell's, without a span.

    >>> read("nach dem 12.3.1848").edtf, read("marzo-aprile 1848").edtf, read("1848/49").edtf
    ('1848-03-12/..', '1848-03/1848-04', '[1848,1849]')
    """
    words = english(text)
    found = _years(words) or parse(words)
    if found is None:
        return None
    return Date(
        text=text, edtf=found.edtf, earliest=found.earliest, latest=found.latest,
        calendar=found.calendar, zone=found.zone, rule=found.rule, certainty=found.certainty,
        note=found.note,
    )  # fmt: skip


def _years(words: str) -> Date | None:
    """Two years alone: written over them, or in one of the two."""
    found = _YEARS.fullmatch(words)
    if found is None:
        return None
    first = found["first"]
    last = found["last"] if len(found["last"]) == 4 else first[:2] + found["last"]
    if not int(first) < int(last) < 2100:
        return None
    over = found["mark"] in ("-", "–", "—", "to")
    edtf = f"{first}/{last}" if over else f"[{first},{last}]"
    earliest, latest = bounds(edtf)
    return Date(
        text=words, edtf=edtf, earliest=earliest, latest=latest, rule="years",
        certainty="stated" if over else "inferred",
    )  # fmt: skip
