"""Where heading, source note, dateline and body part in a text that has lost its line breaks.

"763.72/18a The Secretary of State to President Wilson Washington, May 3, 1916. My Dear
Mr. President: ..."; "21. Letter From A to B Source: ... Moscow, May 3, 1961. ...". A
heading ends before a source note, a file number, a mark such as [Extract], a dateline, a
salutation, a marking, a list's label, a telegram's number, or the words of a note.
"""

from __future__ import annotations

import re

from kgraph.extract import gazetteer
from kgraph.extract.datelines import read_dateline

_FILE = r"(?:\d{2,4}[A-Za-z]?(?:\.[\w½¼¾⅓⅔]{1,14}){1,6}(?:\s(?!The\b)[A-Z][A-Za-z]{0,2}){0,2}\s?[\d½¼¾⅓⅔]{0,5}(?:[\w½¼¾⅓⅔.–()-]{0,16}/[\w½¼¾⅓⅔.–/-]{1,24}(?:\s?[½¼¾⅓⅔])?)?)"
_FILE = rf"(?:{_FILE}|\d{{3}}[A-Z]?\.\w{{2,14}}(?:\s[A-Z][\w.]{{1,20}}(?:,(?:\s[A-Z]\.){{1,3}})?){{0,3}}(?:\s\d{{1,4}})?(?:\s?\([\w .–-]{{2,30}}\))?\s?/[\w½¼¾⅓⅔–-]{{1,24}}|(?:FW )?\d{{3}}(?: [A-Z][A-Za-z]{{0,2}})?(?: \d{{1,4}})?/[\d½¼¾⅓⅔]{{1,5}}[a-z]?(?:–\d{{2,4}})?|Lot \d{{2,3}} ?[A-Z]{{1,2}} ?\d{{1,4}}|IO Files: [\w()./-]{{3,30}})"
_FILE = rf"(?:File No\.\s?\d{{1,6}}(?:\.\w{{1,12}}){{0,4}}(?:\s[A-Z][a-z]{{1,2}}\s\d{{1,3}})?(?:/[\w½–-]{{1,20}})?\.?|(?:Paris Peace Conf\.\s)?{_FILE})"  # so the volumes of 1906 to 1917
_COLLECTION = r"(?:(?:[A-Z][\w.’'()/–-]{0,20}(?:\s[\w.,’'()/&–-]{1,20}){0,7}?\s(?:Papers|[Ff]iles?|Library|Records|Collection|Diary|Diaries)|Files of the Secretary(?: of State)?|[A-Z][\w–-]{1,20} Meetings(?=: Lot))\b(?:, vol\. [\w–-]{1,8})?(?:[,:]? (?:lot|Lot) [\w –-]{2,14}?)?(?:, [Bb]ox \d{1,5})?(?:: [\w/() .,“”&–-]{2,60}?|, [A-Z][\w/() .,“”&–-]{1,60}?)?)"
_KIND = r"(?::\s*(?:Circular )?(?:[Tt]elegram|[Dd]espatch|[Aa]irgram|[Ll]etter|[Ii]nstruction)(?: [A-Z]?-?\d{1,5})?)?"
_TITLE = r"(?:[A-Z]\. [A-Z]|The|Chargé|Consul|Vice-Consul|Count|Baron|Prince|Professor|MM?\. [A-Z]|Secretary’s|Proceedings|National|(?:[A-Z][\w’–-]* ){0,4}(?:Meeting|Conversation)|Mr|Messrs|Mrs|Miss|Dr|President|Prime|Memorand(?:um|a)|Minutes|Colonel|General|Admiral|Captain|Lieutenant|Major|Editorial|Draft|Acting|Secretary|Sir|Lord|Department|Prepared|Chairman|Statement|Telegram|Letter|Note|Paper|Report|Record|Policy|Notes|Summary|Treasury|Generalissimo|Marshal|Message|Ambassador|Joint|Senator|Foreign|British|Minister|Transcript|Extracts?|Current|Position|United|Aide|Circular|Airgram|Despatch|Special|Informal|Executive|Combined|Minutes?|Comment|Working|Proposed|Proposal|Newspaper|McFarland|Aide-M[ée]moire|Conversation|Cabinet|Briefing|Agreement|Charter|Communiqu[ée]|Chiefs|Deputy|Assistant|Under|Vice|Document|Resolution|White House|Press|Declaration|Directive|Protocol|Recommendations?|Agenda)\b"
LEADING_FILE = re.compile(
    rf"\s*(?P<file>(?:{_FILE}|{_COLLECTION}){_KIND}(?:\s[A-Z]{{2,3}}–\d{{1,3}}[A-Z]?)?)\s+(?={_TITLE})"
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = re.compile(
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:[^\d\n.]{{1,14}}\d{{1,2}})?\s?(?:\[\d{{1,2}}\??\])?\s?\[?(?:,?\s+|,)1[4-9]\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\s?,?\s+1[4-9]\d\d|\b[Uu]ndated\b"
)
_SOURCE = re.compile(
    r"\s*\[?(?:(?<!\d)(?<!No\. )(?<!Memorandum )(?<!/NSC[–-])\d{1,3}\s*[.)]?\s*)?Source(?:[:;]\s?|\s(?=Department of [Ss]tate,|National Archives,|[A-Z]\w+ Library,))"
)
_BARE = re.compile(
    rf"(?<=[\w).\]”½]) ?\s(?P<file>{_FILE}{_KIND})(?=\s)(?!\s?(?:percent|million|per cent|billion))"
)
LEADING_NOTE = re.compile(rf"(?:{_FILE}|{_COLLECTION}){_KIND}(?=\s)")
_PERSON = r"(?:the\s)?(?:Mr|Mrs|Messrs|Miss|Dr|MM?|Lord|Sir|Earl|Count|Baron|Prince|General|Admiral|Captain|Colonel|Señor|Consul|Minister|Marquis|Governor)\b\.?\s(?:(?:[A-Z]\.\s?)+|(?:de|von|van|le)\s)*[A-Z][\w’'-]+"
_OFFICE = r"(?:(?:United States|American|U\. ?S\.|British|French|Imperial|Royal) (?:Legation|Embassy|Consulate|Agency)|(?:Legation|Embassy|Consulate)(?: General)? of|(?:Navy|War|Treasury|Post-Office) Department|Department of|Foreign Office)\b"
_FORM_MARK = re.compile(r"\s*[\[(](?:Note [Vv]erbale|Aide-M[ée]moire|Memorandum)")
_TO_A_STOP = re.compile(  # "The citizens of Leith to the President. To ...", in volumes without numbers
    r"(?!\[?\d{1,4}[\].])(?:\[[A-Z][a-z]+\.?\]\.?\s?|Circular\.\s?)?[^.]{0,4}(?:(?:\b(?:Mr|Mrs|Messrs|Dr|MM?|St|Hon|Rev|Gen|Col|Capt|Lt|Sr|Jr|No|[A-Z])\.|[^.:])*?\s(?:to|by)\s)(?:\b(?:Mr|Mrs|Messrs|Dr|MM?|St|Hon|Rev|Gen|Col|Capt|Lt|Sr|Jr|No|[A-Z])\.|[^.:])*?[a-z)]{3}\.(?<!Messrs\.)(?<!Mrs\.)(?<!Hon\.)(?<!Rev\.)(?<!Gen\.)(?<!Col\.)(?<!Capt\.)(?<!Maj\.)(?<!Gov\.)(?<!Prof\.)(?<!Esq\.)(?=\s[A-Z“\[\d])"
)
_PERSON_TO_PERSON = re.compile(  # "Mr. Aldous to Mr. Seabrook." and what runs on behind it
    rf"(?:\[?No\.\s?\d+\.?\]?\s*)?{_PERSON}\sto\s{_PERSON}(?:\.(?=\s?[A-Z“\[])|(?=\s\[|\s{_OFFICE}))"
)
_MARKED = re.compile(
    r"\s*[\[(](?:Extracts?|Excerpts?|Telegram|Translation|Paraphrase|Telegraphic|Circular|Note [Vv]erbale|Aide-M[ée]moire|Memorandum)\b[^\])]{0,60}[\])]\.?"
)
_STOP = re.compile(  # what no heading holds: salutation, marking, label, number, words of a note
    r"(?<=[\w).\]”’])\s*(?:\d{1,2}\s)?(?="
    r"(?:\s(?:Department of State|National Archives|Central Intelligence Agency|Washington National Records Center|(?:[A-Z]\w{2,12} ){1,2}Library), (?:[A-Z]))"
    r"|(?:\s(?:[Mm]y )?(?:Dear|DEAR) (?:[A-Z]|[a-z]+ [A-Z]))"
    r"|\s(?:Sirs?|SIRS?|Gentlemen|Excellency|EXCELLENCY|Your Excellency|Your excellency|Your excellencies|Great and [Gg]ood [Ff]riend|Mr\. (?:President|Secretary|Minister|Chairman|Ambassador))\s?:"
    r"|\s(?:top secret|secret|confidential|restricted|unclassified|official use only|plain|us urgent|niact|priority)\b"
    r"|(?<!\.)\sNo classification marking\b|\s(?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED|UNCLASSIFIED|PRIORITY|NIACT|US URGENT)\b"
    r"|\s(?:PARTICIPANTS|SUBJECT|PRESENT|Participants|Subject|Present|SUBJECTS|Subjects)\b\s?(?:[:—]|[A-Z])"
    r"|\s(?:TO|FROM|REF|RE|THROUGH|VIA|To|From|Re|Ref)\s?:"
    r"|\s(?<!Memorandum\s)(?<!Meeting\s)(?<!Telegram\s)(?<!Circular\s)(?<!Directive\s)(?<!Document\s)(?<!Report\s)(?<!Paper\s)(?<!\bat\s)\[?No\. \d|\sCircular[.—–-]+\s?No\."
    r"|\s(?:Memorandum|MEMORANDUM|Aide-M[ée]moire|Aide M[ée]moire|Note Verbale|Translation) (?!(?:From|To|By|For|Of|On|Prepared|Regarding|Concerning)\b)(?=(?:[A-Z][a-z’]{0,20} ){1,6}?[a-z]|[A-Z]\d)"
    r"|\s\d{2,5}\. (?:[A-Z“\[]|\d{1,2}\. )"
    r"|(?:\s|(?<=\)))(?:This|These|A|An|The text|The original|In|For|On|See|Printed|Filed|Transmitted|Received|Sent|Handed(?<!Proposal Handed)(?<!Statement Handed)(?<!Draft Handed)(?<!Paper Handed)(?<!Document Handed)|Drafted|Attached|Enclosed|Notation|Marginal|Numerous|Apparently|Translation|Copy|Copies|Repeated|Also|Not|Another|Reprinted|Typed|Signed|Initialed|At|Although|There|It|Delivered|Addressed|Forwarded|Presented|As|Only|Annex|Submitted|Circulated|Concerning|Regarding|Enclosed|Reference|Written|Undated|Unsigned|Quoted|Then|Later|Presumably|Prepared as|Approved|Released|Issued to|Read|Made|Date|Marked|Channel|Telegram in|Left|Text|Affixed|Appended|Dictated|Designated|Included) (?:[a-z]{2,}|\d)|\s(?:See|Cf\.) [a-z“A-Z])"
)
EDITORIAL = re.compile(r"(?:\[?\d{1,4}[\].]\.?\s+)?Editorial Note\d{0,2}(?=\s+[A-Z“\"\[]|\s*$)")
GLUED = re.compile(  # the first word of a note at a heading's last word
    r"(?<=[a-z]{3})(?<!\bMac)(?<!Fitz)(?<!\bVan)(?=[A-Z][a-z]{0,14};?\s[a-z0-9]|(?:Top )?Secret[.;]|Confidential[.;])|(?<=[a-z]\))(?=[A-Z][a-z])"
)
_GLUED_MARK = re.compile(  # a marking or a number at the place of a dateline
    r"(?<=\bsecret)(?=eyes only|[A-Z]{2})|(?:(?<=\bsecret)|(?<=\bconfidential)|(?<=\brestricted)|(?<=\bpriority)|(?<=\bNo\. \d)|(?<=\bNo\. \d\d)|(?<=\bNo\. \d{3})|(?<=\bNo\. \d{4})|(?<=\[No\. \d{3}\]))(?=\[?[A-Z][a-z])"
)
_VERB = re.compile(  # what no title holds: the verb of a note's first sentence
    r"\s(?:was|were|is|are|has|had|have|sent|bears?|bore|indicated|apparently|appears?|initialed|wrote|made|noted|stated|forwarded|transmitted|approved|arrived|served|contains?|summarized|read|delivered|handed|gave|reported|presented|informed|replied|cabled|drafted|incorporated|instructed|requested|circulated)\s"
)
_SUBJECT = re.compile(  # the words before that verb, from its capital on
    r"(?:(?:Mr|Mrs|Dr|Sir|Lord|General(?!\sAssembly)|Admiral|Secretary|Ambassador|President)\.?\s(?:[A-Z][\w.’'-]*\s?){1,3}|The(?:\s(?:[A-Z][\w’'-]*|of|for|the|in))+(?:\s[^\sA-Z]\S*)*|[A-Z][\w’'-]*(?:\s[^\sA-Z]\S*)*)$"
)
_PLACE_END = re.compile(
    r"\[?\s?(?:[A-Z][\w’'“”.-]{0,24}|(?:\[|\b)place not declassified\]?)(?:[ ,]{1,3}(?:[A-Z][\w’'“”.-]{0,24}|of|and|for(?= Foreign )|(?:to|in)(?= the United)|(?:(?<=Legation )|(?<=Embassy )|(?<=States )|(?<=America )|(?<=Consulate )|(?<=Mission ))in(?= [A-Z][a-z]+,)|the|de|del|la|di|do|en|au|am)){0,11}\s?,?\]?\s?,?$"
)
_AHEAD = re.compile(  # marking and number, before the place
    r"(?:(?:top secret|secret|confidential|restricted|unclassified|plain|us urgent|urgent|niact|priority|eyes only|operational immediate|emergency)\s+|Circular No\. \d{1,3}\s+|[A-Z]{2,6}(?: [A-Z]{2,4})? \d{1,3}[–-]\d[\d–-]*\s+|[A-Z]{2,6} [A-Z]{1,4}–\d{1,3}[a-z]?\s+|\[?No\. ?\d{1,5}(?:[\w-]*\.?\]?\s+|\.?\]|(?=[A-Z][a-z])))*"
)
_HELD = re.compile(  # what was held at a date, so that its title bears it
    r"\b(?:Conversations?|Interviews?|Meetings?|Minutes|Conferences?|Discussions?|Session)\b"
)
_HELD_THERE = re.compile(r"(?:Conversation|Meeting|Discussion|Conference)\s(?=[A-Z])")
"""The last word of a title that is no word of the place behind it."""
_TWO_WORDS = re.compile(
    r"(?:New|San|Santa|St\.|Saint|The|Port|Mexico|Guatemala|Panama|Terre|En|At|Hot|Hyde|Tel|Buenos|Addis|Kuala|Cape|Hong|Phnom|Camp|Fort|Rio de|Port au|(?:The\s)?White|Vatican|Los|La|El|Las|Bad|West|East|North|South|Hyannis|Kansas|LBJ|Key|Palm|Sri|Dar es|Abu|Quebec|USUN|Colorado|Salt Lake|Atlantic)\s$"
)
_STATE = re.compile(
    r"\[?\s?(?:[A-Z][a-z]{0,4}\.|D\. ?C\.|[A-Z]\.(?: ?[A-Z]\.){0,2}|Maine|Texas|Maryland|Virginia|Massachusetts|Florida|California|Connecticut|Georgia|Rhode Island)\s?,?\]?,?"
)
_LEADS_ON = re.compile(
    r"(?:\b(?:of|on|dated|the|to|from|by|in|until|for|and|or|since|before|after|through|between|circa|about|early|late|mid)|[,:;—–-])\s*\[?$"
)
_BODY = (  # with what a paper begins below its dateline: marking, number, salutation, list
    r"(?:(?:(?:most|top) )?secret|confidential|restricted|unclassified|personal|us urgent|urgent|niact|priority|plain)\b"
    r"|\d{1,5}\. (?:[A-Z“\[]|\d{1,2}\. )|(?:[Mm]y )?(?:Dear|DEAR) |(?:Sirs?|SIRS?|Gentlemen|(?:[Yy]our )?[Ee]xcellenc(?:y|ies)|EXCELLENCY|(?:Mr\.|Monsieur) [A-Z][a-z]+|Great and [Gg]ood [Ff]riend)\s?:"
    r"|[A-Z]\w{1,8}(?:/\w+)+\b|(?:SUBJECTS?|PARTICIPANTS|PRESENT|MEMORANDUM FOR|TO|FROM)\b|(?:Subject|Participants|Present|To|From)\s?:"
)
_CLOCK = r"(?:[,—–-]\s?\d{1,2}(?::\d\d)?\s?(?:[apAP]\. ?m\b|(?=[–-]\d))(?:[–-]\d{1,2}(?::\d\d)?\s?[apAP]\. ?m)?|,? \d{4}Z)?"
_CLOSED = re.compile(  # a date that a sentence follows
    rf"(?:{_DAY.pattern}){_CLOCK}[.\]]{{1,3}}\s(?:[A-Z“\[]|\d|{_BODY})"
)
_OPENS = re.compile(  # a date that the beginning of a paper follows
    rf"(?:{_DAY.pattern}){_CLOCK}[.\]]{{0,3}}\s(?:{_BODY})"
)
_AFTER = re.compile(r"[\s.\]]{0,4}(?:[\[(]Rec(?:eived|[’']d)\b[^\])]{0,80}[\])])?[.\s]{0,3}")
_MARK = re.compile(r"(?<=[a-z)\].’”])\s?\d{1,3}$")


def mark_off(words: str) -> str:
    """A heading without the note mark at its end, glued or not.

    >>> mark_off("The Chargé in Rome (Smith) to the Secretary of State 12")
    'The Chargé in Rome (Smith) to the Secretary of State'
    """
    words = words.rstrip()
    if re.search(
        rf"(?:{_MONTH}|[Nn]o\.|[Dd]ocuments?|[Aa]rticle|[Pp]art|[Ss]ection|(?:Study|Decision|Action) Memorandum|Directive)\s?\d{{1,3}}$",
        words,
    ):
        return words
    return _MARK.sub("", words)


def dated_title(words: str, date_end: int | None) -> bool:
    """Whether the date that was read in a title is its last word."""
    return date_end is not None and not words[date_end:].strip(" .,;])0123456789")


def part(words: str) -> list[str]:
    """Heading, source note or file number, dateline and body of a document that runs on.

    >>> part("The Minister in Ruritania (Grey) to the Secretary of State Zenda, May 2, 1915. Sir: I am")
    ['The Minister in Ruritania (Grey) to the Secretary of State', 'Zenda, May 2, 1915.', 'Sir: I am']
    """
    note = EDITORIAL.match(words)
    if note is not None:
        return [one for one in (words[: note.end()], words[note.end() :].strip()) if one]
    words = _GLUED_MARK.sub(" ", words[:700]) + words[700:]
    glued = GLUED.search(words, 12, 420)  # nothing but a note runs on so
    zone = words = GLUED.sub(" ", words[:420]) + words[420:]
    zone = zone[:700]
    source = _SOURCE.search(zone, 8)
    source_at = source.start() if source is not None else len(zone) + 1
    limit = min(source_at, 420)
    bare = _BARE.search(zone, 12, limit) if _DAY.search(zone, 12, limit) is None else None
    stop = _STOP.search(zone, 12, limit)
    told = _sentence(zone, limit)
    old = _PERSON_TO_PERSON.match(zone) or _TO_A_STOP.match(zone, 0, limit)
    day = _day_line(words, limit)
    if day is not None and (held := _HELD_THERE.search(words, *day)) is not None:
        day = (held.end(), day[1])
    own = day is not None and words[: day[0]].rstrip().endswith((",", ", on"))
    if day is not None and _HELD.search(words, day[0], day[1]):
        own, day = True, (_own_day(words, day), day[1])  # "Dinner Meeting, July 22, 1945"
    bare_source = source is not None and "[" not in source[0]
    if day is not None and bare_source and source_at - day[1] < 20:
        day = None  # the title bears its own date: "..., August 19, 1971, 1605Z. Source: ..."
        stop = told = None
    sure = old.end() if old is not None and old.re is _PERSON_TO_PERSON else 0
    ends = [
        at
        for at in (
            source_at if source is not None else None,
            bare.start("file") if bare is not None else None,
            stop.start() if stop is not None else None,
            told,
            glued.start() if glued is not None else None,
            old.end() if old is not None else None,
            day[0] if day is not None else None,
        )
        if at is not None and at >= sure
    ]
    if not ends:
        return [words]
    end = min(ends)
    marked = _MARKED.search(words, 10, end + 1)
    if marked is not None and marked.end() < end:
        end = marked.start() if _FORM_MARK.match(marked[0]) else marked.end()
    head, rest = mark_off(words[:end].rstrip(" [")), words[end:].strip()
    if source is not None and end == source_at:
        return [head, *after_note(words[end:].lstrip(" ["))]
    if bare is not None and end == bare.start("file"):
        return [head, bare["file"], *(_body(words[bare.end("file") :].strip()))]
    if day is not None and end == day[0]:
        if own and _HELD.search(head):
            stands = day[1]
            if words[stands : stands + 1] == ",":  # the place of a meeting behind its date
                further = _STOP.search(words, stands, stands + 120)
                stands = further.start() if further is not None else stands
            return [words[:stands].rstrip(), *_body(words[stands:].strip())]
        return [head, words[day[0] : day[1]].strip(), *openers(words[day[1] :].strip())]
    return [head, *_body(rest)]


def _sentence(zone: str, limit: int) -> int | None:
    """Where a note's first sentence begins behind a title, told by its verb."""
    verb = _VERB.search(zone, 20, limit)
    if verb is None:
        return None
    subject = _SUBJECT.search(zone[: verb.start()])
    if subject is None or subject.start() < 12 or zone[subject.start() - 1] not in " )":
        return None
    return subject.start()


def _body(rest: str) -> list[str]:
    """What follows a heading, parted at a dateline near its beginning."""
    day = _day_line(rest, 420, sentence=True) or _day_line(rest, 3500, sentence=True, closed=True)
    if day is None:
        return openers(rest)
    before, after = rest[: day[0]].strip(), rest[day[1] :].strip()
    return [*openers(before), rest[day[0] : day[1]].strip(), *openers(after)]


_OPENER = re.compile(  # what stands alone at the head of a paper, each on a line of its own
    r"(?:\[(?:Extracts?|Excerpts?|Telegram|Translation|Paraphrase|Telegraphic|Circular|Note [Vv]erbale|Memorandum|Aide|Copy|Private|Personal|Unofficial|Confidential|Received|Rec[’']d)\b[^\]]{0,60}\]\.?"
    r"|\[?No\.\s?\d{1,5}[^\[\]]{0,25}\]\.?|\(Rec[’']d[^()]{3,50}\)"
    r"|(?:(?:top )?secret|confidential|restricted|unclassified|us urgent|urgent|niact|priority|plain|eyes only|operational immediate|emergency)(?=\s(?:[A-Z“\[\d]|us urgent|urgent|niact|priority|plain|eyes only|operational immediate|emergency|$))"
    r"|(?:Aide-M[ée]moire|Note Verbale|Pro[- ]Memoria)(?=\s[A-Z“\d])|Memorandum(?=\s(?:The|His|Her|With|In)\s))(?:\s+|$)"
)
_MARKING_LAST = re.compile(
    r"(?<=[.”)\]])\s(\[(?:Telegram|Translation|Paraphrase|Extracts?)\.?\]|(?:top )?secret|confidential|restricted|unclassified)((?:\s(?:us urgent|urgent|niact|priority|plain))*)$"
)

_FORM_INSIDE = re.compile(  # behind a note, and before the first sentence of a paper
    r"(?<=[a-z\d]\.)\s(Aide-M[ée]moire|Note Verbale)\s(?=(?:The|His|Her|It|Reference|With)\b)"
)


def openers(words: str) -> list[str]:
    """What stands before a text, each mark by itself, and the text.

    >>> openers("[Extracts.] [No. 14.] Sir: I have")
    ['[Extracts.]', '[No. 14.]', 'Sir: I have']
    """
    out = []
    while (found := _OPENER.match(words)) is not None:
        out.append(found[0].strip())
        words = words[found.end() :]
    last = _MARKING_LAST.search(words)
    form = _FORM_INSIDE.search(words, 0, 400)
    if last is not None:
        parts = [words[: last.start()], last[1], last[2].strip()]
    elif form is not None:
        parts = [words[: form.start()], form[1], words[form.end() :]]
    else:
        parts = [words]
    return [*out, *filter(None, parts)]


def _own_day(words: str, day: tuple[int, int]) -> int:
    """Where the date of a title begins that was taken for a dateline's."""
    found = _DAY.search(words, day[0], day[1])
    return found.start() if found is not None else day[0]


def opening(words: str) -> list[str]:
    """One of the first paragraphs behind a heading: a source note or a dateline may run on."""
    if len(words) < 60:
        words = _GLUED_MARK.sub(" ", words)
    if _OPENER.match(words) is not None:
        return openers(words)
    if len(words) < 60:
        return [words]
    if _SOURCE.match(words):
        return after_note(words)
    day = _day_line(words, 90, sentence=True)
    if day is None or (day[0] > 0 and not LEADING_NOTE.match(words)):
        return [words]
    return [
        one
        for one in (
            words[: day[0]].strip(),
            words[day[0] : day[1]].strip(),
            words[day[1] :].strip(),
        )
        if one
    ]


def after_note(words: str) -> list[str]:
    """A source note, its document's dateline, and the body, where they run on."""
    day = _day_line(words, 9000, sentence=True)
    if day is None:
        return [words]
    return [one for one in (words[: day[0]].strip(), words[day[0] : day[1]].strip(), words[day[1] :].strip()) if one]  # fmt: skip


def _day_line(
    words: str, limit: int, *, sentence: bool = False, closed: bool = False
) -> tuple[int, int] | None:
    """Span of the first dateline that begins before `limit`; where it follows a full stop
    (`sentence`) or a heading; `closed`: only one that a sentence follows."""
    for day in _DAY.finditer(words, 0, limit + 60):
        if closed and not _CLOSED.match(words, day.start()):
            continue
        start = _place_start(words, day.start(), sentence=sentence)
        if start is None or start >= limit:
            continue
        line = read_dateline(words[start : start + 150])
        date = line.date
        if date is None or date.end is None or (date.edtf is None and not line.undated):
            continue
        if date.start is not None and start + date.start > day.end():
            continue
        stop = start + date.end
        tail = _AFTER.match(words, stop)
        return start, tail.end() if tail else stop
    return None


def _place_start(words: str, at: int, *, sentence: bool) -> int | None:
    """Where the place before a date begins, or None where no place stands there."""
    low = max(0, at - 80)
    before = words[low:at]
    cuts = [
        m.end()
        for m in re.finditer(
            r"(?:(?<!\b[A-Z])(?<!\bSt)(?<!\bMr)(?<!\bNo)(?<!\bVa)(?<!\b[Vv]ol)|(?<=\.[A-Z])|(?<=, [NRWD]\. [A-Z])|(?<=and [A-Z])|(?<=by [A-Z])|(?<=in [A-Z])|(?<=, [A-Z])(?!\. ?[A-Z]\.))[.)\]”½¼¾]\d{0,3}\s+",
            before,
        )
    ]
    if at <= 80:
        cuts.insert(0, 0)
    opens = _OPENS.match(words, at) is not None
    for cut in reversed(cuts):
        ahead = _AHEAD.match(before, cut)
        cut = ahead.end() if ahead else cut
        rest = before[cut:].rstrip(" [")
        if (
            rest
            and _PLACE_END.fullmatch(rest)
            and len(rest) < 75
            and (rest.endswith((",", ",]", "]")) or (sentence and opens))
            and (not sentence or opens or "," in rest)
        ):
            return low + cut
        if rest:
            break
    if sentence:  # a date that is a sentence: "Secret. August 19, 1962, 7:45 p.m. ..."
        ended = re.search(r"(?:[a-z\d)\]]|[A-Z]{2})[.)]\]?\s+\[?$", before) or not before.strip(
            " ["
        )
        if ended and (opens or _CLOSED.match(words, at)):
            return at
        return _known_place(before, low) if opens else None
    bracketed = re.search(r"(?<=\s)\[[A-Z][^\[\]]{4,40}\],?\s?$", before)
    if bracketed is not None and not _OPENER.match(bracketed[0]):
        return low + bracketed.start()
    one = re.search(
        r"(?:^|\s)(?P<place>\[?\s?[A-Z][\w’'“”.-]{1,24}\s?,?\]?(?:\s?\[?,)?)\s*\[?$", before
    )
    if one is None or "," not in one["place"]:
        alone = re.search(r"[\w)\]]\s\[?$", before) and not _LEADS_ON.search(before)
        return at if alone and _CLOSED.match(words, at) else None
    start = one.start("place")
    if _STATE.fullmatch(one["place"]) is not None:
        further = re.search(r"(?P<place>[A-Z][\w’'.-]{1,24},?\s+(?:[A-Z]\.\s)?)$", before[:start])
        start = further.start("place") if further else start
    two = _TWO_WORDS.search(before[:start])
    return low + (two.start() if two else start)


def _known_place(before: str, low: int) -> int | None:
    """Where a well-known place begins directly before a date, though no stop stands before it:
    "Drafted by Grey Zenda, May 3, 1961. SUBJECT ..."."""
    found = re.search(r"(?<![\w’-])(?P<place>(?:[A-Z][\w’-]+ ){0,2}[A-Z][\w’-]+),? \[?$", before)
    if found is None:
        return None
    parts = found["place"].split(" ")
    for count in range(len(parts), 0, -1):
        words = " ".join(parts[-count:])
        if gazetteer.is_place(words):
            at = found.end("place") - len(words)
            led = re.search(r"\b(?:from|to|at|in|of|near|for) $", before[:at])
            return None if led else low + at
    return None
