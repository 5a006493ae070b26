"""A person's decisions on doubtful links, as small text files."""

from __future__ import annotations


class Decisions:
    """Decisions read from a folder ``decisions/`` (see `read`)."""
