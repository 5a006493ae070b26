"""A small calendar of letters, for tests that build a store anew."""

from __future__ import annotations


def calendar(*letters: tuple[str, str]) -> str:
    """YAML of letters, each given as id and title."""
    lines = ["source: kgraph-editors", "file: register.txt", "records:"]
    for local_id, title in letters:
        lines += [
            f"  - id: {local_id}",
            "    form: letter",
            f"    title: {title}",
            "    status: extant",
            "    senders: Miss Ada Quill <person/quill>",
            "    addressees: [person/marsh]",
            "    date: 1911-03-04",
        ]
    lines += [
        "persons:",
        "  - {id: person/quill, label: Ada Quill}",
        "  - {id: person/marsh, label: Tom Marsh}",
    ]
    return "\n".join(lines) + "\n"
