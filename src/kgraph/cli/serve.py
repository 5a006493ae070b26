"""``kgraph serve``: publish a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.options import StoreOption, note
from kgraph.report import KgraphError

EXAMPLE = "kgraph serve --port 8000"


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer SPARQL queries.")] = 2,
    timeout: Annotated[float, typer.Option(help="Seconds after which a query is ended.")] = 30.0,
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
    try:
        import uvicorn

        from kgraph.server.application import Settings, application
    except ImportError as error:
        raise KgraphError(
            f"serving needs a further package ({error.name})",
            hint="install it with: pip install 'kgraph[serve]'",
        ) from error
    from kgraph.store import DEFAULT_LOCATION

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
    )
    app = application(settings)
    note(f"serving {where} at http://{host}:{port}/  (Ctrl-C ends it)")
    if settings.writable:
        note(f"updates need the header  Authorization: Bearer {settings.token}")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
    return 0
