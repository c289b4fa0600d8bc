"""Trading Pro, run as `trading-pro serve` runs it, with the module `bench` instead of its own modules."""

import asyncio
import os
import socket
from contextlib import suppress
from pathlib import Path

import benchmarks.streaming.modules
from benchmarks.streaming.servers import launch
from trading_api.app_factory import AppFactory, ModularFastAPI
from trading_api.cli.serve import bind, serve_application, server_config
from trading_api.settings import Settings
from trading_api.shared.observability.logs import configure_logs


def _announce(app: ModularFastAPI, listener: socket.socket) -> None:
    launch.announce(listener)


def main() -> None:
    """Serve until killed."""
    settings = Settings(data_dir=Path(os.environ["BENCH_FOLDER"]), port=0, enabled_modules="bench")
    configure_logs()
    listener = bind(settings.host, settings.port)
    launch.limit_send_buffer(listener)
    app = AppFactory((benchmarks.streaming.modules,), installed=False).create(settings)
    config = server_config(app)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner, suppress(KeyboardInterrupt):
        runner.run(serve_application(app, config, listener, _announce))


if __name__ == "__main__":
    main()
