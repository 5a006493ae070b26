"""What a paper without another form calls itself: a treaty, a position paper, an estimate."""

from __future__ import annotations

import re

_BEFORE = (
    r"draft|proposed|revised|final|interim|preliminary|special|national|joint|intelligence|research|position|working|policy|progress|background|scope|briefing"
    r"|discussion|information|issues?|options?|strategy|strategic|contingency|contact|status|annual|monthly|weekly|field|trip|analytical|peace|commercial|consular|extradition|arbitration|supplementary|supplemental"
    r"|additional|provisional|executive|royal|imperial|presidential|identic|public|oral|opening|closing|personal|talking|agreed|military|economic|political|situation"
)
_NOUN = (
    r"papers?|reports?|estimates?|study|studies|treaty|treaties|convention|agreement|protocol|proclamation|declaration|statement|proposals?|points|summary|list|log|diary(?: entry)?|reply|protest|directive"
    r"|finding|determination|plan|decree|order|act|speech|remarks|address|affidavit|deposition|testimony|evaluation|appraisal|assessment|analysis|memorial|petition|chronology|outline"
    r"|agenda|program|regulations|rules|law|ordinance|opinion|award|interview|article|minute|draft|notice|instructions|brief|book|guidelines|instrument|certificate|passport|contract|questionnaire|comments|recommendations"
)
_KIND = re.compile(rf"\b(?:(?:{_BEFORE})\s+)*(?:{_NOUN})\b", re.IGNORECASE)
_AMID = re.compile(  # what stands ahead of the paper's own word no more
    r"\b(?:of(?!\s(?:State|Staff|Defense)\b)|from|by|to|on|for|between|with|in|at|regarding|concerning)\s|[,:;(—]|’s?\s|\.\s(?=[A-Z])",
    re.IGNORECASE,
)


def kind_of_paper(title: str) -> tuple[int, int] | None:
    """Where a title says what the paper is, if it does.

    >>> title = "Danish Delegation Position Paper on Piers"
    >>> title[slice(*kind_of_paper(title))]
    'Position Paper'
    >>> kind_of_paper("Extracts of an Interview")
    """
    stop = _AMID.search(title)
    found = list(_KIND.finditer(title[: stop.start() if stop else len(title)][:70]))
    return found[-1].span() if found else None  # ahead of "of", "by" or "on"
