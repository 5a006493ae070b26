"""Which characters a file holds: UTF-8, UTF-16, a Windows code page, or none at all."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

CHUNK = 1 << 20
XML = re.compile(
    rb"^\s*(?:<\?xml\b|<!DOCTYPE\s+(?!html)|<TEI\b|<[A-Za-z:]+[^>]*\bxmlns)", re.DOTALL
)
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
SIGNATURES = (
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
_PACKED = (
    (b"word/", "a Word document"),
    (b"opendocument.text", "an OpenDocument text"),
    (b"application/epub", "an e-book (EPUB)"),
)
"""What zip archives that are no spreadsheets hold, by words near their beginning."""
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16", "utf-32", "utf-7")
UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # no character in Windows-1252
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Guess(NamedTuple):
    """`encoding` is a codec of Python; `sure` is false where it is only likely.

    `line` is that of the first byte that is not UTF-8, where one was met. `claimed` is the
    encoding that an XML declaration names and that the file cannot have.
    """

    encoding: str
    sure: bool
    line: int | None = None
    claimed: str | None = None


def binary(head: bytes) -> str | None:
    """What kind of file that is not text begins with `head`; None: it looks like text."""
    if head.startswith(b"PK\x03\x04"):
        return next((what for mark, what in _PACKED if mark in head), "a zip archive")
    for signature, what in SIGNATURES:
        if head.startswith(signature):
            return what
    if bom(head) or wide(head):
        return None
    if head[257:262] == b"ustar":
        return "a tar archive"
    if len(CONTROL.findall(head)) > len(head) // 500:
        return "binary data"
    return None


def advice(what: str) -> str:
    """What to do with a file that `binary` calls `what`."""
    if "archive" in what:
        return "unpack it and give the files in it"
    if "Office" in what:
        return "save it as .xlsx, CSV or plain text"
    return "give its text, saved as a file of its own (.txt)"


def bom(head: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((name for mark, name in BOMS if head.startswith(mark)), None)


def wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of a Latin text is zero."""
    start = head[:2000]
    if len(start) < 8:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def guess(path: Path, head: bytes) -> Guess:
    """The encoding of a text file; the whole file is looked at, a piece at a time."""
    if name := bom(head):
        return Guess(name, True)
    if name := wide(head):
        return Guess(name, False)
    declared = DECLARED.match(head)
    claimed = None
    if declared:
        words = declared[1].decode("ascii")
        name = _codec(words)
        if name is None or name.startswith(_WIDE):
            claimed = words  # what names no encoding, or one in which this could not be read
        elif name not in ("utf-8", "ascii"):
            return Guess(name, True)
    line = first_not_utf8(path)
    if line is None:
        return Guess("utf-8", claimed is None, claimed=claimed)
    sample = b""
    windows = True
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            windows = windows and not UNDEFINED.search(chunk)
            sample += b" ".join(_BEYOND_ASCII.findall(chunk))[: CHUNK - len(sample)]
    return Guess(_page(sample) or ("cp1252" if windows else "latin-1"), False, line, claimed)


_BEYOND_ASCII = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_CYRILLIC = re.compile(rb"[\xa8\xb8\xa3\xb3\xc0-\xff]{3,}")
_EASTERN = re.compile(rb"[a-z][\x9d\x9f\xb9\xb3\xbe\xbf]|[\xa3\x8d\x8f][a-z]")
"""Letters of Central Europe that are signs, or rare, in the code page of the West."""
_CARONS = re.compile(rb"[\x9a\x9e]"), re.compile(rb"[a-z][\xe8\xec\xf8]|[\xe8\xec\xf8][a-z]")
"""Letters with carons alike in both pages, and such as are others in that of the West."""


def _page(words: bytes) -> str | None:
    """The code page of words with letters beyond ASCII, where it is not that of Western Europe.

    Words that are written in such letters from end to end are Cyrillic: in which of two pages,
    their small letters tell.
    """
    whole = b" ".join(_CYRILLIC.findall(words))
    foreign = len(re.findall(rb"[\x80-\xff]", words))
    if len(whole) > foreign * 0.7:
        pages = ("cp1251", "koi8-r")
        return max(pages, key=lambda name: sum(map(str.islower, whole.decode(name, "replace"))))
    eastern = len(_EASTERN.findall(words)) * 8 > foreign
    return "cp1250" if eastern or all(kind.search(words) for kind in _CARONS) else None


def first_not_utf8(path: Path) -> int | None:
    """The line of the first byte that is not UTF-8, from 1, or None."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return lines + error.object[: error.start].count(b"\n")
            if not chunk:
                return None
            lines += chunk.count(b"\n")


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def to_utf8(path: Path, target: Path, encoding: str) -> None:
    """Copy a text file as UTF-8; an XML declaration then names no other encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    first = True
    with path.open("rb") as source, target.open("wb") as out:
        while True:
            chunk = source.read(CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            if first and text:
                text = re.sub(
                    r"""^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""", r"\1", text, count=1
                )
                first = False
            out.write(text.encode("utf-8", "replace"))
            if not chunk:
                return
