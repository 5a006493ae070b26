"""Words above or before the lists at the head of a document: TO, FROM, PARTICIPANTS, cc."""

from __future__ import annotations

import re

LABELS = re.compile(
    r"^(?P<label>TO|FROM|MEMORANDUM FOR|MEMORANDUM TO|FM|THROUGH|VIA|SUBJECT|SUBJECTS|RE|REF|PARTICIPANTS|PARTICIPATION|OTHERS PRESENT|ALSO PRESENT|ATTENDANCE|ATTENDEES|PRESENT|CC|INFO|COPIES TO|COPIES|DISTRIBUTION|PLACE|LOCATION|TIME|DATE|To|From|Subject|Participants|Present|Copies [Tt]o|Distribution|Attendance|Date|Time|Place|IN ATTENDANCE|(?:THOSE |PERSONS |MEMBERS )?(?:ATTENDING|PRESENT)(?: (?:AT )?THE [A-Z]{4,12})?(?: WERE)?|Those (?:attending|present)(?: (?:at )?the [a-z]{4,12})?(?: were)?)\s*(?:[:—–]\s*|\n|$)(?P<rest>.*)$",
    re.DOTALL,
)
LIST_OF = {
    "to": "to", "memorandum for": "to", "memorandum to": "to", "from": "from", "fm": "from", "subject": "subject", "subjects": "subject", "re": "subject",
    "participants": "participants", "present": "participants", "participation": "participants", "others present": "participants", "also present": "participants", "attendance": "participants", "attendees": "participants", "cc": "cc", "info": "cc", "copies to": "cc",
    "through": "through", "via": "through", "ref": "ref", "place": "ref", "location": "ref", "time": "ref", "date": "ref",
    "copies": "cc", "distribution": "cc",
}  # fmt: skip
_SPACED = re.compile(r"(?:[A-Z]\s){4,}[A-Z]\s?[:.]?")  # "P R E S E N T"
_AROUND = re.compile(r"^(?:(?:also|those|persons|others)\s+)|\s+by$|[\s:.—–-]+$")
_ATTENDING = re.compile(
    r"(?:the )?[\w.]+(?: [\w.]+){0,2} (?:participants|side)|attendance|attendees|participation"
    r"|(?:members )?(?:attending|present)(?: (?:at )?the [a-z]{4,12})?(?: were| included)?"
)


def listed_below(label: str) -> str:
    """What a list below one of `LABELS` holds.

    >>> listed_below("Copies to"), listed_below("THOSE ATTENDING THE MEETING WERE")
    ('cc', 'participants')
    """
    return LIST_OF.get(label.lower(), "participants")


def kind_of(words: str) -> str | None:
    """What a list below such words holds, or None.

    >>> kind_of("Participants:"), kind_of("Those present"), kind_of("Danish participants")
    ('participants', 'participants', 'participants')
    """
    if len(words) > 40:
        return None
    if _SPACED.fullmatch(words):
        words = words.replace(" ", "")
    bare = _AROUND.sub("", words.lower())
    if _ATTENDING.fullmatch(bare):
        return "participants"
    return LIST_OF.get(bare)
