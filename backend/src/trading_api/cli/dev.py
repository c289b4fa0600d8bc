"""The API in `make dev`: loaded beside the one that serves, and serving once that one has ended."""

import asyncio
import os
import signal
import socket
from contextlib import suppress

from trading_api.app_factory import AppFactory
from trading_api.cli.serve import read_settings, serve_application, server_config
from trading_api.shared.codegen.watch import Caller
from trading_api.shared.observability.logs import configure_logs

LOADED, SERVING = "loaded", "serving"


def serve_in_turn(caller: Caller, listener: socket.socket) -> None:
    """Load, say LOADED, wait for a word, serve on `listener` and say SERVING; until the caller hangs up.

    Two servers never have the accounts open at once, and a server that cannot be loaded replaces none.
    """
    configure_logs()
    app = AppFactory().create(read_settings({}))
    caller.say(LOADED)
    caller.wait_for_word()
    config = server_config(app)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner, suppress(KeyboardInterrupt):
        # uvicorn answers this signal by closing what is open, at any moment of its life.
        loop = runner.get_loop()
        loop.add_reader(caller.fileno(), _hung_up, loop, caller)
        runner.run(serve_application(app, config, listener, lambda *_: caller.say(SERVING)))


def _hung_up(loop: asyncio.AbstractEventLoop, caller: Caller) -> None:
    loop.remove_reader(caller.fileno())
    os.kill(os.getpid(), signal.SIGTERM)
