"""Orders, executions and positions as the journal states them: whole, each time one changes."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.accounts import Liquidity
from trading_api.models.broker.orders import (
    DurationType,
    OrderStatus,
    OrderType,
    ParentType,
    Side,
    StopType,
)
from trading_api.modules.broker.engine.transitions import FINAL


@dataclass(frozen=True, slots=True)
class Brackets:
    """How a position is, or is to be, protected: prices, and the pips by which a stop trails.

    At most one of the three stops is given.
    """

    take_profit: Decimal | None = None
    stop_loss: Decimal | None = None
    guaranteed_stop: Decimal | None = None
    trailing_stop_pips: Decimal | None = None


NO_BRACKETS = Brackets()


@dataclass(frozen=True, slots=True, kw_only=True)
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
    limit_price: Decimal | None = None
    duration: DurationType
    expire_time: int | None = None
    client_order_id: str | None = None
    status: OrderStatus
    filled_qty: Decimal
    filled_value: Decimal
    avg_price: Decimal | None = None
    reserve_price: Decimal | None = None
    """Price at which buying power is reserved; None for a queued market order without a known price."""
    point_value: Decimal
    margin_rate: Decimal
    create_time: int
    update_time: int
    created_offset: int
    offset: int
    listed_until: int | None = None
    reject_reason: str | None = None
    stop_price: Decimal | None = None
    """Where it triggers; of a trailing stop, where that is by now."""
    trailing_amount: Decimal | None = None
    """Distance of a trailing stop from the best price since it became active."""
    triggered: bool = False
    """Whether a stop has become the market or limit order that it was to become."""
    active_time: int = 0
    """From when on the market sees it."""
    brackets: Brackets = NO_BRACKETS
    """Protection of the position that it opens."""
    parent_id: str | None = None
    parent_type: ParentType | None = None
    stop_type: StopType | None = None
    is_close: bool = False
    """Only ever reduces a position."""
    position_id: str | None = None
    """The position that it reduces, where an account may hold several of a symbol; or that its last fill
    opened or added to."""
    currency: str = ""
    """In which prices and profits of the symbol are."""
    conversion: Decimal | None = None
    """Units of the account's currency for one of the symbol's at acceptance, where they differ."""
    marketable: bool = False
    """Whether the market was at its limit when it came into it, so that it takes liquidity."""

    @property
    def is_in_market(self) -> bool:
        """Whether a price that suits it fills it: it works, and is no stop that has yet to trigger."""
        return self.status is OrderStatus.WORKING and (self.stop_price is None or self.triggered)

    @property
    def is_bracket(self) -> bool:
        """Whether it protects another order or a position."""
        return self.parent_id is not None

    @property
    def only_reduces(self) -> bool:
        """Whether it can never open a position, and so reserves nothing."""
        return self.is_close or self.is_bracket

    @property
    def remaining_qty(self) -> Decimal:
        """What has not been filled."""
        return self.qty - self.filled_qty

    @property
    def is_final(self) -> bool:
        """Whether nothing more can happen to it."""
        return self.status in FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
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
    realized_pl: Decimal | None = None
    offset: int
    liquidity: Liquidity | None = None
    conversion: Decimal | None = None
    """Units of the account's currency for one of the symbol's, where they differ."""
    position_id: str | None = None
    """The position that it reduced or added to; if it did both, the one it opened."""


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
    currency: str = ""
    """In which `cost` and prices are; `realized_pl` is in the account's."""
    brackets: Brackets = NO_BRACKETS
    """What protects it, as its bracket orders have it."""
    conversion: Decimal | None = None
    """Units of the account's currency for one of the symbol's at its last fill, where they differ."""

    @property
    def signed_qty(self) -> Decimal:
        """Positive for longs, negative for shorts."""
        return self.qty if self.side is Side.BUY else -self.qty
