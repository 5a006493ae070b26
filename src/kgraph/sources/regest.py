"""The text of a catalogue entry, put together from its parts, so that facts have words."""

from __future__ import annotations

import re
from pathlib import Path

GENERIC = re.compile(
    r"(?i)^(?:(?:src_*)?(?:letters?|cmif|data|index|export|table|edges|nodes|briefe|correspondence|"
    r"korrespondenz|metadata|download|tei|results?|sheet\d*|test|list)[-_]?\d*)$"
)


def slug(text: str) -> str:
    """`text` as a part of an id: words of letters and digits joined by hyphens."""
    return re.sub(r"[^\w.+]+", "-", text.strip()).strip("-.")


def stem(path: Path) -> str:
    """What the ids of a file's records begin with: its name, after its folder's if it says little.

    >>> stem(Path("spener/letters.xml")), stem(Path("x/Schnitzler 1970.xml"))
    ('spener-letters', 'Schnitzler-1970')
    """
    name = slug(path.stem)
    folder = slug(path.absolute().parent.name)
    return f"{folder}-{name}" if folder and GENERIC.match(path.stem) else name or "source"


class Words:
    """A text that grows by labelled values; `add` gives the span of the value.

    >>> words = Words()
    >>> words.add("from", "Anna Weiss")
    (6, 16)
    >>> words.text
    'from: Anna Weiss\\n'
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def add(self, label: str, value: str) -> tuple[int, int]:
        """Append "label: value" as a line; start and end of the value in `text`."""
        line = f"{label}: {value}\n"
        start = self._length + len(label) + 2
        self._parts.append(line)
        self._length += len(line)
        return start, start + len(value)

    @property
    def text(self) -> str:
        return "".join(self._parts)
