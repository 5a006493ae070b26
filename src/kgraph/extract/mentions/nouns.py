"""The nouns that tell bodies, places, events and documents, by kind."""

from __future__ import annotations

import msgspec

from kgraph.model import MentionType


class Thing(msgspec.Struct, frozen=True, gc=False):
    """One mention told by its noun: half-open span, type, rule."""

    start: int
    end: int
    type: MentionType
    rule: str


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS = {
    "government": "Government Governments government governments Govt Govts Gov",
    "public": """press media people peoples leadership leaderships circles officials authorities delegation delegations
        Delegation Delegations troops forces Forces comrades public family families staff""",
    "body": """Ministry Committee Council Commission Department Army Navy Party Assembly Congress Institute Foundation
        Agency Association Administration Conference Organization Academy University Bank League Society Union Bureau
        Office Program Parliament Cabinet Senate Knesset Archive Archives Command Court Board Majlis Diet Presidium
        Secretariat Directorate Club Service Dept""",
    "magazine": "magazine",
    "wing": "right-wingers left-wingers rightists leftists right-wing left-wing",
    "mission": "Embassy embassy Legation legation Consulate consulate Mission",
    "site": """Cemetery Hotel Palace Airport Sea River Bay Strait Straits Canal Gulf Island Islands Mountains Villa Castle
        Cathedral Square Heights Peninsula Ocean Lake Valley Desert Base Field House""",
    "dwelling": "residence hotel house country countries capital",
    "country": "US U.S. UK U.K.",
    "strong": """funeral assassination murder murders tragedy inauguration coronation coup invasion landing landings
        mobilization mobilisation armistice blockade quarantine revolution uprising massacre burial kidnapping reception
        ceremony ceremonies investigation reprisals siege abdication mutiny rebellion insurrection truce
        plebiscite referendum airlift""",
    "weak": """meeting meetings conversation conversations talks conference visit trip war crisis attack negotiations
        discussions election elections summit incident seizure capture bombardment bombing death signing luncheon dinner
        hijacking raid explosion encounter encounters campaign Crisis War Summit speech service interview exhibition
        trial battle Battle wreck sinking audience annexation riots Assassination Massacre Uprising Mutiny Rebellion Revolt
        Invasion Blockade Airlift""",
    "letter": """letter letters message messages telegram telegrams memorandum memoranda aide-mémoire note notes despatch
        despatches dispatch dispatches airgram cable cables communication""",
    "paper": """declaration declarations treaty Treaty Agreement convention Protocol reply replies speech speeches
        communiqué memoirs memoir appeal announcement Memorandum Letter Telegram
        Note Message Statement Declaration Communiqué instructions instruction Instruction Instructions""",
    "deed": "assassinated murdered killed shot slain crowned inaugurated deposed overthrown sworn oath",
    "title": "entitled titled headed known",
    "book": "book Book release releases",
    "volume": "volume vol.",
    "text": "text texts translation copy version",
    "symbol": """Embtel Embtels Deptel Deptels Polto Topol Secto Tosec Embdes Depcirtel Circtel Usun Musto CAP NSAM NSDM
        NSSM Tab Tabs Annex Enclosure""",
    "row": "present Present attended To",
}  # fmt: skip
_OWNERS = """your Your my My our Our Embassy’s Department’s Legation’s Consulate’s Dept’s Embassy's Department's"""

KINDS: dict[str, str] = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""What kind of noun a word is; the words at which a noun is read (`mention_things`). A speech
is a document and an event, and is read as a document."""
KINDS.update(
    (f"{how} {side}", "wing")
    for how in ("far", "extreme")
    for side in ("right", "left", "rightists", "leftists", "right-wingers", "left-wingers")
)
KINDS["courtesy of"] = "courtesy"
KINDS.update((f"{word} {sign}", "owner") for word in _OWNERS.split() for sign in "123456789N")

ALONE = _set(
    """Ministry Committee Council Commission Department Party Assembly Congress Administration Cabinet Parliament Senate
    Knesset Presidium Secretariat Agency Bureau Majlis Diet Dept"""
)
"""Bodies that an article is enough to name: "the Ministry"."""
OPENERS = _set(
    """The This That These Those In On At For To From With By If When While As After Before Since But And Or He She It They
    We I You There What Which Who His Her Our My Your Their Its During Under Regarding Concerning No Not All Any Some Such
    Also Both Each Mr. Mrs. January February March April May June July August September October November December Monday
    Tuesday Wednesday Thursday Friday Saturday Sunday Dear Sincerely Subject Telegram Memorandum Letter Message See Same Copy
    Drafted Repeated Secret Confidential Top However Following Meanwhile Thus Then Now Here"""
)
"""Capitalised words that begin sentences, not names."""
KINDS_OF_LETTER = _set(
    """personal private official confidential long short brief oral verbal commercial circular cipher secret joint second
    further similar identical diplomatic"""
)
"""Adjectives with which "a letter" is one letter."""
NOT_LETTERS = _set(
    "capital same above following first last next latter bank dollar love musical credit"
)
"""Adjectives with which a letter or note is none, or not one that can be told."""
LOOSE = _set("notes copy text version translation instructions instruction")
"""Words that an owner alone does not make a document."""
