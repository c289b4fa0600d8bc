"""Topics whose source fails or takes its time: what is begun is ended, once, and nobody else notices."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from trading_api.models.streaming import Recover
from trading_api.shared.clock import PlaybackClock
from trading_api.shared.tests.in_memory_socket import InMemoryClient, settle
from trading_api.shared.tests.journal_source import LAST, LINES, JournalSource
from trading_api.shared.ws.application import WsApplication
from trading_api.shared.ws.topics import Publish, Snapshot, Topic

Pause = Callable[[], Awaitable[object]]


class SlowSource(JournalSource):
    """Takes as long as the test likes over beginning and ending, and may fail to end."""

    def __init__(self) -> None:
        super().__init__()
        self.may_create, self.may_remove = asyncio.Event(), asyncio.Event()
        self.may_create.set()
        self.may_remove.set()
        self.fails_to_remove = False

    async def create_topic(self, topic: Topic, publish: Publish) -> None:
        await self.may_create.wait()
        await super().create_topic(topic, publish)

    async def remove_topic(self, topic: Topic) -> None:
        await self.may_remove.wait()
        await super().remove_topic(topic)
        if self.fails_to_remove:
            raise ZeroDivisionError


@pytest.fixture
async def source() -> SlowSource:
    return SlowSource()


@pytest.fixture
async def application(source: SlowSource) -> AsyncIterator[WsApplication]:
    application = WsApplication([LINES, LAST], source, PlaybackClock(1_000))
    yield application
    await settle()
    assert (application.connection_count, application.hub.topic_names, source.active) == (0, [], {})
    assert source.created == source.removed


async def leave(*clients: InMemoryClient) -> None:
    """All of them vanish."""
    for client in clients:
        client.vanish()
    await asyncio.wait_for(asyncio.gather(*(client.task for client in clients)), 5)


async def test_one_who_comes_while_a_topic_ends_begins_it_anew(
    application: WsApplication, source: SlowSource
) -> None:
    first, second = InMemoryClient(application), InMemoryClient(application)
    first.ask("lines.subscribe", {"name": "a"})
    await settle()
    source.may_remove.clear()
    first.ask("lines.unsubscribe", {"name": "a"})
    await settle()
    second.ask("lines.subscribe", {"name": "a"})
    await settle()
    source.may_remove.set()
    await settle()
    source.append("a", "after")
    await settle()
    assert [update["payload"]["text"] for update in second.of_type("lines.update")] == ["after"]
    assert (source.created, source.removed) == (2, 1)
    await leave(first, second)


async def test_one_who_leaves_before_a_topic_has_begun(
    application: WsApplication, source: SlowSource
) -> None:
    source.may_create.clear()
    client = InMemoryClient(application)
    client.ask("lines.subscribe", {"name": "a"})
    await settle()
    client.vanish()
    await settle()
    source.may_create.set()
    await asyncio.wait_for(client.task, 5)


@pytest.mark.parametrize("direct", [True, False], ids=["frames", "asgi"])
async def test_a_source_that_fails_to_end_a_topic_disturbs_nobody(
    application: WsApplication, source: SlowSource, direct: bool
) -> None:
    client, other = (InMemoryClient(application, direct=direct) for _ in range(2))
    for name in ("a", "b", "c"):
        client.ask("lines.subscribe", {"name": name})
    other.ask("lines.subscribe", {"name": "c"})
    await settle()
    source.fails_to_remove = True
    with capture_logs() as logs:
        client.ask("lines.unsubscribe", {"name": "a"})
        await settle()
        assert client.of_type("lines.unsubscribe.response")[-1]["status"] == "ok"
        source.append("c", "still flows")
        await settle()
        assert client.of_type("lines.update") == other.of_type("lines.update") != []
        await leave(client, other)
    assert [entry["topic"] for entry in logs if entry["log_level"] == "error"] == [
        f'lines:{{"name":"{name}"}}' for name in ("a", "b", "c")
    ]
    source.fails_to_remove = False


@pytest.mark.parametrize("direct", [True, False], ids=["frames", "asgi"])
async def test_one_who_vanishes_while_a_topic_ends(
    application: WsApplication, source: SlowSource, direct: bool
) -> None:
    client = InMemoryClient(application, direct=direct)
    client.ask("lines.subscribe", {"name": "a"})
    await settle()
    source.may_remove.clear()
    client.ask("lines.unsubscribe", {"name": "a"})
    await settle()
    client.vanish()
    client.cancel()
    await settle()
    source.may_remove.set()
    await asyncio.wait([client.task], timeout=5)
    assert client.task.done()


async def test_only_the_newest_value_is_held_while_a_snapshot_takes_its_time(
    application: WsApplication, source: SlowSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_answer = asyncio.Event(), asyncio.Event()
    snapshot = source.snapshot

    async def slowly(*arguments: object) -> object:
        begun.set()
        await may_answer.wait()
        return await snapshot(*arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(source, "snapshot", slowly)
    client = InMemoryClient(application)
    client.ask("last.subscribe", {"name": "a"})
    await asyncio.wait_for(begun.wait(), 5)
    for number in range(20_000):
        source.append("a", str(number))
    may_answer.set()
    await settle()
    assert client.close_code is None
    assert client.of_type("last.subscribe.response")[0]["snapshot"] == [{"text": "19999"}]
    await leave(client)


async def test_a_long_recovery_lets_others_have_their_turn(
    application: WsApplication, source: SlowSource
) -> None:
    for number in range(20_000):
        source.append("a", str(number))
    client, other = InMemoryClient(application, direct=True), InMemoryClient(application, direct=True)
    client.ask("lines.subscribe", {"name": "a"}, options={"recover": {"epoch": "e1", "offset": 1}})
    await settle()
    other.ask("ping", {})
    await settle()
    assert other.of_type("pong") == [{}]
    assert len(client.of_type("lines.update")) < 19_999
    while len(client.of_type("lines.update")) < 19_999:
        await settle()
    await leave(client, other)


async def test_a_client_that_recovers_is_heard_by_what_it_takes(
    application: WsApplication, source: SlowSource
) -> None:
    for _ in range(2_000):
        source.append("a", "x" * 1_000)
    client = InMemoryClient(application, direct=True)
    client.network.stop_reading()
    client.ask("lines.subscribe", {"name": "a"}, options={"recover": {"epoch": "e1", "offset": 1}})
    await settle()
    (session,) = application._open.values()
    now = time.monotonic()
    for _ in range(5):
        now += 15
        client.network.read(200_000)
        await settle()
        session.look_after(now, 1_000)
        assert client.close_code is None
    for _ in range(3):
        now += 15
        session.look_after(now, 1_000)
    assert client.close_code == 4409
    await leave(client)


async def test_an_offset_is_told_once(application: WsApplication, source: SlowSource) -> None:
    client = InMemoryClient(application, direct=True)
    client.ask("lines.subscribe", {"name": "a"})
    await settle()
    source.append("a", "one")
    ((publish,), (update,)) = source.active.values(), source.entries["a"]
    publish(update)
    await settle()
    assert [each["offset"] for each in client.of_type("lines.update")] == [1]
    await leave(client)


async def test_one_who_subscribes_again_hears_nothing_before_the_answer(
    application: WsApplication, source: SlowSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = InMemoryClient(application, direct=True)
    client.ask("lines.subscribe", {"name": "a"})
    await settle()
    may_answer, snapshot = asyncio.Event(), source.snapshot

    async def slowly(topic: Topic, recover: Recover | None) -> Snapshot:
        found = await snapshot(topic, recover)
        await may_answer.wait()
        return found

    monkeypatch.setattr(source, "snapshot", slowly)
    client.ask("lines.subscribe", {"name": "a"})
    await settle()
    source.append("a", "one")
    await settle()
    assert len(client.received) == 1
    may_answer.set()
    await settle()
    assert [message["type"] for message in client.received[1:]] == [
        "lines.subscribe.response",
        "lines.update",
    ]
    await leave(client)
