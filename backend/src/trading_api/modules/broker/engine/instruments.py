"""What the rules need to know of an instrument."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.market.symbols import SymbolInfo
from trading_api.modules.broker.engine.exact import tidy
from trading_api.shared.trading_session import TradingSession


@dataclass(frozen=True, slots=True)
class Instrument:
    """Terms of trade of `symbol`; all numbers but the margin rate are positive."""

    symbol: str
    tradable: bool
    min_qty: Decimal
    max_qty: Decimal
    qty_step: Decimal
    tick_size: Decimal
    point_value: Decimal
    margin_rate: Decimal
    currency: str
    session: TradingSession
    reason: str | None = None
    """Why it cannot be traded."""
    pip_size: Decimal = Decimal("0.01")
    prints: bool = True
    """Whether its feed has trades, so that stops look at the last price and not at bid and ask."""

    @classmethod
    def from_symbol(cls, info: SymbolInfo) -> "Instrument":
        """The terms in the datafeed's symbol info."""
        rules = info.trading
        return cls(
            symbol=info.ticker,
            tradable=rules.tradable,
            reason=rules.reason,
            min_qty=tidy(rules.qty.min),
            max_qty=tidy(rules.qty.max),
            qty_step=tidy(rules.qty.step),
            tick_size=tidy(rules.tick_size),
            pip_size=tidy(rules.pip_size),
            prints=rules.prints,
            point_value=tidy(rules.point_value),
            margin_rate=tidy(rules.margin_rate),
            currency=rules.currency,
            session=TradingSession(info.session, info.timezone, info.session_holidays, info.corrections),
        )

    def listed_until(self, time_ms: int) -> int:
        """Until when an order that became final at `time_ms` is among the day's orders.

        The day's orders are listed until the next trading day opens.
        """
        return self.session.next_open(self.session.day_close(time_ms))

    def trades_throughout(self, start_ms: int, end_ms: int) -> bool:
        """Whether it is open at both moments and does not close in between."""
        period = self.session.period(start_ms)
        while period is not None and period.close <= end_ms:
            period = self.session.period(period.close)
        return period is not None


Instruments = Mapping[str, Instrument]
"""By symbol: all in which the account has something open, and that of the command."""
