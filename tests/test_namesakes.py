"""Towns of one name in several countries, and waters: what a mention of them leads to."""

from __future__ import annotations

import pytest

from kgraph import authorities
from kgraph.model import Item, Mention, Party, Place, PlaceEntry, Record

AUTHORITY = authorities.Authority.of(())


def resolved(*names: str, **fields: object) -> tuple[Record, list[Item]]:
    """A record whose text is these names, each a mention of a place; and all that was yielded."""
    mentions, at = [], 0
    for name in names:
        mentions.append(Mention(text=name, start=at, end=at + len(name), type="place"))
        at += len(name) + 1
    record = Record(
        id="frus1960v99/d1", source="frus1960v99", form="telegram", text=" ".join(names),
        mentions=tuple(mentions), **fields,  # type: ignore[arg-type]
    )  # fmt: skip
    items = list(authorities.resolve_source([record], AUTHORITY))
    return next(i for i in items if isinstance(i, Record)), items


def ids(*names: str, **fields: object) -> dict[str, str | None]:
    return {m.text: m.id for m in resolved(*names, **fields)[0].mentions}


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (("Tripoli", "Libya"), "place/tripoli"),
        (("Tripoli", "Lebanon", "France"), "place/tripoli-lebanon"),
        (("Tripoli", "Libya", "Lebanon"), None),
        (("Tripoli", "Chile"), None),
        (("San José", "Costa Rica"), "place/san-jose"),
        (("SANTIAGO", "Chile"), "place/santiago"),
    ],
)
def test_a_town_is_that_of_the_state_which_the_document_speaks_of(
    names: tuple[str, ...], meant: str | None
) -> None:
    assert ids(*names)[names[0]] == meant


def test_the_state_may_be_told_by_who_writes_and_the_entry_comes_with_the_record() -> None:
    embassy = Party(name="Embassy in Libya", kind="body")
    record, items = resolved("Tripoli", senders=(embassy,), place=Place(name="Tripoli"))
    assert record.mentions[0].id == "place/tripoli"
    assert record.place is not None
    assert record.place.id == "place/tripoli"
    entries = {i.id: i for i in items if isinstance(i, PlaceEntry)}
    assert entries["place/tripoli"].within == "place/libya"
    assert "place/libya" in entries


def test_waters_have_one_id_under_all_their_names() -> None:
    found = ids("the Suez Canal", "Taiwan Straits", "Formosa Strait", "Kuriles")
    assert found == {
        "the Suez Canal": "place/suez-canal", "Taiwan Straits": "place/formosa-strait",
        "Formosa Strait": "place/formosa-strait", "Kuriles": "place/kurile-islands",
    }  # fmt: skip
