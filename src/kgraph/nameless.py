"""Whose name nobody has matched, and who has none: the node of such a party.

A name that no authority has is one person within its source; an office or a body of one name is
one thing. "Unknown", "a courier" or "einen Amtsbruder" name nobody: catalogues write them of
hundreds of people, so each document has its own; nor does "[name not declassified]".
"""

from __future__ import annotations

import re
from functools import lru_cache

from kgraph import iris
from kgraph.model import Party

UNKNOWN = re.compile(
    r"(?i)^\W*(?:ein(?:e|en|er)? )?(?:unknown|unbekannt(?:e[rn]?)?|anonym(?:ous|us)?|inconnue?|"
    r"sconosciut[oa]|desconocid[oa]|n\. ?n\.|neizvestn\w+|неизвестн\w+|nieznan[ya]|onbekend|okänd|uk(?:endt|jent)|neznám[ýá]|not known|"
    r"unidentified)(?: (?:person|sender|recipient|addressee|absender|empfänger)(?:in)?)?\W*$|^\W*\?\W*$"
)
"""What catalogues write where they do not know who wrote or to whom."""
_DESCRIBED = (
    re.compile(  # an indefinite article, as English, German, French, Italian and Spanish have it
        r"\W*(?:an?|another|some|one of the|ein|eine[mnrs]?|un|une|uno|una|des|unos|unas)\s+(?=\S)"
    )
)

_WITHHELD = re.compile(
    r"\[[^\]]*\b(?:not declassified|withheld)\b[^\]]*\]|^(?:\d+ )?\w+ not declassified$",
    re.IGNORECASE,
)


def withheld(words: str) -> bool:
    """Whether an editor prints a note in the place of a name: "[place not declassified]"."""
    return _WITHHELD.search(words) is not None


@lru_cache(maxsize=50_000)
def names_nobody(words: str) -> bool:
    """Whether words stand for somebody without telling who.

    >>> names_nobody("einen Amtsbruder"), names_nobody("N.N."), names_nobody("a courier")
    (True, True, True)
    >>> names_nobody("A. Courier"), names_nobody("Unity Mitford"), names_nobody("des Voeux")
    (False, False, False)
    >>> names_nobody("[name not declassified]"), names_nobody("Station in [place not declassified]")
    (True, True)
    """
    if UNKNOWN.match(words) or withheld(words):
        return True
    article = _DESCRIBED.match(words)
    if article is None:
        return False
    return not (article[0].strip() in ("des", "un") and words[article.end()].isupper())


_COMPLETED = re.compile(
    r"\[(?P<added>[^\W\d_][^\[\]\d]{0,30})\]|(?<=[^\W\d_])\](?=[\s.,]|$)|^\[(?=[^\W\d_])"
)


@lru_cache(maxsize=50_000)
def completed(name: str) -> str:
    """A name without the brackets in which an editor completes it.

    >>> completed("C[ordell] H[ull]"), completed("[Robert A.] L[ovett]"), completed("W[inston S. Churchill]")
    ('Cordell Hull', 'Robert A. Lovett', 'Winston S. Churchill')
    >>> completed("[name not declassified]"), completed("[illegible]"), completed("[?]")
    ('[name not declassified]', '[illegible]', '[?]')
    """
    if "[" not in name and "]" not in name:
        return name
    whole = " ".join(_COMPLETED.sub(lambda m: m["added"] or "", name).split())
    told = whole[:1].isupper() and not withheld(name) and not names_nobody(whole)
    return whole if told and "[" not in whole else name


def node_of(party: Party, source: str, record: str) -> str:
    """Local id of a party: its link, or one made of its name, in `source` or in `record` alone."""
    if party.id:
        return party.id
    if not names_nobody(party.name):
        return iris.unresolved(completed(party.name), party.kind, source)
    within = record.partition("/")[2] or record
    kind = {"body": "body", "office": "body", "group": "group"}.get(party.kind, "person")
    return f"{kind}/{iris.slug(source)}/{iris.slug(within)}-{iris.slug(party.name)}"
