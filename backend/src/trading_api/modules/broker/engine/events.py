"""Facts of an account's journal: each carries all that it changed, so a reader needs no rule to apply it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from trading_api.modules.broker.engine.entities import Execution, Order, Position


@dataclass(frozen=True, slots=True)
class AccountOpened:
    """A paper account begins, with its opening balance and its terms."""

    offset: int
    time: int
    name: str
    currency: str
    opening_balance: Decimal
    leverage: Decimal
    type: Literal["AccountOpened"] = "AccountOpened"


@dataclass(frozen=True, slots=True)
class OrderAccepted:
    """The order passed all checks and works."""

    offset: int
    time: int
    order: Order
    type: Literal["OrderAccepted"] = "OrderAccepted"


@dataclass(frozen=True, slots=True)
class OrderPartlyFilled:
    """A part of the order was executed; the rest works on."""

    offset: int
    time: int
    order: Order
    type: Literal["OrderPartlyFilled"] = "OrderPartlyFilled"


@dataclass(frozen=True, slots=True)
class OrderFilled:
    """All of the order is executed."""

    offset: int
    time: int
    order: Order
    type: Literal["OrderFilled"] = "OrderFilled"


@dataclass(frozen=True, slots=True)
class OrderCanceled:
    """The order was called off."""

    offset: int
    time: int
    order: Order
    type: Literal["OrderCanceled"] = "OrderCanceled"


@dataclass(frozen=True, slots=True)
class OrderExpired:
    """The order reached its end unfilled."""

    offset: int
    time: int
    order: Order
    type: Literal["OrderExpired"] = "OrderExpired"


@dataclass(frozen=True, slots=True)
class OrderRejected:
    """A working order could not be executed; the order says why."""

    offset: int
    time: int
    order: Order
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


OrderEvent = OrderAccepted | OrderPartlyFilled | OrderFilled | OrderCanceled | OrderExpired | OrderRejected
ORDER_EVENTS = (OrderAccepted, OrderPartlyFilled, OrderFilled, OrderCanceled, OrderExpired, OrderRejected)

Event = AccountOpened | OrderEvent | ExecutionRecorded | BalanceChanged | PositionChanged


def last_order(events: Sequence[Event]) -> Order:
    """The order as the last of `events` that is about one leaves it."""
    return [event.order for event in events if isinstance(event, ORDER_EVENTS)][-1]
