"""One connection: what is written when, what waits for a client that does not read, and what is given up."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from trading_api.shared.tests.in_memory_socket import settle
from trading_api.shared.tests.scripted_network import HIGH_WATER, LOW_WATER, ScriptedNetwork
from trading_api.shared.tests.wired_connection import text_frame, wired_connection
from trading_api.shared.ws.connection import BATCH_BYTES, TURNS, WRITERS, Connection, Flusher
from trading_api.shared.ws.tally import WsTally

MAX_WAITING = 256 * 1024


@pytest.fixture(params=[True, False], ids=["frames", "asgi"])
def network(request: pytest.FixtureRequest) -> ScriptedNetwork:
    direct: bool = request.param
    return ScriptedNetwork(direct=direct)


@pytest.fixture
async def connection(network: ScriptedNetwork) -> AsyncIterator[Connection]:
    async with wired_connection(network, MAX_WAITING) as connection:
        yield connection


async def congest(connection: Connection, network: ScriptedNetwork) -> int:
    """Fill the network until nothing more is written; returns how many frames it took."""
    network.stop_reading()
    count = 0
    while not connection.behind:
        connection.send(text_frame("x" * 1024))
        count += 1
        await settle()
    return count


@pytest.mark.parametrize("network", [True], indirect=True)
async def test_the_frames_of_a_turn_are_one_write(connection: Connection, network: ScriptedNetwork) -> None:
    for text in ("one", "two", "three"):
        connection.send(text_frame(text))
    assert network.writes == []
    await settle()
    assert network.writes == [b"\x81\x03one\x81\x03two\x81\x05three"]
    connection.send(text_frame("four"))
    await settle()
    assert len(network.writes) == 2
    assert connection.frames_sent == 4


@pytest.mark.parametrize("network", [True], indirect=True)
async def test_a_big_batch_does_not_wait_for_the_end_of_the_turn(
    connection: Connection, network: ScriptedNetwork
) -> None:
    connection.send(text_frame("a" * (BATCH_BYTES - 5)))
    assert network.writes == []
    connection.send(text_frame("b"))
    assert len(network.writes) == 1
    connection.send(text_frame("c"))
    await settle()
    assert [len(write) for write in network.writes] == [BATCH_BYTES - 1 + 3, 3]


async def test_all_marked_connections_write_in_the_same_turn() -> None:
    flusher = Flusher(WsTally())
    networks = [ScriptedNetwork(direct=True) for _ in range(3)]
    async with (
        wired_connection(networks[0], flusher=flusher) as first,
        wired_connection(networks[1], flusher=flusher) as second,
        wired_connection(networks[2], flusher=flusher) as third,
    ):
        for connection in (first, second, third, first):
            connection.send(text_frame("now"))
        await asyncio.sleep(0)
        assert [len(network.texts) for network in networks] == [2, 1, 1]


async def test_many_take_turns_and_each_writes_at_once_what_came_meanwhile() -> None:
    flusher = Flusher(WsTally())
    networks = [ScriptedNetwork(direct=True) for _ in range(WRITERS * TURNS * 2)]
    async with AsyncExitStack() as stack:
        everyone = {
            await stack.enter_async_context(wired_connection(network, flusher=flusher)): None
            for network in networks
        }
        written = []
        for turn in range(TURNS):
            for connection in everyone:
                connection.put(text_frame(str(turn)))
            flusher.mark_all(everyone)
            flusher.time_from(time.perf_counter())
            await asyncio.sleep(0)
            written.append(sum(map(len, (network.writes for network in networks))))
            assert sum(flusher.tally.delays.counts) == (turn == TURNS - 1)
        part = len(networks) // TURNS
        assert written == [part * turn for turn in range(1, TURNS + 1)]
        last = networks[-1]
        assert (last.texts, len(last.writes)) == ([str(turn) for turn in range(TURNS)], 1)
        await settle()
        assert all(network.texts == last.texts for network in networks)


async def test_much_that_one_turn_brings_is_written_as_far_as_the_client_reads(
    network: ScriptedNetwork,
) -> None:
    flusher = Flusher(WsTally())
    async with wired_connection(network, MAX_WAITING, flusher) as connection:
        network.stop_reading()
        for number in range(200):
            connection.put(text_frame(f"{number:04}" * 256))
        flusher.mark(connection)
        flusher.time_from(time.perf_counter())
        await asyncio.sleep(0)
        assert network.waiting_bytes <= HIGH_WATER + BATCH_BYTES + 2048
        assert connection.behind
        assert sum(flusher.tally.delays.counts) == 1
        connection.put(text_frame("after all that"))
        flusher.mark(connection)
        flusher.time_from(time.perf_counter())
        network.read()
        await settle()
        assert [text[:4] for text in network.texts[:-1]] == [f"{number:04}" for number in range(200)]
        assert network.texts[-1] == "after all that"


async def test_too_much_that_one_turn_brings_to_a_slow_client_closes_it(
    connection: Connection, network: ScriptedNetwork
) -> None:
    written = await congest(connection, network)
    for number in range(2 * MAX_WAITING // 1024):
        connection.put(text_frame(f"{number:04}" * 256))
    connection.send(text_frame("the last drop"))
    assert connection.close_code == 4408
    network.read()
    await settle()
    assert network.close_code == 4408
    assert len(network.texts) == written


async def test_what_only_has_to_wait_is_not_timed(connection: Connection, network: ScriptedNetwork) -> None:
    await congest(connection, network)
    flusher = connection._flusher
    connection.put(text_frame("waits"))
    flusher.mark(connection)
    flusher.time_from(time.perf_counter())
    await settle()
    assert sum(flusher.tally.delays.counts) == 0
    network.read()
    await settle()
    assert network.texts[-1] == "waits"


async def test_one_that_cannot_be_written_to_does_not_silence_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flusher = Flusher(WsTally())
    bad, good = ScriptedNetwork(direct=True), ScriptedNetwork(direct=True)

    def fail(data: bytes) -> None:
        raise RuntimeError("the handle is closed")

    monkeypatch.setattr(bad, "write_frames", fail)
    async with (
        wired_connection(bad, flusher=flusher) as first,
        wired_connection(good, flusher=flusher) as second,
    ):
        for number in range(2):
            first.send(text_frame("lost"))
            second.send(text_frame(str(number)))
            await settle()
    assert good.texts == ["0", "1"]
    assert bad.close_code == 1011


async def test_only_what_waits_is_conflated(connection: Connection, network: ScriptedNetwork) -> None:
    for number in range(3):
        connection.send(text_frame(f"early {number}", "k"))
    await settle()
    assert network.texts == ["early 0", "early 1", "early 2"]
    written = len(network.texts) + await congest(connection, network)
    for frame in (
        text_frame("k1", "k"),
        text_frame("journal 1"),
        text_frame("m1", "m"),
        text_frame("k2", "k"),
        text_frame("journal 2"),
        text_frame("k3", "k"),
    ):
        connection.send(frame)
    assert connection.conflated == 2
    network.read()
    await settle()
    assert network.texts[written:] == ["journal 1", "m1", "journal 2", "k3"]
    assert connection.conflated == 2
    assert connection.frames_sent == len(network.texts)


async def test_what_waits_is_written_as_far_as_the_client_reads(
    connection: Connection, network: ScriptedNetwork
) -> None:
    written = await congest(connection, network)
    for number in range(150):
        connection.send(text_frame(f"{number:04}" * 256))
    assert network.waiting_bytes > HIGH_WATER
    most = network.waiting_bytes
    while network.waiting_bytes:
        network.read(HIGH_WATER - LOW_WATER)
        await settle()
        most = max(most, network.waiting_bytes)
    assert most <= HIGH_WATER + BATCH_BYTES + 2048
    assert [text[:4] for text in network.texts[written:]] == [f"{number:04}" for number in range(150)]


async def test_a_frame_that_must_not_be_dropped_closes_a_client_too_slow_for_it(
    connection: Connection, network: ScriptedNetwork
) -> None:
    await congest(connection, network)
    sent = 0
    while connection.close_code is None:
        connection.send(text_frame(f"{sent:04}" * 256))
        sent += 1
    assert connection.close_code == 4408
    assert MAX_WAITING - HIGH_WATER - BATCH_BYTES <= sent * 1024 <= MAX_WAITING
    before = len(network.texts)
    connection.send(text_frame("too late"))
    network.read()
    await settle()
    assert network.close_code == 4408
    assert "too late" not in network.texts
    if network.direct:
        assert len(network.texts) == before


async def test_frames_with_a_key_never_close_a_slow_client(
    connection: Connection, network: ScriptedNetwork
) -> None:
    written = await congest(connection, network)
    for number in range(10_000):
        connection.send(text_frame(f"{number:05}" * 200, f"topic {number % 8}"))
    assert connection.close_code is None
    assert connection.conflated >= 10_000 - 8 - 64
    network.read()
    await settle()
    assert [text[:5] for text in network.texts[written:]][-8:] == [f"{n:05}" for n in range(9992, 10_000)]


async def test_bytes_count_and_not_characters(connection: Connection, network: ScriptedNetwork) -> None:
    await congest(connection, network)
    sent = 0
    while connection.close_code is None:
        connection.send(text_frame("\u4e00" * 1024))
        sent += 1
    assert sent * 3 * 1024 <= MAX_WAITING


async def test_closing_comes_after_what_was_sent_before(
    connection: Connection, network: ScriptedNetwork
) -> None:
    written = await congest(connection, network)
    connection.send(text_frame("waits"))
    connection.send(text_frame("waits with a key", "k"))
    connection.close(4410, "draining")
    connection.close(4401, "the first call counts")
    connection.send(text_frame("too late"))
    network.read()
    await settle()
    assert network.texts[written:] == ["waits", "waits with a key"]
    assert (network.close_code, connection.close_code) == (4410, 4410)


async def test_closing_writes_the_frames_of_its_turn(
    connection: Connection, network: ScriptedNetwork
) -> None:
    connection.send(text_frame("last words"))
    connection.close(4401, "connect again")
    await settle()
    assert (network.texts, network.close_code) == (["last words"], 4401)


async def test_room_is_waited_for(connection: Connection, network: ScriptedNetwork) -> None:
    await asyncio.wait_for(connection.room(), 1)
    await congest(connection, network)
    while connection.close_code is None:
        waiting = asyncio.create_task(connection.room())
        await settle()
        if not waiting.done():
            break
        connection.send(text_frame("x" * 1024))
    network.read()
    await asyncio.wait_for(waiting, 1)


@pytest.mark.parametrize("end", ["closed", "lost"])
async def test_nobody_waits_for_room_on_a_connection_that_has_ended(
    end: str, network: ScriptedNetwork
) -> None:
    async with wired_connection(network, MAX_WAITING) as connection:
        await congest(connection, network)
        for _ in range(150):
            connection.send(text_frame("x" * 1024))
        waiting = asyncio.create_task(connection.room())
        await settle()
        assert not waiting.done()
        if end == "closed":
            connection.close(4410, "draining")
        else:
            network.lose()
        await asyncio.wait_for(waiting, 1)


async def test_there_is_room_for_a_client_that_keeps_up_with_a_small_bound(network: ScriptedNetwork) -> None:
    async with wired_connection(network, 1024) as connection:
        network.stop_reading()
        connection.send(text_frame("x" * 4096))
        await settle()
        assert not connection.behind
        await asyncio.wait_for(connection.room(), 1)


async def test_what_was_ready_stays_before_what_has_to_wait(
    connection: Connection, network: ScriptedNetwork
) -> None:
    connection.send(text_frame("ready"))
    connection.paused()
    connection.send(text_frame("waits"))
    connection.drained()
    await settle()
    assert network.texts == ["ready", "waits"]
