"""YAML whose every value remembers its line, so that a message can point at it.

Scalars stay text: a plain ``1961``, ``no`` or ``1963-11-22`` is what the historian
typed, never a number, a truth value or a date. Only an empty value, ``~`` and
``null`` mean nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PLAIN = "tag:yaml.org,2002:str"
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


class _Loader(yaml.CSafeLoader):
    """libyaml's composer without PyYAML's guessing of types."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return PLAIN

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        return None

    def ascend_resolver(self) -> None:
        return None


@dataclass(frozen=True)
class Marked:
    """The plain value of one YAML file and the nodes that know its lines.

    `repeated` lists keys that stand twice in one mapping, as (line, key).
    """

    value: Any
    root: Any
    repeated: Sequence[tuple[int, str]]

    def line(self, path: Sequence[str | int]) -> int:
        """Line (from 1) of the deepest part of `path` that the file has."""
        node, line = self.root, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pair = next((p for p in node.value if p[0].value == step), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                if step >= len(node.value):
                    break
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line


def load(path: Path) -> Marked:
    """The one YAML document in `path`.

    Raises `yaml.YAMLError` where the file is not YAML, `UnicodeDecodeError` where
    it is not UTF-8, `OSError` where it cannot be read.
    """
    loader = _Loader(path.read_text("utf-8"))
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    repeated: list[tuple[int, str]] = []
    return Marked(None if root is None else _plain(root, repeated), root, repeated)


def _plain(node: Any, repeated: list[tuple[int, str]]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        if node.value in NOTHING and not node.style:
            return None
        return node.value
    if isinstance(node, yaml.MappingNode):
        plain: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in plain:
                repeated.append((key.start_mark.line + 1, str(key.value)))
            plain[str(key.value)] = _plain(value, repeated)
        return plain
    return [_plain(item, repeated) for item in node.value]
