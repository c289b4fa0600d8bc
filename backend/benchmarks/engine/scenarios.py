"""Orders for the benches: where they rest, and which of them trade."""

import random
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.engine.recordings import BTCUSDT, btcusdt
from benchmarks.engine.scenario import Action, RecordedQuote, Scenario

SEED = 20240808
TRADING_SHARE = 100
"""One in so many resting orders trades during the recording."""
TICK = Decimal("0.01")
FAR = Decimal(5_000)
"""The others rest up to so far beyond what the market reaches, and at least one tick."""


@dataclass(frozen=True)
class Range:
    """Where the market begins, and how far a quote that an order could take comes."""

    ask: Decimal
    bid: Decimal
    lowest_ask: Decimal
    highest_bid: Decimal

    @classmethod
    def of(cls, quotes: list[RecordedQuote]) -> "Range":
        """That of these quotes."""
        asks, bids = ([Decimal(q.ask) for q in quotes], [Decimal(q.bid) for q in quotes])
        return cls(asks[0], bids[0], min(asks), max(bids))

    def reached(self, draw: random.Random) -> tuple[str, str]:
        """Side and price of an order that trades; more often on the side on which the market goes farther."""
        down, up = self.ask - self.lowest_ask, self.highest_bid - self.bid
        step = draw.randint(1, int((down + up) / TICK)) * TICK
        return ("buy", str(self.ask - step)) if step <= down else ("sell", str(self.bid + step - down))

    def unreached(self, draw: random.Random) -> tuple[str, str]:
        """Side and price of an order that rests to the end."""
        away = draw.randint(1, int(FAR / TICK)) * TICK
        if draw.random() < 0.5:
            return "buy", str(self.lowest_ask - away)
        return "sell", str(self.highest_bid + away)


def resting(count: int, trading_share: int = TRADING_SHARE) -> Scenario:
    """BTCUSDT with `count` limit orders, buys and sells, of which one in `trading_share` trades (0: none)."""
    quotes = btcusdt()
    trading = count // trading_share if trading_share else 0
    draw, market = random.Random(SEED), Range.of(quotes)
    places = [market.reached(draw) for _ in range(trading)]
    places += [market.unreached(draw) for _ in range(count - trading)]
    draw.shuffle(places)
    actions = [
        Action(0, "place", f"R{index}", "limit", side, qty=_qty(draw), limit=price)
        for index, (side, price) in enumerate(places)
    ]
    return Scenario(f"{count} resting limits", BTCUSDT, quotes, actions)


def _qty(draw: random.Random) -> str:
    return f"{draw.randint(100, 9_999) / 100_000:.5f}"
