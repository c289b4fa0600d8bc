"""What is checked of brackets before they protect anything."""

from collections.abc import Iterator
from decimal import Decimal

from trading_api.models.broker.orders import OrderType, Side
from trading_api.modules.broker.engine.bracket_orders import BracketKind, wanted
from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Brackets
from trading_api.modules.broker.engine.exact import is_multiple
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.market import Market, at_least_as_good, taking_price
from trading_api.modules.broker.engine.refusals import CheckFailure, RefusalCode

FIELDS = {
    BracketKind.TAKE_PROFIT: "takeProfit",
    BracketKind.STOP_LOSS: "stopLoss",
    BracketKind.GUARANTEED_STOP: "guaranteedStop",
    BracketKind.TRAILING_STOP: "trailingStopPips",
}
SIDE_CODES = frozenset({RefusalCode.TAKE_PROFIT_WRONG_SIDE, RefusalCode.STOP_LOSS_WRONG_SIDE})
"""Failures that depend on where the market, or the entry, is."""


def check_order_brackets(
    command: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """Whether the brackets of an order fit the price at which it is expected to be executed."""
    if command.brackets == NO_BRACKETS:
        return
    if command.is_close:
        message = "an order with isClose=true opens nothing that brackets could protect"
        yield CheckFailure("isClose", RefusalCode.BRACKETS_NOT_ALLOWED, message)
        return
    yield from check_brackets(command.brackets, expected_entry(command, market), command.side, instrument)


def expected_entry(command: PlaceOrder, market: Market) -> Decimal | None:
    """The limit, else the stop, else what would be paid or got now; None if that is not known.

    A limit that the market is better than already is expected to get what the market gives.
    """
    quote = market.quote(command.symbol)
    present = None if quote is None else taking_price(quote, command.side)
    limit = command.limit_price
    if command.type is OrderType.STOP_LIMIT:
        return limit
    if command.type is OrderType.STOP:
        return command.stop_price
    if command.type is not OrderType.LIMIT or limit is None:
        return present
    better = present is not None and at_least_as_good(command.side, present, limit)
    return present if better else limit


def check_brackets(
    brackets: Brackets, entry: Decimal | None, side: Side, instrument: Instrument
) -> Iterator[CheckFailure]:
    """Whether `brackets` can protect what is on `side` and was, or will be, entered at `entry`.

    Without a known entry they are only checked against each other.
    """
    asked = wanted(brackets)
    stops = {kind: value for kind, value in asked.items() if kind is not BracketKind.TAKE_PROFIT}
    if len(stops) > 1:
        given = ", ".join(f"{FIELDS[kind]}={value:f}" for kind, value in stops.items())
        message = f"only one stop can protect: {given}"
        yield CheckFailure(FIELDS[list(stops)[-1]], RefusalCode.STOPS_CONFLICT, message)
    for kind, value in asked.items():
        unsound = list(_check_number(kind, value, instrument))
        yield from unsound or _check_side(kind, value, entry, side, instrument)
    yield from _check_order(asked, side)


def _check_number(kind: BracketKind, value: Decimal, instrument: Instrument) -> Iterator[CheckFailure]:
    field = FIELDS[kind]
    if value <= 0:
        trails = kind is BracketKind.TRAILING_STOP
        code = RefusalCode.TRAILING_PIPS_NOT_POSITIVE if trails else RefusalCode.PRICE_NOT_POSITIVE
        yield CheckFailure(field, code, f"{field}={value} must be above 0", value)
    elif kind is not BracketKind.TRAILING_STOP and not is_multiple(value, instrument.tick_size):
        message = f"{field}={value} must be a multiple of tick={instrument.tick_size:f}"
        yield CheckFailure(field, RefusalCode.PRICE_TICK, message, value)


def _check_side(
    kind: BracketKind, value: Decimal, entry: Decimal | None, side: Side, instrument: Instrument
) -> Iterator[CheckFailure]:
    if entry is None:
        return
    field = FIELDS[kind]
    if kind is BracketKind.TRAILING_STOP:
        if side is Side.BUY and value * instrument.pip_size >= entry:
            message = f"{field}={value} of pip={instrument.pip_size:f} reach from entry={entry:f} to 0"
            yield CheckFailure(field, RefusalCode.PRICE_NOT_POSITIVE, message, value)
        return
    gains = kind is BracketKind.TAKE_PROFIT
    above = gains is (side is Side.BUY)
    if value <= entry if above else value >= entry:
        code = RefusalCode.TAKE_PROFIT_WRONG_SIDE if gains else RefusalCode.STOP_LOSS_WRONG_SIDE
        message = f"{field}={value} must be {'above' if above else 'below'} entry={entry:f} for side={side}"
        yield CheckFailure(field, code, message, value)


def _check_order(asked: dict[BracketKind, Decimal], side: Side) -> Iterator[CheckFailure]:
    """A take profit lies beyond the stop, whatever the entry."""
    profit = asked.get(BracketKind.TAKE_PROFIT)
    for kind in (BracketKind.STOP_LOSS, BracketKind.GUARANTEED_STOP):
        stop = asked.get(kind)
        if profit is None or stop is None:
            continue
        if profit <= stop if side is Side.BUY else profit >= stop:
            message = f"takeProfit={profit} and {FIELDS[kind]}={stop} are the wrong way round for side={side}"
            yield CheckFailure("takeProfit", RefusalCode.TAKE_PROFIT_WRONG_SIDE, message, profit)
