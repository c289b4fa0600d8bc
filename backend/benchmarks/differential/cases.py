"""The orders of the differential test: drawn around recorded quotes, with a fixed seed for each case."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from benchmarks.engine.recordings import BTCUSDT, btcusdt, stock
from benchmarks.engine.scenario import Action, RecordedQuote, Scenario, Terms

SPY = Terms("SPY", price_digits=2, qty_digits=0)
IBM = Terms("IBM", price_digits=2, qty_digits=0)
STOCK_DAYS = ("20131007", "20131008", "20131009")
MAKER_BPS, TAKER_BPS = "2", "5"
ORDERS = 400


@dataclass(frozen=True)
class Field:
    """Where orders are placed: the quotes, and how far from the market, in ticks, and how many units."""

    terms: Terms
    quotes: list[RecordedQuote]
    reach: int
    most_units: int

    def price(self, text: str, ticks: int) -> str:
        """A price so many ticks away."""
        return str(Decimal(text) + ticks * Decimal(self.terms.tick))

    def qty(self, draw: random.Random) -> str:
        """Some units."""
        return str(draw.randint(1, self.most_units) * Decimal(self.terms.qty_step))

    def away(self, draw: random.Random) -> int:
        """A distance in ticks; small ones are likelier."""
        return round(self.reach * draw.random() ** 3)


Drawer = Callable[[random.Random, Field, int, str], Action]


def fields() -> list[Field]:
    """Every recording."""
    return [
        Field(with_fees(BTCUSDT), btcusdt(), reach=3_000, most_units=50_000),
        Field(with_fees(SPY), stock("spy", *STOCK_DAYS), reach=25, most_units=500),
        Field(with_fees(IBM), stock("ibm", *STOCK_DAYS), reach=40, most_units=500),
    ]


def with_fees(terms: Terms) -> Terms:
    """`terms` with fees for makers and takers that differ."""
    return replace(terms, maker_bps=MAKER_BPS, taker_bps=TAKER_BPS)


def scenarios(field: Field) -> list[Scenario]:
    """Every kind of order over this recording."""
    drawn: list[tuple[str, list[Drawer]]] = [
        ("market and limit", [_market, resting, resting]),
        ("at once or not at all", [_at_once]),
        ("changed and canceled", [resting, resting, _change, _cancel]),
        ("until a date", [_until]),
        ("stop", [_stop]),
        ("stop-limit", [_stop_limit]),
        ("trailing stop", [_trailing_stop]),
        (
            "everything",
            [_market, resting, _at_once, _change, _cancel, _until, _stop, _stop_limit, _trailing_stop],
        ),
    ]
    return [*(_drawn(field, kind, drawers) for kind, drawers in drawn), _bracketed(field)]


def _drawn(field: Field, kind: str, drawers: list[Drawer]) -> Scenario:
    draw = random.Random(f"{field.terms.symbol} {kind}")
    moments = sorted(draw.randrange(len(field.quotes)) for _ in range(ORDERS))
    actions = [draw.choice(drawers)(draw, field, at, f"N{index}") for index, at in enumerate(moments)]
    return Scenario(f"{field.terms.symbol} {kind}", field.terms, field.quotes, actions, audit=True)


def _side(draw: random.Random) -> str:
    return draw.choice(("buy", "sell"))


def _market(draw: random.Random, field: Field, at: int, name: str) -> Action:
    return Action(at, "place", name, "market", _side(draw), field.qty(draw))


def resting(draw: random.Random, field: Field, at: int, name: str) -> Action:
    """Behind the market, or one in eight beyond it."""
    side, away = _side(draw), field.away(draw) * draw.choice((1, 1, 1, 1, 1, 1, 1, -1))
    quote = field.quotes[at]
    price = field.price(quote.bid, -away) if side == "buy" else field.price(quote.ask, away)
    return Action(at, "place", name, "limit", side, field.qty(draw), limit=price)


def _at_once(draw: random.Random, field: Field, at: int, name: str) -> Action:
    side, quote = _side(draw), field.quotes[at]
    beyond = draw.randint(-3, 3)
    price = field.price(quote.ask, beyond) if side == "buy" else field.price(quote.bid, -beyond)
    duration = draw.choice(("ioc", "fok"))
    return Action(at, "place", name, "limit", side, field.qty(draw), limit=price, duration=duration)


def _until(draw: random.Random, field: Field, at: int, name: str) -> Action:
    """Until a moment after which the first quote would not fill it: that one is a case of its own."""
    action, last = resting(draw, field, at, name), len(field.quotes) - 1
    ends = min(last, at + draw.randint(1, len(field.quotes) // 8))
    while ends < last and enters(action, field.quotes[ends + 1]):
        ends += 1
    return replace(action, duration="gtd", end=field.quotes[ends].time + 1)


def _stop(draw: random.Random, field: Field, at: int, name: str) -> Action:
    """Beyond the market, or one in eight on its wrong side, which both refuse."""
    side, quote = _side(draw), field.quotes[at]
    away = (field.away(draw) + 1) * draw.choice((1, 1, 1, 1, 1, 1, 1, -1))
    stop = field.price(quote.ask, away) if side == "buy" else field.price(quote.bid, -away)
    return Action(at, "place", name, "stop", side, field.qty(draw), stop=stop)


def _stop_limit(draw: random.Random, field: Field, at: int, name: str) -> Action:
    action = _stop(draw, field, at, name)
    limit = field.price(action.stop or "0", draw.randint(-field.reach // 10, field.reach // 10))
    return replace(action, type="stop_limit", limit=limit)


def _trailing_stop(draw: random.Random, field: Field, at: int, name: str) -> Action:
    trail = str((field.away(draw) + 2) * Decimal(field.terms.tick))
    return Action(at, "place", name, "trailing_stop", _side(draw), field.qty(draw), trail=trail)


def _change(draw: random.Random, field: Field, at: int, name: str) -> Action:
    """Of a limit order that was placed before; what is not open any more, or of another type, stays."""
    earlier = f"N{draw.randrange(max(1, int(name[1:])))}"
    return replace(resting(draw, field, at, earlier), verb="modify")


def _cancel(draw: random.Random, field: Field, at: int, name: str) -> Action:
    return Action(at, "cancel", f"N{draw.randrange(max(1, int(name[1:])))}")


def _bracketed(field: Field) -> Scenario:
    """Protected market and limit orders, each after the one before is closed again.

    None is filled by a quote that is already beyond its stop: that is a case of its own.
    """
    draw, actions, at, index = random.Random(f"{field.terms.symbol} brackets"), [], 0, 0
    while at < len(field.quotes) - 10:
        action = bracket(draw, field, at, f"N{index}")
        entered = at if action.limit is None else next_quote(field, at, partial(enters, action))
        if entered is not None and not closes(action, field.quotes[entered]):
            closed = next_quote(field, entered + 1, partial(closes, action))
            if closed is not None:
                actions.append(action)
                at, index = closed, index + 1
        at += draw.randint(1, 5)
    return Scenario(f"{field.terms.symbol} brackets", field.terms, field.quotes, actions, audit=True)


def bracket(draw: random.Random, field: Field, at: int, name: str) -> Action:
    """An order with a take profit and a stop."""
    side, quote = _side(draw), field.quotes[at]
    up = 1 if side == "buy" else -1
    market = draw.random() < 0.5
    away = max(2, field.reach // 8)
    entry = quote.ask if side == "buy" else quote.bid
    limit = None if market else field.price(entry, -up * draw.randint(1, away // 2))
    return Action(
        at,
        "place",
        name,
        "market" if market else "limit",
        side,
        field.qty(draw),
        limit=limit,
        take_profit=field.price(limit or entry, up * draw.randint(away // 2, away)),
        stop_loss=field.price(limit or entry, -up * draw.randint(away // 2, away)),
    )


def next_quote(field: Field, start: int, holds: Callable[[RecordedQuote], bool]) -> int | None:
    """Index of the first quote from `start` on of which that is true."""
    return next((i for i in range(start, len(field.quotes)) if holds(field.quotes[i])), None)


def enters(action: Action, quote: RecordedQuote) -> bool:
    """Whether `quote` fills the limit order."""
    limit = Decimal(action.limit or 0)
    return Decimal(quote.ask) <= limit if action.side == "buy" else Decimal(quote.bid) >= limit


def closes(action: Action, quote: RecordedQuote) -> bool:
    """Whether `quote` is at the take profit or the stop of the order, or beyond."""
    profit, loss = Decimal(action.take_profit or 0), Decimal(action.stop_loss or 0)
    if action.side == "buy":
        return not loss < Decimal(quote.bid) < profit
    return not profit < Decimal(quote.ask) < loss
