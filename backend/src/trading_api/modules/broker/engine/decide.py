"""The engine's one door: what follows from a command or a tick."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from trading_api.models.broker.orders import OrderStatus, OrderType
from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.broker.engine.checks import check_buying_power
from trading_api.modules.broker.engine.commands import CancelOrder, Command, PlaceOrder
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.events import (
    AccountOpened,
    Event,
    OrderCanceled,
    OrderExpired,
    OrderRejected,
)
from trading_api.modules.broker.engine.exact import exact, tidy
from trading_api.modules.broker.engine.fills import execute, fill_price, matching, session_open
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.placing import plan_order
from trading_api.modules.broker.engine.refusals import OrderNotOpen, OrderRefused
from trading_api.modules.broker.engine.state import AccountState


def open_account(
    state: AccountState, name: str, currency: str, opening_balance: Decimal, leverage: Decimal, time: int
) -> tuple[Event, ...]:
    """The first event of a journal."""
    return (AccountOpened(state.offset + 1, time, name, currency, tidy(opening_balance), leverage),)


def decide(
    state: AccountState, cause: Command | Quote | Trade | ClockMoved, instrument: Instrument, market: Market
) -> tuple[Event, ...]:
    """The events that follow from `cause` for the orders of `instrument`; none if nothing does.

    Raises OrderRefused with every failed check, and OrderNotOpen for a cancel of what is not open. The
    same arguments give the same events, byte for byte.
    """
    with exact():
        match cause:
            case PlaceOrder():
                return _place(state, cause, instrument, market)
            case CancelOrder():
                return _cancel(state, cause, instrument, market)
            case Quote():
                return _on_quote(state, cause, instrument, market)
            case ClockMoved():
                draft = Draft(state)
                _expire(draft, instrument, cause.time)
                return draft.events
            case Trade():
                return ()  # top-of-book fills on quotes alone


def _place(
    state: AccountState, command: PlaceOrder, instrument: Instrument, market: Market
) -> tuple[Event, ...]:
    plan = plan_order(state, command, instrument, market)
    if plan.failures:
        raise OrderRefused(plan.failures)
    return plan.draft.events


def _cancel(
    state: AccountState, command: CancelOrder, instrument: Instrument, market: Market
) -> tuple[Event, ...]:
    order = state.orders.get(command.order_id)
    if order is None:
        raise OrderNotOpen(command.order_id)
    draft = Draft(state)
    _end(draft, order, OrderStatus.CANCELED, market.time, instrument)
    return draft.events


def _on_quote(state: AccountState, quote: Quote, instrument: Instrument, market: Market) -> tuple[Event, ...]:
    draft = Draft(state)
    _expire(draft, instrument, quote.time)
    orders = matching(draft.state.orders_of(quote.symbol), quote)
    if orders and session_open(instrument, quote):
        market = market.with_quote(quote)
        for order in orders:
            _fill(draft, order, quote, instrument, market)
    return draft.events


def _fill(draft: Draft, order: Order, quote: Quote, instrument: Instrument, market: Market) -> None:
    price = fill_price(order, quote)
    if price is None:
        return
    time = draft.not_before(quote.time)
    if order.type is OrderType.MARKET:
        trial = Draft(draft.state)
        execute(trial, order, order.remaining_qty, price, time, instrument)
        failures = check_buying_power(_without(draft.state, order), trial.state, order.symbol, market)
        if failures:
            reason = f"{failures[0].code}: {failures[0].message}"
            _end(draft, order, OrderStatus.REJECTED, time, instrument, reason)
            return
    execute(draft, order, order.remaining_qty, price, time, instrument)


def _expire(draft: Draft, instrument: Instrument, time: int) -> None:
    """Ends the orders that were due by `time`, each at its own moment."""
    orders = draft.state.orders_of(instrument.symbol)
    due = [(o.expire_time, o) for o in orders if o.expire_time is not None and o.expire_time <= time]
    for expire_time, order in sorted(due, key=lambda pair: (pair[0], pair[1].created_offset)):
        _end(draft, order, OrderStatus.EXPIRED, expire_time, instrument)


_ENDINGS: dict[OrderStatus, Callable[[int, int, Order], Event]] = {
    OrderStatus.CANCELED: OrderCanceled,
    OrderStatus.EXPIRED: OrderExpired,
    OrderStatus.REJECTED: OrderRejected,
}


def _end(
    draft: Draft,
    order: Order,
    status: OrderStatus,
    time: int,
    instrument: Instrument,
    reason: str | None = None,
) -> None:
    moment = draft.not_before(time)
    ended = replace(
        order,
        status=status,
        update_time=moment,
        offset=draft.next_offset,
        listed_until=instrument.listed_until(moment),
        reject_reason=reason,
    )
    draft.record([_ENDINGS[status](ended.offset, moment, ended)])


def _without(state: AccountState, order: Order) -> AccountState:
    return replace(state, orders={key: o for key, o in state.orders.items() if key != order.id})
