"""Bodies named in full once and by their noun alone thereafter: "the Atomic Energy Commission ...
The Commission". The noun means the one body with it in its name that the document has named
before, or that writes it or is written to; where two are named, or one that nothing knows,
it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from kgraph.authorities.names.spellings import fold
from kgraph.model import Mention

BEFORE = 0.93
"""Probability that the noun alone means the body named in full before."""

_NOUNS = ("Commission", "Committee", "Council", "Agency", "Bureau", "Board", "Organization", "Organisation", "Academy",
          "Institute", "Bank", "League", "Assembly", "Party", "Ministry", "Court", "Foundation")  # fmt: skip
_SHORT = re.compile(rf"(?:the |this |that |our )?({'|'.join(_NOUNS)})", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s(?:of|for|on|to)\s(?:the\s)?(?:[A-Z\d]|[Ee]ighteen|[Tt]en|[Ff]ive)|\s\d|[-–]\w"
)
"""What makes a noun the beginning of another name: "the Committee of 18"."""
_ALSO = {
    "Council": (
        "body/north-atlantic-treaty-organization", "body/organization-for-european-economic-cooperation",
        "body/european-economic-community", "body/western-european-union", "body/organization-of-american-states",
    ),
}  # fmt: skip
"""Bodies that have one called so, which their own talk of "the Council" means."""
_HOUSE = re.compile(r"\bMinistry\b")
_ANOTHER = r"\b(?:[Aa]n?|[Nn]ew|[Oo]ther|[Jj]oint|[Mm]ixed|[Ss]pecial|[Tt]wo|[Ee]ach|[Ee]very) (?:[\w-]+ ){0,2}"
_NAME = r"(?:\b[A-Z][\w.’'&-]*,? (?:(?:and|of|on|for|the) ){0,2})+"
_BEHIND = r" (?:of|on|for|to) (?:the )?[A-Z]\w+"


def shortened(
    done: Sequence[Mention],
    text: str,
    label_of: Callable[[str], str],
    inside: Callable[[Mention], str | None],
    parties: Iterable[str] = (),
) -> list[Mention]:
    """`done` with the ids of bodies that stand there by their noun alone. `label_of` gives the
    label of a body, `inside` whose house words mean ("at the Foreign Ministry"), `parties` are
    the ids of those who write or are written to."""
    bodies = [m for m in done if m.type == "organisation" and m.start is not None]
    if not any(_SHORT.fullmatch(m.text) and not m.id for m in bodies):
        return list(done)
    bodies += [
        msgspec.structs.replace(m, id=inside(m))
        for m in done
        if m.type == "place" and not m.id and m.start is not None and _HOUSE.search(m.text)
    ]
    ends = tuple(p for p in parties if p.startswith("body/"))
    return [
        _linked(m, bodies, text, label_of, ends)
        if m.type == "organisation" and not m.id and m.start is not None
        else m
        for m in done
    ]


def _linked(
    mention: Mention,
    bodies: Sequence[Mention],
    text: str,
    label_of: Callable[[str], str],
    ends: Sequence[str],
) -> Mention:
    short = _SHORT.fullmatch(mention.text)
    if short is None or mention.start is None or not short[1][0].isupper():
        return mention
    noun, at = short[1], mention.start
    if _GOES_ON.match(text, mention.end or at):
        return mention
    named = [
        m for m in bodies
        if (m.start or 0) < at and not _SHORT.fullmatch(m.text) and _bears(m, noun, label_of)
    ]  # fmt: skip
    found = {m.id or fold(m.text) for m in named}
    found |= {id for id in ends if noun in label_of(id).split()}
    spans = [(m.start or 0, m.end or 0) for m in named]
    if (
        len(found) != 1
        or not (id := found.pop()).startswith("body/")
        or _other(text, noun, at, spans)
    ):
        return mention
    over = {m.id for m in bodies} & set(_ALSO.get(noun, ()))
    if over and id != "body/north-atlantic-council":
        return mention
    return msgspec.structs.replace(
        mention, id=id, probability=BEFORE, certainty="inferred",
        reasons=("the one of that noun named in full before",),
    )  # fmt: skip


def _bears(one: Mention, noun: str, label_of: Callable[[str], str]) -> bool:
    """Whether a body has the noun in its name as it stands there, or in full."""
    if noun in re.findall(r"\w+", one.core or one.text):
        return True
    return bool(one.id) and one.text.isupper() and noun in label_of(one.id or "").split()


def _other(text: str, noun: str, at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether another body of that noun stands before: with a name that is no mention, or new."""
    pattern = rf"{_NAME}{noun}\b|\b{noun}{_BEHIND}|{_ANOTHER}{noun}\b"
    return any(
        not any(a < m.end() and m.start() < b for a, b in spans)
        for m in re.finditer(pattern, text[:at])
        if m.group() not in (f"The {noun}", f"This {noun}", f"That {noun}", f"Our {noun}")
    )
