"""The store as a market: its history by the real clock, honest about what it knows, whatever is damaged."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from trading_api.models.market.ticks import Quote
from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.resolution import DAY, DAY_MS, MINUTE, SECOND
from trading_api.modules.datafeed.calendars.calendars import Calendars
from trading_api.modules.datafeed.providers.base import HistoryChanged, Message
from trading_api.modules.datafeed.providers.stored.provider import StoredProvider
from trading_api.modules.datafeed.store.hours import StoredHours
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import Side
from trading_api.modules.datafeed.tests.stored_cases import SPY, bars_at, bars_of, rows_of
from trading_api.shared.clock import SystemClock
from trading_api.shared.errors import Unavailable

MONDAY = int(datetime(2013, 10, 7, tzinfo=UTC).timestamp() * 1000)
OPENING = MONDAY + 13 * 3_600_000 + 30 * 60_000
SHARE = StoredSymbol(
    "ARCA", "SPY", 2, 0, type="fund", session="0930-1600", timezone="America/New_York", source="made"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BarStore]:
    opened = BarStore(tmp_path / "store")
    yield opened
    opened.close()


def market(store: BarStore) -> StoredProvider:
    """The store as a market, loaded."""
    hours = StoredHours(store, Calendars(store.root.parent / "calendars"))
    provider = StoredProvider(store, hours, SystemClock(), look_seconds=0.01)
    provider.load()
    return provider


def test_an_instrument_is_what_its_file_says(store: BarStore) -> None:
    coin = StoredSymbol(
        "COINBASE", "BTC-USD", 2, 8, type="crypto", calendar="24x7", tick_size=Decimal("0.05")
    )
    store.write(coin, MINUTE, bars_at([MONDAY], 5_000_005))
    store.write(SHARE, DAY, bars_at([MONDAY], 16_812))
    share, bitcoin = market(store).instruments()
    assert (bitcoin.info.pricescale, bitcoin.info.minmov, bitcoin.info.session) == (100, 5, "24x7")
    assert (bitcoin.info.has_intraday, bitcoin.info.has_seconds, bitcoin.info.has_daily) == (
        True,
        False,
        True,
    )
    assert bitcoin.info.supported_resolutions[0] == "1"
    assert (share.info.has_intraday, share.info.supported_resolutions[0]) == (False, "1D")
    assert (share.info.data_status, share.info.delay, share.info.data_kind) == ("endofday", -1, "end-of-day")
    assert not share.info.trading.tradable
    assert share.info.trading.reason
    assert share.info.model_validate_json(share.info.model_dump_json()) == share.info
    assert bitcoin.bars(store.rows("COINBASE", "BTC-USD", MINUTE, 0, 2**60))[0].close == Decimal("50000.05")


def test_the_last_close_bears_the_time_at_which_it_was_known(store: BarStore) -> None:
    store.write(SHARE, DAY, bars_of({MONDAY - 3 * DAY_MS: 16_700, MONDAY: 16_812}))
    provider = market(store)
    now = provider.position()
    last = provider.trade("SPY", now)
    assert last is not None
    closing = OPENING + 6 * 3_600_000 + 30 * 60_000
    assert (last.time, last.price) == (closing - 1, Decimal("168.12"))
    assert provider.trade("SPY", closing - 2) is None
    assert provider.quote("SPY", now) is None
    assert provider.book("SPY", now, 10) is None
    assert provider.state("SPY", now) == "end-of-day"
    store.write(SHARE, MINUTE, bars_at([OPENING], 16_810), Side.BID)
    store.write(SHARE, MINUTE, bars_at([OPENING], 16_813), Side.ASK)
    assert market(store).quote("SPY", now) == Quote(
        "SPY", OPENING + 59_999, Decimal("168.10"), Decimal("168.13")
    )


def test_history_ends_at_the_moment_that_is_asked_for(store: BarStore) -> None:
    store.write(SHARE, MINUTE, bars_at([OPENING, OPENING + 60_000, OPENING + 120_000], 16_812))
    provider = market(store)
    rows = provider.rows("SPY", MINUTE, 0, 2**60, OPENING + 60_000)
    assert rows.time.tolist() == [OPENING, OPENING + 60_000]
    assert provider.first("SPY", MINUTE) == OPENING
    assert provider.last("SPY", MINUTE) == OPENING + 120_000
    assert provider.first("SPY", SECOND) is None


def test_what_has_only_bids_is_charted_from_them(store: BarStore) -> None:
    store.write(SHARE, MINUTE, bars_at([OPENING], 16_810), Side.BID)
    provider = market(store)
    instrument = provider.instruments()[0]
    assert (instrument.has_trades, instrument.has_volume) == (False, False)
    assert rows_of(provider.rows("SPY", MINUTE, 0, 2**60, 2**60)) == [(OPENING, 16_810)]


def test_one_ticker_on_two_exchanges_is_two_symbols(store: BarStore) -> None:
    for exchange in ("ARCA", "XETRA"):
        store.write(StoredSymbol(exchange, "SPY", 2, 0), DAY, bars_at([MONDAY], 1))
    assert [found.ticker for found in market(store).instruments()] == ["ARCA:SPY", "XETRA:SPY"]


def test_corporate_actions_are_told(store: BarStore) -> None:
    actions = (CorporateAction(date(2014, 6, 9), Decimal(7)),)
    store.write(SHARE, DAY, bars_at([MONDAY], 1))
    store.write_actions(SHARE, actions)
    assert market(store).actions("SPY") == actions


def test_damage_is_told_of_its_symbol_and_leaves_the_others(store: BarStore) -> None:
    for ticker in ("AAPL", "GOOG", "IBM", "MSFT", "SPY"):
        calendar = "NOWHERE" if ticker == "GOOG" else None
        store.write(StoredSymbol("ARCA", ticker, 2, 0, calendar=calendar), MINUTE, bars_at([OPENING], 100))
    next((store.folder("ARCA", "AAPL") / "1").iterdir()).write_bytes(b"PAR1 and nothing else")
    (store.folder("ARCA", "IBM") / "instrument.json").write_text('{"exchange": "ARCA", "ticker": ".."}')
    (store.folder("ARCA", "MSFT") / "index.json").write_text("{")
    provider = market(store)
    assert [found.ticker for found in provider.instruments()] == ["AAPL", "GOOG", "MSFT", "SPY"]
    now = provider.position()
    for ticker, sentence in (
        ("AAPL", "cannot be read as Parquet"),
        ("GOOG", "its hours cannot be told"),
        ("MSFT", "is no index of stored files"),
    ):
        with pytest.raises(Unavailable, match=sentence):
            provider.rows(ticker, MINUTE, 0, 2**60, now)
        assert sentence in (provider.problem(ticker) or "")
        assert provider.state(ticker, now) == "failed"
    assert (provider.problem("SPY"), provider.state("SPY", now)) == (None, "end-of-day")
    assert rows_of(provider.rows("SPY", MINUTE, 0, 2**60, now)) == [(OPENING, 100)]


async def test_what_is_written_meanwhile_is_announced(store: BarStore) -> None:
    store.write(SPY, DAY, bars_at([MONDAY], 100))
    store.write(StoredSymbol("ARCA", "QQQ", 2, 0), DAY, bars_at([MONDAY], 100))
    provider = market(store)
    heard: asyncio.Queue[Message] = asyncio.Queue()
    running = asyncio.create_task(provider.run(heard.put_nowait))
    store.write(SPY, DAY, bars_at([MONDAY + DAY_MS], 105))
    assert await asyncio.wait_for(heard.get(), 10) == HistoryChanged("SPY")
    last = provider.trade("SPY", provider.position())
    assert last is not None
    assert last.price == Decimal("1.05")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_a_folder_that_no_symbol_is_in_does_not_keep_the_others_from_being_served(store: BarStore) -> None:
    store.write(SPY, MINUTE, bars_at([60_000], 100))
    (store.root / SPY.exchange / "my notes").mkdir()
    (store.root / SPY.exchange / "EMPTY").mkdir()
    assert [each.ticker for each in market(store).instruments()] == ["SPY"]
