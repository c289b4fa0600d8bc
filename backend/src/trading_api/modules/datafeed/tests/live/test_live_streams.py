"""Following an exchange: the recorded streams through the real library, and what must not disturb them."""

import asyncio
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from trading_api.models.market.ticks import ClockMoved, Depth, Quote, Trade
from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, SECOND
from trading_api.modules.datafeed.providers.base import HistoryChanged
from trading_api.modules.datafeed.tests.live.exchange_server import ExchangeServer, Pair
from trading_api.modules.datafeed.tests.live.following import (
    BOOK,
    BTC,
    FOREVER,
    QUOTES,
    STREAMS,
    TRADES,
    Following,
    as_rows,
    bitcoin,
    recording,
    rest_rows,
)

BEFORE = 8
"""Messages up to the recorded snapshot of the book."""


@pytest.fixture(scope="session")
def messages(recordings: Path) -> list[dict[str, Any]]:
    """The recorded streams of BTCUSDT."""
    return recording(recordings)


def trades_of(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The trades among them."""
    return [message["data"] for message in messages if message.get("stream") == TRADES]


def begun(messages: list[dict[str, Any]]) -> ExchangeServer:
    """A server that has come as far as the snapshot."""
    server = ExchangeServer([bitcoin()])
    for message in messages[:BEFORE]:
        server.know(message)
    return server


def last_trade_is(live: Following, message: dict[str, Any]) -> Callable[[], bool]:
    """Whether the trade of a message has been emitted."""
    time = message["T"]
    return lambda: bool(live.told(Trade)) and live.told(Trade)[-1].time >= time


async def test_the_recording_comes_out_as_it_went_in(messages: list[dict[str, Any]], tmp_path: Path) -> None:
    trades = trades_of(messages)
    async with begun(messages) as server:
        live = Following(server, tmp_path, now=trades[0]["T"])
        async with live.running():
            await live.until(lambda: live.provider.book(BTC, FOREVER, 1) is not None)
            await live.play(messages[BEFORE:])
            await live.until(last_trade_is(live, trades[-1]))
            await live.until(lambda: live.told(Depth)[-1].best.bid == Decimal("61685.99"))
            await live.until(lambda: bool(live.told(HistoryChanged)))
            told = live.told(Trade)
            assert [(t.time, t.price, t.size) for t in told] == [
                (t["T"], Decimal(t["p"]), Decimal(t["q"])) for t in trades[-len(told) :]
            ]
            assert len(told) >= len(trades) - 1  # one had been before the snapshot
            quote, book = live.provider.quote(BTC, FOREVER), live.provider.book(BTC, FOREVER, 5)
            assert quote is not None
            assert book is not None
            assert (quote.bid, quote.ask) == (Decimal("61685.99"), Decimal("61686.00"))
            assert (book.bids[0].price, book.asks[0].price) == (Decimal("61685.99"), Decimal("61686.00"))
            assert len(book.bids) == 5
            pair = server.pairs["BTCUSDT"]
            assert as_rows(live.bars(MINUTE)) == rest_rows(pair, 60_000)
            live.clock.now += 60_000
            await live.provider.fetch(BTC, SECOND, trades[0]["T"] - 60_000, live.clock.now)
            assert as_rows(live.bars(SECOND)) == rest_rows(pair, 1_000)
            await live.provider.fetch(BTC, DAY, trades[0]["T"] - 86_400_000, live.clock.now)
            assert as_rows(live.bars(DAY, live.provider.position())) == rest_rows(pair, 86_400_000)
            assert live.provider.state(BTC, FOREVER) == "live"
            assert live.provider.problem(BTC) is None


async def test_every_emitted_value_is_in_order(messages: list[dict[str, Any]], tmp_path: Path) -> None:
    async with begun(messages) as server:
        live = Following(server, tmp_path, now=trades_of(messages)[0]["T"])
        async with live.running():
            await live.until(lambda: bool(live.told(Depth)))
            await live.play(messages[BEFORE:6000])
            await live.until(last_trade_is(live, trades_of(messages[:6000])[-1]))
    for kind in (Trade, Quote, Depth, ClockMoved):
        times = [
            message.time
            for message in live.messages
            if isinstance(message, Trade | Quote | Depth | ClockMoved) and isinstance(message, kind)
        ]
        assert times
        assert times == sorted(times)


async def test_a_trade_told_twice_or_too_late_counts_once(
    messages: list[dict[str, Any]], tmp_path: Path
) -> None:
    trades = [message for message in messages if message.get("stream") == TRADES][:60]
    at = next(
        number
        for number in range(10, 50)
        if trades[number]["data"]["T"] < trades[number + 1]["data"]["T"] <= trades[number + 2]["data"]["T"]
    )
    swapped = [
        *trades[: at - 1],
        trades[at - 1],
        trades[at - 1],
        trades[at + 1],
        trades[at],
        *trades[at + 2 :],
    ]
    async with begun(messages) as server:
        live = Following(server, tmp_path, now=trades[0]["data"]["T"])
        async with live.running():
            for message in trades:
                server.know(message)
            for message in swapped:
                live.pass_to(message)
                await server.send(message)
            await live.until(last_trade_is(live, trades[-1]["data"]))
            assert len(live.told(Trade)) == len(trades) - 1
            live.clock.now += 120_000
            expected = rest_rows(server.pairs["BTCUSDT"], 60_000)
            await live.until(lambda: as_rows(live.bars(MINUTE)) == expected)


async def test_a_cut_in_mid_book_is_mended_and_the_gap_filled(
    messages: list[dict[str, Any]], tmp_path: Path
) -> None:
    trades = trades_of(messages)
    async with begun(messages) as server:
        live = Following(server, tmp_path, now=trades[0]["T"])
        async with live.running():
            await live.until(lambda: bool(live.told(Depth)))
            await live.play(messages[BEFORE:9000])
            await live.until(last_trade_is(live, trades_of(messages[:9000])[-1]))
            await server.cut()
            for message in messages[9000:15000]:  # nobody hears of these
                server.know(message)
                live.pass_to(message)
            changes = len(live.told(HistoryChanged))
            await server.subscribed(*STREAMS)
            await live.play(messages[15000:])
            await live.until(last_trade_is(live, trades[-1]))
            await live.until(lambda: live.told(Depth)[-1].best.ask == Decimal("61686.00"))
            live.clock.now += 120_000
            expected = rest_rows(server.pairs["BTCUSDT"], 60_000)
            await live.until(lambda: as_rows(live.bars(MINUTE)) == expected)
            assert len(live.told(HistoryChanged)) > changes
            assert len(live.told(Trade)) < len(trades)
            assert live.provider.problem(BTC) is None


async def test_a_book_with_a_hole_is_asked_for_anew(messages: list[dict[str, Any]], tmp_path: Path) -> None:
    depth = [message for message in messages[BEFORE:] if message.get("stream") == BOOK]
    async with begun(messages) as server:
        live = Following(server, tmp_path, now=trades_of(messages)[0]["T"])
        async with live.running():
            await live.until(lambda: bool(live.told(Depth)))
            await live.play(depth[:20])
            asked = sum(request.startswith("depth") for request in server.requests)
            server.know(depth[20])  # this one is lost on the way
            await live.play([depth[21], depth[21], depth[19]])
            await live.until(lambda: sum(r.startswith("depth") for r in server.requests) > asked)
            await live.until(lambda: live.told(Depth)[-1].time >= depth[21]["data"]["E"])
            for number, message in enumerate(depth[22:]):
                await live.play([message])
                if number % 200 == 0:
                    await live.until(lambda: live.told(Depth)[-1].time >= live.clock.now)
            await live.until(lambda: live.told(Depth)[-1].time >= depth[-1]["data"]["E"])
            book, pair = live.provider.book(BTC, FOREVER, 50), server.pairs["BTCUSDT"]
            assert book is not None
            assert [str(level.price) for level in book.asks] == [
                str(Decimal(price).quantize(Decimal("0.01"))) for price, _ in pair.depth(50)["asks"]
            ]


@pytest.mark.parametrize(
    "text",
    [
        '{"e":"trade","s":"BTCUSDT","T":',
        '{"e":"depthUpdate","s":"BTCUSDT","E":1,"U":"x","u":null,"b":7,"a":{}}',
        '{"e":"trade","s":"BTCUSDT","t":1,"p":"many","q":null,"T":1723161300000}',
        "[1,2",
    ],
)
async def test_what_cannot_be_read_is_survived(
    messages: list[dict[str, Any]], tmp_path: Path, text: str
) -> None:
    trades = [message for message in messages if message.get("stream") == TRADES]
    async with begun(messages) as server:
        live = Following(server, tmp_path, now=trades[0]["data"]["T"])
        async with live.running():
            await live.until(lambda: bool(live.told(Depth)))
            await live.play(trades[:30])
            await live.until(last_trade_is(live, trades[29]["data"]))
            for stream in STREAMS:
                await server.send_text(stream, text)
            await live.play(trades[30:40])
            live.clock.now += 120_000
            later = {**trades[40]["data"], "T": live.clock.now, "E": live.clock.now}
            await live.until(lambda: as_rows(live.bars(MINUTE)) == rest_rows(server.pairs["BTCUSDT"], 60_000))
            await _keep_sending(server, live, later)


async def _keep_sending(server: ExchangeServer, live: Following, trade: dict[str, Any]) -> None:
    """A trade, again and again under new numbers, until one of them is heard."""

    async def send() -> None:
        number = trade["t"]
        while True:
            number += 1
            await server.send({"stream": TRADES, "data": {**trade, "t": number}})
            await asyncio.sleep(0.01)

    sending = asyncio.create_task(send())
    try:
        await live.until(last_trade_is(live, trade))
    finally:
        sending.cancel()
        await asyncio.wait([sending])


async def test_what_fails_for_one_symbol_leaves_the_others_alone(
    messages: list[dict[str, Any]], tmp_path: Path
) -> None:
    ether = Pair("ETHUSDT", "ETH", "USDT", "0.01000000", "0.00010000")
    ether.snapshot({"lastUpdateId": 5, "bids": [["2600.00", "1"]], "asks": [["2600.10", "2"]]})
    trades = [message for message in messages if message.get("stream") == TRADES]
    async with begun(messages) as server:
        server.pairs["ETHUSDT"] = ether
        live = Following(server, tmp_path, symbols=("BTC/USDT", "ETH/USDT"), now=trades[0]["data"]["T"])
        async with live.running(*STREAMS, "ethusdt@trade", "ethusdt@depth@100ms"):
            await live.until(lambda: bool(live.told(Depth)))
            for stream in ("ethusdt@trade", "ethusdt@depth@100ms", "ethusdt@bookTicker"):
                await server.send_text(stream, "{")
            await live.play(trades[:200])
            await live.until(lambda: len([t for t in live.told(Trade) if t.symbol == BTC]) == 200)
            assert live.provider.problem(BTC) is None


async def test_a_server_that_goes_and_comes_back_is_found_again(
    messages: list[dict[str, Any]], tmp_path: Path
) -> None:
    trades = [message for message in messages if message.get("stream") == TRADES]
    async with begun(messages) as server:
        live = Following(server, tmp_path, now=trades[0]["data"]["T"])
        async with live.running():
            await live.play(trades[:100])
            await live.until(last_trade_is(live, trades[99]["data"]))
            await server.stop()
            await live.until(lambda: live.provider.state(BTC, FOREVER) == "failed")
            problem = live.provider.problem(BTC)
            assert problem is not None
            assert "BTC/USDT" in problem
            for message in trades[100:300]:
                server.know(message)
                live.pass_to(message)
            await server.start()
            await server.subscribed(*STREAMS)
            await live.play(trades[300:])
            await live.until(last_trade_is(live, trades[-1]["data"]))
            live.clock.now += 120_000
            expected = rest_rows(server.pairs["BTCUSDT"], 60_000)
            await live.until(lambda: as_rows(live.bars(MINUTE)) == expected)
            await live.until(lambda: live.provider.problem(BTC) is None)


async def test_silence_of_one_stream_is_no_failure_and_no_data(
    messages: list[dict[str, Any]], tmp_path: Path
) -> None:
    async with begun(messages) as server:
        server.silent_streams = {TRADES, QUOTES}
        live = Following(server, tmp_path, now=trades_of(messages)[0]["T"])
        async with live.running():
            await live.until(lambda: bool(live.told(Depth)))
            await live.play(messages[BEFORE:2000])
            await live.until(lambda: len(live.told(Depth)) > 3)
            assert live.told(Trade) == []
            assert live.told(Quote) == []
            assert live.provider.state(BTC, FOREVER) == "waiting"


async def test_nothing_is_left_after_a_stop(messages: list[dict[str, Any]], tmp_path: Path) -> None:
    before = asyncio.all_tasks()
    async with begun(messages) as server:
        serving = asyncio.all_tasks()
        live = Following(server, tmp_path, now=trades_of(messages)[0]["T"])
        async with live.running():
            await live.play(messages[BEFORE:500])
        left = {task for task in asyncio.all_tasks() - serving if "aiohttp.web" not in repr(task)}
        assert left == set()
    assert {task for task in asyncio.all_tasks() - before if not task.done()} <= asyncio.all_tasks()
    assert json.loads((tmp_path / "state" / "binance-markets.json").read_text())
