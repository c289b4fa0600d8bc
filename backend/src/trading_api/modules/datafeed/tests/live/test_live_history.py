"""The past of a live market: asked for in bounds, kept, found again after a restart, and listed on demand."""

from pathlib import Path
from typing import Any

import pytest

from trading_api.models.market.ticks import Trade
from trading_api.modules.datafeed.bars.resolution import MINUTE, SECOND
from trading_api.modules.datafeed.tests.live.exchange_server import ExchangeServer
from trading_api.modules.datafeed.tests.live.following import (
    BTC,
    FOREVER,
    TRADES,
    Following,
    as_rows,
    bitcoin,
    recording,
    rest_rows,
)
from trading_api.shared.errors import StartupError, Unavailable


@pytest.fixture(scope="session")
def trades(recordings: Path) -> list[dict[str, Any]]:
    """The recorded trades of BTCUSDT."""
    return [message for message in recording(recordings) if message.get("stream") == TRADES]


def known(trades: list[dict[str, Any]]) -> ExchangeServer:
    """A server that knows these trades, and a book."""
    server = ExchangeServer([bitcoin()])
    server.pairs["BTCUSDT"].snapshot(
        {"lastUpdateId": 9, "bids": [["61837.63", "1"]], "asks": [["61837.64", "2"]]}
    )
    for message in trades:
        server.know(message)
    return server


async def test_a_refusal_for_too_many_requests_is_waited_out(
    trades: list[dict[str, Any]], tmp_path: Path
) -> None:
    async with known(trades) as server:
        live = Following(server, tmp_path, symbols=(), archive=False, now=trades[-1]["data"]["T"] + 5_000)
        async with live.listed():
            server.refusals = [3, 1]
            await live.provider.fetch(BTC, MINUTE, trades[0]["data"]["T"] - 60_000, live.clock.now)
            assert server.refusals == []
            assert as_rows(live.bars(MINUTE)) == rest_rows(server.pairs["BTCUSDT"], 60_000)
            asked = len(server.requests)
            await live.provider.fetch(BTC, MINUTE, trades[0]["data"]["T"], trades[-1]["data"]["T"] - 60_000)
            assert len(server.requests) == asked  # what is known is not asked for again


async def test_an_exchange_that_refuses_for_ever_is_an_answer_not_a_crash(
    trades: list[dict[str, Any]], tmp_path: Path
) -> None:
    async with known(trades) as server:
        live = Following(server, tmp_path, symbols=(), archive=False, now=trades[-1]["data"]["T"])
        async with live.listed():
            server.refusals = [0] * 50
            with pytest.raises(Unavailable, match="BTC/USDT"):
                await live.provider.fetch(BTC, MINUTE, 0, live.clock.now)


async def test_what_is_only_listed_is_followed_while_somebody_looks(
    trades: list[dict[str, Any]], tmp_path: Path
) -> None:
    async with known(trades[:1]) as server:
        live = Following(server, tmp_path, symbols=(), archive=False, now=trades[0]["data"]["T"])
        async with live.listed():
            rules = live.provider.instruments()[0].info.trading
            assert not rules.tradable
            assert rules.reason is not None
            assert "TRADING_LIVE" in rules.reason
            assert live.provider.state(BTC, FOREVER) == "idle"
            live.provider.follow(BTC)
            await server.subscribed(TRADES)
            await live.play(trades[1:50])
            await live.until(lambda: len(live.told(Trade)) == 49)
            assert live.provider.state(BTC, FOREVER) == "live"
            live.provider.unfollow(BTC)
            assert live.provider.state(BTC, FOREVER) == "idle"


async def test_a_restart_finds_what_was_kept_and_fills_the_rest(
    trades: list[dict[str, Any]], tmp_path: Path
) -> None:
    first, missed, last = trades[:3000], trades[3000:6000], trades[6000:]
    async with known([]) as server:
        live = Following(server, tmp_path, ticks=True, now=trades[0]["data"]["T"])
        async with live.running():
            await live.play(first)
            await live.until(lambda: len(live.told(Trade)) == len(first))
            live.clock.now += 20_000
            await live.until(lambda: live.provider.position() == live.clock.now)
        kept = live.store.rows("BINANCE", "BTC-USDT", MINUTE, 0, FOREVER)
        assert len(kept)
        assert len(live.store.trades("BINANCE", "BTC-USDT", 0, FOREVER)) == len(first)
        for message in missed:
            server.know(message)
        again = Following(server, tmp_path, now=missed[-1]["data"]["T"])
        async with again.running():
            await again.play(last)
            await again.until(lambda: bool(again.told(Trade)))
            again.clock.now += 120_000
            expected = rest_rows(server.pairs["BTCUSDT"], 60_000)
            await again.until(lambda: as_rows(again.bars(MINUTE)) == expected)
            await again.provider.fetch(BTC, SECOND, trades[0]["data"]["T"], again.clock.now)
            assert as_rows(again.bars(SECOND)) == rest_rows(server.pairs["BTCUSDT"], 1_000)


async def test_an_exchange_out_of_reach_is_listed_as_it_was(
    trades: list[dict[str, Any]], tmp_path: Path
) -> None:
    async with known(trades[:1]) as server:
        live = Following(server, tmp_path, symbols=(), archive=False, now=trades[0]["data"]["T"])
        async with live.listed():
            tickers = [each.ticker for each in live.provider.instruments()]
        await server.stop()
        again = Following(server, tmp_path, symbols=(), archive=False)
        async with again.listed():
            assert [each.ticker for each in again.provider.instruments()] == tickers
        fresh = Following(server, tmp_path / "elsewhere", symbols=(), archive=False)
        with pytest.raises(StartupError, match="does not say what it has"):
            async with fresh.listed():
                pass


async def test_a_market_that_the_exchange_lacks_stops_the_start(tmp_path: Path) -> None:
    async with known([]) as server:
        live = Following(server, tmp_path, symbols=("BTC/USDX",))
        with pytest.raises(StartupError, match="has no market 'BTC/USDX'"):
            async with live.listed():
                pass
