"""Requests of the SPARQL 1.1 Protocol (W3C Recommendation, 2013), read and checked.

Section 2.1 gives three ways to ask (GET, POST of a form, POST of the query itself),
section 2.2 two to update. What is wrong with a request raises `BadRequest` with
the status and words that the client gets.
"""

from __future__ import annotations

from binascii import a2b_qp
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_ONCE = ("query", "update", "timeout", "format")


class BadRequest(Exception):
    """A request that the protocol does not allow."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = {k.replace("_", "-"): v for k, v in headers.items()}


@dataclass(slots=True)
class Operation:
    """A query or update with its dataset. Empty graph tuples mean: none was named."""

    kind: Literal["query", "update", "describe-service"]
    text: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    timeout: float | None = None
    format: str | None = None  # a suffix such as "csv", where the address names it

    @property
    def plain(self) -> bool:
        """Whether it is a query and nothing else."""
        return self.kind == "query" and not (
            self.default_graphs or self.named_graphs or self.timeout or self.format
        )

    @property
    def names_a_dataset(self) -> bool:
        return bool(self.default_graphs or self.named_graphs)


def plain_query(query_string: bytes) -> Operation | None:
    """The operation of a query string that is ``query=`` and nothing else; None for others.

    What `read_request` finds in it too, found in a tenth of the time.
    """
    if not query_string.startswith(b"query=") or b"&" in query_string or b";" in query_string:
        return None
    encoded = query_string[6:].replace(b"+", b" ")
    # percent-encoding read as quoted-printable, for which there is a decoder in C
    decoded = a2b_qp(encoded.replace(b"=", b"%3D").replace(b"%", b"="))
    if len(decoded) != len(encoded) - 2 * encoded.count(b"%"):
        return None  # a "%" that encodes nothing
    try:
        return Operation("query", decoded.decode())
    except UnicodeDecodeError:
        return None


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeError:
        raise BadRequest(400, "the request is not UTF-8, percent-encoded") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest(400, "the text is not UTF-8") from None


def read_request(
    method: str, query_string: bytes, content_type: str | None, body: bytes
) -> Operation:
    """The operation that a request asks for.

    A GET without a query asks what the service is (Service Description, section 2).
    """
    fields = _fields(query_string)
    media_type, _, parameters = (content_type or "").partition(";")
    media_type = media_type.strip().lower()
    if "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        raise BadRequest(415, f"only UTF-8 is read here, not {parameters.strip()}")
    if method in ("GET", "HEAD"):
        names = {name for name, _ in fields}
        if "update" in names:
            raise BadRequest(405, "an update must be sent by POST", Allow="POST")
        if "query" not in names:
            return Operation("describe-service")
        return _operation(fields, "query", None)
    if method != "POST":
        raise BadRequest(405, f"{method} is not a method of this address", Allow="GET, HEAD, POST")
    if media_type == FORM:
        form = _fields(body)
        named = [name for name, _ in form]
        if "query" in named and "update" in named:
            raise BadRequest(400, "send a query or an update, not both")
        if "query" not in named and "update" not in named:
            raise BadRequest(400, "the form has neither 'query' nor 'update'")
        kind: Literal["query", "update"] = "query" if "query" in named else "update"
        return _operation(fields + form, kind, None)
    if media_type == QUERY:
        return _operation(fields, "query", _text(body))
    if media_type == UPDATE:
        return _operation(fields, "update", _text(body))
    if not media_type:
        raise BadRequest(400, f"say what is sent: Content-Type {FORM}, {QUERY} or {UPDATE}")
    raise BadRequest(415, f"send {FORM}, {QUERY} or {UPDATE}, not {media_type}")


def _operation(
    fields: list[tuple[str, str]], kind: Literal["query", "update"], text: str | None
) -> Operation:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    for name in _ONCE:
        if len(values.get(name, ())) > 1:
            raise BadRequest(400, f"'{name}' is given more than once")
    if text is None:
        text = values[kind][0]
    elif kind in values:
        raise BadRequest(400, f"the {kind} is given twice, in the address and in the body")
    default, named = (
        ("default-graph-uri", "named-graph-uri")
        if kind == "query"
        else ("using-graph-uri", "using-named-graph-uri")
    )
    return Operation(
        kind,
        text,
        tuple(values.get(default, ())),
        tuple(values.get(named, ())),
        _seconds(values.get("timeout", [None])[0]),
        values.get("format", [None])[0],
    )


def _seconds(value: str | None) -> float | None:
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < 1e6:
        raise BadRequest(400, f"timeout must be a number of seconds, not {value!r}")
    return seconds
