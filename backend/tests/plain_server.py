"""The application under uvicorn as it comes, without our protocol class: any ASGI server has to do."""

import sys

from tests.server_process import ServerProcess

UNHURRIED = ("--ws-ping-timeout", "600")
"""A client of a test that reads nothing answers no ping either; that must not be what ends it."""


class PlainServerProcess(ServerProcess):
    """The same application as `trading-pro serve` runs; streams go through ASGI messages."""

    def command(self) -> list[str]:
        options = [option for option in self._options if option != "--port"]
        port = options[0] if options else "0"
        return [sys.executable, "-m", "uvicorn", "trading_api.main:app", "--port", port, *UNHURRIED]

    def variables(self) -> dict[str, str]:
        return super().variables() | {"TRADING_DATA_DIR": str(self._data_dir)}
