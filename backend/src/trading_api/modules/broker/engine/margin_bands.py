"""Between which prices the margin of an account cannot come to another verdict.

Equity less level x margin used is a sum over positions, each linear in the price at which the position
could be closed. What is left of that sum until the verdict changes is shared out equally among the prices
and the conversion rates: while none of them costs more than its share, the verdict stays.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.orders import Side
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.engine.conversion import PAR, middle, pairs_of, rate_of
from trading_api.modules.broker.engine.entities import Position
from trading_api.modules.broker.engine.exact import QUOTIENT_STEP, ZERO, exact, quotient
from trading_api.modules.broker.engine.margin import margin_rate
from trading_api.modules.broker.engine.margin_level import Standing, Verdict, holdings_of, standing_of
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.state import AccountState

ANY = Decimal("Infinity")
RATE_RISE = Decimal("1.01")
"""Conversion rates are followed up to this multiple of what they were."""


@dataclass(frozen=True, slots=True)
class Band:
    """Everything strictly between two figures."""

    above: Decimal = -ANY
    below: Decimal = ANY

    def has(self, value: Decimal) -> bool:
        """Whether `value` is in it."""
        return self.above < value < self.below

    def within(self, other: "Band") -> "Band":
        """What both have."""
        return Band(max(self.above, other.above), min(self.below, other.below))


ANYWHERE = Band()
NOWHERE = Band(ANY, ANY)
QUOTED = Band(ZERO, ANY)
"""A side of a quote that is not empty."""


@dataclass(frozen=True, slots=True)
class RateBand:
    """Between what a quote may put a conversion rate; `inverse` if that is one divided by its middle."""

    band: Band
    inverse: bool

    def has(self, quote: Quote) -> bool:
        """Whether the rate that `quote` gives is in it."""
        price = middle(quote)
        return price is not None and self.band.has(quotient(PAR, price) if self.inverse else price)


@dataclass(frozen=True, slots=True)
class QuoteBand:
    """Quotes of a symbol that leave the verdict as it is."""

    bid: Band = ANYWHERE
    ask: Band = ANYWHERE
    rate: RateBand | None = None

    def has(self, quote: Quote) -> bool:
        """Whether `quote` is one of them."""
        in_prices = self.bid.has(quote.bid) and self.ask.has(quote.ask)
        return in_prices and (self.rate is None or self.rate.has(quote))


SHUT = QuoteBand(NOWHERE, NOWHERE)
Bands = Mapping[str, QuoteBand]
"""By symbol; quotes of other symbols never matter."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """`sign` x (equity - `level` x margin used) is `slack` now, and has to stay above 0."""

    level: Decimal
    sign: int
    slack: Decimal

    def slope(self, state: AccountState, leg: "_Leg") -> Decimal:
        """By how much the sum rises with the leg's price, in the symbol's currency."""
        rises = (
            (p.signed_qty - self.level * p.qty * margin_rate(state, p)) * p.point_value for p in leg.positions
        )
        return self.sign * sum(rises, ZERO)

    def value(self, state: AccountState, leg: "_Leg") -> Decimal:
        """The leg's part of the sum, in the symbol's currency."""
        costs = ((p.cost if p.side is Side.BUY else -p.cost) * p.point_value for p in leg.positions)
        return self.slope(state, leg) * leg.price - self.sign * sum(costs, ZERO)


@dataclass(frozen=True, slots=True)
class _Leg:
    """The positions of a symbol that close at one price."""

    symbol: str
    side: Side
    currency: str
    price: Decimal
    positions: tuple[Position, ...]


def bands_of(state: AccountState, market: Market) -> Bands:
    """The bands around the market as it is.

    They are shut for every symbol that matters while the account has yet to be told the verdict, and while
    positions have to be closed; and for symbols without a price.
    """
    with exact():
        bounds = tuple(_bounds(state, standing_of(state, holdings_of(state, market))))
        return _Bands(state, market, bounds).all()


class _Bands:
    """Bands in the making."""

    def __init__(self, state: AccountState, market: Market, bounds: tuple[_Bound, ...]) -> None:
        self._state = state
        self._market = market
        self._bounds = bounds
        self._movers = 0
        self._sides: dict[tuple[str, Side], Band] = {}
        self._rates: dict[str, RateBand] = {}
        self._shut: set[str] = set()

    def all(self) -> Bands:
        """Of every symbol that matters."""
        by_currency: defaultdict[str, list[_Leg]] = defaultdict(list)
        for leg in self._legs():
            by_currency[leg.currency].append(leg)
        self._movers = sum(len(legs) + 1 for legs in by_currency.values())
        for currency, legs in by_currency.items():
            self._add(currency, legs)
        symbols = {symbol for symbol, _ in self._sides} | self._rates.keys()
        return {symbol: self._band(symbol) for symbol in symbols} | dict.fromkeys(self._shut, SHUT)

    def _band(self, symbol: str) -> QuoteBand:
        bid, ask = ((self._sides.get((symbol, side), ANYWHERE)) for side in (Side.BUY, Side.SELL))
        return QuoteBand(bid, ask, self._rates.get(symbol))

    def _legs(self) -> Iterator[_Leg]:
        """What has a price; the rest, which counts at its cost, is shut."""
        found: defaultdict[tuple[str, Side], list[Position]] = defaultdict(list)
        for position in self._state.positions.values():
            found[position.symbol, position.side].append(position)
        for (symbol, side), positions in found.items():
            price = self._market.closing_price(symbol, side)
            currency = positions[0].currency
            if price is None:
                self._shut.update((symbol, *pairs_of(currency, self._state.currency)))
            else:
                yield _Leg(symbol, side, currency, price, tuple(positions))

    def _add(self, currency: str, legs: list[_Leg]) -> None:
        """The bands of one currency.

        While the rate is up to RATE_RISE of the present one a price costs at most its share; the rate costs
        at most its own with the prices as they are. Both together cost no more than both shares.
        """
        pairs = pairs_of(currency, self._state.currency)
        rate = rate_of(self._market, currency, self._state.currency)
        if rate is None or not self._bounds:
            self._shut.update(pairs, (leg.symbol for leg in legs))
            return
        most = rate * RATE_RISE if pairs else rate
        for leg in legs:
            slopes = [bound.slope(self._state, leg) * most for bound in self._bounds]
            self._sides[leg.symbol, leg.side] = self._around(leg.price, slopes).within(QUOTED)
        if pairs:
            values = [sum((bound.value(self._state, leg) for leg in legs), ZERO) for bound in self._bounds]
            self._add_rate(pairs, self._around(rate, values).within(Band(ZERO, most)))

    def _add_rate(self, pairs: tuple[str, ...], band: Band) -> None:
        direct, inverse = pairs
        quote = self._market.quote(direct)
        if quote is not None and middle(quote) is not None:
            self._rates[direct] = RateBand(band, inverse=False)
        else:
            self._shut.add(direct)  # as soon as it is quoted, it gives the rate
            self._rates[inverse] = RateBand(band, inverse=True)

    def _around(self, figure: Decimal, slopes: list[Decimal]) -> Band:
        """How far `figure` may go for its share of each bound's slack, where each of it is worth a slope."""
        band = ANYWHERE
        for bound, slope in zip(self._bounds, slopes, strict=True):
            if slope:
                way = max(ZERO, quotient(bound.slack, self._movers * abs(slope)) - QUOTIENT_STEP)
                side = Band(above=figure - way) if slope > 0 else Band(below=figure + way)
                band = band.within(side)
        return band


def _bounds(state: AccountState, standing: Standing) -> Iterator[_Bound]:
    """What has to stay; nothing if the verdict is not what the account has been told."""
    risk = state.terms.risk
    verdict = standing.verdict(risk)
    if verdict is not (Verdict.WARNED if state.margin_warned else Verdict.SOUND) or not standing.used:
        return
    most = max(risk.maintenance_level, risk.liquidation_level)
    if verdict is Verdict.SOUND:
        yield _Bound(most, 1, standing.equity - most * standing.used)
    else:
        yield _Bound(most, -1, most * standing.used - standing.equity)
        least = risk.liquidation_level
        yield _Bound(least, 1, standing.equity - least * standing.used)
