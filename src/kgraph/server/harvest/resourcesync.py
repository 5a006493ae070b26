"""ResourceSync (ANSI/NISO Z39.99-2017): what there is to copy, and what has changed.

::

    /.well-known/resourcesync                source description
      └ /resourcesync/capabilitylist.xml     capability list
          ├ /resourcesync/resourcelist.xml   every description, as Turtle
          └ /resourcesync/changelist.xml     created, updated, deleted since the beginning

A list above 50,000 entries becomes an index of lists, as in sitemaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph.server.harvest.history import CREATED, DELETED, UPDATED, History, Version, stamp

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
RS = "http://www.openarchives.org/rs/terms/"
LONGEST = 50_000
WORDS = {CREATED: "created", UPDATED: "updated", DELETED: "deleted"}
LISTS = ("resourcelist", "changelist")


@dataclass
class ResourceSync:
    """The four documents."""

    history: History

    async def answer(self, request: Request) -> Response:
        return await run_in_threadpool(self._answer, request)

    def _answer(self, request: Request) -> Response:
        name = request.path_params.get("name", "")
        root = str(request.base_url)
        if request.url.path == "/.well-known/resourcesync":
            capability = f"{root}resourcesync/capabilitylist.xml"
            up = _link("describedby", f"{root}.well-known/void")
            return _document("description", up, [_entry(capability, "capabilitylist")])
        up = _link("up", f"{root}resourcesync/capabilitylist.xml")
        if name == "capabilitylist.xml":
            up = _link("up", f"{root}.well-known/resourcesync")
            entries = [_entry(f"{root}resourcesync/{one}.xml", one) for one in LISTS]
            return _document("capabilitylist", up, entries)
        if name not in ("resourcelist.xml", "changelist.xml"):
            return PlainTextResponse(f"there is no {name}\n", 404)
        edition, versions = self.history.now()
        if name == "resourcelist.xml":
            times = f'at="{stamp(edition.modified)}"'
            listed = _Listed(
                "resourcelist", times, versions.count_there(), versions.there, _resource
            )
        else:
            times = f'from="{stamp(versions.first() or edition.modified)}"'
            listed = _Listed("changelist", times, len(versions), versions.slice, _change)
        return self._parted(request, root, up, listed)

    def _parted(self, request: Request, root: str, up: str, listed: _Listed) -> Response:
        """The list, its index where it is too long for one document, or a part of it."""
        address = str(request.url.replace(query=""))
        part = request.query_params.get("part")
        if part is None and listed.size > LONGEST:
            numbers = range((listed.size + LONGEST - 1) // LONGEST)
            parts = [f"<sitemap><loc>{escape(address)}?part={n}</loc></sitemap>" for n in numbers]
            return _document(listed.capability, up, parts, listed.times, "sitemapindex")
        if part is not None and (not part.isdecimal() or int(part) * LONGEST >= listed.size):
            return PlainTextResponse("there is no such part\n", 404)
        versions = listed.slice(int(part or 0) * LONGEST, LONGEST)
        entries = [listed.entry(root, version) for version in versions]
        return _document(listed.capability, up, entries, listed.times)


@dataclass(frozen=True)
class _Listed:
    """A list of versions: its kind and times, how many there are, and how each is written."""

    capability: str
    times: str
    size: int
    slice: Callable[[int, int], list[Version]]
    entry: Callable[[str, Version], str]


def _link(relation: str, address: str) -> str:
    return f"<rs:ln rel={quoteattr(relation)} href={quoteattr(address)}/>"


def _entry(address: str, capability: str) -> str:
    return f'<url><loc>{escape(address)}</loc><rs:md capability="{capability}"/></url>'


def _resource(root: str, version: Version) -> str:
    return (
        f"<url><loc>{_address(root, version)}</loc><lastmod>{stamp(version.at)}</lastmod>"
        f'<rs:md type="text/turtle"/>{_link("describes", version.iri)}</url>'
    )


def _change(root: str, version: Version) -> str:
    when = stamp(version.at)
    return (
        f"<url><loc>{_address(root, version)}</loc><lastmod>{when}</lastmod>"
        f'<rs:md change="{WORDS[version.change]}" datetime="{when}"/></url>'
    )


def _address(root: str, version: Version) -> str:
    return escape(f"{root}doc/{version.path}.ttl")


def _document(
    capability: str, up: str, entries: Iterable[str], times: str = "", outer: str = "urlset"
) -> Response:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             f'<{outer} xmlns="{SITEMAP}" xmlns:rs="{RS}">', up,
             f'<rs:md capability="{capability}" {times}/>', *entries, f"</{outer}>"]  # fmt: skip
    return Response("\n".join(lines) + "\n", media_type="application/xml")
