"""To whom copies of a paper went, and where telegrams were repeated to."""

from __future__ import annotations

import re

import msgspec

from kgraph.extract import gazetteer, names, timewords
from kgraph.extract.legs.carriage_words import NOUN
from kgraph.model import Party

_SENT = re.compile(
    r"(?:\b(?:[Ii]t|[Tt]his (?:telegram|message|cable)|The (?:telegram|message|cable))\s+was\s+)?(?:\b[Aa]lso\s+)?"
    r"\b(?P<verb>[Rr]epeated|[Ss]ent|[Pp]assed|[Pp]ouched|[Rr]elayed|[Aa]ddressed|[Rr]eadressed"
    r"|[Cc]opies(?:\s+of\s+(?:this|the)\s+\w+)?\s+(?:were\s+|was\s+)?(?:also\s+)?(?:sent|given|distributed|transmitted|furnished|forwarded|provided|circulated|pouched|went)"
    r"|[Aa]\s+copy\s+(?:of\s+(?:this|the)\s+\w+\s+)?(?:was\s+)?(?:also\s+)?(?:sent|given|forwarded|provided|passed)|[Cc]opies)"
    r"(?P<how>(?:\s+(?:niact|by\s+(?:pouch|air\s*pouch|courier|airgram|air\s?mail)|for\s+(?:information|action|info)|(?:in\s+)?(?:priority|immediate|Priority|Immediate|Niact|Flash)|also|eyes\s+only|via\s+\w+(?:\s+\w+)?"
    r"|as\s+(?:telegram\s+)?[A-Z]?[\w-]+(?:\s+\d+)?|by\s+the\s+[A-Z]\w+|on\s+[A-Z]\w+\s\d+))*)[,\s]+to\s+"
)
_SENT_VERB = re.compile(
    r"\b(?:[Rr]epeated|[Ss]ent|[Pp]assed|[Pp]ouched|[Rr]elayed|[Aa]ddressed|[Rr]eadressed|[Cc]opies|[Aa]\s+copy)\b"
)
_HANDED = re.compile(
    r"\b(?:handed|given|delivered|presented|hand[- ]carried)\b[^;]*\b(?:to|by)\b[^;]*\band$"
)
_COPY_SEP = re.compile(
    r"(?:\s+(?:of|for|in|at)\s+(?:the\s+)?[A-Z][\w ]*?)?\s*(?:[;,]\s*and\s+|[,;]\s*|\s+and\s+)(?:also\s+)?(?:to\s+)?(?:the\s+)?(?=[A-Z\[])"
)
_DEST = re.compile(
    r"(?:\[[^\]]*not declassified\]|(?:the\s+)?(?:[A-Z][\w.]*\s+){0,3}(?:capitals|posts|missions|embassies)(?:\s+in\s+[A-Z]\w+(?:\s[A-Z]\w+)?)?|all\s+(?:[\w.]+\s+)*?(?:posts|capitals|missions|embassies)(?:\s+in\s+[A-Z]\w+)?|the\s+other\s+[\w ]+?(?=\s+and\s|[.,;]|$)"
    r"|(?:the\s+)?(?:[A-Z][\w.’'&/–-]*(?:\([A-Z/]+\))?|(?<=[A-Z])\b)(?:\s+(?:of|for|de|the|at|in|von|la|and\s+(?=Budget|Disarmament|Research|Records|Space|Reconstruction)|&)(?=\s+(?:the\s+)?[A-Z])|\s+[A-Z][\w.’'&/–-]*|\s+\([^)]{1,30}\))*)"
)
_BESIDE_POST = re.compile(
    r"\s*\([^)]{1,40}\)|\s+(?:for|exclusive for)\s+[A-Z][\w]+(?:\s+[A-Z]\w+)*(?:\s+and\s+[A-Z][\w]+\s+[A-Z]\w+)?|,\s+(?:Acting|Deputy)[^,;]*"
)
_URGENCY = r"(?:niact|priority|immediate|flash|routine|Niact|Priority|Immediate|Flash)"
_NEXT_POST = re.compile(
    rf"(?:\s+{_URGENCY}(?=\s*[,;]|\s+and\b))?\s*(?:[;,]\s*and\s+|[,;]\s+|\s+and\s+)(?:also\s+)?(?:(?:{_URGENCY}|for\s+info(?:rmation)?)\s+(?=to\s))?(?:to\s+)?(?:for\s+information\s+to\s+)?"
)
_POSTS_END = re.compile(
    rf"\s*(?:for information|by pouch|eyes only|on {timewords.DATE}|at {timewords.CLOCK})?[\s.;,)]*"
)
_WHAT_WAS = re.compile(r"(?:The|A|An)\s+(?P<what>\w+(?:\s\w+){0,3}?)\s+(?:was|were)(?:\s+also)?")
_A_PAPER = re.compile(
    rf"(?i)\b(?:{NOUN}|airgrams?|reports?|records?|minutes|circulars?|instructions?|estimate|study|list|information|account|summary|notice|statement|extract|substance|gist|article)$"
)
_BY_A_WAY = re.compile(r"\b(?:courier|(?:back)?channels?)\b")
_ON_ITS_WAY = frozenset(("sent", "passed", "relayed"))
_BY_WHOM = re.compile(r"\s*by\s+(?:the\s+)?[A-Z]")


def read_copies(
    text: str, start: int, end: int, offset: int = 0
) -> list[tuple[str, list[Party], tuple[int, int]]]:
    """(verb with its manner, receivers, span) for each "repeated to", "copies were sent to"."""
    found: list[tuple[str, list[Party], tuple[int, int]]] = []
    if not _SENT_VERB.search(text, start, end):
        return found
    pos = start
    while m := _SENT.search(text, pos, end):
        pos = m.end()
        before = text[start : m.start()].rstrip()
        if (
            before
            and not re.fullmatch(r"(?:The\s+)?(?:substance|text|gist)\s+of", before)
            and not (
                before.endswith((";", ",", "and", "It was", "it was"))
                or re.search(r"(?<!that )(?<!which )\b(?:was|were|telegram|also)$", before)
            )
        ):
            continue
        if (whose := _WHAT_WAS.fullmatch(before)) is not None and not _A_PAPER.search(
            whose["what"]
        ):
            continue  # "The bill was sent to the President"
        if m["verb"] == "Sent" and _BY_A_WAY.search(m["how"]):
            continue  # "Sent via backchannel to Roe": it was for him
        if m["verb"].lower() in ("sent", "passed", "relayed") and _HANDED.search(before):
            continue  # a further hop of what somebody was given
        if m["verb"].lower() == "sent" and re.search(
            r"\b(?:memorandum|letter|he|she|they|who)\b[^;]*$", before
        ):
            continue
        at = m.end()
        parties: list[Party] = []
        done = at
        while at < end:
            got = None
            if "cop" in m["verb"].lower():
                got = names.read_party(text, at, end, offset)
                if (
                    got is not None
                    and got[0].kind == "person"
                    and not gazetteer.is_place(got[0].name)
                ):
                    parties.append(msgspec.structs.replace(got[0], rule="copies-to"))
                    at = done = got[1]
                    sep = _COPY_SEP.match(text, at, end)
                    if sep is None:
                        break
                    at = sep.end()
                    continue
            d = _DEST.match(text, at, end)
            if d is None or not d.group().strip():
                break
            words, a, b = d.group(), d.start(), d.end()
            if words.startswith(("the ", "The ")) and not re.match(
                r"[Tt]he (?:Hague|other)", words
            ):
                a += 4
            post = _FOR_WHOM.match(text[a:b])
            if post is not None and gazetteer.is_place(post["post"]):
                b = a + post.end("post")
            if away := _AWAY.match(text[a:b]):
                b = a + away.end("name")
            person = _as_person(text, a, b, offset)
            parties.append(
                person
                or Party(
                    name=" ".join(text[a:b].rstrip(" .").split()) if text[b - 1] == "." and not re.search(r"\.[A-Z]\.$", text[a:b]) else " ".join(text[a:b].split()),
                    kind="body", start=offset + a, end=offset + b - (1 if text[b - 1] == "." else 0), rule="copies-to",
                )
            )  # fmt: skip
            at = done = d.end()
            if p := _BESIDE_POST.match(text, at, end):
                at = done = p.end()
            sep = _NEXT_POST.match(text, at, end)
            if sep is None:
                break
            if re.match(
                r"(?:repeated|passed|sent|pouched|relayed|approved|drafted|cleared)\b",
                text[sep.end() : end],
            ):
                done = sep.end()
                break
            at = sep.end()
        if (
            len(parties) == 1
            and m["verb"].lower() in _ON_ITS_WAY
            and _BY_WHOM.match(text, done, end)
        ):
            continue  # who has it sent it on its way: no copy
        if parties:
            tail = _POSTS_END.match(text, done, end)
            done = tail.end() if tail else done
            found.append(
                (" ".join((m["verb"] + " " + m["how"]).split()), parties, (m.start(), done))
            )
            pos = max(pos, done)
    return found


_FOR_WHOM = re.compile(r"(?P<post>[A-Z]\w+(?:\s[A-Z]\w+)?)\s+for\s+(?:the\s+)?[A-Z]")
"""A post with those there for whom the telegram is: "Geneva for the Delegation"."""

_AWAY = re.compile(
    r"(?P<name>(?!Embass|Consul|Mission|Legat|Delegat|Minist|Depart|Ambass|Secret|Chief|Head|Command|Office)[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s+(?:in|at)\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?$"
)
"""A person with the place where he was then: "Roe in California"."""

_TITLED_NAME = re.compile(rf"(?P<title>(?:{names.TITLE_WORDS}\s+)+)?(?P<name>{names.NAME})$")
_NOBODY = re.compile(
    r"\b(?:House|Department|Embassy|Mission|Element|Headquarters|Hague|Kong|Office|Agency|Council|Staff|Director|Secretary|Force|City|Delhi|Aviv|Berlin|Paulo|Janeiro|Penh|Lumpur|Salaam|Ababa)\b"
)


def _as_person(text: str, start: int, end: int, offset: int) -> Party | None:
    """A receiver with a title or initials is a person; a bare word may be a post."""
    words = text[start:end]
    m = _TITLED_NAME.match(words)
    if m is None or _NOBODY.search(words):
        return None
    if m["title"] or re.search(r"(?:^|\s)[A-Z]\.", words):
        return Party(
            name=m["name"], role=(m["title"] or "").strip() or None, kind="person",
            start=offset + start + m.start("name"), end=offset + end, rule="copies-to",
        )  # fmt: skip
    return None
