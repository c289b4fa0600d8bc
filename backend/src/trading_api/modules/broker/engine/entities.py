"""Orders, executions and positions as the journal states them: whole, each time one changes."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderStatus, OrderType, Side
from trading_api.modules.broker.engine.transitions import FINAL


@dataclass(frozen=True, slots=True)
class Order:
    """An order with the terms of its instrument at acceptance.

    `filled_value` is the sum of price times quantity of its executions, so the average is never summed
    from rounded numbers. `expire_time` is set for orders with an end; `listed_until` once it is final.
    """

    id: str
    symbol: str
    type: OrderType
    side: Side
    qty: Decimal
    limit_price: Decimal | None
    duration: DurationType
    expire_time: int | None
    client_order_id: str | None
    status: OrderStatus
    filled_qty: Decimal
    filled_value: Decimal
    avg_price: Decimal | None
    reserve_price: Decimal | None
    """Price at which buying power is reserved; None for a queued market order without a known price."""
    point_value: Decimal
    margin_rate: Decimal
    create_time: int
    update_time: int
    created_offset: int
    offset: int
    listed_until: int | None = None
    reject_reason: str | None = None

    @property
    def remaining_qty(self) -> Decimal:
        """What has not been filled."""
        return self.qty - self.filled_qty

    @property
    def is_final(self) -> bool:
        """Whether nothing more can happen to it."""
        return self.status in FINAL


@dataclass(frozen=True, slots=True)
class Execution:
    """One fill; `realized_pl` is that of the part that closed, None if nothing did."""

    id: str
    order_id: str
    symbol: str
    side: Side
    qty: Decimal
    price: Decimal
    time: int
    commission: Decimal
    realized_pl: Decimal | None
    offset: int


@dataclass(frozen=True, slots=True)
class Position:
    """Holding of one symbol; `qty` is never negative and 0 when closed.

    `cost` is the sum of price times quantity that is still open. It is exact: what a reduction takes out
    of it is what the realized profit is reckoned from, so a rounded average loses no cash.
    """

    id: str
    symbol: str
    side: Side
    qty: Decimal
    cost: Decimal
    avg_price: Decimal
    realized_pl: Decimal
    point_value: Decimal
    margin_rate: Decimal
    update_time: int
    offset: int

    @property
    def signed_qty(self) -> Decimal:
        """Positive for longs, negative for shorts."""
        return self.qty if self.side is Side.BUY else -self.qty
