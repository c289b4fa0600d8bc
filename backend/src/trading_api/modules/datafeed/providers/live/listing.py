"""What an exchange has, as instruments.

`BTC/USDT` at Binance is `BTC-USDT` on exchange BINANCE, its ticker `BINANCE:BTC-USDT`; a perpetual future
ends in `.P`, a dated one in its date, and one that is settled in something else than its price names that
as well. Options are not listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from trading_api.models.market.symbols import QuantityRules, SymbolInfo, TradingRules
from trading_api.modules.datafeed.bars.resolution import RESOLUTIONS
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.modules.datafeed.providers.live.library import Exchange, Market
from trading_api.shared.trading_session import TradingSession

PLACES = 8
"""Decimals of prices where the exchange's own are fewer: its older prices may have had more."""
_MOST_PLACES = 12
_AT_PAR = {"USDT", "USDC"}
"""Counted as one US dollar each; whoever trades such a pair reads it in the description."""
_DECIMAL_PLACES, _SIGNIFICANT_DIGITS = 2, 3
"""ccxt's names of the ways in which exchanges tell their precision; the third is the step itself."""
_SESSION = TradingSession("24x7", "Etc/UTC")
_LARGEST = Decimal(1_000_000_000)


@dataclass(frozen=True)
class Listed:
    """An instrument and what the exchange calls it."""

    instrument: Instrument
    exchange: str
    """ccxt's name of it."""
    symbol: str
    """ccxt's name of the market."""
    always: bool
    """Followed at all times, and tradable; others are followed while somebody looks at them."""

    @property
    def ticker(self) -> str:
        return self.instrument.ticker


def listed_markets(exchange: Exchange, markets: Sequence[Market], wanted: Sequence[str]) -> list[Listed]:
    """Those of `wanted`, or all; markets of which no step of the price is known cannot be listed."""
    chosen = [market for market in markets if _is_listed(market, wanted)]
    found: dict[str, Listed] = {}
    for market in chosen:
        steps = _Steps.of(exchange, market)
        if steps is not None:
            one = _listed(exchange, market, steps, always=bool(wanted))
            found.setdefault(one.ticker, one)
    return list(found.values())


def units(value: object, unit: Decimal) -> int:
    """A number of ccxt's in whole `unit`s; raises ArithmeticError, ValueError or TypeError if it is none."""
    return int((_exact(value) / unit).to_integral_value(ROUND_HALF_EVEN))


def name_of(market: Market) -> str:
    """The name under which a market is listed."""
    parts = [str(market["base"]), str(market["quote"])]
    settle = market.get("settle")
    if settle and settle != market["quote"]:
        parts.append(str(settle))
    if market.get("type") == "future":
        parts.append(str(market["symbol"]).rpartition("-")[2])
    name = "-".join(parts).upper().replace("/", "-").replace(":", "-")
    return f"{name}.P" if market.get("type") == "swap" else name


def _is_listed(market: Market, wanted: Sequence[str]) -> bool:
    if wanted:
        return market["symbol"] in wanted
    return market.get("active") is not False and market.get("type") in {"spot", "swap", "future"}


def _exact(value: object) -> Decimal:
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"{value} is not a number")
    return number


@dataclass(frozen=True)
class _Steps:
    """Steps of prices and quantities."""

    price: Decimal
    size: Decimal

    @classmethod
    def of(cls, exchange: Exchange, market: Market) -> "_Steps | None":
        precision: Mapping[str, Any] = market.get("precision") or {}
        mode = int(getattr(exchange, "precisionMode", _DECIMAL_PLACES))
        price, size = _step(precision.get("price"), mode), _step(precision.get("amount"), mode)
        if price is None or -_exponent(price) > _MOST_PLACES:
            return None
        return cls(price, Decimal(1).scaleb(-PLACES) if size is None else size)


def _step(told: object, mode: int) -> Decimal | None:
    if told is None:
        return None
    number = _exact(told)
    step = Decimal(1).scaleb(-int(number)) if mode in {_DECIMAL_PLACES, _SIGNIFICANT_DIGITS} else number
    return step.normalize() if step > 0 else None


def _exponent(step: Decimal) -> int:
    return int(step.as_tuple().exponent)


def _listed(exchange: Exchange, market: Market, steps: _Steps, *, always: bool) -> Listed:
    price_places = max(PLACES, -_exponent(steps.price))
    instrument = Instrument(
        info=_info(exchange, market, steps, always=always),
        session=_SESSION,
        price_unit=Decimal(1).scaleb(-price_places),
        size_unit=Decimal(1).scaleb(-_size_places(steps.size)),
        has_trades=True,
        has_volume=True,
        has_book=exchange.has.get("watchOrderBook") is True,
    )
    return Listed(instrument, exchange.id, str(market["symbol"]), always)


def _size_places(step: Decimal) -> int:
    """Two more decimals than quantities have today, for those of older prints; whole ones stay whole."""
    places = max(0, -_exponent(step))
    return min(PLACES, places + 2) if places else 0


def _info(exchange: Exchange, market: Market, steps: _Steps, *, always: bool) -> SymbolInfo:
    name, place = name_of(market), exchange.id.upper()
    scale = 10 ** max(0, -_exponent(steps.price))
    return SymbolInfo(
        name=name,
        ticker=f"{place}:{name}",
        description=_description(exchange, market),
        type="crypto" if market.get("type") == "spot" else "futures",
        exchange=place,
        listed_exchange=place,
        session="24x7",
        timezone="Etc/UTC",
        format="price",
        pricescale=scale,
        minmov=int(steps.price * scale),
        has_intraday=True,
        has_daily=True,
        has_seconds=True,
        has_weekly_and_monthly=True,
        supported_resolutions=[str(known) for known in RESOLUTIONS],
        volume_precision=_size_places(steps.size),
        visible_plots_set="ohlcv",
        data_status="streaming",
        currency_code=str(market["quote"]),
        data_kind="live",
        trading=_rules(market, steps, always=always),
    )


def _description(exchange: Exchange, market: Market) -> str:
    kinds = {"swap": "Perpetual future of ", "future": "Future of "}
    kind = kinds.get(str(market.get("type")), "")
    text = f"{kind}{market['base']} against {market['quote']} at {exchange.name}"
    if market["quote"] in _AT_PAR:
        return f"{text}, settled in USD at par (1 {market['quote']} = 1 USD)"
    return text


def _rules(market: Market, steps: _Steps, *, always: bool) -> TradingRules:
    reason = _untradable(market, always=always)
    quote = str(market["quote"])
    return TradingRules(
        tradable=reason is None,
        reason=reason,
        qty=_quantities(market, steps.size),
        tick_size=steps.price,
        pip_size=steps.price,
        point_value=_exact(market.get("contractSize") or 1),
        margin_rate=Decimal(1),
        currency="USD" if quote in _AT_PAR else quote,
    )


def _untradable(market: Market, *, always: bool) -> str | None:
    if not always:
        return (
            f"Only what TRADING_LIVE names is followed at all times; {market['symbol']} is not named there."
        )
    if market.get("contract") and market.get("settle") != market.get("quote"):
        return f"Its profits are paid in {market.get('settle')}, which no account here is kept in."
    return None


def _quantities(market: Market, step: Decimal) -> QuantityRules:
    limits: Mapping[str, Any] = (market.get("limits") or {}).get("amount") or {}
    least = max(step, _exact(limits.get("min") or step))
    most = _exact(limits.get("max") or _LARGEST)
    usual = step * 1000  # exchanges choose the step so that a thousand of them are an order of some size
    return QuantityRules(
        min=least, max=max(most, least), step=step, default=min(max(usual, least), max(most, least))
    )
