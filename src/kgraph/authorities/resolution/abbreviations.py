"""What a source's own list of abbreviations says that its short forms mean.

"AF, Bureau of African Affairs, Department of State": the same letters mean other things in other
volumes, so a list holds for the records of its source alone. A short form that stands for a body
or an office leads to the authority's entry where the meaning is one of its names, and otherwise to
an entry made of the meaning, which all volumes with that meaning share.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from kgraph import iris
from kgraph.authorities.authority import Authority
from kgraph.authorities.gazetteer.states import named
from kgraph.authorities.resolution.standing import Bodies, short_form
from kgraph.authorities.resolution.writer import Standing
from kgraph.model import Abbreviation, Body, Party

_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r";.*$|(?<! for)\s*\([^()]*\)\s*$|^\([^()]*\)\s*")
_OF_MANY = re.compile(  # of any state, or one of two
    r"(?:Minist(?:er|ry) (?:of|for) [\w ]+|Foreign (?:Office|Ministry)|\w+ Party|Central Committee|Chiefs? of (?:Mission|Staff)"
    r"|Deputy Chief of Mission|Ambassador|Supreme Allied Commander|Secretary[ -]General|Commander in Chief|.* or .*"
    r"|Government of .*, Government of .*|.*\bofficer)",
    re.IGNORECASE,
)
_OF_PAPERS = frozenset(
    str.split("""telegram telegrams indicator indicators series designator designation airgram cable cables message messages
    symbol classified distribution handling conversation covert""")
)  # fmt: skip
_OTHER_THINGS = frozenset(
    str.split("""channel document documents directive memorandum paper papers plan operation aircraft missile ship escort system
    resolution bill program report estimate act charter law file files conference meeting treaty""")
)  # fmt: skip
"""Last words of meanings that are no bodies, whatever stands before them."""
_BODIES = frozenset(
    str.split("""department bureau office agency committee council commission board division staff embassy mission delegation
    organization organizations organisation association union party bank company corporation command force forces
    army navy service services administration group headquarters institute league congress court authority
    secretariat foundation university team corps center section government cabinet assembly federation parliament
    mint institution airways airlines""")
)  # fmt: skip
_OFFICES = frozenset(
    str.split("""secretary director chief chairman commander counselor attorney assistant deputy under special adviser supreme
    ambassador minister comptroller administrator chargé acting""")
)  # fmt: skip


class Abbreviations:
    """The short forms of one source that stand for bodies and offices."""

    def __init__(self, authority: Authority, source: str) -> None:
        self.bodies = Bodies(authority)
        self.standing = Standing(american=source.startswith("frus"))
        self.meanings: dict[str, Abbreviation] = {}

    def enter(self, given: Abbreviation) -> tuple[Abbreviation, Body | None]:
        """Takes an entry of the list in: the entry with the body that it denotes, and that body's own
        entry where the authority has none."""
        meaning = _ASIDE.sub("", _ASIDE.sub("", given.meaning)).strip(" .,")
        kind = _kind(meaning)
        if kind is None:
            return given, None
        part = meaning.partition(",")[0]
        id = self._named(meaning) or (self._named(part) if len(part.split()) > 2 else None)
        id = id or self._short(given.short, meaning)
        made = self.bodies.made.get(id) if id else None
        if id is None:
            id = f"body/{iris.slug(meaning)}"
            made = Body(
                id=id, label=meaning, variants=(given.short,), kind=kind, source=given.source
            )
        known = msgspec.structs.replace(given, denotes=id)
        for short in {
            short_form(s) for s in (given.short, *re.split(r"[(), ]+", given.short)) if s
        }:
            other = self.meanings.get(short)
            if other is None or other.denotes == known.denotes:
                self.meanings[short] = known
            else:  # it has two meanings here: the list does not tell which
                self.meanings[short] = msgspec.structs.replace(known, denotes=None)
        return known, made

    def _named(self, meaning: str) -> str | None:
        return self.bodies.party(Party(name=meaning, kind="body", rule="list"), self.standing)

    def _short(self, short: str, meaning: str) -> str | None:
        """The authority's entry for the short form, where its label speaks of the same thing: half of
        the words of the shorter one are alike in their first five letters."""
        authority = self.bodies.authority
        id = authority.body_index.find(short) or ""
        entry = authority.bodies.get(id) or authority.body_index.others.get(id)
        if entry is None:
            return None
        told, wanted = _stems(entry.label), _stems(meaning)
        return id if 2 * len(told & wanted) >= min(len(told), len(wanted)) else None


def _stems(words: str) -> set[str]:
    return {word.lower()[:5] for word in _WORD.findall(words) if len(word) > 3}


def _kind(meaning: str) -> Literal["body", "office"] | None:
    """Whether the meaning of a short form is a body or an office; None for anything else.

    >>> _kind("Bureau of African Affairs, Department of State"), _kind("Director of Central Intelligence")
    ('body', 'office')
    >>> _kind("Department of State telegram"), _kind("Federal Republic of Germany"), _kind("surface-to-air missile")
    (None, None, None)
    """
    words = [word.lower() for word in _WORD.findall(meaning)]
    if not words or not meaning[:1].isupper() or _OF_PAPERS & set(words):
        return None
    if _WORD.findall(meaning.partition(",")[0])[-1].lower() in _OTHER_THINGS:
        return None
    if named(meaning) or _OF_MANY.fullmatch(meaning):
        return None
    if words[0] in _OFFICES:
        return "office"
    capitalised = {word.lower() for word in _WORD.findall(meaning) if word[:1].isupper()}
    return "body" if _BODIES & capitalised and len(words) > 1 else None
