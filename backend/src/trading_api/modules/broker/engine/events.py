"""Facts of an account's journal: each carries all that it changed, so a reader needs no rule to apply it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from trading_api.models.broker.accounts import TradingState
from trading_api.modules.broker.engine.causes import Cause
from trading_api.modules.broker.engine.entities import Execution, Order, Position
from trading_api.modules.broker.engine.terms import AccountTerms

DEFAULT_TERMS = AccountTerms()


@dataclass(frozen=True, slots=True)
class AccountOpened:
    """A paper account begins, with its opening balance and its terms."""

    offset: int
    time: int
    name: str
    currency: str
    opening_balance: Decimal
    leverage: Decimal
    terms: AccountTerms = DEFAULT_TERMS
    type: Literal["AccountOpened"] = "AccountOpened"


@dataclass(frozen=True, slots=True)
class AccountClosed:
    """The last event of an epoch: the account was reset and begins anew in the next."""

    offset: int
    time: int
    next_epoch: str
    type: Literal["AccountClosed"] = "AccountClosed"


@dataclass(frozen=True, slots=True)
class TermsChanged:
    """The account trades on other terms from now on."""

    offset: int
    time: int
    terms: AccountTerms
    type: Literal["TermsChanged"] = "TermsChanged"


@dataclass(frozen=True, slots=True)
class TradingStateChanged:
    """What the account may do has changed."""

    offset: int
    time: int
    trading_state: TradingState
    type: Literal["TradingStateChanged"] = "TradingStateChanged"


@dataclass(frozen=True, slots=True)
class LeverageChanged:
    """The leverage of a symbol has changed."""

    offset: int
    time: int
    symbol: str
    leverage: Decimal
    type: Literal["LeverageChanged"] = "LeverageChanged"


@dataclass(frozen=True, slots=True)
class MarginWarned:
    """Equity has fallen below the maintenance level of the margin used; said once until it recovers."""

    offset: int
    time: int
    equity: Decimal
    margin_used: Decimal
    type: Literal["MarginWarned"] = "MarginWarned"


@dataclass(frozen=True, slots=True)
class MarginRecovered:
    """Equity is above the maintenance level again."""

    offset: int
    time: int
    equity: Decimal
    margin_used: Decimal
    type: Literal["MarginRecovered"] = "MarginRecovered"


@dataclass(frozen=True, slots=True)
class LiquidationBegan:
    """Equity has fallen below the liquidation level: positions are closed, the largest loss first."""

    offset: int
    time: int
    equity: Decimal
    margin_used: Decimal
    type: Literal["LiquidationBegan"] = "LiquidationBegan"


@dataclass(frozen=True, slots=True)
class OrderAccepted:
    """The order passed all checks and works."""

    offset: int
    time: int
    order: Order
    cause: Cause | None = None
    type: Literal["OrderAccepted"] = "OrderAccepted"


@dataclass(frozen=True, slots=True)
class OrderTriggered:
    """The stop was reached: what it was to become works."""

    offset: int
    time: int
    order: Order
    cause: Cause | None = None
    type: Literal["OrderTriggered"] = "OrderTriggered"


@dataclass(frozen=True, slots=True)
class OrderReplaced:
    """Terms of the order changed: by its owner, with its position, or as a stop trails the price."""

    offset: int
    time: int
    order: Order
    cause: Cause | None = None
    type: Literal["OrderReplaced"] = "OrderReplaced"


@dataclass(frozen=True, slots=True)
class OrderPartlyFilled:
    """A part of the order was executed; the rest works on."""

    offset: int
    time: int
    order: Order
    cause: Cause | None = None
    type: Literal["OrderPartlyFilled"] = "OrderPartlyFilled"


@dataclass(frozen=True, slots=True)
class OrderFilled:
    """All of the order is executed."""

    offset: int
    time: int
    order: Order
    cause: Cause | None = None
    type: Literal["OrderFilled"] = "OrderFilled"


@dataclass(frozen=True, slots=True)
class OrderCanceled:
    """The order was called off."""

    offset: int
    time: int
    order: Order
    cause: Cause | None = None
    type: Literal["OrderCanceled"] = "OrderCanceled"


@dataclass(frozen=True, slots=True)
class OrderExpired:
    """The order reached its end unfilled."""

    offset: int
    time: int
    order: Order
    cause: Cause | None = None
    type: Literal["OrderExpired"] = "OrderExpired"


@dataclass(frozen=True, slots=True)
class OrderRejected:
    """A working order could not be executed; the order says why."""

    offset: int
    time: int
    order: Order
    cause: Cause | None = None
    type: Literal["OrderRejected"] = "OrderRejected"


@dataclass(frozen=True, slots=True)
class ExecutionRecorded:
    """A fill."""

    offset: int
    time: int
    execution: Execution
    type: Literal["ExecutionRecorded"] = "ExecutionRecorded"


@dataclass(frozen=True, slots=True)
class BalanceChanged:
    """Cash after an execution, with the totals since the account was opened."""

    offset: int
    time: int
    change: Decimal
    balance: Decimal
    realized_pl: Decimal
    commissions: Decimal
    execution_id: str
    type: Literal["BalanceChanged"] = "BalanceChanged"


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """A position was opened, changed or, with quantity 0, closed."""

    offset: int
    time: int
    position: Position
    type: Literal["PositionChanged"] = "PositionChanged"


ORDER_EVENTS = (
    OrderAccepted,
    OrderTriggered,
    OrderReplaced,
    OrderPartlyFilled,
    OrderFilled,
    OrderCanceled,
    OrderExpired,
    OrderRejected,
)
OrderEvent = (
    OrderAccepted
    | OrderTriggered
    | OrderReplaced
    | OrderPartlyFilled
    | OrderFilled
    | OrderCanceled
    | OrderExpired
    | OrderRejected
)
AccountEvent = (
    AccountOpened
    | AccountClosed
    | TermsChanged
    | TradingStateChanged
    | LeverageChanged
    | MarginWarned
    | MarginRecovered
    | LiquidationBegan
)

Event = AccountEvent | OrderEvent | ExecutionRecorded | BalanceChanged | PositionChanged


def last_order(events: Sequence[Event]) -> Order:
    """The order with which `events` begin, as the last of them leaves it; its brackets are others."""
    orders = [event.order for event in events if isinstance(event, ORDER_EVENTS)]
    return [order for order in orders if order.id == orders[0].id][-1]
