"""What an account can be asked to do."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderType, Side


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """Buy or sell `qty` of `symbol`."""

    symbol: str
    type: OrderType
    side: Side
    qty: Decimal
    limit_price: Decimal | None = None
    duration: DurationType = DurationType.GTC
    client_order_id: str | None = None


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Stop an open order."""

    order_id: str


Command = PlaceOrder | CancelOrder
