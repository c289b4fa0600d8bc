"""What is written to the store is what is read from it, whole, once and exactly."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import BASES, DAY, MINUTE, SECOND
from trading_api.modules.datafeed.store.commit import Written
from trading_api.modules.datafeed.store.errors import NameProblem, StoreProblem
from trading_api.modules.datafeed.store.sources import source_of
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol, stored_name
from trading_api.modules.datafeed.store.tables import Side
from trading_api.modules.datafeed.tests.stored_cases import (
    SPY,
    bars_at,
    bars_of,
    everything,
    quotes_at,
    rows_of,
    trades_at,
)

MONDAY = 1_380_000_000_000
MINUTE_MS = 60_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BarStore]:
    opened = BarStore(tmp_path / "store")
    yield opened
    opened.close()


@given(
    writes=st.lists(
        st.dictionaries(st.integers(0, 70), st.integers(1, 10**6), min_size=1, max_size=8), max_size=12
    ),
    base=st.sampled_from(BASES),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merges_are_those_of_a_dictionary(
    tmp_path_factory: pytest.TempPathFactory, writes: list[dict[int, int]], base: object
) -> None:
    store = BarStore(tmp_path_factory.mktemp("store"))
    resolution = next(one for one in BASES if one == base)
    step = {SECOND: 9_000_000, MINUTE: 86_400_000, DAY: 86_400_000}[resolution]
    expected: dict[int, int] = {}
    for write in writes:
        rows = {MONDAY + step * shift: price for shift, price in write.items()}
        changed = sum(1 for time in rows if time in expected and expected[time] != rows[time])
        written = store.write(SPY, resolution, bars_of(rows))
        assert written == Written(len(rows), len(rows.keys() - expected.keys()), changed)
        expected |= rows
    assert rows_of(everything(store, SPY, resolution)) == sorted(expected.items())
    assert store.first(SPY.exchange, SPY.ticker, resolution) == min(expected, default=None)
    assert store.last(SPY.exchange, SPY.ticker, resolution) == max(expected, default=None)
    store.close()


def test_numbers_come_back_to_the_last_digit(store: BarStore) -> None:
    coin = StoredSymbol("BINANCE", "BTC-USDT", price_places=12, size_places=8)
    units = np.array([10**18 - 1, -(10**18) + 1, 123_456_789_012_345_678, 1], dtype=np.int64)
    times = np.arange(4, dtype=np.int64) * MINUTE_MS
    store.write(coin, MINUTE, BarColumns(times, units, units, units, units, units))
    found = everything(store, coin, MINUTE)
    for column in (found.open, found.high, found.low, found.close, found.volume):
        assert column.tolist() == units.tolist()
    assert found.time.tolist() == times.tolist()


def test_finer_numbers_are_taken_in_and_coarser_ones_stay_exact(store: BarStore) -> None:
    store.write(SPY, MINUTE, bars_at([MONDAY], 16_812))
    finer = StoredSymbol("ARCA", "SPY", price_places=4, size_places=0)
    store.write(finer, MINUTE, bars_at([MONDAY + MINUTE_MS], 1_681_275))
    store.write(SPY, MINUTE, bars_at([MONDAY + 2 * MINUTE_MS], 16_813))
    found = store.symbol("ARCA", "SPY")
    assert found is not None
    assert found.price_places == 4
    assert everything(store, SPY, MINUTE).close.tolist() == [1_681_200, 1_681_275, 1_681_300]
    with pytest.raises(StoreProblem, match="more decimals than when it was first read"):
        store.rows("ARCA", "SPY", MINUTE, 0, 2**60, places=SPY.places)


def test_what_has_no_room_for_its_digits_is_refused_and_nothing_is_written(store: BarStore) -> None:
    store.write(SPY, MINUTE, bars_at([MONDAY], 10**15))
    finer = StoredSymbol("ARCA", "SPY", price_places=6, size_places=0)
    with pytest.raises(StoreProblem, match="no room for 6 decimals"):
        store.write(finer, MINUTE, bars_at([MONDAY + MINUTE_MS], 1))
    with pytest.raises(StoreProblem, match="more than 18 digits"):
        store.write(SPY, MINUTE, bars_at([MONDAY + MINUTE_MS], 10**18))
    assert rows_of(everything(store, SPY, MINUTE)) == [(MONDAY, 10**15)]


def test_rows_that_follow_are_added_until_files_are_joined(store: BarStore) -> None:
    for minute in range(40):
        store.write(SPY, MINUTE, bars_at([MONDAY + minute * MINUTE_MS], 100 + minute))
    folder = store.folder("ARCA", "SPY") / "1"
    listed = {part.file for part in store.index("ARCA", "SPY").parts("1")}
    assert {path.name for path in folder.iterdir()} == listed
    assert len(listed) <= 8
    assert len(everything(store, SPY, MINUTE)) == 40


def test_a_range_holds_its_start_and_not_its_end(store: BarStore) -> None:
    times = [MONDAY + minute * MINUTE_MS for minute in range(60 * 24 * 70)]
    store.write(SPY, MINUTE, bars_at(times, 100))
    found = store.rows("ARCA", "SPY", MINUTE, times[10], times[-10])
    assert found.time.tolist() == times[10:-10]
    assert len(store.index("ARCA", "SPY").parts("1")) == 4
    assert len(store.rows("ARCA", "SPY", MINUTE, times[-1] + 1, 2**60)) == 0
    assert len(store.rows("ARCA", "QQQ", MINUTE, 0, 2**60)) == 0


def test_sides_and_ticks_are_series_of_their_own(store: BarStore) -> None:
    store.write(SPY, MINUTE, bars_at([MONDAY], 100))
    store.write(SPY, MINUTE, bars_at([MONDAY], 99), Side.BID)
    store.write(SPY, MINUTE, bars_at([MONDAY], 101), Side.ASK)
    closes = [everything(store, SPY, MINUTE, side).close.tolist() for side in Side]
    assert closes == [[100], [99], [101]]
    store.write_ticks(SPY, trades_at([1, 1, 2], [7, 8, 9]), quotes_at([1, 5], [6, 8]))
    assert store.trades("ARCA", "SPY", 0, 9).price.tolist() == [7, 8, 9]
    assert store.trades("ARCA", "SPY", 0, 9).side.tolist() == [1, -1, 1]
    assert store.quotes("ARCA", "SPY", 2, 9).bid.tolist() == [8]


def test_ticks_replace_those_between_their_first_and_last(store: BarStore) -> None:
    store.write_ticks(SPY, trades_at([1, 3, 3, 5], [10, 11, 12, 13]))
    store.write_ticks(SPY, trades_at([3, 4], [20, 21]))
    assert store.write_ticks(SPY, trades_at([3, 4], [20, 21])) == Written(2)
    found = store.trades("ARCA", "SPY", 0, 9)
    assert list(zip(found.time.tolist(), found.price.tolist(), strict=True)) == [
        (1, 10),
        (3, 20),
        (4, 21),
        (5, 13),
    ]


def test_what_is_known_of_a_symbol_is_kept(store: BarStore) -> None:
    euro = StoredSymbol(
        "OANDA",
        stored_name("eur/usd"),
        price_places=5,
        size_places=0,
        name="EUR/USD",
        description="Euro against US dollar",
        type="forex",
        session="1700-1700:23456",
        timezone="America/New_York",
        tick_size=Decimal("0.00005"),
        has_trades=False,
        has_volume=False,
        source="OANDA",
    )
    actions = (CorporateAction(date(2014, 6, 9), Decimal(7)), CorporateAction(date(2020, 8, 31), Decimal(4)))
    store.write(euro, DAY, bars_at([MONDAY], 134_200))
    store.write_actions(euro, actions[::-1])
    assert store.symbols() == [euro]
    assert store.actions("OANDA", "EUR-USD") == actions
    assert store.actions("OANDA", "GBP-USD") == ()


def test_a_source_is_known_while_its_symbols_are(store: BarStore, tmp_path: Path) -> None:
    file = tmp_path / "bars.csv"
    file.write_text("1,2,3")
    source = source_of(file, "csv")
    assert not store.has(source)
    batch = store.batch(source)
    batch.bars(SPY, MINUTE, bars_at([MONDAY], 100))
    batch.commit()
    assert store.has(source)
    assert not store.has(source_of(file, "csv UTC"))
    for path in store.folder("ARCA", "SPY").glob("*.json"):
        path.unlink()
    assert not store.has(source)


@pytest.mark.parametrize(
    "name", ["..", ".", "", "A/../B", "a..b", "/etc", ".hidden", "A B", "Ä", "A" * 65, "A."]
)
def test_names_that_lead_elsewhere_are_refused(store: BarStore, name: str) -> None:
    if name != "/etc":
        with pytest.raises(NameProblem):
            stored_name(name)
    with pytest.raises(NameProblem):
        StoredSymbol("ARCA", name, price_places=2, size_places=0)
    with pytest.raises(NameProblem):
        store.rows("ARCA", name, MINUTE, 0, 1)


def test_damage_is_told_by_symbol_and_leaves_the_others(store: BarStore) -> None:
    for ticker in ("AAPL", "IBM", "MSFT", "SPY"):
        store.write(StoredSymbol("ARCA", ticker, 2, 0), MINUTE, bars_at([MONDAY], 100))
    next((store.folder("ARCA", "AAPL") / "1").iterdir()).write_bytes(b"PAR1 and nothing else")
    (store.folder("ARCA", "IBM") / "instrument.json").write_text('{"exchange": "ARCA", "ticker": ".."}')
    (store.folder("ARCA", "MSFT") / "index.json").write_text("{")
    (store.root / "ARCA" / "notes.txt").write_text("by hand")
    (store.root / "ARCA" / "SPY" / "1" / "foreign.parquet").write_bytes(b"?")
    listing = store.listing()
    assert [symbol.ticker for symbol in listing.symbols] == ["AAPL", "MSFT", "SPY"]
    assert [problem.path.name for problem in listing.problems] == ["instrument.json"]
    with pytest.raises(StoreProblem, match=r"AAPL.1.2013-09\..*: cannot be read as Parquet"):
        store.rows("ARCA", "AAPL", MINUTE, 0, 2**60)
    with pytest.raises(StoreProblem, match="is no index of stored files"):
        store.rows("ARCA", "MSFT", MINUTE, 0, 2**60)
    assert rows_of(store.rows("ARCA", "SPY", MINUTE, 0, 2**60)) == [(MONDAY, 100)]
    next((store.folder("ARCA", "SPY") / "1").glob("2013*")).unlink()
    with pytest.raises(StoreProblem, match="is missing"):
        store.rows("ARCA", "SPY", MINUTE, 0, 2**60)
