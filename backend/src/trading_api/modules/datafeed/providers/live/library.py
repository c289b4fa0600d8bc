"""The door to ccxt: what is used of it, imported only when a live market is asked for.

Importing it takes two seconds and 84 MB, and it has no types: here is what the rest of the package relies on.
"""

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

from trading_api.shared.errors import StartupError

Market: TypeAlias = Mapping[str, Any]
"""One market as ccxt's unified form describes it."""
RawTrade: TypeAlias = Mapping[str, Any]
RawTicker: TypeAlias = Mapping[str, Any]
RawBook: TypeAlias = Mapping[str, Any]
RawBar: TypeAlias = Sequence[Any]


class SocketClient(Protocol):
    """One of ccxt's websocket connections."""

    handle_message: Callable[[Any], None]
    future: Callable[[str], "asyncio.Future[Any]"]
    futures: MutableMapping[str, "asyncio.Future[Any]"]

    def on_error(self, error: Exception) -> None:
        """Fail everything that waits for this connection, and close it."""


class Throttler(Protocol):
    """The queue of an exchange's requests."""

    looper: Callable[[], Awaitable[Any]]


class Exchange(Protocol):
    """One exchange, as ccxt offers it."""

    id: str
    name: str
    has: Mapping[str, Any]
    timeframes: Mapping[str, Any]
    markets: Mapping[str, Market]
    orderbooks: MutableMapping[str, Any]
    client: Callable[[str], SocketClient]
    spawn: Callable[..., Any]
    throttler: Throttler
    last_response_headers: Mapping[str, str] | None
    timeout_on_exit: int

    async def load_markets(self) -> Mapping[str, Market]:
        """Ask the exchange what it has."""

    def set_markets(self, markets: Sequence[Market]) -> object:
        """Take these markets for what the exchange has."""

    async def fetch_ohlcv(self, symbol: str, timeframe: str, since: int, limit: int) -> Sequence[RawBar]:
        """Bars from `since` (ms UTC) on, or the last ones, as the exchange will have it."""

    async def fetch_trades(self, symbol: str, since: int, limit: int) -> Sequence[RawTrade]:
        """Trades from `since` (ms UTC) on, or the last ones, as the exchange will have it."""

    async def watch_trades(self, symbol: str) -> Sequence[RawTrade]:
        """Trades that have come since the last call; waits for one."""

    async def watch_bids_asks(self, symbols: Sequence[str]) -> Mapping[str, RawTicker]:
        """The best prices of the next one that changes."""

    async def watch_ticker(self, symbol: str) -> RawTicker:
        """The next state of the symbol."""

    async def watch_order_book(self, symbol: str) -> RawBook:
        """The book after its next change."""

    async def close(self) -> None:
        """Close every connection."""


def exchange_names() -> Sequence[str]:
    """The exchanges that can be followed; raises StartupError without ccxt."""
    names: Sequence[str] = _ccxt().exchanges
    return names


def new_exchange(name: str, options: Mapping[str, Any]) -> Exchange:
    """A new connection to the exchange `name`, with exact numbers; raises StartupError without ccxt."""
    make: Callable[[Mapping[str, Any]], Exchange] = getattr(_ccxt(), name)
    exchange = make({"enableRateLimit": True, **options})
    setattr(exchange, "number", Decimal)  # noqa: B010  ccxt's own switch, which no type knows of
    return exchange


def is_of(error: BaseException, *names: str) -> bool:
    """Whether ccxt counts `error` among its errors `names`."""
    return any(base.__name__ in names for base in type(error).__mro__)


def _ccxt() -> Any:
    try:
        return importlib.import_module("ccxt.pro")
    except ImportError as error:
        raise StartupError(
            "A live market needs ccxt, which is not installed: pip install 'trading-pro[live]'."
        ) from error
