"""Bringing orders and prices together: what a view of the market does to an order that it concerns."""

from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderStatus, Side, StopType
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.checks import check_buying_power
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.exact import ZERO
from trading_api.modules.broker.engine.fill_models import Part, View, liquidity_of, parts_of, standing_view
from trading_api.modules.broker.engine.fills import Fill, execute
from trading_api.modules.broker.engine.holdings import held_by
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.lifecycle import end
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.stops import trigger_stop, triggering_tick
from trading_api.modules.broker.engine.symbol_book import AT_ONCE, Wait


def enter_market(draft: Draft, order_id: str, instrument: Instrument, market: Market) -> None:
    """What happens at once to an order that was accepted or changed, at the prices that stand.

    A stop whose price is reached already triggers, what is marketable fills, and an ioc or fok order ends.
    An order that latency keeps out of the market waits. Buying power is for the caller to check.
    """
    order = draft.state.orders[order_id]
    time = draft.not_before(market.time)
    if order.status is not OrderStatus.WORKING or order.active_time > time:
        return
    view = standing_view(draft.state, instrument, market)
    tick = triggering_tick(order, instrument, market)
    if tick is not None:
        order = trigger_stop(draft, order, time, view, because(Rule.STOP_REACHED, tick))
    if view is not None and order.is_in_market:
        _meet(draft, order, view, instrument, market, time)
    _end_at_once(draft, order_id, instrument, time, view)


def match(draft: Draft, symbol: str, view: View, instrument: Instrument, market: Market) -> None:
    """Fill what `view` fills of the orders of `symbol`, in price-time priority."""
    for order in matching(draft.state, symbol, view):
        meet(draft, order.id, view, instrument, market)


def meet(draft: Draft, order_id: str, view: View, instrument: Instrument, market: Market) -> None:
    """Fill what `view` fills of one order, if it is still open and the account can still carry it."""
    order = draft.state.orders.get(order_id)
    if order is None or not order.is_in_market:
        return
    if order.limit_price is None and not order.only_reduces:
        reason = _power_lacking(draft.state, order, view, instrument, market)
        if reason is not None:
            cause = because(Rule.BUYING_POWER_GONE, view.tick, reason.partition(": ")[2])
            end(draft, order, OrderStatus.REJECTED, view.time, instrument, cause, reason)
            return
    _meet(draft, order, view, instrument, market, view.time)
    _end_at_once(draft, order_id, instrument, view.time, view)


def matching(state: AccountState, symbol: str, view: View) -> list[Order]:
    """The open orders that may fill on `view`, in price-time priority.

    A view older than an order, as a replay resumed after a crash repeats them, cannot fill it.
    """
    book = state.book(symbol)
    ask, bid = view.best(Side.BUY), view.best(Side.SELL)
    buys = () if ask is None else book.waiting(Wait.ASK).up_to(-ask)
    sells = () if bid is None else book.waiting(Wait.BID).up_to(bid)
    met = (state.orders[rung.order_id] for rung in (*buys, *sells))
    return sorted((order for order in met if order.active_time <= view.since), key=_priority)


def _meet(draft: Draft, order: Order, view: View, instrument: Instrument, market: Market, time: int) -> None:
    qty = order.remaining_qty
    if order.only_reduces:
        held = held_by(draft.state, order)
        qty = ZERO if held is None else min(qty, held.qty)
    parts = parts_of(draft.state, order, qty, view, instrument)
    whole = sum((part.qty for part in parts), ZERO) == order.remaining_qty
    if order.duration is DurationType.FOK and not whole:
        return
    for part in parts:
        _fill(draft, order.id, part, view, instrument, market, time)
    left = draft.state.orders.get(order.id)
    if left is not None and left.only_reduces and held_by(draft.state, left) is None:
        end(draft, left, OrderStatus.CANCELED, time, instrument, because(Rule.POSITION_CLOSED))


def _fill(
    draft: Draft, order_id: str, part: Part, view: View, instrument: Instrument, market: Market, time: int
) -> None:
    """One part; a fill before it may have shrunk or ended the order."""
    order = draft.state.orders.get(order_id)
    if order is None:
        return
    qty = min(part.qty, order.remaining_qty)
    note = f"slippage={part.slippage:f}" if part.slippage else None
    cause = because(rule_of(order), view.tick, note)
    execute(draft, Fill(order, qty, part.price, time, cause, liquidity_of(order)), instrument, market)


def _end_at_once(draft: Draft, order_id: str, instrument: Instrument, time: int, view: View | None) -> None:
    """Ends what an ioc or fok order has not filled."""
    order = draft.state.orders.get(order_id)
    if order is None or order.duration not in AT_ONCE:
        return
    fok = order.duration is DurationType.FOK
    rule = Rule.NOT_ALL_AT_ONCE if fok else Rule.REST_NOT_FILLED
    cause = because(rule, None if view is None else view.tick, f"rest={order.remaining_qty:f}")
    end(draft, order, OrderStatus.CANCELED, time, instrument, cause)


def rule_of(order: Order) -> Rule:
    """The rule by which the order fills."""
    if order.stop_type is StopType.GUARANTEED_STOP:
        return Rule.GUARANTEED_PRICE
    return Rule.MARKET_TAKES_QUOTE if order.limit_price is None else Rule.LIMIT_REACHED


def _power_lacking(
    state: AccountState, order: Order, view: View, instrument: Instrument, market: Market
) -> str | None:
    """Why the account can no longer carry what the market takes of `order`."""
    trial, without = Draft(state), Draft(state)
    _meet(trial, order, view, instrument, market, view.time)
    if not trial.events:
        return None
    cause = because(Rule.BUYING_POWER_GONE)
    end(without, order, OrderStatus.CANCELED, view.time, instrument, cause)
    failures = check_buying_power(without.state, trial.state, order.symbol, market)
    return f"{failures[0].code}: {failures[0].message}" if failures else None


def _priority(order: Order) -> tuple[int, Decimal, int]:
    if order.limit_price is None:
        return (0, ZERO, order.created_offset)
    return (1, -order.limit_price if order.side is Side.BUY else order.limit_price, order.created_offset)
