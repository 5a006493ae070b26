"""Which source a file belongs to: the id that it goes by, and what its records' ids begin with.

`data/sources.toml` names the files of the sources we know; any other file's name
is the source's id, and so the prefix of its records' ids.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from kgraph import shipped
from kgraph.report import KgraphError


def source_key(path: Path) -> tuple[str, str]:
    """(source id, prefix of its records' ids) of a file or of a folder of pages.

    A folder called "pages" goes by its parent's name.

    >>> source_key(Path("Smith 2019.txt"))
    ('smith-2019', 'smith-2019')
    >>> source_key(Path("letters/pages"))
    ('letters', 'letters')
    """
    name = path.name
    if (path.is_dir() or not path.suffix) and name.lower() in ("pages", "text", "txt", "ocr"):
        name = path.absolute().parent.name
    listed = _listed()
    for candidate in (path.name, name):
        if candidate in listed:
            return listed[candidate]
    stem = name if path.is_dir() or not path.suffix else path.stem
    key = re.sub(r"[^\w.-]+", "-", stem.strip()).strip("-").lower() or "source"
    return key, key


@cache
def _listed() -> dict[str, tuple[str, str]]:
    try:
        entries = tomllib.loads((shipped.folder("data") / "sources.toml").read_text("utf-8"))
    except (KgraphError, OSError, tomllib.TOMLDecodeError):
        return {}
    out: dict[str, tuple[str, str]] = {}
    for entry in entries.get("sources", ()):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            prefix = str(entry.get("prefix") or entry["id"])
            for name in entry.get("files", ()):
                out[str(name)] = (entry["id"], prefix)
    return out
