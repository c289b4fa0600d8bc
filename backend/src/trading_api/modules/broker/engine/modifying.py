"""What changing an open order comes to; it keeps its id."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderStatus, OrderType, ParentType, Side
from trading_api.modules.broker.engine.bracket_checks import SIDE_CODES, check_order_brackets
from trading_api.modules.broker.engine.bracket_orders import Protected, kind_of
from trading_api.modules.broker.engine.brackets import (
    put_brackets,
    put_parent_terms,
    resize_inactive,
    with_bracket,
)
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.changed_order import (
    as_placed,
    bracket_value,
    check_bracket_change,
    check_change,
    differences,
)
from trading_api.modules.broker.engine.checks import check_buying_power, check_order, check_qty
from trading_api.modules.broker.engine.commands import ModifyOrder, PlaceOrder
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Order, Position
from trading_api.modules.broker.engine.exact import ZERO
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.lifecycle import end, put_terms
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.matching import enter_market
from trading_api.modules.broker.engine.netting import position_met
from trading_api.modules.broker.engine.placing import UNSOUND, accepted_order
from trading_api.modules.broker.engine.positions import check_protection, exit_price
from trading_api.modules.broker.engine.refusals import (
    CheckFailure,
    OrderNotOpen,
    OrderRefused,
    RefusalCode,
)
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.stops import (
    reaches,
    reference_price,
    stop_reference,
    trailing_stop_price,
)

QUANTITY_CODES = frozenset(
    {
        RefusalCode.QUANTITY_NOT_POSITIVE,
        RefusalCode.QUANTITY_TOO_SMALL,
        RefusalCode.QUANTITY_TOO_LARGE,
        RefusalCode.QUANTITY_STEP,
    }
)
"""Failures that are about the whole order, and not about what is left of it."""
FATAL = UNSOUND | {RefusalCode.QUANTITY_BELOW_FILLED, RefusalCode.CHANGE_NOT_ALLOWED}
"""Failures that leave no order to reckon with."""


def modify_order(draft: Draft, command: ModifyOrder, instruments: Instruments, market: Market) -> None:
    """Change what the command names, and fill what fills with it; nothing if all is so already.

    Raises OrderNotOpen, and OrderRefused with every failed check: those of placing the changed order, but
    for its rate, and those of the change itself.
    """
    order = draft.state.orders.get(command.order_id)
    if order is None:
        raise OrderNotOpen(command.order_id)
    change = _modify_bracket if order.is_bracket else _modify
    change(draft, order, command, instruments[order.symbol], market)


def _modify(draft: Draft, order: Order, command: ModifyOrder, instrument: Instrument, market: Market) -> None:
    before, wanted = draft.state, as_placed(order, command)
    failures = [
        *check_change(order, command),
        *_check_placing(before, order, wanted, instrument, market),
        *_check_trail(before, order, wanted, instrument, market),
        *_check_position(before, order, wanted, instrument, market),
    ]
    if FATAL.isdisjoint(failure.code for failure in failures):
        _put(draft, order, wanted, instrument, market)
        failures.extend(check_buying_power(before, draft.state, instrument.symbol, market))
    if failures:
        raise OrderRefused(failures)


def _put(draft: Draft, order: Order, wanted: PlaceOrder, instrument: Instrument, market: Market) -> None:
    changed = _changed(draft, order, wanted, instrument, market)
    what = differences(order, changed)
    if not what:
        return
    shown = stop_reference(instrument, market) if order.stop_price is not None else None
    seen = market.quote(order.symbol) if shown is None else shown
    put_terms(draft, changed, market.time, because(Rule.MODIFIED, seen, " ".join(what)))
    if changed.brackets != order.brackets:
        put_brackets(
            draft, _protected(draft.state, changed, market), changed.brackets, instrument, market.time
        )
    resize_inactive(draft, changed, market.time)
    enter_market(draft, order.id, instrument, market)


def _changed(draft: Draft, order: Order, wanted: PlaceOrder, instrument: Instrument, market: Market) -> Order:
    """`order` with what is `wanted` of it; from when on the market sees it, if that changed, is new."""
    placed = accepted_order(draft, wanted, instrument, market)
    same_end = wanted.duration is order.duration and wanted.duration is not DurationType.GTD
    changed = replace(
        order,
        qty=placed.qty,
        limit_price=placed.limit_price,
        duration=placed.duration,
        expire_time=order.expire_time if same_end else placed.expire_time,
        brackets=wanted.brackets,
        reserve_price=placed.reserve_price,
    )
    if not order.triggered:
        changed = replace(
            changed,
            type=wanted.type,
            stop_price=_stop_price(order, wanted, instrument, placed),
            trailing_amount=placed.trailing_amount,
        )
    if order.type is OrderType.TRAILING_STOP and not order.triggered:
        changed = replace(changed, reserve_price=changed.stop_price)
    repriced = (order.type, order.limit_price, order.stop_price) != (
        changed.type,
        changed.limit_price,
        changed.stop_price,
    )
    if repriced:
        return replace(changed, active_time=placed.active_time, marketable=placed.marketable)
    return changed


def _stop_price(order: Order, wanted: PlaceOrder, instrument: Instrument, placed: Order) -> Decimal | None:
    """Where the stop is; a trailing one is as far as wanted from the best price that it has seen."""
    if order.trailing_amount is None or wanted.trailing_amount is None:
        return placed.stop_price
    if wanted.trailing_amount == order.trailing_amount:
        return order.stop_price
    return _trailing_at(order, wanted.trailing_amount, instrument)


def _trailing_at(order: Order, amount: Decimal, instrument: Instrument) -> Decimal | None:
    if order.stop_price is None or order.trailing_amount is None:
        return None
    sells = order.side is Side.SELL
    best = order.stop_price + order.trailing_amount if sells else order.stop_price - order.trailing_amount
    return trailing_stop_price(order.side, best, amount, instrument.tick_size)


def _opened(state: AccountState, order: Order) -> Position | None:
    """The position that the order has opened or added to, whose brackets its own have become."""
    held = position_met(state, order) if order.filled_qty else None
    return None if held is None or held.side is not order.side else held


def _protected(state: AccountState, order: Order, market: Market) -> Protected:
    """What the order's brackets belong to by now."""
    held = _opened(state, order)
    return Protected.order(order) if held is None else Protected.position(held, exit_price(held, market))


def _check_placing(
    state: AccountState, order: Order, wanted: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """What would be wrong with the changed order if it were placed now instead of the present one.

    Limits of the account are for what is left of it: what has been filled is in the position already. What
    stays as it is is not held against a market that has moved since.
    """
    without = Draft(state)
    end(without, order, OrderStatus.CANCELED, market.time, instrument, because(Rule.CANCELED_BY_USER))
    brackets = wanted.brackets if _opened(state, order) is None else NO_BRACKETS
    rest = replace(wanted, qty=wanted.qty - order.filled_qty, brackets=brackets)
    moot = {RefusalCode.ORDER_RATE_EXCEEDED, RefusalCode.QUOTE_UNAVAILABLE}
    same_prices = (wanted.type, wanted.limit_price, wanted.stop_price) == (
        order.type,
        order.limit_price,
        order.stop_price,
    )
    if order.triggered or wanted.stop_price == order.stop_price:
        moot.add(RefusalCode.STOP_WOULD_TRIGGER)
    if wanted.brackets == order.brackets and (order.triggered or same_prices):
        moot |= SIDE_CODES
    yield from check_qty(wanted, instrument)
    for failure in check_order(without.state, rest, instrument, market):
        if failure.code not in moot | QUANTITY_CODES:
            yield failure


def _check_trail(
    state: AccountState, order: Order, wanted: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """A trailing stop that is to follow more closely may not trigger at once by that."""
    amount, price = wanted.trailing_amount, reference_price(instrument, market, order.side)
    if amount is None or amount in {ZERO, order.trailing_amount} or state.terms.allow_immediate_stops:
        return
    stop = _trailing_at(order, amount, instrument)
    if stop is not None and price is not None and reaches(order.side, price, stop):
        message = f"trailingAmount={amount} puts the stop at stopPrice={stop:f}, reached by price={price:f}"
        yield CheckFailure("trailingAmount", RefusalCode.STOP_WOULD_TRIGGER, message, amount)


def _check_position(
    state: AccountState, order: Order, wanted: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """Where the brackets protect a position already, they must fit where that could be closed now."""
    held = _opened(state, order)
    if held is not None and wanted.brackets != order.brackets:
        yield from check_protection(state, held, wanted.brackets, instrument, market)


def _modify_bracket(
    draft: Draft, bracket: Order, command: ModifyOrder, instrument: Instrument, market: Market
) -> None:
    """Move a bracket: what it protects knows of it."""
    failures = list(check_bracket_change(bracket, command, instrument))
    kind, value, parent_id = kind_of(bracket), bracket_value(bracket, command, instrument), bracket.parent_id
    if bracket.parent_type is ParentType.POSITION:
        position = draft.state.positions[str(parent_id)]
        brackets = with_bracket(position.brackets, kind, value)
        failures.extend(check_protection(draft.state, position, brackets, instrument, market))
        protected = Protected.position(position, exit_price(position, market))
    else:
        parent = draft.state.orders[str(parent_id)]
        brackets = with_bracket(parent.brackets, kind, value)
        asked = as_placed(parent, ModifyOrder(parent.id, brackets=brackets))
        failures.extend(check_order_brackets(asked, instrument, market))
        protected = Protected.order(parent)
    if failures:
        raise OrderRefused(failures)
    put_brackets(draft, protected, brackets, instrument, market.time)
    put_parent_terms(draft, bracket, value, market.time)
