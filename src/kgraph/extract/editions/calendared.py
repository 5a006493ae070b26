"""Headings that are all that an edition prints: "Letter From A to B, May 2, 1961. Thanks for the
grain. Secret. 2 pp. DOS, CF, 611.00/5-261." as microfiche supplements list their documents."""

from __future__ import annotations

import re
from typing import Any

from kgraph.extract.edition_context import Draft
from kgraph.extract.notes.holdings import read_bare, read_citation
from kgraph.extract.notes.markings import CLASSIFICATION
from kgraph.model import Evidence

_FOOT = re.compile(
    rf"(?<=[.”\"’)\d?])\s+(?P<class>{CLASSIFICATION})(?:;\s*(?P<handling>[A-Z][^.;]{{2,40}}))?\.?\s+"
    r"(?:(?P<extent>\d+\s?pp?\.)\s+)?(?:Source:\s+)?(?P<cited>[A-Z][^\n]{3,250})$"
)
_SENTENCE = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bGen)(?<!\bNo)\.\s+(?=[A-Z“])"
)


def read_calendared(draft: Draft, values: dict[str, Any]) -> str | None:
    """Fill classification and holding from the heading; what it says the document is about."""
    heading = draft.heading
    foot = _FOOT.search(heading.text)
    if foot is None:
        return None
    shift = heading.start
    values["classification"] = foot["class"]
    draft.evidence.append(
        Evidence(
            field="classification", rule="heading",
            start=shift + foot.start("class"), end=shift + foot.end("class"),
        )
    )  # fmt: skip
    if foot["handling"]:
        values["handling"] = (foot["handling"].strip(),)
        draft.evidence.append(
            Evidence(
                field="handling[0]", rule="heading",
                start=shift + foot.start("handling"), end=shift + foot.end("handling"),
            )
        )  # fmt: skip
    cited = read_citation(heading.text, *foot.span("cited"), shift, rule="holding-in-heading")
    held = cited[0] if cited is not None else None
    if held is None:
        bare = read_bare(heading.text, *foot.span("cited"), shift)
        held = bare[0] if bare is not None else None
    if held is not None:
        values["holdings"] = (held,)
    after = heading.text.find(heading.title)
    if heading.date is not None and heading.date.end:
        after = heading.date.end - shift
    stop = _SENTENCE.search(heading.text, after, foot.start() + 2)
    about = heading.text[stop.end() if stop else after : foot.start()].strip(" ,.")
    if len(about) < 4:
        return None
    return about if about[-1] in '”"?!' else f"{about}."
