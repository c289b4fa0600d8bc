"""Building bars from ticks."""

from datetime import UTC, datetime
from decimal import Decimal

from trading_api.models.market.bars import Bar
from trading_api.modules.datafeed.bars.builder import BarBuilder
from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE
from trading_api.shared.trading_session import TradingSession

ALWAYS = TradingSession("24x7", "Etc/UTC")
MINUTE_MS = 60_000


def test_a_later_period_closes_the_bar_and_leaves_it_as_it_was() -> None:
    builder = BarBuilder(ALWAYS, MINUTE)
    builder.add(0, Decimal(5), Decimal(1))
    builder.add(1_000, Decimal(7), Decimal(2))
    closed = builder.add(59_999, Decimal(6), Decimal(3))
    opened = builder.add(MINUTE_MS, Decimal(9), Decimal(4))
    assert closed == Bar(
        time=0, open=Decimal(5), high=Decimal(7), low=Decimal(5), close=Decimal(6), volume=Decimal(6)
    )
    assert opened is not None
    assert (opened.time, opened.open, opened.volume) == (MINUTE_MS, Decimal(9), Decimal(4))


def test_it_continues_the_bar_that_history_has() -> None:
    known = Bar(time=0, open=Decimal(5), high=Decimal(8), low=Decimal(4), close=Decimal(6), volume=Decimal(9))
    bar = BarBuilder(ALWAYS, MINUTE, known).add(30_000, Decimal(3), Decimal(1))
    assert bar == Bar(
        time=0, open=Decimal(5), high=Decimal(8), low=Decimal(3), close=Decimal(3), volume=Decimal(10)
    )


def test_without_volume_there_is_none() -> None:
    bar = BarBuilder(ALWAYS, DAY).add(0, Decimal(5), None)
    assert bar is not None
    assert bar.volume is None


def test_a_print_outside_the_session_belongs_to_no_bar() -> None:
    builder = BarBuilder(TradingSession("0930-1600", "America/New_York"), MINUTE)
    evening = int(datetime(2013, 10, 4, 21, tzinfo=UTC).timestamp()) * 1000
    assert builder.add(evening, Decimal(5), Decimal(1)) is None
    assert builder.current is None
