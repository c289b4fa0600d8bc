"""Recorded texts of websockets: trades, best prices, and bars of the trades."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trading_api.modules.datafeed.bars.columns import aggregate
from trading_api.modules.datafeed.bars.resolution import MINUTE, MINUTE_MS, SECOND
from trading_api.modules.datafeed.importing.formats import FORMATS
from trading_api.modules.datafeed.importing.imported import ImportedBars, ImportedTicks, ImportProblem
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.tests.import_files import (
    all_imported,
    bars_of_file,
    imported,
    problem_of,
    ticks_of_file,
    write,
)

OKX_TRADE: dict[str, Any] = {
    "arg": {"channel": "trades", "instId": "BTC-USDT"},
    "data": [
        {
            "instId": "BTC-USDT",
            "tradeId": "1",
            "px": "30123.4",
            "sz": "0.25",
            "side": "sell",
            "ts": "1652459224123",
        }
    ],
}
OKX_TICKER: dict[str, Any] = {
    "arg": {"channel": "tickers", "instId": "BTC-USDT"},
    "data": [
        {
            "instId": "BTC-USDT",
            "last": "30123.4",
            "bidPx": "30123.3",
            "bidSz": "1.5",
            "askPx": "30123.5",
            "askSz": "2",
            "ts": "1652459224200",
        }
    ],
}
BITMEX_TRADE: dict[str, Any] = {
    "table": "trade",
    "action": "insert",
    "data": [
        {
            "timestamp": "2021-07-22T22:36:07.123Z",
            "symbol": "XBTUSD",
            "side": "Buy",
            "size": 100,
            "price": 32300.5,
        }
    ],
}
BITMEX_QUOTE: dict[str, Any] = {
    "table": "quote",
    "action": "insert",
    "data": [
        {
            "timestamp": "2021-07-22T22:36:07.500Z",
            "symbol": "XBTUSD",
            "bidSize": 500,
            "bidPrice": 32300,
            "askPrice": 32300.5,
            "askSize": None,
        }
    ],
}


def text_of(*messages: object) -> str:
    lines = ["wss://somewhere/ <-> 1652459224.0", 'wss://somewhere/ <- 1652459224.1: {"op":"subscribe"}']
    lines += [
        f"1652459224.{number}: {json.dumps(message)}" for number, message in enumerate(messages, start=2)
    ]
    return "\n".join(lines) + "\n\n"


def test_the_recording_of_binance(recordings: Path) -> None:
    path = recordings / "hftbacktest/spot/btcusdt_20240808.gz"
    found = ticks_of_file("recording", path)
    trades, quotes = found.trades, found.quotes
    assert trades is not None
    assert quotes is not None
    assert (found.symbol.key, found.symbol.price_places, found.symbol.currency) == (
        "BINANCE:BTCUSDT",
        2,
        "USDT",
    )
    assert (len(trades), len(quotes)) == (9757, 28040)
    assert (int(quotes.bid[-1]), int(quotes.ask[-1])) == (6_168_599, 6_168_600)
    assert set(trades.side.tolist()) == {-1, 1}
    assert (quotes.bid <= quotes.ask).all()
    parts = {part.base: part.bars for part in imported("recording", path) if isinstance(part, ImportedBars)}
    assert set(parts) == {SECOND, MINUTE}
    built = aggregate(parts[SECOND], parts[SECOND].time // MINUTE_MS * MINUTE_MS)
    for name in ("time", "open", "high", "low", "close", "volume"):
        assert (getattr(built, name) == getattr(parts[MINUTE], name)).all()
    assert int(parts[MINUTE].volume.sum()) == int(trades.size.sum())


def test_the_texts_of_cryptofeed(recordings: Path) -> None:
    found = {
        part.symbol.key: (len(part.trades or ()), len(part.quotes or ()))
        for part in all_imported("recording", recordings / "cryptofeed")
        if isinstance(part, ImportedTicks)
    }
    assert {key: counts for key, counts in found.items() if key.startswith(("BINANCE", "BITSTAMP"))} == {
        "BINANCE:BLZETH": (0, 1),
        "BINANCE:LRCBTC": (1, 9),
        "BINANCE:NKNUSDT": (1, 74),
        "BITSTAMP:ETHUSD": (10, 0),
    }
    path = recordings / "cryptofeed/BITSTAMP.ws.1.0"
    ticks = ticks_of_file("recording", path)
    assert ticks.trades is not None
    assert int(ticks.trades.time[0]) == 1_641_343_699_596
    assert (int(ticks.trades.price[0]), int(ticks.trades.size[0])) == (380_544, 7_920_000)
    bars = [part.bars for part in imported("recording", path) if isinstance(part, ImportedBars)]
    assert [len(one) for one in bars] == [3, 1]


def test_the_texts_of_okx(tmp_path: Path) -> None:
    book = {"arg": {"channel": "books", "instId": "BTC-USDT"}, "action": "snapshot", "data": [{}]}
    told = {"event": "subscribe", "arg": {"channel": "trades", "instId": "BTC-USDT"}}
    path = write(tmp_path / "OKX.ws.1.0", text_of(told, book, OKX_TICKER, OKX_TRADE))
    ticks = ticks_of_file("recording", path)
    assert ticks.trades is not None
    assert ticks.quotes is not None
    assert (ticks.symbol.key, ticks.symbol.currency) == ("OKX:BTC-USDT", "USDT")
    assert (ticks.trades.time[0], ticks.trades.price[0], ticks.trades.side[0]) == (
        1_652_459_224_123,
        3_012_340,
        -1,
    )
    assert (ticks.quotes.bid[0], ticks.quotes.ask_size[0]) == (3_012_330, 200_000_000)
    bars = [part for part in imported("recording", path) if isinstance(part, ImportedBars)]
    assert [int(part.bars.close[0]) for part in bars] == [3_012_340, 3_012_340]


def test_the_texts_of_bitmex(tmp_path: Path) -> None:
    partial = {**BITMEX_TRADE, "action": "partial", "data": []}
    greeting = {"info": "Welcome", "version": "1"}
    path = write(tmp_path / "BITMEX.ws.1.0", text_of(greeting, partial, BITMEX_TRADE, BITMEX_QUOTE))
    ticks = ticks_of_file("recording", path)
    assert ticks.trades is not None
    assert ticks.quotes is not None
    assert ticks.symbol.key == "BITMEX:XBTUSD"
    assert (ticks.trades.price[0], ticks.trades.size[0], ticks.trades.side[0]) == (
        3_230_050,
        10_000_000_000,
        1,
    )
    assert (ticks.quotes.bid[0], ticks.quotes.ask[0], ticks.quotes.ask_size[0]) == (3_230_000, 3_230_050, 0)


def test_a_recording_of_one_symbol_may_be_named(tmp_path: Path) -> None:
    path = write(tmp_path / "x.gz", gzip.compress(text_of(OKX_TRADE).encode()))
    told = ImportOptions(symbol="DESK:BTC", currency="USD")
    (ticks, *_) = imported("recording", path, told)
    assert (ticks.symbol.key, ticks.symbol.currency) == ("DESK:BTC", "USD")
    both = write(tmp_path / "y.ws.1.0", text_of(OKX_TRADE, BITMEX_TRADE))
    assert problem_of("recording", both, told) == "y.ws.1.0: holds 2 symbols, so none can be told for all."


def changed(message: dict[str, Any], **fields: object) -> dict[str, Any]:
    (row,) = message["data"]
    return {**message, "data": [{**row, **fields}]}


@pytest.mark.parametrize(
    ("message", "what"),
    [
        (
            changed(OKX_TRADE, px="1e400"),
            "is no message of OKX ('1e400' is not a number with at most 8 decimals).",
        ),
        (changed(OKX_TRADE, px="NaN"), "is no message of OKX ('NaN' is not a number"),
        (changed(OKX_TRADE, sz="-1"), "is no message of OKX ('-1' is not a number"),
        (changed(OKX_TRADE, sz="9" * 30), "has too many digits"),
        (changed(OKX_TRADE, px="0"), "is no message of OKX (a trade at the price 0)."),
        (changed(OKX_TRADE, ts="99999999999999999"), "is no message of OKX (the time 99999999999999999)."),
        (changed(OKX_TRADE, side="up"), "lacks the field 'up'."),
        (changed(OKX_TRADE, instId=7), "is no message of OKX"),
        (changed(OKX_TRADE, instId="../../x"), "whose name cannot be kept"),
        ({"arg": {"channel": "trades"}, "data": [{}]}, "lacks the field 'ts'."),
        ({"arg": [], "data": 5}, "is no message of OKX"),
        (changed(BITMEX_TRADE, timestamp="soon"), "is no message of BITMEX"),
        ({"stream": "x@trade", "data": {"s": "X"}}, "lacks the field"),
        ({"stream": 5}, "is no message of BINANCE"),
        (
            {"channel": "live_trades_x", "event": "trade", "data": {"microtimestamp": None}},
            "is no message of BITS",
        ),
        ([], "line 3: is no recorded message: '[]' is no object."),
    ],
)
def test_a_message_that_is_wrong(tmp_path: Path, message: object, what: str) -> None:
    path = write(tmp_path / "x.ws.1.0", text_of(message))
    assert what in problem_of("recording", path)


def test_files_that_are_no_recordings(tmp_path: Path) -> None:
    line = write(tmp_path / "a.ws.1.0", text_of(OKX_TRADE) + "nonsense\n")
    assert problem_of("recording", line) == "a.ws.1.0, line 5: is no recorded message: 'nonsense'."
    broken = write(tmp_path / "b.ws.1.0", "1652459224.5: {\n")
    assert problem_of("recording", broken) == "b.ws.1.0, line 1: is no recorded message: '{' is no JSON."
    deep = write(tmp_path / "c.ws.1.0", f"1652459224.5: {'[' * 100_000}\n")
    assert "line 1: is no recorded message" in problem_of("recording", deep)
    empty = write(tmp_path / "d.ws.1.0", text_of({"event": "pong"}))
    assert "holds no trades and no best prices" in problem_of("recording", empty)
    packed = gzip.compress(text_of(*[OKX_TRADE] * 50).encode())
    assert "cannot be read as a gzip file" in problem_of("recording", write(tmp_path / "e.gz", packed[:-9]))
    (tmp_path / "f").mkdir()
    assert "is a folder where a file is expected" in problem_of("recording", tmp_path / "f")
    with pytest.raises(ImportProblem, match="is a folder without files"):
        FORMATS["recording"].files(tmp_path / "f")
    bomb = gzip.compress(b"1652459224.5: pong\n" * 3_000_000)
    assert "unpacks to more than 250 times" in problem_of("recording", write(tmp_path / "g.gz", bomb))


def test_moments_with_the_bid_above_the_ask_are_left_out(tmp_path: Path) -> None:
    crossed = changed(OKX_TICKER, bidPx="30124", ts="1652459224300")
    path = write(tmp_path / "x.ws.1.0", text_of(OKX_TICKER, crossed))
    found = ticks_of_file("recording", path)
    assert found.note == "0 trades, 1 quotes; 1 moments with the bid above the ask are left out"
    assert found.quotes is not None
    assert np.all(found.quotes.bid <= found.quotes.ask)
    with pytest.raises(AssertionError):
        bars_of_file("recording", path)
