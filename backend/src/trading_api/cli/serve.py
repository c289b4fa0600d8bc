"""`trading-pro serve`: one server process."""

import asyncio
import gc
import ipaddress
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from pydantic import ValidationError

from trading_api.app_factory import AppFactory, ModularFastAPI
from trading_api.settings import Settings
from trading_api.shared.errors import StartupError
from trading_api.shared.observability.logs import configure_logs
from trading_api.shared.ws.uvicorn_protocol import FrameProtocol


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; loopback only.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where accounts are kept.")] = None,
    market: Annotated[str | None, typer.Option(help="simulated, replay or stored.")] = None,
    modules: Annotated[str | None, typer.Option(help="all, or module names with commas.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of recordings for a replay.")] = None,
    start: Annotated[
        datetime | None, typer.Option(help="Market time (UTC) at which a replay starts.")
    ] = None,
    speed: Annotated[
        float | None, typer.Option(help="Speed of a replay, up to 1000; 0: as fast as possible.")
    ] = None,
    paused: Annotated[bool | None, typer.Option("--paused", help="Start a replay paused.")] = None,
) -> None:
    """Serve the API and the terminal. Options outrank the TRADING_* environment variables."""
    given: dict[str, Any] = {
        "host": host,
        "port": port,
        "data_dir": data_dir,
        "market": market,
        "enabled_modules": modules,
        "market_data": data,
        "replay_start": start,
        "replay_speed": speed,
        "replay_paused": paused,
    }
    settings = read_settings({name: value for name, value in given.items() if value is not None})
    require_loopback(settings.host)
    configure_logs()
    listener = bind(settings.host, settings.port)
    app = AppFactory().create(settings)
    config = server_config(app)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner, suppress(KeyboardInterrupt):
        runner.run(serve_application(app, config, listener, _announce))


def read_settings(given: dict[str, Any]) -> Settings:
    """Settings from the environment, outranked by `given`; StartupError names the one that is wrong."""
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = error.errors()[0]
        name = ".".join(str(part) for part in wrong["loc"])
        raise StartupError(f"The setting {name} cannot be '{wrong['input']}': {wrong['msg']}.") from error


def require_loopback(host: str) -> None:
    """StartupError unless only this machine can reach `host`: there are no logins yet."""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise StartupError(
            f"'{host}' is not a loopback address; without logins only this machine may connect."
        )


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; StartupError if the port is taken or may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise StartupError(f"Port {port} of {host} cannot be used: {error.strerror}.") from error
    listener.setblocking(False)
    return listener


def server_config(app: ModularFastAPI) -> uvicorn.Config:
    """How uvicorn serves `app`."""
    return uvicorn.Config(
        app,
        lifespan="off",
        log_level="warning",
        access_log=False,
        ws=FrameProtocol,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        ws_max_size=256 * 1024,
        proxy_headers=False,
    )


class _Server(uvicorn.Server):
    """Lets the application say goodbye to its sockets, which uvicorn would close with a code of its own."""

    def __init__(self, app: ModularFastAPI, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._app.close_sockets()
        await super().shutdown(sockets)


async def serve_application(
    app: ModularFastAPI,
    config: uvicorn.Config,
    listener: socket.socket,
    announce: Callable[[ModularFastAPI, socket.socket], None],
) -> None:
    """Start the modules, announce it and serve until SIGTERM or Ctrl-C.

    Modules come first, so that what is wrong with them ends in a sentence and not in a server.
    """
    # Ctrl-C cancels this task, so that the modules stop in order; a request to terminate does the same.
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    try:
        async with app.router.lifespan_context(app):
            _calm_collector()
            announce(app, listener)
            await _Server(app, config).serve(sockets=[listener])
    finally:
        gc.unfreeze()  # at the end, libraries complain of what nobody collects


def _calm_collector() -> None:
    """What the start has made stays: the garbage collector need not look at it again and again.

    Nor at ten thousand connections for every few hundred objects that come and go.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _announce(app: ModularFastAPI, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    market = app.context.settings.market
    typer.echo(f"Trading Pro serves the {market} market on http://{host}:{port} (Ctrl-C stops it)")
