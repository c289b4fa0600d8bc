"""Brackets in short for the tests of the engine."""

from dataclasses import replace
from decimal import Decimal

from trading_api.modules.broker.engine import Order, PlaceOrder
from trading_api.modules.broker.engine.entities import Brackets
from trading_api.modules.broker.engine.events import ORDER_EVENTS
from trading_api.modules.broker.tests.engine_cases import Desk, quote, values


def brackets(
    profit: str | None = None,
    stop: str | None = None,
    *,
    guaranteed: str | None = None,
    pips: str | None = None,
) -> Brackets:
    """Brackets of plain texts."""
    return Brackets(*(None if text is None else Decimal(text) for text in (profit, stop, guaranteed, pips)))


def protected(command: PlaceOrder, *args: str | None, **kwargs: str | None) -> PlaceOrder:
    """The order with brackets."""
    return replace(command, brackets=brackets(*args, **kwargs))


def desk_at(bid: str = "9.99", ask: str = "10.01") -> Desk:
    """A desk that has seen a quote."""
    desk = Desk()
    desk.see(quote(bid, ask))
    return desk


def rules(desk: Desk, since: int) -> list[str]:
    """Why orders changed, from an event on."""
    found = [event.cause for event in desk.events[since:] if isinstance(event, ORDER_EVENTS)]
    return [cause.rule.value for cause in found if cause is not None]


def shown(orders: list[Order]) -> list[tuple[object, ...]]:
    """Type, status, prices and what is left of bracket orders."""
    return [
        values(
            item.type.value,
            item.status.value,
            item.limit_price if item.stop_price is None else item.stop_price,
            item.remaining_qty,
        )
        for item in orders
    ]
