"""Margin: what positions block, and what open orders reserve at worst."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from trading_api.models.broker.accounts import PositionMode
from trading_api.models.broker.orders import Side
from trading_api.modules.broker.engine.conversion import PAR, last_rate
from trading_api.modules.broker.engine.entities import Order, Position
from trading_api.modules.broker.engine.exact import ZERO, quotient
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.symbol_book import SymbolBook


@dataclass(frozen=True, slots=True)
class Margin:
    """Money blocked by positions, and money that open orders may block on top; in the account's currency."""

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
    on the high side. In a hedging account no order reduces a position unless it says so: longs, shorts
    and every open order count. Orders count at the highest margin rate that any of the symbol has.
    """
    book = state.book(symbol)
    positions = state.positions_of(symbol) if book.position_ids else []
    used = sum((blocked(state, position, market) for position in positions), ZERO)
    if not book.buys.qty and not book.sells.qty:
        return Margin(used)
    unit = max(book.margin_rate, least_rate(state, symbol)) * _rate(state, book, market)
    if state.terms.position_mode is PositionMode.HEDGING:
        return Margin(used, (book.buys.value + book.sells.value) * unit)
    if not positions:
        return Margin(used, max(book.buys.value, book.sells.value) * unit)
    worst = max(_after(positions, used, book, Side.BUY, unit), _after(positions, used, book, Side.SELL, unit))
    return Margin(used, max(ZERO, worst - used))


def total_margin(state: AccountState, market: Market, without: str | None = None) -> Margin:
    """Margin of the whole account, of all symbols but the one `without` which it is asked for."""
    margins = (margin_of(state, symbol, market) for symbol in state.books if symbol != without)
    return sum(margins, Margin())


def blocked(state: AccountState, position: Position, market: Market) -> Decimal:
    """Margin of one position, at the price at which it can be closed or else at its cost."""
    price = market.closing_price(position.symbol, position.side)
    notional = abs(position.cost) if price is None else price * position.qty
    rate = last_rate(market, position.currency, state.currency, position.conversion)
    return notional * position.point_value * margin_rate(state, position) * rate


def margin_rate(state: AccountState, position: Position) -> Decimal:
    """The part of its notional that a position blocks."""
    return max(position.margin_rate, least_rate(state, position.symbol))


def least_rate(state: AccountState, symbol: str) -> Decimal:
    """The part of a notional that the leverage leaves to be blocked."""
    return _least_rate(state.leverage_of(symbol))


@lru_cache
def _least_rate(leverage: Decimal) -> Decimal:
    return quotient(PAR, leverage)


def beyond_position(positions: Sequence[Position], book: SymbolBook, side: Side) -> Decimal:
    """Value of what orders on `side` would open once they have closed what is held on the other side."""
    held = sum((position.qty for position in positions if position.side is not side), ZERO)
    return book.openings(side).beyond(held) if held else book.openings(side).value


def _after(
    positions: Sequence[Position], used: Decimal, book: SymbolBook, side: Side, unit: Decimal
) -> Decimal:
    """Margin if all orders on `side` were filled."""
    reduces = any(position.side is not side for position in positions)
    return (ZERO if reduces else used) + beyond_position(positions, book, side) * unit


def _rate(state: AccountState, book: SymbolBook, market: Market) -> Decimal:
    rung = book.order_ids.first
    order: Order | None = None if rung is None else state.orders[rung.order_id]
    return PAR if order is None else last_rate(market, order.currency, state.currency, order.conversion)
