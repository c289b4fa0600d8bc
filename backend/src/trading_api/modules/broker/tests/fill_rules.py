"""What holds of every fill, whatever the model: limits, durations and displayed sizes."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from trading_api.models.broker.accounts import FillModelKind
from trading_api.models.broker.orders import DurationType, Side
from trading_api.modules.broker.engine import AccountState, Event
from trading_api.modules.broker.engine.causes import Rule, Sight
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.events import (
    ORDER_EVENTS,
    ExecutionRecorded,
    OrderFilled,
    OrderPartlyFilled,
)
from trading_api.modules.broker.engine.market import at_least_as_good
from trading_api.modules.broker.engine.terms import FillTerms

BY_THE_MARKET = frozenset({Rule.MARKET_TAKES_QUOTE, Rule.LIMIT_REACHED})


class FillRules:
    """Follows an account's events and checks its fills."""

    def __init__(self, terms: FillTerms) -> None:
        self._sized = terms.respect_size and terms.model is not FillModelKind.DEPTH
        self._orders: dict[str, Order] = {}
        self._taken: defaultdict[tuple[str, Side, Sight], Decimal] = defaultdict(Decimal)

    def check(self, events: Iterable[Event], state: AccountState) -> None:
        """The events of one decision, and the state to which they led."""
        price = Decimal()
        for event in events:
            if isinstance(event, ExecutionRecorded):
                price = event.execution.price
            elif isinstance(event, OrderPartlyFilled | OrderFilled):
                self._check_fill(event, price)
            if isinstance(event, ORDER_EVENTS):
                self._orders[event.order.id] = event.order
        for order in self._orders.values():
            if order.duration is DurationType.FOK and not order.is_bracket:
                assert order.filled_qty in {0, order.qty}, order
            if order.id in state.orders and order.duration in {DurationType.IOC, DurationType.FOK}:
                assert order.active_time > order.create_time, "only latency lets it wait"

    def _check_fill(self, event: OrderPartlyFilled | OrderFilled, price: Decimal) -> None:
        order, cause = event.order, event.cause
        assert cause is not None
        if order.limit_price is not None:
            assert at_least_as_good(order.side, price, order.limit_price), order
        if cause.rule not in BY_THE_MARKET:
            return
        best = cause.ask if order.side is Side.BUY else cause.bid
        if best is not None:
            assert price == best or not at_least_as_good(order.side, price, best), "better than what is there"
        shown = cause.ask_size if order.side is Side.BUY else cause.bid_size
        if self._sized and shown is not None:
            key = (order.symbol, order.side, cause.sight)
            self._taken[key] += order.filled_qty - self._orders[order.id].filled_qty
            assert self._taken[key] <= shown, "more than was displayed"
