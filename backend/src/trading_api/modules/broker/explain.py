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
from trading_api.modules.broker.order_words import Write, changes, clock, described, kind, number, prices

CHANGED_BY = {
    Rule.MODIFIED: "Changed by its owner",
    Rule.POSITION_RESIZED: "Resized with the position that it protects",
    Rule.TRAIL_FOLLOWED: "The stop followed the price",
    Rule.PARENT_FILLED: "Works from now on, for its parent was filled",
    Rule.BRACKETS_REPLACED: "Changed with the brackets of its parent",
}
ENDED_BY = {
    Rule.CANCELED_BY_USER: "its owner asked for it",
    Rule.PARENT_ENDED: "the order that it was to protect has ended",
    Rule.BRACKETS_REPLACED: "other brackets took its place",
    Rule.POSITION_CLOSED: "the position that it belonged to is closed",
    Rule.REST_NOT_FILLED: "what it could not take at once is not waited for",
    Rule.NOT_ALL_AT_ONCE: "a fok order fills all at once or not at all",
    Rule.TRADING_HALTED: "the trading state of the account was changed",
    Rule.LIQUIDATION: "the account is being liquidated",
    Rule.ACCOUNT_RESET: "the account was reset",
    Rule.BUYING_POWER_GONE: "the buying power does not cover it any more",
}
DETAILED = frozenset({Rule.LIQUIDATION, Rule.TRADING_HALTED, Rule.BUYING_POWER_GONE, Rule.NOT_ALL_AT_ONCE})
"""Rules whose note is told: it has figures that the order itself does not have."""


def explained_steps(order_id: str, events: Iterable[Event], tick_size: Decimal) -> list[ExplainedStep]:
    """What happened to one order, oldest first; `events` may be of others too.

    Prices are written with the decimals of `tick_size`. A stop that follows the price tick by tick is told
    in one step, with the price that moved it last.
    """
    teller = _Teller(prices(tick_size))
    steps: list[ExplainedStep] = []
    before: Order | None = None
    last: Order | None = None
    execution: Execution | None = None
    for event in events:
        if isinstance(event, ExecutionRecorded) and event.execution.order_id == order_id:
            execution = event.execution
        elif isinstance(event, ORDER_EVENTS) and event.order.id == order_id:
            if _trails(event) and steps and steps[-1].rule == Rule.TRAIL_FOLLOWED:
                steps.pop()
            else:
                before = last
            steps.append(_step(event, teller.sentence(event, before or event.order, execution)))
            last, execution = event.order, None
    return steps


def _trails(event: OrderEvent) -> bool:
    return event.cause is not None and event.cause.rule is Rule.TRAIL_FOLLOWED


def _step(event: OrderEvent, text: str) -> ExplainedStep:
    cause = event.cause
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


class _Teller:
    """Puts events into words, with prices as `price` writes them."""

    def __init__(self, price: Write) -> None:
        self._price = price

    def sentence(self, event: OrderEvent, before: Order, execution: Execution | None) -> str:
        """What the event says, without a full stop; `before` is the order before it."""
        order, cause = event.order, event.cause
        match event:
            case OrderAccepted():
                return self._accepted(order, cause)
            case OrderTriggered():
                return self._triggered(order, cause)
            case OrderReplaced():
                told = "Changed" if cause is None else CHANGED_BY.get(cause.rule, "Changed")
                return told + _joined(": ", changes(before, order, self._price))
            case OrderPartlyFilled() | OrderFilled():
                return self._filled(order, cause, execution)
            case OrderCanceled() | OrderRejected() | OrderExpired():
                return _ended(order, cause)

    def _accepted(self, order: Order, cause: Cause | None) -> str:
        what = described(order, self._price)
        if order.status is OrderStatus.INACTIVE:
            return f"Accepted as {kind(order)} of order {order.parent_id}, waiting until that fills: {what}"
        if order.is_bracket:
            return f"Accepted as {kind(order)} of position {order.parent_id}: {what}"
        if cause is not None and cause.rule is Rule.LIQUIDATION:
            return f"Placed by the broker to restore the margin of the account: {what}"
        return f"Accepted, all checks passed: {what}" + _joined("; the market showed ", self._seen(cause))

    def _triggered(self, order: Order, cause: Cause | None) -> str:
        became = "limit" if order.limit_price is not None else "market"
        stop = "its stop" if order.stop_price is None else f"the stop of {self._price(order.stop_price)}"
        seen = self._seen(cause, order.side) or "the price"
        return f"Triggered, for {seen} reached {stop}; it is a {became} order from now on"

    def _filled(self, order: Order, cause: Cause | None, execution: Execution | None) -> str:
        done = "Bought" if order.side is Side.BUY else "Sold"
        if execution is None:
            return f"{done} {number(order.filled_qty)} of {number(order.qty)}"
        costs = "" if not execution.commission else f", commission {number(execution.commission)}"
        gains = "" if execution.realized_pl is None else f", realized {number(execution.realized_pl)}"
        rest = "" if not order.remaining_qty else f", {number(order.remaining_qty)} left"
        what = f"{done} {number(execution.qty)} at {self._price(execution.price)}{costs}{gains}{rest}"
        return what + _joined(": ", self._reason(order, cause))

    def _reason(self, order: Order, cause: Cause | None) -> str:
        seen = self._seen(cause, order.side)
        limit = "" if order.limit_price is None else self._price(order.limit_price)
        stop = "" if order.stop_price is None else self._price(order.stop_price)
        match cause.rule if cause is not None and seen else None:
            case Rule.MARKET_TAKES_QUOTE:
                return f"it takes the {seen}"
            case Rule.LIMIT_REACHED:
                return f"the {seen} is at its limit of {limit} or better"
            case Rule.GUARANTEED_PRICE:
                return f"a guaranteed stop fills at its price of {stop}, whatever the {seen}"
            case Rule.LIQUIDATION:
                return f"the margin of the account had to be restored; it takes the {seen}"
            case Rule.EXECUTED_FOR_DEBUGGING:
                return f"executed for debugging; the market showed {seen}"
            case _:
                return seen

    def _seen(self, cause: Cause | None, side: Side | None = None) -> str:
        """`ask 168.12 (size 500) at 14:03:07.120`: what a side takes, or both sides, or the last price."""
        if cause is None or cause.seen_time is None:
            return ""
        told = [
            f"{name} {self._price(price)}" + ("" if size is None else f" (size {number(size)})")
            for name, price, size in _shown(cause, side)
            if price is not None
        ]
        return f"{', '.join(told)} at {clock(cause.seen_time)}" if told else ""


def _shown(cause: Cause, side: Side | None) -> list[tuple[str, Decimal | None, Decimal | None]]:
    if cause.last is not None:
        return [("last price", cause.last, cause.last_size)]
    bid, ask = ("bid", cause.bid, cause.bid_size), ("ask", cause.ask, cause.ask_size)
    if side is None:
        return [bid, ask]
    return [ask if side is Side.BUY else bid]


def _ended(order: Order, cause: Cause | None) -> str:
    filled = "unfilled"
    if order.filled_qty:
        filled = f"with {number(order.filled_qty)} of {number(order.qty)} filled"
    what = f"{order.status.value.capitalize()} {filled}"
    if order.status is OrderStatus.EXPIRED:
        return f"{what}, at its end as a {order.duration.value} order"
    if order.reject_reason is not None:
        return f"{what}: {order.reject_reason.rstrip('.')}"
    return what + _joined(": ", "" if cause is None else ENDED_BY.get(cause.rule, cause.rule.value))


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
