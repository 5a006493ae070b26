"""Source readers: one module per format, told apart by content.

A reader is a module with

- ``NAME``: the format's short name ("frus-tei"),
- ``sniff(head: bytes, name: str) -> bool``: whether a file that begins with
  `head` (up to 64 KiB, decoded nothing) and is called `name` is of this format;
- ``read(path: Path, report: Report) -> Iterator[Item]``: its items, streaming;
  bad data goes to `report`, one finding each, and reading goes on.

To add a format, write such a module and add it to `SOURCES` below; the order is
the order in which they are asked. See docs/adding-a-source.md.
"""
