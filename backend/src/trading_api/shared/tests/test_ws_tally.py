"""What the metrics read: counters kept while streams run."""

from collections.abc import Iterator

import pytest

from trading_api.shared.clock import PlaybackClock
from trading_api.shared.tests.in_memory_socket import InMemoryClient, settle
from trading_api.shared.tests.journal_source import LAST, LINES, JournalSource
from trading_api.shared.ws.application import WsApplication
from trading_api.shared.ws.tally import BOUNDS_SECONDS, SAMPLED_UPDATES, Delays

both = pytest.mark.parametrize("direct", [True, False], ids=["direct", "asgi"])


@pytest.fixture
def source() -> Iterator[JournalSource]:
    """Afterwards nothing is subscribed any more."""
    source = JournalSource()
    yield source
    assert source.active == {}


async def following(source: JournalSource, route: str, *, direct: bool, **options: float) -> InMemoryClient:
    client = InMemoryClient(WsApplication([LINES, LAST], source, PlaybackClock()), direct=direct)
    client.ask(f"{route}.subscribe", {"name": "a"}, options=options)
    await settle()
    assert len(client.of_type(f"{route}.subscribe.response")) == 1
    return client


async def leave(client: InMemoryClient) -> None:
    client.vanish()
    await client.task


@both
async def test_bytes_are_those_of_the_frames(source: JournalSource, direct: bool) -> None:
    client = await following(source, "lines", direct=direct)
    tally = client.application.tally
    before = tally.written_bytes
    source.append("a", "é" * 100)
    await settle()
    text = client.network.texts[-1]
    assert 200 < tally.written_bytes - before - len(text.encode()) + 200 <= 210  # the frame's header
    await leave(client)


@both
async def test_a_slow_client_gets_the_newest_and_the_rest_is_counted(
    source: JournalSource, direct: bool
) -> None:
    client = await following(source, "last", direct=direct)
    client.network.stop_reading()
    for number in range(40):
        source.append("a", f"{number} " + "x" * 10_000)
        await settle()
    tally = client.application.tally
    assert 64 * 1024 < tally.queue_high_water < 1024 * 1024
    client.network.read()
    await settle()
    updates = client.of_type("last.update")
    assert updates[-1]["payload"]["text"].startswith("39 ")
    assert tally.conflated == {"slow": 40 - len(updates), "rate": 0}
    assert tally.conflated["slow"] > 0
    await leave(client)


@both
async def test_updates_over_the_rate_are_counted(source: JournalSource, direct: bool) -> None:
    client = await following(source, "last", direct=direct, maxRateHz=0.001)
    for number in range(5):
        source.append("a", str(number))
        await settle()
    assert [update["payload"]["text"] for update in client.of_type("last.update")] == ["0"]
    assert client.application.tally.conflated == {"slow": 0, "rate": 3}
    await leave(client)


@both
async def test_one_update_in_many_is_timed(source: JournalSource, direct: bool) -> None:
    client = await following(source, "lines", direct=direct)
    for number in range(2 * SAMPLED_UPDATES + 1):
        source.append("a", str(number))
        await settle()
    delays = client.application.tally.delays
    assert sum(delays.counts) == 3
    assert delays.seconds > 0
    await leave(client)


@both
async def test_an_update_that_waits_for_its_rate_is_not_timed(source: JournalSource, direct: bool) -> None:
    client = await following(source, "last", direct=direct, maxRateHz=0.001)
    for number in range(SAMPLED_UPDATES + 1):
        source.append("a", str(number))
        await settle()
    assert sum(client.application.tally.delays.counts) == 1
    await leave(client)


def test_delays_fall_at_or_below_their_bound() -> None:
    delays = Delays()
    for seconds in (0.0, BOUNDS_SECONDS[0], 0.0002, 1.0, 60.0):
        delays.observe(seconds)
    assert (delays.counts[0], delays.counts[1], delays.counts[-2:]) == (2, 1, [1, 1])
    assert delays.seconds == pytest.approx(61.0003)
