"""Why a command is refused: stable codes, the offending field, and the numbers behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from trading_api.models.broker.orders import OrderStatus


class RefusalCode(StrEnum):
    """Every check that an order can fail."""

    SYMBOL_NOT_TRADABLE = "symbol-not-tradable"
    CURRENCY_UNSUPPORTED = "currency-unsupported"
    QUANTITY_NOT_POSITIVE = "quantity-not-positive"
    QUANTITY_TOO_SMALL = "quantity-too-small"
    QUANTITY_TOO_LARGE = "quantity-too-large"
    QUANTITY_STEP = "quantity-step"
    PRICE_MISSING = "price-missing"
    PRICE_NOT_ALLOWED = "price-not-allowed"
    PRICE_NOT_POSITIVE = "price-not-positive"
    PRICE_TICK = "price-tick"
    CLIENT_ORDER_ID_DUPLICATE = "client-order-id-duplicate"
    STOP_WOULD_TRIGGER = "stop-would-trigger"
    DURATION_NOT_ALLOWED = "duration-not-allowed"
    DURATION_END_MISSING = "duration-end-missing"
    DURATION_END_NOT_ALLOWED = "duration-end-not-allowed"
    DURATION_END_PAST = "duration-end-past"
    SESSION_CLOSED = "session-closed"
    NOTHING_TO_CLOSE = "nothing-to-close"
    QUOTE_UNAVAILABLE = "quote-unavailable"
    QUOTE_STALE = "quote-stale"
    BUYING_POWER_INSUFFICIENT = "buying-power-insufficient"
    BRACKETS_NOT_ALLOWED = "brackets-not-allowed"
    STOPS_CONFLICT = "stops-conflict"
    TAKE_PROFIT_WRONG_SIDE = "take-profit-wrong-side"
    STOP_LOSS_WRONG_SIDE = "stop-loss-wrong-side"
    TRAILING_PIPS_NOT_POSITIVE = "trailing-pips-not-positive"
    LEVERAGE_OUT_OF_RANGE = "leverage-out-of-range"
    TRADING_HALTED = "trading-halted"
    TRADING_REDUCE_ONLY = "trading-reduce-only"
    ORDER_RATE_EXCEEDED = "order-rate-exceeded"
    ORDER_NOTIONAL_EXCEEDED = "order-notional-exceeded"
    POSITION_NOTIONAL_EXCEEDED = "position-notional-exceeded"
    TERMS_NOT_ALLOWED = "terms-not-allowed"
    QUANTITY_BELOW_FILLED = "quantity-below-filled"
    CHANGE_NOT_ALLOWED = "change-not-allowed"
    CLOSE_QUANTITY_TOO_LARGE = "close-quantity-too-large"


@dataclass(frozen=True, slots=True)
class CheckFailure:
    """One failed check; `message` gives the details as `key=value`."""

    field: str
    code: RefusalCode
    message: str
    value: Decimal | str | None = None


class OrderRefused(Exception):
    """An order failed its checks, all of which are listed."""

    def __init__(self, failures: Sequence[CheckFailure]) -> None:
        super().__init__("; ".join(f"{failure.code}: {failure.message}" for failure in failures))
        self.failures = tuple(failures)


class PositionNotOpen(Exception):
    """The position to close, reverse or protect is not open."""

    def __init__(self, position_id: str) -> None:
        super().__init__(f"{position_id} is not open")
        self.position_id = position_id


class OrderNotOpen(Exception):
    """The order to change is not open; `status` says what it is, if the state still knows."""

    def __init__(self, order_id: str, status: OrderStatus | None = None) -> None:
        super().__init__(f"{order_id} is not open")
        self.order_id = order_id
        self.status = status
