"""The worth of an account at moments of its life: the equity curve."""

from dataclasses import dataclass, fields
from decimal import Decimal

from trading_api.modules.broker.engine import Worth

SAMPLE_INTERVAL_MS = 60_000
"""While positions are open their account is valued this often, in the market's time."""


@dataclass(frozen=True, slots=True)
class EquitySample:
    """What an account was worth at `time` (ms), in its currency."""

    time: int
    balance: Decimal
    equity: Decimal
    unrealized_pl: Decimal
    realized_pl: Decimal
    margin_used: Decimal

    @classmethod
    def columns(cls) -> list[str]:
        """Columns of the equity history, in the order of the fields."""
        return [field.name for field in fields(cls)]

    @classmethod
    def of(cls, worth: Worth, time: int) -> "EquitySample":
        """The worth at `time`."""
        return cls(
            time, worth.balance, worth.equity, worth.unrealized_pl, worth.realized_pl, worth.margin.used
        )
