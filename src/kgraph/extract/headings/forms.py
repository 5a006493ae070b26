"""Which form of document a heading names: telegram, memorandum of conversation, note ..."""

from __future__ import annotations

import re
from functools import lru_cache

from kgraph.model import Form

_FORMS: tuple[tuple[str, Form, str], ...] = (
    (r"editorial note", "editorial-note", "editorial"),
    (r"(?:memorand(?:um|a)|memo|minutes|record|notes?|summary|transcript|report|draft memorandum|informal notes|stenographic notes|rough notes|précis|resume|synopsis|verbatim record)\b"
     r"(?!,?\s+(?:prepared|by|from|to|for)\b)[^.]{0,60}?\b(?:telephone )?conversations?\b|telephone conversation|conversation (?:between|with|among)|telcon|memcon", "memorandum-of-conversation", "conversation telcon memcon"),
    (r"(?:memorandum|minutes?|notes?|record|summary(?: record)?|transcript|summary minutes|agreed minutes|verbatim record|proceedings|proces[- ]verbal|procès[- ]verbal|protocol|(?:report|log|account)(?=[^.]{0,90}\b(?:meetings?|conference|discussions?|session|talks?|briefing|dinner|lunch(?:eon)?|interview|audience)\b))\b(?!,?\s+(?:prepared|by|to|on)\b|,?\s+from\s+(?!(?:an?\s|the\s)?(?:lunch|luncheon|dinner|breakfast|meeting)\b))"
     r"(?: (?:of|for|on|from)(?: the| an?)?|:)?[^.]{0,70}?\b(?:meetings?|conference|discussions?|session|talks?|council|committee|briefing|dinner|lunch(?:eon)?|interview|audience|actions?|decisions?)\b", "minutes", "meeting conference discussion session talk council committee briefing dinner lunch interview audience action decision"),
    (r"^(?:protocol|procès[- ]verbal) no\. ?\d+[\s.—–-]+(?:meeting|session|sitting)\b", "minutes", "meeting session sitting"),
    (r"minutes\b", "minutes", "minutes"),
    (r"(?:circular |information )*airgram", "telegram", "airgram"),
    (r"(?:[a-z-]+ ){0,3}(?:telegram|cablegram|cable|teletype message|radiogram)\b", "telegram", "telegram cable teletype radiogram"),
    (r"despatch|dispatch|instruction\b|circular instruction", "despatch", "despatch dispatch instruction"),
    (r"letter\b|(?:draft |personal |handwritten |open )+letter", "letter", "letter"),
    (r"(?:oral |backchannel |back-channel |personal |draft |special )*message|hotline message", "message", "message"),
    (r"(?:diplomatic |verbal |draft |intelligence |information )*note\b(?! of an?\b)|note verbale", "note", "note"),
    (r"aide[- ]m[ée]moire|pro[- ]memoria", "note", "aide memoria"),
    (r"(?:[a-z-]+ ){0,4}(?:action )?memorand(?:um|a)\b|memo\b|national security (?:action|decision|study) (?:memorandum|directive)|presidential (?:directive|review memorandum)", "memorandum", "memo directive"),
    (r"press release|communiqu[ée]|(?:statement|declaration) (?:to the press|issued)|press statement|joint statement", "press-release", "press communiqu statement declaration"),
    (r"^(?!notes?\b|memo|letter|telegram|message|report|paper|record|summary)(?:[\w.’'–—-]+ ){0,7}?meeting\b(?=\s*(?:,|$|of\b|with\b))", "minutes", "meeting"),
    (r"resolution", "resolution", "resolution"),
    (r"(?:bipartite |tripartite )?(?:record|memorandum)\b", "memorandum", "record memorandum"),
    (r"notes\b", "note", "notes"),
)  # fmt: skip
"""How headings name a form, the form, and words of which a heading that names it so has one."""
_FORM_RES = tuple(
    (re.compile(pattern, re.IGNORECASE), form, words.split()) for pattern, form, words in _FORMS
)
_EXTRACTS = re.compile(r"^(?:Extracts?|Excerpts?)\s+(?:[Ff]rom|[Oo]f)\s+")
_HEAD_ENDS = re.compile(r"(?<=\S)\s(?:[Ff]rom|FROM)\s|\.\s(?=[A-Z])|,\s(?:[A-Z][a-z]+ \d)")
_TO = re.compile(r"\s(?:to|for)\s(?:the\s|[A-Z])")
_SOMEBODY = re.compile(r"(?:the|The|THE|Mr\.|Mrs|President|Sir|Lord|Prime|General)\b")
_PAPER = re.compile(
    r"(?i)telegram|letter|memorandum|note|message|airgram|despatch|dispatch|instruction"
)
_SENDER = re.compile(
    r"(?:The|Mr\.|Messrs\.|Mrs\.|Sir|Lord|President|Prime|Acting|Secretary|Prince|Count|Baron|General)\s"
)


@lru_cache(maxsize=4096)
def form_named(title: str) -> tuple[Form, str | None, tuple[int, int] | None]:
    """The form that a heading names, the words that name it, and their span; "other" for none.

    >>> form_named("Telegram From the Embassy in Ruritania")
    ('telegram', 'Telegram', (0, 8))
    """
    title = _EXTRACTS.sub(lambda m: " " * len(m[0]), title)
    head = _HEAD_ENDS.split(title, maxsplit=1)[0]
    to = _TO.search(head)
    if to is not None and not _SOMEBODY.match(head) and _PAPER.search(head, 0, to.start()):
        head = head[: to.start()]
    if (
        _SENDER.match(head)
        and re.search(r"\sto\s(?:the|Mr|President|Prime|Secretary|Sir|Lord|Certain|[A-Z])", title)
        and not re.match(
            r"(?:The\s)?(?:[A-Z]\w+\s){0,3}(?:Note|Letter|Memorandum|Telegram|Message)\b", head
        )
    ):
        return "other", None, None
    best: tuple[int, int, Form] | None = None
    low = head.lower()
    for pattern, form, words in _FORM_RES:
        found = pattern.search(head) if any(word in low for word in words) else None
        if found is not None and found.start() < 70:
            if best is None or found.start() < best[0] - 12:
                best = (found.start(), found.end(), form)
            if (
                form in ("editorial-note", "memorandum-of-conversation", "minutes")
                and found.start() < 25
            ):
                break
    if best is None:
        return "other", None, None
    if best[2] == "minutes" and re.match(r"(?i)memorand\w+ (?:for|by|from|prepared|to)\b", head):
        best = (0, 10, "memorandum")
    return best[2], head[best[0] : best[1]], (best[0], best[1])
