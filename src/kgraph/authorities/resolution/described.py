"""Persons named by office, kinship or succession: "the late president", "my husband"."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from kgraph.authorities.authority import Authority
from kgraph.authorities.gazetteer.states import named
from kgraph.authorities.names.spelled import spelled_title
from kgraph.authorities.names.spellings import fold
from kgraph.authorities.offices import Described, describe, handover
from kgraph.authorities.offices.missions import read_post
from kgraph.authorities.persons.kinship import Kin, read_kin
from kgraph.authorities.resolution.styled import OPEN, bearers
from kgraph.authorities.setting import Found, Setting, shifted
from kgraph.model import Mention

_SUCCESSOR = re.compile(r"^(?:the )?(.+?)['’]s? successor$|^(?:the )?successor (?:of|to) (.+)$")
RANKS = {
    "president": 2.5, "premier": 2.5, "party leader": 2.5, "prime minister": 2.0, "chancellor": 2.0,
    "secretary of state": 1.5, "foreign minister": 1.5,
}  # fmt: skip
"""How much an office makes a bare surname mean its holder, in log-odds."""
PARTY = 3.0
"""How plainly a writer, reader or participant is there."""
_WIFE = Kin("spouse-of", "female", "")
_SAYS = re.compile(
    r"(?:said|says|wrote|replied|added|remarked|stated|told \w+|as follows)[,:]?\s*$"
)
_TO_BE = re.compile(
    r"\b(?:becom(?:e|es|ing)|became|appointed|elected|named|nominated|designated)\s(?:as\s)?(?:the\s)?$"
)
_WHOSE = re.compile(
    r"(?:\s(?:and|or)(?:\s[\w-]+){1,4}?)?\sof\s(?:the\s)?(?P<state>[A-Z][\w.-]+(?:\s[A-Z][\w-]+)?)"
)
_ANY = re.compile(r"an?\s", re.IGNORECASE)
_RANK = re.compile(r"[\s-]+levels?\b")
_PLURAL = re.compile(r"(?:the\s)?(?:heads|chiefs)\sof\b", re.IGNORECASE)
_OWN = re.compile(r"our\b")
_STRANGER = re.compile(
    r"\b(?:Mr|Mrs|Dr|Sir|Senator|(?<!Attorney )General|Ambassador|Governor)\.?\s?[A-Z][a-z]+"
)


def _whose(mention: Mention, setting: Setting) -> str | None:
    """The side whose office it is, from the words behind: "the Foreign Minister of Belgium"."""
    if mention.end is None:
        return None
    found = _WHOSE.match(setting.text, mention.end)
    if found is None:
        return None
    words = found["state"].rstrip(".")
    at = named(words) or named(words.split()[0].rstrip("."))
    return at.side if at else None


def _changing(mention: Mention, setting: Setting) -> bool:
    """ "Will become the new Prime Minister": whom the sentence names."""
    start = mention.start or 0
    return _TO_BE.search(setting.text, max(0, start - 40), start) is not None


def _ranked(mention: Mention, setting: Setting) -> bool:
    """ "At the Foreign Minister level", "the heads of government"."""
    end = mention.end or 0
    return _RANK.match(setting.text, end) is not None or _PLURAL.match(mention.text) is not None


class Descriptions:
    """Finds whom a description means; `person` finds whom a name means."""

    def __init__(
        self, authority: Authority, person: Callable[[str, str | None, Setting], Found | None]
    ) -> None:
        self.authority = authority
        self.person = person

    def described(self, mention: Mention, setting: Setting) -> Found | None:
        """The person whom an office or kinship names, with probability and reasons."""
        kin = read_kin(mention.text)
        if kin:
            apposed = mention.text.partition(", ")[2]
            if apposed and describe(apposed):
                mention = msgspec.structs.replace(mention, text=apposed)
            else:
                return self._kin(mention, setting)
        followed = _SUCCESSOR.match(mention.text)
        if followed:
            return self._successor(followed[1] or followed[2], setting)
        posted = self.posted(mention.text, setting)
        if posted is not None:
            return posted
        if fold(mention.text) == "the widow":
            return self._widow(setting)
        read = describe(mention.text)
        if read is not None and _ANY.match(mention.text):
            return None  # "a leader"
        if _WHOSE.match(setting.text, mention.end or 0) is None:
            styled = bearers(setting.styled, mention.text)
            if styled:
                return self._styled(styled, read, mention, setting)
        return self._holder(read, mention, setting)

    def _styled(
        self, styled: frozenset[str], read: Described | None, mention: Mention, setting: Setting
    ) -> Found | None:
        """The one whom the document gives the title, or of several the holder of the office."""
        if read is not None:
            then = (p for p in styled if not self._before_or_after(p, read.office, setting))
            styled = frozenset(then)
        who = next(iter(styled)) if len(styled) == 1 else OPEN
        writes = who in setting.senders and read is not None and read.office != "ambassador"
        nearer = read is not None and self._colleague(who, mention, setting)
        if who == OPEN or writes or nearer or _changing(mention, setting) or _ranked(mention, setting):  # fmt: skip
            found = self._holder(read, mention, setting)
            return found if found and (not styled or nearer or found.id in styled) else None
        return Found(who, 0.93, ("the one whom the document titles so",))

    def _colleague(self, who: str, mention: Mention, setting: Setting) -> bool:
        """Whether another ambassador is named between `who`, where he is no party to the
        document, and `mention`: "Ambassador Munkle had left. Harlan said ... the Ambassador"."""
        start = mention.start or 0
        if who == OPEN or not mention.text.endswith("mbassador") or setting.persons.get(who, 0.0) >= PARTY:  # fmt: skip
            return False
        places = setting.places + setting.marked
        last = max((at for at, id in places if id == who and at < start), default=0)
        between = {id for at, id in places if last < at < start and id != who}
        return any(
            o.startswith("ambassador") and (t.first or "") <= (setting.last or "9") and (t.last or "9") >= (setting.first or "")
            for id in between
            for o, _, t in self.authority.offices.offices_of(id)
        )  # fmt: skip

    def _before_or_after(self, person: str, office: str, setting: Setting) -> bool:
        """Whether a person is known to have held an office at other times only: "Chancellor
        Adenauer" of 1964 is not the Chancellor."""
        first, last = setting.first, setting.last
        held = [t for o, _, t in self.authority.offices.offices_of(person) if o == office]
        return bool(held and first and last) and not any(
            (t.first or "") <= shifted(last or "", 60)
            and (t.last or "9") >= shifted(first or "", -60)
            for t in held
        )

    def _holder(self, read: Described | None, mention: Mention, setting: Setting) -> Found | None:
        """The holder of the office that is read."""
        if read is None:
            if fold(mention.text) in ("the recipient", "the addressee"):
                single = [a for a in setting.addressees if a.startswith("person/")]
                if len(single) == 1:
                    return Found(single[0], 0.95, ("the addressee",))
            return None
        own = _OWN.match(fold(mention.text)) and not read.side and self._side(setting)
        if own:
            read = msgspec.structs.replace(read, side=own)
        if read.office == "ambassador" or (read.office == "ambassador to us" and not read.side):
            return self._ambassador(read, setting)
        if _changing(mention, setting) or _ranked(mention, setting):
            return None
        whose = _whose(mention, setting)
        if whose and whose != read.side:
            read = msgspec.structs.replace(read, side=whose)
        side = next(iter(self._sides(read, setting)), "us")
        turned = handover.turned(read, side, mention, setting, self.authority.offices)
        if turned is None:
            return handover.either(read, side, setting, self.authority.offices)
        read = turned
        holders = self.holders(read, setting)
        if read.office == "prime minister" and not read.side:
            holders = self._named_premiers(setting) or holders
            if len(holders) == 1 and holders[0] in setting.senders:
                return None  # who writes "you and the Prime Minister" means another
        if setting.wide and len(holders) != 1:
            return self._in_company(read, mention.start, setting)
        if not holders:
            return None
        if len(holders) == 1:
            certain = read.side or read.office in ("president", "secretary of state")
            probability = 0.96 if certain else 0.9
            return Found(holders[0], probability, (f"held the office ({read.office}) at the date",))
        here = [h for h in holders if h in setting.persons]
        if len(here) == 1:
            return Found(
                here[0], 0.92, (f"held the office ({read.office}); named in the document",)
            )
        others = ", ".join(holders[1:4])
        return Found(
            holders[0], 1 / len(holders), (f"or {others}: {len(holders)} held the office then",)
        )

    def _side(self, setting: Setting) -> str | None:
        """The side of the persons who write, where they are of one."""
        persons = (self.authority.person_index.by_id.get(p) for p in setting.senders)
        sides = {known.side for known in persons if known and known.side}
        return sides.pop() if len(sides) == 1 else None

    def _named_premiers(self, setting: Setting) -> list[str]:
        """The persons of the document who were prime ministers of any country at the date."""
        if setting.first is None or setting.last is None:
            return []
        return [
            p
            for p in setting.persons
            if any(
                office == "prime minister"
                and (t.first or "") <= setting.last
                and (t.last or "9") >= setting.first
                for office, _, t in self.authority.offices.offices_of(p)
            )
        ]

    def posted(self, text: str, setting: Setting) -> Found | None:
        """The chief of an American mission at the date: "the Ambassador in Moscow"."""
        post = read_post(text)
        if post is None or setting.first is None or setting.last is None or setting.wide:
            return None
        held = self.authority.missions.holders(post, setting.first, setting.last)
        if len(held) == 1:
            return Found(held[0], 0.95, (f"{post.rank} in {post.country} at the date",))
        here = [p for p in held if p in setting.persons]
        if len(here) == 1:
            return Found(here[0], 0.92, (f"{post.rank} in {post.country}; named in the document",))
        return None

    def _widow(self, setting: Setting) -> Found | None:
        """The one wife in the document of a man who is in it too, or the one whose husband is dead."""
        family, by_id = self.authority.family, self.authority.person_index.by_id
        wives = {
            (wife, p) for p in setting.persons for wife in family.of(p, _WIFE) if wife in setting.persons
        }  # fmt: skip
        year = setting.years[1]
        widows = {
            wife for wife, p in wives
            if year and (known := by_id.get(p)) and known.died and known.died <= year
        }  # fmt: skip
        for found, why in ((widows, "the only widow named"), ({w for w, _ in wives}, "the only wife named")):  # fmt: skip
            if len(found) == 1:
                return Found(found.pop(), 0.9, (f"{why} in the document",))
        return None

    def _in_company(self, read: Described, start: int | None, setting: Setting) -> Found | None:
        """The one person named in an undated document, before the words, who ever held the office;
        with "the late" he who died in it, with "the new" the last of several."""
        table = self.authority.offices
        named = {id for at, id in setting.places if start is None or at < start}
        sides = {read.side} if read.side else {"us", "soviet"} if read.office == "head of government" else set()  # fmt: skip
        offices = {table.heads(s) for s in sides} if read.office == "head of government" else {read.office}  # fmt: skip
        held = [
            (p, t)
            for p in setting.persons
            for office, side, t in table.offices_of(p)
            if office in offices and read.side in (None, side)
        ]
        if read.late:
            held = [(p, t) for p, t in held if t.end]
        elif read.new and len({p for p, _ in held}) > 1:
            held = [max(held, key=lambda one: one[1].first or "")]
        elif not read.new and len({p for p, _ in held}) > 1:
            held = [(p, t) for p, t in held if p in named]
        here = {p for p, _ in held}
        if len(here) != 1 or (read.new and len(held) != 1):
            return None
        return Found(here.pop(), 0.92, (f"held the office ({read.office}); named in the document",))

    def _sides(self, read: Described, setting: Setting) -> list[str]:
        """The sides whose office it may be, the likeliest first."""
        if read.side:
            return [read.side]
        if read.office in ("president", "secretary of state", "attorney general"):
            return ["us"]
        if setting.sides:
            return [side for side, _ in setting.sides.most_common()]
        return ["soviet"] if read.office in ("premier", "party leader") else []

    def holders(self, read: Described, setting: Setting) -> list[str]:
        if setting.first is None or setting.last is None:
            return []
        table = self.authority.offices
        sides = self._sides(read, setting)
        found: list[str] = []
        for side in sides:
            if found and not read.side:
                break
            office = table.heads(side) if read.office == "head of government" else read.office
            if office == "prime minister" and side == "soviet":
                office = "premier"
            found += table.holders(
                office, side, setting.first, setting.last, late=read.late, new=read.new,
                moment=setting.moment,
            )  # fmt: skip
        return list(dict.fromkeys(found))

    def _successor(self, owner: str, setting: Setting) -> Found | None:
        title, name = spelled_title(owner)
        who = self.person(name, title, setting)
        if who is None or setting.last is None:
            return None
        for office, side, tenure in self.authority.offices.offices_of(who[0]):
            if office in RANKS and tenure.last and tenure.last <= setting.last:
                later = [
                    t
                    for t in self.authority.offices.tenures(office, side)
                    if (t.first or "") >= tenure.last and t.person != who[0]
                ]
                if later:
                    heir = min(later, key=lambda t: t.first or "")
                    return Found(heir.person, min(0.93, who[1]), (f"next {office} after {who[0]}",))
        return None

    def _ambassador(self, read: Described, setting: Setting) -> Found | None:
        table = self.authority.offices
        if read.side and setting.first and setting.last:
            to = "ambassador to soviet" if read.side == "us" else "ambassador to us"
            found = table.holders(to, read.side, setting.first, setting.last)
            if len(found) == 1:
                return Found(found[0], 0.93, (f"{read.side} ambassador at the date",))
        here = [
            p
            for p in setting.persons
            if any(
                o.startswith("ambassador")
                and read.side in (None, side)
                and (t.first or "") <= (setting.last or "9")
                and (t.last or "9") >= (setting.first or "")
                for o, side, t in table.offices_of(p)
            )
        ]
        sender = [p for p in here if p in setting.senders]
        if len(sender) == 1:
            return Found(sender[0], 0.9, ("the ambassador who writes",))
        if len(here) == 1:
            return Found(here[0], 0.9, ("the ambassador among the persons of the document",))
        return None

    def _kin(self, mention: Mention, setting: Setting) -> Found | None:
        kin = read_kin(mention.text)
        assert kin
        owners: list[str] = []
        sure = 0.95
        if kin.owner in ("my", "our"):
            speaker = self._speaker(mention.start, setting)
            owners = (
                [speaker] if speaker else [s for s in setting.senders if s.startswith("person/")]
            )
            sure = 0.93
        elif kin.owner == "your":
            owners = [a for a in setting.addressees if a.startswith("person/")]
        elif kin.owner in ("his", "her"):
            owners = self._antecedent(kin, mention.start, setting)
            sure = 0.9
        else:
            part = msgspec.structs.replace(
                mention, text=kin.owner, core=None, form=None, start=mention.start
            )
            inner = self.described(part, setting)
            if inner is None:
                title, name = spelled_title(_original(mention.text, kin.owner))
                inner = self.person(name, title, setting)
            if inner:
                owners = [inner[0]]
                sure = min(sure, inner[1])
        family = self.authority.family
        found = list(dict.fromkeys(p for o in dict.fromkeys(owners) for p in family.of(o, kin)))
        if len(found) == 1:
            who = kin.owner if len(owners) != 1 else owners[0]
            return Found(found[0], sure, (f"{kin.relation} {who}",))
        return None

    def _speaker(self, start: int | None, setting: Setting) -> str | None:
        """Who says the quoted words around `start`: whom the text named last before them."""
        if start is None:
            return None
        opening = setting.text.rfind("“", max(0, start - 4000), start)
        if opening < 1 or setting.text.find("”", opening, start) >= 0:
            return None
        if not _SAYS.search(setting.text, max(0, opening - 160), opening):
            return None
        last = max((p for p in setting.places if p[0] < opening), default=None)
        return last[1] if last and opening - last[0] < 300 else None

    def _antecedent(self, kin: Kin, start: int | None, setting: Setting) -> list[str]:
        """The person named last before `start` who is of the sex and has such kin."""
        female = kin.owner == "her"
        for _, id in sorted(setting.places, reverse=True, key=lambda p: p[0]):
            known = self.authority.person_index.by_id.get(id)
            if start is not None and _STRANGER.search(setting.text, _ + 1, start):
                return []  # somebody whom nothing knows stands between
            if (start is None or _ < start) and known and known.female in (female, None):
                return [id] if known.female is female or self.authority.family.of(id, kin) else []
        return []


def _original(text: str, folded: str) -> str:
    """The words of `text` that `folded` was made of, in their own case."""
    start = fold(text).find(folded)
    return text[start : start + len(folded)] if start >= 0 else folded
