"""Why something happened to an order: the rule, and what the market showed when it was applied."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from trading_api.models.market.ticks import Bar, Depth, Quote, Tick, Trade


class Rule(StrEnum):
    """The rules of the engine by which an order changes."""

    CHECKS_PASSED = "checks-passed"
    PARENT_FILLED = "parent-filled"
    MARKET_TAKES_QUOTE = "market-takes-quote"
    LIMIT_REACHED = "limit-reached"
    STOP_REACHED = "stop-reached"
    TRAIL_FOLLOWED = "trail-followed"
    GUARANTEED_PRICE = "guaranteed-price"
    MODIFIED = "modified"
    POSITION_RESIZED = "position-resized"
    CANCELED_BY_USER = "canceled-by-user"
    PARENT_ENDED = "parent-ended"
    BRACKETS_REPLACED = "brackets-replaced"
    POSITION_CLOSED = "position-closed"
    DURATION_ENDED = "duration-ended"
    REST_NOT_FILLED = "rest-not-filled"
    NOT_ALL_AT_ONCE = "not-all-at-once"
    BUYING_POWER_GONE = "buying-power-gone"
    TRADING_HALTED = "trading-halted"
    LIQUIDATION = "liquidation"
    ACCOUNT_RESET = "account-reset"
    EXECUTED_FOR_DEBUGGING = "executed-for-debugging"


@dataclass(frozen=True, slots=True)
class Cause:
    """The rule, and the quote or trade that decided, with its own event time; None where no price did."""

    rule: Rule
    seen_time: int | None = None
    bid: Decimal | None = None
    ask: Decimal | None = None
    bid_size: Decimal | None = None
    ask_size: Decimal | None = None
    last: Decimal | None = None
    last_size: Decimal | None = None
    note: str | None = None
    """Details as `key=value`."""

    @property
    def sight(self) -> "Sight":
        """What was seen, to tell one quote from another."""
        return (self.seen_time, self.bid, self.ask, self.bid_size, self.ask_size)


Sight = tuple[int | None, Decimal | None, Decimal | None, Decimal | None, Decimal | None]
"""Time, bid, ask and the sizes of a quote."""


def because(rule: Rule, tick: Tick | None = None, note: str | None = None) -> Cause:
    """The cause with what `tick` showed: of a book its top, of a bar its close."""
    match tick:
        case Depth():
            return because(rule, tick.best, note)
        case Bar():
            return Cause(rule, tick.time, last=tick.close, note=note)
        case Quote():
            return Cause(rule, tick.time, tick.bid, tick.ask, tick.bid_size, tick.ask_size, note=note)
        case Trade():
            return Cause(rule, tick.time, last=tick.price, last_size=tick.size, note=note)
        case None:
            return Cause(rule, note=note)
