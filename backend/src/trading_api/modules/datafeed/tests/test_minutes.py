"""Minute bars played as moments give the same minute bars again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trading_api.modules.datafeed.bars.columns import aggregate, of_prints
from trading_api.modules.datafeed.providers.replay.minutes import play_bars

PRICES = st.lists(st.integers(1, 60), min_size=4, max_size=4)


def bar(path: list[int]) -> list[int]:
    return [path[0], max(path), min(path), path[-1]]


@st.composite
def minutes(draw: st.DrawFn) -> tuple[list[list[int]], list[list[int]]]:
    """Trades and quotes of up to five minutes; at every moment the bid is at most the ask."""
    trades, quotes = [], []
    for start in range(0, 5 * 60_000, 60_000):
        if draw(st.booleans()):
            trades.append([start, *bar(draw(PRICES)), draw(st.integers(4, 1_000))])
        if draw(st.booleans()):
            bids = draw(PRICES)
            asks = [bid + draw(st.integers(0, 5)) for bid in bids]
            quotes.append([start, *bar(bids), 7, *bar(asks), 9])
    return trades, quotes


@given(minutes())
def test_prints_give_the_bars_again_and_quotes_never_cross(
    rows: tuple[list[list[int]], list[list[int]]],
) -> None:
    trades = np.array(rows[0], dtype=np.int64).reshape(-1, 6)
    quotes = np.array(rows[1], dtype=np.int64).reshape(-1, 11)
    prints, tops = play_bars(trades, quotes)
    built = aggregate(of_prints(prints.time, prints.price, prints.size), prints.time // 60_000 * 60_000)
    columns = (built.time, built.open, built.high, built.low, built.close, built.volume)
    assert np.column_stack(columns).reshape(-1, 6).tolist() == trades.tolist()
    assert len(tops.time) == 4 * len(quotes)
    assert bool(np.all(tops.bid <= tops.ask))
    for side, first in ((tops.bid, 1), (tops.ask, 6)):
        grouped = side.reshape(-1, 4)
        assert grouped.max(axis=1, initial=0).tolist() == quotes[:, first + 1].tolist()
        assert grouped[:, 0].tolist() == quotes[:, first].tolist()
        assert grouped[:, 3].tolist() == quotes[:, first + 3].tolist()


def test_the_nearer_extreme_comes_first_and_is_decided_by_the_trades() -> None:
    trades = np.array([[0, 100, 130, 90, 95, 8]], dtype=np.int64)
    quotes = np.array([[0, 100, 101, 80, 95, 1, 102, 103, 82, 97, 1]], dtype=np.int64)
    prints, tops = play_bars(trades, quotes)
    assert prints.price.tolist() == [100, 90, 130, 95]
    assert tops.bid.tolist() == [100, 80, 101, 95]
    alone = play_bars(trades[:0], quotes)[1]
    assert alone.bid.tolist() == [100, 101, 80, 95]


def test_small_volumes_stay_exact() -> None:
    trades = np.array([[0, 100, 100, 100, 100, 3], [60_000, 100, 120, 90, 110, 2]], dtype=np.int64)
    prints, _ = play_bars(trades, np.zeros((0, 11), dtype=np.int64))
    assert prints.time.tolist() == [59_999, 60_000, 80_000, 100_000, 119_999]
    assert prints.size.tolist() == [3, 0, 0, 0, 2]


def test_a_crossed_moment_is_left_out() -> None:
    quotes = np.array([[0, 100, 105, 100, 105, 1, 102, 103, 101, 103, 1]], dtype=np.int64)
    _, tops = play_bars(np.zeros((0, 6), dtype=np.int64), quotes)
    assert tops.bid.tolist() == [100, 100]
