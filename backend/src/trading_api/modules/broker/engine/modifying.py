"""What changing an open order comes to; it keeps its id."""

from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderType, ParentType
from trading_api.modules.broker.engine.bracket_checks import check_order_brackets
from trading_api.modules.broker.engine.bracket_orders import Protected, kind_of
from trading_api.modules.broker.engine.brackets import (
    put_brackets,
    put_parent_terms,
    resize_inactive,
    with_bracket,
)
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.change_checks import (
    check_as_placed,
    check_position_brackets,
    check_trail,
    opened_by,
    trailing_at,
)
from trading_api.modules.broker.engine.changed_order import (
    as_placed,
    bracket_value,
    check_bracket_change,
    check_change,
    differences,
)
from trading_api.modules.broker.engine.checks import check_buying_power
from trading_api.modules.broker.engine.commands import ModifyOrder, PlaceOrder
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.lifecycle import put_terms
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.matching import enter_market
from trading_api.modules.broker.engine.placing import UNSOUND, accepted_order
from trading_api.modules.broker.engine.positions import check_protection, exit_price
from trading_api.modules.broker.engine.refusals import (
    OrderNotOpen,
    OrderRefused,
    RefusalCode,
)
from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.stops import (
    stop_reference,
)

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
        *check_as_placed(before, order, wanted, instrument, market),
        *check_trail(before, order, wanted, instrument, market),
        *check_position_brackets(before, order, wanted, instrument, market),
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
        parent = _protected(draft.state, changed, market)
        put_brackets(draft, parent, changed.brackets, instrument, market.time)
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
    return trailing_at(order, wanted.trailing_amount, instrument)


def _protected(state: AccountState, order: Order, market: Market) -> Protected:
    """What the order's brackets belong to by now."""
    held = opened_by(state, order)
    return Protected.order(order) if held is None else Protected.position(held, exit_price(held, market))


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
