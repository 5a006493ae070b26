"""How a quoted letter came into the hands of whoever quotes it."""

from __future__ import annotations

import re

from kgraph.extract.papers import quoted
from kgraph.model import Leg, Party

_HANDED = re.compile(
    r"(?P<who>[A-ZÀ-Þ][\w’'-]+)\s+(?:then\s+|also\s+|personally\s+)?(?P<verb>handed|conveyed|gave|delivered|passed|transmitted|presented)"
    r"\s+(?:over\s+)?(?:to\s+)?(?:me|us)\b[^.]{0,90}\b(?:letter|message|note|memorandum)"
)
_DELIVERED_BY = re.compile(
    r"\b(?:letter|message|note)\s+(?:which was\s+|just\s+)?(?P<verb>delivered|handed over|handed|received)\s+today\s+(?:by|from)\s+(?P<who>[A-ZÀ-Þ][\w’'-]+)"
)
_THROUGH = re.compile(
    r"(?P<teller>[A-ZÀ-Þ][\w’'-]+)\s+(?:noted|said|added|explained|stated|remarked)\s+that\s+(?:she|he)\s+(?:had\s+)?"
    r"(?P<verb>given|passed|handed|sent|transmitted)\s+(?:on\s+)?(?:him\s+)?(?:this|the|that|her|his)\s+letter\s+(?:to\s+him\s+)?"
    r"through\s+(?P<via>[A-ZÀ-Þ][\w’'-]+)"
)
_ASKED = re.compile(
    r"(?P<teller>[A-ZÀ-Þ][\w’'-]+)\s+said\s+that\s+[^.]{3,120}?\s+(?:had\s+)?asked\s+(?:him\s+)?to\s+(?:pass|convey|deliver|transmit)[^.]{0,120}?"
    r"\bthrough\s+me\b"
)


def hand_legs(
    text: str, inner: quoted.Inner, sender: Party | None, writer: Party | None
) -> list[Leg]:
    """How a quoted letter came into the hands of the telegram's sender, as the words
    before it tell: "Thompson handed me a letter", "she had given it to him through Bundy"."""
    begin = max(0, inner.start - 1600)
    before = text[begin : inner.start]
    out: list[Leg] = []

    def who(found: re.Match[str], group: str) -> Party:
        a = begin + found.start(group)
        return Party(
            name=found[group], kind="person", start=a, end=a + len(found[group]), rule="hand-over"
        )

    through = _THROUGH.search(before)
    if through is not None:
        via, teller = who(through, "via"), who(through, "teller")
        for giver, taker in ((writer, via), (via, teller)):
            out.append(
                Leg(
                    index=len(out) + 1,
                    from_=giver,
                    to=taker,
                    mode="hand delivery",
                    mode_text=through["verb"],
                    start=begin + through.start(),
                    end=begin + through.end(),
                    rule="hand-over",
                )
            )
    handed = None
    for pattern in (_HANDED, _DELIVERED_BY, _ASKED):
        handed = pattern.search(before)
        if handed is not None:
            break
    if handed is not None:
        group = "teller" if handed.re is _ASKED else "who"
        verb = handed.groupdict().get("verb") or "through me"
        one = who(handed, group)
        out.append(
            Leg(
                index=len(out) + 1,
                from_=one,
                to=sender,
                mode="hand delivery",
                mode_text=verb,
                start=begin + handed.start(),
                end=begin + handed.end(),
                rule="hand-over",
                status="implied" if handed.re is _ASKED else "stated",
            )
        )
    return out
