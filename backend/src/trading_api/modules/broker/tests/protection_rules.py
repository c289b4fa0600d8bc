"""What always holds of brackets and positions between two decisions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from trading_api.models.broker.accounts import PositionMode
from trading_api.models.broker.orders import ParentType, Side
from trading_api.modules.broker.engine import AccountState, Execution, Instrument, Order
from trading_api.modules.broker.engine.bracket_orders import BracketKind, brackets_in, kind_of
from trading_api.modules.broker.engine.entities import NO_BRACKETS


def check_protection(state: AccountState, instruments: Mapping[str, Instrument]) -> None:
    """Every bracket belongs to what is open, and has its quantity."""
    for order in state.open_orders:
        if order.is_bracket:
            _check_bracket(state, order)
        elif not order.filled_qty:
            waiting = brackets_in(state.brackets_of(order.id), instruments[order.symbol])
            assert waiting == order.brackets, "an order that waits has the brackets that it asks for"
    for position in state.open_positions:
        working = state.brackets_of(position.id)
        assert brackets_in(working, instruments[position.symbol]) == position.brackets
        kinds = Counter(kind_of(order) for order in working)
        assert all(count == 1 for count in kinds.values())
        assert len(kinds.keys() - {BracketKind.TAKE_PROFIT}) <= 1, "one stop protects"
    children = {key for ids in state.children.values() for key in ids}
    assert children == {order.id for order in state.open_orders if order.is_bracket}


def _check_bracket(state: AccountState, bracket: Order) -> None:
    assert bracket.brackets == NO_BRACKETS
    if bracket.parent_type is ParentType.ORDER:
        parent = state.orders[str(bracket.parent_id)]
        assert (bracket.status, bracket.qty) == ("inactive", parent.qty)
        assert bracket.side is not parent.side
    else:
        position = state.positions[str(bracket.parent_id)]
        assert (bracket.status, bracket.remaining_qty) == ("working", position.qty)
        assert bracket.side is not position.side


def check_positions(state: AccountState, executions: Iterable[Execution]) -> None:
    """A position is the signed sum of its executions; of a symbol there is one, unless the account hedges."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for execution in executions:
        hedges = state.terms.position_mode is PositionMode.HEDGING
        key = str(execution.position_id) if hedges else execution.symbol
        found[key] += execution.qty if execution.side is Side.BUY else -execution.qty
    if state.terms.position_mode is PositionMode.NETTING:
        held = {position.symbol: position.signed_qty for position in state.open_positions}
        assert len(held) == len(state.positions)
    else:
        held = {position.id: position.signed_qty for position in state.open_positions}
    assert held == {key: qty for key, qty in found.items() if qty}
