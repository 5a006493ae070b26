"""The text of a catalogue entry, put together from its parts, so that facts have words."""

from __future__ import annotations


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
