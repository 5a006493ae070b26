"""Who is meant by an office whose holder died in it: "the President" in November 1963.

"The President’s funeral" is that of the dead one, whenever it is told. In the days after, the
words around decide, or the hour of writing where it is told; what neither decides stays open,
with both candidates.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from kgraph.authorities.offices import Described, OfficeTable
from kgraph.authorities.setting import Found, Setting
from kgraph.model import Mention

_DEATH = re.compile(
    r"\b(?:assassinat|murder|death|died|deceased|late\b|funeral|killed|slain|grief|sorrow|"
    r"condolence|widow|mourn|burial|passing|tragic)",
    re.I,
)
_SUCCESSION = re.compile(r"\b(?:new|succe|sworn|swearing|took office|assumed)", re.I)
_LIVING = re.compile(
    r"(?:\s(?:\w+ly|also|then|himself))?\s(?:said|stated|told|asked|announced|received|hosted|expressed|replied|spoke)\b"
)
_VOCATIVE = re.compile(r"(?:dear\s)?mr\.?\s?president\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?:['’]s(?:\s\w+)?)?\s(?:had|was|would have|always|never)\b")
"""What may tell of the time before: "the President had said"."""
_KILLED = r"assassinat(?:ion|ed)|murder(?:ed)?|killing|killed|slain|shot|slaying"
_ITS_DEATH = re.compile(
    rf"['’]s?\s(?:tragic\s|untimely\s|sudden\s|brutal\s)?(?:(?P<killed>{_KILLED}|assassins?|murderers?)|death|funeral|burial|passing)\b(?!\ssentence)"
    rf"|\s(?:was|is|had been|has been)\s(?:\w+ly\s)?(?:(?P<slain>{_KILLED})|dead|buried)\b|\s(?:has|had)\sdied\b"
)
_DEATH_OF = re.compile(
    rf"\b(?<!attempted )(?:(?P<killed>{_KILLED}|assassins?|murderers?)|death|funeral|burial|passing)\sof\s$", re.IGNORECASE
)  # fmt: skip


def death_of(text: str, start: int | None, end: int | None) -> str | None:
    """Whether the words that stand from `start` to `end` are those of whose death a text tells:
    "died", "killed" or None.

    >>> death_of("the murder of the President", 14, 27)
    'killed'
    """
    if start is None or end is None:
        return None
    found = _ITS_DEATH.match(text, end) or _DEATH_OF.search(text, max(0, start - 40), start)
    if found is None:
        return None
    return "killed" if any(found.groupdict().values()) else "died"


def turned(
    read: Described, side: str, mention: Mention, setting: Setting, offices: OfficeTable
) -> Described | None:
    """`read` when a holder died in office, where the words around or the hour of writing
    decide who is meant; None where they leave it open."""
    if read.late or read.new or setting.first is None or setting.last is None:
        return read
    gone = offices.death(read.office, side, setting.last)
    spoken = death_of(setting.text, mention.start, mention.end)
    if setting.wide:
        return msgspec.structs.replace(read, late=True) if spoken else read
    if gone is None or gone.last is None:
        return None if spoken else read
    if setting.moment and gone.ended and setting.moment < gone.ended:
        return read  # written while he lived
    if spoken:
        killed = gone.end == "killed" or spoken != "killed"
        return msgspec.structs.replace(read, late=True) if killed else None
    days = (date.fromisoformat(setting.first) - date.fromisoformat(gone.last)).days
    if not 0 <= days < 10:
        return read
    around = ""
    if setting.text and mention.start is not None and mention.end is not None:
        around = setting.text[max(0, mention.start - 80) : mention.end + 80]
    dead, heir = _DEATH.search(around), _SUCCESSION.search(around)
    late, new = (msgspec.structs.replace(read, **{k: True}) for k in ("late", "new"))
    if _VOCATIVE.match(mention.text):  # whoever is addressed, lives
        return new if days >= 1 or _DEATH.search(setting.text) else None
    if days >= 3 and mention.end is not None and _LIVING.match(setting.text, mention.end):
        return new
    if days >= 3:
        return None if dead and not heir else new
    if heir and not dead:
        return new
    if dead:
        return late
    begun = offices.holders(read.office, side, setting.first, setting.last, new=True, moment=setting.moment)  # fmt: skip
    after = setting.moment and begun and begun[0] != gone.person
    return new if after and not _BEFORE.match(setting.text, mention.end or 0) else None


def either(read: Described, side: str, setting: Setting, offices: OfficeTable) -> Found | None:
    """The candidates for words of days in which an office changed hands, none of them sure."""
    if setting.first is None or setting.last is None:
        return None
    gone = offices.death(read.office, side, setting.last)
    heir = offices.holders(read.office, side, setting.first, setting.last, new=True)
    if gone is None or not heir or heir == [gone.person]:
        return None
    return Found(heir[0], 0.5, (f"or {gone.person}, who died in the office",))
