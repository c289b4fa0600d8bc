"""What an account does with its positions: close, reverse and protect them."""

from collections.abc import Iterator
from decimal import Decimal

from trading_api.models.broker.accounts import PositionMode, TradingState
from trading_api.models.broker.orders import OrderType, Side
from trading_api.modules.broker.engine.bracket_checks import FIELDS, SIDE_CODES, check_brackets
from trading_api.modules.broker.engine.bracket_orders import Protected, wanted
from trading_api.modules.broker.engine.brackets import put_brackets
from trading_api.modules.broker.engine.commands import (
    ClosePosition,
    EditPositionBrackets,
    PlaceOrder,
    ReversePosition,
)
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Brackets, Position
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.market import Market, opposite
from trading_api.modules.broker.engine.placing import place_order, plan_order
from trading_api.modules.broker.engine.refusals import (
    CheckFailure,
    OrderRefused,
    PositionNotOpen,
    RefusalCode,
)
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.stops import reaches, reference_price


def close_position(draft: Draft, command: ClosePosition, instruments: Instruments, market: Market) -> None:
    """Place the market order that closes a position, or a part of it.

    Raises PositionNotOpen, and OrderRefused with every failed check of the order.
    """
    position = open_position(draft.state, command.position_id)
    qty = position.qty if command.qty is None else command.qty
    plan = plan_order(draft.state, _closing(position, qty), instruments[position.symbol], market)
    too_much = tuple(_check_amount(position, qty))
    covered = RefusalCode.NOTHING_TO_CLOSE if too_much else None
    failures = (*too_much, *(failure for failure in plan.failures if failure.code is not covered))
    if failures:
        raise OrderRefused(failures)
    draft.adopt(plan.draft)


def reverse_position(
    draft: Draft, command: ReversePosition, instruments: Instruments, market: Market
) -> None:
    """Hold as much on the other side.

    An account that nets places one market order of twice the quantity. A hedging account closes the
    position and opens another. Raises PositionNotOpen, and OrderRefused.
    """
    position = open_position(draft.state, command.position_id)
    if draft.state.terms.position_mode is PositionMode.NETTING:
        place_order(draft, _taking(position, 2 * position.qty), instruments, market)
    else:
        place_order(draft, _closing(position, position.qty), instruments, market)
        place_order(draft, _taking(position, position.qty), instruments, market)


def edit_brackets(
    draft: Draft, command: EditPositionBrackets, instruments: Instruments, market: Market
) -> None:
    """Protect a position by these brackets; raises PositionNotOpen, and OrderRefused."""
    position = open_position(draft.state, command.position_id)
    instrument = instruments[position.symbol]
    failures = tuple(check_protection(draft.state, position, command.brackets, instrument, market))
    if failures:
        raise OrderRefused(failures)
    parent = Protected.position(position, exit_price(position, market))
    put_brackets(draft, parent, command.brackets, instrument, market.time)


def check_protection(
    state: AccountState, position: Position, brackets: Brackets, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """Whether `brackets` can protect a position from now on; a halted account may only leave some out."""
    unchanged = _unchanged(position.brackets, brackets)
    changed = [FIELDS[kind] for kind in wanted(brackets) if FIELDS[kind] not in unchanged]
    if changed and state.trading_state is TradingState.HALTED:
        message = f"account={state.account_id} takes no orders: tradingState=halted"
        yield CheckFailure(changed[0], RefusalCode.TRADING_HALTED, message, position.symbol)
    price = exit_price(position, market)
    for failure in check_brackets(brackets, price, position.side, instrument):
        if failure.code not in SIDE_CODES or failure.field in changed:
            yield failure
    yield from _check_untriggered(state, position, brackets, instrument, market, changed)


def exit_price(position: Position, market: Market) -> Decimal:
    """What the position could be closed at; what it cost as long as nothing is quoted."""
    price = market.closing_price(position.symbol, position.side)
    return position.avg_price if price is None else price


def open_position(state: AccountState, position_id: str) -> Position:
    """The position; raises PositionNotOpen."""
    position = state.positions.get(position_id)
    if position is None:
        raise PositionNotOpen(position_id)
    return position


def _check_untriggered(
    state: AccountState,
    position: Position,
    brackets: Brackets,
    instrument: Instrument,
    market: Market,
    changed: list[str],
) -> Iterator[CheckFailure]:
    """A stop below the bid may still be above the last trade, which is what it looks at."""
    side = opposite(position.side)
    price = reference_price(instrument, market, side)
    stops = (("stopLoss", brackets.stop_loss), ("guaranteedStop", brackets.guaranteed_stop))
    if price is None or price == exit_price(position, market) or state.terms.allow_immediate_stops:
        return
    for field, stop in stops:
        if stop is not None and field in changed and reaches(side, price, stop):
            message = f"{field}={stop} would trigger at once at price={price:f}"
            yield CheckFailure(field, RefusalCode.STOP_WOULD_TRIGGER, message, stop)


def _taking(position: Position, qty: Decimal) -> PlaceOrder:
    return PlaceOrder(position.symbol, OrderType.MARKET, opposite(position.side), qty)


def _closing(position: Position, qty: Decimal) -> PlaceOrder:
    side: Side = opposite(position.side)
    return PlaceOrder(position.symbol, OrderType.MARKET, side, qty, is_close=True, position_id=position.id)


def _check_amount(position: Position, qty: Decimal) -> Iterator[CheckFailure]:
    if qty > position.qty:
        message = f"amount={qty} is more than position={position.id} holds: qty={position.qty:f}"
        yield CheckFailure("amount", RefusalCode.CLOSE_QUANTITY_TOO_LARGE, message, qty)


def _unchanged(before: Brackets, after: Brackets) -> set[str]:
    """Names of the brackets that stay: the market may have gone past them since they were put."""
    known = wanted(before)
    return {FIELDS[kind] for kind, value in wanted(after).items() if known.get(kind) == value}
