"""The real recordings: known facts, nothing of the future, and live bars equal to history."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trading_api.models.market.bars import Bar
from trading_api.models.market.ticks import ClockMoved, Trade
from trading_api.modules.datafeed.adjusted_history import AdjustedHistory
from trading_api.modules.datafeed.bars.builder import BarBuilder
from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray
from trading_api.modules.datafeed.bars.resolution import DAY, DAY_MS, RESOLUTIONS, Resolution, day_stamp
from trading_api.modules.datafeed.bars.window import BarSlice, BarWindow
from trading_api.modules.datafeed.formats import lean
from trading_api.modules.datafeed.providers.base import BookChanged, Instrument, Message
from trading_api.modules.datafeed.providers.replay.minutes import Prints, Tops
from trading_api.modules.datafeed.providers.replay.provider import ReplayProvider
from trading_api.modules.datafeed.providers.replay.recordings import read_recordings
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries
from trading_api.modules.datafeed.streams import current_bar
from trading_api.modules.datafeed.tests.asked import ask, ask_for, timed
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandPacer
from trading_api.modules.datafeed.tests.small_market import new_york
from trading_api.shared.clock import PlaybackClock

END = 4 * 10**12
BETWEEN_LOOKS_MS = 4 * 3_600_000
FIRST_MINUTE = new_york(2013, 10, 4, 9, 30)
SHARES = [("SPY", day) for day in ("20131004", "20131007", "20131008", "20131009", "20131010")] + [
    ("AAPL", day) for day in ("20140605", "20140606", "20140609")
]


class Alone:
    """One recorded series as a source of bars."""

    def __init__(self, series: RecordedSeries) -> None:
        self._series = series

    def first(self, ticker: str, base: Resolution) -> int | None:
        return self._series.first(base)

    def last(self, ticker: str, base: Resolution) -> int | None:
        return None

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        return self._series.rows(base, start, stop, until)


def bars_of(series: RecordedSeries, resolution: str, window: BarWindow, until: int) -> BarSlice:
    return ask(Alone(series), series.instrument, resolution, window, until)


def all_bars(series: RecordedSeries, resolution: str, until: int = END) -> list[Bar]:
    return series.instrument.bars(bars_of(series, resolution, BarWindow(END, END, 5_000), until).bars)


def daily_row(path: Path, family: lean.Format, digits: str) -> list[Decimal]:
    day = day_stamp(lean.file_day(digits))
    row = next(row for row in lean.daily_rows(path, family) if row[0] == day)
    prices = [Decimal(price).scaleb(-family.price_places) for price in row[1:5]]
    return [*prices, Decimal(row[5]).scaleb(0 if family is lean.EQUITY else -8)]


def test_the_first_bar_is_the_first_regular_minute(recorded: dict[str, RecordedSeries]) -> None:
    first = all_bars(recorded["SPY"], "1")[0]
    assert first.time == FIRST_MINUTE
    assert [str(n) for n in (first.open, first.high, first.low, first.close, first.volume)] == [
        "167.74", "167.82", "167.67", "167.77", "633958",
    ]  # fmt: skip
    assert len(all_bars(recorded["SPY"], "1")) == 5 * 390
    assert [bar.time for bar in all_bars(recorded["SPY"], "60")][:2] == [
        FIRST_MINUTE,
        FIRST_MINUTE + 3_600_000,
    ]
    assert len(all_bars(recorded["SPY"], "60")) == 5 * 7


@pytest.mark.parametrize(("ticker", "day"), SHARES)
def test_minutes_give_the_daily_volume_open_and_close(
    recorded: dict[str, RecordedSeries], recordings: Path, ticker: str, day: str
) -> None:
    path = recordings / f"lean/equity/usa/daily/{ticker.lower()}.zip"
    expected = daily_row(path, lean.EQUITY, day)
    built = next(b for b in all_bars(recorded[ticker], "1D") if b.time == day_stamp(lean.file_day(day)))
    assert [built.open, built.close, built.volume] == [expected[0], expected[3], expected[4]]
    assert abs(built.high - expected[1]) <= Decimal("0.02")
    assert abs(built.low - expected[2]) <= Decimal("0.02")


@pytest.mark.parametrize("day", ["20161007", "20170903", "20180405"])
def test_coinbase_minutes_give_the_daily_bar(
    recorded: dict[str, RecordedSeries], recordings: Path, day: str
) -> None:
    expected = daily_row(recordings / "lean/crypto/coinbase/daily/btcusd_trade.zip", lean.CRYPTO, day)
    built = next(b for b in all_bars(recorded["BTC-USD"], "1D") if b.time == day_stamp(lean.file_day(day)))
    assert [built.open, built.high, built.low, built.close, built.volume] == expected


def test_the_last_best_prices_of_binance(recorded: dict[str, RecordedSeries]) -> None:
    series = recorded["BTCUSDT"]
    last = series.quote(END)
    assert last is not None
    assert f"{last.bid} {last.ask}" == "61685.99 61686.00"
    assert bool(np.all(np.diff(series.times) >= 0))
    assert (int(np.sum(series.kinds == 1)), int(np.sum(series.kinds == 0))) == (9_757, 28_040)
    info = series.instrument.info
    assert (info.currency_code, info.trading.currency) == ("USDT", "USD")
    assert "at par" in info.description


@pytest.mark.parametrize("ticker", ["AAPL", "IBM", "SPY", "BTC-USD", "BTCUSDT"])
def test_symbol_info_names_exchange_session_and_tick(
    recorded: dict[str, RecordedSeries], ticker: str
) -> None:
    info = recorded[ticker].instrument.info
    assert info.data_kind == "replayed"
    assert info.trading.tick_size == Decimal("0.01")
    assert info.session == ("24x7" if info.type == "crypto" else "0930-1600")


def truncated(series: RecordedSeries, moment: int) -> RecordedSeries:
    """The same recording if the recorder had stopped at `moment`."""
    prints, tops, daily = series._prints, series._tops, series._daily
    trades = int(np.searchsorted(prints.time, moment, side="right"))
    quotes = int(np.searchsorted(tops.time, moment, side="right"))
    days = int(np.searchsorted(daily.time, moment - DAY_MS // 2, side="right"))
    return RecordedSeries(
        series.instrument,
        Prints(*(getattr(prints, name)[:trades] for name in ("time", "price", "size", "side"))),
        Tops(*(getattr(tops, name)[:quotes] for name in ("time", "bid", "ask", "bid_size", "ask_size"))),
        daily.part(0, days),
        _order_until(series, moment),
        series._book,
        series._book_times[: int(np.searchsorted(series._book_times, moment, side="right"))],
    )


def _order_until(series: RecordedSeries, moment: int) -> IntArray:
    kept = int(np.searchsorted(series.times, moment, side="right"))
    return np.column_stack([series.kinds, series.places])[:kept]


def rows(bars: BarColumns) -> list[list[int]]:
    columns = (bars.time, bars.open, bars.high, bars.low, bars.close, bars.volume)
    return np.column_stack(columns).tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("ticker", ["AAPL", "IBM", "SPY", "BTC-USD", "BTCUSDT"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_comes_later_changes_nothing(
    recorded: dict[str, RecordedSeries], ticker: str, data: st.DataObject
) -> None:
    series = recorded[ticker]
    event = data.draw(st.integers(0, len(series.times) - 1))
    moment = int(series.times[event]) + data.draw(st.sampled_from([-1, 0, 1, 30_000, DAY_MS, 40 * DAY_MS]))
    known = truncated(series, moment)
    assert series.quote(moment) == known.quote(moment)
    assert series.trade(moment) == known.trade(moment)
    assert series.book(moment, 20) == known.book(moment, 20)
    for resolution in RESOLUTIONS:
        window = BarWindow(moment - DAY_MS, moment + 10 * DAY_MS, data.draw(st.integers(0, 300)))
        seen, expected = (bars_of(one, str(resolution), window, moment) for one in (series, known))
        assert rows(seen.bars) == rows(expected.bars)
        assert seen.previous == expected.previous
        assert all(time <= moment for time in seen.bars.time.tolist())


def is_within_days(resolution: Resolution) -> bool:
    """Weeks are compared only while they run: days of which just the daily row is known come later."""
    return resolution == DAY or resolution.base != DAY


class Watcher:
    """Builds live bars of everything and compares the running ones with history now and then."""

    def __init__(self, provider: ReplayProvider) -> None:
        self.provider = provider
        self.instruments = {found.ticker: found for found in provider.instruments()}
        self.builders = {
            (ticker, resolution): self._begin(found, resolution)
            for ticker, found in self.instruments.items()
            for resolution in RESOLUTIONS
        }
        self.day = 0
        self.stale: set[str] = set()
        self.known_until = dict.fromkeys(self.instruments, 0)
        self.built: dict[tuple[str, Resolution], dict[int, Bar]] = {key: {} for key in self.builders}
        self.compared = 0
        self.fresh: set[str] = set()

    def __call__(self, emitted: Message) -> None:
        if isinstance(emitted, BookChanged):
            return
        message = timed(emitted)
        if isinstance(message, ClockMoved):
            self._clock_moved(message.time)
            return
        assert isinstance(message, Trade) or message.bid <= message.ask
        instrument = self.instruments[message.symbol]
        price = instrument.price_of(message)
        if price is not None:
            if message.symbol in self.stale:
                self._begin_day(message.symbol)
            self.fresh.add(message.symbol)
            self._build(message.symbol, message.time, price, instrument.volume_of(message))

    def _build(self, symbol: str, time: int, price: Decimal, volume: Decimal | None) -> None:
        for resolution in RESOLUTIONS:
            if resolution.base == DAY and time <= self.known_until[symbol]:
                continue
            builder = self.builders[symbol, resolution]
            if builder.take(time, price, volume) and builder.closed is not None:
                self.built[symbol, resolution][builder.closed.time] = builder.closed

    def _clock_moved(self, time: int) -> None:
        if time // DAY_MS != self.day:
            self.day, self.stale = time // DAY_MS, set(self.instruments)
        elif time % BETWEEN_LOOKS_MS == 0:
            self.compare(time)

    def _begin(self, instrument: Instrument, resolution: Resolution) -> BarBuilder:
        return BarBuilder(
            instrument.session,
            resolution,
            current_bar(AdjustedHistory(self.provider), instrument, resolution, "raw"),
        )

    def _begin_day(self, ticker: str) -> None:
        """Days that were not recorded tick by tick come into view: what is built of days begins anew."""
        self.stale.discard(ticker)
        self.known_until[ticker] = self.provider.position()
        for resolution in RESOLUTIONS:
            if resolution.base != DAY:
                continue
            built, last = self.built[ticker, resolution], self.builders[ticker, resolution].current
            if last is not None and ticker in self.fresh:
                built[last.time] = last
            builder = self._begin(self.instruments[ticker], resolution)
            self.builders[ticker, resolution] = builder
            if builder.current is not None and builder.current.time in built:
                built[builder.current.time] = builder.current

    def compare(self, until: int) -> None:
        """What was built, of the symbols that have moved, is what history says at `until`."""
        for ticker in self.fresh & self.stale:
            self._begin_day(ticker)
        for (ticker, resolution), built in self.built.items():
            if ticker not in self.fresh:
                continue
            running = self.builders[ticker, resolution].current
            if running is not None:
                built[running.time] = running
            window = BarWindow(END, END, 3 if is_within_days(resolution) else 1)
            found = ask_for(self.provider, ticker, str(resolution), window, until)
            recent = self.instruments[ticker].bars(found.bars)
            shared = [bar for bar in recent if bar.time in built]
            assert shared == [built[bar.time] for bar in shared]
            self.compared += len(shared)
        self.fresh.clear()


async def test_live_bars_equal_history_at_every_resolution(recordings: Path, tmp_path: Path) -> None:
    provider = ReplayProvider(
        lambda: read_recordings(recordings), tmp_path, PlaybackClock(), HandPacer(100), speed=Decimal(0)
    )
    provider.load()
    assert provider.replay.state().time == FIRST_MINUTE
    watcher = Watcher(provider)
    with pytest.raises(EndOfTest):
        await provider.run(watcher)
    assert provider.replay.state().finished
    watcher.compare(provider.position())
    assert watcher.compared > 1_000
    assert len({ticker for (ticker, _), built in watcher.built.items() if built}) >= 13
    within_days = {key: built for key, built in watcher.built.items() if built and is_within_days(key[1])}
    for (ticker, resolution), built in within_days.items():
        bars = ask_for(provider, ticker, str(resolution), BarWindow(min(built), END), provider.position())
        history = [bar for bar in watcher.instruments[ticker].bars(bars.bars) if bar.time in built]
        assert len(history) >= min(len(built), 5_000)
        assert history == [built[bar.time] for bar in history]
