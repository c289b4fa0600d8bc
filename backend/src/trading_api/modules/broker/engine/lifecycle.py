"""One order, one event: every change of an order is recorded here."""

from collections.abc import Callable
from dataclasses import replace

from trading_api.models.broker.orders import OrderStatus
from trading_api.modules.broker.engine.causes import Cause, Rule, because
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.events import (
    OrderAccepted,
    OrderCanceled,
    OrderEvent,
    OrderExpired,
    OrderRejected,
    OrderReplaced,
    OrderTriggered,
)
from trading_api.modules.broker.engine.instruments import Instrument

ENDINGS: dict[OrderStatus, Callable[[int, int, Order, Cause], OrderEvent]] = {
    OrderStatus.CANCELED: OrderCanceled,
    OrderStatus.EXPIRED: OrderExpired,
    OrderStatus.REJECTED: OrderRejected,
}


def accept(draft: Draft, order: Order, time: int, cause: Cause) -> Order:
    """The order works, or is inactive as long as its parent is open."""
    changed = _moved(draft, order, time)
    draft.record([OrderAccepted(changed.offset, changed.update_time, changed, cause)])
    return changed


def trigger(draft: Draft, order: Order, time: int, cause: Cause) -> Order:
    """A stop was reached."""
    changed = _moved(draft, replace(order, triggered=True), time)
    draft.record([OrderTriggered(changed.offset, changed.update_time, changed, cause)])
    return changed


def put_terms(draft: Draft, order: Order, time: int, cause: Cause) -> Order:
    """The order has the terms of `order` from now on."""
    changed = _moved(draft, order, time)
    draft.record([OrderReplaced(changed.offset, changed.update_time, changed, cause)])
    return changed


def end(
    draft: Draft,
    order: Order,
    status: OrderStatus,
    time: int,
    instrument: Instrument,
    cause: Cause,
    reason: str | None = None,
) -> Order:
    """The order is final, and the brackets that waited with it are canceled.

    `reason` is for the one who reads why it was rejected.
    """
    moment = draft.not_before(time)
    changed = replace(
        order,
        status=status,
        update_time=moment,
        offset=draft.next_offset,
        listed_until=instrument.listed_until(moment),
        reject_reason=reason,
    )
    draft.record([ENDINGS[status](changed.offset, changed.update_time, changed, cause)])
    for bracket in draft.state.brackets_of(order.id):
        gone = because(Rule.PARENT_ENDED, note=f"parent={order.id}")
        end(draft, bracket, OrderStatus.CANCELED, time, instrument, gone)
    return changed


def _moved(draft: Draft, order: Order, time: int) -> Order:
    if order.offset == draft.next_offset and order.update_time == draft.not_before(time):
        return order
    return replace(order, update_time=draft.not_before(time), offset=draft.next_offset)
