"""Building bars from ticks."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trading_api.models.market.bars import Bar
from trading_api.modules.datafeed.bars.builder import BarBuilder
from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, SECOND
from trading_api.modules.datafeed.tests.history_model import ALL_RESOLUTIONS, SESSIONS, Row, built, markets
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


@pytest.mark.parametrize("name", SESSIONS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_live_bars_equal_history_at_every_resolution(name: str, data: st.DataObject) -> None:
    session = SESSIONS[name]
    prints = data.draw(markets(session, SECOND))
    begun = data.draw(st.integers(0, len(prints)))
    for resolution in data.draw(st.lists(st.sampled_from(ALL_RESOLUTIONS), min_size=5, max_size=5)):
        before = built(session, resolution, SECOND, prints[:begun])
        builder = BarBuilder(session, resolution, _bar(before[-1]) if before else None)
        made: list[Bar] = []
        for time, _, _, _, price, size in prints[begun:]:
            if builder.take(time, Decimal(price), Decimal(size)) and builder.closed is not None:
                made.append(builder.closed)
        made += [builder.current] if builder.current is not None else []
        alone = [(time, price, price, price, price, size) for time, _, _, _, price, size in prints[begun:]]
        expected = built(session, resolution, SECOND, [*prints[:begun], *alone])
        assert made == [_bar(row) for row in expected[len(expected) - len(made) :]]
        assert len(made) >= len(expected) - len(before)


def _bar(row: Row) -> Bar:
    time, opened, high, low, close, volume = row
    return Bar(
        time=time,
        open=Decimal(opened),
        high=Decimal(high),
        low=Decimal(low),
        close=Decimal(close),
        volume=Decimal(volume),
    )
