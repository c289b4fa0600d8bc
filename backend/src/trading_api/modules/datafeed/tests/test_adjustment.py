"""Corporate actions: read from real factor files, and applied to real prices."""

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from trading_api.models.market.bars import Adjustment
from trading_api.modules.datafeed.adjustment import ActionTimeline, CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray, aggregate
from trading_api.modules.datafeed.bars.resolution import DAY_MS, day_stamp
from trading_api.modules.datafeed.formats.factor_file import factor_row, read_factors
from trading_api.modules.datafeed.formats.lean import EQUITY, daily_rows
from trading_api.modules.datafeed.formats.reading import RecordingError
from trading_api.modules.datafeed.tests.small_market import new_york
from trading_api.shared.trading_session import TradingSession

SESSION = TradingSession("0930-1600", "America/New_York", "20140704")
UNIT = Decimal("0.0001")
LAST = new_york(2021, 3, 31, 16)
SEVEN_FOR_ONE = CorporateAction(date(2014, 6, 9), split=Decimal(7))


@cache
def daily(recordings: Path, symbol: str) -> BarColumns:
    rows = daily_rows(recordings / f"lean/equity/usa/daily/{symbol}.zip", EQUITY)
    return BarColumns(*np.array(list(rows), dtype=np.int64).T)


@cache
def timeline(recordings: Path, symbol: str) -> ActionTimeline:
    return ActionTimeline(read_factors(recordings / f"lean/equity/usa/factor_files/{symbol}.csv"), SESSION)


def prices(recordings: Path, symbol: str, adjustment: Adjustment, until: int = LAST) -> dict[date, float]:
    rows = daily(recordings, symbol)
    adjuster = timeline(recordings, symbol).adjuster(adjustment, until, UNIT)
    unit = UNIT if adjuster is None else adjuster.price_unit
    rows = rows if adjuster is None else adjuster.adjusted(rows, daily=True)
    days = [date.fromordinal(719163 + time // DAY_MS) for time in rows.time.tolist()]
    return dict(zip(days, (rows.close * float(unit)).tolist(), strict=True))


def yahoo(recordings: Path, name: str, column: str) -> dict[date, float]:
    with (recordings / "mplfinance" / name).open() as file:
        return {date.fromisoformat(row["Date"]): float(row[column]) for row in csv.DictReader(file)}


def test_splits_are_the_simplest_ratio_that_rounded_factors_allow(recordings: Path) -> None:
    splits = {
        symbol: [(a.ex_date, str(a.split)) for a in timeline(recordings, symbol).actions if a.split != 1]
        for symbol in ("aapl", "ibm", "iwm", "spy")
    }
    assert splits["aapl"] == [
        (date(2000, 6, 21), "2"),
        (date(2005, 2, 28), "2"),
        (date(2014, 6, 9), "7"),
        (date(2020, 8, 31), "4"),
    ]
    assert splits["ibm"] == [(date(1999, 5, 27), "2")]
    assert splits["iwm"] == [(date(2005, 6, 9), "2")]
    assert splits["spy"] == []


def test_a_ratio_that_is_no_simple_fraction_stays_as_it_is(recordings: Path) -> None:
    (action,) = timeline(recordings, "goog").actions
    assert (action.ex_date, action.split) == (date(2015, 4, 27), Decimal("1.002700"))
    assert action.dividend is None


def test_dividends_of_the_factors(recordings: Path) -> None:
    paid = {a.ex_date: a.dividend for a in timeline(recordings, "aapl").actions if a.dividend is not None}
    assert len(paid) == 35
    assert paid[date(2012, 8, 9)] == Decimal("2.65")
    assert paid[date(2014, 8, 7)] == Decimal("0.47")
    assert paid[date(2020, 11, 6)] == Decimal("0.205")


@pytest.mark.parametrize(
    ("symbol", "ex_date"),
    [("aapl", date(2014, 6, 9)), ("aapl", date(2020, 8, 31)), ("aapl", date(2000, 6, 21)),
     ("ibm", date(1999, 5, 27)), ("iwm", date(2005, 6, 9))],
)  # fmt: skip
def test_a_split_is_no_jump(recordings: Path, symbol: str, ex_date: date) -> None:
    def change(adjustment: Adjustment) -> float:
        closes = prices(recordings, symbol, adjustment)
        return closes[ex_date] / closes[max(day for day in closes if day < ex_date)] - 1

    assert change("raw") < -0.4
    assert abs(change("split")) < 0.11


def test_the_only_halving_of_apple_is_the_real_one(recordings: Path) -> None:
    closes = prices(recordings, "aapl", "split")
    days = sorted(closes)
    falls = [day for before, day in pairwise(days) if closes[day] / closes[before] < 0.75]
    assert falls == [date(2000, 9, 29)]


def test_split_adjusted_closes_are_those_of_yahoo(recordings: Path) -> None:
    other = yahoo(recordings, "yahoofinance-AAPL-20040819-20180120.csv", "Close")
    knowing_all = prices(recordings, "aapl", "split")
    as_known_then = prices(recordings, "aapl", "split", new_york(2018, 1, 19, 16))
    common = sorted(other.keys() & knowing_all.keys())
    assert len(common) == 3379
    for closes, factor in ((knowing_all, 4), (as_known_then, 1)):
        off = np.array([abs(closes[day] * factor / other[day] - 1) for day in common])
        assert np.median(off) < 1e-6
        assert off.max() < 0.014


@pytest.mark.parametrize(
    ("symbol", "name", "last"),
    [
        ("aapl", "yahoofinance-AAPL-20040819-20180120.csv", (2018, 1, 19)),
        ("spy", "yahoofinance-SPY-20080101-20180101.csv", (2017, 12, 29)),
    ],
)
def test_total_return_is_that_of_yahoo(
    recordings: Path, symbol: str, name: str, last: tuple[int, int, int]
) -> None:
    other = yahoo(recordings, name, "Adj Close")
    closes = prices(recordings, symbol, "total", new_york(*last, 16))
    common = sorted(other.keys() & closes.keys())
    assert len(common) > 2400
    off = np.array([abs(closes[day] / other[day] - 1) for day in common])
    assert np.median(off) < 2e-3
    assert off.max() < 0.025


def test_nothing_is_known_before_the_day_of_the_action(recordings: Path) -> None:
    found = timeline(recordings, "aapl")
    opening = new_york(2014, 6, 9, 9, 30)
    before = prices(recordings, "aapl", "split", opening - 1)
    after = prices(recordings, "aapl", "split", opening)
    assert (before[date(2014, 6, 6)], before[date(2005, 2, 25)]) == (645.57, 44.485)
    assert after[date(2014, 6, 6)] == pytest.approx(645.57 / 7, abs=1e-8)
    assert after[date(2014, 6, 9)] == 93.70
    assert found.next_effective(opening - 1) == opening
    assert found.effective(opening)[-1] == (opening, found.actions[found.count(opening) - 1])
    assert found.next_effective(LAST) is None


def test_weeks_are_built_from_adjusted_days(recordings: Path) -> None:
    rows = daily(recordings, "aapl")
    adjuster = timeline(recordings, "aapl").adjuster("split", LAST, UNIT)
    assert adjuster is not None
    days = adjuster.adjusted(rows, daily=True)
    mondays = days.time - (days.time // DAY_MS + 3) % 7 * DAY_MS
    weeks = aggregate(days, mondays)
    week = int(np.searchsorted(weeks.time, day_stamp(date(2000, 6, 19))))  # split on Wednesday, the 21st
    assert weeks.high[week] / weeks.low[week] < 1.3
    assert weeks.volume[week] == days.volume[mondays == weeks.time[week]].sum()


def rows_at(*times: int) -> BarColumns:
    same: IntArray = np.full(len(times), 6_455_700, dtype=np.int64)
    return BarColumns(np.array(times, dtype=np.int64), same, same, same, same, same // 10)


def test_rows_within_the_day_change_at_its_opening() -> None:
    opening = new_york(2014, 6, 9, 9, 30)
    adjuster = ActionTimeline([SEVEN_FOR_ONE], SESSION).adjuster("split", LAST, UNIT)
    assert adjuster is not None
    adjusted = adjuster.adjusted(rows_at(opening - 1, opening), daily=False)
    assert (adjusted.close * float(adjuster.price_unit)).tolist() == pytest.approx([645.57 / 7, 645.57])
    assert adjusted.volume.tolist() == [645_570 * 7, 645_570]


def test_an_action_of_a_holiday_begins_with_the_next_trading_day() -> None:
    found = ActionTimeline([CorporateAction(date(2014, 7, 4), Decimal("0.5"))], SESSION)
    assert found.next_effective(0) == new_york(2014, 7, 7, 9, 30)


@pytest.mark.parametrize("adjustment", ["split", "total"])
def test_pieces_are_adjusted_as_the_whole(recordings: Path, adjustment: Adjustment) -> None:
    rows = daily(recordings, "aapl")
    adjuster = timeline(recordings, "aapl").adjuster(adjustment, LAST, UNIT)
    assert adjuster is not None
    whole = adjuster.adjusted(rows, daily=True)
    for start, stop in ((0, 10), (4_000, 4_200), (5_600, len(rows)), (7, 7)):
        piece = adjuster.adjusted(rows.part(start, stop), daily=True)
        assert np.array_equal(piece.close, whole.close[start:stop])
        assert np.array_equal(piece.volume, whole.volume[start:stop])
    assert np.all(whole.low <= whole.open)
    assert np.all(whole.high >= whole.close)


def test_without_an_action_nothing_is_touched() -> None:
    assert ActionTimeline([], SESSION).adjuster("total", LAST, UNIT) is None
    assert ActionTimeline([SEVEN_FOR_ONE], SESSION).adjuster("raw", LAST, UNIT) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("20140606,1,1", "3 columns instead of 4"),
        ("20140631,1,1,1", "'20140631' where a date belongs"),
        ("2014-606,1,1,1", "where a date like"),
        ("20140606,x,1,1", "'x' where a number"),
        ("20140606,NaN,1,1", "'NaN' where a number"),
        ("20140606,1,-1,1", "'-1' where a number"),
        ("20140606,1,0,1", "a factor of 0"),
    ],
)
def test_rows_that_say_nothing(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        factor_row(text)


def test_a_bad_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("20140606,1,1,1\n\n20140606,1,1,1\n")
    with pytest.raises(RecordingError, match=r"x\.csv, line 3: is not later"):
        read_factors(file)
    file.write_text("20140606,1,1,1\n20140607,1\n")
    with pytest.raises(RecordingError, match=r"line 2: has 2 columns"):
        read_factors(file)
    with pytest.raises(RecordingError, match="cannot be read"):
        read_factors(tmp_path / "none.csv")
