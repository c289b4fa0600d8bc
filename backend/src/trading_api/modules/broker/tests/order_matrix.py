"""Every order that somebody could send: type, side, prices, quantity, duration, session and trading state.

What each is answered with is told here in one small table, which knows nothing of the engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from trading_api.models.broker.accounts import TradingState
from trading_api.models.broker.orders import DurationType, OrderType, Side
from trading_api.modules.broker.engine import PlaceOrder
from trading_api.modules.broker.engine.commands import SetTradingState
from trading_api.modules.broker.tests.engine_cases import NEW_YORK, Desk, instrument, new_york, quote, trade

D = Decimal
OPEN, CLOSED = new_york("2013-10-04 10:00"), new_york("2013-10-05 10:00")
NEEDS = {
    OrderType.MARKET: "",
    OrderType.LIMIT: "limit",
    OrderType.STOP: "stop",
    OrderType.STOP_LIMIT: "limit stop",
    OrderType.TRAILING_STOP: "trail",
}
FIELDS = {"limit": "limitPrice", "stop": "stopPrice", "trail": "trailingAmount"}
GOOD = {
    Side.BUY: {"limit": D("9.50"), "stop": D("10.50"), "trail": D("0.50")},
    Side.SELL: {"limit": D("10.50"), "stop": D("9.50"), "trail": D("0.50")},
}
"""At a market of 9.98 to 10.02 that last traded at 10.00."""

SPOILED: dict[str, tuple[Decimal | None, str]] = {
    "zero": (D(0), "price-not-positive"),
    "negative": (D("-9.50"), "price-not-positive"),
    "off-tick": (D("9.505"), "price-tick"),
    "tiny": (D("1E-12"), "price-tick"),
    "missing": (None, "price-missing"),
}
QUANTITIES: dict[str, list[str]] = {
    "1": [],
    "0": ["quantity-not-positive"],
    "-5": ["quantity-not-positive"],
    "0.5": ["quantity-too-small", "quantity-step"],
    "1.5": ["quantity-step"],
    "1001": ["quantity-too-large"],
    "1E+15": ["quantity-too-large"],
}
DURATIONS: dict[tuple[DurationType, str], list[str]] = {
    (DurationType.DAY, "none"): [],
    (DurationType.GTC, "none"): [],
    (DurationType.GTC, "later"): ["duration-end-not-allowed"],
    (DurationType.IOC, "none"): [],
    (DurationType.FOK, "none"): [],
    (DurationType.FOK, "later"): ["duration-end-not-allowed"],
    (DurationType.GTD, "none"): ["duration-end-missing"],
    (DurationType.GTD, "now"): ["duration-end-past"],
    (DurationType.GTD, "later"): [],
}
STATES = {
    TradingState.ACTIVE: [],
    TradingState.REDUCING: ["trading-reduce-only"],
    TradingState.HALTED: ["trading-halted"],
}
HUGE = D("1E+15")
MONEY = "buying-power-insufficient"


@dataclass(frozen=True)
class Case:
    """One order at one moment, and the codes with which it is to be refused; none if it is accepted."""

    command: PlaceOrder
    time: int
    state: TradingState
    expected: frozenset[str]

    def desk(self) -> Desk:
        """A new account at that moment."""
        desk = Desk(instrument(session=NEW_YORK, max_qty="1000"))
        desk.see(quote("9.98", "10.02", time=OPEN))
        desk.see(trade("10.00", time=OPEN))
        desk.do(SetTradingState(self.state))
        desk.time = self.time
        return desk


def cases() -> Iterator[Case]:
    """All of them."""
    for kind, side, time, state in product(OrderType, Side, (OPEN, CLOSED), TradingState):
        for (prices, wrong), qty, (duration, end) in product(spoilings(kind, side), QUANTITIES, DURATIONS):
            ends = {"none": None, "now": time, "later": CLOSED + 10**9}
            command = PlaceOrder(
                "STK",
                kind,
                side,
                D(qty),
                prices.get("limit"),
                duration,
                stop_price=prices.get("stop"),
                trailing_amount=prices.get("trail"),
                gtd_time=ends[end],
            )
            codes = {*wrong, *QUANTITIES[qty], *DURATIONS[duration, end], *STATES[state]}
            codes |= set(_at_once(kind, duration, time))
            if "quantity-not-positive" in codes:
                codes.discard("trading-reduce-only")  # nothing is asked for that could be too much
            sound = codes <= {MONEY, "trading-halted", "trading-reduce-only"}
            if not (sound and _needs_money(command, time)):
                codes.discard(MONEY)  # it is said of orders that are sound otherwise
            yield Case(command, time, state, frozenset(codes))


def spoilings(kind: OrderType, side: Side) -> Iterator[tuple[dict[str, Decimal], list[str]]]:
    """Prices for an order of this kind, good ones and spoiled in one place, and the code of that."""
    needed = {name: GOOD[side][name] for name in NEEDS[kind].split()}
    yield needed, []
    for name, price in GOOD[side].items():
        if name not in needed:
            yield needed | {name: price}, ["price-not-allowed"]
            continue
        for spoiled, code in SPOILED.values():
            rest = {key: value for key, value in needed.items() if key != name}
            yield (rest if spoiled is None else rest | {name: spoiled}), [code]
    yield from _huge(kind, side, needed)


def _huge(
    kind: OrderType, side: Side, needed: dict[str, Decimal]
) -> Iterator[tuple[dict[str, Decimal], list[str]]]:
    """Prices far away: nobody has the money for them, unless the order is to trade at another one."""
    buys = side is Side.BUY
    if "limit" in needed:
        yield needed | {"limit": HUGE}, [MONEY]
    if "stop" in needed:
        waits = [] if kind is OrderType.STOP_LIMIT else [MONEY]
        yield needed | {"stop": HUGE}, waits if buys else ["stop-would-trigger"]
    if "trail" in needed:
        yield {"trail": HUGE}, [MONEY] if buys else ["price-not-positive"]


def _needs_money(command: PlaceOrder, time: int) -> bool:
    """Whether the far limit is reserved for: not by what ends at once, nor by what fills at the ask."""
    if command.type is not OrderType.LIMIT:
        return True
    ends = command.duration in {DurationType.IOC, DurationType.FOK}
    return not ends and not (command.side is Side.BUY and time == OPEN)


def _at_once(kind: OrderType, duration: DurationType, time: int) -> list[str]:
    if duration not in {DurationType.IOC, DurationType.FOK}:
        return []
    if kind not in {OrderType.MARKET, OrderType.LIMIT}:
        return ["duration-not-allowed"]
    return ["session-closed"] if time == CLOSED else []
