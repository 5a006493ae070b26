"""Invented letters for the tests of networks and pictures."""

from __future__ import annotations

from kgraph.model import (
    Body,
    Date,
    Holding,
    Leg,
    Mention,
    Office,
    Party,
    Person,
    Place,
    PlaceEntry,
    Record,
    Relation,
)

NAMES = {
    "person/ash": ("Ada Ash", "us"),
    "person/birch": ("Ben Birch", "us"),
    "person/cedar": ("Cyril Cedar", "soviet"),
    "person/dogwood": ("Dora Dogwood", "soviet"),
    "person/elm": ("Edgar Elm", "british"),
    "person/fir": ("Freya Fir", None),
    "body/office-of-trees": ("Office of Trees and Hedges", "us"),
}


def party(key: str, **more: object) -> Party:
    kind = "person" if key.startswith("person/") else "body"
    return Party(name=NAMES[key][0], id=key, kind=kind, **more)  # type: ignore[arg-type]


def on(day: str, last: str | None = None) -> Date:
    return Date(
        text=day,
        edtf=day if last is None else f"{day}/{last}",
        earliest=f"{day}T00:00:00",
        latest=f"{last or day}T23:59:59",
    )


def letter(
    number: int | str,
    sender: str | tuple[str, ...],
    addressee: str | tuple[str, ...],
    date: Date | None = None,
    **more: object,
) -> Record:
    senders = (sender,) if isinstance(sender, str) else sender
    addressees = (addressee,) if isinstance(addressee, str) else addressee
    return Record(
        id=f"grove/{number}",
        source="grove",
        form="letter",
        title=f"Letter {number}",
        senders=tuple(party(x) for x in senders),
        addressees=tuple(party(x) for x in addressees),
        date=date,
        **more,  # type: ignore[arg-type]
    )


def authority() -> list[Person | Body | PlaceEntry]:
    people: list[Person | Body | PlaceEntry] = []
    for key, (label, side) in NAMES.items():
        if key.startswith("body/"):
            people.append(Body(id=key, label=label, side=side))
        else:
            people.append(Person(id=key, label=label, side=side))
    people.append(PlaceEntry(id="place/oakham", label="Oakham", lat=52.67, lon=-0.73))
    people.append(PlaceEntry(id="place/pineville", label="Pineville", lat=36.76, lon=-83.7))
    return people


def ambassadors() -> list[Person]:
    """Two men who held one office one after the other."""
    return [
        Person(
            id="person/ash", label="Ada Ash", side="us",
            offices=(Office(title="Envoy to the Hedge", id="position/envoy", to="1961-06-30"),),
        ),
        Person(
            id="person/birch", label="Ben Birch", side="us",
            offices=(Office(title="Envoy to the Hedge", id="position/envoy", from_="1961-07"),),
        ),
    ]  # fmt: skip


def hop(index: int, giver: str | None, getter: str | None, **more: object) -> Leg:
    return Leg(
        index=index,
        from_=party(giver) if giver else None,
        to=party(getter) if getter else None,
        **more,  # type: ignore[arg-type]
    )


def grove() -> list[Record | Person | Body | PlaceEntry]:
    """A small correspondence with channels, a joint letter, a doubtful date, a reply."""
    records: list[Record] = [
        letter(1, "person/ash", "person/cedar", on("1961-03-01"),
               legs=(hop(1, "person/ash", "person/birch", mode="hand delivery"),
                     hop(2, "person/birch", "person/cedar", mode="hand delivery",
                         channel="bolshakov", place=Place(name="Oakham", id="place/oakham"),
                         date=on("1961-03-03"))),
               holdings=(Holding(holder="archive/one"),),
               place=Place(name="Pineville", id="place/pineville")),
        letter(2, "person/cedar", "person/ash", on("1961-03-09"),
               legs=(hop(1, "person/cedar", "person/ash", mode="telegram"),),
               relations=(Relation(type="reply-to", target="grove/1"),),
               place=Place(name="Oakham", id="place/oakham")),
        letter(3, ("person/ash", "person/elm"), "person/cedar", on("1961-04-01", "1961-05-15"),
               legs=(hop(1, None, None, mode="telegram"),)),
        letter(4, "person/dogwood", "person/ash", None,
               classification="Secret",
               mentions=(Mention(start=0, end=3, text="Elm", type="person", id="person/elm"),)),
        letter(5, "body/office-of-trees", "person/birch", on("1962-01-01"),
               copies_to=(party("person/elm"),)),
        letter(6, "person/cedar", "person/dogwood", on("1962-02-02"), status="cited"),
        letter("6/en", "person/ash", "person/fir", on("1962-03-02"), status="cited"),
    ]  # fmt: skip
    return [*authority(), *records]
