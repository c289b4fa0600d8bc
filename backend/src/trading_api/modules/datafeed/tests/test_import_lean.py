"""Lean's folders: what is known of the recorded files comes out of importing them."""

import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pytest

from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray, aggregate, of_prints
from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, MINUTE_MS, SECOND, day_stamp
from trading_api.modules.datafeed.importing.imported import ImportedActions, ImportedBars, ImportedTicks
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.store.tables import Side
from trading_api.modules.datafeed.tests.import_files import (
    all_imported,
    bars_of_file,
    imported,
    ticks_of_file,
    write,
)
from trading_api.modules.datafeed.tests.small_market import write_zip

NEW_YORK = ZoneInfo("America/New_York")
COINBASE = Path("lean/crypto/coinbase")
SHARES = Path("lean/equity/usa")


def minutes_of(bars: BarColumns) -> BarColumns:
    return aggregate(bars, bars.time // MINUTE_MS * MINUTE_MS)


def same_prices(first: BarColumns, second: BarColumns) -> npt.NDArray[np.bool_]:
    """Which rows of two equally long sets of bars have the same time and prices."""
    names = ("time", "open", "high", "low", "close")
    same: npt.NDArray[np.bool_] = np.all(
        [getattr(first, name) == getattr(second, name) for name in names], axis=0
    )
    return same


def at(day: date, hour: int, minute: int) -> int:
    return int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=NEW_YORK).timestamp()) * 1000


@pytest.mark.parametrize(("day", "rows"), [(7, 1419), (8, 1400), (9, 1397)])
def test_seconds_of_coinbase_are_its_minutes(recordings: Path, day: int, rows: int) -> None:
    name = f"btcusd/2016100{day}_trade.zip"
    seconds = bars_of_file("lean", recordings / COINBASE / "second" / name)
    minutes = bars_of_file("lean", recordings / COINBASE / "minute" / name)
    assert (seconds.base, minutes.base, len(minutes.bars)) == (SECOND, MINUTE, rows)
    assert seconds.symbol.key == minutes.symbol.key == "COINBASE:BTC-USD"
    built = minutes_of(seconds.bars)
    assert same_prices(built, minutes.bars).all()
    assert (built.volume == minutes.bars.volume).all()


@pytest.mark.parametrize("day", [date(2016, 10, 7), date(2017, 9, 3), date(2018, 4, 5)])
def test_minutes_of_coinbase_are_its_day(recordings: Path, day: date) -> None:
    minutes = bars_of_file("lean", recordings / COINBASE / f"minute/btcusd/{day:%Y%m%d}_trade.zip").bars
    daily = bars_of_file("lean", recordings / COINBASE / "daily/btcusd_trade.zip")
    assert (daily.base, daily.symbol.price_places, daily.symbol.size_places) == (DAY, 2, 8)
    row = int(np.searchsorted(daily.bars.time, day_stamp(day)))
    whole = aggregate(minutes, np.full(len(minutes), day_stamp(day), dtype=np.int64))
    assert same_prices(whole, daily.bars.part(row, row + 1)).all()
    assert whole.volume[0] == daily.bars.volume[row]
    if day == date(2016, 10, 7):
        assert [int(column[0]) for column in (whole.open, whole.high, whole.low, whole.close)] == [
            61178,
            61870,
            60989,
            61798,
        ]
        assert int(whole.volume[0]) == 511_998_889_954


def test_seconds_of_spy_are_its_minutes_but_for_late_volume(recordings: Path) -> None:
    seconds = bars_of_file("lean", recordings / SHARES / "second/spy/20131008_trade.zip")
    minutes = bars_of_file("lean", recordings / SHARES / "minute/spy/20131008_trade.zip")
    assert seconds.symbol.key == "ARCA:SPY"
    built = minutes_of(seconds.bars)
    assert len(built) == len(minutes.bars) == 828
    assert same_prices(built, minutes.bars).all()
    assert np.count_nonzero(built.volume == minutes.bars.volume) == 795
    assert int(minutes.bars.time[0]) == at(date(2013, 10, 8), 4, 0)


@pytest.mark.parametrize("symbol", ["aapl", "spy"])
def test_regular_minutes_sum_up_to_the_daily_volume(recordings: Path, symbol: str) -> None:
    daily = bars_of_file("lean", recordings / SHARES / f"daily/{symbol}.zip").bars
    checked = 0
    for path in sorted((recordings / SHARES / "minute" / symbol).glob("*_trade.zip")):
        day = date.fromisoformat(path.name[:8])
        bars = bars_of_file("lean", path).bars
        regular = (bars.time >= at(day, 9, 30)) & (bars.time < at(day, 16, 0))
        kept = bars.take(np.flatnonzero(regular))
        row = int(np.searchsorted(daily.time, day_stamp(day)))
        assert len(kept) == 390
        assert int(kept.volume.sum()) == int(daily.volume[row])
        assert (int(kept.open[0]), int(kept.close[-1])) == (int(daily.open[row]), int(daily.close[row]))
        assert abs(int(kept.high.max()) - int(daily.high[row])) <= 200
        assert abs(int(kept.low.min()) - int(daily.low[row])) <= 200
        checked += 1
    assert checked == {"aapl": 3, "spy": 5}[symbol]


def test_ticks_of_ibm_are_its_minutes_but_for_filtered_prints(recordings: Path) -> None:
    ticks = ticks_of_file("lean", recordings / SHARES / "tick/ibm/20131008_trade.zip").trades
    minutes = bars_of_file("lean", recordings / SHARES / "minute/ibm/20131008_trade.zip").bars
    assert ticks is not None
    assert len(ticks) == 33381
    built = minutes_of(of_prints(ticks.time, ticks.price, ticks.size))
    assert len(built) == len(minutes) == 424
    other = built.time[built.volume != minutes.volume].tolist()
    assert other == [at(date(2013, 10, 8), *when) for when in ((9, 30), (9, 31), (15, 59), (16, 0))]
    assert np.count_nonzero(same_prices(built, minutes)) == 229


def test_ticks_give_bars_of_seconds_where_there_is_no_such_file(recordings: Path) -> None:
    parts = imported("lean", recordings / SHARES / "tick/ibm/20131008_trade.zip")
    ticks, bars = parts
    assert isinstance(ticks, ImportedTicks)
    assert isinstance(bars, ImportedBars)
    assert (bars.base, bars.note) == (SECOND, "bars of 1S built from the ticks")
    assert ticks.trades is not None
    assert int(bars.bars.volume.sum()) == int(ticks.trades.size.sum())


def test_quotes_of_ibm_tell_both_sides_and_never_cross(recordings: Path) -> None:
    found = ticks_of_file("lean", recordings / SHARES / "tick/ibm/20131008_quote.zip")
    quotes = found.quotes
    assert quotes is not None
    assert found.note == "79 moments with the bid above the ask are left out"
    assert (quotes.bid > 0).all()
    assert (quotes.bid <= quotes.ask).all()
    assert (np.diff(quotes.time) >= 0).all()
    minutes = bars_of_file("lean", recordings / SHARES / "minute/ibm/20131008_quote.zip", side=Side.ASK).bars
    regular = (minutes.time >= at(date(2013, 10, 8), 9, 31)) & (minutes.time < at(date(2013, 10, 8), 15, 59))
    last = np.searchsorted(quotes.time, minutes.time[regular] + MINUTE_MS) - 1
    assert np.mean(quotes.ask[last] == minutes.close[regular]) > 0.95


def test_adjusted_days_of_apple_are_those_of_another_vendor(recordings: Path) -> None:
    daily = bars_of_file("lean", recordings / SHARES / "daily/aapl.zip")
    (actions,) = imported("lean", recordings / SHARES / "factor_files/aapl.csv")
    assert isinstance(actions, ImportedActions)
    assert daily.symbol == actions.symbol
    yahoo = bars_of_file("csv", recordings / "mplfinance/yahoofinance-AAPL-20040819-20180120.csv").bars
    common, rows, others = np.intersect1d(daily.bars.time, yahoo.time, return_indices=True)
    assert len(common) == 3379
    factors = np.ones(len(common))
    for action in actions.actions:
        if action.ex_date < date(2018, 1, 20):
            factors[common < day_stamp(action.ex_date)] /= float(action.split)
    ours = daily.bars.close[rows] / 10_000 * factors
    difference = np.abs(ours / (yahoo.close[others] / 1_000_000) - 1)
    assert float(np.median(difference)) < 1e-6
    assert float(np.max(difference)) < 0.0135


def test_splits_and_dividends_of_apple(recordings: Path) -> None:
    (found,) = imported("lean", recordings / SHARES / "factor_files/aapl.csv")
    assert isinstance(found, ImportedActions)
    splits = {action.ex_date: action.split for action in found.actions if action.split != 1}
    assert splits == {
        date(2000, 6, 21): 2,
        date(2005, 2, 28): 2,
        date(2014, 6, 9): 7,
        date(2020, 8, 31): 4,
    }


def test_days_of_others_who_had_the_ticker_are_left_out(recordings: Path) -> None:
    found = bars_of_file("lean", recordings / SHARES / "daily/goog.zip")
    assert found.symbol.key == "NASDAQ:GOOG"
    assert int(found.bars.time[0]) == day_stamp(date(2014, 4, 3))
    assert len(found.bars) + 2422 == 4183
    assert found.note == (
        "2422 rows are of others who had the ticker (it is GOOG since 2014-04-03) and left out"
    )


def test_a_week_of_forex_has_bids_asks_and_no_volume(recordings: Path) -> None:
    folder = recordings / "lean/forex/oanda/minute/eurusd"
    parts = [part for part in all_imported("lean", folder) if isinstance(part, ImportedBars)]
    by_side = {side: [part for part in parts if part.side is side] for side in Side}
    assert [len(group) for group in by_side.values()] == [9, 9, 9]
    assert parts[0].symbol.key == "OANDA:EURUSD"
    assert (parts[0].symbol.has_trades, parts[0].symbol.has_volume) == (False, False)
    assert (parts[0].symbol.currency, parts[0].symbol.price_places) == ("USD", 5)
    for bars, bids, asks in zip(*by_side.values(), strict=True):
        assert same_prices(bars.bars, bids.bars).all()
        assert not bars.bars.volume.any()
        assert (bids.bars.close < asks.bars.close).all()
    times = np.concatenate([part.bars.time for part in by_side[Side.TRADE]])
    friday = datetime(2014, 5, 2, 20, 59, tzinfo=UTC).timestamp()
    sunday = datetime(2014, 5, 4, 21, 0, tzinfo=UTC).timestamp()
    gap = int(np.argmax(np.diff(times)))
    assert times[gap : gap + 2].tolist() == [friday * 1000, sunday * 1000]


def test_ticks_of_forex(recordings: Path) -> None:
    quotes = ticks_of_file("lean", recordings / "lean/forex/oanda/tick/eurusd/20140507_quote.zip").quotes
    assert quotes is not None
    assert (len(quotes), int(quotes.bid[0]), int(quotes.ask[0])) == (41367, 139_286, 139_298)


def test_expiries_of_a_future_are_symbols_of_their_own(recordings: Path) -> None:
    folder = recordings / "lean/future/cme/minute/es"
    trades = [
        part for part in imported("lean", folder / "20131007_trade.zip") if isinstance(part, ImportedBars)
    ]
    assert [part.symbol.key for part in trades] == ["CME:ESZ2013", "CME:ESH2014", "CME:ESM2014"]
    assert sum(len(part.bars) for part in trades) == 1671
    front = trades[0]
    assert (front.symbol.type, front.symbol.tick_size) == ("futures", Decimal("0.25"))
    assert (int(front.bars.close[0]), front.symbol.price_places) == (167_650, 2)
    assert int(front.bars.time[0]) == day_stamp(date(2013, 10, 7))


def test_a_side_that_is_absent_gives_no_bar_and_no_volume_is_a_bar(recordings: Path) -> None:
    folder = recordings / "lean/future/cme/minute/es"
    without_volume = lacking = 0
    crossed: list[int] = []
    for path in sorted(folder.glob("*.zip")):
        sides: dict[tuple[str, Side], IntArray] = {}
        for part in imported("lean", path):
            assert isinstance(part, ImportedBars)
            assert (part.bars.low > 0).all()
            if part.side is Side.TRADE:
                without_volume += int(np.count_nonzero(part.bars.volume == 0))
            sides[part.symbol.ticker, part.side] = np.column_stack([part.bars.time, part.bars.close])
        for ticker, side in sides:
            if side is Side.BID:
                bids, asks = sides[ticker, Side.BID], sides[ticker, Side.ASK]
                lacking += len(set(bids[:, 0].tolist()) ^ set(asks[:, 0].tolist()))
                common, left, right = np.intersect1d(bids[:, 0], asks[:, 0], return_indices=True)
                crossed += common[bids[left, 1] > asks[right, 1]].tolist()
    assert without_volume > 0
    assert lacking > 0
    for time in crossed:
        clock = datetime.fromtimestamp(time / 1000, ZoneInfo("UTC")).strftime("%H:%M")
        assert "20:29" <= clock <= "21:54"
    assert len(crossed) <= 3


def test_every_recorded_file_is_imported(recordings: Path) -> None:
    parts = list(all_imported("lean", recordings / "lean"))
    keys = {part.symbol.key for part in parts}
    assert {"NASDAQ:AAPL", "NYSE:IBM", "ARCA:IWM", "COINBASE:BTC-USD", "OANDA:EURUSD", "CME:ESZ2014"} <= keys
    assert all(part.symbol.price_places == 4 for part in parts if part.symbol.calendar == "XNYS")


def test_local_times_follow_the_clocks_of_the_day(tmp_path: Path) -> None:
    folder = tmp_path / "equity/usa/minute/spy"
    for day in ("20131101", "20131104"):
        write_zip(folder / f"{day}_trade.zip", "34200000,10000,10000,10000,10000,5\n")
    found = [part for part in all_imported("lean", tmp_path) if isinstance(part, ImportedBars)]
    assert [int(part.bars.time[0]) for part in found] == [
        at(date(2013, 11, 1), 9, 30),
        at(date(2013, 11, 4), 9, 30),
    ]
    between = timedelta(milliseconds=int(found[1].bars.time[0] - found[0].bars.time[0]))
    assert between == timedelta(days=3, hours=1)
    assert found[0].symbol.key == "USA:SPY"


def test_a_ticker_that_changed_hands_twice(tmp_path: Path) -> None:
    market = tmp_path / "equity/usa"
    write(market / "map_files/qqq.csv", "19990310,qqq,Q\n20041130,qqq,Q\n20110322,qqqq,Q\n20501231,qqq,Q\n")
    days = ["20041130", "20041201", "20110322", "20110323"]
    write_zip(market / "daily/qqq.zip", "".join(f"{day} 00:00,10,10,10,10,5\n" for day in days))
    found = bars_of_file("lean", market / "daily/qqq.zip")
    assert found.bars.time.tolist() == [day_stamp(date(2004, 11, 30)), day_stamp(date(2011, 3, 23))]


def test_what_is_told_outranks_what_the_folder_says(tmp_path: Path) -> None:
    path = tmp_path / "crypto/bybit/daily/dogeusdt_trade.zip"
    write_zip(path, "20211001 00:00,0.2,0.3,0.1,0.25,1.5\n")
    plain = bars_of_file("lean", path)
    assert (plain.symbol.key, plain.symbol.currency, plain.symbol.calendar) == (
        "BYBIT:DOGE-USDT",
        "USDT",
        "24x7",
    )
    told = bars_of_file("lean", path, ImportOptions(symbol="MY:DOGE", description="Much", currency="USD"))
    assert (told.symbol.key, told.symbol.description, told.symbol.currency) == ("MY:DOGE", "Much", "USD")
    write_zip(tmp_path / "cryptofuture/bybit/minute/btcusdt/20221213_trade.zip", "0,1,2,1,2,1\n")
    perpetual = bars_of_file("lean", tmp_path / "cryptofuture/bybit/minute/btcusdt/20221213_trade.zip")
    assert perpetual.symbol.key == "BYBIT:BTCUSDT.P"


def test_an_archive_of_one_expiry_is_named_by_it(tmp_path: Path) -> None:
    path = tmp_path / "future/nymex/minute/cl/20131008_trade.zip"
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("20131008_cl_minute_trade_20131120.csv", "0,103.5,103.5,103.25,103.5,7\n")
    found = bars_of_file("lean", path)
    assert (found.symbol.key, found.symbol.tick_size) == ("NYMEX:CLX2013", Decimal("0.01"))
