"""Orders: what is asked for, and what became of it."""

from pydantic import Field

from trading_api.models.common import JournalModel, Number, RequestModel, TimeMs, WireEnum, WireModel


class OrderType(WireEnum):
    """At which price an order may fill."""

    MARKET = "market"
    LIMIT = "limit"


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
    """How long an order works: until the session's end, or until it is canceled."""

    DAY = "day"
    GTC = "gtc"


class OrderDuration(RequestModel):
    """Time in force."""

    type: DurationType


class PreOrder(RequestModel):
    """An order to place or to preview."""

    symbol: str = Field(min_length=1, max_length=64, examples=["SPY"])
    type: OrderType
    side: Side
    qty: Number = Field(examples=[100])
    limit_price: Number | None = Field(default=None, description="For limit orders, and only for them.")
    duration: OrderDuration | None = Field(default=None, description="Default: gtc.")
    client_order_id: str | None = Field(
        default=None, pattern=r"^[\x21-\x7e]{1,48}$", description="The caller's own name, unique per account."
    )


class PlacedOrder(JournalModel):
    """An order as the account knows it; the `orders` topic carries one per change."""

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

    order_id: str
    order: PlacedOrder


class OrdersPage(WireModel):
    """Final orders, newest first."""

    orders: list[PlacedOrder]
    next_cursor: str | None = None


class PreviewRow(WireModel):
    """One line of a preview."""

    title: str
    value: str


class PreviewSection(WireModel):
    """A group of lines of a preview."""

    header: str | None = None
    rows: list[PreviewRow]


class OrderPreview(WireModel):
    """What an order would cost, and every reason for which it would be refused."""

    sections: list[PreviewSection]
    errors: list[str]
    warnings: list[str]
    estimated_price: Number | None = None
    estimated_value: Number | None = None
    commission: Number | None = None
    margin_required: Number | None = None
    buying_power_after: Number | None = None


class OrdersSubscriptionRequest(RequestModel):
    """Every change of an account's orders."""

    account_id: str = Field(min_length=1, max_length=48)
