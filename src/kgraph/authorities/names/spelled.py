"""Title and name of a person as running text gives them together."""

from __future__ import annotations

import re

from kgraph.authorities.names.words import FEMALE_TITLES

_LOWER_BRACKET = re.compile(r"\s*[\[(](?![^\])]*\b(?:ambassador|secretary|adviser|advisor)\b)[a-z][^\])]*[\])]")  # fmt: skip


def spelled_title(text: str) -> tuple[str | None, str]:
    """Title and name of "French Ambassador Alphand": ("French Ambassador", "Alphand").

    Editors' brackets around parts of a name are opened, explanations in brackets dropped.
    """
    text = _LOWER_BRACKET.sub("", text)
    text = re.sub(r"[\[\]]", "", text)
    text = " ".join(text.split())
    words = text.split(" ")
    last = -1
    for i, word in enumerate(words[:-1]):
        if word.lower().strip(".,") in _TITLE_WORDS or word.lower().endswith("-elect"):
            last = i
    if last < 0:
        return None, text
    i = last + 1
    while i < len(words) - 1 and words[i].lower() in ("to", "in", "of", "for", "the", "and"):
        # "Ambassador to Moscow", "President of the United States of America"
        i += 1
        while i < len(words) - 1 and words[i] in _POST_WORDS:
            i += 1
    name = words[i:]
    if not name or not name[0][:1].isupper():
        return None, text
    return " ".join(words[:i]), " ".join(name)


_TITLE_WORDS = frozenset(
    str.split(
    """president ambassador minister secretary premier chairman chancellor adviser advisor assistant director 
    consul chargé charge attorney representative governor senator general marshal admiral colonel king queen 
    prince princess comrade mr mrs miss dr sir lord lady justice envoy counselor counsellor leader judge 
    captain major lieutenant commissioner professor speaker"""
    )
)  # fmt: skip
_POST_WORDS = frozenset(
    str.split(
    """Moscow Washington London Paris Bonn Havana the United States America of USSR USA U.S. US Soviet Union 
    State Defense Treasury Foreign Affairs France Britain Great Germany Cuba Council Ministers Presidium 
    Supreme Embassy"""
    )
)  # fmt: skip


def female_title(role: str | None) -> str:
    """ "Mrs. " where a role has a lady's title, to be put before the name."""
    if role and any(w.strip(".").lower() in FEMALE_TITLES for w in role.split()):
        return "Mrs. "
    return ""
