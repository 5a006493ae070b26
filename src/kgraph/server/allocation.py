"""How the C library keeps memory that was freed, for the store.

For each query the store makes and frees some hundred small blocks. Of each size glibc keeps
7 for every thread to be had again at once, and looks for the others among all that is free:
a sixth of the time that a short query takes. How many it keeps can be said only before a
program begins (GLIBC_TUNABLES, mallopt(3) does not know it), so the program begins twice.
"""

from __future__ import annotations

import os
import sys

KEPT = "glibc.malloc.tcache_count"
BLOCKS = 200
"""Blocks of each size up to 1 KB that a thread keeps: at most 7 MB."""


def begin_anew(verb: str) -> None:
    """Begin this program again with `BLOCKS`, and do not return; nothing where that was done,
    where there is no glibc, or where the program was not begun with `verb` on its command line.
    """
    said = os.environ.get("GLIBC_TUNABLES", "")
    if KEPT in said or verb not in sys.orig_argv or not sys.executable or not glibc():
        return
    tunables = f"{said}:{KEPT}={BLOCKS}" if said else f"{KEPT}={BLOCKS}"
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(
        sys.executable,
        [sys.executable, *sys.orig_argv[1:]],
        {**os.environ, "GLIBC_TUNABLES": tunables},
    )


def glibc() -> bool:
    """Whether the C library is glibc."""
    try:
        return (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc")
    except (AttributeError, ValueError, OSError):
        return False
