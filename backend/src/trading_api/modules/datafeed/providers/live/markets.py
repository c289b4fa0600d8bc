"""Asking exchanges, before the server serves, what they have; kept for when one cannot be asked."""

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from trading_api.modules.datafeed.bars.resolution import BASES, Resolution
from trading_api.modules.datafeed.providers.live.history import tells_bars
from trading_api.modules.datafeed.providers.live.library import (
    Exchange,
    Market,
    exchange_names,
    is_of,
    new_exchange,
)
from trading_api.modules.datafeed.providers.live.listing import Listed, listed_markets
from trading_api.modules.datafeed.providers.live.wanted import Wanted
from trading_api.shared.errors import StartupError

LOG = structlog.get_logger(__name__)

TRIES = 3
_PATIENCE = 60.0
"""Seconds that an exchange may take to say what it has; the largest send several megabytes."""


@dataclass(frozen=True)
class Listing:
    """What one exchange has, and what of it is listed."""

    markets: Sequence[Market]
    listed: Sequence[Listed]
    bases: frozenset[Resolution]
    """Lengths of bars that the exchange tells on request."""


def read_listing(wanted: Wanted, options: Mapping[str, Any], folder: Path) -> Listing:
    """Ask the exchange, or else read in `folder` what it said last; raises StartupError.

    Blocks: for a thread without a loop of its own.
    """
    if wanted.exchange not in exchange_names():
        raise StartupError(f"TRADING_LIVE names '{wanted.exchange}', which is no exchange that ccxt streams.")
    return asyncio.run(_read(wanted, options, folder / f"{wanted.exchange}-markets.json"))


async def _read(wanted: Wanted, options: Mapping[str, Any], kept: Path) -> Listing:
    exchange = new_exchange(wanted.exchange, options)
    try:
        markets = await _ask(exchange, kept)
    finally:
        exchange.timeout_on_exit = 0
        await exchange.close()
    missing = sorted(set(wanted.symbols) - {str(market["symbol"]) for market in markets})
    if missing:
        raise StartupError(f"{exchange.name} has no market '{missing[0]}'; names are written like BTC/USDT.")
    bases = frozenset(base for base in BASES if tells_bars(exchange, base))
    return Listing(markets, listed_markets(exchange, markets, wanted.symbols), bases)


async def _ask(exchange: Exchange, kept: Path) -> Sequence[Market]:
    try:
        markets = list((await _load(exchange)).values())
    except Exception as error:
        if not (isinstance(error, TimeoutError) or is_of(error, "NetworkError", "ExchangeError")):
            raise
        return _last_known(exchange, kept, error)
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = kept.with_suffix(".new")
    new.write_text(json.dumps(markets, default=float))
    os.replace(new, kept)
    return markets


async def _load(exchange: Exchange) -> Mapping[str, Market]:
    for last in (False,) * (TRIES - 1) + (True,):
        try:
            async with asyncio.timeout(_PATIENCE):
                return await exchange.load_markets()
        except Exception as error:
            if last or not is_of(error, "NetworkError"):
                raise
            await asyncio.sleep(1.0)
    raise AssertionError


def _last_known(exchange: Exchange, kept: Path, error: Exception) -> Sequence[Market]:
    reason = next(iter(str(error).splitlines()), "")[:200] or type(error).__name__
    try:
        markets: list[Market] = json.loads(kept.read_text())
    except (FileNotFoundError, ValueError) as unread:
        raise StartupError(f"{exchange.name} does not say what it has: {reason}.") from unread
    LOG.warning("exchange-silent-at-start", exchange=exchange.id, reason=reason, markets=len(markets))
    return markets
