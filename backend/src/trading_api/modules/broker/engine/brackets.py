"""The life of brackets: they wait with their order, work with the position, and change and end with it.

Of a position's brackets each has as much left to fill as the position holds, so when one fills the others
shrink, and the last fill ends them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.orders import OrderStatus, ParentType
from trading_api.modules.broker.engine.bracket_orders import (
    BracketKind,
    Protected,
    bound,
    brackets_in,
    kind_of,
    new_bracket,
    value_of,
    wanted,
    with_value,
    within_guarantee,
)
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Brackets, Order, Position
from trading_api.modules.broker.engine.events import PositionChanged
from trading_api.modules.broker.engine.exact import tidy
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.lifecycle import accept, end, put_terms
from trading_api.modules.broker.engine.market import opposite
from trading_api.modules.broker.engine.netting import position_met
from trading_api.modules.broker.engine.replacing import replace


@dataclass(frozen=True, slots=True)
class Filled:
    """A fill that has been recorded: the order before it, and the positions that it left, in order."""

    order: Order
    price: Decimal
    time: int
    positions: tuple[Position, ...]


def arm(draft: Draft, order_id: str, instrument: Instrument, time: int) -> None:
    """Give an accepted order that stays open its inactive brackets, if its position has none of them yet."""
    order = draft.state.orders.get(order_id)
    if order is None or order.is_bracket or order.brackets == NO_BRACKETS:
        return
    held = position_met(draft.state, order) if order.filled_qty else None
    if draft.state.brackets_of(order_id) or (held is not None and held.side is order.side):
        return
    _create(draft, Protected.order(order), wanted(order.brackets), instrument, time, Rule.CHECKS_PASSED)


def after_fill(draft: Draft, filled: Filled, instrument: Instrument) -> None:
    """What a fill does to brackets: of the order, of what it closed, and of what it left open."""
    order, time = filled.order, filled.time
    for position in filled.positions:
        if not position.qty:
            _end_all(draft, position.id, Rule.POSITION_CLOSED, instrument, time)
            _end_closing(draft, position, instrument, time)
    held = filled.positions[-1]
    if held.qty and held.side is order.side:
        _protect(draft, filled, held, instrument)
    if order.id not in draft.state.orders:
        _end_all(draft, order.id, Rule.PARENT_ENDED, instrument, time)
    if held.qty:
        _resize(draft, held, filled)
        mirror(draft, held.id, instrument, time)


def put_brackets(
    draft: Draft, parent: Protected, brackets: Brackets, instrument: Instrument, time: int
) -> None:
    """Change, create and cancel bracket orders until exactly `brackets` protect `parent`."""
    asked = wanted(brackets)
    for order in draft.state.brackets_of(parent.id):
        value = asked.pop(kind_of(order), None)
        if value == value_of(order, instrument):
            continue
        if value is None or order.triggered:
            cause = because(Rule.CANCELED_BY_USER if value is None else Rule.BRACKETS_REPLACED)
            end(draft, order, OrderStatus.CANCELED, time, instrument, cause)
            if value is not None:
                asked[kind_of(order)] = value
        else:
            changed = with_value(order, value, instrument, parent.price)
            put_terms(draft, changed, time, because(Rule.MODIFIED))
    _create(draft, parent, asked, instrument, time, Rule.MODIFIED)
    mirror(draft, parent.id, instrument, time)


def resize_inactive(draft: Draft, order: Order, time: int) -> None:
    """The brackets that wait with `order` have its quantity."""
    for bracket in draft.state.brackets_of(order.id):
        if bracket.qty != order.qty:
            put_terms(draft, replace(bracket, qty=order.qty), time, because(Rule.MODIFIED))


def with_bracket(brackets: Brackets, kind: BracketKind, value: Decimal | None) -> Brackets:
    """`brackets` with one of them changed, or without it."""
    return replace(brackets, **{kind.value: value})


def put_parent_terms(draft: Draft, bracket: Order, value: Decimal | None, time: int) -> None:
    """Where `bracket` waits with an order, that order asks for it at `value` from now on."""
    parent = draft.state.orders.get(str(bracket.parent_id))
    if parent is None:
        return
    brackets = with_bracket(parent.brackets, kind_of(bracket), value)
    if brackets != parent.brackets:
        cause = because(Rule.MODIFIED, note=f"bracket={bracket.id}")
        put_terms(draft, replace(parent, brackets=brackets), time, cause)


def mirror(draft: Draft, position_id: str, instrument: Instrument, time: int) -> None:
    """Record the position again if other brackets protect it now; nothing for what is no open position."""
    position = draft.state.positions.get(position_id)
    if position is None:
        return
    brackets = brackets_in(draft.state.brackets_of(position_id), instrument)
    if position.brackets != brackets:
        offset, now = draft.next_offset, draft.not_before(time)
        changed = replace(position, brackets=brackets, offset=offset, update_time=now)
        draft.record([PositionChanged(offset, now, changed)])


def _protect(draft: Draft, filled: Filled, held: Position, instrument: Instrument) -> None:
    """Put the order's brackets to work for the position that it opened or added to.

    The first fill on the order's side replaces what protected the position. A later one finds the brackets
    at work, and makes new ones only if there are none.
    """
    order = filled.order
    if order.is_bracket or order.brackets == NO_BRACKETS:
        return
    parent = Protected.position(held, filled.price)
    waiting, working = draft.state.brackets_of(order.id), draft.state.brackets_of(held.id)
    if working and order.filled_qty and not waiting:
        return
    _end_all(draft, held.id, Rule.BRACKETS_REPLACED, instrument, filled.time)
    if waiting:
        _activate(draft, waiting, parent, instrument, filled.time)
    else:
        _create(draft, parent, wanted(order.brackets), instrument, filled.time, Rule.PARENT_FILLED)


def _activate(
    draft: Draft, waiting: Iterable[Order], parent: Protected, instrument: Instrument, time: int
) -> None:
    for order in waiting:
        cause = because(Rule.PARENT_FILLED, note=f"position={parent.id}")
        accept(draft, bound(order, parent, draft.not_before(time), instrument), time, cause)


def _create(
    draft: Draft,
    parent: Protected,
    asked: dict[BracketKind, Decimal],
    instrument: Instrument,
    time: int,
    rule: Rule,
) -> None:
    name = "position" if parent.type is ParentType.POSITION else "order"
    for kind, value in asked.items():
        order = new_bracket(draft.next_offset, draft.not_before(time), parent, kind, value, instrument)
        accept(draft, order, time, because(rule, note=f"{name}={parent.id}"))


def _resize(draft: Draft, position: Position, filled: Filled) -> None:
    for order in draft.state.brackets_of(position.id):
        if order.remaining_qty != position.qty:
            grows = order.remaining_qty < position.qty
            changed = replace(order, qty=tidy(order.filled_qty + position.qty))
            if grows:
                changed = within_guarantee(changed, filled.price)
            note = f"position={position.id} qty={position.qty:f}"
            put_terms(draft, changed, filled.time, because(Rule.POSITION_RESIZED, note=note))


def _end_all(draft: Draft, parent_id: str, rule: Rule, instrument: Instrument, time: int) -> None:
    for order in draft.state.brackets_of(parent_id):
        end(draft, order, OrderStatus.CANCELED, time, instrument, because(rule, note=f"parent={parent_id}"))


def _end_closing(draft: Draft, position: Position, instrument: Instrument, time: int) -> None:
    """Orders that were to close the position have nothing left to close."""
    if not draft.state.book(position.symbol).closing_qty(opposite(position.side)):
        return
    for order in draft.state.orders_of(position.symbol):
        if order.is_close and order.position_id == position.id:
            cause = because(Rule.POSITION_CLOSED, note=f"position={position.id}")
            end(draft, order, OrderStatus.CANCELED, time, instrument, cause)
