"""What is checked of how long an order is to work."""

from collections.abc import Iterator

from trading_api.models.broker.orders import DurationType, OrderType
from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.refusals import CheckFailure, RefusalCode
from trading_api.modules.broker.engine.symbol_book import AT_ONCE

FILLS_AT_ONCE = frozenset({OrderType.MARKET, OrderType.LIMIT})


def check_duration(command: PlaceOrder, instrument: Instrument, market: Market) -> Iterator[CheckFailure]:
    """A gtd order has an end, which is to come; an ioc or fok order is no stop, and the session is open."""
    yield from _check_end(command, market)
    if command.duration not in AT_ONCE:
        return
    if command.type not in FILLS_AT_ONCE:
        message = f"duration={command.duration} is for market and limit orders, not for type={command.type}"
        yield CheckFailure("duration", RefusalCode.DURATION_NOT_ALLOWED, message, command.duration.value)
    elif not instrument.session.is_open(market.time):
        opening = instrument.session.next_open(market.time)
        message = f"duration={command.duration} cannot wait until the session opens at time={opening}"
        yield CheckFailure("duration", RefusalCode.SESSION_CLOSED, message, command.duration.value)


def _check_end(command: PlaceOrder, market: Market) -> Iterator[CheckFailure]:
    end = command.gtd_time
    if command.duration is not DurationType.GTD:
        if end is not None:
            message = f"duration={command.duration} takes no datetime={end}"
            yield CheckFailure("duration", RefusalCode.DURATION_END_NOT_ALLOWED, message, str(end))
    elif end is None:
        yield CheckFailure("duration", RefusalCode.DURATION_END_MISSING, "duration=gtd needs a datetime")
    elif end <= market.time:
        message = f"datetime={end} must be after the market's time={market.time}"
        yield CheckFailure("duration", RefusalCode.DURATION_END_PAST, message, str(end))
