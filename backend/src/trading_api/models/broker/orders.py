"""Orders: what is asked for, and what became of it."""

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from trading_api.models.common import JournalModel, Number, RequestModel, TimeMs, WireEnum, WireModel


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


class OrderDuration(RequestModel):
    """Time in force."""

    type: DurationType = Field(examples=[DurationType.GTC])


class PreOrder(RequestModel):
    """An order to place or to preview."""

    symbol: str = Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["SPY"])
    type: OrderType = Field(examples=[OrderType.LIMIT])
    side: Side = Field(examples=[Side.BUY])
    qty: Number = Field(examples=[100])
    limit_price: Number | None = Field(
        default=None, description="For limit orders, and only for them.", examples=[168.15]
    )
    duration: OrderDuration | None = Field(default=None, description="Default: gtc.")
    client_order_id: str | None = Field(
        default=None,
        pattern=r"^[\x21-\x7e]{1,48}$",
        description="The caller's own name, unique per account.",
        examples=["desk-1"],
    )


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
    duration: OrderDuration
    client_order_id: str | None = None
    status: OrderStatus
    filled_qty: Number
    avg_price: Number | None = None
    create_time: TimeMs
    update_time: TimeMs
    reject_reason: str | None = None


class PlaceOrderResult(WireModel):
    """The order was accepted and is durable."""

    order_id: str = Field(examples=["O2"])
    order: PlacedOrder


class OrdersPage(WireModel):
    """Final orders, newest first."""

    orders: list[PlacedOrder]
    next_cursor: str | None = Field(default=None, examples=["NWZiNmYxNDZmNTdlMmVlYjoy"])


class PreviewRow(WireModel):
    """One line of a preview."""

    title: str = Field(examples=["Estimated value"])
    value: str = Field(examples=["16,812.00 USD"])


class PreviewSection(WireModel):
    """A group of lines of a preview."""

    header: str | None = Field(default=None, examples=["Estimated cost"])
    rows: list[PreviewRow]


class OrderPreview(WireModel):
    """What an order would cost, and every reason for which it would be refused."""

    sections: list[PreviewSection]
    errors: list[str] = Field(examples=[[]])
    warnings: list[str] = Field(examples=[["The limit is at or beyond the market: the order fills at once."]])
    estimated_price: Number | None = Field(default=None, examples=[168.12])
    estimated_value: Number | None = Field(default=None, examples=[16812])
    commission: Number | None = Field(default=None, examples=[0])
    margin_required: Number | None = Field(default=None, examples=[16811])
    buying_power_after: Number | None = Field(default=None, examples=[83188])


class OrdersSubscriptionRequest(RequestModel):
    """Every change of an account's orders."""

    account_id: str = Field(min_length=1, max_length=48, examples=["DEMO"])
