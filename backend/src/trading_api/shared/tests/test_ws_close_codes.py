"""Each close code of the server, caused; and how it says goodbye before."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from trading_api.models.streaming import CloseCode
from trading_api.shared.clock import PlaybackClock
from trading_api.shared.tests.in_memory_socket import InMemoryClient, settle
from trading_api.shared.tests.journal_source import LINES, JournalSource
from trading_api.shared.tests.scripted_network import ScriptedNetwork
from trading_api.shared.ws import application as ws_application
from trading_api.shared.ws import protocol
from trading_api.shared.ws.application import WsApplication
from trading_api.shared.ws.connection import Connection, Flusher
from trading_api.shared.ws.limits import WsLimits
from trading_api.shared.ws.session import JITTER, Session

both = pytest.mark.parametrize("direct", [True, False], ids=["direct", "asgi"])


@pytest.fixture
def source() -> Iterator[JournalSource]:
    """Afterwards nothing is subscribed any more."""
    source = JournalSource()
    yield source
    assert source.active == {}


@pytest.fixture
async def instant(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Connections are looked after at every turn of the loop."""
    monkeypatch.setattr(protocol, "HEARTBEAT_SECONDS", 0.0)
    yield
    await settle()


def serving(source: JournalSource, limits: WsLimits | None = None) -> WsApplication:
    return WsApplication([LINES], source, PlaybackClock(), limits)


async def subscribed(application: WsApplication, *, direct: bool) -> InMemoryClient:
    client = InMemoryClient(application, direct=direct)
    client.ask("lines.subscribe", {"name": "a"})
    await settle()
    assert [reply["status"] for reply in client.of_type("lines.subscribe.response")] == ["ok"]
    return client


@both
@pytest.mark.usefixtures("instant")
async def test_4401_after_its_life_and_a_notice(source: JournalSource, direct: bool) -> None:
    application = serving(source, WsLimits(life_seconds=0))
    client = InMemoryClient(application, direct=direct)
    await client.task
    assert client.close_code == CloseCode.END_OF_LIFE
    assert client.received[-1]["type"] == "server.notice"
    assert client.received[-1]["payload"]["code"] == "end-of-life"
    assert client.received[-1]["payload"]["retryAfterMs"] == 0
    assert application.tally.closes == {"4401": 1}


async def test_lives_end_within_a_tenth_of_the_setting(
    source: JournalSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    application, limits = serving(source), WsLimits(life_seconds=1_000)
    connections = [
        Connection(ScriptedNetwork(direct=True).socket(), Flusher(), limits.waiting_bytes) for _ in range(60)
    ]
    sessions = [Session(each, application.hub, {}, limits, set()) for each in connections]
    born = time.monotonic()

    def ended(age: float) -> int:
        for session in sessions:
            session.look_after(born + age, 0)
        return sum(each.close_code == CloseCode.END_OF_LIFE for each in connections)

    monkeypatch.setattr(protocol, "SILENCE_SECONDS", 2_000.0)
    assert ended(1_000 * (1 - JITTER) - 1) == 0
    assert 0 < ended(1_000) < 60
    assert ended(1_000 * (1 + JITTER) + 1) == 60


@both
async def test_4408_for_a_client_that_does_not_read(source: JournalSource, direct: bool) -> None:
    client = await subscribed(serving(source, WsLimits(waiting_bytes=128 * 1024)), direct=direct)
    client.network.stop_reading()
    while client.application.tally.queue_high_water <= 128 * 1024:
        source.append("a", "x" * 10_000)
        await settle()
    client.network.read()
    await client.task
    assert client.close_code == CloseCode.TOO_SLOW
    assert client.application.tally.closes == {"4408": 1}
    assert client.application.tally.conflated == {"slow": 0, "rate": 0}


@both
@pytest.mark.usefixtures("instant")
async def test_4409_for_a_client_that_says_nothing(
    source: JournalSource, direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await subscribed(serving(source), direct=direct)
    assert client.close_code is None
    monkeypatch.setattr(protocol, "SILENCE_SECONDS", 0.0)
    await client.task
    assert client.close_code == CloseCode.NO_HEARTBEAT


@both
async def test_4410_when_the_server_stops(source: JournalSource, direct: bool) -> None:
    application = serving(source)
    clients = [await subscribed(application, direct=direct) for _ in range(5)]
    source.append("a", "before the notice")
    stopping = asyncio.create_task(application.shut_down())
    await settle()
    late = InMemoryClient(application, direct=direct)
    late.ask("lines.subscribe", {"name": "a"})
    await stopping
    for client in clients:
        kinds = [message["type"] for message in client.received]
        assert kinds == ["lines.subscribe.response", "lines.update", "server.notice"]
        notice = client.received[-1]["payload"]
        assert (notice["code"], notice["retryAfterMs"]) == ("draining", ws_application.SHORTEST_RETRY_MS)
        assert client.close_code == CloseCode.DRAINING
        await client.task
    await late.task
    assert (late.received, late.close_code) == ([], CloseCode.DRAINING)
    assert application.tally.closes == {"4410": 6}


@both
async def test_a_client_hears_everything_until_it_is_its_turn_to_go(
    source: JournalSource, direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ws_application, "SECONDS_A_CLIENT", 0.1)
    application = serving(source, WsLimits(drain_seconds=0.1))
    first, second = [await subscribed(application, direct=direct) for _ in range(2)]
    stopping = asyncio.create_task(application.shut_down())
    await first.task
    source.append("a", "while draining")
    await stopping
    heard = [[message["type"] for message in client.received[1:]] for client in (first, second)]
    assert heard == [["server.notice"], ["server.notice", "lines.update"]]
    assert [client.close_code for client in (first, second)] == [4410, 4410]
    await second.task


@both
async def test_1001_when_the_server_stops_without_draining(source: JournalSource, direct: bool) -> None:
    application = serving(source, WsLimits(drain_seconds=0))
    client = await subscribed(application, direct=direct)
    await application.shut_down()
    assert client.of_type("server.notice") == []
    assert client.close_code == CloseCode.GOING_AWAY
    await client.task


@both
async def test_4429_beyond_the_connections_of_the_process(source: JournalSource, direct: bool) -> None:
    elsewhere = 0
    limits = WsLimits(connections=2)
    application = WsApplication([LINES], source, PlaybackClock(), limits, lambda: elsewhere + here())

    def here() -> int:
        return application.connection_count

    first = await subscribed(application, direct=direct)
    elsewhere = 1
    refused = InMemoryClient(application, direct=direct)
    await refused.task
    assert refused.close_code == CloseCode.TOO_MANY_CONNECTIONS
    elsewhere = 0
    second = await subscribed(application, direct=direct)
    for client in (first, second):
        client.vanish()
        await client.task
    assert application.tally.closes == {"4429": 1, "1006": 2}


@both
async def test_4507_for_too_many_bad_messages(source: JournalSource, direct: bool) -> None:
    client = await subscribed(serving(source, WsLimits(bad_messages_per_minute=3)), direct=direct)
    for _ in range(2):
        client.say("{")
    await settle()
    assert client.close_code is None
    client.say("{")
    await client.task
    assert len(client.of_type("error")) == 3
    assert client.close_code == CloseCode.TOO_MANY_BAD_MESSAGES


@both
async def test_codes_of_clients_are_counted_if_they_are_usual(source: JournalSource, direct: bool) -> None:
    application = serving(source)
    for code in (1000, 1001, 1006, 3999):
        client = await subscribed(application, direct=direct)
        client.network.lose(code)
        await client.task
    assert application.tally.closes == {"1000": 1, "1001": 1, "1006": 1, "other": 1}
