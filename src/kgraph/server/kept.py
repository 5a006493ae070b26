"""What is made once for an edition and kept beside it: values as JSON, tables as SQLite,
pictures and other documents as they are sent.

Each has a name that is raised when its form changes. Where nothing can be written beside
the generation, it lasts as long as the edition (`Edition.beside`).
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kgraph.server.publication import Edition


def value(edition: Edition, name: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, as it is read back from JSON; made once, whoever asks."""
    memo = edition.memo
    if name in memo:
        return memo[name]
    with _alone(edition, name):
        if name not in memo:
            file = edition.beside / f"{name}.json"
            try:
                memo[name] = json.loads(file.read_bytes())
            except (OSError, ValueError):
                text = json.dumps(make(), ensure_ascii=False)
                with contextlib.suppress(OSError), _draft(file) as draft:
                    draft.write_text(text, "utf-8")
                memo[name] = json.loads(text)
        return memo[name]


def document(edition: Edition, name: str, make: Callable[[], bytes]) -> bytes:
    """The bytes that `make` gives, kept in a file called `name`; made once, whoever asks."""
    file = edition.beside / name
    with _alone(edition, name):
        try:
            return file.read_bytes()
        except OSError:
            found = make()
            with contextlib.suppress(OSError), _draft(file) as draft:
                draft.write_bytes(found)
            return found


def there(edition: Edition, name: str) -> bool:
    """Whether a value is made already."""
    return name in edition.memo or (edition.beside / f"{name}.json").exists()


def table(edition: Edition, name: str, fill: Callable[[sqlite3.Connection], None]) -> Path:
    """The file of a table that `fill` fills where there is none yet. OSError where it cannot
    be written."""
    file = edition.beside / f"{name}.sqlite"
    with _alone(edition, name):
        if not file.exists():
            try:
                with _draft(file) as draft, contextlib.closing(sqlite3.connect(draft)) as new, new:
                    new.execute("PRAGMA journal_mode = OFF")
                    new.execute("PRAGMA synchronous = OFF")
                    new.execute("PRAGMA cache_size = -65536")  # KiB; rows come in no order
                    fill(new)
            except sqlite3.Error as error:
                raise OSError(str(error)) from error
    return file


@contextlib.contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A table, open for reading."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as found:
        yield found


@contextlib.contextmanager
def _draft(file: Path) -> Iterator[Path]:
    """A file to write to that takes the place of `file` when it is whole."""
    draft = file.with_name(f".{file.name}-{os.getpid()}")
    try:
        yield draft
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _alone(edition: Edition, name: str) -> threading.Lock:
    lock: threading.Lock = edition.memo.setdefault(f"lock of {name}", threading.Lock())
    return lock
