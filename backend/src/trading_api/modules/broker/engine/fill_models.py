"""How much of an order fills at which prices: the fill models, and what worsens or delays a fill."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from trading_api.models.broker.accounts import FillModelKind, Liquidity
from trading_api.models.broker.orders import Side, StopType
from trading_api.models.market.ticks import Bar, BookLevel, Depth, Quote
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.exact import ZERO, on_grid
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.market import Market, at_least_as_good
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.terms import FillTerms

BASIS_POINT = Decimal("0.0001")
DRAWS = 2**64


class Offer(NamedTuple):
    """A price that is there, and the size shown at it; None is as much as anybody wants."""

    price: Decimal
    size: Decimal | None


@dataclass(frozen=True, slots=True)
class View:
    """The market at one moment as the account's fill model shows it, best offers first.

    Orders that came into the market after `since` do not see it. `passes` says that the price goes on
    beyond, so that a limit at it is more than touched.
    """

    tick: Quote | Depth | Bar
    time: int
    since: int
    asks: tuple[Offer, ...]
    bids: tuple[Offer, ...]
    passes: bool = False

    def offers(self, side: Side) -> tuple[Offer, ...]:
        """What an order on `side` can take."""
        return self.asks if side is Side.BUY else self.bids

    def best(self, side: Side) -> Decimal | None:
        """The best price for an order on `side`; None where nothing is offered."""
        offers = self.offers(side)
        return offers[0].price if offers else None

    def suits(self, side: Side, limit: Decimal | None) -> bool:
        """Whether an order on `side` with this limit, or none, is marketable."""
        best = self.best(side)
        return best is not None and (limit is None or at_least_as_good(side, best, limit))


class Part(NamedTuple):
    """A quantity that fills at one price, and by how much slippage has worsened that price."""

    qty: Decimal
    price: Decimal
    slippage: Decimal = ZERO


def view_of_quote(quote: Quote, terms: FillTerms) -> View:
    """Best bid and ask; their sizes count if the account respects them, or walks books."""
    sized = terms.respect_size or terms.model is FillModelKind.DEPTH
    asks = _offers(quote.ask, quote.ask_size if sized else None)
    bids = _offers(quote.bid, quote.bid_size if sized else None)
    return View(quote, quote.time, quote.time, asks, bids)


def view_of_depth(depth: Depth) -> View:
    """The whole book."""
    return View(depth, depth.time, depth.time, _levels(depth.asks), _levels(depth.bids))


def view_of_bar(bar: Bar, price: Decimal, time: int, *, passes: bool) -> View:
    """One point on the path of a bar, which anybody can buy and sell at."""
    return View(bar, time, bar.time, _offers(price, None), _offers(price, None), passes)


def standing_view(state: AccountState, instrument: Instrument, market: Market) -> View | None:
    """What the last quote or book still shows; None if there is none, or its session ended since."""
    terms = state.terms.fills
    depth = market.depths.get(instrument.symbol) if terms.model is FillModelKind.DEPTH else None
    quote = market.quote(instrument.symbol)
    shown = quote if depth is None else depth
    if shown is None or not instrument.trades_throughout(shown.time, market.time):
        return None
    return view_of_quote(shown, terms) if isinstance(shown, Quote) else view_of_depth(shown)


def liquidity_of(order: Order) -> Liquidity:
    """A limit to which the market came made liquidity; everything else takes it."""
    resting = order.limit_price is not None and not order.marketable
    return Liquidity.MAKER if resting else Liquidity.TAKER


def parts_of(
    state: AccountState, order: Order, qty: Decimal, view: View, instrument: Instrument
) -> list[Part]:
    """How `qty` of `order` fills on `view`, one part a price; empty if nothing does.

    What the account's orders took from this view before is gone. A guaranteed stop fills at its price.
    """
    if order.stop_type is StopType.GUARANTEED_STOP and order.stop_price is not None:
        return [Part(qty, order.stop_price)]
    gone = ZERO
    if order.symbol in state.taken:
        gone = state.taken_of(order.symbol, because(Rule.CHECKS_PASSED, view.tick).sight, order.side)
    parts = []
    for offer in _left(view.offers(order.side), gone):
        if not qty or not _fills_at(order, offer.price, view, state.terms.fills):
            break
        amount = qty if offer.size is None else min(qty, offer.size)
        parts.append(_slipped(order, Part(amount, offer.price), instrument, state.terms.fills))
        qty -= amount
    return parts


def draw(seed: int, order_id: str, time: int) -> Decimal:
    """A number from 0 up to, not including, 1, evenly distributed and always the same for these."""
    digest = sha256(f"{seed}:{order_id}:{time}".encode()).digest()
    return Decimal(int.from_bytes(digest[:8], "big")) / DRAWS


def _fills_at(order: Order, price: Decimal, view: View, terms: FillTerms) -> bool:
    limit = order.limit_price
    if limit is None:
        return True
    if not at_least_as_good(order.side, price, limit):
        return False
    touched = price == limit and not view.passes and liquidity_of(order) is Liquidity.MAKER
    if not touched or terms.touch_probability >= 1:
        return True
    return draw(terms.seed, order.id, view.time) < terms.touch_probability


def _slipped(order: Order, part: Part, instrument: Instrument, terms: FillTerms) -> Part:
    """Worse by the account's slippage, on the tick grid, but neither beyond the limit nor below a tick."""
    slips = terms.slippage_ticks or terms.slippage_bps
    if not slips or liquidity_of(order) is Liquidity.MAKER:
        return part
    buys = order.side is Side.BUY
    worse = terms.slippage_ticks * instrument.tick_size + part.price * terms.slippage_bps * BASIS_POINT
    price = on_grid(part.price + worse if buys else part.price - worse, instrument.tick_size, up=buys)
    price = max(price, min(part.price, instrument.tick_size))
    if order.limit_price is not None and not at_least_as_good(order.side, price, order.limit_price):
        price = order.limit_price
    return Part(part.qty, price, abs(price - part.price))


def _offers(price: Decimal, size: Decimal | None) -> tuple[Offer, ...]:
    return (Offer(price, size),) if price > 0 else ()


def _levels(levels: tuple[BookLevel, ...]) -> tuple[Offer, ...]:
    return tuple(Offer(level.price, level.size) for level in levels if level.price > 0)


def _left(offers: tuple[Offer, ...], gone: Decimal) -> Iterator[Offer]:
    """Offers without the first `gone` of their sizes."""
    for price, size in offers:
        if size is None:
            yield Offer(price, None)
            continue
        left = max(ZERO, size - gone)
        gone = max(ZERO, gone - size)
        if left:
            yield Offer(price, left)
