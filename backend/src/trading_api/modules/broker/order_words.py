"""Words for an order and its terms, as explanations and previews use them."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderStatus, OrderType, StopType
from trading_api.modules.broker.engine import Order
from trading_api.modules.broker.engine.exact import tidy

STOP_WORDS = {
    StopType.STOP_LOSS: "stop loss",
    StopType.TRAILING_STOP: "trailing stop",
    StopType.GUARANTEED_STOP: "guaranteed stop",
}
TERMS = (
    ("type", "type"),
    ("qty", "qty"),
    ("limitPrice", "limit_price"),
    ("stopPrice", "stop_price"),
    ("trailingAmount", "trailing_amount"),
    ("duration", "duration"),
    ("takeProfit", "brackets.take_profit"),
    ("stopLoss", "brackets.stop_loss"),
    ("guaranteedStop", "brackets.guaranteed_stop"),
    ("trailingStopPips", "brackets.trailing_stop_pips"),
    ("parent", "parent_id"),
)
"""What of an order can change, by the name that the wire has for it."""


def number(value: Decimal) -> str:
    """A number in its short form."""
    return f"{tidy(value):f}"


Write = Callable[[Decimal], str]
"""How prices are written."""


def prices(tick_size: Decimal) -> Write:
    """Prices with the decimals of their tick, and with more where they have more: 189.5 as 189.50."""
    exponent = tidy(tick_size).as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0

    def write(value: Decimal) -> str:
        whole, _, fraction = number(value).partition(".")
        return f"{whole}.{fraction.ljust(decimals, '0')}" if fraction or decimals else whole

    return write


def clock(time_ms: int) -> str:
    """The time of day (UTC) to the millisecond: `14:03:07.120`."""
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%H:%M:%S}.{milliseconds:03d}"


def kind(order: Order) -> str:
    """`take profit`, `stop loss`, ...: what a bracket is for."""
    return STOP_WORDS.get(order.stop_type, "stop") if order.stop_type else "take profit"


def described(order: Order, price: Write) -> str:
    """`buy 100 SPY limit 168.15, gtc`."""
    words = [f"{order.side.value} {number(order.qty)} {order.symbol}"]
    if order.type is OrderType.MARKET:
        words.append("at the market")
    if order.trailing_amount is not None:
        words.append(f"trailing by {price(order.trailing_amount)}")
    if order.stop_price is not None:
        words.append(f"stop {price(order.stop_price)}")
    if order.limit_price is not None:
        words.append(f"limit {price(order.limit_price)}")
    return f"{' '.join(words)}, {_duration(order)}"


def changes(before: Order, after: Order, price: Write) -> str:
    """`qty 100 to 150, limitPrice 168 to 168.1`; empty if no term differs."""
    told = []
    for name, path in TERMS:
        write = number if path == "qty" else price
        old, new = _term(before, path, write), _term(after, path, write)
        if old != new:
            told.append(f"{name} {old} to {new}")
    if before.status is OrderStatus.INACTIVE and after.status is OrderStatus.WORKING:
        told.append("inactive to working")
    return ", ".join(told)


def _duration(order: Order) -> str:
    if order.duration is DurationType.GTD and order.expire_time is not None:
        moment = datetime.fromtimestamp(order.expire_time // 1000, tz=UTC)
        return f"until {moment:%Y-%m-%d %H:%M:%S} UTC"
    return order.duration.value


def _term(order: Order, path: str, write: Write) -> str:
    value: object = order
    for name in path.split("."):
        value = getattr(value, name)
    if value is None:
        return "none"
    if isinstance(value, Decimal):
        return write(value)
    return str(value)
