"""Margin: what positions block, and what open orders reserve at worst."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.orders import Side
from trading_api.modules.broker.engine.entities import Order, Position
from trading_api.modules.broker.engine.exact import ZERO, quotient
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.state import AccountState


@dataclass(frozen=True, slots=True)
class Margin:
    """Money blocked by a position, and money that open orders may block on top of it."""

    used: Decimal = ZERO
    reserved: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Margin in the worst case."""
        return self.used + self.reserved

    def __add__(self, other: "Margin") -> "Margin":
        return Margin(self.used + other.used, self.reserved + other.reserved)


def margin_of(state: AccountState, symbol: str, market: Market) -> Margin:
    """Margin of one symbol: notional x point value x max(margin rate, 1/leverage).

    With position p, working buys b and working sells s the worst case is the largest of |p|, |p + b|
    and |p - s|; orders that reduce the position come first, the cheapest of them, so the estimate errs
    on the high side.
    """
    least_rate = quotient(Decimal(1), state.leverage_of(symbol))
    position = state.position_of(symbol)
    orders = [order for order in state.orders_of(symbol) if not order.only_reduces]
    used = ZERO if position is None else _blocked(position, market, least_rate)
    worst = max(
        used,
        _after(position, used, (o for o in orders if o.side is Side.BUY), Side.BUY, least_rate),
        _after(position, used, (o for o in orders if o.side is Side.SELL), Side.SELL, least_rate),
    )
    return Margin(used, worst - used)


def total_margin(state: AccountState, market: Market) -> Margin:
    """Margin of the whole account."""
    return sum((margin_of(state, symbol, market) for symbol in state.symbols), Margin())


def _blocked(position: Position, market: Market, least_rate: Decimal) -> Decimal:
    price = market.closing_price(position.symbol, position.side)
    notional = position.cost if price is None else price * position.qty
    return abs(notional) * position.point_value * max(position.margin_rate, least_rate)


def _after(
    position: Position | None, used: Decimal, orders: Iterable[Order], side: Side, least_rate: Decimal
) -> Decimal:
    """Margin if all `orders`, which are on `side`, were filled."""
    reduces = position is not None and position.side is not side
    to_reduce = position.qty if position is not None and reduces else ZERO
    margin = ZERO if reduces else used
    for order in sorted(orders, key=_reserve_price):
        opening = max(ZERO, order.remaining_qty - to_reduce)
        to_reduce = max(ZERO, to_reduce - order.remaining_qty)
        margin += opening * _reserve_price(order) * order.point_value * max(order.margin_rate, least_rate)
    return margin


def _reserve_price(order: Order) -> Decimal:
    return ZERO if order.reserve_price is None else order.reserve_price
