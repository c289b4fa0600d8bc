"""What a fill does to the position that it meets."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.accounts import PositionMode
from trading_api.models.broker.orders import Side
from trading_api.modules.broker.engine.conversion import PAR, kept_rate
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Order, Position
from trading_api.modules.broker.engine.exact import ZERO, quotient, tidy
from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.state import AccountState


@dataclass(frozen=True, slots=True)
class Settlement:
    """Realized profit, None if nothing closed, and the positions after the fill in the order of change."""

    realized_pl: Decimal | None
    positions: tuple[Position, ...]


def position_met(state: AccountState, order: Order) -> Position | None:
    """The open position that a fill of `order` adds to or reduces; None if it opens one.

    Accounts that net have one position of a symbol, and every order meets it. In hedging accounts an order
    meets the position that it names, or that its earlier fills opened.
    """
    if state.terms.position_mode is PositionMode.NETTING:
        return state.position_of(order.symbol)
    return None if order.position_id is None else state.positions.get(order.position_id)


def settle(
    position: Position | None,
    order: Order,
    qty: Decimal,
    price: Decimal,
    time: int,
    offset: int,
    rate: Decimal = PAR,
) -> Settlement:
    """A fill of `qty` at `price`; `offset` is that of the first position event.

    `rate` turns money of the symbol's currency into the account's.

    Crossing zero closes the position and opens the rest on the other side as a new one.
    """
    if position is None:
        return Settlement(None, (_open(order, qty, price, time, offset, rate),))
    if position.side is order.side:
        return Settlement(None, (_increase(position, qty, price, time, offset, rate),))
    closing = min(qty, position.qty)
    realized, reduced = _reduce(position, closing, price, time, offset, rate)
    if qty == closing:
        return Settlement(realized, (reduced,))
    return Settlement(realized, (reduced, _open(order, qty - closing, price, time, offset + 1, rate)))


def _open(order: Order, qty: Decimal, price: Decimal, time: int, offset: int, rate: Decimal) -> Position:
    return Position(
        id=f"P{offset}",
        symbol=order.symbol,
        side=order.side,
        qty=tidy(qty),
        cost=tidy(qty * price),
        avg_price=tidy(price),
        realized_pl=ZERO,
        point_value=order.point_value,
        margin_rate=order.margin_rate,
        update_time=time,
        offset=offset,
        currency=order.currency,
        conversion=kept_rate(rate),
    )


def _increase(
    position: Position, qty: Decimal, price: Decimal, time: int, offset: int, rate: Decimal
) -> Position:
    total, cost = position.qty + qty, position.cost + qty * price
    return replace(
        position,
        qty=tidy(total),
        cost=tidy(cost),
        avg_price=quotient(cost, total),
        update_time=time,
        offset=offset,
        conversion=kept_rate(rate),
    )


def _reduce(
    position: Position, qty: Decimal, price: Decimal, time: int, offset: int, rate: Decimal
) -> tuple[Decimal, Position]:
    """Takes the closed part's share out of the cost: the last part takes all that is left."""
    share = position.cost if qty == position.qty else quotient(position.cost * qty, position.qty)
    gain = (price * qty - share) * position.point_value * rate
    realized = tidy(gain if position.side is Side.BUY else -gain)
    reduced = replace(
        position,
        qty=tidy(position.qty - qty),
        cost=tidy(position.cost - share),
        realized_pl=tidy(position.realized_pl + realized),
        brackets=NO_BRACKETS if qty == position.qty else position.brackets,
        update_time=time,
        offset=offset,
        conversion=kept_rate(rate),
    )
    return realized, reduced
