"""``kgraph serve``: publish a store."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.options import StoreOption, note
from kgraph.report import KgraphError
from kgraph.server import allocation

EXAMPLE = "kgraph serve --port 8000"


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Port to listen at; 0 takes a free one.")
    ] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer SPARQL queries.")] = 2,
    timeout: Annotated[float, typer.Option(help="Seconds after which a query is ended.")] = 30.0,
    rows: Annotated[
        int | None,
        typer.Option(min=1, help="Rows that an answer may have [default: as many as there are]."),
    ] = None,
    writable: Annotated[
        bool, typer.Option("--writable", help="Allow updates with the token (experts).")
    ] = False,
    token: Annotated[
        str | None,
        typer.Option(envvar="KGRAPH_TOKEN", help="Token for updates [default: a random one]."),
    ] = None,
    allow_service: Annotated[
        list[str] | None,
        typer.Option("--allow-service", help="Host that SERVICE may ask; repeatable."),
    ] = None,
    store: StoreOption = None,
) -> int:
    """Publish the store as linked data, a SPARQL endpoint and a site, until Ctrl-C."""
    allocation.begin_anew("serve")
    try:
        import uvicorn

        from kgraph.server import fleet
        from kgraph.server.application import Settings, application
    except ImportError as error:
        raise KgraphError(
            f"serving needs a further package ({error.name})",
            hint="install it with: pip install 'kgraph[serve]'",
        ) from error
    from kgraph.store import DEFAULT_LOCATION
    from kgraph.store.embedded import EmbeddedStore

    where = store or DEFAULT_LOCATION
    if where.startswith(("http://", "https://")):
        raise KgraphError("only a store in a folder can be served", hint="give --store PATH")
    settings = Settings(
        Path(where),
        workers=workers,
        timeout=timeout,
        writable=writable,
        token=token,
        hosts=frozenset(allow_service or ()),
        rows=rows,
    )
    if settings.writable or not fleet.possible():
        _tell(where, host, port, settings.token)
        app = application(settings)
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
        return 0
    EmbeddedStore.check(settings.home)
    try:
        listener = socket.create_server((host, port), backlog=1024, family=_family(host))
    except OSError as error:
        raise KgraphError(f"cannot listen at {host}:{port}: {error.strerror}",
                          hint="another --port may be free") from None  # fmt: skip
    real = listener.getsockname()[1]
    fleet.Fleet(settings, listener).run(lambda: _tell(where, host, real))
    return 0


def _tell(where: str, host: str, port: int, token: str | None = None) -> None:
    note(f"serving {where} at http://{host}:{port}/  (Ctrl-C ends it)")
    if token:
        note(f"updates need the header  Authorization: Bearer {token}")


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
