"""What protects an order or a position, as orders of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from trading_api.models.broker.orders import (
    DurationType,
    OrderStatus,
    OrderType,
    ParentType,
    Side,
    StopType,
)
from trading_api.modules.broker.engine.entities import Brackets, Order, Position
from trading_api.modules.broker.engine.exact import ZERO, quotient, tidy
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.market import opposite
from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.stops import reaches, trailing_stop_price


class BracketKind(StrEnum):
    """The fields of `Brackets`, each of which becomes an order."""

    TAKE_PROFIT = "take_profit"
    STOP_LOSS = "stop_loss"
    GUARANTEED_STOP = "guaranteed_stop"
    TRAILING_STOP = "trailing_stop_pips"


STOP_TYPES = {
    BracketKind.STOP_LOSS: StopType.STOP_LOSS,
    BracketKind.GUARANTEED_STOP: StopType.GUARANTEED_STOP,
    BracketKind.TRAILING_STOP: StopType.TRAILING_STOP,
}
KIND_OF_STOP = {stop_type: kind for kind, stop_type in STOP_TYPES.items()}


@dataclass(frozen=True, slots=True)
class Protected:
    """What brackets belong to; `price` is where a position was entered, or could be left, just now.

    A trailing stop starts from there. While it is an order its brackets are inactive, and there is none.
    """

    id: str
    type: ParentType
    side: Side
    qty: Decimal
    price: Decimal | None = None

    @classmethod
    def order(cls, order: Order) -> "Protected":
        """An open order: its brackets wait."""
        return cls(order.id, ParentType.ORDER, order.side, order.qty)

    @classmethod
    def position(cls, position: Position, price: Decimal) -> "Protected":
        """A position: its brackets work."""
        return cls(position.id, ParentType.POSITION, position.side, position.qty, price)


def wanted(brackets: Brackets) -> dict[BracketKind, Decimal]:
    """What `brackets` ask for, the take profit first."""
    asked = (
        (BracketKind.TAKE_PROFIT, brackets.take_profit),
        (BracketKind.STOP_LOSS, brackets.stop_loss),
        (BracketKind.GUARANTEED_STOP, brackets.guaranteed_stop),
        (BracketKind.TRAILING_STOP, brackets.trailing_stop_pips),
    )
    return {kind: tidy(value) for kind, value in asked if value is not None}


def brackets_in(orders: Iterable[Order], instrument: Instrument) -> Brackets:
    """The brackets that `orders` are."""
    return with_values({kind_of(order): value_of(order, instrument) for order in orders})


def with_values(values: dict[BracketKind, Decimal]) -> Brackets:
    """`Brackets` of these values."""
    return Brackets(**{kind.value: value for kind, value in values.items()})


def kind_of(order: Order) -> BracketKind:
    """Which bracket `order` is."""
    return BracketKind.TAKE_PROFIT if order.stop_type is None else KIND_OF_STOP[order.stop_type]


def value_of(order: Order, instrument: Instrument) -> Decimal:
    """The price of a bracket, or the pips by which it trails."""
    if order.trailing_amount is not None:
        return quotient(order.trailing_amount, instrument.pip_size)
    price = order.limit_price if order.stop_price is None else order.stop_price
    if price is None:
        raise ValueError(f"{order.id} is no bracket")
    return price


def with_value(
    order: Order, value: Decimal, instrument: Instrument, trail_from: Decimal | None = None
) -> Order:
    """`order` with another price, or trailing by other pips, from `trail_from` on."""
    match kind_of(order):
        case BracketKind.TAKE_PROFIT:
            return replace(order, limit_price=value)
        case BracketKind.TRAILING_STOP:
            amount = tidy(value * instrument.pip_size)
            return started(replace(order, trailing_amount=amount), instrument, trail_from)
        case _:
            return replace(order, stop_price=value)


def started(order: Order, instrument: Instrument, trail_from: Decimal | None) -> Order:
    """A trailing stop with its first stop price, where the market is at `trail_from`; others as they are.

    The stop lies on the tick grid, rounded away from the market.
    """
    if order.trailing_amount is None or trail_from is None:
        return order
    stop = trailing_stop_price(order.side, trail_from, order.trailing_amount, instrument.tick_size)
    return replace(order, stop_price=stop)


def new_bracket(
    offset: int, time: int, parent: Protected, kind: BracketKind, value: Decimal, instrument: Instrument
) -> Order:
    """The order that protects `parent`, with the id and times of its first event."""
    takes_profit, trails = kind is BracketKind.TAKE_PROFIT, kind is BracketKind.TRAILING_STOP
    order = Order(
        id=f"O{offset}",
        symbol=instrument.symbol,
        type=OrderType.LIMIT if takes_profit else OrderType.TRAILING_STOP if trails else OrderType.STOP,
        side=opposite(parent.side),
        qty=parent.qty,
        duration=DurationType.GTC,
        status=OrderStatus.INACTIVE,
        filled_qty=ZERO,
        filled_value=ZERO,
        point_value=instrument.point_value,
        margin_rate=instrument.margin_rate,
        create_time=time,
        update_time=time,
        created_offset=offset,
        offset=offset,
        active_time=time,
        stop_type=STOP_TYPES.get(kind),
        currency=instrument.currency,
    )
    placed = with_value(order, value, instrument)
    return bound(placed, parent, time, instrument)


def bound(order: Order, parent: Protected, time: int, instrument: Instrument) -> Order:
    """The bracket as it belongs to `parent`; with a position it works, from `time` on."""
    if parent.type is ParentType.ORDER:
        return replace(order, parent_id=parent.id, parent_type=parent.type, qty=parent.qty)
    working = replace(
        order,
        status=OrderStatus.WORKING,
        parent_id=parent.id,
        parent_type=parent.type,
        position_id=parent.id,
        qty=tidy(order.filled_qty + parent.qty),
        active_time=time,
    )
    return started(within_guarantee(working, parent.price), instrument, parent.price)


def within_guarantee(order: Order, price: Decimal | None) -> Order:
    """A guaranteed stop protects what is entered before it: beyond it, at `price`, it is a plain stop loss.

    Otherwise a gap that fills the entry beyond the stop would be a profit that is guaranteed.
    """
    if order.stop_type is not StopType.GUARANTEED_STOP or order.stop_price is None or price is None:
        return order
    if not reaches(order.side, price, order.stop_price):
        return order
    return replace(order, stop_type=StopType.STOP_LOSS)
