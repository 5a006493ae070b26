"""Where an archive page's document lies, how its copy came there, who translated it."""

from __future__ import annotations

import re

import msgspec

from kgraph import dating
from kgraph.extract import covers as cover
from kgraph.extract import fonds, naming
from kgraph.extract.papers import assembly
from kgraph.model import Date, Holding, Leg, Party, PartyKind
from kgraph.sources.page_layout import SOURCE_NOTE, Page, value_of

_OBTAINED = re.compile(
    r"\b(?P<how>[Cc]opy courtesy of|[Cc]ourtesy of|[Oo]btained(?: and translated)? by|[Oo]btained for \w+ by|[Pp]rovided to|[Pp]rovided by|[Cc]opy on file at|[Oo]n file at|[Cc]opy at"
    r"|[Cc]opy obtained by|[Cc]ontributed(?: and translated)? by|[Dd]onated to|[Dd]onated by)\s+(?:the\s+)?(?P<who>[A-Z](?:\.(?=\s?[A-Z])|\b(?:Dr|Jr|St)\.(?=\s)|[^,;.\n()])*?)(?=\s+and\s+(?:translated|published|edited)\b|[,;\n()]|(?<!\b[A-Z])\.|\s+for\s+|$)"
)
_GOT_BY = re.compile(r"(?i)courtesy of|obtained|contributed|(?:provided|donated) by")
"""Who is named had the copy and passed it on to the archive; else it was given to him."""
_SCHOOL = re.compile(
    r"\b(?:University|College|Institute|Academy|School|Center|Centre|Foundation|Archive|Programme|Program|Project)\b"
)
"""Where a translator works, behind his name."""
_TRANSLATION = re.compile(
    r"\b(?:[Tt]ranslat(?:ion|ed)(?:\s+from\s+(?:the\s+)?[\w-]+|\s+\w+)?\s+(?:for\s+\w+\s+)?by|[Tt]ranslator:?)\s+(?P<who>[A-Z][^;\n\]<>]{2,120}?)(?=\s*(?:[;\]<\n]|https?:|(?<![A-Z])\.\s|\.\]|\.$|$))"
)
_GIVEN = re.compile(
    r"(?P<who>[A-Z][\w’'-]+)\s+(?P<what>documents|papers|files)\s+(?:given|presented|handed)\s+(?:over\s+)?to\s+(?P<to>[A-Z][\w. ’'-]+?)\s+on\s+(?P<date>[^,\n]+\d{4})"
)
_HOUSE = re.compile(
    r"\b(?:University|Universit\w+|College|Institut\w*|Academy|School|Cent(?:er|re|ro)|Foundation|Fundaç\w+|Fundaci\w+|Stiftung|Fondation|Fondazione|Archiv\w*|Library|Museum"
    r"|Programme|Program|Project|Society|Service|Network|Television|Radio|Press|Corporation|Trust|Fund|Office|Stasi|Kremlin|Gestapo|Team|Group|Initiative)\b"
)
"""Words of houses that obtain and give papers, in whatever language they bear their names."""
_ARCHIVE_NAME = re.compile(
    r"(?:Wilson Center|History and Public Policy Program)(?: \w+)? Digital Archive|Wilson Center"
)


def uploaded(page: Page) -> Date | None:
    """The day on which the archive put the page on the web, under its label."""
    label = value_of(page, "Original Uploaded Date")
    here = cover.DATE.search(page.text, label[1], label[2]) if label is not None else None
    date = cover.date_from(here, "label") if here is not None else None
    return msgspec.structs.replace(date, note="upload of the page") if date is not None else None


def read_upload(page: Page, draft: assembly.Draft) -> None:
    """The last step of the copy's way: the archive put it on the web, on the day that it tells."""
    date = uploaded(page)
    shown_by = _ARCHIVE_NAME.search(page.text) or re.search(r"\bDigital Archive\b", page.text)
    if date is None:
        return
    keeper = draft.holdings[0] if draft.holdings else None
    origin = None
    if keeper is not None:
        origin = Party(name=keeper.holder, kind="body", start=keeper.start, end=keeper.end, certainty="inferred",
                       rule="custody", note="whose copy is shown")  # fmt: skip
    archive = None
    if shown_by is not None:
        archive = Party(name=" ".join(shown_by[0].split()), kind="body", start=shown_by.start(),
                        end=shown_by.end(), rule="custody")  # fmt: skip
    draft.legs.append(
        Leg(index=len(draft.legs) + 1, from_=origin, by=archive, to=Party(name="public", kind="group", rule="custody"),
            mode="digital publication", mode_text="Original Uploaded Date", date=date, series="custody",
            start=date.start, end=date.end, rule="upload-date")
    )  # fmt: skip


def translators_named(words: str, at: int) -> list[Party]:
    """Who translated, by a citation or source note that stands at `at`."""
    out: list[Party] = []
    for m in _TRANSLATION.finditer(words):
        who = re.sub(r"\s*\([^)]*\)", "", m["who"]).strip(" .,")
        who = re.sub(r"\s+for\s+(?:the\s+)?[A-Z][\w ]*$", "", who)
        named = naming.distribution(who, at + m.start("who"), "translator-in-citation")
        out.extend(one for n, one in enumerate(named) if n == 0 or not _SCHOOL.search(one.name))
    return out


def _hand(words: str, at: int) -> Party:
    """Who gave or had a copy: a body where its words say so, a country or an acronym; else a person."""
    lead = len(words) - len(words.lstrip())
    name = words.strip()
    body = _HOUSE.search(name) or naming.is_body(name) or naming.is_place(name) or name.isupper()
    of = re.search(r"\s(?:of|for)\s", name)
    named = re.fullmatch(r"(?:[^\W\d_][\w.’'-]*\s?){1,5}", name)
    kind: PartyKind = "body" if body or of or named is None else "person"
    return Party(
        name=" ".join(name.split()), kind=kind, start=at + lead, end=at + lead + len(name), rule="custody"
    )  # fmt: skip


def _hands(words: str, at: int) -> list[Party]:
    """All who had a copy: "Ada Marl and Bo Lund" are two, a house with "and" in its name is one."""
    both = re.fullmatch(r"(?P<one>.+?)\s+and\s+(?P<other>.+)", words.strip())
    if both is not None:
        begin = at + words.index(both["one"])
        two = [_hand(both[side], begin + both.start(side)) for side in ("one", "other")]
        alone = all(re.search(r"[\s.]", one.name) for one in two)
        if alone and two[0].kind == "person":
            return two
    return [_hand(words, at)]


def read_provenance(page: Page, draft: assembly.Draft) -> None:
    """Archive, way of the copy and translator, from citation, source field and source note."""
    text = page.text
    areas: list[tuple[int, int]] = []
    note = SOURCE_NOTE.search(text, page.body[0])
    if page.citation is not None:
        areas.append(page.citation.span("rest"))
    field_ = value_of(page, "Source", "Sources", "Original Archive")
    if field_ is not None:
        areas.append((field_[1], field_[2]))
    if note is not None:
        areas.append(note.span("source"))
    holdings: list[Holding] = []
    translators: list[Party] = []
    for a, b in areas:
        words = text[a:b]
        words = words.split("http")[0]
        for found in fonds.holdings(words, a):
            if all(h.shelfmark != found.shelfmark or h.holder != found.holder for h in holdings):
                holdings.append(found)
        if not holdings:
            first = fonds.named_holder(words, a)
            if first is not None:
                holdings.append(first)
        for one in translators_named(words, a):
            if all(assembly.key(one) != assembly.key(t) for t in translators):
                translators.append(one)
        if draft.legs:
            continue
        given = _GIVEN.search(words)
        if given is not None:
            giver = _hand(given["who"], a + given.start("who"))
            taker = naming.party(given["to"], a + given.start("to"), "custody")
            when = dating.parse(given["date"], offset=a + given.start("date"))
            draft.legs.append(Leg(index=1, from_=giver, to=taker, mode="custody", series="custody", date=when,
                                  start=a + given.start(), end=a + given.end(), rule="custody"))  # fmt: skip
            if holdings:
                draft.legs.append(
                    Leg(index=2, from_=taker, to=Party(name=holdings[0].holder, kind="body", start=holdings[0].start,
                        end=holdings[0].end, rule="custody"), mode="custody", series="custody", status="implied",
                        rule="custody-by-holder")
                )  # fmt: skip
        for m in _OBTAINED.finditer(words):
            keeper, *others = _hands(m["who"], a + m.start("who"))
            origin = (
                Party(name=holdings[0].holder, kind="body", rule="custody") if holdings else None
            )
            passed = _GOT_BY.search(m["how"]) is not None
            draft.legs.append(Leg(index=1, from_=origin, by=keeper if passed else None, to=None if passed else keeper,
                                  also_by=tuple(others) if passed else (), also_to=() if passed else tuple(others), mode="custody",
                                  mode_text=m["how"], series="custody", start=a + m.start(), end=a + m.end(),
                                  rule="custody"))  # fmt: skip
            if draft.legs[-1].to is None and (shown_by := _ARCHIVE_NAME.search(text)) is not None:
                draft.legs[-1] = msgspec.structs.replace(
                    draft.legs[-1],
                    to=Party(
                        name=shown_by[0],
                        kind="body",
                        start=shown_by.start(),
                        end=shown_by.end(),
                        rule="custody",
                    ),
                )
            copy_of = "copy" in m["how"].lower() and "obtained" not in m["how"]
            if copy_of and all(h.holder != keeper.name for h in holdings):
                holdings.append(Holding(holder=keeper.name, copy="another copy", start=keeper.start, end=keeper.end,
                                        rule="copy-courtesy", note=m["how"]))  # fmt: skip
    draft.holdings = tuple(holdings)
    if translators:
        draft.cover.translators.extend(translators)
