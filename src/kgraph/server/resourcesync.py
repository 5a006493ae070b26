"""ResourceSync (ANSI/NISO Z39.99-2017): what there is to copy, and what has changed.

::

    /.well-known/resourcesync                source description
      └ /resourcesync/capabilitylist.xml     capability list
          ├ /resourcesync/resourcelist.xml   every description, as Turtle
          └ /resourcesync/changelist.xml     created, updated, deleted since the beginning

A list above 50,000 entries becomes an index of lists, as in sitemaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph.server.history import CREATED, DELETED, UPDATED, History, Version, stamp

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
        name = request.path_params.get("name", "")
        root = str(request.base_url)
        edition = await run_in_threadpool(self.history.now)
        if request.url.path == "/.well-known/resourcesync":
            capability = f"{root}resourcesync/capabilitylist.xml"
            up = _link("describedby", f"{root}.well-known/void")
            return _document("description", up, [_entry(capability, "capabilitylist")])
        up = _link("up", f"{root}resourcesync/capabilitylist.xml")
        if name == "capabilitylist.xml":
            up = _link("up", f"{root}.well-known/resourcesync")
            entries = [_entry(f"{root}resourcesync/{one}.xml", one) for one in LISTS]
            return _document("capabilitylist", up, entries)
        if name == "resourcelist.xml":
            there = [v for v in self.history.current() if not v.gone]
            made = [_resource(root, v) for v in there]
            return self._parted(request, "resourcelist", up, made, edition.modified, None)
        if name == "changelist.xml":
            versions = self.history.versions
            made = [_change(root, v) for v in versions]
            first = versions[0].at if versions else edition.modified
            return self._parted(request, "changelist", up, made, edition.modified, first)
        return PlainTextResponse(f"there is no {name}\n", 404)

    def _parted(
        self,
        request: Request,
        capability: str,
        up: str,
        entries: Sequence[str],
        at: datetime,
        first: datetime | None,
    ) -> Response:
        """The list, its index where it is too long for one document, or a part of it."""
        times = f'from="{stamp(first)}"' if first else f'at="{stamp(at)}"'
        address = str(request.url.replace(query=""))
        part = request.query_params.get("part")
        if part is None and len(entries) > LONGEST:
            numbers = range((len(entries) + LONGEST - 1) // LONGEST)
            parts = [f"<sitemap><loc>{escape(address)}?part={n}</loc></sitemap>" for n in numbers]
            return _document(capability, up, parts, times, "sitemapindex")
        if part is not None:
            if not part.isdecimal() or int(part) * LONGEST >= len(entries):
                return PlainTextResponse("there is no such part\n", 404)
            entries = entries[int(part) * LONGEST : (int(part) + 1) * LONGEST]
        return _document(capability, up, entries, times)


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
