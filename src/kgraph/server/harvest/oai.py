"""OAI-PMH 2.0 (http://www.openarchives.org/OAI/openarchivesprotocol.html) over all documents.

Items are documents, named by their IRIs; formats are Dublin Core and, for letters,
CMIF; sets go by source, channel, form and survival. Datestamps come from the history
of versions, and deletions are persistent. Resumption tokens carry all that is needed
to go on, and end with the edition they were given out for.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

from lxml import etree
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kgraph import iris
from kgraph.server.harvest.dublin_core import OAI_DC, dublin_core
from kgraph.server.harvest.history import History, Version, Versions, stamp
from kgraph.server.harvest.letter_index import of_letter
from kgraph.server.harvest.oai_lists import Listed, Lists
from kgraph.server.publication import Edition

OAI = "http://www.openarchives.org/OAI/2.0/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
TEI = "http://www.tei-c.org/ns/1.0"
PAGE = 100
FORMATS = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC),
    "cmif": ("https://raw.githubusercontent.com/TEI-Correspondence-SIG/CMIF/master/schema/"
             "cmi-customization.rng", TEI),
}  # fmt: skip
"""Prefix -> schema and namespace."""
VERBS = {
    # verb -> arguments it needs, arguments it may have
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "GetRecord": ({"metadataPrefix", "identifier"}, set()),
}  # type: dict[str, tuple[set[str], set[str]]]  # fmt: skip
Arguments = dict[str, str]


class Refused(Exception):
    """An OAI-PMH error condition."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Place:
    """Where a list goes on: the version to begin with, how many came before, how many in all."""

    start: int = 0
    before: int = 0
    size: int = 0


@dataclass(frozen=True)
class _Asked:
    """A request, and what it is answered from."""

    edition: Edition
    versions: Versions
    lists: Lists
    arguments: Arguments
    address: str

    def item(self) -> Version:
        """The document that the request names."""
        identifier = self.arguments["identifier"]
        path = identifier.removeprefix(iris.THINGS)
        version = self.versions.latest(path)
        if version is None or path == identifier or not path.startswith("document/"):
            raise Refused("idDoesNotExist", f"there is no item {identifier!r}")
        return version


@dataclass
class Repository:
    """``/oai``"""

    history: History
    name: str = "kgraph: diplomatic correspondence"

    async def answer(self, request: Request) -> Response:
        """GET and POST alike (section 3.1.1)."""
        pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if request.method == "POST":
            body = (await request.body()).decode("utf-8", "replace")
            pairs += parse_qsl(body, keep_blank_values=True)
        address = str(request.url.replace(query=""))
        body_out = await run_in_threadpool(self._response, pairs, address)
        return Response(body_out, media_type="text/xml; charset=utf-8")

    def _response(self, pairs: list[tuple[str, str]], address: str) -> bytes:
        edition, versions = self.history.now()
        lists = Lists.of(self.history, edition)
        root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})  # type: ignore[dict-item]
        root.set(f"{{{XSI}}}schemaLocation",
                 f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")  # fmt: skip
        _in(root, "responseDate", stamp(datetime.now(UTC)))
        request = _in(root, "request", address)
        try:
            verb, arguments = _read(pairs)
            for name, value in (("verb", verb), *arguments.items()):
                request.set(name, value)
            made = etree.Element(f"{{{OAI}}}{verb}")
            asked = _Asked(edition, versions, lists, arguments, address)
            {
                "Identify": self._identify,
                "ListMetadataFormats": self._formats,
                "ListSets": self._sets,
                "ListIdentifiers": self._list,
                "ListRecords": self._list,
                "GetRecord": self._record,
            }[verb](made, asked)
            root.append(made)
        except Refused as error:
            if error.code in ("badVerb", "badArgument"):
                request.attrib.clear()
            _in(root, "error", str(error), code=error.code)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)

    def _identify(self, made: etree._Element, asked: _Asked) -> None:
        for name, value in (
            ("repositoryName", self.name),
            ("baseURL", asked.address),
            ("protocolVersion", "2.0"),
            ("adminEmail", "contributors@kgraph.invalid"),
            ("earliestDatestamp", stamp(asked.versions.first() or asked.edition.modified)),
            ("deletedRecord", "persistent"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
            ("compression", "gzip"),
        ):
            _in(made, name, value)

    def _formats(self, made: etree._Element, asked: _Asked) -> None:
        prefixes = list(FORMATS)
        if "identifier" in asked.arguments:
            version = asked.item()
            if version.gone or of_letter(asked.edition, version.iri) is None:
                prefixes.remove("cmif")
        for prefix in prefixes:
            told = _in(made, "metadataFormat")
            schema, namespace = FORMATS[prefix]
            _in(told, "metadataPrefix", prefix)
            _in(told, "schema", schema)
            _in(told, "metadataNamespace", namespace)

    def _sets(self, made: etree._Element, asked: _Asked) -> None:
        if "resumptionToken" in asked.arguments:
            raise Refused("badResumptionToken", "all sets come in one answer")
        for spec, name in asked.lists.sets():
            told = _in(made, "set")
            _in(told, "setSpec", spec)
            _in(told, "setName", name)

    def _record(self, made: etree._Element, asked: _Asked) -> None:
        version = asked.item()
        _prefix(asked.arguments)
        if not self._write(made, asked, version, asked.arguments["metadataPrefix"], whole=True):
            raise Refused("cannotDisseminateFormat", "this document is no letter: it has no CMIF")

    def _list(self, made: etree._Element, asked: _Asked) -> None:
        place = Place()
        arguments = asked.arguments
        if "resumptionToken" in arguments:
            arguments, place = _resumed(arguments["resumptionToken"], asked.edition)
        _prefix(arguments)
        prefix = arguments["metadataPrefix"]
        wanted = Listed(arguments.get("set"), *_span(arguments), letters=prefix == "cmif")
        size = place.size or asked.lists.count(wanted)
        if not size:
            raise Refused("noRecordsMatch", "nothing was changed in this time, or set")
        whole = made.tag == f"{{{OAI}}}ListRecords"
        found = asked.lists.page(wanted, place.start, PAGE + 1)
        for version in found[:PAGE]:
            self._write(made, asked, version, prefix, whole=whole)
        token = ""
        if len(found) > PAGE:
            following = Place(found[PAGE].number, place.before + PAGE, size)
            token = _token(arguments, following, asked.edition)
        if token or place.before:
            _in(made, "resumptionToken", token, completeListSize=str(size),
                cursor=str(place.before))  # fmt: skip

    def _write(
        self, made: etree._Element, asked: _Asked, version: Version, prefix: str, *, whole: bool
    ) -> bool:
        """A record, or its header alone; False where it cannot be had in the format."""
        content: etree._Element | None = None
        if whole and not version.gone:
            if prefix == "cmif":
                written = of_letter(asked.edition, version.iri, apart=True)
                if written is None:
                    return False
                content = etree.fromstring(written)
            else:
                content = dublin_core(asked.edition, version.iri)
        record = _in(made, "record") if whole else made
        header = _in(record, "header", **({"status": "deleted"} if version.gone else {}))
        _in(header, "identifier", version.iri)
        _in(header, "datestamp", stamp(version.at))
        for spec in asked.lists.sets_of(version):
            _in(header, "setSpec", spec)
        if content is not None:
            _in(record, "metadata").append(content)
        return True


def _read(pairs: list[tuple[str, str]]) -> tuple[str, Arguments]:
    """Verb and arguments, checked (section 3.6)."""
    names = [name for name, _ in pairs]
    given = dict(pairs)
    if names.count("verb") != 1 or given["verb"] not in VERBS:
        raise Refused("badVerb", f"give one verb of {', '.join(VERBS)}")
    verb = given.pop("verb")
    needed, allowed = VERBS[verb]
    if len(set(names)) != len(names):
        raise Refused("badArgument", "an argument is repeated")
    for name in given:
        if name not in needed | allowed:
            raise Refused("badArgument", f"{verb} has no argument {name!r}")
    if "resumptionToken" in given:
        if len(given) > 1:
            raise Refused("badArgument", "resumptionToken stands alone")
        return verb, given
    for name in sorted(needed):
        if name not in given:
            raise Refused("badArgument", f"{verb} needs {name}")
    _span(given)
    return verb, given


def _prefix(arguments: Arguments) -> None:
    if arguments["metadataPrefix"] not in FORMATS:
        raise Refused("cannotDisseminateFormat", f"the formats are {', '.join(FORMATS)}")


def _span(arguments: Arguments) -> tuple[datetime | None, datetime | None]:
    """``from`` and ``until``, both included, of one granularity."""
    first, last = arguments.get("from"), arguments.get("until")
    if first and last and len(first) != len(last):
        raise Refused("badArgument", "from and until differ in granularity")
    start, end = _moment(first), _moment(last)
    if end and last and len(last) == 10:
        end += timedelta(days=1) - timedelta(seconds=1)
    if start and end and start > end:
        raise Refused("badArgument", "from is later than until")
    return start, end


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    for pattern in ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"):
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise Refused("badArgument", f"not a UTC datestamp: {text!r}")


def _token(arguments: Arguments, place: Place, edition: Edition) -> str:
    text = json.dumps([arguments, [place.start, place.before, place.size], edition.tag])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _resumed(token: str, edition: Edition) -> tuple[Arguments, Place]:
    try:
        arguments, numbers, tag = json.loads(base64.urlsafe_b64decode(token))
        place = Place(*numbers)
        if tag != edition.tag or not all(isinstance(n, int) and n > 0 for n in numbers):
            raise ValueError
        return {str(k): str(v) for k, v in arguments.items()}, place
    except (ValueError, AttributeError, TypeError):
        raise Refused(
            "badResumptionToken", "the token is damaged, or the data changed since; begin again"
        ) from None


def _in(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{OAI}}}{name}", attributes)
    if text:
        made.text = text
    return made
