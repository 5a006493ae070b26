"""By what means a paper goes: telegram, pouch, courier, telephone, channel."""

from __future__ import annotations

import re

_MEANS: tuple[tuple[str, str], ...] = (
    (r"commercial (?:telegram|cable|wire)s?", "commercial telegram"),
    (r"(?:cipher(?:ed)?|coded|enciphered) (?:telegram|cable)s?", "cipher telegram"),
    (r"circular (?:telegram|cable)s?", "circular telegram"),
    (r"air[- ]?pouch(?:ed)?", "air pouch"),
    (r"(?:diplomatic |official |embassy |legation |sealed |special |next |last |fast |despatch |dispatch |Foreign Office |State Department |King[’']s )*(?:pouch(?:ed)?|bag)", "pouch"),
    (r"(?:special |diplomatic |State Department |military |official |air )?(?:messenger|courier(?:ed)?|safe hand)s?", "courier"),
    (r"special emissar(?:y|ies)|(?:secret|private|personal|confidential) emissar(?:y|ies)", "special emissary"),
    (r"hot ?line|direct (?:communications?|teletype) link|MOLINK|[A-Z]\w+[-–][A-Z]\w+ (?:direct )?(?:teletype )?(?:line|link)", "hot line"),
    (r"(?:secure )?(?:tele)?phone(?:d)?", "telephone"),
    (r"teletyp(?:e|ed)(?:writer)?|telecon|telex|facsimile|telecopier|fax", "teletype"),
    (r"airgram(?: [A-Z]?[–-]?\d+)?", "airgram"),
    (r"(?:air ?)?mail(?:ed)?|post|registered mail", "mail"),
    (r"press release|release to the press", "press release"),
    (r"(?:[Nn]aval |[Nn]avy |[Aa]rmy |[Mm]ilitary |[Cc]ommercial |[Ee]mbassy )?radio(?:ed)?|wireless(?: telegraph)?|naval radio", "radio"),
    (r"(?:unnumbered )?(?:despatch|dispatch)(?: (?:No\. )?\d+)?", "despatch"),
    (r"(?:private |special |secret |back |backchannel |CIA |confidential |naval |military |intelligence |army |diplomatic |official |normal |Navy |Army |[A-Z]\w+ |[A-Z]\w+[-–][A-Z]\w+ )+(?:back ?)?channels?|back ?channel", "not stated"),
    (r"hand|bearer", "hand delivery"),
    (r"(?:[A-Za-z]+ )?(?:telegrams?|cables?|wire)(?: (?:Nos?\. )?\d+)?|(?:Secto|Tosec|Dulte|Tedul|Embtel|Deptel|Topol|Polto|Hakto|Tohak|State|Depcirtel|Unsec|Cahto|Tocah|Delto|Todel|Actel|Actosec|Luxco|Colux|Coled|Gadel|Delga)s? \d+", "telegram"),
)  # fmt: skip
_MEANS_RE = [(re.compile(p, re.I if p[0] != "(" else 0), mode) for p, mode in _MEANS]
_BACK = re.compile(
    r"special emissar|emissaries|private channel|back ?channel|[Pp]en [Pp]al|through my brother|confidential channel|special channel|secret channel|for (?:the )?\w+[’']s eyes only|outside (?:normal|official|regular|diplomatic) channels|\bCIA channels?\b|“[Cc]hannel”|the Channel\b|\b(?:in|via|through|by) (?:the |his )?(?:special |private )?(?-i:[A-Z])\w+(?:[-–]\w+)? channel\b(?! facilities)",
    re.I,
)


_BACK_WORDS = ("emissar", "channel", "pen pal", "through my brother", "eyes only")


def is_past_the_usual(text: str) -> bool:
    """Whether words speak of a back channel, an emissary or a pen pal."""
    low = text.lower()
    return any(word in low for word in _BACK_WORDS) and _BACK.search(text) is not None


def means_at(text: str, a: int, b: int) -> tuple[str, int] | None:
    """The mode that words at `a` name, and where they end."""
    lead = re.compile(r"(?:an?\s+|the\s+|his\s+|its\s+)*").match(text, a, b)
    at = lead.end() if lead else a
    for pattern, mode in _MEANS_RE:
        if m := pattern.match(text, at, b):
            if re.match(r"\w", text[m.end() : m.end() + 1]):
                continue
            return mode, m.end()
    return None
