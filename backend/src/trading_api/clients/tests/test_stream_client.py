"""Connections of a stream's client: made, lost, made again, and ended without a trace."""

import asyncio
import gc
import json
from collections.abc import AsyncIterator
from decimal import Decimal
from itertools import pairwise

import pytest

from trading_api.clients.errors import AnswerInvalid, StreamClosed, SubscriptionRefused, VersionUnsupported
from trading_api.clients.stream import SnapshotReceived, Subscription, UpdateReceived
from trading_api.clients.stream_feed import MOST_WAITING
from trading_api.clients.stream_frames import UpdateHeard, read_frame
from trading_api.clients.stream_subscription import Data
from trading_api.clients.tests.scripted_server import ScriptedServer, SmallWsClient, settle
from trading_api.clients.tests.stream_talk import LINES, PRICE, Line, Named
from trading_api.clients.ws_transport import HandshakeRefused, SocketClosed
from trading_api.models.market.quotes import QuoteValues

A = Named(name="a")


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    """A server; afterwards no task of a client is left."""
    yield ScriptedServer()
    gc.collect()
    await settle()
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []


def line(offset: int) -> Line:
    return Line(text=str(offset), offset=offset)


async def follow(server: ScriptedServer, client: SmallWsClient) -> Subscription[Line]:
    """The journal, live at offset 7."""
    lines = client.subscribe_lines(A)
    await settle()
    server.socket.confirm(epoch="e1", offset=7, snapshot=[{"text": "7", "offset": 7}])
    assert await anext(lines) == SnapshotReceived([line(7)], 7, "e1")
    return lines


async def test_one_connection_for_all_and_only_when_something_is_wanted(server: ScriptedServer) -> None:
    async with server.client() as client:
        await server.time.advance(60)
        assert (server.attempts, client.connected) == ([], False)
        lines = await follow(server, client)
        price = client.subscribe_price(A)
        assert (lines.topic, price.topic) == (LINES, PRICE)
        await settle()
        assert (len(server.sockets), client.connected) == (1, True)
        assert (lines.stale, price.stale) == (False, True)
        server.socket.confirm(PRICE, snapshot=[{"value": 1}])
        server.socket.update(8, 7)
        assert await anext(lines) == UpdateReceived(line(8), 8)
        assert [item.value for item in (await first(price)).items] == [1]
    assert server.socket.closed
    with pytest.raises(StopAsyncIteration):
        await anext(lines)
    with pytest.raises(RuntimeError, match="SmallWsClient is closed"):
        client.subscribe_lines(A)
    await client.aclose()


async def first(subscription: Subscription[Data]) -> SnapshotReceived[Data]:
    received = await anext(subscription)
    assert isinstance(received, SnapshotReceived)
    return received


async def test_readers_that_wait_are_told_of_the_end(server: ScriptedServer) -> None:
    client = server.client()
    lines = await follow(server, client)
    waiting = [asyncio.create_task(drain(lines)) for _ in range(2)]
    await settle()
    await client.aclose()
    assert [await task for task in waiting] == [[], []]


async def drain(lines: Subscription[Line]) -> list[Line]:
    return [received.data async for received in lines if isinstance(received, UpdateReceived)]


async def test_a_closed_iterator_unsubscribes(server: ScriptedServer) -> None:
    async with server.client() as client:
        async with await follow(server, client) as lines:
            server.socket.update(8, 7)
            await settle()
        await lines.aclose()
        with pytest.raises(StopAsyncIteration):
            await anext(lines)
        assert lines.stale
        await settle()
        assert [sent["payload"] for sent in server.socket.asked(".unsubscribe")] == [{"name": "a"}]
        await server.time.advance(20)
        assert client.connected


async def test_an_iterator_that_is_dropped_half_read_unsubscribes(server: ScriptedServer) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        server.socket.update(8, 7)
        async for _ in lines:
            break
        del lines
        gc.collect()
        await settle()
        assert len(server.socket.asked(".unsubscribe")) == 1


async def test_a_canceled_reader_loses_nothing(server: ScriptedServer) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        reading = asyncio.create_task(drain(lines))
        await settle()
        reading.cancel()
        server.socket.update(8, 7)
        await settle()
        assert await anext(lines) == UpdateReceived(line(8), 8)


async def test_returns_after_the_jittered_delay_and_resumes(server: ScriptedServer) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        old = server.socket
        old.end(1006)
        await settle()
        assert (lines.stale, client.connected, old.closed) == (True, False, True)
        await server.time.advance(0.74)
        assert len(server.sockets) == 1
        await server.time.advance(0.01)
        assert [sent["options"] for sent in server.socket.asked()] == [
            {"recover": {"epoch": "e1", "offset": 7}}
        ]
        old.update(9, 7)
        server.socket.confirm(epoch="e1", offset=7, recovered=True, snapshot=[])
        server.socket.update(8, 7)
        assert await anext(lines) == UpdateReceived(line(8), 8)
        assert not lines.stale


@pytest.mark.parametrize(("random", "longest"), [(0.0, 0.5), (1.0, 30.0)])
async def test_tries_without_end_with_growing_delays(
    server: ScriptedServer, random: float, longest: float
) -> None:
    server.refusals = [SocketClosed(1006, "refused")] * 20
    async with server.client(random) as client:
        lines = client.subscribe_lines(A)
        while not server.sockets:
            await server.time.advance(0.5)
        waits = [after - before for before, after in pairwise(server.attempts)]
        assert len(waits) == 20
        assert waits == sorted(waits)
        assert (waits[0], waits[-1]) == (min(1.0, longest), longest)
        server.socket.confirm(epoch="e1", offset=0, snapshot=[])
        assert await anext(lines) == SnapshotReceived([], 0, "e1")
        server.socket.end(1001)
        lost_at = server.time.now
        await server.time.advance(min(1.0, longest))
        assert server.attempts[-1] - lost_at == min(1.0, longest)


@pytest.mark.parametrize("code", [1000, 1001, 1006, 1011, 4400, 4401, 4408, 4409, 4410, 4429, 4499, 4600])
async def test_comes_back_from_every_other_code(server: ScriptedServer, code: int) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        server.socket.end(code)
        await server.time.advance(1)
        assert (len(server.sockets), lines.stale) == (2, True)


@pytest.mark.parametrize("code", [4500, 4501, 4503, 4507, 4510, 4599])
async def test_final_codes_end_every_iterator(server: ScriptedServer, code: int) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        price = client.subscribe_price(A)
        await settle()
        server.socket.update(8, 7)
        server.socket.end(code, "not allowed")
        assert await anext(lines) == UpdateReceived(line(8), 8)
        for _ in range(2):
            with pytest.raises(StreamClosed, match="not allowed") as closed:
                await anext(lines)
            assert (closed.value.close_code, closed.value.retryable) == (code, False)
        with pytest.raises(StreamClosed):
            await anext(price)
        with pytest.raises(StreamClosed):
            await anext(client.subscribe_price(A))
        await server.time.advance(60)
        assert len(server.attempts) == 1


async def test_a_refusal_is_raised_from_its_iterator(server: ScriptedServer) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        price = client.subscribe_price(A)
        await settle()
        body = {"status": "error", "message": "There is no a.", "topic": PRICE, "code": "symbol-unknown"}
        server.socket.say("price.subscribe.response", body, server.socket.asked()[-1]["id"])
        for _ in range(2):
            with pytest.raises(SubscriptionRefused, match=r"symbol-unknown: There is no a\."):
                await anext(price)
        server.socket.update(8, 7)
        assert await anext(lines) == UpdateReceived(line(8), 8)


PROBLEM = {
    "type": "urn:trading-pro:x",
    "title": "X",
    "status": 404,
    "detail": "There is no v9.",
    "code": "api-version-unknown",
    "requestId": "1",
    "retryable": False,
}


@pytest.mark.parametrize(
    ("refusal", "kind", "text"),
    [
        (HandshakeRefused(403, b""), AnswerInvalid, r"ws://server\.test/api/v1/small/ws: .* status 403"),
        (HandshakeRefused(404, b"<html>"), AnswerInvalid, "status 404"),
        (HandshakeRefused(200, b"<html>"), AnswerInvalid, "status 200"),
        (HandshakeRefused(404, json.dumps(PROBLEM).encode()), VersionUnsupported, r"There is no v9\."),
    ],
    ids=["forbidden", "html", "page", "version"],
)
async def test_an_address_that_refuses_from_the_start_is_final(
    server: ScriptedServer, refusal: HandshakeRefused, kind: type[Exception], text: str
) -> None:
    server.refusals = [refusal]
    async with server.client() as client:
        with pytest.raises(kind, match=text):
            await anext(client.subscribe_lines(A))
        await server.time.advance(60)
        assert len(server.attempts) == 1


async def test_a_handshake_that_fails_for_now_is_tried_again(server: ScriptedServer) -> None:
    server.refusals = [HandshakeRefused(status, b"") for status in (408, 425, 429, 500, 502, 503, 504)]
    async with server.client(0.0) as client:
        lines = await asyncio.gather(settle_and_follow(server, client))
        assert len(server.attempts) == 8
        server.refusals = [HandshakeRefused(404, b"")]
        server.socket.end(1001)
        await server.time.advance(2)
        assert (len(server.attempts), lines[0].stale) == (10, True)
        server.refusals = [HandshakeRefused(410, json.dumps(PROBLEM).encode())]
        server.socket.end(1001)
        await server.time.advance(2)
        with pytest.raises(VersionUnsupported):
            await anext(lines[0])


async def settle_and_follow(server: ScriptedServer, client: SmallWsClient) -> Subscription[Line]:
    lines = client.subscribe_lines(A)
    await server.time.advance(10)
    server.socket.confirm(epoch="e1", offset=7, snapshot=[])
    await anext(lines)
    return lines


async def test_silence_is_a_dead_connection_also_while_it_is_made(server: ScriptedServer) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        await server.time.advance(29)
        assert (client.connected, lines.stale) == (True, False)
        server.hangs = True
        await server.time.advance(1.75)
        assert (client.connected, lines.stale, len(server.attempts)) == (False, True, 2)
        await server.time.advance(32)
        assert len(server.attempts) == 3


async def test_pings_are_answered(server: ScriptedServer) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        for _ in range(10):
            server.socket.say("ping", {"serverTime": 5, "offsets": {LINES: 7}})
            await server.time.advance(15)
        assert (lines.stale, len(server.sockets)) == (False, 1)
        assert (
            server.socket.asked("pong")
            == [{"type": "pong", "payload": {"serverTime": 5, "offsets": {LINES: 7}}}] * 10
        )


@pytest.mark.parametrize(
    ("payload", "place"),
    [
        ({"text": "c"}, "Line.offset: Field required"),
        ({"text": 5, "offset": 8}, "Line.text"),
        ("html", "Line"),
        (None, "Line"),
    ],
    ids=str,
)
async def test_data_that_does_not_fit_is_never_handed_out(
    server: ScriptedServer, payload: object, place: str
) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        body = {"topic": LINES, "payload": payload, "offset": 8, "prev": 7}
        server.socket.say("lines.update", body)
        server.socket.update(9, 8)
        for _ in range(2):
            with pytest.raises(AnswerInvalid, match=place) as invalid:
                await anext(lines)
            assert invalid.value.detail.startswith(LINES)
        await settle()
        assert len(server.socket.asked(".unsubscribe")) == 1
        again = client.subscribe_lines(A)
        await settle()
        server.socket.confirm(
            epoch="e1", offset=9, snapshot=[{"text": "9", "offset": 9, "new": {"field": 1}}]
        )
        assert await anext(again) == SnapshotReceived([line(9)], 9, "e1")
        bad = client.subscribe_price(A)
        await settle()
        server.socket.confirm(PRICE, snapshot=[{"value": 1}, {"value": "x"}])
        with pytest.raises(AnswerInvalid, match=r"Price\.value"):
            await anext(bad)


async def test_a_reader_of_a_journal_holds_the_connection_up_for_a_moment_only(
    server: ScriptedServer,
) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        price = client.subscribe_price(A)
        await settle()
        server.socket.confirm(PRICE, snapshot=[])
        for offset in range(8, 8 + MOST_WAITING + 10):
            server.socket.update(offset, offset - 1)
        await drained(server)
        assert server.socket.unread == 10
        for offset in range(8, 8 + MOST_WAITING // 2):
            assert await anext(lines) == UpdateReceived(line(offset), offset)
        await drained(server)
        assert server.socket.unread == 0
        for offset in range(8 + MOST_WAITING + 10, 8 + 2 * MOST_WAITING):
            server.socket.update(offset, offset - 1)
        await drained(server)
        assert server.socket.unread > 0
        assert not lines.stale
        await server.time.advance(1)
        server.socket.say("price.update", {"topic": PRICE, "payload": {"value": 2}})
        await drained(server)
        assert (server.socket.unread, lines.stale) == (0, True)
        assert isinstance(await anext(price), SnapshotReceived)
        assert isinstance(await anext(price), UpdateReceived)
        for offset in range(8 + MOST_WAITING // 2, 8 + MOST_WAITING * 3 // 2):
            assert await anext(lines) == UpdateReceived(line(offset), offset)
        await settle()
        point = {"epoch": "e1", "offset": 7 + MOST_WAITING * 3 // 2}
        assert server.socket.asked()[-1]["options"] == {"recover": point}


async def drained(server: ScriptedServer) -> None:
    """Let the client read until it reads no further."""
    before = -1
    while before != server.socket.unread:
        before = server.socket.unread
        await settle()


async def test_a_fault_in_the_client_is_told_to_its_readers(server: ScriptedServer) -> None:
    server.refusals = [ZeroDivisionError("oh")]
    client = server.client()
    with pytest.raises(Exception, match=r"stream-failed: ws://.*ZeroDivisionError\('oh'\)"):
        await anext(client.subscribe_lines(A))
    with pytest.raises(ZeroDivisionError):
        await client.aclose()


async def test_tasks_are_named(server: ScriptedServer) -> None:
    async with server.client() as client:
        lines = await follow(server, client)
        names = {task.get_name() for task in asyncio.all_tasks()}
        assert {f"SmallWsClient {each}" for each in ("connection", "watch", "talk", "read", "write")} < names
        await lines.aclose()


def test_numbers_are_exact() -> None:
    """A price as it is on the wire, through the same reading as an update's."""
    heard = read_frame('{"type":"x.update","payload":{"topic":"x","payload":{"bid":0.1,"ask":167.61}}}')
    assert isinstance(heard, UpdateHeard)
    assert heard.update is not None
    values = QuoteValues.model_validate(heard.update.payload)
    assert (values.bid, values.ask) == (Decimal("0.1"), Decimal("167.61"))
