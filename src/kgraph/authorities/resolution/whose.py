"""Whose government "his Government", "both Governments" or "the Government, he said" is: that of
the persons and states that stand just before, where these leave one answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from kgraph.authorities.gazetteer.states import State, adjective, institution, named, of_side
from kgraph.authorities.names.spellings import fold
from kgraph.authorities.resolution.writer import ADDRESSED, Standing
from kgraph.model import Mention

SideOf = Callable[[str], str | None]
"""The side of a person, or of a body, by id."""

_HIS = re.compile(r"(?:his|her) (?:own )?government")
_THEIRS = re.compile(r"their (?:own |two |respective )?governments")
_TWO = re.compile(r"(?:both|the two) governments")
_BARE = re.compile(r"the government")
_NATION = re.compile(r"(?:[A-Z]\w+\s)?[A-Z]\w+\s$")
_FOLLOWED = re.compile(r",\s(?:the\s|[A-Z])")
_FOREIGN = re.compile(
    r"(?:[Tt]he\s)?(?:Ambassador|Minister|Charg|Chancellor|Prime\sMinister|President|Foreign\sMinister|Premier|King|General|Marshal)"
)
_BARE_OFFICE = re.compile(r"(?:[Tt]he\s)?(?:Ambassador|Minister|Charg\w+(?:\sd.[Aa]ffaires)?)")
_SENTENCE = re.compile(
    r"(?:(?<=[a-z\d)\]”’\"]{2}[.!?])|(?<=[.!?][”\"’])|\n)\s*(?=[“\"(\[]?[A-Z\d])"
)
_SAYS = re.compile(
    r"\s?(?:said|says|replied|stated|added|explained|remarked|continued|answered|declared|noted|observed|went on)\b"
)


def states_meant(
    mention: Mention, around: Sequence[Mention], text: str, standing: Standing, side_of: SideOf
) -> tuple[State, ...]:
    """The states whose governments `mention` means; none where what stands before leaves a doubt.

    `around` are the mentions of the record as they were resolved.
    """
    low, at = fold(mention.text), mention.start
    if at is None or mention.end is None:
        return ()
    begin, before = _sentences(text, at)
    near = [m for m in around if m.start is not None and m is not mention]
    here = [m for m in near if begin <= (m.start or 0) < at]
    if _BARE.fullmatch(low):
        return _said_by(mention, near, text, standing, side_of)
    home = "us" if standing.american else standing.writer.key if standing.writer else None
    if _HIS.fullmatch(low):
        if _FOLLOWED.match(text, mention.end):
            return ()  # "on orders of his Government, the Belgian Minister said"
        for named_here in (here, [m for m in near if before <= (m.start or 0) < begin]):
            found = {
                k: s for k, s in _states(named_here, text, standing, side_of).items() if k != home
            }
            if any(_unplaced(m, text, standing, side_of) for m in named_here):
                return ()
            if found:
                return tuple(found.values()) if len(found) == 1 else ()
        return ()
    if _THEIRS.fullmatch(low):
        found = {k: s for k, s in _states(here, text, standing, side_of).items() if k != home}
        return tuple(found.values()) if len(found) == 2 else ()
    if _TWO.fullmatch(low):
        told = [m for m in near if before <= (m.start or 0) < at]
        found = _states(told, text, standing, side_of, countries=home is not None)
        ends = (standing.writer, standing.to)
        if ends[0] and ends[1] and ends[0].key != ends[1].key and standing.form in ADDRESSED:
            both = {end.key: end for end in ends if end}
            return tuple(both.values()) if found.keys() <= both.keys() else ()
        mine = home is None or home in found  # the writer's own is one of the two
        return tuple(found.values()) if len(found) == 2 and mine else ()
    return ()


def _sentences(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around `at` begins, and the one before it."""
    first = max(0, at - 700)
    ends = [m.end() for m in _SENTENCE.finditer(text, first, at) if m.end() <= at]
    begin = ends[-1] if ends else first
    return begin, ends[-2] if len(ends) > 1 else first


def _said_by(
    mention: Mention, near: Iterable[Mention], text: str, standing: Standing, side_of: SideOf
) -> tuple[State, ...]:
    """The state of who is said to say the sentence that "the government" begins."""
    assert mention.start is not None
    assert mention.end is not None
    if not mention.text.startswith("The ") and not re.search(r"[“\"]\s?$", text[: mention.start]):
        return ()
    end = next((m.start() for m in _SENTENCE.finditer(text, mention.end)), len(text))
    for one in near:
        if one.type == "person" and one.start is not None and mention.end < one.start < end:
            told = text[one.start - 2 : one.start] == ", " and _SAYS.match(text, one.end or 0)
            state = _state(one, text, standing, side_of) if told else None
            if state is not None:
                return (state,)
    return ()


def _unplaced(one: Mention, text: str, standing: Standing, side_of: SideOf) -> bool:
    """Whether somebody in a foreign office is named whose state is not known."""
    foreign = one.type == "person" and _FOREIGN.match(one.text) is not None
    return foreign and _state(one, text, standing, side_of) is None


def _states(
    mentions: Iterable[Mention],
    text: str,
    standing: Standing,
    side_of: SideOf,
    *,
    countries: bool = False,
) -> dict[str, State]:
    """The states of persons, and with `countries` those that are named themselves, by key."""
    found: dict[str, State] = {}
    for one in mentions:
        if one.type == "person" or countries:
            state = _state(one, text, standing, side_of)
            if state is not None:
                found.setdefault(state.key, state)
    return found


def _state(one: Mention, text: str, standing: Standing, side_of: SideOf) -> State | None:
    state = None
    if one.type == "place":
        state = named(one.text)
    elif one.type == "organisation":
        read = institution(one.core or one.text)
        state = read.state if read is not None else None
    elif not (one.form == "description" and _BARE_OFFICE.fullmatch(one.text)):
        nation = _NATION.search(text, max(0, (one.start or 0) - 24), one.start or 0)
        said = f"{nation[0]}{one.text}" if nation else one.text  # "Belgian" "Ambassador Lonck"
        words = fold(said).removeprefix("the ").split()
        told = (adjective(" ".join(words[:size])) for size in (2, 1) if len(words) > size)
        state = next((s for s in told if s), None) or of_side(side_of(one.id) if one.id else None)
    return state.in_year(standing.year) or state if state is not None else None
