"""One order, one event: every change of an order is recorded here."""

from collections.abc import Callable, Iterable

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
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.replacing import replace

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
    ending = _Ending(draft, time)
    ended = ending.add(order, status, instrument, cause, reason)
    draft.record(ending.events)
    return ended


def cancel_all(
    draft: Draft,
    orders: Iterable[Order],
    time: int,
    instruments: Instruments,
    cause_of: Callable[[Order], Cause],
) -> None:
    """Cancel orders none of which is another's bracket, and the brackets that waited with them.

    All are recorded at once, which costs half of what one after the other does.
    """
    ending = _Ending(draft, time)
    for order in orders:
        ending.add(order, OrderStatus.CANCELED, instruments[order.symbol], cause_of(order))
    draft.record(ending.events)


class _Ending:
    """Ends of orders that are recorded together, all at one moment."""

    def __init__(self, draft: Draft, time: int) -> None:
        self._state = draft.state
        self._moment = draft.not_before(time)
        self._listed: dict[str, int] = {}
        self.events: list[OrderEvent] = []

    def add(
        self,
        order: Order,
        status: OrderStatus,
        instrument: Instrument,
        cause: Cause,
        reason: str | None = None,
    ) -> Order:
        """One order more, and its brackets after it."""
        offset = self._state.offset + len(self.events) + 1
        ended = replace(
            order,
            status=status,
            update_time=self._moment,
            offset=offset,
            listed_until=self._listed_until(instrument),
            reject_reason=reason,
        )
        self.events.append(ENDINGS[status](offset, self._moment, ended, cause))
        for bracket in self._state.brackets_of(order.id):
            gone = because(Rule.PARENT_ENDED, note=f"parent={order.id}")
            self.add(bracket, OrderStatus.CANCELED, instrument, gone)
        return ended

    def _listed_until(self, instrument: Instrument) -> int:
        found = self._listed.get(instrument.symbol)
        if found is None:
            found = self._listed[instrument.symbol] = instrument.listed_until(self._moment)
        return found


def _moved(draft: Draft, order: Order, time: int) -> Order:
    if order.offset == draft.next_offset and order.update_time == draft.not_before(time):
        return order
    return replace(order, update_time=draft.not_before(time), offset=draft.next_offset)
