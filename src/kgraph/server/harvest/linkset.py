"""Linksets (RFC 9264): the typed links of a page gathered, for Signposting clients."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kgraph.server import negotiation
from kgraph.server.negotiation import Representation

LINKS = re.compile(r'<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s,;]+))*)')
PARAMETER = re.compile(r';\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s,;]+))')
JSON = Representation("json", ("application/linkset+json", "application/json"))
TEXT = Representation("txt", ("application/linkset", "text/plain"))


@dataclass
class Linksets:
    """``/linkset/…``: `links` gives the Link header of the page at a path, or None."""

    links: Callable[[Request, str], str | None]

    async def answer(self, request: Request) -> Response:
        """The links as JSON, or as a document of Link header syntax."""
        path = request.scope["path"].removeprefix("/linkset")
        header = await run_in_threadpool(self.links, request, path)
        if header is None:
            return PlainTextResponse(f"there is no page {path}\n", 404)
        anchor = str(request.base_url).rstrip("/") + path
        found = links(header)
        accept = request.headers.get("accept")
        if negotiation.choose(accept, (JSON, TEXT)) is TEXT:
            lines = [_line(anchor, target, told) for target, told in found]
            return Response(",\n".join(lines) + "\n", headers={"Content-Type": TEXT.media_type,
                                                               "Vary": "Accept"})  # fmt: skip
        context: dict[str, object] = {"anchor": anchor}
        for target, told in found:
            entry = {"href": _absolute(request, target)}
            entry |= {k: v for k, v in told.items() if k not in ("rel", "anchor")}
            listed = context.setdefault(told.get("rel", "related"), [])
            assert isinstance(listed, list)
            listed.append(entry)
        body = json.dumps({"linkset": [context]}, indent=1, ensure_ascii=False)
        return Response(body, headers={"Content-Type": JSON.media_type, "Vary": "Accept"})


def links(header: str) -> list[tuple[str, dict[str, str]]]:
    """Targets and parameters of a Link header (RFC 8288, section 3).

    >>> links('</a.ttl>; rel="describedby"; type="text/turtle"')
    [('/a.ttl', {'rel': 'describedby', 'type': 'text/turtle'})]
    """
    return [
        (target, {name: quoted or bare for name, quoted, bare in PARAMETER.findall(rest)})
        for target, rest in LINKS.findall(header)
    ]


def _absolute(request: Request, target: str) -> str:
    return str(request.base_url).rstrip("/") + target if target.startswith("/") else target


def _line(anchor: str, target: str, told: dict[str, str]) -> str:
    named = "".join(f'; {k}="{v}"' for k, v in told.items())
    return f'<{target}>{named}; anchor="{anchor}"'
