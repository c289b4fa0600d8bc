"""A change of an order, as the order that it would be if it were placed now."""

from collections.abc import Iterator
from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderType
from trading_api.modules.broker.engine.bracket_checks import FIELDS
from trading_api.modules.broker.engine.bracket_orders import BracketKind, kind_of, value_of
from trading_api.modules.broker.engine.commands import ModifyOrder, PlaceOrder
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Order
from trading_api.modules.broker.engine.exact import tidy
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.refusals import CheckFailure, RefusalCode
from trading_api.modules.broker.engine.symbol_book import AT_ONCE

WITH_LIMIT = frozenset({OrderType.LIMIT, OrderType.STOP_LIMIT})
WITH_STOP = frozenset({OrderType.STOP, OrderType.STOP_LIMIT})
CHANGEABLE = WITH_LIMIT | WITH_STOP
"""Types of which each can become any other, as long as no stop has triggered."""

PRICE_FIELD = {
    BracketKind.TAKE_PROFIT: "limitPrice",
    BracketKind.STOP_LOSS: "stopPrice",
    BracketKind.GUARANTEED_STOP: "stopPrice",
    BracketKind.TRAILING_STOP: "trailingAmount",
}
"""The one thing about a bracket that is its own."""


def as_placed(order: Order, command: ModifyOrder) -> PlaceOrder:
    """The order with the changes that `command` asks for.

    What a stop has become counts, once it has triggered: a limit or a market order. A price that the new
    type does not take is dropped, unless the command insists on it.
    """
    kind = _became(order) if order.triggered else command.type or order.type
    duration = command.duration or order.duration
    stays_gtd = order.duration is DurationType.GTD is duration
    return PlaceOrder(
        symbol=order.symbol,
        type=kind,
        side=order.side,
        qty=order.qty if command.qty is None else tidy(command.qty),
        limit_price=_kept(command.limit_price, order.limit_price if kind in WITH_LIMIT else None),
        duration=duration,
        stop_price=None
        if _stop_is_fixed(order)
        else _kept(command.stop_price, order.stop_price if kind in WITH_STOP else None),
        trailing_amount=None if order.triggered else _kept(command.trailing_amount, order.trailing_amount),
        gtd_time=order.expire_time if command.gtd_time is None and stays_gtd else command.gtd_time,
        brackets=order.brackets if command.brackets is None else command.brackets,
        is_close=order.is_close,
        position_id=order.position_id if order.is_close else None,
    )


def check_change(order: Order, command: ModifyOrder) -> Iterator[CheckFailure]:
    """What can no longer be changed about an order that is no bracket."""
    qty, kind, duration = command.qty, command.type, command.duration
    if qty is not None and 0 < qty <= order.filled_qty:
        message = f"qty={qty} must be above what is filled: filledQty={order.filled_qty:f}"
        yield CheckFailure("qty", RefusalCode.QUANTITY_BELOW_FILLED, message, qty)
    if kind not in {None, order.type} and (order.triggered or not {kind, order.type} <= CHANGEABLE):
        why = "it has triggered" if order.triggered else "only limit, stop and stop_limit can change"
        message = f"type={order.type} cannot become type={kind}: {why}"
        yield CheckFailure("type", RefusalCode.CHANGE_NOT_ALLOWED, message, kind)
    if duration not in {None, order.duration} and duration in AT_ONCE:
        message = f"duration={duration} is for new orders: what works already cannot fill at once or never"
        yield CheckFailure("duration", RefusalCode.CHANGE_NOT_ALLOWED, message, duration)
    if _stop_is_fixed(order) and command.stop_price not in {None, order.stop_price}:
        why = "it has triggered" if order.triggered else "it trails the market"
        message = f"stopPrice={order.stop_price} cannot become stopPrice={command.stop_price}: {why}"
        yield CheckFailure("stopPrice", RefusalCode.CHANGE_NOT_ALLOWED, message, command.stop_price)
    if order.triggered and command.trailing_amount not in {None, order.trailing_amount}:
        message = f"trailingAmount={order.trailing_amount} cannot change: the order has triggered"
        yield CheckFailure("trailingAmount", RefusalCode.CHANGE_NOT_ALLOWED, message)


def differences(before: Order, after: Order) -> list[str]:
    """What has changed for the owner of an order, as `name=before->after`."""
    compared: tuple[tuple[str, object, object], ...] = (
        ("type", before.type, after.type),
        ("qty", before.qty, after.qty),
        ("limitPrice", before.limit_price, after.limit_price),
        ("stopPrice", before.stop_price, after.stop_price),
        ("trailingAmount", before.trailing_amount, after.trailing_amount),
        ("duration", before.duration, after.duration),
        ("until", before.expire_time, after.expire_time),
        *(
            (name, getattr(before.brackets, kind.value), getattr(after.brackets, kind.value))
            for kind, name in FIELDS.items()
        ),
    )
    return [f"{name}={old}->{new}" for name, old, new in compared if old != new]


def bracket_value(bracket: Order, command: ModifyOrder, instrument: Instrument) -> Decimal:
    """The price of `bracket`, or the pips by which it trails, as `command` has it."""
    match kind_of(bracket):
        case BracketKind.TAKE_PROFIT:
            asked = command.limit_price
        case BracketKind.TRAILING_STOP:
            asked = None if command.trailing_amount is None else command.trailing_amount / instrument.pip_size
        case _:
            asked = command.stop_price
    return value_of(bracket, instrument) if asked is None else tidy(asked)


def check_bracket_change(
    bracket: Order, command: ModifyOrder, instrument: Instrument
) -> Iterator[CheckFailure]:
    """Of a bracket only its price can be changed; the rest follows from what it protects."""
    own = PRICE_FIELD[kind_of(bracket)]
    asked: tuple[tuple[str, object, object], ...] = (
        ("qty", command.qty, bracket.qty),
        ("type", command.type, bracket.type),
        ("duration", command.duration, bracket.duration),
        ("duration", command.gtd_time, None),
        ("limitPrice", command.limit_price, bracket.limit_price),
        ("stopPrice", command.stop_price, bracket.stop_price),
        ("trailingAmount", command.trailing_amount, bracket.trailing_amount),
        ("brackets", command.brackets, NO_BRACKETS),
    )
    for field, wanted, present in asked:
        if field != own and wanted is not None and wanted != present:
            message = f"{field} of a bracket follows from what it protects: parent={bracket.parent_id}"
            yield CheckFailure(field, RefusalCode.CHANGE_NOT_ALLOWED, message)
    if bracket.triggered and bracket_value(bracket, command, instrument) != value_of(bracket, instrument):
        message = f"{own} cannot change: order={bracket.id} has triggered"
        yield CheckFailure(own, RefusalCode.CHANGE_NOT_ALLOWED, message)


def _became(order: Order) -> OrderType:
    return OrderType.LIMIT if order.type is OrderType.STOP_LIMIT else OrderType.MARKET


def _stop_is_fixed(order: Order) -> bool:
    return order.triggered or order.type is OrderType.TRAILING_STOP


def _kept(asked: Decimal | None, present: Decimal | None) -> Decimal | None:
    return present if asked is None else tidy(asked)
