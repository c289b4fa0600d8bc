"""One exchange: its requests within its limits, and its sockets, which nothing malformed can silence."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from weakref import WeakSet

import structlog

from trading_api.clients.backoff import FullJitter
from trading_api.modules.datafeed.pacing import Pacer
from trading_api.modules.datafeed.providers.live.background import Background
from trading_api.modules.datafeed.providers.live.library import (
    Exchange,
    Market,
    SocketClient,
    is_of,
    new_exchange,
)

LOG = structlog.get_logger(__name__)

TRIES = 5
"""Of a request that the exchange could not or would not answer just now."""
LONGEST_WAIT = 120.0
"""Seconds that an exchange may ask to wait before its next request."""
_LEAVING_SECONDS = 5.0
_LEAVING: tuple[tuple[str, str, Callable[[str], object]], ...] = (
    ("unWatchTrades", "un_watch_trades", str),
    ("unWatchOrderBook", "un_watch_order_book", str),
    ("unWatchBidsAsks", "un_watch_bids_asks", lambda symbol: [symbol]),
)
_T = TypeVar("_T")


class BadMessage(Exception):
    """An exchange sent what cannot be read; what it says from then on is in doubt."""


class Connection:
    """One exchange while the provider runs. `backoff` is waited between tries that fail."""

    def __init__(
        self,
        name: str,
        options: Mapping[str, Any],
        markets: Sequence[Market],
        pacer: Pacer,
        backoff: FullJitter,
    ) -> None:
        self.exchange: Exchange = new_exchange(name, options)
        self.exchange.set_markets(markets)
        _guard(self.exchange)
        self._background = Background(self.exchange)
        self._pacer = pacer
        self._backoff = backoff

    def can(self, ability: str) -> bool:
        """Whether ccxt says that the exchange has it, not by imitation."""
        return self.exchange.has.get(ability) is True

    async def ask(self, request: Callable[[], Awaitable[_T]]) -> _T:
        """The answer to a request, tried again while the exchange is busy or out of reach."""
        failures = 0
        while True:
            try:
                return await request()
            except Exception as error:
                failures += 1
                if failures >= TRIES or not is_of(error, "NetworkError"):
                    raise
                await self._pacer.wait(self._pause(error, failures))

    async def leave(self, symbol: str) -> None:
        """Have the exchange send no more of `symbol`, as far as it lets itself be told."""
        for ability, method, argument in _LEAVING:
            if not self.can(ability):
                continue
            try:
                async with asyncio.timeout(_LEAVING_SECONDS):
                    await getattr(self.exchange, method)(argument(symbol))
            except Exception as error:  # noqa: BLE001  of any exchange; it is left in any case
                LOG.info(
                    "exchange-not-told", exchange=self.exchange.id, symbol=symbol, error=str(error)[:200]
                )

    async def close(self) -> None:
        """Leave nothing open."""
        self.exchange.timeout_on_exit = (
            0  # it would sleep so long, for connections that it has closed already
        )
        await self.exchange.close()
        await self._background.end()

    def _pause(self, error: Exception, failures: int) -> float:
        """As long as the exchange says, if it refused for too many requests, else longer each time."""
        pause = self._backoff.delay(failures)
        if not is_of(error, "DDoSProtection", "RateLimitExceeded"):
            return pause
        headers = self.exchange.last_response_headers or {}
        asked = next((text for name, text in headers.items() if name.lower() == "retry-after"), "")
        return max(pause, min(float(asked), LONGEST_WAIT)) if asked.isdigit() else pause


def _guard(exchange: Exchange) -> None:
    """Make what cannot be read an error of its connection.

    ccxt reads messages in a callback, where an exception would end the reading and nobody would know.
    """
    make = exchange.client
    guarded: WeakSet[Any] = WeakSet()

    def client(url: str) -> SocketClient:
        made = make(url)
        if made not in guarded:
            guarded.add(made)
            _guard_client(made, exchange.id)
        return made

    exchange.client = client


def _guard_client(client: SocketClient, name: str) -> None:
    read = client.handle_message

    def handle_message(message: Any) -> None:
        try:
            read(message)
        except Exception as error:  # noqa: BLE001  whatever it is, the connection is told
            LOG.warning(
                "exchange-message-unreadable", exchange=name, error=f"{type(error).__name__}: {error}"
            )
            client.on_error(
                BadMessage(f"it sent a message that cannot be read ({type(error).__name__}: {error})")
            )

    wait_for = client.future

    def future(name: str) -> asyncio.Future[Any]:
        waiting = wait_for(name)
        if waiting.done():
            client.futures.pop(name, None)  # ccxt would fail whoever comes later by what failed once
        return waiting

    client.handle_message = handle_message
    client.future = future


async def pause_between(pacer: Pacer, backoff: FullJitter, failures: int) -> None:
    """Wait before the next try; lets others run even if that is no time at all."""
    await pacer.wait(backoff.delay(failures))
    await asyncio.sleep(0)
