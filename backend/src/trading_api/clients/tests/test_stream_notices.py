"""An end that the server announces is a change of server, not a failure."""

import logging
from typing import Any

import pytest

from trading_api.clients.errors import StreamClosed
from trading_api.clients.stream import SnapshotReceived, Subscription, UpdateReceived
from trading_api.clients.tests.scripted_server import ScriptedServer, SmallWsClient, settle
from trading_api.clients.tests.stream_talk import PRICE, Line, Named, Price
from trading_api.clients.ws_transport import SocketClosed

A = Named(name="a")
announced = pytest.mark.parametrize(("code", "close"), [("draining", 4410), ("end-of-life", 4401)])


@pytest.fixture
def server() -> ScriptedServer:
    return ScriptedServer()


async def follow(
    server: ScriptedServer, client: SmallWsClient
) -> tuple[Subscription[Line], Subscription[Price]]:
    """A journal that is live at offset 7, and a newest value; both have been read."""
    lines = client.subscribe_lines(A)
    await settle()
    server.socket.confirm(epoch="e1", offset=7, snapshot=[])
    assert await anext(lines) == SnapshotReceived([], 7, "e1")
    price = client.subscribe_price(A)
    await settle()
    server.socket.confirm(PRICE, snapshot=[{"value": 1}])
    await anext(price)
    return lines, price


async def announce(server: ScriptedServer, code: str, close: int, **more: Any) -> None:
    """The server gives notice, then it closes."""
    server.socket.notice(code, **more)
    server.socket.end(close)
    await settle()


@announced
async def test_returns_when_it_was_told_to_without_a_warning(
    server: ScriptedServer, code: str, close: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with server.client(random=0.5) as client:
        lines, _ = await follow(server, client)
        await announce(server, code, close, retryAfterMs=400)
        await server.time.advance(0.59)
        assert len(server.sockets) == 1
        await server.time.advance(0.01)
        assert len(server.sockets) == 2
        recover = {"epoch": "e1", "offset": 7}
        assert [sent.get("options") for sent in server.socket.asked()] == [{"recover": recover}, None]
        server.socket.say(
            "lines.subscribe.response",
            {"status": "ok", "message": "", "topic": lines.topic, "recovered": True, "snapshot": []},
            server.socket.asked()[0]["id"],
        )
        server.socket.update(8, 7)
        assert await anext(lines) == UpdateReceived(Line(text="8", offset=8), 8)
    assert [record.levelname for record in caplog.records] == ["INFO"]


@announced
async def test_nothing_looks_stale_for_a_second(server: ScriptedServer, code: str, close: int) -> None:
    async with server.client() as client:
        lines, price = await follow(server, client)
        unanswered = client.subscribe_price(Named(name="b"))
        await announce(server, code, close, retryAfterMs=60_000)
        assert (lines.looks_stale, price.looks_stale, unanswered.looks_stale) == (False, False, True)
        await server.time.advance(0.99)
        assert (lines.looks_stale, price.looks_stale) == (False, False)
        await server.time.advance(0.01)
        assert (lines.looks_stale, price.looks_stale) == (True, True)


@announced
async def test_who_decides_on_what_was_read_knows_at_once_that_it_may_be_old(
    server: ScriptedServer, code: str, close: int
) -> None:
    async with server.client() as client:
        lines, price = await follow(server, client)
        await announce(server, code, close)
        assert (lines.stale, price.stale) == (True, True)
        await lines.aclose()
        assert (lines.looks_stale, price.looks_stale) == (True, False)


async def test_a_loss_without_a_word_is_stale_at_once(server: ScriptedServer) -> None:
    async with server.client() as client:
        lines, price = await follow(server, client)
        server.socket.end(4410)
        await settle()
        assert (lines.looks_stale, price.looks_stale) == (True, True)


@pytest.mark.parametrize(
    ("random", "told", "waits"), [(0.0, 2_000, 2), (1.0, 2_000, 4), (0.0, 0, 0.1), (1.0, 10**9, 30)]
)
async def test_waits_are_spread_and_bounded(
    server: ScriptedServer, random: float, told: int, waits: float
) -> None:
    async with server.client(random=random) as client:
        _read = await follow(server, client)
        lost_at = server.time.now
        await announce(server, "draining", 4410, retryAfterMs=told)
        await server.time.advance(31)
        assert server.attempts[1] - lost_at == pytest.approx(waits)


async def test_the_time_counts_from_the_notice(server: ScriptedServer) -> None:
    async with server.client(random=0.0) as client:
        _read = await follow(server, client)
        server.socket.notice("draining", retryAfterMs=2_000)
        await server.time.advance(1.5)
        server.socket.end(4410)
        await server.time.advance(0.49)
        assert len(server.sockets) == 1
        await server.time.advance(0.01)
        assert len(server.sockets) == 2


async def test_a_server_that_is_not_back_yet_is_tried_with_growing_delays(server: ScriptedServer) -> None:
    async with server.client(random=0.0) as client:
        _read = await follow(server, client)
        server.refusals = [SocketClosed(1006, "refused")] * 3
        lost_at = server.time.now
        await announce(server, "draining", 4410, retryAfterMs=500)
        await server.time.advance(10)
        tries = [at - lost_at for at in server.attempts[1:]]
        assert tries == pytest.approx([0.5, 1.0, 1.5, 2.0])


async def test_a_notice_concerns_its_own_connection_alone(server: ScriptedServer) -> None:
    async with server.client(random=0.0) as client:
        lines, _ = await follow(server, client)
        await announce(server, "draining", 4410)
        await server.time.advance(0.1)
        assert len(server.sockets) == 2
        server.socket.end(1006)
        await settle()
        await server.time.advance(0.49)
        assert (len(server.sockets), lines.looks_stale) == (2, False)
        await server.time.advance(0.5)
        assert (len(server.sockets), lines.looks_stale) == (3, True)


@pytest.mark.parametrize(
    "payload", [{"code": "token-expiring", "message": ""}, {"code": "new", "message": ""}, {}, None, 5]
)
async def test_other_notices_announce_no_end(server: ScriptedServer, payload: object) -> None:
    async with server.client() as client:
        lines, _ = await follow(server, client)
        server.socket.say("server.notice", payload)
        server.socket.end(1006)
        await settle()
        assert lines.looks_stale


async def test_a_final_code_is_final_also_after_a_notice(server: ScriptedServer) -> None:
    async with server.client() as client:
        lines, _ = await follow(server, client)
        await announce(server, "draining", 4501)
        assert lines.looks_stale
        with pytest.raises(StreamClosed):
            await anext(lines)
