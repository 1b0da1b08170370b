"""`dateline serve`: the desk in a browser, and its API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.database import Database
from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.desk.settings import Settings

__all__ = ["serve_command"]

_PORT = 8300
# Of a socket that it didn't make asyncio leaves the delay on, by which the body of an answer waits 40 ms for
# the other side's word on its head. The numbers are those of TCP's options on every system.
_TCP, _NO_DELAY = 6, 1
_IDLE = 75  # seconds that a connection waits for its next request: who reads a page opens another on it


def serve_command(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="On which port; 0 for any free one.")] = _PORT,
    accounts: Annotated[
        bool, typer.Option("--accounts", help="Let in only who has an account (dateline account add).")
    ] = False,
    https: Annotated[
        bool, typer.Option("--https", help="People reach it over HTTPS, through a proxy before it.")
    ] = False,
    cert: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Speak HTTPS itself, with this certificate.")
    ] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="And its private key.")] = None,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A further name under which it is reached.")
    ] = None,
    rate: Annotated[float, typer.Option(min=0, help="Requests a second from one address; 0 for any.")] = 20.0,
    db: Database = None,
) -> None:
    """Open the desk: pages to watch, check and correct, and the API under /api/v1.

    Without --accounts it listens on this machine only, and whoever sits there may do all.
    Ends on SIGTERM or SIGINT. docs/security.md tells how to put it on a network.
    """
    from dateline.desk.settings import Limits, Settings

    settings = Settings(
        db=db, host=host, port=port, accounts=accounts, https=https or cert is not None,
        names=tuple(name or ()), limits=Limits(rate=rate), warm=True,
    )  # fmt: skip
    settings.check()
    _serve(settings, _tls(cert, key))


def _tls(cert: Path | None, key: Path | None) -> dict[str, Any]:
    if cert is None and key is None:
        return {}
    for option, file in (("--cert", cert), ("--key", key)):
        if file is None or not file.is_file():
            what = "HTTPS needs a certificate and its key" if file is None else "no such file"
            raise ConfigError(what, where=f"{option} {file or ''}".strip(), hint="give --cert and --key")
    return {"ssl_certfile": str(cert), "ssl_keyfile": str(key)}


def _serve(settings: Settings, tls: dict[str, Any]) -> None:
    import uvicorn

    from dateline.desk.app import create_app

    app = create_app(settings)
    if settings.accounts and not app.state.desk.store.accounts.any():
        app.state.desk.store.close()
        hint = "make one first: dateline account add NAME --role admin"
        raise ConfigError("there is no account that could come in", where="--accounts", hint=hint)
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_level="warning", server_header=False,
        timeout_graceful_shutdown=3, timeout_keep_alive=_IDLE, **tls,
    )  # fmt: skip
    listening = _bound(config)
    scheme, port = "https" if tls else "http", listening.getsockname()[1]
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    if not settings.local and not settings.https:
        typer.echo("dateline: over plain HTTP anybody on the way reads passwords; see --https", err=True)
    opened = f"the desk is open at {scheme}://{shown}:{port}/ (API: /api/v1)"
    _server(config, lambda: typer.echo(opened)).run(sockets=[listening])


def _server(config: Any, tell: Callable[[], None]) -> Any:
    """Give a server that tells its address once it answers: by then all that a page needs is loaded."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                tell()

    return Server(config)


def _bound(config: Any) -> Any:
    """Give a listening socket, or one line where it can't be had; uvicorn would log several and leave."""
    import logging

    logging.disable(logging.CRITICAL)
    try:
        bound = config.bind_socket()
        bound.setsockopt(_TCP, _NO_DELAY, 1)
        bound.listen(config.backlog)  # who asks while the desk still loads waits, and isn't refused
        return bound
    except SystemExit as problem:
        where = f"{config.host}:{config.port}"
        hint = "choose another --port; something else may listen there"
        raise ConfigError("can't listen there", where=where, hint=hint) from problem
    finally:
        logging.disable(logging.NOTSET)
