"""The terms on which an account trades; chosen when it is opened, changed by events."""

from dataclasses import dataclass, field
from decimal import Decimal

from trading_api.models.broker.accounts import CommissionKind, FillModelKind, PositionMode
from trading_api.modules.broker.engine.exact import ZERO


@dataclass(frozen=True, slots=True)
class FillTerms:
    """How orders meet the market. Everything beyond the model itself defaults to none.

    `slippage_ticks` and `slippage_bps` worsen the price of what takes liquidity. An order is in the market
    `latency_ms` after its acceptance. `touch_probability` is the chance that a limit fills when the price
    only touches it, drawn from `seed`.
    """

    model: FillModelKind = FillModelKind.TOP_OF_BOOK
    respect_size: bool = False
    slippage_ticks: Decimal = ZERO
    slippage_bps: Decimal = ZERO
    latency_ms: int = 0
    touch_probability: Decimal = Decimal(1)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class CommissionTerms:
    """What an execution costs, in the account's currency.

    `rate` is money per order or per share; or, of the notional, basis points. `minimum` is per order.
    For maker-taker `rate` is the taker's and `maker_rate` the maker's, both in basis points; a maker's may
    be negative.
    """

    kind: CommissionKind = CommissionKind.NONE
    rate: Decimal = ZERO
    maker_rate: Decimal = ZERO
    minimum: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class RiskTerms:
    """Limits of the account; None is no limit.

    `maintenance_level` and `liquidation_level` are equity divided by margin used.
    """

    max_orders_per_second: int | None = None
    max_order_notional: Decimal | None = None
    max_position_notional: Decimal | None = None
    maintenance_level: Decimal = Decimal(1)
    liquidation_level: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class AccountTerms:
    """Everything that is chosen per account."""

    position_mode: PositionMode = PositionMode.NETTING
    fills: FillTerms = field(default_factory=FillTerms)
    commission: CommissionTerms = field(default_factory=CommissionTerms)
    risk: RiskTerms = field(default_factory=RiskTerms)
    allow_immediate_stops: bool = False
    """Whether a stop that would trigger at once is accepted."""
    allow_stale_quotes: bool = False
    """Whether a market order may fill at a quote after which the symbol has been silent for too long."""
    guaranteed_stop_premium_bps: Decimal = ZERO
    """Basis points of the notional that a guaranteed stop costs when it fills."""
    confirm_tolerance_bps: Decimal = Decimal(10)
    """By how much the terms of a confirmed preview may move before the order is refused."""
