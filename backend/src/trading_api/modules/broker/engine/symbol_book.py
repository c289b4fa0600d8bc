"""What an account has in one symbol, arranged so that a tick finds what it concerns at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from trading_api.models.broker.orders import DurationType, OrderStatus, OrderType, Side
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.exact import ZERO
from trading_api.modules.broker.engine.ladder import Ladder, Rung
from trading_api.modules.broker.engine.openings import NONE_OPEN, Openings, opening_of
from trading_api.modules.broker.engine.replacing import replace

AT_ANY_PRICE = Decimal("Infinity")

BeforeAndAfter = tuple[Order | None, Order | None]
"""An order before and after; None where it is not open."""


class Wait(StrEnum):
    """What an open order waits for; the key of its rung grows the longer it has to wait."""

    __hash__ = str.__hash__  # that of Enum is written in Python

    ASK = "ask"
    """A buy that fills once the ask is low enough; by falling price."""
    BID = "bid"
    """A sell that fills once the bid is high enough; by rising price."""
    RISE = "rise"
    """A buy stop; by rising price."""
    FALL = "fall"
    """A sell stop; by falling price."""
    LOWER = "lower"
    """A trailing buy stop follows a lower price; by falling price."""
    HIGHER = "higher"
    """A trailing sell stop follows a higher price; by rising price."""
    TIME = "time"
    """The order's end."""


AT_ONCE = frozenset({DurationType.IOC, DurationType.FOK})
"""Durations of orders that any quote ends, whether it fills them or not."""

BY_FALLING_PRICE = frozenset({Wait.ASK, Wait.FALL, Wait.LOWER})
EMPTY = Ladder()


@dataclass(frozen=True, slots=True)
class Reach:
    """What a tick must reach to change anything."""

    fills_below: Decimal = -AT_ANY_PRICE
    """An ask at or below it fills something."""
    fills_above: Decimal = AT_ANY_PRICE
    """A bid at or above it fills something."""
    wakes_above: Decimal = AT_ANY_PRICE
    """A price at or above it triggers or moves a stop."""
    wakes_below: Decimal = -AT_ANY_PRICE
    """A price at or below it triggers or moves a stop."""
    end: int | None = None
    """When the next order ends."""

    @classmethod
    def of(cls, ladders: Mapping[Wait, Ladder]) -> "Reach":
        """Reach of the first rungs."""

        def first(wait: Wait) -> Decimal:
            ladder = ladders.get(wait)
            rung = None if ladder is None else ladder.first
            return AT_ANY_PRICE if rung is None else rung.key

        end = first(Wait.TIME)
        return cls(
            fills_below=-first(Wait.ASK),
            fills_above=first(Wait.BID),
            wakes_above=min(first(Wait.RISE), first(Wait.HIGHER)),
            wakes_below=-min(first(Wait.FALL), first(Wait.LOWER)),
            end=None if end is AT_ANY_PRICE else int(end),
        )

    def takes(self, quote: Quote, prints: bool = False) -> bool:
        """Whether `quote` may fill, trigger or end something; where the symbol `prints`, stops ignore it."""
        return (
            quote.ask <= self.fills_below
            or quote.bid >= self.fills_above
            or (not prints and (quote.ask >= self.wakes_above or quote.bid <= self.wakes_below))
            or (self.end is not None and self.end <= quote.time)
        )

    def takes_trade(self, trade: Trade) -> bool:
        """Whether `trade` may trigger, move or end something."""
        return (
            trade.price >= self.wakes_above
            or trade.price <= self.wakes_below
            or (self.end is not None and self.end <= trade.time)
        )


@dataclass(frozen=True, slots=True)
class SymbolBook:
    """Open orders and positions of one symbol.

    `buys` and `sells` are what orders may open; orders that only reduce are not in them. `closing_buys`
    and `closing_sells` are the quantities of the latter, without brackets.
    """

    ladders: dict[Wait, Ladder] = field(default_factory=dict)
    order_ids: Ladder = EMPTY
    position_ids: tuple[str, ...] = ()
    buys: Openings = NONE_OPEN
    sells: Openings = NONE_OPEN
    closing_buys: Decimal = ZERO
    closing_sells: Decimal = ZERO
    margin_rates: Mapping[Decimal, int] = field(default_factory=dict)
    """How many of the orders have this margin rate."""
    reach: Reach = Reach()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left in the symbol."""
        return self.order_ids.first is None and not self.position_ids

    @property
    def margin_rate(self) -> Decimal:
        """The highest margin rate of an order."""
        return max(self.margin_rates, default=ZERO)

    def openings(self, side: Side) -> Openings:
        """What orders on `side` may open."""
        return self.buys if side is Side.BUY else self.sells

    def closing_qty(self, side: Side) -> Decimal:
        """What orders on `side` may close, of those that can do nothing else and are no brackets."""
        return self.closing_buys if side is Side.BUY else self.closing_sells

    def waiting(self, wait: Wait) -> Ladder:
        """The orders that wait for this."""
        return self.ladders.get(wait, EMPTY)

    def replacing(self, changes: Iterable[BeforeAndAfter]) -> "SymbolBook":
        """With orders as they are now, each as it was and is; None is an order that is not open."""
        ladders, ids = dict(self.ladders), self.order_ids
        openings = {Side.BUY: self.buys, Side.SELL: self.sells}
        closing = {Side.BUY: self.closing_buys, Side.SELL: self.closing_sells}
        rates = self.margin_rates
        for before, after in changes:
            ids = _replace_rungs(ladders, ids, before, after)
            _replace_opening(openings, before, after)
            _replace_closing(closing, before, after)
            rates = _rates(rates, before, after)
        return replace(
            self,
            ladders=ladders,
            order_ids=ids,
            buys=openings[Side.BUY],
            sells=openings[Side.SELL],
            closing_buys=closing[Side.BUY],
            closing_sells=closing[Side.SELL],
            margin_rates=rates,
            reach=self.reach if _begin_alike(self.ladders, ladders) else Reach.of(ladders),
        )


def rungs_of(order: Order) -> list[tuple[Wait, Rung]]:
    """Where `order` waits."""
    found = _price_waits(order) if order.status is OrderStatus.WORKING else []
    if order.expire_time is not None:
        found.append((Wait.TIME, Decimal(order.expire_time)))
    return [(wait, Rung(_key(wait, price), order.created_offset, order.id)) for wait, price in found]


def _replace_rungs(
    ladders: dict[Wait, Ladder], ids: Ladder, before: Order | None, after: Order | None
) -> Ladder:
    """Changes `ladders`; returns `ids` as they are then."""
    if before is not None:
        for wait, rung in rungs_of(before):
            ladders[wait] = ladders[wait].removing(rung)
        ids = ids.removing(_by_age(before))
    if after is not None:
        for wait, rung in rungs_of(after):
            ladders[wait] = ladders.get(wait, EMPTY).adding(rung)
        ids = ids.adding(_by_age(after))
    return ids


def _price_waits(order: Order) -> list[tuple[Wait, Decimal]]:
    buys = order.side is Side.BUY
    stop = order.stop_price
    if stop is None or order.triggered:
        worst = AT_ANY_PRICE if buys else -AT_ANY_PRICE
        at_once = order.duration in AT_ONCE
        price = worst if at_once or order.limit_price is None else order.limit_price
        return [(Wait.ASK if buys else Wait.BID, price)]
    waits = [(Wait.RISE if buys else Wait.FALL, stop)]
    if order.type is OrderType.TRAILING_STOP and order.trailing_amount is not None:
        amount = order.trailing_amount
        waits.append((Wait.LOWER, stop - amount) if buys else (Wait.HIGHER, stop + amount))
    return waits


def _key(wait: Wait, value: Decimal) -> Decimal:
    return -value if wait in BY_FALLING_PRICE else value


def _by_age(order: Order) -> Rung:
    return Rung(ZERO, order.created_offset, order.id)


def _begin_alike(ladders: Mapping[Wait, Ladder], others: Mapping[Wait, Ladder]) -> bool:
    """Whether the first rungs, on which the reach depends, are the same."""
    return len(ladders) == len(others) and all(
        ladder is others[wait] or ladder.first is others[wait].first for wait, ladder in ladders.items()
    )


def _replace_opening(openings: dict[Side, Openings], before: Order | None, after: Order | None) -> None:
    was, now = opening_of(before), opening_of(after)
    if was == now:
        return
    if was is not None and before is not None:
        openings[before.side] = openings[before.side].removing(was)
    if now is not None and after is not None:
        openings[after.side] = openings[after.side].adding(now)


def _replace_closing(closing: dict[Side, Decimal], before: Order | None, after: Order | None) -> None:
    for order, sign in ((before, -1), (after, 1)):
        if order is not None and order.is_close and not order.is_bracket:
            closing[order.side] += sign * order.remaining_qty


def _rates(rates: Mapping[Decimal, int], before: Order | None, after: Order | None) -> Mapping[Decimal, int]:
    was = None if before is None else before.margin_rate
    now = None if after is None else after.margin_rate
    if was == now:
        return rates
    counts = dict(rates)
    if now is not None:
        counts[now] = counts.get(now, 0) + 1
    if was is not None:
        counts[was] -= 1
        if not counts[was]:
            del counts[was]
    return counts
