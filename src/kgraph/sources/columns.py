"""Which column of a letter table means what: mapping files, ready or beside the table, or guesses."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec

from kgraph.model import Form
from kgraph.report import KgraphError, Report
from kgraph.shipped import folder
from kgraph.sources.column_names import guess, plain

FIELDS = frozenset({
    "id", "title", "kind", "senders", "sender_refs", "sender_bodies", "addressees",
    "addressee_refs", "addressee_bodies", "copies_to", "place", "place_ref", "place_to",
    "place_to_ref", "date", "date_text", "date_from", "date_to", "not_before", "not_after",
    "date_cert", "date_evidence", "date_uncertain", "year", "month", "day", "calendar",
    "received", "received_text", "received_year", "received_month", "received_day", "mentioned_persons", "mentioned_places", "mentioned_bodies",
    "language", "note", "url", "edition", "pages", "holder", "shelfmark", "weight", "subject",
    "reply_to", "sender_given", "sender_family", "addressee_given", "addressee_family", "channel", "carrier",
    "classification", "time", "sender_uncertain", "addressee_uncertain", "place_uncertain",
    "place_to_uncertain", "date_about", "direction", "ignore",
})  # fmt: skip
"""What a column may mean; see docs/adding-a-source.md."""


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Columns of a table and their meanings.

    `needs` are columns that must be there for a ready mapping to be chosen, `any`
    columns of which one must be, `without` columns that must not. `separator` parts several
    values in a cell. `senders` and `addressees` name those of every letter where no
    column does. `addresses`: cells hold mail addresses. `guessed`: nobody wrote it for this table;
    `joined`: "A and B" in a cell may be two people.
    """

    title: str = "a mapping beside the table"
    columns: dict[str, str] = {}
    needs: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    extends: str | None = None
    separator: str | None = None
    senders: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    form: Form = "letter"
    addresses: bool = False
    guessed: bool = False
    joined: bool = False


@cache
def ready() -> dict[str, Mapping]:
    """The mappings in data/mappings by name."""
    found = {p.stem: load(p) for p in sorted((folder("data") / "mappings").glob("*.toml"))}
    return {
        name: msgspec.structs.replace(
            one, columns={**found[one.extends].columns, **one.columns}
        ) if one.extends else one
        for name, one in found.items()
    }  # fmt: skip


def load(path: Path) -> Mapping:
    """A mapping file; raises `KgraphError` naming what is wrong with it."""
    try:
        mapping = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Mapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise KgraphError(
            f"{path}: {error}", hint='a mapping has lines such as  "Author" = "senders"'
        ) from None
    for column, field in mapping.columns.items():
        if field not in FIELDS:
            raise KgraphError(
                f"{path}: column {column!r} is mapped to {field!r}, which is no field",
                hint=f"fields are {', '.join(sorted(FIELDS))}",
            )
    return mapping


def choose(
    path: Path, names: list[str], report: Report, told: Callable[[], str | None] = lambda: None
) -> Mapping | None:
    """The mapping for a table with the columns `names`.

    First the file of the table's name with the ending .toml beside it, then the
    first ready mapping whose columns are there, then guesses, each an info finding; where
    these tell no side, `told` says which column has both in its words ("Letter from A to B").
    None and one error finding where neither senders nor addressees are known.
    """
    beside = path.with_suffix(".toml")
    if beside.is_file():
        mapping = load(beside)
        if mapping.extends:
            base = ready().get(mapping.extends)
            if base is None:
                raise KgraphError(
                    f"{beside}: there is no ready mapping {mapping.extends!r}",
                    hint=f"ready are {', '.join(ready())}",
                )
            mapping = msgspec.structs.replace(mapping, columns={**base.columns, **mapping.columns})
        mapping = _applied(mapping, names)
        if not _useful(mapping):
            _useless(path, names, report)
            return None
        return mapping
    known = {plain(name) for name in names}
    for mapping in ready().values():
        if (
            all(plain(n) in known for n in mapping.needs)
            and not any(plain(n) in known for n in mapping.without)
            and (not mapping.any or any(plain(n) in known for n in mapping.any))
        ):
            applied = msgspec.structs.replace(_applied(mapping, names), guessed=True)
            return _with_guesses(applied, path, names, report, told)
    guesses = Mapping(title="guesses", guessed=True, joined=True)
    return _with_guesses(guesses, path, names, report, told)


def _applied(mapping: Mapping, names: list[str]) -> Mapping:
    """`mapping` with the columns spelt as in the table."""
    meant = {plain(column): field for column, field in mapping.columns.items()}
    columns = {name: meant[plain(name)] for name in names if plain(name) in meant}
    return msgspec.structs.replace(mapping, columns=columns)


def _with_guesses(
    mapping: Mapping, path: Path, names: list[str], report: Report, told: Callable[[], str | None]
) -> Mapping | None:
    columns = dict(mapping.columns)
    guessed, left = [], []
    for name in names:
        if not name or name in columns:
            continue
        field = guess(name)
        if field is None or field in columns.values():
            left.append(name)
        else:
            columns[name] = field
            guessed.append(f"{name!r} as {field}")
    mapping = msgspec.structs.replace(
        mapping, columns=columns, separator=mapping.separator or (";" if guessed else None)
    )
    both = told() if not _useful(mapping) else None
    if both is not None:
        mapping = msgspec.structs.replace(mapping, columns={**columns, both: "direction"})
        guessed = [one for one in guessed if not one.startswith(f"{both!r} ")] + [
            f"{both!r} as direction"
        ]
        left = [name for name in left if name != both]
    if not _useful(mapping):
        _useless(path, names, report)
        return None
    if guessed:
        report.info("columns-guessed", f"{path}:1", f"guessed from their names: {', '.join(guessed)}",
                    f"if that is wrong, write {path.with_suffix('.toml').name} beside the table")  # fmt: skip
    if left:
        report.info("columns-unused", f"{path}:1", f"not used: {', '.join(map(repr, left))}",
                    f"map them in {path.with_suffix('.toml').name} beside the table")  # fmt: skip
    return mapping


def is_letters(names: list[str]) -> bool:
    """Whether columns called `names` tell who wrote to whom."""
    fields = {guess(name) for name in names}
    known = {plain(name) for name in names}
    sides = fields & {"senders", "sender_family"}, fields & {"addressees", "addressee_family"}
    if all(sides):
        return True
    return any(m.needs and all(plain(n) in known for n in m.needs) for m in ready().values())


def _useful(mapping: Mapping) -> bool:
    fields = set(mapping.columns.values())
    return "direction" in fields or bool(
        (fields & {"senders", "sender_bodies", "sender_family"} or mapping.senders)
        or (fields & {"addressees", "addressee_bodies", "addressee_family"} or mapping.addressees)
    )


def _useless(path: Path, names: list[str], report: Report) -> None:
    report.error("columns-unknown", f"{path}:1", "no column tells who wrote or to whom; there are "
                 f"{', '.join(map(repr, names[:12]))}",
                 f"write {path.with_suffix('.toml').name} beside the table, with lines such as  "
                 '"Author" = "senders"  under [columns]')  # fmt: skip
