"""Documents named by their number in an edition: "Document 34", "vol. XIII, Document 71".

The Foreign Relations series names its volumes by years, number and part
(``frus1961-63v13``, ``frus1969-76ve05p2``) and numbers the documents of each, so that a
citation tells the document's id, whether the volume is at hand or not.
"""

from __future__ import annotations

import re

_VOLUME_ID = re.compile(r"^(?P<years>frus\d{4}(?:-\d{2,4})?)v(?P<number>e?\d+)(?P<part>p\d)?/d\d")
_CITED = re.compile(
    r"(?:(?P<first>1[89]\d\d)[–-](?P<last>(?:1[89])?\d\d), )?[Vv]ol(?:ume|\.) (?P<electronic>E[–-])?(?P<number>[IVXLC]+|\d+)"
    r"(?:, [Pp]art (?P<part>\d|[IV]+))?,[^;()]{0,90}?\(?\bDocuments? (?P<documents>\d[\d, –-]*(?:and \d[\d–-]*)?)"
)
_LISTED = re.compile(r"(\d{1,4})(?:[–-](\d{1,4}))?")
_LONGEST = 40
"""Documents of a range that are named one by one; a longer range stays with its words."""


def numbers(words: str) -> list[int]:
    """The numbers that a list of documents stands for.

    >>> numbers("Documents 132, 133, and 135–138")
    [132, 133, 135, 136, 137, 138]
    """
    found: list[int] = []
    for first, last in _LISTED.findall(words):
        end = int(last or first)
        if last and len(last) < len(first):  # "135-38"
            end = int(first[: -len(last)] + last)
        if int(first) <= end < int(first) + _LONGEST:
            found.extend(range(int(first), end + 1))
    return found


def volume_documents(words: str, citing: str) -> list[str]:
    """Ids of the documents that a citation by volume and number names, in the series of the
    document `citing`; none where the words tell neither.

    >>> volume_documents("vol. XIII, Document 71", "frus1961-63v15/d8")
    ['frus1961-63v13/d71']
    >>> volume_documents("Foreign Relations, 1964–1968, volume XIV, Soviet Union, Document 5", "frus1969-76v12/d1")
    ['frus1964-68v14/d5']
    >>> volume_documents("Foreign Relations, 1952-1954, vol. IV, p. 7 (Document 3)", "frus1952-54Guat/d6")
    ['frus1952-54v04/d3']
    """
    own, cited = _VOLUME_ID.match(citing), _CITED.search(words)
    if cited is None or not citing.startswith("frus") or not (own or cited["first"]):
        return []
    years = own["years"] if own else ""
    if cited["first"]:
        years = f"frus{cited['first']}-{cited['last'][-2:]}"
    number = _arabic(cited["number"])
    part = f"p{_arabic(cited['part'])}" if cited["part"] else ""
    volume = f"{years}v{'e' if cited['electronic'] else ''}{number:02}{part}"
    return [f"{volume}/d{n}" for n in numbers(cited["documents"])]


def _arabic(numeral: str) -> int:
    """A number in Roman or Arabic figures."""
    if numeral.isdigit():
        return int(numeral)
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in numeral]
    after = [*values[1:], 0]
    return sum(-v if v < w else v for v, w in zip(values, after, strict=True))
