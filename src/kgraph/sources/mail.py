"""Electronic mail: an mbox file of messages, or one message (.eml), as RFC 5322 has them.

A record a message; its text is the fields that are used, one a line, and the plain words
of the body. Ids are `<file>/<Message-ID>`, or the message's place in the file. Parts that
are no plain text (HTML, pictures) are left out and named in a remark.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

import msgspec

from kgraph.model import Date, Item, Party, Record, Relation, Remark
from kgraph.report import Report
from kgraph.sources import encoded_date
from kgraph.sources.regest import Words, slug, stem

NAME = "mail"
LIMIT = 1 << 30

_POSTMARK = re.compile(rb"^From \S+.*\d\d:\d\d.*\d{4}\s*$")
_FIELD = re.compile(rb"(?m)^(From|To|Date|Subject|Message-I[dD]|Received|MIME-Version):[ \t]*\S")
_MOMENT = re.compile(rb"(?m)^Date:[ \t]*(?:[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
_BODY = 1_000_000
"""Characters of a message's body that are kept."""


def sniff(head: bytes, name: str) -> bool:
    """A postmark line of an mbox file, or a head of mail fields with a moment of sending."""
    start = head.lstrip(b"\xef\xbb\xbf\r\n")
    fields = {
        m[1].lower()
        for m in _FIELD.finditer(start[:8000].partition(b"\n\n")[0].replace(b"\r", b""))
    }
    if _POSTMARK.match(start.partition(b"\n")[0].rstrip(b"\r")):
        return b"from" in fields
    return (
        {b"from", b"date"} <= fields
        and _MOMENT.search(start[:8000]) is not None
        and len(fields) > 2
    )


def read(path: Path, report: Report) -> Iterator[Item]:
    """A record a message, streaming; a message without sender and addressee costs a finding."""
    ids: set[str] = set()
    for count, (line, raw) in enumerate(_messages(path), 1):
        record = _record(raw, path, count, line, report)
        if record is None:
            report.warning("message-nameless", f"{path}:{line}", "the message names neither sender nor "
                           "addressee; it was left out", "look at its From and To fields")  # fmt: skip
            continue
        if record.id in ids:
            record = msgspec.structs.replace(record, id=f"{record.id}-{count}")
        ids.add(record.id)
        yield record


def _messages(path: Path) -> Iterator[tuple[int, bytes]]:
    """The messages of a file with the lines they begin at."""
    lines: list[bytes] = []
    begin, blank = 1, True
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if blank and _POSTMARK.match(line):
                if any(one.strip() for one in lines):
                    yield begin, b"".join(lines)
                lines, begin = [], number + 1
            else:
                lines.append(line)
            blank = not line.strip()
    if any(one.strip() for one in lines):
        yield begin, b"".join(lines)


def _record(raw: bytes, path: Path, count: int, line: int, report: Report) -> Record | None:
    message = email.message_from_bytes(raw.lstrip(b"\r\n\xef\xbb\xbf"), policy=policy.default)
    words = Words()
    senders = _parties(message, words, "From") or _parties(message, words, "Sender")
    addressees = _parties(message, words, "To")
    if not senders and not addressees:
        return None
    copies = _parties(message, words, "Cc") + _parties(message, words, "Bcc")
    date = _date(message, words, f"{path}:{line}", report)
    title = _field(message, "Subject")
    if title:
        words.add("Subject", title)
    number = _field(message, "Message-ID")
    reply = _field(message, "In-Reply-To")
    body, left = _body(message)
    text = f"{words.text}\n{body}" if body else words.text
    remarks = (Remark(property="parts", value=", ".join(left), kind="annotation", rule="mail.parts",
                      note="parts of the message that are no plain text"),) if left else ()  # fmt: skip
    return Record(
        id=f"{stem(path)}/{slug((number or '').strip('<>')) or count}",
        source=path.name,
        form="message",
        kind="electronic mail",
        title=title or None,
        number=number,
        senders=senders,
        addressees=addressees,
        copies_to=copies,
        date=date,
        relations=(Relation(type="reply-to", target=reply, rule="mail.in-reply-to"),)
        if reply
        else (),
        remarks=remarks,
        locator=f"message {count}, line {line}",
        text=text,
        text_length=len(text),
    )


def _field(message: EmailMessage, name: str) -> str | None:
    """A field's value on one line; what cannot be decoded is left as it stands."""
    try:
        value = message.get(name)
    except Exception:  # the library stumbles over some malformed fields
        value = next((v for k, v in message.raw_items() if k.lower() == name.lower()), None)
    words = " ".join(str(value).split()) if value is not None else ""
    return words.encode("utf-8", "replace").decode("utf-8") or None


def _parties(message: EmailMessage, words: Words, name: str) -> tuple[Party, ...]:
    value = _field(message, name)
    if not value:
        return ()
    start, _ = words.add(name, value)
    out: list[Party] = []
    at = 0
    for shown, address in getaddresses([value]):
        text = shown if shown and shown in value else address
        found = value.find(text, at) if text else -1
        if not text or found < 0:
            continue
        out.append(
            Party(name=text, kind="person", ref=f"mailto:{address}" if "@" in address else None,
                  start=start + found, end=start + found + len(text), rule=f"mail.{name.lower()}")
        )  # fmt: skip
        at = found + len(text)
    return tuple(out)


def _date(message: EmailMessage, words: Words, where: str, report: Report) -> Date | None:
    value = _field(message, "Date")
    if not value:
        return None
    start, end = words.add("Date", value)
    try:
        moment = parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError):
        report.warning("date-unreadable", where, f"{value!r} is no date of a message")
        return Date(text=value, start=start, end=end, rule="mail.date")
    date = encoded_date.read({"when": moment}, value, rule="mail.date").date
    return msgspec.structs.replace(date, start=start, end=end) if date is not None else None


def _body(message: EmailMessage) -> tuple[str, list[str]]:
    """The plain words of a message, and the types of its other parts."""
    plain, left = [], []
    for part in message.walk():
        if part.is_multipart():
            continue
        if part.get_content_type() != "text/plain" or part.get_filename():
            left.append(part.get_content_type())
            continue
        payload = part.get_payload(decode=True)
        raw = (
            payload
            if isinstance(payload, bytes)
            else str(part.get_payload()).encode("utf-8", "replace")
        )
        try:
            plain.append(raw.decode(part.get_content_charset("utf-8"), "replace"))
        except (LookupError, ValueError):  # no such encoding, or no name of one
            plain.append(raw.decode("utf-8", "replace"))
    text = "\n".join(plain).replace("\r\n", "\n").replace("\x00", "")[:_BODY]
    return text, left
