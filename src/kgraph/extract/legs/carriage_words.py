"""Words for papers and for what is done with them: handed, sent, returned."""

from __future__ import annotations

import re

from kgraph.alternatives import by_letter, by_letter_as_written

_NOUNS = (
    r"letters?|messages?|notes?|texts?|memorand(?:um|a)|telegrams?|cables?|repl(?:y|ies)|answers?|communications?|aide[- ]m[ée]moires?|documents?|papers?"
    r"|cop(?:y|ies)|originals?|translations?|invitations?|despatch|drafts?(?!\s+(?:treat|conven|resolu|agree|proto|law|bill|declar|constitu|charter|plan|budget|program|articles?))|oral statement|(?:written|prepared|following) statement|correspondence|response|proposals?|condolences|talking points|non-paper|ultimatum|envelope|wireless|paraphrase|(?<=the )dispatch|(?<=this )dispatch"
)
NOUN = rf"(?:{by_letter_as_written(_NOUNS)})"
NOUN_RE = re.compile(rf"\b(?:{by_letter(_NOUNS)})\b", re.I)
NOT_SELF = re.compile(
    r"\b(?:"
    + by_letter(
        r"summary|summaries|(?<!he )(?<!his )reports?|reports? (?:of|on|about)|accounts?|instructions?|speech|address(?!ed)|lecture|weapons?|arms|missiles?|aircraft|planes?|equipment|supplies|means|goods|fallout|recommendations?|memorandum of (?:the|a|his|that) conversation|record of (?:the|a) |minutes|speeches|remarks|testimony|toast|radioactive|jets?|material|materials|(?<=his )comments|(?<=her )comments|(?<=their )comments|(?<=its )comments|(?<=our )comments"
    )
    + r")\b",
    re.I,
)
VERBS = (
    r"handed|hand[- ](?:delivered|carried)|delivered|given|gave|transmitted|passed|conveyed|forwarded|sent|presented|returned|relayed|carried|brought|slipped|telephoned|cabled|wired|radioed"
    r"|pouched|air[- ]?pouched|couriered|broadcast|published|submitted|left|communicated|read|received|dispatched|despatched|mailed|airmailed|teletyped|telegraphed|transmits|deliver|hand|convey|transmit|pass|being carried|flown|attached|enclosed|turned over|took|taken|dictated|quoted|entrusted|repeated(?=\s+(?:it|the|this)\b)|circulated|distributed|went(?=\s+to\b)|(?<=to )(?:pouch|relay|repeat)"
)
ADVERB = r"(?:(?:also|then|personally|orally|later|recently|formally|immediately|today|informally|simultaneously|first|subsequently|already|now|finally|promptly|himself|directly|officially|privately|secretly|actually|just|probably|presumably|possibly|evidently|reportedly|has|had|have|thereupon|apparently|this\s+(?:morning|afternoon|evening|day)|to-?day|yesterday|last\s+(?:night|evening))\s+)"
TRIGGER = re.compile(
    rf"\b(?P<be>(?:was|were|been|being|is|are|be|to be|get|got)\s+{ADVERB}*)?(?P<verb>{by_letter(VERBS)})\b",
    re.I,
)
_VERB = re.compile(rf"\b(?:{by_letter_as_written(VERBS)})")
AND_TRIGGER = re.compile(
    rf"and\s+(?:then\s+|released\b|{TRIGGER.pattern.replace('?P<be>', '?:').replace('?P<verb>', '?:')})",
    re.I,
)

ASKED_TO = re.compile(
    r"\b(?:(?:to|[Pp]lease|should|shall|may|will|would|[Rr]equest(?:\s+that)?\s+you)\s+(?:\w+ly\s+)?|[Hh]ave\s+(?:the\s+)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}\s+"
    r"|\bwith\s+(?:the\s+|an?\s+)?(?:\w+\s+)?(?:instructions?|request|orders?)\s+that\s+(?:the\s+)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}\s+)$"
)


ORDERS = frozenset(("hand", "deliver", "convey", "transmit", "pass", "pouch", "relay", "repeat"))

_WORTH = re.compile(
    r"\b(?:"
    + by_letter_as_written(
        rf"{VERBS}|released|issued|reached|source text is an?\s+[\w ]{{0,50}}translation|made public|commercial (?:telegram|cable)|emissar\w+|press release|pouch\w*|(?:came|confided) (?:it |this \w+ )?to|will reach you|courier|messenger|hot ?line|telephon\w+|hands|oral statement|(?:send|sending|forward|forwarding|transmit|despatch|dispatch) (?:you )?this|enclosure|under cover|cover(?:ing)?|transmitting|forwarding|channel|delivery|presentation"
    )
    + r")\b"
)


def has_verb(text: str) -> bool:
    """Whether a word begins like one of the `VERBS`: a cheap test before `TRIGGER`."""
    return _VERB.search(text.lower()) is not None


def worth_reading(text: str) -> bool:
    """Whether a text may tell of a paper's way: a cheap test before a dear reading."""
    return _WORTH.search(text.lower()) is not None
