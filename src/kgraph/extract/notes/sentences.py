"""The forms of sentence that source notes are made of, told by how they begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOC = r"(?P<of>message|letter|telegram|memorandum(?: of conversation)?|document|source text|text|note|despatch|cable|airgram|report|paper|record|conversation|draft|statement|communication|minutes|summary|transcript|tape|estimate|speech|that telegram)"
_LANG = r"(?P<lang>Russian|French|German|Spanish|Chinese|Japanese|Arabic|Italian|Portuguese|Polish|Korean|Vietnamese|Hebrew|Persian|Farsi|English|Burmese|Turkish|Greek|Dutch|Indonesian)"
_COPY = re.compile(
    rf"^(?P<which>Another|Other|An\s+additional|Additional|Further|A\s+second|A|The|An|Two|Three|One|Copies)?\s*"
    rf"(?P<adj>(?:signed|carbon|typed|handwritten|draft|unsigned|initialed|advance|information|marked|slightly|somewhat|different|earlier|similar|shorter|longer|complete|cleared|final|uncleared|identical|original|official|unofficial|informal|transliterated|rough|Department\s+of\s+State|Embassy|Soviet|summary|abbreviated|annotated|undated|sanitized|clean|ribbon)\s+)*?"
    rf"(?P<noun>cop(?:y|ies)|original|draft|carbon|translation|version|text|{_LANG}(?:-language|\s+language)?\s+(?:text|original|version|translation))"
    rf"(?P<ofpart>\s+of\s+(?:(?P<extent>section\s+\d+\s+of\s+\d+|sections?\s+[\w, ]+)\s+of\s+)?(?P<det>this|the|that|it|his|these|an?)?\s*(?:(?P<tlang>(?:transliterated\s+)?[A-Z][a-z]+)(?:-language)?\s+)?(?:source\s+text\s+of\s+the\s+)?(?:{_DOC})?(?P<rest>[^,]*))?"
    rf"(?P<and>\s+and\s+(?:of\s+)?(?:the\s+)?(?P<also>[A-Z][a-z]+)(?:-language|\s+language)?\s+(?:text|original|version))?"
    rf"(?P<tail>,[^.]*)?$"
)
COPY_SENTENCE = re.compile(
    r"^(?P<subj>(?:(?!\s(?:is|are|was|were)\s)[^.;]){3,220}?)\s+(?:is|are)\s+(?:also\s+)?(?:located\s+|filed\s+|found\s+|deposited\s+|attached\s+)?(?:also\s+)?(?=(?:both\s+)?(?:(?:in|at)\s+(?:the\s+)?[A-Z]|in ibid|ibid\b))(?P<cit>.*)$",
    re.S,
)
WHICH_IS = re.compile(
    r"\b(?P<subj>[Tt]he (?:transliterated )?[A-Z][a-z]+(?:-language)? text|the original|another copy),?\s+which\s+is\s+(?:also\s+)?(?=(?:in\s+)?(?:the\s+)?(?:[A-Z]|ibid))(?P<cit>.*)$",
    re.S,
)
_BY_A_COPY = re.compile(r"According to (?:an?\s[\w ]{3,40}\son\s)?another copy\b")
_STATES = re.compile(r"\s+(?:is|are|was|were|bears|has|indicates?|appears?)\s")


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy a sentence speaks of: "another copy", "Russian text", "draft"."""

    label: str
    language: str | None = None
    form: str | None = None
    extent: str | None = None
    of: str | None = None
    other: bool = False
    also: Copy | None = None


def describe_copy(words: str) -> Copy | None:
    """The copy that a sentence's subject names, or None where it is another document.

    >>> describe_copy("Another copy of this message").label
    'another copy'
    >>> describe_copy("The transliterated Russian text").label
    'transliterated Russian text'
    >>> describe_copy("A copy of Rusk's briefing paper") is None
    True
    """
    if words.startswith("According to ") and _BY_A_COPY.match(words):
        return Copy("another copy")
    s = _STATES.search(words)
    subject = words[: s.start()] if s else words.rstrip(".")
    subject = " ".join(subject.split())
    if subject.startswith("the "):
        subject = "The" + subject[3:]
    m = _COPY.match(subject)
    if m is None:
        return None
    rest = (m["rest"] or "").strip()
    if m["ofpart"] and (
        rest
        or (m["det"] in ("his", "that", "these", "an", "a") and not m["extent"])
        or (not m["of"] and m["det"] != "it" and not m["tlang"])
    ):
        also = re.match(
            r"and (?:of )?the ([A-Z][a-z]+)(?:-language)? (?:text|original|version)$", rest
        )
        if not also:
            return None
        return Copy("another copy" if m["which"] in ("Another", "Other") else "copy",
                    also=Copy(f"{also[1]} text", language=also[1]), of=m["of"])  # fmt: skip
    noun, adjectives = m["noun"], subject[: m.start("noun")].lower()
    language = m["lang"]
    if m["tlang"]:
        language = m["tlang"].split()[-1]
        if not re.fullmatch(_LANG.replace("?P<lang>", "?:"), language):
            return None
    if language:
        transliterated = "transliterated" in adjectives or "ransliterated" in (m["tlang"] or "")
        if "translation" in noun:
            return Copy("translation", language=language, form="translation")
        label = f"{'transliterated ' if transliterated else ''}{language} text"
        return Copy(label, language=f"{language}{', transliterated' if transliterated else ''}")
    if "cop" in noun or "carbon" in noun:
        label = (
            "another copy"
            if m["which"]
            in ("Another", "Other", "Additional", "An additional", "Further", "A second")
            else "copy"
        )
        form = (
            "draft"
            if "draft" in adjectives
            else "carbon copy"
            if "carbon" in adjectives + noun
            else None
        )
        also2 = Copy(f"{m['also']} text", language=m["also"]) if m["also"] else None
        return Copy(label, form=form, extent=m["extent"], of=m["of"], also=also2)
    if noun == "translation":
        return Copy("translation", form="translation")
    if noun == "original":
        return Copy("signed original" if "signed" in adjectives else "original")
    if noun == "draft":
        return Copy("draft", form="draft")
    if noun in ("version", "text") and re.search(
        r"different|earlier|similar|shorter|longer|draft|complete|another|full|official|unofficial|signed",
        adjectives + " ",
    ):
        return Copy("another version", form="draft" if "draft" in adjectives else None)
    return None


@dataclass(frozen=True, slots=True)
class RemarkForm:
    """A form of sentence that says something of one property of the document."""

    property: str
    kind: str
    pattern: str
    partly: bool = False


def _form(name: str, kind: str, pattern: str, *, partly: bool = False) -> RemarkForm:
    return RemarkForm(name, kind, pattern, partly)


# A word that a form needs is looked for first where the form itself is dear to try.
_REMARKS: tuple[RemarkForm, ...] = (
    _form("date", "annotation", r"^At the (?:top|bottom|end) of [^“]{3,60}(?:is|was) (?:hand)?written\s+(?P<value>“\d[^”]*”)"),
    _form("notation", "annotation", r"^(?:(?:An?|The|Another|In\s+an?|Two|Several|According\s+to\s+an?)\s+)?(?:attached\s+|unidentified\s+|undated\s+|separate\s+)*(?:handwritten|typed|typewritten|stamped|marginal|unsigned|penciled)?\s*(?:note|notation|stamp|comment|marking|inscription|marginalia|postscript|[Ii]nitials?|handwritten\s+\w+)s?(?:,?\s+(?:in|by|from|dated|attached|on|at|next|under)\b[^.;]*?)?\s*,?\s+(?:indicates?|reads?|states?|says|shows?|was|were|is|suggests?|appears?|notes|identif\w+|on\s)(?P<value>.*)$"),
    _form("notation", "annotation", r"^(?:At|On|In|Below|Above|Next to|Across|Under) the (?:top|bottom|end|margin|first|last|right|left|upper|source|cover|original|memorandum|document)\b[^.]*?(?:wrote|written|stamped|handwritten|typed|initialed|reads?|noted|appears?)(?P<value>.*)$"),
    _form("notation", "annotation", r"^(?:The\s+(?:source\s+text|memorandum|telegram|letter|document|paper|copy|original|cable|\w+))\s+(?:also\s+)?(?:bears?|is (?:marked|stamped|initialed|labeled|inscribed|headed)|was (?:marked|stamped|initialed)|indicates|carries|has\s+(?:the|a|an)\s+(?:handwritten|typed|stamped|notation))\s+(?P<value>.*)$"),
    _form("notation", "annotation", r"^(?:The\s+)?(?:President|[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+)?)\s+(?:also\s+)?(?:initialed|checked|approved|disapproved|signed|wrote|saw|underlined|circled|marked)\b(?P<value>.*)$"),
    _form("drafters", "absence", r"^(?:No|There is no)\s+(?:drafting|clearance|other drafting)\s+(?P<value>information\b.*)$"),
    _form("drafters", "absence", r"^(?:The\s+|No\s+)?(?P<value>(?:[Dd]rafter|[Dd]rafting\s+officer|name\s+of\s+the\s+draft\w+(?:\s+officer)?)\b.*(?:not|No|indicated|identified).*)$"),
    _form("drafters", "absence", r"^(?P<value>There is no indication\b.*)$"),
    _form("copy", "remark", r"^(?P<value>(?:The|This)\s+(?:memorandum|telegram|letter|message|document|report|source text|paper|text)\s+(?:is|was)\s+(?:part|an?|the|marked|attached)\b.*)$"),
    _form("see", "reference", r"^(?P<value>(?:See|For)\s+(?:also\s+)?(?:Supplement|footnote|Document|source note|Tab|infra|supra)\b.*)$"),
    _form("process", "remark", r"^(?P<value>(?:Sent|Forwarded|Transmitted|Submitted)\s+(?:through|via)\s+.{2,80})$"),
    _form("process", "remark", r"^(?P<value>[A-Z][\w.]+\s+(?:was\s+)?(?:instructed|requested)\s+to\s+(?:pass|inform|repeat)\b.*)$"),
    _form("text", "remark", r"^(?P<value>The\s+(?:text\s+printed\s+here|editors\s+transcribed)\b.*)$"),
    _form("copy", "remark", r"^(?P<value>Handwritten\s+notes?\b.*)$"),
    _form("drafters", "absence", r"^(?=.*drafting).*\b(?:bears|contains|has)\s+no\s+drafting\s+information\.?$"),
    _form("time", "absence", r"^There is no (?P<value>time of (?:transmission|receipt|dispatch)\b.*)$"),
    _form("record", "absence", r"^No\s+(?:other\s+|further\s+|written\s+|final\s+|cleared\s+)?(?P<value>(?:record|account|memorandum|copy|reply|minutes|response|evidence|notes?|text|indication)\b.*(?:found|located|sent|exists?|identified).*)$"),
    _form("attachment", "absence", r"^(?:The\s+|All\s+(?:the\s+)?|Only\s+)?(?P<value>(?:[Aa]ttach\w+|[Ee]nclosures?|[Tt]abs?|[Aa]nnex(?:es)?|[Aa]ppendi\w+|chart|charts|map|maps|covering|cover)\b.*(?:not (?:printed|attached|found|declassified|included|reproduced)|were not|was not|is not|are not|printed).*)$"),
    _form("attachment", "remark", r"^(?P<value>(?:Also\s+)?(?:[Aa]ttached|[Ee]nclosed)\b.*)$"),
    _form("attachment", "remark", r"^(?P<value>(?:The\s+)?(?:attached|enclosed)\b.*)$"),
    _form("place", "remark", r"^(?:The|This|Their|All)\s+(?:\w+\s+)?(?:meetings?|conversations?|discussions?|luncheon|dinner|breakfast|briefing|session|interview|talks?|audience|call|reception)\s+(?:was\s+(?:also\s+)?held|took\s+place|occurred|were\s+held|was\s+conducted|began|was)\s+(?P<value>(?:at|in|on|aboard|during|between|over|from|before|after|by)\b.*)$"),
    _form("time", "remark", r"^(?:The\s+)?(?:(?:time|place|date)s?\b.*?)(?P<value>\b(?:of|and|is|are|was|were|taken)\b.*)$"),
    _form("time", "remark", r"^(?:The|This)\s+(?:meeting|conversation|discussion|call|session)\s+(?P<value>(?:lasted|ended|began|concluded|ran)\b.*)$"),
    _form("purpose", "remark", r"^(?P<value>Sent\s+for\s+(?:action|information|urgent \w+|immediate \w+)(?:\s+and\s+\w+)?)\b.*$"),
    _form("text", "remark", r"^(?P<value>(?:All\s+)?(?:[Bb]rackets|[Ee]llips[ei]s|[Oo]missions?|[Ii]talics|[Uu]nderlining|[Aa]ll\s+(?:brackets|ellips\w+))\b.*)$"),
    _form("text", "remark", r"^(?P<value>(?:The\s+)?(?:source\s+text|memorandum|telegram|letter|document|paper|copy|message|note|report)\s+(?:itself\s+)?(?:is|was|does)\s+(?:not\s+)?(?:titled|entitled|unsigned|undated|unaddressed|incomplete|a\s+draft|an?\s+uninitialed|double[- ]spaced|not\s+(?:signed|dated|addressed|numbered|initialed)|unnumbered|handwritten|typed|filed|found|dated|signed|addressed|printed|numbered|headed|not)\b.*)$"),
    _form("text", "remark", r"^(?P<value>(?:The\s+)?source\s+text,\s+.*)$"),
    _form("text", "remark", r"^(?P<value>(?:\d+|One|Two|Three|Four|Five|Several|Portions?|[Aa]n\s+unnumbered)\b.*not\s+declassified.*|Scheduled\s+for\s+publication.*)$"),
    _form("copy", "remark", r"^(?P<value>Printed\s+from\s+.*)$"),
    _form("copy", "remark", r"^(?P<value>(?:Uninitialed|Unsigned|Initialed|Handwritten|Typed|Carbon|Draft)\b.{0,60})$"),
    _form("sections", "remark", r"^(?P<value>(?:Transmitted|Sent|Received|Repeated)\s+in\s+(?:\w+|\d+)\s+(?:sections|parts)\b)", partly=True),
    _form("not-printed", "remark", r"^(?=.*printed)(?P<value>.{3,120}\b(?:is|are)\s+not\s+printed\.?)$"),
    _form("participants", "remark", r"^(?P<value>Participants\b.*|.{3,120}\b(?:also\s+)?(?:attended|participated|was present|were present)\b.*)$"),
    _form("concurrence", "remark", r"^(?=.*concur)(?P<value>(?:All\s+members\s+of\s+)?.*\bconcur(?:red|rence)\b.*(?:estimate|abstained|jurisdiction|USIB|Board)\b.*)$"),
    _form("estimate", "remark", r"^(?=.*participated)(?P<value>.*\bparticipated\s+in\s+the\s+preparation\b.*)$"),
    _form("summary", "remark", r"^(?P<value>(?:The\s+)?(?:memorandum|document|paper|report|text)\s+(?:appears|seems|is\s+apparently|was\s+apparently)\b.*)$"),
)  # fmt: skip
_REMARK = re.compile(  # all of them at once, the first that matches counting
    "|".join(
        f"(?P<form{at}>{form.pattern.replace('?P<value>', f'?P<value{at}>')})"
        for at, form in enumerate(_REMARKS)
    ),
    re.S,
)


def remark_in(words: str) -> tuple[RemarkForm, str, int] | None:
    """The first form of remark that a sentence has, what it says, and where its words end.

    >>> form, value, _ = remark_in("The source text is initialed by Doe.")
    >>> form.property, value
    ('notation', 'by Doe')
    """
    m = _REMARK.match(words)
    if m is None or m.lastgroup is None:
        return None
    at = int(m.lastgroup.removeprefix("form"))
    form = _REMARKS[at]
    value = m[f"value{at}"] if "?P<value>" in form.pattern else None
    return form, (value or m[0]).strip(" ."), m.end() if form.partly else len(words)
