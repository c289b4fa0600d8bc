"""The limits of an account: trading state, how fast it places orders, and how much they may be worth."""

from collections.abc import Iterator
from decimal import Decimal

from trading_api.models.broker.accounts import PositionMode, TradingState
from trading_api.models.broker.orders import Side
from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.conversion import rate_of
from trading_api.modules.broker.engine.entities import Position
from trading_api.modules.broker.engine.evolve import RATE_WINDOW_MS
from trading_api.modules.broker.engine.exact import ZERO, tidy
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.margin import beyond_position
from trading_api.modules.broker.engine.market import Market, opposite, taking_price
from trading_api.modules.broker.engine.refusals import CheckFailure, RefusalCode
from trading_api.modules.broker.engine.state import AccountState


def check_risk(
    state: AccountState, command: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """Every limit that a new order breaks. Orders that only close are free of the caps on value."""
    yield from check_trading_state(state, command)
    yield from _check_rate(state, market)
    if not command.is_close:
        yield from check_notional(state, command, instrument, market)


def check_trading_state(state: AccountState, command: PlaceOrder) -> Iterator[CheckFailure]:
    """Nothing is accepted in a halted account, and only what closes in one that reduces."""
    if state.trading_state is TradingState.HALTED:
        message = f"account={state.account_id} takes no orders: tradingState=halted"
        yield CheckFailure("symbol", RefusalCode.TRADING_HALTED, message, command.symbol)
    elif state.trading_state is TradingState.REDUCING and not command.is_close:
        closable = _closable(state, command.symbol, command.side)
        if command.qty > closable:
            message = f"qty={command.qty:f} is above what it could close: closable={closable:f}"
            yield CheckFailure("qty", RefusalCode.TRADING_REDUCE_ONLY, message, command.qty)


def check_notional(
    state: AccountState, command: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """The caps on what the order is worth, and on what the position could become worth with it.

    Values are in the account's currency. An order without a price and without a quote, or without a rate,
    has no value yet: other checks refuse it, or it waits for its session and fills by its buying power.
    """
    price = expected_price(command, market)
    rate = rate_of(market, instrument.currency, state.currency)
    if price is None or rate is None or command.qty <= 0:
        return
    unit = price * instrument.point_value * rate
    most, value = state.terms.risk.max_order_notional, command.qty * unit
    if most is not None and value > most:
        message = f"the order is worth notional={tidy(value):f} of at most max={most:f}"
        yield CheckFailure("qty", RefusalCode.ORDER_NOTIONAL_EXCEEDED, message, command.qty)
    most = state.terms.risk.max_position_notional
    if most is None:
        return
    before = _exposure(state, command, market, rate)
    opening = max(ZERO, command.qty - _closable(state, command.symbol, command.side))
    after = tidy(before + opening * unit)
    if opening and after > most:
        message = f"the position could be worth notional={after:f} of at most max={most:f}"
        yield CheckFailure("qty", RefusalCode.POSITION_NOTIONAL_EXCEEDED, message, command.qty)


def expected_price(command: PlaceOrder, market: Market) -> Decimal | None:
    """Where the order is expected to trade: at its limit, at its stop, or at what it can take now."""
    quote = market.quote(command.symbol)
    taken = None if quote is None else taking_price(quote, command.side)
    asked = command.stop_price if command.limit_price is None else command.limit_price
    return taken if asked is None else asked


def _check_rate(state: AccountState, market: Market) -> Iterator[CheckFailure]:
    most = state.terms.risk.max_orders_per_second
    if most is None:
        return
    since = max(market.time, state.time) - RATE_WINDOW_MS
    placed = sum(time > since for time in state.placed_times)
    if placed >= most:
        message = f"orders={placed} were placed within a second, of at most max={most}"
        yield CheckFailure("symbol", RefusalCode.ORDER_RATE_EXCEEDED, message)


def _closable(state: AccountState, symbol: str, side: Side) -> Decimal:
    """What an order on `side` can close: what is held on the other side and no other order closes yet.

    In a hedging account an order closes only if it says so.
    """
    if state.terms.position_mode is PositionMode.HEDGING:
        return ZERO
    held = _qty(state.positions_of(symbol), opposite(side))
    book = state.book(symbol)
    return max(ZERO, held - book.openings(side).qty - book.closing_qty(side))


def _exposure(state: AccountState, command: PlaceOrder, market: Market, rate: Decimal) -> Decimal:
    """Value of the positions on the order's side if every open order on that side were filled."""
    positions = state.positions_of(command.symbol)
    price = market.closing_price(command.symbol, command.side)
    hedges = state.terms.position_mode is PositionMode.HEDGING
    book = state.book(command.symbol)
    orders = book.openings(command.side).value if hedges else beyond_position(positions, book, command.side)
    held = ZERO
    for position in positions:
        if position.side is command.side:
            notional = position.cost if price is None else price * position.qty
            held += notional * position.point_value
    return (held + orders) * rate


def _qty(positions: list[Position], side: Side) -> Decimal:
    return sum((position.qty for position in positions if position.side is side), ZERO)
