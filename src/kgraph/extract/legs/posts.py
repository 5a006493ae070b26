"""The post that a telegram or despatch comes from, and the department that it goes to."""

from __future__ import annotations

from kgraph.model import Party, Place

_OTHER_POSTS = frozenset(  # consulates, missions and conferences
    str.split("""Geneva Berlin Jerusalem Istanbul Munich Frankfurt Hamburg Calcutta Bombay Madras Salonika Naples Milan Genoa Trieste Singapore Zagreb
    Shanghai Canton Aleppo Alexandria Dhahran Tabriz Isfahan Lahore Chittagong Dacca Leningrad Kiev Montreal Toronto Johannesburg Algiers Washington USUN""")
) | {"Hong Kong", "New York", "Cape Town", "West Berlin", "the Department"}  # fmt: skip


def post_at(place: Place, year: int | None) -> Party:
    """The post at a place: an embassy, but for consulates, missions and older days."""
    embassy = place.name not in _OTHER_POSTS and (year is None or year > 1945)
    return Party(
        name=f"Embassy {place.name}" if embassy else place.name, kind="body",
        start=place.start, end=place.end,
        certainty="inferred", rule="leg-post", note="the post there",
    )  # fmt: skip


def department(note: str) -> Party:
    return Party(
        name="Department of State", kind="body", certainty="inferred", rule="leg-post", note=note
    )
