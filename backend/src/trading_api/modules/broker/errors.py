"""What the broker refuses, and why.

AccountUnknown  AccountExists  OrderUnknown  OrderFinal  PositionUnknown  SymbolUnknown  CursorInvalid
ConfirmInvalid  ConfirmMismatch  ConfirmStale  IdempotencyKeyReused        the caller's mistake
OrderRefusal    an order failed its checks; one class for each code below it
StorageUnavailable  MarketDataUnavailable                                  try again
"""

from decimal import Decimal

from trading_api.models.common import FieldProblem
from trading_api.modules.broker.engine import CheckFailure, OrderRefused, RefusalCode
from trading_api.shared.errors import TradingError, echo


class AccountUnknown(TradingError):
    """There is no such account."""

    code, status, title = "account-unknown", 404, "Account unknown"


class AccountExists(TradingError):
    """There is an account of this id already."""

    code, status, title = "account-exists", 409, "Account exists"


class OrderUnknown(TradingError):
    """The account has no such order."""

    code, status, title = "order-unknown", 404, "Order unknown"


class OrderFinal(TradingError):
    """The order is filled, canceled, rejected or expired and never changes again."""

    code, status, title = "order-final", 409, "Order is final"


class PositionUnknown(TradingError):
    """The account has no such open position."""

    code, status, title = "position-unknown", 404, "Position unknown"


class SymbolUnknown(TradingError):
    """The datafeed has no such symbol."""

    code, status, title = "symbol-unknown", 404, "Symbol unknown"


class CursorInvalid(TradingError):
    """The cursor does not come from an answer of this account."""

    code, status, title = "cursor-invalid", 422, "Cursor invalid"


class ConfirmInvalid(TradingError):
    """The confirmId does not come from a preview, or is damaged."""

    code, status, title = "confirm-invalid", 422, "Confirmation invalid"


class ConfirmMismatch(TradingError):
    """The confirmId is that of another order."""

    code, status, title = "confirm-mismatch", 422, "Confirmation of another order"


class ConfirmStale(TradingError):
    """The terms have moved by more than the account tolerates since the preview."""

    code, status, title = "confirm-stale", 409, "Terms have moved"


class IdempotencyKeyReused(TradingError):
    """The idempotency key belongs to another request of the last 24 hours."""

    code, status, title = "idempotency-key-reused", 422, "Idempotency key reused"


class StorageUnavailable(TradingError):
    """The journal could not be written or read; nothing is half done."""

    code, status, title, retryable = "storage-unavailable", 503, "Storage unavailable", True


class MarketDataUnavailable(TradingError):
    """The datafeed did not answer."""

    code, status, title, retryable = "market-data-unavailable", 503, "Market data unavailable", True


class OrderRefusal(TradingError):
    """An order failed its checks: the first gives the code, all are among the fields."""

    code, status, title = "order-refused", 422, "Order refused"


MEANINGS: dict[RefusalCode, str] = {
    RefusalCode.SYMBOL_NOT_TRADABLE: "The symbol has prices, but no orders are taken for it.",
    RefusalCode.CURRENCY_UNSUPPORTED: "The symbol is settled in another currency than the account's.",
    RefusalCode.QUANTITY_NOT_POSITIVE: "The quantity is zero or less.",
    RefusalCode.QUANTITY_TOO_SMALL: "The quantity is below the symbol's smallest.",
    RefusalCode.QUANTITY_TOO_LARGE: "The quantity is above the symbol's largest.",
    RefusalCode.QUANTITY_STEP: "The quantity is no multiple of the symbol's step.",
    RefusalCode.PRICE_MISSING: "The type of order needs this price.",
    RefusalCode.PRICE_NOT_ALLOWED: "The type of order takes no such price.",
    RefusalCode.PRICE_NOT_POSITIVE: "The price is zero or less.",
    RefusalCode.PRICE_TICK: "The price is no multiple of the symbol's tick.",
    RefusalCode.CLIENT_ORDER_ID_DUPLICATE: "The account has an order of this clientOrderId already.",
    RefusalCode.STOP_WOULD_TRIGGER: "The stop price is not beyond the market: it would trigger at once.",
    RefusalCode.DURATION_NOT_ALLOWED: "Only market and limit orders can be ioc or fok.",
    RefusalCode.DURATION_END_MISSING: "A gtd order needs the time of its end.",
    RefusalCode.DURATION_END_NOT_ALLOWED: "Only a gtd order takes the time of its end.",
    RefusalCode.DURATION_END_PAST: "The end of the order is not in the future.",
    RefusalCode.SESSION_CLOSED: "The session is closed, so an ioc or fok order cannot fill.",
    RefusalCode.NOTHING_TO_CLOSE: "No position on the other side is as large as the closing order.",
    RefusalCode.QUOTE_UNAVAILABLE: "The symbol has no price for a market order to fill or a stop to trail.",
    RefusalCode.QUOTE_STALE: "The quote is too old for a market order: its symbol has been silent since.",
    RefusalCode.BUYING_POWER_INSUFFICIENT: "The account's buying power does not cover the order.",
    RefusalCode.BRACKETS_NOT_ALLOWED: "An order that only closes has nothing that brackets could protect.",
    RefusalCode.STOPS_CONFLICT: "At most one of stop loss, guaranteed stop and trailing stop can protect.",
    RefusalCode.TAKE_PROFIT_WRONG_SIDE: "The take profit would not be a profit, seen from the entry.",
    RefusalCode.STOP_LOSS_WRONG_SIDE: "The stop would be reached before the entry is.",
    RefusalCode.TRAILING_PIPS_NOT_POSITIVE: "The trailing stop's distance is zero or less.",
    RefusalCode.LEVERAGE_OUT_OF_RANGE: "The symbol is not traded with such a leverage.",
    RefusalCode.TRADING_HALTED: "The account is halted: it takes no orders.",
    RefusalCode.TRADING_REDUCE_ONLY: "The account only takes orders that reduce what it holds.",
    RefusalCode.ORDER_RATE_EXCEEDED: "The account has placed as many orders as it may within a second.",
    RefusalCode.ORDER_NOTIONAL_EXCEEDED: "The order is worth more than an order of the account may be.",
    RefusalCode.POSITION_NOTIONAL_EXCEEDED: "The position could become worth more than the account allows.",
    RefusalCode.TERMS_NOT_ALLOWED: "The account cannot trade on these terms.",
    RefusalCode.QUANTITY_BELOW_FILLED: "The new quantity is not above what the order has filled already.",
    RefusalCode.CHANGE_NOT_ALLOWED: "The order cannot be changed in this respect.",
    RefusalCode.CLOSE_QUANTITY_TOO_LARGE: "More is to be closed than the position holds.",
}


def _refusal(refusal_code: RefusalCode) -> type[OrderRefusal]:
    class Refusal(OrderRefusal):
        code = refusal_code.value
        title = refusal_code.value.replace("-", " ").capitalize()

    Refusal.__name__ = Refusal.__qualname__ = refusal_code.name.title().replace("_", "")
    Refusal.__doc__ = MEANINGS[refusal_code]
    return Refusal


REFUSALS: dict[RefusalCode, type[OrderRefusal]] = {code: _refusal(code) for code in RefusalCode}
"""The refusals that `POST /orders` can answer with, by the engine's code."""


def refusal_of(refused: OrderRefused) -> OrderRefusal:
    """The engine's refusal as the caller sees it."""
    fields = [_field_problem(failure) for failure in refused.failures]
    detail = "; ".join(failure.message for failure in refused.failures)
    return REFUSALS[refused.failures[0].code](f"{detail}.", fields)


def _field_problem(failure: CheckFailure) -> FieldProblem:
    value = float(failure.value) if isinstance(failure.value, Decimal) else failure.value
    return FieldProblem(
        field=failure.field, message=failure.message, code=failure.code.value, value=echo(value)
    )
