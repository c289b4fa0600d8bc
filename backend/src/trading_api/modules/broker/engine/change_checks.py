"""What is checked of an order as it is to become."""

from collections.abc import Iterator
from decimal import Decimal

from trading_api.models.broker.orders import OrderStatus, Side
from trading_api.modules.broker.engine.bracket_checks import SIDE_CODES
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.checks import check_order, check_qty
from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Order, Position
from trading_api.modules.broker.engine.exact import ZERO
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.lifecycle import end
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.netting import position_met
from trading_api.modules.broker.engine.positions import check_protection
from trading_api.modules.broker.engine.refusals import CheckFailure, RefusalCode
from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.stops import reaches, reference_price, trailing_stop_price

QUANTITY_CODES = frozenset(
    {
        RefusalCode.QUANTITY_NOT_POSITIVE,
        RefusalCode.QUANTITY_TOO_SMALL,
        RefusalCode.QUANTITY_TOO_LARGE,
        RefusalCode.QUANTITY_STEP,
    }
)
"""Failures that are about the whole order, and not about what is left of it."""


def check_as_placed(
    state: AccountState, order: Order, wanted: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """What would be wrong with the changed order if it were placed now instead of the present one.

    Limits of the account are for what is left of it: what has been filled is in the position already. What
    stays as it is is not held against a market that has moved since.
    """
    without = Draft(state)
    end(without, order, OrderStatus.CANCELED, market.time, instrument, because(Rule.CANCELED_BY_USER))
    brackets = wanted.brackets if opened_by(state, order) is None else NO_BRACKETS
    rest = replace(wanted, qty=wanted.qty - order.filled_qty, brackets=brackets)
    moot = {RefusalCode.ORDER_RATE_EXCEEDED, RefusalCode.QUOTE_UNAVAILABLE, RefusalCode.QUOTE_STALE}
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
        if failure.code not in moot | QUANTITY_CODES and not _is_shrunk(order, wanted, failure):
            yield failure


def check_trail(
    state: AccountState, order: Order, wanted: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """A trailing stop that is to follow more closely may not trigger at once by that."""
    amount, price = wanted.trailing_amount, reference_price(instrument, market, order.side)
    if amount is None or amount in {ZERO, order.trailing_amount} or state.terms.allow_immediate_stops:
        return
    stop = trailing_at(order, amount, instrument)
    if stop is not None and price is not None and reaches(order.side, price, stop):
        message = f"trailingAmount={amount} puts the stop at stopPrice={stop:f}, reached by price={price:f}"
        yield CheckFailure("trailingAmount", RefusalCode.STOP_WOULD_TRIGGER, message, amount)


def check_position_brackets(
    state: AccountState, order: Order, wanted: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """Where the brackets protect a position already, they must fit where that could be closed now."""
    held = opened_by(state, order)
    if held is not None and wanted.brackets != order.brackets:
        yield from check_protection(state, held, wanted.brackets, instrument, market)


def trailing_at(order: Order, amount: Decimal, instrument: Instrument) -> Decimal | None:
    """Where a trailing stop is that follows by `amount` the best price that it has seen."""
    if order.stop_price is None or order.trailing_amount is None:
        return None
    sells = order.side is Side.SELL
    best = order.stop_price + order.trailing_amount if sells else order.stop_price - order.trailing_amount
    return trailing_stop_price(order.side, best, amount, instrument.tick_size)


def opened_by(state: AccountState, order: Order) -> Position | None:
    """The position that the order has opened or added to, whose brackets its own have become."""
    held = position_met(state, order) if order.filled_qty else None
    return None if held is None or held.side is not order.side else held


def _is_shrunk(order: Order, wanted: PlaceOrder, failure: CheckFailure) -> bool:
    """Whether it is only that what an order closes has shrunk since: it fills no more than is held anyway."""
    too_large = failure.code is RefusalCode.NOTHING_TO_CLOSE and failure.field == "qty"
    return too_large and wanted.qty == order.qty
