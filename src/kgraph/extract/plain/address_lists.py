"""To whom and from whom a memorandum goes, in a text that runs on: "TO The Secretary of State The
Secretary of Defense SUBJECT Wells"."""

from __future__ import annotations

import re

_LABEL = r"(?:TO|FROM|THROUGH)"
_NAMED = r"(?=(?:The\s)?[A-Z][a-z])"
_FIRST = re.compile(rf"(?P<label>{_LABEL})\s{_NAMED}")
_LATER = re.compile(rf"\s(?P<label>{_LABEL})\s?:\s{_NAMED}")
"""Behind the head of the paper it was written on."""
_NEXT = re.compile(rf"\s(?:(?P<label>{_LABEL})\s?:?\s{_NAMED}|(?=SUBJECTS?\b|Subject:))")
_THE = re.compile(r"\s(?=The\s[A-Z])")
_OFFICE = re.compile(
    r"(?<![,&])(?<!\bof)(?<!\bthe)(?<!\bfor)(?<!\bto)(?<!\band)(?<!Under)(?<!Assistant)(?<!Deputy)(?<!Acting)(?<!Executive)(?<!Vice)"
    r"\s(?=(?:(?:Under|Assistant|Deputy|Acting)\s)*(?:Secretary|Director|Administrator|Chairman|Attorney General|Vice President|Special Assistant)\b)"
)
_HEAD = 160
"""Characters within which the lists must begin."""
_MOST = 1500
"""Characters of the lists at most."""


def parted(block: str) -> list[str]:
    """Labels and who is named below them, each by itself, and what follows from the subject on.

    >>> parted("TO The Secretary of State The Secretary of Defense SUBJECT Wells They are dry.")
    ['TO', 'The Secretary of State', 'The Secretary of Defense', 'SUBJECT Wells They are dry.']
    >>> parted("TO The President I write of wells.")
    ['TO The President I write of wells.']
    """
    first = _FIRST.match(block) or _LATER.search(block, 0, _HEAD)
    if first is None:
        return [block]
    out = [block[: first.start()]] if first.start() else []
    label, at = first["label"], first.end()
    while (found := _NEXT.search(block, at, _MOST)) is not None:
        out += [label, *_named(block[at : found.start()])]
        at = found.end()
        if found["label"] is None:
            return [*out, block[at:].strip()]
        label = found["label"]
    return [block]


def _named(words: str) -> list[str]:
    between = _THE if words.startswith("The ") else _OFFICE
    return [one.strip() for one in between.split(words) if one.strip()]
