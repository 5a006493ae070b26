"""The nouns that tell bodies, places, events and documents, by kind."""

from __future__ import annotations

from typing import NamedTuple

from kgraph.model import MentionType


class Thing(NamedTuple):
    """One mention told by its noun: half-open span, type, rule."""

    start: int
    end: int
    type: MentionType
    rule: str


_GOVERNMENTS = frozenset(
    ["Government", "Governments", "government", "governments", "Govt", "Govts", "Gov"]
)
_PUBLIC = frozenset(
    [
        "press",
        "media",
        "people",
        "peoples",
        "leadership",
        "leaderships",
        "circles",
        "officials",
        "authorities",
        "delegation",
        "delegations",
        "Delegation",
        "Delegations",
        "troops",
        "forces",
        "Forces",
        "comrades",
        "public",
        "side",
    ]
)
_BODIES = frozenset(
    ["Ministry", "Committee", "Council", "Commission", "Department", "Army", "Navy", "Party", "Assembly", "Congress", "Institute", "Foundation", "Agency", "Association", "Administration", "Conference", "Organization", "Academy", "University", "Bank", "League", "Society", "Union", "Bureau", "Office", "Program", "Parliament", "Cabinet", "Senate", "Knesset", "Archive", "Archives", "Command", "Court", "Board", "Majlis", "Diet", "Presidium", "Secretariat", "Directorate", "Chiefs", "Club", "Service", "Dept"]
)  # fmt: skip
ALONE = frozenset(
    ["Ministry", "Committee", "Council", "Commission", "Department", "Party", "Assembly", "Congress", "Administration", "Cabinet", "Parliament", "Senate", "Knesset", "Presidium", "Secretariat", "Agency", "Bureau", "Majlis", "Diet", "Dept"]
)  # fmt: skip
_MISSIONS = frozenset(
    ["Embassy", "embassy", "Legation", "legation", "Consulate", "consulate", "Mission"]
)
_SITES = frozenset(
    ["Cemetery", "Hotel", "Palace", "Airport", "Sea", "River", "Bay", "Strait", "Straits", "Canal", "Gulf", "Island", "Islands", "Mountains", "Villa", "Castle", "Cathedral", "Square", "Heights", "Peninsula", "Ocean", "Lake", "Valley", "Desert", "Base", "Field", "House"]
)  # fmt: skip
_DWELLINGS = frozenset(["residence", "hotel", "house"])
_STRONG = frozenset(
    ["funeral", "assassination", "murder", "murders", "tragedy", "inauguration", "coronation", "coup", "invasion", "landing", "landings", "mobilization", "mobilisation", "armistice", "blockade", "quarantine", "revolution", "uprising", "massacre", "burial", "kidnapping", "reception", "ceremony", "ceremonies", "investigation", "reprisals"]
)  # fmt: skip
_WEAK = frozenset(
    ["meeting", "meetings", "conversation", "conversations", "talk", "talks", "conference", "visit", "trip", "war", "crisis", "attack", "attacks", "negotiations", "discussion", "discussions", "election", "elections", "summit", "incident", "strike", "seizure", "capture", "bombardment", "bombing", "death", "opening", "signing", "luncheon", "dinner", "hijacking", "raid", "arrest", "explosion", "encounter", "encounters", "campaign", "Crisis", "War", "Summit", "Conference", "speech", "service", "interview", "exchange", "exhibition"]
)  # fmt: skip
_LETTERS = frozenset(
    ["letter", "letters", "message", "messages", "telegram", "telegrams", "memorandum", "memoranda", "aide-mémoire", "note", "notes", "despatch", "despatches", "dispatch", "dispatches", "airgram", "cable", "cables", "communication"]
)  # fmt: skip
_PAPERS = frozenset(
    ["declaration", "declarations", "statement", "statements", "treaty", "Treaty", "agreement", "Agreement", "convention", "protocol", "Protocol", "report", "reports", "reply", "replies", "response", "speech", "speeches", "proposal", "proposals", "draft", "resolution", "instructions", "instruction", "circular", "communiqué", "memoirs", "memoir", "address", "appeal", "memo", "answer", "release", "announcement", "Memorandum", "Letter", "Telegram", "Note", "Message", "condolences", "despatch"]
)  # fmt: skip
_TEXTS = frozenset(["text", "texts", "translation", "copy", "version"])
_SYMBOLS = frozenset(
    ["Embtel", "Embtels", "Deptel", "Deptels", "Polto", "Topol", "Secto", "Tosec", "Embdes", "Depcirtel", "Circtel", "Usun", "Musto", "CAP", "NSAM", "NSDM", "NSSM", "Tab", "Tabs", "Annex", "Enclosure"]
)  # fmt: skip
_OWNERS = frozenset(["your", "Your", "my", "My", "our", "Our", "Embassy’s", "Department’s", "Legation’s", "Embassy's", "Department's", "Dept’s", "Consulate’s"])  # fmt: skip

KINDS: dict[str, str] = {
    **dict.fromkeys(_GOVERNMENTS, "government"),
    **dict.fromkeys(_PUBLIC, "public"),
    **dict.fromkeys(_BODIES, "body"),
    **dict.fromkeys(_MISSIONS, "mission"),
    **dict.fromkeys(_SITES, "site"),
    **dict.fromkeys(_DWELLINGS, "dwelling"),
    **dict.fromkeys(_STRONG, "strong"),
    **dict.fromkeys(_WEAK, "weak"),
    **dict.fromkeys(_LETTERS, "letter"),
    **dict.fromkeys(_PAPERS, "paper"),
    **dict.fromkeys(_TEXTS, "text"),
    **dict.fromkeys(_SYMBOLS, "symbol"),
    **dict.fromkeys(_OWNERS, "owner"),
    **dict.fromkeys(("US", "U.S.", "UK", "U.K."), "country"),
    **dict.fromkeys(("present", "Present", "attended", "To"), "row"),
}
"""What kind of noun a word is; the words at which a noun is read (`mention_things`)."""

OPENERS = frozenset(
    ["The", "This", "That", "These", "Those", "In", "On", "At", "For", "To", "From", "With", "By", "If", "When", "While", "As", "After", "Before", "Since", "But", "And", "Or", "He", "She", "It", "They", "We", "I", "You", "There", "What", "Which", "Who", "His", "Her", "Our", "My", "Your", "Their", "Its", "During", "Under", "Regarding", "Concerning", "No", "Not", "All", "Any", "Some", "Such", "Also", "Both", "Each", "Mr.", "Mrs.", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Dear", "Sincerely", "Your", "Subject", "Telegram", "Memorandum", "Letter", "Message", "See", "Same", "Copy", "Drafted", "Repeated", "Secret", "Confidential", "Top", "However", "Following", "Meanwhile", "Thus", "Then", "Now", "Here"]
)  # fmt: skip
"""Capitalised words that begin sentences, not names."""
KINDS_OF_LETTER = frozenset(
    [
        "personal",
        "private",
        "official",
        "confidential",
        "long",
        "short",
        "brief",
        "oral",
        "verbal",
        "commercial",
        "circular",
        "cipher",
        "secret",
        "joint",
        "second",
        "further",
        "similar",
        "identical",
        "diplomatic",
    ]
)
NOT_LETTERS = frozenset(
    [
        "capital",
        "same",
        "above",
        "following",
        "first",
        "last",
        "next",
        "latter",
        "bank",
        "dollar",
        "love",
        "musical",
        "credit",
    ]
)
LOOSE = frozenset(["notes", "statements", "copy", "text", "version", "translation", "answer", "report", "reports", "statement"])  # fmt: skip
