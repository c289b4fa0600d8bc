"""What is checked of an order that only closes."""

from collections.abc import Iterator

from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.entities import Position
from trading_api.modules.broker.engine.refusals import CheckFailure, RefusalCode
from trading_api.modules.broker.engine.state import AccountState


def check_closing(state: AccountState, command: PlaceOrder) -> Iterator[CheckFailure]:
    """There must be a position on the other side, at least as large; if there are several, one is named.

    An order that opens names none.
    """
    if not command.is_close:
        yield from _check_unnamed(command)
        return
    found = closable(state, command)
    if not found:
        of = "" if command.position_id is None else f" position={command.position_id}"
        message = f"side={command.side} finds no{of} position of symbol={command.symbol} to close"
        yield CheckFailure("isClose", RefusalCode.NOTHING_TO_CLOSE, message)
    elif len(found) > 1:
        names = ",".join(position.id for position in found)
        message = f"it must be said which of positions={names} is to be closed"
        yield CheckFailure("isClose", RefusalCode.NOTHING_TO_CLOSE, message)
    elif command.qty > found[0].qty:
        message = f"qty={command.qty:f} is above what position={found[0].id} holds: held={found[0].qty:f}"
        yield CheckFailure("qty", RefusalCode.NOTHING_TO_CLOSE, message, command.qty)


def closes_all(state: AccountState, command: PlaceOrder) -> bool:
    """Whether the order closes just what is held: that is allowed whatever the bounds for orders are."""
    return command.is_close and [position.qty for position in closable(state, command)] == [command.qty]


def closable(state: AccountState, command: PlaceOrder) -> list[Position]:
    """The open positions that the closing order may be about."""
    return [
        position
        for position in state.positions_of(command.symbol)
        if position.side is not command.side and command.position_id in (None, position.id)
    ]


def _check_unnamed(command: PlaceOrder) -> Iterator[CheckFailure]:
    if command.position_id is not None:
        message = f"positionId={command.position_id} is for orders with isClose=true"
        yield CheckFailure("positionId", RefusalCode.NOTHING_TO_CLOSE, message, command.position_id)
