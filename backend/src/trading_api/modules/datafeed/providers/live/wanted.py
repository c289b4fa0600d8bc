"""Which exchanges and symbols the settings ask for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trading_api.shared.errors import StartupError


@dataclass(frozen=True)
class Wanted:
    """An exchange, and what of it is followed at all times and can be traded."""

    exchange: str
    symbols: tuple[str, ...]
    """Without any, everything that the exchange has is listed and followed while somebody looks at it."""


def parse_wanted(text: str) -> list[Wanted]:
    """`binance:BTC/USDT,ETH/USDT;kraken`; raises StartupError for what cannot be read."""
    found = [_one(part.strip()) for part in text.split(";") if part.strip()]
    if not found:
        raise StartupError(
            "A live market needs exchanges to follow: set TRADING_LIVE, for example to"
            " binance:BTC/USDT,ETH/USDT."
        )
    names = [one.exchange for one in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise StartupError(f"TRADING_LIVE names {twice} twice.")
    return found


def _one(text: str) -> Wanted:
    exchange, _, symbols = text.partition(":")
    names = tuple(dict.fromkeys(symbol.strip() for symbol in symbols.split(",") if symbol.strip()))
    if not exchange.strip().isidentifier():
        raise StartupError(
            f"TRADING_LIVE holds '{text[:60]}', which does not begin with the name of an exchange."
        )
    return Wanted(exchange.strip(), names)


def parse_options(text: str) -> dict[str, dict[str, Any]]:
    """ccxt's settings of each exchange, from JSON; raises StartupError for anything else."""
    try:
        found = json.loads(text) if text.strip() else {}
    except ValueError as error:
        raise StartupError(f"TRADING_LIVE_OPTIONS is not JSON ({error}).") from error
    if not isinstance(found, Mapping) or not all(isinstance(one, Mapping) for one in found.values()):
        raise StartupError("TRADING_LIVE_OPTIONS is not a JSON object with an object for each exchange.")
    return {str(name): dict(one) for name, one in found.items()}
