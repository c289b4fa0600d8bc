"""Sentences on what happened to an order, made of its events, their causes and its executions."""

from collections.abc import Iterable
from decimal import Decimal

from trading_api.models.broker.explanations import ExplainedStep, SeenMarket
from trading_api.models.broker.orders import OrderStatus, Side
from trading_api.modules.broker.engine import Event, Execution, Order
from trading_api.modules.broker.engine.causes import Cause, Rule
from trading_api.modules.broker.engine.events import (
    ORDER_EVENTS,
    ExecutionRecorded,
    OrderAccepted,
    OrderCanceled,
    OrderEvent,
    OrderExpired,
    OrderFilled,
    OrderPartlyFilled,
    OrderRejected,
    OrderReplaced,
    OrderTriggered,
)
from trading_api.modules.broker.order_words import changes, clock, described, kind, number

CHANGED_BY = {
    Rule.MODIFIED: "Changed by its owner",
    Rule.POSITION_RESIZED: "Resized with the position that it protects",
    Rule.TRAIL_FOLLOWED: "The stop followed the price",
    Rule.PARENT_FILLED: "Works from now on, for its parent was filled",
    Rule.BRACKETS_REPLACED: "Changed with the brackets of its parent",
}
ENDED_BY = {
    Rule.CANCELED_BY_USER: "Canceled by its owner",
    Rule.PARENT_ENDED: "Canceled, for the order that it was to protect has ended",
    Rule.BRACKETS_REPLACED: "Canceled, for other brackets took its place",
    Rule.POSITION_CLOSED: "Canceled, for the position that it belonged to is closed",
    Rule.REST_NOT_FILLED: "Canceled, for an ioc order takes what is there at once and no more",
    Rule.NOT_ALL_AT_ONCE: "Canceled, for a fok order fills all at once or not at all",
    Rule.TRADING_HALTED: "Canceled, for the trading state of the account was changed",
    Rule.LIQUIDATION: "Canceled, for the account is being liquidated",
    Rule.ACCOUNT_RESET: "Canceled, for the account was reset",
    Rule.BUYING_POWER_GONE: "Rejected, for the buying power does not cover it any more",
}
DETAILED = frozenset({Rule.LIQUIDATION, Rule.TRADING_HALTED, Rule.BUYING_POWER_GONE, Rule.NOT_ALL_AT_ONCE})
"""Rules whose note is told: it has figures that the order itself does not have."""


def explained_steps(order_id: str, events: Iterable[Event]) -> list[ExplainedStep]:
    """What happened to one order, oldest first; `events` may be of others too."""
    steps: list[ExplainedStep] = []
    before: Order | None = None
    execution: Execution | None = None
    for event in events:
        if isinstance(event, ExecutionRecorded) and event.execution.order_id == order_id:
            execution = event.execution
        elif isinstance(event, ORDER_EVENTS) and event.order.id == order_id:
            steps.append(_step(event, before, execution))
            before, execution = event.order, None
    return steps


def _step(event: OrderEvent, before: Order | None, execution: Execution | None) -> ExplainedStep:
    cause = event.cause
    text = _sentence(event, before or event.order, execution)
    if cause is not None and cause.note is not None and cause.rule in DETAILED:
        text = f"{text} ({cause.note})"
    return ExplainedStep(
        offset=event.offset,
        time=event.time,
        event=event.type,
        rule=None if cause is None else cause.rule.value,
        text=f"{text}.",
        seen=None if cause is None else _seen(cause),
    )


def _sentence(event: OrderEvent, before: Order, execution: Execution | None) -> str:
    order, cause = event.order, event.cause
    rule = None if cause is None else cause.rule
    match event:
        case OrderAccepted():
            return _accepted(order, cause)
        case OrderTriggered():
            return _triggered(order, cause)
        case OrderReplaced():
            told = CHANGED_BY.get(rule, "Changed") if rule is not None else "Changed"
            return _joined(f"{told}: ", changes(before, order)) or told
        case OrderPartlyFilled() | OrderFilled():
            return _filled(order, cause, execution)
        case OrderCanceled() | OrderRejected():
            return _ended(order, rule)
        case OrderExpired():
            return f"Expired at its end as a {order.duration.value} order{_filled_part(order)}"


def _accepted(order: Order, cause: Cause | None) -> str:
    what = described(order)
    if order.status is OrderStatus.INACTIVE:
        return f"Accepted as {kind(order)} of order {order.parent_id}, waiting until that fills: {what}"
    if order.is_bracket:
        return f"Accepted as {kind(order)} of position {order.parent_id}: {what}"
    if cause is not None and cause.rule is Rule.LIQUIDATION:
        return f"Placed by the broker to restore the margin of the account: {what}"
    return f"Accepted, all checks passed: {what}" + _joined("; the market showed ", _market(cause))


def _triggered(order: Order, cause: Cause | None) -> str:
    became = "limit" if order.limit_price is not None else "market"
    at = "" if order.stop_price is None else f" the stop at {number(order.stop_price)}"
    what = f"Triggered, a {became} order from now on"
    return what + _joined(": ", _market(cause, order.side)) + (f" reached{at}" if at else "")


def _filled(order: Order, cause: Cause | None, execution: Execution | None) -> str:
    done = "Bought" if order.side is Side.BUY else "Sold"
    if execution is None:
        return f"{done} {number(order.filled_qty)} of {number(order.qty)}"
    costs = "" if not execution.commission else f", commission {number(execution.commission)}"
    gains = "" if execution.realized_pl is None else f", realized {number(execution.realized_pl)}"
    what = f"{done} {number(execution.qty)} at {number(execution.price)}{costs}{gains}"
    rest = "" if not order.remaining_qty else f"; {number(order.remaining_qty)} are left"
    return f"{what}{rest}{_joined(': ', _reason(order, cause))}"


def _reason(order: Order, cause: Cause | None) -> str:
    if cause is None:
        return ""
    shown = _market(cause, order.side)
    limit = "" if order.limit_price is None else number(order.limit_price)
    stop = "" if order.stop_price is None else number(order.stop_price)
    reasons = {
        Rule.MARKET_TAKES_QUOTE: f"it takes the {shown}" if shown else "it takes the quote",
        Rule.LIMIT_REACHED: f"the {shown} is at its limit of {limit} or better" if shown else "",
        Rule.STOP_REACHED: f"the {shown} reached its stop of {stop}" if shown else "",
        Rule.GUARANTEED_PRICE: f"a guaranteed stop fills at its price of {stop}" + _joined("; ", shown),
        Rule.LIQUIDATION: "the margin of the account had to be restored" + _joined("; ", shown),
        Rule.EXECUTED_FOR_DEBUGGING: "executed for debugging" + _joined("; ", shown),
    }
    return reasons.get(cause.rule, shown)


def _ended(order: Order, rule: Rule | None) -> str:
    if order.reject_reason is not None:
        return f"Rejected: {order.reject_reason.rstrip('.')}"
    word = "Canceled" if order.status is OrderStatus.CANCELED else "Rejected"
    told = word if rule is None else ENDED_BY.get(rule, word)
    return told + _filled_part(order)


def _filled_part(order: Order) -> str:
    if not order.filled_qty:
        return ", unfilled"
    return f", {number(order.filled_qty)} of {number(order.qty)} filled"


def _market(cause: Cause | None, side: Side | None = None) -> str:
    """`ask 168.12 (500) at 14:03:07.120`: what a side takes, or both sides, or the last trade."""
    if cause is None or cause.seen_time is None:
        return ""
    shown: list[tuple[str, Decimal | None, Decimal | None]]
    if cause.last is not None:
        shown = [("last price", cause.last, cause.last_size)]
    elif side is None:
        shown = [("bid", cause.bid, cause.bid_size), ("ask", cause.ask, cause.ask_size)]
    elif side is Side.BUY:
        shown = [("ask", cause.ask, cause.ask_size)]
    else:
        shown = [("bid", cause.bid, cause.bid_size)]
    told = [
        f"{name} {number(price)}" + ("" if size is None else f" (size {number(size)})")
        for name, price, size in shown
        if price is not None
    ]
    return f"{', '.join(told)} at {clock(cause.seen_time)}" if told else ""


def _seen(cause: Cause) -> SeenMarket | None:
    if cause.seen_time is None:
        return None
    return SeenMarket(
        time=cause.seen_time,
        bid=cause.bid,
        ask=cause.ask,
        bid_size=cause.bid_size,
        ask_size=cause.ask_size,
        last=cause.last,
        last_size=cause.last_size,
    )


def _joined(before: str, text: str) -> str:
    return f"{before}{text}" if text else ""
