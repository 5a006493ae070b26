"""The clause that a verb of carrying stands in, and whether it speaks of this paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kgraph.extract import timewords
from kgraph.extract.legs.carriage_words import ADVERB, ASKED_TO, NOT_SELF, NOUN, NOUN_RE, ORDERS

_MANY_MEANINGS = frozenset(
    str.split("""attached enclosed read left published given gave sent received submitted presented brought
    carried communicated passed returned took taken dictated quoted entrusted repeated
    circulated distributed went""")
)  # fmt: skip
_NEEDS_NOUN = frozenset(("sent", "given", "left", "brought", "carried", "passed", "presented"))
_BREAK = re.compile(
    r"[;:]|, (?:and|but) |\bthat\b|\bwhen\b|\bafter\b|\bstating\b|, who\b|, where\b"
)
_MADE_FIRST = re.compile(
    r"(?:Drafted|Prepared|Approved|Cleared|Signed|Dictated|Secret|Top Secret|Confidential)\b"
)
_ITSELF = re.compile(
    r"\s*(?:It|Also|Originally|The source text,)\s*|\s*Channel of transmission[^;.]*;\s+"
)
_JOINED = re.compile(r"(?:\band|[,;])\s*$")
_DENIED = re.compile(r"\b(?:no indication|not|never|no record|no evidence)\b[^.;]{0,60}$")
_IN_ANOTHER = re.compile(r"\s*In\s+(?:telegrams?|airgrams?|despatch|an?\s|his\s)[^.;]*$")
_AS_SENT = re.compile(rf"\b(?:as|(?:from|in|than|to) the {NOUN})\s*$")
_NUMBERED = re.compile(
    r"\s+(?:[A-Z]\w+\s+)?(?:telegrams?|airgrams?|despatch(?:es)?|cables?|[Tt]osec|[Ss]ecto)\s+[\dA-Z]"
)
_ANOTHER = re.compile(
    r"\s+(?:an?|another)\s+(?!(?:\w+\s+){0,2}(?:cop(?:y|ies)|translation|text|version|paraphrase)\b)"
)
_SOMEBODY_ANOTHER = re.compile(
    rf"\s+(?:(?:the\s+)?[A-Z][\w.’-]*(?:\s[A-Z][\w.’-]*){{0,3}}|him|her)\s+(?:an?|another)\s+(?!(?:\w+\s+){{0,2}}(?:cop(?:y|ies)|translation|text|version|paraphrase)\b)(?:\w+\s+){{0,2}}?{NOUN}"
)
_A_DRAFT = re.compile(
    r"\b(?:an?|the|his)\s+(?:\w+\s+)?draft\s+(?:which|that)\b[^.;]*$|^\s*An?\s+(?:early|earlier|first|previous|preliminary)\s+draft\b"
)
_EARLIER_PAPER = re.compile(
    r"\s+(?:(?:the\s+)?[A-Z][\w.’-]*(?:\s[A-Z][\w.’-]*){0,3}\s+)?(?:the|an?)\s+(?:original|first|earlier|early|previous|preliminary|initial)\s+(?:drafts?|proposals?|requests?)\b"
)
_FOR_THE_TEXT = re.compile(
    rf"\s*For\s+(?:the\s+)?(?:(?:full\s+)?text\s+of\s+the\s+)?(?:\w+\s+)?{NOUN}\b[^.;,]*$"
)
_PRINTED_HERE = re.compile(
    r",\s+(?:which\s+is\s+|the\s+text\s+of\s+which\s+is\s+)?printed\s+(?:here|below|above)\b"
)
_REFERRED_TO = re.compile(
    rf"\b{NOUN}\s+(?:referred\s+to|mentioned|cited|in\s+question|under\s+reference)(?:\s+(?:above|here|in\s+[^.;]{{3,40}}))?\s+$"
)
_SEVERAL = re.compile(r"\s*(?:Notes|Letters|Messages|Telegrams|Cables|Invitations)\b")
_FOR_SOMETHING = re.compile(r"\bfor\s+(?:an?|the)\s+(?:[\w.]+\s+){1,4}$")
_ON_OCCASION = re.compile(r"\bto\s+(?:use|follow|say|read)\s+when\s+(?:he|she|they)\s+$")
_ALL_ROUND = re.compile(r"\s+(?:\w+ly\s+)?(?:to|as|under|among|by|in\s+the)\b")
_COPIES_BEFORE = re.compile(
    r"^\s*(?:Additional\s+|Further\s+)?(?:The\s+)?[Cc]op(?:y|ies)\b[^.;,]{0,60}$"
)
_WAS_AND = re.compile(rf"\s*(?:This|The)\s+{NOUN}\s+was\b[^.;]*\band\s*$")
_ON_ORDERS = re.compile(
    r"\b(?:[Oo]n|[Uu]pon|[Uu]nder|[Bb]y|[Ww]ith|[Pp]ursuant\s+to|[Ii]n\s+(?:accordance|compliance|pursuance)\s+(?:with|of))\s+(?:(?:the|his|her|their|its|urgent|special|express|explicit|new|written|verbal|oral)\s+)*instructions?\b"
)
_BY_AIR = re.compile(
    r"\b(?:by|in|aboard)\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}(?:aircraft|planes?|jet)\b"
)
_DATED = re.compile(rf"\b{NOUN}\s+(?:of|dated)\s+(?P<date>{timewords.DATE})\b", re.I)
_PAPERS = re.compile(
    r"(?<!these )(?<!The )(?<!both )(?<!the )\b(?:papers|documents|memoranda|proposals|texts|drafts|replies)\s*$"
)
_TOLD_APART = re.compile(
    rf"\b(?:an?|another)\s+(?:identical|similar|separate|further|second|related|parallel|different|later|earlier|new)\s+(?:\w+\s+)?{NOUN}\b",
    re.I,
)
_ATTENTION = re.compile(
    r"\s+(?:to\s+)?(?:the|my|his|your)?\s*(?:\w+(?:[’']s)?\s+){0,2}(?:attention|notice)\b"
)
_ELSE_GIVEN = re.compile(
    r"\s+(?:the|this|that)\s+(?:matter|question|subject|issue|point|situation|case)\s+to\b"
    r"|\s+(?:his|her|its|their|an?|the)\s+(?:\w+\s+){0,2}?(?:approval|consent|assent|agreement|blessing|permission|authority|authorization|support|views?|opinions?|impressions?|reasons?|thanks|assurances?|dinner|lunch(?:eon)?|reception|press conference|interview)\b"
)
"""What is given and brought, and is no paper."""
_SOMEBODY_A_PAPER = re.compile(
    r"\s+(?:the\s+)?[A-Z][\w.’-]*(?:\s[A-Z][\w.’-]*){0,3}\s+(?:the|this|an?|following)\s+(?:\w+\s+){0,3}?"
    + NOUN
)
_IN_CHANNEL = re.compile(
    r"\s+(?:over\s+|under\s+(?:cover|an?)\s|on\s+the\s+hot|in\s+the\s+(?:[\w–’-]+\s+){0,3}(?:channel|pouch|bag))\b",
    re.I,
)
_TO_SOMEBODY = re.compile(r"\s+(?:[\w’'“”]+\s+){0,7}?(?:to|by|through|via|me|him|with)\b")
_BY_WIRE = re.compile(
    r"\s+(?:over|on|via|by|in)\s+(?:the\s+)?(?:hands?\s+of|hot\s?line|direct\s+\w+\s+link|(?:tele)?phone|radio|teletype|(?:\w+\s+){0,2}?(?:pouch|bag)|(?:special\s+|diplomatic\s+)?(?:courier|messenger))\b",
    re.I,
)
"""What a paper was received over: a wire or a bag."""
_AT_FROM = re.compile(
    r"\s+(?:in|at|by)\s+the\s+[A-Z][^.;]{2,40}?\s+(?:from\s+(?:the\s+)?[A-Z]"
    r"|(?:by|via|over)\s+(?:the\s+)?(?:\w+\s+)?(?:pouch|bag|(?:tele)?phone|courier|messenger|teletype|radio|hot\s?line)\b)"
)
_QUOTED_IN = re.compile(
    r"\s+in\s+(?:full\s+in\s+)?(?:telegrams?|despatch|airgram|cables?|[A-Z]\w+\s+\d)"
)


@dataclass
class Clause:
    """The words around one verb: before it in the sentence and in its own clause, behind it."""

    verb: str
    be: str  # "was ", "will be ", or nothing
    left: str
    right: str
    note: bool  # whether an editor writes, not the document itself
    opened: bool = False  # whether a quotation mark opens right before the verb
    follows: bool = False  # whether the sentence has told of a hop before

    @cached_property
    def near(self) -> str:
        """What stands before the verb in its own clause."""
        return _BREAK.split(self.left)[-1]

    @cached_property
    def first(self) -> bool:
        """Whether the sentence begins with the verb, its subject being the paper."""
        left = self.left
        if not left.strip(' (“"') or self.opened:
            return True
        if _ITSELF.fullmatch(left):
            return True
        if self.follows and re.search(r";\s+(?:and\s+)?(?:then\s+)?$", left):
            return True
        made = _MADE_FIRST.match(left) is not None
        joined = _JOINED.search(left) is not None
        return (made or _AFTER_PARTICIPLE.search(left) is not None) and joined

    @property
    def order(self) -> bool:
        """Whether it is an infinitive: "to deliver", "please hand"."""
        return self.verb in ORDERS

    @property
    def back(self) -> bool:
        """Whether the paper goes back to where it came from."""
        return re.match(r"\s+(?:it\s+|them\s+|the\s+\w+\s+)?back\b", self.right) is not None

    @property
    def refused(self) -> bool:
        """Whether the words around the verb speak of something else than this paper's way."""
        left, verb = self.left, self.verb
        plain_order = self.order and not self.be and not ASKED_TO.search(left)
        if plain_order and (self.note or left.strip(' (“"')):
            return True
        if _DENIED.search(left):
            return True
        if self.note and _IN_ANOTHER.match(left) and not self.reported:
            return True  # what another document carried
        if not self.be and not self.opened and _AS_SENT.search(left):
            return True  # "the note as sent", "omitted from the memorandum forwarded to"
        if self.note and (_A_DRAFT.search(left) or _ON_OCCASION.search(left)):
            return True
        if self.note and _FOR_THE_TEXT.match(left) and re.search(r",\s+see\b", self.right):
            return True
        return verb in _MANY_MEANINGS and not self.clear

    @property
    def reported(self) -> bool:
        """Whether another paper is named as the one that tells what was done with this."""
        told = re.search(
            r"\b(?:report|inform|not|stat|indicat|sa)\w*\s+(?:\w+\s+)?that\b", self.left
        )
        return told is not None and re.match(rf"\s+(?:it|(?:the|this)\s+{NOUN})\b", self.right) is not None  # fmt: skip

    @property
    def clear(self) -> bool:
        """Whether a verb of many meanings is used of a paper, as the rest of the clause shows."""
        verb, left, right = self.verb, self.left, self.right
        if _ATTENTION.match(right) or _ELSE_GIVEN.match(right) or verb in ("attached", "enclosed"):
            return False
        if not self.note and verb == "read":
            if re.match(_READ_TO_ME, right):
                return True
            heard = self.be and re.match(r"\s+to\s+(?:me|us)\s+by\s", right)
            return heard is not None and _FOLLOWING_PAPER.search(left) is not None
        if verb == "received":
            if self.note and self.first and _BY_WIRE.match(right):
                return True
            if self.note and self.first and _AT_FROM.match(right):
                return True
            return (
                re.search(r"\b(?:from|through|via)\s+(?:the\s+)?[A-Z]", right[:60]) is not None
                and (bool(self.be) or _FOLLOWING.search(left) is not None)
                and "translation as" not in left
            )
        if verb in ("circulated", "distributed"):
            return (bool(self.be) or self.first) and _ALL_ROUND.match(right) is not None
        if verb == "went":
            return _COPIES_BEFORE.search(left) is not None
        if verb in ("read", "dictated"):
            spoken = rf"\s+(?:it|(?:the|this|his|following)\s+(?:\w+\s+)?{NOUN}(?:\s+of\s+(?:the|this)\s+{NOUN})?|this)?\s*(?:(?:aloud|out(?:\s+loud)?|verbatim|slowly|twice)\s+)?(?:to|over the|by (?:tele)?phone)\s"
            if self.first and re.match(r"\s+by\s+[^.;,]{3,60}?\s+to\s", right):
                return True
            said = NOUN_RE.search(left + right) or self.first
            return re.match(spoken, right) is not None and said is not None
        if verb == "quoted":
            return _QUOTED_IN.match(right) is not None
        if verb == "published":
            return re.match(r"\s+by\s+[A-Z]", right) is not None
        if verb == "returned":
            return re.match(rf"\s+(?:it|them|the {NOUN}|this {NOUN})?\s*(?:un\w+\s+)?(?:to\b|by\b|\()", right) is not None  # fmt: skip
        if verb in ("took", "taken", "entrusted"):
            thing = rf"\s+(?:it|(?:the|this) {NOUN})\s+(?:with\s+(?:him|her)\s+)?(?:back\s+)?to\b"
            given = verb == "entrusted" and self.first and right.startswith(" to ")
            return given or re.match(thing, right) is not None or bool(self.be)
        if re.match(
            r"\s+(?:for\s+(?:action|information|signature|approval|clearance|comments?|concurrence)|up|in\s+(?:two|three))\b",
            right,
        ):
            return False
        if verb == "left" and (
            re.match(rf"\s+(?:it|(?:this|the|an?)\s+(?:\w+\s+)?{NOUN})\s+(?:at|with)\s", right)
            or _PRINTED_HERE.search(right)
        ):
            return True
        if verb == "repeated":
            again = rf"\s+(?:it|(?:the|this)\s+{NOUN})\s+to\b"
            return not self.be and not self.first and re.match(again, right) is not None
        return any(one.match(right) for one in (_TO_SOMEBODY, _SOMEBODY_A_PAPER, _IN_CHANNEL))

    def of_another(self, passive: bool) -> bool:
        """Whether the thing carried is a paper told apart from this one."""
        if (
            self.note
            and not passive
            and _PRINTED_HERE.search(self.right) is None
            and any(
                one.match(self.right)
                for one in (_ANOTHER, _NUMBERED, _SOMEBODY_ANOTHER, _EARLIER_PAPER)
            )
        ):
            return True
        if self.note and passive and not self.first and _SEVERAL.match(self.left):
            return True
        thing_sent = _FOR_SOMETHING.search(self.near) if self.be.startswith("to be") else None
        if thing_sent is not None and not NOUN_RE.search(thing_sent.group()):
            return True  # "the request for a team to be sent"
        bare = not self.be and not self.first and self.verb in _NEEDS_NOUN and passive
        further = (self.follows and re.search(r"\band(?:\s+then)?\s*$", self.left)) or (
            self.note and _WAS_AND.match(self.left)
        )
        if bare and not further and not re.search(rf"{NOUN}(?:\s\w+)?,?\s*$", self.near, re.I):
            return True
        if self.note and not self.be and not self.first and passive and _PAPERS.search(self.near):
            return True
        if self.note and passive and _REFERRED_TO.search(self.near):
            return True
        if self.note and passive and _TOLD_APART.search(self.near):
            return True
        thing = _BY_AIR.sub(
            "", _ON_ORDERS.sub("", self.near if passive else _WITH.split(self.right[:80])[0])
        )
        if self.note and passive and _REPORT.fullmatch(self.left):
            return False
        if not self.note and _FOLLOWING_TEXT.match(self.left):
            return False
        return NOT_SELF.search(thing) is not None and not re.search(
            rf"\b(?:this|the source) (?:{NOUN})", thing
        )

    @property
    def dated_noun(self) -> re.Match[str] | None:
        """A paper with a date of its own before the verb: "his note of April 3, which was"."""
        return _DATED.search(self.near) if "which" in self.near else None

    @property
    def noun_before(self) -> re.Match[str] | None:
        """The paper, or a word that stands for it, before the verb."""
        standing = r"\b(?:[Ii]t|[Tt]his|text)\b"
        if NOUN_RE.search(self.left):
            standing = r"\b(?:[Ii]t|[Tt]his|which|text)\b"
        told = NOUN_RE.search(self.near) or re.search(standing, self.near)
        return told or (_REPORT.fullmatch(self.left) if self.note else None)

    @property
    def noun_behind(self) -> re.Match[str] | None:
        """The paper behind the verb: "handed him this note"."""
        to_whom = re.match(_TO_WHOM_THIS, self.right)
        if to_whom is not None:
            return to_whom
        if re.match(r"\s+(?:to|by|in|at|on|from)\s", self.right):
            return _OBJECT_LAST.match(self.right)  # or the thing stands before the verb, or nowhere
        return NOUN_RE.search(re.split(r"[.;]|, (?:who|and|which)", self.right)[0][:90])

    @property
    def noun_ends_it(self) -> bool:
        """Whether the paper stands right before the verb: "letter handed to"."""
        return re.search(rf"{NOUN}[,)”\"]*\s*(?:{ADVERB})*$", self.near + " ", re.I) is not None


_TO_WHOM_THIS = re.compile(
    rf"\s+to\s+(?:me|us|the\s+\w+|[A-Z]\w+)\s+(?:{timewords.RELATIVE}\s+|on\s+{timewords.DATE}\s+)?(?:the\s+)?(?:following|this)\s+{NOUN}\b"
)
_READ_TO_ME = re.compile(
    rf"\s+(?:aloud\s+|out\s+)?to\s+(?:me|us)\s+(?:{timewords.RELATIVE}\s+)?(?:the\s+)?(?:following|this)\s+(?:\w+\s+)?{NOUN}\b"
)
_OBJECT_LAST = re.compile(
    rf"\s+to\s[^.;:]{{2,110}}?[\s,](?:(?:the|a|an)\s+(?:\w+\s+){{0,2}}(?:original|text|copy|translation)\s+of\s+)?this\s+{NOUN}\b"
)
_REPORT = re.compile(
    r"\s*(?:The|This)\s+(?:\w+\s)?(?:report|study|estimate|summary|statement|record|minutes|list)\s+"
)
_FOLLOWING_PAPER = re.compile(rf"\b(?:[Ff]ollowing|[Tt]his)\s+(?:\w+\s+){{0,3}}{NOUN}\s*$")
_WITH = re.compile(r"\swith\s(?:the|an?)\s")
_FOLLOWING_TEXT = re.compile(
    r"\s*(?:The\s+)?[Ff]ollowing\s+(?:is|are)\s+(?:\w+\s+){0,4}?(?:text|translation|copy|note|letter|message|statement|aide)\b"
)
_FOLLOWING = re.compile(r"\b[Ff]ollowing\s+(?:[\w.’']+\s+){0,6}$")
_AFTER_PARTICIPLE = re.compile(
    r"^\s*(?:(?:It|The \w+|This \w+) was\s+)?(?:[Rr]eceived|[Ss]ent|[Rr]epeated|[Pp]repared)\b[^.]*\band\s*$"
)
