"""Orders: what is asked for, and what became of it."""

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from trading_api.models.common import JournalModel, Number, RequestModel, TimeMs, WireEnum, WireModel

LAST_MS = 253_402_300_799_999
"""The last millisecond of the year 9999."""


class OrderType(WireEnum):
    """At which price an order may fill."""

    MARKET = "market"
    LIMIT = "limit"
    STOP = "stop"
    STOP_LIMIT = "stop_limit"
    TRAILING_STOP = "trailing_stop"


class Side(WireEnum):
    """Direction of an order or a position."""

    BUY = "buy"
    SELL = "sell"


class OrderStatus(WireEnum):
    """Where an order is in its life; filled, canceled, rejected and expired are final."""

    PLACING = "placing"
    INACTIVE = "inactive"
    WORKING = "working"
    FILLED = "filled"
    CANCELED = "canceled"
    REJECTED = "rejected"
    EXPIRED = "expired"


class DurationType(WireEnum):
    """How long an order works.

    Until the session's end, until it is canceled, until a date; what fills at once, or all at once.
    """

    DAY = "day"
    GTC = "gtc"
    GTD = "gtd"
    IOC = "ioc"
    FOK = "fok"


class ParentType(WireEnum):
    """What a bracket protects: an order that is still open, or a position."""

    ORDER = "order"
    POSITION = "position"


class StopType(WireEnum):
    """Kind of a protecting stop."""

    STOP_LOSS = "stop_loss"
    TRAILING_STOP = "trailing_stop"
    GUARANTEED_STOP = "guaranteed_stop"


class MessageType(WireEnum):
    """How serious a message is."""

    INFORMATION = "information"
    WARNING = "warning"
    ERROR = "error"


class OrderDuration(RequestModel):
    """Time in force."""

    type: DurationType = Field(examples=[DurationType.GTC])
    datetime: int | None = Field(
        default=None,
        ge=0,
        le=LAST_MS,
        description="End of a gtd order, in milliseconds since 1970-01-01 UTC; only for gtd.",
        examples=[1380920400000],
    )


class SeenQuotes(RequestModel):
    """Bid and ask as the caller saw them."""

    bid: Number = Field(examples=[168.11])
    ask: Number = Field(examples=[168.12])


class BracketTerms(RequestModel):
    """How an order's position is to be protected: the whole set, so what is left out is not there.

    At most one of the three stops.
    """

    take_profit: Number | None = Field(default=None, description="A price.", examples=[171.5])
    stop_loss: Number | None = Field(default=None, description="A price.", examples=[166.2])
    guaranteed_stop: Number | None = Field(
        default=None, description="A price that holds through gaps, for a premium.", examples=[165]
    )
    trailing_stop_pips: Number | None = Field(
        default=None, description="Distance from the best price, in pips.", examples=[150]
    )


class PreOrder(RequestModel):
    """An order to place or to preview."""

    symbol: str = Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["SPY"])
    type: OrderType = Field(examples=[OrderType.LIMIT])
    side: Side = Field(examples=[Side.BUY])
    qty: Number = Field(examples=[100])
    limit_price: Number | None = Field(
        default=None, description="For limit and stop-limit orders, and only for them.", examples=[168.15]
    )
    stop_price: Number | None = Field(
        default=None, description="For stop and stop-limit orders, and only for them.", examples=[169]
    )
    trailing_amount: Number | None = Field(
        default=None,
        description="Distance from the best price; for trailing stops, and only for them.",
        examples=[1.5],
    )
    take_profit: Number | None = Field(default=None, description="Bracket: a price.", examples=[171.5])
    stop_loss: Number | None = Field(
        default=None, description="Bracket: a price. At most one of the three stops.", examples=[166.2]
    )
    guaranteed_stop: Number | None = Field(
        default=None, description="Bracket: a price that holds through gaps.", examples=[165]
    )
    trailing_stop_pips: Number | None = Field(
        default=None, description="Bracket: distance from the best price, in pips.", examples=[150]
    )
    duration: OrderDuration | None = Field(default=None, description="Default: gtc.")
    is_close: bool | None = Field(
        default=None, description="Only reduces what is held, never opens a position.", examples=[False]
    )
    position_id: str | None = Field(
        default=None,
        pattern=r"^[\x21-\x7e]{1,64}$",
        description="The position that it reduces, where the account holds several of the symbol.",
        examples=["P6"],
    )
    seen_price: Number | None = Field(
        default=None, description="Last price that the caller saw.", examples=[168.12]
    )
    current_quotes: SeenQuotes | None = None
    confirm_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=2000,
        description="From a preview of the same order: refuses it if its terms have moved since.",
        examples=["eyJzeW1ib2wiOiJTUFkifQ"],
    )
    client_order_id: str | None = Field(
        default=None,
        pattern=r"^[\x21-\x7e]{1,48}$",
        description="The caller's own name, unique per account.",
        examples=["desk-1"],
    )


class OrderMessage(WireModel):
    """What the broker has to say about an order."""

    type: MessageType = Field(examples=[MessageType.ERROR])
    text: str = Field(examples=["The buying power does not cover the order any more."])


class OrderChange(RequestModel):
    """New terms of an open order; what is absent stays as it is."""

    qty: Number | None = Field(default=None, description="Must be above what is filled.", examples=[150])
    type: OrderType | None = Field(
        default=None, description="Limit, stop or stop-limit.", examples=[OrderType.STOP_LIMIT]
    )
    limit_price: Number | None = Field(default=None, examples=[168.05])
    stop_price: Number | None = Field(default=None, examples=[169.5])
    trailing_amount: Number | None = Field(default=None, examples=[2])
    duration: OrderDuration | None = None
    brackets: BracketTerms | None = Field(default=None, description="The whole set; `{}` cancels them.")


FILLED_ORDER: JsonDict = {
    "offset": 4,
    "id": "O2",
    "symbol": "SPY",
    "type": "limit",
    "side": "buy",
    "qty": 100,
    "limitPrice": 168.15,
    "duration": {"type": "gtc"},
    "clientOrderId": "desk-1",
    "status": "filled",
    "filledQty": 100,
    "avgPrice": 168.12,
    "createTime": 1380893400000,
    "updateTime": 1380893400000,
}
"""Example of an order that filled."""

CANCELED_ORDER: JsonDict = {
    "offset": 3,
    "id": "O2",
    "symbol": "SPY",
    "type": "limit",
    "side": "buy",
    "qty": 100,
    "limitPrice": 160,
    "duration": {"type": "gtc"},
    "status": "canceled",
    "filledQty": 0,
    "createTime": 1380893400000,
    "updateTime": 1380893460000,
}
"""Example of an order that was canceled a minute after it was placed."""


class PlacedOrder(JournalModel):
    """An order as the account knows it; the `orders` topic carries one per change."""

    model_config = ConfigDict(json_schema_extra={"examples": [FILLED_ORDER]})

    id: str
    symbol: str
    type: OrderType
    side: Side
    qty: Number
    limit_price: Number | None = None
    stop_price: Number | None = Field(
        default=None, description="Where it triggers; of a trailing stop, where that is by now."
    )
    trailing_amount: Number | None = None
    take_profit: Number | None = None
    stop_loss: Number | None = None
    guaranteed_stop: Number | None = None
    trailing_stop_pips: Number | None = None
    duration: OrderDuration
    client_order_id: str | None = None
    status: OrderStatus
    filled_qty: Number
    avg_price: Number | None = None
    create_time: TimeMs
    update_time: TimeMs
    is_close: bool | None = None
    position_id: str | None = None
    parent_id: str | None = Field(default=None, description="Of a bracket: what it protects.")
    parent_type: ParentType | None = None
    stop_type: StopType | None = None
    triggered: bool | None = Field(default=None, description="Whether the stop price was reached.")
    message: OrderMessage | None = None
    reject_reason: str | None = None


class PlaceOrderResult(WireModel):
    """The order was accepted and is durable."""

    order_id: str = Field(examples=["O2"])
    order: PlacedOrder


class CanceledInBatch(WireModel):
    """What canceling one of many orders came to."""

    order_id: str = Field(examples=["O2"])
    status: int = Field(description="As if it were the only one: 200, or that of `code`.", examples=[200])
    order: PlacedOrder | None = None
    code: str | None = Field(default=None, examples=["order-final"])
    detail: str | None = Field(default=None, examples=["The order O2 is filled."])


class CancelOrdersResult(WireModel):
    """One result for each open order that was meant, oldest first."""

    results: list[CanceledInBatch]


class OrdersPage(WireModel):
    """Final orders, newest first."""

    orders: list[PlacedOrder]
    next_cursor: str | None = Field(default=None, examples=["NWZiNmYxNDZmNTdlMmVlYjoy"])


class OrdersSubscriptionRequest(RequestModel):
    """Every change of an account's orders."""

    account_id: str = Field(min_length=1, max_length=48, examples=["DEMO"])
