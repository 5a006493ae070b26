"""What a letter catalogue says once for all its letters: short forms of addresses, lists of persons and places."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

from kgraph.sources.cmif_values import XML_ID, identifier, local_name, words_of

_LISTED = frozenset(("person", "org", "place", "personGrp", "prefixDef"))
_NAMES = ("persName", "orgName", "placeName", "name", "settlement")


class Known:
    """Names and addresses behind the short references of a file."""

    def __init__(self) -> None:
        self.prefixes: list[tuple[str, re.Pattern[str], str]] = []
        self.listed: dict[str, tuple[str, str | None]] = {}

    def take(self, element: Any) -> None:
        """Keep a declared prefix, or an entry of a list of persons, bodies or places."""
        if local_name(element) == "prefixDef":
            ident = element.get("ident")
            pattern, made = element.get("matchPattern"), element.get("replacementPattern")
            if ident and pattern and made:
                try:
                    compiled = re.compile(pattern)
                except re.error:
                    return
                self.prefixes.append((ident, compiled, re.sub(r"\$(\d)", r"\\\1", made)))
            return
        key = element.get(XML_ID)
        named = next((c for n in _NAMES if (c := element.find(f"{{*}}{n}")) is not None), None)
        if key and named is not None and (name := words_of(named)):
            self.listed[key] = (name, identifier(element))

    def told(self, name: str, ref: str | None) -> tuple[str, str | None]:
        """A name and its identifier, the first from the file's list where it stands only there,
        the second in full."""
        if ref is None:
            return name, None
        if ref.startswith("#") and ref[1:] in self.listed:
            listed, address = self.listed[ref[1:]]
            return name or listed, self.told("", address)[1] if address else ref
        for ident, pattern, made in self.prefixes:
            if ref.startswith(f"{ident}:"):
                found = pattern.fullmatch(ref[len(ident) + 1 :])
                if found is not None:
                    return name, found.expand(made)
        return name, ref


def known_of(path: Path) -> Known:
    """What the file declares anywhere; read in a pass of its own, where there is anything."""
    known = Known()
    if not _declares(path):
        return known
    try:
        for _, element in etree.iterparse(
            str(path), events=("end",), tag=[f"{{*}}{one}" for one in _LISTED], recover=True,
            huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False,
        ):  # fmt: skip
            known.take(element)
            element.clear(keep_tail=False)
    except etree.XMLSyntaxError:
        pass  # told by the pass that reads the letters
    return known


def _declares(path: Path) -> bool:
    """Whether the file has a list of prefixes, persons, bodies or places."""
    before = b""
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            if re.search(rb"prefixDef|listPerson|listOrg|listPlace", before + chunk):
                return True
            before = chunk[-20:]
    return False
