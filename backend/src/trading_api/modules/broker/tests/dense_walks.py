"""Random walks that look where they go: their orders are near the market, their changes are of what is open.

They reach in few steps what walks that choose blindly come to rarely: partial fills under brackets, stops
that trail and trigger, positions that are reversed while orders wait.
"""

from random import Random

from trading_api.models.broker.accounts import PositionMode
from trading_api.models.broker.orders import DurationType, OrderType, Side
from trading_api.modules.broker.engine.exact import ZERO
from trading_api.modules.broker.engine.terms import AccountTerms, FillTerms
from trading_api.modules.broker.tests.change_steps import (
    UNPROTECTED,
    BracketTicks,
    CancelManyStep,
    CloseStep,
    ModifyStep,
    ProtectStep,
    ReverseStep,
)
from trading_api.modules.broker.tests.engine_walks import (
    HOUR,
    CancelStep,
    ClockStep,
    PlaceStep,
    QuoteStep,
    Step,
    TradeStep,
    Walk,
)

SYMBOLS = ("STK", "STK", "STK", "FUT", "COIN", "DAYS")
LOWEST, HIGHEST = -15, 25
"""Of the market, in ticks from 100."""


def any_terms(random: Random) -> AccountTerms:
    """Terms on which a walk may go."""
    fills = FillTerms(
        respect_size=random.random() < 0.7,
        slippage_ticks=random.choice([ZERO, ZERO, ZERO + 1]),
        latency_ms=random.choice([0, 0, 5]),
        seed=random.randrange(1000),
    )
    mode = random.choice(list(PositionMode))
    return AccountTerms(position_mode=mode, fills=fills, allow_immediate_stops=random.random() < 0.5)


def dense_step(random: Random, walk: Walk) -> Step:
    """The next step of `walk`."""
    symbol = random.choice(SYMBOLS)
    level = _level(walk, symbol)
    kinds = (_quote, _quote, _quote, _trade, _place, _place, _place, _modify, _modify, _position)
    if random.random() < 0.02:
        return ClockStep(random.choice([1, 1000, HOUR, 8 * HOUR]))
    return random.choice(kinds)(random, symbol, level)


def _level(walk: Walk, symbol: str) -> int:
    return int(walk.desk.quotes[symbol].bid / walk.desk.instruments[symbol].tick_size) - 100


def _quote(random: Random, symbol: str, level: int) -> Step:
    moved = max(LOWEST, min(HIGHEST, level + random.randint(-2, 2)))
    wait = random.choice([0, 1, 1, 10, 1000])
    return QuoteStep(symbol, moved, random.randint(0, 1), wait, random.randint(1, 6))


def _trade(random: Random, symbol: str, level: int) -> Step:
    return TradeStep(symbol, level + random.randint(-1, 1))


def _place(random: Random, symbol: str, level: int) -> Step:
    side = random.choice(list(Side))
    kind = random.choice(list(OrderType))
    limit = level + random.randint(-3, 3)
    away = random.randint(1, 3) if side is Side.BUY else -random.randint(1, 3)
    entry = limit if kind in {OrderType.LIMIT, OrderType.STOP_LIMIT} else level
    lasting = [*DurationType, *[DurationType.GTC] * 5]
    closes = random.random() < 0.1
    brackets = UNPROTECTED if closes else _brackets(random, entry, side)
    return PlaceStep(
        symbol,
        kind,
        side,
        random.randint(1, 9),
        limit,
        random.choice(lasting),
        None,
        brackets,
        level + away,
        random.randint(1, 4),
        random.choice([1, 1000, HOUR]),
        closes,
    )


def _modify(random: Random, symbol: str, level: int) -> Step:
    choice = random.randrange(1000)
    near = 100 + level + random.randint(-5, 5)
    match random.randrange(7):
        case 0:
            return CancelStep(-random.randint(1, 8))
        case 1:
            return ModifyStep(choice, steps=random.randint(1, 12))
        case 2:
            kind = random.choice([OrderType.LIMIT, OrderType.STOP, OrderType.STOP_LIMIT])
            return ModifyStep(choice, price=near, type=kind)
        case 3:
            duration = random.choice(list(DurationType))
            wait = 1000 if duration is DurationType.GTD else None
            return ModifyStep(choice, duration=duration, wait=wait)
        case 4:
            return ModifyStep(choice, brackets=_brackets(random, level, random.choice(list(Side))))
        case _:
            return ModifyStep(choice, price=near)


def _position(random: Random, symbol: str, level: int) -> Step:
    choice = random.randrange(1000)
    match random.randrange(20):
        case 0 | 1:
            return CloseStep(choice, None)
        case 2 | 3 | 4:
            return CloseStep(choice, random.randint(1, 5))
        case 5 | 6:
            return ReverseStep(choice)
        case 7:
            return CancelManyStep(random.choice([None, *Side]))
        case _:
            return ProtectStep(choice, _brackets(random, level, random.choice(list(Side))))


def _brackets(random: Random, entry: int, side: Side) -> BracketTicks:
    """Some around `entry`, mostly on their right sides."""
    gain = 1 if side is Side.BUY else -1
    profit = 100 + entry + gain * random.randint(1, 5)
    stop = 100 + entry - gain * random.randint(0, 5)
    match random.randrange(8):
        case 0:
            return BracketTicks(profit)
        case 1:
            return BracketTicks(profit, stop)
        case 2:
            return BracketTicks(None, stop)
        case 3:
            return BracketTicks(profit, None, stop)
        case 4:
            return BracketTicks(profit, None, None, random.randint(1, 5))
        case _:
            return UNPROTECTED
