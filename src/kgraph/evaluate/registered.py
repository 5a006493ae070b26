"""Whether an entry of the register of documents spoken of says the same as a gold row.

The gold names such documents by ids of its own, the register by where they are first spoken of.
They are one where the entry tells a number, a day or an end that the gold tells too, or is the
version in that language of the same document, and contradicts the gold in nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kgraph.evaluate.comparing import same_day, same_number
from kgraph.model import Record

_PREFIX = {"p": "person", "o": "body"}
_FORMS = {"memorandum-of-conversation": "memorandum", "other": ""}


def same(row: Mapping[str, str] | None, entry: Record, key: str) -> bool:
    """Whether `entry`, spoken of in the record `key`, is the document of the gold's `row`."""
    if row is None:
        return False
    version = next((r for r in entry.relations if r.type == "version-of"), None)
    if version is not None:
        return _same_version(row, version.note or "", key)
    form = _FORMS.get(entry.form, entry.form)
    if form not in row["kind"].casefold() and not (
        entry.kind and _shares_word(entry.kind, row["kind"])
    ):
        return False
    told = [
        _number(row, entry),
        _day(row, entry),
        _ends(row["senders"], [p.id for p in entry.senders]),
        _ends(row["addressees"], [p.id for p in entry.addressees]),
    ]
    return False not in told and True in told


def _shares_word(a: str, b: str) -> bool:
    return bool(set(re.findall(r"[a-z]{4,}?(?=s?\b)", a.casefold())) & set(re.findall(r"[a-z]{4,}?(?=s?\b)", b.casefold())))  # fmt: skip


def _number(row: Mapping[str, str], entry: Record) -> bool | None:
    wanted = [w for w in re.split(r"; | \| ", row["numbers"]) if w]
    if not wanted or not entry.numbers:
        return None
    return any(same_number(w, n.value) for w in wanted for n in entry.numbers)


def _day(row: Mapping[str, str], entry: Record) -> bool | None:
    found = entry.date.edtf if entry.date else None
    wanted = row["date_edtf"]
    if not wanted or not found:
        return None
    without_year = "XXXX-" in wanted + found
    return wanted[-5:] == found[-5:] if without_year else same_day(wanted, found)


def _ends(cell: str, ids: list[str | None]) -> bool | None:
    """Whether the ends agree; None where either side tells none by id."""
    wanted = {
        f"{_PREFIX[part[0]]}/{part[2:]}"
        for part in re.findall(r"\b[po]/[\w-]+", cell)
    }  # fmt: skip
    found = {id for id in ids if id}
    return found <= wanted if wanted and found else None


def _same_version(row: Mapping[str, str], version: str, key: str) -> bool:
    of = re.search(r"(version of|translated as|same as the source text of) (\S+)", row["relations"])
    if of is None or of[2].rstrip(",").removesuffix("/message") != key:
        return False
    if of[1] == "translated as":
        return version.startswith("original")
    low = row["language"].casefold()
    if "russian" in low.split(":")[-1] or low.startswith("russian"):
        return "russian" in version and ("translit" in low) == ("translit" in version)
    return "russian" not in version and not version.startswith("original")
