"""A hundred thousand made-up symbols, the same for the same seed, and what people type to find them."""

import random
import string
from dataclasses import dataclass, replace

from trading_api.modules.datafeed.providers.base import Instrument

_DESCRIPTIONS = (
    "International Business Machines Holdings Trust Energy Water Capital Growth Value Index Bank of America "
    "Tokyo Motors Steel Gold Silver Digital Data Health Care Group Limited Corporation Fund ETF Class A "
    "Ordinary Shares Preferred Notes Series Global Emerging Markets Robotics Pharmaceuticals Société Générale"
)
_EXCHANGES = (
    "NYSE NASDAQ ARCA XETRA LSE TSE HKEX BINANCE KRAKEN CME EURONEXT ASX TSX BSE NSE SIX OSLO COINBASE"
)
WORDS, EXCHANGES = tuple(_DESCRIPTIONS.split()), tuple(_EXCHANGES.split())
TYPES = ("stock", "fund", "index", "forex", "futures", "crypto", "bond")
LENGTHS = (2, 3, 4, 4, 5, 5, 6, 8)


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of a symbol before it is an instrument."""

    ticker: str
    name: str
    exchange: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Typed:
    """One search, in words and filters; an empty filter is none."""

    text: str
    exchange: str
    type: str


def listed(count: int, seed: int = 1) -> list[Listed]:
    """So many symbols; a name that is taken already is listed under a ticker of its own."""
    chosen = random.Random(seed)
    found: dict[str, Listed] = {}
    while len(found) < count:
        name = "".join(chosen.choices(string.ascii_uppercase, k=chosen.choice(LENGTHS)))
        exchange = chosen.choice(EXCHANGES)
        ticker = name if name not in found else f"{exchange}.{name}.{len(found)}"
        words = " ".join(chosen.choices(WORDS, k=chosen.randint(2, 7)))
        found[ticker] = Listed(ticker, name, exchange, chosen.choice(TYPES), words)
    return list(found.values())


def instrument(one: Listed, alike: Instrument) -> Instrument:
    """The symbol as a provider has it, with the hours and the trading rules of another."""
    told = {name: getattr(one, name) for name in ("ticker", "name", "exchange", "type", "description")}
    return replace(alike, info=alike.info.model_copy(update=told | {"listed_exchange": one.exchange}))


def typed(symbols: list[Listed], count: int, seed: int = 2) -> list[Typed]:
    """Searches of eight kinds in turn: a letter, beginnings of a name, all of it, words, what is nowhere."""
    chosen = random.Random(seed)
    found = []
    for number in range(count):
        one = chosen.choice(symbols)
        texts = (
            chosen.choice(string.ascii_lowercase), one.name[:2], one.name[:3], one.name, one.description[:6],
            f"qzxjv{number}", chosen.choice("0123456789é&"), one.description.split()[-1],
        )  # fmt: skip
        exchange = chosen.choice((*EXCHANGES, "", "")) if number % 3 else ""
        kind = chosen.choice((*TYPES, "", "")) if number % 5 else ""
        found.append(Typed(texts[number % len(texts)], exchange, kind))
    return found
