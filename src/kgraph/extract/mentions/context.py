"""What stands around a noun in running text: determiner, adjectives, nation, owner, complement."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from kgraph.extract.mentions.nouns import OPENERS

NATION = (
    r"(?:Soviet|American|British|French|West German|East German|German|Chinese|Japanese|Italian|Russian|USSR|USA|US|U\.S\.|UK|U\.K\.|UN|GDR|FRG|"
    r"Indian|Cuban|Israeli|Arab|Egyptian|Polish|Turkish|Greek|Spanish|Swiss|Dutch|Czech|Western|Eastern|Allied|Communist|Sov|Amer|"
    r"Imperial|Royal|Provisional|National|Federal|Reich|United States|Soviet Union|North Korean|South Korean|"
    r"[A-Z][a-z]+(?:ian|ese|ish|ani|ean|aqi|eli|ench|alan|ino|can))"
)
"""A nation as an adjective."""
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
CAPS = r"(?:U\.S\.|[A-Z][\w’'-]*\w(?:’(?=\s))?)"
DETERMINERS = frozenset(
    [
        "the",
        "my",
        "your",
        "his",
        "her",
        "our",
        "their",
        "its",
        "both",
        "this",
        "that",
        "a",
        "an",
        "all",
        "other",
        "these",
        "several",
        "no",
        "some",
        "any",
    ]
)
OWN = frozenset(["my", "your", "his", "her", "our", "their", "its"])
_STOP = frozenset(
    ["of", "to", "in", "at", "by", "with", "from", "and", "or", "for", "on", "was", "were", "had", "been", "has", "have", "be", "is", "are", "as", "not", "into", "upon", "after", "before", "during", "than", "which", "who", "but", "about", "regarding", "concerning", "between", "through", "until", "since", "over", "under", "against", "if", "when", "while", "because", "said", "gave", "told", "handed", "sent"]
)  # fmt: skip
_PEOPLES = frozenset(
    ["Soviet", "American", "British", "French", "German", "Chinese", "Japanese", "Italian", "Russian", "USSR", "USA", "US", "U.S.", "UK", "U.K.", "UN", "GDR", "FRG", "Indian", "Cuban", "Israeli", "Arab", "Egyptian", "Polish", "Turkish", "Greek", "Spanish", "Swiss", "Dutch", "Czech", "Thai", "Iraqi", "Saudi", "Western", "Eastern", "Allied", "Communist", "Sov", "Amer", "Imperial", "Royal", "Provisional", "National", "Federal", "Reich", "Danish", "Finnish", "Welsh", "Scottish", "Irish", "Portuguese", "Filipino"]
)  # fmt: skip
_PEOPLE_ENDS = ("ian", "ese", "ish", "ani", "ean", "eli", "alan", "ican", "dan")
_PAIRS = {
    "States": "United", "Union": "Soviet", "German": ("West", "East"), "Korean": ("North", "South"),
    "Vietnamese": ("North", "South"), "Kingdom": "United", "American": ("Latin", "North"),
}  # fmt: skip
_BETWEEN = ("peace ", "summit ", "trade ", "press ", "arms ", "missile ", "nuclear ", "border ")
"""What may stand between the name of an event and its noun: "the Geneva peace talks"."""
_SMALL = frozenset(("of", "and", "for", "on", "de", "the", "in"))
_OF = re.compile(
    r"\s(?P<word>of|with|between|in|at|to|against|by|from|on|near|through|about|over|concerning|for)\s"
)
_JOIN = re.compile(r",\s(?:and\s)?|\sand\s")
DATE = rf"(?:{MONTH}\s\d{{1,2}}(?:st|d|nd|rd|th)?(?:,\s\d{{4}})?|(?:the\s)?\d{{1,2}}(?:st|d|nd|rd|th)?(?:\sof)?\s{MONTH}(?:,?\s\d{{4}})?|{MONTH}\s\d{{4}}|1[789]\d\d)"
_DATED = re.compile(  # by the first letter of what follows: most words fall out there
    rf"(?=,?\s[JFMASOND\dodty]),?[ \u00a0](?:(?:of|dated|on)\s(?:the\s)?)?{DATE}|\s(?:yesterday|of (?:yesterday|today))\b"
)
_SOMEWHERE = re.compile(
    rf"(?!{MONTH}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|I\b)(?:the\s)?{CAPS}(?:\s{CAPS})*"
)


class Left(msgspec.Struct, frozen=True, gc=False):
    """What stands left of a noun, nearest last: "the" "present" "Soviet" | government."""

    det: str  # in small letters, "" where there is none
    start: int  # of the determiner, or of the nation, or of the noun
    words: tuple[str, ...]  # adjectives in small letters
    nation: int | None  # where the nation begins


class Around:
    """Reads what stands around nouns of one text.

    `ends` maps the beginnings of mentions found before to their ends, `owners` their ends
    to their beginnings; the caller puts new ones into both as they come.
    """

    def __init__(self, text: str, ends: Mapping[int, int], owners: Mapping[int, int]) -> None:
        self.text = text
        self.ends = ends
        self.owners = owners

    def left(self, start: int) -> Left:
        """Determiner, up to three adjectives and a nation before `start`."""
        text = self.text
        if not start or text[start - 1] != " ":
            return Left("", start, (), None)
        space = text.rfind(" ", 0, start - 1)
        last = text[space + 1 : start - 1]
        if last in _STOP:
            return Left("", start, (), None)
        low = last.lower()
        if low in DETERMINERS and space >= 0:
            return Left(low, space + 1, (), None)
        tokens = text[max(0, start - 60) : start - 1].split(" ")
        at = start
        i = len(tokens) - 1
        nation: int | None = None
        while i >= 0 and tokens[i][:1].isupper():
            token = tokens[i]
            if not is_nation(token):
                pair = _PAIRS.get(token)
                if not (pair and i and tokens[i - 1] in pair):
                    break
            at -= len(token) + 1
            nation = at
            i -= 1
            first = _PAIRS.get(token)
            if first and i >= 0 and (tokens[i] == first or tokens[i] in first):
                at -= len(tokens[i]) + 1
                nation = at
                i -= 1
            if i > 0 and tokens[i] == "and" and is_nation(tokens[i - 1]):
                at -= 4
                i -= 1
        words: list[str] = []
        begin = at
        while i >= 0 and len(words) < 4:
            token = tokens[i]
            low = token.lower()
            if low in DETERMINERS and token.isalpha():
                at -= len(token) + 1
                return Left(low, at, tuple(reversed(words)), nation)
            if not (token[:1].islower() or token[:1].isdigit()) or low in _STOP or len(words) == 3 or not token.replace("-", "").isalnum():  # fmt: skip
                break
            words.append(token)
            at -= len(token) + 1
            i -= 1
        return Left("", nation if nation is not None else begin, (), nation)

    def capitals(self, start: int, most: int = 4) -> tuple[int, list[str], bool] | None:
        """The capitalised words before a noun, with small words between them, as (start of
        the first, or of "the" before it; the words; whether "the" or a possessive stands there)."""
        text = self.text
        if not start or text[start - 1] != " ":
            return None
        first = max(0, start - 80)
        first = max(first, text.rfind("\n", first, start) + 1)
        last = text.rfind(" ", first, start - 1) + 1
        if not text[last or first].isupper():
            return None
        tokens = text[first : start - 1].split(" ")
        at = start
        i = len(tokens) - 1
        words: list[str] = []
        begin = start
        small = 0
        while i >= 0 and len(words) < most:
            token = tokens[i]
            bare = token[:-1] if token[-1:] == "," and words else token
            if token[:1].isupper() and (bare.replace("’", "").replace("-", "").replace("'", "").isalnum() or bare == "U.S."):  # fmt: skip
                if token.lower() in DETERMINERS:
                    break
                at -= len(token) + 1
                begin = at
                words.insert(0, token)
                small = 0
            elif (
                words
                and token in _SMALL
                and small < 2
                and (token != "the" or (i and tokens[i - 1] in _SMALL))
            ):
                at -= len(token) + 1
                small += 1
            else:
                break
            i -= 1
        if not words:
            return None
        if small:  # "of the" with nothing capitalised before it
            return begin, words, False
        if i >= 0 and tokens[i].lower() in DETERMINERS:
            the = tokens[i].lower() in ("the", "this", "all") or tokens[i].lower() in OWN
            return (begin - len(tokens[i]) - 1 if the else begin), words, the
        return begin, words, False

    def modified(self, start: int) -> int | None:
        """Where a name begins that stands before a noun as an adjective, with its "the":
        "the Geneva talks", "Potsdam agreement"."""
        found = self.capitals(start, 3)
        if found is None and self.text.endswith(_BETWEEN, max(0, start - 8), start):
            between = next(one for one in _BETWEEN if self.text.endswith(one, 0, start))
            found = self.capitals(start - len(between), 3)
        if found is None or found[1][0] in OPENERS:
            return None
        return found[0]

    def mention_at(self, at: int) -> int | None:
        """The end of the mention that begins at `at`, or after "the " there."""
        stop = self.ends.get(at)
        if stop is None and self.text[at : at + 4] == "the ":
            stop = self.ends.get(at + 4)
        return stop

    def complement(self, end: int, words: tuple[str, ...], *, capitals: bool = False) -> int:
        """The end of the complements that follow `end`, each a mention found before; with
        `capitals` also capitalised words that nothing knows."""
        for _ in range(3):
            found = _OF.match(self.text, end) if self.text[end : end + 1] == " " else None
            if found is None or found["word"] not in words:
                break
            stop = self.mention_at(found.end())
            if stop is None and capitals and found["word"] in ("of", "on", "at", "in", "to", "with"):  # fmt: skip
                named = _SOMEWHERE.match(self.text, found.end())
                stop = self.trim(named.end()) if named else None
            if stop is None:
                break
            end = stop if found["word"] in ("of", "in", "at") else self._row(stop)
        return end

    def _row(self, stop: int) -> int:
        """The end of "A, B and C" where A ends at `stop`; `stop` where no "and" follows."""
        at = stop
        for _ in range(4):
            joined = _JOIN.match(self.text, at)
            further = self.mention_at(joined.end()) if joined else None
            if joined is None or further is None:
                return stop
            if "and" in joined.group():
                return further
            at = further
        return stop

    def trim(self, stop: int) -> int:
        """`stop` without a possessive."""
        return stop - 2 if self.text[stop - 2 : stop] in ("’s", "'s") else stop

    def dated(self, end: int) -> int:
        """`end`, or where a date ends that follows it."""
        if self.text[end : end + 1] not in (" ", ","):
            return end
        found = _DATED.match(self.text, end)
        return found.end() if found else end

    def owner(self, start: int) -> int | None:
        """Where the possessor of a noun begins: "Kennedy’s [planned] visit"."""
        before = self.text[max(0, start - 34) : start]
        if "’" not in before and "'" not in before:
            return None
        at = max(before.rfind("’"), before.rfind("'"))
        between = before[at + 1 :].split(" ")
        if between[0] not in ("s", "") or between[-1] or len(between) > 4 or "" in between[1:-1]:
            return None
        if not all(word.replace("-", "").isalnum() for word in between[1:-1]):
            return None
        return self.owners.get(start - len(before) + at)


def is_nation(token: str) -> bool:
    """Whether a word is a nation as an adjective: "Soviet", "US", "Franco-German", "Bolivian"."""
    if token in _PEOPLES:
        return True
    if not token[:1].isupper() or token == "These":
        return False
    if token.endswith(_PEOPLE_ENDS) and len(token) > 4 and token.isalpha():
        return True
    return "-" in token and all(part in _PEOPLES or part.endswith("o") for part in token.split("-"))
